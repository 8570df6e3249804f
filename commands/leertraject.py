"""`leerbrug leertraject`: every optimal way from what someone holds to a goal, dated, or why there is none."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..api.svg_afleiding import afleidingstekening
from ..errors import InputError
from ..graph.releases import default_folder
from ..pathways.afleiding import afleiding
from ..pathways.doelregels import VORM, gelezen
from ..pathways.handelingen import Aanbod
from ..pathways.leerling import Weg
from ..pathways.leertraject import Antwoord, Leertraject, Stap
from ..pathways.opgegeven import (
    PROFIEL,
    VRIJSTELLING,
    WEGING,
    WERKPLEK,
    codes,
    gevraagd,
    vrijstellingen,
    weging,
    werkplek,
)
from ..pathways.planner import plan
from ..pathways.traject_ctdl import als_pathway
from ..pathways.traject_jsonld import als_jsonld
from .opened import day, decided_limits, open_release

Heeft = Annotated[
    str | None, typer.Option(help="Wat iemand bezit: codes met komma's ertussen, bv. BK-0117-2,graad2:A.")
]
Doel = Annotated[
    str | None, typer.Option(help="Het doel, of meer met komma's: BK-0480-1, OK3@8, 99, graduaat, bachelor, duaal@8.")
]
Dag = Annotated[datetime | None, typer.Option("--op", formats=["%Y-%m-%d"], help="De dag; zonder keuze vandaag.")]
Eind = Annotated[datetime | None, typer.Option("--einde", formats=["%Y-%m-%d"], help="Ten laatste klaar op.")]
MaxDuur = Annotated[int | None, typer.Option(min=1, max=20, help="Hoogstens zoveel schooljaren.")]
Uren = Annotated[int | None, typer.Option(min=0, max=60, help="Uren per week op de werkplek.")]

STELSELS = {"L": "lineair", "M": "modulair"}


def _ja(ja: str, nee: str, uitleg: str) -> object:
    return typer.Option(f"--{ja}/--{nee}", help=f"{uitleg} Zonder keuze: niet gezegd.")


def leertraject(
    doel: Doel = None,
    heeft: Heeft = None,
    leeftijd: Annotated[int | None, typer.Option(min=6, max=99, help="De leeftijd op die dag.")] = None,
    op: Dag = None,
    max_duur: MaxDuur = None,
    einde: Eind = None,
    schooljaar: Annotated[int | None, typer.Option(help="Beginnen op 1 september van dit jaar.")] = None,
    werkplek_min: Uren = None,
    werkplek_max: Uren = None,
    contract: Annotated[str | None, typer.Option(help="OAO, SOAO of DAO.")] = None,
    weg: Annotated[list[Weg] | None, typer.Option(help="Enkel langs deze weg; mag meermaals.")] = None,
    ervaring: Annotated[str | None, typer.Option(help="BK's waarin iemand werkervaring heeft, voor EVC.")] = None,
    arbeidsrijp: Annotated[
        bool | None, _ja("arbeidsrijp", "niet-arbeidsrijp", "Klaar om op de werkplek te leren.")
    ] = None,
    arbeidsbereid: Annotated[bool | None, _ja("arbeidsbereid", "niet-arbeidsbereid", "Bereid om dat te doen.")] = None,
    leerplicht_voorbij: Annotated[
        bool | None, _ja("leerplicht-voorbij", "leerplichtig", "Is de voltijdse leerplicht voorbij?")
    ] = None,
    taalondersteuning: Annotated[
        bool | None, typer.Option("--taalondersteuning", help="Heeft taalondersteuning nodig.")
    ] = None,
    aanpassing_werkpost: Annotated[
        bool | None, typer.Option("--aanpassing-werkpost", help="Heeft een aangepaste arbeidspost nodig.")
    ] = None,
    regio: Annotated[str | None, typer.Option(help="De regio van de leerling.")] = None,
    uren_per_week: Annotated[int | None, typer.Option(min=1, max=60, help="Uren per week die iemand heeft.")] = None,
    werkplek_: Annotated[list[str] | None, typer.Option("--werkplek", help=f"{WERKPLEK}; mag meermaals.")] = None,
    context: Annotated[list[str] | None, typer.Option(help="Een context die het bedrijf biedt; mag meermaals.")] = None,
    vrijstelling: Annotated[list[str] | None, typer.Option(help=f"{VRIJSTELLING}; mag meermaals.")] = None,
    vermijd: Annotated[str | None, typer.Option(help="Niet langs deze opleidingen of erkenningen.")] = None,
    klassenraad: Annotated[
        bool | None, typer.Option("--klassenraad", help="Reken op een gunstige toelatingsklassenraad.")
    ] = None,
    buso: Annotated[bool | None, typer.Option("--buso", help="Met een verslag voor opleidingsvorm 3.")] = None,
    stelsel: Annotated[str | None, typer.Option(help="Enkel lineair (L) of modulair (M).")] = None,
    regels: Annotated[
        Path | None, typer.Option(help=f"Een bestand met een regel van doelen, naast of in plaats van --doel. {VORM}")
    ] = None,
    weging_: Annotated[str | None, typer.Option("--weging", help=f"Wat zwaar weegt: {WEGING}.")] = None,
    k: Annotated[
        int | None, typer.Option("--k", min=1, max=50, help="Hoeveel naast de Pareto-beste; gewoon 3.")
    ] = None,
    profiel: Annotated[Path | None, typer.Option(help=f"De vraag als JSON; de opties gaan voor. {PROFIEL}")] = None,
    data: Annotated[Path | None, typer.Option(help="De map met releases.")] = None,
    release: Annotated[int | None, typer.Option(help="Het nummer van de release.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON-LD, na te kijken met check-evidence.")] = False,
    ctdl: Annotated[bool, typer.Option("--ctdl", help="Het eerste leertraject als CTDL Pathway.")] = False,
    svg: Annotated[
        Path | None, typer.Option(help="Schrijf de afleiding van het eerste leertraject als tekening.")
    ] = None,
) -> None:
    """Toon elk optimaal leertraject naar DOEL, met data, bewijzen en zekerheid; of waarom er geen is."""
    if contract and contract not in ("OAO", "SOAO", "DAO"):
        raise InputError(f"Het contract {contract!r} bestaat niet.", remedy="Kies OAO, SOAO of DAO.")
    if stelsel and stelsel not in STELSELS:
        raise InputError(f"Het stelsel {stelsel!r} bestaat niet.", remedy="Kies L (lineair) of M (modulair).")
    if as_json and ctdl:
        raise InputError("Een antwoord heeft één vorm.", remedy="Kies --json of --ctdl.")
    bytes_, plaats = _bestand(profiel, PROFIEL) if profiel else (b"{}", "")
    leerling, wens = gevraagd(
        {
            "heeft": _gegeven(heeft),
            "leeftijd": leeftijd,
            "leerplicht_voorbij": leerplicht_voorbij,
            "arbeidsrijp": arbeidsrijp,
            "arbeidsbereid": arbeidsbereid,
            "taalondersteuning": taalondersteuning,
            "aanpassing_werkpost": aanpassing_werkpost,
            "buso": buso,
            "regio": regio,
            "uren_per_week": uren_per_week,
            "ervaring": _gegeven(ervaring),
            "vrijstellingen": vrijstellingen(vrijstelling) if vrijstelling else None,
        },
        {
            "doelen": _gegeven(doel),
            "op": op.date() if op else None,
            "max_jaren": max_duur,
            "einddatum": einde.date() if einde else None,
            "schooljaar": schooljaar,
            "werkplek_min": werkplek_min,
            "werkplek_max": werkplek_max,
            "contract": contract,
            "contexten": tuple(context) if context else None,
            "werkplekken": tuple(werkplek(each) for each in werkplek_) if werkplek_ else None,
            "wegen": frozenset(weg) if weg else None,
            "klassenraad": klassenraad,
            "vermijd": _gegeven(vermijd),
            "stelsel": stelsel,
            "regels": gelezen(*_bestand(regels, VORM)) if regels else None,
            "weging": weging(weging_) if weging_ else None,
            "k": k,
        },
        day(None),
        bytes_,
        plaats,
    )
    catalogus = open_release(data, release).catalogus()
    wens = msgspec.structs.replace(wens, grenzen=decided_limits(data or default_folder(), catalogus, wens.op))
    antwoord = plan(Aanbod(catalogus), leerling, wens)
    if svg:
        _teken(antwoord, svg)
    if as_json:
        typer.echo(json.dumps(als_jsonld(antwoord, catalogus, leerling, wens), ensure_ascii=False, indent=1))
    elif ctdl:
        typer.echo(json.dumps(als_pathway(antwoord, catalogus), ensure_ascii=False, indent=1))
    else:
        _tell(antwoord, Console())
    if antwoord.onhaalbaar:
        raise typer.Exit(1)


def _gegeven(tekst: str | None) -> tuple[str, ...] | None:
    return None if tekst is None else codes(tekst)


def _bestand(bestand: Path, vorm: str) -> tuple[bytes, str]:
    try:
        return bestand.read_bytes(), str(bestand)
    except OSError as error:
        raise InputError("Dit bestand kan niet gelezen worden.", place=str(bestand), remedy=vorm) from error


def _teken(antwoord: Antwoord, bestand: Path) -> None:
    """Write the derivation; where there is no leertraject nothing is drawn, and that is said."""
    if not antwoord.leertrajecten:
        typer.echo("Er is geen leertraject om te tekenen.", err=True)
        return
    try:
        bestand.write_text(afleidingstekening(afleiding(antwoord), los=True), encoding="utf-8")
    except OSError as error:
        raise InputError("Deze tekening kan niet geschreven worden.", place=str(bestand), remedy=str(error)) from error


def _tell(antwoord: Antwoord, console: Console) -> None:
    if antwoord.al_bereikt:
        console.print("Dit doel is al bereikt.")
        return
    if antwoord.onhaalbaar:
        _tell_waarom(antwoord, console)
        return
    if antwoord.onbeslist:
        console.print(f"[yellow]{escape(antwoord.onbeslist.tekst['nl'])}[/]")
        return
    for nummer, traject in enumerate(antwoord.leertrajecten, 1):
        _tell_traject(nummer, traject, console)
    if not antwoord.volledig:
        console.print("[yellow]De tijd was op: er kunnen nog andere Pareto-optimale leertrajecten zijn.[/]")
    if antwoord.zekerheid:
        console.print(f"\n[bold]{escape(antwoord.zekerheid.tekst['nl'])}[/]")
        for mijlpaal in antwoord.zekerheid.mijlpalen:
            console.print(f"  · {mijlpaal.tekst['nl']}", markup=False)
    for aanname in antwoord.aannames:
        console.print(f"[dim]Aanname: {escape(aanname.tekst['nl'])}[/]")


def _tell_traject(nummer: int, traject: Leertraject, console: Console) -> None:
    merk = " [green](Pareto-optimaal)[/]" if traject.pareto else ""
    console.print(
        f"\n[bold]Leertraject {nummer}[/]{merk}: {traject.begin:%d-%m-%Y} tot {traject.einde:%d-%m-%Y}, "
        f"{_aantal(traject.schooljaren, 'schooljaar', 'schooljaren')}, "
        f"{_aantal(traject.inschrijvingen, 'inschrijving', 'inschrijvingen')}, "
        f"minstens {traject.aandeel_werkvloer:.0%} op de werkplek"
    )
    table = Table("", "wat", "wanneer", "toegelaten door", "geeft", "blijft onzeker")
    for stap in traject.stappen:
        table.add_row(*(escape(cel) for cel in _rij(stap)))
    console.print(table)


def _aantal(aantal: int, een: str, meer: str) -> str:
    return f"{aantal} {een if aantal == 1 else meer}"


def _rij(stap: Stap) -> tuple[str, ...]:
    anders = f" (of een van {len(stap.alternatieven)} andere)" if stap.alternatieven else ""
    stelsels = f", {' of '.join(STELSELS[each] for each in stap.stelsels)}" if stap.stelsels else ""
    return (
        str(stap.nr),
        f"{stap.naam} {stap.erkenning}{stelsels}{anders}",
        f"{stap.begin:%d-%m-%Y} – {stap.einde:%d-%m-%Y}",
        "; ".join(f"{each.naam} ← {each.door}" for each in stap.toelating),
        "; ".join(f"✓ {each.naam}" for each in stap.kwalificatiebewijzen)
        + "".join(f"; deels: {each.naam}" for each in stap.deelbewijzen),
        "; ".join(each.tekst["nl"] for each in stap.onzeker),
    )


def _tell_waarom(antwoord: Antwoord, console: Console) -> None:
    onhaalbaar = antwoord.onhaalbaar
    if onhaalbaar is None:
        return
    console.print(f"[bold red]Geen leertraject.[/] {escape(onhaalbaar.reden['nl'])}")
    for deel in onhaalbaar.conflict:
        console.print(f"  ✗ {deel.tekst['nl']}", markup=False)
    console.print("Wel haalbaar:" if onhaalbaar.voorstellen else "Geen enkele wijziging van de voorwaarden volstaat.")
    for voorstel in onhaalbaar.voorstellen:
        wanneer = (
            f" ({voorstel.begin:%d-%m-%Y} tot {voorstel.einde:%d-%m-%Y})" if voorstel.begin and voorstel.einde else ""
        )
        console.print(f"  → {voorstel.tekst['nl']}{wanneer}", markup=False)
