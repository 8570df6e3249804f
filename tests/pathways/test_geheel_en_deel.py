"""Who holds a whole BK proves its DBKs; all of these together never prove the whole, unless their competences do."""

from __future__ import annotations

import json
from datetime import date

import pytest
from leerbrug.checks.traject import check_against
from leerbrug.checks.traject_graph import Offer
from leerbrug.checks.traject_rules import closed
from leerbrug.graph.catalogus import Catalogus
from leerbrug.graph.catalogus_builder import catalogus as build_catalogus
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.names import Names
from leerbrug.graph.store import EmbeddedStore
from leerbrug.graph.vocabulary import LEER
from leerbrug.pathways.handelingen import Aanbod
from leerbrug.pathways.leerling import Leerling, Wens
from leerbrug.pathways.leertraject import DEEL_VAN_GEHEEL, Antwoord
from leerbrug.pathways.planner import plan
from leerbrug.pathways.traject_jsonld import als_jsonld
from pyoxigraph import NamedNode, Quad

from .nagekeken import checked

OP = date(2026, 10, 9)
GEHEEL = "BK-0364-2"
"""Monteur installatietechnieken; Koelinstallaties duaal (146) asks two of its three DBKs together."""
GEVRAAGD = (f"{GEHEEL}-DBK-01", f"{GEHEEL}-DBK-03")


def asked(aanbod: Aanbod, offer: Offer, heeft: tuple[str, ...], doel: str, **wie: object) -> Antwoord:
    """The answer to somebody of 17, checked."""
    return checked(aanbod, offer, Leerling(heeft=heeft, leeftijd=17, **wie), Wens((doel,), OP, k=1))  # type: ignore[arg-type]


def delen(catalogus: Catalogus, geheel: str) -> tuple[str, ...]:
    return tuple(code for code, each in catalogus.kwalificaties.items() if each.deel_van == geheel)


def test_a_whole_bk_opens_an_entry_that_asks_its_parts_and_the_answer_says_how(aanbod: Aanbod, offer: Offer) -> None:
    (stap,) = asked(aanbod, offer, (GEHEEL,), "146").leertrajecten[0].stappen
    door = {each.feit: each.door for each in stap.toelating}
    assert door == {"gereed:146": "leerling", **{f"dbk:{code}": GEHEEL for code in GEVRAAGD}}
    gelezen = [each.tekst for each in stap.onzeker if each.code == DEEL_VAN_GEHEEL]
    assert all(any(code in tekst[taal] for tekst in gelezen) for code in GEVRAAGD for taal in ("nl", "en", "fr"))
    assert all(f"({GEHEEL})" in tekst["nl"] for tekst in gelezen)


def test_the_answer_cites_that_the_part_is_one(aanbod: Aanbod, catalogus: Catalogus) -> None:
    leerling, wens = Leerling(heeft=(GEHEEL,), leeftijd=17), Wens(("146",), OP, k=1)
    (stap,) = als_jsonld(plan(aanbod, leerling, wens, seconden=60), catalogus, leerling, wens)["leertrajecten"][0][
        "stappen"
    ]
    gezegd = {(t["subject"], t["object"]["id"]) for t in stap["evidence"] if t["predicate"] == LEER.deelVan.value}
    bekend = catalogus.kwalificaties
    assert gezegd == {(bekend[code].iri, bekend[GEHEEL].iri) for code in GEVRAAGD}


def test_who_holds_the_parts_themselves_needs_no_reading(aanbod: Aanbod, offer: Offer) -> None:
    (stap,) = asked(aanbod, offer, GEVRAAGD, "146").leertrajecten[0].stappen
    assert DEEL_VAN_GEHEEL not in {each.code for each in stap.onzeker}


@pytest.mark.parametrize("heeft", [(GEVRAAGD[0],), ("BK-0364",)])
def test_one_part_or_a_version_that_is_not_said_does_not_open_it(
    aanbod: Aanbod, offer: Offer, heeft: tuple[str, ...]
) -> None:
    antwoord = asked(aanbod, offer, heeft, "146")
    assert all(len(each.stappen) > 1 for each in antwoord.leertrajecten)


