"""Whose turn it is: a bounded number of questions at once, and clients served in rotation."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from .limits import Limits
from .refusal import Refusal


class Turns:
    """A fair queue. A client with a hundred questions waits behind its own; another client goes before them."""

    def __init__(self, limits: Limits) -> None:
        self._limits, self._free = limits, limits.processes
        self._running: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def turn(self, client: str) -> AsyncIterator[None]:
        """Wait for a turn, and have it until the block ends. Raises Refusal where the queue is full or too slow."""
        await self._wait(client)
        try:
            yield
        finally:
            self._leave(client)

    async def _wait(self, client: str) -> None:
        if self._may(client) and not self._waiting.get(client):
            self._take(client)
            return
        self._refuse_a_crowd(client)
        future = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, deque()).append(future)
        done, _ = await self._patiently(client, future)
        if not done:
            detail = "Er zijn nu te veel vragen tegelijk. Probeer het straks opnieuw."
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, detail, retry=self._retry())

    async def _patiently(self, client: str, future: asyncio.Future[None]) -> tuple[object, object]:
        try:
            return await asyncio.wait({future}, timeout=self._limits.deadline)
        except asyncio.CancelledError:
            if future.done():  # its turn came while it left
                self._leave(client)
            raise
        finally:
            self._forget(client, future)

    def _leave(self, client: str) -> None:
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]
        self._free += 1
        self._next()

    def _may(self, client: str) -> bool:
        return self._free > 0 and self._running[client] < self._limits.per_client

    def _take(self, client: str) -> None:
        self._free -= 1
        self._running[client] += 1

    def _refuse_a_crowd(self, client: str) -> None:
        if len(self._waiting.get(client, ())) >= self._limits.patient:
            detail = "Er wachten al te veel vragen van u. Wacht op hun antwoord."
            raise Refusal(HTTPStatus.TOO_MANY_REQUESTS, detail, retry=self._retry())
        if sum(map(len, self._waiting.values())) >= self._limits.waiting:
            detail = "Er wachten nu te veel vragen. Probeer het straks opnieuw."
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, detail, retry=self._retry())

    def _retry(self) -> int:
        return max(1, round(self._limits.deadline))

    def _forget(self, client: str, future: asyncio.Future[None]) -> None:
        queue = self._waiting.get(client, deque())
        if future in queue:
            queue.remove(future)
        if not queue:
            self._waiting.pop(client, None)

    def _next(self) -> None:
        """Give free places to those who wait, one client after the other."""
        for client in list(self._waiting):
            queue = self._waiting[client]
            while queue and queue[0].done():
                queue.popleft()
            if queue and self._may(client):
                self._take(client)
                queue.popleft().set_result(None)
                self._waiting.move_to_end(client)
            if not queue:
                self._waiting.pop(client)
