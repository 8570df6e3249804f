"""Tests that are requests: the manifest says each request and the status that it must get."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import httpx
import rdflib
from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from .suite import Case, iri_of

Send = Callable[[httpx.Request], httpx.Response]

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")

STATUSES = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404, "BadRequest": 400}
FORMATS = {
    "boolean": ("sparql-results", "json", "xml"),
    "tabular": ("sparql-results", "csv", "tab-separated"),
    "RDF": ("turtle", "rdf", "n-triples", "ld+json"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One request, and what its answer must be: one of `statuses`, of that format, with that truth."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: tuple[str, ...]
    formats: tuple[str, ...]
    truth: str

    def fault(self, answer: httpx.Response) -> str:
        """What is wrong with the answer; empty where nothing is."""
        if self.statuses and not any(_is(answer.status_code, status) for status in self.statuses):
            return f"{self.method}: {answer.status_code} instead of {' or '.join(self.statuses)}"
        kinds = [kind for name in self.formats for kind in FORMATS[name]]
        media = answer.headers.get("content-type", "")
        if kinds and not any(kind in media for kind in kinds):
            return f"answered as {media}"
        return "" if self.truth in answer.text else f"{self.truth} expected"


def _is(status: int, wanted: str) -> bool:
    """Whether a status is one that the manifest names: `StatusCode4xx`, or a name."""
    if wanted.startswith("StatusCode"):
        return str(status)[0] == wanted.removeprefix("StatusCode")[0]
    return status == STATUSES.get(wanted)


@lru_cache(maxsize=4)
def _manifest(path: Path, iri: str) -> Graph:
    return Graph().parse(path, publicID=iri)


def steps(case: Case, suite: Path) -> Iterator[Step]:
    """The requests of a test, in their order."""
    graph = _manifest(case.manifest, iri_of(suite, case.manifest))
    action = graph.value(URIRef(case.iri), MF.action)
    for request in _list(graph, action, HT.requests):
        yield _step(graph, request)


def _list(graph: Graph, subject: Node | None, predicate: URIRef) -> Iterator[Node]:
    found = graph.value(subject, predicate)
    yield from Collection(graph, found) if found is not None else ()


def _step(graph: Graph, request: Node) -> Step:
    body, response = graph.value(request, HT.body), graph.value(request, HT.resp)
    text, encoding = graph.value(body, CNT.chars), graph.value(body, CNT.characterEncoding)
    truth = graph.value(response, MF.expectedBoolean)
    return Step(
        str(graph.value(request, HT.methodName)),
        str(graph.value(request, HT.absolutePath)),
        {
            str(graph.value(header, HT.fieldName)): str(graph.value(header, HT.fieldValue))
            for header in _list(graph, request, HT.headers)
        },
        str(text or "").encode(str(encoding or "UTF-8")),
        tuple(sorted(str(status).rpartition("#")[2] for status in graph.objects(response, MF.expectedStatus))),
        tuple(str(form) for form in graph.objects(response, MF.expectedFormat)),
        "" if truth is None else str(truth == rdflib.Literal(True)).lower(),
    )


def protocol(send: Send, endpoint: str, case: Case, suite: Path) -> str:
    """Why a test of the protocol fails; empty where it passes."""
    return _replay(send, case, suite, lambda path: endpoint + path.removeprefix("/sparql/"))


def graph_store(send: Send, home: str, case: Case, suite: Path) -> str:
    """Why a test of the Graph Store Protocol fails; empty where it passes."""
    return _replay(
        send,
        case,
        suite,
        lambda path: f"{home}/rdf-graph-store{path[4:]}" if path.startswith("/gsp?") else f"{home}/graaf{path}",
    )


def _replay(send: Send, case: Case, suite: Path, address: Callable[[str], str]) -> str:
    for step in steps(case, suite):
        request = httpx.Request(step.method, address(step.path), headers=step.headers, content=step.body or None)
        if fault := step.fault(send(request)):
            return fault
    return ""
