"""The forms in which a resource can be had, and the choice between them (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """`name` is what `?format=` says; `media` the media type; `charset` whether it is text."""

    name: str
    media: str
    charset: bool = True

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header."""
        return f"{self.media}; charset=utf-8" if self.charset and self.media.startswith("text/") else self.media


JSONLD = Form("jsonld", "application/ld+json")
JSON = Form("json", "application/json")
HTML = Form("html", "text/html")
TURTLE = Form("ttl", "text/turtle")
NTRIPLES = Form("nt", "application/n-triples")
CSV = Form("csv", "text/csv")
XLSX = Form("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", charset=False)
XML = Form("xml", "application/xml")
ATOM = Form("atom", "application/atom+xml")
SVG = Form("svg", "image/svg+xml")
PDF = Form("pdf", "application/pdf", charset=False)

FORMS = (JSONLD, JSON, HTML, TURTLE, NTRIPLES, CSV, XLSX, XML, ATOM, SVG, PDF)


class NotAcceptableError(Exception):
    """None of the forms that were asked for is offered; `offered` are those that are."""

    def __init__(self, offered: Sequence[Form]) -> None:
        self.offered = tuple(offered)
        super().__init__(", ".join(form.media for form in offered))


def choose(accept: str, asked: str, offered: Sequence[Form]) -> Form:
    """The form to answer in: `?format=` where it is given, else the best of the Accept header, else the first offered.

    Raises NotAcceptableError.

    >>> choose("text/html;q=0.8, text/turtle", "", [JSONLD, HTML, TURTLE]).name
    'ttl'
    >>> choose("*/*", "", [JSONLD, HTML]).name
    'jsonld'
    >>> choose("", "nt", [JSONLD, NTRIPLES]).name
    'nt'
    """
    if asked:
        found = [form for form in offered if form.name == asked]
    else:
        weights = _weights(accept)
        ranked = [(_quality(form.media, weights), -place, form) for place, form in enumerate(offered)]
        found = [form for quality, _, form in sorted(ranked, key=lambda r: r[:2], reverse=True) if quality > 0]
    if not found:
        raise NotAcceptableError(offered)
    return found[0]


def _weights(accept: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for part in accept.split(",")[:50]:
        media, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.lower().startswith("q="):
                quality = _number(parameter[2:])
        if media:
            weights[media.lower()] = max(quality, weights.get(media.lower(), 0.0))
    return weights or {"*/*": 1.0}


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def _quality(media: str, weights: dict[str, float]) -> float:
    """The weight of the most particular range that holds this media type."""
    for pattern in (media, media.partition("/")[0] + "/*", "*/*"):
        if pattern in weights:
            return weights[pattern]
    return 0.0