def test_the_checker_keeps_two_parts_that_are_asked_together(aanbod: Aanbod, offer: Offer) -> None:
    """Monteur sanitaire en verwarmingsinstallaties (237) gives both, and nothing else tells the one from the other."""
    leerling, wens = (
        Leerling(leeftijd=11, arbeidsrijp=False),
        Wens(("BK-0588-1", "146"), date(2026, 8, 31), max_jaren=4),
    )
    antwoord = plan(aanbod, leerling, wens, seconden=60)
    assert antwoord.onhaalbaar is not None
    assert {each.voorwaarde for each in antwoord.onhaalbaar.conflict} == {"max-duur", "arbeidsrijp"}
    document = json.loads(json.dumps(als_jsonld(antwoord, aanbod.catalogus, leerling, wens)))
    assert check_against(document, offer, 1) == ()


def test_all_parts_never_give_the_whole(aanbod: Aanbod, offer: Offer, catalogus: Catalogus) -> None:
    gehelen = {each.deel_van for each in catalogus.kwalificaties.values() if each.deel_van}
    assert len(gehelen) > 10
    for geheel in sorted(gehelen):
        assert f"bk:{geheel}" not in closed(offer, {f"dbk:{code}" for code in delen(catalogus, geheel)})
    for geheel in (GEHEEL, "BK-0130-5"):
        assert not asked(aanbod, offer, delen(catalogus, geheel), geheel).al_bereikt


def test_a_bk_of_which_only_competences_are_proved_gives_no_part_of_it(aanbod: Aanbod, offer: Offer) -> None:
    gezien = 0
    for handeling in (each for each in aanbod.handelingen if each.enkel_competenties):
        bekend = closed(offer, handeling.geeft)
        for geheel in set(handeling.enkel_competenties) - set(aanbod.catalogus.erkenningen[handeling.einde].volledig):
            gekregen = {f"dbk:{code}" for code in delen(aanbod.catalogus, geheel)} & bekend
            assert gekregen <= set(handeling.geeft), (handeling.code, geheel)
            gezien += bool(delen(aanbod.catalogus, geheel))
    assert gezien > 3


@pytest.fixture(scope="module")
def verdeeld(vks_graph: KnowledgeGraph, catalogus: Catalogus) -> KnowledgeGraph:
    """As if the source said what each DBK contains: all of GEHEEL together, and of BK-0130-5 all but one competence."""
    store, names = EmbeddedStore.in_memory(), Names()
    assert isinstance(vks_graph.store, EmbeddedStore)
    store.oxigraph.bulk_extend(vks_graph.store.oxigraph)
    for geheel, gezegd in ((GEHEEL, None), ("BK-0130-5", -1)):
        eigen = [catalogus.kwalificaties[code].iri for code in delen(catalogus, geheel)]
        for plaats, competentie in enumerate(catalogus.kwalificaties[geheel].competenties[:gezegd]):
            deel = NamedNode(eigen[plaats % len(eigen)])
            store.oxigraph.add(Quad(deel, LEER.heeftCompetentie, NamedNode(competentie.iri), names.graph("vks")))
    return KnowledgeGraph(store, names)


def test_parts_whose_competences_are_all_of_the_whole_prove_it(verdeeld: KnowledgeGraph, catalogus: Catalogus) -> None:
    aanbod, offer = Aanbod(build_catalogus(verdeeld, 1)), Offer(verdeeld)
    assert asked(aanbod, offer, delen(catalogus, GEHEEL), GEHEEL).al_bereikt
    assert not asked(aanbod, offer, delen(catalogus, GEHEEL)[:-1], GEHEEL).al_bereikt
    assert not asked(aanbod, offer, delen(catalogus, "BK-0130-5"), "BK-0130-5").al_bereikt
