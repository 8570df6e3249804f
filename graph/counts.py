"""How many things of each class there are, in one graph or in all of them."""

from __future__ import annotations

from pyoxigraph import NamedNode

from .knowledge_graph import KnowledgeGraph
from .names import NAMESPACE

_IN_GRAPH = """
SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) WHERE { GRAPH ?graph { ?thing a ?class } } GROUP BY ?class
"""
_IN_ALL = "SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) WHERE { ?thing a ?class } GROUP BY ?class"


def classes_in(graph: KnowledgeGraph, named: NamedNode | None = None) -> dict[str, int]:
    """Things per class, in order of the class; our own classes by their local name, others by their IRI.

    A thing that two graphs speak of counts once.
    """
    rows = graph.select(_IN_GRAPH, graph=named) if named else graph.select(_IN_ALL)
    counted = {row["class"].value.removeprefix(NAMESPACE): int(row["n"].value) for row in rows}
    return dict(sorted(counted.items()))
