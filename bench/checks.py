"""`leerbrug bench check`: the validation of a whole graph against plain pySHACL, and of one change in it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pyoxigraph import NamedNode, Quad, Store

from ..checks import PyshaclEngine, Validator
from ..errors import InputError
from ..graph.names import Names
from ..graph.statements import Statement
from ..graph.vocabulary import LEER, RDF
from ..loaders.source import Source

T = TypeVar("T")

RUNS = 5
"""What takes milliseconds is run so often; the least counts, as other processes only add to it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what ran, how long it took, how much it found, and whether that is what it should find."""

    what: str
    seconds: float
    findings: int
    same: bool
    times: float = 1.0


def bench_checks(source: Source, path: Path, tell: Callable[[str], None]) -> Iterator[Row]:
    """The rows of the bench, each as soon as it is there.

    The first row is the default; `times` says how many times the default is faster than that row.
    """
    store = load(source, path)
    tell(f"{len(store)} triples")
    validator = Validator()
    seconds, found = _timed(lambda: validator.validate(store))
    yield Row("standaard: Rust voor de vormen, SPARQL per regel", seconds, len(found), True)
    yield _one_change(validator, store, seconds)
    tell("pySHACL bevraagt elke regel per ding; dat duurt op een hele graaf tientallen minuten …")
    plain = Validator(validator.shapes, PyshaclEngine(), setwise=False)
    slow, reference = _timed(lambda: plain.validate(store))
    yield Row("pySHACL, dezelfde vormen", slow, len(reference), Counter(reference) == Counter(found), slow / seconds)


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


def load(source: Source, path: Path) -> Store:
    """The graph of one source, in memory."""
    store, names = Store(), Names()
    said = (one for record in source.records(path) for one in source.said(record, names))
    store.bulk_extend(Quad(one.subject, one.predicate, one.object) for one in said if isinstance(one, Statement))
    return store


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    answer = work()
    return time.perf_counter() - start, answer
