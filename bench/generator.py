"""Synthetic qualifications shaped like the real ones: as many competences, references and shared wordings.

Measured on the 96 loaded dossiers: 15.9 competences each, 1.9 references a competence, a reference in 1.5 dossiers on
average with a few in one of six, four competences of nine in a wording that 3.8 share on average, one of four with
dossier numbers only. Who shares a wording here shares its references too, as most of the real ones do.
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
TEKST_GEDEELD = 0.44
DELERS = 3.8
"""Competences in one shared wording, on average: 680 of 1,530 in 179."""

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
    # Each competence is of its own kind, or of one of the kinds that several share: its wording and its references.
    soort = np.arange(m)
    deelt = trekker.random(m) < TEKST_GEDEELD
    soort[deelt] = trekker.integers(0, max(1, int(m * TEKST_GEDEELD / DELERS)), int(deelt.sum()))
    per_soort = np.maximum(1, trekker.poisson(REFERENTIES, m))
    per_soort[trekker.random(m) < ZONDER_REFERENTIE] = 0
    van_soort, vergelijkbaar = _referenties(trekker, np.repeat(np.arange(m), per_soort), aantal, m)
    begin = np.concatenate([[0], np.cumsum(per_soort)])
    aantallen = per_soort[soort]
    competentie = np.repeat(np.arange(m), aantallen)
    plaats = np.arange(len(competentie)) - np.repeat(np.cumsum(aantallen) - aantallen, aantallen)
    referentie = van_soort[np.repeat(begin[soort], aantallen) + plaats]
    return Tabellen(
        codes=[f"SYN-{n:07d}" for n in range(aantal)],
        heeft_kwalificatie=np.repeat(np.arange(aantal), per_kwalificatie),
        heeft_competentie=np.arange(m),
        tekst=soort,
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
