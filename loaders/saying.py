"""How the records of a source are said: one function a kind of record, and what nearly every record says first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode

from ..graph.names import Names
from ..graph.statements import Finding, Said, Statement, text
from ..graph.vocabulary import LEER, RDF, SKOS

Speech = Callable[[Any, Names], Iterator[Said]]
"""Says one kind of record."""


def saying(kinds: Mapping[type, Speech]) -> Speech:
    """Says each record by its kind; what the reading itself found passes through.

    >>> said = saying({str: lambda record, names: named(names.iri("kok", record), LEER.Beroep, record)})
    >>> [str(statement.object) for statement in said("K1", Names())][1:]
    ['"K1"']
    """

    def said(record: Any, names: Names) -> Iterator[Said]:
        return iter((record,)) if isinstance(record, Finding) else kinds[type(record)](record, names)

    return said


def named(node: NamedNode, kind: NamedNode, code: str, name: str = "", language: str = "fr") -> Iterator[Statement]:
    """The class of a thing, its code, and its name where it has one."""
    yield Statement(node, RDF.type, kind)
    yield Statement(node, LEER.code, Literal(code))
    if name:
        yield Statement(node, SKOS.prefLabel, text(name, language))
