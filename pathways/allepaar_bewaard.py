"""All pairs as they are stored in a release: written in blocks, mapped from disk, looked up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..graph.catalogus import Catalogus
from .allepaar import BUDGET, Matrices, uitgepakt
from .brug import Dekking
from .tabellen import tabellen
from .vergelijking import Vergelijking

ALLEPAAR = "allepaar"
"""The folder in a release where the counts of all pairs are stored."""


class Buur(NamedTuple):
    """A qualification at the other end of a bridge, and what the bridge covers."""

    code: str
    dekking: Dekking


class Allepaar:
    """The stored counts of all pairs of one release: the coverage of a bridge is a look-up.

    An explained bridge is computed (0.14 ms): its verdicts with their evidence are many times the size of its counts,
    and it may hold several things, decisions since the release, or a target from elsewhere. What the counts answer at
    once is where to look: the best ways in and out of a qualification, among all others.
    """

    def __init__(self, codes: Sequence[str], matrices: dict[str, NDArray[Any]]) -> None:
        self.codes = tuple(codes)
        self._plaats = {code: n for n, code in enumerate(codes)}
        self._m = matrices

    def dekking(self, van: str, naar: str) -> Dekking:
        """The five counts from one qualification to another. Raises KeyError for a code that has no competences."""
        held, target = self._plaats[van], self._plaats[naar]
        begin, eind = self._m["indptr"][held : held + 2]
        doelen = self._m["doelen"][begin:eind]
        plaats = int(np.searchsorted(doelen, target))
        gevonden = plaats < len(doelen) and doelen[plaats] == target
        gepakt = int(self._m["gepakt"][begin + plaats]) if gevonden else 0
        n, zonder = int(self._m["van"][target]), int(self._m["onvergelijkbaar"][target])
        return Dekking(*uitgepakt(gepakt, n, zonder, bool(self._m["vergelijkbaar"][held])), n)

    def beste_in_en_uit(self, code: str, n: int = 5) -> tuple[list[Buur], list[Buur]]:
        """The n qualifications that bring most towards this one, and those towards which it brings most.

        By the share that is proven, then by the share that is possible, then by code; those that bring nothing are left
        out. An order of bridges, never of qualifications. Raises KeyError for a code that has no competences.
        """
        hier = self._plaats[code]
        naar = self._m["doelen"][self._m["indptr"][hier] : self._m["indptr"][hier + 1]].tolist()
        rijen = np.searchsorted(self._m["indptr"], np.flatnonzero(self._m["doelen"] == hier), side="right") - 1
        inkomend = [Buur(self.codes[van], self.dekking(self.codes[van], code)) for van in rijen.tolist() if van != hier]
        uitgaand = [Buur(self.codes[doel], self.dekking(code, self.codes[doel])) for doel in naar if doel != hier]
        return _beste(inkomend, n), _beste(uitgaand, n)


def _beste(buren: Sequence[Buur], n: int) -> list[Buur]:
    iets = [buur for buur in buren if buur.dekking.gedekt + buur.dekking.te_bevestigen + buur.dekking.deels]
    return sorted(iets, key=lambda b: (-b.dekking.gedekt / b.dekking.van, -b.dekking.mogelijk / b.dekking.van, b.code))[
        :n
    ]


def write_allpairs(catalogus: Catalogus, folder: Path, budget: int = BUDGET) -> None:
    """Compute the counts of all pairs of a release in blocks and store them; memory stays within one block.

    Writes `allepaar.json`, `allepaar.npz` and the two growing columns `allepaar.doelen` and `allepaar.gepakt`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    matrices = Matrices(tabellen(Vergelijking(catalogus)))
    indptr = [0]
    with (folder / "allepaar.doelen").open("wb") as doelen, (folder / "allepaar.gepakt").open("wb") as gepakt:
        for _, blok in matrices.blokken(budget):
            blok.sort_indices()
            doelen.write(blok.indices.astype("<i4").tobytes())
            gepakt.write(blok.data.astype("<i8").tobytes())
            indptr += (indptr[-1] + blok.indptr[1:].astype(np.int64)).tolist()
    (folder / "allepaar.json").write_text(json.dumps({"codes": list(matrices.tabel.codes)}), encoding="utf-8")
    np.savez(
        folder / "allepaar.npz",
        indptr=np.array(indptr, dtype=np.int64),
        van=matrices.van,
        onvergelijkbaar=matrices.onvergelijkbaar,
        vergelijkbaar=matrices.kwalificatie_vergelijkbaar,
    )


def read_allpairs(folder: Path) -> Allepaar:
    """The stored counts, mapped from disk."""
    codes = json.loads((folder / "allepaar.json").read_text(encoding="utf-8"))["codes"]
    with np.load(folder / "allepaar.npz") as arrays:
        matrices: dict[str, NDArray[Any]] = {naam: arrays[naam] for naam in arrays.files}
    for naam, soort in (("doelen", "<i4"), ("gepakt", "<i8")):
        path = folder / f"allepaar.{naam}"
        leeg = path.stat().st_size == 0
        matrices[naam] = np.zeros(0, dtype=soort) if leeg else np.memmap(path, dtype=soort, mode="r")
    return Allepaar(codes, matrices)
