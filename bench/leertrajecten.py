"""Leertrajecten measured: real questions, and synthetic graphs rich in AND and OR, against CP-SAT and a shortest path.

In the synthetic graphs a qualification is given by a few programmes; a programme asks some of several qualifications
(AND), and each of these can come from several programmes (OR). Of the same questions CP-SAT gets what is relevant, with
levels against circles, and networkx the graph without the AND, so that time and wrong answers come from one run.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
import networkx as nx
import numpy as np
from ortools.sat.python import cp_model

from ..graph.catalogus import Catalogus
from ..pathways.andor import Action, Problem
from ..pathways.handelingen import Aanbod, Soort
from ..pathways.leerling import Leerling, Wens
from ..pathways.opgave import Opgave, gewogen, kosten_van
from ..pathways.optimum import Optimum, compiled, solve
from ..pathways.planner import plan

MEESTE_CP_SAT = 5
"""Of how many questions CP-SAT gets its turn; it takes its whole time for each that it does not prove."""
SPELING = 0.25
"""How many seconds past its deadline an answer may be; a linear pass over the largest graph takes as long."""

WIE = Leerling(leeftijd=16)


class Rij(msgspec.Struct, frozen=True):
    """One line of figures: milliseconds, the share proved optimal, the widest interval, and the other two methods.

    `keer_cp_sat` is how many times longer CP-SAT takes for the same questions (at least, where it proves only a share
    of them), `keer_networkx` the same for a shortest path, of whose costs a share is wrong.
    """

    wat: str
    vragen: int
    acties: int
    p50: float
    p95: float
    bewezen: float
    interval: float
    op_tijd: bool
    keer_cp_sat: float | None = None
    cp_sat_bewezen: float | None = None
    keer_networkx: float | None = None
    networkx_fout: float | None = None


class Vraag(NamedTuple):
    """One question: what is held, and the fact that is wanted."""

    problem: Problem
    held: Sequence[int]
    doel: int


class Gemeten(NamedTuple):
    """An answer and the milliseconds it took."""

    vraag: Vraag
    antwoord: Optimum
    duur: float


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


def _vorige(draw: random.Random, sector: int, trap: int, kwalificaties: int) -> int:
    ergens = draw.randrange(max(1, kwalificaties // 30)) if draw.random() < 0.1 else sector
    return min(kwalificaties, 30 * ergens + 6 * (trap - 1) + draw.randint(1, 6))


DIEPTE = 30


def diepe_ketens(kwalificaties: int, zaad: int) -> tuple[int, list[Action]]:
    """The harder graph: thirty levels, and every programme asks one to three qualifications of the level below.

    Deeper than any chain of the real graph. A plan shares parts all the way down, so that landmarks prove little.
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


def bench_planner(catalogus: Catalogus, aantal: int, seconden: float) -> Iterator[Rij]:
    """Whole answers on the real graph, from nothing at 16: so many with a way, those without, and the optimum alone."""
    compiled()
    aanbod = Aanbod(catalogus)
    op = max(each.geldigheid.van for each in catalogus.erkenningen.values() if each.geldigheid.van)
    codes = sorted({each.programma for each in aanbod.handelingen if each.soort is Soort.OPLEIDING})
    random.Random(4).shuffle(codes)
    plan(aanbod, WIE, Wens((codes[0],), op))
    tijden: dict[bool, list[float]] = {True: [], False: []}
    bewezen: dict[bool, list[bool]] = {True: [], False: []}
    vragen: list[Vraag] = []
    while codes and len(vragen) < aantal:
        wens = Wens((codes.pop(),), op)
        begin = time.perf_counter()
        antwoord = plan(aanbod, WIE, wens, seconden=seconden)
        tijden[bool(antwoord.leertrajecten)].append(1000 * (time.perf_counter() - begin))
        bewezen[bool(antwoord.leertrajecten)].append(antwoord.volledig and antwoord.beste_volledig)
        if antwoord.leertrajecten:
            vragen.append(_vraag(Opgave(aanbod, WIE, wens)))
    yield _heel("heel antwoord, echte graaf", tijden[True], len(aanbod.handelingen), _deel(bewezen[True]), seconden)
    yield _heel("waarom niet, echte graaf", tijden[False], len(aanbod.handelingen), _deel(bewezen[False]), seconden)
    yield _gemeten("optimum, echte graaf", vragen, seconden)


def _deel(bewezen: Sequence[bool]) -> float:
    return float(np.mean(bewezen)) if bewezen else 1.0


def _heel(wat: str, tijden: Sequence[float], acties: int, bewezen: float, seconden: float) -> Rij:
    op_tijd = max(tijden, default=0) <= 1000 * (seconden + SPELING)
    return Rij(wat, len(tijden), acties, *_percentielen(tijden), bewezen, 0.0, op_tijd)


def _percentielen(tijden: Sequence[float]) -> tuple[float, float]:
    p50, p95 = np.percentile(tijden or [0.0], [50, 95])
    return float(p50), float(p95)


def _vraag(opgave: Opgave) -> Vraag:
    """The question of the planner as one AND/OR problem with one price a step."""
    instantie, handelingen = opgave.onder(opgave.voorwaarden), opgave.aanbod.handelingen
    prijzen = {
        plaats: opgave.wens.weging.van(handelingen[plaats].jaren, *kosten_van(handelingen[plaats]))
        for plaats in opgave.plaatsen
    }
    problem, held, target, _ = gewogen(instantie, instantie.stappen, prijzen)
    return Vraag(problem, held, target)


