"""Persistent addresses: ``/id/…`` names a thing and answers 303 to the document about it (Flemish URI standard).

Things that have no route of their own are documents under ``/v1/dingen``; the vocabulary and the code lists answer
where their IRI says.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import RedirectResponse, Response
from pyoxigraph import NamedNode

from ...besluiten.soorten import soort_van
from ...errors import UnknownCodeError
from ...graph.names import CODELISTS
from ..addresses import document_of
from ..documented import read
from ..documents import document
from ..live import Live
from ..reading import ReadThing
from ..stukken import PAD_VAN
from ..zaken import zaken

router = APIRouter(tags=["dingen"])

Where = Annotated[str, Path(max_length=300)]


@router.get("/id/{where:path}", include_in_schema=False)
def thing(
    request: Request, where: Where, release: Annotated[int | None, Query(ge=1, le=2**31)] = None
) -> RedirectResponse:
    """See other: the document about the thing. What the release does not know has no document in it."""
    live: Live = request.app.state.live
    served = live.number(release)
    path = raw(request).removeprefix("/id/")
    kind, _, kenmerk = path.partition("/")
    if kind in ("besluit", "mapping") and (decision := _besluit(request, kenmerk)):
        return RedirectResponse(decision, 303, {"Vary": "Accept"})
    if kind not in ("brug", "release") and not served.graph.knows(NamedNode(f"{served.names.base}/id/{path}")):
        raise UnknownCodeError(f"/id/{where} is niet gevonden in deze release.")
    query = f"?{request.url.query}" if request.url.query else ""
    headers = {"Leerbrug-Release": str(served.release.number)}
    return RedirectResponse(document_of(path) + query, 303, headers)


def _besluit(request: Request, kenmerk: str) -> str:
    """The address of a decision that is public: of its page, or of its JSON; "" where there is none."""
    stuk = zaken(request).register.lees(lambda stand: stand.stukken.get(kenmerk))
    if stuk is None or not stuk.ooit_bekrachtigd:
        return ""
    page = "text/html" in request.headers.get("accept", "")
    return f"/sector/besluiten/{stuk.id}" if page else f"/v1/{PAD_VAN[soort_van(stuk.besluit)]}/{stuk.id}"


def raw(request: Request) -> str:
    """The path as it was sent, still percent-encoded: so it stands in the IRI."""
    path: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return path.partition(b"?")[0].decode("ascii", "replace")


@router.get("/v1/dingen/{where:path}", operation_id="ding", **read("Ding"))
def ding(
    reading: ReadThing,
    where: Annotated[
        str,
        Path(
            max_length=300,
            pattern="^[a-z][a-z-]*(/[^/]+)+$",
            examples=["erkenning/ADV-1668"],
            description="Soort en code, zoals na /id/ in de IRI.",
        ),
    ],
) -> Response:
    """Anything that has an IRI: a recognition, a proof, a domain, a goal or an attest."""
    return document(reading, reading.served.names.iri(*where.split("/")).value)


@router.get("/codelijst/{where:path}", operation_id="begrip", **read("Ding"))
def begrip(
    reading: ReadThing,
    where: Annotated[str, Path(max_length=300, examples=["finaliteit/DU"], description="Lijst en code.")],
) -> Response:
    """A code list or one of its concepts."""
    return document(reading, CODELISTS + quote(where, safe="-/."))
