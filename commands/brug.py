"""`leerbrug brug`: what a held set brings towards a target, with its evidence, in both directions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..pathways.antwoord import als_jsonld
from ..pathways.brug import Brug, Competentieoordeel, beide_richtingen
from ..pathways.houder import Ding
from ..pathways.oordeel import Oordeel, Verdict
from ..pathways.suggesties import Suggestie, suggesties
from .opened import day, opened

KLEUR = {
    Verdict.GEDEKT: "green",
    Verdict.TE_BEVESTIGEN: "yellow",
    Verdict.DEELS: "cyan",
    Verdict.ONTBREEKT: "red",
    Verdict.ONVERGELIJKBAAR: "magenta",
}
WAT_TE_DOEN = {
    Verdict.TE_BEVESTIGEN: "dezelfde referenties in andere woorden ([-gehouden-] [+gevraagd+]): een mens kan het "
    "bevestigen met leerbrug verwant GEHOUDEN GEVRAAGD --besluit exactMatch",
    Verdict.ONVERGELIJKBAAR: "geen referentie die aan beide kanten kan overeenkomen; dat is niet: niets gemeen. "
    "Suggesties: leerbrug brug … --suggesties",
}
NIETS_TE_VERGELIJKEN = "Van dit doel staan in deze release geen competenties: er is niets te vergelijken."
DIEPTE = {1: "basiskennis", 2: "kennis", 3: "grondige kennis"}
Van = Annotated[str, typer.Argument(help="Wat u bezit: codes met komma's ertussen, bv. BK-0019-3,evc:bkc0044869.")]
Naar = Annotated[str, typer.Argument(help="Het doel: een BK, DBK, erkenning, structuuronderdeel of beroep.")]
On = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="De dag; zonder keuze vandaag.")]
Data = Annotated[Path | None, typer.Option(help="De map met releases.")]
Number = Annotated[int | None, typer.Option("--release", help="Het nummer van de release; zonder keuze de huidige.")]
AsJson = Annotated[bool, typer.Option("--json", help="Als JSON-LD, na te kijken met check-evidence.")]


def brug(
    van: Van,
    naar: Naar,
    on: On = None,
    data: Data = None,
    release: Number = None,
    as_json: AsJson = False,
    suggest: Annotated[
        bool, typer.Option("--suggesties", help="Toon apart wat lijkt op wat nog te beslissen is; telt nooit mee.")
    ] = False,
) -> None:
    """Toon wat VAN bijbrengt voor NAAR: per competentie een oordeel met bewijs, en wat rest."""
    op, codes = day(on), van.split(",")
    gevonden = opened(data, release, [*codes, naar], op)
    view = gevonden.vergelijking
    heen, terug = beide_richtingen(view, codes, naar, op)
    if as_json:
        document = als_jsonld(heen, view.catalogus.basis, terug, gevonden.stand[:2])
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    console = Console()
    _tell(heen, console)
    for ander in terug:
        console.print(f"\n[bold]Andersom[/] (naast elkaar; geen van beide is de hogere): {_kop(ander)}")
        console.print(_tellingen(ander))
    if suggest:
        tell_suggesties(list(suggesties(view, heen)), console)


def _kop(brug: Brug) -> str:
    van = " + ".join(map(noem, brug.van))
    dekking = brug.dekking
    return f"{van} → {noem(brug.naar)}: bewezen {dekking.bewezen}, mogelijk {dekking.mogelijk} van {dekking.van}"


def _tellingen(brug: Brug) -> str:
    tel = brug.dekking
    return (
        f"gedekt {tel.gedekt} · te bevestigen {tel.te_bevestigen} · deels {tel.deels} · "
        f"ontbreekt {tel.ontbreekt} · onvergelijkbaar {tel.onvergelijkbaar}"
    )


def noem(ding: Ding) -> str:
    """The name of one end in Dutch, or in a language that it has, with its code."""
    naam = ding.naam.get("nl") or next(iter(ding.naam.values()), "")
    return escape(f"{'EVC: ' if ding.evc else ''}{naam} ({ding.code})")


def _tell(brug: Brug, console: Console) -> None:
    console.print(f"[bold]{_kop(brug)}[/]")
    console.print(f"Release {brug.release}, op {brug.datum.isoformat()}, regels {brug.regelset}.")
    console.print(_tellingen(brug))
    if not brug.dekking.van:
        console.print(NIETS_TE_VERGELIJKEN)
    table = Table("nr", "competentie", "oordeel", "waarop het steunt", "wat rest")
    for gewogen in brug.competenties:
        table.add_row(*_rij(gewogen))
    console.print(table)
    for verdict, raad in WAT_TE_DOEN.items():
        if aantal := sum(o.oordeel.verdict is verdict for o in brug.competenties):
            console.print(f"{aantal} {verdict.value.replace('_', ' ')}: {raad}.", markup=False)
    for nota in brug.zijden:
        merk = {True: "✓", False: "✗", None: "·"}[nota.voldaan]
        console.print(f"{merk} [{nota.kant}] {escape(nota.tekst['nl'])}", markup=False)


def _rij(gewogen: Competentieoordeel) -> tuple[str, ...]:
    oordeel = gewogen.oordeel
    kleur = KLEUR[oordeel.verdict]
    steunt = "; ".join(f"{s.door} {s.code} {' '.join(s.referenties)}".strip() for s in oordeel.steunt)
    tekst = escape(f"{gewogen.code} {gewogen.competentie.tekst}")
    verdict = f"[{kleur}]{oordeel.verdict.value.replace('_', ' ')}[/]" + (" (zwak)" if oordeel.zwak else "")
    return str(gewogen.nr), tekst, verdict, escape(steunt), ", ".join(_rest(oordeel))


def _rest(oordeel: Oordeel) -> Iterator[str]:
    if oordeel.verschil:
        yield " ".join(_woorden(oordeel))
    yield from (escape(referentie) for referentie in oordeel.resterend)
    for tekort in oordeel.kennis:
        gevraagd, gehouden = (DIEPTE.get(diepte, "geen") for diepte in (tekort.gevraagd, tekort.gehouden))
        yield escape(f"{tekort.tekst}: {gevraagd} gevraagd, {gehouden} gehouden")
    yield from (escape(deel) for deel in oordeel.ontbrekende_delen)


def _woorden(oordeel: Oordeel) -> Iterator[str]:
    """The asked wording with what is new in it, and what the held wording had instead; readable without colour."""
    for verschil in oordeel.verschil:
        if verschil.gelijk:
            yield f"[dim]{escape(verschil.gelijk)}[/]"
        if verschil.weg:
            yield f"[red]{escape(f'[-{verschil.weg}-]')}[/]"
        if verschil.bij:
            yield f"[green]{escape(f'[+{verschil.bij}+]')}[/]"


def tell_suggesties(gevonden: list[Suggestie], console: Console) -> None:
    """The suggestions as a table of their own, which says that it proves nothing."""
    table = Table("competentie", "lijkt op", "gelijkenis", "door", title="Suggesties, geen bewijs: een mens beslist")
    for s in gevonden:
        table.add_row(escape(s.gevraagd), escape(f"{s.gehouden} {s.tekst}"), f"{s.score:.2f}", escape(s.reden))
    console.print(table)
