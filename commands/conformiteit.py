"""`leerbrug conformiteit`: the W3C SPARQL suites against our own endpoint, as a table."""

from __future__ import annotations

import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from ..bench.w3c.conformance import conformance, differences, document


def conformiteit(
    suite: Annotated[Path, typer.Argument(help="De suite van rdf-tests: een map, of een .tar.xz.")],
) -> None:
    """Vraag elke W3C-proef aan een eigen server en druk de tabel af. Uitgangscode 1: een proef wijkt onverwacht af."""
    with TemporaryDirectory() as folder:
        if suite.is_file():
            with tarfile.open(suite) as archive:
                archive.extractall(folder, filter="data")
        found = conformance(Path(folder) if suite.is_file() else suite)
    typer.echo(document(found), nl=False)
    if {one.name for one in found if one.fault} != set(differences()):
        raise typer.Exit(1)
