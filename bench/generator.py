"""Synthetic qualifications shaped like the real ones: as many competences, references and shared wordings.

Measured on the 96 loaded dossiers: 15.9 competences each, 1.9 references a competence, a reference in 1.5 dossiers on
average with a few in one of six, one wording of six shared, one competence of four with dossier numbers only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..pathways.tabellen import Ints, Tabellen

COMPETENTIES = 15.9
REFERENTIES = 1.9
NIEUWE_PER_KWALIFICATIE = 17.4
"""Distinct references per qualification in the real data: 1,673 of 96."""

ENKEL_DOSSIER = 0.25
ZONDER_REFERENTIE = 0.04
TEKST_GEDEELD = 0.18
VAAK_GEDEELD = 200
"""A reference is in at most some two hundred qualifications, however many there are: sectors do not grow together."""


def tabellen(aantal: int, seed: int = 1) -> Tabellen:
    """The tables of that many made-up qualifications; the same seed gives the same tables.

    >>> tabellen(50).codes == tabellen(50).codes
    True
    """
    trekker = np.random.default_rng(seed)
    per_kwalificatie = np.maximum(3, trekker.poisson(COMPETENTIES, aantal))
    m = int(per_kwalificatie.sum())
    per_competentie = np.maximum(1, trekker.poisson(REFERENTIES, m))
    per_competentie[trekker.random(m) < ZONDER_REFERENTIE] = 0
    competentie = np.repeat(np.arange(m), per_competentie)
    referentie, vergelijkbaar = _referenties(trekker, competentie, aantal, m)
    return Tabellen(
        codes=[f"SYN-{n:07d}" for n in range(aantal)],
        heeft_kwalificatie=np.repeat(np.arange(aantal), per_kwalificatie),
        heeft_competentie=np.arange(m),
        tekst=_teksten(trekker, competentie, referentie, m),
        ref_competentie=competentie,
        ref_referentie=referentie,
        vergelijkbaar=vergelijkbaar,
    )


def _referenties(
    trekker: np.random.Generator, competentie: Ints, aantal: int, m: int
) -> tuple[Ints, NDArray[np.bool_]]:
    """A long tail: most references are in one dossier, a few in many."""
    gewoon = max(10, int(NIEUWE_PER_KWALIFICATIE * aantal))
    staart = gewoon / (np.arange(gewoon) + gewoon / (VAAK_GEDEELD * 8))
    keuze = trekker.choice(gewoon, size=len(competentie), p=staart / staart.sum())
    dossier = (trekker.random(m) < ENKEL_DOSSIER)[competentie]
    eigen = gewoon + np.arange(len(competentie))
    referentie = np.where(dossier, eigen, keuze)
    uniek, genummerd = np.unique(referentie, return_inverse=True)
    return genummerd.astype(np.int64), uniek < gewoon


def _teksten(trekker: np.random.Generator, competentie: Ints, referentie: Ints, m: int) -> Ints:
    """A wording of its own, or (one of six) the one that goes with its first reference."""
    eerste = np.full(m, -1, dtype=np.int64)
    eerste[competentie[::-1]] = referentie[::-1]
    deelt = (trekker.random(m) < TEKST_GEDEELD) & (eerste >= 0)
    return np.where(deelt, eerste, int(referentie.max(initial=0)) + 1 + np.arange(m))
