"""`leerbrug openapi`: the description of the API, the examples in it and the page for who asks it from a program."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import orjson
import typer

from ..api.app import create_app
from ..api.settings import Settings
from ..api.voorbeelden import FOLDER
from ..graph.releases import default_folder
from .clients import clients_page
from .voorbeelden import maak_voorbeelden, sample_server, schrijf


def openapi(
    data: Annotated[Path | None, typer.Option(help="De map met releases.")] = None,
    clients: Annotated[
        Path | None, typer.Option(help="Schrijf de bladzijde met voorbeelden in curl, Python en TypeScript hier.")
    ] = None,
    voorbeelden: Annotated[
        bool, typer.Option(help="Maak het voorbeeld van elke vraag opnieuw, met de ingebouwde gegevens.")
    ] = False,
) -> None:
    """Toon de beschrijving van de API (OpenAPI 3.1), of schrijf wat eruit volgt."""
    if voorbeelden:
        with TemporaryDirectory() as folder:
            schrijf(maak_voorbeelden(*sample_server(Path(folder))), FOLDER)
        typer.echo(f"De voorbeelden staan in {FOLDER}.")
        return
    document = create_app(Settings(data or default_folder())).openapi()
    if clients:
        clients.write_text(clients_page(document), "utf-8")
        typer.echo(f"De bladzijde staat in {clients}.")
    else:
        typer.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2))
