"""The tests of the W3C suite as its manifests say them, and their data as named graphs of one release."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from ...graph.catalogus import Catalogus
from ...graph.dump import write_dump
from ...graph.manifest import STORE, Manifest
from ...graph.releases import CATALOGUS, GRAPH, Releases
from ...graph.store import EmbeddedStore

HOME = "http://w3c.example/"
"""Where the files of the suite are said to be; nothing is fetched there."""

NOTHING = f"{HOME}niets"
"""A graph for tests without data: named, so that the default graph is empty."""

PROTOCOL_GRAPHS = {f"http://kasei.us/2009/09/sparql/data/data{n}.rdf": f"data{n}.nt" for n in (1, 2, 3)}
"""The remote documents of the protocol suite, which stand beside its manifest."""

MISSING_GRAPH = "http://kasei.us/2009/09/sparql/data/data0.rdf"
"""Named by the suite, but not in it; what it holds plays no part."""

KINDS = {
    "QueryEvaluationTest",
    "CSVResultFormatTest",
    "PositiveSyntaxTest",
    "PositiveSyntaxTest11",
    "NegativeSyntaxTest",
    "NegativeSyntaxTest11",
    "ProtocolTest",
    "ServiceDescriptionTest",
    "GraphStoreProtocolTest",
}
"""What is asked of a read-only endpoint; tests of updates are not."""

PREFIXES = {
    "mf": "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#",
    "qt": "http://www.w3.org/2001/sw/DataAccess/tests/test-query#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
TESTS = """
SELECT ?test ?kind ?action ?query ?result WHERE {
  ?manifest mf:entries/rdf:rest*/rdf:first ?test . ?test a ?kind
  OPTIONAL { ?test mf:action ?action OPTIONAL { ?action qt:query ?query } } OPTIONAL { ?test mf:result ?result }
}
"""
FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
    ".n3": RdfFormat.TURTLE,
}


@dataclass(frozen=True, slots=True)
class Case:
    """One test: what kind it is, its query, its graphs and its result; paths are in the suite."""

    name: str
    group: str
    kind: str
    iri: str
    manifest: Path
    query: Path | None
    default: tuple[str, ...]
    named: tuple[str, ...]
    result: Path | None


def cases(suite: Path) -> Iterator[Case]:
    """Every test of the suite that concerns reading, in order of its name."""
    found = [case for path in sorted(suite.glob("sparql/sparql1[01]/*/manifest*.ttl")) for case in _of(suite, path)]
    yield from sorted({case.name: case for case in found}.values(), key=lambda case: case.name)


def iri_of(suite: Path, path: Path) -> str:
    """The IRI of a file of the suite."""
    return HOME + path.relative_to(suite).as_posix()


def manifest_store(suite: Path, path: Path) -> Store:
    """A manifest, read."""
    store = Store()
    store.load(path=str(path), format=RdfFormat.TURTLE, base_iri=iri_of(suite, path))
    return store


def select(store: Store, query: str, prefixes: dict[str, str] = PREFIXES) -> QuerySolutions:
    """The rows of a query about a manifest."""
    rows = store.query(query, prefixes=prefixes)
    assert isinstance(rows, QuerySolutions)
    return rows


def _of(suite: Path, manifest: Path) -> Iterator[Case]:
    store = manifest_store(suite, manifest)
    for row in select(store, TESTS):
        kind = row["kind"].value.rpartition("#")[2]
        if kind not in KINDS:
            continue
        iri = row["test"].value
        action = row["action"]
        query = row["query"] or (action if isinstance(action, NamedNode) else None)
        local = iri.rpartition("#")[2].rpartition("/")[2]
        folder = manifest.parent
        yield Case(
            name=f"{folder.parent.name}/{folder.name}/{local}",
            group=f"{folder.parent.name}/{folder.name}",
            kind=kind.removesuffix("11"),
            iri=iri,
            manifest=manifest,
            query=_path(suite, query),
            default=_graphs(store, action, "data"),
            named=_graphs(store, action, "graphData"),
            result=_path(suite, row["result"]),
        )


def _path(suite: Path, term: object) -> Path | None:
    return suite / term.value.removeprefix(HOME) if isinstance(term, NamedNode) else None


def _graphs(store: Store, action: object, predicate: str) -> tuple[str, ...]:
    found = store.quads_for_pattern(action, NamedNode(PREFIXES["qt"] + predicate), None, None)  # type: ignore[arg-type]
    return tuple(sorted(quad.object.value for quad in found if isinstance(quad.object, NamedNode)))


def release_of(suite: Path, into: Path) -> None:
    """Make a release that holds every data file of the suite as a graph that is named after the file."""
    with Releases(into).building() as draft:
        lines = {f"{quad.subject} {quad.predicate} {quad.object} {quad.graph_name} .\n" for quad in _quads(suite)}
        write_dump(sorted(lines), draft.folder / GRAPH)
        store = EmbeddedStore.create(draft.folder / STORE)
        store.load(draft.folder / GRAPH)
        graphs = {graph.value: store.count(graph) for graph in store.graphs()}
        store.close()
        empty = Catalogus(draft.number, HOME.rstrip("/"), {}, {}, {})
        (draft.folder / CATALOGUS).write_bytes(msgspec.msgpack.encode(empty))
        total = sum(graphs.values())
        draft.publish(
            Manifest(release=draft.number, base=HOME.rstrip("/"), sources=(), triples=total, graphs=graphs, classes={})
        )


def _quads(suite: Path) -> Iterator[Quad]:
    yield Quad(NamedNode(NOTHING), NamedNode(NOTHING), Literal("niets"), NamedNode(NOTHING))
    missing = NamedNode(MISSING_GRAPH)
    yield Quad(missing, missing, Literal("niets"), missing)
    protocol = suite / "sparql/sparql11/protocol"
    for iri, name in PROTOCOL_GRAPHS.items():
        yield from _read(protocol / name, iri)
    for path in sorted(suite.glob("sparql/sparql1[01]/*/*")):
        if path.suffix in FORMATS and not path.name.startswith("manifest"):
            yield from _read(path, iri_of(suite, path))


def _read(path: Path, iri: str) -> Iterator[Quad]:
    graph = NamedNode(iri)
    try:
        quads = list(parse(path=path, format=FORMATS[path.suffix], base_iri=iri, rename_blank_nodes=True))
    except SyntaxError:  # files that show what is no RDF
        return
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)
