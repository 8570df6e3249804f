"""The pages that are not a document of one thing: the start, the search and what a steward looks after."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from ..pages import Page
from ..views.beheer import beheerpagina
from ..views.start import startpagina
from ..views.zoeken import zoekpagina
from ..zaken import zaken

router = APIRouter(include_in_schema=False)


@router.get("/")
def start(request: Request) -> HTMLResponse:
    """One search box, three doors, and what is in the graph."""
    page = Page(request)
    return page.response(startpagina(page))


@router.get("/zoeken")
def zoeken(request: Request, q: str = "") -> HTMLResponse:
    """Everything that a name, synonym or code finds, grouped by kind."""
    page = Page(request)
    return page.response(zoekpagina(page, q[:200]))


@router.get("/beheer")
def beheer(request: Request) -> HTMLResponse:
    """Sources, the last build, the report with its places, releases and tokens."""
    page = Page(request)
    return page.response(beheerpagina(page, list(zaken(request).tokens.lijst())))
