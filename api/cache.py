"""Answers kept ready as bytes, so that asking again costs no work; conditional requests and HEAD.

What is kept is what a route answered with an ETag, packed as the client takes it (see `packing`). What never changes is
kept as long as there is room; the rest for as long as a new release may go unseen, and what counts decisions no longer
than until the next write to this server. When the time of an answer is up one request asks for it anew; those beside
it are given the one that there is.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

from .clients import Scope, header
from .limits import App, Message, Receive, Send
from .packing import encoding_of

LARGEST = 4_000_000
"""Bytes beyond which an answer is not kept."""

LEDGER = b"leerbrug-grootboek"
"""The header of an answer that counts decisions (see `beslist`)."""

Headers = list[tuple[bytes, bytes]]
Key = tuple[bytes | str, ...]


class Kept(NamedTuple):
    """One answer: its headers without length, its bytes, its validator and until when it may be given."""

    headers: Headers
    body: bytes
    etag: bytes
    until: float


class Cached:
    """Answers from memory where it can, and lets the application answer where it cannot."""

    def __init__(self, app: App, room: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._app, self._room, self._seconds, self._clock = app, room, seconds, clock
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._size, self._writes = 0, 0
        self._renewing: set[Key] = set()
        self._counting: set[Key] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a read from memory, or pass it on and remember."""
        if scope["type"] != "http" or (scope["method"] == "GET" and header(scope, b"range")):
            await self._app(scope, receive, send)  # a part is not kept, and not made of what is
            return
        if scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, self._forgetting(send))
            return
        encoding = encoding_of(header(scope, b"accept-encoding"))
        key = (scope["path"], scope["query_string"], *_varied(scope), encoding)
        kept = self._kept.get(key)
        if kept is None or not self._holds(key, kept):
            kept = await self._renewed(scope, receive, send, key)
        if kept is not None:
            self._kept.move_to_end(key) if key in self._kept else None
            await _give(scope, send, kept)

    def _holds(self, key: Key, kept: Kept) -> bool:
        """Whether it may still be given; a little longer while another request renews it, but nothing old."""
        now = self._clock()
        return now < kept.until or (key in self._renewing and now < kept.until + self._seconds)

    async def _renewed(self, scope: Scope, receive: Receive, send: Send, key: Key) -> Kept | None:
        """Ask anew, and forget what was kept where the answer is not one to keep any more."""
        self._renewing.add(key)
        kept = None
        try:
            kept = await self._asked(scope, receive, send, key)
        finally:
            self._renewing.discard(key)
            if kept is None:
                self._drop(key)
        return kept

    async def _asked(self, scope: Scope, receive: Receive, send: Send, key: Key) -> Kept | None:
        """Let a route answer. None where that answer is not one to keep and was sent already."""
        reader, writes = _Reader(send, head=scope["method"] == "HEAD"), self._writes
        await self._app({**scope, "method": "GET"} if scope["method"] == "HEAD" else scope, receive, reader)
        if reader.kept is None:
            return None
        forever = any(b"immutable" in value for name, value in reader.kept.headers if name == b"cache-control")
        kept = reader.kept._replace(until=float("inf") if forever else self._clock() + self._seconds)
        counts = any(name == LEDGER for name, _ in kept.headers)
        self._drop(key)
        if not _unkept(kept.headers) and not (counts and writes != self._writes):
            self._keep(key, kept, counts=counts)
        return kept

    def _keep(self, key: Key, kept: Kept, *, counts: bool) -> None:
        self._size += _cost(key, kept)
        self._kept[key] = kept
        if counts:
            self._counting.add(key)
        while self._size > self._room:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: Key) -> None:
        self._counting.discard(key)
        if gone := self._kept.pop(key, None):
            self._size -= _cost(key, gone)

    def _forgetting(self, send: Send) -> Send:
        """Forget what counts decisions before who wrote hears that it is done; also what is being counted now."""

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._writes += 1
                for key in tuple(self._counting):
                    self._drop(key)
            await send(message)

        return told


def _cost(key: Key, kept: Kept) -> int:
    """The bytes that an answer takes, with what was asked: that may be longer than the answer."""
    return len(kept.body) + sum(map(len, key))


def _unkept(headers: Headers) -> bool:
    """Whether an answer says that it is not to be kept."""
    return any(name == b"cache-control" and b"no-store" in value for name, value in headers)


def _varied(scope: Scope) -> tuple[bytes, ...]:
    """The headers by which answers differ: each with all its lines (RFC 9110, section 5.2), and the name of the host.

    >>> _varied({"headers": [(b"host", b"a"), (b"accept", b"text/csv"), (b"accept", b"text/html")]})
    (b'a', b'text/csv,text/html', b'', b'')
    """
    host = accept = language = profile = b""
    for name, value in scope["headers"]:
        if name == b"host":
            host = value
        elif name == b"accept":
            accept = accept + b"," + value if accept else value
        elif name == b"accept-language":
            language = language + b"," + value if language else value
        elif name == b"accept-profile":
            profile = profile + b"," + value if profile else value
    return host, accept, language, profile


def unchanged(asked: str, etag: str) -> bool:
    """Whether If-None-Match names this validator, or any.

    >>> unchanged('"a", W/"b"', '"b"'), unchanged("*", '"b"'), unchanged("", '"b"')
    (True, True, False)
    """
    return asked.strip() == "*" or etag in {one.strip().removeprefix("W/") for one in asked.split(",")}


async def _give(scope: Scope, send: Send, kept: Kept) -> None:
    if unchanged(header(scope, b"if-none-match"), kept.etag.decode("latin-1")):
        headers = [pair for pair in kept.headers if pair[0] not in (b"content-type", b"content-encoding")]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    length = (b"content-length", b"%d" % len(kept.body))
    await send({"type": "http.response.start", "status": 200, "headers": [*kept.headers, length]})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else kept.body})


class _Reader:
    """Takes in an answer that may be kept; anything else it sends on as it comes."""

    def __init__(self, send: Send, *, head: bool) -> None:
        self._send, self._head = send, head
        self._start: Message = None
        self._parts: list[bytes] = []
        self.kept: Kept | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif message["type"] != "http.response.body" or self._start is None:
            await self._pass(message)
        else:
            self._parts.append(message.get("body", b""))
            if not message.get("more_body"):
                self._finish()

    async def _begin(self, message: Message) -> None:
        headers = dict(message["headers"])
        length = int(headers.get(b"content-length", LARGEST + 1))
        if message["status"] == 200 and b"etag" in headers and b"accept-ranges" not in headers and length <= LARGEST:
            self._start = message
        else:
            await self._send(message)

    async def _pass(self, message: Message) -> None:
        if message["type"] == "http.response.body" and self._head:
            message = {**message, "body": b""}
        await self._send(message)

    def _finish(self) -> None:
        headers: Headers = [pair for pair in self._start["headers"] if pair[0] != b"content-length"]
        self.kept = Kept(headers, b"".join(self._parts), dict(headers)[b"etag"], 0.0)
