"""`leerbrug bench load`: how fast triples are loaded and how much memory that takes, against rdflib's own parse.

Every row is a process of its own, so that memory is that row's alone, and all rows read the same triples in the same
run. Each file that we load is read by rdflib too, into its own memory: plain N-Triples into one graph, its fastest
road; and plain N-Quads, with the graph of each triple, as the build and `leerbrug check` load what they heard. A row
says how many times less processor time it takes than rdflib with that file; the dump is the N-Quads, packed. A server
uses the store on disk: it is loaded once, by the build, and opened in milliseconds by as many processes as serve. In
memory is what checks and tests use.
"""

from __future__ import annotations

import gzip
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import RdfFormat

from ..graph.releases import Release, Releases
from ..graph.store import EmbeddedStore, open_dump
from .processes import Measured, measured, run


@dataclass(frozen=True, slots=True)
class Row:
    """One figure; `times` is how many times less processor time a triple takes than rdflib needs for that file.

    `same` says whether the row holds exactly the triples it should.
    """

    what: str
    triples: int
    seconds: float
    cpu: float
    peak: int
    times: float
    same: bool

    @property
    def per_second(self) -> float:
        """Triples a second."""
        return self.triples / self.seconds

    @property
    def bytes_per_triple(self) -> float:
        """The peak of the whole process, Python included, for each triple."""
        return self.peak / self.triples


def bench_load(sources: Sequence[str], data: Path | None = None) -> Iterator[Row]:
    """The rows of the bench, for the release that serves from that folder.

    Without a folder the release is built from these KEY=PATH sources (none: the sample), and the last row is of that.
    """
    with TemporaryDirectory(prefix="leerbrug-bench-") as folder:
        releases = data or Path(folder) / "releases"
        built = None if data else _build(sources, releases)
        release = Releases(releases).current()
        yield from _triples(*_plain(release.dump, Path(folder) / "graph.nt"))
        yield from _quads(release, Path(folder), built)


def _quads(release: Release, folder: Path, built: Measured | None) -> Iterator[Row]:
    """The rows that read N-Quads, or make them: each beside rdflib with that file."""
    quads, unpacked = release.manifest.triples, folder / "graph.nq"
    with open_dump(release.dump) as packed, unpacked.open("wb") as stream:
        shutil.copyfileobj(packed, stream)
    reference = measured(parse_quads_with_rdflib, str(unpacked))
    pace = reference.answer / reference.cpu
    yield _row("rdflib: N-Quads in een dataset", reference, quads, pace)
    yield _row("in het geheugen, uit N-Quads", measured(load_in_memory, str(unpacked)), quads, pace)
    yield _row("in het geheugen, uit de dump", measured(load_in_memory, str(release.dump)), quads, pace)
    disk = measured(load_on_disk, str(unpacked), str(folder / "store"))
    yield _row("op schijf, uit N-Quads", disk, quads, pace)
    if built:
        yield _row("hele bouw uit de bronbestanden", built, quads, pace)


def _triples(plain: Path, distinct: int) -> Iterator[Row]:
    """The rows that read N-Triples: what rdflib does fastest, and exactly the same of us."""
    reference = measured(parse_with_rdflib, str(plain))
    pace = reference.answer / reference.cpu
    yield _row("rdflib: N-Triples in een graaf", reference, distinct, pace)
    yield _row("in het geheugen, dezelfde N-Triples in een graaf", measured(load_same, str(plain)), distinct, pace)


def _row(what: str, found: Measured, expected: int, pace: float) -> Row:
    times = found.answer / found.cpu / pace
    return Row(what, found.answer, found.seconds, found.cpu, found.peak, times, found.answer == expected)


def _build(sources: Sequence[str], into: Path) -> Measured:
    """The command itself, as a person runs it: reading, sorting, checking, deriving, downloads and all."""
    chosen = [part for source in sources for part in ("--source", source)]
    start = [sys.executable, "-c", "from leerbrug.cli import main; main()", "build", "--json", "--into", str(into)]
    said, whole = run([*start, *chosen])
    return replace(whole, answer=int(json.loads(said)["triples"]))


def _plain(dump: Path, path: Path) -> tuple[Path, int]:
    """The dump as plain N-Triples, each triple once whatever graphs say it; and how many those are."""
    distinct, previous = 0, b""
    with gzip.open(dump, "rb") as lines, path.open("wb") as stream:
        for line in lines:
            triple = line.rsplit(b" ", 2)[0]
            if triple != previous:
                stream.write(triple + b" .\n")
                distinct, previous = distinct + 1, triple
    return path, distinct


def parse_with_rdflib(path: str) -> int:
    """The yardstick: rdflib's own parser into its own memory."""
    from rdflib import Graph

    return len(Graph().parse(path, format="nt"))


def parse_quads_with_rdflib(path: str) -> int:
    """The yardstick with graphs: rdflib's own parser into its own dataset in memory."""
    from rdflib import Dataset

    dataset = Dataset()
    dataset.parse(path, format="nquads")
    return sum(len(graph) for graph in dataset.graphs())


def load_same(path: str) -> int:
    """Exactly what rdflib is asked: plain N-Triples into one graph, in memory."""
    store = EmbeddedStore.in_memory()
    store.oxigraph.bulk_load(path=path, format=RdfFormat.N_TRIPLES, lenient=True)
    return store.count()


def load_in_memory(path: str) -> int:
    """A dump into a store in memory."""
    store = EmbeddedStore.in_memory()
    store.load(Path(path))
    return store.count()


def load_on_disk(path: str, folder: str) -> int:
    """A dump into a new store on disk."""
    store = EmbeddedStore.create(Path(folder))
    store.load(Path(path))
    return store.count()
