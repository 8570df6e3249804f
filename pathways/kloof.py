"""Closing the gap: the smallest sets of qualifications, programmes and EVC procedures that bring what is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache

import msgspec

from ..errors import InputError
from .brug import Brug, Competentieoordeel, brug
from .evc import evc_standaard
from .houder import zeker
from .oordeel import Gehouden, Verdict, Weegschaal
from .overdekking import Bewijs, k_beste
from .vergelijking import Vergelijking

VEEL = 1_000
"""One unit of the criterion outweighs any number of items: the number of items only decides between equals."""


EVC = "evc-procedure"
"""The kind of a candidate that proves what was learned elsewhere."""


class Criterium(StrEnum):
    """By what the smallest is measured: items, competences learned twice, or hours."""

    AANTAL = "aantal"
    DUBBEL = "dubbel"
    UREN = "uren"


class Kandidaat(msgspec.Struct, frozen=True):
    """What brings something: a qualification, a programme, or an EVC procedure (`instrument` names its standard).

    `dubbel` counts the competences that it teaches anew; a procedure proves and teaches none. `via_evc` says that the
    qualification can be proven by EVC too.
    """

    code: str
    naam: str
    soort: str
    brengt: frozenset[str]
    dubbel: int
    via_evc: bool
    uren: int | None = None
    instrument: str = ""


class Sluiting(msgspec.Struct, frozen=True):
    """One way to close the gap, with the proof that no way is smaller (or how far it may be from that)."""

    items: tuple[Kandidaat, ...]
    kosten: int
    aantal: int
    dubbel: int
    bewijs: Bewijs


class Kloof(msgspec.Struct, frozen=True):
    """What a bridge leaves, the ways to close it, and what nothing in the release can close."""

    brug: Brug
    criterium: Criterium
    sluitingen: tuple[Sluiting, ...]
    niet_te_sluiten: tuple[Competentieoordeel, ...]


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

    An item closes a competence when its bridge to it is *gedekt*: only proof counts. The target itself is no item;
    its deelkwalificaties, the programmes that contain it and the EVC procedure for it are. `uren` gives the hours of
    items where known, which the criterion of hours needs: items without are left out. Raises as `brug`, and InputError
    for hours that nobody knows.
    """
    if criterium is Criterium.UREN and not uren:
        raise InputError("Van geen enkel item zijn de uren bekend.", remedy="Kies het criterium aantal of dubbel.")
    antwoord = brug(vergelijking, van, naar, op)
    alle = list(kandidaten(vergelijking, antwoord, uren or {}))
    if criterium is Criterium.UREN:
        alle = [kandidaat for kandidaat in alle if kandidaat.uren is not None]
    per_code = {kandidaat.code: kandidaat for kandidaat in alle}
    te_sluiten = frozenset[str]().union(*(kandidaat.brengt for kandidaat in alle))
    kosten = {code: _kosten(kandidaat, criterium) for code, kandidaat in per_code.items()}
    sluitingen = k_beste(te_sluiten, {c: kandidaat.brengt for c, kandidaat in per_code.items()}, kosten, k)
    return Kloof(
        antwoord,
        criterium,
        tuple(_sluiting([per_code[code] for code in o.gekozen], o.kosten, o.bewijs) for o in sluitingen if o.gekozen),
        tuple(o for o in antwoord.resterend if o.competentie.iri not in te_sluiten),
    )


def _kosten(kandidaat: Kandidaat, criterium: Criterium) -> int:
    if criterium is Criterium.AANTAL:
        return 1
    return (kandidaat.dubbel if criterium is Criterium.DUBBEL else kandidaat.uren or 0) * VEEL + 1


def _sluiting(items: list[Kandidaat], kosten: int, bewijs: Bewijs) -> Sluiting:
    return Sluiting(tuple(items), kosten, len(items), sum(item.dubbel for item in items), bewijs)


