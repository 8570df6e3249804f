"""What a source says, as a set of triples, beside the golden Turtle that lies next to its sample."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from leerbrug.graph.names import Names
from leerbrug.graph.statements import Finding, Statement
from leerbrug.loaders.source import Source
from pyoxigraph import RdfFormat, Triple, parse

Loaded = tuple[set[Triple], list[Finding]]


def _load(source: Source, path: Path) -> Loaded:
    triples: set[Triple] = set()
    findings: list[Finding] = []
    for record in source.records(path):
        for said in source.said(record, Names()):
            if isinstance(said, Statement):
                triples.add(said.triple())
            else:
                findings.append(said)
    return triples, findings


@pytest.fixture(scope="session")
def load() -> Callable[[Source, Path], Loaded]:
    """The triples and findings of one edition of a source; loaded once a session."""
    seen: dict[tuple[str, Path], Loaded] = {}

    def once(source: Source, path: Path) -> Loaded:
        key = (source.key, path)
        if key not in seen:
            seen[key] = _load(source, path)
        return seen[key]

    return once


@pytest.fixture(scope="session")
def golden() -> Callable[[Path], set[Triple]]:
    """The triples of a golden Turtle file."""
    return lambda path: {quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)}
