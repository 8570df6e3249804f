"""`leerbrug bench bruggen`: all pairs against a double loop, one explained bridge, rankings, and growth to 10^5."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Column, Table

from ..bench.bruggen import Meting, meet_echt, meet_groei
from ..bench.processes import measured
from ..pathways.verwantschap import Verwantschap
from .brug import Data, Number
from .opened import open_release
from .verwant import profielen_van

GROOTTES = [1_000, 10_000, 100_000]
TOP = 50
MEESTE_MB = 1_024
"""The most memory that ranking a source may take."""


def bruggen(
    data: Data = None,
    release: Number = None,
    sizes: Annotated[list[int] | None, typer.Option("--grootte", min=1, help="Hoeveel gemaakte kwalificaties.")] = None,
    ranked: Annotated[
        list[str] | None, typer.Option("--rangen", help="Wat te rangschikken: bk, rome, esco, of BRON=PAD.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
) -> None:
    """Meet bruggen, rangen en hun groei. Uitgangscode 1: een streefwaarde is niet gehaald."""
    rijen = list(_metingen(data, release, sizes or GROOTTES, ranked or ["bk"]))
    typer.echo(msgspec.json.format(msgspec.json.encode(rijen)).decode()) if as_json else Console().print(_tabel(rijen))
    if not all(rij.gehaald for rij in rijen):
        raise typer.Exit(1)


def _tabel(rijen: Sequence[Meting]) -> Table:
    """A table that never cuts off a figure, however narrow the screen."""
    koppen = ("wat", "kwalificaties", "seconden", "piek MB", "opmerking", "gehaald")
    table = Table(*(Column(kop, overflow="fold") for kop in koppen))
    for rij in rijen:
        piek = f"{rij.piek_mb:.0f}" if rij.piek_mb else ""
        gehaald = "ja" if rij.gehaald else "NEE"
        table.add_row(rij.wat, str(rij.kwalificaties), f"{rij.seconden:.5f}", piek, rij.opmerking, gehaald)
    return table


def _metingen(data: Path | None, release: int | None, sizes: Sequence[int], ranked: Sequence[str]) -> Iterator[Meting]:
    yield from meet_echt(open_release(data, release).catalogus())
    for bron in ranked:
        yield _meet_rangen(bron, data, release)
    yield from meet_groei(sizes)


def _meet_rangen(bron: str, data: Path | None, release: int | None) -> Meting:
    kind = measured(rangschik, bron, str(data or ""), str(release or ""))
    piek, wat = kind.peak / 2**20, Path(bron.partition("=")[2] or bron).name
    return Meting(f"rangen, top {TOP}: {wat}", kind.answer, kind.seconds, piek, "met het lezen", piek < MEESTE_MB)


def rangschik(bron: str, data: str, release: str) -> int:
    """Rank every profile of a source against all others, as `leerbrug verwant --csv` does; how many there are."""
    maat = Verwantschap(profielen_van(bron, "", Path(data) if data else None, int(release) if release else None))
    for _ in maat.beste(TOP):
        pass
    return len(maat.codes)
