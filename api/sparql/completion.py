"""What an editor of queries suggests: our classes, their properties, how many values each has and how often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

import msgspec
from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions, RdfFormat, Store

from ...graph.knowledge_graph import KnowledgeGraph
from ...graph.vocabulary import ONTOLOGY, PREFIXES

FILLED = """
SELECT ?klasse ?eigenschap (COUNT(DISTINCT ?ding) AS ?dingen) (COUNT(*) AS ?triples)
WHERE { ?ding a ?klasse ; ?eigenschap ?waarde } GROUP BY ?klasse ?eigenschap ORDER BY ?klasse ?eigenschap
"""
THINGS = "SELECT ?klasse (COUNT(DISTINCT ?ding) AS ?dingen) WHERE { ?ding a ?klasse } GROUP BY ?klasse ORDER BY ?klasse"

SHAPES = """
SELECT ?klasse ?eigenschap (MAX(?m) AS ?min) (MIN(?x) AS ?max) (MIN(?d) AS ?datatype) (MIN(?c) AS ?van) WHERE {
  ?vorm sh:targetClass ?klasse ; sh:property ?p . ?p sh:path ?eigenschap FILTER(isIRI(?eigenschap))
  OPTIONAL { ?p sh:minCount ?m } OPTIONAL { ?p sh:maxCount ?x }
  OPTIONAL { ?p sh:datatype ?d } OPTIONAL { ?p sh:class ?c }
} GROUP BY ?klasse ?eigenschap
"""
LABELS = "SELECT ?ding ?naam WHERE { ?ding rdfs:label|skos:prefLabel ?naam FILTER(isIRI(?ding)) }"


class Property(msgspec.Struct, frozen=True, omit_defaults=True):
    """A property of a class: `min` and `max` values by our shapes, `things` that have it, `share` of all of them."""

    iri: str
    name: str
    label: dict[str, str]
    things: int
    triples: int
    share: float
    min: int = 0
    max: int | None = None
    datatype: str = ""
    of: str = ""


class Kind(msgspec.Struct, frozen=True):
    """A class, how many things there are of it, and its properties, the one filled most often first."""

    iri: str
    name: str
    label: dict[str, str]
    things: int
    properties: tuple[Property, ...]


class Completion(msgspec.Struct, frozen=True):
    """Everything that an editor suggests for one release."""

    release: int
    prefixes: dict[str, str]
    classes: tuple[Kind, ...]


class _Rule(msgspec.Struct, frozen=True):
    min: int = 0
    max: int | None = None
    datatype: str = ""
    of: str = ""


@lru_cache(maxsize=1)
def _ontology() -> Store:
    store = Store()
    for path in sorted(ONTOLOGY.rglob("*.ttl")):
        store.bulk_load(path=str(path), format=RdfFormat.TURTLE)
    return store


def _rows(query: str) -> Iterator[QuerySolution]:
    prefixes = {**PREFIXES, "sh": "http://www.w3.org/ns/shacl#"}
    found = _ontology().query(query, prefixes=prefixes)
    assert isinstance(found, QuerySolutions)
    yield from found


def _value(term: object) -> str:
    return term.value if isinstance(term, (NamedNode, Literal)) else ""


def _rules() -> dict[tuple[str, str], _Rule]:
    """What our shapes say, by class and property."""
    return {
        (_value(row["klasse"]), _value(row["eigenschap"])): _Rule(
            int(_value(row["min"]) or 0),
            int(_value(row["max"])) if row["max"] is not None else None,
            _value(row["datatype"]),
            _value(row["van"]),
        )
        for row in _rows(SHAPES)
    }


def _labels() -> dict[str, dict[str, str]]:
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(LABELS):
        name = row["naam"]
        if isinstance(name, Literal):
            found[_value(row["ding"])][name.language or ""] = name.value
    return found


def short(iri: str) -> str:
    """The IRI with its prefix, where it has one.

    >>> short("https://w3id.org/leerbrug/ns#Competentie")
    'leer:Competentie'
    """
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local and "/" not in local:
            return f"{prefix}:{local}"
    return iri


def completion(graph: KnowledgeGraph, release: int) -> Completion:
    """Count what there is in a release and set beside it what the shapes ask; one pass over the graph."""
    rules, labels = _rules(), _labels()
    things = {row["klasse"].value: int(row["dingen"].value) for row in graph.select(THINGS)}
    properties: defaultdict[str, list[Property]] = defaultdict(list)
    for row in graph.select(FILLED):
        kind, iri, count = row["klasse"].value, row["eigenschap"].value, int(row["dingen"].value)
        rule = rules.get((kind, iri), _Rule())
        share = round(count / things[kind], 4)
        filled = Property(iri, short(iri), labels.get(iri, {}), count, int(row["triples"].value), share)
        properties[kind].append(
            msgspec.structs.replace(filled, min=rule.min, max=rule.max, datatype=rule.datatype, of=rule.of)
        )
    kinds = (
        Kind(iri, short(iri), labels.get(iri, {}), count, tuple(sorted(properties[iri], key=_often)))
        for iri, count in things.items()
    )
    return Completion(release, dict(PREFIXES), tuple(sorted(kinds, key=lambda kind: (-kind.things, kind.iri))))


def _often(filled: Property) -> tuple[float, str]:
    return -filled.share, filled.iri
