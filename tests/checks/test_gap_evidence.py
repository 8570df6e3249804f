"""Closed gaps and chains of stones hold against the graph, and any answer that was changed is refused."""

from __future__ import annotations

import copy
import hashlib
import json
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations, pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leerbrug.checks.evidence_covers import Covers
from leerbrug.checks.evidence_gap import check_gap
from leerbrug.checks.evidence_stones import check_stones
from leerbrug.errors import EvidenceError
from leerbrug.graph.catalogus import Kwalificatiesoort, Mappingbesluit
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.names import DEFAULT_BASE
from leerbrug.graph.releases import Release
from leerbrug.graph.vocabulary import ONTOLOGY
from leerbrug.pathways.keten_jsonld import keten_jsonld
from leerbrug.pathways.kloof import Criterium, kloof
from leerbrug.pathways.kloof_jsonld import kloof_jsonld
from leerbrug.pathways.stapstenen import stapstenen
from leerbrug.pathways.vergelijking import Vergelijking
from leerbrug.pathways.verwantschap import Verwantschap, profielen
from pyld import jsonld
from pyoxigraph import NamedNode, RdfFormat, parse

OP = date(2026, 10, 9)
GAPS = [
    (["BK-0068-2"], "BK-0002-3", Criterium.AANTAL, {}),
    (["BK-0002-3"], "65", Criterium.DUBBEL, {}),
    (["BK-0002-3", "evc:BK-0019-3"], "65", Criterium.AANTAL, {}),
    (["BK-0019-3"], "BK-0020-3", Criterium.UREN, {"ADV-0888": 900, "ADV-1705": 700}),
    (["BK-0480-1", "BK-0117-2"], "BK-0130-5", Criterium.DUBBEL, {}),
]
CHAINS = [("BK-0068-2", "BK-0002-3"), ("BK-0117-2", "BK-0480-1")]
Document = dict[str, Any]
Check = Callable[[Document], tuple[str, ...]]


class Answers(list[Document]):
    """Shown by their number: hypothesis writes out what it calls a test with."""

    def __repr__(self) -> str:
        return f"<{len(self)} antwoorden>"


@pytest.fixture(scope="module")
def view(sample_release: Release) -> Vergelijking:
    return Vergelijking(sample_release.catalogus())


@pytest.fixture(scope="module")
def graph(sample_release: Release) -> KnowledgeGraph:
    return sample_release.graph()


@pytest.fixture(scope="module")
def gaps(view: Vergelijking) -> list[Document]:
    found = (kloof(view, van, naar, OP, by, 3, hours) for van, naar, by, hours in GAPS)
    return Answers(json.loads(json.dumps(kloof_jsonld(each, DEFAULT_BASE))) for each in found)


@pytest.fixture(scope="module")
def chains(view: Vergelijking) -> list[Document]:
    likeness = Verwantschap(profielen(view.catalogus, Kwalificatiesoort.BEROEPSKWALIFICATIE))
    found = (stapstenen(view, likeness, van, naar, OP) for van, naar in CHAINS)
    return Answers(json.loads(json.dumps(keten_jsonld(each, DEFAULT_BASE))) for each in found)


@pytest.fixture(scope="module")
def check(graph: KnowledgeGraph) -> Check:
    checks = {"Kloof": check_gap, "Keten": check_stones}

    def checked(document: Document) -> tuple[str, ...]:
        return checks.get(document.get("type", ""), check_gap)(document, graph, 1)

    return checked


