"""Leertrajecten measured: real questions, and synthetic graphs rich in AND and OR, against CP-SAT and a shortest path.

In the synthetic graphs a qualification is given by a few programmes; a programme asks some of several qualifications
(AND), and each of these can come from several programmes (OR). The same questions go to CP-SAT with levels against
circles, and to networkx on the graph without the AND, so that time and wrong answers come from one run.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import networkx as nx
import numpy as np
from ortools.sat.python import cp_model

from ..graph.catalogus import Catalogus
from ..pathways.andor import Action, Problem
from ..pathways.handelingen import Aanbod, Soort
from ..pathways.leerling import Leerling, Wens
from ..pathways.optimum import Optimum, solve
from ..pathways.planner import plan

MEESTE_CP_SAT = 5_000


class Rij(NamedTuple):
    """One line of figures: milliseconds, the share proved optimal, the widest interval, and the other two methods."""

    wat: str
    vragen: int
    acties: int
    p50: float
    p95: float
    bewezen: float
    interval: float
    op_tijd: bool
    keer_cp_sat: float | None = None
    keer_networkx: float | None = None
    networkx_fout: float | None = None


def synthetisch(kwalificaties: int, zaad: int) -> tuple[int, list[Action]]:
    """A graph of so many qualifications in sectors of thirty and five stages: 0 is nothing.

    Each is given by two to five programmes. One of a later stage asks one to three qualifications of the stage before
    in its sector, one in ten of another sector; a third of the programmes gives a second qualification of its stage.
    """
    draw = random.Random(zaad)
    acties = []
    for feit in range(1, kwalificaties + 1):
        sector, plaats = divmod(feit - 1, 30)
        trap = plaats // 6
        for _ in range(draw.randint(2, 5)):
            nodig = {_vorige(draw, sector, trap, kwalificaties) for _ in range(draw.randint(1, 3))} if trap else {0}
            erbij = (
                {min(kwalificaties, 30 * sector + 6 * trap + draw.randint(1, 6))} if draw.random() < 1 / 3 else set()
            )
            acties.append(Action(tuple(nodig), (feit, *(erbij - {feit} - nodig)), draw.randint(5, 60)))
    return kwalificaties + 1, acties


DIEPTE = 30


def diepe_ketens(kwalificaties: int, zaad: int) -> tuple[int, list[Action]]:
    """The harder graph: thirty levels, and every programme asks one to three qualifications of the level below.

    Deeper than any chain of the real graph. A plan shares parts all the way down, so that bounds from below are weak.
    """
    draw = random.Random(zaad)
    breed = max(2, kwalificaties // DIEPTE)
    acties = []
    for feit in range(1, kwalificaties + 1):
        laag = (feit - 1) // breed
        for _ in range(draw.randint(2, 4)):
            onder = [(laag - 1) * breed + draw.randint(1, breed) for _ in range(draw.randint(1, 3))]
            acties.append(Action(tuple(set(onder)) if laag else (0,), (feit,), draw.randint(5, 60)))
    return kwalificaties + 1, acties


def _vorige(draw: random.Random, sector: int, trap: int, kwalificaties: int) -> int:
    ergens = draw.randrange(max(1, kwalificaties // 30)) if draw.random() < 0.1 else sector
    return min(kwalificaties, 30 * ergens + 6 * (trap - 1) + draw.randint(1, 6))


def cp_sat(feiten: int, acties: Sequence[Action], doel: int, seconden: float) -> int | None:
    """The optimum by CP-SAT with a level per fact against circles; None when not proved in time."""
    model = cp_model.CpModel()
    doe = [model.new_bool_var("") for _ in acties]
    heb = [model.new_bool_var("") for _ in range(feiten)]
    hoogte = [model.new_int_var(0, feiten, "") for _ in range(feiten)]
    gevers: list[list[cp_model.IntVar]] = [[] for _ in range(feiten)]
    for nummer, actie in enumerate(acties):
        for nodig in actie.tail:
            model.add_implication(doe[nummer], heb[nodig])
        for feit in actie.add:
            geeft = model.new_bool_var("")
            model.add_implication(geeft, doe[nummer])
            for nodig in actie.tail:
                model.add(hoogte[feit] >= hoogte[nodig] + 1).only_enforce_if(geeft)
            gevers[feit].append(geeft)
    for feit in range(1, feiten):
        model.add(sum(gevers[feit]) >= 1).only_enforce_if(heb[feit])
    model.add(heb[doel] == 1)
    model.minimize(sum(actie.cost * keuze for actie, keuze in zip(acties, doe, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.max_time_in_seconds = 1, seconden
    return round(solver.objective_value) if solver.solve(model) == cp_model.OPTIMAL else None


def bench_echt(catalogus: Catalogus, aantal: int, zeg: Callable[[str], None]) -> Rij:
    """Whole planner answers on the real graph: from nothing at 16 to programmes of every kind."""
    aanbod = Aanbod(catalogus)
    codes = sorted({each.programma for each in aanbod.handelingen if each.soort is Soort.OPLEIDING})
    gekozen = random.Random(4).sample(codes, min(aantal, len(codes)))
    op = max(each.geldigheid.van for each in catalogus.erkenningen.values() if each.geldigheid.van)
    plan(aanbod, Leerling(leeftijd=16), Wens((gekozen[0],), op))
    tijden, bewezen = [], []
    for code in gekozen:
        begin = time.perf_counter()
        antwoord = plan(aanbod, Leerling(leeftijd=16), Wens((code,), op))
        tijden.append(1000 * (time.perf_counter() - begin))
        bewezen.append(antwoord.volledig and (antwoord.zekerheid is None or antwoord.zekerheid.bewezen))
    zeg(f"{len(gekozen)} vragen op release {catalogus.release}")
    p50, p95 = np.percentile(tijden, [50, 95])
    return Rij(
        "planner, echte graaf", len(gekozen), len(aanbod.handelingen), p50, p95, float(np.mean(bewezen)), 0.0, True
    )


def bench_synthetisch(kwalificaties: int, vragen: int, seconden: float, *, diep: bool = False) -> Rij:
    """One optimum with its certificate, beside CP-SAT (where it can be expected to end) and a shortest path."""
    feiten, acties = (diepe_ketens if diep else synthetisch)(kwalificaties, kwalificaties)
    problem = Problem.of(feiten, acties)
    solve(Problem.of(2, [Action((0,), (1,), 1)]), [0], 1)
    doelen = random.Random(kwalificaties).sample(range(max(1, kwalificaties // 2), feiten), vragen)
    tijden, gaten, bewezen, antwoorden = [], [], [], {}
    for doel in doelen:
        begin = time.perf_counter()
        gevonden = solve(problem, [0], doel, seconds=seconden)
        tijden.append(1000 * (time.perf_counter() - begin))
        if isinstance(gevonden, Optimum):
            gaten.append(gevonden.cost / max(gevonden.bound, 1) - 1)
            bewezen.append(gevonden.optimal)
            antwoorden[doel] = gevonden
    p50, p95 = np.percentile(tijden, [50, 95])
    kort, fout = _kortste(feiten, acties, antwoorden)
    op_tijd = max(tijden) <= 1000 * seconden * 1.25 + 250
    ander = _cp_sat(feiten, acties, antwoorden, seconden) if len(acties) <= MEESTE_CP_SAT else None
    return Rij(
        f"{kwalificaties:,} kwalificaties" + (", diepe ketens" if diep else ""),
        vragen,
        len(acties),
        p50,
        p95,
        float(np.mean(bewezen)),
        max(gaten),
        op_tijd,
        None if ander is None else ander / p50,
        kort / p50,
        fout,
    )


def _kortste(feiten: int, acties: Sequence[Action], antwoorden: dict[int, Optimum]) -> tuple[float, float]:
    """The median milliseconds of a shortest path, and its share of wrong costs among the optima that are proved."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(feiten))
    for van, naar, prijs in _bogen(acties):
        if not graph.has_edge(van, naar) or graph[van][naar]["weight"] > prijs:
            graph.add_edge(van, naar, weight=prijs)
    tijden, fout = [], []
    for doel, beste in antwoorden.items():
        begin = time.perf_counter()
        kosten = nx.shortest_path_length(graph, 0, doel, weight="weight")
        tijden.append(1000 * (time.perf_counter() - begin))
        if beste.optimal:
            fout.append(kosten != beste.cost)
    return float(np.median(tijden)), float(np.mean(fout)) if fout else 0.0


def _bogen(acties: Sequence[Action]) -> Iterator[tuple[int, int, int]]:
    for actie in acties:
        for van in actie.tail:
            for naar in actie.add:
                yield van, naar, actie.cost


def _cp_sat(feiten: int, acties: Sequence[Action], antwoorden: dict[int, Optimum], seconden: float) -> float:
    """The median milliseconds of CP-SAT, or its limit where it proves nothing; ValueError when it disagrees."""
    tijden = []
    for doel, beste in list(antwoorden.items())[:2]:
        begin = time.perf_counter()
        kosten = cp_sat(feiten, acties, doel, 2 * seconden)
        tijden.append(1000 * (time.perf_counter() - begin))
        if kosten is not None and beste.optimal and kosten != beste.cost:
            raise ValueError(f"CP-SAT zegt {kosten}, hier {beste.cost} voor {doel}")
    return float(np.median(tijden))
