"""Every kind of step on the real graph: what it asks, what it gives, and that the checker finds the same."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from leerbrug.checks.traject import check_against, signed
from leerbrug.checks.traject_graph import Offer
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.names import DEFAULT_BASE
from leerbrug.pathways.handelingen import Aanbod
from leerbrug.pathways.leerling import Leerling, Weg, Wens
from leerbrug.pathways.planner import plan
from leerbrug.pathways.traject_jsonld import als_jsonld

from .nagekeken import checked

OP = date(2026, 10, 9)
VROEGER = date(2022, 5, 1)
"""A day on which Se-n-Se and specialisation years were still recognised."""
ENTRIES = """PREFIX leer: <https://w3id.org/leerbrug/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?programma ?regel ?bewijs ?certificaat WHERE {
  ?e leer:erkenningVan/leer:code ?programma ; leer:begindatum ?van ; leer:flexibeleInstap ?i ;
     leer:status <https://w3id.org/leerbrug/codelijst/status/ERKEND> .
  ?i leer:instapregel ?regel . FILTER NOT EXISTS { ?e leer:einddatum ?tot }
  { ?i leer:viaBewijs ?bewijs } UNION { ?i leer:viaCertificaat/skos:prefLabel ?certificaat } }"""


STEPS = [
    (("OK1",), 12, "graad1:A", OP, [("379", {"ok:OK1"}), ("383", {"jaar1:A"})]),
    ((), 12, "graad1:B", OP, [("380", {"leeftijd:12"}), ("446", {"jaar1:B"})]),
    ((), 12, "graad1:A", OP, [("380", {"leeftijd:12"}), ("379", {"ok:OK1"}), ("383", {"jaar1:A"})]),
    (("OK4",), None, "101", VROEGER, [("101", {"ok:OK4", "gereed:101"})]),
    (("OK3",), None, "100", VROEGER, [("100", {"ok:OK3", "gereed:100"})]),
    (("OK3",), None, "924", OP, [("924", {"toegang:graduaat"})]),
    (("OK3",), None, "OK5", OP, [("924", {"toegang:graduaat"})]),
    (("OK3",), 18, "bachelor", OP, [("731", {"ok:OK3"})]),
    (("certificaat:Banketbakker",), 17, "65", OP, [("65", {"certificaat:banketbakker", "gereed:65"})]),
    ((), 16, "BK-0500-1-DBK-01", OP, [("69", {"leeftijd:15", "gereed:69"})]),
    ((), 16, "BK-0364-2-DBK-01", OP, [("241", {"leeftijd:15", "gereed:241"})]),
]


@pytest.mark.parametrize(("heeft", "leeftijd", "doel", "op", "stappen"), STEPS)
def test_a_step_is_found_with_what_it_asks(
    aanbod: Aanbod,
    offer: Offer,
    heeft: tuple[str, ...],
    leeftijd: int | None,
    doel: str,
    op: date,
    stappen: list[tuple[str, set[str]]],
) -> None:
    beste = checked(aanbod, offer, Leerling(heeft=heeft, leeftijd=leeftijd), Wens((doel,), op)).leertrajecten[0]
    assert [(stap.programma, {each.feit for each in stap.toelating}) for stap in beste.stappen] == stappen


CLOSED = [
    (("OK3",), None, "101", OP, "Se-n-Se ended on 31 August 2025"),
    (("OK3",), None, "100", OP, "so did the specialisation years"),
    (("OK4",), 15, "graad1:A", OP, "the first degree is for who is younger than 15"),
]


@pytest.mark.parametrize(("heeft", "leeftijd", "doel", "op", "why"), CLOSED)
def test_a_step_that_is_not_open_is_not_taken(
    aanbod: Aanbod, offer: Offer, heeft: tuple[str, ...], leeftijd: int | None, doel: str, op: date, why: str
) -> None:
    antwoord = checked(aanbod, offer, Leerling(heeft=heeft, leeftijd=leeftijd), Wens((doel,), op))
    assert not antwoord.leertrajecten, why
    assert antwoord.onhaalbaar is not None


def test_a_graduaat_takes_three_years_and_gives_an_ok5_with_its_bk(aanbod: Aanbod, offer: Offer) -> None:
    (stap,) = checked(aanbod, offer, Leerling(heeft=("OK3",)), Wens(("OK5",), OP, k=1)).leertrajecten[0].stappen
    assert (stap.begin, stap.einde) == (date(2027, 9, 1), date(2030, 6, 30))
    assert {"ok:OK5", "bk:BK-0599-1"} <= {feit for bewijs in stap.bewijzen for feit in bewijs.feiten}


def test_a_step_says_what_part_of_it_proves_and_of_which_bk_only_competences(aanbod: Aanbod, offer: Offer) -> None:
    leerling = Leerling(heeft=("graad2:A",), leeftijd=17)
    (stap,) = checked(aanbod, offer, leerling, Wens(("543",), OP, k=1)).leertrajecten[0].stappen
    assert "BK-0243-2" in stap.enkel_competenties
    assert any("BK-0243-2" in regel.tekst["nl"] and "enkel competenties" in regel.tekst["nl"] for regel in stap.onzeker)
    assert "BewijsVanCompetenties" in {bewijs.soort for bewijs in stap.deelbewijzen}
    assert not {bewijs.iri for bewijs in stap.deelbewijzen} & {b.iri for b in stap.bewijzen if "OK3" in str(b.feiten)}
    assert stap.stelsels == ("L",)


def test_evc_waits_for_no_school_year(aanbod: Aanbod, offer: Offer) -> None:
    ervaren = Leerling(heeft=("BK-0117-2",), leeftijd=20, ervaring=("BK-0056",))
    klaar = date(2026, 12, 31)
    for wens in (Wens(("BK-0056",), OP), Wens(("BK-0056",), OP, einddatum=klaar)):
        beste = checked(aanbod, offer, ervaren, wens).leertrajecten[0]
        assert (beste.begin, beste.einde, beste.schooljaren) == (OP, OP, 0)
    beste = checked(aanbod, offer, ervaren, Wens(("BK-0056",), OP, schooljaar=2028)).leertrajecten[0]
    assert beste.begin == date(2028, 9, 1)
    evc, fiets = checked(aanbod, offer, ervaren, Wens(("BK-0056", "99"), OP)).leertrajecten[0].stappen
    assert (evc.soort, evc.begin, fiets.begin) == ("evc", OP, date(2027, 9, 1))
    te_laat = checked(aanbod, offer, ervaren, Wens(("BK-0056",), OP, einddatum=date(2026, 10, 8)))
    assert [each.voorwaarde for each in te_laat.onhaalbaar.conflict] == ["einddatum"]  # type: ignore[union-attr]


def test_a_step_that_is_there_only_for_the_year_asked_says_so_and_needs_no_other(aanbod: Aanbod, offer: Offer) -> None:
    jong, op = Leerling(heeft=("OK3",), leeftijd=13), date(2026, 3, 1)
    gevraagd, vrij = (
        checked(aanbod, offer, jong, Wens(("duaal@2",), op, schooljaar=jaar)).leertrajecten for jaar in (2026, None)
    )
    eerste, laatste = gevraagd[0].stappen
    assert eerste.begin == date(2026, 9, 1)
    assert "enkel-begin" in {each.code for each in eerste.onzeker}
    assert eerste.alternatieven == ()
    assert "enkel-begin" not in {each.code for each in laatste.onzeker}
    assert laatste.alternatieven
    for weg in vrij:
        assert not [each for stap in weg.stappen for each in stap.onzeker if each.code == "enkel-begin"]


def test_a_change_after_which_evc_will_do_begins_and_ends_on_the_day_asked(aanbod: Aanbod, offer: Offer) -> None:
    wens = Wens(("BK-0056",), OP, wegen=frozenset({Weg.EVC}))
    onhaalbaar = checked(aanbod, offer, Leerling(leeftijd=30), wens).onhaalbaar
    assert onhaalbaar is not None
    (met_ervaring,) = (each for each in onhaalbaar.voorstellen if each.voorwaarden == ("ervaring",))
    assert (met_ervaring.begin, met_ervaring.einde) == (OP, OP)


def changed(document: dict[str, Any], offer: Offer, *path: str | int, to: object) -> tuple[str, ...]:
    """What the checker says of a document in which one value is another, with the digest of what it then says."""
    other = copy.deepcopy(document)
    place: Any = other
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    other.pop("id")
    text = json.dumps(signed(other), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    other["id"] = f"{DEFAULT_BASE}/id/leertrajecten/{hashlib.sha256(text.encode()).hexdigest()[:32]}"
    return check_against(other, offer, 1)


def test_evc_that_begins_another_day_or_proves_by_another_name_is_refused(aanbod: Aanbod, offer: Offer) -> None:
    leerling, wens = Leerling(leeftijd=30, ervaring=("BK-0056",)), Wens(("BK-0056",), OP, k=1)
    document = json.loads(
        json.dumps(als_jsonld(plan(aanbod, leerling, wens, seconden=60), aanbod.catalogus, leerling, wens))
    )
    step: tuple[str | int, ...] = ("leertrajecten", 0, "stappen", 0)
    assert changed(document, offer, "release", to=1) == ()
    for key in ("begin", "einde"):
        assert any("EVC begint" in each for each in changed(document, offer, *step, key, to="2027-09-01"))
    assert any("heet anders" in each for each in changed(document, offer, *step, "bewijzen", 0, "naam", to="Diploma"))


def test_a_proposal_that_is_left_out_or_has_a_value_that_it_cannot_have_is_refused(
    aanbod: Aanbod, offer: Offer
) -> None:
    leerling = Leerling(heeft=("BK-0117-2",), leeftijd=40, uren_per_week=10)
    wens = Wens(("99",), OP, max_jaren=1, contract="SOAO", contexten=())
    document = json.loads(
        json.dumps(als_jsonld(plan(aanbod, leerling, wens, seconden=60), aanbod.catalogus, leerling, wens))
    )
    assert changed(document, offer, "release", to=1) == ()
    (proposal,) = document["onhaalbaar"]["voorstellen"]
    assert any(
        "ontbreekt een voorstel" in each for each in changed(document, offer, "onhaalbaar", "voorstellen", to=[])
    )
    place = proposal["voorwaarden"].index("leeftijd-max")
    where = ("onhaalbaar", "voorstellen", 0, "waarden", place)
    assert any("kan enkel weg" in each for each in changed(document, offer, *where, to="30"))


def test_an_ok_in_a_studiedomein_is_an_ok(aanbod: Aanbod, offer: Offer) -> None:
    assert checked(aanbod, offer, Leerling(heeft=("OK3@8",)), Wens(("graduaat",), OP)).al_bereikt
    assert not checked(aanbod, offer, Leerling(heeft=("OK3",)), Wens(("OK3@8",), OP, k=1)).al_bereikt


def entries(graph: KnowledgeGraph) -> Iterator[tuple[str, frozenset[str]]]:
    """Programme and what opens it, of every recognition without an end: each proof, all proofs, or one certificate."""
    samen: dict[str, set[str]] = {}
    certificaten: dict[str, list[str]] = {}
    for row in graph.select(ENTRIES):
        programma = row["programma"].value
        if row["certificaat"] is not None:
            certificaten.setdefault(programma, []).append(row["certificaat"].value.removeprefix("Certificaat "))
            continue
        code = "-".join(row["bewijs"].value.rpartition("/id/")[2].split("/")[1:])
        if row["regel"].value.endswith("VIA_ALLE_BEWIJZEN"):
            samen.setdefault(programma, set()).add(code)
        else:
            yield programma, frozenset({code})
    yield from ((programma, frozenset(codes)) for programma, codes in samen.items())
    yield from ((programma, frozenset({f"certificaat:{min(namen)}"})) for programma, namen in certificaten.items())


def test_every_flexible_entry_of_the_graph_is_one_step_with_its_condition(
    aanbod: Aanbod, vks_graph: KnowledgeGraph
) -> None:
    gevonden = sorted(entries(vks_graph), key=lambda each: (each[0], sorted(each[1])))
    assert len(gevonden) > 80
    for programma, codes in gevonden:
        leerling = Leerling(heeft=tuple(sorted(codes)), leeftijd=17, buso=True)
        beste = plan(aanbod, leerling, Wens((programma,), OP, k=1)).leertrajecten[0]
        assert [stap.programma for stap in beste.stappen] == [programma], (programma, codes)
        door = {each.door for each in beste.stappen[0].toelating} - {"leerling"}
        assert door == set(codes), (programma, codes)
