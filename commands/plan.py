"""`leerbrug plan`: what a werkboek would change in the current release, without changing anything."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..graph.releases import Releases, default_folder
from ..graph.statements import Severity
from ..loaders.werkboek import Actie, Plan, Planregel
from ..loaders.werkboek import plan as planned
from .progress import Watch


def plan(
    file: Annotated[Path, typer.Argument(help="Het werkboek: .xlsx, .ods, .csv, of een map of .zip met CSV.")],
    data: Annotated[Path | None, typer.Option(help="De map met releases.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Het plan als JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Geen voortgangsbalk.")] = False,
) -> None:
    """Toon wat een werkboek zou maken, wijzigen en beëindigen. Uitgangscode 1: het werkboek bevat fouten."""
    release = Releases(data or default_folder()).current()
    with Watch(quiet=quiet or as_json) as watch:
        watch.step("Vergelijken")
        made = planned(file, release.graph(), lambda rows: watch.count(rows, "rijen"))
    typer.echo(_as_json(made, release.number)) if as_json else _tell(made, release.number)
    if any(finding.severity is Severity.VIOLATION for finding in made.bevindingen):
        raise typer.Exit(1)


def _as_json(made: Plan, release: int) -> str:
    counts = {actie.value: made.aantal(actie) for actie in Actie}
    answer = {"release": release, "aantallen": counts, **msgspec.to_builtins(made)}
    return msgspec.json.format(msgspec.json.encode(answer)).decode()


def _tell(made: Plan, release: int) -> None:
    console = Console()
    if made.regels:
        table = Table("wat", "blad", "code", "cel", "veld", "nu", "wordt")
        for regel in made.regels:
            for row in _rows(regel):
                table.add_row(*map(escape, row))
        console.print(table)
    counts = ", ".join(f"{made.aantal(actie)} {actie.value}" for actie in Actie)
    console.print(f"Tegenover release {release}: {counts if made.regels else 'geen wijzigingen'}.")
    for finding in made.bevindingen:
        remedy = (finding.remedy or {}).get("nl", "")
        console.print(escape(f"{finding.place}: {finding.message['nl']} {remedy}".strip()), highlight=False)


def _rows(regel: Planregel) -> list[list[str]]:
    head = [regel.actie.value, regel.blad, regel.code]
    if not regel.verschillen:
        return [[*head, regel.cel, "", "", ""]]
    return [
        [*head, one.cel, one.kolom, *("" if value is None else str(value) for value in (one.oud, one.nieuw))]
        for one in regel.verschillen
    ]
