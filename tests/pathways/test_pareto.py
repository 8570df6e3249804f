"""The Pareto front of dated plans against brute force, on ten thousand small instances and by hypothesis."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from leerbrug.pathways.pareto import Front, Kern, Stap, front

INSTANCES = 10_000
LAST = 7


def drawn(seed: int) -> tuple[list[Stap], list[tuple[int, int]], int]:
    """A small instance: facts 0 to n - 1, fact 0 held, fact n - 1 the goal."""
    draw = random.Random(seed)
    facts = draw.randint(3, 6)

    def some(least: int, most: int) -> int:
        return sum(1 << fact for fact in draw.sample(range(facts), draw.randint(least, min(most, facts))))

    steps = [
        Stap(
            some(0, 2),
            some(1, 3),
            draw.randint(0, 2),
            (draw.randint(0, 3), draw.randint(0, 3), 1),
            start := draw.choice([0, 0, 0, 1, 2]),
            start + draw.choice([0, 1, 3, 9]),
            number,
        )
        for number in range(draw.randint(1, 6))
    ]
    free = [(some(1, 2), some(1, 1)) for _ in range(draw.randint(0, 3))]
    return steps, free, facts


def closed(facts: int, free: list[tuple[int, int]]) -> int:
    for _ in range(len(free) + 1):
        for need, gain in free:
            if need & facts == need:
                facts |= gain
    return facts


def every_vector(steps: list[Stap], free: list[tuple[int, int]], goal: int) -> set[tuple[int, ...]]:
    """The vectors of every sequence of different steps that reaches the goal in time."""
    found: set[tuple[int, ...]] = set()

    def walk(facts: int, year: int, costs: tuple[int, ...], left: tuple[int, ...]) -> None:
        if facts & goal:
            found.add((year, *costs))
            return
        for place in left:
            step = steps[place]
            begin = max(year, step.van)
            if step.nodig & facts == step.nodig and begin <= step.tot and begin + step.jaren <= LAST:
                rest = tuple(other for other in left if other != place)
                total = tuple(a + b for a, b in zip(costs, step.kosten, strict=True))
                walk(closed(facts | step.geeft, free), begin + step.jaren, total, rest)

    walk(closed(1, free), 0, (0, 0, 0), tuple(range(len(steps))))
    return found


def least(vectors: set[tuple[int, ...]]) -> list[tuple[int, ...]]:
    return sorted(
        v for v in vectors if not any(o != v and all(a <= b for a, b in zip(o, v, strict=True)) for o in vectors)
    )


def valid(found: Front, steps: list[Stap], free: list[tuple[int, int]], goal: int) -> bool:
    """Whether every plan can be carried out and costs what its point says."""
    for punt in found.punten:
        for plan in punt.plannen:
            facts, year = closed(1, free), 0
            costs: tuple[int, ...] = (0, 0, 0)
            for number, begin in plan.stappen:
                step = steps[number]
                if step.nodig & ~facts or begin < max(year, step.van) or begin > step.tot:
                    return False
                facts, year = closed(facts | step.geeft, free), begin + step.jaren
                costs = tuple(a + b for a, b in zip(costs, step.kosten, strict=True))
            if not facts & goal or (year, *costs) != punt.vector:
                return False
    return True


def test_the_front_equals_brute_force_on_ten_thousand_instances() -> None:
    unreachable = several = 0
    for seed in range(INSTANCES):
        steps, free, facts = drawn(seed)
        goal = 1 << (facts - 1)
        expected = least(every_vector(steps, free, goal))
        found = front(Kern(steps, free, 1, goal, 0, LAST), 3)
        assert found.volledig
        assert [punt.vector for punt in found.punten] == expected, seed
        assert valid(found, steps, free, goal), seed
        unreachable += not expected
        several += len(expected) > 1
    assert unreachable > 500
    assert several > 500


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9))
def test_more_that_is_held_and_more_steps_never_make_a_front_worse(seed: int) -> None:
    steps, free, facts = drawn(seed)
    goal = 1 << (facts - 1)
    less = front(Kern(steps[:-1], free, 1, goal, 0, LAST), 3)
    more = front(Kern(steps, free, 1, goal, 0, LAST), 3)
    held = front(Kern(steps, free, 3, goal, 0, LAST), 3)
    for worse, better in ((less, more), (more, held)):
        for punt in worse.punten:
            assert any(all(a <= b for a, b in zip(o.vector, punt.vector, strict=True)) for o in better.punten)


def test_no_time_gives_what_was_found_and_says_that_it_may_not_be_all() -> None:
    steps = [Stap(1, 2, 1, (1,), 0, 9, 0), Stap(2, 4, 1, (1,), 0, 9, 1)]
    assert front(Kern(steps, [], 1, 4, 0, 9), 1).volledig
    stopped = front(Kern(steps, [], 1, 4, 0, 9), 1, seconden=-1)
    assert not stopped.volledig
    assert stopped.punten == ()


def test_a_first_year_that_is_fixed_allows_no_waiting() -> None:
    steps = [Stap(1, 2, 1, (1,), 3, 9, 0)]
    assert front(Kern(steps, [], 1, 2, 0, 9), 1).punten[0].plannen[0].stappen == ((0, 3),)
    assert not front(Kern(steps, [], 1, 2, 2, 9), 1, start=2).punten
