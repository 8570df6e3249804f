"""`leerbrug check`: what is wrong in source files or in a release, where, and what to do; it builds nothing."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..checks import Report, Result, Validator, findings, passed
from ..checks.report_graph import report_graph
from ..checks.workbook import Sheets, annotate, annotate_copy
from ..errors import InputError
from ..graph.dump import SortedLines
from ..graph.names import DEFAULT_BASE, Names
from ..graph.places import Places, PlaceWriter
from ..graph.releases import Release
from ..graph.store import EmbeddedStore
from ..loaders import SOURCES
from ..loaders.source import Source
from ..loaders.werkboek.grid import Faulty
from ..loaders.werkboek.ods import ods_grids
from ..loaders.werkboek.shelf import Shelf
from ..loaders.werkboek.text import csv_grids
from .brug import Data
from .hearing import hear, inputs, write_said
from .judging import where
from .opened import open_release
from .progress import Watch

WORKBOOKS = (".xlsx", ".ods", ".csv")
LANGUAGES = ("nl", "en")


def check(
    path: Annotated[
        Path | None,
        typer.Argument(
            help="Een map met API-antwoorden, een werkboek of een bestand van een bron; zonder pad: de release."
        ),
    ] = None,
    source: Annotated[str, typer.Option(help="De sleutel van de bron; zonder keuze vks of werkboek.")] = "",
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="Het verslag als JSON.")] = False,
    report_ttl: Annotated[Path | None, typer.Option(help="Schrijf ook een SHACL-verslag (Turtle).")] = None,
    workbook: Annotated[Path | None, typer.Option(help="Schrijf het werkboek terug met opmerkingen (.xlsx).")] = None,
    language: Annotated[str, typer.Option("--taal", help="nl of en.")] = "nl",
    quiet: Annotated[bool, typer.Option("--quiet", help="Geen voortgangsbalk.")] = False,
) -> None:
    """Controleer bestanden of een release en toon elke bevinding met haar plaats. Uitgangscode 1: er zijn fouten."""
    if language not in LANGUAGES:
        raise InputError(f"Er is geen taal {language!r}.", remedy="Kies nl of en.")
    chosen = None if path is None else source_of(path, source)
    if workbook is not None and (chosen is None or chosen.key != "werkboek"):
        raise InputError("Alleen een werkboek kan met opmerkingen teruggegeven worden.", remedy="Laat --workbook weg.")
    if path is not None and data is not None:
        raise InputError("Een pad en --data samen: wat moet gecontroleerd worden?", remedy="Geef één van de twee.")
    validator = Validator()
    with Watch(quiet=quiet or as_json) as watch:
        if path is None or chosen is None:
            report, results = check_release(open_release(data, None), validator, watch)
        else:
            report, results = check_files(path, chosen, validator, watch)
    if report_ttl is not None:
        report_ttl.write_bytes(report_graph(results, validator.shapes))
    if path is not None and workbook is not None:
        hand_back(path, report, workbook, language)
    typer.echo(report.as_json(), nl=False) if as_json else _tell(report, language)
    if report.stops:
        raise typer.Exit(1)


def source_of(path: Path, key: str) -> Source:
    """The source that was named, or the one that such a path can only be.

    Raises InputError for an unknown key, and for a path that could be of any source.
    """
    if not path.exists():
        raise InputError("Dit pad bestaat niet.", place=str(path), remedy="Geef een bestaand bestand of een map.")
    if not key and path.is_dir() and any(path.glob("structuuronderdeel*.json*")):
        key = "vks"
    key = key or ("werkboek" if path.suffix.lower() in WORKBOOKS else "")
    keys = ", ".join(source.key for source in SOURCES)
    for source in SOURCES:
        if source.key == key:
            return source
    what = f"Er is geen bron {key!r}." if key else "Van welke bron dit is, staat er niet bij."
    raise InputError(what, place=str(path), remedy=f"Kies met --source uit {keys}.")


def check_files(path: Path, source: Source, validator: Validator, watch: Watch) -> tuple[Report, list[Result]]:
    """Load the files of one source into memory and check what they say; nothing is left behind."""
    names, store = Names(DEFAULT_BASE), EmbeddedStore.in_memory()
    with TemporaryDirectory(prefix="leerbrug-") as folder:
        work = Path(folder)
        lines, writer = SortedLines(work / "heard"), PlaceWriter(work / "places.sqlite")
        heard = hear(list(inputs(source, path)), names, lines, writer, watch)
        writer.close()
        write_said(lines, work / "said.nq", heard)
        store.load(work / "said.nq")
        watch.step("Controleren")
        places = Places(work / "places.sqlite")
        results = validator.validate(store.oxigraph)
        found = findings(results, validator.shapes, store.oxigraph, where(places))
        good = passed(results, validator.shapes, store.oxigraph)
        report = Report.of([*heard.findings, *found], good)
        places.close()
        return report, results


def check_release(release: Release, validator: Validator, watch: Watch) -> tuple[Report, list[Result]]:
    """Check the graph of a release again, with the shapes of today; the release stays as it is."""
    watch.step("Controleren")
    with closing(release.store()) as store, closing(release.places()) as places:
        results = validator.validate(store.oxigraph)
        found = findings(results, validator.shapes, store.oxigraph, where(places))
        return Report.of(found, passed(results, validator.shapes, store.oxigraph)), results


def hand_back(path: Path, report: Report, into: Path, language: str) -> None:
    """The user's own workbook with a comment at each cell; another kind than .xlsx becomes one."""
    if path.suffix.lower() == ".xlsx":
        annotate(path, report, into, language)
        return
    opened = ods_grids if path.suffix.lower() == ".ods" else csv_grids
    with Shelf() as shelf, opened(path, shelf) as grids:
        cells: Sheets = [
            (
                grid.name,
                [
                    (row, column, value.shown if isinstance(value, Faulty) else value)
                    for row, filled in grid.rows()
                    for column, value in filled.items()
                ],
            )
            for grid in grids
        ]
        annotate_copy(cells, path.name, report, into, language)


def _tell(report: Report, language: str) -> None:
    console = Console()
    if report.findings:
        table = Table("ernst", "plaats", "wat", "waarde", "wat doen")
        for row in report.rows(language):
            table.add_row(*(escape(text if len(text) < 160 else text[:157] + "…") for text in row))
        console.print(table)
    if report.passed:
        table = Table("in orde", "bekeken", "goed")
        for one in report.passed:
            table.add_row(one.shape, str(one.looked_at), str(one.good))
        console.print(table)
    counts = ", ".join(f"{number} × {severity}" for severity, number in report.dutch_counts().items())
    console.print(f"Bevindingen: {counts or 'geen'}.")
