"""The processes that answer: one that a question held long lets others go first, and answers nothing after it."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest
from leerbrug.api.sparql import pool
from leerbrug.api.sparql.engine import Engine
from leerbrug.api.sparql.limits import Limits

from .test_sparql_leaving import QUICK, question

LONGER = 60.0
"""Seconds that no question of this test takes."""


async def two_questions(place: pool.Place) -> list[tuple[int, int]]:
    """Of the process of each of two questions, one after the other: its number, and how nice it is at the end."""
    workers, found = pool.Pool(Limits(processes=1)), []
    for _ in range(2):
        async with workers.worker(place) as worker:
            await worker.ask(question(QUICK))
            while (await worker.frame())[0] != b"E":
                pass
            process = worker._process.pid
            found.append((process, os.getpriority(os.PRIO_PROCESS, process)))
    await workers.close()
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no niceness")
@pytest.mark.parametrize(("long", "again", "niceness"), [(0.0, False, pool.LAST), (LONGER, True, pool.LATER)])
def test_only_a_process_that_was_held_long_gives_way_and_is_replaced(
    releases: Path, monkeypatch: pytest.MonkeyPatch, long: float, again: bool, niceness: int
) -> None:
    monkeypatch.setattr(pool, "LONG", long)
    place = Engine(Limits()).place(str(releases / "1" / "store"), "", ())
    (first, nice), (second, as_nice) = asyncio.run(two_questions(place))
    assert (first == second) is again
    assert nice == as_nice == max(niceness, os.getpriority(os.PRIO_PROCESS, 0))
