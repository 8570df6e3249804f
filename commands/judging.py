"""Judging what is about to become a release: what the loaders met, what the counts say, what the shapes say."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, NamedNode

from ..checks.report import Report, Where, findings, passed
from ..checks.validator import Validator
from ..graph.manifest import LoadedSource, Manifest
from ..graph.places import Places
from ..graph.statements import Finding, Place, Severity, Term
from ..graph.store import EmbeddedStore
from ..loaders import SOURCES
from .hearing import Heard


def judge(store: EmbeddedStore, places: Places, heard: Heard, manifest: Manifest) -> Report:
    """The report on a graph: what its loaders met, what its sources lack, what its shapes find, and what passed."""
    validator = Validator()
    results = validator.validate(store.oxigraph)
    counted = (found for source in manifest.sources for found in _counts(source))
    shaped = findings(results, validator.shapes, store.oxigraph, where(places))
    return Report.of([*heard.findings, *counted, *shaped], passed(results, validator.shapes, store.oxigraph))


def where(places: Places) -> Where:
    """Looks up the first place of a triple, or of a thing where not the whole triple is known or nobody said it."""

    def look_up(subject: NamedNode | BlankNode, predicate: NamedNode | None, value: Term | None) -> Place | None:
        said = places.of(subject, predicate, value) if predicate and value else ()
        found = said or places.of_subject(subject)
        return found[0] if found else None

    return look_up


def _counts(source: LoadedSource) -> Iterator[Finding]:
    """A warning for each class that a complete source gives fewer or more of than its publisher states."""
    if source.example:
        return
    expects = next(known.expects for known in SOURCES if known.key == source.key)
    for name, (least, most) in expects.items():
        number = source.classes.get(name, 0)
        if not least <= number <= most:
            nl = f"{source.title}: {number} × {name}, verwacht {least} tot {most}."
            en = f"{source.title}: {number} × {name}, expected {least} to {most}."
            yield Finding("loader/aantal", Severity.WARNING, Place(source.key), {"nl": nl, "en": en}, value=str(number))
