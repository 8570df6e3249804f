"""`leerbrug ontwerp`: questions of who designs the offer, over every kind of learner at once."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..pathways.handelingen import Aanbod
from ..pathways.kalender import eerste_start
from ..pathways.ontwerp import Ontwerper
from ..pathways.schakel import SOORTEN, Schakels
from .opened import day, open_release

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Vragen van wie het aanbod ontwerpt.")
Op = Annotated[datetime | None, typer.Option("--op", formats=["%Y-%m-%d"], help="De dag; zonder keuze vandaag.")]
Data = Annotated[Path | None, typer.Option(help="De map met releases.")]
AsJson = Annotated[bool, typer.Option("--json", help="Als JSON.")]
Most = Annotated[int, typer.Option("--meeste", min=1, help="Hoeveel rijen.")]


def _aanbod(data: Path | None) -> Aanbod:
    return Aanbod(open_release(data, None).catalogus())


def _ontwerper(data: Path | None, op: datetime | None) -> Ontwerper:
    return Ontwerper(_aanbod(data), eerste_start(day(op)))


def _toon(rijen: list[msgspec.Struct], koppen: tuple[str, ...], as_json: bool) -> None:
    """The rows as a table with these fields, or as JSON."""
    if as_json:
        typer.echo(json.dumps(msgspec.to_builtins(rijen), ensure_ascii=False, indent=1))
        return
    table = Table(*koppen)
    for rij in rijen:
        waarden = (getattr(rij, kop) for kop in koppen)
        table.add_row(*(escape(_cel(waarde)) for waarde in waarden))
    Console().print(table)


def _cel(waarde: object) -> str:
    if isinstance(waarde, tuple):
        return ", ".join(waarde[:8]) + (f" … ({len(waarde)})" if len(waarde) > 8 else "")
    return str(waarde["nl"]) if isinstance(waarde, dict) else str(waarde)


class Schakelsoort(StrEnum):
    """The kinds of new link that can be asked apart."""

    MODULE, VARIANT, INSTAP = SOORTEN


@app.command("nieuwe-schakel")
def nieuwe_schakel(
    op: Op = None,
    data: Data = None,
    meeste: Most = 20,
    as_json: AsJson = False,
    soort: Annotated[list[Schakelsoort] | None, typer.Option(help="Enkel deze soort; zonder keuze alle.")] = None,
) -> None:
    """Welke ene nieuwe module, duale variant of flexibele instap de meeste leertrajecten opent, en welke."""
    schakels = Schakels(_aanbod(data), eerste_start(day(op)))
    rijen = schakels.beste(meeste, soort or SOORTEN)
    _toon([*rijen], ("soort", "naam", "opent", "doelen", "profielen"), as_json)


@app.command("robuust")
def robuust(
    programma: Annotated[list[str] | None, typer.Argument(help="Structuuronderdelen; zonder keuze alle.")] = None,
    op: Op = None,
    data: Data = None,
    meeste: Most = 20,
    as_json: AsJson = False,
) -> None:
    """Wat niemand nog bereikt als een opleiding ophoudt."""
    rijen = _ontwerper(data, op).robuust(programma or ())[:meeste]
    _toon([*rijen], ("programma", "naam", "verloren", "profielen"), as_json)


@app.command("leerlijn-hiaat")
def leerlijn_hiaat(op: Op = None, data: Data = None, as_json: AsJson = False) -> None:
    """Waar een leerlijn stopt of aan een enkele opleiding hangt."""
    _toon([*_ontwerper(data, op).leerlijn_hiaten()], ("soort", "code", "tekst", "via"), as_json)
