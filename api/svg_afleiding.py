"""The derivation of a leertraject drawn: conditions on the left, steps, and the proofs that they give."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
from markupsafe import Markup

from .svg import pijl, rechthoek, regels, tekening, tekst

BREED, KOLOM, VAK, REGEL, TUSSEN = 1080, 360, 290, 17, 12
KLASSEN = {"voorwaarde": "vak", "stap": "werk", "bewijs": "einde"}
STIJL = Markup(
    "<style>text{font:14px sans-serif}.vak{fill:#eef2f7}.werk{fill:#cfe3ff}.einde{fill:#d5efd9}"
    ".pijl{stroke:#445;stroke-width:1.5;fill:none}</style>"
)


def afleidingstekening(graaf: nx.DiGraph[str], titel: str = "Afleiding", *, los: bool = False) -> Markup:
    """The drawing, a row a step; `los` makes it a file of its own. The table of the page says the same."""
    plaats: dict[str, tuple[float, float, float]] = {}
    delen: list[Markup] = [STIJL] if los else []
    y = 16.0
    for stap in [knoop for knoop in graaf if graaf.nodes[knoop]["soort"] == "stap"]:
        eisen = [each for each in graaf.predecessors(stap) if graaf.nodes[each]["soort"] == "voorwaarde"]
        bewijzen = [each for each in graaf.successors(stap) if graaf.nodes[each]["soort"] == "bewijs"]
        onder = [_kolom(graaf, each, nummer, y, plaats, delen) for nummer, each in enumerate((eisen, [stap], bewijzen))]
        y = max(onder) + 2 * TUSSEN
    delen += [_boog(plaats[van], plaats[naar]) for van, naar in graaf.edges]
    beeld = tekening("route", BREED, int(y), titel, delen)
    return _als_bestand(beeld) if los else beeld


def _kolom(
    graaf: nx.DiGraph[str],
    knopen: Sequence[str],
    nummer: int,
    y: float,
    plaats: dict[str, tuple[float, float, float]],
    delen: list[Markup],
) -> float:
    x = 10.0 + nummer * KOLOM
    for knoop in knopen:
        woorden = regels(graaf.nodes[knoop]["naam"], 34)
        hoogte = len(woorden) * REGEL + 18
        plaats[knoop] = (x, y, hoogte)
        delen.append(rechthoek(KLASSEN[graaf.nodes[knoop]["soort"]], x, y, VAK, hoogte))
        delen += [tekst(x + 10, y + 21 + n * REGEL, woord) for n, woord in enumerate(woorden)]
        y += hoogte + TUSSEN
    return y


def _boog(van: tuple[float, float, float], naar: tuple[float, float, float]) -> Markup:
    """From the right side to the left side; back to a later row from below to above."""
    if van[0] < naar[0]:
        return pijl(van[0] + VAK, van[1] + van[2] / 2, naar[0] - 2, naar[1] + naar[2] / 2)
    return pijl(van[0] + VAK / 2, van[1] + van[2], naar[0] + VAK / 2, naar[1] - 2)


def _als_bestand(beeld: Markup) -> Markup:
    return Markup(str(beeld).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
