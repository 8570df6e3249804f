"""A shelf on disk for what a workbook repeats (codes, links, shared texts), so that memory stays flat."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple, Self


class Link(NamedTuple):
    """A code in a cell that must be a row of another sheet."""

    file: str
    spot: str
    code: str
    targets: tuple[str, ...]
    elders: bool = False


class Shelf:
    """Codes with their place and links between them, in a temporary database that disappears with it.

    >>> with Shelf() as shelf:
    ...     shelf.add_code("Kwalificaties", "BK-0019-3", "Kwalificaties!A2")
    ...     shelf.add_code("Kwalificaties", "BK-0019-3", "Kwalificaties!A9")
    'Kwalificaties!A2'
    """

    def __init__(self) -> None:
        self._disk = sqlite3.connect("", isolation_level=None)
        self._disk.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000;"
            "CREATE TABLE code (sheet TEXT, code TEXT, spot TEXT, PRIMARY KEY (code, sheet)) WITHOUT ROWID;"
            "CREATE TABLE link (file TEXT, spot TEXT, code TEXT, targets TEXT, elders INTEGER);"
            "CREATE TABLE shared (number INTEGER PRIMARY KEY, value TEXT); BEGIN;"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._disk.close()

    def add_code(self, sheet: str, code: str, spot: str) -> str | None:
        """Keep a code; the spot where that sheet already has it, or None."""
        if self._disk.execute("INSERT OR IGNORE INTO code VALUES (?, ?, ?)", (sheet, code, spot)).rowcount:
            return None
        found = self._disk.execute("SELECT spot FROM code WHERE code = ? AND sheet = ?", (code, sheet)).fetchone()
        return str(found[0])

    def add_link(self, link: Link) -> None:
        """Keep a link, to be looked at when all sheets have been read."""
        targets = "|".join(("", *link.targets, ""))
        row = (link.file, link.spot, link.code, targets, link.elders)
        self._disk.execute("INSERT INTO link VALUES (?, ?, ?, ?, ?)", row)

    def loose_links(self) -> Iterator[Link]:
        """The links whose code is in none of their sheets, in the order in which they were met."""
        found = self._disk.execute(
            "SELECT file, spot, code, targets, elders FROM link AS l WHERE NOT EXISTS (SELECT 1 FROM code AS c "
            "WHERE c.code = l.code AND instr(l.targets, '|' || c.sheet || '|')) ORDER BY rowid"
        )
        for file, spot, code, targets, elders in found:
            yield Link(file, spot, code, tuple(targets.strip("|").split("|")), bool(elders))

    def codes(self, sheets: tuple[str, ...]) -> Iterator[str]:
        """The codes of those sheets."""
        for sheet in sheets:
            for (code,) in self._disk.execute("SELECT code FROM code WHERE sheet = ?", (sheet,)):
                yield code

    def add_shared(self, value: str) -> None:
        """Keep the next shared text."""
        self._disk.execute("INSERT INTO shared (value) VALUES (?)", (value,))

    def __getitem__(self, index: int) -> str:
        found = self._disk.execute("SELECT value FROM shared WHERE number = ?", (index + 1,)).fetchone()
        if found is None:
            raise IndexError(index)
        return str(found[0])
