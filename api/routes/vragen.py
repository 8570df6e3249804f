"""The library of questions: a list, and each question as a typed endpoint with a form, a table and its SPARQL."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Query
from fastapi.responses import Response

from ...errors import InputError
from ...graph import vragen as bibliotheek
from ...graph.knowledge_graph import KnowledgeGraph
from ...graph.vragen import Antwoord, Parameter, Vraag
from ..days import Day
from ..documented import LIST, REQUIRED, read
from ..forms import CSV, HTML, JSON, JSONLD, XLSX, Form
from ..problems import told
from ..reading import Maker, Read, Reading
from ..tables import tables
from ..views.vragen import vraagpagina, vragenpagina
from ..zaken import zaken

router = APIRouter(prefix="/v1", tags=["vragen"])

Voor = Literal["ontwerper", "sector", "monitoring"]


@router.get("/vragen", operation_id="vragen", **read("Vragen", (JSON, JSONLD, HTML)))
def vragen(
    reading: Read,
    voor: Annotated[Voor | None, Query(description="Alleen de vragen voor deze mensen.")] = None,
    q: Annotated[
        str, Query(max_length=200, examples=["attest"], description="Een woord uit titel, uitleg of trefwoord.")
    ] = "",
) -> Response:
    """Every question, with its title, parameters and columns."""
    found = [one for one in bibliotheek.vragen().values() if voor in (None, one.voor) and _heeft(one, q)]
    makers = reading.json(lambda: {"self": "/v1/vragen", "items": [_item(reading, one) for one in found]})
    return reading.answer({**makers, HTML: lambda: vragenpagina(reading.page(), found, voor or "", q)})


def _heeft(one: Vraag, q: str) -> bool:
    words = " ".join((*one.titel.values(), *one.uitleg.values(), *one.trefwoorden, one.slug)).casefold()
    return all(word in words for word in q.casefold().split())


def _item(reading: Reading, one: Vraag) -> dict[str, Any]:
    said: dict[str, Any] = msgspec.to_builtins(one)
    return {"href": reading.href(f"/v1/vragen/{one.slug}"), **said}


def _endpoint(one: Vraag) -> Callable[..., Response]:
    """The function behind the address of a question: its signature has the parameters of the question."""

    def answer(reading: Read, **given: object) -> Response:
        asked = {name: str(value) for name, value in given.items() if value not in (None, "")}
        return reading.answer(_makers(reading, one, asked), timeless=_timeless(one))

    own = [_parameter(name, parameter) for name, parameter in one.parameters.items()]
    reading = inspect.Parameter("reading", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Read)
    answer.__signature__ = inspect.Signature([reading, *own], return_annotation=Response)  # type: ignore[attr-defined]
    answer.__doc__ = f"{one.titel['nl']}. {one.uitleg['nl']}"
    answer.__annotations__ = {"reading": Read, "return": Response}
    return answer


TYPES: Mapping[str, Any] = {"datum": Day | None, "getal": int | None}
BOUNDS: Mapping[str, dict[str, Any]] = {
    "getal": {"ge": 0, "le": 2**31},
    "datum": {},
    "taal": {"pattern": "^([a-z]{2,3}(-[a-z0-9]{2,8}){0,3})?$", "max_length": 35},
}


def _parameter(name: str, parameter: Parameter) -> inspect.Parameter:
    bounds = BOUNDS.get(parameter.soort, {"max_length": 200})
    must = {REQUIRED: True} if not parameter.standaard else None
    described = Query(
        description=parameter.titel["nl"], examples=[parameter.voorbeeld], json_schema_extra=must, **bounds
    )
    kind: Any = Annotated[TYPES.get(parameter.soort, str | None), described]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind)


def _timeless(one: Vraag) -> bool:
    moving = (bibliotheek.TODAY, bibliotheek.IN_A_YEAR)
    return all(parameter.standaard not in moving for parameter in one.parameters.values())


def _makers(reading: Reading, one: Vraag, asked: Mapping[str, str]) -> dict[Form, Maker]:
    def answered() -> Antwoord:
        return bibliotheek.ask(graph(), one, asked, reading.on)

    def graph() -> KnowledgeGraph:
        """The release; of now, for a question about decisions, with what the ledger holds."""
        alone = reading.pinned or not one.besluiten
        return reading.served.graph if alone else zaken(reading.request).graph()

    def rows() -> list[dict[str, Any]]:
        found = answered()
        return [dict(zip(found.kolommen, row, strict=True)) for row in found.rijen]

    def page() -> bytes:
        """A form with the example filled in where nothing was asked; what is wrong stands above it."""
        shown = asked or bibliotheek.voorbeelden(one)
        try:
            return vraagpagina(reading, one, shown, bibliotheek.ask(graph(), one, shown, reading.on), "")
        except InputError as error:
            return vraagpagina(reading, one, shown, None, told(error, reading.language))

    table = {form: _late(form, one, rows, reading) for form in (CSV, XLSX)}
    return {**reading.json(lambda: _document(one, answered())), HTML: page, **table}


def _late(form: Form, one: Vraag, rows: Callable[[], list[dict[str, Any]]], reading: Reading) -> Maker:
    return lambda: tables(tuple(one.kolommen), rows(), reading.language)[form]()


def _document(one: Vraag, found: Antwoord) -> dict[str, Any]:
    return {
        "vraag": one.slug,
        "titel": one.titel,
        "parameters": found.parameters,
        "kolommen": one.kolommen,
        "aantal": len(found.rijen),
        "rijen": [dict(zip(found.kolommen, row, strict=True)) for row in found.rijen],
    }


for _one in bibliotheek.vragen().values():
    router.add_api_route(
        f"/vragen/{_one.slug}",
        _endpoint(_one),
        methods=["GET"],
        operation_id=f"vraag-{_one.slug}",
        summary=_one.titel["nl"],
        **read("Vraagantwoord", LIST),
    )
