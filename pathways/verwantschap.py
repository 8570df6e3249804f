"""Likeness between occupations, profiles and qualifications, for orientation: by ids and full text, never as proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..errors import AmbiguousCodeError, UnknownCodeError
from ..graph.catalogus import Catalogus, Kwalificatie, Kwalificatiesoort
from .inbedding import Inbedding
from .lexicaal import lettergrepen, per_bron_gestandaardiseerd, stammen, tfidf

BLOK = 256
"""Rows of the score computed at a time: memory stays flat whatever the number of profiles."""


@dataclass(frozen=True)
class Profiel:
    """What is compared of one occupation or qualification.

    `items` maps the id of each skill, activity, knowledge item or reference to its weight (1 essential, 0.5 optional);
    `labels` are their texts; `tekst` is title, definition and job titles.
    """

    code: str
    naam: str
    taal: str = "nl"
    tekst: str = ""
    items: Mapping[str, float] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def volledige_tekst(self) -> str:
        """Title, definition, job titles and the labels of the items."""
        return " ".join((self.naam, self.tekst, *self.labels.values()))


@dataclass(frozen=True)
class Rang:
    """One row of a ranking."""

    van: str
    naar: str
    rang: int
    score: float


class Verwantschap:
    """The ranking score of algorithms.md §2.9: the mean of the cosines of ids, stems and characters.

    Each is standardised per source, so that none outweighs the others; an embedding joins only where it is given, since
    it helps across vocabularies and hurts within one (§4, lesson 1).
    """

    def __init__(self, profielen: Sequence[Profiel], inbedding: Inbedding | None = None) -> None:
        self.profielen = tuple(sorted(profielen, key=lambda profiel: profiel.code))
        self.codes = tuple(profiel.code for profiel in self.profielen)
        self._plaats = {code: n for n, code in enumerate(self.codes)}
        teksten = [profiel.volledige_tekst for profiel in self.profielen]
        # Generators: the terms of all texts at once would take gigabytes (4.6 million runs of characters in ROME v4).
        self._matrices = [
            tfidf(profiel.items.items() for profiel in self.profielen),
            tfidf(Counter(stammen(t, p.taal)).items() for t, p in zip(teksten, self.profielen, strict=True)),
            tfidf(map(lettergrepen, teksten)),
        ]
        self._inbedding = inbedding(teksten) if inbedding else None

    def plaats(self, code: str) -> int:
        """The row of a code, or of the only version of a line. Raises UnknownCodeError, AmbiguousCodeError."""
        if code in self._plaats:
            return self._plaats[code]
        versies = [each for each in self.codes if code in (each.rpartition("-")[0], each.rpartition("/")[0])]
        if code and len(versies) == 1:
            return self._plaats[versies[0]]
        if code and versies:
            raise AmbiguousCodeError(f"{code} heeft meer dan een versie in deze bron.", versies)
        raise UnknownCodeError(f"De code {code!r} staat niet in deze bron.", remedy="Controleer de code.")

    def rijen(self, begin: int, eind: int) -> NDArray[np.float64]:
        """The scores of some sources against all profiles."""
        cosinussen = [(matrix[begin:eind] @ matrix.T).toarray() for matrix in self._matrices]
        if self._inbedding is not None:
            cosinussen.append(self._inbedding[begin:eind] @ self._inbedding.T)
        scores = [per_bron_gestandaardiseerd(np.asarray(c, dtype=np.float64)) for c in cosinussen]
        return np.asarray(np.mean(scores, axis=0))

    def score(self, code: str) -> NDArray[np.float64]:
        """The scores of one source against all profiles, in order of `codes`."""
        n = self.plaats(code)
        return np.asarray(self.rijen(n, n + 1)[0])

    @cached_property
    def alle(self) -> NDArray[np.float64]:
        """All scores, for what walks from profile to profile; some tens of MB for three thousand profiles."""
        return np.vstack([self.rijen(n, min(n + BLOK, len(self.codes))) for n in range(0, len(self.codes), BLOK)])

    def beste(self, top: int) -> Iterator[Rang]:
        """For each profile the others most like it, best first; ties in order of code."""
        for begin in range(0, len(self.codes), BLOK):
            scores = self.rijen(begin, min(begin + BLOK, len(self.codes)))
            for n, rij in enumerate(scores, start=begin):
                yield from self._rangen(n, rij, top)

    def beste_van(self, code: str, top: int) -> list[Rang]:
        """The profiles most like one."""
        return list(self._rangen(self.plaats(code), self.score(code), top))

    def _rangen(self, bron: int, rij: NDArray[np.float64], top: int) -> Iterator[Rang]:
        rij = np.round(rij, 9)
        rij[bron] = -np.inf
        volgorde = np.argsort(-rij, kind="stable")[: min(top, len(self.codes) - 1)]
        for rang, naar in enumerate(volgorde.tolist(), start=1):
            yield Rang(self.codes[bron], self.codes[naar], rang, float(rij[naar]))

    def gedeeld_en_ontbrekend(self, van: str, naar: str) -> tuple[list[str], list[str]]:
        """The items of the second that the first shares, and those that it misses, by name; of one name also by id."""
        een, ander = self.profielen[self.plaats(van)], self.profielen[self.plaats(naar)]
        labels = {iri: ander.labels.get(iri, iri) for iri in ander.items}
        keren = Counter(labels.values())
        namen = {iri: f"{label} ({iri})" if keren[label] > 1 else label for iri, label in labels.items()}
        gedeeld = sorted(namen[iri] for iri in ander.items if iri in een.items)
        return gedeeld, sorted(namen[iri] for iri in ander.items if iri not in een.items)


def profielen(catalogus: Catalogus, soort: Kwalificatiesoort) -> list[Profiel]:
    """The qualifications of one kind as profiles; ids are the references, or the items where they have none."""
    return [
        _profiel(kwalificatie)
        for kwalificatie in catalogus.kwalificaties.values()
        if kwalificatie.soort is soort and kwalificatie.competenties
    ]


def _profiel(kwalificatie: Kwalificatie) -> Profiel:
    taal = next((taal for taal in ("nl", "fr", "en") if taal in kwalificatie.naam), "nl")
    items: dict[str, str] = {}
    for competentie in kwalificatie.competenties:
        for sleutel in competentie.referenties or (competentie.iri,):
            items.setdefault(sleutel, competentie.tekst)
    return Profiel(
        code=kwalificatie.code,
        naam=kwalificatie.naam.get(taal, kwalificatie.code),
        taal=taal,
        tekst=" ".join((*kwalificatie.synoniemen, *(k.tekst for c in kwalificatie.competenties for k in c.kennis))),
        items=dict.fromkeys(items, 1.0),
        labels={competentie.iri: competentie.tekst for competentie in kwalificatie.competenties} | items,
    )
