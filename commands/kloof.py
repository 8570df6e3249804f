"""`leerbrug kloof`: the smallest sets of qualifications, programmes and EVC procedures that close what is missing."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..errors import InputError
from ..graph.catalogus import Fase
from ..pathways.brug import Competentieoordeel
from ..pathways.kandidaten import Kandidaat
from ..pathways.kloof import Criterium, Kloof, Sluiting
from ..pathways.kloof import kloof as sluit
from ..pathways.kloof_jsonld import kloof_jsonld
from .brug import NIETS_TE_VERGELIJKEN, AsJson, Data, Naar, Number, On, Van
from .opened import day, opened

UREN_ONDER = 1_000_000
"""No item takes as many hours; the same limit holds in the API."""


def kloof(
    van: Van,
    naar: Naar,
    criterium: Annotated[
        Criterium, typer.Option("--criterium", help="Minste items, minste competenties dubbel, of minste uren.")
    ] = Criterium.AANTAL,
    best: Annotated[int, typer.Option("--beste", min=1, max=50, help="Hoeveel manieren.")] = 3,
    hours: Annotated[Path | None, typer.Option("--uren", help="CSV met code,uren, voor het criterium uren.")] = None,
    on: On = None,
    data: Data = None,
    release: Number = None,
    as_json: AsJson = False,
) -> None:
    """Toon de kleinste verzamelingen die sluiten wat VAN voor NAAR laat liggen, en wat niets kan sluiten."""
    op, codes = day(on), van.split(",")
    geopend = opened(data, release, [*codes, naar], op)
    gevonden = sluit(geopend.vergelijking, codes, naar, op, criterium, best, _uren(hours))
    if as_json:
        document = kloof_jsonld(gevonden, geopend.vergelijking.catalogus.basis, geopend.stand[:2])
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    _tell(gevonden)


def _uren(path: Path | None) -> dict[str, int]:
    if path is None:
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rijen = [(rij["code"], int(rij["uren"])) for rij in csv.DictReader(stream)]
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise InputError(
            "Dit is geen CSV met kolommen code en uren.", place=str(path), remedy="Geef gehele uren."
        ) from error
    bekend: dict[str, int] = {}
    for nummer, (code, uren) in enumerate(rijen, start=2):
        if code in bekend or not 0 <= uren < UREN_ONDER:
            fout = "staat tweemaal" if code in bekend else f"heeft {uren} uren"
            remedy = f"Geef elke code een keer, met 0 tot {UREN_ONDER - 1} uren."
            raise InputError(f"{code} {fout}.", place=f"{path}, rij {nummer}", remedy=remedy)
        bekend[code] = uren
    return bekend


def _tell(kloof: Kloof) -> None:
    console = Console()
    brug = kloof.brug
    if not brug.dekking.van:
        console.print(NIETS_TE_VERGELIJKEN)
        return
    if not brug.resterend:
        console.print(f"Er is geen kloof: alles van {brug.naar.code} is gedekt.")
        return
    console.print(f"Rest voor {brug.naar.code}: {len(brug.resterend)} van {brug.dekking.van} competenties.")
    table = Table("manier", "items", "leert dubbel", "bewijs dat niets kleiner is")
    for nummer, sluiting in enumerate(kloof.sluitingen, start=1):
        items = "\n".join(_item(item.kandidaat) for item in sluiting.items)
        table.add_row(str(nummer), escape(items), str(sluiting.dubbel), escape(_bewijs(sluiting)))
    console.print(table)
    if kloof.volledig and kloof.sluitingen:
        console.print("Andere manieren waarvan niets weg kan, zijn er niet.")
    if any(item.kandidaat.via_evc for sluiting in kloof.sluitingen for item in sluiting.items):
        console.print("EVC: met het genoemde instrument, in een erkend testcentrum (decreet van 26 april 2019).")
    _tell_open(console, "Alleen samen bewijzen meerdere items:", kloof.alleen_samen)
    met_uren = kloof.criterium is Criterium.UREN
    niets = "Niets waarvan de uren bekend zijn, bewijst:" if met_uren else "Niets in deze release bewijst:"
    _tell_open(console, niets, kloof.niet_te_sluiten)


def _tell_open(console: Console, kop: str, oordelen: tuple[Competentieoordeel, ...]) -> None:
    for plaats, gewogen in enumerate(oordelen):
        if not plaats:
            console.print(kop)
        console.print(f"  {gewogen.competentie.code} {gewogen.competentie.tekst}", markup=False)


def _item(item: Kandidaat) -> str:
    via = f" ({item.instrument})" if item.ding.evc else f" (ook via EVC: {item.instrument})" if item.via_evc else ""
    uren = "" if item.uren is None else f", {item.uren} uur"
    fase = "" if item.fase is Fase.GELDIG else f", in {item.fase}"
    return f"{item.code} {item.naam}: {item.soort}{fase}, brengt {len(item.brengt)}{uren}{via}"


def _bewijs(sluiting: Sluiting) -> str:
    """Optimal, or how far from it; the prices say what any way must pay for each competence."""
    bewijs = sluiting.bewijs
    grens = "optimaal" if bewijs.optimaal else f"kost {sluiting.kosten}, minstens {bewijs.ondergrens}"
    prijs = f"; prijzen samen {sum(bewijs.prijzen.values()):.4g}" if bewijs.prijzen else ""
    return f"{grens} ({bewijs.methode}{prijs})"
