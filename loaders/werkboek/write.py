"""Writing a werkboek: the empty template, or records as a person can change them, in .xlsx, .ods or CSV.

What is written is read back equal. The file is made beside its place and moved there when it is complete.
"""

from __future__ import annotations

import csv
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from ...errors import InputError
from .injection import harmless
from .sheets import BLADEN, Blad, Inhoud, Kolom, Soort, key
from .write_ods import write_ods
from .write_xlsx import write_xlsx

MAX_CELL = 32767
"""Characters in one cell of a spreadsheet."""

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

Shown = str | int | date | None
Rows = Iterable[tuple[Blad, list[Shown]]]


def write(path: Path, inhouden: Iterable[Inhoud] = ()) -> Path:
    """Write the records as a werkboek, one sheet a kind; without records it is the template.

    The ending says what is made: .xlsx, .ods, .zip (one CSV a sheet) or a folder (no ending). Raises InputError where
    the ending is another, or a text does not fit in a cell.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise InputError(
            f"'{path.suffix}' is geen soort werkboek.", place=path.name, remedy="Kies .xlsx, .ods of .zip."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".werkboek-") as folder:
        made = Path(folder) / (path.name or "werkboek")
        writer(made, _rows(inhouden))
        if made.is_dir():
            shutil.copytree(made, path, dirs_exist_ok=True)
        else:
            made.replace(path)
    return path


def _rows(inhouden: Iterable[Inhoud]) -> Iterator[tuple[Blad, list[Shown]]]:
    for inhoud in inhouden:
        naam, code = key(inhoud)
        blad = BLADEN[naam]
        yield blad, [_checked(shown(inhoud, kolom), blad, code, kolom) for kolom in blad.kolommen]


def shown(inhoud: Inhoud, kolom: Kolom) -> Shown:
    """What the cell of that column shows.

    >>> from .sheets import Kennis
    >>> shown(Kennis(hoort_bij="bkc0044869", nr=1, diepte="basiskennis", tekst="Frans"), BLADEN["Kennis"].kolommen[2])
    'Basiskennis'
    """
    value = getattr(inhoud, kolom.veld)
    if kolom.soort is Soort.CODES:
        return "; ".join(value)
    if kolom.soort is Soort.REGELS:
        return "\n".join(value)
    if kolom.soort is Soort.KEUZE and value:
        return next(word for word, code in kolom.keuzes.items() if code == value)
    return value or None


def _checked(value: Shown, blad: Blad, code: str, kolom: Kolom) -> Shown:
    place = f"{blad.naam}, {code}, {kolom.kop}"
    if isinstance(value, str) and len(value.encode("utf-16-le")) // 2 > MAX_CELL:
        message = f"De tekst is langer dan een cel toelaat ({MAX_CELL} tekens)."
        raise InputError(message, place=place, remedy="Kort de tekst in of kies een andere uitvoer.")
    if isinstance(value, str) and (found := _UNWRITABLE.search(value)):
        message = f"De tekst bevat het stuurteken U+{ord(found[0]):04X}."
        raise InputError(message, place=place, remedy="Verbeter de tekst in de bron.")
    return value


def _write_folder(path: Path, rows: Rows) -> None:
    """One CSV a sheet: ';' between, as a Belgian spreadsheet reads it, UTF-8 with its mark, no cell a formula."""
    path.mkdir()
    streams = {naam: (path / f"{naam}.csv").open("w", encoding="utf-8-sig", newline="") for naam in BLADEN}
    try:
        writers = {naam: csv.writer(stream, delimiter=";") for naam, stream in streams.items()}
        for naam, blad in BLADEN.items():
            writers[naam].writerow([kolom.kop for kolom in blad.kolommen])
        for blad, values in rows:
            writers[blad.naam].writerow(["" if value is None else harmless(str(value)) for value in values])
    finally:
        for stream in streams.values():
            stream.close()


def _write_zip(path: Path, rows: Rows) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        _write_folder(Path(folder) / "csv", rows)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for naam in BLADEN:
                info = zipfile.ZipInfo(f"{naam}.csv", date_time=(1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                with archive.open(info, "w") as member, (Path(folder) / "csv" / f"{naam}.csv").open("rb") as stream:
                    shutil.copyfileobj(stream, member)


_WRITERS: Mapping[str, Callable[[Path, Rows], None]] = {
    ".xlsx": write_xlsx,
    ".ods": write_ods,
    ".zip": _write_zip,
    "": _write_folder,
}
