"""BK and OK routes are equals: of two routes alike in all else, exchange which earns a BK, and the answer is the same.

Ties are kept. Their order is that of the dates and then of the codes of the programmes, as the catalogue has them; the
kind of proof has no part in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import product
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leerbrug.graph.catalogus import (
    Catalogus,
    Contract,
    Erkenning,
    Geldigheid,
    Instap,
    Kwalificatie,
    Kwalificatiesoort,
    Programma,
    Studiebewijs,
)
from leerbrug.pathways import opgave, planner, vertelling
from leerbrug.pathways.handelingen import Aanbod, Handeling
from leerbrug.pathways.leerling import Doelregel, Leerling, Weging, Wens
from leerbrug.pathways.leertraject import Antwoord, Omweg
from leerbrug.pathways.opgave import Instantie, Kosten, Opgave, kosten_van
from leerbrug.pathways.pareto import Punt, front
from leerbrug.pathways.planner import plan
from leerbrug.pathways.voorwaarden import Voorwaarde

OP = date(2026, 10, 9)
SINDS = Geldigheid(date(2020, 9, 1))
OPENT = "700"
"""A seventh year that either proof opens: the OK 3 by the law, the BK by flexible entry."""
SLOT = "BK-0500"
"""The end of two longer routes, of which one goes on by the BK alone, and the other by the OK alone."""
LINKS, RECHTS = "201", "402"
"""The second programmes of those routes."""


class Vorm(msgspec.Struct, frozen=True):
    """What a programme is apart from its proof: years, and hours a week on the work floor where it is dual."""

    jaren: int
    uren: tuple[int, int] | None = None


class Wereld(msgspec.Struct, frozen=True):
    """A small offer: two routes of one form (`links`, `rechts`), what surrounds them, and how things are named."""

    vorm: Vorm
    vervolg: Vorm
    andere: tuple[tuple[Vorm, bool], ...]
    links: str
    rechts: str
    bk: str
    iris: tuple[str, str]
    begin: str
    weging: Weging
    k: int


vormen = st.builds(Vorm, st.integers(1, 3), st.sampled_from([None, (20, 28), (14, 19)]))
werelden = st.builds(
    Wereld,
    vorm=vormen,
    vervolg=vormen,
    andere=st.lists(st.tuples(vormen, st.booleans()), max_size=3).map(tuple),
    links=st.sampled_from(["101", "805"]),
    rechts=st.sampled_from(["98", "304"]),
    bk=st.sampled_from(["BK-0001", "BK-9999"]),
    iris=st.permutations(["https://a.example/", "https://z.example/"]).map(tuple),
    begin=st.sampled_from(["niets", "graad2:A"]),
    weging=st.builds(Weging, st.integers(1, 200), st.integers(0, 2), st.integers(0, 2), st.integers(1, 30)),
    k=st.integers(1, 4),
)


def programma(code: str, vorm: Vorm, *bewijzen: Studiebewijs, **anders: Any) -> tuple[Programma, Erkenning]:
    """A programme with its one recognition."""
    instap = anders.pop("instap", None)
    plaats = {"graad": "3", "finaliteit": "A", "zevende": "", **anders}
    contract = Contract("OAO", "", *vorm.uren) if vorm.uren else None
    return Programma(
        iri=f"https://so.example/{code}",
        code=code,
        titel="Opleiding",
        groep="",
        onderwijsvorm="",
        opleidingsvorm="",
        studiedomein="2",
        duaal=vorm.uren is not None,
        aanloop=False,
        leerjaren=vorm.jaren,
        geldigheid=SINDS,
        erkenningen=(f"ADV-{code}",),
        **plaats,
    ), Erkenning(
        iri=f"https://adv.example/{code}",
        code=f"ADV-{code}",
        versie="",
        programma=code,
        status="ERKEND",
        geldigheid=SINDS,
        studiebewijzen=bewijzen,
        contract=contract,
        instap=instap,
    )


def aangeboden(wereld: Wereld, bk_is: str) -> Iterator[tuple[Programma, Erkenning]]:
    """The offer in which the route with code `bk_is` earns the BK, and the other one the OK."""
    iri_bk, iri_ok = wereld.iris
    bk = Studiebewijs(iri_bk, "Bewijs", "BewijsVanBeroepskwalificatie", True, van=f"{wereld.bk}-1", bk_niveau=4)
    ok = Studiebewijs(iri_ok, "Diploma", "Diploma", True, ok_niveau=3)
    for code in (wereld.links, wereld.rechts):
        yield programma(code, wereld.vorm, bk if code == bk_is else ok)
    met_bk = Instap("https://instap.example/1", "VIA_1_VAN_DE_BEWIJZEN", (wereld.bk,))
    yield programma(OPENT, wereld.vervolg, finaliteit="", zevende="NA_OK3", instap=met_bk)
    slot = Studiebewijs("https://slot.example/", "Bewijs", "BewijsVanBeroepskwalificatie", True, van=f"{SLOT}-1")
    for code, opent in ((LINKS, wereld.links), (RECHTS, wereld.rechts)):
        eist: dict[str, Any] = {"finaliteit": "", "zevende": "NA_OK3"}
        if opent == bk_is:
            eist = {"finaliteit": "DU", "instap": met_bk}
        yield programma(code, wereld.vervolg, slot, **eist)
    yield programma("50", Vorm(2), graad="2")
    for nummer, (vorm, beide) in enumerate(wereld.andere):
        yield programma(f"{nummer}{900 - nummer}", vorm, *([bk, ok] if beide else []))


def catalogus(wereld: Wereld, bk_is: str, *, omgekeerd: bool = False) -> Catalogus:
    """That offer as a catalogue: by code, as the builder makes it, or the other way round."""
    rijen = sorted(aangeboden(wereld, bk_is), key=lambda paar: paar[0].code, reverse=omgekeerd)
    kwalificaties = {
        f"{reeks}-1": Kwalificatie(
            f"https://bk.example/{reeks}",
            f"{reeks}-1",
            Kwalificatiesoort.BEROEPSKWALIFICATIE,
            {"nl": "Vak"},
            reeks=reeks,
            versie=1,
            nieuwste=f"{reeks}-1",
        )
        for reeks in (wereld.bk, SLOT)
    }
    return Catalogus(1, "", kwalificaties, {p.code: p for p, _ in rijen}, {e.code: e for _, e in rijen})


def vragen(wereld: Wereld) -> dict[str, Wens]:
    """One of the two proofs, both of them, what either opens, and what each opens by a route of its own."""
    eigen = {"op": OP, "weging": wereld.weging, "k": wereld.k}
    een_van = Doelregel(delen=(wereld.bk, "OK3"), minstens=1)
    return {
        "een van": Wens((), regels=een_van, **eigen),
        "beide": Wens((wereld.bk, "OK3"), **eigen),
        "wat het opent": Wens((OPENT,), **eigen),
        "twee routes": Wens((SLOT,), **eigen),
    }


def leerling(wereld: Wereld) -> Leerling:
    """At sixteen, with the second degree or with nothing."""
    return Leerling(heeft=() if wereld.begin == "niets" else (wereld.begin,), leeftijd=16)


def kosten(antwoord: Antwoord) -> list[tuple[object, ...]]:
    """What each way of an answer costs, in its order."""
    return [
        (each.gewicht, each.einde, each.contacturen, each.buiten_werkvloer, each.inschrijvingen, each.pareto)
        for each in antwoord.leertrajecten
    ]


def wegen(antwoord: Antwoord) -> set[frozenset[str]]:
    """Every way of the front, by its programmes: those that are told, and those told as another choice of a step."""
    alle: set[frozenset[str]] = set()
    for each in antwoord.leertrajecten:
        if each.pareto:
            keuzes = [[stap.programma, *(ander.programma for ander in stap.alternatieven)] for stap in each.stappen]
            alle |= {frozenset(weg) for weg in product(*keuzes)}
    return alle


def front_van(aanbod: Aanbod, wie: Leerling, wens: Wens) -> set[frozenset[str]]:
    """Every way of the Pareto front that the search keeps, by its programmes."""
    gevraagd = Opgave(aanbod, wie, wens)
    instantie = gevraagd.onder(gevraagd.voorwaarden)
    plannen = [plan for punt in front(instantie.kern, 3, start=instantie.start).punten for plan in punt.plannen]
    return {
        frozenset(aanbod.handelingen[plaats].programma for plaats, _ in plan.stappen if plaats >= 0) for plan in plannen
    }


def gespiegeld(wereld: Wereld, wegen: set[frozenset[str]]) -> set[frozenset[str]]:
    """The same ways by the other route."""
    paren = {wereld.links: wereld.rechts, LINKS: RECHTS}
    paren |= {b: a for a, b in paren.items()}
    return {frozenset(paren.get(code, code) for code in weg) for weg in wegen}


def verteld(antwoord: Antwoord, *, omweg: tuple[str, ...]) -> list[object]:
    """All that an answer says but the proofs: ways in their order, choices, detours, and the certificate."""
    stappen = [
        [
            (
                stap.programma,
                stap.begin,
                [ander.programma for ander in stap.alternatieven],
                [getattr(stap.omweg, wat) for wat in omweg],
            )
            for stap in each.stappen
        ]
        for each in antwoord.leertrajecten
    ]
    assert antwoord.zekerheid is not None
    mijlpalen = sorted((each.prijs, sorted(k.programma for k in each.keuzes)) for each in antwoord.zekerheid.mijlpalen)
    return [kosten(antwoord), stappen, mijlpalen, antwoord.volledig, antwoord.beste_volledig]


def ongeacht_de_soort(wereld: Wereld) -> int:
    """Assert that the two routes are equals in all that is asked of this world; on how many ways that bears."""
    aanbod = Aanbod(catalogus(wereld, wereld.links))
    gewisseld = Aanbod(catalogus(wereld, wereld.rechts))
    omgekeerd = Aanbod(catalogus(wereld, wereld.links, omgekeerd=True))
    wie, getoond = leerling(wereld), 0
    alleen = not any(beide for _, beide in wereld.andere)  # else a third programme can stand for both routes
    for vraag, wens in vragen(wereld).items():
        # Of detours that weigh the same any may be told where the programmes differ in how they are entered.
        omweg = ("onmisbaar", "gewicht") if vraag == "twee routes" else Omweg.__struct_fields__
        antwoord = plan(aanbod, wie, wens)
        assert antwoord.volledig
        if alleen:
            gehouden = front_van(aanbod, wie, wens)
            assert gehouden == gespiegeld(wereld, gehouden), "both of a tie are kept"
            assert vraag == "twee routes" or wegen(antwoord) == gehouden, "both of a tie are told"
            getoond += len(gehouden)
        andersom = verteld(plan(gewisseld, wie, wens), omweg=omweg)
        assert andersom == verteld(antwoord, omweg=omweg), "the kind of proof changes nothing"
        achterstevoren = plan(omgekeerd, wie, wens)
        assert kosten(achterstevoren) == kosten(antwoord)
        assert wegen(achterstevoren) == wegen(antwoord) or not alleen
    bk, ok = (kosten(plan(aanbod, wie, Wens((doel,), OP, weging=wereld.weging))) for doel in (wereld.bk, "OK3"))
    assert bk == ok, "a BK costs what an OK costs"
    return getoond


@settings(max_examples=120)
@given(werelden)
def test_exchanging_bk_and_ok_changes_no_cost_no_way_and_no_order(wereld: Wereld) -> None:
    ongeacht_de_soort(wereld)


GEWOON = Wereld(
    vorm=Vorm(2, (20, 28)),
    vervolg=Vorm(1),
    andere=(),
    links="101",
    rechts="304",
    bk="BK-0001",
    iris=("https://a.example/", "https://z.example/"),
    begin="graad2:A",
    weging=Weging(),
    k=3,
)


def test_both_of_a_tie_are_shown_and_the_code_decides_which_comes_first() -> None:
    """Two ways for each question but that for both proofs, which is one; of a tie the lower code leads."""
    assert ongeacht_de_soort(GEWOON) == 2 + 1 + 2 + 2
    for bk_is in (GEWOON.links, GEWOON.rechts):
        aanbod = Aanbod(catalogus(GEWOON, bk_is))
        voorop = {
            naam: [
                [stap.programma for stap in each.stappen] for each in plan(aanbod, leerling(GEWOON), wens).leertrajecten
            ]
            for naam, wens in vragen(GEWOON).items()
        }
        assert voorop == {
            "een van": [["101"]],
            "beide": [["101", "304"]],
            "wat het opent": [["101", "700"]],
            "twee routes": [["101", "201"]],
        }


def bewijst_bk(handeling: Handeling) -> bool:
    return any(feit.startswith("bk:") for feit in handeling.geeft)


def test_a_design_that_puts_a_bk_last_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def ok_first(aanbod: Aanbod, punt: Punt) -> object:
        return min(punt.plannen, key=lambda plan: [bewijst_bk(aanbod.handelingen[p]) for p, _ in plan.stappen]).stappen

    monkeypatch.setattr(planner, "_eerste", ok_first)
    with pytest.raises(AssertionError, match="the kind of proof changes nothing"):
        ongeacht_de_soort(GEWOON)


def test_a_design_that_asks_one_hour_more_for_a_bk_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def dearer(handeling: Handeling) -> Kosten:
        kosten = kosten_van(handeling)
        return kosten._replace(contact=kosten.contact + 1) if bewijst_bk(handeling) else kosten

    for module in (opgave, planner, vertelling):
        monkeypatch.setattr(module, "kosten_van", dearer)
    with pytest.raises(AssertionError, match="both of a tie are kept"):
        ongeacht_de_soort(GEWOON)


def test_a_design_that_keeps_the_ok_of_a_tie_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    eigen = Opgave.onder

    def zonder_bk(self: Opgave, actief: Collection[Voorwaarde]) -> Instantie:
        bks = frozenset(p for p in self.plaatsen if bewijst_bk(self.aanbod.handelingen[p]))
        ok_kan = any("ok:OK3" in self.aanbod.handelingen[p].geeft for p in self.plaatsen)
        return eigen(self, [*actief, Voorwaarde("geen-bk", {}, verbiedt=bks if ok_kan else frozenset())])

    monkeypatch.setattr(Opgave, "onder", zonder_bk)
    with pytest.raises(AssertionError, match="both of a tie are kept"):
        ongeacht_de_soort(GEWOON)


def test_a_design_that_numbers_facts_by_name_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two detours weigh the same, "bk:" before "ok:" would choose which of them is told."""
    monkeypatch.setattr(Opgave, "_rang", lambda self, feit: ([], feit))
    wereld = msgspec.structs.replace(
        GEWOON, vorm=Vorm(1, (14, 19)), andere=((Vorm(1, (14, 19)), True), (Vorm(1), True)), weging=Weging(95, 2, 0, 28)
    )
    with pytest.raises(AssertionError, match="the kind of proof changes nothing"):
        ongeacht_de_soort(wereld)
    monkeypatch.undo()
    ongeacht_de_soort(wereld)
