"""Rows as CSV or as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from .forms import CSV, XLSX, Form
from .languages import translate
from .reading import Maker

Row = Mapping[str, Any]
EPOCH = datetime(1980, 1, 1)


def tables(columns: Sequence[str], rows: Iterable[Row], language: str) -> dict[Form, Maker]:
    """The makers of both kinds of table."""
    return {CSV: lambda: as_csv(columns, rows, language), XLSX: lambda: as_xlsx(columns, rows, language)}


def as_csv(columns: Sequence[str], rows: Iterable[Row], language: str) -> bytes:
    """UTF-8 with a mark, so that a spreadsheet reads the diacritics.

    >>> as_csv(["code", "naam"], [{"code": "BK-0019", "naam": {"nl": "Bakker"}}], "nl").decode("utf-8-sig")
    'code,naam\\r\\nBK-0019,Bakker\\r\\n'
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([safe(cell(row.get(column), language)) for column in columns] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(columns: Sequence[str], rows: Iterable[Row], language: str) -> bytes:
    """One sheet; every cell is a text or a number and never a formula or a link."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": EPOCH})
    sheet, bold = book.add_worksheet("leerbrug"), book.add_format({"bold": True})
    sheet.write_row(0, 0, columns, bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for column, name in enumerate(columns):
            value = row.get(name)
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(number, column, value)
            else:
                sheet.write_string(number, column, cell(value, language)[:32_767])
    book.close()
    return memory.getvalue()


def cell(value: Any, language: str) -> str:
    """A value as the text of one cell: of a text in several languages the one asked for, of a list all."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return translate("ja" if value else "nee", language)
    if isinstance(value, Mapping):
        return str(value.get(language) or value.get("nl") or next(iter(value.values()), ""))
    if isinstance(value, list | tuple):
        return " | ".join(cell(one, language) for one in value)
    return str(value)


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
