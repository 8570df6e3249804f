"""The evidence of real leertrajecten holds, and an answer that was changed is refused."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache, partial
from typing import Any

import pytest
from leerbrug.checks.traject import check_against, signed
from leerbrug.checks.traject_graph import Offer
from leerbrug.graph.catalogus import Catalogus
from leerbrug.graph.catalogus_builder import catalogus as build_catalogus
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.pathways.doelregels import gelezen
from leerbrug.pathways.handelingen import Aanbod
from leerbrug.pathways.leerling import Leerling, Vrijstelling, Weg, Weging, Wens, Werkplek
from leerbrug.pathways.planner import plan
from leerbrug.pathways.traject_jsonld import als_jsonld

from .forging import at, digested, places

Answer = Callable[[Leerling, Wens], dict[str, Any]]
OP = date(2026, 10, 9)
EXEMPT = Vrijstelling("v1", "School X", "directeur", "toelating:99", "dossier 1", date(2027, 12, 1))
RULE = b"""
minstens = 2
uren_minstens = 500
niet_samen = [["BK-0117", "BK-0227"]]
delen = [
  {code = "BK-0117", uren = 300},
  {code = "BK-0227", uren = 300},
  {gelijk = ["BK-0480", "certificaat:Fietstechnicus"], uren = 250},
  {minstens = 1, delen = ["OK3", "OK4"]},
]"""
QUESTIONS = [
    (Leerling(heeft=("BK-0117-2",), leeftijd=17), Wens(("99",), OP)),
    (Leerling(leeftijd=15), Wens(("BK-0252-4",), OP)),
    (Leerling(heeft=("graad1:A",), leeftijd=15), Wens(("BK-0252-4",), OP, k=6)),
    (Leerling(heeft=("OK3",), leeftijd=18), Wens(("bachelor",), OP)),
    (Leerling(leeftijd=15, arbeidsrijp=False), Wens(("99",), OP)),
    (Leerling(heeft=("BK-0553", "BK-0555"), leeftijd=19), Wens(("1", "BK-0130-5"), OP)),
    (Leerling(heeft=("98",), leeftijd=15), Wens(("OK3@2",), OP, werkplek_min=20)),
    (Leerling(leeftijd=30, ervaring=("BK-0056",)), Wens(("BK-0056",), OP)),
    (Leerling(leeftijd=17), Wens(("OK3",), OP, werkplekken=(Werkplek("Gent", "8", uren=25),), max_jaren=5)),
    (Leerling(leeftijd=13, heeft=("graad1:B",)), Wens(("duaal@8",), OP)),
    (Leerling(leeftijd=16, vrijstellingen=(EXEMPT,)), Wens(("99",), OP)),
    (Leerling(heeft=("OK3",)), Wens(("OK3",), OP)),
    (Leerling(leeftijd=30, ervaring=("BK-0056",)), Wens(("OK3",), OP, wegen=frozenset({Weg.EVC}))),
    (Leerling(leeftijd=15), Wens((), OP, regels=gelezen(RULE))),
    (Leerling(leeftijd=12, heeft=("OK1",)), Wens(("bachelor",), OP)),
    (Leerling(leeftijd=16), Wens(("bachelor",), OP, schooljaar=2028, weging=Weging(100, 0, 0, 0), k=9)),
    (Leerling(heeft=("graad2:A",), arbeidsrijp=False), Wens(("OK4",), date(2024, 3, 1), schooljaar=2028, k=1)),
]
WAITS = (Leerling(leeftijd=12, heeft=("OK1",)), Wens(("OK3",), OP))
IMPOSSIBLE = (Leerling(heeft=("BK-0117-2",), leeftijd=17), Wens(("99",), OP, werkplek_max=16, contract="OAO"))
# Wording for people is outside what the IRI stands for.
FREE = {"@context", "tekst", "reden", "onzeker", "bron", "aannames"}
# The name of a condition is wording; so is the name of an EVC step, of which the graph has no instrument.
WORDED = tuple(f"toelating/{number}/naam" for number in range(9))
# An answer that claims less than it shows is still right.
MODEST = ("volledig", "beste_volledig")


@pytest.fixture(scope="module")
def offer(vks_graph: KnowledgeGraph) -> Offer:
    return Offer(vks_graph)


@pytest.fixture(scope="module")
def aanbod(vks_graph: KnowledgeGraph) -> Aanbod:
    return Aanbod(build_catalogus(vks_graph, 1))


def thought_out(aanbod: Aanbod, leerling: Leerling, wens: Wens) -> str:
    catalogus: Catalogus = aanbod.catalogus
    return json.dumps(als_jsonld(plan(aanbod, leerling, wens), catalogus, leerling, wens))


@pytest.fixture(scope="module")
def answer(aanbod: Aanbod) -> Answer:
    """The answer to a question: thought out once, and read anew for each test, which may change it."""
    once = cache(partial(thought_out, aanbod))
    return lambda leerling, wens: dict(json.loads(once(leerling, wens)))


def seal(document: dict[str, Any]) -> None:
    """Give a changed document the digest of its new content, as a forger would."""
    document.pop("id", None)
    document["id"] = digested("leertrajecten", signed(document))


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_on_the_real_graph_passes(
    aanbod: Aanbod, answer: Answer, offer: Offer, question: tuple[Leerling, Wens]
) -> None:
    document = answer(*question)
    assert check_against(document, offer, 1) == ()
    assert json.dumps(document) == thought_out(aanbod, *question)


def test_every_dual_programme_is_a_goal_whose_ways_pass(aanbod: Aanbod, answer: Answer, offer: Offer) -> None:
    codes = [code for code, programma in aanbod.catalogus.programmas.items() if programma.duaal][::40]
    found = 0
    for code in codes:
        document = answer(Leerling(leeftijd=16), Wens((code,), OP, k=1))
        assert check_against(document, offer, 1) == (), code
        found += bool(document["leertrajecten"])
    assert found >= 5


def changed(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, list):
        return value[:-1]
    if isinstance(value, str):
        try:
            return (date.fromisoformat(value) + timedelta(days=365)).isoformat()
        except ValueError:
            return value + "9"
    return None


def mutants(document: dict[str, Any], draw: random.Random, most: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every kind of place of the answer changed, at most so many; the IRI is not one: sealing gives it anew."""
    every = [
        path
        for path in places(document, free=FREE)
        if path[0] not in ("vraag", "id") and at(document, path) is not None
    ]
    for path in draw.sample(every, min(most, len(every))):
        mutant = copy.deepcopy(document)
        at(mutant, path[:-1])[path[-1]] = changed(at(document, path))
        seal(mutant)
        yield "/".join(map(str, path)), mutant


