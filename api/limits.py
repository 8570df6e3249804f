"""Bounds for every client: a bucket of requests, and a size for what may be sent."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from .clients import Scope, address_of, header, is_local, network_of
from .problems import SENTENCES
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
        """Read no more than is allowed, whatever the client said that it would send."""
        most = self._settings.upload if scope["path"] == UPLOADS else self._settings.body
        length = header(scope, b"content-length")
        if length.isdecimal() and int(length) > most:
            await refuse(scope, send, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, SENTENCES[413], {"Connection": "close"})
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise _TooLargeError
            return message

        async def watched(message: Message) -> None:
            if seen <= most:
                await send(message)

        with suppress(_TooLargeError):
            await self._app(scope, counted, watched)
        if seen > most:
            await refuse(scope, send, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, SENTENCES[413], {"Connection": "close"})


class _TooLargeError(Exception):
    """A body that grew beyond its bound."""
