"""Weighted set cover, exact: the cheapest set of candidates that together cover everything, with a proof of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

BITS = 20
"""Up to this many elements the table of all subsets is made (4 MB); beyond it HiGHS solves."""
SECONDS = 30.0


@dataclass(frozen=True)
class Bewijs:
    """Why nothing is cheaper: the method, a lower bound, and prices that any cover must pay for each element.

    The prices are the dual of the linear relaxation: no candidate costs less than the prices of what it covers, so
    their sum bounds every cover. `optimaal` says that the method searched everything, even where the prices say less.
    """

    methode: str
    ondergrens: int
    optimaal: bool
    prijzen: Mapping[str, float]


@dataclass(frozen=True)
class Oplossing:
    """The chosen candidates, in the order of the candidates, and their cost."""

    gekozen: tuple[str, ...]
    kosten: int
    bewijs: Bewijs


@dataclass(frozen=True)
class _Kern:
    """What is left after merging elements that the same candidates cover, and dropping dominated candidates."""

    elementen: tuple[frozenset[str], ...]
    kandidaten: tuple[str, ...]
    maskers: tuple[int, ...]
    kosten: tuple[int, ...]


def overdek(elementen: Set[str], dekt: Mapping[str, Set[str]], kosten: Mapping[str, int]) -> Oplossing | None:
    """The cheapest set of candidates that covers all elements, None where no set does.

    `dekt` says what each candidate covers, `kosten` its cost (not negative). Between equal costs the choice is fixed
    by the order of the candidates. Algorithms.md §2.9 `close_gap`: a table over subsets up to 20 merged elements,
    HiGHS beyond it, and the dual prices as certificate.

    >>> overdek({"a", "b"}, {"x": {"a"}, "y": {"b"}, "z": {"a", "b"}}, {"x": 1, "y": 1, "z": 1}).gekozen
    ('z',)
    """
    kern = _kern(elementen, dekt, kosten)
    if kern is None:
        return None
    prijzen = _prijzen(kern)
    if not kern.elementen:
        return Oplossing((), 0, Bewijs("niets te dekken", 0, True, {}))
    if len(kern.elementen) <= BITS:
        gekozen, methode, optimaal, grens = _tabel(kern), "tabel van alle deelverzamelingen", True, 0
    else:
        gekozen, optimaal, grens = _highs(kern)
        methode = "HiGHS (geheeltallig)"
    gekozen = _zonder_overbodige(kern, gekozen)
    som = sum(kern.kosten[n] for n in gekozen)
    ondergrens = som if optimaal else max(grens, int(np.ceil(prijzen.sum() - 1e-6)))
    per_element = {min(samen): round(float(p), 9) for samen, p in zip(kern.elementen, prijzen, strict=True)}
    bewijs = Bewijs(methode, ondergrens, optimaal, {e: p for e, p in sorted(per_element.items()) if p})
    return Oplossing(tuple(kern.kandidaten[n] for n in sorted(gekozen)), som, bewijs)


def k_beste(
    elementen: Set[str], dekt: Mapping[str, Set[str]], kosten: Mapping[str, int], k: int
) -> Iterator[Oplossing]:
    """The k cheapest covers of which no candidate can be left out, cheapest first (Lawler's partition by bans)."""
    gezien: set[tuple[str, ...]] = set()
    wachtrij: list[tuple[int, tuple[str, ...], frozenset[str], Oplossing]] = []

    def bied(verboden: frozenset[str]) -> None:
        oplossing = overdek(elementen, {c: d for c, d in dekt.items() if c not in verboden}, kosten)
        if oplossing:
            wachtrij.append((oplossing.kosten, oplossing.gekozen, verboden, oplossing))

    bied(frozenset())
    gebannen: set[frozenset[str]] = set()
    while wachtrij and len(gezien) < k:
        wachtrij.sort(key=lambda rij: (rij[0], len(rij[1]), rij[1]))
        _, gekozen, verboden, oplossing = wachtrij.pop(0)
        if gekozen not in gezien:
            gezien.add(gekozen)
            yield oplossing
        for kandidaat in gekozen:
            volgende = verboden | {kandidaat}
            if volgende not in gebannen:
                gebannen.add(volgende)
                bied(volgende)


def _niet_overheerst(dekt: Mapping[str, Set[str]], kosten: Mapping[str, int]) -> list[str]:
    """The candidates that no other covers at least as much for at most the same cost, in order."""
    volgorde = sorted(dekt, key=lambda c: (kosten[c], -len(dekt[c]), list(dekt).index(c)))
    over: list[str] = []
    for kandidaat in volgorde:
        if not any(dekt[kandidaat] <= dekt[beter] for beter in over):
            over.append(kandidaat)
    return [kandidaat for kandidaat in dekt if kandidaat in set(over)]


def _kern(elementen: Set[str], dekt: Mapping[str, Set[str]], kosten: Mapping[str, int]) -> _Kern | None:
    nodig = {c: frozenset(d & elementen) for c, d in dekt.items()}
    nodig = {c: d for c, d in nodig.items() if d}
    if elementen - frozenset[str]().union(*nodig.values()):
        return None
    kandidaten = _niet_overheerst(nodig, kosten)
    groepen: dict[frozenset[int], set[str]] = {}
    for element in sorted(elementen):
        wie = frozenset(n for n, c in enumerate(kandidaten) if element in nodig[c])
        groepen.setdefault(wie, set()).add(element)
    minimaal = [wie for wie in groepen if not any(ander < wie for ander in groepen)]
    maskers = [sum(1 << bit for bit, wie in enumerate(minimaal) if n in wie) for n in range(len(kandidaten))]
    return _Kern(
        tuple(frozenset(groepen[wie]) for wie in minimaal),
        tuple(kandidaten),
        tuple(maskers),
        tuple(kosten[c] for c in kandidaten),
    )


def _tabel(kern: _Kern) -> list[int]:
    """Cheapest cost of covering each subset: that of its lowest element by some candidate, and then the rest."""
    r = len(kern.elementen)
    goedkoopst = np.zeros(1 << r, dtype=np.int64)
    for bit in reversed(range(r)):
        subsets = (np.arange(1 << (r - bit - 1), dtype=np.int64) << (bit + 1)) | (1 << bit)
        beste = np.full(len(subsets), np.iinfo(np.int64).max)
        for masker, kosten in zip(kern.maskers, kern.kosten, strict=True):
            if masker >> bit & 1:
                np.minimum(beste, goedkoopst[subsets & ~masker] + kosten, out=beste)
        goedkoopst[subsets] = beste
    gekozen, over = [], (1 << r) - 1
    while over:
        bit = (over & -over).bit_length() - 1
        keuze = next(
            n
            for n, (masker, kosten) in enumerate(zip(kern.maskers, kern.kosten, strict=True))
            if masker >> bit & 1 and goedkoopst[over & ~masker] + kosten == goedkoopst[over]
        )
        gekozen.append(keuze)
        over &= ~kern.maskers[keuze]
    return gekozen


def _zonder_overbodige(kern: _Kern, gekozen: list[int]) -> list[int]:
    """What costs nothing may still be superfluous; a way is one of which nothing can be left out."""
    over = list(gekozen)
    for kandidaat in sorted(gekozen, key=lambda n: (-kern.kosten[n], n)):
        rest = [n for n in over if n != kandidaat]
        if all(any(kern.maskers[n] >> bit & 1 for n in rest) for bit in range(len(kern.elementen))):
            over = rest
    return over


def _matrix(kern: _Kern) -> NDArray[np.float64]:
    bits = [[masker >> bit & 1 for masker in kern.maskers] for bit in range(len(kern.elementen))]
    return np.array(bits, dtype=np.float64).reshape(len(kern.elementen), len(kern.maskers))


def _highs(kern: _Kern) -> tuple[list[int], bool, int]:
    kosten = np.array(kern.kosten, dtype=np.float64)
    antwoord = milp(
        kosten,
        constraints=LinearConstraint(_matrix(kern), lb=1),
        integrality=np.ones(len(kosten), dtype=np.int64),
        bounds=Bounds(0, 1),
        options={"time_limit": SECONDS, "mip_rel_gap": 0},
    )
    if antwoord.x is None:
        return _gulzig(kern), False, 0
    gekozen = [n for n, waarde in enumerate(antwoord.x) if waarde > 0.5]
    return gekozen, antwoord.status == 0, int(np.ceil((antwoord.mip_dual_bound or 0) - 1e-6))


def _gulzig(kern: _Kern) -> list[int]:
    """A cover, when time ran out before the solver had one: always the most for the least."""
    gekozen, over = list[int](), (1 << len(kern.elementen)) - 1
    while over:
        beste = max(
            range(len(kern.maskers)), key=lambda n: ((kern.maskers[n] & over).bit_count() / (kern.kosten[n] + 1), -n)
        )
        gekozen.append(beste)
        over &= ~kern.maskers[beste]
    return gekozen


def _prijzen(kern: _Kern) -> NDArray[np.float64]:
    """Dual prices: as much as can be asked for the elements while no candidate is too dear."""
    r = len(kern.elementen)
    if not r:
        return np.zeros(0)
    if r == 1:
        return np.array([min(kern.kosten)], dtype=np.float64)
    antwoord = linprog(
        -np.ones(r), A_ub=_matrix(kern).T, b_ub=np.array(kern.kosten, dtype=np.float64), bounds=(0, None)
    )
    return np.zeros(r) if antwoord.x is None else np.asarray(antwoord.x)
