"""One question from its turn to its last byte: a queue, a process, a deadline."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Self, TypeVar

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

    `whole` are all the bytes where the answer was complete before its head went out, else `pieces` gives them; those
    hold a process until they are read or closed. `until` is when its time is up (by `time.monotonic`).
    """

    media: str
    variables: tuple[str, ...]
    whole: bytes
    until: float
    pieces: Pieces | None = None


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

        When `gone()` is done the client has left: its place in the queue and its process are given back at once.
        """
        stack = AsyncExitStack()
        try:
            run, head = await _unless(gone, self._begun(stack, client, place, question, seconds))
        except BaseException as error:
            # A refusal that the worker itself ended with leaves a good worker.
            if isinstance(error, _Said):
                await stack.aclose()
                raise error.refusal from None
            await stack.__aexit__(type(error), error, error.__traceback__)
            raise
        if run.ended:
            await stack.aclose()
            return Answer(run.media, run.variables, head, run.until)
        return Answer(run.media, run.variables, b"", run.until, Pieces(run, head, stack))

    async def _begun(
        self, stack: AsyncExitStack, client: str, place: Place, question: Mapping[str, Any], seconds: float
    ) -> tuple[_Run, bytes]:
        """Wait for a turn and a worker, which the stack holds then, and read the head of the answer."""
        await stack.enter_async_context(self._turns.turn(client))
        worker = await stack.enter_async_context(self._pool.worker(place))
        run = _Run(worker, time.monotonic() + seconds, seconds)
        await run.begin(question)
        return run, await run.head(self.limits.head)


class _Said(Exception):  # noqa: N818 - it carries a refusal
    """The worker refused, and is ready for the next question."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.detail)


class _Run:
    """One question in one worker."""

    def __init__(self, worker: Worker, until: float, seconds: float) -> None:
        self._worker, self.until, self._seconds = worker, until, seconds
        self.media, self.variables, self.ended = "", (), False

    async def _in_time(self, step: Awaitable[_Result]) -> _Result:
        try:
            return await asyncio.wait_for(step, max(0.0, self.until - time.monotonic()))
        except TimeoutError as error:
            raise Refusal.too_long(self._seconds) from error
        except EOFError as error:
            raise Refusal.died() from error

    async def begin(self, question: Mapping[str, Any]) -> None:
        await self._in_time(self._worker.ask(question))

    async def piece(self) -> bytes:
        """The next bytes; empty at the head of the answer and at its end."""
        kind, payload = await self._in_time(self._worker.frame())
        if kind == b"H":
            head = json.loads(payload)
            self.media, self.variables = head["media"], tuple(head["variables"])
        elif kind == b"E":
            self.ended = True
        elif kind == b"X":
            said = json.loads(payload)
            raise _Said(Refusal(HTTPStatus(said["status"]), said["detail"], said["retry"]))
        return payload if kind == b"D" else b""

    async def head(self, size: int) -> bytes:
        """The first bytes, as many as are held back, or all where there are fewer."""
        held = bytearray()
        while len(held) < size and not self.ended:
            held += await self.piece()
        return bytes(held)


class Pieces:
    """The bytes of an answer as they come; they hold a turn and a process until they end or are closed."""

    def __init__(self, run: _Run, head: bytes, stack: AsyncExitStack) -> None:
        self._run, self._head, self._stack = run, head, stack

    def __aiter__(self) -> Self:
        """Themselves: they are read once."""
        return self

    async def __anext__(self) -> bytes:
        """The next bytes. Raises BrokenAnswerError where the answer cannot be completed."""
        head, self._head = self._head, b""
        if head:
            return head
        try:
            while not self._run.ended:
                if piece := await self._run.piece():
                    return piece
        except _Said as said:  # the worker is good still
            await self._stack.aclose()
            raise BrokenAnswerError(said.refusal.detail) from said
        except Refusal as refusal:
            await self.aclose()
            raise BrokenAnswerError(refusal.detail) from refusal
        await self._stack.aclose()
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """Give back the turn and the process, which is ended if it was still at work. Whoever has pieces does this.

        A generator would not do: one that was never begun, as its client left first, has no `finally` to run.
        """
        await self._stack.__aexit__(Left, Left(), None)


async def _unless(gone: Callable[[], Awaitable[None]], step: Awaitable[_Result]) -> _Result:
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
