"""`leerbrug bench`: every figure that the README states, measured again; one command a figure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from pyoxigraph import Store
from rich.console import Console
from rich.table import Column, Table

from ..bench.checks import bench_checks, graph_of
from ..bench.load import bench_load
from ..errors import InputError
from ..graph.releases import Releases
from ..graph.store import EmbeddedStore
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


Bron = Annotated[
    list[str] | None, typer.Option(help="Een bron als SLEUTEL=PAD; zonder keuze het voorbeeld.", metavar="KEY=PATH")
]
Release = Annotated[Path | None, typer.Option(help="In plaats van een bron: de release die uit deze map dient.")]
AsJson = Annotated[bool, typer.Option("--json", help="Als JSON.")]


@app.command("check")
def check(
    source: Bron = None,
    data: Release = None,
    everything: Annotated[bool, typer.Option("--alles", help="Ook pySHACL op elk ding; dat duurt uren.")] = False,
    as_json: AsJson = False,
) -> None:
    """Meet de controle van een hele graaf tegen pySHACL, en na één wijziging. Uitgangscode 1: ze verschillen."""
    console, rows = Console(stderr=as_json), []
    table = _table("wat", "processorseconden", "bevindingen", "gelijk", "keer de standaard")
    for row in bench_checks(_store(source, data), console.print, everything=everything):
        rows.append(row)
        cells = (row.what, f"{row.seconds:.3f}", str(row.findings), "ja" if row.same else "NEE", f"{row.times:.2f}")
        console.print("  ".join(cells))
        table.add_row(*cells)
    typer.echo(_as_json(rows)) if as_json else console.print(table)
    if not all(row.same for row in rows):
        raise typer.Exit(1)


def _store(source: Sequence[str] | None, data: Path | None) -> Store:
    """The graph to check, in memory: of a release, or of the first source."""
    _one_of(source, data)
    if data is None:
        item = next(chosen(list(source or []), sample()))
        return graph_of(item.source, item.path)
    store = EmbeddedStore.in_memory()
    store.load(Releases(data).current().dump)
    return store.oxigraph


def _one_of(source: Sequence[str] | None, data: Path | None) -> None:
    if source and data:
        raise InputError("Een bron en --data samen: wat moet gemeten worden?", remedy="Geef één van de twee.")


@app.command("load")
def load(source: Bron = None, data: Release = None, as_json: AsJson = False) -> None:
    """Meet het laden tegen rdflib, in tijd en in geheugen. Uitgangscode 1: er gingen triples verloren."""
    _one_of(source, data)
    table = _table("wat", "triples", "seconden", "triples/s", "piek MiB", "bytes/triple", "keer rdflib", "gelijk")
    rows = list(bench_load(source or [], data))
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
