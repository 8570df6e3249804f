"""The cheapest set of actions that derives a target, with a certificate that it is the cheapest.

Knuth bound, dual ascent on landmarks, reduced-cost pruning, and an implicit hitting set for what is left. Stopped at a
deadline it returns the best found with its bound. Minimum cost is NP-hard (set cover is the case of one AND), so no
simpler exact method exists: a shortest path ignores the AND, and an integer programme without acyclicity accepts
circular support; both stand in the tests as negative examples.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from .andor import Flags, Ints, Longs, Problem, derivation, knuth
from .landmarks import Landmark, ascend, landmark

PRUNING_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Optimum:
    """A trajectory and what is proved of it.

    `actions` in an order in which each tail holds before its action; `cost` counts each action once. `bound` is proved
    from below: equal to `cost` means optimal. `landmarks` are the certificate on the full problem, worth `certified`;
    where `certified` is below `bound`, the rest was closed by the solver.
    """

    actions: tuple[int, ...]
    cost: int
    bound: int
    landmarks: tuple[Landmark, ...]
    certified: int

    @property
    def optimal(self) -> bool:
        """Whether nothing cheaper exists."""
        return self.cost == self.bound


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No allowed set of actions derives the target; `reached` is closed under them, which anyone can verify."""

    reached: tuple[int, ...]


def solve(
    problem: Problem, held: Iterable[int], target: int, *, allowed: Flags | None = None, seconds: float = 10.0
) -> Optimum | Unreachable:
    """The cheapest derivation of `target` from `held`, or why there is none.

    >>> from .andor import Action
    >>> found = solve(Problem.of(3, [Action((0,), (2,), 9), Action((0,), (1,), 2), Action((1,), (2,), 3)]), [0], 2)
    >>> found.cost, found.actions, found.optimal
    (5, (1, 2), True)
    """
    mask = problem.all_allowed() if allowed is None else allowed
    start = np.fromiter(held, np.int32)
    reached = problem.reachable(start, mask)
    if not reached[target]:
        return Unreachable(tuple(int(fact) for fact in np.flatnonzero(reached)))
    have = np.zeros(problem.facts, np.bool_)
    have[start] = True
    relevant = problem.relevant(target, problem.applicable(reached, mask), have)
    return _Search(problem, start, target, relevant, time.monotonic() + seconds).run()


class _Search:
    """One search: the best plan so far from above, the bound from below."""

    def __init__(self, problem: Problem, held: Ints, target: int, relevant: Flags, deadline: float) -> None:
        self.problem, self.held, self.target = problem, held, target
        self.relevant, self.deadline = relevant, deadline
        self.bound = 0
        self.plan = self._derive(relevant)
        self.cost = self._price(self.plan)

    def run(self) -> Optimum:
        """Ascend, prune, ascend again; then hit what is left."""
        first = ascend(self.problem, self.held, self.target, self.relevant)
        ascent, marks = first, list(first.landmarks)
        for _ in range(PRUNING_ROUNDS):
            self._improve(self._derive(self.relevant & (ascent.reduced == 0)))
            self.bound = max(self.bound, ascent.bound)
            if self.bound >= self.cost or not self._prune(ascent.reduced, ascent.bound):
                break
            ascent = ascend(self.problem, self.held, self.target, self.relevant)
            marks += ascent.landmarks
        if self.bound < self.cost:
            self._hit(marks)
        return Optimum(tuple(self.plan), self.cost, min(self.bound, self.cost), first.landmarks, first.bound)

    def _derive(self, allowed: Flags) -> list[int]:
        problem = self.problem
        _, best = knuth(problem.tails, problem.adds, problem.users, self.held, allowed, problem.cost, True)
        return self._without_idle(derivation(problem, best, self.target))

    def _without_idle(self, plan: list[int]) -> list[int]:
        """The plan without the actions that it can do without, dearest first."""
        kept = np.zeros(self.problem.actions, np.bool_)
        kept[plan] = True
        for action in sorted(plan, key=lambda each: -int(self.problem.cost[each])):
            kept[action] = False
            if not self.problem.reachable(self.held, kept)[self.target]:
                kept[action] = True
        return [action for action in plan if kept[action]]

    def _price(self, plan: Iterable[int]) -> int:
        return int(self.problem.cost[list(plan)].sum()) if plan else 0

    def _improve(self, plan: list[int]) -> None:
        if (price := self._price(plan)) < self.cost:
            self.plan, self.cost = plan, price

    def _prune(self, reduced: Longs, bound: int) -> bool:
        """Drop what cannot be in a cheaper plan: its reduced cost and the dearest of its tail exceed the gap."""
        problem = self.problem
        value, _ = knuth(problem.tails, problem.adds, problem.users, self.held, self.relevant, reduced, False)
        tail_value = np.maximum.reduceat(np.append(value[problem.tails.values], 0), problem.tails.starts[:-1])
        tail_value[np.diff(problem.tails.starts) == 0] = 0
        kept = self.relevant & (tail_value + reduced <= self.cost - bound)
        kept[self.plan] = True
        smaller = int(kept.sum()) < int(self.relevant.sum())
        self.relevant = kept
        return smaller

    def _hit(self, marks: list[Landmark]) -> None:
        """Implicit hitting set: the cheapest way to hit every known landmark, until it derives the target."""
        known = [np.array(kept, np.int32) for mark in marks if (kept := [a for a in mark.actions if self.relevant[a]])]
        free = self.relevant & (self.problem.cost == 0)
        while time.monotonic() < self.deadline and self.bound < self.cost:
            chosen, value = self._cheapest_hit(known)
            if chosen is None:
                return
            self.bound = max(self.bound, value)
            current = free | chosen
            if self.problem.reachable(self.held, current)[self.target]:
                self._improve(self._derive(current))
                self.bound = max(self.bound, min(value, self.cost))
                return
            while (cut := self._next_cut(current)) is not None:
                known.append(np.array(cut, np.int32))
                current[min(cut, key=lambda action: int(self.problem.cost[action]))] = True
            self._improve(self._derive(current))

    def _next_cut(self, current: Flags) -> tuple[int, ...] | None:
        return landmark(self.problem, self.held, self.target, self.relevant, current, self.problem.cost)

    def _cheapest_hit(self, known: list[Ints]) -> tuple[Flags | None, int]:
        columns = np.unique(np.concatenate(known))
        position = {int(action): column for column, action in enumerate(columns)}
        rows = np.repeat(np.arange(len(known)), [len(cut) for cut in known])
        cells = np.array([position[int(action)] for cut in known for action in cut])
        hits = csr_array((np.ones(len(rows)), (rows, cells)), shape=(len(known), len(columns)))
        left = max(self.deadline - time.monotonic(), 0.01)
        answer = milp(
            self.problem.cost[columns].astype(float),
            constraints=LinearConstraint(hits, lb=1),
            integrality=np.ones(len(columns), np.int64),
            bounds=Bounds(0, 1),
            options={"time_limit": left, "mip_rel_gap": 0},
        )
        if not answer.success:
            return None, 0
        chosen = np.zeros(self.problem.actions, np.bool_)
        chosen[columns[answer.x > 0.5]] = True
        return chosen, round(answer.fun)
