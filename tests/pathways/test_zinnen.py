"""The sentences of answers: each in three languages, with the same words to fill in, and each used."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import leerbrug
import pytest
from leerbrug.pathways.ontwerp import HIAATSOORTEN
from leerbrug.pathways.zinnen import TALEN, zin, zinnen

FILES = ("zinnen", "notas", "ontwerp")
PACKAGE = Path(leerbrug.__file__ or "").parent


def words(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("file", FILES)
def test_a_sentence_stands_in_three_languages_with_the_same_words(file: str) -> None:
    for key, sentence in zinnen(file).items():
        assert tuple(sentence) == TALEN, key
        assert len({frozenset(words(each)) for each in sentence.values()}) == 1, key
        assert len(set(sentence.values())) == len(TALEN), key


def test_a_word_may_be_a_sentence_by_language() -> None:
    both = zin("samen", een=zin("stelsel-l"), ander=zin("vermijd", namen="504"))
    assert both["nl"] == "enkel lineair en niet langs 504"
    assert both["en"] == "only linear and not by 504"
    assert both["fr"] == "uniquement linéaire et pas par 504"


def test_no_sentence_is_left_over() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "pathways").glob("*.py"))
    made = ("los-", "aanname-", "stelsel-", "arbeids", "buso:", "feit-", "weg-")
    assert [key for key in zinnen() if f'"{key}"' not in code and not key.startswith(made)] == []


def test_no_word_of_the_tables_of_design_questions_is_left_over() -> None:
    code = (PACKAGE / "commands" / "ontwerp.py").read_text(encoding="utf-8")
    kinds = {f"soort-{kind}" for kind in HIAATSOORTEN}
    assert kinds < set(zinnen("ontwerp"))
    assert [key for key in zinnen("ontwerp") if f'"{key}"' not in code and key not in kinds] == []
