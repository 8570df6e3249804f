"""The cheapest set of actions that derives a target, with a certificate that it is the cheapest.

Knuth bound, dual ascent on landmarks and reduced-cost pruning; what is left is closed by a search backwards where plans
are deep, and by an implicit hitting set where they are wide. Stopped at a deadline it returns the best found with its
bound. Minimum cost is NP-hard (set cover is the case of one AND), so no simpler exact method exists: a shortest path
ignores the AND, and an integer programme without acyclicity accepts circular support; both stand in the tests as
negative examples.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, isfinite

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from .andor import INFINITE, Action, Flags, Ints, Longs, Problem, derivation, knuth
from .critical_path import bounds
from .landmarks import Ascent, Landmark, ascend, landmark
from .regression import Found, Regression, makers

PRUNING_ROUNDS = 6
FIRST_STATES = {False: 2_000, True: 20_000}
"""How many states the search backwards sees at first with the bound of pairs, and with that of triples."""
MOST_STATES = 300_000
"""How many it keeps at all: some 100 MB."""
MOST_BACKWARDS = 30_000
"""Of how many actions it orders the facts at most, which takes some tenths of a second."""
ROUNDING = 1e-6
"""Costs are whole; by so much the solver may be off."""


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

    def numbered(self, actions: Sequence[int]) -> Optimum:
        """The same of a larger problem, in which these are the actions."""
        marks = tuple(Landmark(mark.price, tuple(actions[each] for each in mark.actions)) for mark in self.landmarks)
        return replace(self, actions=tuple(actions[each] for each in self.actions), landmarks=marks)


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No allowed set of actions derives the target; `reached` is closed under them, which anyone can verify."""

    reached: tuple[int, ...]


def solve(
    problem: Problem,
    held: Iterable[int],
    target: int,
    *,
    allowed: Flags | None = None,
    seconds: float = 10.0,
    clock: Callable[[], float] = time.monotonic,
) -> Optimum | Unreachable:
    """The cheapest derivation of `target` from `held`, or why there is none.

    After `seconds` of `clock` the best found with what is proved of it. Before the clock is asked at all there is a
    plan; between two looks at it lies one linear pass over the problem.

    >>> from .andor import Action
    >>> found = solve(Problem.of(3, [Action((0,), (2,), 9), Action((0,), (1,), 2), Action((1,), (2,), 3)]), [0], 2)
    >>> found.cost, found.actions, found.optimal
    (5, (1, 2), True)
    """
    mask = problem.all_allowed() if allowed is None else allowed
    start = np.fromiter(held, np.int32)
    deadline = _Deadline(clock, seconds)
    reached = problem.reachable(start, mask)
    if not reached[target]:
        return Unreachable(tuple(int(fact) for fact in np.flatnonzero(reached)))
    actions = np.flatnonzero(_relevant(problem, start, target, mask, reached)).astype(np.int32)
    small, facts = problem.only(actions, np.append(start, target))
    own = np.searchsorted(facts, start).astype(np.int32)
    return _Search(small, own, int(np.searchsorted(facts, target)), deadline).run().numbered(actions.tolist())


def compiled() -> None:
    """Compile all that a search can come to need, so that no deadline pays for it; once per process, then at once."""
    problem = Problem.of(3, [Action((0,), (1,), 1), Action((1,), (2,), 1), Action((0,), (2,), 9)])
    solve(problem, [0], 2)
    ways = makers(problem, np.array([0], np.int32), 2, problem.all_allowed()) or [[]]
    for triples in FIRST_STATES:
        if table := bounds(ways, lambda: False, triples=triples):
            Regression(ways, table).run(INFINITE, MOST_STATES, lambda: False)


def _relevant(problem: Problem, held: Ints, target: int, allowed: Flags, reached: Flags) -> Flags:
    """The allowed actions that can take part in a derivation of the target; `reached` is what they derive."""
    have = np.zeros(problem.facts, np.bool_)
    have[held] = True
    return problem.relevant(target, problem.applicable(reached, allowed), have)


def _cheapest_use(problem: Problem, held: Ints, target: int, allowed: Flags) -> list[int]:
    """A derivation of the target, in order: each fact by what gives it cheapest when shared parts count each time."""
    _, best = knuth(problem.tails, problem.adds, problem.users, held, allowed, problem.cost, True)
    return derivation(problem, best, target)


class _Deadline:
    """Until when to go on, by a clock."""

    def __init__(self, clock: Callable[[], float], seconds: float) -> None:
        self.clock, self.at = clock, clock() + seconds

    @property
    def left(self) -> float:
        return self.at - self.clock()

    def passed(self) -> bool:
        return self.left <= 0

    def half(self) -> _Deadline:
        return _Deadline(self.clock, self.left / 2)


