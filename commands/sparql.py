"""`leerbrug sparql`: ask the current release one question."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Triple, serialize
from rich.console import Console
from rich.table import Table

from ..errors import InputError
from ..graph.bindings import query_form
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
    graph, query = Releases(data or default_folder()).current().graph(), _read(file)
    match query_form(query):
        case "SELECT":
            _write_rows(graph.select(query), wanted)
        case "ASK":
            _write_truth(graph.ask(query), wanted)
        case _:
            _write_triples(graph.construct(query), wanted)


def _read(file: str) -> str:
    if file == "-":
        return sys.stdin.read()
    try:
        return Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise InputError("Dit bestand kan niet gelezen worden.", place=file, remedy=f"{error.strerror}.") from error


def _write_triples(triples: Iterator[Triple], wanted: Format) -> None:
    """Triples are Turtle, unless JSON is asked for: then JSON-LD."""
    if wanted is Format.CSV:
        raise InputError("Triples kunnen geen CSV zijn.", remedy="Kies --format ttl of json.")
    form = RdfFormat.JSON_LD if wanted is Format.JSON else RdfFormat.TURTLE
    serialize(triples, sys.stdout.buffer, form, prefixes=PREFIXES)


def _write_truth(truth: bool, wanted: Format) -> None:
    said = "true" if truth else "false"
    typer.echo(f'{{"head":{{}},"boolean":{said}}}' if wanted is Format.JSON else said)


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
