"""How long the server takes for each kind of page, nothing kept ready: the application is called in this process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from ..api.app import create_app
from ..api.settings import Settings

PAGINAS = (
    "/",
    "/zoeken?q=bakker",
    "/v1/kwalificaties",
    *(f"/v1/kwalificaties/BK-0019?tab={tab}" for tab in ("inhoud", "relaties", "bruggen", "geschiedenis", "bron")),
    "/v1/structuuronderdelen",
    "/v1/structuuronderdelen/99",
    "/v1/competenties/bkc0044299",
    "/v1/bruggen?van=BK-0019-3&naar=BK-0020-3",
    "/v1/bruggen?van=BK-0019-3&naar=BK-0020-3&tab=kloof",
    "/v1/leertrajecten",
    "/v1/leertrajecten?doel=BK-0480&heeft=graad2:A&leeftijd=16",
    "/sector?opleiding=99",
    "/v1/vragen",
    "/v1/vragen/competenties-van-bk?bk=BK-0019-3",
    "/werkbank",
    "/beheer",
)
"""A page of each kind; their codes are in the sample and in the real data."""


@dataclass(frozen=True)
class Pagina:
    """One page and the milliseconds of the middle and of the 95th request of a hundred."""

    adres: str
    p50: float
    p95: float


def bench_paginas(releases: Path, keer: int = 60) -> tuple[list[Pagina], float]:
    """Each page so many times after three to warm up, and the 95th percentile of all requests together.

    Raises RuntimeError for a page that does not answer 200.
    """
    return asyncio.run(_measured(releases, keer))


async def _measured(releases: Path, keer: int) -> tuple[list[Pagina], float]:
    app = create_app(Settings(data=releases, cache=0, rate=1e9, burst=10**9))
    transport = httpx.ASGITransport(app=app)
    pages, every = [], []
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=_HEADERS) as client:
        for adres in PAGINAS:
            took = [await _once(client, adres) for _ in range(keer + 3)][3:]
            pages.append(Pagina(adres, percentile(took, 50), percentile(took, 95)))
            every += took
    return pages, percentile(every, 95)


_HEADERS = {"Accept": "text/html", "Accept-Language": "nl"}


async def _once(client: httpx.AsyncClient, adres: str) -> float:
    begin = time.perf_counter()
    answer = await client.get(adres)
    took = (time.perf_counter() - begin) * 1_000
    if answer.status_code != 200:
        raise RuntimeError(f"{adres}: {answer.status_code}")
    return took


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed.

    >>> percentile([3.0, 1.0, 2.0, 4.0], 50)
    2.0
    """
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * int(share) // 100) - 1)]
