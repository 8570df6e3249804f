"""RNCP: France's register of professional standards (fiches), from its CSV export or its XML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import SourceError
from .rncp_files import READERS, Reading, table
from .rncp_records import Record, said
from .source import Source

_DATE = re.compile(r"(20\d\d)[-_]?(\d\d)[-_]?(\d\d)")


def _tables(folder: Path) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file() and (name := table(path)):
            found.setdefault(name, []).append(path)
    return found


def editions(path: Path) -> Sequence[Path]:
    """The folders at or right under `path` that hold one export each; SourceError where there is none."""
    folders = [path, *sorted(path.iterdir())] if path.is_dir() else []
    if found := [folder for folder in folders if _tables(folder)]:
        return found
    remedy = "Geef de uitgepakte map van export-fiches-csv, of de map met export_fiches_RNCP_V2_0.xml."
    raise SourceError("Hier staat geen export van RNCP.", place=str(path), remedy=remedy)


def version(path: Path) -> str:
    """The date of the export, from the names of its files ("2026-02-01"); of the kit only where it stands alone."""
    tables = _tables(path)
    names = [file.name for name, files in tables.items() for file in files if name != "kit_apprentissage"]
    names += [file.name for file in tables.get("kit_apprentissage", ())]
    for name in names:
        if match := _DATE.search(name):
            return "-".join(match.groups())
    remedy = "Bewaar de namen van de bestanden, met hun datum."
    raise SourceError("De datum van deze export van RNCP is niet bekend.", place=str(path), remedy=remedy)


def records(path: Path) -> Iterator[Record]:
    """Everything one export says, file after file, titles first, then the findings about it as a whole."""
    tables, reading = _tables(path), Reading()
    for name, reader in READERS.items():
        for file in tables.get(name, ()):
            yield from reader(file, reading)
    yield from reading.findings()


SOURCE = Source(
    key="rncp",
    title="RNCP (Répertoire national des certifications professionnelles)",
    publisher="France compétences",
    licence="https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    address="https://www.data.gouv.fr/fr/datasets/repertoire-national-des-certifications-professionnelles-et-repertoire-specifique/",
    records=records,
    said=said,
    version=version,
    editions=editions,
    expects={"Beroepsstandaard": (4_000, 40_000)},
    redistributable=True,
)
