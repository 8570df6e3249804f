"""What the sources say contradicts no axiom: no thing of two disjoint kinds, no second value where one is allowed.

HermiT judges small examples; this reads the same axioms from vocabulary.ttl and looks at every triple of the sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import pytest
from leerbrug.commands.build import sample
from leerbrug.graph.names import Names
from leerbrug.graph.statements import Statement
from leerbrug.graph.vocabulary import LEER, ONTOLOGY
from leerbrug.loaders.vks.source import SOURCE as VKS
from pyoxigraph import NamedNode, Triple
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.collection import Collection

ONTO = Graph().parse(ONTOLOGY / "vocabulary.ttl")


def contradictions(triples: Iterable[Triple]) -> list[str]:
    """Each thing that is of two disjoint kinds, or has two values of a functional property."""
    kinds: dict[str, set[str]] = defaultdict(set)
    values: dict[tuple[str, str], set[str]] = defaultdict(set)
    functional = {str(p) for p in ONTO.subjects(RDF.type, OWL.FunctionalProperty)}
    domains, ranges, groups = wider(RDFS.domain), wider(RDFS.range), disjoint()
    for triple in triples:
        subject, predicate = str(triple.subject.value), triple.predicate.value
        if predicate == str(RDF.type):
            kinds[subject] |= supers(triple.object.value)
        kinds[subject] |= domains.get(predicate, set())
        if isinstance(triple.object, NamedNode):
            kinds[triple.object.value] |= ranges.get(predicate, set())
        if predicate in functional:
            values[subject, predicate].add(str(triple.object))
    found = [f"{iri} {sorted(group & own)}" for iri, own in kinds.items() for group in groups if len(group & own) > 1]
    return found + [f"{iri} {predicate} {objects}" for (iri, predicate), objects in values.items() if len(objects) > 1]


@lru_cache
def supers(kind: str) -> frozenset[str]:
    return frozenset(str(node) for node in ONTO.transitive_objects(URIRef(kind), RDFS.subClassOf))


def wider(predicate: URIRef) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for prop, kind in ONTO.subject_objects(predicate):
        found[str(prop)] |= supers(str(kind))
    return found


def disjoint() -> list[set[str]]:
    return [
        {str(member) for member in Collection(ONTO, next(ONTO.objects(node, OWL.members)))}
        for node in ONTO.subjects(RDF.type, OWL.AllDisjointClasses)
    ]


def said(folder: Path) -> list[Triple]:
    records = VKS.records(folder)
    return [s.triple() for record in records for s in VKS.said(record, Names()) if isinstance(s, Statement)]


def test_the_real_flemish_data_contradicts_nothing(real_data: Path) -> None:
    triples = said(real_data / "flanders-vks" / "api")
    assert len(triples) > 100_000
    assert contradictions(triples) == []


def test_the_sample_contradicts_nothing() -> None:
    triples = said(sample())
    assert len(triples) > 1_000
    assert contradictions(triples) == []


@pytest.mark.parametrize(
    ("kind", "predicate", "other"),
    [
        ("Beroepskwalificatieversie", "erkenningVan", "Structuuronderdeel"),
        ("Erkenning", "heeftCompetentie", "Competentie"),
        ("Studiebewijs", "verleendDoor", "Erkenning"),
    ],
)
def test_a_contradiction_is_seen(kind: str, predicate: str, other: str) -> None:
    """One wrong link between two things of the sample: of the wrong kind, or one too many."""
    triples = said(sample())
    one, another = ([t.subject for t in triples if t.object == LEER[name]] for name in (kind, other))
    wrong = Triple(one[0], LEER[predicate], another[-1])
    assert wrong not in triples
    found = contradictions([*triples, wrong])
    assert any(str(node.value) in line for node in (one[0], another[-1]) for line in found)
