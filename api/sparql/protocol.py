"""What a request asks, by the SPARQL 1.1 Protocol: pure, so that every rule of it is tested without a server."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from .limits import Limits
from .refusal import Refusal, short

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

ONCE = ("query", "timeout", "release", "format", "graph", "default", "accept", "output")
"""Parameters that may be given once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: `query` is None where the description of the service is asked."""

    query: str | None
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    release: int | None = None
    timeout: float | None = None
    format: str = ""


Parameters = list[tuple[str, str]]


def parameters(query_string: str) -> Parameters:
    """The parameters of a query string or form, empty ones too. Raises Refusal for bytes that are no UTF-8."""
    try:
        return parse_qsl(query_string, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise Refusal.bad("De parameters zijn geen UTF-8, of het zijn er te veel.") from error


def asked(method: str, query_string: str, content_type: str, body: bytes, limits: Limits) -> Asked:
    """Read a request. Raises Refusal, each with the status that the protocol gives it.

    >>> asked("GET", "query=ASK%7B%7D&default-graph-uri=urn:g", "", b"", Limits()).default
    ('urn:g',)
    """
    found = parameters(query_string)
    if method == "POST":
        found += _posted(content_type, body)
    if any(name == "update" for name, _ in found):
        raise read_only()
    values = {name: value for name, value in found if name in ONCE}
    if len(values) != sum(name in ONCE for name, _ in found):
        raise Refusal.bad(f"Elk van {', '.join(ONCE[:4])} mag één keer voorkomen.")
    if "query" not in values and (method == "POST" or len(found) > len(_harmless(values))):
        raise Refusal.bad("De parameter query ontbreekt.")
    if len(values.get("query", "").encode()) > limits.question:
        raise too_large(limits)
    return Asked(
        values.get("query"),
        _graphs(found, "default-graph-uri"),
        _graphs(found, "named-graph-uri"),
        _release(values.get("release")),
        _seconds(values.get("timeout"), limits),
        values.get("format", values.get("output", "")),
    )


def _harmless(values: dict[str, str]) -> set[str]:
    """What may come with a request for the description."""
    return set(values) & {"release", "format", "output", "lang"}


def read_only() -> Refusal:
    """The graph is made by releases, not by requests."""
    detail = "Hier kan niet gewijzigd worden: een release wordt gebouwd en daarna alleen gelezen."
    return Refusal(HTTPStatus.FORBIDDEN, detail)


def too_large(limits: Limits) -> Refusal:
    """The question itself is too long."""
    detail = f"De vraag is langer dan {limits.question // 1024} KiB."
    return Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)


def _posted(content_type: str, body: bytes) -> Parameters:
    media, *options = (part.strip() for part in content_type.lower().split(";"))
    charset = next((option[8:].strip('"') for option in options if option.startswith("charset=")), "utf-8")
    if media == UPDATE:
        raise read_only()
    if media not in (FORM, QUERY):
        detail = f"Stuur de vraag als {FORM} of als {QUERY}."
        raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail)
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Stuur de vraag in UTF-8.")
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise Refusal.bad("De vraag is geen UTF-8.") from error
    return parameters(text) if media == FORM else [("query", text)]


def _graphs(found: Parameters, wanted: str) -> tuple[str, ...]:
    return tuple(iri(value) for name, value in found if name == wanted)


def iri(value: str) -> str:
    """The value, where it is an absolute IRI. Raises Refusal where it is not."""
    try:
        return NamedNode(value).value
    except ValueError as error:
        raise Refusal.bad(f"{short(repr(value))} is geen absolute IRI.") from error


def _release(value: str | None) -> int | None:
    if value is None:
        return None
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise Refusal.bad(f"release={short(repr(value))} is geen nummer van een release.")
    return int(value)


def _seconds(value: str | None, limits: Limits) -> float | None:
    try:
        seconds = None if value is None else float(value)
    except ValueError:
        seconds = 0.0
    if seconds is not None and not 0 < seconds <= limits.longest:
        raise Refusal.bad(
            f"timeout={short(repr(value))} is geen aantal seconden van meer dan 0 tot {limits.longest:g}."
        )
    return seconds
