"""The Report: what was found and where, what to do about it, and what passed; in Dutch and English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from pyoxigraph import BlankNode, Literal, NamedNode, Store

from ..errors import LeerbrugError
from ..graph.statements import Finding, Place, Severity, Term
from ..graph.vocabulary import RDF
from .result import Result
from .shapes import SHAPES, Shapes, sh

Where = Callable[[Any, NamedNode | None, Any], Place | None]
"""Where the source says a triple; with None for predicate and object, where it speaks of the subject."""

NOWHERE = Place("")

ORDER = (Severity.VIOLATION, Severity.WARNING, Severity.INFO)

ERNST = {Severity.VIOLATION: "fout", Severity.WARNING: "waarschuwing", Severity.INFO: "opmerking"}
"""Severities as people read them."""


@dataclass(frozen=True, slots=True)
class Passed:
    """How many things a shape looked at, and against how many of them it found nothing."""

    shape: str
    looked_at: int
    good: int


@dataclass(frozen=True, slots=True)
class Report:
    """Findings of loaders and shapes together, gravest first, and what passed.

    >>> fout = Finding("competentie#code", Severity.WARNING, Place("bk.csv", "regel 3"), {"nl": "Geen code."})
    >>> list(Report.of([fout]).rows())
    [('waarschuwing', 'bk.csv, regel 3', 'Geen code.', '', '')]
    """

    findings: tuple[Finding, ...]
    passed: tuple[Passed, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding], passed: Iterable[Passed] = ()) -> Report:
        """The report of these findings, gravest first, then by place."""
        return cls(tuple(sorted(findings, key=_order)), tuple(passed))

    @property
    def stops(self) -> bool:
        """Whether a release may not be made of this: one violation is enough."""
        return any(finding.severity is Severity.VIOLATION for finding in self.findings)

    def counts(self) -> dict[str, int]:
        """Findings per severity, gravest first."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity.value: found[severity] for severity in ORDER if found[severity]}

    def dutch_counts(self) -> dict[str, int]:
        """Findings per severity, as people read it."""
        return {ERNST[Severity(severity)]: number for severity, number in self.counts().items()}

    def rows(self, language: str = "nl") -> Iterator[tuple[str, str, str, str, str]]:
        """One row a finding: severity, place, message, value, remedy."""
        for finding in self.findings:
            remedy = _in(finding.remedy or {}, language)
            place = str(finding.place) or finding.subject
            value = finding.value.rpartition("/id/")[2]
            yield ERNST[finding.severity], place, _in(finding.message, language), value, remedy

    def render(self, language: str = "nl") -> str:
        """The report as plain text, one finding a paragraph."""
        found = "\n".join(
            f"{severity}: {place}\n  {message}" + (f" ({value})" if value else "") + (f"\n  {remedy}" if remedy else "")
            for severity, place, message, value, remedy in self.rows(language)
        )
        good = "\n".join(f"{p.shape}: {p.good} van {p.looked_at} in orde" for p in self.passed)
        return "\n\n".join(part for part in (found, good) if part)

    def issues(self) -> Iterator[dict[str, Any]]:
        """The findings as the API gives them (product.md §3.3): bestand, blad, cel, ernst, regel, detail, …."""
        for finding in self.findings:
            sheet, _, cell = finding.place.spot.rpartition("!")
            yield {
                "bestand": finding.place.file or None,
                "plaats": finding.place.spot or None,
                "blad": sheet or None,
                "cel": cell if sheet else None,
                "ernst": ERNST[finding.severity],
                "regel": rule_iri(finding.rule),
                "onderwerp": finding.subject or None,
                "detail": finding.message,
                "waarde": finding.value or None,
                "voorstel": finding.remedy,
            }

    def as_json(self) -> bytes:
        """The report as JSON: the counts, the issues, and what passed."""
        whole = {
            "tellingen": self.dutch_counts(),
            "bevindingen": list(self.issues()),
            "geslaagd": [{"vorm": p.shape, "bekeken": p.looked_at, "goed": p.good} for p in self.passed],
        }
        return msgspec.json.format(msgspec.json.encode(whole)) + b"\n"


def rule_iri(rule: str) -> str:
    """The address of a rule: of a shape its IRI, of a loader's rule the same kind of address.

    >>> rule_iri("competentie#code")
    'https://w3id.org/leerbrug/shapes/competentie#code'
    """
    return rule if "://" in rule else SHAPES + rule


def _order(finding: Finding) -> tuple[int, str, str, str, str]:
    place = finding.place
    return ORDER.index(finding.severity), place.file, _natural(place.spot), finding.rule, finding.subject


def _natural(spot: str) -> str:
    """Spots in the order of their numbers: regel 9 before regel 10."""
    return "".join(part.zfill(8) if part.isdigit() else part for part in _split(spot))


def _split(spot: str) -> Iterator[str]:
    part = ""
    for letter in spot:
        if part and part[-1].isdigit() != letter.isdigit():
            yield part
            part = ""
        part += letter
    yield part


def _in(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get("nl") or next(iter(texts.values()), "")


def findings(results: Iterable[Result], shapes: Shapes, store: Store, where: Where) -> Iterator[Finding]:
    """Results as findings: in our own words, and with the place that the source has for them.

    Raises LeerbrugError for a shape that has no message: an engine's own words are never shown.
    """
    for result in results:
        message = shapes.message(result.shape)
        if not {"nl", "en"} <= message.keys():
            raise LeerbrugError(f"De regel {result.shape} heeft geen boodschap in nl en en.")
        yield Finding(
            rule=result.shape.removeprefix(SHAPES),
            severity=result.grade,
            place=_place(result, store, where),
            message=message,
            subject=result.focus.value,
            value=result.value.value if result.value is not None and result.value != result.focus else "",
            remedy=shapes.remedy(result.shape) or None,
        )


def _place(result: Result, store: Store, where: Where) -> Place:
    """Where the source says the value of this thing; else where it speaks of the thing that lacks one."""
    focus, value = result.focus, result.value
    if isinstance(focus, Literal):
        return NOWHERE
    said = [quad.triple for quad in store.quads_for_pattern(focus, None, value, None)] if value is not None else []
    if isinstance(value, NamedNode | BlankNode):
        said += [quad.triple for quad in store.quads_for_pattern(value, None, focus, None)]
    said.sort(key=lambda triple: (str(triple.predicate) not in result.path, str(triple)))
    for triple in said:
        if found := where(triple.subject, triple.predicate, triple.object):
            return found
    return where(focus, None, None) or NOWHERE


def passed(results: Iterable[Result], shapes: Shapes, store: Store) -> Iterator[Passed]:
    """For each file of shapes how many things it looked at, and how many of them are good."""
    bad: dict[str, set[Term]] = {}
    for result in results:
        bad.setdefault(_file(result.shape), set()).add(result.focus)
    classes: dict[str, set[NamedNode]] = {}
    for shape in shapes.subjects(sh("targetClass")):
        classes.setdefault(_file(shape.value), set()).update(shapes.target_classes(shape))
    for name, targets in sorted(classes.items()):
        looked_at = {quad.subject for cls in targets for quad in store.quads_for_pattern(None, RDF.type, cls, None)}
        if looked_at:
            yield Passed(name, len(looked_at), len(looked_at - bad.get(name, set())))


def _file(shape: str) -> str:
    return shape.removeprefix(SHAPES).partition("#")[0]
