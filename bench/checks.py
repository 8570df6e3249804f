"""`leerbrug bench check`: the validation of a whole graph against plain pySHACL, and of one change in it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from ..checks import PyshaclEngine, Result, Validator
from ..checks.result import SHACL
from ..checks.shapes import Shapes
from ..errors import InputError
from ..graph.names import Names
from ..graph.statements import Statement
from ..graph.vocabulary import LEER, RDF
from ..loaders.source import Source

T = TypeVar("T")

RUNS = 5
"""What takes milliseconds is run so often; the least counts, as other processes only add to it."""


SMALL = 20_000
"""Triples up to which pySHACL validates everything while one waits."""

SAMPLE = 40
"""On a larger graph, its SPARQL rules look at one in so many of the nodes that they target."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what ran, its processor time, how much it found, and whether that is what it should find."""

    what: str
    seconds: float
    findings: int
    same: bool
    times: float = 1.0


def bench_checks(store: Store, tell: Callable[[str], None], *, everything: bool = False) -> Iterator[Row]:
    """The rows of the bench, each as soon as it is there.

    The first row is the default; `times` says how many times the default is faster than that row. pySHACL parses and
    asks a SPARQL rule again for each node: on a graph of over SMALL triples that takes hours, so that it then validates
    the core shapes on the whole graph and the rules on one in SAMPLE nodes, unless `everything` is asked for.
    """
    tell(f"{len(store)} triples")
    validator = Validator()
    seconds, found = _timed(lambda: validator.validate(store))
    yield Row("standaard: Rust voor de vormen, SPARQL per regel", seconds, len(found), True)
    yield _one_change(validator, store, seconds)
    if everything or len(store) <= SMALL:
        plain = Validator(validator.shapes, PyshaclEngine(), setwise=False)
        slow, reference = _timed(lambda: plain.validate(store))
        yield Row(
            "pySHACL, dezelfde vormen", slow, len(reference), Counter(reference) == Counter(found), slow / seconds
        )
        return
    tell(
        f"pySHACL bevraagt elke regel per ding: daarom hier de regels op één van de {SAMPLE} dingen (--alles: overal)."
    )
    yield from _in_two(validator, store, seconds, found)


def _in_two(validator: Validator, store: Store, whole: float, found: list[Result]) -> Iterator[Row]:
    """The shapes without rules, everywhere; and the rules, on a sample. Both by pySHACL against the default."""
    core, rules = _parted(validator.shapes)
    by_rule = {rule.shape for rule in validator.shapes.rules}
    slow, reference = _timed(lambda: Validator(core, PyshaclEngine(), setwise=False).validate(store))
    same = Counter(reference) == Counter(result for result in found if result.shape not in by_rule)
    yield Row("pySHACL, de vormen zonder regels, hele graaf", slow, len(reference), same, slow / whole)
    classes = {cls for rule in validator.shapes.rules for cls in rule.classes}
    targets = {quad.subject for cls in classes for quad in store.quads_for_pattern(None, RDF.type, cls, None)}
    focus = sorted((node for node in targets if isinstance(node, NamedNode)), key=str)[::SAMPLE]
    slow, reference = _timed(lambda: Validator(rules, PyshaclEngine(focus), setwise=False).validate(store))
    fast, ours = _timed(lambda: Validator(rules).validate(store, focus))
    expected = Counter(result for result in found if result.shape in by_rule and result.focus in set(focus))
    same = Counter(reference) == expected == Counter(ours)
    yield Row(
        f"pySHACL, de {len(validator.shapes.rules)} regels, {len(focus)} dingen",
        slow,
        len(reference),
        same,
        slow / fast,
    )


def _parted(shapes: Shapes) -> tuple[Shapes, Shapes]:
    """The shapes without the SPARQL rules, and those that are rules."""
    by_rule = {rule.shape for rule in shapes.rules}
    core = [quad.triple for quad in parse(shapes.core, format=RdfFormat.N_TRIPLES)]
    named = {t.subject for t in shapes.triples() if isinstance(t.subject, NamedNode)}
    others = {node for node in named if node.value not in by_rule}
    targets = SHACL + "targetClass"
    rules = [t for t in shapes.triples() if not (t.subject in others and t.predicate.value == targets)]
    return Shapes(core, shapes.known), Shapes(rules, shapes.known)


def _one_change(validator: Validator, store: Store, whole: float) -> Row:
    """One competence changed: the time to know what is wrong now, and whether a full validation says the same."""
    changed = _a_competence(store)
    removed = next(iter(store.quads_for_pattern(changed, LEER.volgnummer, None, None)))
    store.remove(removed)
    validator.revalidate(store, [changed])
    seconds, (focus, found) = min(
        (_timed(lambda: validator.revalidate(store, [changed])) for _ in range(RUNS)), key=lambda run: run[0]
    )
    everything = [result for result in validator.validate(store) if result.focus in focus]
    store.add(removed)
    return Row(
        f"na één gewijzigde competentie ({len(focus)} dingen)",
        seconds,
        len(found),
        found == everything,
        seconds / whole,
    )


def _a_competence(store: Store) -> NamedNode:
    for quad in store.quads_for_pattern(None, RDF.type, LEER.Competentie, None):
        if isinstance(quad.subject, NamedNode) and any(store.quads_for_pattern(quad.subject, LEER.volgnummer, None)):
            return quad.subject
    raise InputError("In deze bron staat geen enkele competentie.", remedy="Geef een map met dossiers.")


def graph_of(source: Source, path: Path) -> Store:
    """The graph of one source, in memory."""
    store, names = Store(), Names()
    said = (one for record in source.records(path) for one in source.said(record, names))
    store.bulk_extend(Quad(one.subject, one.predicate, one.object) for one in said if isinstance(one, Statement))
    return store


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    answer = work()
    return time.process_time() - start, answer
