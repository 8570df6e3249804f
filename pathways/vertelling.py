"""From a plan of places and years to a leertraject that says why each step is possible and what stays uncertain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from ..graph.catalogus import Erkenning
from .doorstroomregels import LEERPLICHT_TOT, MEERDERJARIG
from .handelingen import Handeling, Soort, naam_van
from .kalender import dertig_juni, eerste_september
from .leerling import Leerling
from .leertraject import DEEL_VAN_GEHEEL, Ander, Leertraject, Omweg, Onzekerheid, Stap, Uren, Voldaan, onzeker
from .opgave import Instantie, Opgave, kosten_van
from .pareto import sluit
from .regelboom import Blad, waarmee
from .voorwaarden import jaar_waarop
from .vrijstellingen import Vrijstelbaar

Dated = Sequence[tuple[int, int]]
"""Places of steps with the year in which each begins."""
GEEN_OMWEG = Omweg(onmisbaar=False)
"""Of a step that the best way does not take: the best way is without it."""


class Verteller:
    """Tells plans of one instance; the detour of a step is told where it is known."""

    def __init__(self, instantie: Instantie, omwegen: Mapping[int, Omweg | None] | None = None) -> None:
        self.instantie, self.opgave = instantie, instantie.opgave
        self.omwegen = omwegen or {}
        self.vrijstelbaar = Vrijstelbaar(self.opgave.aanbod.catalogus, self.opgave.leerling.heeft, self.opgave.wens.op)
        self._keuzes = {plaats: keuzes for plaats, keuzes, _ in self.opgave.stapbits}
        self._gesloten: dict[int, int] = {}
        self._geeft = {plaats: geeft for plaats, _, geeft in self.opgave.stapbits}
        self.toegestaan: dict[int, list[tuple[int, int, int]]] = {}
        for stap in instantie.stappen:
            self.toegestaan.setdefault(stap.nummer, []).append((stap.nodig, stap.van, stap.tot))

    def leertraject(self, plan: Dated, *, pareto: bool) -> Leertraject:
        """The whole way, with the programmes of one studiedomein where there is a choice at the same cost.

        EVC asks experience only and waits for nothing, so it comes first, and its proof with it.
        """
        gekozen = self._zelfde_domein([(plaats, jaar) for plaats, jaar in plan if plaats >= 0])
        evc = [(plaats, self.instantie.begin) for plaats, _ in gekozen if self._handeling(plaats).soort is Soort.EVC]
        rest = [(plaats, jaar) for plaats, jaar in gekozen if self._handeling(plaats).soort is not Soort.EVC]
        return self.vast([*evc, *rest], pareto=pareto)

    def vast(self, plan: Dated, *, pareto: bool = False) -> Leertraject:
        """The way through exactly these steps."""
        stappen = tuple(self._stappen(plan))
        einde = max((stap.einde for stap in stappen), default=eerste_september(self.instantie.begin))
        jaren = (
            max((jaar + self._handeling(p).jaren for p, jaar in plan), default=self.opgave.begin) - self.opgave.begin
        )
        som = [sum(k) for k in zip(*(kosten_van(self._handeling(p)) for p, _ in plan), strict=True)] or [0, 0, 0]
        return Leertraject(
            stappen=stappen,
            begin=min((stap.begin for stap in stappen), default=einde),
            einde=einde,
            schooljaren=jaren,
            contacturen=som[0],
            buiten_werkvloer=som[1],
            inschrijvingen=som[2],
            gewicht=self.opgave.wens.weging.van(jaren, *som),
            pareto=pareto,
        )

    def feiten_na(self, plaatsen: Sequence[int], jaar: int) -> int:
        """Every fact that holds in a year after these steps."""
        feiten = self.instantie.gehouden | self.opgave.masker(self.opgave.leeftijden(jaar))
        for plaats in plaatsen:
            feiten |= self._geeft[plaats]
        return self._sluit(feiten)

    def _handeling(self, plaats: int) -> Handeling:
        return self.opgave.aanbod.handelingen[plaats]

    def _graad(self, plaats: int) -> int:
        return self.opgave.graad_van(plaats)

    def _sluit(self, feiten: int) -> int:
        """The facts with all that follows; steps that give the same are many, so each is computed once."""
        if feiten not in self._gesloten:
            self._gesloten[feiten] = sluit(feiten, self.opgave.regelbits)
        return self._gesloten[feiten]

    def _kan(self, plaats: int, jaar: int, feiten: int) -> bool:
        return any(nodig & ~feiten == 0 and van <= jaar <= tot for nodig, van, tot in self.toegestaan.get(plaats, ()))

    def _werkt(self, plan: Dated, vanaf: int, feiten: int) -> bool:
        """Whether the rest of a plan can be done from these facts and reaches the goal."""
        for plaats, jaar in plan[vanaf:]:
            feiten = self._sluit(feiten | self.opgave.masker(self.opgave.leeftijden(jaar)))
            if not self._kan(plaats, jaar, feiten):
                return False
            feiten = self._sluit(feiten | self._geeft[plaats])
        return bool(feiten & self.opgave.bit[self.opgave.doelfeit])

    def _voor(self, plan: Dated, nummer: int) -> int:
        return self.feiten_na([plaats for plaats, _ in plan[:nummer]], plan[nummer][1])

    def _alternatieven(self, plan: Dated, nummer: int) -> list[int]:
        """Other steps with the same cost that could stand here; none for one that the goal does not need."""
        if not self._nodig(plan, nummer):
            return []
        plaats, jaar = plan[nummer]
        zelf, voor = self._handeling(plaats), self._voor(plan, nummer)
        kosten = kosten_van(zelf)
        anders = []
        for ander in self.toegestaan:
            if ander < 0 or ander == plaats or any(ander == each for each, _ in plan):
                continue
            handeling = self._handeling(ander)
            if handeling.jaren != zelf.jaren or kosten_van(handeling) != kosten or not self._kan(ander, jaar, voor):
                continue
            if self._werkt(plan, nummer + 1, self._sluit(voor | self._geeft[ander])):
                anders.append(ander)
        return anders

    def _nodig(self, plan: Dated, nummer: int) -> bool:
        """Whether the goal needs a step: who wants to begin in a school year may have to with one that it does not."""
        return not self._werkt(plan, nummer + 1, self._voor(plan, nummer))

    def _zelfde_domein(self, plan: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Where a step could be replaced at the same cost, one in the studiedomein of the last step is shown."""
        for nummer in reversed(range(len(plan) - 1)):
            domein = self._handeling(plan[-1][0]).studiedomein
            plaats, jaar = plan[nummer]
            if self._handeling(plaats).studiedomein != domein:
                gelijk = [p for p in self._alternatieven(plan, nummer) if self._graad(p) == self._graad(plaats)]
                beter = [p for p in gelijk if self._handeling(p).studiedomein == domein]
                if beter:
                    plan[nummer] = (min(beter, key=lambda p: self._handeling(p).code), jaar)
        return plan

    def _dagen(self, plan: Dated) -> Iterator[tuple[date, date]]:
        """First and last day of each step: of school years, or of EVC, which begins when the step before is done."""
        vrij = self.instantie.eerste_dag
        for plaats, jaar in plan:
            jaren = self._handeling(plaats).jaren
            begin, vrij = (eerste_september(jaar), dertig_juni(jaar, jaren)) if jaren else (vrij, vrij)
            yield begin, vrij

    def _stappen(self, plan: Dated) -> Iterator[Stap]:
        herkomst = dict.fromkeys(self.instantie.feiten, "aangenomen") | self.opgave.herkomst
        herkomst |= dict.fromkeys((f"vrijgesteld:{code}" for code in self.opgave.vrij), "vrijstelling")
        herkomst |= dict.fromkeys(self.opgave.leeftijden(max((jaar for _, jaar in plan), default=0)), "leerling")
        zelf, dagen = set(herkomst), list(self._dagen(plan))
        anderen = [self._alternatieven(plan, nummer) for nummer in range(len(plan))]
        for nummer, (plaats, _) in enumerate(plan):
            self._leid_af(herkomst)
            stap = self._stap(nummer + 1, plaats, dagen[nummer], herkomst, anderen[nummer])
            gelezen = self._gehelen([each.feit for each in stap.toelating if each.feit not in zelf], herkomst)
            eerst = (*self._wachten(plan, nummer), *self._enkel_begin(plan, nummer))
            yield msgspec.structs.replace(stap, onzeker=(*eerst, *gelezen, *stap.onzeker))
            for feit in self._handeling(plaats).geeft:
                herkomst.setdefault(feit, f"stap {nummer + 1}")
                zelf.add(feit)

    def _wachten(self, plan: Dated, nummer: int) -> Iterator[Onzekerheid]:
        """That nothing is planned before a step, of a learner who is not surely old enough to leave school."""
        plaats, jaar = plan[nummer]
        vrij = max((begin + self._handeling(p).jaren for p, begin in plan[:nummer]), default=self.instantie.begin)
        leerling, wens = self.opgave.leerling, self.opgave.wens
        jong = leerling.leeftijd is not None and vrij < jaar_waarop(leerling, wens, MEERDERJARIG)
        if jong and self._handeling(plaats).jaren and jaar > vrij:
            yield onzeker("wachten", van=vrij, tot=jaar)

    def _enkel_begin(self, plan: Dated, nummer: int) -> Iterator[Onzekerheid]:
        """That a step stands here only because a school year to begin in was asked."""
        if self.instantie.start is not None and not self._nodig(plan, nummer):
            yield onzeker("enkel-begin", jaar=self.instantie.start)

    def _leid_af(self, herkomst: dict[str, str]) -> None:
        anders = True
        while anders:
            anders = False
            for nodig, geeft in self.opgave.regels:
                if geeft not in herkomst and all(feit in herkomst for feit in nodig):
                    herkomst[geeft] = herkomst[nodig[-1]] if nodig else "altijd"
                    anders = True

    def _stap(
        self, nr: int, plaats: int, dagen: tuple[date, date], herkomst: dict[str, str], anderen: Sequence[int]
    ) -> Stap:
        handeling = self._handeling(plaats)
        erkenningen = self.opgave.aanbod.catalogus.erkenningen
        bladen = list(waarmee(handeling.toelating, frozenset(herkomst)) or ())
        if handeling.gereed:
            bladen.append(Blad(handeling.gereed, "klaar voor de werkplek"))
        kosten = kosten_van(handeling)
        begin, einde = erkenningen.get(handeling.begin), erkenningen.get(handeling.einde)
        return Stap(
            nr=nr,
            soort=handeling.soort.value,
            code=handeling.code,
            naam=handeling.naam,
            programma=handeling.programma,
            erkenning=handeling.begin,
            bekrachtigd_door=handeling.einde,
            erkenning_iri=begin.iri if begin else "",
            bekrachtigd_iri=einde.iri if einde else "",
            begin=dagen[0],
            einde=dagen[1],
            schooljaren=handeling.jaren,
            duaal=handeling.duaal,
            contract=handeling.contract,
            uren=Uren(handeling.uren_min, handeling.uren_max, kosten.contact, kosten.buiten),
            toelating=tuple(Voldaan(each.feit, each.naam, herkomst[each.feit]) for each in bladen),
            bewijzen=handeling.bewijzen,
            stelsels=handeling.stelsels,
            deelbewijzen=handeling.deelbewijzen,
            enkel_competenties=handeling.enkel_competenties,
            onzeker=(
                *onzekerheden(self.opgave, handeling, {each.feit for each in bladen}, begin),
                *self.vrijstelbaar.van(handeling),
            ),
            alternatieven=tuple(self.ander(each) for each in sorted(anderen, key=self._op_naam)),
            omweg=self.omwegen.get(plaats, GEEN_OMWEG if self.omwegen else None),
            bron=handeling.bron,
        )

    def _gehelen(self, afgeleid: Sequence[str], herkomst: Mapping[str, str]) -> Iterator[Onzekerheid]:
        """The whole BKs that stand for the DBKs that admission asks: a reading, on which the school decides."""
        bekend = self.opgave.aanbod.catalogus.kwalificaties
        for feit in afgeleid:
            deel = bekend.get(feit.removeprefix("dbk:"))
            geheel = bekend.get(deel.deel_van) if deel else None
            if deel and geheel and f"bk:{geheel.code}" in herkomst:
                namen = {"deel": f"{naam_van(deel)} ({deel.code})", "geheel": f"{naam_van(geheel)} ({geheel.code})"}
                yield onzeker(DEEL_VAN_GEHEEL, **namen)

    def _op_naam(self, plaats: int) -> tuple[str, str]:
        handeling = self._handeling(plaats)
        return handeling.naam, handeling.code

    def ander(self, plaats: int) -> Ander:
        """A step as a choice."""
        handeling = self._handeling(plaats)
        return Ander(handeling.code, handeling.naam, handeling.programma, handeling.begin)


