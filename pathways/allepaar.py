"""All pairs at once: the five counts of every bridge between two qualifications, by sparse matrices, in blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .oordeel import Verdict
from .tabellen import VERDICTS, Ints, Tabellen

BUDGET = 8_000_000
"""Non-zero cells of one block (a competence and a qualification that share a reference): some 600 MB at the peak."""

# One sum counts four things: 16 bits each for gedekt, te bevestigen, deels, and those of them not comparable by number.
_GEDEKT, _TE_BEVESTIGEN, _DEELS, _ONVERGELIJKBAAR = 1, 1 << 16, 1 << 32, 1 << 48
_GEWICHT = {Verdict.GEDEKT: _GEDEKT, Verdict.TE_BEVESTIGEN: _TE_BEVESTIGEN, Verdict.DEELS: _DEELS}
_MASKER = 0xFFFF


@dataclass(frozen=True)
class Paren:
    """(Competence, qualification) pairs, each once, in order."""

    competentie: Ints
    kwalificatie: Ints

    @classmethod
    def uit(cls, matrix: Any) -> Paren:
        """The non-zero cells of a matrix of competence by qualification."""
        coo = sparse.coo_array(matrix)
        return cls(coo.row.astype(np.int64), coo.col.astype(np.int64))


class Matrices:
    """The sparse matrices of one release, and the pairs to which the reference counts do not apply."""

    def __init__(self, tabel: Tabellen) -> None:
        self.tabel = tabel
        q, m, r = len(tabel.codes), tabel.aantal_competenties, len(tabel.vergelijkbaar)
        self.heeft = _incidentie(tabel.heeft_kwalificatie, tabel.heeft_competentie, (q, m))
        self.refs = _incidentie(tabel.ref_competentie, tabel.ref_referentie, (m, r))
        self.brengt = _binair(self.heeft @ self.refs)
        self.aantal_refs = np.diff(self.refs.indptr).astype(np.int64)
        met_nummer = (self.refs @ tabel.vergelijkbaar.astype(np.int64)) > 0
        self.zonder_nummer = ~met_nummer
        self.kwalificatie_vergelijkbaar = (self.brengt @ tabel.vergelijkbaar.astype(np.int64)) > 0
        self.van = np.asarray(self.heeft.sum(axis=1)).ravel()
        self.onvergelijkbaar = self.heeft @ self.zonder_nummer.astype(np.int64)
        self.gewicht = np.where(self.zonder_nummer, _ONVERGELIJKBAAR, 0)
        self.afwijkend = self._afwijkingen()

    def _afwijkingen(self) -> sparse.csc_array:
        """Competence by qualification: the verdict (plus one) where it is not what shared references alone say."""
        tabel, houders = self.tabel, sparse.csr_array(self.heeft.T)
        vorm = houders.shape
        zelfde = _zelfde_tekst_en_referenties(tabel, self.aantal_refs)
        gedekt, tekort = _met_kennis(tabel, zelfde, houders)
        tekst = _zonder_referentie(tabel, self.aantal_refs)
        lagen = (
            (Paren.uit(tekst @ houders), Verdict.TE_BEVESTIGEN),
            (tekort, Verdict.DEELS),
            (gedekt, Verdict.GEDEKT),
            (Paren.uit(houders), Verdict.GEDEKT),
        )
        sleutels = [p.competentie * vorm[1] + p.kwalificatie for p, _ in lagen]
        waarden = [np.full(len(p.competentie), VERDICTS.index(v), dtype=np.int64) for p, v in lagen]
        # An own competence (rule 0) comes before a decision, a decision before everything else.
        sleutels.insert(3, tabel.besloten_competentie * vorm[1] + tabel.besloten_kwalificatie)
        waarden.insert(3, tabel.besloten_verdict)
        sleutel, waarde = np.concatenate(sleutels)[::-1], np.concatenate(waarden)[::-1]
        uniek, eerste = np.unique(sleutel, return_index=True)
        rij, kolom = np.divmod(uniek, vorm[1])
        return sparse.csc_array((waarde[eerste] + 1, (rij, kolom)), shape=vorm)

    def blokken(self, budget: int = BUDGET) -> Iterator[tuple[int, sparse.csr_array]]:
        """Held qualifications in blocks: the first of the block, and a matrix of held by target with packed counts."""
        werk = np.cumsum(self.brengt @ np.asarray(self.refs.sum(axis=0)).ravel() + 1)
        begin = 0
        while begin < len(self.tabel.codes):
            gedaan = werk[begin - 1] if begin else 0
            eind = max(begin + 1, int(np.searchsorted(werk, gedaan + budget, side="right")))
            yield begin, self._blok(begin, eind)
            begin = eind

    def _blok(self, begin: int, eind: int) -> sparse.csr_array:
        gedeeld = sparse.csr_array(self.brengt[begin:eind] @ self.refs.T)
        gedeeld.sort_indices()
        competentie = gedeeld.indices.astype(np.int64)
        alles = gedeeld.data == self.aantal_refs[competentie]
        gewicht = np.where(alles, _TE_BEVESTIGEN, _DEELS) + self.gewicht[competentie]
        held = np.repeat(np.arange(eind - begin), np.diff(gedeeld.indptr))
        m = self.tabel.aantal_competenties
        rij, kolom, extra = self._afwijkend_in(begin, eind, held * m + competentie, gewicht)
        cellen = sparse.csr_array(
            (
                np.concatenate([gewicht, extra]),
                (np.concatenate([held, rij]), np.concatenate([competentie, kolom])),
            ),
            shape=(eind - begin, m),
        )
        return sparse.csr_array(cellen @ self.heeft.T)

    def _afwijkend_in(self, begin: int, eind: int, sleutels: Ints, gewicht: Ints) -> tuple[Ints, Ints, Ints]:
        """Set the weight of the cells that deviate; return those that are not among the cells yet."""
        blok = sparse.coo_array(self.afwijkend[:, begin:eind])
        competentie, held = blok.row.astype(np.int64), blok.col.astype(np.int64)
        nieuw = _gewichten()[blok.data - 1] + np.where(blok.data - 1 < 3, self.gewicht[competentie], 0)
        sleutel = held * self.tabel.aantal_competenties + competentie
        plaats = np.searchsorted(sleutels, sleutel)
        aanwezig = np.zeros(len(sleutel), dtype=np.bool_)
        binnen = plaats < len(sleutels)
        aanwezig[binnen] = sleutels[plaats[binnen]] == sleutel[binnen]
        gewicht[plaats[aanwezig]] = nieuw[aanwezig]
        return held[~aanwezig], competentie[~aanwezig], nieuw[~aanwezig]

    def tellingen(self, van: slice, gepakt: NDArray[Any]) -> Ints:
        """The five counts and n of some held qualifications (a slice of rows) and every target, on a last axis."""
        kan = self.kwalificatie_vergelijkbaar[van, np.newaxis]
        tel = uitgepakt(gepakt, self.van, self.onvergelijkbaar, kan)
        return np.stack([*tel, np.broadcast_to(self.van, gepakt.shape)], axis=-1)


def uitgepakt(gepakt: Any, van: Any, zonder_nummer: Any, vergelijkbaar: Any) -> tuple[Any, Any, Any, Any, Any]:
    """The five counts out of a packed sum, of one pair or of many.

    `van` is the number of asked competences, `zonder_nummer` how many of them carry no number that could match, and
    `vergelijkbaar` whether anything held does.

    >>> uitgepakt(1 + (2 << 16), 5, 1, True)
    (1, 2, 0, 1, 1)
    """
    gedekt, te_bevestigen, deels = gepakt & _MASKER, (gepakt >> 16) & _MASKER, (gepakt >> 32) & _MASKER
    rest = van - gedekt - te_bevestigen - deels
    # What has no number that could match is not comparable; where nothing held has one, neither is the rest.
    onvergelijkbaar = rest - vergelijkbaar * (rest - zonder_nummer + ((gepakt >> 48) & _MASKER))
    return gedekt, te_bevestigen, deels, rest - onvergelijkbaar, onvergelijkbaar


def _gewichten() -> Ints:
    return np.array([_GEWICHT.get(verdict, 0) for verdict in VERDICTS], dtype=np.int64)


def _incidentie(rij: NDArray[Any], kolom: NDArray[Any], vorm: tuple[int, int]) -> sparse.csr_array:
    return _binair(sparse.csr_array((np.ones(len(rij), dtype=np.int64), (rij, kolom)), shape=vorm))


def _binair(matrix: Any) -> sparse.csr_array:
    csr = sparse.csr_array(matrix)
    csr.sum_duplicates()
    csr.data = np.ones_like(csr.data)
    return csr


def _zelfde_tekst_en_referenties(tabel: Tabellen, aantal_refs: Ints) -> sparse.csr_array:
    """Asked by held competence: same wording, and the held one carries every reference of the asked one (rule 3)."""
    samen = tabel.tekst[tabel.ref_competentie] * (len(tabel.vergelijkbaar) + 1) + tabel.ref_referentie
    _, kolom = np.unique(samen, return_inverse=True)
    m = tabel.aantal_competenties
    per_tekst = _incidentie(tabel.ref_competentie, kolom, (m, int(kolom.max(initial=-1)) + 1))
    gedeeld = sparse.coo_array(per_tekst @ per_tekst.T)
    alles = gedeeld.data == aantal_refs[gedeeld.row]
    return _incidentie(gedeeld.row[alles], gedeeld.col[alles], (m, m))


def _zonder_referentie(tabel: Tabellen, aantal_refs: Ints) -> sparse.csr_array:
    """Asked by held competence: the asked one carries no reference and the wording is the same (rule 2)."""
    m = tabel.aantal_competenties
    teksten = _incidentie(np.arange(m), tabel.tekst, (m, int(tabel.tekst.max(initial=-1)) + 1))
    kaal = np.flatnonzero(aantal_refs == 0)
    gevraagd = _incidentie(kaal, tabel.tekst[kaal], (m, teksten.shape[1]))
    return sparse.csr_array(gevraagd @ teksten.T)


def _met_kennis(tabel: Tabellen, zelfde: sparse.csr_array, houders: sparse.csr_array) -> tuple[Paren, Paren]:
    """The pairs that are covered, and those where only the depth of knowledge falls short (§2.9a, last line)."""
    kent = np.zeros(tabel.aantal_competenties, dtype=np.bool_)
    kent[tabel.kennis_competentie] = True
    paren = sparse.coo_array(zelfde)
    te_wegen = kent[paren.row] & kent[paren.col]
    m = tabel.aantal_competenties
    vrij = _incidentie(paren.row[~te_wegen], paren.col[~te_wegen], (m, m))
    wegen = Paren.uit(_incidentie(paren.row[te_wegen], paren.col[te_wegen], (m, m)) @ houders)
    genoeg = _kennis_genoeg(tabel, wegen, houders)
    vrije = Paren.uit(vrij @ houders)
    gedekt = Paren(
        np.concatenate([vrije.competentie, wegen.competentie[genoeg]]),
        np.concatenate([vrije.kwalificatie, wegen.kwalificatie[genoeg]]),
    )
    return gedekt, Paren(wegen.competentie[~genoeg], wegen.kwalificatie[~genoeg])


def _kennis_genoeg(tabel: Tabellen, paren: Paren, houders: sparse.csr_array) -> NDArray[np.bool_]:
    items: dict[int, list[tuple[int, int]]] = {}
    for t, tekst, diepte in zip(
        tabel.kennis_competentie.tolist(), tabel.kennis_tekst.tolist(), tabel.kennis_diepte.tolist(), strict=True
    ):
        items.setdefault(t, []).append((tekst, diepte))
    gehouden: dict[int, dict[int, int]] = {}
    for t, eigen in items.items():
        for kwalificatie in houders.indices[houders.indptr[t] : houders.indptr[t + 1]].tolist():
            diepten = gehouden.setdefault(kwalificatie, {})
            for tekst, diepte in eigen:
                diepten[tekst] = max(diepten.get(tekst, 0), diepte)
    return np.array(
        [
            all(gehouden[k].get(tekst, -1) >= diepte for tekst, diepte in items[t])
            for t, k in zip(paren.competentie.tolist(), paren.kwalificatie.tolist(), strict=True)
        ],
        dtype=np.bool_,
    )
