"""What the OpenAPI document says of a read: its forms, the schema of its JSON, and its errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi.responses import Response

from .forms import CSV, HTML, JSON, JSONLD, NTRIPLES, TURTLE, XLSX, XML, Form
from .problems import MEDIA

THING = (JSONLD, JSON, HTML, TURTLE, NTRIPLES, XML)
"""The forms of a document about one thing; XML is that of a profile."""

PROFILED = frozenset({"Ding", "Trajectding"})
"""The schemas of things, which can also be had in the words of another standard."""

REQUIRED = "x-verplicht"
"""Marks a parameter that a program must give; a page without it shows its form."""

LIST = (JSON, JSONLD, HTML, CSV, XLSX)
"""The forms of a collection."""

_PROBLEM = {"content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
_SAID = {
    400: "De vraag is niet juist gesteld",
    404: "Niet gevonden",
    406: "Deze vorm is er niet",
    429: "Te veel vragen",
}
_HEADERS = {
    "Leerbrug-Release": {"schema": {"type": "integer"}, "description": "De release die gelezen is.", "required": True},
    "ETag": {"schema": {"type": "string"}},
    "Content-Language": {"schema": {"type": "string", "enum": ["nl", "en", "fr"]}},
}


def read(
    schema: str, forms: Sequence[Form] = THING, *, errors: Sequence[int] = (400, 404, 406), example: Any = None
) -> dict[str, Any]:
    """The keyword arguments of a route that reads.

    `schema` names a component; `example` is an answer on the embedded data set, which a test compares.
    """
    content: dict[str, Any] = {}
    for form in forms:
        content[form.media] = {"schema": _schema(schema) if _is_json(form) else _text(form)}
    if example is not None:
        content[JSON.media]["example"] = example
    answers: dict[int | str, dict[str, Any]] = {
        200: {"description": "Het antwoord", "content": content, "headers": _HEADERS}
    }
    page = {HTML.media: {"schema": _text(HTML)}} if HTML in forms else {}
    for status in (*errors, 429):
        answers[status] = {"description": _SAID.get(status, "Fout"), "content": _PROBLEM["content"] | page}
    return {"response_class": Bare, "responses": answers}


def _schema(name: str) -> dict[str, Any]:
    """The component; of a thing also what the profiles make of it."""
    component = {"$ref": f"#/components/schemas/{name}"}
    return {"anyOf": [component, {"$ref": "#/components/schemas/Export"}]} if name in PROFILED else component


class Bare(Response):
    """A response whose media types stand in `responses`."""

    media_type = None


def _is_json(form: Form) -> bool:
    return form in (JSON, JSONLD)


def _text(form: Form) -> dict[str, str]:
    return {"type": "string"} if form.charset else {"type": "string", "format": "binary"}
