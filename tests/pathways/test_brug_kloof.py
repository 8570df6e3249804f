"""Closing gaps: exact on small instances against brute force, and to optimality for every pair of the real graph."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leerbrug.errors import InputError
from leerbrug.graph.catalogus import Catalogus
from leerbrug.pathways import overdekking
from leerbrug.pathways.brug import brug
from leerbrug.pathways.evc import evc_standaard, evc_standaarden
from leerbrug.pathways.kandidaten import Kandidaatsoort
from leerbrug.pathways.kloof import Criterium, kloof
from leerbrug.pathways.oordeel import Verdict
from leerbrug.pathways.overdekking import k_beste, overdek
from leerbrug.pathways.vergelijking import Vergelijking

OP = date(2026, 10, 9)
ELEMENTS = [f"e{n}" for n in range(6)]


@st.composite
def instances(draw: st.DrawFn) -> tuple[frozenset[str], dict[str, frozenset[str]], dict[str, int]]:
    elements = draw(st.frozensets(st.sampled_from(ELEMENTS)))
    covers = draw(st.lists(st.frozensets(st.sampled_from(ELEMENTS)), max_size=7))
    names = {f"c{n}": cover for n, cover in enumerate(covers)}
    return elements, names, {name: draw(st.integers(0, 5)) for name in names}


def brute(
    elements: frozenset[str], covers: dict[str, frozenset[str]], costs: dict[str, int]
) -> dict[frozenset[str], int]:
    """Every cover of which no candidate can be left out, with its cost."""
    found: dict[frozenset[str], int] = {}
    for size in range(len(covers) + 1):
        for chosen in combinations(covers, size):
            union = frozenset().union(*(covers[c] for c in chosen))
            if elements <= union and not any(known <= set(chosen) for known in found):
                found[frozenset(chosen)] = sum(costs[c] for c in chosen)
    return found


@settings(max_examples=150, deadline=None)
@given(instance=instances(), table=st.booleans())
def test_the_cheapest_cover_is_that_of_brute_force(
    instance: tuple[frozenset[str], dict[str, frozenset[str]], dict[str, int]], table: bool
) -> None:
    elements, covers, costs = instance
    expected = brute(elements, covers, costs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overdekking, "BITS", 20 if table else 0)
        found = overdek(elements, covers, costs)
    if not expected:
        assert found is None
        return
    assert found is not None
    assert found.kosten == min(expected.values()) == sum(costs[c] for c in found.gekozen)
    assert elements <= frozenset().union(*(covers[c] for c in found.gekozen))
    assert found.bewijs.optimaal
    assert found.bewijs.ondergrens == found.kosten
    # The prices are a certificate by themselves: no candidate is cheaper than what it covers, so their sum is a bound.
    prices = found.bewijs.prijzen
    for name, cover in covers.items():
        assert sum(prices.get(element, 0.0) for element in cover & elements) <= costs[name] + 1e-6
    assert sum(prices.values()) <= found.kosten + 1e-6


@settings(max_examples=60, deadline=None)
@given(instance=instances())
def test_the_k_best_covers_are_those_of_brute_force(
    instance: tuple[frozenset[str], dict[str, frozenset[str]], dict[str, int]],
) -> None:
    elements, covers, costs = instance
    found = list(k_beste(elements, covers, costs, 4))
    expected = sorted(brute(elements, covers, costs).values())
    assert [o.kosten for o in found] == expected[:4]
    assert len({o.gekozen for o in found}) == len(found)
    for oplossing in found:
        assert elements <= frozenset().union(*(covers[c] for c in oplossing.gekozen))


def test_every_gap_of_the_real_graph_is_closed_to_optimality(catalogus: Catalogus) -> None:
    view = Vergelijking(catalogus)
    codes = [code for code, k in catalogus.kwalificaties.items() if k.competenties]
    assert len(codes) == 96
    closed = 0
    for van in codes:
        for naar in codes:
            gap = kloof(view, [van], naar, OP, k=1)
            left = {o.competentie.iri for o in gap.brug.resterend}
            open_ = {o.competentie.iri for o in gap.niet_te_sluiten}
            for way in gap.sluitingen:
                assert way.bewijs.optimaal
                assert frozenset().union(*(item.kandidaat.brengt for item in way.items)) >= left - open_
                closed += 1
            assert bool(gap.sluitingen) == bool(left - open_)
    assert closed > 0


@pytest.mark.parametrize("criterium", [Criterium.AANTAL, Criterium.DUBBEL])
def test_what_closes_a_gap_indeed_closes_it(catalogus: Catalogus, criterium: Criterium) -> None:
    view = Vergelijking(catalogus)
    gap = kloof(view, ["BK-0019-3"], "BK-0020-3", OP, criterium, k=3)
    assert len(gap.sluitingen) > 1
    for way in gap.sluitingen:
        after = brug(view, ["BK-0019-3", *(item.kandidaat.code for item in way.items)], "BK-0020-3", OP)
        assert {o.competentie.iri for o in after.resterend} <= {o.competentie.iri for o in gap.niet_te_sluiten}
    assert [way.kosten for way in gap.sluitingen] == sorted(way.kosten for way in gap.sluitingen)


def test_hours_that_nobody_knows_are_refused(catalogus: Catalogus) -> None:
    with pytest.raises(InputError, match="uren"):
        kloof(Vergelijking(catalogus), ["BK-0019-3"], "BK-0020-3", OP, Criterium.UREN)


INSTRUMENTEN = {
    ("evc:BK-0056-3", "EVC-I-0003-1"),
    ("evc:BK-0269-3", "EVC-I-0007-1"),
    ("evc:BK-0270-3", "EVC-I-0008-1"),
}


def test_a_procedure_closes_a_gap_where_its_standard_is_known_and_never_for_an_ok(catalogus: Catalogus) -> None:
    """Who holds nothing of it can prove a BK by EVC: nothing is learned twice; the remainder is gone afterwards."""
    view = Vergelijking(catalogus)
    found = []
    for naar in ("BK-0056-3", "BK-0269-3", "BK-0270-3"):
        gap = kloof(view, ["BK-0002-3"], naar, OP, Criterium.DUBBEL, k=5)
        items = (item.kandidaat for way in gap.sluitingen for item in way.items)
        found += [(naar, item) for item in items if item.soort is Kandidaatsoort.EVC]
    assert found
    for naar, item in found:
        assert item.dubbel == 0
        assert (item.code, item.instrument) in INSTRUMENTEN
        after = brug(view, ["BK-0002-3", item.code], naar, OP)
        assert item.brengt <= {o.competentie.iri for o in after.competenties if o.oordeel.verdict is Verdict.GEDEKT}


def test_every_instrument_is_one_of_a_bk_or_left_open(catalogus: Catalogus) -> None:
    lines = {k.reeks for k in catalogus.kwalificaties.values() if k.soort == "beroepskwalificatie"}
    assert {s.reeks for s in evc_standaarden()} - {""} <= lines
    assert evc_standaard("") is None
    assert [bool(s.reeks) for s in evc_standaarden()] == [s.koppeling == "titel" for s in evc_standaarden()]
