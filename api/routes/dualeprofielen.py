"""What follows from decisions: dual profiles, draft trajectories, disagreement, what is undecided, counts of a year."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pyoxigraph import Literal as Literal_

from ...besluiten.duaalprofiel import duaalprofiel
from ...besluiten.opvolging import jaartellingen, losgekomen, onbeslist, onenigheden, opleidingen, verouderd
from ...besluiten.trajectontwerp import LET_OP, gebreken, trajectontwerp
from ...besluiten.trajectuitvoer import VORMEN, Onderwijsdoel
from ..days import Day
from ..released import Released
from ..stukken import NIET_BEWAREN, antwoord
from ..zaken import Zaken, zaken
from .besluiten import answers

router = APIRouter(prefix="/v1", tags=["besluiten"], route_class=Released)

DOELEN = """
PREFIX leer: <https://w3id.org/leerbrug/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?ding ?code ?doel ?soort WHERE {
  ?groepering a leer:Structuuronderdeelgroep ; leer:code ?groep ; leer:heeftOnderwijsdoel ?ding .
  ?ding leer:code ?code ; skos:prefLabel ?doel ; leer:doelsoort/skos:notation ?soort .
  FILTER(lang(?doel) = "nl")
} ORDER BY ?code ?ding
"""

Code = Annotated[str, Path(max_length=20, examples=["1"], description="Het nummer van het structuuronderdeel.")]
Dag = Annotated[Day | None, Query(alias="geldigOp", examples=["2026-09-01"], description="De dag; zonder: vandaag.")]


@router.get("/dualeprofielen/{code}", operation_id="duaalprofiel", responses=answers(400, 404), response_class=Response)
def profiel(request: Request, code: Code, on: Dag = None) -> Response:
    """What must, may and cannot be learned on the work floor in a programme; whether it can be dual, and why."""
    boek = zaken(request)
    wereld, dag = boek.wereld(), on or date.today()
    made = boek.register.lees(lambda stand: duaalprofiel(stand, wereld, code, dag))
    return antwoord(msgspec.to_builtins(made))


@router.get(
    "/dualeprofielen/{code}/trajectontwerp",
    operation_id="trajectontwerp-voorstel",
    responses=answers(400, 404),
    response_class=Response,
)
def ontwerp(
    request: Request,
    code: Code,
    on: Dag = None,
    form: Annotated[Literal["json", "docx", "xlsx", "html", "jsonld"], Query(alias="format")] = "json",
) -> Response:
    """A draft trajectory, computed; never the legal standaardtraject."""
    boek = zaken(request)
    wereld, dag = boek.wereld(), on or date.today()
    made = boek.register.lees(lambda stand: trajectontwerp(stand, wereld, code, dag))
    doelen = _doelen(boek, wereld.programma(code).groep)
    if form == "json":
        faults = boek.register.lees(lambda stand: gebreken(made, stand, wereld, dag))
        return antwoord(
            {
                "letOp": LET_OP,
                "ontwerp": msgspec.to_builtins(made),
                "onderwijsdoelen": msgspec.to_builtins(doelen),
                "gebreken": msgspec.to_builtins(faults),
            }
        )
    media, write = VORMEN[form]
    headers = NIET_BEWAREN | {"Content-Disposition": f'attachment; filename="ontwerp-{code}.{form}"'}
    return Response(write(made, wereld, doelen), 200, headers, media)


def _doelen(boek: Zaken, groep: str) -> list[Onderwijsdoel]:
    """The goals of the group of a programme, in order of code; none where no goals were loaded."""
    if not groep:
        return []
    rows = boek.graph().select(DOELEN, groep=Literal_(groep))
    return [Onderwijsdoel(*(str(row[name].value) for name in ("ding", "code", "doel", "soort"))) for row in rows]


@router.get("/besluiten/opvolging", operation_id="opvolging", responses=answers(400), response_class=Response)
def opvolging(
    request: Request, on: Dag = None, dagen: Annotated[int, Query(ge=1, le=36_500, description="Ouder dan.")] = 365
) -> Response:
    """What is undecided per body, what ages, where bodies disagree, what came loose, and the yearly counts."""
    boek = zaken(request)
    wereld, dag = boek.wereld(), on or date.today()
    answer = boek.register.lees(
        lambda stand: {
            "onbeslist": msgspec.to_builtins(onbeslist(stand, wereld, dag)),
            "verouderd": msgspec.to_builtins(verouderd(stand, dag, dagen)),
            "onenigheden": msgspec.to_builtins(onenigheden(stand, wereld)),
            "losgekomen": losgekomen(stand, dag),
            "jaartellingen": msgspec.to_builtins(jaartellingen(stand)),
        }
    )
    return antwoord(answer)


@router.get(
    "/besluiten/{kenmerk}/opleidingen",
    operation_id="geraakte-opleidingen",
    responses=answers(400, 404),
    response_class=Response,
)
def geraakte(
    request: Request, kenmerk: Annotated[str, Path(max_length=64, pattern="^[A-Za-z0-9-]+$")], on: Dag = None
) -> Response:
    """The programmes whose dual profile a ratified decision touches."""
    boek = zaken(request)
    wereld, dag = boek.wereld(), on or date.today()
    return antwoord({"items": boek.register.lees(lambda stand: opleidingen(stand, wereld, kenmerk, dag))})
