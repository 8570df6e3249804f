"""`leerbrug build`: make the next release from source files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from ..api.zaken import BESTAND, database_van
from ..errors import InputError
from ..graph.names import DEFAULT_BASE, Names
from ..graph.releases import default_folder
from ..loaders import SOURCES
from ..loaders.source import Source
from .hearing import Input, inputs
from .making import Made, make
from .progress import Watch
from .telling import tell


def build(
    source: Annotated[
        list[str] | None,
        typer.Option(
            help="Een bron als SLEUTEL=PAD, zo vaak als nodig; zonder keuze het voorbeeld.", metavar="KEY=PATH"
        ),
    ] = None,
    into: Annotated[Path | None, typer.Option("--into", "--data", help="De map met releases.")] = None,
    base: Annotated[str, typer.Option(help="De basis van de IRI's.", envvar="LEERBRUG_BASE")] = DEFAULT_BASE,
    day: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="De dag waarvan de bestanden zijn.")
    ] = None,
    database: Annotated[str, typer.Option(envvar="LEERBRUG_DATABASE", help="Het adres van het grootboek.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="De uitkomst als JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Geen voortgangsbalk.")] = False,
) -> None:
    """Bouw de volgende release uit bronbestanden. Uitgangscode 1: een overtreding hield ze tegen."""
    wanted = list(chosen(source or [], sample()))
    with Watch(quiet=quiet or as_json) as watch:
        folder = into or default_folder()
        made = make(wanted, folder, Names(base), watch, _day(day), ledger_of(folder, database))
    typer.echo(_as_json(made)) if as_json else tell(made)
    if made.release is None:
        raise typer.Exit(1)


def _day(day: datetime | None) -> date | None:
    return day.date() if day else None


def ledger_of(folder: Path, database: str) -> str:
    """The address of the ledger that belongs to a folder of releases; "" where there is none yet."""
    return database_van(folder, database) if database or (folder / BESTAND).is_file() else ""


def sample() -> Path:
    """The folder of the embedded example."""
    return Path(str(files("leerbrug"))) / "sample"


def chosen(pairs: list[str], example: Path) -> Iterator[Input]:
    """The inputs that these KEY=PATH pairs choose, or the example where there are none.

    Raises InputError for a pair that is none and for a key that no source has.
    """
    for pair in pairs or [f"vks={example}"]:
        key, _, path = pair.partition("=")
        if not path:
            raise InputError(f"{pair!r} is geen bron.", remedy="Schrijf SLEUTEL=PAD, bijvoorbeeld vks=antwoorden/.")
        yield from inputs(_source(key), Path(path))


def _source(key: str) -> Source:
    for source in SOURCES:
        if source.key == key:
            return source
    known = ", ".join(source.key for source in SOURCES)
    raise InputError(f"Er is geen bron {key!r}.", remedy=f"Kies uit {known}.")


def _as_json(made: Made) -> str:
    outcome = {
        "release": made.release.number if made.release else None,
        "folder": str(made.release.folder.resolve()) if made.release else None,
        "triples": made.manifest.triples,
        "graphs": made.manifest.graphs,
        "classes": made.manifest.classes,
        "sources": made.manifest.sources,
        "findings": made.report.counts(),
    }
    return msgspec.json.format(msgspec.json.encode(outcome)).decode()
