"""Keeping, of what a list holds, what typed words find; best first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from ..graph.search import plain
from .reading import Reading

T = TypeVar("T")

MOST = 2_000
"""How many things one search looks at."""


def searched(
    reading: Reading, found: Sequence[T], q: str, iri: Callable[[T], str], code: Callable[[T], str]
) -> list[T]:
    """The things that the words find, in order of likeness; all of them when nothing was typed."""
    if not q.strip():
        return list(found)
    hits = reading.served.zoekindex.zoek(q, taal=reading.language, hoogstens=MOST)
    rank = {hit.iri: place for place, hit in enumerate(hits)}
    wanted = plain(q)
    kept = [one for one in found if iri(one) in rank or plain(code(one)).startswith(wanted)]
    return sorted(kept, key=lambda one: (rank.get(iri(one), MOST), code(one)))
