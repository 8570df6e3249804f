"""Trying a whole field of steps, to see whether an answer missed something.

Labels of (facts, vector) with dominance; written apart from the search that made the answer, and guided by what that
answer claims, so that only what would contradict it is looked at.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from functools import reduce
from typing import NamedTuple

from .traject_search import Field, Vector, bits


class _Label(NamedTuple):
    """In the order in which labels are taken: by what a way through it costs at least, then by how much is reached."""

    least: Vector
    missing: int
    vector: Vector
    facts: int
    fresh: bool


def unclaimed(
    field: Field, first: int, last: int, beaten: Callable[[Vector], bool], *, fixed: int | None = None
) -> Vector | None:
    """A vector by which a goal is reached and that is not `beaten`, of those the one that ends first; or None.

    What is beaten stays so as costs grow. With `fixed` the first step begins in that year. Raises OutOfTimeError.
    """
    begin = max(first, fixed or first)
    hope = Hope(field)
    kept: dict[int, list[Vector]] = {}
    queue = [_Label((begin, 0, 0, 0), 0, (begin, 0, 0, 0), field.start, True)]
    while queue:
        here = heapq.heappop(queue)
        if field.met(here.facts):
            return here.vector
        known = kept.setdefault(here.facts, [])
        if any(covers(other, here.vector) for other in known):
            continue
        known.append(here.vector)
        field.offer.in_time()
        for facts, vector in _after(field, here, last, fixed):
            rest = hope.left(facts)
            if rest is None or vector[0] + rest[0] > last or beaten(least := _added(vector, rest)):
                continue
            if not any(covers(other, vector) for other in kept.get(facts, ())):
                heapq.heappush(queue, _Label(least, -facts.bit_count(), vector, facts, False))
    return None


def _after(field: Field, here: _Label, last: int, fixed: int | None) -> Iterator[tuple[int, Vector]]:
    """What each step leads to that can be begun and gives something new."""
    reached: set[tuple[int, Vector]] = set()
    for step in field.steps:
        year = next((each for each in step.years if each >= here.vector[0]), None)
        if year is None or year + step.cost[0] > last or step.gives & ~here.facts == 0:
            continue
        if fixed is not None and here.fresh and year != fixed:
            continue
        if any(way & ~here.facts == 0 for way in step.ways):
            vector = _added((year, *here.vector[1:]), step.cost)
            reached.add((field.close(here.facts | step.gives), vector))
    return iter(reached)


class Hope:
    """What a goal still asks at least from these facts, criterion by criterion: the dearest need of the cheapest maker.

    Windows do not count, and steps are taken side by side, so it is never too much.
    """

    def __init__(self, field: Field) -> None:
        self.field = field
        self.makers = [(way, step.gives, step.cost) for step in field.steps for way in step.ways]
        self.makers += [(need, gain, (0, 0, 0, 0)) for need, gain in field.rules]
        self.known: dict[int, Vector | None] = {}

    def left(self, facts: int) -> Vector | None:
        """None where no goal can be reached."""
        if facts not in self.known:
            self.known[facts] = self._left(facts)
        return self.known[facts]

    def _left(self, facts: int) -> Vector | None:
        value: dict[int, Vector] = {}
        waiting, lowered = [(way & ~facts, gives & ~facts, cost) for way, gives, cost in self.makers], True
        while lowered:
            lowered = False
            for way, gives, cost in waiting:
                before = _dearest(way, value) if gives else None
                if before is None:
                    continue
                after = _added(before, cost)
                for fact in bits(gives):
                    own = value.get(fact)
                    least = after if own is None else _lower(own, after)
                    if least != own:
                        value[fact], lowered = least, True
        found = [each for goal in self.field.goals if (each := _dearest(goal & ~facts, value)) is not None]
        return reduce(_lower, found) if found else None


def _dearest(asked: int, value: dict[int, Vector]) -> Vector | None:
    dearest: Vector = (0, 0, 0, 0)
    for fact in bits(asked):
        own = value.get(fact)
        if own is None:
            return None
        a, b = dearest, own
        dearest = (max(a[0], b[0]), max(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
    return dearest


def _lower(a: Vector, b: Vector) -> Vector:
    return min(a[0], b[0]), min(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


def _added(a: Vector, b: Vector) -> Vector:
    return a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]


def covers(one: Vector, two: Vector) -> bool:
    """No more in anything."""
    return all(a <= b for a, b in zip(one, two, strict=True))
