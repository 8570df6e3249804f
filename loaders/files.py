"""Opening what somebody else made: plain, .gz or .xz, always as a stream, never trusting its size.

Every reader here yields the number of the line (or row) with what it read, and raises SourceError with file, line and
remedy. A file that unpacks to more than MAX_RATIO times its size, a line longer than MAX_LINE, an XML entity and a path
that leaves its folder are refused.
"""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from lxml import etree

from ..errors import SourceError

MAX_LINE = 32 * 2**20
"""Bytes in one line; the longest real one, a dossier in JSON, is under one MiB."""

MAX_DOCUMENT = 128 * 2**20
"""Bytes in a file that is one JSON value; larger sets are JSON Lines."""

MAX_RATIO = 250
"""Unpacked bytes for one packed byte; repetitive JSON and XML reach 60."""

FREE_BYTES = 64 * 2**20
"""Below this size the ratio is not looked at."""

_DECODER = json.JSONDecoder()

Progress = Callable[[int], None]


class _Bounded(io.RawIOBase):
    """A decompressed stream that stops when it grows out of proportion to its file."""

    def __init__(self, stream: IO[bytes], path: Path) -> None:
        self._stream, self._path = stream, path
        self._limit = max(FREE_BYTES, path.stat().st_size * MAX_RATIO)
        self._seen = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            chunk = self._stream.read(len(buffer))
        except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
            raise _error(self._path, f"kan niet uitgepakt worden ({error})", "Haal het bestand opnieuw op.") from error
        self._seen += len(chunk)
        if self._seen > self._limit:
            raise _error(
                self._path, f"pakt uit tot meer dan {self._limit} bytes", "Controleer of dit het juiste bestand is."
            )
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _error(path: Path, message: str, remedy: str, spot: str = "") -> SourceError:
    return SourceError(f"Dit bestand {message}.", place=f"{path.name}, {spot}" if spot else path.name, remedy=remedy)


def open_bytes(path: Path) -> io.BufferedReader:
    """The unpacked bytes of a plain, .gz or .xz file, as a stream.

    Raises SourceError where the file is missing, damaged or unpacks out of proportion.
    """
    try:
        if path.suffix == ".gz":
            return io.BufferedReader(_Bounded(cast("IO[bytes]", gzip.open(path, "rb")), path), 2**20)
        if path.suffix == ".xz":
            return io.BufferedReader(_Bounded(lzma.open(path, "rb"), path), 2**20)
        return path.open("rb")
    except OSError as error:
        raise _error(path, f"kan niet geopend worden ({error.strerror})", "Controleer het pad.") from error


def lines(path: Path, encoding: str = "utf-8") -> Iterator[tuple[int, str]]:
    """The lines of a text file with their number, first line 1, line ends removed."""
    with open_bytes(path) as stream:
        number = 0
        while raw := stream.readline(MAX_LINE + 1):
            number += 1
            if len(raw) > MAX_LINE:
                raise _error(path, f"heeft een regel van meer dan {MAX_LINE} bytes", "Splits het.", f"regel {number}")
            try:
                yield number, raw.decode(encoding).rstrip("\r\n")
            except UnicodeDecodeError as error:
                raise _error(path, f"is geen {encoding}", f"Bewaar het als {encoding}.", f"regel {number}") from error


def json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The JSON values of a file with one value a line, empty lines left out."""
    for number, line in lines(path):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (json.JSONDecodeError, RecursionError) as error:
                raise _error(path, f"is geen JSON ({error})", "Haal het opnieuw op.", f"regel {number}") from error


def json_items(path: Path) -> Iterator[tuple[int, Any]]:
    """The values of a JSON array with their index, one at a time, so that memory stays flat; another value is item 0.

    Raises SourceError for what is no JSON, and for one item of more than MAX_LINE characters.
    """
    index = 0
    try:
        with open_bytes(path) as stream, io.TextIOWrapper(stream, "utf-8-sig") as characters:
            for index, value in enumerate(_values(characters), 1):
                yield index - 1, value
    except (ValueError, RecursionError) as error:
        raise _error(path, f"is geen JSON ({error})", "Haal het opnieuw op.", f"/{index}") from error


def _values(characters: IO[str]) -> Iterator[Any]:
    buffer = characters.read(2**16).lstrip()
    array = buffer.startswith("[")
    buffer = buffer.removeprefix("[")
    while True:
        buffer = buffer.lstrip(", \t\r\n")
        if array and buffer.startswith("]"):
            return
        value, buffer = _next_value(buffer, characters)
        yield value
        if not array:
            return


def _next_value(buffer: str, characters: IO[str]) -> tuple[Any, str]:
    """The value that the buffer begins with, read on until it is whole, and what is left of the buffer."""
    end = False
    while True:
        try:
            value, stop = _DECODER.raw_decode(buffer)
            if stop < len(buffer) or end:
                return value, buffer[stop:]
        except json.JSONDecodeError:
            if end or len(buffer) > MAX_LINE:
                raise
        more = characters.read(max(2**16, len(buffer)))
        buffer, end = buffer + more, not more


def _csv(path: Path, delimiter: str, encoding: str, *, short: bool = False) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file, the header first, all of the header's width; empty lines are left out."""
    csv.field_size_limit(MAX_LINE)
    reader = csv.reader((line + "\n" for _, line in lines(path, encoding)), delimiter=delimiter, strict=True)
    width = 0
    try:
        for row in reader:
            if not row:
                continue
            if not width:
                width = len(row)
            elif short and len(row) < width:
                row += [""] * (width - len(row))
            elif len(row) != width:
                remedy = f"Deze rij heeft {len(row)} velden, de kop {width}."
                raise _error(path, "heeft een rij met een ander aantal velden", remedy, f"regel {reader.line_num}")
            yield reader.line_num, row
    except csv.Error as error:
        raise _error(path, f"is geen CSV ({error})", "Bewaar het opnieuw.", f"regel {reader.line_num}") from error


