"""`leerbrug serve`: the releases of a folder in the browser and as an API, on the loopback address by default."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from ..api.app import create_app
from ..api.settings import Settings
from ..graph.releases import default_folder


def serve(
    data: Annotated[Path | None, typer.Option(help="Map met releases, zoals `build --into` ze maakt.")] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Poort.")] = 8000,
    host: Annotated[str, typer.Option(help="Adres; alleen deze machine als je niets kiest.")] = "127.0.0.1",
    database: Annotated[
        str, typer.Option(envvar="LEERBRUG_DATABASE", help="Het grootboek; anders een bestand naast de releases.")
    ] = "",
    store: Annotated[
        str,
        typer.Option(
            help="Adres van een SPARQL-server die de grafen van de nieuwste release bevat; zonder: haar eigen store.",
            envvar="LEERBRUG_STORE",
        ),
    ] = "",
) -> None:
    """Serveer de nieuwste release."""
    app = create_app(Settings(data=data or default_folder(), database=database, store=store))
    typer.echo(f"Leerbrug staat klaar op http://{host}:{port}/ (stoppen met Ctrl+C)")
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)
