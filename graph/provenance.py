"""Provenance: of each named graph, from which files of which source it was derived, who publishes it, under what terms.

PROV-O and Dublin Core, in a graph of its own. The time in it is never the clock's, so that the same input gives the
same bytes: it is the day that whoever builds says the files are of (`leerbrug build --date`), or it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from .manifest import LoadedSource, SourceFile, files_below, sha256
from .names import Names, digest
from .statements import Statement
from .vocabulary import DCTERMS, LEER, OWL, PROV, RDF, RDFS, XSD

_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def source_files(path: Path) -> tuple[SourceFile, ...]:
    """The files of a source, which is one file or a folder of files, each with its checksum."""
    root = path if path.is_dir() else path.parent
    files = files_below(path) if path.is_dir() else iter((path,))
    visible = (file for file in files if not any(part.startswith(".") for part in file.relative_to(root).parts))
    return tuple(SourceFile(file.relative_to(root).as_posix(), file.stat().st_size, sha256(file)) for file in visible)


def provenance(source: LoadedSource, names: Names, day: date | None = None) -> Iterator[Statement]:
    """What is said of the graph of one source; `day` is the day its files are of."""
    graph = NamedNode(source.graph)
    yield Statement(graph, RDF.type, PROV.Entity)
    yield Statement(graph, DCTERMS.title, Literal(source.title, language="nl"))
    yield Statement(graph, DCTERMS.rights, Literal(source.licence, language="nl"))
    if source.version:
        yield Statement(graph, OWL.versionInfo, Literal(source.version))
    if day:
        yield Statement(graph, PROV.generatedAtTime, Literal(f"{day.isoformat()}T00:00:00Z", datatype=XSD.dateTime))
    yield from _publisher(graph, source, names)
    for address in _ADDRESS.findall(source.address):
        yield Statement(graph, DCTERMS.source, NamedNode(address))
    for file in source.files:
        yield from _file(graph, file, names)


def _publisher(graph: NamedNode, source: LoadedSource, names: Names) -> Iterator[Statement]:
    publisher = names.iri("organisatie", digest(source.publisher))
    yield Statement(graph, DCTERMS.publisher, publisher)
    yield Statement(graph, PROV.wasAttributedTo, publisher)
    yield Statement(publisher, RDF.type, PROV.Agent)
    yield Statement(publisher, RDFS.label, Literal(source.publisher))


def _file(graph: NamedNode, file: SourceFile, names: Names) -> Iterator[Statement]:
    node = names.iri("bronbestand", digest(source_key(graph), file.path), file.sha256[:16])
    yield Statement(graph, PROV.wasDerivedFrom, node)
    yield Statement(node, RDF.type, LEER.Bronbestand)
    yield Statement(node, RDFS.label, Literal(file.path))
    yield Statement(node, LEER.sha256, Literal(file.sha256))


def source_key(graph: NamedNode) -> str:
    """The part of a graph's IRI that tells its source and version.

    >>> source_key(Names().graph("rome", "460"))
    'rome/460'
    """
    return graph.value.partition("/graaf/")[2]
