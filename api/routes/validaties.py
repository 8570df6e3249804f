"""Checking a file that somebody uploads: a report with the place of each finding; nothing is kept."""

from __future__ import annotations

import asyncio
from typing import Annotated

import orjson
from fastapi import APIRouter, File, Query, Request, UploadFile
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from ...errors import InputError
from ..checking import checked
from ..documented import Bare
from ..problems import MEDIA
from ..reading import KNOWN_ONLY
from ..settings import Settings

router = APIRouter(prefix="/v1", tags=["validaties"], dependencies=KNOWN_ONLY)

AT_ONCE = 2
"""How many files are checked at the same time; more wait, and so many more than wait are sent away."""

WAITING = 8

_PROBLEM = {"content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


class Desk:
    """The queue before the checks."""

    def __init__(self) -> None:
        self.places, self.waiting = asyncio.Semaphore(AT_ONCE), 0


@router.post(
    "/validaties",
    operation_id="valideer",
    response_class=Bare,
    responses={
        200: {
            "description": "Het verslag",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Verslag"}}},
        },
        **{status: {"description": "Fout", **_PROBLEM} for status in (400, 413, 415, 429, 503, 504)},
    },
)
async def valideer(
    request: Request,
    bestand: Annotated[UploadFile, File(description="Een werkboek (xlsx, ods, csv), Turtle, of een zip van csv's.")],
    droog: Annotated[bool, Query(description="Altijd waar: er wordt niets bewaard.")] = True,
) -> Response:
    """What is wrong in the file, where, and what to do about it. Files are never kept."""
    if not droog:
        raise InputError("Er wordt hier niets bewaard.", remedy="Laat droog weg, of geef droog=true.")
    settings: Settings = request.app.state.settings
    desk: Desk = request.app.state.desk
    if desk.waiting >= WAITING:
        raise HTTPException(503, headers={"Retry-After": "10"})
    desk.waiting += 1
    try:
        async with desk.places:
            content = await bestand.read()
            report = await asyncio.to_thread(checked, content, bestand.filename or "", settings.check_seconds)
    finally:
        desk.waiting -= 1
    return Response(orjson.dumps(report), headers={"Cache-Control": "no-store"}, media_type="application/json")
