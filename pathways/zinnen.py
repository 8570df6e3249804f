"""Every sentence that an answer makes, in Dutch, English and French: data in ontology/, filled in here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache

from ..graph.vocabulary import ONTOLOGY

TALEN = ("nl", "en", "fr")
Zin = dict[str, str]
"""One sentence by language."""


@cache
def zinnen(bestand: str = "zinnen") -> dict[str, Zin]:
    """The sentences of a file in ontology/, by key; each may hold words in braces."""
    gelezen: dict[str, Zin] = json.loads((ONTOLOGY / f"{bestand}.json").read_bytes())
    return gelezen


def zin(sleutel: str, bestand: str = "zinnen", /, **woorden: object) -> Zin:
    """A sentence in each language, with its words filled in; a word may itself be a sentence by language.

    >>> zin("uren-per-week", uren=12)["en"]
    'at most 12 hours a week'
    """
    return {
        taal: vorm.format(**{naam: _in(woord, taal) for naam, woord in woorden.items()})
        for taal, vorm in zinnen(bestand)[sleutel].items()
    }


def opgesomd(woorden: Iterable[Zin]) -> Zin:
    """These one after the other, in each language.

    >>> opgesomd([zin("weg-duaal"), zin("weg-evc")])["fr"]
    'en alternance, validation des acquis (EVC)'
    """
    alle = list(woorden)
    return {taal: ", ".join(woord[taal] for woord in alle) for taal in TALEN}


def _in(woord: object, taal: str) -> object:
    return woord.get(taal, woord.get("nl", "")) if isinstance(woord, Mapping) else woord
