"""Whether the server works, and how it is doing."""

from __future__ import annotations

import hmac

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.exceptions import HTTPException

from ...errors import LeerbrugError
from ..clients import address_of, is_local
from ..documented import Bare
from ..live import Live
from ..reading import KNOWN_ONLY
from ..settings import Settings

router = APIRouter()


@router.get(
    "/v1/health",
    tags=["releases"],
    operation_id="gezondheid",
    response_class=Bare,
    dependencies=KNOWN_ONLY,
    responses={
        status: {
            "description": told,
            "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/Gezondheid"}, "example": example}
            },
        }
        for status, told, example in (
            (200, "Alles werkt, of bijna alles", {"status": "UP"}),
            (503, "De server kan niets beantwoorden", {"status": "DOWN"}),
        )
    },
)
def health(request: Request) -> Response:
    """UP; DEGRADED where documents can be given and searching cannot; DOWN. Nothing of the inside."""
    live: Live = request.app.state.live
    status = _status(live)
    return Response(
        orjson.dumps({"status": status}),
        503 if status == "DOWN" else 200,
        {"Cache-Control": "no-store"},
        "application/json",
    )


def _status(live: Live) -> str:
    try:
        served = live.current()
        if not served.graph.graphs():
            return "DOWN"
    except (LeerbrugError, OSError):
        return "DOWN"
    try:
        served.zoekindex.zoek("a", hoogstens=1)
    except Exception:
        return "DEGRADED"
    return "UP"


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request) -> Response:
    """What Prometheus reads; from this machine, or with the token."""
    settings: Settings = request.app.state.settings
    client = address_of(request.scope, settings.proxies)
    bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
    allowed = settings.metrics_token and hmac.compare_digest(bearer.encode(), settings.metrics_token.encode())
    if not (is_local(client) or allowed):
        raise HTTPException(404)
    return Response(generate_latest(request.app.state.meters.registry), media_type=CONTENT_TYPE_LATEST)
