"""`leerbrug bench paginas`: the server time of each kind of page, and whether it is within what we promise."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ..bench.paginas import bench_paginas
from ..graph.names import DEFAULT_BASE, Names
from .build import chosen, sample
from .making import make
from .progress import Watch

BELOFTE = 50.0
"""Milliseconds that 95 of 100 pages stay under on the sample."""


def paginas(
    data: Annotated[Path | None, typer.Option(help="Een map met releases; zonder keuze het voorbeeld.")] = None,
    keer: Annotated[int, typer.Option(min=5, help="Hoe vaak elke pagina gevraagd wordt.")] = 60,
) -> None:
    """Meet hoelang de server over elke pagina doet. Uitgangscode 1: p95 boven 50 ms."""
    if data:
        _told(data, keer)
        return
    with TemporaryDirectory() as folder:
        with Watch(quiet=True) as watch:
            make(list(chosen([], sample())), Path(folder), Names(DEFAULT_BASE), watch, None)
        _told(Path(folder), keer)


def _told(data: Path, keer: int) -> None:
    pages, p95 = bench_paginas(data, keer)
    table = Table("pagina", "p50 ms", "p95 ms")
    for page in pages:
        table.add_row(page.adres, f"{page.p50:.1f}", f"{page.p95:.1f}")
    table.add_row("alle samen", "", f"{p95:.1f}")
    Console().print(table)
    if p95 > BELOFTE:
        raise typer.Exit(1)
