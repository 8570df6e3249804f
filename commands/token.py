"""`leerbrug token`: make, list and withdraw the tokens with which people decide."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ..api.zaken import database_van
from ..besluiten.soorten import Rol
from ..besluiten.tabellen import open_database
from ..besluiten.tokens import Tokens, lees_instantie
from ..graph.releases import default_folder

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Tokens voor wie besluiten neemt: maak, lijst, trek-in.",
)

Data = Annotated[Path | None, typer.Option(help="De map met releases, waarnaast het grootboek ligt.")]
Database = Annotated[str, typer.Option(envvar="LEERBRUG_DATABASE", help="Het adres van het grootboek.")]


def _tokens(data: Path | None, database: str) -> Tokens:
    return Tokens(open_database(database_van(data or default_folder(), database)))


@app.command()
def maak(
    rol: Annotated[Rol, typer.Argument(help="De rol: sector, beheerder of ontwerper.")],
    naam: Annotated[str, typer.Argument(help="De naam van wie het token krijgt, of van de functie.")],
    instantie: Annotated[str, typer.Option(help="Voor een sector: de instantie, bv. sector/bouw.")] = "",
    dagen: Annotated[int, typer.Option(min=1, max=3660, help="Na hoeveel dagen het vervalt.")] = 90,
    data: Data = None,
    database: Database = "",
) -> None:
    """Maak een token; het wordt alleen nu getoond."""
    body = lees_instantie(instantie) if instantie else None
    geheim, token = _tokens(data, database).maak(rol, naam, body, dagen)
    typer.echo(f"Token {token.id}, geldig tot {token.vervalt}. Bewaar het veilig, het wordt niet meer getoond:")
    typer.echo(geheim)


@app.command()
def lijst(data: Data = None, database: Database = "") -> None:
    """Toon de tokens; het geheim zelf is nergens bewaard."""
    table = Table("token", "rol", "naam", "instantie", "gemaakt", "vervalt", "ingetrokken")
    for token in _tokens(data, database).lijst():
        table.add_row(
            token.id, token.rol.value, token.naam, token.instantie, token.gemaakt, token.vervalt, token.ingetrokken
        )
    Console().print(table)


@app.command("trek-in")
def trek_in(
    token: Annotated[str, typer.Argument(help="Het kenmerk van het token, zie lijst.")],
    data: Data = None,
    database: Database = "",
) -> None:
    """Trek een token in; het werkt meteen niet meer."""
    _tokens(data, database).trek_in(token)
    typer.echo(f"Token {token} is ingetrokken.")
