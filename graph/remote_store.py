"""A store on another machine: SPARQL 1.1 Protocol to ask, Graph Store Protocol to fill, as every serious engine speaks.

The default graph is the union of the store's graphs, said with the protocol's own `default-graph-uri`, so that an
engine that means something else by "default graph", or holds graphs of others, answers as the embedded store does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, cast

import httpx
import msgspec
from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from ..errors import StoreError, StoreFailedError
from .bindings import Binding, bind, names_dataset, query_form
from .remote_body import Patience, reading
from .store import COUNT, expect, open_dump
from .vocabulary import PREFIXES

CHUNK_TRIPLES = 20_000
"""Triples in one request of the Graph Store Protocol; engines limit the size of a body."""

PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in PREFIXES.items())
Dataset = tuple[Sequence[str], Sequence[str]]
"""The graphs that make the default graph, and those that GRAPH may ask."""

Found = QuerySolutions | bool | Iterator[Triple]
"""Rows, a truth, or triples."""

JSON = "application/sparql-results+json"
TRIPLES = "application/n-triples, text/turtle;q=0.5"
_TURTLE = {"Content-Type": "text/turtle"}
_GRAPHS = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } }"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The addresses of a server: where it is asked, and where its graphs are stored."""

    query: str
    graph_store: str


