"""What a source is: the facts about it as data, and the two functions that read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from ..graph.names import Names
from ..graph.statements import Place, Said


class Record(Protocol):
    """What a source says about one thing, with the place where it says it."""

    @property
    def place(self) -> Place:
        """The file and the spot."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """One source: the facts about it, how its files are read and how one record is said in triples.

    `expects` maps a class name of the vocabulary to the least and the most instances a complete load gives, as the
    publisher states them; a count outside is a warning. `records` reads a file or folder as a stream and refuses to
    guess; `said` is a pure function from one record to statements and findings. Corrections to a source are data
    beside the loader, and each one applied is a finding. `editions` tells the folders under a path that hold one
    version each (most sources: the path itself); each is loaded into the graph of its own `version`.
    """

    key: str
    title: str
    publisher: str
    licence: str
    address: str
    records: Callable[[Path], Iterator[Any]]
    said: Callable[[Any, Names], Iterator[Said]]
    version: Callable[[Path], str] = field(default=lambda _: "")
    editions: Callable[[Path], Sequence[Path]] = field(default=lambda path: (path,))
    expects: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    redistributable: bool = False
