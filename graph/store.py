"""A store of quads: what every engine must do, and the engine inside our own process.

The default graph of a query is the union of the store's graphs, unless the query says FROM. The embedded store lives
on disk and is opened read-only by everything that serves: a process starts in milliseconds however large the release,
processes share the pages, and a query that runs too long can be ended with its process. In memory it answers two to
five times faster and loads four times faster; that is for tests, checks and benches.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Protocol, Self, TypeVar, cast

import pyoxigraph
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Triple

from ..errors import StoreError
from .bindings import Binding, bind, names_dataset
from .vocabulary import PREFIXES

_Answer = TypeVar("_Answer")

BATCH = 60 * 2**20
"""Bytes of a dump that the store on disk takes at a time: a third of the memory that it needs for all at once."""


def open_dump(dump: Path) -> IO[bytes]:
    """The unpacked bytes of a dump, plain or .gz, as a stream."""
    return cast("IO[bytes]", gzip.open(dump, "rb")) if dump.suffix == ".gz" else dump.open("rb")


def expect(kind: type[_Answer], answer: object, form: str) -> _Answer:
    """The answer, where it is of that kind. Raises StoreError where the query was of another form."""
    if not isinstance(answer, kind):
        raise StoreError(f"Deze vraag is geen {form}.")
    return answer


COUNT = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?graph { ?s ?p ?o } }"


class Store(Protocol):
    """What a KnowledgeGraph asks of an engine, wherever it runs."""

    def load(self, dump: Path) -> None:
        """Add every quad of a dump (N-Quads, plain or .gz)."""
        ...

    def rows(self, sparql: str, bindings: Mapping[str, Binding]) -> QuerySolutions:
        """The rows of a SELECT with those variables bound. Raises StoreError where it is refused."""
        ...

    def truth(self, sparql: str, bindings: Mapping[str, Binding]) -> bool:
        """The truth of an ASK with those variables bound. Raises StoreError where it is refused."""
        ...

    def triples(self, sparql: str, bindings: Mapping[str, Binding]) -> Iterator[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE with those variables bound. Raises StoreError where it is refused."""
        ...

    def graphs(self) -> tuple[NamedNode, ...]:
        """The named graphs, in order of their IRI."""
        ...

    def count(self, graph: NamedNode | None = None) -> int:
        """How many quads there are, or how many in that graph."""
        ...

    def close(self) -> None:
        """Let go of the files or the connection."""
        ...


class EmbeddedStore:
    """Oxigraph in our own process, on disk or in memory.

    >>> store = EmbeddedStore.in_memory()
    >>> store.oxigraph.update("INSERT DATA { GRAPH <urn:g> { <urn:bk> <urn:naam> 'Kok' } }")
    >>> [row["naam"].value for row in store.rows("SELECT ?naam { ?bk <urn:naam> ?naam }", {"bk": NamedNode("urn:bk")})]
    ['Kok']
    """

    def __init__(self, oxigraph: pyoxigraph.Store, *, on_disk: bool = False) -> None:
        self._on_disk = on_disk
        self.oxigraph = oxigraph
        """The engine itself, for what only this process can do: patterns, updates, serialising."""

    @classmethod
    def in_memory(cls) -> Self:
        """An empty store that is gone with the process."""
        return cls(pyoxigraph.Store())

    @classmethod
    def create(cls, folder: Path) -> Self:
        """A new store on disk, for the one process that writes it."""
        return cls(pyoxigraph.Store(folder), on_disk=True)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """A store on disk, to read; any number of processes may. Raises StoreError where there is none."""
        try:
            return cls(pyoxigraph.Store.read_only(str(folder)), on_disk=True)
        except (OSError, ValueError) as error:
            raise StoreError("De store kan niet geopend worden.", place=str(folder), remedy=str(error)) from error

    def load(self, dump: Path) -> None:
        """Add every quad of a dump (N-Quads, plain or .gz); its terms were checked when they were made."""
        try:
            if dump.suffix != ".gz" and not self._on_disk:
                self.oxigraph.bulk_load(path=dump, format=RdfFormat.N_QUADS, lenient=True)
                return
            with open_dump(dump) as stream:
                for part in _batches(stream) if self._on_disk else (stream,):
                    self.oxigraph.bulk_load(part, RdfFormat.N_QUADS, lenient=True)
        except (OSError, EOFError, SyntaxError) as error:
            raise StoreError("De dump kan niet geladen worden.", place=str(dump), remedy=str(error)) from error

    def compact(self) -> None:
        """Bring what was written in parts into one order, so that whoever reads it finds it a third faster."""
        self.oxigraph.optimize()

    def rows(self, sparql: str, bindings: Mapping[str, Binding]) -> QuerySolutions:
        """The rows of a SELECT, computed while they are read. Raises StoreError where the query is refused."""
        return expect(QuerySolutions, self._answer(sparql, bindings), "SELECT")

    def truth(self, sparql: str, bindings: Mapping[str, Binding]) -> bool:
        """The truth of an ASK. Raises StoreError where the query is refused."""
        return bool(expect(QueryBoolean, self._answer(sparql, bindings), "ASK"))

    def triples(self, sparql: str, bindings: Mapping[str, Binding]) -> Iterator[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE. Raises StoreError where the query is refused."""
        return expect(QueryTriples, self._answer(sparql, bindings), "CONSTRUCT of DESCRIBE")

    def _answer(self, sparql: str, bindings: Mapping[str, Binding]) -> QuerySolutions | QueryBoolean | QueryTriples:
        bound = bind(sparql, bindings)
        union = not names_dataset(sparql)
        try:
            return self.oxigraph.query(bound, prefixes=PREFIXES, use_default_graph_as_union=union)
        except SyntaxError as error:
            raise StoreError(f"De SPARQL-vraag is niet geldig: {error}.") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(f"De store kan deze vraag niet beantwoorden: {error}.") from error

    def graphs(self) -> tuple[NamedNode, ...]:
        """The named graphs, in order of their IRI."""
        named = (graph for graph in self.oxigraph.named_graphs() if isinstance(graph, NamedNode))
        return tuple(sorted(named, key=lambda graph: graph.value))

    def count(self, graph: NamedNode | None = None) -> int:
        """How many quads there are, or how many in that graph."""
        if graph is None:
            return len(self.oxigraph)
        (row,) = self.rows(COUNT, {"graph": graph})
        return int(row["n"].value)

    def close(self) -> None:
        """Let go of the files; the store is not used after this."""
        del self.oxigraph


def _batches(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """The lines of a dump in parts of about BATCH bytes: N-Quads holds one quad a line."""
    while lines := stream.readlines(BATCH):
        yield io.BytesIO(b"".join(lines))