class RemoteStore:
    """Any server that speaks SPARQL 1.1 Protocol and Graph Store Protocol (Oxigraph, Fuseki, Virtuoso, GraphDB …).

    `graphs` limits what is asked to those graphs, where the server holds others as well (those that were loaded through
    this store are added); without it all are asked. `client` brings authentication, time-outs and proxies, and is
    closed with the store. An answer that costs more than `patience` is not read further.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        client: httpx.Client | None = None,
        graphs: Iterable[NamedNode] = (),
        patience: Patience | None = None,
    ) -> None:
        self._patience = patience or Patience()
        self._endpoint, self._client = endpoint, client or httpx.Client(timeout=self._patience.seconds)
        self._graphs = set(graphs)

    def load(self, dump: Path) -> None:
        """Add every quad of a dump, graph by graph, in requests of a limited size; memory stays flat."""
        with TemporaryDirectory() as folder:
            for graph, path in _split(dump, Path(folder)).items():
                self._fill(graph, path)
                self._graphs.add(graph)

    def _fill(self, graph: NamedNode, path: Path) -> None:
        address = httpx.URL(self._endpoint.graph_store, params={"graph": graph.value})
        with path.open("rb") as stream:
            while chunk := b"".join(islice(stream, CHUNK_TRIPLES)):
                # N-Triples is Turtle, and there are engines that know the second by its media type only.
                self._send(self._client.build_request("POST", address, content=chunk, headers=_TURTLE))

    def rows(self, sparql: str, bindings: Mapping[str, Binding]) -> QuerySolutions:
        """The rows of a SELECT. Raises StoreError where the query is refused."""
        _must_be(sparql, "SELECT")
        return self._whole(self._question(bind(sparql, bindings), JSON))

    def truth(self, sparql: str, bindings: Mapping[str, Binding]) -> bool:
        """The truth of an ASK. Raises StoreError where the query is refused."""
        _must_be(sparql, "ASK")
        with self.answer(bind(sparql, bindings)) as found:
            return bool(found)

    def triples(self, sparql: str, bindings: Mapping[str, Binding]) -> Iterator[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE. Raises StoreError where the query is refused."""
        _must_be(sparql, "CONSTRUCT", "DESCRIBE")
        with self.answer(bind(sparql, bindings)) as found:
            return iter(list(cast("Iterator[Triple]", found)))

    @contextmanager
    def answer(self, sparql: str, dataset: Dataset | None = None, base: str = "") -> Iterator[Found]:
        """What the server answers to any query, read as it comes, until the block ends; then the server may stop.

        `base` is what relative IRIs are relative to. Raises StoreError where the query is refused and, also in the
        block, where the answer breaks off, is too large or takes too long.
        """
        form = query_form(sparql)
        request = self._question(sparql, JSON if form in ("SELECT", "ASK") else TRIPLES, dataset, base)
        with reading(self._client, request, self._patience) as body, _unbroken(self._endpoint.query):
            if form == "ASK":
                yield _truth(body)
            elif form == "SELECT":
                yield expect(QuerySolutions, parse_query_results(body, QueryResultsFormat.JSON), "SELECT")
            else:
                # Turtle reads N-Triples too, whichever of the two the server chose.
                yield (quad.triple for quad in parse(body, format=RdfFormat.TURTLE))

    def _whole(self, request: httpx.Request) -> QuerySolutions:
        """A server that gives up half-way has already said 200: the body must be whole before a row is believed."""
        body = self._send(request)
        with _unbroken(self._endpoint.query):
            msgspec.json.decode(body, type=msgspec.Raw)
            return expect(QuerySolutions, parse_query_results(body, QueryResultsFormat.JSON), "SELECT")

    def _question(self, sparql: str, accept: str, dataset: Dataset | None = None, base: str = "") -> httpx.Request:
        # The base stands first: Virtuoso 7 reads it nowhere else.
        form: dict[str, str | list[str]] = {"query": (f"BASE {NamedNode(base)} " if base else "") + PROLOGUE + sparql}
        if dataset:
            form["default-graph-uri"], form["named-graph-uri"] = map(list, dataset)
        elif not names_dataset(sparql):
            form["default-graph-uri"] = form["named-graph-uri"] = [graph.value for graph in self.graphs()]
        return self._client.build_request("POST", self._endpoint.query, data=form, headers={"Accept": accept})

    def _send(self, request: httpx.Request) -> bytes:
        with reading(self._client, request, self._patience) as body:
            return body.read()

    def graphs(self) -> tuple[NamedNode, ...]:
        """The named graphs that are asked, in order of their IRI."""
        if not self._graphs:
            headers = {"Accept": JSON}
            request = self._client.build_request("POST", self._endpoint.query, data={"query": _GRAPHS}, headers=headers)
            self._graphs = {row["graph"] for row in self._whole(request)}
        return tuple(sorted(self._graphs, key=lambda graph: graph.value))

    def count(self, graph: NamedNode | None = None) -> int:
        """How many quads there are, or how many in that graph."""
        wanted = self.graphs() if graph is None else (graph,)
        return sum(int(row["n"].value) for named in wanted for row in self.rows(COUNT, {"graph": named}))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _truth(body: IO[bytes]) -> bool:
    answer = parse_query_results(body.read(), QueryResultsFormat.JSON)
    # Virtuoso 7 answers an ASK with a table that holds 1 or 0.
    return bool(answer) if isinstance(answer, QueryBoolean) else any(row[0].value == "1" for row in answer)


@contextmanager
def _unbroken(place: str) -> Iterator[None]:
    """A body that cannot be read to its end as what it says it is, is one that the server broke off."""
    try:
        yield
    except (msgspec.DecodeError, SyntaxError) as error:
        raise StoreFailedError("De server brak zijn antwoord af.", place=place) from error


def _must_be(sparql: str, *forms: str) -> None:
    if query_form(sparql) not in forms:
        raise StoreError(f"Deze vraag is geen {' of '.join(forms)}.")


def _split(dump: Path, folder: Path) -> dict[NamedNode, Path]:
    """The dump as one file of N-Triples per graph."""
    files: dict[bytes, Path] = {}
    with open_dump(dump) as stream, ExitStack() as opened:
        streams: dict[bytes, IO[bytes]] = {}
        for line in stream:
            triple, graph, _ = line.rsplit(b" ", 2)
            if graph not in streams:
                files[graph] = folder / f"{len(files)}.nt"
                streams[graph] = opened.enter_context(files[graph].open("wb"))
            streams[graph].write(triple + b" .\n")
    return {NamedNode(graph[1:-1].decode()): path for graph, path in files.items()}