def onzekerheden(
    opgave: Opgave, handeling: Handeling, feiten: set[str], begin: Erkenning | None
) -> Iterator[Onzekerheid]:
    """What no data can settle, in the words of the user; `feiten` are those by which admission is met."""
    if handeling.soort is Soort.EVC:
        yield onzeker("evc-duur")
        return
    yield from _toelating(opgave.leerling, feiten)
    if handeling.soort is Soort.AANLOOP:
        yield onzeker("aanloop-duur")
    if handeling.soort is Soort.GEDEELTELIJK:
        yield onzeker("deel-duur")
    yield from _enkel(opgave, handeling)
    if begin:
        yield from (onzeker("toelating-bijkomend", tekst=tekst) for tekst in begin.toelatingsvoorwaarden)
    if handeling.einde != handeling.begin:
        yield onzeker("erkenning-wisselt", begin=handeling.begin, einde=handeling.einde)
    if handeling.duaal:
        yield from _duaal(opgave, handeling, begin)
    yield from _steun(opgave, handeling)


def _toelating(leerling: Leerling, feiten: set[str]) -> Iterator[Onzekerheid]:
    if "leeftijd:15" in feiten:
        yield onzeker("klassenraad-15")
        if leerling.leeftijd is None:
            yield onzeker("leeftijd-15")
    if "klassenraad" in feiten:
        yield onzeker("klassenraad-beslist")


