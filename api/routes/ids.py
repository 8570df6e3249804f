"""Persistent addresses: ``/id/…`` names a thing and answers 303 to the document about it (Flemish URI standard)."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from ...errors import UnknownCodeError

router = APIRouter(prefix="/id", include_in_schema=False)

DOCUMENTS = {
    "deelkwalificatie": "/v1/kwalificaties/{0}",
    "structuuronderdeel": "/v1/structuuronderdelen/{0}",
}


@router.get("/beroepskwalificatie/{code}")
def reeks(request: Request, code: str) -> RedirectResponse:
    """The line of versions of a beroepskwalificatie."""
    return _see_other(request, f"/v1/kwalificaties/{code}")


@router.get("/beroepskwalificatie/{code}/{versie}")
def versie(request: Request, code: str, versie: int) -> RedirectResponse:
    """One version of a beroepskwalificatie."""
    return _see_other(request, f"/v1/kwalificaties/{code}/versies/{versie}")


@router.get("/{concept}/{code}")
def thing(request: Request, concept: str, code: str) -> RedirectResponse:
    """Any other thing that has a document."""
    if concept not in DOCUMENTS:
        raise UnknownCodeError(f"Er is nog geen document over /id/{concept}/{code}.")
    return _see_other(request, DOCUMENTS[concept].format(code))


def _see_other(request: Request, path: str) -> RedirectResponse:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(path + query, status_code=303)
