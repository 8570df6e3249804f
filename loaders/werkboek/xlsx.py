"""Excel workbooks as grids: openpyxl opens the workbook, its cells and shared texts are read as a stream."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from lxml import etree
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import from_excel

from .grid import Fault, Faulty, Grid, Row, Value, letter
from .guard import damaged, guard
from .shelf import Shelf

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WIDE = 64
"""Columns in which a merged range is shown; no sheet of ours has more."""


class _Reader(ExcelReader):
    """openpyxl's reader, but its table of shared texts goes to the shelf and is read as it is written."""

    def __init__(self, stream: IO[bytes], shelf: Shelf) -> None:
        super().__init__(stream, read_only=True, data_only=True, keep_links=False)
        self._shelf = shelf

    def read_strings(self) -> None:
        part = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        self.shared_strings = cast("list[str]", self._shelf)
        found = cast("Any", self.package).find(part)
        if found is not None:
            with self.archive.open(found.PartName[1:]) as stream:
                for text in _shared_texts(stream):
                    self._shelf.add_shared(text)


def _shared_texts(stream: IO[bytes]) -> Iterator[str]:
    """The texts of the table, in order."""
    for _, item in etree.iterparse(stream, tag=f"{_MAIN}si", resolve_entities=False, no_network=True):
        yield _runs(item)
        _forget(item)


def _runs(item: Any) -> str:
    """The text of all runs, without the reading aids (rPh) of East Asian scripts."""
    return "".join(
        text.text or "" for text in item.iter(f"{_MAIN}t") if text.getparent().tag in (item.tag, f"{_MAIN}r")
    )


def _forget(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


Area = tuple[int, int, int, int]
"""A merged range: first column, first row, last column, last row."""


class _Sheet(NamedTuple):
    """A sheet, read by lxml: openpyxl's own stream keeps an element a row and cannot tell a formula without a value."""

    file: str
    name: str
    path: Path
    member: str
    workbook: Any
    shared: Shelf

    def rows(self) -> Iterator[Row]:
        """The rows that hold something, with what cannot be used marked."""
        with damaged(self.path), zipfile.ZipFile(self.path) as archive:
            with archive.open(self.member) as stream:
                merged = _merged_areas(stream)
            active: list[Area] = []
            with archive.open(self.member) as stream:
                for number, cells in self._cells(stream):
                    active = [area for area in active + merged.get(number, []) if area[3] >= number]
                    for area in active:
                        cells.update(_merged(number, area))
                    if cells:
                        yield number, cells

    def _cells(self, stream: IO[bytes]) -> Iterator[tuple[int, dict[int, Value]]]:
        number = 0
        for row in _elements(stream, "row"):
            number = int(row.get("r") or number + 1)
            cells: dict[int, Value] = {}
            column = 0
            for cell in row:
                place = cell.get("r")
                column = column_index_from_string(place.rstrip("0123456789")) if place else column + 1
                if (value := self._value(cell)) is not None:
                    cells[column] = value
            yield number, cells

    def _value(self, cell: Any) -> Value | None:
        """The value by its type (ECMA-376 part 1, 18.18.11)."""
        kind, value = cell.get("t", "n"), cell.findtext(f"{_MAIN}v")
        if kind == "inlineStr":
            inline = cell.find(f"{_MAIN}is")
            return _unescaped(_runs(inline)) if inline is not None else None
        if not value:
            uncalculated = kind != "str" and cell.find(f"{_MAIN}f") is not None
            return Faulty(Fault.UNCALCULATED) if uncalculated else None
        if kind in ("s", "str"):
            return _unescaped(self.shared[int(value)] if kind == "s" else value)
        if kind == "e":
            return Faulty(Fault.ERROR, value)
        if kind == "b":
            return bool(value == "1")
        return datetime.fromisoformat(value) if kind == "d" else self._number(float(value), int(cell.get("s") or 0))

    def _number(self, value: float, style: int) -> Value:
        """A number, or the day that it stands for in a cell formatted as a date."""
        if style in self.workbook._date_formats:
            try:
                day = from_excel(value, self.workbook.epoch)
            except (OverflowError, ValueError):
                return Faulty(Fault.ERROR, "#VALUE!")
            return day if isinstance(day, datetime) else str(day)
        return int(value) if value.is_integer() else value


def _elements(stream: IO[bytes], name: str) -> Iterator[Any]:
    """The elements of that name, each forgotten after use, and every row with them."""
    tags = {f"{_MAIN}{name}", f"{_MAIN}row"}
    for _, element in etree.iterparse(stream, tag=tuple(tags), resolve_entities=False, no_network=True):
        if element.tag == f"{_MAIN}{name}":
            yield element
        _forget(element)


def _merged_areas(stream: IO[bytes]) -> dict[int, list[Area]]:
    """The merged ranges by their first row; they stand behind the rows."""
    found: dict[int, list[Area]] = {}
    for element in _elements(stream, "mergeCell"):
        left, top, right, bottom = (int(bound or 1) for bound in range_boundaries(element.get("ref")))
        found.setdefault(top, []).append((left, top, right, bottom))
    return found


def _merged(number: int, area: Area) -> Iterator[tuple[int, Value]]:
    left, top, right, bottom = area
    for column in range(left, min(right, _WIDE) + 1):
        first = (number, column) == (top, left)
        yield column, Faulty(Fault.MERGED, f"{letter(left)}{top}:{letter(right)}{bottom}" if first else "")


def _unescaped(text: str) -> str | None:
    """A text without the escapes for characters that XML cannot hold (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPE.sub(lambda code: chr(int(code[1], 16)), text) or None


@contextmanager
def xlsx_grids(path: Path, shelf: Shelf) -> Iterator[list[Grid]]:
    """The sheets of an .xlsx or .xlsm; macros are never looked at.

    Raises SourceError where the file is no Excel workbook or is not safe to open.
    """
    guard(path)
    with path.open("rb") as stream:
        with damaged(path), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = _Reader(stream, shelf)
            reader.read()
        yield [
            _Sheet(path.name, sheet.title, path, cast("Any", sheet)._worksheet_path, reader.wb, shelf)
            for sheet in reader.wb.worksheets
        ]
