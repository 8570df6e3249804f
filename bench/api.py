"""`leerbrug bench api`: throughput and p99 on loopback, as ratios to a bare FastAPI route with the same bytes.

Both run as processes of their own with one uvicorn worker; wrk asks them in turn, so that what else the machine does
falls on both. The bare route has no release, no limits, no headers of security and no validators.
"""

from __future__ import annotations

import multiprocessing
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import SpawnContext
from pathlib import Path
from urllib.parse import quote

import httpx
import uvicorn
from fastapi import FastAPI
from fastapi.responses import Response

from ..api.app import create_app
from ..api.settings import Settings
from ..api.sparql.limits import Limits
from ..errors import InputError

CONNECTIONS, SECONDS, ROUNDS = 16, 2, 3
"""As in performance.md §6; of several rounds the best counts, as other processes only add to the time."""

BIG_NAME = "10.000 rijen"
BIG = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 10000"

ASKED: Mapping[str, str] = {
    "standaardtraject": "/v1/standaardtrajecten/OT-00168",
    "brug": "/v1/bruggen?van=BK-0019-3&naar=BK-0020-3&geldigOp=2026-11-01",
    "vraag": "/v1/vragen/bks-per-niveau",
    BIG_NAME: f"/sparql?query={quote(BIG)}&format=json",
}
"""What is measured; the first also with a validator that still holds (304)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: requests a second and the 99th percentile of ours and of the bare route."""

    what: str
    ours: float
    ours_p99: str
    bare: float
    bare_p99: str

    @property
    def ratio(self) -> float:
        """Ours to the bare route."""
        return self.ours / self.bare


def bench_api(data: Path) -> Iterator[Row]:
    """Measure each kind of read. Raises InputError where wrk is missing."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise InputError("wrk is niet geïnstalleerd.", remedy="Op Debian: apt-get install wrk.")
    with _serving(_ours, str(data)) as ours:
        bodies = {path: _body(ours + path) for path in ASKED.values()}
        with _serving(_bare, bodies) as bare:
            for number, (what, path) in enumerate(ASKED.items()):
                yield _compared(wrk, what, ours + path, f"{bare}/{number}", "")
                if number == 0:
                    yield _compared(wrk, f"{what}, 304", ours + path, f"{bare}/{number}", bodies[path][2])


def first_byte(data: Path) -> tuple[float, float]:
    """Seconds until the first byte and until the last of the big SELECT, the least of several."""
    with _serving(_ours, str(data)) as ours:
        return min(_streamed(ours + ASKED[BIG_NAME]) for _ in range(5))


def _streamed(url: str) -> tuple[float, float]:
    begun = time.perf_counter()
    with httpx.stream("GET", url, headers={"Accept-Encoding": "identity"}, timeout=60) as answer:
        chunks = answer.iter_raw()
        next(chunks)
        first = time.perf_counter() - begun
        for _ in chunks:
            pass
    return first, time.perf_counter() - begun


def _body(url: str) -> tuple[bytes, str, str]:
    answer = httpx.get(url, timeout=60, headers={"Accept-Encoding": "identity"})
    if answer.status_code != 200:
        raise InputError(f"{url} geeft {answer.status_code}.", remedy="Meet op een release van het voorbeeld.")
    return answer.content, answer.headers["Content-Type"], answer.headers.get("ETag", "")


def _compared(wrk: str, what: str, ours: str, bare: str, etag: str) -> Row:
    rounds = [(_rate(wrk, ours, etag), _rate(wrk, bare, "")) for _ in range(ROUNDS)]
    (mine, mine_p99), (theirs, theirs_p99) = (max(one[side] for one in rounds) for side in (0, 1))
    return Row(what, mine, mine_p99, theirs, theirs_p99)


def _rate(wrk: str, url: str, etag: str) -> tuple[float, str]:
    """Requests a second and the 99th percentile, as wrk tells them."""
    header = ["-H", f"If-None-Match: {etag}"] if etag else []
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", *header, url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    if wrong:
        raise InputError(
            f"Er kwamen {wrong.group(1)} foute antwoorden.", place=url, remedy="Bekijk het log van de server."
        )
    rate, slow = re.search(r"Requests/sec:\s+([\d.]+)", told), re.search(r"99%\s+(\S+)", told)
    if rate is None or slow is None:
        raise InputError("wrk zei niet wat het mat.", remedy="Gebruik wrk 4.")
    return float(rate.group(1)), slow.group(1)


@contextmanager
def _serving(target: object, given: object) -> Iterator[str]:
    context: SpawnContext = multiprocessing.get_context("spawn")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    process = context.Process(target=target, args=(given, port), daemon=False)  # type: ignore[arg-type]
    process.start()
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.join(10)
        if process.is_alive():
            process.kill()
            process.join()


def _wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise InputError("De server antwoordt niet.", remedy="Bekijk het log van de server.")


def _ours(data: str, port: int) -> None:
    settings = Settings(Path(data), sparql=Limits(patient=4 * CONNECTIONS))  # all are one client; who left still waits
    uvicorn.run(create_app(settings), host="127.0.0.1", port=port, log_level="error", access_log=False)


def _bare(bodies: Mapping[str, tuple[bytes, str, str]], port: int) -> None:
    app = FastAPI()
    for number, (content, media, _) in enumerate(bodies.values()):
        app.add_api_route(f"/{number}", _returning(content, media), response_class=Response)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False)


def _returning(content: bytes, media: str) -> Callable[[], Awaitable[Response]]:
    async def route() -> Response:
        return Response(content, media_type=media)

    return route
