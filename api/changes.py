"""What each release changed: things that came, changed or went, found by walking two sorted dumps side by side.

The list is kept in one file beside the releases and grows by one release at a time; it can be taken away at any moment
and is then made again.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, Quad, RdfFormat, parse

from ..graph.manifest import MANIFEST
from ..graph.releases import Release, Releases
from ..graph.store import open_dump
from ..graph.vocabulary import LEER, SKOS

Group = tuple[bytes, frozenset[bytes]]

_TABLE = """
CREATE TABLE IF NOT EXISTS wijziging (
    nummer INTEGER PRIMARY KEY, release INTEGER, tijdstip TEXT, soort TEXT, iri TEXT, code TEXT, naam TEXT);
CREATE INDEX IF NOT EXISTS op_tijd ON wijziging(tijdstip, nummer);
CREATE TABLE IF NOT EXISTS gezien (release INTEGER PRIMARY KEY, versie TEXT);
"""


class Change(NamedTuple):
    """One thing in one release; `soort` is aangemaakt, gewijzigd, beeindigd or vervallen."""

    release: int
    tijdstip: str
    soort: str
    iri: str
    code: str
    naam: str


def published(release: Release) -> datetime:
    """When a release was made current: the moment its manifest was written."""
    return datetime.fromtimestamp((release.folder / MANIFEST).stat().st_mtime, UTC).replace(microsecond=0)


def changes(before: Release | None, after: Release) -> Iterator[Change]:
    """What the later release changed, in order of IRI."""
    moment, base = published(after).isoformat(), after.manifest.base
    old = _things(before, base) if before else iter(())
    for subject, was, now in _side_by_side(old, _things(after, base)):
        if was != now:
            code, naam = _named(now or was)
            yield Change(after.number, moment, _soort(was, now), subject.decode()[1:-1], code, naam)


def _soort(was: frozenset[bytes], now: frozenset[bytes]) -> str:
    if not was:
        return "aangemaakt"
    if not now:
        return "vervallen"
    ended = f"<{LEER.einddatum.value}>".encode()
    return "beeindigd" if any(ended in line for line in now - was) else "gewijzigd"


def _things(release: Release, base: str) -> Iterator[Group]:
    """The things of a release with their triples, but for what the reasoner and the provenance say."""
    start, skipped = (
        f"<{base}/id/".encode(),
        (f"<{base}/graaf/afgeleid> ".encode(), f"<{base}/graaf/herkomst> ".encode()),
    )
    with open_dump(release.dump) as lines:
        for subject, said in groupby(lines, lambda line: line.partition(b" ")[0]):
            if subject.startswith(start):
                kept = frozenset(line for line in said if not any(graph in line for graph in skipped))
                if kept:
                    yield subject, kept


def _side_by_side(
    old: Iterator[Group], new: Iterator[Group]
) -> Iterator[tuple[bytes, frozenset[bytes], frozenset[bytes]]]:
    """Each subject of either, with what was and what is said of it."""
    nothing: frozenset[bytes] = frozenset()
    was, now = next(old, None), next(new, None)
    while was or now:
        if now is None or (was is not None and was[0] < now[0]):
            assert was is not None
            yield was[0], was[1], nothing
            was = next(old, None)
        elif was is None or now[0] < was[0]:
            yield now[0], nothing, now[1]
            now = next(new, None)
        else:
            yield now[0], was[1], now[1]
            was, now = next(old, None), next(new, None)


def _named(lines: Iterable[bytes]) -> tuple[str, str]:
    quads: Iterator[Quad] = iter(parse(b"".join(sorted(lines)), format=RdfFormat.N_QUADS, lenient=True))
    code, names = "", {}
    for quad in quads:
        if isinstance(quad.object, Literal):
            if quad.predicate == LEER.code:
                code = quad.object.value
            elif quad.predicate == SKOS.prefLabel:
                names[quad.object.language or ""] = quad.object.value
    return code, names.get("nl") or next(iter(names.values()), code)


class Changes:
    """The changes of all releases of a folder, oldest first."""

    def __init__(self, releases: Releases) -> None:
        self._releases, self._lock = releases, threading.Lock()
        try:
            self._database = _open(releases.folder / "wijzigingen.sqlite")
        except sqlite3.OperationalError:
            self._database = _open(None)

    def refresh(self) -> None:
        """Add the releases that are not in the list yet; begin again where a release is another than it was."""
        with self._lock:
            seen = dict(self._database.execute("SELECT release, versie FROM gezien"))
            known = {release.number: release.version for release in self._releases}
            if any(known.get(number) != version for number, version in seen.items()):
                self._database.executescript("DELETE FROM wijziging; DELETE FROM gezien;")
                seen = {}
            before: Release | None = None
            for release in self._releases:
                if release.number not in seen:
                    self._add(before, release)
                before = release

    def _add(self, before: Release | None, release: Release) -> None:
        with self._database:
            self._database.executemany(
                "INSERT INTO wijziging (release, tijdstip, soort, iri, code, naam) VALUES (?, ?, ?, ?, ?, ?)",
                changes(before, release),
            )
            self._database.execute("INSERT INTO gezien VALUES (?, ?)", (release.number, release.version))

    def after(self, moment: str, start: int, count: int, until: int) -> list[Change]:
        """So many changes after a moment, up to that release, from that place on."""
        query = (
            "SELECT release, tijdstip, soort, iri, code, naam FROM wijziging "
            "WHERE tijdstip > ? AND release <= ? ORDER BY nummer LIMIT ? OFFSET ?"
        )
        with self._lock:
            return [Change(*row) for row in self._database.execute(query, (moment, until, count, start))]

    def count(self, moment: str, until: int) -> int:
        """How many changes there are after a moment, up to that release."""
        query = "SELECT COUNT(*) FROM wijziging WHERE tijdstip > ? AND release <= ?"
        with self._lock:
            return int(self._database.execute(query, (moment, until)).fetchone()[0])

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def _open(path: Path | None) -> sqlite3.Connection:
    database = sqlite3.connect(path or ":memory:", check_same_thread=False, timeout=30)
    database.executescript(_TABLE)
    return database
