"""Telling a person what came of a build: what was counted, what was found, and where the release stands."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from ..checks.report import ERNST
from ..graph.manifest import LoadedSource
from ..graph.statements import Finding, Severity
from ..loaders import SOURCES
from .making import Made


def tell(made: Made) -> None:
    """Print the counts per class, the findings and the outcome."""
    console = Console()
    for source in made.manifest.sources:
        console.print(_counted(source))
    console.print(_found(made.report.findings))
    for finding in made.report.findings:
        if finding.severity is Severity.VIOLATION:
            _explain(console, finding)
    if made.release:
        console.print(
            f"Release {made.release.number} staat in {made.release.folder} ({made.manifest.triples} triples)."
        )
        console.print(f"Elke bevinding met haar plaats: {made.release.folder / 'report.json'}")
    else:
        console.print("Geen release: een fout houdt ze tegen.")


def _counted(source: LoadedSource) -> Table:
    name = f"{source.title} {source.version}".strip() + (" (voorbeeld)" if source.example else "")
    title = f"{name}: {source.records} records, {source.triples} triples"
    table = Table("klasse", "aantal", *(() if source.example else ("verwacht",)), title=title)
    expects = next(known.expects for known in SOURCES if known.key == source.key)
    for kind in sorted({*source.classes, *expects}):
        counted = (kind, str(source.classes.get(kind, 0)))
        table.add_row(*counted, *(() if source.example else (_expected(expects, kind),)))
    return table


def _expected(expects: Mapping[str, tuple[int, int]], kind: str) -> str:
    if kind not in expects:
        return ""
    least, most = expects[kind]
    return str(least) if least == most else f"{least} – {most}"


def _found(findings: tuple[Finding, ...]) -> Table:
    """One row a rule: how often, and the first place."""
    columns = (Column(name, overflow="fold") for name in ("ernst", "regel", "aantal", "eerste plaats"))
    table = Table(*columns, title=f"{len(findings)} bevindingen")
    by_rule: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault((finding.severity, finding.rule), []).append(finding)
    for (severity, rule), found in by_rule.items():
        place = str(found[0].place) or found[0].subject
        table.add_row(ERNST[severity], escape(rule), str(len(found)), escape(place))
    return table


def _explain(console: Console, finding: Finding) -> None:
    remedy = (finding.remedy or {}).get("nl", "")
    told = f"{finding.place or finding.subject}: {finding.message['nl']} {finding.value} {remedy}"
    console.print(f"{ERNST[finding.severity]}: {told}".strip(), markup=False, soft_wrap=True)
