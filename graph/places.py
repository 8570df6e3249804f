"""The places: for each triple of a release the spots in the source files where it is said; beside the graph, not in it.

One SQLite file. A triple is known by 64 bits of BLAKE2b of its N-Triples text (two among ten million triples collide
with a chance of three in a million; a collision shows one place too many, never a wrong triple). Subjects are known
in the same way, so that what is *missing* on a thing can be shown where the source speaks of that thing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode

from ..errors import ReleaseError
from .statements import Place, Statement
from .vocabulary import SKOS

BATCH = 20_000

_TABLES = """
CREATE TABLE record (id INTEGER PRIMARY KEY, file TEXT NOT NULL, spot TEXT NOT NULL);
CREATE TABLE spot (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE said (key INTEGER, record INTEGER, spot INTEGER, PRIMARY KEY (key, record, spot)) WITHOUT ROWID;
CREATE TEMP TABLE heard (key INTEGER, record INTEGER, spot INTEGER);
"""

_LOOK_UP = """
SELECT record.file, record.spot, spot.text FROM said JOIN record ON record.id = said.record
JOIN spot ON spot.id = said.spot WHERE said.key = ? ORDER BY said.record, said.spot
"""


def _key(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


class PlaceWriter:
    """Takes the statements of one record after the other and writes the file when closed."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE;")
        self._connection.executescript(_TABLES + "BEGIN;")
        self._spots: dict[str, int] = {}
        self._records = 0
        self._rows: list[tuple[int, int, int]] = []

    def record(self, place: Place) -> None:
        """What follows is said by the record at this place."""
        self._records += 1
        self._connection.execute("INSERT INTO record VALUES (?, ?, ?)", (self._records, place.file, place.spot))
        self._subject: NamedNode | None = None

    def add(self, statement: Statement) -> None:
        """One statement of the present record."""
        subject = str(statement.subject)
        spot = self._spots.setdefault(statement.spot, len(self._spots))
        key = _key(f"{subject} {statement.predicate} {statement.object}")
        self._rows.append((key, self._records, spot))
        if statement.subject != self._subject:
            self._subject = statement.subject
            self._rows.append((_key(subject), self._records, spot))
        if len(self._rows) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        self._connection.executemany("INSERT INTO heard VALUES (?, ?, ?)", self._rows)
        self._rows.clear()

    def close(self) -> None:
        """Sort what was heard into the file: the same statements in the same order give the same bytes."""
        self._flush()
        spots = [(number, text) for text, number in self._spots.items()]
        self._connection.executemany("INSERT INTO spot VALUES (?, ?)", spots)
        self._connection.execute("INSERT OR IGNORE INTO said SELECT * FROM heard ORDER BY key, record, spot")
        self._connection.execute("COMMIT")
        self._connection.close()


class Places:
    """Where a release's triples are said.

    >>> from tempfile import TemporaryDirectory
    >>> naam = Statement(NamedNode("urn:a"), NamedNode("urn:naam"), Literal("Kok"), "/titel")
    >>> with TemporaryDirectory() as folder:
    ...     write_places(Path(folder) / "places.sqlite", [(Place("bk.jsonl", "regel 3"), [naam])])
    ...     [str(place) for place in Places(Path(folder) / "places.sqlite").of(*naam[:3])]
    ['bk.jsonl, regel 3 /titel']
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise ReleaseError("De plaatsen van deze release ontbreken.", place=str(path), remedy="Bouw opnieuw.")
        uri = path.resolve().as_uri() + "?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)

    def of(
        self, subject: NamedNode | BlankNode, predicate: NamedNode, value: NamedNode | BlankNode | Literal
    ) -> tuple[Place, ...]:
        """Every place where this triple is said, in order of reading; empty for what was derived.

        Another name may have been said as the preferred one, before a source with more authority was heard.
        """
        said = tuple(self._look_up(f"{subject} {predicate} {value}"))
        if said or predicate != SKOS.altLabel:
            return said
        return tuple(self._look_up(f"{subject} {SKOS.prefLabel} {value}"))

    def of_subject(self, subject: NamedNode | BlankNode) -> tuple[Place, ...]:
        """Every place where something is said of this thing, in order of reading."""
        return tuple(self._look_up(str(subject)))

    def _look_up(self, text: str) -> Iterator[Place]:
        for file, record, spot in self._connection.execute(_LOOK_UP, (_key(text),)):
            yield Place(file, record).at(spot)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def write_places(path: Path, records: Iterable[tuple[Place, Iterable[Statement]]]) -> None:
    """Write the places of records that are already in memory."""
    writer = PlaceWriter(path)
    for place, statements in records:
        writer.record(place)
        for statement in statements:
            writer.add(statement)
    writer.close()
