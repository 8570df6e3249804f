"""Reads a Word document as lines: paragraphs in order, items with their depth, pages where Word last broke them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from ..errors import SourceError
from .dossier_lines import Line, Unread, line
from .files import zip_members

MAX_PART = 64 * 2**20
"""Unpacked bytes of one part; the text of the longest real dossier takes under two MiB."""

MAX_PARAGRAPHS = 100_000
STEP = 18.0
"""Points of indent that one list level stands for."""


def lines(path: Path) -> Iterator[Line | Unread]:
    """The lines of a .docx file. Raises SourceError where it is not one, or unpacks beyond reason."""
    _check(path)
    try:
        body = docx.Document(str(path)).iter_inner_content()
    except Exception as error:  # a damaged file makes the library raise anything
        raise _refused(path, f"is geen leesbaar Word-document ({type(error).__name__})") from error
    page = 1
    for number, block in enumerate(body):
        if number > MAX_PARAGRAPHS:
            raise _refused(path, f"heeft meer dan {MAX_PARAGRAPHS} alinea's")
        if isinstance(block, Table):
            yield from _table(block, page)
        else:
            page += _breaks(block, before=True)
            if block.text.strip():
                yield _paragraph(block, page)
            page += _breaks(block, before=False)


def _check(path: Path) -> None:
    for name, stream in zip_members(path):
        if name.endswith((".xml", ".rels")) and len(stream.read(MAX_PART + 1)) > MAX_PART:
            raise _refused(path, f"bevat {name!r}, dat groter is dan {MAX_PART} bytes")


def _refused(path: Path, message: str) -> SourceError:
    remedy = "Open het in een tekstverwerker en bewaar het opnieuw als .docx."
    return SourceError(f"Dit bestand {message}.", place=path.name, remedy=remedy)


def _paragraph(paragraph: Paragraph, page: int) -> Line:
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    level = _level(paragraph, style)
    heading = style.startswith(("Heading", "Kop", "Title", "Titel"))
    runs = [run for run in paragraph.runs if run.text.strip()]
    bold = bool(runs) and all(run.bold for run in runs)
    bullet = level is not None and not heading
    return line(paragraph.text, page, bullet=bullet, indent=STEP * (level or 0), kop=heading or bold)


def _level(paragraph: Paragraph, style: str) -> int | None:
    """The list level of a paragraph: of its own numbering, or of a list style ("List Bullet 2")."""
    numbering = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if numbering is not None:
        depth = numbering.find(qn("w:ilvl"))
        return int(depth.get(qn("w:val"), "0")) if depth is not None else 0
    if style.startswith(("List Bullet", "List Number", "Lijst")):
        return int(style[-1]) - 1 if style[-1].isdigit() else 0
    return None


def _breaks(paragraph: Paragraph, *, before: bool) -> int:
    """Page breaks that Word wrote before the first text of a paragraph, or after it."""
    seen, count = False, 0
    for element in paragraph._p.iter(qn("w:t"), qn("w:br"), qn("w:lastRenderedPageBreak")):
        if element.tag == qn("w:t"):
            seen = seen or bool((element.text or "").strip())
        elif _is_page_break(element) and seen is not before:
            count += 1
    return count


def _is_page_break(element: Any) -> bool:
    return bool(element.tag == qn("w:lastRenderedPageBreak") or element.get(qn("w:type")) == "page")


def _table(table: Table, page: int) -> Iterator[Line | Unread]:
    """A table of one column is a list in disguise; one with more says things by position that we do not guess."""
    if len(table.columns) == 1:
        for row in table.rows:
            for paragraph in row.cells[0].paragraphs:
                if paragraph.text.strip():
                    found = _paragraph(paragraph, page)
                    yield Line(found.text, page, bullet=not found.kop, indent=found.indent, kop=found.kop)
    else:
        size = f"{len(table.rows)} × {len(table.columns)}"
        nl, en = f"een tabel van {size} cellen", f"a table of {size} cells"
        yield Unread(page, "dossier-tabel", nl, en)
