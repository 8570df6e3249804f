"""Plans: all Pareto-optimal leertrajecten and the k best by weight, with the certificate; or why there is none."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import msgspec

from .alternatives import cheapest, without_each
from .handelingen import Aanbod
from .leerling import Leerling, Wens
from .leertraject import Antwoord, Leertraject, Mijlpaal, Omweg, Zekerheid
from .opgave import Gewogen, Instantie, Opgave, gewogen, kosten_van
from .optimum import Optimum, solve
from .pareto import front
from .regelboom import alternatieven, voldaan
from .vertelling import Verteller
from .waaromniet import waarom_niet

SECONDEN = 5.0
MEESTE_IN_ZIN = 5


def plan(aanbod: Aanbod, leerling: Leerling, wens: Wens, *, seconden: float = SECONDEN) -> Antwoord:
    """The answer to a question. Raises UnknownCodeError and InputError for what cannot be asked.

    Exact: all Pareto-optimal vectors over school years, contact hours, hours off the work floor and enrolments, then
    the k ways of least weight that differ in cost or effect; when the time is up, the best found with its bound.
    """
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
    trajecten = [verteller.leertraject(punt.plannen[0].stappen, pareto=True) for punt in gevonden.punten]
    vectoren = {punt.vector for punt in gevonden.punten}
    trajecten += weging.beste(verteller, wens.k, {_stappen(each) for each in trajecten}, vectoren)
    trajecten.sort(key=lambda each: each.gewicht)
    return msgspec.structs.replace(
        leeg, leertrajecten=tuple(trajecten), volledig=gevonden.volledig, zekerheid=weging.zekerheid(verteller)
    )


def _stappen(traject: Leertraject) -> frozenset[str]:
    return frozenset(stap.code for stap in traject.stappen)


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
        self.klein: Gewogen = gewogen(instantie, instantie.ruime_kern.stappen, prijzen)
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
        zelf = self._som(self.eerste)
        for actie, ander in without_each(problem, held, target, self.eerste, seconds=1.0).items():
            if actie >= len(plaatsen):
                continue
            if ander is None:
                yield plaatsen[actie], Omweg(onmisbaar=True)
            else:
                anders = [b - a for a, b in zip(zelf, self._som(ander), strict=True)]
                yield plaatsen[actie], Omweg(False, *anders)

    def _som(self, weg: Optimum) -> tuple[int, ...]:
        handelingen = self.instantie.opgave.aanbod.handelingen
        delen = [
            (handelingen[p].jaren, *kosten_van(handelingen[p])) for p in self._plaatsen(weg, self.gewogen.plaatsen)
        ]
        return tuple(sum(each) for each in zip(*delen, strict=True)) if delen else (0, 0, 0, 0)

    def beste(
        self, verteller: Verteller, k: int, al: set[frozenset[str]], vectoren: set[tuple[int, ...]]
    ) -> Iterator[Leertraject]:
        """The k ways of least weight that differ in cost or effect and are not told yet; waiting only adds weight."""
        gevonden: list[Leertraject] = []
        problem, held, target, plaatsen = self.klein
        for weg in cheapest(problem, held, target, seconds=max(self.einde - time.monotonic(), 0.1)):
            if len(gevonden) >= k and weg.cost >= sorted(each.gewicht for each in gevonden)[k - 1]:
                break
            dated = op_kalender(verteller, self._plaatsen(weg, plaatsen))
            if dated is None:
                continue
            traject = verteller.leertraject(dated, pareto=False)
            if _stappen(traject) not in al:
                al.add(_stappen(traject))
                gevonden.append(msgspec.structs.replace(traject, pareto=self._vector(traject) in vectoren))
        gevonden.sort(key=lambda each: each.gewicht)
        return iter(gevonden[:k])

    def _vector(self, traject: Leertraject) -> tuple[int, ...]:
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
                mijlpalen.append(Mijlpaal(mark.price, keuzes, _zin([each.naam for each in keuzes])))
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


def _slot(weg: Optimum, mijlpalen_volstaan: bool) -> dict[str, str]:
    if weg.optimal and mijlpalen_volstaan:
        return {
            "nl": "Bewezen: samen kosten de mijlpalen evenveel als het beste leertraject; lichter kan dus niet.",
            "en": "Proved: together the milestones cost as much as the best pathway, so nothing lighter exists.",
        }
    if weg.optimal:
        return {
            "nl": "Bewezen door de oplosser: lichter kan niet; de mijlpalen alleen verklaren een deel.",
            "en": "Proved by the solver: nothing lighter exists; the milestones explain a part.",
        }
    meer = round(100 * (weg.cost / max(weg.bound, 1) - 1))
    return {
        "nl": f"De tijd was op: dit is hoogstens {meer} % zwaarder dan het beste.",
        "en": f"Time was up: this is at most {meer} % heavier than the best.",
    }


def _zin(namen: Sequence[str]) -> dict[str, str]:
    eigen = sorted(dict.fromkeys(namen))
    getoond, rest = eigen[:MEESTE_IN_ZIN], len(eigen) - MEESTE_IN_ZIN
    if len(eigen) == 1:
        return {"nl": f"Wat je ook kiest, je doet {eigen[0]}.", "en": f"Whatever you choose, you do {eigen[0]}."}
    nl, en = (f" of een van {rest} andere", f" or one of {rest} others") if rest > 0 else ("", "")
    return {
        "nl": f"Wat je ook kiest, je doet een van: {', '.join(getoond)}{nl}.",
        "en": f"Whatever you choose, you do one of: {', '.join(getoond)}{en}.",
    }


def op_kalender(verteller: Verteller, plaatsen: Sequence[int]) -> list[tuple[int, int]] | None:
    """The order and years that end a set of steps earliest; None when no order fits the windows.

    A set is small, so every subset is tried once: the earliest end of each set of steps done. Waiting is allowed, so
    earlier is never worse.
    """
    instantie = verteller.instantie
    einde: dict[int, tuple[int, list[tuple[int, int]]]] = {0: (instantie.begin, [])}
    vol = (1 << len(plaatsen)) - 1
    for gedaan in range(vol):
        if gedaan not in einde:
            continue
        jaar, weg = einde[gedaan]
        feiten = verteller.feiten_na([plaatsen[n] for n in range(len(plaatsen)) if gedaan >> n & 1], jaar)
        for nummer, plaats in enumerate(plaatsen):
            if gedaan >> nummer & 1:
                continue
            for nodig, van, tot in verteller.toegestaan.get(plaats, ()):
                begin = max(jaar, van)
                klaar = begin + instantie.opgave.aanbod.handelingen[plaats].jaren
                if nodig & ~feiten or begin > tot or klaar > instantie.laatst:
                    continue
                if instantie.start is not None and not weg and begin != instantie.start:
                    continue
                sleutel = gedaan | 1 << nummer
                if sleutel not in einde or klaar < einde[sleutel][0]:
                    einde[sleutel] = (klaar, [*weg, (plaats, begin)])
    return einde[vol][1] if vol in einde else None
