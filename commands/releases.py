"""`leerbrug releases`: the releases of a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from ..graph.releases import Release, Releases, default_folder


def releases(
    data: Annotated[Path | None, typer.Option(help="De map met releases.")] = None,
    check: Annotated[bool, typer.Option("--verify", help="Controleer elk deel tegen zijn SHA-256.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
) -> None:
    """Toon de releases; de hoogste is de huidige."""
    found = list(Releases(data or default_folder()))
    if check:
        for release in found:
            release.verify()
    typer.echo(_as_json(found)) if as_json else _tell(found)


def _as_json(found: list[Release]) -> str:
    rows = [
        {"release": release.number, "version": release.version, **msgspec.to_builtins(release.manifest)}
        for release in found
    ]
    return msgspec.json.format(msgspec.json.encode(rows)).decode()


def _tell(found: list[Release]) -> None:
    table = Table("release", "triples", "bronnen", "versie")
    for release in found:
        sources = ", ".join(f"{source.key} {source.version}".strip() for source in release.manifest.sources)
        table.add_row(str(release.number), str(release.manifest.triples), sources, release.version[:12])
    Console().print(table if found else "Nog geen releases. Maak er een: leerbrug build.")
