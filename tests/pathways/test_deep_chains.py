"""Deep chains of AND, which landmarks say little of: the search backwards against oracles, and the deadline kept."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leerbrug.pathways import optimum
from leerbrug.pathways.alternatives import detours
from leerbrug.pathways.andor import Action, Problem
from leerbrug.pathways.critical_path import Maker, bound, bounds
from leerbrug.pathways.optimum import Optimum, solve
from leerbrug.pathways.regression import Regression, makers

HELD = np.array([0], np.int32)


def in_time() -> bool:
    return False


def downward(seed: int) -> tuple[int, list[Action]]:
    """A small instance without circles: what an action gives stands after all that it needs; some give two facts."""
    draw = random.Random(seed)
    facts = draw.randint(4, 7)
    actions = []
    for fact in range(1, facts):
        for _ in range(1 + (draw.random() < 0.3)):
            also = [draw.randint(fact, facts - 1)] if draw.random() < 0.3 else []
            tail = draw.sample(range(fact), draw.randint(1, min(3, fact)))
            actions.append(Action(tuple(tail), (fact, *also), draw.choice([0, 1, 2, 3, 5, 8])))
    return facts, actions


def deep(seed: int, levels: int, width: int) -> tuple[int, list[Action]]:
    """Levels of so many facts; two to four actions a fact, each with one to three facts of the level below."""
    draw = random.Random(seed)
    actions = []
    for fact in range(1, levels * width + 1):
        level = (fact - 1) // width
        for _ in range(draw.randint(2, 4)):
            below = [1 + (level - 1) * width + draw.randrange(width) for _ in range(draw.randint(1, 3))]
            actions.append(Action(tuple(sorted(set(below))) if level else (0,), (fact,), draw.randint(5, 60)))
    return levels * width + 1, actions


def cheapest_by_level(actions: list[Action], levels: int, width: int, target: int) -> int | None:
    """An oracle for `deep`: level by level the cost of having exactly each set of its facts, for any set below."""
    cost = {frozenset[int](): 0}
    for level in range(levels):
        given = range(1 + level * width, 1 + (level + 1) * width)
        wanted = [frozenset(each) for size in range(width + 1) for each in combinations(given, size)]
        above: dict[frozenset[int], int] = {}
        for below, paid in cost.items():
            held = below | {0}
            each = {f: [a.cost for a in actions if a.add == (f,) and set(a.tail) <= held] for f in given}
            least = {fact: min(costs) for fact, costs in each.items() if costs}
            for some in wanted:
                if some <= least.keys():
                    total = paid + sum(least[fact] for fact in some)
                    above[some] = min(above.get(some, total), total)
        cost = above
    return cost.get(frozenset({target}))


def closure(actions: list[Action]) -> set[int]:
    reached, before = {0}, set[int]()
    while reached != before:
        before = set(reached)
        reached.update(fact for action in actions if set(action.tail) <= reached for fact in action.add)
    return reached


def least_for(actions: list[Action], wanted: set[int]) -> int:
    """What facts cost together, by trying every set of actions."""
    sets = ([a for index, a in enumerate(actions) if chosen >> index & 1] for chosen in range(1 << len(actions)))
    return min(sum(action.cost for action in some) for some in sets if wanted <= closure(some))


def search_for(facts: int, actions: list[Action], *, triples: bool) -> Regression:
    """The search for the last fact; every action must be able to take part."""
    problem = Problem.of(facts, actions)
    ways = makers(problem, HELD, facts - 1, problem.all_allowed())
    assert ways
    table = bounds(ways, in_time, triples=triples)
    assert table
    return Regression(ways, table)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9), st.booleans())
def test_the_search_backwards_equals_brute_force(seed: int, triples: bool) -> None:
    facts, actions = downward(seed)
    truth = least_for(actions, {facts - 1})
    found = search_for(facts, actions, triples=triples).run(truth + 1, 10_000, in_time)
    assert found.actions is not None
    assert found.bound == truth == sum(actions[action].cost for action in found.actions)
    assert facts - 1 in closure([actions[action] for action in found.actions])
    assert search_for(facts, actions, triples=triples).run(truth, 10_000, in_time) == (None, truth)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_what_facts_cost_at_least_is_never_more_than_they_do(seed: int) -> None:
    facts, actions = downward(seed)
    single = [Action(action.tail, action.add[:1], action.cost) for action in actions]
    ways: list[list[Maker]] = [[] for _ in range(facts)]
    for index, action in enumerate(single):
        tail = tuple(sorted({fact for fact in action.tail if fact}, reverse=True))
        ways[action.add[0]].append(Maker(index, action.cost, tail))
    pairs, triples = (bounds(ways, in_time, triples=each) for each in (False, True))
    assert pairs
    assert triples
    for size in range(1, 5):
        for low in combinations(range(1, facts), size):
            state = np.array(low[::-1], np.int32)
            if low[0] >= pairs.lowest[low[-1]]:
                assert bound(pairs, state) <= bound(triples, state) <= least_for(single, set(low))


def test_facts_that_need_each_other_are_left_to_the_other_method() -> None:
    problem = Problem.of(
        4, [Action((1,), (2,), 1), Action((2,), (1,), 1), Action((2,), (3,), 1), Action((0,), (1,), 5)]
    )
    assert makers(problem, HELD, 3, problem.all_allowed()) is None
    found = solve(problem, [0], 3)
    assert isinstance(found, Optimum)
    assert (found.cost, found.optimal) == (7, True)


def test_a_table_that_would_be_too_large_is_not_made() -> None:
    facts = 4_000
    ways = [[], *[[Maker(fact, 1, ())] for fact in range(1, facts)], [Maker(0, 1, tuple(range(facts - 1, 0, -1)))]]
    assert bounds(ways, in_time, triples=True) is None
    assert bounds(ways, in_time, triples=False) is None


@pytest.mark.parametrize("seed", range(6))
def test_thirty_levels_are_proved_and_equal_the_oracle_that_goes_level_by_level(seed: int) -> None:
    facts, actions = deep(seed, levels=30, width=5)
    found = solve(Problem.of(facts, actions), [0], facts - 1)
    assert isinstance(found, Optimum)
    assert found.cost == found.bound == cheapest_by_level(actions, 30, 5, facts - 1)


def test_a_thousand_qualifications_in_thirty_levels_are_proved() -> None:
    facts, actions = deep(1, levels=30, width=33)
    found = solve(Problem.of(facts, actions), [0], facts - 1, seconds=300)
    assert isinstance(found, Optimum)
    assert found.optimal
    assert found.certified < found.cost


TICK = 0.001


class Clock:
    """A clock that goes on by one tick whenever someone looks at it; only the solver has a time of its own."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self) -> float:
        self.looks += 1
        return self.looks * TICK


