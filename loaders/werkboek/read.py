"""Reading a werkboek: every row becomes a record with its cells, everything that does not fit becomes a finding.

All findings of a workbook come out, not only the first; only a file that is no workbook at all stops the reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import msgspec

from ...graph.statements import Finding, Place
from .cells import Field, field, nearest
from .grid import Faulty, Grid, Row, letter
from .guard import refused
from .ods import ods_grids
from .remarks import remark
from .sheets import BLADEN, UITLEG, Blad, Inhoud, Kolom, Soort
from .shelf import Link, Shelf
from .text import csv_grids
from .xlsx import xlsx_grids

_MAX_SUGGESTIONS = 200
"""Looking for the nearest code reads all codes; after this many times a person has seen enough."""

_KINDS: Mapping[str, Callable[[Path, Shelf], AbstractContextManager[list[Grid]]]] = {
    ".xlsx": xlsx_grids,
    ".xlsm": xlsx_grids,
    ".ods": ods_grids,
    ".csv": csv_grids,
    ".zip": csv_grids,
    "": csv_grids,
}

Known = Callable[[tuple[str, ...], str], bool]
"""Whether one of those sheets' codes is already known elsewhere, in a release for example."""


class Rij(msgspec.Struct, frozen=True):
    """One row: what it says, and the cell of each field."""

    place: Place
    inhoud: Inhoud
    nummer: int
    letters: Mapping[str, str]

    def cel(self, veld: str = "") -> str:
        """The cell of that field, or the first cell of the row, as a spreadsheet names it: ``Kennis!D17``."""
        column = self.letters.get(veld) or next(iter(self.letters.values()))
        return f"{BLAD_NAMEN[type(self.inhoud)]}!{column}{self.nummer}"


BLAD_NAMEN = {blad.inhoud: blad.naam for blad in BLADEN.values()}


class Opmerking(msgspec.Struct, frozen=True):
    """What is wrong in the workbook, in the stream of records; of which sheet and, if legible, row."""

    place: Place
    finding: Finding
    blad: str = ""
    code: str = ""


def records(path: Path, known: Known | None = None) -> Iterator[Rij | Opmerking]:
    """The rows and the remarks of a workbook (.xlsx, .ods) or of CSV (folder, .zip, .csv), as a stream.

    `known` tells which codes exist outside the workbook; without it, links to other sources are not looked at. Raises
    SourceError where the file as a whole cannot be read as a werkboek.
    """
    with Shelf() as shelf, _grids(path, shelf) as grids:
        for grid in grids:
            yield from _grid(grid, shelf)
        yield from _loose(shelf, known)


def sheets(path: Path) -> frozenset[str]:
    """The names of the known sheets that a workbook has, filled or not."""
    with Shelf() as shelf, _grids(path, shelf) as grids:
        return frozenset(grid.name for grid in grids if _blad(grid))


@contextmanager
def _grids(path: Path, shelf: Shelf) -> Iterator[list[Grid]]:
    kind = _KINDS.get("" if path.is_dir() else path.suffix.lower())
    if kind is None or (path.suffix == "" and not path.is_dir()):
        raise refused(path, "Dit is geen werkboek.", "Geef een .xlsx, .ods of .csv, of een map of .zip met .csv's.")
    with kind(path, shelf) as grids:
        if not any(_blad(grid) for grid in grids):
            remedy = f"Maak er een met 'leerbrug sjabloon'; het heeft de bladen {', '.join(BLADEN)}."
            raise refused(path, "Dit werkboek heeft geen enkel blad met een bekende naam.", remedy)
        yield grids


def _blad(grid: Grid) -> Blad | None:
    return BLADEN.get(grid.name)


def _grid(grid: Grid, shelf: Shelf) -> Iterator[Rij | Opmerking]:
    blad = _blad(grid)
    if blad is None:
        if grid.name != UITLEG:
            near = nearest(grid.name, list(BLADEN))
            yield _remark(remark("onbekend-blad", Place(grid.file, f"{grid.name}!A1"), value=grid.name, near=near))
        return
    rows = iter(grid.rows())
    header = next(rows, None)
    if header is None:
        return
    columns, remarks, complete = _header(header, blad, grid.file)
    for finding in remarks:
        yield Opmerking(finding.place, finding, "" if complete else blad.naam)
    if complete:
        letters = {kolom.veld: letter(column) for column, kolom in sorted(columns.items())}
        for row in rows:
            yield from _row(row, columns, letters, blad, grid.file, shelf)


