"""Triples as a small web: what speaks on the left, what is spoken of on the right, the property on the line."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from .svg import pijl, rechthoek, tekening, tekst

MEESTE = 40
REGEL, VAK, BREED = 44, 270, 900


def web(triples: Sequence[tuple[str, str, str]], titel: str) -> Markup:
    """The first forty triples; things that are both spoken of and speak stand on both sides."""
    shown = triples[:MEESTE]
    left = list(dict.fromkeys(subject for subject, _, _ in shown))
    right = list(dict.fromkeys(value for _, _, value in shown))
    hoogte = max(len(left), len(right)) * REGEL + 8
    y_left = {name: _y(place, len(left), hoogte) for place, name in enumerate(left)}
    y_right = {name: _y(place, len(right), hoogte) for place, name in enumerate(right)}
    parts: list[Markup] = []
    for subject, _, value in shown:
        parts.append(pijl(VAK + 4, y_left[subject], BREED - VAK - 4, y_right[value]))
    for subject, predicate, value in shown:
        y = y_right[value] + (y_left[subject] - y_right[value]) * 0.18
        parts.append(tekst(BREED - VAK - 14, y - 4, _short(predicate, 26), klasse="zacht", grootte=11, anker="end"))
    for name, y in y_left.items():
        parts += [rechthoek("vak", 2, y - 15, VAK, 30), tekst(12, y + 5, _short(name, 34), grootte=13)]
    for name, y in y_right.items():
        parts += [
            rechthoek("werk", BREED - VAK - 2, y - 15, VAK, 30),
            tekst(BREED - VAK + 8, y + 5, _short(name, 34), grootte=13),
        ]
    return tekening("route", BREED, hoogte, titel, parts)


def _y(place: int, count: int, hoogte: float) -> float:
    return (place + 0.5) * hoogte / count


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