LOOKS_AFTER = 8
"""How often a search may still look at the clock when time is up: a few linear steps, each of which sees it first."""
BACKWARDS, HITTING = "backwards", "hitting sets"


def hard(monkeypatch: pytest.MonkeyPatch, method: str) -> tuple[Problem, int, int | None]:
    """A problem that landmarks do not close, with one method to close it, and its optimum."""
    seed, levels, width = (5, 30, 5) if method == BACKWARDS else (1, 6, 6)
    facts, actions = deep(seed, levels, width)
    if method == BACKWARDS:
        monkeypatch.setattr(optimum, "FIRST_STATES", {False: 20})
        monkeypatch.setattr(optimum._Search, "_hit", lambda *_: None)
    else:
        monkeypatch.setattr(optimum, "MOST_BACKWARDS", 0)
    return Problem.of(facts, actions), facts - 1, cheapest_by_level(actions, levels, width, facts - 1)


@pytest.mark.parametrize("method", [BACKWARDS, HITTING])
def test_whenever_time_is_up_the_truth_lies_in_the_interval(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    problem, target, truth = hard(monkeypatch, method)
    intervals = []
    for looks in [*range(0, 500, 20), 10_000]:
        clock = Clock()
        found = solve(problem, [0], target, seconds=looks * TICK, clock=clock)
        assert isinstance(found, Optimum)
        assert truth
        assert 0 < found.bound <= truth <= found.cost == problem.cost[list(found.actions)].sum()
        assert clock.looks <= looks + LOOKS_AFTER
        intervals.append((found.bound, found.cost))
    assert intervals[0] != (truth, truth)
    assert intervals[-1] == (truth, truth)
    assert len(set(intervals)) > 3


def test_a_detour_of_which_nothing_is_proved_in_time_is_an_interval_around_the_truth() -> None:
    levels, width = 12, 4
    facts, actions = deep(5, levels, width)
    problem, target = Problem.of(facts, actions), facts - 1
    best = solve(problem, [0], target, seconds=0, clock=Clock())
    assert isinstance(best, Optimum)
    truth = cheapest_by_level(actions, levels, width, target)
    assert truth
    given = detours(problem, [0], target, best, seconds=0, clock=Clock())
    assert any(more and not more.proved for more in given.values())
    for action, more in given.items():
        rest = [each for index, each in enumerate(actions) if index != action]
        without = cheapest_by_level(rest, levels, width, target)
        assert (more is None) == (without is None)
        if more and without:
            assert more.least <= without - truth <= more.most
