"""What follows from decisions: dual profiles and draft trajectories, computed or edited, in five forms."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from ...besluiten.duaalprofiel import duaalprofiel, steunt_op
from ...besluiten.soorten import Trajectontwerp
from ...besluiten.trajectontwerp import LET_OP, gebreken, opmerkingen, trajectontwerp
from ...besluiten.trajectuitvoer import VORMEN
from ...errors import UnknownCodeError
from ..days import Day
from ..doelen import onderwijsdoelen
from ..reading import KNOWN_ONLY
from ..released import Released
from ..stukken import NIET_BEWAREN, antwoord, zichtbaar
from ..tokens import WieOfNiemand
from ..zaken import Zaken, zaken
from .besluiten import answers

router = APIRouter(prefix="/v1", tags=["besluiten"], route_class=Released, dependencies=KNOWN_ONLY)

Code = Annotated[str, Path(max_length=20, examples=["1"], description="Het nummer van het structuuronderdeel.")]
Form = Annotated[Literal["json", "docx", "xlsx", "html", "jsonld"], Query(alias="format", description="De vorm.")]
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
    form: Form = "json",
) -> Response:
    """A draft trajectory, computed; never the legal standaardtraject."""
    boek, dag = zaken(request), on or date.today()
    wereld = boek.wereld()
    made = boek.register.lees(lambda stand: trajectontwerp(stand, wereld, code, dag))
    return _verteld(boek, made, dag, form)


@router.get(
    "/trajectontwerpen/{kenmerk}/uitvoer",
    operation_id="trajectontwerp-uitvoer",
    responses=answers(400, 401, 404),
    response_class=Response,
)
def uitvoer(
    request: Request,
    kenmerk: Annotated[str, Path(max_length=64, pattern="^[A-Za-z0-9-]+$", description="Het kenmerk.")],
    wie: WieOfNiemand,
    on: Dag = None,
    form: Form = "json",
) -> Response:
    """A draft as people edited it, with what does not fit the standards, the verdicts and the hours of that day."""
    boek = zaken(request)
    stuk = boek.register.stuk(kenmerk)
    if not isinstance(stuk.besluit, Trajectontwerp) or not zichtbaar(stuk, wie):
        raise UnknownCodeError(f"Er is geen trajectontwerp {kenmerk}.")
    return _verteld(boek, stuk.besluit, on or date.today(), form)


def _verteld(boek: Zaken, made: Trajectontwerp, dag: date, form: str) -> Response:
    wereld, code = boek.wereld(), made.bereik.programma
    doelen = onderwijsdoelen(boek, wereld.programma(code).groep)
    if form == "json":
        profiel = boek.register.lees(lambda stand: duaalprofiel(stand, wereld, code, dag))
        return antwoord(
            {
                "letOp": LET_OP,
                "ontwerp": msgspec.to_builtins(made),
                "onderwijsdoelen": msgspec.to_builtins(doelen),
                "gebreken": msgspec.to_builtins(gebreken(made, profiel)),
                "opmerkingen": list(opmerkingen(made, wereld, dag)),
                "steuntOp": sorted(steunt_op(profiel)),
            }
        )
    media, write = VORMEN[form]
    headers = NIET_BEWAREN | {"Content-Disposition": f'attachment; filename="ontwerp-{code}.{form}"'}
    return Response(write(made, wereld, doelen), 200, headers, media)
