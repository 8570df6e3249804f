"""Drawings made on the server: the pieces of an interval bar, and the few strokes that the other drawings share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

from ..pathways.brug import Dekking
from ..pathways.oordeel import Verdict

OORDELEN: Mapping[str, str] = {
    Verdict.GEDEKT: "gedekt",
    Verdict.TE_BEVESTIGEN: "te bevestigen",
    Verdict.DEELS: "deels",
    Verdict.ONVERGELIJKBAAR: "onvergelijkbaar",
    Verdict.ONTBREEKT: "ontbreekt",
}
"""The verdicts in the order of the bar: proven first, missing last."""


class Stuk(NamedTuple):
    """One piece of a bar: its verdict, its class, and where it begins and how wide it is, of 100."""

    oordeel: str
    klasse: str
    begin: float
    breedte: float
    aantal: int


def stukken(dekking: Dekking) -> list[Stuk]:
    """The pieces of the bar of a coverage, those without width left out.

    >>> [(s.oordeel, s.begin, s.breedte) for s in stukken(Dekking(1, 0, 1, 2, 0, 4))]
    [('gedekt', 0.0, 25.0), ('deels', 25.0, 25.0), ('ontbreekt', 50.0, 50.0)]
    """
    found, begin = [], 0.0
    for verdict in OORDELEN:
        aantal: int = getattr(dekking, verdict)
        breedte = 100 * aantal / max(dekking.van, 1)
        if aantal:
            found.append(Stuk(str(verdict), verdict.replace("_", "-"), begin, breedte, aantal))
        begin += breedte
    return found


def rechthoek(klasse: str, x: float, y: float, breedte: float, hoogte: float, rond: float = 6) -> Markup:
    """A box."""
    return Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="{}"></rect>').format(
        klasse, x, y, breedte, hoogte, rond
    )


def tekst(
    x: float, y: float, inhoud: str, *, klasse: str = "", grootte: int = 14, anker: str = "start", vet: bool = False
) -> Markup:
    """A line of text."""
    dikte = Markup(' font-weight="600"') if vet else Markup("")
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}" font-size="{}" text-anchor="{}"{}>{}</text>').format(
        klasse, x, y, grootte, anker, dikte, inhoud
    )


def regels(inhoud: str, breedte: int) -> list[str]:
    """The text broken into lines of at most so many letters; a longer word stands alone.

    >>> regels("Brood- en banketbakkerij duaal", 16)
    ['Brood- en', 'banketbakkerij', 'duaal']
    """
    lines = [""]
    for word in inhoud.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > breedte:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def pijl(x1: float, y1: float, x2: float, y2: float) -> Markup:
    """A line that ends in a point."""
    bocht = (x1 + x2) / 2
    return Markup(
        '<path class="pijl" d="M{0:.1f} {1:.1f} C{4:.1f} {1:.1f} {4:.1f} {3:.1f} {2:.1f} {3:.1f}"></path>'
        '<path class="punt" d="M{2:.1f} {3:.1f} l-7 -4 v8 z"></path>'
    ).format(x1, y1, x2, y2, bocht)


def tekening(klasse: str, breedte: float, hoogte: float, titel: str, delen: list[Markup]) -> Markup:
    """The whole drawing with its name for who does not see it."""
    return Markup('<svg class="{}" viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}">{}</svg>').format(
        klasse, breedte, hoogte, titel, Markup("").join(delen)
    )
