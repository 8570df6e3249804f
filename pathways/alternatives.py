"""What each step of a trajectory is worth: the cheapest trajectory without it, and what that costs more.

A step that nothing replaces is unavoidable: it is a single point of failure, and worth showing to the learner.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

from .andor import Flags, Problem
from .optimum import Optimum, Unreachable, solve


class Detour(NamedTuple):
    """The cheapest trajectory found without a step, and what that costs more: at least and at most."""

    way: Optimum
    least: int
    most: int

    @property
    def proved(self) -> bool:
        """Whether it is known exactly; else time was up, and it is an interval."""
        return self.least == self.most


def detours(
    problem: Problem,
    held: Iterable[int],
    target: int,
    best: Optimum,
    *,
    allowed: Flags | None = None,
    seconds: float = 10.0,
    clock: Callable[[], float] = time.monotonic,
) -> dict[int, Detour | None]:
    """For each priced action of `best` the cheapest trajectory without it; None for one that is unavoidable.

    The actions share the time: each gets an equal part of what is left, so that an easy one leaves more to the next.

    >>> from .andor import Action
    >>> problem = Problem.of(3, [Action((0,), (1,), 4), Action((0,), (1,), 3), Action((1,), (2,), 5)])
    >>> found = detours(problem, [0], 2, solve(problem, [0], 2))
    >>> found[1].way.actions, found[1].least, found[1].most, found[2]
    ((0, 2), 1, 1, None)
    """
    start, end = tuple(held), clock() + seconds
    mask = problem.all_allowed() if allowed is None else allowed
    priced = [action for action in best.actions if problem.cost[action] > 0]
    answers: dict[int, Detour | None] = {}
    for place, action in enumerate(priced):
        others = mask.copy()
        others[action] = False
        own = (end - clock()) / (len(priced) - place)
        found = solve(problem, start, target, allowed=others, seconds=own, clock=clock)
        answers[action] = None if isinstance(found, Unreachable) else _detour(best, found)
    return answers


def _detour(best: Optimum, other: Optimum) -> Detour:
    return Detour(other, max(other.bound - best.cost, 0), other.cost - best.bound)
