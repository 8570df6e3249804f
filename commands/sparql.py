"""`leerbrug sparql`: ask the current release one question."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat, serialize
from rich.console import Console
from rich.table import Table

from ..errors import InputError
from ..graph.releases import Releases, default_folder
from ..graph.vocabulary import PREFIXES


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TTL = "ttl"


ROWS = {Format.CSV: QueryResultsFormat.CSV, Format.JSON: QueryResultsFormat.JSON}


def sparql(
    file: Annotated[str, typer.Argument(help="Een bestand met een SPARQL-vraag, of - voor de standaardinvoer.")],
    data: Annotated[Path | None, typer.Option(help="De map met releases.")] = None,
    form: Annotated[Format, typer.Option("--format", help="Hoe het antwoord geschreven wordt.")] = Format.TABLE,
    as_json: Annotated[bool, typer.Option("--json", help="Hetzelfde als --format json.")] = False,
) -> None:
    """Stel de huidige release een vraag; de standaardgraaf is de vereniging van al haar grafen."""
    wanted = Format.JSON if as_json else form
    with_graph = Releases(data or default_folder()).current().graph()
    try:
        answer = with_graph.answer(_read(file))
        if isinstance(answer, QueryTriples):
            _write_triples(answer, wanted)
        elif isinstance(answer, QueryBoolean):
            _write_truth(answer, wanted)
        else:
            _write_rows(answer, wanted)
    finally:
        with_graph.close()


def _read(file: str) -> str:
    if file == "-":
        return sys.stdin.read()
    try:
        return Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise InputError("Dit bestand kan niet gelezen worden.", place=file, remedy=f"{error.strerror}.") from error


def _write_triples(triples: QueryTriples, wanted: Format) -> None:
    """Triples are Turtle, unless JSON is asked for: then JSON-LD."""
    if wanted is Format.CSV:
        raise InputError("Triples kunnen geen CSV zijn.", remedy="Kies --format ttl of json.")
    form = RdfFormat.JSON_LD if wanted is Format.JSON else RdfFormat.TURTLE
    serialize(triples, sys.stdout.buffer, form, prefixes=PREFIXES)


def _write_truth(truth: QueryBoolean, wanted: Format) -> None:
    if wanted is Format.JSON:
        truth.serialize(sys.stdout.buffer, QueryResultsFormat.JSON)
    else:
        typer.echo("true" if truth else "false")


def _write_rows(rows: QuerySolutions, wanted: Format) -> None:
    if wanted is Format.TTL:
        raise InputError("Rijen kunnen geen Turtle zijn.", remedy="Kies --format csv, json of table.")
    if wanted is Format.TABLE:
        names = [variable.value for variable in rows.variables]
        table = Table(*names)
        for row in rows:
            table.add_row(*(value.value if (value := row[name]) is not None else "" for name in names))
        Console().print(table)
    else:
        rows.serialize(sys.stdout.buffer, ROWS[wanted])
