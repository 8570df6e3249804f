"""`leerbrug ontwerp`: questions of who designs the offer, over every kind of learner at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..errors import InputError, UnknownCodeError
from ..pathways.doelen import doelzin
from ..pathways.handelingen import Aanbod
from ..pathways.kalender import EERSTE_JAAR, eerste_start
from ..pathways.ontwerp import HIAATSOORTEN, Breuk, Ontwerper, profielen
from ..pathways.schakel import SOORTEN, Schakels
from ..pathways.zinnen import Zin, zin
from .opened import day, open_release

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Vragen van wie het aanbod ontwerpt.")
Op = Annotated[datetime | None, typer.Option("--op", formats=["%Y-%m-%d"], help="De dag; zonder keuze vandaag.")]
Data = Annotated[Path | None, typer.Option(help="De map met releases.")]
AsJson = Annotated[bool, typer.Option("--json", help="Als JSON.")]
MEESTE_NAMEN, LAATSTE_JAAR = 4, 2100


class Taal(StrEnum):
    """The languages of a table."""

    NL = "nl"
    EN = "en"
    FR = "fr"


Lang = Annotated[Taal, typer.Option("--lang", help="De taal van de tabel.")]
Most = Annotated[int, typer.Option("--meeste", min=1, help="Hoeveel rijen.")]


def _aanbod(data: Path | None) -> Aanbod:
    return Aanbod(open_release(data, None).catalogus())


def _jaar(op: datetime | None) -> int:
    """The school year that is looked at. Raises InputError for one of which no release says anything."""
    jaar = eerste_start(day(op))
    if not EERSTE_JAAR <= jaar <= LAATSTE_JAAR:
        fout = f"Van het schooljaar {jaar} is geen aanbod bekend."
        raise InputError(fout, remedy=f"Geef een dag van {EERSTE_JAAR} tot {LAATSTE_JAAR}.")
    return jaar


def _json(rijen: Sequence[msgspec.Struct]) -> None:
    typer.echo(json.dumps(msgspec.to_builtins(rijen), ensure_ascii=False, indent=1))


def _tabel(koppen: tuple[str, ...], rijen: Iterable[tuple[str, ...]]) -> None:
    table = Table(*koppen)
    for rij in rijen:
        table.add_row(*(escape(cel) for cel in rij))
    Console().print(table)


def _woord(sleutel: str, **woorden: object) -> Zin:
    """A word of the tables in each language."""
    return zin(sleutel, "ontwerp", **woorden)


def _koppen(taal: Taal, *sleutels: str) -> tuple[str, ...]:
    return tuple(_woord(each)[taal] for each in sleutels)


def _genoemd(namen: Sequence[str], taal: Taal) -> str:
    """The first few, and how many more there are."""
    rest = len(namen) - MEESTE_NAMEN
    return "; ".join([*namen[:MEESTE_NAMEN], *([_woord("en-nog", rest=rest)[taal]] if rest > 0 else [])])


def _doelnaam(aanbod: Aanbod, feit: str) -> Zin:
    """A goal in words: "duaal:" before it is earned dually, and "duaal@" is any dual programme there."""
    if feit.startswith("duaal:"):
        return _woord("ook-duaal", doel=_doelnaam(aanbod, feit.removeprefix("duaal:")))
    return doelzin(aanbod, feit.partition(":")[2] or feit)


def _wie(aanbod: Aanbod, codes: Sequence[str], taal: Taal) -> str:
    """The profiles by name."""
    namen = {each.code: f"{each.naam} ({each.code})" for each in profielen(aanbod)}
    namen["15"] = _woord("profiel-15")[taal]
    return _genoemd([namen[code] for code in codes], taal)


class Schakelsoort(StrEnum):
    """The kinds of new link that can be asked apart."""

    MODULE, VARIANT, INSTAP = SOORTEN


class Hiaatsoort(StrEnum):
    """The kinds of gap that can be asked apart."""

    INSTAP, DOOD, SCHAKEL, VERVOLG = HIAATSOORTEN


@app.command("nieuwe-schakel")
def nieuwe_schakel(
    op: Op = None,
    data: Data = None,
    meeste: Most = 20,
    as_json: AsJson = False,
    soort: Annotated[list[Schakelsoort] | None, typer.Option(help="Enkel deze soort; zonder keuze alle.")] = None,
    taal: Lang = Taal.NL,
) -> None:
    """Welke ene nieuwe module, duale variant of flexibele instap de meeste leertrajecten opent, en welke."""
    aanbod = _aanbod(data)
    rijen = Schakels(aanbod, _jaar(op)).beste(meeste, soort or SOORTEN)
    if as_json:
        _json(rijen)
        return
    _tabel(
        _koppen(taal, "opent", "schakel", "doelen", "voor-wie"),
        (
            (
                str(rij.opent),
                rij.tekst[taal],
                _genoemd([_doelnaam(aanbod, each)[taal] for each in rij.doelen], taal),
                _wie(aanbod, rij.profielen, taal),
            )
            for rij in rijen
        ),
    )


@app.command("robuust")
def robuust(
    programma: Annotated[list[str] | None, typer.Argument(help="Structuuronderdelen; zonder keuze alle.")] = None,
    op: Op = None,
    data: Data = None,
    meeste: Most = 20,
    as_json: AsJson = False,
    taal: Lang = Taal.NL,
) -> None:
    """Wat niemand nog bereikt als een opleiding ophoudt."""
    aanbod = _aanbod(data)
    for code in programma or ():
        if code not in aanbod.catalogus.programmas:
            fout = f"Het structuuronderdeel {code!r} staat niet in release {aanbod.catalogus.release}."
            raise UnknownCodeError(fout, remedy="Geef het nummer van een structuuronderdeel, zoals 99.")
    rijen = Ontwerper(aanbod, _jaar(op)).robuust(programma or ())[:meeste]
    if as_json:
        _json(rijen)
        return
    if not rijen:
        typer.echo(_woord("niemand-verliest")[taal])
        return
    _tabel(
        ("code", *_koppen(taal, "als-ophoudt", "bereikt-wie", "niet-meer")),
        (
            (
                rij.programma,
                rij.naam,
                _wie(aanbod, rij.profielen, taal),
                _genoemd([each[taal] for each in _verlies(aanbod, rij)], taal),
            )
            for rij in rijen
        ),
    )


def _verlies(aanbod: Aanbod, breuk: Breuk) -> list[Zin]:
    """What is lost by name: first what the programme itself proves, then what came after it."""
    eigen = {feit for each in aanbod.handelingen if each.programma == breuk.programma for feit in each.geeft}
    return [_doelnaam(aanbod, feit) for feit in sorted(breuk.verloren, key=lambda feit: (feit not in eigen, feit))]


@app.command("leerlijn-hiaat")
def leerlijn_hiaat(
    op: Op = None,
    data: Data = None,
    as_json: AsJson = False,
    soort: Annotated[list[Hiaatsoort] | None, typer.Option(help="Enkel deze soort; zonder keuze alle.")] = None,
    taal: Lang = Taal.NL,
) -> None:
    """Waar een leerlijn stopt of aan een enkele opleiding hangt."""
    gevonden = Ontwerper(_aanbod(data), _jaar(op)).leerlijn_hiaten()
    rijen = [each for each in gevonden if each.soort in (soort or HIAATSOORTEN)]
    if as_json:
        _json(rijen)
        return
    if not rijen:
        typer.echo(_woord("geen-hiaat")[taal])
    for een in HIAATSOORTEN:
        if deel := [each for each in rijen if each.soort == een]:
            kop = f"{_woord(f'soort-{een}')[taal]} ({len(deel)})"
            _tabel((kop, *_koppen(taal, "wat-ontbreekt")), ((each.code, each.tekst[taal]) for each in deel))
