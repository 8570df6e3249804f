"""Answers that can be cited: which question each bridge address stands for, kept beside the releases."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import NamedTuple

MOST = 2_000_000
"""Beyond so many questions no new one is kept; those that are known stay."""


class Asked(NamedTuple):
    """The question behind one address: enough to compute the same bytes again.

    `grootboek` is the last entry of the ledger whose decisions the answer counted.
    """

    van: str
    naar: str
    datum: str
    release: int
    grootboek: int = 0


class Citations:
    """The questions by digest. Where the folder cannot be written they are kept until the process ends.

    >>> book = Citations(None)
    >>> book.keep("3f9c", Asked("BK-0019-3", "BK-0020-3", "2026-11-23", 1))
    >>> book.of("3f9c").naar
    'BK-0020-3'
    """

    def __init__(self, folder: Path | None) -> None:
        self._lock = threading.Lock()
        try:
            self._database = _open(str(folder / "aangehaald.sqlite") if folder else ":memory:")
        except sqlite3.OperationalError:
            self._database = _open(":memory:")

    def keep(self, digest: str, asked: Asked) -> None:
        """Remember what this address stands for."""
        with self._lock, self._database:
            self._database.execute(
                "INSERT OR IGNORE INTO vraag (digest, van, naar, datum, release, grootboek) "
                "SELECT ?, ?, ?, ?, ?, ? WHERE (SELECT COUNT(*) FROM vraag) < ?",
                (digest, *asked, MOST),
            )

    def of(self, digest: str) -> Asked | None:
        """The question, None where this address was never given out."""
        with self._lock:
            query = "SELECT van, naar, datum, release, grootboek FROM vraag WHERE digest = ?"
            row = self._database.execute(query, (digest,)).fetchone()
        return Asked(*row) if row else None

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def _open(path: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, check_same_thread=False, timeout=5)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute(
        "CREATE TABLE IF NOT EXISTS vraag ("
        "digest TEXT PRIMARY KEY, van TEXT, naar TEXT, datum TEXT, release INTEGER, "
        "grootboek INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID"
    )
    if "grootboek" not in {row[1] for row in database.execute("PRAGMA table_info(vraag)")}:
        database.execute("ALTER TABLE vraag ADD COLUMN grootboek INTEGER NOT NULL DEFAULT 0")
    return database