@pytest.mark.parametrize("number", range(7))
def test_every_changed_value_is_refused(answer: Answer, offer: Offer, number: int) -> None:
    document = answer(*QUESTIONS[number])
    accepted = [
        where
        for where, mutant in mutants(document, random.Random(number), 40)
        if where not in MODEST and not where.endswith(WORDED) and not check_against(mutant, offer, 1)
    ]
    assert accepted == []


@pytest.mark.parametrize("number", [1, 2, 4, 6])
def test_an_answer_that_lacks_any_one_of_its_ways_is_refused(answer: Answer, offer: Offer, number: int) -> None:
    document = answer(*QUESTIONS[number])
    assert document["beste_volledig"]
    for way in range(len(document["leertrajecten"])):
        mutant = copy.deepcopy(document)
        del mutant["leertrajecten"][way]
        seal(mutant)
        assert check_against(mutant, offer, 1), way


def test_what_is_not_tried_in_time_is_said_to_be_no_proof(vks_graph: KnowledgeGraph, answer: Answer) -> None:
    document = answer(*QUESTIONS[2])
    faults = check_against(document, Offer(vks_graph), 1, seconds=0)
    assert faults
    assert all(fault.endswith("is niet nagegaan binnen 0 seconden") for fault in faults)


def test_a_change_without_a_new_digest_is_refused_wherever_it_is(answer: Answer, offer: Offer) -> None:
    document = answer(*QUESTIONS[1])
    mutant = copy.deepcopy(document)
    mutant["leertrajecten"][0]["stappen"][0]["alternatieven"] = []
    assert "de IRI hoort niet bij deze inhoud" in check_against(mutant, offer, 1)


