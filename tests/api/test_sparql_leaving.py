"""Clients that leave, at any moment: their turns and processes are given back, and nothing is left over."""

from __future__ import annotations

import asyncio
import socket
import struct
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from leerbrug.api.settings import Settings
from leerbrug.api.sparql.engine import Answer, Engine, Left
from leerbrug.api.sparql.limits import Limits
from leerbrug.api.sparql.pool import Place
from leerbrug.api.sparql.refusal import Refusal
from leerbrug.api.sparql.streamed import Streamed

from .conftest import serving

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1000"
QUICK = "SELECT ?s { ?s a leer:Beroepskwalificatieversie } LIMIT 3"


def question(query: str) -> dict[str, Any]:
    sent = {"query": query, "base": "http://localhost/sparql", "default": (), "named": (), "accept": "*/*"}
    return {**sent, "format": "", "rows": 1_000, "answer": 1_000_000}


async def asked(
    engine: Engine, place: Place, client: str, query: str, gone: Callable[[], Awaitable[object]]
) -> Answer | None:
    """The answer; None where the client left before it."""

    async def left() -> None:
        await gone()

    try:
        return await engine.answer(client, place, question(query), 60, left)
    except Left:
        return None


def after(seconds: float) -> Callable[[], Awaitable[None]]:
    """A client that leaves after so long."""
    return lambda: asyncio.sleep(seconds)


STAYS = after(600)


async def crowd(place_of: Path, wrong: list[dict[str, Any]]) -> list[Answer | None]:
    """Five clients that leave at different moments, one after them that waits, and a close while two still ask."""
    asyncio.get_running_loop().set_exception_handler(lambda _, context: wrong.append(context))
    engine = Engine(Limits(processes=2))
    place = engine.place(str(place_of), "", ())
    await engine.warm(place)
    leaving = (asked(engine, place, f"c{number}", SLOW, after(0.1 + number / 50)) for number in range(5))
    found = [*await asyncio.gather(*leaving), await asked(engine, place, "last", QUICK, STAYS)]
    busy = [asyncio.create_task(asked(engine, place, f"b{number}", SLOW, STAYS)) for number in range(2)]
    await asyncio.sleep(0.3)
    await engine.close()
    ended = await asyncio.gather(*busy, return_exceptions=True)
    assert {type(one).__name__ for one in ended} == {"Refusal"}
    return found


def test_clients_that_leave_free_their_processes_and_others_are_answered(releases: Path) -> None:
    wrong: list[dict[str, Any]] = []
    *left, last = asyncio.run(crowd(releases / "1" / "store", wrong))
    assert left == [None] * 5
    assert last is not None
    assert last.whole.count(b'"uri"') == 3
    assert not wrong, wrong


async def queued(place_of: Path) -> list[str]:
    """One question runs, another waits, and no more may; when the one that waits leaves, a third may wait."""
    engine = Engine(Limits(processes=1, patient=1))
    place = engine.place(str(place_of), "", ())
    leaves = asyncio.Event()
    running = asyncio.create_task(asked(engine, place, "c", SLOW, STAYS))
    await asyncio.sleep(0.1)
    waiting = asyncio.create_task(asked(engine, place, "c", SLOW, leaves.wait))
    await asyncio.sleep(0.1)
    told = []
    try:
        await asked(engine, place, "c", QUICK, STAYS)
    except Refusal as refusal:
        told.append(refusal.status.name)
    leaves.set()
    assert await waiting is None
    third = asyncio.create_task(asked(engine, place, "c", QUICK, STAYS))
    await asyncio.sleep(0.1)
    told.append("answered" if third.done() else "waits")
    running.cancel()
    answer = await third
    told.append("answered" if answer and answer.whole else "nothing")
    await engine.close()
    return told


def test_who_leaves_the_queue_gives_its_place_to_another(releases: Path) -> None:
    assert asyncio.run(queued(releases / "1" / "store")) == ["TOO_MANY_REQUESTS", "waits", "answered"]


async def left_before_the_first_byte(place_of: Path) -> Answer | None:
    """An answer has begun, and its client is gone before a byte of it is sent; then another client asks."""
    engine = Engine(Limits(processes=1, head=1_000))
    place = engine.place(str(place_of), "", ())
    answer = await engine.answer("c", place, {**question(LARGE), "answer": 2**30}, 60, STAYS)
    assert answer.pieces

    async def gone() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(_: object) -> None:
        await asyncio.sleep(0)

    await Streamed(answer.pieces, answer.until, answer.media, {})({"type": "http"}, gone, send)
    found = await asyncio.wait_for(asked(engine, place, "c", QUICK, STAYS), 60)
    await engine.close()
    return found


def test_an_answer_that_nobody_came_for_holds_nothing(releases: Path) -> None:
    found = asyncio.run(left_before_the_first_byte(releases / "1" / "store"))
    assert found
    assert found.whole.count(b'"uri"') == 3


LIMITS = Limits(deadline=2, longest=4, rows=2_000, answer=2**26, processes=2)


def sent(home: str, query: str) -> socket.socket:
    """A connection that has asked a question and reads nothing."""
    url = httpx.URL(home)
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    client.connect((url.host, url.port))
    client.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: {url.host}\r\n\r\n".encode())
    return client


@pytest.mark.parametrize("query", [LARGE, SLOW, QUICK])
def test_connections_that_are_broken_off_at_any_moment_hold_nothing(releases: Path, query: str) -> None:
    with serving(Settings(data=releases, sparql=LIMITS, rate=10_000, burst=100_000)) as home:
        for number in range(12):
            leaving = sent(home, query)
            time.sleep(number * 0.008)
            leaving.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            leaving.close()  # with a reset, as a client that crashes
        for _ in range(LIMITS.processes + 1):
            assert answered_in_the_end(home).status_code == 200


def answered_in_the_end(home: str) -> httpx.Response:
    """What is held is free after the deadline at the latest; until then a client is asked to come again."""
    begun = time.monotonic()
    answer = httpx.get(f"{home}/sparql", params={"query": QUICK}, timeout=60)
    while answer.status_code == 503 and time.monotonic() - begun < 60:
        answer = httpx.get(f"{home}/sparql", params={"query": QUICK}, timeout=60)
    return answer


def test_a_client_that_does_not_read_holds_a_process_no_longer_than_the_deadline(
    releases: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    more_than_buffers_hold = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"
    generous = replace(LIMITS, rows=10**6, answer=2**30)
    with serving(Settings(data=releases, sparql=generous, rate=10_000, burst=100_000)) as home:
        readers = [sent(home, more_than_buffers_hold) for _ in range(LIMITS.processes)]
        for reader in readers:
            assert reader.recv(1) == b"H"  # its answer has begun: it holds a process, and reads no further
        assert answered_in_the_end(home).status_code == 200
        for reader in readers:
            reader.close()
    assert "antwoord afgebroken" in capfd.readouterr().err