def seal(part: Any) -> None:
    """Give every changed part the digest of its new content, the innermost first, as a forger would."""
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        seal(inner)
    kind = (
        {"Brug": "brug", "Kloof": "kloof", "Keten": "keten"}.get(part.get("type", "")) if isinstance(part, dict) else ""
    )
    if kind:
        part.pop("id", None)
        text = json.dumps(part, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        part["id"] = f"{DEFAULT_BASE}/id/{kind}/{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every value that is not made of others, and every list that has something in it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
        return
    if not isinstance(value, list) or value:
        yield path
    for number, inner in enumerate(value if isinstance(value, list) else ()):
        yield from places(inner, (*path, number))


def checked_places(document: Document) -> list[tuple[Any, ...]]:
    """All but the IRIs that are sealed again, and what makes it another question with an answer that is as true."""
    sealed = [
        ("id",),
        ("brug", "id"),
        ("vertrek", "id"),
        ("stappen", "naar_steen", "id"),
        ("stappen", "naar_doel", "id"),
    ]
    # Who holds it by EVC holds the same; more ways than there are give the same ways.
    asked = [("brug", "van", "evc"), *([("manieren",)] if document.get("volledig") else [])]
    return [path for path in places(document) if tuple(s for s in path if isinstance(s, str)) not in (*sealed, *asked)]


def change(document: Any, path: tuple[Any, ...], how: int) -> None:
    target = document
    for step in path[:-1]:
        target = target[step]
    old = target[path[-1]]
    if isinstance(old, bool) or old is None:
        target[path[-1]] = not old
    elif isinstance(old, int):
        target[path[-1]] = old + (1 if how else -1)
    elif isinstance(old, str):
        target[path[-1]] = old + "x" if how else "y" + old
    else:
        del old[how % len(old)]


def own(path: tuple[Any, ...]) -> bool:
    """Whether a place is of the answer itself and not of a bridge in it, which other tests change."""
    return not {"@context", "brug", "vertrek", "naar_steen", "naar_doel"} & set(path)


def mutated(answers: list[Document], seed: int) -> tuple[Document, tuple[Any, ...]]:
    """An answer with one change; half of them outside the bridges that it holds."""
    choice = Random(seed)
    document = copy.deepcopy(answers[choice.randrange(len(answers))])
    possible = checked_places(document)
    if choice.randrange(2):
        possible = list(filter(own, possible))
    path = possible[choice.randrange(len(possible))]
    change(document, path, choice.randrange(2))
    return document, path


def test_real_answers_hold(check: Check, gaps: list[Document], chains: list[Document]) -> None:
    for answer in (*gaps, *chains):
        assert check(answer) == ()
    assert [len(way["items"]) for way in gaps[1]["sluitingen"]] == [1, 2]
    assert gaps[3]["bekende_uren"] == [{"code": "ADV-0888", "uren": 900}, {"code": "ADV-1705", "uren": 700}]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_every_changed_gap_is_refused(check: Check, gaps: list[Document], seed: int) -> None:
    document, path = mutated(gaps, seed)
    seal(document)
    assert check(document), path


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_every_changed_chain_is_refused(check: Check, chains: list[Document], seed: int) -> None:
    document, path = mutated(chains, seed)
    seal(document)
    assert check(document), path


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_change_without_a_new_digest_is_refused(
    check: Check, gaps: list[Document], chains: list[Document], seed: int
) -> None:
    assert check(mutated([*gaps, *chains], seed)[0])


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


def test_what_nothing_can_close_is_named_and_cannot_be_left_out(check: Check, view: Vergelijking) -> None:
    """On a day before anything was recognised nothing can be acquired: everything is left, and named."""
    found = kloof(view, ["BK-0002-3"], "65", date(1950, 1, 1))
    answer = json.loads(json.dumps(kloof_jsonld(found, DEFAULT_BASE)))
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


def _drop_a_stone(answer: Document) -> None:
    del answer["stappen"][0]
    answer["stappen"][0]["nr"] = 1


def _raise_a_gain(answer: Document) -> None:
    answer["stappen"][0]["winst"] += 1
    answer["stappen"][1]["winst"] -= 1


def _swap_the_bridges(answer: Document) -> None:
    stone = answer["stappen"][0]
    stone["naar_steen"], stone["naar_doel"] = stone["naar_doel"], stone["naar_steen"]


def _end_early(answer: Document) -> None:
    answer["stappen"].pop()


def _go_straight(answer: Document) -> None:
    """The direct bridge is no chain with a stone."""
    last = answer["stappen"][-1]
    answer["stappen"] = [{**last, "nr": 1, "naar_steen": answer["vertrek"]}]


@pytest.mark.parametrize("forge", [_drop_a_stone, _raise_a_gain, _swap_the_bridges, _end_early, _go_straight])
def test_a_forged_chain_is_refused(check: Check, chains: list[Document], forge: Callable[[Document], None]) -> None:
    forged = copy.deepcopy(chains[1])
    forge(forged)
    seal(forged)
    assert check(forged)


def test_each_gain_is_what_the_bridges_to_the_target_say(chains: list[Document]) -> None:
    for chain in chains:
        proven = [
            chain["vertrek"]["dekking"]["gedekt"],
            *(s["naar_doel"]["dekking"]["gedekt"] for s in chain["stappen"]),
        ]
        assert [stone["winst"] for stone in chain["stappen"]] == [after - before for before, after in pairwise(proven)]
        assert proven[-1] == chain["vertrek"]["dekking"]["van"]


def test_an_answer_of_another_release_or_that_is_none_is_refused(graph: KnowledgeGraph, gaps: list[Document]) -> None:
    assert check_gap(gaps[0], graph, 2)
    assert check_gap({}, graph, 1)
    assert check_stones({}, graph, 1)
    assert check_gap({"type": "Kloof", "brug": 3}, graph, 1)


def test_what_there_is_no_time_to_try_is_no_proof(graph: KnowledgeGraph, gaps: list[Document]) -> None:
    (fault,) = check_gap(gaps[1], graph, 1, seconds=-1)
    assert fault.startswith("niet nagekeken")


def test_decisions_of_the_ledger_count_and_are_cited_where_an_item_needs_them(
    view: Vergelijking, graph: KnowledgeGraph
) -> None:
    """One part of an asked competence is held, the other comes with an item: by decision, together they prove it."""
    from leerbrug.checks.evidence_answer import Decision

    known = view.catalogus.kwalificaties
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
    later = view.met_besluiten(decided)
    gap = kloof(later, ["BK-0002-3"], "BK-0068-2", OP, k=5)
    brought = {i.kandidaat.code: i for way in gap.sluitingen for i in way.items if asked in i.kandidaat.brengt}
    answer = json.loads(json.dumps(kloof_jsonld(gap, DEFAULT_BASE)))
    assert check_gap(answer, graph, 1, taken) == ()
    assert check_gap(answer, graph, 1)
    assert brought
    alone = kloof(later, ["BK-0480-1"], "BK-0068-2", OP, k=5)
    answer = json.loads(json.dumps(kloof_jsonld(alone, DEFAULT_BASE)))
    assert check_gap(answer, graph, 1, taken) == ()


@st.composite
def instances(draw: st.DrawFn) -> tuple[frozenset[str], dict[str, frozenset[str]], dict[str, int], int | None]:
    elements = [f"e{n}" for n in range(5)]
    brings = draw(st.lists(st.frozensets(st.sampled_from(elements), min_size=1), min_size=1, max_size=7))
    named = {f"c{n}": brought for n, brought in enumerate(brings)}
    wanted = draw(st.frozensets(st.sampled_from(elements), min_size=1))
    return wanted, named, {name: draw(st.integers(1, 4)) for name in named}, draw(st.none() | st.integers(1, 9))


@settings(max_examples=300, deadline=None)
@given(instance=instances())
def test_the_checker_finds_every_cover_that_brute_force_finds(
    instance: tuple[frozenset[str], dict[str, frozenset[str]], dict[str, int], int | None],
) -> None:
    wanted, brings, costs, below = instance
    expected: set[frozenset[str]] = set()
    for size in range(1, len(brings) + 1):
        for chosen in combinations(brings, size):
            covered = frozenset[str]().union(*(brings[c] for c in chosen))
            if wanted <= covered and not any(known <= set(chosen) for known in expected):
                expected.add(frozenset(chosen))
    found = list(Covers(brings, costs).all(wanted, below))
    assert len(found) == len(set(found))
    assert set(found) == {c for c in expected if below is None or sum(costs[n] for n in c) < below}


def test_the_checker_stops_where_its_time_is_up() -> None:
    with pytest.raises(EvidenceError):
        list(Covers({"x": frozenset("a")}, {"x": 1}, deadline=time.monotonic() - 1).all(frozenset("a")))


CODES = "https://w3id.org/leerbrug/codelijst/geldigheidsfase/"


def test_every_key_is_a_word_of_the_vocabulary_and_no_value_is_lost(
    gaps: list[Document], chains: list[Document]
) -> None:
    quads = parse(path=ONTOLOGY / "vocabulary.ttl", format=RdfFormat.TURTLE)
    known = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    known |= {f"http://www.w3.org/1999/02/22-rdf-syntax-ns#{part}" for part in ("subject", "predicate", "object")}
    for answer in (*gaps, *chains):
        expanded = jsonld.expand(answer)
        assert set(properties(expanded)) <= known
        values = set(leaves(expanded))
        names = {"Brug", "Kloof", "Keten"}
        lost = {leaf for leaf in leaves(answer) if leaf not in values and CODES + leaf not in values} - names
        assert lost == set()


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from () if key == "@context" else leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield str(value)


def properties(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from [] if key.startswith("@") else [key]
            yield from properties(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from properties(inner)
