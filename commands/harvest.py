"""`leerbrug harvest`: fetch the answers of the Flemish education APIs into a folder that `leerbrug build` reads."""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path
from typing import Annotated

import typer

from ..loaders.harvest import Harvest, Manners, Summary
from ..loaders.harvest_apis import BASE_URL, PARTS
from .progress import Watch

KEY = "LEERBRUG_API_KEY"


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
    with Watch(quiet=quiet) as watch:
        watch.step("Ophalen")
        summary = wanted.run(lambda done, expected, _: watch.count(done, f"van {expected} antwoorden"))
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
