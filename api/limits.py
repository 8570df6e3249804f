"""Bounds for every client: a bucket of requests, and a size for what may be sent."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from .clients import Scope, address_of, header, is_local, network_of
from .problems import SENTENCES, problem
from .refusals import refuse
from .settings import Settings

Message = Any
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

CLIENTS = 50_000
"""How many buckets are remembered; the one unused longest is forgotten, which only makes it full again."""

LOCAL = 1_000
"""How many times more this machine itself may ask."""

UPLOADS = "/v1/validaties"

DRAINED, PATIENCE = 10, 60.0
"""How many times its bound a body that is too large is still read, and for how many seconds; nothing of it is kept."""


class Bucket:
    """A token bucket: full at first, filled at a steady rate.

    >>> bucket = Bucket(rate=1, burst=2, now=0)
    >>> [bucket.take(0), bucket.take(0), bucket.take(0), bucket.take(1)]
    [True, True, False, True]
    """

    __slots__ = ("burst", "left", "rate", "seen")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self.rate, self.burst, self.left, self.seen = rate, burst, float(burst), now

    def take(self, now: float) -> bool:
        """Take one token; False where there is none."""
        self.left = min(self.burst, self.left + (now - self.seen) * self.rate)
        self.seen = now
        if self.left < 1:
            return False
        self.left -= 1
        return True

    @property
    def reset(self) -> int:
        """Seconds until there is a token again, at least one."""
        return max(1, round((1 - self.left) / self.rate + 0.5)) if self.left < 1 else 0


class Limited:
    """The outer gate: counts requests, tells what is left, and stops bodies that are too large."""

    def __init__(self, app: App, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer 413 or 429."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        bucket, now = self._bucket(scope), time.monotonic()
        allowed = bucket.take(now)
        told = [
            (b"ratelimit-limit", b"%d" % bucket.burst),
            (b"ratelimit-remaining", b"%d" % bucket.left),
            (b"ratelimit-reset", b"%d" % bucket.reset),
        ]

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *told]
            await send(message)

        if not allowed:
            headers = {"Retry-After": str(bucket.reset)}
            await refuse(scope, telling, HTTPStatus.TOO_MANY_REQUESTS, SENTENCES[429], headers)
        elif scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, telling)
        else:
            await self._bounded(scope, receive, telling)

    def _bucket(self, scope: Scope) -> Bucket:
        address = address_of(scope, self._settings.proxies)
        network = network_of(address)
        bucket = self._buckets.get(network)
        if bucket is None:
            factor = LOCAL if is_local(address) else 1
            bucket = Bucket(self._settings.rate * factor, self._settings.burst * factor, time.monotonic())
            self._buckets[network] = bucket
            while len(self._buckets) > CLIENTS:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(network)
        return bucket

    async def _bounded(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on no more than is allowed, whatever the client said that it would send; answer when it has sent all.

        A client that is still sending does not read: an answer before it is done reaches it as a broken connection.
        """
        most = self._settings.upload if scope["path"] == UPLOADS else self._settings.body
        length, seen, ended = header(scope, b"content-length"), 0, False
        declared = length.isdecimal() and int(length) > most

        async def counted() -> Message:
            nonlocal seen, ended
            message = await receive()
            seen += len(message.get("body", b""))
            ended = not message.get("more_body")
            if seen > most:
                raise _TooLargeError
            return message

        async def read_to_its_end() -> bool:
            nonlocal ended
            ended = ended or (not _waits(scope) and await drained(receive, most * DRAINED))
            return ended

        async def watched(message: Message) -> None:
            if seen <= most:
                await read_to_its_end()
                await send(message)

        if not declared:
            with suppress(_TooLargeError):
                await self._app(scope, counted, watched)
        if declared or seen > most:
            await _too_large(scope, receive, send, most, read=await read_to_its_end())


def _waits(scope: Scope) -> bool:
    """Whether the client asks first (Expect: 100-continue): it has not sent its body yet, and need not."""
    return header(scope, b"expect").lower() == "100-continue"


async def drained(receive: Receive, most: int, seconds: float = PATIENCE) -> bool:
    """Read a body and throw it away; False where it is longer, or slower, than that."""
    seen = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while seen <= most:
                message = await receive()
                seen += len(message.get("body", b""))
                if not message.get("more_body"):
                    return True
    return False


async def _too_large(scope: Scope, receive: Receive, send: Send, most: int, *, read: bool) -> None:
    """Answer 413, as a page where a browser asks; what was not read to its end cannot be followed by a request."""
    detail = f"Dit is te groot: hier mag je hoogstens {most / 1_000_000:g} MB sturen."
    headers = {} if read else {"Connection": "close"}
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    answer = await run_in_threadpool(problem, Request(scope), status, detail, (), headers)
    await answer(scope, receive, send)


class _TooLargeError(Exception):
    """A body that grew beyond its bound."""
