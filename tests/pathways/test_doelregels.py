"""Rules of goals as a person writes them: what they mean, that the checker reads the same, and what is refused."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import leerbrug
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leerbrug.checks.traject_answer import Rule
from leerbrug.checks.traject_rule_tree import rule_ways
from leerbrug.errors import InputError
from leerbrug.pathways.doelregels import gelezen, regelboom
from leerbrug.pathways.leerling import Doelregel
from leerbrug.pathways.regelboom import Blad, alternatieven, voldaan

CODES = "abcde"
GETAL = st.one_of(st.none(), st.integers(0, 4))


@st.composite
def leaf(draw: st.DrawFn) -> Doelregel:
    uren = draw(GETAL)
    if draw(st.booleans()):
        return Doelregel(code=draw(st.sampled_from(CODES)), uren=uren)
    return Doelregel(gelijk=tuple(draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=3))), uren=uren)


@st.composite
def node(draw: st.DrawFn, under: st.SearchStrategy[Doelregel]) -> Doelregel:
    parts = draw(st.lists(st.one_of(st.sampled_from(CODES), under), min_size=1, max_size=4))
    named = [
        each if isinstance(each, str) else msgspec.structs.replace(each, naam=f"n{n}") for n, each in enumerate(parts)
    ]
    names = [each if isinstance(each, str) else each.naam for each in named]
    apart = draw(st.lists(st.lists(st.sampled_from(names), min_size=2, max_size=3), max_size=1))
    return Doelregel(
        delen=tuple(named),
        minstens=draw(st.one_of(st.none(), st.integers(0, len(named)))),
        hoogstens=draw(st.one_of(st.none(), st.integers(0, 4))),
        uren=draw(GETAL),
        uren_minstens=draw(st.integers(0, 6)),
        uren_hoogstens=draw(st.one_of(st.none(), st.integers(0, 9))),
        niet_samen=tuple(tuple(each) for each in apart),
    )


RULES = st.recursive(leaf(), node, max_leaves=6)


@settings(max_examples=300, deadline=None)
@given(RULES)
def test_the_search_and_the_checker_read_a_rule_alike(rule: Doelregel) -> None:
    tree = regelboom(rule, lambda code: Blad(code, code))
    asked = rule_ways(msgspec.convert(msgspec.to_builtins(rule), Rule), lambda code: [frozenset({code})])
    for count in range(len(CODES) + 1):
        for held in combinations(CODES, count):
            assert voldaan(tree, held) == any(way <= set(held) for way in asked)
    least = {way for way in asked if not any(other < way for other in asked)}
    assert set(alternatieven(tree)) == least


@settings(max_examples=100, deadline=None)
@given(RULES)
def test_a_rule_reads_as_it_was_written(rule: Doelregel) -> None:
    assert gelezen(msgspec.json.encode(rule)) == rule


def test_toml_and_json_say_the_same() -> None:
    toml = b"""
naam = "twee beroepen of een diploma"
minstens = 1
delen = ["OK3", {minstens = 2, delen = ["BK-0117", {gelijk = ["BK-0480", "certificaat:Fietsmecanicien"], uren = 300}]}]
"""
    json = (
        b'{"naam": "twee beroepen of een diploma", "minstens": 1, "delen": ["OK3", {"minstens": 2, "delen": ['
        b'"BK-0117", {"gelijk": ["BK-0480", "certificaat:Fietsmecanicien"], "uren": 300}]}]}'
    )
    assert gelezen(toml) == gelezen(json)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"minstens = ", "niet leesbaar"),
        (b'{"delen": 3}', "delen"),
        (b'{"eender": 3}', "eender"),
        (b"naam = 'leeg'", '"code", "gelijk" en "delen"'),
        (b"code = 'a'\ndelen = ['b']", '"code", "gelijk" en "delen"'),
        (b"code = 'a'\nminstens = 1", "regel met delen"),
        (b"minstens = 3\ndelen = ['a', 'b']", "3 van 2"),
        (b"uren_minstens = -1\ndelen = ['a']", "kleiner dan nul"),
        (b"delen = ['a', 'b']\nniet_samen = [['a', 'c']]", "geen deel heet zo"),
        (b'{"delen": [' * 9 + b'"a"' + b"]}" * 9, "8 diep"),
    ],
)
def test_a_rule_that_says_nothing_clear_is_refused_with_the_form(text: bytes, words: str) -> None:
    with pytest.raises(InputError, match="^[^\n]*" + words):
        regelboom(gelezen(text, "regels.toml"), lambda code: Blad(code, code))


def test_the_rule_that_the_page_for_designers_shows_can_be_read() -> None:
    page = (Path(leerbrug.__file__).parent / "docs" / "ontwerpers.md").read_text(encoding="utf-8")
    rule = gelezen(page.split("```toml\n")[1].split("```")[0].encode())
    tree = regelboom(rule, lambda code: Blad(code, code))
    assert voldaan(tree, {"OK3", "BK-0019"})
    assert not voldaan(tree, {"BK-0117", "BK-0227"})
