"""The vocabulary, the code lists and the alignments as statements, so that every release carries the words it uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, parse

from .vocabulary import ONTOLOGY

PARTS = ("vocabulary.ttl", "codelists/*.ttl", "alignments/*.ttl")
"""What a release carries of the ontology; shapes are for `checks`."""


def ontology_files() -> list[Path]:
    """The files of the ontology, in a fixed order."""
    return [path for pattern in PARTS for path in sorted(ONTOLOGY.glob(pattern))]


def ontology_lines(graph: NamedNode) -> Iterator[str]:
    """The ontology as lines of N-Quads in that graph.

    Class expressions of OWL are blank nodes; they get the names that RDF Dataset Canonicalization (RDFC-1.0) gives
    them, so that the same ontology gives the same lines.
    """
    dataset = Dataset()
    for path in ontology_files():
        for quad in parse(path=path, format=RdfFormat.TURTLE, rename_blank_nodes=True):
            dataset.add(Quad(quad.subject, quad.predicate, quad.object, graph))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return (f"{quad.subject} {quad.predicate} {quad.object} {graph} .\n" for quad in dataset)
