"""The verdict rules one by one, decisions of people, and what may never change an answer."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leerbrug.errors import AmbiguousCodeError, InputError, UnknownCodeError
from leerbrug.graph.catalogus import (
    Catalogus,
    Competentie,
    Erkenning,
    Geldigheid,
    Kennisitem,
    Kwalificatie,
    Kwalificatiesoort,
    Mappingbesluit,
    Programma,
)
from leerbrug.pathways.allepaar import Matrices
from leerbrug.pathways.allepaar_bewaard import read_allpairs, write_allpairs
from leerbrug.pathways.brug import Brug, beide_richtingen, brug
from leerbrug.pathways.kloof import kloof
from leerbrug.pathways.oordeel import Regel, Verdict
from leerbrug.pathways.suggesties import suggesties
from leerbrug.pathways.tabellen import tabellen
from leerbrug.pathways.vergelijking import Vergelijking
from leerbrug.pathways.zijden import Notasoort

OP = date(2026, 1, 1)


def comp(code: str, tekst: str, *refs: str, kennis: tuple[tuple[str, int], ...] = ()) -> Competentie:
    items = tuple(Kennisitem(f"urn:{code}-{n}", t, d) for n, (t, d) in enumerate(kennis))
    return Competentie(f"urn:{code}", code, 1, tekst, refs, items)


def bk(
    code: str, *competenties: Competentie, soort: Kwalificatiesoort | None = None, nieuwste: str = ""
) -> Kwalificatie:
    reeks, _, versie = code.rpartition("-")
    return Kwalificatie(
        f"urn:{code}",
        code,
        soort or Kwalificatiesoort.BEROEPSKWALIFICATIE,
        {"nl": code},
        reeks=reeks,
        versie=int(versie),
        nieuwste=nieuwste or code,
        geldigheid=Geldigheid(date(2020, 1, 1)),
        competenties=competenties,
        volledig_geladen=bool(competenties),
    )


def view(*kwalificaties: Kwalificatie, mappings: tuple[Mappingbesluit, ...] = ()) -> Vergelijking:
    return Vergelijking(Catalogus(1, "https://x.be", {k.code: k for k in kwalificaties}, {}, {}, mappings))


def decision(van: str, predicaat: str, naar: str, dag: int = 1, *, ontkend: bool = False) -> Mappingbesluit:
    iri = f"urn:m-{van}-{predicaat}-{naar}-{dag}"
    return Mappingbesluit(iri, f"urn:{van}", predicaat, f"urn:{naar}", "An", date(2025, 1, dag), "zelfde taak", ontkend)


def only(antwoord: Brug) -> tuple[Verdict, Regel]:
    (gewogen,) = antwoord.competenties
    return gewogen.oordeel.verdict, gewogen.oordeel.regel


RULES = [
    ([comp("h", "Bakt brood", "1-c", "SK-1-c")], comp("t", "bakt  BROOD.", "1-c"), Verdict.GEDEKT, "3-zelfde"),
    ([comp("h", "Bakt brood", "1-c")], comp("t", "Bakt taart", "1-c"), Verdict.TE_BEVESTIGEN, "3-andere"),
    ([comp("h", "a", "1-c"), comp("i", "b", "SK-1-c")], comp("t", "c", "1-c", "SK-1-c"), Verdict.TE_BEVESTIGEN, "4-"),
    ([comp("h", "a", "1-c")], comp("t", "b", "1-c", "SK-1-c"), Verdict.DEELS, "5-"),
    ([comp("h", "a", "2-c")], comp("t", "b", "1-c"), Verdict.ONTBREEKT, "7-"),
    ([comp("h", "a", "co 00001")], comp("t", "b", "1-c"), Verdict.ONVERGELIJKBAAR, "6-"),
    ([comp("h", "a", "1-c")], comp("t", "b", "co 00001"), Verdict.ONVERGELIJKBAAR, "6-"),
    ([comp("h", "a", "co 00001")], comp("t", "A.", "co 00001"), Verdict.GEDEKT, "3-zelfde"),
    ([comp("h", "a", "1-c")], comp("t", "b"), Verdict.ONVERGELIJKBAAR, "2-zonder"),
    ([comp("h", "a", "1-c")], comp("t", "A"), Verdict.TE_BEVESTIGEN, "2-zelfde"),
]


@pytest.mark.parametrize(("held", "asked", "verdict", "rule"), RULES)
def test_each_rule_gives_its_verdict(held: list[Competentie], asked: Competentie, verdict: Verdict, rule: str) -> None:
    found = only(brug(view(bk("BK-0001-1", *held), bk("BK-0002-1", asked)), ["BK-0001-1"], "BK-0002-1", OP))
    assert found[0] is verdict
    assert found[1].value.startswith(rule)


def test_a_lone_shared_skill_is_weak_and_never_proof() -> None:
    held, asked = comp("h", "Reinigt", "1-c", "SK-7783-c"), comp("t", "Werkt hygiënisch", "2-c", "SK-7783-c")
    (gewogen,) = brug(view(bk("BK-0001-1", held), bk("BK-0002-1", asked)), ["BK-0001-1"], "BK-0002-1", OP).competenties
    assert gewogen.oordeel.verdict is Verdict.DEELS
    assert gewogen.oordeel.zwak
    assert gewogen.oordeel.resterend == ("2-c",)


@pytest.mark.parametrize(
    ("gehouden", "gevraagd", "verdict"),
    [(3, 3, Verdict.GEDEKT), (3, 1, Verdict.GEDEKT), (1, 3, Verdict.DEELS), (None, 1, Verdict.DEELS)],
)
def test_knowledge_must_be_as_deep(gehouden: int | None, gevraagd: int, verdict: Verdict) -> None:
    kennis = (("Kennis van hout", gehouden),) if gehouden else (("Kennis van metaal", 3),)
    held = comp("h", "Zaagt", "1-c", kennis=kennis)
    asked = comp("t", "Zaagt", "1-c", kennis=(("kennis van  hout.", gevraagd),))
    antwoord = brug(view(bk("BK-0001-1", held), bk("BK-0002-1", asked)), ["BK-0001-1"], "BK-0002-1", OP)
    assert only(antwoord)[0] is verdict
    assert bool(antwoord.competenties[0].oordeel.kennis) == (verdict is Verdict.DEELS)


DECISIONS = [
    ((decision("h", "exactMatch", "t"),), Verdict.GEDEKT),
    ((decision("t", "exactMatch", "h"),), Verdict.GEDEKT),
    ((decision("h", "broadMatch", "t"),), Verdict.DEELS),
    ((decision("t", "narrowMatch", "h"),), Verdict.DEELS),
    ((decision("h", "narrowMatch", "t"),), Verdict.ONTBREEKT),
    ((decision("h", "closeMatch", "t"),), Verdict.ONTBREEKT),
    ((decision("h", "exactMatch", "t", 1), decision("h", "exactMatch", "t", 2, ontkend=True)), Verdict.ONTBREEKT),
    ((decision("h", "deelVan", "t"), decision("i", "deelVan", "t")), Verdict.GEDEKT),
    ((decision("h", "deelVan", "t"), decision("x", "deelVan", "t")), Verdict.DEELS),
]


@pytest.mark.parametrize(("mappings", "verdict"), DECISIONS)
def test_a_decision_narrows_the_interval_at_once(mappings: tuple[Mappingbesluit, ...], verdict: Verdict) -> None:
    held, asked = bk("BK-0001-1", comp("h", "a", "1-c"), comp("i", "b", "3-c")), bk("BK-0002-1", comp("t", "c", "2-c"))
    before = view(held, asked)
    assert only(brug(before, ["BK-0001-1"], "BK-0002-1", OP))[0] is Verdict.ONTBREEKT
    after = before.met_besluiten(mappings)
    antwoord = brug(after, ["BK-0001-1"], "BK-0002-1", OP)
    assert only(antwoord)[0] is verdict
    if verdict is not Verdict.ONTBREEKT:
        assert antwoord.competenties[0].oordeel.besluiten


def test_a_denial_takes_away_a_match_by_reference() -> None:
    held, asked = bk("BK-0001-1", comp("h", "a", "1-c")), bk("BK-0002-1", comp("t", "a", "1-c"))
    before = view(held, asked)
    assert only(brug(before, ["BK-0001-1"], "BK-0002-1", OP))[0] is Verdict.GEDEKT
    after = before.met_besluiten([decision("h", "exactMatch", "t", ontkend=True)])
    assert only(brug(after, ["BK-0001-1"], "BK-0002-1", OP))[0] is Verdict.ONTBREEKT


WORDS = ("bakt", "snijdt", "plant", "reinigt")
REFS = ("1-c", "2-c", "SK-1-c", "SK-2-c", "co 00001")
DEPTHS = st.lists(st.tuples(st.sampled_from(("hout", "staal")), st.integers(0, 3)), max_size=2).map(tuple)


@st.composite
def worlds(draw: st.DrawFn) -> Vergelijking:
    kwalificaties, number = [], 0
    for q in range(draw(st.integers(2, 4))):
        competenties = []
        for _ in range(draw(st.integers(1, 4))):
            number += 1
            refs = draw(st.lists(st.sampled_from(REFS), unique=True, max_size=3))
            kennis = draw(DEPTHS)
            competenties.append(comp(f"c{number}", draw(st.sampled_from(WORDS)), *refs, kennis=kennis))
        kwalificaties.append(bk(f"BK-000{q}-1", *competenties))
    pairs = st.tuples(st.integers(1, number), st.integers(1, number)).filter(lambda pair: pair[0] != pair[1])
    kinds = st.sampled_from(("exactMatch", "broadMatch", "narrowMatch", "deelVan", "closeMatch"))
    rows = draw(st.lists(st.tuples(pairs, kinds, st.booleans(), st.integers(1, 28)), max_size=3))
    mappings = [decision(f"c{a}", kind, f"c{b}", day, ontkend=no) for (a, b), kind, no, day in rows]
    return view(*kwalificaties, mappings=tuple(mappings))


@settings(max_examples=120, deadline=None)
@given(world=worlds())
def test_holding_more_never_proves_less(world: Vergelijking) -> None:
    codes = list(world.catalogus.kwalificaties)
    for naar in codes:
        for van in codes:
            before = brug(world, [van], naar, OP)
            after = brug(world, codes, naar, OP)
            assert sum(msgspec.to_builtins(before.dekking).values()) == 2 * before.dekking.van
            for one, more in zip(before.competenties, after.competenties, strict=True):
                if one.oordeel.verdict is Verdict.GEDEKT and not _denied(world, one.oordeel.steunt[0].iri):
                    assert more.oordeel.verdict is Verdict.GEDEKT


def _denied(world: Vergelijking, iri: str) -> bool:
    return any(besluit.ontkend for besluit in world.besluiten.get(iri, {}).values())


@settings(max_examples=120, deadline=None)
@given(world=worlds())
def test_all_pairs_are_the_bridges_one_by_one(world: Vergelijking, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("allepaar")
    write_allpairs(world.catalogus, folder, budget=3)
    stored = read_allpairs(folder)
    for van in stored.codes:
        for naar in stored.codes:
            assert stored.dekking(van, naar) == brug(world, [van], naar, OP).dekking


@settings(max_examples=60, deadline=None)
@given(world=worlds())
def test_calling_it_something_else_changes_nothing(world: Vergelijking) -> None:
    """A BK, an ESCO occupation, a programme that contains it in full: the same competences, the same verdicts."""
    bekend = world.catalogus.kwalificaties
    anders = {c: msgspec.structs.replace(k, soort=Kwalificatiesoort.ESCO_BEROEP, niveau=7) for c, k in bekend.items()}
    erkenningen = {
        f"ADV-{c}": Erkenning(f"urn:ADV-{c}", f"ADV-{c}", "1", f"SO-{c}", "ERKEND", Geldigheid(), volledig=(c,))
        for c in bekend
    }
    programmas = {
        f"SO-{c}": Programma(
            f"urn:SO-{c}", f"SO-{c}", c, "G", "3", "A", "", "", "", "", False, False, 2, Geldigheid(),
            erkenningen=(f"ADV-{c}",),
        )
        for c in bekend
    }  # fmt: skip
    renamed = Vergelijking(
        msgspec.structs.replace(world.catalogus, kwalificaties=anders, programmas=programmas, erkenningen=erkenningen)
    )
    for van in bekend:
        for naar in bekend:
            verdicts = [o.oordeel.verdict for o in brug(world, [van], naar, OP).competenties]
            for other_van, other_naar in ((van, naar), (f"SO-{van}", naar), (van, f"ADV-{naar}"), (f"evc:{van}", naar)):
                other = brug(renamed, [other_van], other_naar, OP)
                assert [o.oordeel.verdict for o in other.competenties] == verdicts


def test_codes_are_resolved_or_refused() -> None:
    world = view(
        bk("BK-0001-1", comp("a", "a", "1-c"), nieuwste="BK-0001-2"),
        bk("BK-0001-2", comp("b", "b", "1-c")),
        bk("BK-0002-1", comp("c", "c", "2-c")),
    )
    assert brug(world, ["a"], "BK-0002", OP).naar.code == "BK-0002-1"
    held = brug(world, ["BK-0002-1", "BK-0002", "evc:BK-0002-1", "urn:BK-0002-1", "c"], "BK-0001-1", OP).van
    assert [(thing.code, thing.evc) for thing in held] == [("BK-0002-1", False), ("BK-0002-1", True), ("c", False)]
    with pytest.raises(AmbiguousCodeError) as several:
        brug(world, ["BK-0001"], "BK-0002-1", OP)
    assert several.value.candidates == ("BK-0001-1", "BK-0001-2")
    with pytest.raises(UnknownCodeError, match="BK-0002-1"):
        brug(world, ["BK-0002-2"], "BK-0001-1", OP)
    with pytest.raises(InputError):
        brug(world, [""], "BK-0001-1", OP)
    oud = brug(world, ["BK-0001-1"], "BK-0002-1", OP)
    assert [(n.code, n.codes) for n in oud.zijden if n.soort is Notasoort.VERVANGEN] == [("BK-0001-1", ("BK-0001-2",))]


@pytest.mark.parametrize("naar", ["evc:BK-0002-1", "evc:a", "certificaat:Bakker", " "])
def test_what_can_only_be_held_is_no_target(naar: str) -> None:
    world = view(bk("BK-0001-1", comp("a", "a", "1-c")), bk("BK-0002-1", comp("b", "b", "1-c")))
    for ask in (brug, beide_richtingen, kloof):
        with pytest.raises(InputError, match="doel"):
            ask(world, ["BK-0001-1"], naar, OP)
    assert brug(world, ["BK-0001-1"], " BK-0002-1 ", OP).naar.code == "BK-0002-1"


def test_the_next_version_is_the_same_engine() -> None:
    """What remains from version n to n+1 is the difference of the standard: the new and the reworded competences."""
    oud = bk("BK-0001-1", comp("a", "Bakt brood", "1-c"), comp("b", "Plant", "2-c"))
    nieuw = bk("BK-0001-2", comp("c", "Bakt brood.", "1-c"), comp("d", "Plant werk", "2-c"), comp("e", "Meet", "3-c"))
    rest = {
        o.competentie.code: o.oordeel.verdict for o in brug(view(oud, nieuw), ["BK-0001-1"], "BK-0001-2", OP).resterend
    }
    assert rest == {"d": Verdict.TE_BEVESTIGEN, "e": Verdict.ONTBREEKT}


def test_suggestions_stand_apart_and_name_their_reason() -> None:
    world = view(
        bk("BK-0001-1", comp("h", "Werkt in teamverband", "co 01800"), comp("i", "Snijdt hout", "1-c")),
        bk("BK-0002-1", comp("t", "Werken in teamverband", "co 03080")),
    )
    antwoord = brug(world, ["BK-0001-1"], "BK-0002-1", OP)
    found = list(suggesties(world, antwoord))
    assert [(s.gevraagd, s.gehouden) for s in found] == [("t", "h")]
    assert (found[0].van, found[0].naar) == ("urn:h", "urn:t")
    assert found[0].reden
    assert antwoord.dekking.gedekt == 0


def test_a_suggestion_for_an_item_without_a_code_goes_by_its_iri() -> None:
    skills = [
        Competentie(f"http://data.europa.eu/esco/skill/{n}", "", 0, f"{word} van hout", taal="nl")
        for n, word in enumerate(("snijden", "gesneden"))
    ]
    world = view(bk("BK-0001-1", comp("h", "snijden van hout", "1-c")), bk("BK-0002-1", *skills))
    found = list(suggesties(world, brug(world, ["BK-0001-1"], "BK-0002-1", OP)))
    assert {(s.gevraagd, s.naar) for s in found} == {(str(n), skill.iri) for n, skill in enumerate(skills)}


def test_blocks_of_any_size_give_the_same_sums() -> None:
    world = view(*(bk(f"BK-{n:04}-1", comp(f"c{n}", "bakt", "1-c", f"{n % 3}-c")) for n in range(9)))
    matrices = Matrices(tabellen(world))
    whole = [blok.toarray().tolist() for _, blok in matrices.blokken()]
    parts = [row for _, blok in matrices.blokken(budget=1) for row in blok.toarray().tolist()]
    assert whole == [parts]
