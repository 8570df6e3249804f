"""Answers kept ready as bytes, so that asking again costs no work; conditional requests, HEAD and compression.

What is kept is what a route answered with an ETag. What never changes is kept as long as there is room; the rest for
as long as a new release may go unseen, and what counts decisions no longer than until the next write to this server.
When the time of an answer is up one request asks for it anew; those beside it are given the one that there is.
"""

from __future__ import annotations

import time
import zlib
from collections import OrderedDict
from typing import NamedTuple

import brotli

from .clients import Scope, header
from .limits import App, Message, Receive, Send

LARGEST = 4_000_000
"""Bytes beyond which an answer is not kept."""

SMALLEST = 500
"""Bytes below which compressing is not worth it."""

PACKED = (
    "text/",
    "application/json",
    "application/ld+json",
    "application/n-triples",
    "application/xml",
    "+json",
    "+xml",
)

LEDGER = b"leerbrug-grootboek"
"""The header of an answer that counts decisions (see `beslist`)."""

Headers = list[tuple[bytes, bytes]]
Key = tuple[str, bytes, str, str, str, str]


class Kept(NamedTuple):
    """One answer: its headers without length, its bytes, its validator and until when it may be given."""

    headers: Headers
    body: bytes
    etag: bytes
    until: float


class Cached:
    """Answers from memory where it can, and lets the application answer where it cannot."""

    def __init__(self, app: App, room: int, seconds: float) -> None:
        self._app, self._room, self._seconds = app, room, seconds
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._size, self._writes = 0, 0
        self._renewing: set[Key] = set()
        self._counting: set[Key] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a read from memory, or pass it on and remember."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, self._forgetting(send))
            return
        encoding = _encoding(header(scope, b"accept-encoding"))
        key = (scope["path"], scope["query_string"], *_varied(scope), encoding)
        kept = self._kept.get(key)
        if kept is None or (kept.until < time.monotonic() and key not in self._renewing):
            kept = await self._renewed(scope, receive, send, key)
        if kept is not None:
            self._kept.move_to_end(key) if key in self._kept else None
            await _give(scope, send, kept)

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
        reader, writes = _Reader(send, key[-1], head=scope["method"] == "HEAD"), self._writes
        await self._app({**scope, "method": "GET"} if scope["method"] == "HEAD" else scope, receive, reader)
        if reader.kept is None:
            return None
        forever = any(b"immutable" in value for name, value in reader.kept.headers if name == b"cache-control")
        kept = reader.kept._replace(until=float("inf") if forever else time.monotonic() + self._seconds)
        counts = any(name == LEDGER for name, _ in kept.headers)
        self._drop(key)
        if not _unkept(kept.headers) and not (counts and writes != self._writes):
            self._keep(key, kept, counts=counts)
        return kept

    def _keep(self, key: Key, kept: Kept, *, counts: bool) -> None:
        self._size += len(kept.body)
        self._kept[key] = kept
        if counts:
            self._counting.add(key)
        while self._size > self._room:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: Key) -> None:
        self._counting.discard(key)
        if gone := self._kept.pop(key, None):
            self._size -= len(gone.body)

    def _forgetting(self, send: Send) -> Send:
        """Forget what counts decisions before who wrote hears that it is done; also what is being counted now."""

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._writes += 1
                for key in tuple(self._counting):
                    self._drop(key)
            await send(message)

        return told


def _unkept(headers: Headers) -> bool:
    """Whether an answer says that it is not to be kept."""
    return any(name == b"cache-control" and b"no-store" in value for name, value in headers)


def _varied(scope: Scope) -> tuple[str, str, str]:
    accept = language = profile = ""
    for name, value in scope["headers"]:
        if name == b"accept":
            accept = value.decode("latin-1")
        elif name == b"accept-language":
            language = value.decode("latin-1")
        elif name == b"accept-profile":
            profile = value.decode("latin-1")
    return accept, language, profile


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
    """Takes in an answer that may be kept; anything else it sends on as it comes, packed where that helps."""

    def __init__(self, send: Send, encoding: str, *, head: bool) -> None:
        self._send, self._encoding, self._head = send, encoding, head
        self._start: Message = None
        self._parts: list[bytes] = []
        self._stream: _Stream | None = None
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
            return
        if self._packs(headers) and b"content-length" not in headers:
            self._stream = _Stream(self._encoding)
            added = [(b"content-encoding", self._encoding.encode()), (b"vary", b"Accept-Encoding")]
            message = {**message, "headers": [*message["headers"], *added]}
        await self._send(message)

    def _packs(self, headers: dict[bytes, bytes]) -> bool:
        kind = headers.get(b"content-type", b"").decode("latin-1")
        return bool(self._encoding) and b"content-encoding" not in headers and any(part in kind for part in PACKED)

    async def _pass(self, message: Message) -> None:
        if message["type"] == "http.response.body":
            body = message.get("body", b"")
            if self._stream is not None:
                body = self._stream.pack(body, last=not message.get("more_body"))
            message = {**message, "body": b"" if self._head else body}
        await self._send(message)

    def _finish(self) -> None:
        body = b"".join(self._parts)
        headers: Headers = [pair for pair in self._start["headers"] if pair[0] != b"content-length"]
        etag = dict(headers)[b"etag"]
        if len(body) >= SMALLEST and self._packs(dict(headers)):
            body = pack(body, self._encoding)
            etag = etag[:-1] + f'-{self._encoding}"'.encode()
            headers = [pair for pair in headers if pair[0] != b"etag"]
            headers += [(b"etag", etag), (b"content-encoding", self._encoding.encode())]
        self.kept = Kept(headers, body, etag, 0.0)


def _encoding(accept: str) -> str:
    """The best encoding that a client takes: br, gzip or none.

    >>> _encoding("gzip, deflate, br"), _encoding("gzip;q=0"), _encoding("")
    ('br', '', '')
    """
    taken = {}
    for part in accept.lower().split(","):
        name, _, quality = part.strip().partition(";q=")
        taken[name.strip()] = quality.strip() not in ("0", "0.0", "0.00", "0.000")
    return next((name for name in ("br", "gzip") if taken.get(name)), "")


def pack(body: bytes, encoding: str) -> bytes:
    """The body compressed as a whole."""
    if encoding == "br":
        return bytes(brotli.compress(body, quality=5))
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


class _Stream:
    """Packs a body that comes in pieces; each piece can be read when it arrives."""

    def __init__(self, encoding: str) -> None:
        self._brotli = brotli.Compressor(quality=4) if encoding == "br" else None
        self._gzip = zlib.compressobj(5, zlib.DEFLATED, 31) if encoding == "gzip" else None

    def pack(self, body: bytes, *, last: bool) -> bytes:
        """One piece."""
        if self._brotli is not None:
            packed = bytes(self._brotli.process(body)) if body else b""
            return packed + bytes(self._brotli.finish() if last else self._brotli.flush())
        if self._gzip is None:
            return body
        return self._gzip.compress(body) + self._gzip.flush(zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH)
