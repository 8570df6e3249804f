"""Reading five times as many rows takes no more memory, whatever the format and whoever wrote it."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
import xlsxwriter
from leerbrug.loaders.werkboek import Opmerking, records, write
from leerbrug.loaders.werkboek.sheets import Leerplan

FEW, MANY = 4_000, 20_000


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
    tracemalloc.start()
    try:
        assert sum(not isinstance(record, Opmerking) for record in records(path)) == rows
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("maker", "ending"), [(by_us, ".xlsx"), (by_excel, ".xlsx"), (by_us, ".zip")])
def test_memory_stays_flat(maker: type, ending: str, tmp_path: Path) -> None:
    few, many = (peak(maker(tmp_path / f"{rows}{ending}", rows), rows) for rows in (FEW, MANY))
    assert many < few * 1.25
