"""The three tests of the service description, which the suite has in words only."""

from __future__ import annotations

from collections.abc import Callable

import httpx
from rdflib import RDF, Graph, Namespace, URIRef

from .suite import Case

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")

CLASSES = {
    SD.defaultDataset: {SD.Dataset},
    SD.defaultGraph: {SD.Graph},
    SD.namedGraph: {SD.NamedGraph},
    SD.graph: {SD.Graph},
}
"""What the value of a property must be (SPARQL 1.1 Service Description §3)."""

KNOWN = {
    "Service Dataset Graph NamedGraph endpoint supportedLanguage feature resultFormat inputFormat defaultDataset "
    "defaultGraph namedGraph name graph UnionDefaultGraph DereferencesURIs SPARQL11Query SPARQL10Query"
}
TERMS = {SD[name] for names in KNOWN for name in names.split()}


def description(send: Callable[[httpx.Request], httpx.Response], endpoint: str, case: Case) -> str:
    """Why the description fails a test; empty where it passes."""
    answer = send(httpx.Request("GET", endpoint, headers={"Accept": "text/turtle"}))
    graph = Graph().parse(data=answer.content, format="turtle")
    match case.name.rpartition("/")[2]:
        case "returns-rdf":
            return "" if len(graph) else "no RDF"
        case "has-endpoint-triple":
            return "" if (None, SD.endpoint, URIRef(endpoint)) in graph else "no matching sd:endpoint"
        case _:
            return _schema(graph)


def _schema(graph: Graph) -> str:
    used = {term for triple in graph for term in triple if str(term).startswith(str(SD))}
    if used - TERMS:
        return f"unknown terms: {sorted(map(str, used - TERMS))}"
    for predicate, classes in CLASSES.items():
        for value in graph.objects(None, predicate):
            if not classes & set(graph.objects(value, RDF.type)):
                return f"{value} is not of {classes}"
    unnamed = [named for named in graph.subjects(RDF.type, SD.NamedGraph) if graph.value(named, SD.name) is None]
    return f"no name: {unnamed}" if unnamed else ""
