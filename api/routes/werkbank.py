"""The SPARQL workbench: a query is written, run, shared by its address, and taken along."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from ..pages import Page
from ..sparql.refusal import Refusal
from ..sparql.routes import ask
from ..views.werkbank import Antwoord, gelezen, geweigerd, werkbankpagina

router = APIRouter(include_in_schema=False)

ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"


@router.get("/werkbank")
async def werkbank(request: Request, query: str = "", uitvoeren: str = "") -> HTMLResponse:
    """The editor with a query; it is run only when that is asked, so that a shared address runs nothing by itself."""
    page = Page(request)
    antwoord = await _answered(request, page, query) if query.strip() and uitvoeren else None
    html = await run_in_threadpool(werkbankpagina, page, query, antwoord)
    return page.response(html)


async def _answered(request: Request, page: Page, query: str) -> Antwoord:
    try:
        media, content = await ask(request, query, ACCEPT)
    except Refusal as refusal:
        return geweigerd(page, refusal.detail)
    return await run_in_threadpool(gelezen, page, media, content)
