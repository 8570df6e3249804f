"""Releases: integers in one line, each a folder that is complete or does not exist.

    releases/
    ├── 1/
    │   ├── manifest.json       every part with its SHA-256, what was read, what it counts
    │   ├── graph.nq.gz         the graph: the one truth; the rest is derived from it
    │   ├── store/              the same graph, ready to be asked; store.json holds its checksums
    │   ├── places.sqlite       where each triple is said
    │   ├── catalogus.msgpack   what `pathways` computes on
    │   ├── elders.msgpack      the same for profiles and standards from elsewhere
    │   ├── labels.sqlite       names to search by
    │   ├── report.json         what the checks found, and what passed
    │   └── dumps/              the same for people: JSON-LD, tables
    └── .bouw-2/                the next one, half-built

A release is built in a folder that no reader looks at, is brought to the disk with fsync, and becomes the current one
by one rename: the current release is the highest number. So there is no pointer that can be wrong, a reader never sees
half a release, and a crash at any moment leaves the last good one. Nothing is deleted but a half-built folder, and that
by the next build.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec
from pyoxigraph import NamedNode

from ..errors import ReleaseError, StoreError
from .catalogus import Catalogus, Kwalificatie
from .catalogus_elders import Elders
from .knowledge_graph import KnowledgeGraph
from .lock import exclusive
from .manifest import STORE, Manifest, read_manifest, seal_store, verify, write_manifest
from .names import Names
from .places import Places
from .remote_store import Endpoint, RemoteStore
from .search import Zoekindex
from .store import EmbeddedStore

GRAPH = "graph.nq.gz"
PLACES = "places.sqlite"
CATALOGUS = "catalogus.msgpack"
ELDERS = "elders.msgpack"
ZOEKINDEX = "labels.sqlite"
REPORT = "report.json"
DUMPS = "dumps"

_HALF_BUILT = ".bouw-"
_LOCK = ".slot"
_NUMBER = re.compile("[1-9][0-9]*")
_Kind = TypeVar("_Kind")


def default_folder() -> Path:
    """The folder of releases of this user: where the platform keeps what programs make."""
    if os.name == "nt":
        home = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        home = Path.home() / "Library" / "Application Support"
    else:
        home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return home / "leerbrug" / "releases"


class Release:
    """One complete release; what it holds is opened when it is asked for, and only read."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.number = folder, int(folder.name)

    @cached_property
    def manifest(self) -> Manifest:
        """What the release says of itself."""
        return read_manifest(self.folder)

    @property
    def version(self) -> str:
        """The SHA-256 of the graph: two releases with the same content have the same version."""
        return next(part.sha256 for part in self.manifest.parts if part.path == GRAPH)

    @property
    def dump(self) -> Path:
        """The canonical dump."""
        return self.folder / GRAPH

    def store(self) -> EmbeddedStore:
        """The store, opened read-only; any number of processes may, and each closes its own."""
        return EmbeddedStore.open(self.folder / STORE)

    def graph(self) -> KnowledgeGraph:
        """The graph in that store, under the names of the release."""
        return KnowledgeGraph(self.store(), Names(self.manifest.base))

    def places(self) -> Places:
        """Where each triple is said."""
        return Places(self.folder / PLACES)

    def catalogus(self) -> Catalogus:
        """The frozen view of the Flemish qualifications and programmes."""
        return _decode(self.folder / CATALOGUS, Catalogus)

    def elders(self) -> dict[str, Kwalificatie]:
        """Competence profiles and standards from elsewhere (Competent, ESCO, ROME, RNCP), by code."""
        return _decode(self.folder / ELDERS, Elders).by_code()

    def zoekindex(self) -> Zoekindex:
        """The labels, to find things by name."""
        return Zoekindex((self.folder / ZOEKINDEX).resolve())

    def report(self) -> bytes:
        """What the checks found, as the JSON that `checks` reads back."""
        return (self.folder / REPORT).read_bytes()

    def dumps(self) -> tuple[Path, ...]:
        """The files made for people, in order of name."""
        return tuple(sorted((self.folder / DUMPS).iterdir()))

    def verify(self) -> None:
        """Check every part against its SHA-256. Raises ReleaseError that names the first part that differs."""
        verify(self.folder)


def remote_graph(release: Release, address: str) -> KnowledgeGraph:
    """The graph of a release on a SPARQL server that its dump was loaded into, graph by graph.

    Raises StoreError where the server does not hold as many triples of each graph as the release.
    """
    graphs = release.manifest.graphs
    store = RemoteStore(Endpoint(address, address), graphs=[NamedNode(graph) for graph in graphs])
    for graph, triples in graphs.items():
        if (found := store.count(NamedNode(graph))) != triples:
            store.close()
            detail = f"De server heeft {found} triples van <{graph}>, release {release.number} heeft er {triples}."
            raise StoreError(detail, place=address, remedy=f"Laad {GRAPH} van die release in de server.")
    return KnowledgeGraph(store, Names(release.manifest.base))


def _decode(path: Path, kind: type[_Kind]) -> _Kind:
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError) as error:
        raise ReleaseError("Dit deel is beschadigd.", place=str(path), remedy="Bouw de release opnieuw.") from error


class Draft:
    """The next release while it is built: fill `folder`, then `publish`."""

    def __init__(self, releases: Path, number: int) -> None:
        self.number, self._target = number, releases / str(number)
        self.folder = releases / f"{_HALF_BUILT}{number}"
        self.folder.mkdir()

    def publish(self, manifest: Manifest) -> Release:
        """Seal what stands in the folder and make it the current release."""
        seal_store(self.folder)
        write_manifest(self.folder, manifest)
        to_disk(self.folder)
        self.folder.rename(self._target)
        _fsync(self._target.parent)
        return Release(self._target)


class Releases:
    """The releases in one folder.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     list(Releases(Path(folder)))
    []
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __iter__(self) -> Iterator[Release]:
        """Every release, the oldest first."""
        return (Release(self.folder / str(number)) for number in self._numbers())

    def _numbers(self) -> list[int]:
        folders = self.folder.iterdir() if self.folder.is_dir() else ()
        return sorted(int(folder.name) for folder in folders if _NUMBER.fullmatch(folder.name))

    def current(self) -> Release:
        """The release that is live. Raises ReleaseError where there is none yet."""
        numbers = self._numbers()
        if not numbers:
            raise ReleaseError(
                "Hier is nog geen release.", place=str(self.folder), remedy="Maak er een: leerbrug build."
            )
        return Release(self.folder / str(numbers[-1]))

    def open(self, number: int) -> Release:
        """The release of that number. Raises ReleaseError where there is none."""
        if number not in self._numbers():
            raise ReleaseError(
                f"Release {number} bestaat niet.", place=str(self.folder), remedy="Zie leerbrug releases."
            )
        return Release(self.folder / str(number))

    @contextmanager
    def building(self) -> Iterator[Draft]:
        """The next release, to be filled and published; what another build left half-done is cleared away first.

        What is not published when the block ends is cleared away too. Raises ReleaseError while another build runs.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with exclusive(self.folder / _LOCK):
            self._clear()
            try:
                yield Draft(self.folder, max(self._numbers(), default=0) + 1)
            finally:
                self._clear()

    def _clear(self) -> None:
        for folder in self.folder.glob(f"{_HALF_BUILT}*"):
            shutil.rmtree(folder)


def to_disk(folder: Path) -> None:
    """Have the operating system write every file and folder below this one to the disk."""
    for path in sorted(folder.rglob("*")):
        _fsync(path)
    _fsync(folder)


def _fsync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