def bench_synthetisch(kwalificaties: int, vragen: int, seconden: float, *, diep: bool = False) -> Rij:
    """Optima with their certificates on a synthetic graph of that size."""
    compiled()
    problem = Problem.of(*(diepe_ketens if diep else synthetisch)(kwalificaties, kwalificaties))
    doelen = random.Random(kwalificaties).sample(range(max(1, kwalificaties // 2), kwalificaties + 1), vragen)
    wat = f"{kwalificaties:,} kwalificaties" + (", diepe ketens" if diep else "")
    return _gemeten(wat, [Vraag(problem, (0,), doel) for doel in doelen], seconden)


def _gemeten(wat: str, vragen: Sequence[Vraag], seconden: float) -> Rij:
    antwoorden = list(_antwoorden(vragen, seconden))
    tijden = [each.duur for each in antwoorden]
    keer_cp_sat, cp_sat_bewezen = _naast_cp_sat(antwoorden[:MEESTE_CP_SAT], seconden)
    keer_networkx, fout = _naast_networkx(antwoorden)
    return Rij(
        wat,
        len(vragen),
        max(vraag.problem.actions for vraag in vragen),
        *_percentielen(tijden),
        float(np.mean([each.antwoord.optimal for each in antwoorden])),
        max(each.antwoord.cost / max(each.antwoord.bound, 1) - 1 for each in antwoorden),
        max(tijden) <= 1000 * (seconden + SPELING),
        keer_cp_sat,
        cp_sat_bewezen,
        keer_networkx,
        fout,
    )


def _antwoorden(vragen: Sequence[Vraag], seconden: float) -> Iterator[Gemeten]:
    for vraag in vragen:
        begin = time.perf_counter()
        gevonden = solve(vraag.problem, vraag.held, vraag.doel, seconds=seconden)
        duur = 1000 * (time.perf_counter() - begin)
        if isinstance(gevonden, Optimum):
            yield Gemeten(vraag, gevonden, duur)


def _naast_cp_sat(antwoorden: Sequence[Gemeten], seconden: float) -> tuple[float, float]:
    """How many times longer, and what share it proves; ValueError when it proves another cost."""
    keren, bewezen = [], []
    for vraag, eigen, duur in antwoorden:
        begin = time.perf_counter()
        kosten = cp_sat(*deel(vraag), seconden)
        keren.append(1000 * (time.perf_counter() - begin) / duur)
        bewezen.append(kosten is not None)
        if kosten is not None and not eigen.bound <= kosten <= eigen.cost:
            raise ValueError(f"CP-SAT zegt {kosten}, hier {eigen.bound} tot {eigen.cost} voor {vraag.doel}")
    return float(np.median(keren)), float(np.mean(bewezen))


def deel(vraag: Vraag) -> tuple[int, list[Action], int]:
    """What is relevant to a question, with one fact 0 for all that is held: facts, actions and the fact wanted."""
    problem, held = vraag.problem, set(vraag.held)
    reached = problem.reachable(vraag.held)
    have = np.isin(np.arange(problem.facts), list(held))
    relevant = problem.relevant(vraag.doel, problem.applicable(reached, problem.all_allowed()), have)
    nummer = dict.fromkeys(held, 0)
    acties = []
    for actie in np.flatnonzero(relevant).tolist():
        tail = [_nieuw(nummer, feit, len(held)) for feit in problem.tail(actie).tolist()]
        add = [_nieuw(nummer, feit, len(held)) for feit in problem.add(actie).tolist() if feit not in held]
        acties.append(Action(tuple(tail) or (0,), tuple(add), int(problem.cost[actie])))
    return len(nummer) - len(held) + 1, acties, nummer[vraag.doel]


def _nieuw(nummer: dict[int, int], feit: int, gehouden: int) -> int:
    return nummer.setdefault(feit, len(nummer) - gehouden + 1)


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


def _naast_networkx(antwoorden: Sequence[Gemeten]) -> tuple[float, float]:
    """How many times longer a shortest path takes, and its share of wrong costs among the optima that are proved."""
    grafen: dict[int, nx.DiGraph[int]] = {}
    keren, fout = [], []
    for vraag, eigen, duur in antwoorden:
        graaf = grafen.get(id(vraag.problem)) or grafen.setdefault(id(vraag.problem), _zonder_en(vraag))
        begin = time.perf_counter()
        kosten = nx.shortest_path_length(graaf, NIETS, vraag.doel, weight="weight")
        keren.append(1000 * (time.perf_counter() - begin) / duur)
        if eigen.optimal:
            fout.append(kosten != eigen.cost)
    return float(np.median(keren)), float(np.mean(fout)) if fout else 0.0


NIETS = -1
"""In the graph without the AND: where everything starts."""


def _zonder_en(vraag: Vraag) -> nx.DiGraph[int]:
    graaf: nx.DiGraph[int] = nx.DiGraph()
    problem = vraag.problem
    graaf.add_weighted_edges_from((NIETS, feit, 0) for feit in vraag.held)
    for actie in range(problem.actions):
        prijs = int(problem.cost[actie])
        for van in problem.tail(actie).tolist() or [NIETS]:
            for naar in problem.add(actie).tolist():
                if not graaf.has_edge(van, naar) or graaf[van][naar]["weight"] > prijs:
                    graaf.add_edge(van, naar, weight=prijs)
    return graaf
