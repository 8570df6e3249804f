"""The OpenAPI 3.1 document: made from the routes, the items and the JSON-LD context, never by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import msgspec
import orjson
from fastapi import FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response
from fastapi.routing import APIRoute, iter_route_contexts

from ..graph.context import CONTEXT
from . import items
from .documented import REQUIRED
from .forms import FORMS
from .jsonld import words
from .reading import etag
from .schemas import SCHEMAS
from .sparql.completion import Completion
from .tokens import iemand
from .trajectvelden import Velden
from .voorbeelden import put_example

ITEMS = (
    items.Kwalificatieitem,
    items.Competentieitem,
    items.Referentieitem,
    items.Beroepitem,
    items.Structuuronderdeelitem,
    items.Trajectitem,
    items.Wijzigingitem,
    items.Verschilitem,
    items.Releaseitem,
)

MEDIA = "application/vnd.oai.openapi+json;version=3.1"
DESCRIPTION = (
    "Open kennisgraaf van kwalificaties en competenties voor Vlaanderen. Lezen is open. Elk antwoord noemt zijn "
    "release; `release=` vraagt een andere, `geldigOp=` een dag. Fouten zijn problem+json (RFC 9457). "
    "`/id/…` verwijst (303) naar het document over een ding. SPARQL 1.1 Protocol op `/sparql`, dat zonder vraag "
    "zichzelf beschrijft; Graph Store Protocol op `/rdf-graph-store`; VoID op `/.well-known/void`; elke vraag van de "
    "bibliotheek als SPARQL op `/.well-known/sparql-examples`."
)


def describe_api(app: FastAPI) -> None:
    """Serve the document at /v1/openapi.json and let the application give it as its own."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]

    @lru_cache(maxsize=1)
    def written() -> tuple[bytes, str]:
        body = orjson.dumps(document())
        return body, etag(app.version, MEDIA, body)

    @app.get("/v1/openapi.json", include_in_schema=False)
    def openapi(_request: Request) -> Response:
        body, validator = written()
        return Response(body, headers={"ETag": validator, "Cache-Control": "no-cache"}, media_type=MEDIA)


def _document(app: FastAPI) -> dict[str, Any]:
    whole = get_openapi(
        title=app.title, version=app.version, openapi_version="3.1.0", description=DESCRIPTION, routes=app.routes
    )
    whole["info"]["license"] = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
    components = whole.setdefault("components", {}).setdefault("schemas", {})
    components |= _schemas()
    for unused in ("HTTPValidationError", "ValidationError"):
        components.pop(unused, None)
    locked = _locked(app)
    for path, methods in whole["paths"].items():
        for operation in methods.values():
            if "security" in operation and operation["operationId"] not in locked:
                operation["security"].append({})
            if "HTTPValidationError" in str(operation["responses"].get("422")):
                operation["responses"].pop("422")
            _only_its_forms(operation)
            _examples(operation)
            put_example(operation)
            if path.startswith("/v1/") and not operation.get("tags"):
                operation["tags"] = ["overig"]
    return whole


def _locked(app: FastAPI) -> set[str]:
    """The operations that nobody does without a token; of the others a token shows more."""
    routes = (context.original_route for context in iter_route_contexts(app.routes))
    return {
        str(route.operation_id) for route in routes if isinstance(route, APIRoute) and _asks(route.dependant, iemand)
    }


def _asks(dependant: Dependant, door: Callable[..., Any]) -> bool:
    return dependant.call is door or any(_asks(below, door) for below in dependant.dependencies)


def _schemas() -> dict[str, Any]:
    """The components: items and fields from their classes, things from the context, the rest as it is written."""
    _, found = msgspec.json.schema_components(
        (*ITEMS, items.Treffer, Velden, Completion), ref_template="#/components/schemas/{name}"
    )
    for item in found.values():
        _reducible(item)
    thing = _thing()
    trajectory = {"velden": {"type": "array", "items": {"$ref": "#/components/schemas/Velden"}}}
    collections = {f"Verzameling{kind.__name__}": _collection(kind.__name__) for kind in ITEMS}
    return {
        **found,
        **collections,
        **SCHEMAS,
        "Ding": thing,
        "Trajectding": {
            "allOf": [
                {"$ref": "#/components/schemas/Ding"},
                {"type": "object", "properties": trajectory, "required": ["velden"]},
            ]
        },
    }


def _collection(item: str) -> dict[str, Any]:
    properties = dict(SCHEMAS["Verzameling"]["properties"])
    properties["items"] = {"type": "array", "items": {"$ref": f"#/components/schemas/{item}"}}
    return {**SCHEMAS["Verzameling"], "properties": properties}


def _reducible(item: dict[str, Any]) -> None:
    """A name in each language, or with `lang=` in one."""
    for name, how in item.get("properties", {}).items():
        if how == {"type": "object", "additionalProperties": {"type": "string"}}:
            item["properties"][name] = {"anyOf": [how, {"type": "string"}]}


def _thing() -> dict[str, Any]:
    """A thing as JSON-LD: every key of the context, each as the context types it; none but two is always there."""
    properties: dict[str, Any] = {
        "@context": {},
        "id": {"type": "string", "format": "uri"},
        "type": {"type": "array", "items": {"type": "string"}},
        "release": {"type": "integer"},
        "fase": {},
        "@reverse": {"type": "object", "additionalProperties": {"type": "array"}},
    }
    context = orjson.loads(CONTEXT.read_bytes())["@context"]
    for term in words().properties.values():
        properties.setdefault(term.key, _value(context[term.key], many=term.many, languages=term.languages))
    return {"type": "object", "properties": dict(sorted(properties.items())), "required": ["id", "release"]}


def _value(how: dict[str, Any], *, many: bool, languages: bool) -> dict[str, Any]:
    if languages:
        text = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
        return {"anyOf": [{"type": "object", "additionalProperties": text}, *text["anyOf"]]}
    one: dict[str, Any] = {"anyOf": [{"type": "string"}, {"type": "object"}]} if how.get("@type") == "@id" else {}
    return {"type": "array", "items": one} if many else one


def _only_its_forms(operation: dict[str, Any]) -> None:
    """The forms that this operation knows, in the enumeration of `format`."""
    offered = operation["responses"].get("200", {}).get("content", {})
    names = [form.name for form in FORMS if form.media in offered]
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == "format" and names:
            parameter["schema"] = {"type": "string", "enum": names}


def _never_empty(kinds: list[dict[str, Any]]) -> dict[str, Any]:
    """The kind that is not null; of a text at least one character."""
    (kind,) = (kind for kind in kinds if kind["type"] != "null")
    return {**kind, "minLength": 1} if kind["type"] == "string" and "format" not in kind else kind


def _examples(operation: dict[str, Any]) -> None:
    """The example of each parameter, where a reader and a test look for it, and whether it must be given."""
    for parameter in operation.get("parameters", ()):
        if parameter["schema"].pop(REQUIRED, False):
            parameter["required"] = True
            parameter["schema"] |= _never_empty(parameter["schema"].pop("anyOf"))
        examples = parameter["schema"].get("examples")
        if examples and "example" not in parameter:
            parameter["example"] = examples[0]
