"""`leerbrug ask`: a question from the library, with its values, as a table, CSV, JSON or a workbook."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from ..api.forms import CSV, XLSX
from ..api.live import Live
from ..api.settings import Settings
from ..api.tables import tables
from ..api.zaken import Zaken, database_van
from ..errors import InputError
from ..graph import vragen
from ..graph.knowledge_graph import KnowledgeGraph
from ..graph.releases import default_folder
from ..graph.vragen import Antwoord, Vraag
from .opened import open_release


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


def ask(
    slug: Annotated[str, typer.Argument(help="De naam van een vraag; zonder naam staan ze allemaal opgesomd.")] = "",
    values: Annotated[list[str] | None, typer.Argument(help="Waarden, elk als naam=waarde.")] = None,
    form: Annotated[Format, typer.Option("--format", help="Hoe het antwoord geschreven wordt.")] = Format.TABLE,
    release: Annotated[int | None, typer.Option(help="Nummer van de release; zonder: de huidige.")] = None,
    data: Annotated[Path | None, typer.Option(help="De map met releases.")] = None,
    language: Annotated[str, typer.Option("--lang", help="Taal van de titels: nl, en of fr.")] = "nl",
) -> None:
    """Stel een vraag uit de bibliotheek: ask SLUG naam=waarde."""
    if not slug:
        _list(language)
        return
    question = vragen.vraag(slug)
    with _graph(question, data, release) as graph:
        found = vragen.ask(graph, question, _given(values or []), date.today())
    _write(question, found, form, language)


@contextmanager
def _graph(question: Vraag, data: Path | None, release: int | None) -> Iterator[KnowledgeGraph]:
    """The graph of a release; for a question about decisions the newest one with what the ledger holds."""
    if release is not None or not question.besluiten:
        yield open_release(data, release).graph()
        return
    folder = data or default_folder()
    boek = Zaken(Live(Settings(folder)), database_van(folder, os.environ.get("LEERBRUG_DATABASE", "")))
    try:
        yield boek.graph()
    finally:
        boek.close()


def _given(values: Sequence[str]) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in values]
    for name, sign, _ in pairs:
        if not sign:
            raise InputError(f"{name!r} is geen waarde.", remedy="Schrijf naam=waarde, bijvoorbeeld bk=BK-0019-3.")
    return {name: value for name, _, value in pairs}


def _list(language: str) -> None:
    table = Table("vraag", "titel", "waarden")
    for question in vragen.vragen().values():
        asked = " ".join(f"{name}={value}" for name, value in vragen.voorbeelden(question).items())
        table.add_row(question.slug, question.titel.get(language, question.titel["nl"]), asked)
    Console().print(table)


def _write(question: Vraag, found: Antwoord, form: Format, language: str) -> None:
    rows: list[dict[str, Any]] = [dict(zip(found.kolommen, row, strict=True)) for row in found.rijen]
    match form:
        case Format.JSON:
            said = {"vraag": found.vraag, "parameters": found.parameters, "rijen": rows}
            typer.echo(msgspec.json.format(msgspec.json.encode(said)).decode())
        case Format.CSV | Format.XLSX:
            maker = tables(found.kolommen, rows, language)[CSV if form is Format.CSV else XLSX]
            sys.stdout.buffer.write(maker())
        case Format.TABLE:
            titles = [texts.get(language, texts["nl"]) for texts in question.kolommen.values()]
            table = Table(*titles, title=question.titel.get(language, question.titel["nl"]))
            for row in found.rijen:
                table.add_row(*("" if cell is None else str(cell) for cell in row))
            Console().print(table)
