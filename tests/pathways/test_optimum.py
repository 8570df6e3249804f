"""The search for the cheapest trajectory against oracles that share no code with it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leerbrug.pathways.alternatives import detours
from leerbrug.pathways.andor import Action, Problem
from leerbrug.pathways.landmarks import cuts
from leerbrug.pathways.optimum import Optimum, Unreachable, solve
from ortools.sat.python import cp_model

FACTS = st.integers(3, 8)
INSTANCES = 10_000


@st.composite
def instances(draw: st.DrawFn, most: int = 10) -> tuple[int, list[Action]]:
    facts = draw(FACTS)
    fact = st.integers(0, facts - 1)
    action = st.builds(
        Action,
        st.lists(fact, min_size=1, max_size=3).map(tuple),
        st.lists(fact, min_size=1, max_size=2).map(tuple),
        st.sampled_from([0, 1, 2, 3, 5, 8]),
    )
    return facts, draw(st.lists(action, min_size=1, max_size=most))


def closure(actions: list[Action], chosen: tuple[int, ...]) -> set[int]:
    reached: set[int] = {0}
    before: set[int] = set()
    while reached != before:
        before = set(reached)
        for index in chosen:
            if set(actions[index].tail) <= reached:
                reached |= set(actions[index].add)
    return reached


def minimal_plans(actions: list[Action], target: int) -> list[frozenset[int]]:
    """All inclusion-minimal sets of actions that derive the target, by trying every set.

    A set and its facts are the bits of a number. More actions never derive less, so that a set is minimal when it
    derives the target and does so no more without any one of its actions.
    """
    tails = [sum(1 << fact for fact in set(action.tail)) for action in actions]
    adds = [sum(1 << fact for fact in set(action.add)) for action in actions]
    derives = [bool(derived(chosen, tails, adds) >> target & 1) for chosen in range(1 << len(actions))]
    return [
        frozenset(index for index in range(len(actions)) if chosen >> index & 1)
        for chosen, enough in enumerate(derives)
        if enough and not any(chosen >> i & 1 and derives[chosen ^ 1 << i] for i in range(len(actions)))
    ]


def derived(chosen: int, tails: list[int], adds: list[int]) -> int:
    """The facts that a set of actions derives from the first one."""
    reached, before = 1, 0
    waiting = [index for index in range(len(tails)) if chosen >> index & 1]
    while reached != before:
        before = reached
        for index in waiting:
            if tails[index] & ~reached == 0:
                reached |= adds[index]
    return reached


def drawn(seed: int) -> tuple[int, list[Action]]:
    """A small instance in which each fact can be given, often in a circle only; eight actions have 256 sets."""
    draw = random.Random(seed)
    facts = draw.randint(4, 6)
    actions = []
    for number in range(draw.randint(6, 8)):
        tail = draw.choices(range(facts), weights=[4, *[1] * (facts - 1)], k=draw.randint(1, 3))
        add = (1 + number % (facts - 1), *draw.choices(range(1, facts), k=draw.random() < 0.25))
        actions.append(Action(tuple(tail), add, draw.choice([0, 1, 2, 3, 5, 8, 8])))
    return facts, actions


def test_the_optimum_equals_brute_force_on_ten_thousand_instances() -> None:
    outcomes = Counter(_checked(*drawn(seed)) for seed in range(INSTANCES))
    assert outcomes.total() == INSTANCES == 10_000
    assert outcomes["unreachable"] > 2_000
    assert outcomes["more steps"] > 2_000


@settings(max_examples=300, deadline=None)
@given(instances())
def test_the_optimum_equals_brute_force_and_its_certificate_holds(instance: tuple[int, list[Action]]) -> None:
    _checked(*instance)


def _checked(facts: int, actions: list[Action]) -> str:
    """Hold the answer against brute force and its certificate against the problem; what kind of answer it was."""
    target, problem = facts - 1, Problem.of(facts, actions)
    costs = [sum(actions[index].cost for index in plan) for plan in minimal_plans(actions, target)]
    found = solve(problem, [0], target)
    if isinstance(found, Unreachable):
        assert not costs
        assert set(found.reached) == closure(actions, tuple(range(len(actions))))
        return "unreachable"
    assert found.cost == min(costs) == found.bound
    reached = {0}
    for action in found.actions:
        assert set(actions[action].tail) <= reached
        reached |= set(actions[action].add)
    assert target in reached
    paid = np.zeros(len(actions), np.int64)
    for mark in found.landmarks:
        assert cuts(problem, np.array([0], np.int32), target, mark)
        paid[list(mark.actions)] += mark.price
    assert (paid <= problem.cost).all()
    assert found.certified == sum(mark.price for mark in found.landmarks) <= found.cost
    return "more steps" if sum(actions[action].cost > 0 for action in found.actions) > 1 else "one step"


@settings(max_examples=200, deadline=None)
@given(instances(most=8))
def test_a_detour_is_what_the_best_without_that_step_costs_more(instance: tuple[int, list[Action]]) -> None:
    facts, actions = instance
    problem = Problem.of(facts, actions)
    found = solve(problem, [0], facts - 1)
    if isinstance(found, Unreachable):
        return
    plans = minimal_plans(actions, facts - 1)
    given = detours(problem, [0], facts - 1, found)
    assert set(given) == {action for action in found.actions if actions[action].cost}
    for action, more in given.items():
        costs = [sum(actions[i].cost for i in plan) for plan in plans if action not in plan]
        if more is None:
            assert not costs
        else:
            assert more.least == more.most == more.way.cost - found.cost == min(costs) - found.cost


def layered(seed: int, width: int, layers: int) -> tuple[int, list[Action]]:
    """A larger random instance, rich in AND and OR, that is always solvable."""
    draw = np.random.default_rng(seed)
    facts = 1 + width * layers + 1
    actions = []
    for layer in range(layers):
        before = [0] if layer == 0 else list(range(1 + width * (layer - 1), 1 + width * layer))
        for position in range(width):
            for _ in range(3):
                size = min(len(before), int(draw.integers(1, 4)))
                tail = tuple(int(fact) for fact in draw.choice(before, size, replace=False))
                extra = int(draw.integers(0, width))
                add = (1 + width * layer + position, 1 + width * layer + extra)
                actions.append(Action(tail, add, int(draw.integers(1, 60))))
    last = tuple(range(1 + width * (layers - 1), 1 + width * layers))
    return facts, [*actions, Action(last[: width // 2 + 1], (facts - 1,), 0)]


def cp_sat(facts: int, actions: list[Action], *, acyclic: bool) -> int:
    """The same question as an integer programme; without levels it accepts circular support."""
    model = cp_model.CpModel()
    use = [model.new_bool_var(f"use {index}") for index in range(len(actions))]
    have = [model.new_bool_var(f"have {fact}") for fact in range(facts)]
    level = [model.new_int_var(0, facts, f"level {fact}") for fact in range(facts)]
    for fact in range(1, facts):
        givers = []
        for index, action in enumerate(actions):
            if fact in action.add and fact not in action.tail:
                gives = model.new_bool_var(f"{index} gives {fact}")
                model.add_implication(gives, use[index])
                for need in action.tail if acyclic else ():
                    model.add(level[fact] >= level[need] + 1).only_enforce_if(gives)
                givers.append(gives)
        model.add(sum(givers) >= 1).only_enforce_if(have[fact])
    for index, action in enumerate(actions):
        for need in action.tail:
            model.add_implication(use[index], have[need])
    model.add(have[facts - 1] == 1)
    model.minimize(sum(action.cost * chosen for action, chosen in zip(actions, use, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


@pytest.mark.parametrize("seed", range(12))
def test_larger_instances_agree_with_cp_sat(seed: int) -> None:
    facts, actions = layered(seed, width=6, layers=4)
    found = solve(Problem.of(facts, actions), [0], facts - 1)
    assert isinstance(found, Optimum)
    assert found.optimal
    assert found.cost == cp_sat(facts, actions, acyclic=True)


CIRCULAR = [Action((1,), (2,), 1), Action((2,), (1,), 1), Action((2,), (3,), 1), Action((0,), (1,), 50)]


def test_a_model_without_acyclicity_accepts_a_circle_and_is_too_cheap() -> None:
    found = solve(Problem.of(4, CIRCULAR), [0], 3)
    assert isinstance(found, Optimum)
    assert found.cost == 52 == cp_sat(4, CIRCULAR, acyclic=True)
    assert cp_sat(4, CIRCULAR, acyclic=False) == 3


def test_a_shortest_path_drops_the_and_and_is_too_cheap() -> None:
    actions = [Action((0,), (1,), 5), Action((0,), (2,), 5), Action((1, 2), (3,), 1)]
    graph: nx.DiGraph[int] = nx.DiGraph()
    for action in actions:
        graph.add_weighted_edges_from((need, gain, action.cost) for need in action.tail for gain in action.add)
    found = solve(Problem.of(4, actions), [0], 3)
    assert isinstance(found, Optimum)
    assert found.cost == 11
    assert nx.shortest_path_length(graph, 0, 3, weight="weight") == 6


def simple_paths(actions: list[Action], target: int) -> Iterator[tuple[int, ...]]:
    """The wrong design: every simple path from fact to fact, as the actions along it."""
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    for index, action in enumerate(actions):
        graph.add_edges_from((need, gain, index) for need in action.tail for gain in action.add)
    for path in nx.all_simple_edge_paths(graph, 0, target):
        yield tuple(index for _, _, index in path)


def test_simple_paths_that_are_checked_afterwards_miss_the_optimum() -> None:
    actions = [Action((0,), (1,), 2), Action((0,), (2,), 2), Action((1, 2), (3,), 1), Action((0,), (3,), 9)]
    paths = list(simple_paths(actions, 3))
    plans = [path for path in paths if 3 in closure(actions, path)]
    found = solve(Problem.of(4, actions), [0], 3)
    assert isinstance(found, Optimum)
    assert (found.cost, set(found.actions)) == (5, {0, 1, 2})
    assert min(sum(actions[index].cost for index in path) for path in paths) == 3
    assert [sum(actions[index].cost for index in plan) for plan in plans] == [9]


def test_simple_paths_find_no_way_where_every_way_needs_two_and_there_are_too_many() -> None:
    actions = [Action((0,), (1,), 1), Action((0,), (2,), 1)]
    for left in range(1, 21, 2):
        needs = (left, left + 1)
        actions += [Action(needs, (left + 2,), 1), Action(needs, (left + 3,), 1)]
    first = list(simple_paths(actions[:10], 9))
    assert len(first) == 2**4
    assert not any(9 in closure(actions, path) for path in first)
    found = solve(Problem.of(23, actions), [0], 21)
    assert isinstance(found, Optimum)
    assert found.optimal
    assert found.cost == 21
