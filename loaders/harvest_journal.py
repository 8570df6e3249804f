"""The journal of a harvest: every answer once it is whole, so that a kill at any moment loses none of them.

SQLite keeps it: an answer is there entirely or not at all. A run that did not end is taken up where it stopped; the
answers of the last run stay, to be asked again only if they changed.
"""

from __future__ import annotations

import fcntl
import json
import sqlite3
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import InputError
from .harvest_client import Fresh

FOLDER = ".harvest"
RESUME_WITHIN = 24 * 3600
"""Seconds in which an interrupted run is taken up again; after that its answers are too old to be one picture."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS run (number INTEGER PRIMARY KEY, base_url TEXT, started REAL, ended REAL);
CREATE TABLE IF NOT EXISTS answer (address TEXT PRIMARY KEY, run INTEGER, etag TEXT, modified TEXT, body BLOB);
CREATE TABLE IF NOT EXISTS line (file TEXT, key TEXT, run INTEGER, line TEXT, PRIMARY KEY (file, key)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer that is kept: whether it is of this run, and the validators by which it can be asked again."""

    current: bool
    body: bytes
    etag: str
    modified: str


class Journal:
    """The answers and the lines of the harvest of one folder; one harvest at a time holds it."""

    def __init__(self, folder: Path, base_url: str) -> None:
        """Open the journal of a folder and begin, or take up, a run.

        Raises InputError where another harvest has it open, or where it was made from another address.
        """
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        self._lock = (folder / FOLDER / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            raise InputError(
                "Een andere harvest is hier bezig.", place=str(folder), remedy="Wacht tot ze klaar is."
            ) from error
        self._sql = sqlite3.connect(folder / FOLDER / "journal.sqlite", isolation_level=None)
        self._sql.execute("PRAGMA journal_mode=WAL")
        self._sql.execute("PRAGMA synchronous=NORMAL")
        self._sql.executescript(_SCHEMA)
        try:
            self.run = self._begin(folder, base_url)
        except InputError:
            self.close()
            raise

    def _begin(self, folder: Path, base_url: str) -> int:
        last = self._sql.execute("SELECT number, base_url, started, ended FROM run ORDER BY number DESC").fetchone()
        number, url, started, ended = last or (0, base_url, 0.0, 0.0)
        if url != base_url:
            raise InputError(
                f"Deze map is opgehaald van {url}.", place=str(folder), remedy="Kies met --into een andere map."
            )
        if last and ended is None and time.time() - started < RESUME_WITHIN:
            return int(number)
        self._sql.execute("INSERT INTO run VALUES (?, ?, ?, NULL)", (number + 1, base_url, time.time()))
        return int(number) + 1

    def stored(self, address: str) -> Stored | None:
        """The answer kept for an address; None where there is none."""
        row = self._sql.execute("SELECT run, etag, modified, body FROM answer WHERE address = ?", (address,)).fetchone()
        return None if row is None else Stored(row[0] == self.run, zlib.decompress(row[3]), row[1], row[2])

    def keep(self, address: str, answer: Fresh) -> None:
        """Keep a whole answer, or mark the kept one as still true (304)."""
        if answer.body is None:
            self._sql.execute("UPDATE answer SET run = ? WHERE address = ?", (self.run, address))
        else:
            row = (address, self.run, answer.etag, answer.modified, zlib.compress(answer.body))
            self._sql.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)", row)

    def add(self, file: str, key: str, value: Any) -> None:
        """Add one line to a file, under the key that orders it."""
        row = (file, key, self.run, json.dumps(value, ensure_ascii=False))
        self._sql.execute("INSERT OR REPLACE INTO line VALUES (?, ?, ?, ?)", row)

    def drop_old(self, file: str) -> None:
        """Drop the lines that only an earlier run gave: the source has them no more."""
        self._sql.execute("DELETE FROM line WHERE file = ? AND run < ?", (file, self.run))

    def lines(self, file: str) -> Iterator[str]:
        """The lines of a file, in the order of their keys."""
        for row in self._sql.execute("SELECT line FROM line WHERE file = ? ORDER BY key", (file,)):
            yield row[0]

    def end(self) -> None:
        """The run is done: the next one asks everything again, conditionally."""
        self._sql.execute("UPDATE run SET ended = ? WHERE number = ?", (time.time(), self.run))

    def close(self) -> None:
        """Close the journal and let another harvest have it."""
        self._sql.close()
        self._lock.close()