def step_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = document["leertrajecten"][0]["stappen"]
    return steps


def dropped(document: dict[str, Any]) -> None:
    del step_of(document)[0]


def swapped(document: dict[str, Any]) -> None:
    steps = step_of(document)
    steps[0], steps[1] = steps[1], steps[0]


def hours(document: dict[str, Any]) -> None:
    step_of(document)[0]["uren"]["buiten_werkvloer"] -= 1
    document["leertrajecten"][0]["buiten_werkvloer"] -= 1
    document["leertrajecten"][0]["gewicht"] -= 1


def proof(document: dict[str, Any]) -> None:
    step_of(document)[0]["bewijzen"][0]["feiten"] = ["ok:OK4"]


def circular(document: dict[str, Any]) -> None:
    """A step that rests on what it gives itself."""
    step = step_of(document)[1]
    step["toelating"][0] = {"feit": "ok:OK3", "naam": "", "door": "stap 2"}


def younger(document: dict[str, Any]) -> None:
    document["vraag"]["leerling"]["leeftijd"] = 9


def older(document: dict[str, Any]) -> None:
    document["vraag"]["leerling"]["leeftijd"] = 27


def cheaper(document: dict[str, Any]) -> None:
    document["zekerheid"]["mijlpalen"][0]["prijs"] += 1


def shorter_milestone(document: dict[str, Any]) -> None:
    del document["zekerheid"]["mijlpalen"][0]["keuzes"][0]


def other_goal(document: dict[str, Any]) -> None:
    document["vraag"]["wens"]["doelen"] = ["BK-0019-3"]


def less_floor(document: dict[str, Any]) -> None:
    document["vraag"]["wens"]["werkplek_max"] = 10


def fewer_years(document: dict[str, Any]) -> None:
    document["vraag"]["wens"]["max_jaren"] = 3


def no_dual(document: dict[str, Any]) -> None:
    document["vraag"]["wens"]["wegen"] = ["voltijds"]


def needless(document: dict[str, Any]) -> None:
    steps = [step for step in step_of(document) if step["omweg"]]
    steps[0]["omweg"]["onmisbaar"] = True


def dearer_detour(document: dict[str, Any]) -> None:
    for detour in [step["omweg"] for step in step_of(document) if step["omweg"]]:
        detour["gewicht"] += 1
        detour["ondergrens"] += 1


def detour_between(document: dict[str, Any]) -> None:
    for detour in [step["omweg"] for step in step_of(document) if step["omweg"]]:
        detour["gewicht"] += 1


@pytest.mark.parametrize(
    "forge",
    [
        dropped, swapped, hours, proof, circular, younger, older, cheaper, shorter_milestone, other_goal, less_floor,
        fewer_years, no_dual, needless, dearer_detour, detour_between,
    ],
)  # fmt: skip
def test_a_forgery_with_a_new_digest_is_refused(answer: Answer, offer: Offer, forge: Any) -> None:
    document = answer(*QUESTIONS[1])
    forge(document)
    seal(document)
    assert check_against(document, offer, 1)


