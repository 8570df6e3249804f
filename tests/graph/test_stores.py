"""One graph, four stores, two families of engines: in memory, on disk, `oxigraph serve` and Virtuoso answer alike."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import httpx
import pytest
from leerbrug.errors import QueryTimeoutError, StoreError, StoreFailedError
from leerbrug.graph.bindings import Binding
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.names import Names, concept
from leerbrug.graph.releases import Release
from leerbrug.graph.remote_body import Patience
from leerbrug.graph.remote_store import Endpoint, RemoteStore
from leerbrug.graph.store import EmbeddedStore
from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions

BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
VIRTUOSO_BOOLEANS = {"1": "true", "0": "false"}
"""Accepted difference, by name: Virtuoso 7 writes the boolean true as "1"^^xsd:boolean."""

BAKKER = Names().iri("beroepskwalificatie", "BK-0019", "3")
QUESTIONS: dict[str, tuple[str, dict[str, Binding]]] = {
    "things per class": ("SELECT ?k (COUNT(DISTINCT ?s) AS ?n) { ?s a ?k } GROUP BY ?k", {}),
    "competences and references of one version": (
        "SELECT ?c ?t ?r { ?bk leer:heeftCompetentie ?c . ?c skos:prefLabel ?t ; leer:referentie/leer:code ?r }",
        {"bk": BAKKER},
    ),
    "programmes without entry rule": (
        "SELECT ?so ?e { ?so leer:heeftErkenning ?e FILTER NOT EXISTS { ?e leer:flexibeleInstap ?i } }",
        {},
    ),
    "dual programmes and hours where said": (
        "SELECT ?so ?m { ?so leer:duaal ?ja ; leer:heeftErkenning ?e OPTIONAL { ?e leer:contract/leer:urenMin ?m }}",
        {"ja": Literal(True)},
    ),
    "a text in a language": ("SELECT ?s { ?s skos:prefLabel ?naam }", {"naam": Literal("Bakker", language="nl")}),
    "one source only": (
        "SELECT ?p (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?p",
        {"g": Names().graph("vks")},
    ),
    "the domain of one version and those above it": (
        "SELECT ?b { ?bk leer:domein ?d . ?d skos:broader* ?b }",
        {"bk": BAKKER},
    ),
    "levels": ("SELECT ?bk { ?bk leer:vksNiveau ?niveau }", {"niveau": concept("vks-niveau", "4")}),
}
"""What is asked of every store, with the terms that are bound."""


@pytest.fixture(scope="module", params=["in memory", "oxigraph_server", "virtuoso_server"])
def other(request: pytest.FixtureRequest, release: Release) -> KnowledgeGraph:
    """The sample's graph in another store, loaded from the release's dump."""
    store = EmbeddedStore.in_memory() if request.param == "in memory" else request.getfixturevalue(request.param)
    store.load(release.dump)
    return KnowledgeGraph(store)


def said(term: object) -> str:
    if isinstance(term, Literal) and term.datatype.value == BOOLEAN:
        return VIRTUOSO_BOOLEANS.get(term.value, term.value)
    return str(term)


def rows(graph: KnowledgeGraph, question: str) -> Counter[tuple[str, ...]]:
    query, bindings = QUESTIONS[question]
    return Counter(tuple(said(term) for term in row) for row in graph.select(query, **bindings))


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_store_gives_the_same_rows(other: KnowledgeGraph, release: Release, question: str) -> None:
    expected = rows(release.graph(), question)
    assert expected, "a question without an answer proves nothing"
    assert rows(other, question) == expected


def test_every_store_has_the_same_graphs_and_counts(other: KnowledgeGraph, release: Release) -> None:
    graph = release.graph()
    assert other.graphs() == graph.graphs()
    assert other.count() == graph.count() == release.manifest.triples
    for named in graph.graphs():
        assert other.count(named) == graph.count(named) == release.manifest.graphs[named.value]


def test_every_store_constructs_and_asks_alike(other: KnowledgeGraph, release: Release) -> None:
    about = {f"{t.subject} {t.predicate} {said(t.object)}" for t in release.graph().describe(BAKKER)}
    assert about
    assert {f"{t.subject} {t.predicate} {said(t.object)}" for t in other.describe(BAKKER)} == about
    assert other.knows(BAKKER)
    assert not other.knows(NamedNode("urn:niets"))


def test_every_store_refuses_a_faulty_query_and_an_update(other: KnowledgeGraph) -> None:
    with pytest.raises(StoreError):
        other.select("SELECT ?x WHERE { ?x ")
    with pytest.raises(StoreError):
        other.select("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }")


@pytest.fixture
def gone(tmp_path: Path) -> Iterator[RemoteStore]:
    store = RemoteStore(Endpoint("http://127.0.0.1:9/query", "http://127.0.0.1:9/store"))
    yield store
    store.close()


def test_a_server_that_is_not_there_is_told(gone: RemoteStore) -> None:
    with pytest.raises(StoreError, match="niet bereikbaar"):
        gone.rows("SELECT * { ?s ?p ?o }", {})


def test_a_query_without_an_end_is_ended_by_the_client(oxigraph_server: RemoteStore, release: Release) -> None:
    oxigraph_server.load(release.dump)
    impatient = RemoteStore(oxigraph_server._endpoint, httpx.Client(timeout=0.2))
    with pytest.raises(QueryTimeoutError, match="op tijd"):
        impatient.rows("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?g != ?f) }", {})
    impatient.close()


WHOLE = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"a"}}]}}'


def answering(answer: Callable[[], httpx.Response], patience: Patience | None = None) -> RemoteStore:
    """A store whose server answers every question so."""
    client = httpx.Client(transport=httpx.MockTransport(lambda _: answer()))
    return RemoteStore(Endpoint("http://x/query", "http://x/store"), client, [NamedNode("urn:g")], patience)


def test_a_body_that_was_cut_off_is_not_believed() -> None:
    store = answering(lambda: httpx.Response(200, content=WHOLE[:-20]))
    with pytest.raises(StoreFailedError, match="brak zijn antwoord af"):
        store.rows("SELECT ?x { ?x ?p ?o }", {})
    with (
        pytest.raises(StoreFailedError, match="brak zijn antwoord af"),
        store.answer("SELECT ?x { ?x ?p ?o }") as found,
    ):
        list(found)  # type: ignore[arg-type]


def slowly() -> Iterator[bytes]:
    for number in range(0, len(WHOLE), 9):
        time.sleep(0.03)
        yield WHOLE[number : number + 9]


def test_a_body_that_comes_too_slowly_or_is_too_large_is_not_read_to_its_end() -> None:
    patient = answering(lambda: httpx.Response(200, content=slowly()))
    assert [row["x"].value for row in patient.rows("SELECT ?x { ?x ?p ?o }", {})] == ["a"]
    with pytest.raises(QueryTimeoutError, match="op tijd"):
        answering(lambda: httpx.Response(200, content=slowly()), Patience(seconds=0.1)).truth("ASK {}", {})
    with pytest.raises(StoreError, match="te groot"):
        answering(lambda: httpx.Response(200, content=slowly()), Patience(answer=30)).truth("ASK {}", {})


def test_a_part_of_the_rows_is_not_taken_for_all_of_them(virtuoso_server: RemoteStore, release: Release) -> None:
    """Virtuoso gives as many rows as it is set to, with status 200 and a header."""
    virtuoso_server.load(release.dump)
    with pytest.raises(StoreFailedError, match="maar een deel"):
        virtuoso_server.rows("SELECT (1 AS ?x) { ?a a ?c . ?d a ?f }", {})


def test_the_first_rows_come_before_the_last_is_computed(oxigraph_server: RemoteStore, release: Release) -> None:
    """Every pair of triples is a thousand million rows; who has read enough stops."""
    oxigraph_server.load(release.dump)
    assert oxigraph_server.count() > 30_000
    with oxigraph_server.answer("SELECT * { ?a ?b ?c . ?d ?e ?f }") as found:
        assert isinstance(found, QuerySolutions)
        assert len(list(islice(found, 2_000))) == 2_000


def test_blank_nodes_are_read_as_every_engine_writes_them(other: KnowledgeGraph, release: Release) -> None:
    """The ontology has some (the data have none); Virtuoso 7 writes them as no other does."""
    query = "SELECT ?a ?b { ?a owl:onProperty ?b FILTER(isBlank(?a)) }"
    nodes = list(other.select(query))
    assert all(isinstance(row["a"], BlankNode) for row in nodes)
    assert len({row["a"].value for row in nodes}) == len({row["a"].value for row in release.graph().select(query)}) > 1


def test_a_store_on_disk_is_read_by_many_and_written_by_none(release: Release) -> None:
    first, second = release.graph(), release.graph()
    assert first.count() == second.count()
    assert isinstance(first.store, EmbeddedStore)
    with pytest.raises(RuntimeError, match="read-write"):
        first.store.oxigraph.update("INSERT DATA { <urn:a> <urn:b> 1 }")
