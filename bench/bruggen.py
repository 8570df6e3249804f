"""Measuring bridges: all pairs against a plain double loop, one explained bridge, and how it grows."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ..graph.catalogus import Catalogus
from ..pathways.allepaar import Matrices
from ..pathways.bewoording import genormaliseerd
from ..pathways.brug import brug
from ..pathways.tabellen import Ints, Tabellen, tabellen
from ..pathways.vergelijking import Vergelijking
from .generator import tabellen as gemaakte_tabellen
from .processes import measured

OP = date(2026, 10, 9)
KEREN = 5
"""Runs of each of the two ways; the fastest counts."""

VERHOUDING = 100
"""How many times a plain double loop must take as long as the matrices."""

BRUG_MS = 5
"""The most that one explained bridge may take, at the median."""

Tellingen = list[list[int]]


@dataclass(frozen=True)
class Meting:
    """One line: what, over how many qualifications, in how many seconds, and whether its aim was reached.

    `piek_mb` is the most memory that a process held which did nothing else; 0 where that was not measured.
    """

    wat: str
    kwalificaties: int
    seconden: float
    piek_mb: float = 0.0
    opmerking: str = ""
    gehaald: bool = True


def _gemeten(werk: Callable[[], object], keren: int = 1) -> float:
    tijden = []
    for _ in range(keren):
        begin = time.perf_counter()
        werk()
        tijden.append(time.perf_counter() - begin)
    return min(tijden)


def alle_paren(tabel: Tabellen) -> Ints:
    """The five counts of every pair, a row for each held qualification, a column for each target."""
    matrices = Matrices(tabel)
    blokken = (
        matrices.tellingen(slice(begin, begin + blok.shape[0]), blok.toarray()) for begin, blok in matrices.blokken()
    )
    return np.concatenate([blok[..., :5] for blok in blokken])


def doorloop(tabel: Tabellen) -> int:
    """Compute every block of all pairs and keep none; how many pairs have anything in common."""
    return sum(int(blok.nnz) for _, blok in Matrices(tabel).blokken())


def dubbele_lus(catalogus: Catalogus) -> Tellingen:
    """The same counts as anyone would first write them: two loops over qualifications, sets inside."""
    alle = [
        [
            (c.iri, genormaliseerd(c.tekst), set(c.referenties), {genormaliseerd(k.tekst): k.diepte for k in c.kennis})
            for c in kwalificatie.competenties
        ]
        for _, kwalificatie in sorted(catalogus.kwalificaties.items())
        if kwalificatie.competenties
    ]
    return [_tel([_verdict(t, van) for t in naar]) for van in alle for naar in alle]


Rij = tuple[str, str, set[str], dict[str, int]]


def _tel(verdicts: Sequence[int]) -> list[int]:
    return [verdicts.count(n) for n in range(5)]


def _verdict(t: Rij, held: list[Rij]) -> int:
    iri, tekst, refs, kennis = t
    if any(h[0] == iri for h in held):
        return 0
    if not refs:
        return 1 if any(h[1] == tekst for h in held) else 4
    vol = [h for h in held if refs <= h[2]]
    zelfde = [h for h in vol if h[1] == tekst]
    if zelfde:
        return 0 if _diep_genoeg(kennis, held) or any(not h[3] for h in zelfde) else 2
    samen = set[str]().union(*(h[2] for h in held))
    if vol or refs <= samen:
        return 1
    if refs & samen:
        return 2
    return 4 if all(r.startswith("co") for r in refs) or all(r.startswith("co") for r in samen) else 3


def _diep_genoeg(kennis: dict[str, int], held: list[Rij]) -> bool:
    return all(max((h[3].get(item, -1) for h in held), default=-1) >= diepte for item, diepte in kennis.items())


def meet_echt(catalogus: Catalogus) -> Iterator[Meting]:
    """All pairs of a release in both ways in one run, and one explained bridge; AssertionError on a difference."""
    tabel = tabellen(Vergelijking(catalogus))
    aantal = len(tabel.codes)
    snel = _gemeten(lambda: alle_paren(tabel), KEREN)
    traag = _gemeten(lambda: dubbele_lus(catalogus), KEREN)
    if alle_paren(tabel).reshape(-1, 5).tolist() != dubbele_lus(catalogus):
        raise AssertionError("de matrices en de dubbele lus geven andere tellingen")
    keer = traag / snel
    yield Meting("alle paren, matrices", aantal, snel)
    yield Meting("alle paren, dubbele lus over sets", aantal, traag, 0, f"{keer:.0f} keer zo lang", keer >= VERHOUDING)
    yield _meet_een(catalogus)


def _meet_een(catalogus: Catalogus) -> Meting:
    view = Vergelijking(catalogus)
    codes = [code for code, k in catalogus.kwalificaties.items() if k.competenties]
    stap = max(1, len(codes) // 20)
    tijden = [
        _gemeten(lambda van=van, naar=naar: brug(view, [van], naar, OP))  # type: ignore[misc]
        for van in codes[::stap]
        for naar in codes[::stap]
    ]
    slechtste = f"mediaan van {len(tijden)}; traagste {max(tijden) * 1e3:.1f} ms"
    mediaan = statistics.median(tijden)
    return Meting("een brug met uitleg", len(codes), mediaan, 0, slechtste, mediaan * 1e3 < BRUG_MS)


def meet_groei(aantallen: Sequence[int]) -> Iterator[Meting]:
    """All pairs of made-up qualifications, a process for each size, and the time and memory that 10^6 would take.

    The tables grow with the number of qualifications, a block does not.
    """
    rijen: list[tuple[int, float, float]] = []
    for aantal in sorted(aantallen):
        kind = measured(groei, str(aantal))
        seconden, piek = kind.answer / 1e6, kind.peak / 2**20
        rijen.append((aantal, seconden, piek))
        yield Meting("alle paren, gemaakt", aantal, seconden, piek, f"{seconden / aantal**2 * 1e9:.3g} ns per paar")
    if rijen and rijen[-1][0] < 10**6:
        yield _voorspeld(rijen)


def groei(aantal: str) -> int:
    """The microseconds that all pairs of that many made-up qualifications take; making them is not counted."""
    tabel = gemaakte_tabellen(int(aantal))
    return round(_gemeten(lambda: doorloop(tabel)) * 1e6)


def _voorspeld(rijen: Sequence[tuple[int, float, float]]) -> Meting:
    """At 10^6: time by the power with which it grew between the last two sizes (at least linear).

    Memory is that of the last size times as many: too high, for the tables grow with the number and a block does not.
    """
    aantal, seconden, piek = rijen[-1]
    macht = 1.0
    if len(rijen) > 1:
        eerder, tijd, _ = rijen[-2]
        macht = max(1.0, math.log(seconden / tijd) / math.log(aantal / eerder))
    factor = 10**6 / aantal
    wat = f"tijd: macht {macht:.2f}; geheugen: ten hoogste"
    return Meting("voorspeld uit de vorige rijen", 10**6, seconden * factor**macht, piek * factor, wat)
