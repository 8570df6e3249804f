"""What a qualification holds: its competences with knowledge and skills, and the context in which it is practised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode

from ...graph.catalogus import Kwalificatie
from ..pages import Page

DELEN = """
PREFIX leer: <https://w3id.org/leerbrug/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?link ?tekst ?soort ?regelgeving WHERE {
  VALUES (?p ?link) {
    (leer:heeftContext "context") (leer:heeftAutonomie "autonomie")
    (leer:heeftVerantwoordelijkheid "verantwoordelijkheid") (leer:vereistAttest "attest")
  }
  ?thing ?p ?deel . ?deel skos:prefLabel ?tekst .
  OPTIONAL { ?deel leer:autonomiesoort|leer:attestsoort ?soort }
  OPTIONAL { ?deel leer:regelgeving ?regelgeving }
  OPTIONAL { ?deel leer:volgnummer ?nr }
  OPTIONAL { ?deel a leer:Omgevingscontext BIND(0 AS ?eerst) }
} ORDER BY ?link COALESCE(?eerst, 1) ?nr
"""

VAARDIGHEDEN = """
PREFIX leer: <https://w3id.org/leerbrug/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?competentie ?tekst ?soort WHERE {
  ?thing leer:heeftCompetentie ?competentie . ?competentie leer:heeftVaardigheid ?v . ?v skos:prefLabel ?tekst .
  OPTIONAL { ?v leer:vaardigheidssoort ?soort } OPTIONAL { ?v leer:volgnummer ?nr }
} ORDER BY ?competentie ?nr
"""

DEFINITIE = "SELECT ?tekst WHERE { ?thing <https://w3id.org/leerbrug/ns#definitie> ?tekst }"


def inhoud(page: Page, kwalificatie: Kwalificatie) -> Mapping[str, Any]:
    """The definition, the skills by competence, and the parts of the descriptor, each in the order of its source."""
    graph, thing = page.served.graph, NamedNode(kwalificatie.iri)
    definities = {
        text.language: text.value for row in graph.select(DEFINITIE, thing=thing) if (text := _text(row, "tekst"))
    }
    delen: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in graph.select(DELEN, thing=thing):
        part = (_value(row, "tekst"), page.begrip(_value(row, "soort")), _value(row, "regelgeving"))
        if part not in delen[_value(row, "link")]:
            delen[_value(row, "link")].append(part)
    vaardigheden: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in graph.select(VAARDIGHEDEN, thing=thing):
        vaardigheden[_value(row, "competentie")].append((_value(row, "tekst"), page.begrip(_value(row, "soort"))))
    return {
        "definitie": definities.get(page.taal) or definities.get("nl") or next(iter(definities.values()), ""),
        "delen": dict(delen),
        "vaardigheden": dict(vaardigheden),
    }


def _text(row: Any, name: str) -> Literal | None:
    return row[name] if isinstance(row[name], Literal) else None


def _value(row: Any, name: str) -> str:
    return str(row[name].value) if row[name] is not None else ""
