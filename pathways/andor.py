"""A delete-free AND/OR problem: facts are only gained, an action needs all of its tail and gives all of its add.

A directed hypergraph of B-arcs (Gallo, Longo, Pallottino & Nguyen 1993), equal to Horn clauses (Dowling & Gallier 84).
The meaning is the *least* fixpoint: circular support is never a trajectory. Everything here is linear, or Knuth's
generalisation of Dijkstra (Knuth 1977); the search for an optimum stands in `optimum.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]

INFINITE = np.iinfo(np.int64).max // 4
"""The value of what cannot be derived; far from overflow when added to."""


class Action(NamedTuple):
    """One way to gain facts: the facts it needs, the facts it gives, and its cost (a whole number, 0 or more)."""

    tail: tuple[int, ...]
    add: tuple[int, ...]
    cost: int


class Rows(NamedTuple):
    """Rows of whole numbers, one after the other: row i is ``values[starts[i]:starts[i + 1]]``."""

    starts: Ints
    values: Ints

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> Rows:
        """The rows of a list of lists."""
        starts = np.zeros(len(rows) + 1, np.int32)
        np.cumsum([len(row) for row in rows], out=starts[1:])
        values = np.fromiter((value for row in rows for value in row), np.int32, int(starts[-1]))
        return cls(starts, values)

    def only(self, chosen: Ints) -> Rows:
        """The chosen rows, in their order."""
        lengths = np.diff(self.starts)[chosen]
        starts = np.zeros(len(chosen) + 1, np.int32)
        np.cumsum(lengths, out=starts[1:])
        places = np.repeat(self.starts[chosen] - starts[:-1], lengths) + np.arange(starts[-1], dtype=np.int32)
        return Rows(starts, self.values[places])

    def turned(self, count: int) -> Rows:
        """For each of `count` values the rows that hold it, in order."""
        owners = np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))
        order = np.argsort(self.values, kind="stable")
        starts = np.zeros(count + 1, np.int32)
        np.cumsum(np.bincount(self.values, minlength=count), out=starts[1:])
        return Rows(starts, owners[order])


@dataclass(frozen=True, slots=True)
class Problem:
    """The actions as arrays. `tails` and `adds` by action, `users` and `makers` by fact.

    >>> problem = Problem.of(3, [Action((0,), (1,), 5), Action((1,), (2,), 2)])
    >>> [bool(reached) for reached in problem.reachable([0])]
    [True, True, True]
    """

    facts: int
    tails: Rows
    adds: Rows
    users: Rows
    makers: Rows
    cost: Longs

    @classmethod
    def of(cls, facts: int, actions: Sequence[Action]) -> Problem:
        """The problem of these actions over facts 0 … facts - 1."""
        tails = Rows.of([sorted(set(action.tail)) for action in actions])
        adds = Rows.of([sorted(set(action.add)) for action in actions])
        cost = np.array([action.cost for action in actions], np.int64)
        return cls(facts, tails, adds, tails.turned(facts), adds.turned(facts), cost)

    @property
    def actions(self) -> int:
        """How many actions there are."""
        return len(self.cost)

    def tail(self, action: int) -> Ints:
        """The facts that an action needs."""
        return self.tails.values[self.tails.starts[action] : self.tails.starts[action + 1]]

    def add(self, action: int) -> Ints:
        """The facts that an action gives."""
        return self.adds.values[self.adds.starts[action] : self.adds.starts[action + 1]]

    def only(self, chosen: Ints, also: Ints) -> tuple[Problem, Ints]:
        """The problem of the chosen actions alone, and of each of its facts the number here; `also` are facts to keep.

        >>> problem = Problem.of(9, [Action((0,), (5,), 1), Action((5,), (7,), 2)])
        >>> small, facts = problem.only(np.array([1]), np.array([0]))
        >>> small.cost.tolist(), facts.tolist(), small.tail(0).tolist()
        ([2], [0, 5, 7], [1])
        """
        tails, adds = self.tails.only(chosen), self.adds.only(chosen)
        facts = np.unique(np.concatenate([tails.values, adds.values, also]).astype(np.int32))
        tails = tails._replace(values=np.searchsorted(facts, tails.values).astype(np.int32))
        adds = adds._replace(values=np.searchsorted(facts, adds.values).astype(np.int32))
        count = len(facts)
        return Problem(count, tails, adds, tails.turned(count), adds.turned(count), self.cost[chosen]), facts

    def all_allowed(self) -> Flags:
        """Every action allowed."""
        return np.ones(self.actions, np.bool_)

    def reachable(self, held: Iterable[int], allowed: Flags | None = None) -> Flags:
        """The least fixpoint: which facts can be derived from `held` with the allowed actions."""
        start = np.fromiter(held, np.int32)
        mask = self.all_allowed() if allowed is None else allowed
        reached: Flags = fixpoint(self.tails, self.adds, self.users, start, mask)
        return reached

    def applicable(self, reached: Flags, allowed: Flags) -> Flags:
        """The allowed actions whose whole tail is reached."""
        missing: Flags = np.logical_or.reduceat(~np.append(reached[self.tails.values], True), self.tails.starts[:-1])
        missing[np.diff(self.tails.starts) == 0] = False
        return allowed & ~missing

    def relevant(self, target: int, applicable: Flags, held: Flags) -> Flags:
        """The applicable actions that can take part in a derivation of `target`."""
        chosen: Flags = _relevant(self.tails, self.makers, target, applicable, held)
        return chosen


@njit(cache=True)
def fixpoint(tails: Rows, adds: Rows, users: Rows, held: Ints, allowed: Flags) -> Flags:
    """Unit propagation, linear in the size of the problem."""
    reached = np.zeros(len(users.starts) - 1, np.bool_)
    need = np.diff(tails.starts)
    queue = np.empty(len(reached), np.int32)
    end = 0
    for fact in held:
        if not reached[fact]:
            reached[fact] = True
            queue[end] = fact
            end += 1
    for action in range(len(need)):
        if need[action] == 0 and allowed[action]:
            for at in range(adds.starts[action], adds.starts[action + 1]):
                if not reached[adds.values[at]]:
                    reached[adds.values[at]] = True
                    queue[end] = adds.values[at]
                    end += 1
    begin = 0
    while begin < end:
        fact = queue[begin]
        begin += 1
        for use in range(users.starts[fact], users.starts[fact + 1]):
            action = users.values[use]
            need[action] -= 1
            if need[action] == 0 and allowed[action]:
                for at in range(adds.starts[action], adds.starts[action + 1]):
                    if not reached[adds.values[at]]:
                        reached[adds.values[at]] = True
                        queue[end] = adds.values[at]
                        end += 1
    return reached


@njit(cache=True)
def _relevant(tails: Rows, makers: Rows, target: int, applicable: Flags, held: Flags) -> Flags:
    chosen = np.zeros(len(applicable), np.bool_)
    seen = np.zeros(len(held), np.bool_)
    stack = [target]
    seen[target] = True
    while len(stack) > 0:
        fact = stack.pop()
        if held[fact]:
            continue
        for at in range(makers.starts[fact], makers.starts[fact + 1]):
            action = makers.values[at]
            if applicable[action] and not chosen[action]:
                chosen[action] = True
                for need in range(tails.starts[action], tails.starts[action + 1]):
                    if not seen[tails.values[need]]:
                        seen[tails.values[need]] = True
                        stack.append(tails.values[need])
    return chosen


@njit(cache=True)
def knuth(
    tails: Rows, adds: Rows, users: Rows, held: Ints, allowed: Flags, cost: Longs, total: bool
) -> tuple[Longs, Ints]:
    """The value of every fact and the action that gives it, cheapest first.

    With `total` an action is worth its cost plus the sum of its tail (a shared part is paid once per use, so the value
    bounds the real cost from above); without, its cost plus the dearest of its tail (a bound from below).
    """
    value = np.full(len(users.starts) - 1, INFINITE, np.int64)
    best = np.full(len(value), -1, np.int32)
    done = np.zeros(len(value), np.bool_)
    need = np.diff(tails.starts)
    paid = cost.copy()
    heap = [(np.int64(0), np.int32(-1))]
    for fact in held:
        value[fact] = 0
        heappush(heap, (np.int64(0), np.int32(fact)))
    for action in range(len(need)):
        if need[action] == 0 and allowed[action]:
            for at in range(adds.starts[action], adds.starts[action + 1]):
                fact = adds.values[at]
                if paid[action] < value[fact]:
                    value[fact] = paid[action]
                    best[fact] = action
                    heappush(heap, (paid[action], np.int32(fact)))
    while len(heap) > 0:
        reached, fact = heappop(heap)
        if fact < 0 or done[fact]:
            continue
        done[fact] = True
        for use in range(users.starts[fact], users.starts[fact + 1]):
            action = users.values[use]
            if not allowed[action]:
                continue
            need[action] -= 1
            if total:
                paid[action] = min(paid[action] + reached, INFINITE)
            if need[action] == 0:
                if not total:
                    paid[action] = cost[action] + reached
                for at in range(adds.starts[action], adds.starts[action + 1]):
                    given = adds.values[at]
                    if paid[action] < value[given]:
                        value[given] = paid[action]
                        best[given] = action
                        heappush(heap, (paid[action], np.int32(given)))
    return value, best


def derivation(problem: Problem, best: Ints, target: int) -> list[int]:
    """The distinct actions that `best` uses for `target`, each after the actions that it needs."""
    order: list[int] = []
    placed: set[int] = set()
    stack: list[tuple[int, bool]] = [(int(best[target]), False)]
    while stack:
        action, ready = stack.pop()
        if action < 0 or action in placed:
            continue
        if ready:
            placed.add(action)
            order.append(action)
            continue
        stack.append((action, True))
        stack.extend((int(best[fact]), False) for fact in problem.tail(action) if int(best[fact]) not in placed)
    return order