def kandidaten(vergelijking: Vergelijking, antwoord: Brug, uren: Mapping[str, int]) -> Iterator[Kandidaat]:
    """Every qualification and programme that brings something of the remainder by proof."""
    brengt = _brengt(vergelijking, antwoord)
    gehouden = {houder.competentie.iri for houder in zeker(vergelijking, antwoord.van)}
    gedekt = {o.competentie.iri for o in antwoord.competenties if o.oordeel.verdict is Verdict.GEDEKT}
    bestaand = {ding.code for ding in antwoord.van} | {antwoord.naar.code}
    yield from _kwalificaties(vergelijking, brengt, gehouden | gedekt, bestaand, uren)
    yield from _programmas(vergelijking, brengt, gehouden | gedekt, bestaand, uren)


def _brengt(vergelijking: Vergelijking, antwoord: Brug) -> dict[str, frozenset[str]]:
    """By qualification: which remaining competences it covers by proof."""
    brengt: dict[str, set[str]] = {}
    for gewogen in antwoord.resterend:
        gevraagd = gewogen.competentie
        for code in _mogelijke_dragers(vergelijking, gevraagd.iri):
            if _schaal(vergelijking, code).weeg(gevraagd).verdict is Verdict.GEDEKT:
                brengt.setdefault(code, set()).add(gevraagd.iri)
    return {code: frozenset(iris) for code, iris in brengt.items()}


@lru_cache(maxsize=512)
def _schaal(vergelijking: Vergelijking, code: str) -> Weegschaal:
    competenties = vergelijking.catalogus.kwalificaties[code].competenties
    return Weegschaal(vergelijking, [Gehouden(competentie, code) for competentie in competenties])


def _mogelijke_dragers(vergelijking: Vergelijking, gevraagd: str) -> list[str]:
    """Qualifications that may cover it: same competence, same wording, or a decision; nothing else can be proof."""
    iris = {gevraagd, *vergelijking.bij_tekst[vergelijking.tekst[gevraagd]], *vergelijking.anderen(gevraagd)}
    return sorted({code for iri in iris for code in vergelijking.kwalificaties_met.get(iri, ())})


def _kwalificaties(
    vergelijking: Vergelijking,
    brengt: Mapping[str, frozenset[str]],
    bekend: set[str],
    bestaand: set[str],
    uren: Mapping[str, int],
) -> Iterator[Kandidaat]:
    for code, iris in sorted(brengt.items()):
        kwalificatie = vergelijking.catalogus.kwalificaties[code]
        naam, evc = kwalificatie.naam.get("nl", code), evc_standaard(kwalificatie.reeks)
        if code not in bestaand:
            dubbel = sum(c.iri in bekend for c in kwalificatie.competenties)
            yield Kandidaat(code, naam, kwalificatie.soort.value, iris, dubbel, bool(evc), uren.get(code))
        if evc:
            eigen = f"evc:{code}"
            yield Kandidaat(eigen, evc.naam, EVC, iris, 0, True, uren.get(eigen), evc.instrument)


def _programmas(
    vergelijking: Vergelijking,
    brengt: Mapping[str, frozenset[str]],
    bekend: set[str],
    bestaand: set[str],
    uren: Mapping[str, int],
) -> Iterator[Kandidaat]:
    """Programmes by their newest recognition: what their complete BKs bring together."""
    catalogus = vergelijking.catalogus
    for code in sorted({code for bk in brengt for code in vergelijking.erkenningen_met.get(bk, ())}):
        erkenning = catalogus.erkenningen[code]
        if code not in bestaand:
            iris = frozenset[str]().union(*(brengt.get(bk, frozenset()) for bk in erkenning.volledig))
            bks = [catalogus.kwalificaties[bk] for bk in erkenning.volledig if bk in catalogus.kwalificaties]
            dubbel = len({c.iri for bk in bks for c in bk.competenties} & bekend)
            naam = catalogus.programmas[erkenning.programma].titel
            yield Kandidaat(code, naam, "structuuronderdeel", iris, dubbel, False, uren.get(code))
