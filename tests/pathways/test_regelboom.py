"""Rule trees: what meets them by enumeration, by explanation and by the compiled derivations is the same."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, combinations, count

from hypothesis import given, settings
from hypothesis import strategies as st
from leerbrug.pathways.regelboom import (
    Blad,
    Boom,
    Deel,
    Grens,
    afleidingen,
    alternatieven,
    n_van,
    voldaan,
    waarmee,
)

FEITEN = "abcde"
BLAD = st.builds(Blad, st.sampled_from(FEITEN), st.just(""), st.integers(0, 4))


@st.composite
def boom(draw: st.DrawFn, onder: st.SearchStrategy[Deel]) -> Boom:
    delen = tuple(draw(st.lists(onder, min_size=1, max_size=4)))
    minst = draw(st.integers(0, len(delen)))
    meest = draw(st.one_of(st.none(), st.integers(minst, len(delen))))
    omvang = draw(st.one_of(st.just(Grens()), st.builds(Grens, st.integers(1, 6))))
    telt = draw(st.one_of(st.none(), st.integers(0, 4)))
    paar = st.frozensets(st.integers(0, len(delen) - 1), min_size=2)
    apart = tuple(draw(st.lists(paar, max_size=2))) if len(delen) > 1 else ()
    return Boom(delen, Grens(minst, meest), omvang, telt=telt, niet_samen=apart)


def size_of(deel: Deel) -> int:
    if isinstance(deel, Blad):
        return deel.omvang
    return deel.omvang.minstens if deel.telt is None else deel.telt


BOMEN = st.recursive(BLAD, boom, max_leaves=7)


def by_hand(deel: Deel, feiten: frozenset[str]) -> bool:
    """The meaning, written again: some selection of the parts that are met keeps count and size."""
    if isinstance(deel, Blad):
        return deel.feit in feiten
    met = [place for place, each in enumerate(deel.delen) if by_hand(each, feiten)]
    most = len(met) if deel.aantal.hoogstens is None else deel.aantal.hoogstens
    for size in range(deel.aantal.minstens, min(most, len(met)) + 1):
        for chosen in combinations(met, size):
            total = sum(size_of(deel.delen[place]) for place in chosen)
            if any(len(group & set(chosen)) > 1 for group in deel.niet_samen):
                continue
            if total >= deel.omvang.minstens and (deel.omvang.hoogstens is None or total <= deel.omvang.hoogstens):
                return True
    return False


def subsets(feiten: Iterable[str]) -> Iterable[frozenset[str]]:
    every = list(feiten)
    return map(frozenset, chain.from_iterable(combinations(every, size) for size in range(len(every) + 1)))


@settings(max_examples=300, deadline=None)
@given(BOMEN)
def test_every_reading_of_a_tree_agrees(deel: Deel) -> None:
    nummers = count()
    doel, regels = afleidingen(deel, lambda: f"#{next(nummers)}")
    kleinste = alternatieven(deel)
    for feiten in subsets(FEITEN):
        bereikt = set(feiten)
        for _ in range(len(regels) + 1):
            bereikt |= {geeft for nodig, geeft in regels if set(nodig) <= bereikt}
        expected = by_hand(deel, feiten)
        assert voldaan(deel, feiten) == expected
        assert (doel in bereikt) == expected
        assert any(keuze <= feiten for keuze in kleinste) == expected


@settings(max_examples=200, deadline=None)
@given(BOMEN, st.frozensets(st.sampled_from(FEITEN)))
def test_what_is_said_to_meet_a_tree_is_held(deel: Deel, feiten: frozenset[str]) -> None:
    bladen = waarmee(deel, feiten)
    if bladen is not None:
        assert {blad.feit for blad in bladen} <= feiten


def test_n_of_many_compiles_to_few_derivations() -> None:
    nummers = count()
    _, regels = afleidingen(n_van(10, *(Blad(f"f{i}", "") for i in range(20))), lambda: f"#{next(nummers)}")
    assert len(regels) < 500
