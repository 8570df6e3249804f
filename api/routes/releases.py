"""Releases and their static downloads: every part with its SHA-256, in ranges where a client asks for them."""

from __future__ import annotations

import base64
import re
from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import FileResponse, Response
from starlette.exceptions import HTTPException

from ...errors import UnknownCodeError
from ...graph.manifest import MANIFEST, sha256
from ...graph.releases import DUMPS, GRAPH, REPORT, Release
from ..cache import unchanged
from ..changes import published
from ..documented import LIST, read
from ..forms import JSON, JSONLD
from ..items import Releaseitem
from ..paging import Pages, collection
from ..reading import IMMUTABLE, Read, Reading, refuse_unknown_parameters

router = APIRouter(prefix="/v1", tags=["releases"])

KINDS = {".gz": "application/gzip", ".json": "application/json", ".zip": "application/zip"}

Nummer = Annotated[int, Path(ge=1, le=2**31, examples=[1], description="Het nummer van de release.")]


@router.get("/releases", operation_id="releases", **read("VerzamelingReleaseitem", LIST))
def releases(reading: Read, asked: Pages) -> Response:
    """Every release, the oldest first; their numbers are one line and none is ever taken away."""
    found = list(reading.live.releases)
    return collection(reading, asked, found, lambda one: _item(reading, one), Releaseitem, "Releases", timeless=False)


@router.get("/releases/{nummer}", operation_id="release", **read("Release", (JSON, JSONLD)))
def release(reading: Read, nummer: Nummer) -> Response:
    """What a release says of itself: its sources with their licences, its counts and its parts."""
    reading.served, reading.pinned = reading.live.number(nummer), True
    one = reading.served.release
    return reading.answer(reading.json(lambda: _told(reading, one)))


@router.get("/releases/{nummer}/download", operation_id="downloads", **read("Downloads", (JSON, JSONLD)))
def downloads(reading: Read, nummer: Nummer) -> Response:
    """The files that can be downloaded, each with its size and SHA-256."""
    reading.served, reading.pinned = reading.live.number(nummer), True
    return reading.answer(reading.json(lambda: {"self": f"/v1/releases/{nummer}/download", "items": _parts(reading)}))


@router.get(
    "/releases/{nummer}/download/{naam}",
    operation_id="download",
    response_class=FileResponse,
    responses={
        200: {"description": "Het bestand", "content": {kind: {"schema": {}} for kind in KINDS.values()}},
        **{
            status: {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
            for status in (400, 404, 416, 429)
        },
    },
    dependencies=[Depends(refuse_unknown_parameters)],
)
def download(
    reading: Read,
    nummer: Nummer,
    naam: Annotated[str, Path(max_length=80, examples=["graph.nq.gz"], description="De naam van het bestand.")],
) -> Response:
    """One file; it never changes."""
    served = reading.live.number(nummer)
    paths = {path.rpartition("/")[2]: path for path in _public(served.release)}
    if naam not in paths:
        raise UnknownCodeError(f"Release {nummer} heeft geen bestand {naam}.")
    path = served.release.folder / paths[naam]
    digest = bytes.fromhex(_checksum(served.release, paths[naam]))
    headers = {
        "Cache-Control": IMMUTABLE,
        "ETag": f'"{digest.hex()}"',
        "Repr-Digest": f"sha-256=:{base64.b64encode(digest).decode()}:",
        "Leerbrug-Release": str(nummer),
    }
    if unchanged(reading.request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    _readable_range(reading.request, path.stat().st_size)
    return FileResponse(path, headers=headers, media_type=KINDS[path.suffix], filename=f"leerbrug-{nummer}-{naam}")


_RANGES = re.compile(r"bytes=\s*(?:(?:\d{1,18}-\d{0,18}|-\d{1,18})\s*(?:,\s*|$))+", re.IGNORECASE)


def _readable_range(request: Request, size: int) -> None:
    """Leave out a Range that says none (RFC 9110, section 14.2); one that begins beyond the end is refused (416).

    The framework answers both with a line of text.
    """
    said = request.headers.get("range", "")
    parts = re.findall(r"(\d*)-(\d*)", said)
    if not _RANGES.fullmatch(said) or any(first and last and int(first) > int(last) for first, last in parts):
        request.scope["headers"] = [pair for pair in request.scope["headers"] if pair[0] != b"range"]
    elif any((int(first) if first else size - int(last)) >= size for first, last in parts):
        status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        raise HTTPException(status, headers={"Content-Range": f"bytes */{size}"})


def _public(one: Release) -> list[str]:
    """The parts that are meant for people; the rest is an engine's own."""
    known = [part.path for part in one.manifest.parts]
    return [path for path in known if path in (GRAPH, REPORT) or path.startswith(f"{DUMPS}/")] + [MANIFEST]


def _checksum(one: Release, path: str) -> str:
    known = {part.path: part.sha256 for part in one.manifest.parts}
    return known.get(path) or sha256(one.folder / path)


def _parts(reading: Reading) -> list[dict[str, Any]]:
    one = reading.served.release
    return [
        {
            "href": f"/v1/releases/{one.number}/download/{path.rpartition('/')[2]}",
            "naam": path.rpartition("/")[2],
            "grootte": (one.folder / path).stat().st_size,
            "sha256": _checksum(one, path),
        }
        for path in _public(one)
    ]


def _item(reading: Reading, one: Release) -> Releaseitem:
    return Releaseitem(
        href=f"/v1/releases/{one.number}",
        id=f"{reading.base}/id/release/{one.number}",
        nummer=one.number,
        triples=one.manifest.triples,
        sha256=one.version,
    )


def _told(reading: Reading, one: Release) -> dict[str, Any]:
    manifest: dict[str, Any] = msgspec.to_builtins(one.manifest)
    return {
        **msgspec.to_builtins(_item(reading, one)),
        "tijdstip": published(one).isoformat(),
        "graven": manifest["graphs"],
        "klassen": manifest["classes"],
        "bronnen": [{key: value for key, value in each.items() if key != "files"} for each in manifest["sources"]],
        "downloads": f"/v1/releases/{one.number}/download",
    }
