"""A problem document sent by hand, where a request is refused before it reaches a route."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import Request

from .clients import Scope
from .languages import language_of, retell
from .problems import MEDIA, problem_bytes


async def refuse(
    scope: Scope,
    send: Callable[[Any], Awaitable[None]],
    status: HTTPStatus,
    detail: str,
    headers: Mapping[str, str],
) -> None:
    """Answer with a problem in the language of the request."""
    language = language_of(Request(scope))
    body = problem_bytes(status, retell(detail, language))
    told = {
        "Content-Type": MEDIA,
        "Content-Length": str(len(body)),
        "Content-Language": language,
        "Vary": "Accept-Language",
        **headers,
    }
    start = [(name.lower().encode(), value.encode()) for name, value in told.items()]
    await send({"type": "http.response.start", "status": int(status), "headers": start})
    await send({"type": "http.response.body", "body": body})
