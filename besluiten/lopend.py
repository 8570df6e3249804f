"""The release and the decisions since, as one graph: what was ratified a moment ago, SPARQL sees.

The store of a release is never written. A working store beside it starts as a copy made of hard links, which costs no
time or room however large the release; decisions are written into it, and each time that the ledger moved a next
generation, again of hard links, is put down for readers to open. So every reader, in whatever process, sees one whole
generation, joins run within one engine, and nobody waits for a writer.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad

from ..errors import ReleaseError
from ..graph.knowledge_graph import KnowledgeGraph
from ..graph.lock import exclusive
from ..graph.releases import Release
from ..graph.store import EmbeddedStore
from .projectie import Projectie, stuk_quads
from .wereld import Wereld

_MAP = ".lopend-"
BEWAAR = 120.0
"""Seconds that a generation is kept after a newer one came: longer than any query may run."""


@dataclass(frozen=True, slots=True)
class Generatie:
    """A store of the release with the decisions up to entry `nummer` of the ledger; `folder` may be opened to read."""

    nummer: int
    folder: Path


class Lopend:
    """The graph that is served: a release, and over it the projection of the ledger.

    `wacht` is the least number of seconds between two generations, so that many writes share one.
    """

    def __init__(self, release: Release, projectie: Projectie, *, wacht: float = 0.2) -> None:
        self.release, self.projectie, self.wacht = release, projectie, wacht
        self._lock = threading.Lock()
        self._said: dict[str, frozenset[Quad]] = {}
        self._old: list[tuple[float, Path]] = []
        self._made = 0.0
        home = release.folder.resolve().parent
        _clear(home)
        self._folder = Path(tempfile.mkdtemp(prefix=_MAP, dir=home))
        self._slot = exclusive(self._folder / "slot")
        self._slot.__enter__()
        base = pyoxigraph.Store.read_only(str(release.folder.resolve() / "store"))
        base.backup(str(self._folder / "werk"))
        self._work = pyoxigraph.Store(self._folder / "werk")
        self._generatie = Generatie(0, release.folder / "store")
        self._graph: KnowledgeGraph | None = None

    def generatie(self) -> Generatie:
        """The newest generation; made now where the ledger moved and the last one is older than `wacht`."""
        with self._lock:
            if time.monotonic() - self._made >= self.wacht:
                self._refresh()
            return self._generatie

    def graph(self) -> KnowledgeGraph:
        """The newest generation, opened to read."""
        self.generatie()
        with self._lock:
            if self._graph is None:
                self._graph = KnowledgeGraph(EmbeddedStore.open(self._generatie.folder), self.projectie.names)
            return self._graph

    def _refresh(self) -> None:
        if self.projectie.grootboek.laatste() == self._generatie.nummer:
            return
        nummer, stukken = self.projectie.since(self._generatie.nummer)
        wereld = self.projectie.wereld()
        for stuk in stukken:
            self._replace(stuk.id, stuk_quads(stuk, self.projectie.names, wereld))
        folder = self._folder / f"generatie-{nummer}-{time.monotonic_ns()}"
        self._work.backup(str(folder))
        self._old.append((time.monotonic(), self._generatie.folder))
        self._generatie, self._graph, self._made = Generatie(nummer, folder), None, time.monotonic()
        self._forget()

    def _replace(self, kenmerk: str, quads: frozenset[Quad]) -> None:
        before = self._said.get(kenmerk, frozenset())
        for quad in before - quads:
            self._work.remove(quad)
        self._work.extend(quads - before)
        self._said[kenmerk] = quads

    def _forget(self) -> None:
        """Take away the generations that no query can be reading any more; never the release itself."""
        now = time.monotonic()
        gone = [folder for since, folder in self._old if now - since > BEWAAR and folder.parent == self._folder]
        for folder in gone:
            shutil.rmtree(folder, ignore_errors=True)
        self._old = [(since, folder) for since, folder in self._old if folder not in gone]

    def close(self) -> None:
        """Take away the working store and its generations."""
        self._graph = None
        del self._work
        self._slot.__exit__(None, None, None)
        shutil.rmtree(self._folder, ignore_errors=True)


def _clear(home: Path) -> None:
    """Take away what a server left that was killed; what another server holds is locked and stays."""
    for folder in _left(home):
        try:
            with exclusive(folder / "slot"):
                pass
        except (ReleaseError, OSError):
            continue
        shutil.rmtree(folder, ignore_errors=True)


def _left(home: Path) -> Iterator[Path]:
    return (folder for folder in home.glob(f"{_MAP}*") if os.access(folder, os.W_OK))


def wereld_van(release: Release) -> Wereld:
    """What a release says, for the register."""
    return Wereld(release.catalogus())
