"""One question from its turn to its last byte: a queue, a process, a deadline."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

from ...graph.vocabulary import PREFIXES
from .limits import Limits
from .pool import Place, Pool, Worker
from .refusal import Refusal
from .turns import Turns

_Result = TypeVar("_Result")


class Left(Exception):  # noqa: N818 - the client's doing, not an error
    """The client went away before its answer was there."""


class BrokenAnswerError(RuntimeError):
    """An answer that was refused after its first bytes had gone: the connection is broken off, never ended well."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that has begun: its media type and the variables of its rows, and its bytes as they come.

    `whole` are all the bytes where the answer was complete before its head went out, else `pieces` gives them.
    """

    media: str
    variables: tuple[str, ...]
    whole: bytes
    pieces: AsyncIterator[bytes] | None = None


class Engine:
    """Answers questions of one server in worker processes."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._turns, self._pool = Turns(limits), Pool(limits)

    def place(self, folder: str, address: str, graphs: tuple[str, ...]) -> Place:
        """What a worker opens for a release: its store, or the server at an address that holds the same graphs."""
        where: dict[str, Any] = {"address": address, "graphs": list(graphs)} if address else {"folder": folder}
        return {**where, "memory": self.limits.memory, "prefixes": PREFIXES}

    async def warm(self, place: Place) -> None:
        """Have the processes ready before the first question."""
        await self._pool.warm(place)

    async def close(self) -> None:
        """End the processes."""
        await self._pool.close()

    async def answer(
        self,
        client: str,
        place: Place,
        question: Mapping[str, Any],
        seconds: float,
        gone: Callable[[], Awaitable[None]],
    ) -> Answer:
        """Answer a question. Raises Refusal while nothing has gone out; after that BrokenAnswerError ends the bytes.

        When `gone()` is done the client has left, and the process is freed.
        """
        stack = AsyncExitStack()
        try:
            await stack.enter_async_context(self._turns.turn(client))
            worker = await stack.enter_async_context(self._pool.worker(place))
            run = _Run(worker, time.monotonic() + seconds, seconds)
            await run.begin(question)
            head = await _unless(gone, run.head(self.limits.head))
        except BaseException as error:
            # A refusal that the worker itself ended with leaves a good worker.
            if isinstance(error, _Said):
                await stack.aclose()
                raise error.refusal from None
            await stack.__aexit__(type(error), error, error.__traceback__)
            raise
        if run.ended:
            await stack.aclose()
            return Answer(run.media, run.variables, head)
        return Answer(run.media, run.variables, b"", run.rest(head, stack))


class _Said(Exception):  # noqa: N818 - it carries a refusal
    """The worker refused, and is ready for the next question."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.detail)


class _Run:
    """One question in one worker."""

    def __init__(self, worker: Worker, until: float, seconds: float) -> None:
        self._worker, self._until, self._seconds = worker, until, seconds
        self.media, self.variables, self.ended = "", (), False

    async def _in_time(self, step: Awaitable[_Result]) -> _Result:
        try:
            return await asyncio.wait_for(step, max(0.0, self._until - time.monotonic()))
        except TimeoutError as error:
            raise Refusal.too_long(self._seconds) from error
        except EOFError as error:
            raise Refusal.died() from error

    async def begin(self, question: Mapping[str, Any]) -> None:
        await self._in_time(self._worker.ask(question))

    async def _piece(self) -> bytes:
        """The next bytes; empty at the head of the answer and at its end."""
        kind, payload = await self._in_time(self._worker.frame())
        if kind == b"H":
            head = json.loads(payload)
            self.media, self.variables = head["media"], tuple(head["variables"])
        elif kind == b"E":
            self.ended = True
        elif kind == b"X":
            said = json.loads(payload)
            raise _Said(Refusal(HTTPStatus(said["status"]), said["detail"]))
        return payload if kind == b"D" else b""

    async def head(self, size: int) -> bytes:
        """The first bytes, as many as are held back, or all where there are fewer."""
        held = bytearray()
        while len(held) < size and not self.ended:
            held += await self._piece()
        return bytes(held)

    async def rest(self, head: bytes, stack: AsyncExitStack) -> AsyncIterator[bytes]:
        """The bytes from the first to the last. Raises BrokenAnswerError where the answer cannot be completed."""
        try:
            yield head
            while not self.ended:
                if piece := await self._piece():
                    yield piece
        except _Said as said:
            await stack.aclose()
            raise BrokenAnswerError(said.refusal.detail) from said
        except BaseException as error:
            await stack.__aexit__(type(error), error, error.__traceback__)
            raise (BrokenAnswerError(error.detail) if isinstance(error, Refusal) else error) from error
        else:
            await stack.aclose()


async def _unless(gone: Callable[[], Awaitable[None]], step: Awaitable[bytes]) -> bytes:
    """The result of a step. Raises Left when the client leaves first."""
    working, leaving = asyncio.ensure_future(step), asyncio.ensure_future(gone())
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise Left
        return working.result()
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)  # what is cancelled still reads until it is told
