"""Holding one decision to the shapes: the guard that the register calls before it writes."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Quad, Store, Triple

from ..besluiten.register import Keuring
from ..checks.report import findings
from ..checks.shapes import FOLDER, Shapes, terminology, turtle
from ..checks.validator import Validator
from ..graph.statements import Finding

VORMEN = (
    "haalbaarheidsbesluit",
    "werkplekaandeel",
    "activiteitenlijst",
    "vrijstellingsbesluit",
    "overname",
    "keuze",
    "besluit",
    "mandaat",
    "mapping",
    "codelijsten",
    "voorvoegsels",
)


def shacl_keuring() -> Keuring:
    """A guard that validates by the shapes of decisions; they are read once."""
    paths = [FOLDER / f"{vorm}.ttl" for vorm in VORMEN]
    shapes = Shapes(turtle(paths), terminology())
    validator = Validator(shapes)

    def keur(triples: Sequence[Triple]) -> list[Finding]:
        store = Store()
        store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
        return list(findings(validator.validate(store), shapes, store, lambda *_: None))

    return keur
