"""How gaps between real qualifications close, and the stones between them, hold against the graph of the real data.

`LEERBRUG_PAREN=40 pytest tests/checks/test_gap_evidence_real.py` checks as many pairs as one likes.
"""

from __future__ import annotations

import copy
import os
from datetime import date
from random import Random

import pytest
from leerbrug.checks.evidence_gap import check_gap
from leerbrug.checks.evidence_stones import check_stones
from leerbrug.errors import InputError
from leerbrug.graph.catalogus import Kwalificatie, Kwalificatiesoort
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.names import DEFAULT_BASE
from leerbrug.graph.releases import Release
from leerbrug.pathways.keten_jsonld import keten_jsonld
from leerbrug.pathways.kloof import Criterium, kloof
from leerbrug.pathways.kloof_jsonld import kloof_jsonld
from leerbrug.pathways.stapstenen import stapstenen
from leerbrug.pathways.vergelijking import Vergelijking
from leerbrug.pathways.verwantschap import Verwantschap, profielen

from .forging import plain, seal

OP = date(2026, 10, 9)
PAIRS = int(os.environ.get("LEERBRUG_PAREN", "2"))


@pytest.fixture(scope="module")
def view(real_release: Release) -> Vergelijking:
    return Vergelijking(real_release.catalogus())


@pytest.fixture(scope="module")
def graph(real_release: Release) -> KnowledgeGraph:
    return real_release.graph()


def pairs(view: Vergelijking) -> list[tuple[str, str]]:
    """Half of them share a competence, so that there is something to close; the other half is any two."""
    rng, by_code = Random(20261009), view.catalogus.kwalificaties
    every = sorted(c for c, k in by_code.items() if k.soort is Kwalificatiesoort.BEROEPSKWALIFICATIE and k.competenties)
    anyhow = [(rng.choice(every), rng.choice(every)) for _ in range(PAIRS * 2)]
    near = [
        (code, rng.choice(other)) for code in rng.sample(every, len(every)) if (other := _near(view, by_code[code]))
    ]
    chosen = [pair for pair in (*near[: PAIRS - PAIRS // 2], *anyhow) if pair[0] != pair[1]]
    return chosen[:PAIRS]


def _near(view: Vergelijking, one: Kwalificatie) -> list[str]:
    texts = [iri for c in one.competenties for iri in view.bij_tekst[view.tekst[c.iri]]]
    codes = {code for iri in texts for code in view.kwalificaties_met.get(iri, ())} - {one.code}
    every = view.catalogus.kwalificaties
    return sorted(c for c in codes if every[c].soort is Kwalificatiesoort.BEROEPSKWALIFICATIE)


def test_how_real_gaps_close_holds(view: Vergelijking, graph: KnowledgeGraph, real_release: Release) -> None:
    closed = 0
    for number, (van, naar) in enumerate(pairs(view)):
        by = (Criterium.AANTAL, Criterium.DUBBEL)[number % 2]
        document = plain(kloof_jsonld(kloof(view, [van], naar, OP, by), DEFAULT_BASE))
        assert check_gap(document, graph, real_release.number) == (), (van, naar, by)
        closed += bool(document["sluitingen"])
        forged = copy.deepcopy(document)
        forged["kandidaten"] += 1
        seal(forged)
        assert check_gap(forged, graph, real_release.number), (van, naar)
    assert closed >= PAIRS // 4


def test_an_evc_procedure_that_closes_a_gap_holds(
    view: Vergelijking, graph: KnowledgeGraph, real_release: Release
) -> None:
    """Uitbener-uitsnijder has an EVC standard (EVC-I-0003-1), and its procedure teaches nothing again."""
    found = kloof(view, ["BK-0122-3"], "BK-0056-3", OP, Criterium.DUBBEL)
    document = plain(kloof_jsonld(found, DEFAULT_BASE))
    items = [item for way in document["sluitingen"] for item in way["items"]]
    procedure = next(item for item in items if item["evc"])
    assert check_gap(document, graph, real_release.number) == ()
    assert procedure["instrument"] == "EVC-I-0003-1"
    procedure["instrument"] = "EVC-I-0007-1"
    seal(document)
    assert check_gap(document, graph, real_release.number)


def test_stones_between_real_qualifications_hold(
    view: Vergelijking, graph: KnowledgeGraph, real_release: Release
) -> None:
    likeness = Verwantschap(profielen(view.catalogus, Kwalificatiesoort.BEROEPSKWALIFICATIE))
    chains = 0
    for van, naar in pairs(view):
        try:
            found = stapstenen(view, likeness, van, naar, OP)
        except InputError:
            continue
        document = plain(keten_jsonld(found, DEFAULT_BASE))
        assert check_stones(document, graph, real_release.number) == (), (van, naar)
        document["stappen"].pop()
        seal(document)
        assert check_stones(document, graph, real_release.number), (van, naar)
        chains += 1
    assert chains
