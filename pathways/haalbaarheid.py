"""Whether there is any way, and when the earliest one ends: yes, no, or not known when the time is up.

Steps follow each other, so what a way takes at least is what an AND/OR problem with years for prices costs; its best
plan, dated, is mostly the earliest way. Only where the calendar keeps these apart is every dated way searched.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum
from math import inf
from typing import NamedTuple

from .andor import Action, Problem
from .opgave import Instantie
from .optimum import Optimum, solve
from .pareto import Kern, front, plaatsen

JAAR = 1_000
"""What a school year costs where a step costs 1, so that of plans as long the one with fewest steps is found."""


class Haalbaarheid(StrEnum):
    """Whether there is a way."""

    HAALBAAR = "haalbaar"
    ONHAALBAAR = "onhaalbaar"
    ONBEKEND = "onbekend"


class Tijd:
    """Until when to go on, by a clock that a test can hold still.

    >>> Tijd(8, lambda: 100).deel(4).over
    2.0
    """

    def __init__(self, seconden: float, klok: Callable[[], float] = time.monotonic) -> None:
        self.klok, self.einde = klok, klok() + seconden

    @property
    def over(self) -> float:
        """The seconds that are left."""
        return max(self.einde - self.klok(), 0)

    def deel(self, van: int) -> Tijd:
        """An equal part of what is left."""
        return Tijd(self.over / van, self.klok)


class Vroegst(NamedTuple):
    """What is known: the steps of a way with their years, the year in which it ends, whether none ends earlier.

    `minst` is the year before which none can end.
    """

    haalbaarheid: Haalbaarheid
    stappen: tuple[tuple[int, int], ...] = ()
    einde: int = 0
    bewezen: bool = False
    minst: int = 0


ONHAALBAAR = Vroegst(Haalbaarheid.ONHAALBAAR)


def vroegst(instantie: Instantie, tijd: Tijd, *, precies: bool = False) -> Vroegst:
    """The earliest way of a question; unless `precies` any way will do. `ONHAALBAAR` is always proved."""
    kern = instantie.tijdskern
    if kern.doel & ~kern.bereikt:
        return ONHAALBAAR
    if kern.doel & ~kern.gehouden == 0:
        return Vroegst(Haalbaarheid.HAALBAAR, (), kern.begin, bewezen=True)
    plan, minst = _zonder_kalender(kern, tijd.deel(2))
    if kern.begin + minst > kern.laatst:
        return ONHAALBAAR
    stappen = [stap for nummer, stap in enumerate(kern.stappen) if nummer in plan]
    gevonden = _gedateerd(Kern(stappen, kern.afleidingen, kern.gehouden, kern.doel, kern.begin, kern.laatst), instantie)
    if gevonden.haalbaarheid is Haalbaarheid.HAALBAAR:
        gevonden = gevonden._replace(bewezen=gevonden.einde == kern.begin + minst)
        if gevonden.bewezen or not precies:
            return gevonden
    return _op_de_kalender(kern, instantie, tijd, gevonden)._replace(minst=kern.begin + minst)


def _zonder_kalender(kern: Kern, tijd: Tijd) -> tuple[frozenset[int], int]:
    """The steps of the shortest plan that is found when windows do not count, and the years that any takes at least."""
    alle = kern.gehouden | kern.doel
    for nodig, geeft in (*((stap.nodig, stap.geeft) for stap in kern.stappen), *kern.afleidingen):
        alle |= nodig | geeft
    acties = [Action(_nummers(s.nodig), _nummers(s.geeft), JAAR * s.jaren + 1) for s in kern.stappen]
    acties += [Action(_nummers(nodig), _nummers(geeft), 0) for nodig, geeft in kern.afleidingen]
    acties.append(Action(_nummers(kern.doel), (alle.bit_length(),), 0))
    problem = Problem.of(alle.bit_length() + 1, acties)
    gevonden = solve(problem, _nummers(kern.gehouden), alle.bit_length(), seconds=tijd.over, clock=tijd.klok)
    if not isinstance(gevonden, Optimum):
        return frozenset(), 0
    return frozenset(gevonden.actions), gevonden.bound // JAAR


def _nummers(feiten: int) -> tuple[int, ...]:
    return tuple(plaatsen(feiten))


def _gedateerd(kern: Kern, instantie: Instantie) -> Vroegst:
    """These few steps in their best order, which takes no time worth counting."""
    gevonden = front(kern, 0, start=instantie.start, seconden=inf, meeste_plannen=1)
    if not gevonden.punten:
        return ONHAALBAAR
    (punt,) = gevonden.punten
    return Vroegst(Haalbaarheid.HAALBAAR, punt.plannen[0].stappen, punt.vector[0], bewezen=True)


def _op_de_kalender(kern: Kern, instantie: Instantie, tijd: Tijd, al: Vroegst) -> Vroegst:
    """Every dated way, the one that ends first, before what is found already."""
    laatst = al.einde - 1 if al.haalbaarheid is Haalbaarheid.HAALBAAR else kern.laatst
    eerder = Kern(kern.stappen, kern.afleidingen, kern.gehouden, kern.doel, kern.begin, laatst)
    gevonden = front(
        eerder, 0, start=instantie.start, seconden=tijd.over, meeste_plannen=1, klok=tijd.klok, eerste=True
    )
    if gevonden.punten:
        (punt,) = gevonden.punten
        return Vroegst(Haalbaarheid.HAALBAAR, punt.plannen[0].stappen, punt.vector[0], bewezen=True)
    if al.haalbaarheid is Haalbaarheid.HAALBAAR:
        return al._replace(bewezen=gevonden.volledig)
    return ONHAALBAAR if gevonden.volledig else Vroegst(Haalbaarheid.ONBEKEND)
