"""`leerbrug bench leertrajecten`: how long an answer takes, at the real size and on large synthetic graphs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from ..bench.eerste_antwoord import eerste_antwoorden
from ..bench.leertrajecten import Rij, bench_planner, bench_synthetisch
from ..graph.releases import default_folder
from .opened import open_release

GROOTTES = [1_000, 10_000, 100_000]
DIEP = [1_000, 10_000]


def leertrajecten(
    data: Annotated[Path | None, typer.Option(help="De map met releases.")] = None,
    vragen: Annotated[int, typer.Option(min=1, help="Hoeveel vragen per grootte.")] = 40,
    seconden: Annotated[float, typer.Option(min=0.1, help="De tijd die een vraag krijgt.")] = 5.0,
    grootte: Annotated[
        list[int] | None, typer.Option(help="Aantallen kwalificaties; zonder keuze 10^3, 10^4, 10^5.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
) -> None:
    """Meet leertrajecten tegen CP-SAT en het kortste pad van networkx. Uitgangscode 1: een antwoord kwam te laat."""
    rijen = []
    for rij in _rijen(data or default_folder(), vragen, seconden, grootte or []):
        rijen.append(rij)
        if not as_json:
            typer.echo("  ".join(_cellen(rij)))
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(rijen)).decode())
    else:
        Console(width=160).print(_tabel(rijen))
    if not all(rij.op_tijd for rij in rijen):
        raise typer.Exit(1)


def _rijen(data: Path, vragen: int, seconden: float, groottes: list[int]) -> Iterator[Rij]:
    yield from eerste_antwoorden(data)
    yield from bench_planner(open_release(data, None).catalogus(), vragen, seconden)
    for kwalificaties in groottes or GROOTTES:
        yield bench_synthetisch(kwalificaties, vragen, seconden)
    for kwalificaties in groottes or DIEP:
        yield bench_synthetisch(kwalificaties, min(vragen, 10), seconden, diep=True)


def _tabel(rijen: list[Rij]) -> Table:
    koppen = ("wat", "vragen", "acties", "p50 ms", "p95 ms", "bewezen", "interval")
    tabel = Table(*koppen, "× CP-SAT", "CP-SAT bewijst", "× networkx", "networkx fout")
    for rij in rijen:
        tabel.add_row(*_cellen(rij))
    return tabel


def _cellen(rij: Rij) -> tuple[str, ...]:
    def deel(waarde: float | None) -> str:
        return "" if waarde is None else f"{waarde:.0%}"

    def keer(waarde: float | None) -> str:
        return "" if waarde is None else f"{waarde:.2g}" if waarde < 10 else f"{waarde:,.0f}"

    return (
        rij.wat,
        str(rij.vragen),
        f"{rij.acties:,}" if rij.acties else "",
        f"{rij.p50:.1f}",
        f"{rij.p95:.1f}",
        f"{rij.bewezen:.0%}",
        f"{rij.interval:.1%}",
        keer(rij.keer_cp_sat),
        deel(rij.cp_sat_bewezen),
        keer(rij.keer_networkx),
        deel(rij.networkx_fout),
    )
