"""What a qualification is tied to: programmes, proofs, its parts, and the occupations of other standards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pyoxigraph import NamedNode

from ...graph.catalogus import Erkenning, Kwalificatie, Programma
from ..pages import Page

ELDERS = """
PREFIX leer: <https://w3id.org/leerbrug/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?relatie ?ander ?naam ?code WHERE {
  { ?thing leer:competentprofiel ?ander BIND("competentprofiel" AS ?relatie) }
  UNION { ?thing leer:romeFiche ?ander BIND("romeFiche" AS ?relatie) }
  UNION { ?thing leer:competentprofiel/leer:romeFiche ?ander BIND("romeFiche" AS ?relatie) }
  UNION {
    VALUES ?p { skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch }
    ?thing ?p ?ander BIND(STRAFTER(STR(?p), "#") AS ?relatie)
  }
  OPTIONAL { ?ander skos:prefLabel ?naam }
  OPTIONAL { ?ander leer:code ?code }
} ORDER BY ?relatie ?ander ?naam
"""

RELATIES: Mapping[str, str] = {
    "competentprofiel": "Steunt op het Competent-profiel",
    "romeFiche": "Afgeleid van de ROME-fiche",
    "exactMatch": "Hetzelfde als",
    "closeMatch": "Bijna hetzelfde als",
    "broadMatch": "Smaller dan",
    "narrowMatch": "Ruimer dan",
    "relatedMatch": "Verwant met",
}


class Opleiding(NamedTuple):
    """A programme whose recognition contains the qualification, in full or only its competences."""

    programma: Programma
    erkenning: Erkenning
    volledig: bool


class Elders(NamedTuple):
    """A thing of another standard and how the qualification relates to it; no IRI where this release lacks it.

    `naam` is its name by language; its code, in none, where it has no name.
    """

    relatie: str
    iri: str
    naam: Mapping[str, str]


def relaties(page: Page, kwalificatie: Kwalificatie) -> Mapping[str, Any]:
    """Everything it is tied to."""
    opleidingen = page.served.vergelijking.erkenningen_met.get(kwalificatie.code, ())
    return {
        "opleidingen": [_opleiding(page, code, kwalificatie.code) for code in opleidingen],
        "bewijzen": list(_bewijzen(page, opleidingen, kwalificatie.code)),
        "elders": list(_elders(page, kwalificatie)),
    }


def _opleiding(page: Page, code: str, kwalificatie: str) -> Opleiding:
    erkenning = page.served.catalogus.erkenningen[code]
    return Opleiding(
        page.served.catalogus.programmas[erkenning.programma], erkenning, kwalificatie in erkenning.volledig
    )


def _bewijzen(page: Page, erkenningen: Any, kwalificatie: str) -> Iterator[tuple[str, str]]:
    """The names of the proofs of this qualification with the programme that awards them, each once."""
    seen: set[tuple[str, str]] = set()
    for code in erkenningen:
        erkenning = page.served.catalogus.erkenningen[code]
        for bewijs in erkenning.studiebewijzen:
            pair = (bewijs.naam, erkenning.programma)
            if bewijs.van == kwalificatie and pair not in seen:
                seen.add(pair)
                yield pair


def _elders(page: Page, kwalificatie: Kwalificatie) -> Iterator[Elders]:
    ours = f"{page.served.catalogus.basis}/id/"
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in page.served.graph.select(ELDERS, thing=NamedNode(kwalificatie.iri)):
        naam, code, ander = row["naam"], row["code"], row["ander"].value
        names = found.setdefault((row["relatie"].value, ander), {})
        if naam:
            names.setdefault(naam.language or "", naam.value)
        else:
            names[""] = code.value if code else ander.removeprefix(ours)
    for (relatie, ander), names in found.items():
        here = not ander.startswith(ours) or page.served.graph.knows(NamedNode(ander))
        yield Elders(page._(RELATIES[relatie]), ander if here else "", names)
