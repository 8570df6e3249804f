"""The store that a worker asks: the release on disk, or a server that holds the same graphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import pyoxigraph
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, Triple

from ...graph.bindings import names_dataset

Found = QuerySolutions | bool | Iterable[Triple]
"""Rows, a truth, or triples."""


UNTIL_ENDED = 86_400.0
"""Seconds: whoever asks a worker ends it at the deadline, and the worker counts its rows and bytes."""

EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class Asking(Protocol):
    """What a worker asks of a store."""

    graphs: frozenset[str]
    prefixes: dict[str, str]

    def ask(self, query: str, default: Sequence[str], named: Sequence[str], base: str) -> AbstractContextManager[Found]:
        """The answer; where the request names graphs these are the dataset, else what the query says, else all.

        `base` is what relative IRIs are relative to.
        """
        ...

    def graph(self, graph: str) -> AbstractContextManager[Found]:
        """All triples of one graph; of every graph where none is named."""
        ...


class Embedded:
    """The store of a release, opened read-only."""

    def __init__(self, folder: str, prefixes: dict[str, str]) -> None:
        self._store, self.prefixes = pyoxigraph.Store.read_only(folder), prefixes
        self.graphs = frozenset(graph.value for graph in self._store.named_graphs())

    @contextmanager
    def ask(self, query: str, default: Sequence[str], named: Sequence[str], base: str) -> Iterator[Found]:
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
        yield bool(found) if isinstance(found, QueryBoolean) else found

    @contextmanager
    def graph(self, graph: str) -> Iterator[Found]:
        """The triples as they lie in the store."""
        if graph:
            yield (quad.triple for quad in self._store.quads_for_pattern(None, None, None, NamedNode(graph)))
        else:
            found = self._store.query(EVERYTHING, use_default_graph_as_union=True)
            yield found if not isinstance(found, QueryBoolean) else ()


class Remote:
    """A server that speaks SPARQL 1.1 Protocol and holds the release's graphs."""

    def __init__(self, address: str, graphs: Sequence[str], prefixes: dict[str, str]) -> None:
        from ...graph.remote_body import Patience
        from ...graph.remote_store import Endpoint, RemoteStore

        self.graphs, self.prefixes = frozenset(graphs), prefixes
        named = [NamedNode(graph) for graph in graphs]
        self._store = RemoteStore(Endpoint(address, address), graphs=named, patience=Patience(UNTIL_ENDED, 2**62))

    def ask(self, query: str, default: Sequence[str], named: Sequence[str], base: str) -> AbstractContextManager[Found]:
        """The answer of the server, read as it comes.

        The query is first read by our own engine, so that the extensions of another reach nobody: `define get:soft`
        has Virtuoso fetch documents, and `bif:` calls its own functions. Raises SyntaxError and RuntimeError.
        """
        pyoxigraph.Store().query(query, base_iri=base, prefixes=self.prefixes)
        return self._store.answer(query, (default, named) if default or named else None, base)

    def graph(self, graph: str) -> AbstractContextManager[Found]:
        """The triples of a graph, by CONSTRUCT."""
        return self._store.answer(EVERYTHING, ([graph], []) if graph else None)


def asking(place: dict[str, Any]) -> Asking:
    """The store at that place: `folder` of an embedded one, or `address` and `graphs` of a server."""
    if "folder" in place:
        return Embedded(place["folder"], place["prefixes"])
    return Remote(place["address"], place["graphs"], place["prefixes"])
