"""The k lightest ways that differ, against brute force: which, in which order, and that none is missing."""

from __future__ import annotations

import random
from collections import Counter

from leerbrug.pathways.pareto import Kern, Stap
from leerbrug.pathways.verschillend import Verschillend

INSTANCES = 10_000
LAST = 6
Steps = list[Stap]
Free = list[tuple[int, int]]
Measure = frozenset[tuple[tuple[int, ...], int]]
"""How many steps of each price a way takes."""


def drawn(seed: int) -> tuple[Steps, Free, int]:
    """A small instance with few prices: fact 0 is held, the last one is the goal."""
    draw = random.Random(seed)
    facts = draw.randint(3, 6)

    def some(least: int, most: int) -> int:
        return sum(1 << fact for fact in draw.sample(range(facts), draw.randint(least, most)))

    steps = []
    for number in range(draw.randint(2, 6)):
        begin = draw.choice([0, 0, 0, 1, 2])
        price = draw.choice([(1, (1, 2)), (1, (3, 1)), (2, (2, 2)), (0, (0, 1))])
        steps.append(Stap(some(0, 2), some(1, 2), *price, begin, begin + draw.choice([0, 2, 9]), number))
    return steps, [(some(1, 2), some(1, 1)) for _ in range(draw.randint(0, 2))], 1 << (facts - 1)


def weight(year: int, costs: tuple[int, ...]) -> int:
    return 5 * year + sum(factor * cost for factor, cost in zip((3, 1), costs, strict=False))


def closed(facts: int, free: Free) -> int:
    for _ in range(len(free) + 1):
        for need, gain in free:
            if need & facts == need:
                facts |= gain
    return facts


def every_way(steps: Steps, free: Free, goal: int) -> dict[Measure, int]:
    """The least weight of each measure, over every sequence of different steps that reaches the goal in time."""
    least: dict[Measure, int] = {}

    def walk(facts: int, year: int, taken: tuple[int, ...]) -> None:
        if facts & goal:
            prices = Counter((steps[each].jaren, *steps[each].kosten) for each in taken)
            measure = frozenset(prices.items())
            whole = weight(year, tuple(sum(steps[each].kosten[place] for each in taken) for place in range(2)))
            least[measure] = min(least.get(measure, whole), whole)
            return
        for place, step in enumerate(steps):
            begin = max(year, step.van)
            if place not in taken and not step.nodig & ~facts and begin <= step.tot and begin + step.jaren <= LAST:
                walk(closed(facts | step.geeft, free), begin + step.jaren, (*taken, place))

    walk(closed(1, free), 0, ())
    return least


def that_differ(ways: dict[Measure, int]) -> list[tuple[int, Measure]]:
    """Lightest first, without those that take all the steps of one before and more."""
    kept: list[tuple[int, Measure]] = []
    for whole, measure in sorted(((w, m) for m, w in ways.items()), key=lambda way: (way[0], _size(way[1]))):
        if not any(Counter(dict(other)) <= Counter(dict(measure)) for _, other in kept):
            kept.append((whole, measure))
    return kept


def _size(measure: Measure) -> int:
    return sum(count for _, count in measure)


def test_the_lightest_that_differ_equal_brute_force_on_ten_thousand_instances() -> None:
    several = 0
    for seed in range(INSTANCES):
        steps, free, goal = drawn(seed)
        expected = that_differ(every_way(steps, free, goal))
        kernel = Kern(steps, free, 1, goal, 0, LAST, gelijk=True)
        ways, complete = Verschillend(kernel, weight, []).lichtste(100, 60)
        found = [
            (way.gewicht, frozenset(Counter((steps[n].jaren, *steps[n].kosten) for n, _ in way.stappen).items()))
            for way in ways
        ]
        assert complete
        assert [whole for whole, _ in found] == [whole for whole, _ in expected], seed
        assert set(found) == set(expected), seed
        several += len(expected) > 1
        assert Verschillend(kernel, weight, []).lichtste(1, 60)[0] == ways[:1]
    assert several > 1_000


def test_without_time_the_lightest_say_that_some_may_be_missing() -> None:
    steps = [Stap(1, 2, 1, (1, 1), 0, 9, 0)]
    kernel = Kern(steps, [], 1, 2, 0, LAST, gelijk=True)
    assert Verschillend(kernel, weight, []).lichtste(1, 60)[1]
    assert Verschillend(kernel, weight, []).lichtste(1, -1) == ([], False)
