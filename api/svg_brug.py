"""A bridge as one drawing that stands on its own: the interval, and each competence with its verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from ..pathways.brug import Brug, Competentieoordeel
from .svg import rechthoek, regels, stukken, tekst

BREED, MARGE, REGEL = 900, 24, 19
KLEUREN: Mapping[str, str] = {
    "gedekt": "#1d7348",
    "te-bevestigen": "#b98a2e",
    "deels": "#66468f",
    "onvergelijkbaar": "#8b959b",
    "ontbreekt": "#a03040",
}
STIJL = (
    "text{font-family:'Source Sans 3','Segoe UI',system-ui,sans-serif;fill:#1b2730}.zacht{fill:#4c5d68}"
    ".grond{fill:#fff}"
) + "".join(f".{klasse}{{fill:{kleur}}}" for klasse, kleur in KLEUREN.items())


def brugtekening(
    brug: Brug, rijen: Sequence[Competentieoordeel], titel: str, onder: str, oordelen: Mapping[str, str]
) -> bytes:
    """The drawing as a file; `onder` says what it rests on, `oordelen` how the verdicts are called."""
    parts = [tekst(MARGE, 44, titel, grootte=24, vet=True), tekst(MARGE, 68, onder, klasse="zacht", grootte=13)]
    width = BREED - 2 * MARGE
    for stuk in stukken(brug.dekking):
        x, wide = MARGE + stuk.begin / 100 * width, stuk.breedte / 100 * width
        parts.append(rechthoek(stuk.klasse, x, 84, max(wide - 2, 1), 26, 3))
    x = float(MARGE)
    for stuk in stukken(brug.dekking):
        label = f"{stuk.aantal} {oordelen[stuk.oordeel]}"
        parts += [rechthoek(stuk.klasse, x, 122, 12, 12, 2), tekst(x + 18, 133, label, grootte=13)]
        x += 40 + 7.2 * len(label)
    y = 164.0
    for rij in rijen:
        lines = regels(rij.competentie.tekst, 86)
        parts.append(rechthoek(rij.oordeel.verdict.replace("_", "-"), MARGE, y - 12, 8, len(lines) * REGEL - 4, 2))
        parts.append(tekst(MARGE + 18, y, f"{rij.nr}", klasse="zacht", grootte=13))
        parts += [tekst(MARGE + 46, y + n * REGEL, line) for n, line in enumerate(lines)]
        parts.append(tekst(BREED - MARGE, y, oordelen[rij.oordeel.verdict], grootte=13, anker="end"))
        y += len(lines) * REGEL + 6
    return _bestand(y, titel, parts).encode()


def _bestand(hoogte: float, titel: str, parts: list[Markup]) -> str:
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1:.0f}" width="{0}" height="{1:.0f}" role="img">'
        "<title>{2}</title><style>{3}</style>{4}{5}</svg>\n"
    ).format(BREED, hoogte, titel, Markup(STIJL), rechthoek("grond", 0, 0, BREED, hoogte, 0), Markup("").join(parts))
