"""The change feed as Atom (RFC 4287) and as a Linked Data Event Stream (TREE, LDES)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from pyoxigraph import Literal, NamedNode, Triple

from ..graph.vocabulary import DCTERMS, PROV, RDF, XSD, ClosedNamespace
from .changes import Change
from .live import Live

LDES = ClosedNamespace("https://w3id.org/ldes#", frozenset("EventStream timestampPath versionOfPath".split()))
TREE = ClosedNamespace(
    "https://w3id.org/tree#",
    frozenset("view member relation GreaterThanOrEqualToRelation node path value Node".split()),
)
ATOM = "http://www.w3.org/2005/Atom"


def version_iri(change: Change) -> NamedNode:
    """The IRI of a thing as it was in one release."""
    return NamedNode(f"{change.iri}#release-{change.release}")


def event_stream(live: Live, found: Sequence[Change], stream: str, here: str, following: str) -> list[Triple]:
    """One page of the stream: each member is a version of a thing with what its release said of it."""
    ldes, page = NamedNode(stream), NamedNode(here)
    triples = [
        Triple(ldes, RDF.type, LDES.EventStream),
        Triple(ldes, LDES.timestampPath, PROV.generatedAtTime),
        Triple(ldes, LDES.versionOfPath, DCTERMS.isVersionOf),
        Triple(ldes, TREE.view, page),
        Triple(page, RDF.type, TREE.Node),
    ]
    for change in found:
        triples += [Triple(ldes, TREE.member, version_iri(change)), *_member(live, change)]
    if following and found:
        relation = NamedNode(f"{here}#volgende")
        triples += [
            Triple(page, TREE.relation, relation),
            Triple(relation, RDF.type, TREE.GreaterThanOrEqualToRelation),
            Triple(relation, TREE.node, NamedNode(following)),
            Triple(relation, TREE.path, PROV.generatedAtTime),
            Triple(relation, TREE.value, _moment(found[-1].tijdstip)),
        ]
    return triples


def _member(live: Live, change: Change) -> Iterator[Triple]:
    version, thing = version_iri(change), NamedNode(change.iri)
    yield Triple(version, DCTERMS.isVersionOf, thing)
    yield Triple(version, PROV.generatedAtTime, _moment(change.tijdstip))
    if change.soort == "vervallen":
        yield Triple(version, PROV.invalidatedAtTime, _moment(change.tijdstip))
        return
    said = live.number(change.release).graph.describe(thing)
    yield from sorted({Triple(version, one.predicate, one.object) for one in said}, key=str)


def _moment(text: str) -> Literal:
    return Literal(text, datatype=XSD.dateTime)


def atom(found: Sequence[Change], base: str, here: str, following: str) -> bytes:
    """The same page as an Atom feed."""
    feed = Element("feed", xmlns=ATOM)
    SubElement(feed, "id").text = f"{base}/wijzigingen"
    SubElement(feed, "title").text = "Leerbrug: wijzigingen"
    SubElement(feed, "updated").text = found[-1].tijdstip if found else "1970-01-01T00:00:00+00:00"
    SubElement(SubElement(feed, "author"), "name").text = "Leerbrug"
    SubElement(feed, "link", rel="self", href=here)
    if following:
        SubElement(feed, "link", rel="next", href=following)
    for change in found:
        _entry(feed, change)
    body: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _entry(feed: Element, change: Change) -> None:
    entry = SubElement(feed, "entry")
    SubElement(entry, "id").text = version_iri(change).value
    SubElement(entry, "title").text = f"{change.naam or change.iri} ({change.soort})"
    SubElement(entry, "updated").text = change.tijdstip
    SubElement(entry, "link", href=change.iri)
    SubElement(entry, "category", term=change.soort)
    SubElement(entry, "summary").text = f"{change.soort} in release {change.release}: {change.code}".rstrip(": ")
