"""SKOS: any thing with a name as a concept, with its other names, definition and links of mapping."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, Triple

from ...graph.vocabulary import LEER, RDF, SKOS

START = "http://www.w3.org/2004/02/skos/core#"
PARTS = (LEER.heeftCompetentie, LEER.heeftKennis, LEER.heeftVaardigheid, LEER.heeftDeel)


def as_concept(triples: Sequence[Triple], thing: NamedNode) -> list[Triple]:
    """What SKOS can say of the thing and of its parts: a part is narrower."""
    said = {Triple(thing, RDF.type, SKOS.Concept)}
    parts = {one.object for one in triples if one.predicate in PARTS}
    for one in triples:
        if one.subject == thing or one.subject in parts:
            said.update(_as_skos(one))
    said.update(Triple(part, RDF.type, SKOS.Concept) for part in parts if isinstance(part, NamedNode))
    return sorted(said, key=str)


def _as_skos(one: Triple) -> list[Triple]:
    if one.predicate.value.startswith(START):
        return [one]
    if one.predicate == LEER.code and isinstance(one.object, Literal):
        return [Triple(one.subject, SKOS.notation, one.object)]
    if one.predicate == LEER.definitie:
        return [Triple(one.subject, SKOS.definition, one.object)]
    if one.predicate == LEER.synoniem:
        return [Triple(one.subject, SKOS.altLabel, one.object)]
    if one.predicate in PARTS and isinstance(one.object, NamedNode) and isinstance(one.subject, NamedNode):
        return [Triple(one.subject, SKOS.narrower, one.object), Triple(one.object, SKOS.broader, one.subject)]
    return []
