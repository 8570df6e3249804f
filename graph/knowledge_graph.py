"""The KnowledgeGraph: the central type. Everything fills it or asks it."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple

from ..errors import StoreError
from .bindings import Binding
from .names import Names
from .store import Answer, Store

_DESCRIBE = "CONSTRUCT { ?thing ?p ?o } WHERE { ?thing ?p ?o }"
_ABOUT = "ASK { ?thing ?p ?o }"


class KnowledgeGraph:
    """The central type of Leerbrug: one release's graphs, each of one source and version, asked as one.

    Loaders and decisions fill it; checks, the catalogue and the API ask it. The default graph of a query is the union
    of its named graphs; `GRAPH ?g { … }` asks one source. Values reach a query only as bindings, never as text. What
    answers is a `Store`: Oxigraph in this process or any SPARQL 1.1 server.

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
        answer = self.answer(query, **bindings)
        if not isinstance(answer, QuerySolutions):
            raise StoreError("Deze vraag is geen SELECT.")
        return answer

    def ask(self, query: str, **bindings: Binding) -> bool:
        """The truth of an ASK. Raises StoreError for another kind of query."""
        answer = self.answer(query, **bindings)
        if not isinstance(answer, QueryBoolean):
            raise StoreError("Deze vraag is geen ASK.")
        return bool(answer)

    def construct(self, query: str, **bindings: Binding) -> QueryTriples:
        """The triples of a CONSTRUCT or DESCRIBE, as a stream. Raises StoreError for another kind of query."""
        answer = self.answer(query, **bindings)
        if not isinstance(answer, QueryTriples):
            raise StoreError("Deze vraag is geen CONSTRUCT of DESCRIBE.")
        return answer

    def answer(self, query: str, **bindings: Binding) -> Answer:
        """The answer to a query of any of the four kinds."""
        return self.store.query(query, bindings)

    def describe(self, thing: NamedNode) -> Iterator[Triple]:
        """Everything that is said of one thing."""
        return iter(self.construct(_DESCRIBE, thing=thing))

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
