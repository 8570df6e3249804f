"""`leerbrug kloof`: the smallest sets of qualifications, programmes and EVC procedures that close what is missing."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..errors import InputError
from ..pathways.kloof import Criterium, Kandidaat, Kloof, Sluiting
from ..pathways.kloof import kloof as sluit
from .brug import AsJson, Data, Naar, Number, On, Van
from .opened import day, opened


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
    view = opened(data, release, [*codes, naar], op).vergelijking
    gevonden = sluit(view, codes, naar, op, criterium, best, _uren(hours))
    typer.echo(json.dumps(_als_json(gevonden), ensure_ascii=False, indent=1)) if as_json else _tell(gevonden)


def _uren(path: Path | None) -> dict[str, int]:
    if path is None:
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return {rij["code"]: int(rij["uren"]) for rij in csv.DictReader(stream)}
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise InputError(
            "Dit is geen CSV met kolommen code en uren.", place=str(path), remedy="Geef gehele uren."
        ) from error


def _als_json(kloof: Kloof) -> dict[str, Any]:
    brug = kloof.brug
    return {
        "van": [ding.code for ding in brug.van],
        "naar": brug.naar.code,
        "release": brug.release,
        "datum": brug.datum.isoformat(),
        "criterium": kloof.criterium.value,
        "resterend": [o.competentie.code for o in brug.resterend],
        "niet_te_sluiten": [{"code": o.competentie.code, "tekst": o.competentie.tekst} for o in kloof.niet_te_sluiten],
        "sluitingen": [_sluiting(s) for s in kloof.sluitingen],
    }


def _sluiting(sluiting: Sluiting) -> dict[str, Any]:
    return {
        "items": [
            {
                "code": item.code,
                "naam": item.naam,
                "soort": item.soort,
                "brengt": sorted(item.brengt),
                "dubbel": item.dubbel,
                "via_evc": item.via_evc,
                "instrument": item.instrument,
                "uren": item.uren,
            }
            for item in sluiting.items
        ],
        "aantal": sluiting.aantal,
        "dubbel": sluiting.dubbel,
        "kosten": sluiting.kosten,
        "bewijs": {
            "methode": sluiting.bewijs.methode,
            "ondergrens": sluiting.bewijs.ondergrens,
            "optimaal": sluiting.bewijs.optimaal,
            "prijzen": dict(sluiting.bewijs.prijzen),
        },
    }


def _tell(kloof: Kloof) -> None:
    console = Console()
    brug = kloof.brug
    if not brug.resterend:
        console.print(f"Er is geen kloof: alles van {brug.naar.code} is gedekt.")
        return
    console.print(f"Rest voor {brug.naar.code}: {len(brug.resterend)} van {brug.dekking.van} competenties.")
    table = Table("manier", "items", "leert dubbel", "bewijs dat niets kleiner is")
    for nummer, sluiting in enumerate(kloof.sluitingen, start=1):
        items = "\n".join(_item(item) for item in sluiting.items)
        table.add_row(str(nummer), escape(items), str(sluiting.dubbel), escape(_bewijs(sluiting)))
    console.print(table)
    if any(item.via_evc for sluiting in kloof.sluitingen for item in sluiting.items):
        console.print("EVC: met het genoemde instrument, in een erkend testcentrum (decreet van 26 april 2019).")
    if kloof.niet_te_sluiten:
        console.print("Niets in deze release bewijst:")
    for gewogen in kloof.niet_te_sluiten:
        console.print(f"  {gewogen.competentie.code} {gewogen.competentie.tekst}", markup=False)


def _item(item: Kandidaat) -> str:
    via = f" ({item.instrument})" if item.instrument else " (ook via EVC)" if item.via_evc else ""
    uren = "" if item.uren is None else f", {item.uren} uur"
    return f"{item.code} {item.naam}: {item.soort}, brengt {len(item.brengt)}{uren}{via}"


def _bewijs(sluiting: Sluiting) -> str:
    """Optimal, or how far from it; the prices say what any way must pay for each competence."""
    bewijs = sluiting.bewijs
    grens = "optimaal" if bewijs.optimaal else f"kost {sluiting.kosten}, minstens {bewijs.ondergrens}"
    prijs = f"; prijzen samen {sum(bewijs.prijzen.values()):.4g}" if bewijs.prijzen else ""
    return f"{grens} ({bewijs.methode}{prijs})"
