"""`leerbrug verwant`: which occupations and qualifications look alike, which stones lie between, and what to decide."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..besluiten.mappings import Besluit
from ..besluiten.tokens import lees_instantie
from ..errors import InputError
from ..graph.catalogus import Kwalificatiesoort
from ..graph.releases import default_folder
from ..pathways.brug import brug as bereken
from ..pathways.evaluatie import evaluate, lees_waarheid
from ..pathways.inbedding import Inbedding, kleine_inbedding
from ..pathways.keten_jsonld import keten_jsonld
from ..pathways.stapstenen import Keten, stapstenen
from ..pathways.suggesties import Suggestie, suggesties
from ..pathways.vergelijking import Vergelijking
from ..pathways.verwantschap import Profiel, Rang, Verwantschap, profielen
from .brug import Data, Number, On, noem, tell_suggesties
from .mappings import decide
from .opened import day, open_release, opened
from .profielen import profielen_uit, source, taal_van
from .progress import Watch

SOORTEN = {
    "bk": Kwalificatiesoort.BEROEPSKWALIFICATIE,
    "esco": Kwalificatiesoort.ESCO_BEROEP,
    "rome": Kwalificatiesoort.ROME_BEROEP,
    "competent": Kwalificatiesoort.BEROEPSCOMPETENTIEPROFIEL,
}
TALEN = {"rome": "fr", "rncp": "fr"}


def verwant(
    codes: Annotated[list[str] | None, typer.Argument(help="Een code, of VAN en NAAR.")] = None,
    source_: Annotated[
        str, typer.Option("--source", help="bk, rome of esco uit de release, of BRON=PAD rechtstreeks uit een map.")
    ] = "bk",
    top: Annotated[int, typer.Option(min=1, help="Hoeveel per bron.")] = 10,
    to_csv: Annotated[Path | None, typer.Option("--csv", help="Schrijf alle rangen: from,to,rank,score.")] = None,
    language: Annotated[str, typer.Option("--taal", help="nl, fr of en; zonder keuze die van de bron.")] = "",
    stones: Annotated[bool, typer.Option("--stapstenen", help="Toon een keten van VAN naar NAAR.")] = False,
    truth: Annotated[Path | None, typer.Option("--evalueer", help="Waarheidsbestand: from,to[,grade].")] = None,
    embeddings: Annotated[bool, typer.Option("--embeddings", help="Met het extra leerbrug[embeddings].")] = False,
    decision: Annotated[
        str, typer.Option("--besluit", help="Leg voor VAN NAAR een besluit vast, bv. exactMatch.")
    ] = "",
    denied: Annotated[bool, typer.Option("--ontkend", help="Het besluit ontkent het verband.")] = False,
    author: Annotated[str, typer.Option("--auteur", help="Wie besluit.")] = "",
    reason: Annotated[str, typer.Option("--rechtvaardiging", help="Waarom.")] = "",
    body: Annotated[
        str, typer.Option("--instantie", help="In wiens veld het ligt, bv. sector/voedingsnijverheid.")
    ] = "",
    on: On = None,
    data: Data = None,
    release: Number = None,
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
) -> None:
    """Toon wat op elkaar lijkt, ter oriëntatie: een gelijkenis is nooit een bewijs. Een besluit van een mens wel."""
    gegeven, op = codes or [], day(on)
    if decision:
        view = opened(data, release, gegeven, op).vergelijking
        van, naar = (_competentie(view, code) for code in _paar(gegeven))
        besluit = Besluit(van, decision, naar, lees_instantie(body), op, reason, denied)
        typer.echo(decide(data or default_folder(), [besluit], author))
        return
    inbedding = _inbedding(embeddings)
    maat = Verwantschap(profielen_van(source_, language, data, release), inbedding)
    if truth:
        _evalueer(maat, truth)
    elif to_csv:
        _schrijf(maat.beste(top), to_csv)
    elif stones:
        _stapstenen(maat, _paar(gegeven), op, data, release, as_json=as_json)
    elif len(gegeven) == 2:
        van, naar = gegeven
        apart = _suggesties(source_, van, naar, op, data, release, inbedding)
        _vergelijk(maat, van, naar, apart, as_json=as_json)
    elif gegeven:
        _toon(maat, maat.beste_van(gegeven[0], top), as_json=as_json)
    else:
        raise InputError("Er is niets gevraagd.", remedy="Geef een code, of --csv BESTAND voor alle rangen.")


def _paar(codes: list[str]) -> tuple[str, str]:
    if len(codes) != 2:
        raise InputError("Er zijn twee codes nodig.", remedy="Geef VAN en NAAR.")
    return codes[0], codes[1]


def _inbedding(wanted: bool) -> Inbedding | None:
    return kleine_inbedding() if wanted else None


def profielen_van(bron: str, taal: str, data: Path | None, release: int | None) -> list[Profiel]:
    """The profiles of a kind in the release, or of a folder (BRON=PAD). Raises InputError where there are none."""
    key, _, pad = bron.partition("=")
    if pad:
        with Watch() as watch:
            return profielen_uit(source(key), Path(pad), taal or taal_van(Path(pad), TALEN.get(key, "nl")), watch)
    if key not in SOORTEN:
        raise InputError(f"De bron {key!r} is onbekend.", remedy=f"Kies uit {', '.join(SOORTEN)} of geef BRON=PAD.")
    gevonden = open_release(data, release)
    catalogus = gevonden.catalogus()
    if key != "bk":
        catalogus = msgspec.structs.replace(catalogus, kwalificaties=gevonden.elders())
    if eigen := profielen(catalogus, SOORTEN[key]):
        return eigen
    raise InputError(f"Release {gevonden.number} heeft geen {key}.", remedy=f"Geef de map: --source {key}=PAD.")


def _schrijf(rangen: Iterable[Rang], path: Path) -> None:
    if not path.absolute().parent.is_dir() or path.is_dir():
        raise InputError(
            "Hier kan geen bestand komen.", place=str(path), remedy="Geef een bestand in een map die er is."
        )
    with path.open("w", encoding="utf-8", newline="") as stream, Watch() as watch:
        schrijver = csv.writer(stream, lineterminator="\n")
        schrijver.writerow(["from", "to", "rank", "score"])
        watch.step("Rangschikken")
        for nummer, rang in enumerate(rangen, start=1):
            schrijver.writerow([rang.van, rang.naar, rang.rang, f"{rang.score:.6f}"])
            if nummer % 5_000 == 0:
                watch.count(nummer, "rijen")
    typer.echo(f"De rangen staan in {path}.")


def _toon(maat: Verwantschap, rangen: list[Rang], *, as_json: bool) -> None:
    if as_json:
        rijen = [{"from": r.van, "to": r.naar, "rank": r.rang, "score": round(r.score, 6)} for r in rangen]
        typer.echo(json.dumps(rijen, ensure_ascii=False, indent=1))
        return
    table = Table("rang", "code", "naam", "gelijkenis", "gedeelde items", title="Ter oriëntatie, geen bewijs")
    for rang in rangen:
        gedeeld, gemist = maat.gedeeld_en_ontbrekend(rang.van, rang.naar)
        naam = maat.profielen[maat.plaats(rang.naar)].naam
        aantal = f"{len(gedeeld)} van {len(gedeeld) + len(gemist)}"
        table.add_row(str(rang.rang), rang.naar, escape(naam), f"{rang.score:.2f}", aantal)
    Console().print(table)


def _vergelijk(maat: Verwantschap, van: str, naar: str, apart: list[Suggestie], *, as_json: bool) -> None:
    """Two profiles side by side, and which competences a person may decide on: none of it is part of a bridge."""
    gedeeld, gemist = maat.gedeeld_en_ontbrekend(van, naar)
    gelijkenis = round(float(maat.score(van)[maat.plaats(naar)]), 6)
    if as_json:
        suggesties_ = msgspec.to_builtins(apart)
        rijen = {"van": van, "naar": naar, "gelijkenis": gelijkenis, "gedeeld": gedeeld, "ontbreekt": gemist}
        typer.echo(json.dumps({**rijen, "suggesties": suggesties_}, ensure_ascii=False, indent=1))
        return
    typer.echo(f"Gelijkenis {gelijkenis:.2f} (ter oriëntatie, geen bewijs)")
    for kop, items in (("Gedeeld", gedeeld), ("Ontbreekt", gemist)):
        typer.echo(f"{kop} ({len(items)}):")
        for item in items:
            typer.echo(f"  {item}")
    if apart:
        tell_suggesties(apart, Console())


def _suggesties(
    bron: str, van: str, naar: str, op: date, data: Path | None, release: int | None, inbedding: Inbedding | None
) -> list[Suggestie]:
    """Competences to decide on, where both ends are in the release."""
    if "=" in bron:
        return []
    view = opened(data, release, [van, naar], op).vergelijking
    return list(suggesties(view, bereken(view, [van], naar, op), inbedding))


def _evalueer(maat: Verwantschap, path: Path) -> None:
    table = Table("maat", "gemiddelde", "95 %-interval")
    for naam, waarde in evaluate(maat.score, maat.codes, lees_waarheid(path)).items():
        table.add_row(naam, f"{waarde.gemiddelde:.3f}", f"{waarde.laag:.3f} – {waarde.hoog:.3f}")
    Console().print(table)


def _stapstenen(
    maat: Verwantschap, paar: tuple[str, str], op: date, data: Path | None, release: int | None, *, as_json: bool
) -> None:
    geopend = opened(data, release, paar, op)
    keten = stapstenen(geopend.vergelijking, maat, *paar, op)
    if as_json:
        document = keten_jsonld(keten, geopend.vergelijking.catalogus.basis, geopend.stand[:2])
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    _toon_keten(keten)


def _toon_keten(keten: Keten) -> None:
    table = Table("stap", "bewezen door wat u dan bezit", "bewezen van het doel", "winst voor het doel")
    for stap in keten.stappen:
        been, doel = stap.naar_steen.dekking, stap.naar_doel.dekking
        bewezen = f"{been.bewezen} (mogelijk {been.mogelijk}) van {been.van}"
        table.add_row(noem(stap.naar_steen.naar), bewezen, f"{doel.bewezen} van {doel.van}", f"+{stap.winst}")
    vertrek = keten.vertrek
    Console().print(
        f"Van {vertrek.van[0].code} naar {vertrek.naar.code}, bij vertrek {vertrek.dekking.bewezen} bewezen van "
        f"{vertrek.dekking.van}; de volgorde is een suggestie, de winst is bewezen."
    )
    Console().print(table)


def _competentie(view: Vergelijking, code: str) -> str:
    iris = [code] if code in view.competentie else view.bij_code.get(code, [])
    if len(iris) != 1:
        raise InputError(f"{code!r} is geen (enkele) competentie.", remedy="Geef de code, bv. bkc0044869, of de IRI.")
    return iris[0]
