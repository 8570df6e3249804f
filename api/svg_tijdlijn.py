"""The time line of a leertraject: a bar for each step, from its first to its last school year, and what it earns."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from ..pathways.leertraject import Leertraject
from .svg import rechthoek, tekening, tekst

BREED, NAAM, REGEL = 1080, 330, 46


def tijdlijn(traject: Leertraject, titel: str, gezegd: Callable[[str], str] = str) -> Markup:
    """The drawing; the table beside it says the same. `gezegd` says the name of a step in another language."""
    eerste = traject.begin.year
    laatste = max(traject.einde.year, eerste + 1)
    jaar = (BREED - NAAM - 30) / (laatste - eerste)
    hoogte = len(traject.stappen) * REGEL + 34
    parts: list[Markup] = []
    for number in range(eerste, laatste + 1):
        x = NAAM + (number - eerste) * jaar
        parts.append(_lijn(x, 24, hoogte - 4))
        parts.append(tekst(x, 16, str(number), klasse="zacht", grootte=12, anker="middle"))
    for place, stap in enumerate(traject.stappen):
        y = 30 + place * REGEL
        x = NAAM + (stap.begin.year - eerste) * jaar + 2
        wide = max(stap.schooljaren * jaar - 4, 10)
        parts.append(tekst(0, y + 23, _kort(f"{stap.nr}. {gezegd(stap.naam)}", 42)))
        parts.append(rechthoek("werk" if stap.duaal else "school", x, y, wide, REGEL - 10))
        proofs = ", ".join(bewijs.naam for bewijs in stap.kwalificatiebewijzen)
        parts.append(tekst(x + 8, y + 22, _kort(proofs, int(wide / 7.2)), grootte=12))
    return tekening("route", BREED, hoogte, titel, parts)


def _lijn(x: float, top: float, bottom: float) -> Markup:
    return Markup('<line class="pijl" x1="{0:.1f}" x2="{0:.1f}" y1="{1:.1f}" y2="{2:.1f}"></line>').format(
        x, top, bottom
    )


def _kort(text: str, most: int) -> str:
    if most < 4:
        return ""
    return text if len(text) <= most else text[: most - 1] + "…"
