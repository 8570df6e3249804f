"""Suggestions for a person to decide on: held competences that look like an asked one. Never part of a bridge."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from rapidfuzz import fuzz

from .brug import Brug
from .houder import zeker
from .inbedding import Inbedding
from .lexicaal import stammen
from .oordeel import Verdict
from .vergelijking import Vergelijking, codenaam

PER_COMPETENTIE = 3
DREMPEL = 0.25
_K1, _B = 1.2, 0.75


class Suggestie(msgspec.Struct, frozen=True):
    """A likeness between 0 and 1 of an asked and a held competence, and why; a person decides what it is worth.

    `van` and `naar` are the IRIs of the held and the asked one, as a decision on them names them.
    """

    van: str
    naar: str
    gevraagd: str
    gehouden: str
    tekst: str
    door: str
    score: float
    reden: str


class Zeldzaamheid:
    """How rare each reference and each stem is among the competences of a release; the rare ones weigh more."""

    def __init__(self, vergelijking: Vergelijking) -> None:
        self._van = vergelijking
        self.n = max(1, len(vergelijking.competentie))
        self.referenties = Counter(r for refs in vergelijking.referenties.values() for r in refs)
        self.stammen = {iri: Counter(stammen(tekst)) for iri, tekst in vergelijking.tekst.items()}
        self.met_stam = Counter(stam for eigen in self.stammen.values() for stam in eigen)
        self.lengte = sum(sum(eigen.values()) for eigen in self.stammen.values()) / self.n or 1.0

    def _idf(self, aantal: int) -> float:
        return math.log1p((self.n - aantal + 0.5) / (aantal + 0.5))

    def referentiegelijkenis(self, een: str, ander: str) -> float:
        """The shared part of the rarity of the references of both."""
        a, b = self._van.referenties[een], self._van.referenties[ander]
        samen = sum(self._idf(self.referenties[r]) for r in a | b)
        return sum(self._idf(self.referenties[r]) for r in a & b) / samen if samen else 0.0

    def bm25(self, gevraagd: str, gehouden: str) -> float:
        """BM25 of the asked wording against the held one, as a share of the asked one against itself."""
        zelf = self._bm25(gevraagd, gevraagd)
        return min(1.0, self._bm25(gevraagd, gehouden) / zelf) if zelf else 0.0

    def _bm25(self, vraag: str, document: str) -> float:
        eigen = self.stammen[document]
        lengte = sum(eigen.values()) / self.lengte
        return sum(
            self._idf(self.met_stam[stam]) * eigen[stam] * (_K1 + 1) / (eigen[stam] + _K1 * (1 - _B + _B * lengte))
            for stam in self.stammen[vraag]
            if stam in eigen
        )

    def gelijkenis(self, gevraagd: str, gehouden: str, betekenis: Betekenis | None = None) -> tuple[float, str]:
        """The mean of references, stems and spelling (and meaning, where given), and the strongest of them."""
        tekst = self._van.tekst
        delen = {
            "zeldzame gedeelde referenties": self.referentiegelijkenis(gevraagd, gehouden),
            "zelfde woordstammen": self.bm25(gevraagd, gehouden),
            "zelfde schrijfwijze": fuzz.token_sort_ratio(tekst[gevraagd], tekst[gehouden]) / 100,
        }
        if betekenis is not None:
            delen["zelfde betekenis"] = betekenis.gelijkenis(gevraagd, gehouden)
        return sum(delen.values()) / len(delen), max(delen, key=lambda reden: delen[reden])


class Betekenis:
    """The wordings of some competences as embeddings, an extra: it sees one task in wholly other words."""

    def __init__(self, inbedding: Inbedding, tekst: Mapping[str, str], iris: Iterable[str]) -> None:
        welke = list(dict.fromkeys(iris))
        self._van = dict(zip(welke, inbedding([tekst[iri] for iri in welke]), strict=True)) if welke else {}

    def gelijkenis(self, een: str, ander: str) -> float:
        """The cosine of two wordings, at least 0."""
        return float(min(1.0, max(0.0, self._van[een] @ self._van[ander])))


def suggesties(vergelijking: Vergelijking, brug: Brug, inbedding: Inbedding | None = None) -> Iterator[Suggestie]:
    """For each competence to be confirmed or not comparable, the held ones that look most like it, best first."""
    maat = Zeldzaamheid(vergelijking)
    gehouden = {houder.competentie.iri: houder for houder in zeker(vergelijking, brug.van)}
    gevraagd = [
        gewogen.competentie
        for gewogen in brug.competenties
        if gewogen.oordeel.verdict in (Verdict.TE_BEVESTIGEN, Verdict.ONVERGELIJKBAAR)
    ]
    iris = [*(competentie.iri for competentie in gevraagd), *gehouden]
    betekenis = Betekenis(inbedding, vergelijking.tekst, iris) if inbedding else None
    for competentie in gevraagd:
        scores = [(*maat.gelijkenis(competentie.iri, iri, betekenis), iri) for iri in gehouden]
        for score, reden, iri in _beste(scores):
            houder = gehouden[iri]
            yield Suggestie(
                iri,
                competentie.iri,
                codenaam(competentie),
                codenaam(houder.competentie),
                houder.competentie.tekst,
                houder.door,
                round(score, 6),
                reden,
            )


def _beste(scores: list[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    return sorted((s for s in scores if s[0] >= DREMPEL), key=lambda s: (-s[0], s[2]))[:PER_COMPETENTIE]
