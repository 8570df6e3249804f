"""A werkboek as Excel: frozen headers, pick lists, text columns that keep leading zeros, and no cell a formula."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from .sheets import BLADEN, UITLEG, Blad, Kolom, Soort

_LAST_ROW = 1_048_575
_WIDTHS = {Soort.TEKST: 60, Soort.REGELS: 40, Soort.CODES: 32, Soort.GETAL: 6, Soort.DATUM: 13}
_EXCEL_BEGINS = date(1900, 3, 1)
"""Before this day Excel counts a day that never was."""


def write_xlsx(path: Path, rows: Iterable[tuple[Blad, list[Any]]]) -> None:
    """Write the rows, each in its sheet, in one pass; memory stays flat.

    When a row cannot be written the workbook is closed all the same: what it keeps open is released.
    """
    with closing(xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})) as workbook:
        _fill(workbook, rows)


def _fill(workbook: Any, rows: Iterable[tuple[Blad, list[Any]]]) -> None:
    workbook.set_properties({"title": "Werkboek Leerbrug", "created": datetime(2020, 1, 1)})
    formats = {
        "kop": workbook.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1, "text_wrap": True}),
        "verplicht": workbook.add_format({"bold": True, "bg_color": "#FFE9A8", "border": 1, "text_wrap": True}),
        "tekst": workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "datum": workbook.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
        "getal": workbook.add_format({"num_format": "0", "valign": "top"}),
    }
    _explanation(workbook.add_worksheet(UITLEG), formats)
    sheets = {naam: workbook.add_worksheet(naam) for naam in BLADEN}
    for naam, sheet in sheets.items():
        _prepare(sheet, BLADEN[naam], formats)
    filled = dict.fromkeys(BLADEN, 0)
    for blad, values in rows:
        filled[blad.naam] += 1
        for column, (value, kolom) in enumerate(zip(values, blad.kolommen, strict=True)):
            _cell(sheets[blad.naam], filled[blad.naam], column, value, formats[_format(kolom)])


def _format(kolom: Kolom) -> str:
    return {Soort.GETAL: "getal", Soort.DATUM: "datum"}.get(kolom.soort, "tekst")


def _cell(sheet: Any, row: int, column: int, value: Any, layout: Any) -> None:
    if isinstance(value, date) and value >= _EXCEL_BEGINS:
        sheet.write_datetime(row, column, datetime.combine(value, datetime.min.time()), layout)
    elif isinstance(value, int):
        sheet.write_number(row, column, value, layout)
    elif value is not None and value != "":
        sheet.write_string(row, column, str(value), layout)


def _prepare(sheet: Any, blad: Blad, formats: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 1 + [kolom.veld for kolom in blad.kolommen].index(blad.sleutel[-1]))
    sheet.autofilter(0, 0, 0, len(blad.kolommen) - 1)
    for column, kolom in enumerate(blad.kolommen):
        width = _WIDTHS.get(kolom.soort, max(14, len(kolom.kop) + 4))
        sheet.set_column(column, column, width, formats[_format(kolom)])
        sheet.write_string(0, column, kolom.kop, formats["verplicht" if kolom.verplicht else "kop"])
        sheet.data_validation(1, column, _LAST_ROW, column, _validation(kolom))


def _validation(kolom: Kolom) -> dict[str, Any]:
    """The pick list or the check of a column, with its explanation beside the cell."""
    shown = {"input_title": kolom.kop[:32], "input_message": kolom.uitleg[:255], "error_title": kolom.kop[:32]}
    if kolom.soort is Soort.KEUZE:
        return shown | {"validate": "list", "source": list(kolom.keuzes), "error_message": "Kies uit de lijst."}
    if kolom.soort is Soort.GETAL:
        error = "Vul een geheel getal vanaf 1 in."
        return shown | {"validate": "integer", "criteria": ">=", "value": 1, "error_message": error}
    if kolom.soort is Soort.DATUM:
        error = "Vul een datum in als dag/maand/jaar."
        return shown | {"validate": "date", "criteria": ">=", "value": _EXCEL_BEGINS, "error_message": error}
    return shown | {"validate": "any"}


def _explanation(sheet: Any, formats: dict[str, Any]) -> None:
    sheet.set_column(0, 1, 26)
    sheet.set_column(2, 2, 11)
    sheet.set_column(3, 4, 60)
    sheet.freeze_panes(1, 0)
    for column, kop in enumerate(("Blad", "Kolom", "Verplicht", "Uitleg", "Keuzes of voorbeeld")):
        sheet.write_string(0, column, kop, formats["kop"])
    for row, values in enumerate(explained(), 1):
        for column, value in enumerate(values):
            sheet.write_string(row, column, value, formats["tekst"])


def explained() -> Iterable[tuple[str, str, str, str, str]]:
    """One row a sheet and one a column: what the sheet Uitleg shows.

    >>> next(iter(explained()))[0]
    'Kwalificaties'
    """
    for blad in BLADEN.values():
        yield blad.naam, "", "", blad.uitleg, ""
        for kolom in blad.kolommen:
            example = ", ".join(kolom.keuzes) or kolom.voorbeeld
            yield blad.naam, kolom.kop, "ja" if kolom.verplicht else "", kolom.uitleg, example
