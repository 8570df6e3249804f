"""The exact Pareto front of plans over (time, costs …): labels of (facts, vector) on a kernel without dominated steps.

Steps are dated: each may begin in a window of years, one after the other, and waiting is allowed, so arriving earlier
is never worse. With monotone tails, no deletes and additive costs of 0 or more, a label that holds no more facts for no
less can be dropped (algorithms.md §2.5). Before the search every step is dropped that another step does at least as
well: asked less or what is implied, giving no less, costing no more, in a window no narrower.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .andor import INFINITE, Ints, Longs, Rows

Bytes = NDArray[np.uint8]
Vector = tuple[int, ...]


class Stap(NamedTuple):
    """A step of the problem: facts as bits, the years it takes, its costs, and when it may begin (inclusive)."""

    nodig: int
    geeft: int
    jaren: int
    kosten: Vector
    van: int
    tot: int
    nummer: int


class Plan(NamedTuple):
    """Steps in order, each with the year in which it begins."""

    stappen: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Punt:
    """One Pareto-optimal vector (end, costs …) and the plans of the kernel that have it."""

    vector: Vector
    plannen: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """All Pareto-optimal vectors; `volledig` says that none is missing (else time was up)."""

    punten: tuple[Punt, ...]
    volledig: bool


@dataclass(slots=True)
class _Label:
    vector: Vector
    feiten: int
    ouders: list[tuple[_Label, int, int]] = field(default_factory=list)


class Kern:
    """The steps that can matter for one goal from one start, after dominance.

    With `gelijk` a step gives way only to one of the same cost, so that dearer ways remain, each once.
    """

    def __init__(
        self,
        stappen: Sequence[Stap],
        afleidingen: Sequence[tuple[int, int]],
        gehouden: int,
        doel: int,
        begin: int,
        laatst: int,
        *,
        gelijk: bool = False,
    ) -> None:
        self.doel, self.begin, self.laatst, self.gelijk = doel, begin, laatst, gelijk
        self.gehouden = sluit(gehouden, afleidingen)
        self.stappen, self.afleidingen = self._bereikbaar(stappen, afleidingen)
        grootte = -1
        while grootte != len(self.stappen):
            grootte = len(self.stappen)
            self._relevant()
            self._domineer()

    def _bereikbaar(
        self, stappen: Sequence[Stap], afleidingen: Sequence[tuple[int, int]]
    ) -> tuple[list[Stap], list[tuple[int, int]]]:
        """What can be reached at all, and in time."""
        over = [
            s for s in stappen if max(s.van, self.begin) <= s.tot and max(s.van, self.begin) + s.jaren <= self.laatst
        ]
        feiten, rest, gekozen = self.gehouden, over, []
        while True:
            nu = [stap for stap in rest if stap.nodig & ~feiten == 0]
            if not nu:
                break
            gekozen += nu
            rest = [stap for stap in rest if stap.nodig & ~feiten]
            for stap in nu:
                feiten |= stap.geeft
            feiten = sluit(feiten, afleidingen)
        self.bereikt = feiten
        bruikbaar = [(n, g) for n, g in afleidingen if n & ~feiten == 0 and g & ~self.gehouden]
        return gekozen, bruikbaar

    def _relevant(self) -> None:
        """Only facts that the goal can need count; a held fact is no need."""
        nodig, oud = self.doel & ~self.gehouden, 0
        while nodig != oud:
            oud = nodig
            for n, geeft in self.afleidingen:
                if geeft & nodig:
                    nodig |= n & ~self.gehouden
            for stap in self.stappen:
                if stap.geeft & nodig:
                    nodig |= stap.nodig & ~self.gehouden
        self.afleidingen = [(n & ~self.gehouden, g & nodig) for n, g in self.afleidingen if g & nodig]
        klein = (stap._replace(nodig=stap.nodig & ~self.gehouden, geeft=stap.geeft & nodig) for stap in self.stappen)
        self.stappen = [stap._replace(geeft=sluit(stap.geeft, self.afleidingen)) for stap in klein if stap.geeft]

    def _volgt(self) -> dict[int, int]:
        """Per fact what always holds with it: what each of its makers gives and needs, and what holds with those.

        The greatest solution, sound because support is never circular: whatever made a fact came after its needs.
        """
        makers: dict[int, list[tuple[int, int]]] = {}
        regels = [(stap.nodig, stap.geeft) for stap in self.stappen] + self.afleidingen
        for nodig, geeft in dict.fromkeys(regels):
            for feit in _bits(geeft):
                makers.setdefault(feit, []).append((nodig, geeft))
        alles = sum(makers)
        volgt = dict.fromkeys(makers, alles)
        anders = True
        while anders:
            anders = False
            for feit, samen in makers.items():
                nieuw = volgt[feit]
                for nodig, geeft in samen:
                    nieuw &= _ruim(nodig, volgt) | geeft
                if nieuw != volgt[feit]:
                    volgt[feit], anders = nieuw, True
        return volgt

    def _domineer(self) -> None:
        volgt = self._volgt()
        uitgebreid = {nodig: _ruim(nodig, volgt) for nodig in {stap.nodig for stap in self.stappen}}
        volgorde = sorted(
            self.stappen,
            key=lambda s: (s.jaren, s.kosten, s.nodig.bit_count(), -s.geeft.bit_count(), s.van, -s.tot, s.nummer),
        )
        gehouden: list[Stap] = []
        for stap in volgorde:
            ruim = uitgebreid[stap.nodig]
            if not any(
                _beter(ander, stap, ruim, self.begin) and not (self.gelijk and _prijs(ander) != _prijs(stap))
                for ander in gehouden
            ):
                gehouden.append(stap)
        self.stappen = gehouden


def _beter(ander: Stap, stap: Stap, ruim: int, begin: int) -> bool:
    return (
        ander.nodig & ~ruim == 0
        and stap.geeft & ~ander.geeft == 0
        and ander.jaren <= stap.jaren
        and all(a <= b for a, b in zip(ander.kosten, stap.kosten, strict=True))
        and max(ander.van, begin) <= max(stap.van, begin)
        and ander.tot >= stap.tot
    )


def _prijs(stap: Stap) -> tuple[int, Vector]:
    return stap.jaren, stap.kosten


def _ruim(feiten: int, volgt: dict[int, int]) -> int:
    """Facts and all that always holds with them."""
    ruim = feiten
    for feit in _bits(feiten):
        ruim |= volgt.get(feit, 0)
    return ruim


def _bits(getal: int) -> Iterator[int]:
    while getal:
        laag = getal & -getal
        yield laag
        getal ^= laag


def sluit(feiten: int, afleidingen: Iterable[tuple[int, int]]) -> int:
    """The least fixpoint of the derivations."""
    oud = -1
    while oud != feiten:
        oud = feiten
        for nodig, geeft in afleidingen:
            if nodig & ~feiten == 0:
                feiten |= geeft
    return feiten


def front(
    kern: Kern,
    aantal_kosten: int,
    *,
    start: int | None = None,
    seconden: float = 10.0,
    meeste_plannen: int = 200,
    klok: Callable[[], float] = time.monotonic,
    eerste: bool = False,
) -> Front:
    """All Pareto-optimal vectors of a kernel, each with its plans (at most `meeste_plannen`).

    With `start` the first step begins in that year, without waiting. After `seconden` of `klok` what was found; with
    `eerste` no more than the vector that ends first, which is soonest known.

    >>> stappen = [Stap(1, 2, 1, (5,), 0, 9, 0), Stap(1, 2, 2, (3,), 0, 9, 1), Stap(1, 2, 2, (6,), 0, 9, 2)]
    >>> [punt.vector for punt in front(Kern(stappen, [], 1, 2, 0, 9), 1).punten]
    [(1, 5), (2, 3)]
    """
    if kern.doel & ~kern.bereikt:
        return Front((), volledig=True)
    einde = klok() + seconden
    zoektocht = _Zoektocht(kern, aantal_kosten, start, lambda: klok() >= einde)
    return zoektocht.loop(meeste_plannen, eerste=eerste)


class Ondergrens:
    """What must still be paid, criterion by criterion: the dearest need of the cheapest maker (h-max)."""

    def __init__(self, kern: Kern, aantal: int) -> None:
        nul = (0,) * aantal
        stappen = {(stap.nodig, stap.geeft, (stap.jaren, *stap.kosten)) for stap in kern.stappen}
        stappen |= {(nodig, geeft, nul) for nodig, geeft in kern.afleidingen}
        volgorde = sorted(stappen)
        self._nodig = Rows.of([plaatsen(nodig) for nodig, _, _ in volgorde])
        self._geeft = Rows.of([plaatsen(geeft) for _, geeft, _ in volgorde])
        self._kosten = np.array([kosten for _, _, kosten in volgorde], np.int64).reshape(len(volgorde), aantal)
        self._doel = np.array(plaatsen(kern.doel), np.int32)
        feiten = kern.gehouden | kern.doel
        for nodig, geeft, _ in volgorde:
            feiten |= nodig | geeft
        self._bytes = feiten.bit_length() // 8 + 1
        self._bekend: dict[int, Vector | None] = {}

    def van(self, feiten: int) -> Vector | None:
        """The bound from these facts; None when the goal cannot be reached."""
        if feiten not in self._bekend:
            vlaggen = np.unpackbits(np.frombuffer(feiten.to_bytes(self._bytes, "little"), np.uint8), bitorder="little")
            rest = _rest(self._nodig, self._geeft, self._kosten, self._doel, vlaggen)
            self._bekend[feiten] = None if rest[0] >= INFINITE else tuple(int(each) for each in rest)
        return self._bekend[feiten]


@njit(cache=True)
def _rest(nodig: Rows, geeft: Rows, kosten: Longs, doel: Ints, gehouden: Bytes) -> Longs:
    """Values per fact and criterion, lowered until nothing changes; the dearest of the goal."""
    aantal = kosten.shape[1]
    waarde = np.full((len(gehouden), aantal), INFINITE, np.int64)
    for feit in range(len(gehouden)):
        if gehouden[feit]:
            waarde[feit] = 0
    samen = np.empty(aantal, np.int64)
    anders = True
    while anders:
        anders = False
        for stap in range(len(kosten)):
            samen[:] = kosten[stap]
            for plaats in range(nodig.starts[stap], nodig.starts[stap + 1]):
                for soort in range(aantal):
                    samen[soort] = max(samen[soort], kosten[stap, soort] + waarde[nodig.values[plaats], soort])
            if samen[0] >= INFINITE:
                continue
            for plaats in range(geeft.starts[stap], geeft.starts[stap + 1]):
                feit = geeft.values[plaats]
                for soort in range(aantal):
                    if samen[soort] < waarde[feit, soort]:
                        waarde[feit, soort] = samen[soort]
                        anders = True
    rest = np.zeros(aantal, np.int64)
    for feit in doel:
        for soort in range(aantal):
            rest[soort] = max(rest[soort], waarde[feit, soort])
    return rest


def plaatsen(feiten: int) -> list[int]:
    """The places of the bits that are set."""
    return [bit.bit_length() - 1 for bit in _bits(feiten)]


class _Zoektocht:
    """Multi-objective A*: labels in order of what they cost and must still cost at least."""

    def __init__(self, kern: Kern, aantal_kosten: int, start_jaar: int | None, laat: Callable[[], bool]) -> None:
        self.kern, self.laat, self.start_jaar = kern, laat, start_jaar
        self.ondergrens = Ondergrens(kern, aantal_kosten + 1)
        start = _Label((kern.begin, *(0,) * aantal_kosten), kern.gehouden)
        self.labels: dict[int, list[_Label]] = {kern.gehouden: [start]}
        self.rij: list[tuple[Vector, int, int, _Label]] = [(start.vector, 0, 0, start)]
        self.doelen: list[_Label] = []

    def loop(self, meeste: int, *, eerste: bool) -> Front:
        """Take labels until none is left or time is up."""
        kern, teller = self.kern, 0
        while self.rij and not (eerste and self.doelen):
            if self.laat():
                return self._front(meeste, volledig=False)
            minst, _, _, label = heapq.heappop(self.rij)
            if self._overtroffen(label, minst):
                continue
            if kern.doel & ~label.feiten == 0:
                self.doelen.append(label)
                continue
            for stap in kern.stappen:
                if stap.nodig & ~label.feiten == 0 and stap.geeft & ~label.feiten:
                    teller += 1
                    self._zet(label, stap, teller)
        return self._front(meeste, volledig=True)

    def _overtroffen(self, label: _Label, minst: Vector) -> bool:
        """Whether it was dropped since, or a goal is reached for less than it can still reach."""
        if not any(each is label for each in self.labels[label.feiten]):
            return True
        return any(_minder(doel.vector, minst) for doel in self.doelen)

    def _zet(self, label: _Label, stap: Stap, teller: int) -> None:
        begin = max(label.vector[0], stap.van)
        if begin > stap.tot or begin + stap.jaren > self.kern.laatst:
            return
        if self.start_jaar is not None and not label.ouders and begin != self.start_jaar:
            return
        vector = (begin + stap.jaren, *map(sum, zip(label.vector[1:], stap.kosten, strict=True)))
        feiten = sluit(label.feiten | stap.geeft, self.kern.afleidingen)
        bekend = self.labels.setdefault(feiten, [])
        for ander in bekend:
            if ander.vector == vector:
                ander.ouders.append((label, stap.nummer, begin))
                return
            if _minder(ander.vector, vector):
                return
        rest = self.ondergrens.van(feiten)
        if rest is None or vector[0] + rest[0] > self.kern.laatst:
            return
        minst = tuple(map(sum, zip(vector, rest, strict=True)))
        if any(_minder(doel.vector, minst) for doel in self.doelen):
            return
        bekend[:] = [ander for ander in bekend if not _minder(vector, ander.vector)]
        nieuw = _Label(vector, feiten, [(label, stap.nummer, begin)])
        bekend.append(nieuw)
        heapq.heappush(self.rij, (minst, -feiten.bit_count(), teller, nieuw))

    def _front(self, meeste: int, *, volledig: bool) -> Front:
        beste = [d for d in self.doelen if not any(_minder(ander.vector, d.vector) for ander in self.doelen)]
        punten = []
        for vector in sorted({label.vector for label in beste}):
            plannen: dict[Plan, None] = {}
            for label in (each for each in beste if each.vector == vector):
                for plan in _terug(label):
                    plannen.setdefault(plan)
                    if len(plannen) >= meeste:
                        break
            punten.append(Punt(vector, tuple(plannen)))
        return Front(tuple(punten), volledig)


def _terug(label: _Label) -> Iterator[Plan]:
    """Every way to a label, last step last."""
    if not label.ouders:
        yield Plan(())
    for ouder, nummer, begin in label.ouders:
        for plan in _terug(ouder):
            yield Plan((*plan.stappen, (nummer, begin)))


def _minder(links: Vector, rechts: Vector) -> bool:
    """No more in anything and less in something."""
    return links != rechts and all(a <= b for a, b in zip(links, rechts, strict=True))
