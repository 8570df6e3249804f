"""What the service says of itself: its description (SPARQL 1.1 Service Description) and its VoID."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ...graph.manifest import Manifest
from ...graph.names import NAMESPACE
from ...graph.vocabulary import DCTERMS, PREFIXES, RDF, XSD
from .completion import Completion
from .formats import ROWS, TRIPLES

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"

SD_FORMATS = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
    "trig": "TriG",
    "nquads": "N-Quads",
}
"""The name of each format at w3.org/ns/formats."""

DESCRIBING_PREFIXES = {
    **PREFIXES,
    "sd": SD,
    "void": VOID,
    "sh": "http://www.w3.org/ns/shacl#",
    "schema": "https://schema.org/",
}


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


def service_description(endpoint: str, manifest: Manifest) -> Iterator[Triple]:
    """The description of the service at that address: its language, formats, dataset and graphs."""
    service, dataset, union = (NamedNode(endpoint + part) for part in ("#dienst", "#dataset", "#unie"))

    def sd(name: str) -> NamedNode:
        return NamedNode(SD + name)

    yield Triple(service, RDF.type, sd("Service"))
    yield Triple(service, sd("endpoint"), NamedNode(endpoint))
    yield Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    yield Triple(service, sd("feature"), sd("UnionDefaultGraph"))
    for form in (*ROWS, *TRIPLES):
        yield Triple(service, sd("resultFormat"), NamedNode(FORMATS + SD_FORMATS[form.name]))
    yield Triple(service, sd("defaultDataset"), dataset)
    yield Triple(dataset, RDF.type, sd("Dataset"))
    yield Triple(dataset, sd("defaultGraph"), union)
    yield Triple(union, RDF.type, sd("Graph"))
    for iri, triples in sorted(manifest.graphs.items()):
        named = NamedNode(f"{endpoint}#{iri.rpartition('/graaf/')[2]}")
        graph = NamedNode(f"{named.value}-inhoud")
        yield Triple(dataset, sd("namedGraph"), named)
        yield Triple(named, RDF.type, sd("NamedGraph"))
        yield Triple(named, sd("name"), NamedNode(iri))
        yield Triple(named, sd("graph"), graph)
        yield Triple(graph, RDF.type, sd("Graph"))
        yield Triple(graph, NamedNode(VOID + "triples"), _number(triples))


def void(home: str, manifest: Manifest, known: Completion) -> Iterator[Triple]:
    """The data set of a release as VoID: how much of what, of which source, where to ask and to download it."""
    dataset = NamedNode(f"{home}/.well-known/void#release-{manifest.release}")

    def says(name: str) -> NamedNode:
        return NamedNode(VOID + name)

    yield Triple(dataset, RDF.type, says("Dataset"))
    yield Triple(dataset, DCTERMS.title, Literal(f"Leerbrug, release {manifest.release}", language="nl"))
    yield Triple(dataset, says("sparqlEndpoint"), NamedNode(f"{home}/sparql"))
    yield Triple(dataset, says("uriSpace"), Literal(f"{manifest.base}/id/"))
    yield Triple(dataset, says("vocabulary"), NamedNode(NAMESPACE))
    yield Triple(dataset, says("triples"), _number(manifest.triples))
    for source in manifest.sources:
        part = NamedNode(source.graph)
        yield Triple(dataset, says("subset"), part)
        yield Triple(part, RDF.type, says("Dataset"))
        yield Triple(part, DCTERMS.title, Literal(f"{source.title} {source.version}".strip(), language="nl"))
        yield Triple(part, DCTERMS.publisher, Literal(source.publisher, language="nl"))
        yield Triple(part, says("triples"), _number(source.triples))
    yield from _partitions(dataset, known)


def _partitions(dataset: NamedNode, known: Completion) -> Iterator[Triple]:
    """How many things there are of each class, and how often each property is filled."""

    def says(name: str) -> NamedNode:
        return NamedNode(VOID + name)

    for kind in known.classes:
        part = NamedNode(f"{dataset.value}/{kind.name}")
        yield Triple(dataset, says("classPartition"), part)
        yield Triple(part, says("class"), NamedNode(kind.iri))
        yield Triple(part, says("entities"), _number(kind.things))
        for filled in kind.properties:
            property_part = NamedNode(f"{part.value}/{filled.name}")
            yield Triple(part, says("propertyPartition"), property_part)
            yield Triple(property_part, says("property"), NamedNode(filled.iri))
            yield Triple(property_part, says("triples"), _number(filled.triples))
            yield Triple(property_part, says("distinctSubjects"), _number(filled.things))
