"""The tables that all-pairs coverage is computed on: numbers only, the same for this process and for a cluster."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..graph.catalogus import Competentie
from .bewoording import genormaliseerd
from .oordeel import Gehouden, Verdict, Weegschaal
from .vergelijking import Vergelijking, is_vergelijkbaar

Ints = NDArray[np.int64]
VERDICTS = tuple(Verdict)


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


@dataclass(frozen=True)
class Tabellen:
    """Qualifications, competences, wordings, references and knowledge as integers.

    Parallel arrays are the columns of one table: `heeft_*` says which qualification has which competence, `ref_*` which
    competence carries which reference, `kennis_*` which competence has which knowledge at which depth. `tekst[t]` is
    the wording of competence t, `vergelijkbaar[r]` whether reference r can match across dossiers. `besloten_*` are the
    (competence, qualification) pairs that a recorded decision touches, with the verdict it leads to: exceptions to the
    rules that the matrices hold.
    """

    codes: Sequence[str]
    heeft_kwalificatie: Ints
    heeft_competentie: Ints
    tekst: Ints
    ref_competentie: Ints
    ref_referentie: Ints
    vergelijkbaar: NDArray[np.bool_]
    kennis_competentie: Ints = field(default_factory=lambda: _ints(()))
    kennis_tekst: Ints = field(default_factory=lambda: _ints(()))
    kennis_diepte: Ints = field(default_factory=lambda: _ints(()))
    besloten_competentie: Ints = field(default_factory=lambda: _ints(()))
    besloten_kwalificatie: Ints = field(default_factory=lambda: _ints(()))
    besloten_verdict: Ints = field(default_factory=lambda: _ints(()))

    @property
    def aantal_competenties(self) -> int:
        """How many competences."""
        return len(self.tekst)

    def write(self, folder: Path) -> None:
        """The tables as CSV without header, one file each, for a cluster to read."""
        folder.mkdir(parents=True, exist_ok=True)
        for naam, kolommen in self._als_kolommen().items():
            rijen = np.column_stack([np.asarray(kolom, dtype=np.int64) for kolom in kolommen])
            np.savetxt(folder / f"{naam}.csv", rijen, fmt="%d", delimiter=",")

    def _als_kolommen(self) -> dict[str, list[Ints]]:
        vergelijkbaar = self.vergelijkbaar.astype(np.int64)
        return {
            "heeft": [self.heeft_kwalificatie, self.heeft_competentie],
            "tekst": [np.arange(self.aantal_competenties), self.tekst],
            "referentie": [self.ref_competentie, self.ref_referentie, vergelijkbaar[self.ref_referentie]],
            "kennis": [self.kennis_competentie, self.kennis_tekst, self.kennis_diepte],
            "besloten": [self.besloten_competentie, self.besloten_kwalificatie, self.besloten_verdict],
        }


class _Nummers(dict[str, int]):
    """Numbers handed out in order of first use."""

    def __missing__(self, key: str) -> int:
        self[key] = len(self)
        return self[key]


def tabellen(vergelijking: Vergelijking) -> Tabellen:
    """The tables of a release: every qualification that has competences, in order of code."""
    kwalificaties = [k for _, k in sorted(vergelijking.catalogus.kwalificaties.items()) if k.competenties]
    nummer = {iri: n for n, iri in enumerate(vergelijking.competentie)}
    plaats = {k.code: n for n, k in enumerate(kwalificaties)}
    heeft = [(n, nummer[c.iri]) for n, k in enumerate(kwalificaties) for c in k.competenties]
    teksten, referenties, kennis = _Nummers(), _Nummers(), _Nummers()
    tekst = _ints([teksten[t] for t in vergelijking.tekst.values()])
    refs = [
        (nummer[iri], referenties[r])
        for iri, c in vergelijking.competentie.items()
        for r in dict.fromkeys(c.referenties)
    ]
    items = [
        (nummer[iri], kennis[genormaliseerd(item.tekst)], item.diepte)
        for iri, c in vergelijking.competentie.items()
        for item in c.kennis
    ]
    bezit, ref, kennisrij = _kolommen(heeft, 2), _kolommen(refs, 2), _kolommen(items, 3)
    besluit = _kolommen(list(_besloten(vergelijking, nummer, plaats)), 3)
    return Tabellen(
        codes=[k.code for k in kwalificaties],
        heeft_kwalificatie=bezit[0],
        heeft_competentie=bezit[1],
        tekst=tekst,
        ref_competentie=ref[0],
        ref_referentie=ref[1],
        vergelijkbaar=np.array([is_vergelijkbaar(r) for r in referenties], dtype=np.bool_),
        kennis_competentie=kennisrij[0],
        kennis_tekst=kennisrij[1],
        kennis_diepte=kennisrij[2],
        besloten_competentie=besluit[0],
        besloten_kwalificatie=besluit[1],
        besloten_verdict=besluit[2],
    )


def _kolommen(rijen: Sequence[tuple[int, ...]], breedte: int) -> list[Ints]:
    return list(np.array(rijen, dtype=np.int64).reshape(-1, breedte).T)


def _besloten(
    vergelijking: Vergelijking, nummer: dict[str, int], plaats: dict[str, int]
) -> Iterable[tuple[int, int, int]]:
    """Each (competence, qualification) pair with a decision between them, judged by the rules themselves."""
    for iri in sorted({*vergelijking.besluiten, *vergelijking.delen}):
        if iri not in vergelijking.competentie:
            continue
        codes = {code for ander in vergelijking.anderen(iri) for code in vergelijking.kwalificaties_met.get(ander, ())}
        for code in sorted(codes):
            verdict = _weeg(vergelijking, code, vergelijking.competentie[iri])
            yield nummer[iri], plaats[code], VERDICTS.index(verdict)


def _weeg(vergelijking: Vergelijking, code: str, gevraagd: Competentie) -> Verdict:
    kwalificatie = vergelijking.catalogus.kwalificaties[code]
    schaal = Weegschaal(vergelijking, [Gehouden(c, code) for c in kwalificatie.competenties])
    return schaal.weeg(gevraagd).verdict
