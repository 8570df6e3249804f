"""One test of the suite asked over HTTP: what the endpoint answers, against what the suite expects."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import httpx
from pyoxigraph import RdfFormat, parse

from ...graph.bindings import names_dataset, query_form
from .http_cases import graph_store, protocol
from .results import GRAPHS, MEDIA, expected, received
from .service import description
from .suite import NOTHING, Case, iri_of

SD_NAME = "http://www.w3.org/ns/sparql-service-description#name"


class Client:
    """A client of one endpoint."""

    def __init__(self, home: str, suite: Path) -> None:
        self.home, self.suite = home.rstrip("/"), suite
        self.endpoint = f"{self.home}/sparql"
        self._http = httpx.Client(timeout=60)
        described = self._http.get(self.endpoint, headers={"Accept": "application/n-triples"})
        quads = parse(described.content, format=RdfFormat.N_TRIPLES)
        self.graphs = {quad.object.value for quad in quads if quad.predicate.value == SD_NAME}

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def send(self, request: httpx.Request) -> httpx.Response:
        """Send a request; one that is refused because there are too many is sent again."""
        for _ in range(200):
            answer = self._http.send(request)
            if answer.status_code not in (429, 503):
                break
            time.sleep(0.1)
        return answer

    def ask(self, case: Case, accept: str) -> httpx.Response:
        """The query of a test, asked of its graphs."""
        assert case.query
        text = f"BASE <{iri_of(self.suite, case.query)}>\n".encode() + case.query.read_bytes()
        parameters = {} if names_dataset(text.decode()) else self._dataset(case)
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return self.send(httpx.Request("POST", self.endpoint, params=parameters, content=text, headers=headers))

    def _dataset(self, case: Case) -> dict[str, list[str]]:
        """The graphs of a test; a file that holds no triple is no graph, and leaves the default graph empty."""
        default, named = ([graph for graph in graphs if graph in self.graphs] for graphs in (case.default, case.named))
        return {"default-graph-uri": default, "named-graph-uri": named if default or named else [NOTHING]}


def evaluation(client: Client, case: Case) -> str:
    """Why a test of a result fails; empty where it passes."""
    assert case.result
    assert case.query
    form = query_form(case.query.read_text(encoding="utf-8"))
    wanted = expected(case.result, iri_of(client.suite, case.result), form)
    suffix = case.result.suffix
    if suffix in GRAPHS:
        suffix = ".nt" if isinstance(wanted, str) else ".srj"
    answer = client.ask(case, MEDIA.get(suffix, "application/n-triples"))
    if answer.status_code != httpx.codes.OK:
        return f"{answer.status_code} {answer.text[:200]}"
    return "" if received(answer.content, suffix) == wanted else "another result"


def positive(client: Client, case: Case) -> str:
    """Why a query that must be accepted is not."""
    answer = client.ask(case, "*/*")
    return "" if answer.status_code == httpx.codes.OK else f"{answer.status_code} {answer.text[:200]}"


def negative(client: Client, case: Case) -> str:
    """Why a query that must be refused is not."""
    status = client.ask(case, "*/*").status_code
    return "" if status == httpx.codes.BAD_REQUEST else f"{status} instead of 400"


ASK: dict[str, Callable[[Client, Case], str]] = {
    "QueryEvaluationTest": evaluation,
    "CSVResultFormatTest": evaluation,
    "PositiveSyntaxTest": positive,
    "NegativeSyntaxTest": negative,
    "ProtocolTest": lambda client, case: protocol(client.send, client.endpoint, case, client.suite),
    "GraphStoreProtocolTest": lambda client, case: graph_store(client.send, client.home, case, client.suite),
    "ServiceDescriptionTest": lambda client, case: description(client.send, client.endpoint, case),
}
"""How a test of each kind is asked."""
