"""The KnowledgeGraph: the central type. Everything fills it or asks it."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, QuerySolutions, Triple

from .bindings import Binding
from .names import Names
from .store import Store

_DESCRIBE = "CONSTRUCT { ?thing ?p ?o } WHERE { ?thing ?p ?o }"
_ABOUT = "ASK { ?thing ?p ?o }"


class KnowledgeGraph:
    """The central type of Leerbrug: one release's graphs, each of one source and version, asked as one.

    Loaders and decisions fill it; checks, the catalogue and the API ask it. The default graph of a query is the union
    of its named graphs; `GRAPH ?g { … }` asks one source. Values reach a query only as bindings, never as text. What
    answers is a `Store`: Oxigraph in this process or any SPARQL 1.1 server. A triple that two graphs say may be met
    twice, once per graph: count with DISTINCT.

    >>> from .store import EmbeddedStore
    >>> graph = KnowledgeGraph(EmbeddedStore.in_memory())
    >>> graph.ask("ASK { ?s ?p ?o }")
    False
    """

    def __init__(self, store: Store, names: Names | None = None) -> None:
        self.store, self.names = store, names or Names()

    def select(self, query: str, **bindings: Binding) -> QuerySolutions:
        """The rows of a SELECT, as a stream: `row["naam"]` is a term, or None where the row has no value.

        Raises StoreError for a query that is not a SELECT, is not valid, or has no such variable.
        """
        return self.store.rows(query, bindings)

    def ask(self, query: str, **bindings: Binding) -> bool:
        """The truth of an ASK. Raises StoreError as `select` does."""
        return self.store.truth(query, bindings)

    def construct(self, query: str, **bindings: Binding) -> Iterator[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, as a stream. Raises StoreError as `select` does."""
        return self.store.triples(query, bindings)

    def describe(self, thing: NamedNode) -> Iterator[Triple]:
        """Everything that is said of one thing."""
        return self.construct(_DESCRIBE, thing=thing)

    def knows(self, thing: NamedNode) -> bool:
        """Whether anything is said of this thing."""
        return self.ask(_ABOUT, thing=thing)

    def graphs(self) -> tuple[NamedNode, ...]:
        """The named graphs, one per source and version, in order of their IRI."""
        return self.store.graphs()

    def count(self, graph: NamedNode | None = None) -> int:
        """How many triples there are, each counted in every graph that says it; or how many in that graph."""
        return self.store.count(graph)

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()
