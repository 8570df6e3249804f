"""The canonical dump: every triple once, as a line of N-Quads, in the order of its code points.

The same statements give the same bytes whatever order they were said in. Sorting happens on disk, in runs of a fixed
number of lines, so memory stays flat however much is said.
"""

from __future__ import annotations

import gzip
import heapq
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from ..errors import ReleaseError

RUN_LINES = 200_000
"""Lines sorted in memory at a time: about 60 MB."""

COMPRESSION = 6
"""The level of gzip; part of the canonical form."""

CHUNK_LINES = 4_000


def nquad(subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal, graph: NamedNode) -> str:
    r"""One triple in its graph, as a line of canonical N-Quads.

    >>> nquad(NamedNode("urn:a"), NamedNode("urn:b"), Literal("een\ntwee", language="nl"), NamedNode("urn:g"))
    '<urn:a> <urn:b> "een\\ntwee"@nl <urn:g> .\n'
    """
    return f"{subject} {predicate} {value} {graph} .\n"


class SortedLines:
    """Lines that come in any order and go out sorted, each once; what does not fit in a run waits in `folder`.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     sorted_lines = SortedLines(Path(folder), run_lines=2)
    ...     for line in ["b\\n", "c\\n", "a\\n", "b\\n"]:
    ...         sorted_lines.add(line)
    ...     list(sorted_lines)
    ['a\\n', 'b\\n', 'c\\n']
    """

    def __init__(self, folder: Path, run_lines: int = RUN_LINES) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._run_lines = folder, run_lines
        self._run: list[str] = []
        self._files: list[Path] = []

    def add(self, line: str) -> None:
        """Take one line, line end included."""
        self._run.append(line)
        if len(self._run) >= self._run_lines:
            self._spill()

    def _spill(self) -> None:
        path = self._folder / f"run-{len(self._files):05}.nq"
        with path.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(sorted(set(self._run)))
        self._files.append(path)
        self._run = []

    def __iter__(self) -> Iterator[str]:
        streams = [path.open(encoding="utf-8", newline="\n") for path in self._files]
        try:
            yield from unique(heapq.merge(*streams, sorted(set(self._run))))
        finally:
            for stream in streams:
                stream.close()


def unique(lines: Iterable[str]) -> Iterator[str]:
    """Sorted lines without their repetitions.

    >>> list(unique(["a", "a", "b"]))
    ['a', 'b']
    """
    previous = None
    for line in lines:
        if line != previous:
            yield line
            previous = line


def merge(*sorted_lines: Iterable[str]) -> Iterator[str]:
    """Several sorted streams as one, each line once."""
    return unique(heapq.merge(*sorted_lines))


def _write_chunks(stream: gzip.GzipFile, lines: Iterable[str]) -> int:
    chunk: list[str] = []
    written = 0
    for line in lines:
        chunk.append(line)
        if len(chunk) >= CHUNK_LINES:
            stream.write("".join(chunk).encode())
            written += len(chunk)
            chunk.clear()
    stream.write("".join(chunk).encode())
    return written + len(chunk)


def write_dump(lines: Iterable[str], path: Path) -> int:
    """Write lines as gzip that holds neither a time nor a name, so that equal lines give equal bytes; returns how many.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_dump(["<urn:a> <urn:b> <urn:c> <urn:g> .\\n"], Path(folder) / "graph.nq.gz")
    1
    """
    with path.open("wb") as file, gzip.GzipFile("", "wb", COMPRESSION, file, mtime=0) as packed:
        return _write_chunks(packed, lines)


def read_dump(path: Path) -> Iterator[str]:
    """The lines of a dump, as a stream. Raises ReleaseError where it is missing or damaged."""
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as stream:
            yield from stream
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise ReleaseError("De dump is beschadigd.", place=str(path), remedy="Bouw de release opnieuw.") from error
