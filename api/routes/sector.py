"""What everybody reads of sectors: the dual profile of a programme, what was ratified, and how far the bodies are."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from ..aanmelding import MisschienAangemeld
from ..pages import Page
from ..views.sector import sectorpagina
from ..views.sectoropvolging import lijst, opvolging
from ..zaken import zaken
from .sectorbord import pagina

router = APIRouter(include_in_schema=False)


@router.get("/sector")
def sector(request: Request) -> HTMLResponse:
    """What is decided, and the dual profile of a programme."""
    page = Page(request)
    return page.response(sectorpagina(page, zaken(request), date.today()))


@router.get("/sector/besluiten")
def besluiten(request: Request, wie: MisschienAangemeld) -> Response:
    """What is or was ratified, of every kind."""
    return pagina(request, "besluiten.html", wie, lijst(Page(request), zaken(request)))


@router.get("/sector/opvolging")
def gevolgd(request: Request, wie: MisschienAangemeld) -> Response:
    """What is undecided, what ages, where bodies disagree, what came loose, and the counts for the yearly report."""
    return pagina(request, "opvolging.html", wie, opvolging(zaken(request), date.today()))
