"""What a validation engine found: one result of one constraint, in terms that every engine shares."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import RdfFormat, parse

from ..graph.statements import Severity, Term

SHACL = "http://www.w3.org/ns/shacl#"

_SEVERITIES = {
    SHACL + "Violation": Severity.VIOLATION,
    SHACL + "Warning": Severity.WARNING,
    SHACL + "Info": Severity.INFO,
}


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result, as SHACL §3.6 defines it.

    `path` is written as a SPARQL property path with full IRIs (empty: none), `component` and `severity` are IRIs,
    `shape` is the IRI of the shape that raised it, or the label of a blank node.
    """

    focus: Term
    path: str
    value: Term | None
    component: str
    shape: str
    severity: str = SHACL + "Violation"

    @property
    def grade(self) -> Severity:
        """The severity as ours; a severity that SHACL does not know is grave.

        >>> Result(term("<urn:a>"), "", None, SHACL + "InConstraintComponent", "urn:s").grade.value
        'violation'
        """
        return _SEVERITIES.get(self.severity, Severity.VIOLATION)


def term(syntax: str) -> Term:
    """The term that a piece of N-Triples writes.

    >>> term('"Kok"@nl').value
    'Kok'
    """
    triple = next(iter(parse(f"<urn:s> <urn:p> {syntax} .".encode(), format=RdfFormat.N_TRIPLES)))
    if not isinstance(triple.object, Term):
        raise TypeError(f"{syntax} is geen term")
    return triple.object


def sort_key(result: Result) -> tuple[str, str, str, str, str]:
    """The order in which results are shown: by what they are about, then by rule."""
    return str(result.focus), result.shape, result.component, result.path, str(result.value or "")
