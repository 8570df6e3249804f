"""`leerbrug bench api`: how fast the API answers, beside a bare FastAPI route and beside an attack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from ..bench.aanval import MOST, Beside, bench_aanval
from ..bench.api import FirstByte, Row, bench_api
from ..bench.paginas import percentile
from ..graph.names import DEFAULT_BASE, Names
from .build import chosen, sample
from .making import make
from .progress import Watch

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """One table: its headings and its rows, and whether every aim in it is met."""

    heads: Cells
    rows: Sequence[Cells]
    met: bool


def api(
    data: Annotated[
        Path | None, typer.Option(help="Map met releases van de Vlaamse bron; zonder keuze het voorbeeld.")
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Als tabellen in Markdown.")] = False,
) -> None:
    """Meet de API over loopback met wrk, naast een kale route met dezelfde bytes en naast een aanval.

    Uitgangscode 1: een streefwaarde is niet gehaald.
    """
    if data:
        _measured(data, markdown=markdown)
        return
    with TemporaryDirectory() as folder:
        with Watch(quiet=True) as watch:
            make(list(chosen([], sample())), Path(folder), Names(DEFAULT_BASE), watch, None)
        _measured(Path(folder), markdown=markdown)


def _measured(folder: Path, *, markdown: bool) -> None:
    """Print each table when it is there. Raises typer.Exit where an aim is missed."""
    met = True
    for told in _tables(folder):
        typer.echo(_markdown(told)) if markdown else Console().print(_table(told))
        met = met and told.met
    if not met:
        raise typer.Exit(1)


def _tables(folder: Path) -> Iterator[Told]:
    found = list(bench_api(folder))
    yield _throughput([row for row in found if isinstance(row, Row)])
    yield _first([row for row in found if isinstance(row, FirstByte)])
    yield _beside(bench_aanval(folder))


def _throughput(rows: Sequence[Row]) -> Told:
    heads = ("wat", "per seconde", "p99 ms", "kaal per seconde", "kaal p99 ms", "verhouding", "streven", "gehaald")
    cells = [
        (
            row.what,
            f"{row.ours:,.0f}",
            f"{row.ours_p99:.1f}",
            f"{row.bare:,.0f}",
            f"{row.bare_p99:.1f}",
            f"{row.ratio:.2f}",
            "" if row.aim is None else f"{row.aim:.2f}",
            "" if row.aim is None else _yes(row.met),
        )
        for row in rows
    ]
    return Told(heads, cells, all(row.met for row in rows))


def _first(rows: Sequence[FirstByte]) -> Told:
    heads = ("SELECT van 10.000 rijen", "eerste byte ms", "laatste byte ms", "gehaald")
    cells = [
        cell
        for row in rows
        for cell in (
            ("gewoon", f"{row.first:.0f}", f"{row.last:.0f}", ""),
            ("de laatste rij komt nooit", "" if row.endless is None else f"{row.endless:.0f}", "", _yes(row.met)),
        )
    ]
    return Told(heads, cells, all(row.met for row in rows))


def _beside(rows: Sequence[Beside]) -> Told:
    heads = ("lezen van een ander", "alleen p50 ms", "p95 ms", "naast een aanval p50 ms", "p95 ms")
    cells = [
        (
            row.what,
            *(f"{percentile(took, share):.1f}" for took in (row.alone, row.beside) for share in (50, 95)),
            f"{row.times(50):.2f}",
            f"{row.times(95):.2f}",
            f"{MOST:.0f}",
            str(row.deaths),
            _yes(row.met),
        )
        for row in rows
    ]
    more = ("keer p50", "keer p95", "hoogstens", "dodelijke vragen beëindigd", "gehaald")
    return Told((*heads, *more), cells, all(row.met for row in rows))


def _yes(met: bool) -> str:
    return "ja" if met else "NEE"


def _table(told: Told) -> Table:
    """A table that never cuts off a figure, however narrow the screen."""
    table = Table(*(Column(head, overflow="fold") for head in told.heads))
    for row in told.rows:
        table.add_row(*row)
    return table


def _markdown(told: Told) -> str:
    lines = [told.heads, ("---",) * len(told.heads), *told.rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
