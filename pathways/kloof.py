"""Closing the gap: the smallest sets of qualifications, programmes and EVC procedures that bring what is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import islice

import msgspec

from ..errors import InputError
from ..graph.names import concept
from ..graph.vocabulary import LEER, RDF
from .brug import Brug, Competentieoordeel, brug, gewogen
from .feiten import Feit, bevat, geldig_tussen
from .kandidaten import Kandidaat, Kandidaatsoort, Kandidaten
from .overdekking import Bewijs, k_beste
from .vergelijking import Vergelijking

VEEL = 1_000
"""One unit of the criterion outweighs any number of items: the number of items only decides between equals."""

REGELSET = "kloof-1"
"""The name of the rules by which a gap is closed; it changes when a rule changes."""


class Criterium(StrEnum):
    """By what the smallest is measured: items, competences learned twice, or hours."""

    AANTAL = "aantal"
    DUBBEL = "dubbel"
    UREN = "uren"


class Item(msgspec.Struct, frozen=True):
    """A chosen candidate with its evidence: the verdict on each competence it brings, and the triples it rests on."""

    kandidaat: Kandidaat
    stappen: tuple[Competentieoordeel, ...]
    feiten: tuple[Feit, ...]


class Sluiting(msgspec.Struct, frozen=True):
    """One way to close the gap, with the proof that no way is smaller (or how far it may be from that)."""

    items: tuple[Item, ...]
    kosten: int
    aantal: int
    dubbel: int
    bewijs: Bewijs


class Kloof(msgspec.Struct, frozen=True):
    """What a bridge leaves, the ways to close it, and what nothing in the release can close.

    `manieren` were asked for; `volledig` says that these are all there are. `alleen_samen` are competences that no
    candidate brings beside what is held, though all together do; `niet_te_sluiten` those that even all do not bring.
    """

    brug: Brug
    criterium: Criterium
    manieren: int
    uren: tuple[tuple[str, int], ...]
    kandidaten: int
    sluitingen: tuple[Sluiting, ...]
    volledig: bool
    alleen_samen: tuple[Competentieoordeel, ...]
    niet_te_sluiten: tuple[Competentieoordeel, ...]
    regelset: str = REGELSET


def kloof(
    vergelijking: Vergelijking,
    van: Sequence[str],
    naar: str,
    op: date,
    criterium: Criterium = Criterium.AANTAL,
    k: int = 3,
    uren: Mapping[str, int] | None = None,
) -> Kloof:
    """The k best ways to close the gap from what is held to the target.

    An item closes a competence when the bridge from it beside what is held says *gedekt*: only proof counts. The
    target itself is no item; its deelkwalificaties, the programmes that contain it and the EVC procedure for it are.
    `uren` gives the hours of items where known, which the criterion of hours needs: items without are left out. Raises
    as `brug`, and InputError for hours that nobody knows.
    """
    if criterium is Criterium.UREN and not uren:
        raise InputError("Van geen enkel item zijn de uren bekend.", remedy="Kies het criterium aantal of dubbel.")
    antwoord = brug(vergelijking, van, naar, op)
    kandidaten = Kandidaten(vergelijking, antwoord, uren or {})
    alle = {k.code: k for k in kandidaten if criterium is not Criterium.UREN or k.uren is not None}
    te_sluiten = frozenset[str]().union(*(kandidaat.brengt for kandidaat in alle.values()))
    kosten = {code: _kosten(kandidaat, criterium) for code, kandidaat in alle.items()}
    beste = k_beste(te_sluiten, {c: kandidaat.brengt for c, kandidaat in alle.items()}, kosten, k + 1)
    gevonden = [oplossing for oplossing in islice(beste, k + 1) if oplossing.gekozen]
    open_ = tuple(o for o in antwoord.resterend if o.competentie.iri not in te_sluiten)
    samen = kandidaten.alleen_samen(open_)
    return Kloof(
        brug=antwoord,
        criterium=criterium,
        manieren=k,
        uren=tuple(sorted((c, kandidaat.uren) for c, kandidaat in alle.items() if kandidaat.uren is not None)),
        kandidaten=len(alle),
        sluitingen=tuple(
            _sluiting([_item(vergelijking, kandidaten, antwoord, alle[code]) for code in o.gekozen], o.kosten, o.bewijs)
            for o in gevonden[:k]
        ),
        volledig=len(gevonden) <= k,
        alleen_samen=samen,
        niet_te_sluiten=tuple(o for o in open_ if o not in samen),
    )


def _kosten(kandidaat: Kandidaat, criterium: Criterium) -> int:
    if criterium is Criterium.AANTAL:
        return 1
    return (kandidaat.dubbel if criterium is Criterium.DUBBEL else kandidaat.uren or 0) * VEEL + 1


def _sluiting(items: list[Item], kosten: int, bewijs: Bewijs) -> Sluiting:
    return Sluiting(tuple(items), kosten, len(items), sum(item.kandidaat.dubbel for item in items), bewijs)


def _item(vergelijking: Vergelijking, kandidaten: Kandidaten, antwoord: Brug, kandidaat: Kandidaat) -> Item:
    stappen = tuple(
        gewogen(vergelijking, o.nr, o.competentie, o.kwalificatie, kandidaten.oordeel(kandidaat.ding.kwalificaties, o))
        for o in antwoord.resterend
        if o.competentie.iri in kandidaat.brengt
    )
    return Item(kandidaat, stappen, tuple(_feiten(vergelijking, kandidaat)))


def _feiten(vergelijking: Vergelijking, kandidaat: Kandidaat) -> Iterator[Feit]:
    """That it is what it is called, until when it holds, and what a programme proves in full."""
    catalogus, iri = vergelijking.catalogus, kandidaat.ding.iri
    if kandidaat.soort is not Kandidaatsoort.STRUCTUURONDERDEEL:
        kwalificatie = catalogus.kwalificaties[kandidaat.ding.code]
        soort = LEER.Deelkwalificatie if kwalificatie.deel_van else LEER.Beroepskwalificatieversie
        yield Feit(iri, RDF.type.value, soort.value)
        yield from geldig_tussen(iri, None, kwalificatie.geldigheid.tot)
        return
    erkenning = catalogus.erkenningen[kandidaat.ding.code]
    yield Feit(iri, RDF.type.value, LEER.Erkenning.value)
    yield Feit(iri, LEER.erkenningVan.value, catalogus.programmas[erkenning.programma].iri)
    yield Feit(iri, LEER.status.value, concept("status", erkenning.status).value)
    yield from geldig_tussen(iri, erkenning.geldigheid.van, erkenning.geldigheid.tot)
    for code in erkenning.volledig:
        if code in catalogus.kwalificaties:
            yield bevat(erkenning, catalogus.kwalificaties[code], volledig=True)
