"""Other trajectories: the k cheapest as sets, and what each step is worth.

Lawler–Murty over inclusion-minimal sets: every other minimal plan lacks some priced action of a plan that was found, so
banning each in turn, best first, misses none. The same calls give the detour cost of each step; an infinite detour is a
step that nothing replaces.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Iterable, Iterator

from .andor import Flags, Problem
from .optimum import Optimum, Unreachable, solve


def cheapest(
    problem: Problem, held: Iterable[int], target: int, *, allowed: Flags | None = None, seconds: float = 10.0
) -> Iterator[Optimum]:
    """Trajectories that differ in a priced action, cheapest first, until there are no more or time is up.

    >>> from .andor import Action
    >>> ways = cheapest(Problem.of(2, [Action((0,), (1,), 4), Action((0,), (1,), 3)]), [0], 1)
    >>> [way.cost for way in ways]
    [3, 4]
    """
    start = tuple(held)
    deadline = time.monotonic() + seconds
    mask = problem.all_allowed() if allowed is None else allowed
    queue: list[tuple[int, int, tuple[int, ...], Optimum]] = []
    tried: set[frozenset[int]] = set()
    given: set[frozenset[int]] = set()

    def push(banned: frozenset[int]) -> None:
        left = deadline - time.monotonic()
        if banned in tried or left <= 0:
            return
        tried.add(banned)
        found = solve(problem, start, target, allowed=_without(mask, banned), seconds=left)
        if isinstance(found, Optimum):
            heapq.heappush(queue, (found.cost, len(tried), tuple(sorted(banned)), found))

    push(frozenset())
    while queue:
        _, _, banned, best = heapq.heappop(queue)
        priced = frozenset(action for action in best.actions if problem.cost[action] > 0)
        if priced not in given:
            given.add(priced)
            yield best
        for action in sorted(priced):
            push(frozenset(banned) | {action})


def without_each(
    problem: Problem,
    held: Iterable[int],
    target: int,
    best: Optimum,
    *,
    allowed: Flags | None = None,
    seconds: float = 10,
) -> dict[int, Optimum | None]:
    """For each priced action of `best` the cheapest trajectory without it; None where there is none."""
    start = tuple(held)
    mask = problem.all_allowed() if allowed is None else allowed
    answers: dict[int, Optimum | None] = {}
    for action in best.actions:
        if problem.cost[action] > 0:
            other = solve(problem, start, target, allowed=_without(mask, frozenset({action})), seconds=seconds)
            answers[action] = None if isinstance(other, Unreachable) else other
    return answers


def detours(
    problem: Problem, held: Iterable[int], target: int, best: Optimum, *, allowed: Flags | None = None
) -> dict[int, int | None]:
    """For each priced action of `best` what the cheapest trajectory without it costs more; None where there is none."""
    others = without_each(problem, held, target, best, allowed=allowed)
    return {action: None if other is None else other.cost - best.cost for action, other in others.items()}


def _without(allowed: Flags, banned: frozenset[int]) -> Flags:
    mask = allowed.copy()
    mask[sorted(banned)] = False
    return mask
