"""Plans: all Pareto-optimal leertrajecten and the k best by weight, with the certificate; or why there is none."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from math import ceil
from typing import Any

import msgspec

from .alternatives import detours
from .haalbaarheid import Haalbaarheid, Tijd, Vroegst, vroegst
from .handelingen import Aanbod
from .leerling import Leerling, Wens
from .leertraject import Ander, Antwoord, Leertraject, Mijlpaal, Omweg, Onbeslist, Zekerheid
from .opgave import Gewogen, Instantie, Opgave, gewogen, kosten_van
from .optimum import Optimum, compiled, solve
from .pareto import Front, Kern, Plan, Punt, Stap, front
from .regelboom import alternatieven, voldaan
from .verschillend import Maat, Verschillend
from .vertelling import Dated, Verteller
from .waaromniet import waarom_niet
from .zinnen import TALEN, Zin, opgesomd, zin

SECONDEN = 5.0
VOOR_HET_FRONT = 0.75
"""The part of the time left that the Pareto front gets; certificate, detours and k best share the rest."""
MEESTE_IN_ZIN = 5
BEWEZEN = {"mijlpalen": "bewezen-mijlpalen", "oplosser": "bewezen-oplosser", "kalender": "bewezen-kalender"}


def plan(
    aanbod: Aanbod,
    leerling: Leerling,
    wens: Wens,
    *,
    seconden: float = SECONDEN,
    klok: Callable[[], float] = time.monotonic,
) -> Antwoord:
    """The answer to a question. Raises UnknownCodeError and InputError for what cannot be asked.

    Exact: all Pareto-optimal vectors over school years, contact hours, hours off the work floor and enrolments, then
    the k ways of least weight that differ in cost or effect; when the time is up, the best found with its bound. Where
    it is up before there is a way and before it is proved that there is none, it is said how long one takes at least.
    """
    gecompileerd()
    tijd = Tijd(seconden, klok)
    opgave = Opgave(aanbod, leerling, wens)
    instantie = opgave.onder(opgave.voorwaarden)
    doelfeiten = tuple(tuple(sorted(keuze)) for keuze in alternatieven(opgave.doel))
    leeg = Antwoord(
        release=aanbod.catalogus.release,
        datum=wens.op,
        heeft=leerling.heeft,
        doelen=wens.doelen,
        doelnaam=opgave.doel.naam,
        doelfeiten=doelfeiten,
        leertrajecten=(),
        volledig=True,
    )
    if instantie.kern.doel & ~instantie.kern.gehouden == 0 or voldaan(opgave.doel, opgave.herkomst):
        return msgspec.structs.replace(leeg, al_bereikt=True)
    weg = vroegst(instantie, tijd.deel(2))
    if weg.haalbaarheid is Haalbaarheid.ONHAALBAAR:
        return msgspec.structs.replace(leeg, **_waarom(opgave, tijd))
    gevonden = front(instantie.kern, 3, start=instantie.start, seconden=tijd.over * VOOR_HET_FRONT, klok=klok)
    if gevonden.punten or weg.haalbaarheid is Haalbaarheid.HAALBAAR:
        return msgspec.structs.replace(leeg, **_wegen(instantie, gevonden, weg, tijd))
    if gevonden.volledig:
        return msgspec.structs.replace(leeg, **_waarom(opgave, tijd))
    open_ = _onbeslist(weg.minst - opgave.begin)
    return msgspec.structs.replace(leeg, volledig=False, beste_volledig=False, onbeslist=open_)


def _waarom(opgave: Opgave, tijd: Tijd) -> dict[str, Any]:
    """Why there is no way, which is proved; not complete where the time was up for the rest."""
    waarom = waarom_niet(opgave, tijd)
    return {"onhaalbaar": waarom, "volledig": waarom.minimaal and waarom.alles_geprobeerd}


def _wegen(instantie: Instantie, gevonden: Front, weg: Vroegst, tijd: Tijd) -> dict[str, Any]:
    """The ways of an answer, with the certificate; `weg` is shown where none of the front was found in time."""
    opgave, weging = instantie.opgave, _Weging(instantie, tijd)
    verteller = Verteller(instantie, weging.omwegen)
    eersten = [_eerste(opgave.aanbod, punt) for punt in gevonden.punten] or [weg.stappen]
    beste, beste_volledig = weging.beste(verteller, opgave.wens.k, eersten)
    trajecten = [*(verteller.leertraject(stappen, pareto=True) for stappen in eersten), *beste]
    trajecten.sort(key=lambda each: each.gewicht)
    return {
        "leertrajecten": tuple(_onderling(trajecten, weging)),
        "volledig": gevonden.volledig and all(omweg.bewezen for omweg in weging.omwegen.values()),
        "beste_volledig": beste_volledig,
        "zekerheid": weging.zekerheid(verteller, trajecten[0].gewicht, alles_gezocht=gevonden.volledig),
    }


def _eerste(aanbod: Aanbod, punt: Punt) -> Dated:
    """Of the ways that cost the same the first by date and then by code: no kind of proof comes before another."""

    def volgorde(plan: Plan) -> list[tuple[int, str]]:
        return [(jaar, aanbod.handelingen[plaats].code) for plaats, jaar in plan.stappen if plaats >= 0]

    return min(punt.plannen, key=volgorde).stappen


@cache
def gecompileerd() -> None:
    """Compile all that an answer needs, once in a process, so that no deadline pays for it."""
    compiled()
    front(Kern([Stap(1, 2, 1, (1, 1, 1), 0, 9, 0)], [], 1, 2, 0, 9), 3)


class _Weging:
    """The question with one price a step: k best, detours and the certificate, by the AND/OR search."""

    def __init__(self, instantie: Instantie, tijd: Tijd) -> None:
        self.instantie, self.tijd = instantie, tijd
        opgave = instantie.opgave
        handelingen = opgave.aanbod.handelingen
        prijzen = {
            plaats: opgave.wens.weging.van(handelingen[plaats].jaren, *kosten_van(handelingen[plaats]))
            for plaats in opgave.plaatsen
        }
        self.gewogen: Gewogen = gewogen(instantie, instantie.stappen, prijzen)
        problem, held, target, _ = self.gewogen
        eerste = solve(problem, held, target, seconds=tijd.deel(3).over, clock=tijd.klok)
        self.eerste = eerste if isinstance(eerste, Optimum) else None
        self.omwegen = dict(self._omwegen())

    def _plaatsen(self, weg: Optimum, plaatsen: Sequence[int]) -> list[int]:
        return [plaatsen[actie] for actie in weg.actions if actie < len(plaatsen) and plaatsen[actie] >= 0]

    def _omwegen(self) -> Iterator[tuple[int, Omweg]]:
        """For each step of the best way what the best without it costs more, criterion by criterion."""
        if self.eerste is None:
            return
        problem, held, target, plaatsen = self.gewogen
        zelf = self._som(self.eerste)
        seconden, klok = self.tijd.deel(2).over, self.tijd.klok
        for actie, ander in detours(problem, held, target, self.eerste, seconds=seconden, clock=klok).items():
            if actie >= len(plaatsen):
                continue
            if ander is None:
                yield plaatsen[actie], Omweg(onmisbaar=True)
            else:
                meer = Omweg(False, *(b - a for a, b in zip(zelf, self._som(ander.way), strict=True)))
                grenzen = {"gewicht": ander.most, "ondergrens": ander.least}
                yield plaatsen[actie], msgspec.structs.replace(meer, **grenzen)

    def _som(self, weg: Optimum) -> tuple[int, ...]:
        handelingen = self.instantie.opgave.aanbod.handelingen
        delen = [
            (handelingen[p].jaren, *kosten_van(handelingen[p])) for p in self._plaatsen(weg, self.gewogen.plaatsen)
        ]
        return tuple(sum(each) for each in zip(*delen, strict=True)) if delen else (0, 0, 0, 0)

    def beste(self, verteller: Verteller, k: int, front: Sequence[Dated]) -> tuple[list[Leertraject], bool]:
        """The k ways of least weight beside the front, and whether none of them is missing.

        Ways differ when neither takes the steps of the other, by degree, years and hours; waiting only adds weight.
        """
        opgave, al = self.instantie.opgave, [self._maat(dated) for dated in front]

        def gewicht(einde: int, kosten: Sequence[int]) -> int:
            return opgave.wens.weging.van(einde - opgave.begin, *kosten[:3])

        zoektocht = Verschillend(self.instantie.ruime_kern, gewicht, al, start=self.instantie.start)
        wegen, volledig = zoektocht.lichtste(k, self.tijd.over)
        return [verteller.leertraject(weg.stappen, pareto=False) for weg in wegen], volledig

    def _maat(self, dated: Dated) -> Maat:
        """How many steps of each price a way takes."""
        opgave = self.instantie.opgave
        stappen = ((plaats, opgave.aanbod.handelingen[plaats]) for plaats, _ in dated if plaats >= 0)
        return Counter((h.jaren, *kosten_van(h), opgave.graad_van(plaats)) for plaats, h in stappen)

    def vector(self, traject: Leertraject) -> tuple[int, ...]:
        """The criteria of a way as the front has them."""
        einde = self.instantie.opgave.begin + traject.schooljaren
        return einde, traject.contacturen, traject.buiten_werkvloer, traject.inschrijvingen

    def zekerheid(self, verteller: Verteller, lichtste: int, *, alles_gezocht: bool) -> Zekerheid | None:
        """The certificate of the least weight in words. `alles_gezocht`: no dated way is lighter than `lichtste`.

        The milestones leave the calendar aside: where it makes who learns wait, they add up to less.
        """
        if self.eerste is None:
            return None
        ondergrens = lichtste if alles_gezocht else min(self.eerste.bound, lichtste)
        bewezen = ondergrens == lichtste
        door = "" if not bewezen else "kalender" if self.eerste.bound < lichtste else "oplosser"
        if self.eerste.certified >= lichtste:
            door = "mijlpalen"
        mijlpalen = tuple(self._mijlpalen(self.eerste, verteller))
        slot = _slot(door, lichtste, ondergrens, self.eerste.certified)
        return Zekerheid(lichtste, ondergrens, bewezen, door, mijlpalen, slot)

    def _mijlpalen(self, eerste: Optimum, verteller: Verteller) -> Iterator[Mijlpaal]:
        for mark in eerste.landmarks:
            keuzes = tuple(
                verteller.ander(self.gewogen.plaatsen[actie])
                for actie in mark.actions
                if actie < len(self.gewogen.plaatsen) and self.gewogen.plaatsen[actie] >= 0
            )
            if keuzes and mark.price:
                yield Mijlpaal(mark.price, keuzes, _mijlpaal([_stapnaam(each) for each in keuzes]))


def _slot(door: str, lichtste: int, ondergrens: int, mijlpalen: int) -> Zin:
    if door:
        return zin(BEWEZEN[door], gewicht=lichtste, mijlpalen=mijlpalen)
    meer = ceil(100 * (lichtste / max(ondergrens, 1) - 1))
    return zin("tijd-op", meer=meer, ondergrens=ondergrens, gewicht=lichtste)


def _onbeslist(jaren: int) -> Onbeslist:
    return Onbeslist(jaren, zin("onbeslist-een" if jaren == 1 else "onbeslist", jaren=jaren))


def _onderling(trajecten: Sequence[Leertraject], weging: _Weging) -> Iterator[Leertraject]:
    """Each marked by whether another of them is no worse in anything and better in something."""
    vectoren = [weging.vector(each) for each in trajecten]
    for traject, eigen in zip(trajecten, vectoren, strict=True):
        beter = any(o != eigen and all(a <= b for a, b in zip(o, eigen, strict=True)) for o in vectoren)
        yield msgspec.structs.replace(traject, pareto=not beter)


def _stapnaam(stap: Ander) -> Zin:
    """How a step is called in each language: the title of its programme, or that it is an EVC procedure."""
    if stap.programma:
        return dict.fromkeys(TALEN, stap.naam)
    return zin("stap-evc", naam=stap.naam.removeprefix("EVC-traject "))


def _mijlpaal(namen: Sequence[Zin]) -> Zin:
    eigen = [dict(woorden) for woorden in sorted({tuple(naam.items()) for naam in namen})]
    if len(eigen) == 1:
        return zin("mijlpaal-een", naam=eigen[0])
    getoond, rest = opgesomd(eigen[:MEESTE_IN_ZIN]), len(eigen) - MEESTE_IN_ZIN
    return zin("mijlpaal-rest", namen=getoond, rest=rest) if rest > 0 else zin("mijlpaal", namen=getoond)
