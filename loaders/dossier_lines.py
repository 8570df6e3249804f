"""The lines of a document, each with its page and what its look says of it, whatever file it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass

BULLETS = re.compile(r"^\s*(?:[-–—•●▪■◦○·*\uf0b7\uf0a7\uf02d]|o(?=\s))\s+")
"""Marks that begin an item; the last ones are the private characters that Word writes for its own bullets."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph: its text without bullet, its page, its indent in points.

    `bullet` tells that it begins an item, `kop` that it looks like a heading, `wraps` that a line without bullet may
    go on with the item above it (a PDF breaks its lines; a paragraph of Word does not).
    """

    text: str
    page: int
    bullet: bool = False
    indent: float = 0.0
    kop: bool = False
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a document that cannot be read: its page, and the reason in Dutch and English."""

    page: int
    rule: str
    nl: str
    en: str


def line(
    text: str, page: int, *, bullet: bool = False, indent: float = 0.0, kop: bool = False, wraps: bool = False
) -> Line:
    """A line of raw text: blanks folded, a bullet that is written as a character taken off.

    >>> line("•  Werkt   in team", 2)
    Line(text='Werkt in team', page=2, bullet=True, indent=0.0, kop=False, wraps=False)
    """
    bare, marks = BULLETS.subn("", text, count=1)
    return Line(" ".join(bare.split()), page, bullet or marks > 0, indent, kop, wraps)
