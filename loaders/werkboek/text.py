"""CSV as grids: a folder or a zip with one file a sheet, or one file named for its sheet."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple, cast

from ...errors import SourceError
from ..files import MAX_LINE, open_bytes, zip_members
from .grid import Grid, Row
from .guard import refused
from .injection import bare
from .sheets import BLADEN
from .shelf import Shelf

_DELIMITERS = ";,\t"


class _Sheet(NamedTuple):
    file: str
    name: str
    path: Path
    opened: Callable[[], AbstractContextManager[IO[bytes]]]

    def rows(self) -> Iterator[Row]:
        """The rows that hold something, numbered as a spreadsheet numbers them."""
        with self.opened() as stream, _decoded(stream) as text:
            lines = _lines(self.path, self.file, text)
            first = next(lines, "")
            if first.strip().lower().startswith("sep="):
                first, shift = next(lines, ""), 1
            else:
                shift = 0
            reader = csv.reader(_again(first, lines), delimiter=_delimiter(first, self.name), strict=True)
            try:
                for number, row in enumerate(reader, 1 + shift):
                    cells = {column: bare(value) for column, value in enumerate(row, 1) if value}
                    if cells:
                        yield number, cells
            except csv.Error as error:
                spot = f"regel {reader.line_num + shift}"
                remedy = "Bewaar het opnieuw als 'CSV UTF-8' in het rekenblad."
                raise refused(self.path, f"Dit bestand is geen CSV ({error}).", remedy, spot) from error


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _delimiter(header: str, sheet: str) -> str:
    """The delimiter under which the header holds most known columns: that is read, not guessed."""
    known = {kolom.kop.casefold() for kolom in BLADEN[sheet].kolommen}

    def recognised(delimiter: str) -> int:
        return sum(kop.strip().strip('"').casefold() in known for kop in header.split(delimiter))

    return max(_DELIMITERS, key=recognised)


def _encoding(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return "utf-8-sig"


def _decoded(stream: IO[bytes]) -> io.TextIOWrapper:
    """The stream as text, its line ends untouched, so that a line break inside a cell stays what it is."""
    buffered = io.BufferedReader(cast("io.RawIOBase", stream))
    return io.TextIOWrapper(buffered, encoding=_encoding(buffered.peek(2)[:2]), newline="")


def _lines(path: Path, file: str, text: io.TextIOWrapper) -> Iterator[str]:
    number = 0
    try:
        while line := text.readline(MAX_LINE):
            number += 1
            if len(line) == MAX_LINE:
                raise refused(
                    path, "Dit bestand heeft een te lange regel.", "Controleer het bestand.", f"regel {number}"
                )
            yield line
    except UnicodeDecodeError as error:
        remedy = "Kies bij het bewaren 'CSV UTF-8 (door scheidingstekens gescheiden)'; Windows-1252 wordt niet geraden."
        raise SourceError(f"Dit bestand is geen UTF-8 (na regel {number}).", place=file, remedy=remedy) from error


def _sheet_of(path: Path, name: str) -> str:
    """The sheet that a file is named for."""
    stem = PurePosixPath(name).stem.casefold()
    for sheet in BLADEN:
        if sheet.casefold() == stem:
            return sheet
    remedy = "Noem het naar zijn blad: " + ", ".join(f"{sheet}.csv" for sheet in BLADEN) + "."
    raise refused(path, f"'{name}' is naar geen enkel blad genoemd.", remedy)


def _is_sheet(name: str) -> bool:
    """Whether a member is a CSV, and not what macOS keeps beside it."""
    return name.lower().endswith(".csv") and not name.startswith("__MACOSX/")


@contextmanager
def _member(path: Path, name: str) -> Iterator[IO[bytes]]:
    with zipfile.ZipFile(path) as archive, archive.open(name) as stream:
        yield stream


@contextmanager
def csv_grids(path: Path, _: Shelf) -> Iterator[list[Grid]]:
    """The sheets of a folder, a zip or a single .csv.

    Raises SourceError where a file is named for no sheet, or holds no CSV.
    """
    if path.is_dir():
        found = sorted(path.glob("*.csv"))
        yield [_Sheet(file.name, _sheet_of(path, file.name), path, partial(open_bytes, file)) for file in found]
    elif path.suffix.lower() == ".zip":
        names = sorted(name for name, _ in zip_members(path) if _is_sheet(name))
        yield [_Sheet(name, _sheet_of(path, name), path, partial(_member, path, name)) for name in names]
    else:
        yield [_Sheet(path.name, _sheet_of(path, path.name), path, partial(open_bytes, path))]
