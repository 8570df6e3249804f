"""One graph, four stores, two families of engines: in memory, on disk, `oxigraph serve` and Virtuoso answer alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from leerbrug.errors import QueryTimeoutError, StoreError
from leerbrug.graph.bindings import Binding
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.names import Names, concept
from leerbrug.graph.releases import Release
from leerbrug.graph.remote_store import Endpoint, RemoteStore
from leerbrug.graph.store import EmbeddedStore
from pyoxigraph import Literal, NamedNode

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


def test_a_body_that_was_cut_off_is_not_believed() -> None:
    whole = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"a"}}]}}'
    cut = httpx.MockTransport(lambda _: httpx.Response(200, content=whole[:-20]))
    store = RemoteStore(Endpoint("http://x/query", "http://x/store"), httpx.Client(transport=cut), [NamedNode("urn:g")])
    with pytest.raises(StoreError, match="brak zijn antwoord af"):
        store.rows("SELECT ?x { ?x ?p ?o }", {})


def test_a_store_on_disk_is_read_by_many_and_written_by_none(release: Release) -> None:
    first, second = release.graph(), release.graph()
    assert first.count() == second.count()
    assert isinstance(first.store, EmbeddedStore)
    with pytest.raises(RuntimeError, match="read-write"):
        first.store.oxigraph.update("INSERT DATA { <urn:a> <urn:b> 1 }")
