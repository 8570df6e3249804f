"""ROME crosswalks: which ISCO-08 group (and through it which ESCO occupations) and which FAP family a ROME 3 job is in.

Only published correspondence tables are read. A suggestion by likeness is no crosswalk and is never loaded as one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
from pyoxigraph import NamedNode

from ..errors import SourceError
from ..graph.names import Names
from ..graph.statements import Finding, Place, Said, Severity, Statement
from ..graph.vocabulary import LEER, SKOS
from .esco_records import ISCO
from .files import lines, zip_members
from .rome_records import V3, iri
from .saying import named
from .source import Source

SHEET = "ROME to ISCO-08"
_COLUMNS = ("Code ROME", "Code ISCO08")
_ROME = re.compile(r"[A-N]\d{4}")
_KEYS = re.compile(r'"([^"]*)"')
_FORMATS = {"$FAP9RSQ": "", "$FAP9RAQ": "kwalificatie"}
"""The two SAS formats of the FAP table: by ROME code alone, and by ROME code with one digit for the qualification."""


class Isco(msgspec.Struct, frozen=True, gc=False):
    """A ROME job is in an ISCO-08 group; `cel` is the code as the sheet has it, a number without leading zeros."""

    place: Place
    rome: str
    cel: str


class Fap(msgspec.Struct, frozen=True, gc=False):
    """A ROME job is in a FAP family: wholly, or only at the qualifications named (digits)."""

    place: Place
    rome: str
    fap: str
    kwalificaties: str = ""


class Familie(msgspec.Struct, frozen=True, gc=False):
    """A FAP family or group and its name."""

    place: Place
    code: str
    naam: str


Record = Isco | Fap | Familie


def records(path: Path) -> Iterator[Record]:
    """The crosswalks of a folder: the ISCO workbook, the FAP passage and the names of the FAP families.

    Raises SourceError where the folder has none of them.
    """
    found = sorted(path.iterdir()) if path.is_dir() else []
    read = [(reader, file) for file in found for part, reader in _READERS.items() if part in file.name]
    if not read:
        remedy = "Geef een map met Correspondance_ROME_ISCO08.xlsx of passage_fap2009_romev3.txt."
        raise SourceError("Hier staan geen tabellen van overgangen.", place=str(path), remedy=remedy)
    for reader, file in read:
        yield from reader(file)


def _isco(path: Path) -> Iterator[Record]:
    for _ in zip_members(path):  # a workbook is a zip: every member is weighed before it is opened
        pass
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        rows = book[SHEET].iter_rows(values_only=True)
        header = [str(name or "").strip() for name in next(rows)]
        rome, code = (header.index(column) for column in _COLUMNS)
    except (KeyError, ValueError, StopIteration) as error:
        remedy = f"Verwacht wordt het blad {SHEET!r} met de kolommen {', '.join(_COLUMNS)}."
        raise SourceError(
            "Dit werkboek is niet de overgang van ROME naar ISCO.", place=path.name, remedy=remedy
        ) from error
    for number, row in enumerate(rows, 2):
        if row[rome]:
            place = Place(path.name, f"{SHEET}!A{number}")
            yield Isco(place, str(row[rome]).strip(), str(row[code] if row[code] is not None else ""))
    book.close()


def _passage(path: Path) -> Iterator[Record]:
    """The lines `"A1101","A1201" = "A0Z43"` of the two formats; "Other" lines say what has no family."""
    current: str | None = None
    for number, line in lines(path, "iso-8859-1"):
        if line.strip().lower().startswith("value"):
            current = _FORMATS.get(line.split()[1])
        keys, equals, family = line.partition("=")
        families = _KEYS.findall(family)
        if current is None or not equals or not families:
            continue
        place = Place(path.name, f"regel {number}")
        for key in _KEYS.findall(keys):
            yield Fap(place, key[:5], families[0], key[5:] if current else "")


def _families(path: Path) -> Iterator[Record]:
    """The lines `"A0Z40"="A0Z40 : Agriculteurs indépendants"`."""
    for number, line in lines(path, "iso-8859-1"):
        match _KEYS.findall(line):
            case [code, naam] if line.lstrip().startswith('"'):
                yield Familie(Place(path.name, f"regel {number}"), code, naam.removeprefix(f"{code} : ").strip())


_READERS: dict[str, Callable[[Path], Iterator[Record]]] = {
    "ROME_ISCO08": _isco,
    "passage_fap": _passage,
    "intitule_fap": _families,
}
"""The tables, by what their file names contain."""


def said(record: Record, names: Names) -> Iterator[Said]:
    """Say one correspondence.

    ISCO codes get back the zeros that a spreadsheet took. A job that is wholly in a family has it as a broader match;
    one that is in it at some qualifications only is related to it.

    >>> isco = Isco(Place("Correspondance_ROME_ISCO08.xlsx", "A2"), "K1703", "110")
    >>> [s.object.value for s in said(isco, Names()) if isinstance(s, Statement)][0]
    'http://data.europa.eu/esco/isco/C0110'
    """
    return _SAID[type(record)](record, names)


def _said_isco(record: Isco, names: Names) -> Iterator[Said]:
    beroep, code = iri(names, "rome-beroep", record.rome, V3), record.cel.strip().zfill(4)
    if _ROME.fullmatch(record.rome) and code.isdigit() and len(code) == 4:
        groep = NamedNode(ISCO + code)
        yield Statement(beroep, LEER.iscoGroep, groep)
        if code != record.cel:
            nl, en = f"ISCO-code {record.cel} aangevuld tot {code}", f"ISCO code {record.cel} padded to {code}"
            yield _finding("isco-nullen", Severity.INFO, record, nl, en, record.cel)
    else:
        nl = f"{record.rome!r} en {record.cel!r} zijn geen ROME-code en ISCO-code; niet geladen"
        en = f"{record.rome!r} and {record.cel!r} are no ROME code and ISCO code; not loaded"
        yield _finding("overgang", Severity.WARNING, record, nl, en, record.cel)


def _finding(rule: str, severity: Severity, record: Record, nl: str, en: str, value: str) -> Finding:
    return Finding(f"loader/{rule}", severity, record.place, {"nl": f"{nl}.", "en": f"{en}."}, value=value)


def _said_fap(record: Fap, names: Names) -> Iterator[Said]:
    if not _ROME.fullmatch(record.rome):
        nl, en = f"{record.rome!r} is geen ROME-code; niet geladen", f"{record.rome!r} is no ROME code; not loaded"
        yield _finding("overgang", Severity.WARNING, record, nl, en, record.rome)
        return
    beroep = iri(names, "rome-beroep", record.rome, V3)
    predicate = SKOS.relatedMatch if record.kwalificaties else SKOS.broadMatch
    yield Statement(beroep, predicate, names.iri("fap", record.fap))


def _said_familie(record: Familie, names: Names) -> Iterator[Said]:
    familie = names.iri("fap", record.code)
    yield from named(familie, SKOS.Concept, record.code, record.naam)


_SAID: dict[type, Callable[[Any, Names], Iterator[Said]]] = {
    Isco: _said_isco,
    Fap: _said_fap,
    Familie: _said_familie,
}

SOURCE = Source(
    key="rome-overgangen",
    title="ROME 3: overgangen naar ISCO-08 en FAP-2009",
    publisher="France Travail (EURES) en Dares",
    licence="https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    address="https://www.francetravail.org/opendata/repertoire-operationnel-des-meti.html",
    records=records,
    said=said,
    version=lambda _: V3,
    redistributable=True,
)
