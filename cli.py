"""The commands of Leerbrug: a table of contents, where all parts meet.

Exit codes: 0 good, 1 findings, 2 wrong use.
"""

from __future__ import annotations

import sys

import typer

from .commands import (
    bench,
    brug,
    build,
    check,
    check_evidence,
    harvest,
    kloof,
    leertraject,
    model,
    plan,
    releases,
    serve,
    sjabloon,
    sparql,
    verwant,
)
from .errors import LeerbrugError

app = typer.Typer(
    name="leerbrug",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Open kennisgraaf van kwalificaties en competenties voor Vlaanderen.",
)


@app.callback()
def root() -> None:
    """Open kennisgraaf van kwalificaties en competenties voor Vlaanderen."""


app.command()(brug.brug)
app.command()(build.build)
app.add_typer(bench.app, name="bench")
app.command()(check.check)
app.command("check-evidence")(check_evidence.check_evidence)
app.command()(harvest.harvest)
app.command()(kloof.kloof)
app.command()(leertraject.leertraject)
app.command()(model.model)
app.command()(releases.releases)
app.command()(serve.serve)
app.command()(verwant.verwant)
app.command()(sparql.sparql)
app.command()(plan.plan)
app.command()(sjabloon.sjabloon)


def main() -> None:
    """Run a command; an error meant for a person is one clear line and exit code 2, never a traceback."""
    try:
        app()
    except LeerbrugError as error:
        typer.echo(f"leerbrug: {error}", err=True)
        sys.exit(2)
