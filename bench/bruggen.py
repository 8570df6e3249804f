"""Measuring bridges: all pairs against a plain double loop, one explained bridge, and how it grows."""

from __future__ import annotations

import math
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ..graph.catalogus import Catalogus
from ..pathways.allepaar import Matrices
from ..pathways.bewoording import genormaliseerd
from ..pathways.brug import brug
from ..pathways.tabellen import Tabellen, tabellen
from ..pathways.vergelijking import Vergelijking
from .generator import tabellen as gemaakte_tabellen

OP = date(2026, 10, 9)
Tellingen = list[tuple[int, int, int, int, int]]


@dataclass(frozen=True)
class Meting:
    """One line: what, over how many qualifications, in how many seconds, with which peak of memory (MB)."""

    wat: str
    kwalificaties: int
    seconden: float
    piek_mb: float = 0.0
    opmerking: str = ""


def piek_mb() -> float:
    """The most memory this process has held."""
    piek = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return piek / (2**20 if sys.platform == "darwin" else 2**10)


def _gemeten(werk: Callable[[], object], keren: int = 1) -> float:
    tijden = []
    for _ in range(keren):
        begin = time.perf_counter()
        werk()
        tijden.append(time.perf_counter() - begin)
    return min(tijden)


def alle_paren(tabel: Tabellen, *, bewaar: bool = True) -> tuple[Tellingen, int]:
    """The five counts of every pair, and how many pairs share something; without `bewaar` only the latter."""
    matrices, uit, gedeeld = Matrices(tabel), Tellingen(), 0
    for begin, blok in matrices.blokken():
        gedeeld += blok.nnz
        if bewaar:
            doelen = np.arange(blok.shape[1])
            for rij, gepakt in enumerate(blok.toarray(), start=begin):
                uit += map(tuple, matrices.tellingen(rij, doelen, gepakt)[:, :5].tolist())
    return uit, gedeeld


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


def _tel(verdicts: Sequence[int]) -> tuple[int, int, int, int, int]:
    return (verdicts.count(0), verdicts.count(1), verdicts.count(2), verdicts.count(3), verdicts.count(4))


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
    snel = _gemeten(lambda: alle_paren(tabel), keren=5)
    traag = _gemeten(lambda: dubbele_lus(catalogus))
    if alle_paren(tabel)[0] != dubbele_lus(catalogus):
        raise AssertionError("de matrices en de dubbele lus geven andere tellingen")
    yield Meting("alle paren, matrices", aantal, snel, piek_mb())
    yield Meting("alle paren, dubbele lus over sets", aantal, traag, piek_mb(), f"{traag / snel:.0f} keer zo lang")
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
    return Meting("een brug met uitleg", len(codes), statistics.median(tijden), piek_mb(), slechtste)


def meet_groei(aantallen: Sequence[int]) -> Iterator[Meting]:
    """All pairs of made-up qualifications at each size, and the time and memory that 10^6 would take.

    The tables grow with the number of qualifications, a block does not.
    """
    rijen: list[tuple[int, float, float]] = []
    for aantal in sorted(aantallen):
        tabel = gemaakte_tabellen(aantal)
        seconden = _gemeten(lambda tabel=tabel: alle_paren(tabel, bewaar=False))  # type: ignore[misc]
        rijen.append((aantal, seconden, piek_mb()))
        yield Meting("alle paren, gemaakt", aantal, seconden, piek_mb(), f"{_cellen(tabel):.3g} cellen")
    if rijen and rijen[-1][0] < 10**6:
        yield _voorspeld(rijen)


def _voorspeld(rijen: Sequence[tuple[int, float, float]]) -> Meting:
    """At 10^6: time by the power with which it grew between the last two sizes (at least linear), memory linearly."""
    aantal, seconden, piek = rijen[-1]
    macht, per_stuk = 1.0, piek / aantal
    if len(rijen) > 1:
        eerder, tijd, eerdere_piek = rijen[-2]
        macht = max(1.0, math.log(seconden / tijd) / math.log(aantal / eerder))
        per_stuk = (piek - eerdere_piek) / (aantal - eerder)
    factor = 10**6 / aantal
    voorspeld = piek + per_stuk * (10**6 - aantal)
    return Meting(
        "voorspeld uit de vorige rijen", 10**6, seconden * factor**macht, voorspeld, f"tijd: macht {macht:.2f}"
    )


def _cellen(tabel: Tabellen) -> float:
    """How many cells (competence by qualification) the multiplication makes before it adds them up."""
    per_referentie = np.bincount(tabel.ref_referentie, minlength=len(tabel.vergelijkbaar)).astype(np.float64)
    return float((per_referentie**2).sum())
