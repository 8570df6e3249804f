"""The evidence of real bridges holds, and any answer that was changed is refused."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leerbrug.checks.evidence import check_answer, read_answer
from leerbrug.checks.evidence_answer import Decision
from leerbrug.errors import EvidenceError
from leerbrug.graph.catalogus import Catalogus, Mappingbesluit
from leerbrug.graph.catalogus_builder import catalogus
from leerbrug.graph.catalogus_elders import elders
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.names import DEFAULT_BASE, Names
from leerbrug.graph.statements import Statement
from leerbrug.graph.store import EmbeddedStore
from leerbrug.loaders.esco import SOURCE as ESCO_SOURCE
from leerbrug.pathways.antwoord import als_jsonld
from leerbrug.pathways.brug import beide_richtingen
from leerbrug.pathways.vergelijking import Vergelijking
from pyld import jsonld
from pyoxigraph import Quad

from .forging import Answers, Document, Where, at, change, places, plain, seal
from .words import known_words, leaves, properties

OP = date(2026, 10, 9)
QUESTIONS = [
    (["BK-0019-3"], "BK-0020-3"),
    (["BK-0480-1"], "BK-0117-2"),
    (["BK-0364-2"], "146"),
    (["BK-0018-3", "evc:bkc0044869"], "65"),
    (["BK-0555-1", "BK-0553-1"], "1"),
    (["BK-0130-5"], "BK-0019-3"),
    (["BK-0002-3", "certificaat:Fietsmecanicien"], "99"),
    (["ADV-1705"], "BK-0068-2"),
]


@pytest.fixture(scope="module")
def view(vks_graph: KnowledgeGraph) -> Vergelijking:
    return Vergelijking(catalogus(vks_graph, 1))


@pytest.fixture(scope="module")
def answers(view: Vergelijking) -> list[Document]:
    found = []
    for van, naar in QUESTIONS:
        heen, terug = beide_richtingen(view, van, naar, OP)
        found.append(plain(als_jsonld(heen, DEFAULT_BASE, terug)))
    return Answers(found)


def test_a_bridge_between_occupations_from_elsewhere_holds(real_data: Path) -> None:
    store, names = EmbeddedStore.in_memory(), Names()
    folder = real_data / "esco" / "tabiya-sample-v1.1.1"
    store.oxigraph.bulk_extend(
        Quad(said.subject, said.predicate, said.object, names.graph("esco", ESCO_SOURCE.version(folder)))
        for record in ESCO_SOURCE.records(folder)
        for said in ESCO_SOURCE.said(record, names)
        if isinstance(said, Statement)
    )
    graph = KnowledgeGraph(store, names)
    known = elders(graph).by_code()
    shared = [code for code, k in known.items() if len(k.competenties) > 3]
    view = Vergelijking(Catalogus(1, DEFAULT_BASE, known, {}, {}))
    heen, terug = beide_richtingen(view, shared[:3], shared[3], OP)
    assert heen.dekking.van == len(known[shared[3]].competenties)
    answer = plain(als_jsonld(heen, DEFAULT_BASE, terug))
    assert check_answer(answer, graph, 1) == ()
    answer["competenties"].reverse()
    seal(answer)
    assert check_answer(answer, graph, 1)


def checked_places(document: Document) -> list[Where]:
    def free(path: Where) -> bool:
        """An IRI is sealed again; that a thing is held by EVC is part of the question: another answer, as true."""
        words = [step for step in path if isinstance(step, str)]
        return words in (["id"], ["terug", "id"], ["van", "evc"])

    return [path for path in places(document) if not free(path)]


UNORDERED = {"kwalificaties", "gedeeltelijk", "feiten", "steunt", "referenties", "gedeeld", "resterend", "zijden"} | {
    "codes",
    "kennis",
    "terug",
    "van",
    "besluiten",
    "ontbrekende_delen",
}


def change_or_swap(document: Document, path: Where, how: int) -> None:
    """A change, or the ends of a list swapped where the order says something."""
    old = at(document, path)
    if how and isinstance(old, list) and old[0] != old[-1] and path[-1] not in UNORDERED:
        old[0], old[-1] = old[-1], old[0]
    else:
        change(document, path, how)


def test_real_answers_hold(vks_graph: KnowledgeGraph, answers: list[Document]) -> None:
    for answer in answers:
        assert check_answer(answer, vks_graph, 1) == ()


def test_the_same_question_gives_the_same_bytes(vks_graph: KnowledgeGraph, answers: list[Document]) -> None:
    view = Vergelijking(catalogus(vks_graph, 1))
    for (van, naar), answer in zip(QUESTIONS, answers, strict=True):
        heen, terug = beide_richtingen(view, van, naar, OP)
        assert json.dumps(als_jsonld(heen, DEFAULT_BASE, terug)) == json.dumps(answer)


@settings(max_examples=120, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_every_changed_answer_is_refused(vks_graph: KnowledgeGraph, answers: list[Document], seed: int) -> None:
    choice = Random(seed)
    document = copy.deepcopy(answers[choice.randrange(len(answers))])
    possible = checked_places(document)
    path = possible[choice.randrange(len(possible))]
    change_or_swap(document, path, choice.randrange(2))
    seal(document)
    assert check_answer(document, vks_graph, 1), path


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_change_without_a_new_digest_is_refused(
    vks_graph: KnowledgeGraph, answers: list[Document], seed: int
) -> None:
    choice = Random(seed)
    document = copy.deepcopy(answers[choice.randrange(len(answers))])
    possible = list(places(document))
    change_or_swap(document, possible[choice.randrange(len(possible))], choice.randrange(2))
    assert check_answer(document, vks_graph, 1)


def _drop_a_step(answer: Document) -> None:
    answer["competenties"][0]["evidence"].pop()


def _flip_the_direction(answer: Document) -> None:
    answer["van"], answer["naar"] = [answer["naar"]], answer["van"][0]


def _change_a_version(answer: Document) -> None:
    answer["naar"]["code"] = answer["naar"]["code"][:-1] + "9"


def _raise_a_count(answer: Document) -> None:
    answer["dekking"]["gedekt"] += 1
    answer["dekking"]["te_bevestigen"] -= 1
    answer["interval"]["bewezen"] += 1


def _raise_a_verdict(answer: Document) -> None:
    row = next(c for c in answer["competenties"] if c["verdict"] == "te_bevestigen")
    row["verdict"], row["evidence"][0]["regel"] = "gedekt", "3-zelfde-referenties-en-tekst"
    _raise_a_count(answer)


def _drop_a_competence(answer: Document) -> None:
    answer["competenties"].pop()
    answer["dekking"]["van"] -= 1


def _drop_the_way_back(answer: Document) -> None:
    del answer["terug"]


def _nest_a_way_back(answer: Document) -> None:
    answer["terug"][0]["terug"] = [copy.deepcopy(answer["terug"][0])]


def _call_it_in_another_language(answer: Document) -> None:
    for end in (answer["naar"], answer["terug"][0]["van"][0]):
        end["naam"] = {"en": end["naam"]["nl"]}


def _leave_out_the_name(answer: Document) -> None:
    for end in (answer["naar"], answer["terug"][0]["van"][0]):
        end["naam"] = {}


def _hold_it_twice(answer: Document) -> None:
    for key in ("van", "terug"):
        answer[key].append(copy.deepcopy(answer[key][0]))


def _cite_a_fact_twice(answer: Document) -> None:
    (step,) = answer["competenties"][0]["evidence"]
    step["feiten"].append(step["feiten"][0])


def _bring_a_reference_twice(answer: Document) -> None:
    (step,) = answer["competenties"][0]["evidence"]
    step["steunt"][0]["referenties"] *= 2


def _compare_the_words_where_they_are_the_same(answer: Document) -> None:
    row = next(c for c in answer["competenties"] if c["verdict"] == "gedekt")
    row["evidence"][0]["verschil"] = [{"gelijk": row["tekst"], "weg": "", "bij": ""}]


@pytest.mark.parametrize(
    "mutate",
    [
        _compare_the_words_where_they_are_the_same,
        _cite_a_fact_twice,
        _bring_a_reference_twice,
        _drop_a_step,
        _flip_the_direction,
        _change_a_version,
        _raise_a_count,
        _raise_a_verdict,
        _drop_a_competence,
        _drop_the_way_back,
        _nest_a_way_back,
        _call_it_in_another_language,
        _leave_out_the_name,
        _hold_it_twice,
    ],
)
def test_a_forged_answer_is_refused(vks_graph: KnowledgeGraph, answers: list[Document], mutate: Any) -> None:
    forged = copy.deepcopy(answers[0])
    mutate(forged)
    seal(forged)
    assert check_answer(forged, vks_graph, 1)
    assert check_answer(answers[0], vks_graph, 2)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff", b'{"a":' * 5000])
def test_what_is_no_answer_is_refused(raw: bytes) -> None:
    with pytest.raises(EvidenceError):
        read_answer(raw)


def test_an_empty_answer_is_refused(vks_graph: KnowledgeGraph) -> None:
    assert check_answer({}, vks_graph, 1)


def test_every_key_is_a_word_of_the_vocabulary_and_no_value_is_lost(answers: list[Document]) -> None:
    known = known_words()
    for answer in answers:
        expanded = jsonld.expand(answer)
        assert set(properties(expanded)) <= known
        said = Counter("https://w3id.org/leerbrug/ns#Brug" if leaf == "Brug" else leaf for leaf in leaves(answer))
        assert said - Counter(leaves(expanded)) == Counter()
        assert answer["competenties"][0]["id"] not in set(subjects(jsonld.to_rdf(answer)))


def subjects(dataset: Document) -> Iterator[str]:
    for triples in dataset.values():
        yield from (triple["subject"]["value"] for triple in triples)


def test_a_context_that_gives_the_words_another_meaning_is_refused(
    vks_graph: KnowledgeGraph, answers: list[Document]
) -> None:
    forged = copy.deepcopy(answers[0])
    forged["@context"]["dekking"]["@context"]["gedekt"] = "leer:ontbreekt"
    seal(forged)
    assert check_answer(forged, vks_graph, 1) == ("de context is niet die waarin dit antwoord geschreven wordt",)


LIVE = [
    Mappingbesluit("urn:m1", "", "exactMatch", "http://data.europa.eu/esco/skill/a", "An", OP, "zelfde taak"),
    Mappingbesluit("urn:m2", "http://data.europa.eu/esco/skill/a", "exactMatch", "", "Bo", OP, "nagekeken"),
]


def _live(view: Vergelijking) -> tuple[list[Mappingbesluit], Document]:
    """A chain of two decisions taken after the release, from a held competence by a skill of ESCO to an asked one."""
    held = view.catalogus.kwalificaties["BK-0002-3"].competenties[1].iri
    asked = view.catalogus.kwalificaties["BK-0068-2"].competenties[0].iri
    one, two = LIVE
    decided = [msgspec.structs.replace(one, van=held), msgspec.structs.replace(two, naar=asked)]
    heen, terug = beide_richtingen(view.met_besluiten(decided), ["BK-0002-3"], "BK-0068-2", OP)
    return decided, plain(als_jsonld(heen, DEFAULT_BASE, terug))


def recorded(decided: list[Mappingbesluit]) -> list[Decision]:
    return [
        Decision(d.iri, d.van, d.predicaat, d.naar, d.auteur, OP.isoformat(), d.rechtvaardiging, d.ontkend)
        for d in decided
    ]


def test_a_live_chain_of_decisions_is_checked_link_by_link(view: Vergelijking, vks_graph: KnowledgeGraph) -> None:
    decided, answer = _live(view)
    row = answer["competenties"][0]
    assert (row["verdict"], row["evidence"][0]["regel"]) == ("gedekt", "1-keten-van-besluiten")
    assert [d["id"] for d in row["evidence"][0]["besluiten"]] == ["urn:m1", "urn:m2"]
    assert check_answer(answer, vks_graph, 1, recorded(decided)) == ()
    assert check_answer(answer, vks_graph, 1)
    assert check_answer(answer, vks_graph, 1, recorded(decided[:1]))
    for path in places(row["evidence"][0]["besluiten"]):
        forged = copy.deepcopy(answer)
        change_or_swap(forged, ("competenties", 0, "evidence", 0, "besluiten", *path), 1)
        seal(forged)
        assert check_answer(forged, vks_graph, 1, recorded(decided)), path


def test_a_chain_that_joins_two_codes_of_one_list_proves_nothing_and_is_reported(
    view: Vergelijking, vks_graph: KnowledgeGraph
) -> None:
    decided, _ = _live(view)
    skill = "http://data.europa.eu/esco/skill/"
    more = Mappingbesluit("urn:m3", f"{skill}a", "exactMatch", f"{skill}b", "Bo", OP, "zelfde vaardigheid")
    heen, terug = beide_richtingen(view.met_besluiten([*decided, more]), ["BK-0002-3"], "BK-0068-2", OP)
    answer = plain(als_jsonld(heen, DEFAULT_BASE, terug))
    assert answer["competenties"][0]["verdict"] != "gedekt"
    (note,) = [note for note in answer["zijden"] if note["soort"] == "botsing"]
    assert note["codes"] == ["urn:m3"]
    assert f"{skill}a" in note["naam"]["nl"]
    assert check_answer(answer, vks_graph, 1, recorded([*decided, more])) == ()
    answer["zijden"].remove(note)
    seal(answer)
    assert check_answer(answer, vks_graph, 1, recorded([*decided, more]))
