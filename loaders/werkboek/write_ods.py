"""A werkboek as an OpenDocument spreadsheet: the same sheets and pick lists; odfpy writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableCellProperties, TextProperties
from odf.table import ContentValidation, ContentValidations, Table, TableCell, TableRow
from odf.text import P, S, Tab

from .sheets import BLADEN, UITLEG, Blad, Kolom, Soort
from .write_xlsx import explained

_EMPTY_ROWS = 500
"""Rows under the last one that carry the pick lists."""


def write_ods(path: Path, rows: Iterable[tuple[Blad, list[Any]]]) -> None:
    """Write the rows, each in its sheet; the whole document is in memory, as ODF writers need."""
    document = OpenDocumentSpreadsheet()
    header = Style(name="kop", family="table-cell")
    header.addElement(TextProperties(fontweight="bold"))
    header.addElement(TableCellProperties(backgroundcolor="#dde6f0"))
    document.automaticstyles.addElement(header)
    document.spreadsheet.addElement(_validations())
    uitleg = Table(name=UITLEG)
    for explanation in explained():
        uitleg.addElement(_row([_cell(value) for value in explanation]))
    document.spreadsheet.addElement(uitleg)
    tables = {naam: _table(blad) for naam, blad in BLADEN.items()}
    for blad, values in rows:
        cells = [_cell(value, kolom) for value, kolom in zip(values, blad.kolommen, strict=True)]
        tables[blad.naam].addElement(_row(cells))
    for naam, table in tables.items():
        cells = [_cell(None, kolom) for kolom in BLADEN[naam].kolommen]
        table.addElement(_row(cells, numberrowsrepeated=_EMPTY_ROWS))
        document.spreadsheet.addElement(table)
    document.save(str(path))


def _table(blad: Blad) -> Any:
    table = Table(name=blad.naam)
    table.addElement(_row([_cell(kolom.kop, stylename="kop") for kolom in blad.kolommen]))
    return table


def _row(cells: list[Any], **attributes: Any) -> Any:
    row = TableRow(**attributes)
    for cell in cells:
        row.addElement(cell)
    return row


def _validations() -> Any:
    found = ContentValidations()
    for kolom in (kolom for blad in BLADEN.values() for kolom in blad.kolommen if kolom.soort is Soort.KEUZE):
        words = ";".join(f'"{word}"' for word in kolom.keuzes)
        condition = f"of:cell-content-is-in-list({words})"
        found.addElement(ContentValidation(name=_validation(kolom), condition=condition, allowemptycell="true"))
    return found


def _validation(kolom: Kolom) -> str:
    return f"keuze-{kolom.lijst}"


def _cell(value: Any, kolom: Kolom | None = None, **attributes: Any) -> Any:
    """A typed cell; a text keeps its blanks and line breaks (ODF 1.3 part 3, 6.1)."""
    if kolom is not None and kolom.soort is Soort.KEUZE:
        attributes["contentvalidationname"] = _validation(kolom)
    if value is None or value == "":
        return TableCell(**attributes)
    if isinstance(value, date):
        attributes |= {"valuetype": "date", "datevalue": value.isoformat()}
    elif isinstance(value, int):
        attributes |= {"valuetype": "float", "value": str(value)}
    else:
        attributes["valuetype"] = "string"
    cell = TableCell(**attributes)
    for line in str(value).split("\n"):
        cell.addElement(_paragraph(line))
    return cell


def _paragraph(line: str) -> Any:
    paragraph = P()
    for part in re.split(r"(^ +| {2,}| +$|\t)", line):
        if part == "\t":
            paragraph.addElement(Tab())
        elif part and not part.strip(" "):
            paragraph.addElement(S(c=len(part)))
        elif part:
            paragraph.addText(part)
    return paragraph
