"""Judging what is about to become a release: what the loaders met, what the counts say, what the shapes say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from ..graph.knowledge_graph import KnowledgeGraph
from ..graph.manifest import LoadedSource, Manifest
from ..graph.places import Places
from ..graph.statements import Finding, Place, Severity
from ..loaders import SOURCES
from .hearing import Heard


@dataclass(frozen=True, slots=True)
class Judgement:
    """Every finding; `stops` where one of them is a violation."""

    findings: tuple[Finding, ...]

    @property
    def stops(self) -> bool:
        """Whether a release may not be made of this."""
        return any(finding.severity is Severity.VIOLATION for finding in self.findings)

    def counts(self) -> dict[str, int]:
        """Findings per severity."""
        return dict(Counter(finding.severity.value for finding in self.findings))

    def as_json(self) -> bytes:
        """The report as JSON."""
        return msgspec.json.format(msgspec.json.encode({"findings": self.findings})) + b"\n"


def judge(graph: KnowledgeGraph, places: Places, heard: Heard, manifest: Manifest) -> Judgement:
    """All findings, in the order in which they were met."""
    return Judgement((*heard.findings, *(found for source in manifest.sources for found in _counts(source))))


def _counts(source: LoadedSource) -> Iterator[Finding]:
    """A warning for each class of which a source gives fewer or more than its publisher states."""
    expects = next(known.expects for known in SOURCES if known.key == source.key)
    for name, (least, most) in expects.items():
        number = source.classes.get(name, 0)
        if not least <= number <= most:
            nl = f"{source.title}: {number} × {name}, verwacht {least} tot {most}."
            en = f"{source.title}: {number} × {name}, expected {least} to {most}."
            yield Finding("loader/aantal", Severity.WARNING, Place(source.key), {"nl": nl, "en": en}, value=str(number))
