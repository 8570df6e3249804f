"""A release opened for computing: its catalogue with the decisions since, and what comes from elsewhere."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import msgspec

from ..api.zaken import BESTAND, database_van
from ..besluiten.duaalprofiel import grenzen
from ..besluiten.grootboek import Grootboek
from ..besluiten.mappings import NIETS_BESLIST, Mappings, Mappingstand
from ..besluiten.wereld import Wereld
from ..errors import UnknownCodeError
from ..graph.catalogus import Catalogus
from ..graph.names import Names
from ..graph.releases import Release, Releases, default_folder
from ..pathways.houder import vind_alle
from ..pathways.leerling import Besluitgrens
from ..pathways.vergelijking import Vergelijking


@dataclass(frozen=True)
class Opened:
    """A release, the view that bridges are computed on, and the decisions of the ledger that it counts."""

    release: Release
    vergelijking: Vergelijking
    stand: Mappingstand


def open_release(data: Path | None, number: int | None) -> Release:
    """The release with that number, or the current one."""
    releases = Releases(data or default_folder())
    return releases.current() if number is None else releases.open(number)


def opened(data: Path | None, number: int | None, codes: Sequence[str], op: date) -> Opened:
    """A release opened for these codes; occupations from elsewhere are read only where a code asks for them."""
    release = open_release(data, number)
    catalogus = release.catalogus()
    stand = decided(data or default_folder(), catalogus.basis)
    view = Vergelijking(catalogus).met_besluiten(stand.besluiten)
    try:
        vind_alle(view, codes, op)
    except UnknownCodeError as error:
        if "meer dan" in error.message:
            raise
        breder = {**release.elders(), **catalogus.kwalificaties}
        breed = msgspec.structs.replace(catalogus, kwalificaties=breder)
        view = Vergelijking(breed).met_besluiten(stand.besluiten)
    return Opened(release, view, stand)


def ledger(folder: Path) -> Grootboek | None:
    """The ledger that counts for a folder of releases; None where nothing was ever decided."""
    if database() or (folder / BESTAND).exists():
        return Grootboek.open(database_van(folder, database()))
    return None


def database() -> str:
    """The address of the ledger that LEERBRUG_DATABASE gives; empty for the file beside the releases."""
    return os.environ.get("LEERBRUG_DATABASE", "")


def decided(folder: Path, base: str, until: int | None = None) -> Mappingstand:
    """The mapping decisions of the ledger as they stand, or as they stood after entry `until`."""
    book = ledger(folder)
    if book is None:
        return NIETS_BESLIST
    mappings = Mappings(book, Names(base))
    stand = mappings.nu() if until is None else mappings.tot(until)
    book.close()
    return stand


def decided_limits(folder: Path, catalogus: Catalogus, op: date) -> tuple[Besluitgrens, ...]:
    """What the ledger says on that day: which programmes cannot be dual, and what must be learned at work."""
    book = ledger(folder)
    if book is None:
        return ()
    found = book.lees(lambda stand: grenzen(stand, Wereld(catalogus), op))
    book.close()
    return tuple(Besluitgrens(each.programma, "; ".join(each.neen), each.moet) for each in found)


def day(on: datetime | None) -> date:
    """The day asked for, or today."""
    return on.date() if on else date.today()
