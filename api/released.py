"""Routes whose answers rest on the newest release without being a read of one: decisions echo it all the same."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from fastapi.routing import APIRoute

from .live import Live


class Released(APIRoute):
    """A route that says in `Leerbrug-Release` which release was the newest when it answered."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of the route, with the header added to what it answers."""
        answered = super().get_route_handler()

        async def echoed(request: Request) -> Response:
            response = await answered(request)
            live: Live = request.app.state.live
            response.headers.setdefault("Leerbrug-Release", str(live.current().release.number))
            return response

        return echoed
