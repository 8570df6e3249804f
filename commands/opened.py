"""A release opened for computing: its catalogue with the decisions since, and what comes from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import msgspec

from ..besluiten.duaalprofiel import grenzen
from ..besluiten.grootboek import Grootboek
from ..besluiten.mappings import GROOTBOEK, besluiten
from ..besluiten.wereld import Wereld
from ..errors import UnknownCodeError
from ..graph.catalogus import Catalogus, Mappingbesluit
from ..graph.releases import Release, Releases, default_folder
from ..pathways.houder import vind_alle
from ..pathways.leerling import Besluitgrens
from ..pathways.vergelijking import Vergelijking


@dataclass(frozen=True)
class Opened:
    """A release, the view that bridges are computed on, and the decisions that came after it."""

    release: Release
    vergelijking: Vergelijking
    later: tuple[Mappingbesluit, ...]


def open_release(data: Path | None, number: int | None) -> Release:
    """The release with that number, or the current one."""
    releases = Releases(data or default_folder())
    return releases.current() if number is None else releases.open(number)


def opened(data: Path | None, number: int | None, codes: Sequence[str], op: date) -> Opened:
    """A release opened for these codes; occupations from elsewhere are read only where a code asks for them."""
    release = open_release(data, number)
    folder = data or default_folder()
    catalogus = release.catalogus()
    bekend = {mapping.iri for mapping in catalogus.mappings}
    later = tuple(besluit for besluit in besluiten(folder) if besluit.iri not in bekend)
    view = Vergelijking(_met(catalogus, later))
    try:
        vind_alle(view, codes, op)
    except UnknownCodeError as error:
        if "meer dan" in error.message:
            raise
        breder = {**release.elders(), **catalogus.kwalificaties}
        view = Vergelijking(_met(msgspec.structs.replace(catalogus, kwalificaties=breder), later))
    return Opened(release, view, later)


def decided_limits(folder: Path, catalogus: Catalogus, op: date) -> tuple[Besluitgrens, ...]:
    """What the ledger beside the releases says against the dual form of programmes on that day."""
    if not (folder / GROOTBOEK).exists():
        return ()
    book = Grootboek.open(f"sqlite:///{(folder / GROOTBOEK).resolve()}")
    found = book.lees(lambda stand: grenzen(stand, Wereld(catalogus), op))
    book.close()
    return tuple(Besluitgrens(code, "; ".join(redenen)) for code, redenen in found.items())


def _met(catalogus: Catalogus, later: tuple[Mappingbesluit, ...]) -> Catalogus:
    mappings = tuple(sorted((*catalogus.mappings, *later), key=lambda mapping: mapping.iri))
    return msgspec.structs.replace(catalogus, mappings=mappings)


def day(on: datetime | None) -> date:
    """The day asked for, or today."""
    return on.date() if on else date.today()
