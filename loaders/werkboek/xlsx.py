"""Excel workbooks as grids: openpyxl in its streaming mode, with the shared texts on a shelf instead of in memory."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeVar, cast

from lxml import etree
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from .grid import Fault, Faulty, Grid, Row, Value, letter
from .guard import guard, refused
from .shelf import Shelf

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WIDE = 64
"""Columns in which a merged range is shown; no sheet of ours has more."""

_T = TypeVar("_T")


class _Reader(ExcelReader):
    """openpyxl's reader, but its table of shared texts goes to the shelf and is read as it is written."""

    def __init__(self, path: Path, shelf: Shelf) -> None:
        super().__init__(str(path), read_only=True, data_only=True, keep_links=False)
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
    """The texts of the table: all runs of a rich text, without the reading aids (rPh) of East Asian scripts."""
    for _, item in etree.iterparse(stream, tag=f"{_MAIN}si", resolve_entities=False, no_network=True):
        yield "".join(
            text.text or "" for text in item.iter(f"{_MAIN}t") if text.getparent().tag in (item.tag, f"{_MAIN}r")
        )
        _forget(item)


def _forget(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


class _Marks(NamedTuple):
    """What openpyxl's stream does not tell: formulas without a value, and merged ranges by their first row."""

    uncalculated: frozenset[tuple[int, int]]
    merged: dict[int, list[tuple[int, int, int, int]]]


def _marks(stream: IO[bytes]) -> _Marks:
    uncalculated: set[tuple[int, int]] = set()
    merged: dict[int, list[tuple[int, int, int, int]]] = {}
    pending: list[Any] = []
    tags = (f"{_MAIN}f", f"{_MAIN}row", f"{_MAIN}mergeCell")
    for _, element in etree.iterparse(stream, tag=tags, resolve_entities=False, no_network=True):
        if element.tag == tags[0]:
            pending.append(element.getparent())
        elif element.tag == tags[1]:
            uncalculated.update(_coordinate(cell) for cell in pending if _no_value(cell))
            pending.clear()
            _forget(element)
        else:
            left, top, right, bottom = range_boundaries(element.get("ref"))
            merged.setdefault(int(top or 1), []).append(
                (int(left or 1), int(top or 1), int(right or 1), int(bottom or 1))
            )
    return _Marks(frozenset(uncalculated), merged)


def _no_value(cell: Any) -> bool:
    value = cell.find(f"{_MAIN}v")
    return value is None or (not value.text and cell.get("t") != "str")


def _coordinate(cell: Any) -> tuple[int, int]:
    left, top, _, _ = range_boundaries(cell.get("r"))
    return int(top or 1), int(left or 1)


class _Sheet(NamedTuple):
    file: str
    name: str
    path: Path
    sheet: Any

    def rows(self) -> Iterator[Row]:
        """The rows that hold something, with what cannot be used marked."""
        with zipfile.ZipFile(self.path) as archive, archive.open(self.sheet._worksheet_path) as stream:
            marks = _marks(stream)
        self.sheet.reset_dimensions()
        active: list[tuple[int, int, int, int]] = []
        for number, row in enumerate(_quiet(self.sheet.iter_rows()), 1):
            cells = {cell.column: _value(cell) for cell in row if cell.value is not None}
            active = [area for area in active + marks.merged.get(number, []) if area[3] >= number]
            for area in active:
                cells.update(_merged(number, area))
            if marks.uncalculated:
                for column in range(1, _WIDE + 1):
                    if (number, column) in marks.uncalculated:
                        cells[column] = Faulty(Fault.UNCALCULATED)
            if cells:
                yield number, cells


def _merged(number: int, area: tuple[int, int, int, int]) -> Iterator[tuple[int, Value]]:
    left, top, right, bottom = area
    for column in range(left, min(right, _WIDE) + 1):
        first = (number, column) == (top, left)
        yield column, Faulty(Fault.MERGED, f"{letter(left)}{top}:{letter(right)}{bottom}" if first else "")


def _value(cell: Any) -> Value:
    value = cell.value
    if cell.data_type == "e":
        return Faulty(Fault.ERROR, str(value))
    if isinstance(value, str):
        return _ESCAPE.sub(lambda code: chr(int(code[1], 16)), value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int | float | bool | date | datetime) else str(value)


def _quiet(rows: Iterator[_T]) -> Iterator[_T]:
    """The rows without openpyxl's warnings: what it warns of, the cell itself says (#VALUE!)."""
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                row = next(rows)
            except StopIteration:
                return
        yield row


@contextmanager
def xlsx_grids(path: Path, shelf: Shelf) -> Iterator[list[Grid]]:
    """The sheets of an .xlsx or .xlsm; macros are never looked at.

    Raises SourceError where the file is no Excel workbook or is not safe to open.
    """
    guard(path)
    with _damaged(path), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = _Reader(path, shelf)
        reader.read()
    try:
        yield [_Sheet(path.name, sheet.title, path, sheet) for sheet in reader.wb.worksheets]
    finally:
        reader.wb.close()


@contextmanager
def _damaged(path: Path) -> Iterator[None]:
    try:
        yield
    except (InvalidFileException, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, TypeError) as error:
        raise refused(path, "Dit is geen Excel-werkmap.", "Bewaar het bestand opnieuw als .xlsx.") from error
