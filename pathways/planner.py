"""Plans: all Pareto-optimal leertrajecten and the k best by weight, with the certificate; or why there is none."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from .alternatives import detours
from .handelingen import Aanbod
from .leerling import Leerling, Wens
from .leertraject import Antwoord, Leertraject, Mijlpaal, Omweg, Zekerheid
from .opgave import Gewogen, Instantie, Opgave, gewogen, kosten_van
from .optimum import Optimum, compiled, solve
from .pareto import Kern, Plan, Punt, Stap, front
from .regelboom import alternatieven, voldaan
from .verschillend import Maat, Verschillend
from .vertelling import Dated, Verteller
from .waaromniet import waarom_niet
from .zinnen import Zin, zin

SECONDEN = 5.0
MEESTE_IN_ZIN = 5


def plan(aanbod: Aanbod, leerling: Leerling, wens: Wens, *, seconden: float = SECONDEN) -> Antwoord:
    """The answer to a question. Raises UnknownCodeError and InputError for what cannot be asked.

    Exact: all Pareto-optimal vectors over school years, contact hours, hours off the work floor and enrolments, then
    the k ways of least weight that differ in cost or effect; when the time is up, the best found with its bound.
    """
    gecompileerd()
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
    einde = time.monotonic() + seconden
    gevonden = front(instantie.kern, 3, start=instantie.start, seconden=seconden)
    if not gevonden.punten and gevonden.volledig:
        return msgspec.structs.replace(leeg, onhaalbaar=waarom_niet(opgave))
    weging = _Weging(instantie, max(einde - time.monotonic(), 0.5))
    verteller = Verteller(instantie, weging.omwegen)
    eersten = [_eerste(aanbod, punt) for punt in gevonden.punten]
    trajecten = [verteller.leertraject(stappen, pareto=True) for stappen in eersten]
    beste, beste_volledig = weging.beste(verteller, wens.k, eersten)
    vectoren = {punt.vector for punt in gevonden.punten}
    trajecten += [msgspec.structs.replace(each, pareto=weging.vector(each) in vectoren) for each in beste]
    trajecten.sort(key=lambda each: each.gewicht)
    return msgspec.structs.replace(
        leeg,
        leertrajecten=tuple(trajecten),
        volledig=gevonden.volledig and all(omweg.bewezen for omweg in weging.omwegen.values()),
        beste_volledig=beste_volledig,
        zekerheid=weging.zekerheid(verteller),
    )


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

    def __init__(self, instantie: Instantie, seconden: float) -> None:
        self.instantie, self.einde = instantie, time.monotonic() + seconden
        opgave = instantie.opgave
        handelingen = opgave.aanbod.handelingen
        prijzen = {
            plaats: opgave.wens.weging.van(handelingen[plaats].jaren, *kosten_van(handelingen[plaats]))
            for plaats in opgave.plaatsen
        }
        self.gewogen: Gewogen = gewogen(instantie, instantie.stappen, prijzen)
        problem, held, target, _ = self.gewogen
        eerste = solve(problem, held, target, seconds=seconden)
        self.eerste = eerste if isinstance(eerste, Optimum) else None
        self.omwegen = dict(self._omwegen())

    def _plaatsen(self, weg: Optimum, plaatsen: Sequence[int]) -> list[int]:
        return [plaatsen[actie] for actie in weg.actions if actie < len(plaatsen) and plaatsen[actie] >= 0]

    def _omwegen(self) -> Iterator[tuple[int, Omweg]]:
        """For each step of the best way what the best without it costs more, criterion by criterion."""
        if self.eerste is None:
            return
        problem, held, target, plaatsen = self.gewogen
        seconden = max(self.einde - time.monotonic(), 0.2) / 2
        zelf = self._som(self.eerste)
        for actie, ander in detours(problem, held, target, self.eerste, seconds=seconden).items():
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
        wegen, volledig = zoektocht.lichtste(k, max(self.einde - time.monotonic(), 0.1))
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

    def zekerheid(self, verteller: Verteller) -> Zekerheid | None:
        """The certificate of the least weight in words."""
        if self.eerste is None:
            return None
        mijlpalen = []
        for mark in self.eerste.landmarks:
            keuzes = tuple(
                verteller.ander(self.gewogen.plaatsen[actie])
                for actie in mark.actions
                if actie < len(self.gewogen.plaatsen) and self.gewogen.plaatsen[actie] >= 0
            )
            if keuzes and mark.price:
                mijlpalen.append(Mijlpaal(mark.price, keuzes, _mijlpaal([each.naam for each in keuzes])))
        bewezen = self.eerste.certified >= self.eerste.cost
        door = "" if not self.eerste.optimal else "mijlpalen" if bewezen else "oplosser"
        return Zekerheid(
            self.eerste.cost,
            self.eerste.bound,
            self.eerste.optimal,
            door,
            tuple(mijlpalen),
            _slot(self.eerste, bewezen),
        )


def _slot(weg: Optimum, mijlpalen_volstaan: bool) -> Zin:
    if weg.optimal:
        return zin("bewezen-mijlpalen" if mijlpalen_volstaan else "bewezen-oplosser")
    return zin("tijd-op", meer=round(100 * (weg.cost / max(weg.bound, 1) - 1)))


def _mijlpaal(namen: Sequence[str]) -> Zin:
    eigen = sorted(dict.fromkeys(namen))
    if len(eigen) == 1:
        return zin("mijlpaal-een", naam=eigen[0])
    getoond, rest = ", ".join(eigen[:MEESTE_IN_ZIN]), len(eigen) - MEESTE_IN_ZIN
    return zin("mijlpaal-rest", namen=getoond, rest=rest) if rest > 0 else zin("mijlpaal", namen=getoond)
