"""What a client waits for its reads, alone and while another client repeats queries of death.

The other client keeps as many of them going as it may; each is ended at the deadline and at once followed by the next.
Nothing is kept ready, so that every read is computed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, urlencode

from ..api.sparql.limits import Limits
from ..errors import LeerbrugError
from .loopback import attacked, serving
from .paginas import percentile

LIMITS = Limits(deadline=2.0)
"""A short deadline is the worse attack: more processes are ended and replaced."""

ROUNDS, SECONDS = 3, 3.0
"""Of each round: so many seconds alone, and so many beside the attack, for each kind of read."""

DEATHS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT (COUNT(*) AS ?n) { ?a (<urn:x>|!<urn:y>)+ ?b . ?b (<urn:x>|!<urn:y>)+ ?c }",
    'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "(.*a){9}b")) }',
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c ?a ?d",
)
"""Each would run for hours, or take all memory."""

SELECT = "SELECT ?s ?o { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?o } LIMIT 100"

MOST = 2.0
"""The most times as long that a read may take, at the median and at the 95th percentile, to be served as before."""

READS: Mapping[str, Sequence[str]] = {
    "REST": (
        "/v1/kwalificaties/BK-0019/versies/3",
        "/v1/suggesties?q=bak",
        "/v1/bruggen?van=BK-0019-3&naar=BK-0020-3&geldigOp=2026-11-01",
        "/v1/vragen/bks-per-niveau",
    ),
    "SPARQL": (f"/sparql?query={quote(SELECT)}",),
}
"""What the other client reads, in turn."""

ENDED = (422, 504, 507)
"""How a query of death ends: too many rows, out of time, out of memory. 503 is one whose turn never came."""

_ATTACKER, _OTHER = ({"X-Forwarded-For": address} for address in ("198.51.100.1", "192.0.2.1"))
_FORM = {"Content-Type": "application/x-www-form-urlencoded", **_ATTACKER}


@dataclass(frozen=True, slots=True)
class Beside:
    """The milliseconds of reads alone and beside the attack, and how many queries of death were ended meanwhile."""

    what: str
    alone: Sequence[float]
    beside: Sequence[float]
    deaths: int

    def times(self, share: float) -> float:
        """How many times as long that share of the reads takes beside the attack."""
        return percentile(self.beside, share) / percentile(self.alone, share)

    @property
    def met(self) -> bool:
        """Whether there was an attack, and the client was served as before."""
        return self.deaths > 0 and max(self.times(50), self.times(95)) <= MOST


def bench_aanval(data: Path) -> list[Beside]:
    """Measure each kind of read, alone and beside the attack in turn. Raises LeerbrugError where a read fails."""
    alone: dict[str, list[float]] = {what: [] for what in READS}
    beside: dict[str, list[float]] = {what: [] for what in READS}
    deaths = 0
    with serving(partial(attacked, limits=LIMITS), str(data)) as home:
        for _ in _reads(home, [path for paths in READS.values() for path in paths], SECONDS):
            pass  # opened and warm
        for _ in range(ROUNDS):
            for what, paths in READS.items():
                alone[what] += _reads(home, paths, SECONDS)
            with _attack(home) as ended:
                for what, paths in READS.items():
                    beside[what] += _reads(home, paths, SECONDS)
                deaths += sum(status in ENDED for status in ended)
            time.sleep(1)  # the processes that replace the last that were ended have started
    return [Beside(what, alone[what], beside[what], deaths) for what in READS]


def _reads(home: str, paths: Sequence[str], seconds: float) -> Iterator[float]:
    """Ask the paths in turn for so many seconds: the milliseconds of each."""
    connection, until = HTTPConnection(home.removeprefix("http://"), timeout=60), time.monotonic() + seconds
    for path in cycle(paths):
        begun = time.perf_counter()
        connection.request("GET", path, headers=_OTHER)
        answer = connection.getresponse()
        answer.read()
        yield (time.perf_counter() - begun) * 1_000
        if answer.status != 200:
            raise LeerbrugError(f"{path} geeft {answer.status}.")
        if time.monotonic() > until:
            break
    connection.close()


@contextmanager
def _attack(home: str) -> Iterator[list[int]]:
    """Keep as many queries of death going as one client may, from before the block begins until it ends.

    What it yields are the status codes with which they ended since.
    """
    ended: list[int] = []
    begun, stop = threading.Event(), threading.Event()

    def repeat(first: int) -> None:
        connection = HTTPConnection(home.removeprefix("http://"), timeout=60)
        for death in cycle(DEATHS[first:] + DEATHS[:first]):
            connection.request("POST", "/sparql", urlencode({"query": death}), _FORM)
            answer = connection.getresponse()
            answer.read()
            ended.append(answer.status)
            begun.set()
            if stop.is_set():
                break
        connection.close()

    attackers = [
        threading.Thread(target=repeat, args=(number % len(DEATHS),))
        for number in range(LIMITS.per_client + LIMITS.patient)
    ]
    for attacker in attackers:
        attacker.start()
    begun.wait(60)
    ended.clear()
    try:
        yield ended
    finally:
        stop.set()
        for attacker in attackers:
            attacker.join()
