"""How many things of each class there are, in one graph or in all of them."""

from __future__ import annotations

from pyoxigraph import NamedNode

from .knowledge_graph import KnowledgeGraph
from .names import NAMESPACE
from .vocabulary import PREFIXES

_IN_GRAPH = """
SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) WHERE { GRAPH ?graph { ?thing a ?class } } GROUP BY ?class
"""
_IN_ALL = "SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) WHERE { ?thing a ?class } GROUP BY ?class"


def classes_in(graph: KnowledgeGraph, named: NamedNode | None = None) -> dict[str, int]:
    """Things per class, in order of the class; our own classes by their local name, others as skos:Concept.

    A thing that two graphs speak of counts once.
    """
    rows = graph.select(_IN_GRAPH, graph=named) if named else graph.select(_IN_ALL)
    counted = {_shown(row["class"].value): int(row["n"].value) for row in rows}
    return dict(sorted(counted.items()))


def _shown(iri: str) -> str:
    """The local name of a class of ours, the prefixed name of another that we know, else the IRI."""
    if iri.startswith(NAMESPACE):
        return iri.removeprefix(NAMESPACE)
    known = ((prefix, start) for prefix, start in PREFIXES.items() if iri.startswith(start))
    prefix, start = max(known, key=lambda found: len(found[1]), default=("", ""))
    return f"{prefix}:{iri.removeprefix(start)}" if prefix else iri
