"""Bars: a name and a number each, longest the widest; the table beside it says the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from .svg import rechthoek, tekening, tekst

REGEL, NAAM, BREED, LETTER = 26, 300, 760, 7.4
"""The height of a bar, the most room for its name, the width of all, and about that of a letter."""


class Staaf(NamedTuple):
    """One bar."""

    naam: str
    waarde: float


def staafdiagram(staven: Sequence[Staaf], titel: str) -> Markup:
    """The drawing; negative numbers have no bar."""
    most = max((staaf.waarde for staaf in staven), default=0) or 1
    room = min(NAAM, 24 + LETTER * max((len(staaf.naam) for staaf in staven), default=0))
    parts: list[Markup] = []
    for number, staaf in enumerate(staven):
        y = number * REGEL + 4
        wide = max(0.0, staaf.waarde) / most * (BREED - room - 70)
        naam = staaf.naam if len(staaf.naam) <= 38 else staaf.naam[:37] + "…"
        parts.append(tekst(room - 10, y + 15, naam, anker="end", grootte=13))
        parts.append(rechthoek("staaf", room, y, max(wide, 1), REGEL - 8, 3))
        parts.append(tekst(room + wide + 8, y + 15, f"{staaf.waarde:g}", grootte=13))
    return tekening("staven", BREED, len(staven) * REGEL + 8, titel, parts)
