"""The commands of Leerbrug: a table of contents, where all parts meet.

Exit codes: 0 good, 1 findings, 2 wrong use.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import ClassVar

import typer

from .commands.later import Contents
from .errors import LeerbrugError


class Commands(Contents):
    """Every command: `commands/<name>.py` holds a function of that name, whose help begins with this sentence."""

    table: ClassVar[Mapping[str, str]] = {
        "build": "Bouw de volgende release uit bronbestanden.",
        "check": "Controleer bestanden of een release en toon elke bevinding met haar plaats.",
        "serve": "Serveer de nieuwste release.",
        "releases": "Toon de releases; de hoogste is de huidige.",
        "sparql": "Stel de huidige release een vraag; de standaardgraaf is de vereniging van al haar grafen.",
        "harvest": "Haal de antwoorden van de Vlaamse onderwijs-API's op; na een onderbreking gaat het verder waar "
        "het stopte.",
        "sjabloon": "Maak een leeg werkboek, of een met kwalificaties en leerplannen uit de huidige release.",
        "plan": "Toon wat een werkboek zou maken, wijzigen en beëindigen.",
        "brug": "Toon wat VAN bijbrengt voor NAAR: per competentie een oordeel met bewijs, en wat rest.",
        "kloof": "Toon de kleinste verzamelingen die sluiten wat VAN voor NAAR laat liggen, en wat niets kan sluiten.",
        "leertraject": "Toon elk optimaal leertraject naar DOEL, met data, bewijzen en zekerheid; of waarom er geen "
        "is.",
        "ontwerp": "Vragen van wie het aanbod ontwerpt.",
        "verwant": "Toon wat op elkaar lijkt, ter oriëntatie: een gelijkenis is nooit een bewijs.",
        "check-evidence": "Kijk een antwoord na in de graaf, zonder de code die het berekende.",
        "besluiten": "Het grootboek van besluiten: verifieer, anker, rdf, doorwerking, mappings.",
        "token": "Tokens voor wie besluiten neemt: maak, lijst, trek-in.",
        "ask": "Stel een vraag uit de bibliotheek: ask SLUG naam=waarde.",
        "openapi": "Toon de beschrijving van de API (OpenAPI 3.1), of schrijf wat eruit volgt.",
        "conformiteit": "Vraag elke W3C-proef aan een eigen server en druk de tabel af.",
        "model": "Teken het model en schrijf de JSON-LD-context, allebei uit de woordenschat.",
        "bench": "Meet wat de README stelt.",
    }


app = typer.Typer(
    cls=Commands,
    name="leerbrug",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Open kennisgraaf van kwalificaties en competenties voor Vlaanderen.",
)


@app.callback()
def root() -> None:
    """Open kennisgraaf van kwalificaties en competenties voor Vlaanderen."""


def main() -> None:
    """Run a command; an error meant for a person is one clear line and exit code 2, never a traceback."""
    try:
        app(prog_name="leerbrug")
    except LeerbrugError as error:
        typer.echo(f"leerbrug: {error}", err=True)
        sys.exit(2)
