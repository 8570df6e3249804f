"""What a dual profile cites besides verdicts on competences: shares in adult education, activities, exemptions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from .soorten import Activiteit, Activiteitenlijst, Besluit, Vrijstellingsbesluit, Werkplekaandeel
from .toestand import Stand, Stuk


class Volwassenenregel(msgspec.Struct, frozen=True):
    """What a body decided on adult education: dual or not, and the least share of the hours, in per cent.

    It says nothing of secondary education, so it never decides whether a programme of it can be dual.
    """

    besluit: str
    instantie: str
    duaal: bool
    minimum: int
    reden: str


class Lijstregel(msgspec.Struct, frozen=True):
    """The activities that a body asks of a company that wants to be recognised."""

    besluit: str
    instantie: str
    activiteiten: tuple[Activiteit, ...]


class Vrijstellingsregel(msgspec.Struct, frozen=True):
    """Who holds a proof is exempt from some competences (none named: all of the version), or expressly is not."""

    besluit: str
    instantie: str
    op_grond_van: str
    ontkend: bool
    versie: str
    competenties: tuple[str, ...]
    reden: str


class Bijkomend(msgspec.Struct, frozen=True):
    """Everything of that kind about one programme on a day, in order of id."""

    volwassenen: tuple[Volwassenenregel, ...] = ()
    lijsten: tuple[Lijstregel, ...] = ()
    vrijstellingen: tuple[Vrijstellingsregel, ...] = ()

    @property
    def besluiten(self) -> frozenset[str]:
        """The ids of the decisions behind it."""
        return frozenset(
            [one.besluit for one in self.volwassenen]
            + [one.besluit for one in self.lijsten]
            + [one.besluit for one in self.vrijstellingen]
        )


def bijkomend(stand: Stand, programma: str, versies: tuple[str, ...], dag: date) -> Bijkomend:
    """What holds on that day for a programme or for one of the versions that it contains.

    >>> bijkomend(Stand(), "65", ("BK-0019-3",), date(2026, 11, 25)).besluiten
    frozenset()
    """
    geldend = sorted(_geldend(stand, programma, versies, dag), key=lambda stuk: stuk.id)
    regels = [_regel(stuk.id, stuk.besluit) for stuk in geldend]
    return Bijkomend(
        tuple(one for one in regels if isinstance(one, Volwassenenregel)),
        tuple(one for one in regels if isinstance(one, Lijstregel)),
        tuple(one for one in regels if isinstance(one, Vrijstellingsregel)),
    )


def _geldend(stand: Stand, programma: str, versies: tuple[str, ...], dag: date) -> Iterator[Stuk]:
    for sleutel in (f"programma/{programma}", *(f"versie/{code}" for code in versies)):
        yield from (stuk for stuk in stand.over(sleutel) if stuk.geldt(dag))


def _regel(kenmerk: str, besluit: Besluit) -> Volwassenenregel | Lijstregel | Vrijstellingsregel | None:
    instantie, bereik = str(besluit.instantie), besluit.bereik
    match besluit:
        case Werkplekaandeel():
            return Volwassenenregel(kenmerk, instantie, besluit.duaal, besluit.minimum, besluit.reden)
        case Activiteitenlijst():
            return Lijstregel(kenmerk, instantie, besluit.activiteiten)
        case Vrijstellingsbesluit():
            return Vrijstellingsregel(
                kenmerk,
                instantie,
                besluit.op_grond_van,
                besluit.ontkend,
                bereik.versie,
                bereik.competenties,
                besluit.reden,
            )
    return None
