"""Evaluating a ranking against a truth file of pairs: the harness of algorithms.md §4."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError

Waarheid = Mapping[str, Mapping[str, float]]
BOOTSTRAP = 1_000


@dataclass(frozen=True)
class Maat:
    """The mean over the sources, with a bootstrap interval of 95 %."""

    gemiddelde: float
    laag: float
    hoog: float


def lees_waarheid(path: Path) -> Waarheid:
    """A truth file: `from,to[,grade]`, grade 1 where it is not given. Raises InputError with the row."""
    waarheid: dict[str, dict[str, float]] = {}
    gelezen = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for veld in csv.DictReader(stream):
                gelezen += 1
                waarheid.setdefault(veld["from"], {})[veld["to"]] = float(veld.get("grade") or 1)
    except (OSError, KeyError, ValueError) as error:
        plaats = f"{path.name}, rij {gelezen}"
        remedy = "Geef kolommen from,to en eventueel grade."
        raise InputError("Dit is geen waarheidsbestand.", place=plaats, remedy=remedy) from error
    return waarheid


def evaluate(
    score: Callable[[str], NDArray[np.float64]], codes: Sequence[str], waarheid: Waarheid
) -> Mapping[str, Maat]:
    """MAP, P@5, recall@10, nDCG@10 and AUC of a score, the mean over the sources in the truth.

    `score(code)` gives a number for each of `codes`; the source itself is left out. Ties are broken by one fixed
    permutation (of the digests of the codes), and counted half in AUC. Raises InputError when no source is known.
    """
    plaats = {code: n for n, code in enumerate(codes)}
    vast = np.argsort([hashlib.sha256(code.encode()).hexdigest() for code in codes])
    rang = np.empty(len(codes), dtype=np.int64)
    rang[vast] = np.arange(len(codes))
    rijen = [
        _een_bron(
            score(bron), plaats[bron], {plaats[n]: g for n, g in doelen.items() if n in plaats and n != bron}, rang
        )
        for bron, doelen in sorted(waarheid.items())
        if bron in plaats and any(n in plaats and n != bron for n in doelen)
    ]
    if not rijen:
        raise InputError("Geen enkel paar van de waarheid staat in deze bron.", remedy="Controleer de codes.")
    tabel = np.array(rijen)
    return {naam: _maat(tabel[:, n]) for n, naam in enumerate(("MAP", "P@5", "recall@10", "nDCG@10", "AUC"))}


def _maat(waarden: NDArray[np.float64]) -> Maat:
    trekker = np.random.default_rng(20260101)
    steekproeven = trekker.integers(0, len(waarden), size=(BOOTSTRAP, len(waarden)))
    laag, hoog = np.quantile(waarden[steekproeven].mean(axis=1), [0.025, 0.975])
    return Maat(float(waarden.mean()), float(laag), float(hoog))


def _een_bron(
    scores: NDArray[np.float64], zelf: int, doelen: Mapping[int, float], rang: NDArray[np.int64]
) -> tuple[float, ...]:
    anderen = np.delete(np.arange(len(scores)), zelf)
    volgorde = anderen[np.lexsort((rang[anderen], -scores[anderen]))]
    graad = np.array([doelen.get(int(n), 0.0) for n in volgorde])
    raak = graad > 0
    plaatsen = np.flatnonzero(raak) + 1
    precisie = np.arange(1, len(plaatsen) + 1) / plaatsen
    korting = 1 / np.log2(np.arange(2, 12))
    beste = np.sort(graad)[::-1][:10]
    ndcg = float((graad[:10] * korting[: len(graad[:10])]).sum() / (beste * korting[: len(beste)]).sum())
    return (
        float(precisie.mean()),
        float(raak[:5].sum() / 5),
        float(raak[:10].sum() / raak.sum()),
        ndcg,
        _auc(scores[volgorde], raak),
    )


def _auc(scores: NDArray[np.float64], raak: NDArray[np.bool_]) -> float:
    goed, fout = np.sort(scores[raak]), np.sort(scores[~raak])
    if not len(fout):
        return 1.0
    onder = np.searchsorted(fout, goed, side="left")
    tot = np.searchsorted(fout, goed, side="right")
    return float((onder + tot).sum() / 2 / (len(goed) * len(fout)))


def score_uit_rangen(
    rijen: Iterable[tuple[str, str, float]], codes: Sequence[str]
) -> Callable[[str], NDArray[np.float64]]:
    """The score function of a ranked list (from, to, score): what it does not name scores lowest."""
    plaats = {code: n for n, code in enumerate(codes)}
    per_bron: dict[str, dict[int, float]] = {}
    for van, naar, waarde in rijen:
        if naar in plaats:
            per_bron.setdefault(van, {})[plaats[naar]] = waarde

    def score(code: str) -> NDArray[np.float64]:
        scores = np.full(len(codes), -np.inf)
        for n, waarde in per_bron.get(code, {}).items():
            scores[n] = waarde
        return scores

    return score
