"""Reads a PDF as lines: text with its place and weight on each page; what has no text, or two columns, is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pdfplumber

from ..errors import SourceError
from .dossier_headings import COMPETENTIE, heading
from .dossier_lines import Line, Unread, line

MAX_BYTES = 100 * 2**20
MAX_PAGES = 400
"""A real dossier has 10 to 60 pages."""

GUTTER = 14.0
"""Points of white between two columns."""

PAGE_NUMBER = re.compile(r"(?:blz\.?|pagina|p\.)?\s*\d+(?:\s*(?:/|van)\s*\d+)?", re.IGNORECASE)


def lines(path: Path) -> Iterator[Line | Unread]:
    """The lines of a PDF, page by page. Raises SourceError where it is not one, is locked, or is beyond reason."""
    if path.stat().st_size > MAX_BYTES:
        raise _refused(path, f"is groter dan {MAX_BYTES} bytes", "Splits het in een bestand per dossier.")
    try:
        with pdfplumber.open(path) as document:
            pages = list(_pages(path, document))
    except SourceError:
        raise
    except Exception as error:  # a damaged file makes the library raise anything
        remedy = "Haal het opnieuw op, zonder wachtwoord."
        raise _refused(path, f"is geen leesbare PDF ({type(error).__name__})", remedy) from error
    yield from _joined(_content(pages))


def _pages(path: Path, document: Any) -> Iterator[list[_Row | Unread]]:
    if len(document.pages) > MAX_PAGES:
        raise _refused(path, f"heeft meer dan {MAX_PAGES} bladzijden", "Splits het in een bestand per dossier.")
    for page in document.pages:
        yield _page(page)
        page.close()


def _refused(path: Path, message: str, remedy: str) -> SourceError:
    return SourceError(f"Dit bestand {message}.", place=path.name, remedy=remedy)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of text on a page, from x0 to x1 at a height, and the room that its first word takes."""

    text: str
    page: int
    x0: float
    x1: float
    top: float
    bold: bool

    @property
    def first_word(self) -> float:
        return (self.x1 - self.x0) * len(self.text.split()[0]) / len(self.text)


def _page(page: Any) -> list[_Row | Unread]:
    number, words = page.page_number, page.extract_words()
    if not words:
        nl = "een bladzijde zonder tekst (een scan?)" if page.images else "een lege bladzijde"
        en = "a page without text (a scan?)" if page.images else "an empty page"
        return [Unread(number, "dossier-zonder-tekst", nl, en)]
    if _columns(words, float(page.width)):
        return [Unread(number, "dossier-kolommen", "een bladzijde in kolommen", "a page in columns")]
    return [_row(found, number) for found in page.extract_text_lines()]


def _row(found: dict[str, Any], page: int) -> _Row:
    x0, x1, top = float(found["x0"]), float(found["x1"]), float(found["top"])
    return _Row(found["text"], page, x0, x1, top, _bold(found["chars"]))


def _content(pages: list[list[_Row | Unread]]) -> Iterator[Line | Unread]:
    """The rows that are content; one may go on with the row above it where its first word had no room there."""
    furniture = _furniture(pages)
    edge = max((row.x1 for found in pages for row in found if isinstance(row, _Row)), default=0.0)
    above: _Row | None = None
    for row in (row for found in pages for row in found):
        if isinstance(row, Unread):
            yield row
            above = None
        elif row not in furniture and not PAGE_NUMBER.fullmatch(row.text):
            wraps = above is not None and above.x1 + row.first_word > edge - 1
            yield line(row.text, row.page, indent=row.x0, kop=row.bold, wraps=wraps)
            above = row


def _joined(lines: Iterable[Line | Unread]) -> Iterator[Line | Unread]:
    """The lines, a heading that takes several rows as one."""
    above: Line | None = None
    for each in lines:
        if above is not None and isinstance(each, Line) and _goes_on(above, each):
            above = replace(above, text=f"{above.text} {each.text}")
            continue
        if above is not None:
            yield above
        above = each if isinstance(each, Line) else None
        if isinstance(each, Unread):
            yield each
    if above is not None:
        yield above


def _goes_on(above: Line, below: Line) -> bool:
    """Whether a bold row goes on with the bold row above it; a closing bracket ends a competence with references."""
    if not (above.kop and below.kop and below.wraps) or below.bullet:
        return False
    if heading(f"{above.text} {below.text}"):
        return True
    begins = heading(below.text) is not None or COMPETENTIE.match(below.text) is not None
    ended = heading(above.text) is not None or (above.text.endswith(")") and not below.text.startswith("("))
    return not begins and not ended


def _bold(chars: list[dict[str, Any]]) -> bool:
    return all("bold" in char["fontname"].lower() for char in chars if char["text"].strip())


def _columns(words: list[dict[str, Any]], width: float) -> bool:
    """Whether a strip of white runs down the middle of the page, with lines of text side by side at both its sides."""
    spans = sorted((float(word["x0"]), float(word["x1"])) for word in words)
    right = spans[0][1]
    for start, end in spans:
        if start - right >= GUTTER and 0.3 * width < (start + right) / 2 < 0.7 * width:
            split = (start + right) / 2
            left = {round(float(word["bottom"])) for word in words if float(word["x1"]) < split}
            beside = left & {round(float(word["bottom"])) for word in words if float(word["x0"]) > split}
            return len(beside) >= 3
        right = max(right, end)
    return False


def _furniture(pages: list[list[_Row | Unread]]) -> set[_Row]:
    """Running heads and feet, not content: the same text, first or last at the same height on every page with text.

    A text that ends one page and begins the next, as a heading over another of the same name, is content.
    """
    texts = [rows for found in pages if (rows := [each for each in found if isinstance(each, _Row)])]
    ends = zip(*((rows[0], rows[-1]) for rows in texts), strict=True) if len(texts) > 1 else ()
    return {row for end in ends if all(_same_place(row, end[0]) for row in end) for row in end}


def _same_place(one: _Row, other: _Row) -> bool:
    return one.text == other.text and abs(one.top - other.top) < 1
