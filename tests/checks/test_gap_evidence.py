"""How a gap closes holds against the graph, and any answer that was changed is refused."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leerbrug.checks.evidence_answer import Decision
from leerbrug.checks.evidence_gap import check_gap
from leerbrug.graph.catalogus import Mappingbesluit
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.names import DEFAULT_BASE
from leerbrug.pathways.kloof import kloof
from leerbrug.pathways.kloof_jsonld import kloof_jsonld
from leerbrug.pathways.vergelijking import Vergelijking

from .forging import Document, mutated, plain, seal

OP = date(2026, 10, 9)
Check = Callable[[Document], tuple[str, ...]]


def test_real_gaps_hold(check: Check, gaps: list[Document]) -> None:
    for answer in gaps:
        assert check(answer) == ()
    assert [len(way["items"]) for way in gaps[1]["sluitingen"]] == [1, 2]
    assert gaps[3]["bekende_uren"] == [{"code": "ADV-0888", "uren": 900}, {"code": "ADV-1705", "uren": 700}]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_every_changed_gap_is_refused(check: Check, gaps: list[Document], seed: int) -> None:
    document, path = mutated(gaps, seed)
    seal(document)
    assert check(document), path


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_change_without_a_new_digest_is_refused(check: Check, gaps: list[Document], seed: int) -> None:
    assert check(mutated(gaps, seed)[0])


def _drop_a_step(answer: Document) -> None:
    answer["sluitingen"][0]["items"][0]["brengt"][0]["evidence"].pop()


def _flip_the_direction(answer: Document) -> None:
    bridge = answer["brug"]
    bridge["van"], bridge["naar"] = [bridge["naar"]], bridge["van"][0]


def _change_a_version(answer: Document) -> None:
    item = answer["sluitingen"][0]["items"][0]
    item["code"] = item["code"][:-1] + "9"


def _raise_a_count(answer: Document) -> None:
    answer["brug"]["dekking"]["gedekt"] += 1
    answer["brug"]["dekking"]["ontbreekt"] -= 1
    answer["brug"]["interval"]["bewezen"] += 1


def _lower_the_cost(answer: Document) -> None:
    for way in answer["sluitingen"]:
        way["kosten"], way["ondergrens"] = way["kosten"] - 1, way["ondergrens"] - 1


def _raise_the_bound(answer: Document) -> None:
    way = answer["sluitingen"][0]
    way["ondergrens"], way["kosten"] = way["ondergrens"] + 1, way["kosten"] + 1


def _drop_the_cheapest(answer: Document) -> None:
    """As if the dearer way were the only one."""
    del answer["sluitingen"][0]
    for nr, way in enumerate(answer["sluitingen"], 1):
        way["nr"] = nr
    answer["zekerheid"] = {"prijzen_samen": 0, "prijzen": []}


def _drop_an_alternative(answer: Document) -> None:
    answer["sluitingen"].pop()


def _claim_all_are_named(answer: Document) -> None:
    answer["sluitingen"].pop()
    answer["manieren"] = len(answer["sluitingen"])


def _say_a_way_twice(answer: Document) -> None:
    answer["sluitingen"][-1] = {**answer["sluitingen"][0], "nr": len(answer["sluitingen"])}


def _claim_what_nothing_closes_is_closed(answer: Document) -> None:
    answer["niet_te_sluiten"].append(_open(answer["brug"]["competenties"][-1]))


def _claim_a_competence(answer: Document) -> None:
    """An item brings one more: the step of another item, copied."""
    one, other = answer["sluitingen"][-1]["items"]
    one["brengt"].append(other["brengt"][-1])


def _add_an_item(answer: Document) -> None:
    way = answer["sluitingen"][0]
    way["items"].append(answer["sluitingen"][-1]["items"][-1])
    way["aantal"], way["dubbel"] = len(way["items"]), sum(item["dubbel"] for item in way["items"])
    way["kosten"] = way["ondergrens"] = sum(1000 * item["dubbel"] + 1 for item in way["items"])


def _leave_out_an_item(answer: Document) -> None:
    way = answer["sluitingen"][-1]
    way["items"].pop()
    way["aantal"], way["dubbel"] = len(way["items"]), sum(item["dubbel"] for item in way["items"])
    way["kosten"] = way["ondergrens"] = sum(1000 * item["dubbel"] + 1 for item in way["items"])
    answer["sluitingen"].sort(key=lambda each: each["kosten"])
    for nr, each in enumerate(answer["sluitingen"], 1):
        each["nr"] = nr


def _another_day(answer: Document) -> None:
    """Before anything was recognised nothing could be acquired."""
    text = json.dumps({key: value for key, value in answer.items() if key != "@context"}).replace(
        "2026-10-09", "1950-01-01"
    )
    answer.update(json.loads(text))


def _open(competence: Document) -> Document:
    return {key: competence[key] for key in ("id", "nr", "code", "tekst", "verdict")}


FORGERIES = [
    _drop_a_step,
    _flip_the_direction,
    _change_a_version,
    _raise_a_count,
    _lower_the_cost,
    _raise_the_bound,
    _drop_the_cheapest,
    _drop_an_alternative,
    _claim_all_are_named,
    _say_a_way_twice,
    _claim_what_nothing_closes_is_closed,
    _claim_a_competence,
    _add_an_item,
    _leave_out_an_item,
    _another_day,
]


@pytest.mark.parametrize("forge", FORGERIES)
def test_a_forged_gap_is_refused(check: Check, gaps: list[Document], forge: Callable[[Document], None]) -> None:
    forged = copy.deepcopy(gaps[1])
    forge(forged)
    seal(forged)
    assert check(forged)


def test_what_nothing_can_close_is_named_and_cannot_be_left_out(check: Check, sample_view: Vergelijking) -> None:
    """On a day before anything was recognised nothing can be acquired: everything is left, and named."""
    found = kloof(sample_view, ["BK-0002-3"], "65", date(1950, 1, 1))
    answer = plain(kloof_jsonld(found, DEFAULT_BASE))
    assert answer["sluitingen"] == []
    assert answer["niet_te_sluiten"] == [_open(c) for c in answer["brug"]["competenties"] if c["verdict"] != "gedekt"]
    assert check(answer) == ()
    for where in ("niet_te_sluiten", "resterend"):
        forged = copy.deepcopy(answer)
        del forged[where][3]
        seal(forged)
        assert check(forged)
    moved = copy.deepcopy(answer)
    moved["alleen_samen"].append(moved["niet_te_sluiten"].pop())
    seal(moved)
    assert check(moved)


def test_an_answer_of_another_release_or_that_is_none_is_refused(
    sample_graph: KnowledgeGraph, gaps: list[Document]
) -> None:
    assert check_gap(gaps[0], sample_graph, 2)
    assert check_gap({}, sample_graph, 1)
    assert check_gap({"type": "Kloof", "brug": 3}, sample_graph, 1)


def test_what_there_is_no_time_to_try_is_no_proof(sample_graph: KnowledgeGraph, gaps: list[Document]) -> None:
    (fault,) = check_gap(gaps[1], sample_graph, 1, seconds=-1)
    assert fault.startswith("niet nagekeken")


def test_decisions_of_the_ledger_count_and_are_cited_where_an_item_needs_them(
    sample_view: Vergelijking, sample_graph: KnowledgeGraph
) -> None:
    """One part of an asked competence is held, the other comes with an item: by decision, together they prove it."""
    known = sample_view.catalogus.kwalificaties
    asked = known["BK-0068-2"].competenties[0].iri
    parts = [known["BK-0002-3"].competenties[1].iri, known["BK-0019-3"].competenties[0].iri]
    decided = [
        Mappingbesluit(f"urn:m{nr}", part, "deelVan", asked, "An", OP, "deel van de taak")
        for nr, part in enumerate(parts)
    ]
    taken = [
        Decision(d.iri, d.van, d.predicaat, d.naar, d.auteur, OP.isoformat(), d.rechtvaardiging, d.ontkend)
        for d in decided
    ]
    later = sample_view.met_besluiten(decided)
    gap = kloof(later, ["BK-0002-3"], "BK-0068-2", OP, k=5)
    brought = {i.kandidaat.code: i for way in gap.sluitingen for i in way.items if asked in i.kandidaat.brengt}
    answer = plain(kloof_jsonld(gap, DEFAULT_BASE))
    assert check_gap(answer, sample_graph, 1, taken) == ()
    assert check_gap(answer, sample_graph, 1)
    assert brought
    alone = kloof(later, ["BK-0480-1"], "BK-0068-2", OP, k=5)
    answer = plain(kloof_jsonld(alone, DEFAULT_BASE))
    assert check_gap(answer, sample_graph, 1, taken) == ()
