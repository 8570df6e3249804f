"""`leerbrug harvest`: fetch the answers of the Flemish education APIs into a folder that `leerbrug build` reads."""

from __future__ import annotations

import dataclasses
import json
import os
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from ..loaders.harvest import Harvest, Manners, Summary
from ..loaders.harvest_apis import BASE_URL, PARTS

KEY = "LEERBRUG_API_KEY"
PATIENCE = 2.0
"""Seconds after which a wait is shown."""


def harvest(
    into: Annotated[Path, typer.Option(help="De map waarin de antwoorden komen.")] = Path("harvest"),
    only: Annotated[list[str] | None, typer.Option(help=f"Alleen deze delen: {', '.join(PARTS)}.")] = None,
    base_url: Annotated[str, typer.Option(help="Het adres van de API's.")] = BASE_URL,
    per_second: Annotated[float, typer.Option(min=0.1, help="Hoogstens zoveel vragen per seconde.")] = 4.0,
    quiet: Annotated[bool, typer.Option("--quiet", help="Geen voortgangsbalk.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="De samenvatting als JSON.")] = False,
) -> None:
    """Haal de antwoorden van de Vlaamse onderwijs-API's op; na een onderbreking gaat het verder waar het stopte.

    De sleutel staat in de omgevingsvariabele LEERBRUG_API_KEY. Uitgangscode 1: sommige antwoorden lukten niet.
    """
    key = os.environ.get(KEY, "")
    wanted = Harvest(into, key, base_url, tuple(only or PARTS), Manners(per_second=per_second))
    with _Bar(quiet=quiet) as bar:
        summary = wanted.run(bar.tell)
    typer.echo(_as_json(summary) if as_json else _as_text(summary))
    if summary.failed:
        raise typer.Exit(1)


def _as_json(summary: Summary) -> str:
    return json.dumps({**dataclasses.asdict(summary), "into": str(summary.into)}, ensure_ascii=False, indent=2)


def _as_text(summary: Summary) -> str:
    told = [
        f"Opgehaald in {summary.into}: {summary.fetched} nieuw of gewijzigd, {summary.unchanged} ongewijzigd, "
        f"{summary.resumed} uit de onderbroken beurt, {len(summary.failed)} niet gelukt.",
        *(f"  {file}.jsonl.gz: {count}" for file, count in summary.lines.items()),
    ]
    for failure in summary.failed:
        kept = " Het vorige antwoord blijft." if failure.kept else ""
        told.append(f"  niet gelukt: {failure.name}: {failure.reason}{kept}")
    return "\n".join(told)


class _Bar:
    """A bar on standard error, from the moment that the wait passes PATIENCE."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet, self._start = quiet, time.monotonic()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task: TaskID | None = None

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._task is not None:
            self._progress.stop()

    def tell(self, done: int, expected: int, name: str) -> None:
        """Show how far the harvest is."""
        if self._quiet or time.monotonic() - self._start < PATIENCE:
            return
        if self._task is None:
            self._task = self._progress.add_task(name)
            self._progress.start()
        self._progress.update(self._task, completed=done, total=expected, description=name)
