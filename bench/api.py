"""`leerbrug bench api`: throughput and p99 on loopback, as ratios to a bare FastAPI route with the same bytes.

Both run as processes of their own with one uvicorn worker; wrk asks them in turn, so that what else the machine does
falls on both. The bare route has no release, no limits, no headers of security and no validators.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
from fastapi import FastAPI
from fastapi.responses import Response

from ..errors import InputError
from . import loopback
from .eerste_antwoord import ADRES

CONNECTIONS, SECONDS, ROUNDS = 16, 2, 4
"""As in performance.md §6; of several rounds the best counts, as other processes only add to the time."""

CACHED = 0.8
"""The least that a read which is kept ready may be of the bare route."""

BIG_NAME = "SELECT van 10.000 rijen"
BIG = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 10000"
NEVER = (
    "SELECT ?s ?p ?o { { SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 9999 } "
    "UNION { ?s ?p ?o . ?d ?e ?f FILTER(CONCAT(STR(?s), STR(?d)) = '') } } LIMIT 10000"
)
"""The last of its rows would take minutes on the sample and hours on a whole release, and it has ten seconds.

Whoever reads a byte of the answer did not wait for that row.
"""

ASKED: Mapping[str, str] = {
    "standaardtraject": "/v1/standaardtrajecten/OT-00168",
    "brug": "/v1/bruggen?van=BK-0019-3&naar=BK-0020-3&geldigOp=2026-11-01",
    "vraag": "/v1/vragen/bks-per-niveau",
    BIG_NAME: f"/sparql?query={quote(BIG)}&format=json",
}
"""What is measured; the first also with a validator that still holds (304)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: requests a second and the milliseconds of the 99th percentile, of ours and of the bare route.

    `aim` is the least ratio; none where every answer is computed.
    """

    what: str
    ours: float
    ours_p99: float
    bare: float
    bare_p99: float
    aim: float | None

    @property
    def ratio(self) -> float:
        """Ours to the bare route."""
        return self.ours / self.bare

    @property
    def met(self) -> bool:
        """Whether the ratio is what it should be."""
        return self.aim is None or self.ratio >= self.aim


@dataclass(frozen=True, slots=True)
class FirstByte:
    """The milliseconds to the first and the last byte of the big SELECT, and to the first of one that never ends."""

    first: float
    last: float
    endless: float | None

    @property
    def met(self) -> bool:
        """Whether a first byte came of the SELECT whose last row is never computed."""
        return self.endless is not None


def bench_api(data: Path) -> Iterator[Row | FirstByte]:
    """Measure each kind of read, and then the first byte. Raises InputError where wrk is missing."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise InputError("wrk is niet geïnstalleerd.", remedy="Op Debian: apt-get install wrk.")
    with loopback.serving(_ours, str(data)) as ours:
        bodies = {path: _body(ours + path) for path in ASKED.values()}
        httpx.get(ours + ADRES, timeout=120)  # answers once what is compiled beside the first answers is ready
        with loopback.serving(_bare, bodies) as bare:
            for number, (what, path) in enumerate(ASKED.items()):
                aim = None if what == BIG_NAME else CACHED
                yield _compared(wrk, what, ours + path, f"{bare}/{number}", "", aim)
                if number == 0:
                    yield _compared(wrk, f"{what}, 304", ours + path, f"{bare}/{number}", bodies[path][2], aim)
        yield first_byte(ours)


def first_byte(ours: str) -> FirstByte:
    """The first byte of a big SELECT of the server at that address; the least of several."""
    first, last = min(_streamed(ours + ASKED[BIG_NAME]) for _ in range(5))
    try:
        endless, _ = _streamed(f"{ours}/sparql?query={quote(NEVER)}&format=json", whole=False)
    except httpx.HTTPStatusError:  # nothing went out before its time was up
        return FirstByte(first, last, None)
    return FirstByte(first, last, endless)


def _streamed(url: str, *, whole: bool = True) -> tuple[float, float]:
    begun = time.perf_counter()
    with httpx.stream("GET", url, headers={"Accept-Encoding": "identity"}, timeout=60) as answer:
        answer.raise_for_status()
        chunks = answer.iter_raw()
        next(chunks)
        first = time.perf_counter() - begun
        for _ in chunks if whole else ():
            pass
    return first * 1_000, (time.perf_counter() - begun) * 1_000


def _body(url: str) -> tuple[bytes, str, str]:
    answer = httpx.get(url, timeout=60, headers={"Accept-Encoding": "identity"})
    if answer.status_code != 200:
        raise InputError(f"{url} geeft {answer.status_code}.", remedy="Meet op een release met de Vlaamse bron.")
    return answer.content, answer.headers["Content-Type"], answer.headers.get("ETag", "")


def _compared(wrk: str, what: str, ours: str, bare: str, etag: str, aim: float | None) -> Row:
    rounds = [(_rate(wrk, ours, etag), _rate(wrk, bare, "")) for _ in range(ROUNDS)]
    (mine, mine_p99), (theirs, theirs_p99) = (max(one[side] for one in rounds) for side in (0, 1))
    return Row(what, mine, mine_p99, theirs, theirs_p99, aim)


def _rate(wrk: str, url: str, etag: str) -> tuple[float, float]:
    """Requests a second and the milliseconds of the 99th percentile, as wrk tells them."""
    header = ["-H", f"If-None-Match: {etag}"] if etag else []
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", *header, url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    if wrong:
        raise InputError(
            f"Er kwamen {wrong.group(1)} foute antwoorden.", place=url, remedy="Bekijk het log van de server."
        )
    return read_wrk(told)


def read_wrk(told: str) -> tuple[float, float]:
    """Requests a second and the milliseconds of the 99th percentile. Raises InputError where they are not told.

    >>> read_wrk("  Latency Distribution\\n     50%  1.02ms\\n     99%  1.37s \\nRequests/sec:  14920.11\\n")
    (14920.11, 1370.0)
    """
    rate, slow = re.search(r"Requests/sec:\s+([\d.]+)", told), re.search(r"99%\s+([\d.]+)(us|ms|s|m)\b", told)
    if rate is None or slow is None:
        raise InputError("wrk zei niet wat het mat.", remedy="Gebruik wrk 4.")
    return float(rate.group(1)), float(slow.group(1)) * _MILLISECONDS[slow.group(2)]


_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1_000.0, "m": 60_000.0}
"""The units of wrk."""


def _ours(data: str, port: int) -> None:
    loopback.release(data, port, patient=4 * CONNECTIONS)  # all are one client; who left still waits


def _bare(bodies: Mapping[str, tuple[bytes, str, str]], port: int) -> None:
    app = FastAPI()
    for number, (content, media, _) in enumerate(bodies.values()):
        app.add_api_route(f"/{number}", _returning(content, media), response_class=Response)
    loopback.run(app, port)


def _returning(content: bytes, media: str) -> Callable[[], Awaitable[Response]]:
    async def route() -> Response:
        return Response(content, media_type=media)

    return route
