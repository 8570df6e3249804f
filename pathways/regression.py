"""The cheapest derivation where plans are deep and narrow: A* backwards from the target over sets of open facts.

Where no facts need each other in a circle they have an order, and the highest open fact is the only one to choose a
maker for: all that uses it has been chosen, so that it is paid once and the choices above need not be remembered. A
state is the facts that are still open; in a deep chain these are few. Landmarks say little there, because a cut at each
level is cheap and a shared part is paid once; the bound of a state is that of `critical_path.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np

from .andor import Flags, Ints, Problem
from .critical_path import Maker, State, Table, bound

STATES_PER_DIVE = 2_000

Plan = tuple[int, ...] | None


class Found(NamedTuple):
    """The actions of a plan that is cheaper than what was known, or None; and what every plan costs at least."""

    actions: Plan
    bound: int


def makers(problem: Problem, held: Ints, target: int, relevant: Flags) -> list[list[Maker]] | None:
    """By fact in their order its makers, the target last; None where facts need each other in a circle.

    An action that gives several facts is a fact of its own, which each of them asks, so that it is paid once.
    """
    ways = _ways(problem, set(held.tolist()), np.flatnonzero(relevant).tolist())
    needs = {fact: {each: None for way in mine for each in way.tail} for fact, mine in ways.items()}
    try:
        order = list(TopologicalSorter(needs).static_order())
    except CycleError:
        return None
    wanted = {target}
    for fact in reversed(order):
        if fact in wanted:
            wanted.update(needs[fact])
    order = [fact for fact in order if fact in wanted]
    place = {fact: number for number, fact in enumerate(order, 1)}
    numbered = [[way._replace(tail=_state(place[each] for each in way.tail)) for way in ways[fact]] for fact in order]
    return [[], *numbered]


def _ways(problem: Problem, held: set[int], actions: Iterable[int]) -> dict[int, list[Maker]]:
    ways: dict[int, list[Maker]] = {}
    for action in actions:
        given = [fact for fact in problem.add(action).tolist() if fact not in held]
        asked = tuple(fact for fact in problem.tail(action).tolist() if fact not in held)
        maker = Maker(action, int(problem.cost[action]), asked)
        if len(given) > 1:
            ways[problem.facts + action] = [maker]
            maker = Maker(-1, 0, (problem.facts + action,))
        for fact in given:
            ways.setdefault(fact, []).append(maker)
    return ways


def _state(facts: Iterable[int]) -> State:
    return tuple(sorted(set(facts), reverse=True))


class Regression:
    """The search: states by what they cost at least and what was paid for them. Stopped, it can go on."""

    def __init__(self, ways: Sequence[Sequence[Maker]], table: Table) -> None:
        self.ways, self.table = ways, table
        start: State = (len(ways) - 1,)
        self.paid: dict[State, int] = {start: 0}
        self.above: dict[State, tuple[State, int]] = {}
        self.dive_at = 0
        self.queue = [(self._rest(start), 0, start)]

    def run(self, ceiling: int, most: int, late: Callable[[], bool]) -> Found:
        """A plan for less than `ceiling`, or proof that there is none; late or after `most` states, how far it came.

        Where it was proved, the bound is the cost of the plan, or the ceiling.
        """
        best: Plan = None
        while self.queue and self.queue[0][0] < ceiling:
            least, paid, state = self.queue[0]
            if not state:
                return Found(self._path(state), least)
            if len(self.paid) >= self.dive_at:
                ceiling, best = self._dive(state, ceiling, best, late)
                self.dive_at = len(self.paid) + STATES_PER_DIVE
            if late() or len(self.paid) > most:
                return Found(best, min(least, ceiling))
            heappop(self.queue)
            if -paid == self.paid[state]:
                for item in self._below(state, ceiling):
                    heappush(self.queue, item)
        return Found(best, ceiling)

    def _rest(self, state: State) -> int:
        return int(bound(self.table, np.array(state, np.int32)))

    def _below(self, state: State, ceiling: int) -> Iterator[tuple[int, int, State]]:
        """The states after each maker of the highest open fact that are new, or paid less for than before."""
        paid, rest = self.paid[state], state[1:]
        for action, cost, tail in self.ways[state[0]]:
            below, now = _state((*tail, *rest)), paid + cost
            if now < self.paid.get(below, ceiling) and (least := now + self._rest(below)) < ceiling:
                self.paid[below], self.above[below] = now, (state, action)
                yield least, -now, below

    def _dive(self, state: State, ceiling: int, best: Plan, late: Callable[[], bool]) -> tuple[int, Plan]:
        """Go down by the maker that looks cheapest each time; that plan and its cost, when it is below `ceiling`."""
        paid, chosen = self.paid[state], list(self._path(state))
        while state and paid < ceiling and not late():
            steps = ((cost, action, _state((*tail, *state[1:]))) for action, cost, tail in self.ways[state[0]])
            cost, action, state = min(steps, key=lambda step: (step[0] + self._rest(step[2]), step))
            paid += cost
            chosen.append(action)
        return (paid, _own(chosen)) if not state and paid < ceiling else (ceiling, best)

    def _path(self, state: State) -> tuple[int, ...]:
        chosen = []
        while state in self.above:
            state, action = self.above[state]
            chosen.append(action)
        return _own(chosen)


def _own(actions: Iterable[int]) -> tuple[int, ...]:
    return tuple(action for action in actions if action >= 0)
