"""`leerbrug besluiten`: verify and anchor the ledger, print it as RDF, and carry decisions over to a new version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..api.keuring import shacl_keuring
from ..api.zaken import database_van
from ..besluiten.doorwerking import doorwerking
from ..besluiten.grootboek import Grootboek
from ..besluiten.projectie import Projectie
from ..besluiten.register import Register
from ..besluiten.soorten import Rol, Wie
from ..besluiten.wereld import Wereld
from ..errors import GrootboekError
from ..graph.names import Names
from ..graph.releases import Releases, default_folder
from .making import ANKER
from .mappings import mappings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Het grootboek van besluiten: verifieer, anker, rdf, doorwerking, mappings.",
)
app.command()(mappings)

ANKERS = "besluiten.ankers.jsonl"
Data = Annotated[Path | None, typer.Option(help="De map met releases, waarnaast het grootboek ligt.")]
Database = Annotated[str, typer.Option(envvar="LEERBRUG_DATABASE", help="Het adres van het grootboek.")]


def _open(data: Path | None, database: str) -> Grootboek:
    return Grootboek.open(database_van(data or default_folder(), database))


@app.command()
def verifieer(
    data: Data = None,
    database: Database = "",
    ankers: Annotated[
        Path | None, typer.Option(help="Ankers die elders bewaard zijn; anders die naast de data.")
    ] = None,
) -> None:
    """Controleer elk zegel en elk anker. Uitgangscode 1: iets is vervalst, gewijzigd of weg."""
    path = ankers or (data or default_folder()) / ANKERS
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    lines += [anchor.read_text("utf-8") for anchor in sorted((data or default_folder()).glob(f"*/{ANKER}"))]
    said = [(one["nummer"], one["hash"]) for one in map(json.loads, lines)]
    try:
        aantal = _open(data, database).verifieer(said)
    except GrootboekError as error:
        typer.echo(f"leerbrug: {error}", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"{aantal} regels en {len(said)} ankers kloppen.")


@app.command()
def anker(
    data: Data = None,
    database: Database = "",
    into: Annotated[Path | None, typer.Option(help="Het bestand met ankers; bewaar het ook elders.")] = None,
) -> None:
    """Schrijf het laatste zegel op, zodat later blijkt of er iets van het einde verdween."""
    nummer, hash_ = _open(data, database).kop()
    path = into or (data or default_folder()) / ANKERS
    with path.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps({"nummer": nummer, "hash": hash_}) + "\n")
    typer.echo(f"{nummer} {hash_}")


@app.command()
def rdf(data: Data = None, database: Database = "") -> None:
    """Schrijf de openbare besluiten als N-Quads; hetzelfde grootboek geeft dezelfde bytes."""
    wereld = Wereld(Releases(data or default_folder()).current().catalogus())
    projectie = Projectie(_open(data, database), Names(wereld.catalogus.basis), lambda: wereld)
    typer.echo(projectie.dump().decode(), nl=False)


@app.command("doorwerking")
def carry_over(
    oud: Annotated[str, typer.Argument(help="De oude versie, bv. BK-0130-5.")],
    nieuw: Annotated[str, typer.Argument(help="De nieuwe versie, bv. BK-0130-6.")],
    voer_uit: Annotated[bool, typer.Option("--voer-uit", help="Schrijf het in het grootboek.")] = False,
    data: Data = None,
    database: Database = "",
) -> None:
    """Toon wat een nieuwe versie met elk besluit doet: behouden, te herbevestigen of vervallen."""
    wereld = Wereld(Releases(data or default_folder()).current().catalogus())
    register = Register(_open(data, database), lambda: wereld, shacl_keuring())
    old, new = wereld.kwalificatie(oud), wereld.kwalificatie(nieuw)
    effects = register.lees(lambda stand: doorwerking(stand, old, new))
    table = Table("besluit", "instantie", "gevolg", "verschil")
    for one in effects:
        table.add_row(one.stuk, one.instantie, one.gevolg.value, escape("\n".join(one.verschil)))
    Console().print(table)
    orders = [order for one in effects if (order := one.opdracht())]
    if voer_uit and orders:
        register.voer_uit(orders, Wie(Rol.STELSEL, "Leerbrug"), f"doorwerking {oud} {nieuw}")
        typer.echo(f"{len(orders)} besluiten overgedragen naar {nieuw}.")
