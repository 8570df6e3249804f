"""The lightest ways that differ against every sequence of steps that reaches the goal, on small instances."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from leerbrug.pathways.pareto import Kern, Stap
from leerbrug.pathways.verschillend import Verschillend

GOAL, BEGIN, LAST = 1 << 4, 0, 4
STEP = st.builds(
    Stap,
    nodig=st.integers(0, 15),
    geeft=st.integers(1, 31),
    jaren=st.integers(0, 2),
    kosten=st.tuples(st.integers(1, 3), st.integers(0, 1)),
    van=st.integers(0, 2),
    tot=st.integers(1, 4),
    nummer=st.just(0),
)
STEPS = st.lists(STEP, min_size=1, max_size=6).map(
    lambda steps: [step._replace(nummer=number) for number, step in enumerate(steps)]
)
RULES = st.lists(st.tuples(st.integers(1, 15), st.integers(0, 4).map(lambda bit: 1 << bit)), max_size=2)
Way = tuple[int, Counter[tuple[int, ...]]]


def follows(facts: int, rules: list[tuple[int, int]]) -> int:
    for _ in rules:
        for need, gain in rules:
            facts |= gain if need & ~facts == 0 else 0
    return facts


def every_way(
    steps: list[Stap], rules: list[tuple[int, int]], facts: int, year: int, taken: list[Stap]
) -> Iterator[Way]:
    """All sequences; weight 10 a year of the end, and the first of the costs (the second only tells steps apart)."""
    if facts & GOAL:
        yield 10 * year + sum(step.kosten[0] for step in taken), Counter((s.jaren, *s.kosten) for s in taken)
        return
    for step in steps:
        begin = max(year, step.van)
        if step in taken or step.nodig & ~facts or begin > step.tot or begin + step.jaren > LAST:
            continue
        yield from every_way(steps, rules, follows(facts | step.geeft, rules), begin + step.jaren, [*taken, step])


def differing(ways: list[Way]) -> list[Way]:
    kept: list[Way] = []
    for weight, price in sorted(ways, key=lambda way: (way[0], way[1].total())):
        if not any(other <= price for _, other in kept):
            kept.append((weight, price))
    return kept


def found(steps: list[Stap], rules: list[tuple[int, int]], k: int) -> list[Way]:
    kern = Kern(steps, rules, 0, GOAL, BEGIN, LAST, gelijk=True)
    ways, complete = Verschillend(kern, lambda year, costs: 10 * year + costs[0], []).lichtste(k, 60)
    assert complete
    return [(way.gewicht, Counter((steps[n].jaren, *steps[n].kosten) for n, _ in way.stappen)) for way in ways]


@settings(max_examples=400, deadline=None)
@given(STEPS, RULES)
def test_the_ways_that_differ_are_those_of_all_sequences(steps: list[Stap], rules: list[tuple[int, int]]) -> None:
    expected = differing(list(every_way(steps, rules, follows(0, rules), BEGIN, [])))
    own = found(steps, rules, 100)
    assert sorted(weight for weight, _ in own) == [weight for weight, _ in expected]
    assert Counter(str(sorted(price.items())) for _, price in own) == Counter(
        str(sorted(price.items())) for _, price in expected
    )
    assert [weight for weight, _ in found(steps, rules, 2)] == [weight for weight, _ in expected[:2]]


@settings(max_examples=100, deadline=None)
@given(STEPS, RULES)
def test_what_is_shown_already_is_not_given_again(steps: list[Stap], rules: list[tuple[int, int]]) -> None:
    for weight, price in found(steps, rules, 1):
        kern = Kern(steps, rules, 0, GOAL, BEGIN, LAST, gelijk=True)
        others, _ = Verschillend(kern, lambda year, costs: 10 * year + costs[0], [price]).lichtste(100, 60)
        for way in others:
            assert way.gewicht >= weight
            assert not price <= Counter((steps[n].jaren, *steps[n].kosten) for n, _ in way.stappen)


def test_facts_that_change_places_are_tried_once() -> None:
    """Forty programmes that each ask a preparation of their own are one way, found without trying their mixes."""
    ready = [Stap(0, 2 << n, 1, (2, 0), 0, 9, n) for n in range(40)]
    taken = [Stap(2 << n, 1, 2, (5, 0), 0, 9, 40 + n) for n in range(40)]
    kern = Kern([*ready, *taken], [], 0, 1, 0, 20, gelijk=True)
    search = Verschillend(kern, lambda year, costs: 10 * year + costs[0], [])
    ways, complete = search.lichtste(5, 60)
    assert complete
    assert [way.gewicht for way in ways] == [37]
    assert search.teller < 10
