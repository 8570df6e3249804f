"""`leerbrug besluiten mappings`: decisions on mappings, written in the ledger and exchanged with others as SSSOM."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ..api.keuring import shacl_keuring
from ..api.zaken import BESTAND, database_van
from ..besluiten.grootboek import Grootboek
from ..besluiten.mappings import Besluit, neem_besluit
from ..besluiten.register import Register
from ..besluiten.soorten import Instantie, Rol, Wie
from ..besluiten.tokens import lees_instantie
from ..besluiten.wereld import Wereld
from ..errors import InputError
from ..graph.catalogus import Mappingbesluit
from ..graph.names import NAMESPACE, Names
from ..graph.releases import Releases, default_folder
from ..graph.statements import Place
from ..loaders import sssom
from .opened import database, decided

SKOS_MATCH = "http://www.w3.org/2004/02/skos/core#"
HANDMATIG = "https://w3id.org/semapv/vocab/ManualMappingCuration"


def mappings(
    read: Annotated[Path | None, typer.Option("--lees", help="Neem de mappings van dit SSSOM-bestand over.")] = None,
    author: Annotated[str, typer.Option("--auteur", help="Wie ze overneemt en ervoor instaat.")] = "",
    body: Annotated[str, typer.Option("--instantie", help="In wiens veld ze liggen, bv. sector/bouw.")] = "",
    data: Annotated[Path | None, typer.Option(help="De map met releases, waarnaast het grootboek ligt.")] = None,
) -> None:
    """Schrijf de mappingbesluiten die gelden als SSSOM, of neem die van een ander over in het grootboek."""
    folder = data or default_folder()
    if read is not None:
        body_ = lees_instantie(body)
        typer.echo(decide(folder, [_taken_over(record, body_) for record in sssom.records(read)], author))
        return
    base = Releases(folder).current().manifest.base
    records = map(_record, decided(folder, base).besluiten)
    prefixes = {"leer": NAMESPACE, "mapping": f"{base}/id/mapping/", "competentie": f"{base}/id/competentie/"}
    for line in sssom.write(records, prefixes, f"{base}/id/mappings"):
        typer.echo(line, nl=False)


def decide(folder: Path, besluiten: Sequence[Besluit], author: str) -> str:
    """Write mapping decisions in the ledger of a folder; what to tell of it.

    Whoever writes on the machine itself acts as its beheerder. Raises InputError and what the register raises.
    """
    wereld = Wereld(Releases(folder).current().catalogus())
    boek = Grootboek.open(database_van(folder, database()))
    try:
        register = Register(boek, lambda: wereld, shacl_keuring())
        names = Names(wereld.catalogus.basis)
        genomen = neem_besluit(register, besluiten, Wie(Rol.BEHEERDER, author), names)
    finally:
        boek.close()
    welke = f"Besluit {genomen[0].iri} staat" if len(genomen) == 1 else f"{len(genomen)} besluiten staan"
    return f"{welke} in het grootboek; het telt meteen mee in elke brug."


def _record(besluit: Mappingbesluit) -> sssom.Record:
    base = NAMESPACE if besluit.predicaat == "deelVan" else SKOS_MATCH
    return sssom.Record(
        Place(BESTAND),
        besluit.van,
        base + besluit.predicaat,
        besluit.naar,
        HANDMATIG,
        niet=besluit.ontkend,
        auteur=besluit.auteur,
        datum=besluit.datum.isoformat() if besluit.datum else "",
        opmerking=besluit.rechtvaardiging,
    )


def _taken_over(record: sssom.Record, body: Instantie) -> Besluit:
    """A mapping of somebody else as a decision of ours, which says whose it was and on what it rests."""
    for base in (SKOS_MATCH, NAMESPACE):
        if record.predicaat.startswith(base):
            predicaat = record.predicaat.removeprefix(base)
            bron = ", ".join(filter(None, (record.auteur, record.rechtvaardiging.rpartition("/")[2], record.opmerking)))
            dag = date.fromisoformat(record.datum) if record.datum else date.today()
            reden = f"overgenomen: {bron}"
            return Besluit(record.onderwerp, predicaat, record.voorwerp, body, dag, reden, record.niet)
    raise InputError(
        f"{record.predicaat} is geen predicaat van een besluit.", place=str(record.place), remedy="Haal de rij weg."
    )
