"""Chains of stepping stones hold against the graph, and any chain that was changed is refused."""

from __future__ import annotations

import copy
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leerbrug.checks.evidence_stones import check_stones
from leerbrug.graph.knowledge_graph import KnowledgeGraph

from .forging import Document, mutated, seal

Check = Callable[[Document], tuple[str, ...]]


def test_real_chains_hold(check: Check, chains: list[Document]) -> None:
    for answer in chains:
        assert check(answer) == ()


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_every_changed_chain_is_refused(check: Check, chains: list[Document], seed: int) -> None:
    document, path = mutated(chains, seed)
    seal(document)
    assert check(document), path


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_change_without_a_new_digest_is_refused(check: Check, chains: list[Document], seed: int) -> None:
    assert check(mutated(chains, seed)[0])


def _drop_a_stone(answer: Document) -> None:
    del answer["stappen"][0]
    answer["stappen"][0]["nr"] = 1


def _raise_a_gain(answer: Document) -> None:
    answer["stappen"][0]["winst"] += 1
    answer["stappen"][1]["winst"] -= 1


def _swap_the_bridges(answer: Document) -> None:
    stone = answer["stappen"][0]
    stone["naar_steen"], stone["naar_doel"] = stone["naar_doel"], stone["naar_steen"]


def _end_early(answer: Document) -> None:
    answer["stappen"].pop()


def _go_straight(answer: Document) -> None:
    """The direct bridge is no chain with a stone."""
    last = answer["stappen"][-1]
    answer["stappen"] = [{**last, "nr": 1, "naar_steen": answer["vertrek"]}]


@pytest.mark.parametrize("forge", [_drop_a_stone, _raise_a_gain, _swap_the_bridges, _end_early, _go_straight])
def test_a_forged_chain_is_refused(check: Check, chains: list[Document], forge: Callable[[Document], None]) -> None:
    forged = copy.deepcopy(chains[1])
    forge(forged)
    seal(forged)
    assert check(forged)


def test_each_gain_is_what_the_bridges_to_the_target_say(chains: list[Document]) -> None:
    for chain in chains:
        proven = [
            chain["vertrek"]["dekking"]["gedekt"],
            *(s["naar_doel"]["dekking"]["gedekt"] for s in chain["stappen"]),
        ]
        assert [stone["winst"] for stone in chain["stappen"]] == [after - before for before, after in pairwise(proven)]
        assert proven[-1] == chain["vertrek"]["dekking"]["van"]


def test_what_is_no_chain_is_refused(sample_graph: KnowledgeGraph, chains: list[Document]) -> None:
    assert check_stones(chains[0], sample_graph, 2)
    assert check_stones({}, sample_graph, 1)
