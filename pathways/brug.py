"""The bridge: what a held set brings towards a target, competence by competence, with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from ..graph.catalogus import Competentie
from ..graph.names import Names
from .feiten import Feit, besluit, heeft_competentie, heeft_kennis, heeft_referenties, heeft_tekst
from .houder import Ding, Dingsoort, gevraagd, mogelijk, vind_alle, vind_doel, zeker
from .oordeel import REGELSET, Oordeel, Verdict, Weegschaal
from .vergelijking import Vergelijking, codenaam
from .zijden import Nota, botsingen, zijden


class Dekking(msgspec.Struct, frozen=True):
    """The five counts, which always add to `van`; the coverage is the interval [gedekt, van - ontbreekt]."""

    gedekt: int
    te_bevestigen: int
    deels: int
    ontbreekt: int
    onvergelijkbaar: int
    van: int

    @property
    def bewezen(self) -> int:
        """The lower end of the interval."""
        return self.gedekt

    @property
    def mogelijk(self) -> int:
        """The upper end of the interval."""
        return self.van - self.ontbreekt


class Competentieoordeel(msgspec.Struct, frozen=True):
    """The verdict on one competence of the target; `kwalificatie` is the version or deelkwalificatie that asks it.

    `nr` is its number in the source, or its place where the source does not number.
    """

    nr: int
    competentie: Competentie
    kwalificatie: str
    oordeel: Oordeel
    feiten: tuple[Feit, ...]

    @property
    def code(self) -> str:
        """The code of the competence."""
        return codenaam(self.competentie)


class Brug(msgspec.Struct, frozen=True):
    """From a held set to one target, on a date, in a release."""

    van: tuple[Ding, ...]
    naar: Ding
    release: int
    datum: date
    dekking: Dekking
    competenties: tuple[Competentieoordeel, ...]
    zijden: tuple[Nota, ...]
    regelset: str = REGELSET

    @property
    def resterend(self) -> tuple[Competentieoordeel, ...]:
        """The competences that are not covered."""
        return tuple(o for o in self.competenties if o.oordeel.verdict is not Verdict.GEDEKT)


def brug(vergelijking: Vergelijking, van: Sequence[str], naar: str, op: date) -> Brug:
    """The bridge from the held codes to the target code on a date.

    Raises as `vind_alle` and `vind_doel`. The rules are those of algorithms.md §2.9a.
    """
    return tussen(vergelijking, vind_alle(vergelijking, van, op), vind_doel(vergelijking, naar, op), op)


def tussen(vergelijking: Vergelijking, van: tuple[Ding, ...], naar: Ding, op: date) -> Brug:
    """The bridge between things already found."""
    schaal = Weegschaal(vergelijking, zeker(vergelijking, van), mogelijk(vergelijking, van))
    oordelen = tuple(
        gewogen(vergelijking, competentie.nr or plaats, competentie, kwalificatie, schaal.weeg(competentie))
        for plaats, (competentie, kwalificatie) in enumerate(gevraagd(vergelijking, naar), start=1)
    )
    return Brug(
        van=van,
        naar=naar,
        release=vergelijking.catalogus.release,
        datum=op,
        dekking=tel([o.oordeel.verdict for o in oordelen]),
        competenties=oordelen,
        zijden=(
            *zijden(vergelijking, van, naar, op),
            *botsingen(vergelijking, [o.competentie for o in oordelen]),
        ),
    )


def beide_richtingen(
    vergelijking: Vergelijking, van: Sequence[str], naar: str, op: date
) -> tuple[Brug, tuple[Brug, ...]]:
    """The bridge and, beside it, the bridge from the target back to each held thing; neither is the higher one."""
    dingen, doel = vind_alle(vergelijking, van, op), vind_doel(vergelijking, naar, op)
    terug = tuple(
        tussen(vergelijking, (doel,), msgspec.structs.replace(ding, evc=False), op)
        for ding in dingen
        if ding.soort is not Dingsoort.CERTIFICAAT
    )
    return tussen(vergelijking, dingen, doel, op), terug


def tel(verdicts: Sequence[Verdict]) -> Dekking:
    """The five counts.

    >>> tel([Verdict.GEDEKT, Verdict.ONTBREEKT]).mogelijk
    1
    """
    aantal = {verdict: verdicts.count(verdict) for verdict in Verdict}
    return Dekking(
        aantal[Verdict.GEDEKT],
        aantal[Verdict.TE_BEVESTIGEN],
        aantal[Verdict.DEELS],
        aantal[Verdict.ONTBREEKT],
        aantal[Verdict.ONVERGELIJKBAAR],
        len(verdicts),
    )


def gewogen(
    vergelijking: Vergelijking, nr: int, competentie: Competentie, kwalificatie: str, oordeel: Oordeel
) -> Competentieoordeel:
    """A verdict with every triple that it uses."""
    feiten = tuple(dict.fromkeys(_feiten(vergelijking, competentie, kwalificatie, oordeel)))
    return Competentieoordeel(nr, competentie, kwalificatie, oordeel, feiten)


def _feiten(
    vergelijking: Vergelijking, competentie: Competentie, kwalificatie: str, oordeel: Oordeel
) -> Iterator[Feit]:
    """Every triple that the verdict uses: on the asked competence, on what supports it, and the decisions."""
    catalogus, names = vergelijking.catalogus, Names(vergelijking.catalogus.basis)
    if kwalificatie in catalogus.kwalificaties:
        yield heeft_competentie(catalogus.kwalificaties[kwalificatie], competentie.iri)
    yield heeft_tekst(competentie.iri, competentie.tekst)
    yield from heeft_referenties(names, competentie.iri, competentie.referenties)
    if oordeel.kennis:
        yield from heeft_kennis(competentie)
    for steun in oordeel.steunt:
        if steun.door in catalogus.kwalificaties:
            yield heeft_competentie(catalogus.kwalificaties[steun.door], steun.iri)
        yield heeft_tekst(steun.iri, steun.tekst)
        yield from heeft_referenties(names, steun.iri, steun.referenties)
    for mapping in oordeel.besluiten:
        yield from besluit(mapping)
