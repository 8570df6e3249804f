"""`leerbrug bench besluiten`: writes a second on each engine, and the time until SPARQL sees a ratified decision."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ..bench import postgresql
from ..bench.besluiten import ZICHTBAAR, Meting, bench_besluiten, sqlite_in
from ..graph.releases import Release, Releases, default_folder


def besluiten(
    data: Annotated[Path | None, typer.Option(help="De map met releases.")] = None,
    database: Annotated[
        list[str] | None,
        typer.Option(help="Een lege databank; zonder keuze SQLite, en een eigen PostgreSQL waar die er is."),
    ] = None,
    writes: Annotated[int, typer.Option("--aantal", min=1, help="Hoeveel besluiten per meting.")] = 200,
) -> None:
    """Meet het schrijven van besluiten, met elke regel en elke vorm, en de tijd tot SPARQL ze ziet.

    Uitgangscode 1: een bekrachtigd besluit werd pas na meer dan een seconde zichtbaar.
    """
    release = Releases(data or default_folder()).current()
    with (
        TemporaryDirectory(dir=release.folder.parent, prefix=".meting-") as folder,
        _databases(database or [], Path(folder)) as urls,
    ):
        found = {name: list(bench_besluiten(release, url, writes)) for name, url in urls.items()}
    Console().print(_table(release, found))
    if any(one.what == ZICHTBAAR and one.value > 1000 for all_ in found.values() for one in all_):
        raise typer.Exit(1)


@contextmanager
def _databases(given: list[str], folder: Path) -> Iterator[dict[str, str]]:
    """The databases to measure, by the name of their engine; a cluster of our own lives as long as the block."""
    if given:
        yield {url.partition(":")[0].partition("+")[0]: url for url in given}
        return
    own = {"sqlite": sqlite_in(folder)}
    if postgresql.servertools() is None:
        yield own
        return
    with postgresql.cluster() as address, postgresql.database(address) as url:
        yield own | {"postgresql": url}


def _table(release: Release, found: dict[str, list[Meting]]) -> Table:
    table = Table("wat", *found, "eenheid", title=f"release {release.number}")
    for row in zip(*found.values(), strict=True):
        table.add_row(row[0].what, *(f"{one.value:,.0f}" for one in row), row[0].unit)
    return table
