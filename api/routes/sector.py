"""The board of a sector as a page; its grids, decisions and follow-up are the data of `besluiten`."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from ..pages import Page
from ..views.sector import sectorpagina
from ..zaken import zaken

router = APIRouter(include_in_schema=False)


@router.get("/sector")
def sector(request: Request) -> HTMLResponse:
    """What is decided, what is to do, and the dual profile of a programme."""
    page = Page(request)
    return page.response(sectorpagina(page, zaken(request), date.today()))
