"""What is kept of answers, and until when: on an application that counts how often it is asked."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from leerbrug.api.app import create_app
from leerbrug.api.cache import Cached
from leerbrug.api.settings import Settings
from leerbrug.api.sparql import routes
from leerbrug.api.sparql.completion import Completion

FOREVER = 3_600.0
AT_ONCE = -1.0
"""Seconds that an answer is kept: none of these is awaited."""


class Counting:
    """Says how often it was asked; where it is held, the answer waits until it is let go."""

    def __init__(self, **headers: str) -> None:
        self.headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        self.asked, self.began, self.hold = 0, asyncio.Event(), asyncio.Event()
        self.hold.set()
        self.status = 200

    async def __call__(self, scope: Any, receive: Any, send: Callable[[Any], Awaitable[None]]) -> None:
        del scope, receive
        self.asked += 1
        said, status = str(self.asked).encode(), self.status
        self.began.set()
        await self.hold.wait()
        headers = [(b"etag", b'"%b"' % said), (b"content-length", b"%d" % len(said)), *self.headers]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": said})


def told(
    app: Counting,
    seconds: float,
    story: Callable[[httpx.AsyncClient], Awaitable[list[str]]],
    clock: Callable[[], float] = time.monotonic,
) -> list[str]:
    async def run() -> list[str]:
        transport = httpx.ASGITransport(Cached(app, room=1_000, seconds=seconds, clock=clock))
        async with httpx.AsyncClient(transport=transport, base_url="http://leerbrug") as client:
            return await asyncio.wait_for(story(client), 60)

    return asyncio.run(run())


async def read(client: httpx.AsyncClient) -> str:
    return (await client.get("/a")).text


def test_an_answer_is_given_again() -> None:
    async def story(client: httpx.AsyncClient) -> list[str]:
        return [await read(client), await read(client)]

    assert told(Counting(), FOREVER, story) == ["1", "1"]
    assert told(Counting(), AT_ONCE, story) == ["1", "2"]
    assert told(Counting(cache_control="no-store"), FOREVER, story) == ["1", "2"]
    assert told(Counting(cache_control="public, immutable"), AT_ONCE, story) == ["1", "1"]


def test_an_answer_is_given_to_who_asks_the_same_of_the_same_host() -> None:
    """A header in two lines is the header that both make (RFC 9110, section 5.2)."""
    lines = [
        [("Accept", "text/csv")],
        [("Accept", "text/turtle"), ("Accept", "text/csv")],
        [("Accept-Language", "en"), ("Accept-Language", "nl"), ("Accept", "text/csv")],
        [("Accept", "text/csv"), ("Host", "elders.be")],
        [("Accept", "text/csv")],
    ]

    async def story(client: httpx.AsyncClient) -> list[str]:
        return [(await client.get("/a", headers=one)).text for one in lines]

    assert told(Counting(), FOREVER, story) == ["1", "2", "3", "4", "1"]


def test_a_long_question_takes_its_room() -> None:
    async def story(client: httpx.AsyncClient) -> list[str]:
        return [await read(client), (await client.get("/a?" + "x" * 2_000)).text, await read(client)]

    assert told(Counting(), FOREVER, story) == ["1", "2", "3"]


@pytest.mark.parametrize(("now", "beside"), [(61.0, "1"), (121.0, "2")])
def test_those_beside_who_asks_anew_do_not_wait_but_are_given_nothing_old(now: float, beside: str) -> None:
    app, clock = Counting(), [0.0]

    async def story(client: httpx.AsyncClient) -> list[str]:
        found = [await read(client)]
        clock[0] = now
        app.hold.clear()
        app.began.clear()
        anew = asyncio.create_task(read(client))
        await app.began.wait()
        other = asyncio.create_task(read(client))
        await asyncio.sleep(0)
        if beside == "1":
            found.append(await other)
        app.hold.set()
        return [*found, *sorted({await anew, await other} - set(found))]

    expected = ["1", "1", "2"] if beside == "1" else ["1", "2", "3"]
    assert told(app, 60.0, story, lambda: clock[0]) == expected


def test_what_is_no_answer_any_more_is_forgotten() -> None:
    app = Counting()

    async def story(client: httpx.AsyncClient) -> list[str]:
        found = [await read(client)]
        app.status = 404
        found.append(await read(client))
        app.hold.clear()
        app.began.clear()
        anew = asyncio.create_task(read(client))
        await app.began.wait()
        beside = asyncio.create_task(read(client))
        app.hold.set()
        return [*found, await anew, await beside]

    assert told(app, AT_ONCE, story) == ["1", "2", "3", "4"]


def test_what_counts_decisions_is_kept_until_the_next_write() -> None:
    async def story(client: httpx.AsyncClient) -> list[str]:
        found = [await read(client), await read(client)]
        await client.post("/v1/mappingbesluiten")
        return [*found, await read(client)]

    assert told(Counting(leerbrug_grootboek="7"), FOREVER, story) == ["1", "1", "3"]
    assert told(Counting(), FOREVER, story) == ["1", "1", "1"]


def test_what_was_being_counted_during_a_write_is_not_kept() -> None:
    app = Counting(leerbrug_grootboek="7")

    async def story(client: httpx.AsyncClient) -> list[str]:
        app.hold.clear()
        counted = asyncio.create_task(read(client))
        await app.began.wait()
        write = asyncio.create_task(client.post("/v1/mappingbesluiten"))
        app.hold.set()
        await write
        return [await counted, await read(client)]

    assert told(app, FOREVER, story)[1] == "3"


def test_what_an_editor_suggests_is_counted_once_however_many_ask(
    releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted, ready = list[int](), threading.Event()

    def slow(_graph: object, release: int) -> Completion:
        counted.append(release)
        assert ready.wait(60)
        return Completion(release, {}, ())

    monkeypatch.setattr(routes, "completion", slow)

    async def asked() -> list[int]:
        transport = httpx.ASGITransport(create_app(Settings(releases)))
        async with httpx.AsyncClient(transport=transport, base_url="http://leerbrug") as client:
            paths = ("/v1/sparql/completion", "/.well-known/void", "/.well-known/void?release=2")
            waiting = [asyncio.create_task(client.get(path)) for path in paths]
            while not counted:
                await asyncio.sleep(0.01)
            ready.set()
            return [(await one).status_code for one in waiting]

    assert asyncio.run(asked()) == [200, 200, 200]
    assert counted == [2]
