"""`leerbrug bench api`: how fast the API answers, beside a bare FastAPI route that returns the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ..bench.api import bench_api, first_byte
from ..graph.releases import default_folder


def api(
    data: Annotated[Path | None, typer.Option(help="Map met een release van het voorbeeld.")] = None,
) -> None:
    """Meet de API over loopback met wrk, als verhouding tot een kale route met dezelfde bytes."""
    console, folder = Console(), data or default_folder()
    table = Table("wat", "per seconde", "p99", "kaal per seconde", "kaal p99", "verhouding")
    for row in bench_api(folder):
        cells = (row.what, f"{row.ours:,.0f}", row.ours_p99, f"{row.bare:,.0f}", row.bare_p99, f"{row.ratio:.2f}")
        console.print("  ".join(cells))
        table.add_row(*cells)
    console.print(table)
    first, last = first_byte(folder)
    console.print(f"10.000 rijen: eerste byte na {first * 1000:.0f} ms, laatste na {last * 1000:.0f} ms")
