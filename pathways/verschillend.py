"""The lightest ways that differ: none of them just takes the steps of another, at the same costs, and more.

Best first over what is reached and what was taken for it, so that the thousand ways in which alike steps can stand for
each other are one way. What a state must still pay at least is that of the Pareto search (algorithms.md §2.7).
"""

from __future__ import annotations

import heapq
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from .pareto import Kern, Ondergrens, Stap, Vector, sluit

Maat = Counter[Vector]
"""How many steps of each price: years, costs and what else tells steps apart."""


class Weg(NamedTuple):
    """Steps with the year in which each begins, and what they weigh together."""

    gewicht: int
    stappen: tuple[tuple[int, int], ...]


class _Staat(NamedTuple):
    """In the order in which states are taken: by what they weigh at least, then by how many steps they take."""

    minst: int
    aantal: int
    nummer: int
    jaar: int
    kosten: Vector
    feiten: int
    maat: tuple[int, ...]
    stappen: tuple[tuple[int, int], ...]


class Verschillend:
    """The search from one kernel; `gewicht` weighs the year of the end and the costs."""

    def __init__(
        self, kern: Kern, gewicht: Callable[[int, Vector], int], al: Sequence[Maat], *, start: int | None = None
    ) -> None:
        self.kern, self.gewicht, self.start = kern, gewicht, start
        self.stappen = een_van_gelijke_feiten(kern)
        prijzen = sorted({(stap.jaren, *stap.kosten) for stap in self.stappen if stap.nummer >= 0})
        self.plaats = {prijs: plaats for plaats, prijs in enumerate(prijzen)}
        self.maten = [tuple(maat[prijs] for prijs in prijzen) for maat in al if maat.keys() <= self.plaats.keys()]
        self.aantal = len(kern.stappen[0].kosten) if kern.stappen else 0
        self.ondergrens = Ondergrens(kern, self.aantal + 1)
        self.rij: list[_Staat] = []
        self.vroegst: dict[tuple[int, tuple[int, ...]], int] = {}
        self.teller = 0

    def lichtste(self, k: int, seconden: float) -> tuple[list[Weg], bool]:
        """The k lightest that differ from those of `al` and from each other, and whether none is missing.

        >>> stappen = [Stap(1, 2, 1, (5,), 0, 9, 0), Stap(1, 2, 1, (5,), 0, 9, 1), Stap(1, 2, 2, (3,), 0, 9, 2)]
        >>> kern = Kern(stappen, [], 1, 2, 0, 9, gelijk=True)
        >>> wegen, volledig = Verschillend(kern, lambda jaar, kosten: jaar + kosten[0], []).lichtste(3, 5)
        >>> [weg.gewicht for weg in wegen], volledig
        ([5, 6], True)
        """
        einde, gevonden = time.monotonic() + seconden, list[Weg]()
        if self.kern.doel & ~self.kern.bereikt:
            return [], True
        self._zet(self.kern.begin, (0,) * self.aantal, self.kern.gehouden, (0,) * len(self.plaats), ())
        while self.rij and len(gevonden) < k:
            if time.monotonic() >= einde:
                return gevonden, False
            staat = heapq.heappop(self.rij)
            if self._bekend(staat.maat) or self.vroegst[staat.feiten, staat.maat] < staat.jaar:
                continue
            if self.kern.doel & ~staat.feiten == 0:
                self.maten.append(staat.maat)
                stappen = tuple((nummer, jaar) for nummer, jaar in staat.stappen if nummer >= 0)
                gevonden.append(Weg(self.gewicht(staat.jaar, staat.kosten), stappen))
                continue
            for stap, begin in self._open(staat):
                self._neem(staat, stap, begin)
        return gevonden, True

    def _open(self, staat: _Staat) -> Iterator[tuple[Stap, int]]:
        for stap in self.stappen:
            begin = max(staat.jaar, stap.van)
            if stap.nodig & ~staat.feiten or not stap.geeft & ~staat.feiten or begin > stap.tot:
                continue
            if self.start is None or staat.stappen or begin == self.start:
                yield stap, begin

    def _neem(self, staat: _Staat, stap: Stap, begin: int) -> None:
        maat = staat.maat
        if stap.nummer >= 0:
            plaats = self.plaats[stap.jaren, *stap.kosten]
            maat = (*maat[:plaats], maat[plaats] + 1, *maat[plaats + 1 :])
        kosten = tuple(map(sum, zip(staat.kosten, stap.kosten, strict=True)))
        feiten = sluit(staat.feiten | stap.geeft, self.kern.afleidingen)
        self._zet(begin + stap.jaren, kosten, feiten, maat, (*staat.stappen, (stap.nummer, begin)))

    def _zet(
        self, jaar: int, kosten: Vector, feiten: int, maat: tuple[int, ...], stappen: tuple[tuple[int, int], ...]
    ) -> None:
        rest = self.ondergrens.van(feiten)
        if rest is None or jaar + rest[0] > self.kern.laatst or self._bekend(maat):
            return
        if self.vroegst.get((feiten, maat), jaar + 1) <= jaar:
            return
        self.vroegst[feiten, maat] = jaar
        minst = self.gewicht(jaar + rest[0], tuple(map(sum, zip(kosten, rest[1:], strict=True))))
        self.teller += 1
        heapq.heappush(self.rij, _Staat(minst, len(stappen), self.teller, jaar, kosten, feiten, maat, stappen))

    def _bekend(self, maat: tuple[int, ...]) -> bool:
        """Whether it takes all that a way which is shown takes."""
        return any(all(a <= b for a, b in zip(ander, maat, strict=True)) for ander in self.maten)


def een_van_gelijke_feiten(kern: Kern) -> list[Stap]:
    """The steps without those about a fact that another can stand for in every step and derivation.

    Such facts (being ready for the one or for the other programme) are made alike and serve alike, so that a way never
    needs two of them, and any way has its like by the first.
    """
    stappen = kern.stappen
    while True:
        eerste: dict[object, int] = {}
        dubbel = 0
        for feit in _feiten(stappen):
            if not (kern.doel | kern.gehouden) & feit and not any((n | g) & feit for n, g in kern.afleidingen):
                rol = frozenset(
                    stap._replace(nodig=_los(stap.nodig, feit), geeft=_los(stap.geeft, feit), nummer=0)
                    for stap in stappen
                    if (stap.nodig | stap.geeft) & feit
                )
                if eerste.setdefault(rol, feit) != feit:
                    dubbel |= feit
        if not dubbel:
            return stappen
        stappen = [stap for stap in stappen if not (stap.nodig | stap.geeft) & dubbel]


def _feiten(stappen: Sequence[Stap]) -> Iterator[int]:
    alle = 0
    for stap in stappen:
        alle |= stap.nodig | stap.geeft
    while alle:
        yield alle & -alle
        alle &= alle - 1


def _los(feiten: int, feit: int) -> int:
    """These facts with that one, if it is among them, as a fact of no name."""
    return feiten if not feiten & feit else -1 - (feiten & ~feit)
