"""ESCO: the European classification of skills, competences and occupations, under its official IRIs.

This service uses the ESCO classification of the European Commission. Three layouts are read: the Commission's CSV and
RDF, and Tabiya's tables. The version is a named graph; languages of one version meet in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import SourceError
from . import esco_csv, esco_rdf, esco_tabiya
from .esco_records import Record, said
from .source import Source

_VERSION = re.compile(r"v(\d+\.\d+\.(?:\d+|x))")
_LANGUAGE = re.compile(r"[-_(. ](nl|en|fr|de)(?:[-_). ]|$)")

LANGUAGES = {"tabiya-sample-v1.1.1": "en"}
"""Tabiya folders whose name does not say their language."""


def _files(folder: Path) -> list[str]:
    return [path.name for path in sorted(folder.iterdir()) if path.is_file()] if folder.is_dir() else []


def _holds_edition(folder: Path) -> bool:
    return bool(_files(folder)) and bool(
        esco_tabiya.tables(folder)
        or esco_rdf.files(folder)
        or any(name.startswith("occupations") for name in _files(folder))
    )


def editions(path: Path) -> Sequence[Path]:
    """The folders at or right under `path` that hold one edition each; SourceError where there is none."""
    folders = [path, *sorted(path.iterdir())] if path.is_dir() else []
    if found := [folder for folder in folders if _holds_edition(folder)]:
        return found
    remedy = "Geef een map met de CSV of RDF van ESCO, bijvoorbeeld occupations_nl.csv."
    raise SourceError("Hier staat geen uitgave van ESCO.", place=str(path), remedy=remedy)


def version(path: Path) -> str:
    """The version that the name of the folder, or else of a file in it, gives ("1.2.0"); SourceError without one.

    >>> version(Path("ESCO dataset - v1.2.0 - classification - nl - csv"))
    '1.2.0'
    """
    for name in (path.name, *_files(path)):
        if match := _VERSION.search(name):
            return match[1]
    remedy = "Noem de map naar de uitgave, bijvoorbeeld v1.2.0-nl."
    raise SourceError("De versie van ESCO staat niet in de naam van deze map.", place=str(path), remedy=remedy)


def records(path: Path) -> Iterator[Record]:
    """Everything one edition says, file after file, as a stream."""
    if esco_tabiya.tables(path).keys() & {"occupation_groups", "skill_groups"}:
        yield from esco_tabiya.records(path, _language(path))
    else:
        yield from esco_csv.records(path)
        for file in esco_rdf.files(path):
            yield from esco_rdf.records(file)


def _language(folder: Path) -> str:
    if match := _LANGUAGE.search(folder.name):
        return match[1]
    if folder.name in LANGUAGES:
        return LANGUAGES[folder.name]
    remedy = "Zet de taal in de naam van de map, bijvoorbeeld v1.1.2-fr."
    raise SourceError("De taal van deze uitgave van ESCO is niet bekend.", place=str(folder), remedy=remedy)


SOURCE = Source(
    key="esco",
    title="ESCO (European Skills, Competences, Qualifications and Occupations)",
    publisher="European Commission",
    licence="https://eur-lex.europa.eu/eli/dec/2011/833/oj",
    address="https://esco.ec.europa.eu/en/use-esco/download",
    records=records,
    said=said,
    version=version,
    editions=editions,
    expects={"Beroep": (2_900, 3_100)},
    redistributable=True,
)
