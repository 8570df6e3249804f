"""The manifest of a release: what it is made of, each part with its SHA-256, and what it counts.

The manifest of the same input is the same bytes: it holds no clock and no machine. The files of the store are an
engine's own and differ from run to run; their checksums stand beside them in `store.json`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from ..errors import ReleaseError

FORMAT = 1
"""Raised when a release of before can no longer be read."""

STORE = "store"
STORE_SEAL = "store.json"
MANIFEST = "manifest.json"

_UNSEALED = ("LOCK", "LOG", "LOG.old")
"""Files of the engine that change when a store is merely opened; they hold no triple."""


class Part(msgspec.Struct, frozen=True):
    """One file of a release."""

    path: str
    size: int
    sha256: str


class SourceFile(msgspec.Struct, frozen=True):
    """One file that was read."""

    path: str
    size: int
    sha256: str


class LoadedSource(msgspec.Struct, frozen=True):
    """One source as it was loaded: the facts about it, its named graph, its files and what it said.

    `example` says that it is a part of the source on purpose, so that the publisher's counts do not apply.
    """

    key: str
    title: str
    publisher: str
    licence: str
    address: str
    version: str
    graph: str
    redistributable: bool
    files: tuple[SourceFile, ...]
    example: bool = False
    records: int = 0
    triples: int = 0
    classes: dict[str, int] = {}


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a release says of itself."""

    format: int = FORMAT
    release: int
    base: str
    sources: tuple[LoadedSource, ...]
    triples: int
    graphs: dict[str, int]
    classes: dict[str, int]
    parts: tuple[Part, ...] = ()


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def files_below(folder: Path) -> Iterator[Path]:
    """Every file under a folder, in order of its path."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def seal(folder: Path, files: Iterable[Path]) -> tuple[Part, ...]:
    """These files as parts, their paths relative to the folder."""
    return tuple(Part(path.relative_to(folder).as_posix(), path.stat().st_size, sha256(path)) for path in files)


def seal_store(folder: Path) -> None:
    """Write the checksums of the store's files beside it."""
    files = [path for path in files_below(folder / STORE) if path.name not in _UNSEALED]
    (folder / STORE_SEAL).write_bytes(msgspec.json.format(msgspec.json.encode(seal(folder, files))) + b"\n")


def parts_of(folder: Path) -> tuple[Part, ...]:
    """The parts of a release but for its manifest and its store."""
    own = (folder / MANIFEST, folder / STORE_SEAL)
    return seal(
        folder, (path for path in files_below(folder) if path not in own and folder / STORE not in path.parents)
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest with every part that stands in the folder now."""
    complete = msgspec.structs.replace(manifest, parts=parts_of(folder))
    (folder / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(complete)) + b"\n")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a release. Raises ReleaseError where it is missing, damaged or of another format."""
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise ReleaseError("Deze release is beschadigd.", place=str(folder), remedy="Bouw opnieuw.") from error
    if manifest.format != FORMAT:
        raise ReleaseError("Deze release heeft een ander formaat.", place=str(folder), remedy="Bouw opnieuw.")
    return manifest


def verify(folder: Path) -> None:
    """Check every part against its SHA-256. Raises ReleaseError that names the first part that differs."""
    try:
        store = msgspec.json.decode((folder / STORE_SEAL).read_bytes(), type=tuple[Part, ...])
    except (OSError, msgspec.MsgspecError) as error:
        raise ReleaseError("Deze release is beschadigd.", place=str(folder), remedy="Bouw opnieuw.") from error
    for part in (*read_manifest(folder).parts, *store):
        path = folder / part.path
        if not path.is_file() or sha256(path) != part.sha256:
            raise ReleaseError("Dit deel is niet wat het manifest zegt.", place=str(path), remedy="Bouw opnieuw.")
