"""What the first who asks for leertrajecten waits for: a server that starts, with and without what was compiled before.

The first request comes as soon as the server answers at all, while it makes the planner ready beside it.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from ..api.app import create_app
from ..api.settings import Settings
from .leertrajecten import Rij
from .processes import measured

ADRES = "/v1/leertrajecten?doel=BK-0480&heeft=graad2:A&leeftijd=16"
"""Its codes are in the sample and in the real data."""
BEWAARPLAATS = "NUMBA_CACHE_DIR"
"""The variable with which numba is told where to keep what it compiles."""


def eerste_antwoorden(releases: Path) -> Iterator[Rij]:
    """The first answer of a new installation, that of a server started again, and the one after it."""
    with TemporaryDirectory() as leeg, _gecompileerd_in(leeg):
        yield _rij("eerste antwoord ooit, nog niets gecompileerd", releases, 1)
        yield _rij("eerste antwoord na een nieuwe start", releases, 1)
        yield _rij("tweede antwoord na een nieuwe start", releases, 2)


@contextmanager
def _gecompileerd_in(map_: str) -> Iterator[None]:
    """Processes that are started in the block keep what they compile in that folder."""
    eerder = os.environ.get(BEWAARPLAATS)
    os.environ[BEWAARPLAATS] = map_
    try:
        yield
    finally:
        os.environ.pop(BEWAARPLAATS)
        if eerder is not None:
            os.environ[BEWAARPLAATS] = eerder


def _rij(wat: str, releases: Path, hoeveelste: int) -> Rij:
    duur = float(measured(antwoord, str(releases), str(hoeveelste)).answer)
    return Rij(wat, 1, 0, duur, duur, 1.0, 0.0, op_tijd=True)


def antwoord(releases: str, hoeveelste: str) -> int:
    """The milliseconds of the first, second … answer of a server that starts."""
    return asyncio.run(_antwoord(Path(releases), int(hoeveelste)))


async def _antwoord(releases: Path, hoeveelste: int) -> int:
    app = create_app(Settings(data=releases, cache=0))
    duur = 0.0
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1") as client,
    ):
        for _ in range(hoeveelste):
            begin = time.perf_counter()
            (await client.get(ADRES, headers={"Accept": "application/json"})).raise_for_status()
            duur = 1000 * (time.perf_counter() - begin)
    return round(duur)