@pytest.mark.parametrize(("least", "most", "right"), [(-5, 5, True), (0, 1, True), (1, 5, False), (-5, -1, False)])
def test_a_detour_that_time_left_unproved_must_hold_the_truth(
    answer: Answer, offer: Offer, least: int, most: int, right: bool
) -> None:
    document = answer(*QUESTIONS[1])
    document["volledig"] = False
    found = [step["omweg"] for step in step_of(document) if step["omweg"] and step["omweg"]["gewicht"]]
    assert found
    for detour in found:
        detour["ondergrens"] += least
        detour["gewicht"] += most
    seal(document)
    assert (check_against(document, offer, 1) == ()) is right


def false_bound(document: dict[str, Any]) -> None:
    """As if the milestones, which count no waiting, proved a least weight beside a heavier lightest way."""
    total = sum(each["prijs"] for each in document["zekerheid"]["mijlpalen"])
    document["zekerheid"] |= {"gewicht": total, "ondergrens": total, "door": "mijlpalen"}


def false_proof(document: dict[str, Any]) -> None:
    document["zekerheid"]["door"] = "oplosser"


def bound_too_high(document: dict[str, Any]) -> None:
    """A second best way said to be the best, of an answer that says it is not complete."""
    lightest = document["leertrajecten"].pop(0)
    weights = [way["gewicht"] for way in document["leertrajecten"]]
    document["volledig"] = False
    document["zekerheid"] |= {"gewicht": min(weights), "ondergrens": lightest["gewicht"] + 1}
    document["zekerheid"] |= {"bewezen": False, "door": ""}


def test_a_certificate_counts_waiting(answer: Answer, offer: Offer) -> None:
    document = answer(*WAITS)
    certificate = document["zekerheid"]
    assert certificate["gewicht"] == certificate["ondergrens"] == document["leertrajecten"][0]["gewicht"]
    assert certificate["door"] == "kalender"
    assert sum(each["prijs"] for each in certificate["mijlpalen"]) < certificate["gewicht"]
    assert check_against(document, offer, 1) == ()


@pytest.mark.parametrize("forge", [false_bound, false_proof, bound_too_high])
def test_a_certificate_that_forgets_waiting_is_refused(answer: Answer, offer: Offer, forge: Any) -> None:
    document = answer(*WAITS)
    forge(document)
    seal(document)
    assert check_against(document, offer, 1)


def test_a_conflict_that_is_said_not_to_be_proved_minimal_may_hold_more(answer: Answer, offer: Offer) -> None:
    document = answer(*IMPOSSIBLE)
    impossible = document["onhaalbaar"]
    assert [each["voorwaarde"] for each in impossible["conflict"]] == ["werkplek-max"]
    impossible["conflict"].append({"voorwaarde": "contract", "waarde": "OAO", "tekst": {}})
    seal(document)
    assert any("niet nodig" in fault for fault in check_against(document, offer, 1))
    impossible["minimaal"] = False
    seal(document)
    assert any("niet minimaal zoals gezegd" in fault for fault in check_against(document, offer, 1))
    document["volledig"] = False
    seal(document)
    assert check_against(document, offer, 1) == ()
    del impossible["conflict"][0]
    seal(document)
    assert "deze voorwaarden gaan wel samen" in check_against(document, offer, 1)


@pytest.mark.parametrize(("years", "right"), [(0, True), (6, True), (7, False)])
def test_an_answer_that_time_left_open_says_no_more_than_is_true(
    answer: Answer, offer: Offer, years: int, right: bool
) -> None:
    document = answer(*WAITS)
    del document["zekerheid"]
    document |= {"leertrajecten": [], "volledig": False, "beste_volledig": False}
    document["onbeslist"] = {"schooljaren": years, "tekst": {}}
    seal(document)
    assert (check_against(document, offer, 1) == ()) is right


@pytest.mark.parametrize("broken", [{}, {"type": "Leertrajecten"}, {"type": "Leertrajecten", "id": 3}])
def test_what_is_no_answer_is_refused_without_an_error(offer: Offer, broken: dict[str, Any]) -> None:
    assert check_against(broken, offer, 1)
