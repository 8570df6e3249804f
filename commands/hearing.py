"""Hearing the sources out: source file -> records -> what they say, as sorted lines, places and findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode

from ..errors import InputError
from ..graph.dump import SortedLines, nquad
from ..graph.manifest import LoadedSource
from ..graph.names import Names
from ..graph.naming import Naming
from ..graph.places import PlaceWriter
from ..graph.provenance import source_files
from ..graph.statements import Finding, Place, Severity, Statement
from ..loaders import SOURCES
from ..loaders.source import Source
from .progress import Watch

EXAMPLE = "voorbeeld.txt"
"""A folder that holds a file of this name is a part of its source on purpose: an example."""

TELL_EVERY = 500
"""Records between two updates of the bar."""


@dataclass(frozen=True, slots=True)
class Input:
    """One edition of a source: one file or folder that becomes one named graph."""

    source: Source
    path: Path
    version: str

    def graph(self, names: Names) -> NamedNode:
        """The graph it becomes."""
        return names.graph(self.source.key, self.version)


@dataclass(slots=True)
class Heard:
    """What the sources said, apart from the triples and their places, which are on disk."""

    sources: list[LoadedSource] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def inputs(source: Source, path: Path) -> Iterator[Input]:
    """The editions under a path, in their order. Raises InputError where there is nothing."""
    if not path.exists():
        raise InputError("Dit pad bestaat niet.", place=str(path), remedy="Geef een bestaand bestand of een map.")
    for edition in source.editions(path):
        yield Input(source, edition, source.version(edition))


def hear(wanted: Sequence[Input], names: Names, lines: SortedLines, places: PlaceWriter, watch: Watch) -> Heard:
    """Hear every source out, one record at a time."""
    heard = Heard()
    for item in wanted:
        watch.step(f"{item.source.title} {item.version} lezen".replace("  ", " "))
        heard.sources.append(_hear_one(item, names, lines, places, heard.findings, watch))
    return heard


def _hear_one(
    item: Input, names: Names, lines: SortedLines, places: PlaceWriter, findings: list[Finding], watch: Watch
) -> LoadedSource:
    graph, number = item.graph(names), 0
    for number, record in enumerate(item.source.records(item.path), 1):
        places.record(record.place)
        for said in item.source.said(record, names):
            if isinstance(said, Statement):
                lines.add(nquad(said.subject, said.predicate, said.object, graph))
                places.add(said)
            else:
                findings.append(said)
        if number % TELL_EVERY == 0:
            watch.count(number, "records")
    return _facts(item, graph, number)


def _facts(item: Input, graph: NamedNode, records: int) -> LoadedSource:
    source = item.source
    return LoadedSource(
        key=source.key,
        title=source.title,
        publisher=source.publisher,
        licence=source.licence,
        address=source.address,
        version=item.version,
        graph=graph.value,
        redistributable=source.redistributable,
        files=source_files(item.path),
        example=(item.path / EXAMPLE).is_file(),
        records=records,
    )


def write_said(lines: Iterable[str], path: Path, heard: Heard) -> None:
    """Write what was heard, sorted, with one name a thing; a finding tells how many names of a source gave way."""
    naming = Naming([NamedNode(source.graph) for source in sorted(heard.sources, key=_authority)])
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(naming.settled(lines))
    for source in {source.graph: source for source in heard.sources}.values():
        if number := naming.gave_way[f"<{source.graph}>"]:
            heard.findings.append(_gave_way(source, number))


def _authority(source: LoadedSource) -> tuple[int, list[int]]:
    """Who names a thing first: the order of SOURCES, and of one source the latest edition."""
    edition = [-int(number) for number in re.findall(r"\d+", source.version)]
    return [known.key for known in SOURCES].index(source.key), edition


def _gave_way(source: LoadedSource, number: int) -> Finding:
    title = f"{source.title} {source.version}".strip()
    message = {
        "nl": f"{title}: {number} namen wijken voor die van een bron met meer gezag en staan nu bij de andere namen.",
        "en": f"{title}: {number} names give way to those of a source with more authority and are now other names.",
    }
    return Finding("loader/andere-naam", Severity.INFO, Place(source.key), message, value=str(number))
