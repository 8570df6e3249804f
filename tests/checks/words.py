"""What a document says when it is read as linked data: every key a word of the vocabulary, and no value lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leerbrug.graph.vocabulary import ONTOLOGY
from pyoxigraph import NamedNode, RdfFormat, parse


def known_words() -> set[str]:
    """Every word of the vocabulary, and those of RDF with which a triple is cited."""
    quads = parse(path=ONTOLOGY / "vocabulary.ttl", format=RdfFormat.TURTLE)
    known = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    return known | {f"http://www.w3.org/1999/02/22-rdf-syntax-ns#{part}" for part in ("subject", "predicate", "object")}


def leaves(value: Any) -> Iterator[str]:
    """Every value in a document, whatever the key that it stands under."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "@context":
                yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield str(value)


def properties(value: Any) -> Iterator[str]:
    """Every property in an expanded document."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not key.startswith("@"):
                yield key
            yield from properties(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from properties(inner)
