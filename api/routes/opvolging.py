"""Following up over HTTP: what is undecided, what ages, where bodies disagree, what is touched, counts of a year."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from ...besluiten.opvolging import jaartellingen, losgekomen, onbeslist, onenigheden, opleidingen, verouderd
from ...errors import UnknownCodeError
from ..days import Day
from ..reading import KNOWN_ONLY
from ..released import Released
from ..stukken import antwoord, zichtbaar
from ..tokens import WieOfNiemand
from ..zaken import zaken
from .besluiten import answers

router = APIRouter(prefix="/v1", tags=["besluiten"], route_class=Released, dependencies=KNOWN_ONLY)

Dag = Annotated[Day | None, Query(alias="geldigOp", description="De dag; zonder keuze vandaag.")]


@router.get("/besluiten/opvolging", operation_id="opvolging", responses=answers(400, 401), response_class=Response)
def opvolging(
    request: Request,
    wie: WieOfNiemand,
    on: Dag = None,
    dagen: Annotated[int, Query(ge=1, le=36_500, description="Ouder dan.")] = 365,
) -> Response:
    """What is undecided per body, what ages, where bodies disagree, what came loose, and the yearly counts.

    The counts are of what the asker may see: for the public of what is or was ratified.
    """
    boek = zaken(request)
    wereld, dag = boek.wereld(), on or date.today()
    answer = boek.register.lees(
        lambda stand: {
            "onbeslist": msgspec.to_builtins(onbeslist(stand, wereld, dag)),
            "verouderd": msgspec.to_builtins(verouderd(stand, wereld, dag, dagen)),
            "onenigheden": msgspec.to_builtins(onenigheden(stand, wereld, dag)),
            "losgekomen": losgekomen(stand, dag),
            "jaartellingen": msgspec.to_builtins(jaartellingen(stand, lambda stuk: zichtbaar(stuk, wie))),
        }
    )
    return antwoord(answer)


@router.get(
    "/besluiten/{kenmerk}/opleidingen",
    operation_id="geraakte-opleidingen",
    responses=answers(400, 401, 404),
    response_class=Response,
)
def geraakte(
    request: Request,
    kenmerk: Annotated[str, Path(max_length=64, pattern="^[A-Za-z0-9-]+$")],
    wie: WieOfNiemand,
    on: Dag = None,
) -> Response:
    """The programmes whose dual profile a decision touches; of a draft only for its own people."""
    boek = zaken(request)
    if not zichtbaar(boek.register.stuk(kenmerk), wie):
        raise UnknownCodeError(f"Er is geen besluit {kenmerk}.")
    wereld, dag = boek.wereld(), on or date.today()
    return antwoord({"items": boek.register.lees(lambda stand: opleidingen(stand, wereld, kenmerk, dag))})
