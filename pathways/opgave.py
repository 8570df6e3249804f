"""One question as a problem: the steps that can matter, dated and priced, under any choice of its conditions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from .andor import Action, Problem
from .doelen import doel_van, gehouden_feiten, loopt_nog, nagekeken, wat_gevraagd_is
from .doorstroomregels import DUAAL_VANAF, LEEFTIJDEN, UREN_PER_WEEK, WEKEN_PER_JAAR
from .handelingen import Aanbod, Handeling, Soort, bewijst_competenties
from .kalender import eerste_september, eerste_start
from .leerling import Leerling, Vrijstelling, Wens
from .pareto import Kern, Stap
from .regelboom import Blad, afleidingen
from .voorwaarden import Voorwaarde, jaar_waarop, voorwaarden

Afleiding = tuple[tuple[str, ...], str]


class Kosten(NamedTuple):
    """What a step costs: contact hours, hours off the work floor, enrolments."""

    contact: int
    buiten: int
    inschrijvingen: int


def kosten_van(handeling: Handeling) -> Kosten:
    """Contact hours are those of the week that is assumed; on the work floor counts what the contract guarantees."""
    if handeling.soort is Soort.EVC:
        return Kosten(0, 0, 1)
    weken = handeling.jaren * WEKEN_PER_JAAR.waarde
    werkvloer = min(handeling.uren_min or 0, UREN_PER_WEEK.waarde) if handeling.gereed else 0
    return Kosten(weken * UREN_PER_WEEK.waarde, weken * (UREN_PER_WEEK.waarde - werkvloer), 1)


class Opgave:
    """The question of one learner. Raises UnknownCodeError for a code that the release does not have."""

    def __init__(self, aanbod: Aanbod, leerling: Leerling, wens: Wens) -> None:
        nagekeken(aanbod, leerling, wens)
        self.aanbod, self.leerling, self.wens = aanbod, leerling, wens
        self.begin = eerste_start(wens.op)
        self.doel = doel_van(aanbod, wens)
        teller = iter(range(10**9))
        self.doelfeit, regels = afleidingen(self.doel, lambda: f"doel:{next(teller)}")
        self.herkomst = self._gehouden()
        self.vrij = {each.omvang.removeprefix("toelating:"): each for each in self._toelatingsvrijstellingen()}
        self._regels: list[Afleiding] = [*regels, *self._van_competenties()]
        self.voorwaarden = voorwaarden(aanbod, leerling, wens, self.doelfeit, wat_gevraagd_is(aanbod, wens))
        self._kies_relevant()

    def _gehouden(self) -> dict[str, str]:
        """Every fact that is held, with the code that it comes from."""
        leerling, op = self.leerling, self.wens.op
        van = {feit: code for code in leerling.heeft for feit in gehouden_feiten(self.aanbod, code, op)}
        for vrijstelling in leerling.vrijstellingen:
            if not vrijstelling.omvang.startswith("toelating:") and not _vervallen(vrijstelling, self.begin):
                codes = gehouden_feiten(self.aanbod, vrijstelling.omvang, op)
                van.update(dict.fromkeys(codes, f"vrijstelling {vrijstelling.id}"))
        gezegd = {
            "arbeidsrijp": leerling.arbeidsrijp is not False,
            "arbeidsbereid": leerling.arbeidsbereid is not False,
            "buso:OV3": leerling.buso,
            "klassenraad": self.wens.klassenraad,
        }
        gezegd |= {
            f"leeftijd:{leeftijd}": leerling.leeftijd is None or jaar <= self.begin
            for leeftijd, jaar in self.jaren_van.items()
        }
        van.update({feit: "leerling" for feit, geldt in gezegd.items() if geldt})
        van.update({f"ervaring:{reeks}": "ervaring" for reeks in leerling.ervaring})
        return van

    @cached_property
    def jaren_van(self) -> dict[int, int]:
        """By age that admission asks, the first school year in which the learner has it."""
        return {leeftijd: jaar_waarop(self.leerling, self.wens, leeftijd) for leeftijd in LEEFTIJDEN}

    def leeftijden(self, jaar: int) -> tuple[str, ...]:
        """The facts of age that hold in a school year."""
        niet_gezegd = self.leerling.leeftijd is None
        return tuple(f"leeftijd:{each}" for each, vanaf in self.jaren_van.items() if niet_gezegd or vanaf <= jaar)

    def _toelatingsvrijstellingen(self) -> Iterable[Vrijstelling]:
        return (each for each in self.leerling.vrijstellingen if each.omvang.startswith("toelating:"))

    def _van_competenties(self) -> Iterable[Afleiding]:
        """BKs and DBKs matter by their competences only where single ones are held or wanted."""
        iris = {
            feit.removeprefix("competentie:") for feit in (*self.herkomst, self.doelfeit) if feit.startswith("comp")
        }
        iris |= {blad.feit.removeprefix("competentie:") for blad in _bladen(self.doel)}
        for kwalificatie in self.aanbod.catalogus.kwalificaties.values():
            if iris and any(each.iri in iris for each in kwalificatie.competenties):
                yield from bewijst_competenties(kwalificatie)

    def _kies_relevant(self) -> None:
        """Walk back from the goal; what is not met on the way can never matter."""
        eigen: dict[str, list[tuple[str, ...]]] = {}
        for nodig, geeft in self._regels:
            eigen.setdefault(geeft, []).append(nodig)
        gezien, stapel = {self.doelfeit}, [self.doelfeit]
        stappen: set[int] = set()
        regels: dict[Afleiding, None] = {}
        while stapel:
            feit = stapel.pop()
            for nodig in (*eigen.get(feit, ()), *self.aanbod.regels_naar.get(feit, ())):
                regels[nodig, feit] = None
                stapel += [each for each in nodig if each not in gezien]
                gezien.update(nodig)
            for plaats in self.aanbod.makers.get(feit, ()):
                if plaats not in stappen and self._staat_open(self.aanbod.handelingen[plaats]):
                    stappen.add(plaats)
                    nieuw = {each for keuze in self.aanbod.keuzes[plaats] for each in keuze} - gezien
                    gezien |= nieuw
                    stapel += nieuw
        self.plaatsen = sorted(stappen)
        self.regels = list(regels)
        self.bit = {feit: 1 << nummer for nummer, feit in enumerate(sorted(gezien, key=self._rang))}

    def _rang(self, feit: str) -> tuple[list[int], str]:
        """Its place: by the steps that give it, so that of equals none comes first for its name, as a BK or an OK."""
        return self.aanbod.makers.get(feit, []), feit

    def _staat_open(self, handeling: Handeling) -> bool:
        """Whether it can still be begun by this learner; the first degree is for who says an age under 15."""
        jong = self.leerling.leeftijd is not None and self.jaren_van[DUAAL_VANAF] > self.begin
        return loopt_nog(handeling, self.begin) and (jong or not handeling.eerste_graad)

    def graad_van(self, plaats: int) -> int:
        """The degree of secondary education that a step is in; 0 where it is in none."""
        programma = self.aanbod.handelingen[plaats].programma if plaats >= 0 else ""
        return int(self.aanbod.catalogus.programmas[programma].graad or 0) if programma else 0

    def masker(self, feiten: Iterable[str]) -> int:
        """These facts as bits; one that cannot matter is left out."""
        bits = 0
        for feit in feiten:
            bits |= self.bit.get(feit, 0)
        return bits

    @cached_property
    def regelbits(self) -> list[tuple[int, int]]:
        """The derivations as bits."""
        return [(self.masker(nodig), self.bit[geeft]) for nodig, geeft in self.regels]

    @cached_property
    def stapbits(self) -> list[tuple[int, list[int], int]]:
        """By step: its place, what its alternatives need, and what it gives."""
        aanbod = self.aanbod
        return [
            (plaats, [self.masker(k) for k in aanbod.keuzes[plaats]], self.masker(aanbod.handelingen[plaats].geeft))
            for plaats in self.plaatsen
        ]

    def onder(self, actief: Collection[Voorwaarde]) -> Instantie:
        """The problem under these conditions; the others are lifted."""
        return Instantie(self, tuple(actief))


class Instantie:
    """A question under some of its conditions."""

    def __init__(self, opgave: Opgave, actief: tuple[Voorwaarde, ...]) -> None:
        self.opgave, self.actief = opgave, actief
        eigen = {voorwaarde.code for voorwaarde in actief}
        los = [each for each in opgave.voorwaarden if each.code not in eigen]
        onthouden = {feit for each in actief for feit in each.zonder}
        gegeven = {feit for each in los for feit in each.zonder} - onthouden
        self.feiten = (frozenset(opgave.herkomst) | gegeven) - {f for f in onthouden if f not in opgave.herkomst}
        self.start = next((each.start for each in actief if each.start is not None), None)
        self.begin = max(opgave.begin, self.start or 0)
        grenzen = [each.laatst for each in actief if each.laatst is not None]
        self.laatst = min([opgave.begin + opgave.wens.horizon, *grenzen])

    @property
    def eerste_dag(self) -> date:
        """The day on which EVC can begin, which keeps no school calendar: the day asked, unless a school year was."""
        return self.opgave.wens.op if self.start is None else eerste_september(self.start)

    @cached_property
    def stappen(self) -> list[Stap]:
        """Every step that is allowed, one for each alternative of its admission."""
        verboden = frozenset().union(*(each.verbiedt for each in self.actief))
        gevonden = []
        for plaats, keuzes, geeft in self.opgave.stapbits:
            if plaats in verboden:
                continue
            handeling = self.opgave.aanbod.handelingen[plaats]
            van, tot = self.venster(plaats)
            kosten = tuple(kosten_van(handeling))
            vrij = self.opgave.bit.get(f"vrijgesteld:{handeling.programma}", 0)
            for nodig in keuzes:
                laatste = min(tot, self._vrij_tot(handeling.programma)) if vrij and nodig & vrij else tot
                gevonden.append(Stap(nodig, geeft, handeling.jaren, kosten, van, laatste, plaats))
        for leeftijd, jaar in self.opgave.jaren_van.items():
            bit = self.opgave.bit.get(f"leeftijd:{leeftijd}", 0)
            if bit and self.opgave.leerling.leeftijd is not None and jaar > self.begin:
                gevonden.append(Stap(0, bit, 0, (0, 0, 0), jaar, 9999, -leeftijd))
        return gevonden

    def _vrij_tot(self, programma: str) -> int:
        vrijstelling = self.opgave.vrij.get(programma)
        if vrijstelling is None:
            return -1
        return eerste_start(vrijstelling.vervalt) - 1 if vrijstelling.vervalt else 9999

    def venster(self, plaats: int) -> tuple[int, int]:
        """The years in which a step can begin."""
        handeling = self.opgave.aanbod.handelingen[plaats]
        van, tot = handeling.van, handeling.tot
        if handeling.eerste_graad:
            tot = min(tot, self.opgave.jaren_van[DUAAL_VANAF] - 1)
        for voorwaarde in self.actief:
            van = max(van, voorwaarde.vanaf.get(plaats, van))
            tot = min(tot, voorwaarde.tot.get(plaats, tot))
        return van, tot

    @cached_property
    def gehouden(self) -> int:
        """The held facts as bits, with the ages of the year in which the first step may begin.

        An exemption of admission is a held fact whose window stands on the step.
        """
        leeftijden = self.opgave.leeftijden(self.begin)
        return self.opgave.masker((*self.feiten, *leeftijden, *(f"vrijgesteld:{code}" for code in self.opgave.vrij)))

    @cached_property
    def kern(self) -> Kern:
        """The steps that can matter for the Pareto front."""
        return self._kern(self.stappen, gelijk=False)

    @cached_property
    def ruime_kern(self) -> Kern:
        """The steps that can matter for the k best: of steps with the same degree, cost and effect, one."""
        graden = [stap._replace(kosten=(*stap.kosten, self.opgave.graad_van(stap.nummer))) for stap in self.stappen]
        return self._kern(graden, gelijk=True)

    @cached_property
    def tijdskern(self) -> Kern:
        """The steps that can matter for whether there is a way, and when it ends."""
        return self._kern([stap._replace(kosten=()) for stap in self.stappen], gelijk=False)

    def _kern(self, stappen: Sequence[Stap], *, gelijk: bool) -> Kern:
        doel = self.opgave.bit[self.opgave.doelfeit]
        return Kern(stappen, self.opgave.regelbits, self.gehouden, doel, self.begin, self.laatst, gelijk=gelijk)


class Gewogen(NamedTuple):
    """The same as one AND/OR problem with one price: action i is the step at place `plaatsen[i]`, the rest is free."""

    problem: Problem
    held: list[int]
    target: int
    plaatsen: list[int]


def gewogen(instantie: Instantie, stappen: Iterable[Stap], prijzen: Mapping[int, int]) -> Gewogen:
    """These steps as an AND/OR problem; a window counts as met when the step can be begun and ended at all."""
    opgave = instantie.opgave
    nummer = {bit: plaats for plaats, bit in enumerate(opgave.bit.values())}
    aantal, vrij = len(nummer), []
    per_plaats: dict[int, list[Stap]] = {}
    for stap in stappen:
        begin = max(stap.van, instantie.begin)
        if begin <= stap.tot and begin + stap.jaren <= instantie.laatst:
            per_plaats.setdefault(stap.nummer, []).append(stap)
    acties = []
    for plaats, keuzes in per_plaats.items():
        nodig = _nummers(keuzes[0].nodig, nummer)
        if len(keuzes) > 1:
            nodig = (aantal,)
            vrij += [Action(_nummers(stap.nodig, nummer), nodig, 0) for stap in keuzes]
            aantal += 1
        acties.append(Action(nodig, _nummers(keuzes[0].geeft, nummer), prijzen.get(plaats, 0)))
    vrij += [Action(_nummers(bits, nummer), _nummers(gegeven, nummer), 0) for bits, gegeven in opgave.regelbits]
    held = list(_nummers(instantie.gehouden, nummer))
    target = nummer[opgave.bit[opgave.doelfeit]]
    return Gewogen(Problem.of(aantal, [*acties, *vrij]), held, target, list(per_plaats))


def _nummers(bits: int, nummer: Mapping[int, int]) -> tuple[int, ...]:
    gevonden = []
    while bits:
        laag = bits & -bits
        gevonden.append(nummer[laag])
        bits ^= laag
    return tuple(gevonden)


def _vervallen(vrijstelling: Vrijstelling, begin: int) -> bool:
    return vrijstelling.vervalt is not None and eerste_start(vrijstelling.vervalt) <= begin


def _bladen(boom: object) -> Iterable[Blad]:
    if isinstance(boom, Blad):
        yield boom
    else:
        for deel in getattr(boom, "delen", ()):
            yield from _bladen(deel)
