"""The user's own workbook handed back: a comment at each cell that a finding names, and a sheet with all findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from ..errors import InputError
from ..graph.statements import Finding, Severity
from .report import ERNST, Report

CELL = re.compile(r"(?P<sheet>.+)!(?P<cell>[A-Z]{1,3}[1-9]\d*)")
FILL = {Severity.VIOLATION: "F4B6B6", Severity.WARNING: "FCE5B0", Severity.INFO: "D6E4F5"}
SHEET = "Bevindingen"
HEADER = ("Ernst", "Plaats", "Wat", "Waarde", "Wat doen")

Sheets = Iterable[tuple[str, Iterable[tuple[int, int, Any]]]]
"""Sheets by name, each with its cells: row, column, value."""


def annotate(original: Path, report: Report, into: Path, language: str = "nl") -> None:
    """Write a copy of an .xlsx with the findings in it; the original stays as it is.

    Raises InputError for a file that is not an .xlsx.
    """
    try:
        book = load_workbook(original)
    except (InvalidFileException, BadZipFile, KeyError, OSError) as error:
        raise InputError("Dit is geen .xlsx.", place=original.name, remedy="Bewaar het als .xlsx.") from error
    _annotate(book, report, original.name, language)
    book.save(into)


def annotate_copy(sheets: Sheets, name: str, report: Report, into: Path, language: str = "nl") -> None:
    """Write what another kind of workbook (.ods, .csv) holds as an .xlsx with the findings in it."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, cells in sheets:
        sheet = book.create_sheet(title)
        for row, column, value in cells:
            sheet.cell(row, column).value = value
    _annotate(book, report, name, language)
    book.save(into)


def _annotate(book: Workbook, report: Report, name: str, language: str) -> None:
    for sheet, cell, found in _by_cell(report, name, book.sheetnames):
        target = book[sheet][cell]
        words = [_words(finding, language) for finding in found]
        if target.comment is not None:
            words.insert(0, target.comment.text)
        target.comment = Comment("\n\n".join(words), "Leerbrug", width=360, height=60 + 60 * len(words))
        target.fill = PatternFill("solid", fgColor=FILL[found[0].severity])
    _list_all(book, report, language)


def _by_cell(report: Report, name: str, sheets: Sequence[str]) -> Iterator[tuple[str, str, list[Finding]]]:
    """The findings of this file that name a cell, gathered by cell; the gravest of a cell comes first."""
    cells: dict[tuple[str, str], list[Finding]] = {}
    for finding in report.findings:
        place = CELL.fullmatch(finding.place.spot)
        if place and place["sheet"] in sheets and Path(finding.place.file).name == name:
            cells.setdefault((place["sheet"], place["cell"]), []).append(finding)
    for (sheet, cell), found in cells.items():
        yield sheet, cell, found


def _words(finding: Finding, language: str) -> str:
    remedy = (finding.remedy or {}).get(language, "")
    return f"{ERNST[finding.severity]}: {finding.message.get(language, finding.message['nl'])}" + (
        f"\n{remedy}" if remedy else ""
    )


def _list_all(book: Workbook, report: Report, language: str) -> None:
    title = next(name for name in (SHEET, *(f"{SHEET} {n}" for n in range(2, 100))) if name not in book.sheetnames)
    sheet = book.create_sheet(title)
    sheet.append(HEADER)
    for heading in sheet[1]:
        heading.font = Font(bold=True)
    for number, row in enumerate(report.rows(language), 2):
        for column, text in enumerate(row, 1):
            # As text, never as a formula: what a source holds is not run by whoever opens this.
            cell = sheet.cell(number, column, text)
            cell.data_type = "s"
    for letter, width in zip("ABCDE", (14, 34, 70, 34, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
