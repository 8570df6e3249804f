"""Reading everything that a graph says of the things of one class, by one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode

from .knowledge_graph import KnowledgeGraph
from .vocabulary import LEER

_OF_CLASS = "SELECT ?thing ?p ?o WHERE { ?thing a ?class ; ?p ?o }"

Value = NamedNode | Literal


class Thing:
    """What a graph says of one thing. Where several values stand for one, the first in order is taken."""

    __slots__ = ("iri", "values")

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self.values: defaultdict[str, set[Value]] = defaultdict(set)

    def all(self, predicate: NamedNode) -> list[Value]:
        """Every value of a property, in order of its text."""
        return sorted(self.values.get(predicate.value, ()), key=lambda value: (value.value, str(value)))

    def texts(self, predicate: NamedNode) -> tuple[str, ...]:
        """Every value of a property as text: of an IRI the IRI."""
        return tuple(value.value for value in self.all(predicate))

    def text(self, predicate: NamedNode) -> str:
        """The value of a property as text, Dutch first; empty where there is none."""
        values = self.all(predicate)
        dutch = [value for value in values if isinstance(value, Literal) and value.language == "nl"]
        return next((value.value for value in dutch or values), "")

    def labels(self, predicate: NamedNode) -> dict[str, str]:
        """The value of a property in each language."""
        literals = [value for value in reversed(self.all(predicate)) if isinstance(value, Literal)]
        return {value.language or "": value.value for value in literals}

    def day(self, predicate: NamedNode) -> date | None:
        """The value of a property as a day."""
        value = self.text(predicate)
        return date.fromisoformat(value[:10]) if value else None

    def number(self, predicate: NamedNode) -> int | None:
        """The value of a property as a whole number."""
        value = self.text(predicate)
        return int(value) if value else None

    def holds(self, predicate: NamedNode) -> bool:
        """Whether the property is said to be true."""
        return self.text(predicate) in ("true", "1")

    def concept(self, predicate: NamedNode) -> str:
        """The code of the concept that is the value of a property: the last part of its IRI."""
        return local(self.text(predicate))

    def concepts(self, predicate: NamedNode) -> tuple[str, ...]:
        """The codes of all concepts that are values of a property."""
        return tuple(local(iri) for iri in self.texts(predicate))


def local(iri: str) -> str:
    """The last part of an IRI.

    >>> local("https://w3id.org/leerbrug/codelijst/finaliteit/DU"), local("https://w3id.org/leerbrug/ns#Diploma")
    ('DU', 'Diploma')
    """
    return unquote(iri.rpartition("#")[2].rpartition("/")[2])


def things(graph: KnowledgeGraph, *classes: NamedNode) -> dict[str, Thing]:
    """The things of these classes by IRI, in order of IRI; a thing of two of them stands once."""
    found: dict[str, Thing] = {}
    for kind in classes:
        for thing, predicate, value in graph.select(_OF_CLASS, **{"class": kind}):
            iri = thing.value
            if iri not in found:
                found[iri] = Thing(iri)
            found[iri].values[predicate.value].add(value)
    return dict(sorted(found.items()))


def codes_of(*groups: Mapping[str, Thing]) -> dict[str, str]:
    """The code of each thing that has one, by its IRI."""
    found = ((thing, thing.text(LEER.code)) for group in groups for thing in group.values())
    return {thing.iri: code for thing, code in found if code}


def known(codes: Mapping[str, str], iris: Iterable[str]) -> tuple[str, ...]:
    """The codes of those of these things that have one, in order.

    >>> known({"urn:a": "BK-0002", "urn:b": "BK-0001"}, ["urn:a", "urn:b", "urn:c"])
    ('BK-0001', 'BK-0002')
    """
    return tuple(sorted({codes[iri] for iri in iris if iri in codes}))
