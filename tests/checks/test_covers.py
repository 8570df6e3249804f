"""The checker's own search for covers finds every one that brute force finds."""

from __future__ import annotations

import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leerbrug.checks.evidence_covers import Covers
from leerbrug.errors import EvidenceError


@st.composite
def instances(draw: st.DrawFn) -> tuple[frozenset[str], dict[str, frozenset[str]], dict[str, int], int | None]:
    elements = [f"e{n}" for n in range(5)]
    brings = draw(st.lists(st.frozensets(st.sampled_from(elements), min_size=1), min_size=1, max_size=7))
    named = {f"c{n}": brought for n, brought in enumerate(brings)}
    wanted = draw(st.frozensets(st.sampled_from(elements), min_size=1))
    return wanted, named, {name: draw(st.integers(1, 4)) for name in named}, draw(st.none() | st.integers(1, 9))


@settings(max_examples=300, deadline=None)
@given(instance=instances())
def test_the_checker_finds_every_cover_that_brute_force_finds(
    instance: tuple[frozenset[str], dict[str, frozenset[str]], dict[str, int], int | None],
) -> None:
    wanted, brings, costs, below = instance
    expected: set[frozenset[str]] = set()
    for size in range(1, len(brings) + 1):
        for chosen in combinations(brings, size):
            covered = frozenset[str]().union(*(brings[c] for c in chosen))
            if wanted <= covered and not any(known <= set(chosen) for known in expected):
                expected.add(frozenset(chosen))
    found = list(Covers(brings, costs).all(wanted, below))
    assert len(found) == len(set(found))
    assert set(found) == {c for c in expected if below is None or sum(costs[n] for n in c) < below}


def test_the_checker_stops_where_its_time_is_up() -> None:
    with pytest.raises(EvidenceError):
        list(Covers({"x": frozenset("a")}, {"x": 1}, deadline=time.monotonic() - 1).all(frozenset("a")))
