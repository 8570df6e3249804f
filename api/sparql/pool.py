"""The worker processes: kept warm, ended at the deadline, replaced."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import deque
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from typing import Any

from .limits import Limits
from .refusal import Refusal

START = 20.0
"""Seconds within which a worker must have opened its store."""

LONG = 0.5
"""Seconds after which a question lets those of others go first."""

LATER, LAST = 10, 19
"""How nice a worker is, from its start: pages go before questions; and how nice in a question that takes long."""

Place = Mapping[str, Any]
"""What `asking.asking` opens."""


class Worker:
    """One process with one release open."""

    def __init__(self, process: asyncio.subprocess.Process, place: Place, graphs: frozenset[str]) -> None:
        self._process, self.place, self.graphs = process, place, graphs
        self._reading = asyncio.Lock()  # a pipe has one reader, also when the process ends while somebody reads
        self.last = False

    @classmethod
    async def start(cls, place: Place) -> Worker:
        """A process that has its store open. Raises Refusal where it cannot."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "leerbrug.api.sparql.worker",
            json.dumps(dict(place)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=2**20,
        )
        worker = cls(process, place, frozenset())
        worker._after(LATER)
        try:
            kind, payload = await asyncio.wait_for(worker.frame(), START)
        except BaseException as error:
            await worker.end()
            if not isinstance(error, (TimeoutError, EOFError)):
                raise
            detail = "De store kan nu niet gevraagd worden."
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, detail, retry=5) from error
        assert kind == b"R"
        worker.graphs = frozenset(json.loads(payload))
        return worker

    async def ask(self, question: Mapping[str, Any]) -> None:
        """Send a question; its frames follow. Raises EOFError where the process is gone."""
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(question).encode() + b"\n")
            await self._process.stdin.drain()
        except ConnectionError as error:
            raise EOFError from error

    async def frame(self) -> tuple[bytes, bytes]:
        """The next frame. Raises EOFError where the process ended."""
        assert self._process.stdout
        async with self._reading:
            head = await self._process.stdout.readexactly(5)
            return head[:1], await self._process.stdout.readexactly(int.from_bytes(head[1:], "big"))

    @property
    def alive(self) -> bool:
        """Whether the process is still there."""
        return self._process.returncode is None

    def give_way(self) -> None:
        """Let every other process go first; what gave way cannot take it back, so this question is its last.

        Who asks another server only waits, and is in nobody's way.
        """
        self.last = "folder" in self.place and self._after(LAST)

    def _after(self, niceness: int) -> bool:
        """Let what is less nice go before this process; False where the system cannot."""
        if sys.platform == "win32" or not self.alive:
            return False
        with suppress(OSError):
            own = os.getpriority(os.PRIO_PROCESS, 0)  # of the server, which may be nice itself
            os.setpriority(os.PRIO_PROCESS, self._process.pid, max(niceness, own))
            return True
        return False

    async def end(self) -> None:
        """End the process, whatever it is doing, and let go of its pipes."""
        assert self._process.stdin
        assert self._process.stdout
        with suppress(ProcessLookupError):
            self._process.kill()
        self._process.stdin.close()
        async with self._reading:
            with suppress(ConnectionError):
                await self._process.stdout.read()
        await self._process.wait()


class Pool:
    """The workers that wait for a question; who has a turn takes one and brings it back when it is whole."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._idle: deque[Worker] = deque()
        self._starting: deque[tuple[Place, asyncio.Task[None]]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy: set[Worker] = set()
        self._closed = asyncio.Event()

    @asynccontextmanager
    async def worker(self, place: Place) -> AsyncIterator[Worker]:
        """A worker for that place; unless the block ends well and soon it is killed, and another started in its stead.

        Raises Refusal where none can be started.
        """
        worker = await self._take(place)
        patience = asyncio.get_running_loop().call_later(LONG, worker.give_way)
        whole = False
        try:
            yield worker
            whole = not worker.last
        finally:
            patience.cancel()
            if whole:
                self._idle.append(worker)
                self._shrink()
            else:
                self._starting.append((place, self._later(self._replace(worker, place))))
            self._busy.discard(worker)

    async def _take(self, place: Place) -> Worker:
        """A worker that waits, or the first that is ready of those that start; who leaves meanwhile stops none."""
        while (worker := self._waiting(place)) is None:
            start = self._promised(place) or self._later(self._start(place))
            try:
                await asyncio.shield(start)
            except asyncio.CancelledError:
                if not start.done():
                    self._starting.append((place, start))
                raise
        self._busy.add(worker)
        return worker

    def _waiting(self, place: Place) -> Worker | None:
        for worker in list(self._idle):
            if worker.place == place:
                self._idle.remove(worker)
                if worker.alive:
                    return worker
        return None

    def _promised(self, place: Place) -> asyncio.Task[None] | None:
        """A worker that is being started and that nobody waits for yet."""
        for promise in list(self._starting):
            if promise[1].done():
                self._starting.remove(promise)
            elif promise[0] == place:
                self._starting.remove(promise)
                return promise[1]
        return None

    def _shrink(self) -> None:
        """Never more processes than there are turns; the one that has waited longest goes first."""
        while len(self._idle) + len(self._busy) - 1 > self._limits.processes:
            self._later(self._idle.popleft().end())

    def _later(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        """Forget a task, and that it failed: who waits for it is told, and otherwise the next question tries anew."""
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()

    async def _replace(self, worker: Worker, place: Place) -> None:
        await worker.end()
        await self._start(place)

    async def _start(self, place: Place) -> None:
        """Have one more worker wait. Raises Refusal where it cannot be started, or where the pool is closed."""
        if not self._closed.is_set():
            worker = await Worker.start(place)
            if not self._closed.is_set():
                self._idle.append(worker)
                self._shrink()
                return
            await worker.end()
        raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "De server stopt.", retry=5)

    async def warm(self, place: Place) -> None:
        """Start as many workers as there are turns; where they cannot be, the first question says so."""
        await asyncio.gather(*(self._start(place) for _ in range(self._limits.processes)), return_exceptions=True)

    async def close(self) -> None:
        """End every process."""
        self._closed.set()
        await asyncio.gather(*(worker.end() for worker in (*self._idle, *self._busy)))
        self._idle.clear()
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)
