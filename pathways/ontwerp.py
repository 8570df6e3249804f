"""Questions of who designs the offer: what breaks when a programme ends, and where lines stop.

Everything is counted over learner profiles: one for each kind of proof that a person can hold. Exact for one change;
the gain of two together is more than the sum of each, so a ranking of single changes is no plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import numpy as np

from .andor import Action, Problem
from .handelingen import Aanbod, Handeling, Soort, naam_van
from .zinnen import zin

BASIS = frozenset({"arbeidsrijp", "arbeidsbereid"})
HIAATSOORTEN = ("geen-instap", "loopt-dood", "enkele-schakel", "bk-zonder-vervolg")
"""Where a line fails: no dual way in, an OK 2 that leads nowhere or hangs on one programme, a BK without onward."""
BEWIJS = ("reeks:", "bk:", "dbk:")
"""The facts by which a flexible entry names a proof."""


def _plaatsen(bits: int) -> tuple[int, ...]:
    gevonden = []
    while bits:
        laag = bits & -bits
        gevonden.append(laag.bit_length() - 1)
        bits ^= laag
    return tuple(gevonden)


class Profiel(msgspec.Struct, frozen=True):
    """A kind of learner: what is held."""

    code: str
    naam: str
    feiten: frozenset[str]


def profielen(aanbod: Aanbod) -> tuple[Profiel, ...]:
    """Who has nothing but the age, and for each BK line who holds only its proof and does not begin anew."""
    niets = Profiel("15", "15 jaar, zonder bewijs", frozenset({"leeftijd:15"}))
    met = [
        Profiel(reeks, naam_van(versies[-1]), frozenset({f"reeks:{reeks}", f"bk:{versies[-1].code}"}))
        for reeks, versies in sorted(aanbod.reeksen.items())
    ]
    return (niets, *met)


def is_doel(feit: str, soorten: tuple[str, ...]) -> bool:
    """Whether a fact is a goal of one of these kinds; a programme outside the studiedomeinen gives none in a domain.

    >>> is_doel("ok:OK5@", ("ok:",)), is_doel("ok:OK5", ("ok:",))
    (False, True)
    """
    return feit.startswith(soorten) and not feit.endswith("@")


class Breuk(msgspec.Struct, frozen=True):
    """A programme, and what nobody of these profiles can reach any more when it ends."""

    programma: str
    naam: str
    verloren: tuple[str, ...]
    profielen: tuple[str, ...]


class Hiaat(msgspec.Struct, frozen=True):
    """A place where a learning line stops, or hangs on one programme."""

    soort: str
    code: str
    naam: str
    tekst: dict[str, str]
    via: tuple[str, ...] = ()


class Ontwerper:
    """The offer of one school year as bits, ready for what-if questions."""

    def __init__(self, aanbod: Aanbod, jaar: int) -> None:
        self.aanbod, self.jaar = aanbod, jaar
        self.stappen: list[tuple[Handeling, tuple[frozenset[str], ...]]] = [
            (handeling, keuzes)
            for handeling, keuzes in zip(aanbod.handelingen, aanbod.keuzes, strict=True)
            if handeling.van <= jaar <= handeling.tot and handeling.soort is not Soort.EVC
        ]
        regels = [(nodig, geeft) for geeft, alle in aanbod.regels_naar.items() for nodig in alle]
        namen = {feit for h, keuzes in self.stappen for feit in (*h.geeft, *(f for k in keuzes for f in k))}
        namen |= {feit for nodig, geeft in regels for feit in (*nodig, geeft)} | BASIS
        self._bit = {feit: 1 << nummer for nummer, feit in enumerate(sorted(namen))}
        self._regels = [(self._bits(nodig), self._bit[geeft]) for nodig, geeft in regels]
        self._stappen = [
            (handeling.programma, [self._bits(keuze) for keuze in keuzes], self._bits(handeling.geeft))
            for handeling, keuzes in self.stappen
        ]
        self._basis = self._sluit(self._bits(BASIS))
        self._regels = [(nodig, geeft) for nodig, geeft in self._regels if geeft & ~self._basis]
        self._problem, self._acties = self._als_problem()

    def _als_problem(self) -> tuple[Problem, dict[str, list[int]]]:
        """The same for the compiled fixpoint, with the actions of each programme."""
        acties = [Action(_plaatsen(nodig), _plaatsen(geeft), 0) for nodig, geeft in self._regels]
        van: dict[str, list[int]] = {}
        for programma, keuzes, geeft in self._stappen:
            for keuze in keuzes:
                van.setdefault(programma, []).append(len(acties))
                acties.append(Action(_plaatsen(keuze), _plaatsen(geeft), 0))
        return Problem.of(len(self._bit), acties), van

    def _vast(self, feiten: int, zonder: str = "") -> int:
        """Every fact that can be reached, as bits, without one programme."""
        mag = self._problem.all_allowed()
        mag[self._acties.get(zonder, [])] = False
        bereikt = self._problem.reachable(_plaatsen(feiten | self._basis), mag)
        return int.from_bytes(np.packbits(bereikt, bitorder="little").tobytes(), "little")

    def _bits(self, feiten: Iterable[str]) -> int:
        bits = 0
        for feit in feiten:
            bits |= self._bit.get(feit, 0)
        return bits

    def _namen(self, bits: int) -> set[str]:
        return {feit for feit, bit in self._bit.items() if bits & bit}

    def _sluit(self, feiten: int) -> int:
        oud = -1
        while oud != feiten:
            oud = feiten
            for nodig, geeft in self._regels:
                if nodig & ~feiten == 0:
                    feiten |= geeft
        return feiten

    def _rondes(self, feiten: int, zonder: str = "") -> tuple[int, list[list[tuple[str, int]]]]:
        """What can be reached, and round by round which programmes gave what."""
        feiten, rest = self._sluit(feiten | self._basis), self._stappen
        rondes: list[list[tuple[str, int]]] = []
        while True:
            open_ = [s for s in rest if s[0] != zonder and any(keuze & ~feiten == 0 for keuze in s[1])]
            if not open_:
                return feiten, rondes
            rest = [s for s in rest if not any(keuze & ~feiten == 0 for keuze in s[1])]
            rondes.append([(programma, geeft) for programma, _, geeft in open_])
            for _, _, geeft in open_:
                feiten |= geeft
            feiten = self._sluit(feiten)

    def _bewezen(self, feiten: Iterable[str]) -> set[str]:
        """These facts with what follows by itself, as the DBKs of a whole BK do."""
        return self._namen(self._sluit(self._bits(feiten)))

    def bereik(self, feiten: Iterable[str], zonder: str = "") -> set[str]:
        """Every fact that can be reached from these, without one programme."""
        return self._namen(self._vast(self._bits(feiten), zonder))

    def _alleen(self, feiten: int) -> tuple[int, set[str]]:
        """What can be reached, and the programmes without which something may be lost.

        A fact that another programme gives in the same round or an earlier one is not lost: that one needs nothing
        that comes later.
        """
        bereikt, rondes = self._rondes(feiten)
        gehad, kritiek = feiten | self._basis, set[str]()
        for ronde in rondes:
            eenmaal = meermaals = 0
            for _, geeft in ronde:
                meermaals |= eenmaal & geeft
                eenmaal |= geeft
            kritiek |= {programma for programma, geeft in ronde if geeft & ~gehad & ~meermaals}
            gehad |= eenmaal
        return bereikt, kritiek

    def profielen(self) -> tuple[Profiel, ...]:
        """The kinds of learner that are counted."""
        return profielen(self.aanbod)

    def robuust(self, programmas: Sequence[str] = ()) -> list[Breuk]:
        """What nobody of a profile reaches any more when one programme ends; the widest loss first."""
        gevraagd = set(programmas) or {programma for programma, _, _ in self._stappen}
        telt = self._bits(feit for feit in self._bit if is_doel(feit, ("bk:", "ok:", "toegang:")))
        verlies: dict[str, tuple[int, list[str]]] = {}
        for profiel in self.profielen():
            eigen = self._bits(profiel.feiten)
            bereikt, kritiek = self._alleen(eigen)
            for programma in kritiek & gevraagd:
                if weg := bereikt & ~self._vast(eigen, programma) & telt:
                    bits, wie = verlies.get(programma, (0, []))
                    verlies[programma] = (bits | weg, [*wie, profiel.code])
        breuken = [
            Breuk(code, self.aanbod.catalogus.programmas[code].titel, tuple(sorted(self._namen(bits))), tuple(wie))
            for code, (bits, wie) in verlies.items()
        ]
        return sorted(breuken, key=lambda each: (-len(each.verloren) * len(each.profielen), each.programma))

    def leerlijn_hiaten(self) -> list[Hiaat]:
        """Where continuity fails: no dual way in, a line that ends or hangs on one programme, a BK without onward."""
        return [*self._zonder_instap(), *self._na_tweede_graad(), *self._zonder_vervolg()]

    def _opleidingen(self, graad: str) -> Iterator[tuple[Handeling, tuple[frozenset[str], ...]]]:
        programmas = self.aanbod.catalogus.programmas
        for handeling, keuzes in self.stappen:
            programma = programmas[handeling.programma]
            gewoon = handeling.soort is Soort.OPLEIDING and not programma.zevende
            if gewoon and handeling.duaal and programma.graad == graad:
                yield handeling, keuzes

    def _zonder_instap(self) -> Iterator[Hiaat]:
        """A dual programme of the third degree that no proof from dual ones of the second degree opens."""
        geven = self._bewezen(feit for handeling, _ in self._opleidingen("2") for feit in handeling.geeft)
        for handeling, keuzes in self._opleidingen("3"):
            if not _opent(geven, keuzes):
                tekst = zin("geen-instap", naam=handeling.naam)
                yield Hiaat("geen-instap", handeling.programma, handeling.naam, tekst)

    def _na_tweede_graad(self) -> Iterator[Hiaat]:
        """An OK 2 of a dual programme whose BKs and DBKs open no dual programme of the third degree, or only one."""
        derde = list(self._opleidingen("3"))
        for handeling, _ in self._opleidingen("2"):
            geven = self._bewezen(handeling.geeft)
            via = sorted({h.programma for h, keuzes in derde if _opent(geven, keuzes)})
            namen = [self.aanbod.catalogus.programmas[code].titel for code in via]
            if not via:
                tekst = zin("loopt-dood", naam=handeling.naam)
                yield Hiaat("loopt-dood", handeling.programma, handeling.naam, tekst)
            elif len(via) == 1:
                tekst = zin("enkele-schakel", naam=handeling.naam, ander=namen[0])
                yield Hiaat("enkele-schakel", handeling.programma, handeling.naam, tekst, tuple(via))

    def _zonder_vervolg(self) -> Iterator[Hiaat]:
        """A BK from which, holding nothing else, no programme can be entered."""
        for profiel in self.profielen()[1:]:
            if not self._rondes(self._bits(profiel.feiten))[1]:
                tekst = zin("bk-zonder-vervolg", naam=profiel.naam, code=profiel.code)
                yield Hiaat("bk-zonder-vervolg", profiel.code, profiel.naam, tekst)


def _opent(gegeven: Iterable[str], keuzes: Iterable[frozenset[str]]) -> bool:
    """Whether a flexible entry asks only proofs that are given: of BKs or DBKs, one of them or all."""
    gevraagd = ({feit for feit in keuze if feit.startswith(BEWIJS)} for keuze in keuzes)
    return any(bewijzen and bewijzen.issubset(gegeven) for bewijzen in gevraagd)
