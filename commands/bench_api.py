"""`leerbrug bench api`: how fast the API answers, beside a bare FastAPI route that returns the same bytes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ..bench.api import bench_api, first_byte
from ..graph.names import DEFAULT_BASE, Names
from .build import chosen, sample
from .making import make
from .progress import Watch


def api(
    data: Annotated[
        Path | None, typer.Option(help="Map met een release van het voorbeeld; zonder keuze wordt die gemaakt.")
    ] = None,
) -> None:
    """Meet de API over loopback met wrk, als verhouding tot een kale route met dezelfde bytes."""
    if data:
        _told(data)
        return
    with TemporaryDirectory() as folder:
        with Watch(quiet=True) as watch:
            make(list(chosen([], sample())), Path(folder), Names(DEFAULT_BASE), watch, None)
        _told(Path(folder))


def _told(folder: Path) -> None:
    console = Console()
    table = Table("wat", "per seconde", "p99", "kaal per seconde", "kaal p99", "verhouding")
    for row in bench_api(folder):
        cells = (row.what, f"{row.ours:,.0f}", row.ours_p99, f"{row.bare:,.0f}", row.bare_p99, f"{row.ratio:.2f}")
        console.print("  ".join(cells))
        table.add_row(*cells)
    console.print(table)
    first, last = first_byte(folder)
    console.print(f"10.000 rijen: eerste byte na {first * 1000:.0f} ms, laatste na {last * 1000:.0f} ms")
