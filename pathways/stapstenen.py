"""Stepping stones: a chain of qualifications between two that are far apart, with the proven gain of every step."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import msgspec
import numpy as np

from ..errors import InputError
from .brug import Brug, brug
from .houder import vind
from .vergelijking import Vergelijking
from .verwantschap import Verwantschap

BUREN = 12
"""Neighbours that a chain may step to from each qualification."""

REGELSET = "keten-1"
"""The name of the rules by which a chain is shown; it changes when a rule changes."""


class Stap(msgspec.Struct, frozen=True):
    """One step of a chain: the bridge to this stone from all held before it, and to the target once it is held too.

    `gelijkenis` orders suggestions only; `winst` more competences of the target are proven by holding this stone too,
    by the rules of a bridge.
    """

    code: str
    gelijkenis: float
    naar_steen: Brug
    naar_doel: Brug
    winst: int


class Keten(msgspec.Struct, frozen=True):
    """The chain from what is held to the target; the weakest leg is as strong as it can be.

    `vertrek` is the bridge to the target before the first step.
    """

    vertrek: Brug
    zwakste: float
    stappen: tuple[Stap, ...]
    regelset: str = REGELSET


def stapstenen(vergelijking: Vergelijking, maat: Verwantschap, van: str, naar: str, op: date, stenen: int = 3) -> Keten:
    """The chain with at most that many stones between, whose weakest leg is the most alike (minimax, §4 lesson 6).

    Among equally strong chains the shortest. Raises InputError where no chain exists or both ends are one,
    UnknownCodeError for a code.
    """
    van, naar = (vind(vergelijking, code, op).code for code in (van, naar))
    if van == naar:
        raise InputError("Er zijn twee verschillende kwalificaties nodig.", remedy="Geef van en naar.")
    codes = _sterkste_keten(maat, maat.plaats(van), maat.plaats(naar), stenen)
    if not codes:
        raise InputError(f"Tussen {van} en {naar} is geen keten gevonden.", remedy="Sta meer stapstenen toe.")
    namen = [maat.codes[n] for n in codes]
    benen = [float(maat.alle[een, ander]) for een, ander in pairwise(codes)]
    vertrek = brug(vergelijking, [van], naar, op)
    return Keten(vertrek, min(benen), tuple(_stappen(vergelijking, namen, benen, vertrek)))


def _sterkste_keten(maat: Verwantschap, begin: int, eind: int, stenen: int) -> list[int]:
    """Bottleneck search over the nearest neighbours, by number of legs; the direct leg is not a chain with a stone."""
    alle = maat.alle
    beste: dict[tuple[int, int], float] = {}
    rij: list[tuple[float, int, list[int]]] = [(-np.inf, 0, [begin])]
    while rij:
        sterkte, benen, pad = heapq.heappop(rij)
        hier = pad[-1]
        if hier == eind:
            return pad
        if benen > stenen or beste.get((hier, benen), np.inf) <= sterkte:
            continue
        beste[hier, benen] = sterkte
        buren = np.argsort(-alle[hier], kind="stable")[: BUREN + 1].tolist()
        for ander in dict.fromkeys([*buren, eind]):
            if ander not in pad and not (hier == begin and ander == eind):
                heapq.heappush(rij, (max(sterkte, -float(alle[hier, ander])), benen + 1, [*pad, ander]))
    return []


def _stappen(vergelijking: Vergelijking, namen: list[str], benen: list[float], vertrek: Brug) -> Iterator[Stap]:
    """Each leg computed anew with all that is held by then."""
    gehouden, bewezen = [namen[0]], vertrek.dekking.gedekt
    for code, gelijkenis in zip(namen[1:], benen, strict=True):
        naar_steen = brug(vergelijking, gehouden, code, vertrek.datum)
        gehouden.append(code)
        naar_doel = brug(vergelijking, gehouden, namen[-1], vertrek.datum)
        yield Stap(code, round(gelijkenis, 6), naar_steen, naar_doel, naar_doel.dekking.gedekt - bewezen)
        bewezen = naar_doel.dekking.gedekt
