"""The bench of bridges: it compares like with like, and its made-up qualifications are shaped like the real ones."""

from __future__ import annotations

from collections import Counter

from leerbrug.bench.bruggen import meet_echt, meet_groei
from leerbrug.bench.generator import tabellen as synthetic
from leerbrug.graph.catalogus import Catalogus
from leerbrug.pathways.tabellen import tabellen
from leerbrug.pathways.vergelijking import Vergelijking


def test_the_matrices_and_the_double_loop_agree_and_the_one_is_faster(catalogus: Catalogus) -> None:
    snel, traag, een = meet_echt(catalogus)
    assert snel.kwalificaties == traag.kwalificaties == 96
    assert snel.seconden < traag.seconden
    assert een.kwalificaties == 96
    assert 0 < een.seconden < traag.seconden


def test_growth_is_projected_to_a_million() -> None:
    klein, groter, voorspeld = meet_groei([50, 100])
    assert (klein.kwalificaties, groter.kwalificaties, voorspeld.kwalificaties) == (50, 100, 10**6)
    assert voorspeld.seconden >= groter.seconden * 10**4 * (1 - 1e-9)
    assert voorspeld.piek_mb >= groter.piek_mb >= klein.piek_mb > 0


def test_made_up_qualifications_are_shaped_like_the_real_ones(catalogus: Catalogus) -> None:
    real, made = tabellen(Vergelijking(catalogus)), synthetic(96)
    for of in (
        lambda t: t.aantal_competenties / len(t.codes),
        lambda t: len(t.ref_competentie) / t.aantal_competenties,
        lambda t: sum(n for n in Counter(t.tekst.tolist()).values() if n == 1) / t.aantal_competenties,
    ):
        assert 0.7 < of(made) / of(real) < 1.5
