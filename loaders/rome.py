"""ROME: France Travail's register of jobs, the model on which Competent was built; third and fourth generation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..errors import SourceError
from ..graph.statements import Finding, Place, Severity
from .rome_csv import V3, V4, Reader
from .rome_records import Record, said
from .rome_sheet import Known, Sheet
from .rome_xml import XML
from .source import Source

_NAME = re.compile(
    r"unix_(?P<table>\w+?)_v(?P<release>\d{3})_(?:utf8|complete|iso8859-15)\.(?P<format>csv|xml)(?:\.[gx]z)?"
)
_ABOUT = {"version.txt", "readme.md"}


class Part(NamedTuple):
    """A file of a release, by the table it holds."""

    table: str
    release: str
    format: str
    path: Path


def _parts(folder: Path) -> list[Part]:
    named = ((_NAME.fullmatch(path.name), path) for path in sorted(folder.iterdir()))
    return [Part(match["table"], match["release"], match["format"], path) for match, path in named if match]


def editions(path: Path) -> Sequence[Path]:
    """The folders at or right under `path` that hold one release each.

    Raises SourceError where there is none, and where `path` is no folder.
    """
    folders = [path, *sorted(path.iterdir())] if path.is_dir() else []
    if found := [folder for folder in folders if folder.is_dir() and _parts(folder)]:
        return found
    raise SourceError(
        "Hier staat geen ROME-release.",
        place=str(path),
        remedy="Geef een map met bestanden als unix_referentiel_code_rome_v460_utf8.csv.",
    )


def version(path: Path) -> str:
    """The release of a folder, from the names of its files ("460"); SourceError where they are of several."""
    releases = {part.release for part in _parts(path)} if path.is_dir() else set()
    if len(releases) == 1:
        return releases.pop()
    raise SourceError(
        f"Deze map heeft bestanden van {', '.join(sorted(releases)) or 'geen enkele'} release.",
        place=str(path),
        remedy="Geef elke release een eigen map.",
    )


def records(path: Path) -> Iterator[Record]:
    """Everything one release says, table after table, what describes before what refers; memory stays flat."""
    release, parts, known = version(path), _parts(path), Known()
    readers = _readers(parts[0])
    for table, reader in readers.items():
        for part in parts:
            if part.table == table:
                sheet = Sheet(part.path, table, release, known)
                yield from reader(sheet)
                yield from sheet.findings()
    read = {part.path for part in parts if part.table in readers}
    yield from (
        _unread(file) for file in sorted(path.iterdir()) if file.is_file() and file not in read and not _about(file)
    )


def _readers(part: Part) -> dict[str, Reader]:
    if part.format == "xml":
        return XML
    try:
        return {"3": V3, "4": V4}[part.release[0]]
    except KeyError:
        remedy = "Leerbrug kent de generaties 3 (v3nn) en 4 (v4nn)."
        raise SourceError(
            f"Generatie {part.release[0]} van ROME is onbekend.", place=part.path.name, remedy=remedy
        ) from None


def _about(file: Path) -> bool:
    return file.name.lower() in _ABOUT


def _unread(file: Path) -> Finding:
    message = {
        "nl": "Dit bestand is niet gelezen: Leerbrug kent deze tabel niet.",
        "en": "This file was not read: Leerbrug does not know this table.",
    }
    return Finding("loader/niet-gelezen", Severity.WARNING, Place(file.name), message, value=file.name)


SOURCE = Source(
    key="rome",
    title="ROME (Répertoire opérationnel des métiers et des emplois)",
    publisher="France Travail",
    licence="https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    address="https://www.francetravail.org/opendata/repertoire-operationnel-des-meti.html",
    records=records,
    said=said,
    version=version,
    editions=editions,
    expects={"Beroep": (530, 1700), "Beroepsitem": (9_000, 36_000)},
    redistributable=True,
)
