"""`leerbrug sjabloon`: an empty werkboek to fill in, or one that holds what the current release says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from ..errors import InputError
from ..graph.releases import Releases, default_folder
from ..loaders import werkboek
from .progress import Watch

_T = TypeVar("_T")


def sjabloon(
    file: Annotated[Path, typer.Argument(help="Het werkboek dat gemaakt wordt: .xlsx, .ods, .zip of een map (CSV).")],
    met: Annotated[
        list[str] | None,
        typer.Option("--met", help="Een kwalificatie of leerplan uit de release, zo vaak als nodig.", metavar="CODE"),
    ] = None,
    alles: Annotated[bool, typer.Option("--alles", help="Alle kwalificaties en leerplannen van de release.")] = False,
    force: Annotated[bool, typer.Option("--overschrijf", help="Vervang een bestaand bestand.")] = False,
    data: Annotated[Path | None, typer.Option(help="De map met releases.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Geen voortgangsbalk.")] = False,
) -> None:
    """Maak een leeg werkboek, of een met kwalificaties en leerplannen uit de huidige release."""
    if file.exists() and not force:
        raise InputError("Dit bestand bestaat al.", place=str(file), remedy="Kies een andere naam of --overschrijf.")
    if not met and not alles:
        werkboek.write(file)
    else:
        graph = Releases(data or default_folder()).current().graph()
        wanted = werkboek.codes(graph) if alles else iter(met or ())
        with Watch(quiet=quiet) as watch:
            watch.step("Schrijven")
            werkboek.write(file, _counted(werkboek.export(graph, wanted), watch))
    typer.echo(f"Gemaakt: {file}")


def _counted(rows: Iterable[_T], watch: Watch) -> Iterator[_T]:
    for number, row in enumerate(rows, 1):
        watch.count(number, "rijen")
        yield row