def _enkel(opgave: Opgave, handeling: Handeling) -> Iterator[Onzekerheid]:
    """Of which BKs the step proves competences only; the source does not say which."""
    bekend = opgave.aanbod.catalogus.kwalificaties
    for code in handeling.enkel_competenties:
        yield onzeker("enkel-competenties", naam=f"{naam_van(bekend[code])} ({code})" if code in bekend else code)


def _duaal(opgave: Opgave, handeling: Handeling, begin: Erkenning | None) -> Iterator[Onzekerheid]:
    leerling, wens = opgave.leerling, opgave.wens
    if leerling.leeftijd is None:
        yield onzeker("leeftijd-duaal")
    elif leerling.leerplicht_voorbij is None and leerling.leeftijd < LEERPLICHT_TOT:
        yield onzeker("leerplicht")
    if handeling.gereed:
        if leerling.arbeidsrijp is None:
            yield onzeker("advies")
        if wens.werkplekken is None:
            yield onzeker("werkplek-zoeken")
        if handeling.uren_min is None:
            yield onzeker("uren-onbekend")
        if moet := [code for grens in wens.grenzen if grens.programma == handeling.programma for code in grens.moet]:
            yield onzeker("sector-moet", codes=", ".join(moet))
    if handeling.gereed and begin and begin.contexten and wens.contexten is None:
        hoe = "contexten-precies" if begin.contexten.regel == "EXACT" else "contexten-minstens"
        yield onzeker(hoe, aantal=begin.contexten.aantal, namen=", ".join(begin.contexten.namen))


def _steun(opgave: Opgave, handeling: Handeling) -> Iterator[Onzekerheid]:
    leerling, wens = opgave.leerling, opgave.wens
    if leerling.taalondersteuning:
        yield onzeker("taalondersteuning")
    if handeling.gereed and leerling.aanpassing_werkpost:
        yield onzeker("aanpassing")
    if handeling.gereed and wens.werkplek_min is not None and (handeling.uren_min or 0) < wens.werkplek_min:
        yield onzeker("uren-niet-gewaarborgd", uren=wens.werkplek_min)
