"""OpenDocument spreadsheets as grids, read as a stream: ODF 1.3 part 3, chapter 9 (tables) and 6.1.2 (blanks)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from .grid import Fault, Faulty, Grid, Row, Value, letter
from .guard import damaged, guard, refused
from .shelf import Shelf

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MAX_REPEATED = 1000
"""A row that holds something and is repeated more often than this is not something a person made."""

_MAX_COLUMNS = 1024
_BLANKS = re.compile(r"[ \t\r\n]+")


class _Sheet(NamedTuple):
    file: str
    name: str
    path: Path

    def rows(self) -> Iterator[Row]:
        """The rows that hold something; repeated rows are written out."""
        with damaged(self.path), closing(_parts(self.path)) as parts:
            yield from self._rows(parts)

    def _rows(self, parts: Iterator[tuple[str, Any]]) -> Iterator[Row]:
        number = 0
        for element in _table_rows(parts, self.name):
            repeated = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
            cells = dict(_cells(element, number + 1))
            if cells and repeated > _MAX_REPEATED:
                message = f"Rij {number + 1} staat er {repeated} keer."
                raise refused(self.path, message, "Verwijder de herhaalde rijen.", f"{self.name}!A{number + 1}")
            for offset in range(repeated if cells else 0):
                yield number + 1 + offset, cells
            number += repeated


def _parts(path: Path) -> Generator[tuple[str, Any], None, None]:
    """The start of each table and the end of each row of content.xml; a row is forgotten after use."""
    tags = (f"{_TABLE}table", f"{_TABLE}table-row")
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
        events = etree.iterparse(stream, events=("start", "end"), tag=tags, resolve_entities=False, no_network=True)
        for event, element in events:
            if element.tag == tags[0] and event == "start":
                yield "table", element
            elif element.tag == tags[1] and event == "end":
                yield "row", element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]


def _names(path: Path) -> list[str]:
    with closing(_parts(path)) as parts:
        return [part.get(f"{_TABLE}name", "") for kind, part in parts if kind == "table"]


def _table_rows(parts: Iterator[tuple[str, Any]], name: str) -> Iterator[Any]:
    inside = False
    for kind, part in parts:
        if kind == "table":
            inside = part.get(f"{_TABLE}name", "") == name
        elif inside:
            yield part


def _cells(row: Any, number: int) -> Iterator[tuple[int, Value]]:
    column = 0
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        value = _value(cell, number, column + 1)
        if value is not None:
            for offset in range(min(repeated, _MAX_COLUMNS)):
                yield column + 1 + offset, value
        column += repeated


def _value(cell: Any, row: int, column: int) -> Value | None:
    if cell.tag == f"{_TABLE}covered-table-cell":
        return Faulty(Fault.MERGED)
    right = column + int(cell.get(f"{_TABLE}number-columns-spanned", "1")) - 1
    bottom = row + int(cell.get(f"{_TABLE}number-rows-spanned", "1")) - 1
    if (right, bottom) != (column, row):
        return Faulty(Fault.MERGED, f"{letter(column)}{row}:{letter(right)}{bottom}")
    return _typed(cell)


def _typed(cell: Any) -> Value | None:
    """The value by its office:value-type; a formula that was never calculated has none."""
    kind = cell.get(f"{_OFFICE}value-type")
    shown = "\n".join(_paragraph(part) for part in cell if part.tag == f"{_TEXT}p")
    if cell.get(f"{_TABLE}formula") is not None and kind is None:
        return Faulty(Fault.UNCALCULATED)
    if kind in ("float", "currency", "percentage"):
        value = float(cell.get(f"{_OFFICE}value"))
        return int(value) if value.is_integer() else value
    if kind == "boolean":
        return bool(cell.get(f"{_OFFICE}boolean-value") == "true")
    if kind == "date":
        return _date(cell.get(f"{_OFFICE}date-value"))
    if cell.get(f"{_TABLE}formula") is not None and shown.startswith(("#", "Err:")):
        return Faulty(Fault.ERROR, shown)
    return shown if shown else None


def _date(written: str) -> Value:
    try:
        return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
    except ValueError:
        return written


def _paragraph(element: Any) -> str:
    """The text of a paragraph: blanks written as elements are blanks, notes are left out."""
    parts = [_BLANKS.sub(" ", element.text or "")]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(int(child.get(f"{_TEXT}c", "1")), 32767))
        elif child.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            parts.append("\t" if child.tag == f"{_TEXT}tab" else "\n")
        elif isinstance(child.tag, str) and child.tag != f"{_OFFICE}annotation":
            parts.append(_paragraph(child))
        parts.append(_BLANKS.sub(" ", child.tail or ""))
    return "".join(parts)


@contextmanager
def ods_grids(path: Path, _: Shelf) -> Iterator[list[Grid]]:
    """The sheets of an .ods.

    Raises SourceError where the file is no OpenDocument spreadsheet or is not safe to open.
    """
    guard(path)
    with damaged(path):
        names = _names(path)
    yield [_Sheet(path.name, name, path) for name in names]
