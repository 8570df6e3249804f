"""`leerbrug bench leertrajecten`: how long an answer takes, at the real size and on large synthetic graphs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ..bench.leertrajecten import Rij, bench_echt, bench_synthetisch
from .opened import open_release


def leertrajecten(
    data: Annotated[Path | None, typer.Option(help="De map met releases.")] = None,
    vragen: Annotated[int, typer.Option(min=1, help="Hoeveel vragen per grootte.")] = 20,
    seconden: Annotated[float, typer.Option(min=0.1, help="De tijd die een vraag krijgt.")] = 10.0,
    grootte: Annotated[
        list[int] | None, typer.Option(help="Aantallen kwalificaties; zonder keuze 10^3, 10^4, 10^5.")
    ] = None,
) -> None:
    """Meet leertrajecten tegen CP-SAT en het kortste pad van networkx. Uitgangscode 1: een antwoord kwam te laat."""
    console = Console()
    table = Table(
        "wat", "vragen", "acties", "p50 ms", "p95 ms", "bewezen", "interval", "× CP-SAT", "× networkx", "networkx fout"
    )
    rijen = [bench_echt(open_release(data, None).catalogus(), vragen, console.print)]
    for kwalificaties in grootte or (1_000, 10_000, 100_000):
        rijen.append(bench_synthetisch(kwalificaties, vragen, seconden))
        console.print(" ".join(_cellen(rijen[-1])))
    rijen.append(bench_synthetisch(min(grootte or (1_000,)), vragen, seconden, diep=True))
    for rij in rijen:
        table.add_row(*_cellen(rij))
    console.print(table)
    if not all(rij.op_tijd for rij in rijen):
        raise typer.Exit(1)


def _cellen(rij: Rij) -> tuple[str, ...]:
    return (
        rij.wat,
        str(rij.vragen),
        f"{rij.acties:,}",
        f"{rij.p50:.1f}",
        f"{rij.p95:.1f}",
        f"{rij.bewezen:.0%}",
        f"{rij.interval:.1%}",
        "" if rij.keer_cp_sat is None else f"{rij.keer_cp_sat:.1f}",
        "" if rij.keer_networkx is None else f"{rij.keer_networkx:.2f}",
        "" if rij.networkx_fout is None else f"{rij.networkx_fout:.0%}",
    )
