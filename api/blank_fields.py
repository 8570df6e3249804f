"""Forms send their blank fields too; a blank field asks nothing, so it is taken out before a question is read."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Receive, Scope, Send


class WithoutBlankFields:
    """Take the blank fields out of the query of a page; a program that sends one is told that it is wrong."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, its query without blank fields where a page is asked for."""
        if scope["type"] == "http" and b"=&" in scope["query_string"] + b"&" and _wants_page(scope):
            scope = {**scope, "query_string": without_blank(scope["query_string"].decode("latin-1")).encode()}
        await self._app(scope, receive, send)


def without_blank(query: str) -> str:
    """The query without its blank fields.

    >>> without_blank("q=bakker&soort=&page=2")
    'q=bakker&page=2'
    """
    return urlencode(parse_qsl(query, keep_blank_values=False))


def _wants_page(scope: Scope) -> bool:
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])
