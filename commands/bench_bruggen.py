"""`leerbrug bench bruggen`: all pairs against a double loop, one explained bridge, and growth to 10^5 and beyond."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from ..bench.bruggen import Meting, meet_echt, meet_groei
from .brug import Data, Number
from .opened import open_release

GROOTTES = [1_000, 10_000, 100_000]


def bruggen(
    data: Data = None,
    release: Number = None,
    sizes: Annotated[list[int] | None, typer.Option("--grootte", min=1, help="Hoeveel gemaakte kwalificaties.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
) -> None:
    """Meet bruggen: alle paren van een release, een brug met uitleg, en hoe het groeit met gemaakte kwalificaties."""
    rijen = list(_metingen(data, release, sizes or GROOTTES))
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(rijen)).decode())
        return
    table = Table("wat", "kwalificaties", "seconden", "piek MB", "opmerking")
    for rij in rijen:
        table.add_row(
            rij.wat,
            str(rij.kwalificaties),
            f"{rij.seconden:.5f}",
            f"{rij.piek_mb:.0f}" if rij.piek_mb else "",
            rij.opmerking,
        )
    Console().print(table)


def _metingen(data: Data, release: Number, sizes: list[int]) -> Iterator[Meting]:
    yield from meet_echt(open_release(data, release).catalogus())
    yield from meet_groei(sizes)
