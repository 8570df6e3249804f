"""The grid of a sector meeting over HTTP: download it, send it back to see the plan, apply it in one transaction."""

from __future__ import annotations

from datetime import date
from pathlib import Path as File
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from ...besluiten.rooster import Roosterplan, lees_rooster, schrijf_rooster
from ...besluiten.tokens import lees_instantie
from ...checks.report import Report
from ...errors import BevoegdheidError
from ...loaders.werkboek.guard import guard
from ..days import Day
from ..forms import XLSX
from ..reading import KNOWN_ONLY
from ..released import Released
from ..stukken import NIET_BEWAREN, Inhoud, antwoord, sleutel
from ..tokens import Iemand, mag_zien
from ..zaken import zaken
from .besluiten import answers

router = APIRouter(prefix="/v1", tags=["besluiten"], route_class=Released, dependencies=KNOWN_ONLY)

Soort = Annotated[str, Path(max_length=30, pattern="^[a-z-]+$", examples=["sector"], description="Soort instantie.")]
Code = Annotated[str, Path(max_length=60, pattern="^[a-z0-9.-]+$", examples=["bouw"], description="De instantie.")]


@router.get(
    "/roosters/{soort}/{code}",
    operation_id="rooster",
    responses=answers(400, 401, 403, 404)
    | {
        200: {"description": "Het rooster", "content": {XLSX.media: {"schema": {"type": "string", "format": "binary"}}}}
    },
    response_class=Response,
)
def rooster(
    request: Request,
    soort: Soort,
    code: Code,
    wie: Iemand,
    versie: Annotated[
        list[str], Query(min_length=1, max_length=30, examples=[["BK-0130-5"]], description="Een versie als BK-0130-5.")
    ],
    on: Annotated[Day | None, Query(alias="geldigVan", description="Vanaf wanneer wat nieuw is, geldt.")] = None,
) -> Response:
    """The grid of a body on these versions, with what it decided so far."""
    instantie = lees_instantie(f"{soort}/{code}")
    _eigen(wie, str(instantie))
    boek = zaken(request)
    wereld, dag = boek.wereld(), on or date.today()
    with TemporaryDirectory() as folder:
        path = File(folder) / "rooster.xlsx"
        boek.register.lees(lambda stand: schrijf_rooster(path, stand, wereld, instantie, versie, dag))
        headers = NIET_BEWAREN | {"Content-Disposition": f'attachment; filename="rooster-{code}.xlsx"'}
        return Response(path.read_bytes(), 200, headers, XLSX.media)


@router.post(
    "/roosters/{soort}/{code}",
    operation_id="rooster-terug",
    responses=answers(400, 401, 403, 404, 409, 422),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {XLSX.media: {"schema": {"type": "string", "format": "binary"}}},
        }
    },
    response_class=Response,
)
def terug(
    request: Request,
    soort: Soort,
    code: Code,
    wie: Iemand,
    ruw: Inhoud,
    droog: Annotated[bool, Query(description="Toon alleen het plan.")] = True,
) -> Response:
    """The plan of a filled-in grid; with droog=false it is carried out as a whole, or not at all."""
    instantie = lees_instantie(f"{soort}/{code}")
    _eigen(wie, str(instantie))
    boek = zaken(request)
    wereld, trial = boek.wereld(), boek.register.proef(wie)
    with TemporaryDirectory() as folder:
        path = File(folder) / "rooster.xlsx"
        path.write_bytes(ruw)
        guard(path)
        plan = boek.register.lees(lambda stand: lees_rooster(path, stand, wereld, instantie, trial(stand)))
    applies = not droog and not plan.bevindingen and bool(plan.regels)
    made = boek.register.voer_uit(plan.opdrachten(), wie, sleutel(request)) if applies else []
    return antwoord(
        _told(plan, [stuk.id for stuk in made], droog=droog), 422 if plan.bevindingen and not droog else 200
    )


def _eigen(wie: Any, instantie: str) -> None:
    if not mag_zien(wie, instantie):
        raise BevoegdheidError(f"Dit rooster is van {instantie}.", remedy="Gebruik een token van die instantie.")


def _told(plan: Roosterplan, made: list[str], *, droog: bool) -> dict[str, Any]:
    regels = [
        {"cel": one.cel, "actie": one.actie.value, "competentie": one.competentie, "oud": one.oud, "nieuw": one.nieuw}
        for one in plan.regels
    ]
    issues = list(Report.of(plan.bevindingen).issues())
    return {"instantie": plan.instantie, "droog": droog, "plan": regels, "bevindingen": issues, "gedaan": made}
