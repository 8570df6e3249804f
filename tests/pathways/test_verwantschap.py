"""Ranking by likeness, and the harness that measures a ranking."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leerbrug.errors import AmbiguousCodeError, InputError, UnknownCodeError
from leerbrug.pathways.evaluatie import evaluate, lees_waarheid, score_uit_rangen
from leerbrug.pathways.inbedding import kleine_inbedding
from leerbrug.pathways.lexicaal import lettergrepen, stammen, tfidf
from leerbrug.pathways.verwantschap import Profiel, Verwantschap

PROFIELEN = [
    Profiel("bakker", "Bakker", tekst="bakt brood en koeken", items={"1": 1.0, "2": 1.0}, labels={"1": "bakt brood"}),
    Profiel("banket", "Banketbakker", tekst="bakt koeken en taarten", items={"1": 1.0, "3": 0.5}),
    Profiel("chauffeur", "Chauffeur", tekst="rijdt met een vrachtwagen", items={"9": 1.0}),
    Profiel("bus", "Buschauffeur", tekst="rijdt met een bus", items={"9": 1.0, "8": 0.5}),
]


def test_the_nearest_is_the_one_with_shared_items_and_words() -> None:
    maat = Verwantschap(PROFIELEN)
    assert maat.beste_van("bakker", 1)[0].naar == "banket"
    assert maat.beste_van("bus", 1)[0].naar == "chauffeur"
    assert maat.gedeeld_en_ontbrekend("bakker", "banket") == (["1"], ["3"])
    with pytest.raises(UnknownCodeError):
        maat.score("kok")


def test_a_line_of_one_version_is_that_version() -> None:
    codes = ("BK-0019-3", "BK-0020-3", "BK-0020-4", "N1103/347", "N1103/460", "N1104/460")
    maat = Verwantschap([Profiel(code, code, items={code: 1.0}) for code in codes])
    assert [maat.codes[maat.plaats(code)] for code in ("BK-0019", "N1104", "BK-0020-4")] == [
        "BK-0019-3",
        "N1104/460",
        "BK-0020-4",
    ]
    for code, candidates in (("BK-0020", codes[1:3]), ("N1103", codes[3:5])):
        with pytest.raises(AmbiguousCodeError) as several:
            maat.plaats(code)
        assert several.value.candidates == candidates
    for code in ("", "BK", "BK-0019-4"):
        with pytest.raises(UnknownCodeError):
            maat.plaats(code)


def test_order_of_the_profiles_changes_nothing() -> None:
    assert list(Verwantschap(PROFIELEN).beste(3)) == list(Verwantschap(PROFIELEN[::-1]).beste(3))


def test_dutch_stems_fold_word_forms() -> None:
    assert stammen("Reinigt de machines") == stammen("reinigt de machine")


def test_rows_have_length_one_and_a_term_of_all_weighs_nothing() -> None:
    matrix = tfidf([[("a", 1.0), ("b", 2.0)], [("a", 1.0), ("c", 1.0)]])
    assert matrix.toarray()[:, 0].tolist() == [0.0, 0.0]
    assert np.linalg.norm(matrix.toarray(), axis=1).tolist() == pytest.approx([1.0, 1.0])


def test_a_perfect_ranking_scores_one_and_its_reverse_nothing() -> None:
    codes = ["a", *(f"n{n}" for n in range(12))]
    waarheid = {"a": {"n0": 1.0}}
    goed = evaluate(lambda _: -np.arange(13.0), codes, waarheid)
    assert [goed[m].gemiddelde for m in ("MAP", "P@5", "recall@10", "nDCG@10", "AUC")] == [1.0, 0.2, 1.0, 1.0, 1.0]
    fout = evaluate(lambda _: np.arange(13.0), codes, waarheid)
    assert [fout[m].gemiddelde for m in ("MAP", "recall@10", "nDCG@10", "AUC")] == [1 / 12, 0.0, 0.0, 0.0]
    gelijk = evaluate(lambda _: np.zeros(13), codes, waarheid)
    assert gelijk["AUC"].gemiddelde == 0.5


@settings(max_examples=60, deadline=None)
@given(scores=st.lists(st.integers(0, 4), min_size=3, max_size=12), data=st.data())
def test_auc_and_average_precision_are_what_their_definition_says(scores: list[int], data: st.DataObject) -> None:
    codes = ["a", *(f"n{n}" for n in range(len(scores)))]
    hits = data.draw(st.sets(st.sampled_from(range(len(scores))), min_size=1, max_size=len(scores) - 1))
    found = evaluate(lambda _: np.array([0.0, *scores]), codes, {"a": {f"n{n}": 1.0 for n in hits}})
    rest = set(range(len(scores))) - hits
    wins = sum((scores[h] > scores[r]) + 0.5 * (scores[h] == scores[r]) for h in hits for r in rest)
    assert found["AUC"].gemiddelde == pytest.approx(wins / (len(hits) * len(rest)))
    if len(set(scores)) == len(scores):
        order = sorted(range(len(scores)), key=lambda n: -scores[n])
        precision = [sum(o in hits for o in order[: k + 1]) / (k + 1) for k, o in enumerate(order) if o in hits]
        assert found["MAP"].gemiddelde == pytest.approx(sum(precision) / len(precision))
    assert found["MAP"].laag <= found["MAP"].gemiddelde <= found["MAP"].hoog


def test_a_truth_file_is_read_or_refused(tmp_path: Path) -> None:
    file = tmp_path / "waarheid.csv"
    file.write_text("from,to,grade\na,b,2\na,c,\n", encoding="utf-8")
    assert lees_waarheid(file) == {"a": {"b": 2.0, "c": 1.0}}
    file.write_text("from,to,grade\na,b,veel\n", encoding="utf-8")
    with pytest.raises(InputError, match="rij 2"):
        lees_waarheid(file)
    with pytest.raises(InputError):
        evaluate(lambda _: np.zeros(1), ["a"], {"x": {"y": 1.0}})


def test_a_written_ranking_can_be_measured() -> None:
    maat = Verwantschap(PROFIELEN)
    rijen = [(rang.van, rang.naar, rang.score) for rang in maat.beste(3)]
    waarheid = {"bakker": {"banket": 1.0}, "chauffeur": {"bus": 1.0}}
    direct = evaluate(maat.score, maat.codes, waarheid)
    assert evaluate(score_uit_rangen(rijen, maat.codes), maat.codes, waarheid)["MAP"] == direct["MAP"]


def test_embeddings_see_the_same_task_in_other_words() -> None:
    bed_in = kleine_inbedding()
    vectoren = bed_in(["Brood bakken", "Bakt brood", "Een vrachtwagen besturen"])
    assert np.linalg.norm(vectoren, axis=1).tolist() == pytest.approx([1.0, 1.0, 1.0])
    assert vectoren[0] @ vectoren[1] > vectoren[0] @ vectoren[2]
    assert Verwantschap(PROFIELEN, bed_in).beste_van("bakker", 1)[0].naar == "banket"
    vele = bed_in(["Brood bakken"] * 40)
    assert vele.shape[0] == 40
    assert vele[39] @ vectoren[0] == pytest.approx(1.0)


def test_the_terms_of_one_text_are_held_at_a_time() -> None:
    """Forty texts of three hundred words, made of five letters: few runs of characters, each many times."""
    letters = np.random.default_rng(5).choice(list("abcde"), (40, 300, 9))
    lang = [Profiel(f"p{n:02d}", "", tekst=" ".join(map("".join, woorden))) for n, woorden in enumerate(letters)]
    tracemalloc.start()
    alles = [list(lettergrepen(profiel.tekst)) for profiel in lang]
    samen, _ = tracemalloc.get_traced_memory()
    del alles
    tracemalloc.reset_peak()
    Verwantschap(lang)
    _, piek = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert piek < samen / 2
