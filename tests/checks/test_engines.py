"""All engines find the same: in the sound world nothing, in every broken one what was broken, and how often."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from leerbrug.checks import PyshaclEngine, Result, RustEngine, Shapes, ShapesError, Validator
from leerbrug.checks.result import SHACL
from leerbrug.checks.shapes import SHAPES, ntriples
from pyoxigraph import RdfFormat, Store, parse

SIDE_EFFECTS = tomllib.loads((Path(__file__).parent / "examples/bijwerkingen.toml").read_text())
DIFFERENCES = tomllib.loads((Path(__file__).parent / "examples/verschillen.toml").read_text())["verschil"]
Said = tuple[str, str, str]


def said(results: Iterable[Result]) -> set[Said]:
    return {
        (
            result.shape.removeprefix(SHAPES),
            result.component.removeprefix(SHACL),
            result.focus.value.rpartition("/")[2],
        )
        for result in results
    }


@pytest.fixture(scope="module")
def validator() -> Validator:
    return Validator()


def whole(validator: Validator, engine: object) -> Validator:
    return Validator(validator.shapes, engine, setwise=False)


def test_the_sound_world_is_sound(validator: Validator, sound_world: Callable[[int], Store]) -> None:
    assert validator.validate(sound_world(1)) == []


def test_every_fault_is_found_with_what_it_brings_along(validator: Validator, breuken: tuple) -> None:
    for breuk in breuken:
        expected = {(breuk.rule, breuk.component, breuk.focus)}
        expected |= {tuple(effect.split(" ")) for effect in SIDE_EFFECTS.get(breuk.name, ())}
        assert said(validator.validate(breuk.world())) == expected, breuk.name


@pytest.mark.parametrize("number", [1, 3])
def test_injected_errors_are_counted(validator: Validator, breuken: tuple, number: int, as_text: Callable) -> None:
    """Every rule broken a known number of times, in one graph with as many sound worlds."""
    worlds = [breuk.world(n) for n, breuk in enumerate((b for b in breuken for _ in range(number)), 2)]
    alone = [(breuk.rule, breuk.component) for breuk in breuken]
    beside = [tuple(e.split(" ")[:2]) for b in breuken for e in SIDE_EFFECTS.get(b.name, ())]
    expected = {key: number * times for key, times in Counter(alone + beside).items()}
    found = validator.validate(as_text(*worlds))
    counted = Counter((r.shape.removeprefix(SHAPES), r.component.removeprefix(SHACL), r.focus) for r in found)
    assert Counter((rule, component) for rule, component, _ in counted) == expected


@pytest.mark.parametrize("which", ["core", "rules"])
def test_topbraid_agrees(
    validator: Validator, packed: Callable, as_text: Callable, topbraid: object, which: str
) -> None:
    """The arbiter, on every fault."""
    graph = as_text(*packed(which))
    found = validator.validate(graph)
    assert len(found) >= len(validator.shapes.rules)
    assert Counter(whole(validator, topbraid).validate(graph)) == Counter(found)


def test_the_bulk_engine_alone_differs_where_we_say_so(validator: Validator, breuken: tuple, as_text: Callable) -> None:
    """Without the set-wise rules it misses what is listed by name, and nothing else."""
    graph = as_text(*(breuk.world(number) for number, breuk in enumerate(breuken, 2)))
    found, alone = Counter(validator.validate(graph)), Counter(whole(validator, RustEngine()).validate(graph))
    listed = {row["waar"] for row in DIFFERENCES if row["motor"] == "shacl" and "#" in row["waar"]}
    assert not alone - found
    assert {result.shape.removeprefix(SHAPES) for result in found - alone} == listed


def test_pyshacl_agrees_on_what_breaks_the_constraints(
    validator: Validator, packed: Callable, as_text: Callable
) -> None:
    """The core of SHACL, on every fault; packed, as pySHACL takes long (performance.md §3)."""
    graph = as_text(*packed("core")) + ntriples(validator.shapes.known)
    found = RustEngine().validate(graph, validator.shapes.core)
    assert len(said(found)) > 100
    assert Counter(PyshaclEngine().validate(graph, validator.shapes.core)) == Counter(found)


def test_pyshacl_agrees_on_what_breaks_the_rules(validator: Validator, packed: Callable, as_text: Callable) -> None:
    """The cross-record rules, asked once per node by pySHACL and once per rule by us."""
    graph = as_text(*packed("rules"))
    found = validator.validate(graph)
    assert {result.shape for result in found} >= {rule.shape for rule in validator.shapes.rules}
    assert Counter(whole(validator, PyshaclEngine()).validate(graph)) == Counter(found)


def test_a_shape_without_sense_is_refused() -> None:
    turtle = b"""@prefix sh: <http://www.w3.org/ns/shacl#> .
        <urn:s> sh:targetClass <urn:C> ; sh:property [ sh:path <urn:q> ; sh:pattern "(" ] ."""
    broken = Shapes(quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE))
    with pytest.raises(ShapesError):
        RustEngine().validate(b"", broken.whole)
