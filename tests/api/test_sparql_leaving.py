"""Clients that leave while their question runs: their processes end, others take their place, nothing is left over."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from leerbrug.api.sparql.engine import Answer, Engine, Left
from leerbrug.api.sparql.limits import Limits
from leerbrug.api.sparql.pool import Place

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
QUICK = "SELECT ?s { ?s a leer:Beroepskwalificatieversie } LIMIT 3"


def question(query: str) -> dict[str, Any]:
    sent = {"query": query, "base": "http://localhost/sparql", "default": (), "named": (), "accept": "*/*"}
    return {**sent, "format": "", "rows": 1_000, "answer": 1_000_000}


async def asked(engine: Engine, place: Place, client: str, query: str, patience: float) -> Answer | None:
    """The answer; None where the client left before it."""
    try:
        return await engine.answer(client, place, question(query), 20, lambda: asyncio.sleep(patience))
    except Left:
        return None


async def crowd(place_of: Path, wrong: list[dict[str, Any]]) -> list[Answer | None]:
    """Five clients that leave at different moments, one after them that waits, and a close while two still ask."""
    asyncio.get_running_loop().set_exception_handler(lambda _, context: wrong.append(context))
    engine = Engine(Limits(processes=2))
    place = engine.place(str(place_of), "", ())
    await engine.warm(place)
    leaving = (asked(engine, place, f"c{number}", SLOW, 0.1 + number / 50) for number in range(5))
    found = [*await asyncio.gather(*leaving), await asked(engine, place, "last", QUICK, 20)]
    busy = [asyncio.create_task(asked(engine, place, f"b{number}", SLOW, 20)) for number in range(2)]
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
