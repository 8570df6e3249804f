"""Texts as numbers: stems, character n-grams and ids weighed by their rarity (TF-IDF), compared by cosine."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np
import snowballstemmer
from numpy.typing import NDArray
from scipy import sparse

from .bewoording import genormaliseerd

_WOORD = re.compile(r"\w\w+")
TALEN = {"nl": "dutch", "fr": "french", "en": "english"}


@lru_cache(maxsize=4)
def _stemmer(taal: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(TALEN[taal])


@lru_cache(maxsize=2**17)
def _stam(woord: str, taal: str) -> str:
    return str(_stemmer(taal).stemWord(woord))


def stammen(tekst: str, taal: str = "nl") -> list[str]:
    """The stems of the words of a text.

    >>> stammen("Reinigt de werkzones") == stammen("reinigt de werkzone")
    True
    """
    return [_stam(woord, taal) for woord in _WOORD.findall(genormaliseerd(tekst))]


def lettergrepen(tekst: str) -> Iterator[tuple[str, int]]:
    """The runs of 3 to 5 characters of the words of a text, ends of words marked, and how often their word is there.

    >>> list(lettergrepen("De de"))
    [(' de', 2), ('de ', 2), (' de ', 2)]
    """
    for woord, keer in Counter(_WOORD.findall(genormaliseerd(tekst))).items():
        merk = f" {woord} "
        for n in (3, 4, 5):
            yield from ((merk[i : i + n], keer) for i in range(len(merk) - n + 1))


def tfidf(documenten: Iterable[Iterable[tuple[str, float]]]) -> sparse.csr_array:
    """One row a document of weighed terms: 1 + log of the weight, times rarity ln(N/df), of length one.

    Documents are taken one by one: given as a generator, the terms of only one of them are held at a time.
    """
    nummers: dict[str, int] = {}
    # Buffers of numbers: lists of Python objects would be five times the size on long texts.
    indptr, indices, data = [0], array("i"), array("d")
    for document in documenten:
        som: dict[int, float] = {}
        for term, gewicht in document:
            nummer = nummers.setdefault(term, len(nummers))
            som[nummer] = som.get(nummer, 0.0) + gewicht
        indices.extend(som.keys())
        data.extend(som.values())
        indptr.append(len(indices))
    hoeveel = len(indptr) - 1
    matrix = sparse.csr_array(
        (np.array(data, dtype=np.float64), np.array(indices, dtype=np.int32), np.array(indptr)),
        shape=(hoeveel, max(1, len(nummers))),
    )
    aantal = np.bincount(matrix.indices, minlength=matrix.shape[1])
    idf = np.log(max(1, hoeveel) / np.maximum(aantal, 1))
    matrix.data = np.where(matrix.data > 1, 1 + np.log(np.maximum(matrix.data, 1e-12)), matrix.data)
    matrix.data *= idf[matrix.indices]
    return _van_lengte_een(matrix)


def _van_lengte_een(matrix: sparse.csr_array) -> sparse.csr_array:
    lengte = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengte[lengte == 0] = 1.0
    return sparse.csr_array(sparse.diags_array(1 / lengte) @ matrix)


def per_bron_gestandaardiseerd(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each row with mean 0 and deviation 1: what is near for one source is not near for another."""
    deviatie = scores.std(axis=1, keepdims=True)
    deviatie[deviatie == 0] = 1.0
    return np.asarray((scores - scores.mean(axis=1, keepdims=True)) / deviatie)
