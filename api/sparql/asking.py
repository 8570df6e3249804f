"""The store that a worker asks: the release on disk, or a server that holds the same graphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import pyoxigraph
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, Triple

from ...graph.bindings import names_dataset, query_form

Found = QuerySolutions | bool | Iterable[Triple]
"""Rows, a truth, or triples."""


class Asking(Protocol):
    """What a worker asks of a store."""

    graphs: frozenset[str]
    prefixes: dict[str, str]

    def ask(self, query: str, default: Sequence[str], named: Sequence[str], base: str) -> Found:
        """The answer; where the request names graphs these are the dataset, else what the query says, else all.

        `base` is what relative IRIs are relative to.
        """
        ...

    def graph(self, graph: str) -> Iterable[Triple]:
        """All triples of one graph; of every graph where none is named."""
        ...


class Embedded:
    """The store of a release, opened read-only."""

    def __init__(self, folder: str, prefixes: dict[str, str]) -> None:
        self._store, self.prefixes = pyoxigraph.Store.read_only(folder), prefixes
        self.graphs = frozenset(graph.value for graph in self._store.named_graphs())

    def ask(self, query: str, default: Sequence[str], named: Sequence[str], base: str) -> Found:
        """The answer, computed while it is read."""
        graphs: dict[str, Any] = {}
        if default or named:
            graphs = {
                "default_graph": [NamedNode(graph) for graph in default],
                "named_graphs": [NamedNode(graph) for graph in named],
            }
        union = not graphs and not names_dataset(query)
        found = self._store.query(
            query, base_iri=base, prefixes=self.prefixes, use_default_graph_as_union=union, **graphs
        )
        return bool(found) if isinstance(found, QueryBoolean) else found

    def graph(self, graph: str) -> Iterable[Triple]:
        """The triples as they lie in the store."""
        if not graph:
            found = self._store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", use_default_graph_as_union=True)
            return found if not isinstance(found, (QueryBoolean, QuerySolutions)) else ()
        return (quad.triple for quad in self._store.quads_for_pattern(None, None, None, NamedNode(graph)))


class Remote:
    """A server that speaks SPARQL 1.1 Protocol and holds the release's graphs."""

    def __init__(self, address: str, graphs: Sequence[str], prefixes: dict[str, str]) -> None:
        from ...graph.remote_store import Endpoint, RemoteStore

        self.graphs, self.prefixes = frozenset(graphs), prefixes
        self._store = RemoteStore(Endpoint(address, address), graphs=[NamedNode(graph) for graph in graphs])

    def ask(self, query: str, default: Sequence[str], named: Sequence[str], base: str) -> Found:
        """The answer of the server, as rows, a truth or triples of our own."""
        graphs = (default, named) if default or named else None
        self._store.base = NamedNode(base)
        match query_form(query):
            case "SELECT":
                return self._store.rows(query, {}, graphs)
            case "ASK":
                return self._store.truth(query, {}, graphs)
            case _:
                return self._store.triples(query, {}, graphs)

    def graph(self, graph: str) -> Iterable[Triple]:
        """The triples of a graph, by CONSTRUCT."""
        return self._store.triples("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", {}, ([graph], []) if graph else None)


def asking(place: dict[str, Any]) -> Asking:
    """The store at that place: `folder` of an embedded one, or `address` and `graphs` of a server."""
    if "folder" in place:
        return Embedded(place["folder"], place["prefixes"])
    return Remote(place["address"], place["graphs"], place["prefixes"])