def _remark(finding: Finding) -> Opmerking:
    return Opmerking(finding.place, finding)


def _header(row: Row, blad: Blad, file: str) -> tuple[dict[int, Kolom], list[Finding], bool]:
    """The columns by their header, the remarks about it, and whether every required column is there."""
    number, cells = row
    by_kop = {kolom.kop.casefold(): kolom for kolom in blad.kolommen}
    columns: dict[int, Kolom] = {}
    unknown: dict[int, str] = {}
    remarks: list[Finding] = []
    for column, value in sorted(cells.items()):
        place = Place(file, f"{blad.naam}!{letter(column)}{number}")
        kolom = None if isinstance(value, Faulty) else by_kop.get(str(value).strip().casefold())
        if isinstance(value, Faulty):
            remarks.extend(field(value, blad.kolommen[0], place)[1])
        elif kolom is None:
            unknown[column] = str(value).strip()
        elif kolom in columns.values():
            remarks.append(remark("dubbele-kolom", place, value=kolom.kop))
        else:
            columns[column] = kolom
    absent = [kolom for kolom in blad.kolommen if kolom not in columns.values()]
    for column, value in unknown.items():
        place = Place(file, f"{blad.naam}!{letter(column)}{number}")
        near = nearest(value, [kolom.kop for kolom in absent])
        remarks.append(remark("onbekende-kolom", place, value=value, near=near))
    required = [kolom for kolom in absent if kolom.verplicht]
    for kolom in required:
        near = nearest(kolom.kop, list(unknown.values()))
        column = next((one for one, value in unknown.items() if value == near), 1)
        place = Place(file, f"{blad.naam}!{letter(column)}{number}")
        remarks.append(remark("kolom-ontbreekt", place, column=kolom.kop, near=near))
    return columns, remarks, not required


def _row(
    row: Row, columns: Mapping[int, Kolom], letters: Mapping[str, str], blad: Blad, file: str, shelf: Shelf
) -> Iterator[Rij | Opmerking]:
    number, cells = row
    if not any(column in cells for column in columns) or all(_blank(value) for value in cells.values()):
        return
    values: dict[str, Field] = {}
    remarks: list[Finding] = []
    for column, kolom in columns.items():
        place = Place(file, f"{blad.naam}!{letter(column)}{number}")
        value, found = field(cells.get(column), kolom, place)
        remarks.extend(found)
        if value is not None:
            values[kolom.veld] = value
    code = blad.code(values) if all(veld in values for veld in blad.sleutel) else ""
    for finding in remarks:
        yield Opmerking(finding.place, finding, blad.naam, code)
    place = Place(file, f"{blad.naam}!{letters[blad.sleutel[-1]]}{number}")
    if code and (earlier := shelf.add_code(blad.naam, code, place.spot)):
        yield Opmerking(place, remark("dubbele-code", place, value=code, near=earlier), blad.naam, code)
    elif all(kolom.veld in values for kolom in columns.values() if kolom.verplicht):
        rij = Rij(Place(file), msgspec.convert(values, type=blad.inhoud), number, letters)
        _keep_links(rij, columns.values(), shelf)
        yield rij


def _blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


def _keep_links(rij: Rij, columns: Iterable[Kolom], shelf: Shelf) -> None:
    """The codes that must be a row elsewhere are looked at when all sheets have been read."""
    for kolom in columns:
        if kolom.verwijst:
            value = getattr(rij.inhoud, kolom.veld)
            for one in value if kolom.soort is Soort.CODES else filter(None, (value,)):
                shelf.add_link(Link(rij.place.file, rij.cel(kolom.veld), one, kolom.verwijst, kolom.elders))


def _loose(shelf: Shelf, known: Known | None) -> Iterator[Opmerking]:
    """A remark for every code that is no row of the sheet where it must be, and is not known elsewhere."""
    suggestions = 0
    for link in shelf.loose_links():
        if known(link.targets, link.code) if known else link.elders:
            continue
        suggestions += 1
        near = nearest(link.code, shelf.codes(link.targets), 75) if suggestions <= _MAX_SUGGESTIONS else ""
        where = " of ".join(link.targets)
        place = Place(link.file, link.spot)
        rule = "onbekende-code" if link.elders else "onbekende-ouder"
        yield _remark(remark(rule, place, value=link.code, column=where, near=near))