def json_document(path: Path) -> Any:
    """The one JSON value that a file holds; SourceError where it is not JSON or larger than MAX_DOCUMENT."""
    with open_bytes(path) as stream:
        content = stream.read(MAX_DOCUMENT + 1)
    if len(content) > MAX_DOCUMENT:
        raise _error(path, f"is groter dan {MAX_DOCUMENT} bytes", "Bewaar het als JSON Lines, een antwoord per regel.")
    try:
        return json.loads(content)
    except (json.JSONDecodeError, RecursionError, UnicodeDecodeError) as error:
        raise _error(path, f"is geen JSON ({error})", "Haal het opnieuw op.") from error


def csv_rows(path: Path, *, delimiter: str = ",", encoding: str = "utf-8-sig") -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with a header, each with the line where it ends; quoted line breaks are kept."""
    rows = _csv(path, delimiter, encoding)
    header = [name.strip() for name in next(rows, (0, []))[1]]
    for number, row in rows:
        yield number, dict(zip(header, row, strict=True))


def csv_columns(
    path: Path,
    columns: Sequence[str],
    *,
    optional: Sequence[str] = (),
    delimiter: str = ",",
    encoding: str = "utf-8",
    short: bool = False,
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The named columns of each row, in that order, then the optional ones (empty where the file has no such column).

    Three times as fast as a dictionary a row, and a column that a file lacks is one error at its head. A byte order
    mark is accepted; `short` accepts rows that leave out empty fields at their end. Raises SourceError that names the
    missing columns.
    """
    rows = _csv(path, delimiter, encoding, short=short)
    header = [name.strip().removeprefix("\ufeff").strip('"') for name in next(rows, (0, []))[1]]
    if missing := [name for name in columns if name not in header]:
        remedy = f"De kop is: {', '.join(header)}."
        raise _error(path, f"mist de kolom {', '.join(missing)}", remedy, "regel 1")
    places = [header.index(name) if name in header else len(header) for name in (*columns, *optional)]
    for number, row in rows:
        row.append("")
        yield number, tuple([row[place] for place in places])


def refuse_doctype(path: Path) -> None:
    """A DOCTYPE is refused before the root is read: no source has one, and every entity attack needs it.

    Raises SourceError; what is no XML at all is left to the parser that reads it after this.
    """
    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False)
    with open_bytes(path) as stream, contextlib.suppress(etree.XMLSyntaxError):
        while chunk := stream.read(2**16):
            parser.feed(chunk)
            for _, root in parser.read_events():
                if cast("etree._Element", root).getroottree().docinfo.internalDTD is not None:
                    raise _error(path, "bevat een DTD", "Verwijder de DOCTYPE; entiteiten worden niet uitgevouwen.")
                return


def xml_elements(path: Path, *tags: str) -> Iterator[tuple[int, etree._Element]]:
    """Each element of those names with its line; entities are not expanded and memory stays flat."""
    try:
        refuse_doctype(path)
        with open_bytes(path) as stream:
            for _, element in etree.iterparse(
                stream, tag=tags, resolve_entities=False, no_network=True, load_dtd=False
            ):
                yield int(element.sourceline or 0), element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        spot = f"regel {error.lineno}" if error.lineno else ""
        raise _error(path, f"is geen geldige XML ({error.msg})", "Haal het opnieuw op.", spot) from error


def zip_members(path: Path) -> Generator[tuple[str, IO[bytes]], None, None]:
    """The files in a zip, safest first: no absolute path, no '..', no member out of proportion."""
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                member = PurePosixPath(info.filename.replace("\\", "/"))
                if member.is_absolute() or ".." in member.parts:
                    raise _error(path, f"bevat het pad {info.filename!r}", "Maak het archief opnieuw.")
                if info.file_size > max(FREE_BYTES, info.compress_size * MAX_RATIO):
                    raise _error(path, f"bevat {info.filename!r}, dat te ver uitpakt", "Controleer het archief.")
                if not info.is_dir():
                    with archive.open(info) as stream:
                        yield info.filename, stream
    except (RuntimeError, NotImplementedError, zlib.error) as error:
        raise _error(path, f"bevat wat niet uitgepakt kan worden ({error})", "Maak het archief opnieuw.") from error
    except zipfile.BadZipFile as error:
        raise _error(path, "is geen zip", "Haal het opnieuw op.") from error
