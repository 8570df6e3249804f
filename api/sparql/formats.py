"""The formats of answers, and which of them a client wants (RFC 9110 §12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import QueryResultsFormat, RdfFormat


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its short name, the media type that is answered, and others by which it may be asked."""

    name: str
    media: str
    engine: QueryResultsFormat | RdfFormat
    also: tuple[str, ...] = ()


ROWS = (
    Format("json", "application/sparql-results+json", QueryResultsFormat.JSON, ("application/json",)),
    Format("xml", "application/sparql-results+xml", QueryResultsFormat.XML, ("application/xml", "text/xml")),
    Format("csv", "text/csv", QueryResultsFormat.CSV),
    Format("tsv", "text/tab-separated-values", QueryResultsFormat.TSV),
)
"""What a SELECT is answered in, the one we prefer first."""

TRUTHS = ROWS[:2]
"""What an ASK is answered in: CSV and TSV have no word for true."""

TRIPLES = (
    Format("turtle", "text/turtle", RdfFormat.TURTLE, ("application/x-turtle", "ttl")),
    Format("ntriples", "application/n-triples", RdfFormat.N_TRIPLES, ("text/plain", "nt")),
    Format("jsonld", "application/ld+json", RdfFormat.JSON_LD, ("application/json",)),
    Format("rdfxml", "application/rdf+xml", RdfFormat.RDF_XML, ("application/xml", "text/xml")),
    Format("trig", "application/trig", RdfFormat.TRIG),
    Format("nquads", "application/n-quads", RdfFormat.N_QUADS, ("nq",)),
)
"""What a CONSTRUCT, a DESCRIBE and a graph are answered in."""


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.lower().split(",")[:50]:
        media, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((value[2:] for value in parameters if value.startswith("q=")), "1")
        try:
            yield media, float(quality)
        except ValueError:
            yield media, 0.0


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """How much the client wants this media type: the most specific range decides."""
    kind = media.partition("/")[0]
    for pattern in (media, f"{kind}/*", "*/*"):
        found = [quality for wanted, quality in ranges if wanted == pattern]
        if found:
            return max(found)
    return 0.0


def choose(offered: Sequence[Format], accept: str, name: str = "") -> Format | None:
    """The format that the client wants most, ours first where it does not care; None where there is none.

    `name` is a short name or media type that overrules Accept.

    >>> choose(ROWS, "text/csv;q=0.5, application/sparql-results+xml").name
    'xml'
    >>> choose(ROWS, "text/html, */*;q=0.1").name
    'json'
    >>> choose(TRUTHS, "text/csv") is None
    True
    """
    if name:
        return next((form for form in offered if name.lower() in (form.name, form.media, *form.also)), None)
    ranges = list(_ranges(accept or "*/*"))

    def wanted(form: Format) -> float:
        return max(_quality(media, ranges) for media in (form.media, *form.also) if "/" in media)

    best = max(offered, key=wanted)
    return best if wanted(best) > 0 else None


def names(offered: Sequence[Format]) -> str:
    """The media types of these formats, for a message."""
    return ", ".join(form.media for form in offered)
