"""What a few open facts cost together at least: the critical-path bounds h² and h³ (Haslum & Geffner 2000).

The facts have an order in which every action needs less than it gives, so that the highest open fact is the only one to
choose a maker for. Of each pair (triple) of facts the cheapest way is then computed exactly, lowest first, but that
what is left open after a choice counts as its dearest pair (triple) only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import comb
from typing import NamedTuple

import numpy as np
from numba import njit

from .andor import INFINITE, Ints, Longs, Rows

State = tuple[int, ...]
"""Open facts, highest first."""

MOST_CELLS = 6_000_000
MOST_SUMS = 150_000_000


class Maker(NamedTuple):
    """One way to gain a fact: the action (-1 for none of its own), what it costs and what it leaves open."""

    action: int
    cost: int
    tail: State


class Table(NamedTuple):
    """The bound of each fact with one other below it, or with `triples` two; a fact meets facts from `lowest` up."""

    lowest: Ints
    starts: Longs
    value: Longs
    triples: bool


class _Makers(NamedTuple):
    """Of each fact its makers, and of each maker its tail and cost."""

    of: Rows
    tails: Rows
    cost: Longs


def bounds(ways: Sequence[Sequence[Maker]], late: Callable[[], bool], *, triples: bool) -> Table | None:
    """The table for facts 1, 2 … with these makers; None when it would be too large, or when it is late.

    >>> ways = [[], [Maker(0, 5, ())], [Maker(1, 4, ())], [Maker(2, 1, (2, 1))]]
    >>> table = bounds(ways, lambda: False, triples=False)
    >>> [int(bound(table, np.array(state, np.int32))) for state in [(1,), (2, 1), (3,)]]
    [5, 9, 10]
    """
    lowest = _lowest(ways)
    starts, sums = _size(ways, lowest, triples)
    if starts[-1] > MOST_CELLS or sums > MOST_SUMS:
        return None
    table = Table(lowest, starts, np.zeros(int(starts[-1]), np.int64), triples)
    makers = _arrays(ways)
    room = np.zeros(max(len(way.tail) for mine in ways for way in mine) + 2, np.int32)
    for fact in range(1, len(ways)):
        if late():
            return None
        _fill(table, makers, fact, room)
    return table


def _lowest(ways: Sequence[Sequence[Maker]]) -> Ints:
    """By fact the lowest one that can be open with it: such a fact was asked by a maker of a higher one."""
    lowest = np.zeros(len(ways), np.int32)
    least = len(ways)
    for fact in range(len(ways) - 1, 0, -1):
        lowest[fact] = min(least, fact)
        least = min([least, *(way.tail[-1] for way in ways[fact] if way.tail)])
    return lowest


def _size(ways: Sequence[Sequence[Maker]], lowest: Ints, triples: bool) -> tuple[Longs, int]:
    """Where the cells of each fact start, and about how many sums it takes to fill them."""
    width = np.arange(len(ways), dtype=np.int64) - lowest + 1
    cells = width * width if triples else width
    cells[0] = 0
    starts = np.zeros(len(ways) + 1, np.int64)
    np.cumsum(cells, out=starts[1:])
    each = [sum(1 + comb(len(way.tail) + 1 + triples, 2 + triples) for way in mine) for mine in ways]
    return starts, int(cells @ np.array(each, np.int64))


def _arrays(ways: Sequence[Sequence[Maker]]) -> _Makers:
    flat = [way for mine in ways for way in mine]
    number = iter(range(len(flat)))
    return _Makers(
        Rows.of([[next(number) for _ in mine] for mine in ways]),
        Rows.of([way.tail for way in flat]),
        np.array([way.cost for way in flat], np.int64),
    )


@njit(cache=True)
def _fill(table: Table, makers: _Makers, fact: int, room: Ints) -> None:
    """The cells of one fact, when those of all lower facts are known."""
    lowest = table.lowest[fact]
    width = fact - lowest + 1
    for second in range(width):
        for third in range(max(1, second) if table.triples else 1):
            least = INFINITE
            for maker in range(makers.of.starts[fact], makers.of.starts[fact + 1]):
                size = 0
                for at in range(makers.tails.starts[maker], makers.tails.starts[maker + 1]):
                    room[size] = makers.tails.values[at]
                    size += 1
                if second > 0:
                    size = _insert(room, size, lowest + second - 1)
                if third > 0:
                    size = _insert(room, size, lowest + third - 1)
                least = min(least, makers.cost[maker] + bound(table, room[:size]))
            row = second * width + third if table.triples else second
            table.value[table.starts[fact] + row] = least


@njit(cache=True)
def _insert(room: Ints, size: int, fact: int) -> int:
    """Put a fact among the facts of a state, highest first, once; how many there are then."""
    place = size
    while place > 0 and room[place - 1] <= fact:
        if room[place - 1] == fact:
            return size
        place -= 1
    for at in range(size, place, -1):
        room[at] = room[at - 1]
    room[place] = fact
    return size + 1


@njit(cache=True)
def bound(table: Table, state: Ints) -> int:
    """What the facts of a state, highest first, cost together at least: the dearest pair, or triple, of them."""
    size = len(state)
    dearest: int = 0
    if size == 0:
        return dearest
    for first in range(max(1, size - 1 - table.triples)):
        fact = state[first]
        below = table.lowest[fact] - 1
        width = fact - below
        base = table.starts[fact]
        if size == 1:
            dearest = table.value[base]
        for second in range(first + 1, max(min(2, size), size - table.triples)):
            row = state[second] - below
            if not table.triples:
                dearest = max(dearest, table.value[base + row])
            elif size == 2:
                dearest = table.value[base + row * width]
            else:
                for third in range(second + 1, size):
                    dearest = max(dearest, table.value[base + row * width + state[third] - below])
    return dearest
