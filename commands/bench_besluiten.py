"""`leerbrug bench besluiten`: writes a second, and the time until SPARQL sees a ratified decision."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ..bench.besluiten import bench_besluiten, sqlite_in
from ..graph.releases import Releases, default_folder


def besluiten(
    data: Annotated[Path | None, typer.Option(help="De map met releases.")] = None,
    database: Annotated[str, typer.Option(help="Een lege databank, bv. postgresql+psycopg://…; anders SQLite.")] = "",
    writes: Annotated[int, typer.Option("--aantal", min=1, help="Hoeveel besluiten per meting.")] = 200,
) -> None:
    """Meet het schrijven van besluiten, met elke regel en elke vorm, en de tijd tot SPARQL ze ziet."""
    release = Releases(data or default_folder()).current()
    table = Table("wat", "waarde", "eenheid")
    with TemporaryDirectory(dir=release.folder.parent, prefix=".meting-") as folder:
        for meting in bench_besluiten(release, database or sqlite_in(Path(folder)), writes):
            table.add_row(meting.what, f"{meting.value:,.0f}", meting.unit)
    Console().print(table)
