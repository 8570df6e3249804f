"""The goals that hold for the group of a programme, as the graph says them."""

from __future__ import annotations

from pyoxigraph import Literal

from ..besluiten.trajectuitvoer import Onderwijsdoel
from .zaken import Zaken

DOELEN = """
PREFIX leer: <https://w3id.org/leerbrug/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?ding ?code ?doel ?soort WHERE {
  ?groepering a leer:Structuuronderdeelgroep ; leer:code ?groep ; leer:heeftOnderwijsdoel ?ding .
  ?ding leer:code ?code ; skos:prefLabel ?doel ; leer:doelsoort/skos:notation ?soort .
  FILTER(lang(?doel) = "nl")
} ORDER BY ?code ?ding
"""


def onderwijsdoelen(boek: Zaken, groep: str) -> list[Onderwijsdoel]:
    """The goals of the group of a programme, in order of code; none where no goals were loaded."""
    if not groep:
        return []
    rows = boek.graph().select(DOELEN, groep=Literal(groep))
    return [Onderwijsdoel(*(str(row[name].value) for name in ("ding", "code", "doel", "soort"))) for row in rows]
