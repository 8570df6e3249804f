"""Competences and their knowledge for the catalogue."""

from __future__ import annotations

from .catalogus import Competentie, Kennisitem
from .knowledge_graph import KnowledgeGraph
from .things import Thing, codes_of, known, things
from .vocabulary import LEER, SKOS

DIEPTEN = {"basiskennis": 1, "kennis": 2, "grondige-kennis": 3}
"""The code of a depth -> its rank; a depth that is not said is 0."""


def competenties_by_iri(graph: KnowledgeGraph) -> dict[str, Competentie]:
    """Every competence by its IRI, its references by their normalised code."""
    referenties = codes_of(things(graph, LEER.Referentie))
    kennis = {iri: _kennisitem(thing) for iri, thing in things(graph, LEER.Kennis).items()}
    return {
        iri: Competentie(
            iri=iri,
            code=thing.text(LEER.code),
            nr=thing.number(LEER.volgnummer) or 0,
            tekst=thing.text(SKOS.prefLabel),
            referenties=known(referenties, thing.texts(LEER.referentie)),
            kennis=tuple(kennis[item] for item in thing.texts(LEER.heeftKennis) if item in kennis),
        )
        for iri, thing in things(graph, LEER.Competentie).items()
    }


def _kennisitem(thing: Thing) -> Kennisitem:
    return Kennisitem(thing.iri, thing.text(SKOS.prefLabel), DIEPTEN.get(thing.concept(LEER.kennisdiepte), 0))
