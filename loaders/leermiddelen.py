"""OSLO Leermiddelen: goals of the government and of the umbrella bodies, with curricula, topics and levels (XLSX).

A goal of the government (AHOVOKS) is an Onderwijsdoel; one of an umbrella body is a Leerplandoel, which treats the
goals of the government that it specialises or repeats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import msgspec
import openpyxl
from pyoxigraph import Literal, NamedNode

from ..errors import SourceError
from ..graph.names import Names
from ..graph.statements import Finding, Place, Said, Severity, Statement, text
from ..graph.vocabulary import DCTERMS, LEER, RDF, SKOS
from .files import zip_members
from .source import Source

OVERHEID = "OV"
"""The agent whose goals are laid down by decree; every other agent is an umbrella body of schools."""


class Rij(msgspec.Struct, frozen=True):
    """A row: its sheet, its agent, and its cells by the name of their column, trimmed, empty ones left out."""

    place: Place
    blad: str
    instelling: str
    cellen: dict[str, str]
    bekend: frozenset[str] = frozenset()
    geknipt: bool = False
    """Whether blanks around the code were left out."""


Record = Rij | Finding

SHEETS = ("Agent", "Onderwerp", "Opleidingsniveau", "CombLeerdoelOpleidingsniveau", "Leerplan", "Doel")
"""The sheets that are read, what describes before what refers."""


def records(path: Path) -> Iterator[Record]:
    """The rows of every workbook in a folder, or of one; a code that stands twice in a sheet is a finding.

    Raises SourceError where there is no workbook or none of its sheets is known.
    """
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*.xlsx"))
    if not files:
        raise SourceError("Hier staan geen werkboeken.", place=str(path), remedy="Geef een map met ov.xlsx.")
    known = frozenset(row.cellen["CODE"] for file in files for row in _rows(file, frozenset()) if row.blad == "Doel")
    for file in files:
        seen: set[tuple[str, str]] = set()
        for row in _rows(file, known):
            key = (row.blad, row.cellen["CODE"])
            if key in seen:
                yield _twice(row)
            seen.add(key)
            yield row


def _rows(path: Path, known: frozenset[str]) -> Iterator[Rij]:
    for _ in zip_members(path):  # a workbook is a zip: every member is weighed before it is opened
        pass
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    if not (sheets := [name for name in SHEETS if name in book.sheetnames]):
        remedy = f"Verwacht wordt een van de bladen {', '.join(SHEETS)}."
        raise SourceError("Dit werkboek heeft geen bekend blad.", place=path.name, remedy=remedy)
    agent = path.stem.upper()
    for sheet in sheets:
        rows = book[sheet].iter_rows(values_only=True)
        header = [str(name or "") for name in next(rows, ())]
        for number, row in enumerate(rows, 2):
            cells = {name: str(cell).strip() for name, cell in zip(header, row, strict=False) if cell is not None}
            if cells.get("CODE"):
                agent = cells["CODE"] if sheet == "Agent" else agent
                cut = any(
                    name == "CODE" and str(cell) != cells["CODE"] for name, cell in zip(header, row, strict=False)
                )
                yield Rij(Place(path.name, f"{sheet}!A{number}"), sheet, agent, cells, known, cut)
    book.close()


def _twice(row: Rij) -> Finding:
    code = row.cellen["CODE"]
    message = {
        "nl": f"Code {code} staat meer dan eens in het blad {row.blad}.",
        "en": f"Code {code} stands more than once in the sheet {row.blad}.",
    }
    return Finding("loader/code-dubbel", Severity.WARNING, row.place, message, value=code)


def said(record: Record, names: Names) -> Iterator[Said]:
    """Say one row.

    >>> rij = Rij(Place("ov.xlsx", "Doel!A2"), "Doel", "OV", {"CODE": "06.01", "beschrijving": "Rekenen (gist)"})
    >>> next(said(rij, Names())).subject.value.rpartition("/id/")[2]
    'onderwijsdoel/06.01'
    """
    if isinstance(record, Finding):
        return iter((record,))
    return chain(_blank(record) if record.geknipt else (), _SAID[record.blad](record, names))


def _blank(row: Rij) -> Iterator[Finding]:
    code = row.cellen["CODE"]
    message = {
        "nl": f"Rond code {code!r} staat een overbodige blanco; hersteld.",
        "en": f"Code {code!r} has a needless blank around it; repaired.",
    }
    yield Finding("loader/blanco", Severity.WARNING, row.place, message, value=code)


def _is(node: NamedNode, klass: NamedNode, row: Rij, label: str) -> Iterator[Statement]:
    yield Statement(node, RDF.type, klass)
    yield Statement(node, LEER.code, Literal(row.cellen["CODE"]))
    if name := row.cellen.get(label):
        yield Statement(node, SKOS.prefLabel, text(" ".join(name.split())))


def _many(row: Rij, column: str) -> list[str]:
    """The codes in a cell that holds several, with '|' between them."""
    return [part.strip() for part in row.cellen.get(column, "").split("|") if part.strip()]


def _agent(row: Rij, names: Names) -> Iterator[Said]:
    yield from _is(names.iri("organisatie", row.instelling), DCTERMS.Agent, row, "naam")


def _onderwerp(row: Rij, names: Names) -> Iterator[Said]:
    node = names.iri("onderwijsonderwerp", row.cellen["CODE"])
    yield from _is(node, SKOS.Concept, row, "naam")
    yield from _niveaus(node, row, names)


def _opleidingsniveau(row: Rij, names: Names) -> Iterator[Said]:
    node = names.iri("opleidingsniveau", row.cellen["CODE"])
    yield from _is(node, SKOS.Concept, row, "naam")
    for breder in _many(row, "isSpecialisatieVan"):
        yield Statement(node, SKOS.broader, names.iri("opleidingsniveau", breder))


def _niveaus(node: NamedNode, row: Rij, names: Names) -> Iterator[Said]:
    for niveau in _many(row, "niveau"):
        yield Statement(node, LEER.onderwijsniveau, names.iri("opleidingsniveau", niveau))


def _doelenset(row: Rij, names: Names) -> Iterator[Said]:
    node = names.iri("onderwijsdoelenset", row.instelling, row.cellen["CODE"])
    yield from _is(node, LEER.Onderwijsdoelenset, row, "naam")
    yield from _niveaus(node, row, names)
    if row.cellen.get("collectiedoeltype") and row.cellen.get("collectiedoel") == "Sleutelcompetentie":
        yield Statement(node, LEER.sleutelcompetentie, text(row.cellen["collectiedoeltype"]))


def _leerplan(row: Rij, names: Names) -> Iterator[Said]:
    node = names.iri("leerplan", row.instelling, row.cellen["CODE"])
    yield from _is(node, LEER.Leerplan, row, "naam")
    yield from _niveaus(node, row, names)
    yield Statement(node, DCTERMS.creator, names.iri("organisatie", row.instelling))


def _doel(row: Rij, names: Names) -> Iterator[Said]:
    overheid = row.instelling == OVERHEID
    node = _doel_iri(row.instelling, row.cellen["CODE"], names)
    yield from _is(node, LEER.Onderwijsdoel if overheid else LEER.Leerplandoel, row, "beschrijving")
    yield Statement(node, DCTERMS.creator, names.iri("organisatie", row.instelling))
    for onderwerp in _many(row, "onderwerp"):
        yield Statement(node, DCTERMS.subject, names.iri("onderwijsonderwerp", onderwerp))
    for verzameling in _many(row, "eigenCombinatieLeerdoelOpleidingsniveau"):
        yield Statement(node, LEER.deelVan, names.iri("onderwijsdoelenset", row.instelling, verzameling))
    yield from _niveaus(node, row, names)
    for column, predicate in (("isSpecialisatieVan", SKOS.broader), ("hetzelfde", SKOS.exactMatch)):
        for code in _many(row, column):
            yield from _treats(row, node, predicate, code, names)


def _doel_iri(instelling: str, code: str, names: Names) -> NamedNode:
    return names.iri("onderwijsdoel", code) if instelling == OVERHEID else names.iri("leerplandoel", instelling, code)


def _treats(row: Rij, node: NamedNode, predicate: NamedNode, code: str, names: Names) -> Iterator[Said]:
    other = _doel_iri(OVERHEID, code, names)
    yield Statement(node, predicate, other)
    yield Statement(node, LEER.behandelt, other)
    if code not in row.bekend:
        message = {
            "nl": f"Doel {code} staat in geen van deze werkboeken; de verwijzing blijft staan.",
            "en": f"Goal {code} stands in none of these workbooks; the reference is kept.",
        }
        yield Finding("loader/zwevende-verwijzing", Severity.WARNING, row.place, message, node.value, code)


_SAID: dict[str, Callable[[Rij, Names], Iterator[Said]]] = {
    "Agent": _agent,
    "Onderwerp": _onderwerp,
    "Opleidingsniveau": _opleidingsniveau,
    "CombLeerdoelOpleidingsniveau": _doelenset,
    "Leerplan": _leerplan,
    "Doel": _doel,
}

SOURCE = Source(
    key="onderwijsdoelen",
    title="OSLO Leermiddelen: onderwijsdoelen en leerplannen",
    publisher="Digitaal Vlaanderen, AHOVOKS en de onderwijskoepels",
    licence="https://opensource.org/license/mit",
    address="https://data.vlaanderen.be/standaarden/applicatieprofiel-leermiddelen",
    records=records,
    said=said,
    expects={"Onderwijsdoel": (50, 20_000)},
    redistributable=True,
)
