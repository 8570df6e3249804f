"""The picture of a programme: what lets you in, the years at school and at work, the proofs that it gives."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from .svg import pijl, rechthoek, regels, tekening, tekst

BREED = 1080
INSTAP, JAREN, EINDE = (10, 210), (262, 520), (834, 236)
"""Where each column begins and how wide it is."""
REGEL = 17


class Route(NamedTuple):
    """The words of the picture; `werk` is empty where nothing is learned on the work floor."""

    instap: tuple[str, ...]
    jaren: tuple[str, ...]
    school: str
    werk: str
    onderweg: tuple[str, ...]
    einde: tuple[str, ...]
    koppen: tuple[str, str, str]


def routetekening(route: Route, titel: str) -> Markup:
    """The drawing; every word in it also stands in the table that the page gives."""
    instap, onder_instap = _blokken(route.instap, *INSTAP, 46, 25, "vak")
    einde, onder_einde = _blokken(route.einde, *EINDE, 46, 28, "einde")
    jaren = _jaren(route)
    onder_jaren = 46 + (108 if route.werk else 62)
    chips, onder_chips = _onderweg(route, onder_jaren + 30)
    hoogte = max(onder_instap, onder_einde, onder_chips) + 10
    x, breedte = JAREN
    midden = 46 + 27
    pijlen = [pijl(INSTAP[0] + INSTAP[1] + 4, midden, x - 4, midden)]
    if route.einde:
        pijlen.append(pijl(x + breedte + 4, midden, EINDE[0] - 4, midden))
    koppen = [
        tekst(INSTAP[0], 30, route.koppen[0], vet=True),
        tekst(EINDE[0], 30, route.koppen[2], vet=True) if route.einde else Markup(""),
    ]
    return tekening("route", BREED, hoogte, titel, [*pijlen, *koppen, *instap, *jaren, *chips, *einde])


def _blokken(
    items: tuple[str, ...], x: float, breedte: float, y: float, letters: int, klasse: str
) -> tuple[list[Markup], float]:
    """Boxes under each other, each as high as its text."""
    parts: list[Markup] = []
    for item in items:
        lines = regels(item, letters)
        hoogte = len(lines) * REGEL + 20
        parts.append(rechthoek(klasse, x, y, breedte, hoogte))
        parts += [tekst(x + 12, y + 24 + n * REGEL, line) for n, line in enumerate(lines)]
        y += hoogte + 8
    return parts, y


def _jaren(route: Route) -> list[Markup]:
    x, breedte = JAREN
    each = breedte / len(route.jaren)
    parts: list[Markup] = []
    for number, naam in enumerate(route.jaren):
        left, wide = x + number * each, each - 10
        parts.append(tekst(left, 30, naam, vet=True))
        parts += _baan("school", left, 46, wide, route.school)
        if route.werk:
            parts += _baan("werk", left, 104, wide, route.werk)
    return parts


def _baan(klasse: str, x: float, y: float, breedte: float, inhoud: str) -> list[Markup]:
    lines = regels(inhoud, int(breedte / 8))[:2]
    begin = y + 31 - (len(lines) - 1) * REGEL / 2
    return [
        rechthoek(klasse, x, y, breedte, 50),
        *(tekst(x + breedte / 2, begin + n * REGEL, line, anker="middle") for n, line in enumerate(lines)),
    ]


def _onderweg(route: Route, y: float) -> tuple[list[Markup], float]:
    """The proofs on the way, two a row."""
    if not route.onderweg:
        return [], y
    x, breedte = JAREN
    parts = [tekst(x, y + 4, route.koppen[1], vet=True)]
    y += 16
    wide = breedte / 2 - 10
    for begin in range(0, len(route.onderweg), 2):
        row = [regels(item, 31) for item in route.onderweg[begin : begin + 2]]
        hoogte = max(map(len, row)) * REGEL + 18
        for column, lines in enumerate(row):
            left = x + column * (wide + 10)
            parts.append(rechthoek("bewijs", left, y, wide, hoogte))
            parts += [tekst(left + 10, y + 22 + n * REGEL, line, grootte=13) for n, line in enumerate(lines)]
        y += hoogte + 8
    return parts, y
