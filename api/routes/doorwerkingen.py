"""Carry-over over HTTP: what a new version of a standard does to each decision, and carrying them over."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from ...besluiten.doorwerking import Doorwerking
from ..doorwerkingen import gevolgen, voer_door
from ..reading import KNOWN_ONLY
from ..released import Released
from ..stukken import als_json, antwoord
from ..tokens import Iemand
from ..zaken import zaken
from .besluiten import answers

router = APIRouter(prefix="/v1", tags=["besluiten"], route_class=Released, dependencies=KNOWN_ONLY)

Oud = Annotated[str, Query(max_length=40, examples=["BK-0498-1"], description="De oude versie.")]
Nieuw = Annotated[str, Query(max_length=40, examples=["BK-0498-2"], description="De nieuwe versie.")]


@router.get("/doorwerkingen", operation_id="doorwerkingen", responses=answers(400, 404), response_class=Response)
def lijst(request: Request, oud: Oud, nieuw: Nieuw) -> Response:
    """What becomes of each ratified decision on the old version: kept, to re-confirm with its difference, or lapsed."""
    found = gevolgen(zaken(request), oud, nieuw, None)
    return antwoord({"oud": oud, "nieuw": nieuw, "items": [_told(one) for one in found]})


@router.post(
    "/doorwerkingen",
    operation_id="voer-doorwerking-uit",
    status_code=201,
    responses=answers(400, 401, 403, 404, 409, 422, ok=201),
    response_class=Response,
)
def voer_uit(request: Request, oud: Oud, nieuw: Nieuw, wie: Iemand) -> Response:
    """Carry over what was not carried over yet; a sector its own decisions, the beheerder all. Safe to repeat."""
    boek = zaken(request)
    made = voer_door(boek, oud, nieuw, wie)
    wereld = boek.wereld()
    items = boek.register.lees(lambda stand: [als_json(stuk, stand, wereld, wie) for stuk in made])
    return antwoord({"oud": oud, "nieuw": nieuw, "items": items}, 201)


def _told(gevolg: Doorwerking) -> dict[str, Any]:
    return {
        "besluit": gevolg.stuk,
        "instantie": gevolg.instantie,
        "gevolg": gevolg.gevolg.value,
        "verschil": list(gevolg.verschil),
        "wordt": msgspec.to_builtins(gevolg.besluit),
    }