class _Search:
    """One search: the best plan so far from above, the bound from below."""

    def __init__(self, problem: Problem, held: Ints, target: int, deadline: _Deadline) -> None:
        self.problem, self.held, self.target, self.deadline = problem, held, target, deadline
        self.relevant = problem.all_allowed()
        self.bound = 0
        self.plan = self._derive(self.relevant)
        self.cost = self._price(self.plan)

    def run(self) -> Optimum:
        """Ascend, prune, ascend again; then close what is left."""
        first = self._ascend()
        ascent, marks = first, list(first.landmarks)
        for _ in range(PRUNING_ROUNDS):
            if ascent.paid:
                self._improve(self._derive(self.relevant & (ascent.reduced == 0)))
            self.bound = max(self.bound, ascent.bound)
            if not self._open or not self._prune(ascent.reduced, ascent.bound):
                break
            ascent = self._ascend()
            marks += ascent.landmarks
        if self.bound < self.cost:
            self.bound = max(self.bound, self._dearest_chain())
            self._close(marks)
        return Optimum(tuple(self.plan), self.cost, min(self.bound, self.cost), first.landmarks, first.bound)

    @property
    def _open(self) -> bool:
        return self.bound < self.cost and not self.deadline.passed()

    def _ascend(self) -> Ascent:
        late = self.deadline.half().passed
        return ascend(self.problem, self.held, self.target, self.relevant, late)

    def _dearest_chain(self) -> int:
        """What the dearest need of the cheapest way costs, and so on down: a bound in one pass."""
        problem = self.problem
        value, _ = knuth(problem.tails, problem.adds, problem.users, self.held, self.relevant, problem.cost, False)
        return int(value[self.target])

    def _close(self, marks: list[Landmark]) -> None:
        """Backwards at first, for deep plans; hitting sets, for wide ones; and backwards as long as there is time."""
        backwards = self._backwards() if self._open else None
        if self._open:
            self._hit(marks, self.deadline.half() if backwards else self.deadline)
        if self._open and backwards:
            self._take(backwards.run(self.cost, MOST_STATES, self.deadline.passed))

    def _backwards(self) -> Regression | None:
        """The search backwards after its first states; None where facts need each other in a circle or are too many."""
        problem = self.problem
        reached = problem.reachable(self.held, self.relevant)
        relevant = _relevant(problem, self.held, self.target, self.relevant, reached)
        search = None
        if relevant.sum() > MOST_BACKWARDS or (ways := makers(problem, self.held, self.target, relevant)) is None:
            return None
        for triples, most in FIRST_STATES.items():
            table = bounds(ways, self.deadline.passed, triples=triples) if self._open else None
            if table:
                search = Regression(ways, table)
                self._take(search.run(self.cost, most, self.deadline.passed))
        return search

    def _take(self, found: Found) -> None:
        if found.actions is not None:
            chosen = np.zeros(self.problem.actions, np.bool_)
            chosen[list(found.actions)] = True
            self._improve(self._derive(chosen))
        self.bound = max(self.bound, found.bound)

    def _derive(self, allowed: Flags) -> list[int]:
        plan = _cheapest_use(self.problem, self.held, self.target, allowed)
        return [plan[place] for place in self._without_idle(plan)]

    def _without_idle(self, plan: list[int]) -> list[int]:
        """The places in the plan of what it cannot do without, dearest dropped first, each after what it needs."""
        problem = self.problem
        own = [Action(tuple(problem.tail(each)), tuple(problem.add(each)), int(problem.cost[each])) for each in plan]
        small = Problem.of(problem.facts, own)
        kept = small.all_allowed()
        for place in np.argsort(-small.cost, kind="stable"):
            kept[place] = False
            kept[place] = not small.reachable(self.held, kept)[self.target]
        return _cheapest_use(small, self.held, self.target, kept)

    def _price(self, plan: list[int]) -> int:
        return int(self.problem.cost[plan].sum()) if plan else 0

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

    def _hit(self, marks: list[Landmark], deadline: _Deadline) -> None:
        """Implicit hitting set: the cheapest way to hit every known landmark, until it derives the target."""
        known = [np.array(kept, np.int32) for mark in marks if (kept := [a for a in mark.actions if self.relevant[a]])]
        free = self.relevant & (self.problem.cost == 0)
        while known and self.bound < self.cost and not deadline.passed():
            chosen, value = self._cheapest_hit(known, deadline.left)
            self.bound = max(self.bound, value)
            if chosen is None:
                return
            current = free | chosen
            if self._reached(current, known, deadline):
                self._improve(self._derive(current))

    def _reached(self, current: Flags, known: list[Ints], deadline: _Deadline) -> bool:
        """Add to `current` the cheapest of one missed landmark after the other; whether the target follows in time."""
        while not deadline.passed():
            cut = landmark(self.problem, self.held, self.target, self.relevant, current, self.problem.cost)
            if cut is None:
                return True
            known.append(np.array(cut, np.int32))
            current[min(cut, key=lambda action: int(self.problem.cost[action]))] = True
        return False

    def _cheapest_hit(self, known: list[Ints], seconds: float) -> tuple[Flags | None, int]:
        """The cheapest set that hits every landmark (None when time is up), and what any such set costs at least."""
        columns, cells = np.unique(np.concatenate(known), return_inverse=True)
        rows = np.repeat(np.arange(len(known)), [len(cut) for cut in known])
        hits = csr_array((np.ones(len(rows)), (rows, cells)), shape=(len(known), len(columns)))
        answer = milp(
            self.problem.cost[columns].astype(float),
            constraints=LinearConstraint(hits, lb=1),
            integrality=np.ones(len(columns), np.int64),
            bounds=Bounds(0, 1),
            options={"time_limit": max(seconds, 0.01), "mip_rel_gap": 0},
        )
        proved = answer.get("mip_dual_bound")
        least = ceil(proved - ROUNDING) if proved is not None and isfinite(proved) else 0
        if not answer.success:
            return None, least
        chosen = np.zeros(self.problem.actions, np.bool_)
        chosen[columns[answer.x > 0.5]] = True
        return chosen, least
