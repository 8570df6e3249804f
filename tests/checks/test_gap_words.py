"""Gaps and chains read as linked data say what they say: no key without a meaning, no value that is lost."""

from __future__ import annotations

from pyld import jsonld

from .forging import Document
from .words import known_words, leaves, properties

CODES = "https://w3id.org/leerbrug/codelijst/geldigheidsfase/"


def test_every_key_is_a_word_of_the_vocabulary_and_no_value_is_lost(
    gaps: list[Document], chains: list[Document]
) -> None:
    known = known_words()
    for answer in (*gaps, *chains):
        expanded = jsonld.expand(answer)
        assert set(properties(expanded)) <= known
        values = set(leaves(expanded))
        names = {"Brug", "Kloof", "Keten"}
        lost = {leaf for leaf in leaves(answer) if leaf not in values and CODES + leaf not in values} - names
        assert lost == set()
