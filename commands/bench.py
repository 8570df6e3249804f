"""`leerbrug bench`: every figure that the README states, measured again; one command a figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Column, Table

from ..bench.checks import bench_checks
from ..bench.load import bench_load
from .bench_api import api
from .bench_besluiten import besluiten
from .bench_bruggen import bruggen
from .bench_leertrajecten import leertrajecten
from .bench_paginas import paginas
from .build import chosen, sample

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Meet wat de README stelt."
)


@app.callback()
def bench() -> None:
    """Meet wat de README stelt."""


app.command("api")(api)
app.command("besluiten")(besluiten)
app.command("bruggen")(bruggen)
app.command("leertrajecten")(leertrajecten)
app.command("paginas")(paginas)


@app.command("check")
def check(
    source: Annotated[
        list[str] | None, typer.Option(help="Een bron als SLEUTEL=PAD; zonder keuze het voorbeeld.", metavar="KEY=PATH")
    ] = None,
    everything: Annotated[bool, typer.Option("--alles", help="Ook pySHACL op elk ding; dat duurt uren.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
) -> None:
    """Meet de controle van een hele graaf tegen pySHACL, en na één wijziging. Uitgangscode 1: ze verschillen."""
    console, rows = Console(stderr=as_json), []
    table = _table("wat", "processorseconden", "bevindingen", "gelijk", "keer de standaard")
    for item in list(chosen(source or [], sample()))[:1]:
        for row in bench_checks(item.source, item.path, console.print, everything=everything):
            rows.append(row)
            cells = (row.what, f"{row.seconds:.3f}", str(row.findings), "ja" if row.same else "NEE", f"{row.times:.2f}")
            console.print("  ".join(cells))
            table.add_row(*cells)
    typer.echo(_as_json(rows)) if as_json else console.print(table)
    if not all(row.same for row in rows):
        raise typer.Exit(1)


@app.command("load")
def load(
    source: Annotated[
        list[str] | None, typer.Option(help="Een bron als SLEUTEL=PAD; zonder keuze het voorbeeld.", metavar="KEY=PATH")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
) -> None:
    """Meet het laden tegen rdflib, in tijd en in geheugen. Uitgangscode 1: er gingen triples verloren."""
    table = _table("wat", "triples", "seconden", "triples/s", "piek MiB", "bytes/triple", "keer rdflib", "gelijk")
    rows = list(bench_load(source or []))
    for row in rows:
        table.add_row(
            row.what,
            str(row.triples),
            f"{row.seconds:.2f}",
            f"{row.per_second:,.0f}",
            f"{row.peak / 2**20:.0f}",
            f"{row.bytes_per_triple:.0f}",
            f"{row.times:.1f}",
            "ja" if row.same else "NEE",
        )
    typer.echo(_as_json(rows)) if as_json else Console().print(table)
    if not all(row.same for row in rows):
        raise typer.Exit(1)


def _as_json(rows: Sequence[object]) -> str:
    return msgspec.json.format(msgspec.json.encode(rows)).decode()


def _table(*names: str) -> Table:
    """A table that never cuts off a figure, however narrow the screen."""
    return Table(*(Column(name, overflow="fold") for name in names))
