"""`leerbrug sjabloon`: an empty werkboek to fill in, or one that holds what the current release says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import InputError
from ..graph.releases import Releases, default_folder
from ..loaders import werkboek


def sjabloon(
    file: Annotated[Path, typer.Argument(help="Het werkboek dat gemaakt wordt: .xlsx, .ods, .zip of een map (CSV).")],
    met: Annotated[
        list[str] | None,
        typer.Option("--met", help="Een kwalificatie of leerplan uit de release, zo vaak als nodig.", metavar="CODE"),
    ] = None,
    alles: Annotated[bool, typer.Option("--alles", help="Alle kwalificaties en leerplannen van de release.")] = False,
    force: Annotated[bool, typer.Option("--overschrijf", help="Vervang een bestaand bestand.")] = False,
    data: Annotated[Path | None, typer.Option(help="De map met releases.")] = None,
) -> None:
    """Maak een leeg werkboek, of een met kwalificaties en leerplannen uit de huidige release."""
    if file.exists() and not force:
        raise InputError("Dit bestand bestaat al.", place=str(file), remedy="Kies een andere naam of --overschrijf.")
    if not met and not alles:
        werkboek.write(file)
    else:
        graph = Releases(data or default_folder()).current().graph()
        wanted = werkboek.codes(graph) if alles else iter(met or ())
        werkboek.write(file, werkboek.export(graph, wanted))
    typer.echo(f"Gemaakt: {file}")
