"""Answers made smaller on their way, for who takes them packed: brotli or gzip, as a whole or piece by piece."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import lru_cache
from http import HTTPStatus

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .clients import header

SMALLEST = 500
"""Bytes below which packing is not worth it."""

LONGEST = 4_000_000
"""Bytes beyond which an answer is packed piece by piece, so that it is nowhere held as a whole."""

LONG = 32_768
"""Bytes beyond which packing would hold up other clients, so that it is done beside them."""

PACKED = ("text/", "json", "xml", "application/n-triples", "application/n-quads", "application/trig")

Headers = list[tuple[bytes, bytes]]


class Packed:
    """Packs what the application answers, and says that the bytes depend on what a client takes.

    The packers of Starlette and brotli-asgi give two encodings one validator and hold back the first rows of a stream,
    so this is ours. What `no-store` keeps for one person goes as it is: beside text that somebody else chose, the size
    of a packed answer tells a secret in it (BREACH), and its ETag is what `If-Match` names.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its answer back."""
        if scope["type"] == "http":
            encoding = encoding_of(header(scope, b"accept-encoding"))
            send = _Packing(send, encoding, header(scope, b"if-none-match").encode("latin-1"))
            scope = {**scope, "headers": unpacked(scope["headers"], encoding)}
        await self._app(scope, receive, send)


class _Packing:
    """One answer on its way."""

    def __init__(self, send: Send, encoding: str, known: bytes) -> None:
        self._send, self._encoding, self._known = send, encoding, known
        self._start: Message | None = None
        self._held = bytearray()
        self._stream: Packer | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif message["type"] != "http.response.body":
            await self._send(message)
        elif self._start is not None:
            await self._hold(self._start, message)
        else:
            await self._pass(message)

    async def _begin(self, message: Message) -> None:
        headers: Headers = list(message["headers"])
        if varies(headers, message["status"]):
            headers = [*headers, (b"vary", b"Accept-Encoding")]
        if message["status"] == HTTPStatus.NOT_MODIFIED:
            headers = [(name, self._named(value) if name == b"etag" else value) for name, value in headers]
        length = _length(headers)
        if not self._encoding or not packable(headers, message["status"]) or length < SMALLEST:
            await self._send({**message, "headers": headers})
        elif length <= LONGEST:
            self._start = {**message, "headers": packed(headers, self._encoding)}
        else:
            self._stream = Packer(self._encoding)
            await self._send({**message, "headers": packed(headers, self._encoding)})

    def _named(self, etag: bytes) -> bytes:
        """The validator of what is unchanged as the client knows it: that of packed bytes where it has those."""
        packed_as = _of(etag, self._encoding)
        return packed_as if packed_as in self._known else etag

    async def _hold(self, start: Message, message: Message) -> None:
        self._held += message.get("body", b"")
        if message.get("more_body"):
            return
        body = await _beside(Packer(self._encoding, whole=True), bytes(self._held), last=True)
        await self._send({**start, "headers": [*start["headers"], (b"content-length", b"%d" % len(body))]})
        await self._send({"type": "http.response.body", "body": body})

    async def _pass(self, message: Message) -> None:
        if self._stream is not None:
            last = not message.get("more_body", False)
            message = {**message, "body": await _beside(self._stream, message.get("body", b""), last=last)}
        await self._send(message)


@lru_cache(maxsize=256)
def encoding_of(accept: str) -> str:
    """The encoding that a client takes best: br where it takes both as well, gzip, or none.

    >>> encoding_of("gzip, deflate, br"), encoding_of("gzip, br;q=0.5"), encoding_of("gzip;q=0"), encoding_of("")
    ('br', 'gzip', '', '')
    """
    taken: dict[str, float] = {}
    for part in accept.lower().split(","):
        name, _, quality = part.partition(";")
        try:
            taken[name.strip()] = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            taken[name.strip()] = 0.0
    best = max(("br", "gzip"), key=lambda name: taken.get(name, 0.0))
    return best if taken.get(best, 0.0) > 0 else ""


def packable(headers: Iterable[tuple[bytes, bytes]], status: int) -> bool:
    """Whether packing helps and harms nobody: text of any kind, whole, not packed already, for everyone.

    >>> packable([(b"content-type", b"text/csv")], 200), packable([(b"content-type", b"application/gzip")], 200)
    (True, False)
    >>> packable([(b"content-type", b"text/html"), (b"cache-control", b"no-store")], 200)
    False
    """
    told = dict(headers)
    kind = told.get(b"content-type", b"").decode("latin-1")
    secret = b"no-store" in told.get(b"cache-control", b"")
    part = status in (HTTPStatus.NO_CONTENT, HTTPStatus.PARTIAL_CONTENT)
    return any(word in kind for word in PACKED) and b"content-encoding" not in told and not secret and not part


def varies(headers: Headers, status: int) -> bool:
    """Whether it must still be said that another encoding gives other bytes; also of a part and of what is unchanged.

    >>> varies([(b"etag", b'"a"')], 304), varies([(b"content-type", b"text/csv"), (b"vary", b"Accept-Encoding")], 200)
    (True, False)
    """
    if any(name == b"vary" and b"accept-encoding" in value.lower() for name, value in headers):
        return False
    whole = HTTPStatus.OK if status == HTTPStatus.PARTIAL_CONTENT else status
    return status == HTTPStatus.NOT_MODIFIED or packable(headers, whole)


def packed(headers: Headers, encoding: str) -> Headers:
    """The headers of the packed answer: other bytes have another validator (RFC 9110 §8.8.3), and parts of their own.

    >>> packed([(b"etag", b'"a"'), (b"content-length", b"900")], "br")
    [(b'etag', b'"a-br"'), (b'content-encoding', b'br')]
    """
    gone = (b"content-length", b"accept-ranges")
    told = [(name, _of(value, encoding) if name == b"etag" else value) for name, value in headers if name not in gone]
    return [*told, (b"content-encoding", encoding.encode())]


def unpacked(headers: Iterable[tuple[bytes, bytes]], encoding: str) -> Headers:
    """The headers of a request, its If-None-Match by the validators that the application knows.

    >>> unpacked([(b"if-none-match", b'"a-br", "b"')], "br")
    [(b'if-none-match', b'"a", "b"')]
    """
    mark = f'-{encoding}"'.encode()
    return [
        (name, value.replace(mark, b'"') if encoding and name == b"if-none-match" else value) for name, value in headers
    ]


def _of(etag: bytes, encoding: str) -> bytes:
    """The validator of the bytes in that encoding."""
    return etag[:-1] + f'-{encoding}"'.encode() if encoding else etag


class Packer:
    """Packs a body that comes in pieces, each of which can be read when it arrives; one that is whole a little smaller.

    >>> packer = Packer("gzip")
    >>> first, rest = packer.pack(b"een", last=False), packer.pack(b"twee", last=True)
    >>> zlib.decompressobj(31).decompress(first), zlib.decompress(first + rest, 31)
    (b'een', b'eentwee')
    """

    def __init__(self, encoding: str, *, whole: bool = False) -> None:
        self._brotli = brotli.Compressor(quality=5 if whole else 4) if encoding == "br" else None
        self._gzip = zlib.compressobj(6 if whole else 5, zlib.DEFLATED, 31)

    def pack(self, body: bytes, *, last: bool) -> bytes:
        """One piece."""
        if self._brotli is None:
            return self._gzip.compress(body) + self._gzip.flush(zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH)
        begun = bytes(self._brotli.process(body)) if body else b""
        return begun + bytes(self._brotli.finish() if last else self._brotli.flush())


async def _beside(packer: Packer, body: bytes, *, last: bool) -> bytes:
    if len(body) <= LONG:
        return packer.pack(body, last=last)
    return await run_in_threadpool(packer.pack, body, last=last)


def _length(headers: Headers) -> int:
    """The bytes of the answer; more than any where it comes in pieces and nobody knows."""
    return int(dict(headers).get(b"content-length", LONGEST + 1))
