"""What a source says, each triple with the place where it was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple


class Severity(StrEnum):
    """How grave a finding is: a violation stops a release, a warning is published with it."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said: the file (relative to its source) and the spot in it.

    `spot` is what a person can go to: "regel 12", "Competenties!D17", "regel 3 /competenties/4/waarde", an XPath.

    >>> str(Place("bk.jsonl.gz", "regel 3").at("/titel"))
    'bk.jsonl.gz, regel 3 /titel'
    """

    file: str
    spot: str = ""

    def at(self, spot: str) -> Place:
        """The same place, one step further in."""
        return Place(self.file, f"{self.spot} {spot}".strip()) if spot else self

    def __str__(self) -> str:
        return f"{self.file}, {self.spot}" if self.spot else self.file


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know about the source: what, where, why, and the remedy where one exists.

    `rule` names the rule (the IRI or local name of a shape, or `loader/<name>` for what a loader met);
    `message` maps a language to the text, nl and en at least.
    """

    rule: str
    severity: Severity
    place: Place
    message: dict[str, str]
    subject: str = ""
    value: str = ""
    remedy: dict[str, str] | None = None


class Statement(NamedTuple):
    """One triple and the spot, inside its record, where the source says it (empty: the record as a whole)."""

    subject: NamedNode
    predicate: NamedNode
    object: NamedNode | Literal
    spot: str = ""

    def triple(self) -> Triple:
        """The bare triple."""
        return Triple(self.subject, self.predicate, self.object)


Said = Statement | Finding
"""What saying a record yields: statements, and findings about what could not be said as it stood."""

Term = NamedNode | BlankNode | Literal


def text(value: str, language: str = "nl") -> Literal:
    """A text in a language.

    >>> str(text("Kok"))
    '"Kok"@nl'
    """
    return Literal(value, language=language)


def texts(subject: NamedNode, predicate: NamedNode, values: dict[str, str], spot: str = "") -> Iterator[Statement]:
    """One statement per language, empty texts left out."""
    for language, value in values.items():
        if value:
            yield Statement(subject, predicate, text(value, language), spot)
