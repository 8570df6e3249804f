"""Reading five times as many rows takes no more memory, whatever the format and whoever wrote it."""

from __future__ import annotations

import gc
import tracemalloc
from pathlib import Path

import pytest
import xlsxwriter
from leerbrug.loaders.werkboek import Opmerking, records, write
from leerbrug.loaders.werkboek.sheets import Leerplan

FEW, MOST = 1_000, 5_000
A_TEXT = 49
"""Bytes of the shortest text that Python holds: who keeps anything of a row keeps more."""


def by_us(path: Path, rows: int) -> Path:
    return write(path, (Leerplan(code=f"LP-{row}", titel=f"Leerplan over onderwerp {row}") for row in range(rows)))


def by_excel(path: Path, rows: int) -> Path:
    """Every text in the table of shared texts, as Excel writes it."""
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet("Leerplannen")
    sheet.write_row(0, 0, ["Code", "Titel"])
    for row in range(rows):
        sheet.write_row(row + 1, 0, [f"LP-{row}", f"Leerplan over onderwerp {row}"])
    made.close()
    return path


def peak(path: Path, rows: int) -> int:
    """The most that is held while reading; all that was left to the collector before is gone when it begins."""
    gc.collect()
    tracemalloc.start()
    try:
        assert sum(not isinstance(record, Opmerking) for record in records(path)) == rows
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("maker", "ending"), [(by_us, ".xlsx"), (by_excel, ".xlsx"), (by_us, ".ods"), (by_us, ".zip")])
def test_memory_stays_flat(maker: type, ending: str, tmp_path: Path) -> None:
    for rows in (FEW, MOST):
        maker(tmp_path / f"{rows}{ending}", rows)
    peak(tmp_path / f"{FEW}{ending}", FEW)  # the first reading fills the caches that live on
    few, most = (peak(tmp_path / f"{rows}{ending}", rows) for rows in (FEW, MOST))
    assert (most - few) / (MOST - FEW) < A_TEXT / 2
