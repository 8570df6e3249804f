"""A workbook that somebody sends: a report with the sheet, the row and the cell of each finding."""

from __future__ import annotations

import io

import httpx
from openpyxl import Workbook


def workbook(level: int) -> bytes:
    """One qualification and one competence of our own making."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Kwalificaties"
    first.append(["Code", "Titel", "VKS-niveau"])
    first.append(["BK-9001-1", "Voorbeeldmaker", level])
    second = book.create_sheet("Competenties")
    second.append(["Kwalificatie", "Code", "Nr", "Competentie", "Soort competentie", "Referenties"])
    second.append(["BK-9001-1", "bkc9900001", 1, "Maakt een voorbeeld", "Vakspecifieke competentie", "11111-c"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_workbook_is_checked_and_each_finding_has_its_cell(client: httpx.Client) -> None:
    answer = client.post("/v1/validaties", files={"bestand": ("mijn.xlsx", workbook(12))})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    (found,) = [issue for issue in answer.json()["bevindingen"] if issue["ernst"] == "fout"]
    told = [found[name] for name in ("bestand", "blad", "cel", "waarde")]
    assert told == ["mijn.xlsx", "Kwalificaties", "C2", "12"]
    sound = client.post("/v1/validaties", files={"bestand": ("mijn.xlsx", workbook(4))}).json()
    assert "fout" not in sound["tellingen"]
