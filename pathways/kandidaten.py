"""What may close a gap: qualifications, programmes and EVC procedures that hold on the asked day, and what each brings.

Only a BK, a deelkwalificatie, a programme by its recognition on that day, and an EVC procedure by its standard can be
acquired: an occupation of ESCO, ROME or Competent is no candidate, nor is anything that ended or has not begun.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache

import msgspec

from ..graph.catalogus import Competentie, Erkenning, Fase, Geldigheid, Kwalificatie, Kwalificatiesoort
from ..graph.fasen import fase, fase_op
from .bewoording import genormaliseerd
from .brug import Brug, Competentieoordeel
from .evc import evc_standaard
from .houder import Ding, vind, zeker
from .oordeel import Gehouden, Oordeel, Regel, Verdict, Weegschaal
from .vergelijking import Vergelijking

LOOPT = (Fase.GELDIG, Fase.OVERGANG)
"""The phases in which a thing can be acquired."""

_MISSCHIEN_DIEPER = (Regel.MINDER_KENNIS, Regel.DEEL_VOLGENS_BESLUIT)
"""The verdicts that more knowledge held beside it may turn into *gedekt*."""


class Kandidaatsoort(StrEnum):
    """What kind of thing closes a gap; never an order."""

    BEROEPSKWALIFICATIE = "beroepskwalificatie"
    DEELKWALIFICATIE = "deelkwalificatie"
    STRUCTUURONDERDEEL = "structuuronderdeel"
    EVC = "evc-procedure"


_SOORTEN = {
    Kwalificatiesoort.BEROEPSKWALIFICATIE: Kandidaatsoort.BEROEPSKWALIFICATIE,
    Kwalificatiesoort.DEELKWALIFICATIE: Kandidaatsoort.DEELKWALIFICATIE,
}


class Kandidaat(msgspec.Struct, frozen=True):
    """What brings something of the remainder, by IRI of the competence.

    `dubbel` counts its competences that what is held proves already; a procedure proves and teaches none. `instrument`
    names the EVC standard by which the qualification can be proven, empty where none is known.
    """

    ding: Ding
    soort: Kandidaatsoort
    fase: Fase
    brengt: frozenset[str]
    dubbel: int
    instrument: str = ""
    uren: int | None = None

    @property
    def code(self) -> str:
        """The code by which it is asked: "evc:" before what a procedure proves."""
        return f"evc:{self.ding.code}" if self.ding.evc else self.ding.code

    @property
    def naam(self) -> str:
        """Its name in Dutch."""
        return self.ding.naam.get("nl", self.ding.code)

    @property
    def via_evc(self) -> bool:
        """Whether it can be proven by EVC."""
        return bool(self.instrument)


class Kandidaten:
    """The candidates for what one bridge leaves; `uren` gives the hours of items where known, by code."""

    def __init__(self, vergelijking: Vergelijking, antwoord: Brug, uren: Mapping[str, int]) -> None:
        self._van, self._antwoord, self._uren = vergelijking, antwoord, uren
        self._gehouden = zeker(vergelijking, antwoord.van)
        self._weegschaal = Weegschaal(vergelijking, self._gehouden)
        self._teksten = {vergelijking.tekst[houder.competentie.iri] for houder in self._gehouden}
        self._bestaand = {ding.code for ding in antwoord.van} | {antwoord.naar.code}
        self._rest = antwoord.resterend
        self._dragers = {o.competentie.iri: self._mogelijke_dragers(o) for o in self._rest}
        self._bewezen: dict[str, bool] = {}
        self._gebracht: dict[tuple[str, ...], frozenset[str]] = {}

    def __iter__(self) -> Iterator[Kandidaat]:
        """Each candidate that brings something, qualifications first, in order of code."""
        dragers = sorted(frozenset[str]().union(*self._dragers.values()))
        yield from (kandidaat for code in dragers for kandidaat in self._kwalificatie(code))
        lopend = lopende_erkenningen(self._van, self._antwoord.datum)
        for code in sorted({erkenning for drager in dragers for erkenning in lopend.get(drager, ())}):
            yield from self._programma(self._van.catalogus.erkenningen[code])

    def oordeel(self, codes: tuple[str, ...], gevraagd: Competentieoordeel) -> Oordeel:
        """The verdict on a competence of those qualifications alone, or else of them beside what is held."""
        alleen = _schaal(self._van, codes).weeg(gevraagd.competentie)
        if alleen.verdict is Verdict.GEDEKT or not self._samen_meer(gevraagd, alleen):
            return alleen
        erbij = Weegschaal(self._van, [*self._gehouden, *_gehouden(self._van, codes)])
        return erbij.weeg(gevraagd.competentie)

    def alleen_samen(self, rest: Iterable[Competentieoordeel]) -> tuple[Competentieoordeel, ...]:
        """Which of these all candidates together prove, though none does by itself beside what is held."""
        mogelijk = [o for o in rest if self._dragers[o.competentie.iri] and self._uit_delen(o)]
        if not mogelijk:
            return ()
        lopend = lopende_erkenningen(self._van, self._antwoord.datum)
        codes = {
            code for code, k in self._van.catalogus.kwalificaties.items() if self._fase(k) and self._verwerfbaar(k)
        }
        codes |= {code for code in lopend if any(e not in self._bestaand for e in lopend[code])}
        alles = Weegschaal(self._van, [*self._gehouden, *_gehouden(self._van, tuple(sorted(codes)))])
        return tuple(o for o in mogelijk if alles.weeg(o.competentie).verdict is Verdict.GEDEKT)

    def _verwerfbaar(self, kwalificatie: Kwalificatie) -> bool:
        return kwalificatie.code not in self._bestaand or evc_standaard(kwalificatie.reeks) is not None

    def _fase(self, kwalificatie: Kwalificatie) -> Fase | None:
        """The phase of a BK or DBK that can be acquired on the day; None for every other thing."""
        if kwalificatie.soort not in _SOORTEN:
            return None
        bekend = self._van.catalogus.kwalificaties
        if kwalificatie.geldigheid == Geldigheid() and kwalificatie.deel_van in bekend:
            kwalificatie = bekend[kwalificatie.deel_van]  # a part that says no dates holds as long as its whole
        gevonden = fase(kwalificatie, self._antwoord.datum, bekend)
        return gevonden if gevonden in LOOPT else None

    def _mogelijke_dragers(self, gevraagd: Competentieoordeel) -> frozenset[str]:
        """Qualifications that may help to cover it: same competence, same wording, a decision, or its knowledge."""
        iri, van = gevraagd.competentie.iri, self._van
        iris = {iri, *van.bij_tekst[van.tekst[iri]], *van.anderen(iri)}
        codes = {code for ander in iris for code in van.kwalificaties_met.get(ander, ())}
        for item in gevraagd.competentie.kennis if van.tekst[iri] in self._teksten else ():
            codes |= _met_kennis(van).get(genormaliseerd(item.tekst), frozenset())
        return frozenset(codes)

    def _uit_delen(self, gevraagd: Competentieoordeel) -> bool:
        """Whether several may prove it together: its parts by decision, or its items of knowledge."""
        return bool(self._van.delen.get(gevraagd.competentie.iri) or gevraagd.competentie.kennis)

    def _samen_meer(self, gevraagd: Competentieoordeel, alleen: Oordeel) -> bool:
        """Whether what is held may prove more beside it: the other parts, or the deeper knowledge."""
        iri = gevraagd.competentie.iri
        dieper = self._van.tekst[iri] in self._teksten or alleen.regel in _MISSCHIEN_DIEPER
        return bool(self._van.delen.get(iri)) or (bool(gevraagd.competentie.kennis) and dieper)

    def _brengt(self, codes: tuple[str, ...]) -> frozenset[str]:
        """By the qualifications that it proves: many programmes prove the same ones."""
        if codes not in self._gebracht:
            self._gebracht[codes] = frozenset(
                o.competentie.iri
                for o in self._rest
                if not self._dragers[o.competentie.iri].isdisjoint(codes)
                and self.oordeel(codes, o).verdict is Verdict.GEDEKT
            )
        return self._gebracht[codes]

    def _dubbel(self, codes: Iterable[str]) -> int:
        """How many of its competences what is held proves already, by the rules of a bridge."""
        eigen = {houder.competentie.iri: houder.competentie for houder in _gehouden(self._van, codes)}
        return sum(map(self._al_bewezen, eigen.values()))

    def _al_bewezen(self, competentie: Competentie) -> bool:
        iri = competentie.iri
        if iri not in self._bewezen:
            kan = self._van.tekst[iri] in self._teksten or self._van.anderen(iri)
            self._bewezen[iri] = bool(kan) and self._weegschaal.weeg(competentie).verdict is Verdict.GEDEKT
        return self._bewezen[iri]

    def _kwalificatie(self, code: str) -> Iterator[Kandidaat]:
        kwalificatie = self._van.catalogus.kwalificaties[code]
        loopt = self._fase(kwalificatie)
        brengt = self._brengt((code,)) if loopt else frozenset()
        if not loopt or not brengt:
            return
        evc = evc_standaard(kwalificatie.reeks)
        instrument, ding = evc.instrument if evc else "", vind(self._van, code, self._antwoord.datum)
        if code not in self._bestaand:
            soort, dubbel = _SOORTEN[kwalificatie.soort], self._dubbel((code,))
            yield Kandidaat(ding, soort, loopt, brengt, dubbel, instrument, self._uren.get(code))
        if evc:
            bewijs = msgspec.structs.replace(ding, evc=True)
            yield Kandidaat(bewijs, Kandidaatsoort.EVC, loopt, brengt, 0, instrument, self._uren.get(f"evc:{code}"))

    def _programma(self, erkenning: Erkenning) -> Iterator[Kandidaat]:
        """A programme by all that it proves in full; what it contains in part gives competences nobody can name."""
        brengt = self._brengt(erkenning.volledig)
        if brengt and erkenning.code not in self._bestaand:
            ding = vind(self._van, erkenning.code, self._antwoord.datum)
            dubbel, uren = self._dubbel(erkenning.volledig), self._uren.get(erkenning.code)
            yield Kandidaat(ding, Kandidaatsoort.STRUCTUURONDERDEEL, Fase.GELDIG, brengt, dubbel, uren=uren)


def _gehouden(vergelijking: Vergelijking, codes: Iterable[str]) -> list[Gehouden]:
    bekend = vergelijking.catalogus.kwalificaties
    return [
        Gehouden(competentie, code) for code in codes if code in bekend for competentie in bekend[code].competenties
    ]


@lru_cache(maxsize=512)
def _schaal(vergelijking: Vergelijking, codes: tuple[str, ...]) -> Weegschaal:
    return Weegschaal(vergelijking, _gehouden(vergelijking, codes))


@lru_cache(maxsize=8)
def _met_kennis(vergelijking: Vergelijking) -> Mapping[str, frozenset[str]]:
    """By item of knowledge: the qualifications that have it, at whatever depth."""
    met: dict[str, set[str]] = {}
    for kwalificatie in vergelijking.catalogus.kwalificaties.values():
        for competentie in kwalificatie.competenties:
            for item in competentie.kennis:
                met.setdefault(genormaliseerd(item.tekst), set()).add(kwalificatie.code)
    return {tekst: frozenset(codes) for tekst, codes in met.items()}


@lru_cache(maxsize=8)
def lopende_erkenningen(vergelijking: Vergelijking, op: date) -> Mapping[str, tuple[str, ...]]:
    """By qualification: the recognitions on that day of the programmes that prove it in full.

    Of a programme with several the last one that is ERKEND and holds then (they may overlap, domain.md §6.5).
    """
    met: dict[str, list[str]] = {}
    for programma in vergelijking.catalogus.programmas.values():
        bekend = (vergelijking.catalogus.erkenningen[code] for code in programma.erkenningen)
        geldig = [e for e in bekend if e.status == "ERKEND" and fase_op(e.geldigheid, op) is Fase.GELDIG]
        for erkenning in geldig[-1:]:
            for code in erkenning.volledig:
                met.setdefault(code, []).append(erkenning.code)
    return {code: tuple(codes) for code, codes in met.items()}
