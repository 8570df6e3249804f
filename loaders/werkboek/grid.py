"""What every kind of workbook is to the reader: named sheets of rows of cells, as a stream."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol


class Fault(StrEnum):
    """Why a cell has no value that can be used."""

    UNCALCULATED = "ongerekend"
    ERROR = "fout"
    MERGED = "samengevoegd"


class Faulty(NamedTuple):
    """A cell whose value cannot be used, with what the file shows there."""

    fault: Fault
    shown: str = ""


Value = str | int | float | bool | date | datetime | Faulty
"""What a cell holds; an empty cell is not there."""

Row = tuple[int, Mapping[int, Value]]
"""The number of a row, from 1, and its cells by column, from 1."""


class Grid(Protocol):
    """One sheet of one file: rows in order, only those that hold something."""

    @property
    def file(self) -> str:
        """The name of the file, relative to the source."""
        ...

    @property
    def name(self) -> str:
        """The name of the sheet as the file gives it."""
        ...

    def rows(self) -> Iterator[Row]:
        """The rows that hold something."""
        ...


def letter(column: int) -> str:
    """The letters of a column.

    >>> letter(1), letter(26), letter(27), letter(703)
    ('A', 'Z', 'AA', 'AAA')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def canonical(text: str) -> str:
    r"""A text as a record holds it: no blanks around it, every line break one ``\n``, whatever machine wrote it.

    >>> canonical(" Kok\r\nKeuken\t")
    'Kok\nKeuken'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
