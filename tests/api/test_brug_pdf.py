"""A bridge as PDF is read back: the same rows as the table, in the language asked for, tagged, with its typeface."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import httpx
import pdfplumber
import pytest
from leerbrug.api.views.brug import REGELS
from leerbrug.pathways.oordeel import Regel

BRUG = "/v1/bruggen?van=BK-0019-3&naar=BK-0020-3"


def read(address: str, **asked: str) -> tuple[pdfplumber.PDF, bytes]:
    answer = httpx.get(
        address + BRUG, params={"van": "BK-0019-3", "naar": "BK-0020-3", "format": "pdf", **asked}, timeout=60
    )
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    return pdfplumber.open(io.BytesIO(answer.content)), answer.content


def text(pdf: pdfplumber.PDF) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


def words(said: str) -> str:
    """What is left of a text when the line breaks of a document do not count."""
    return re.sub(r"\s+", "", said)


@pytest.mark.parametrize("toon", ["rest", "gedekt", "alles"])
def test_the_rows_are_those_of_the_table(address: str, toon: str) -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(httpx.get(f"{address}{BRUG}&format=csv&toon={toon}", timeout=60).text.lstrip("\ufeff"))
        )
    )
    pdf, _ = read(address, toon=toon)
    headings = [element for element in _elements(pdf) if element["S"].name == "H3"]
    assert len(headings) == len(rows) > 0
    said = words(text(pdf))
    for row in rows:
        assert words(f"{row['nr']}. {row['tekst'][:30]}") in said, row
    assert f"({len(rows)})" in text(pdf)


def test_it_speaks_the_language_that_was_asked(address: str) -> None:
    told = {taal: read(address, lang=taal, toon="alles")[0] for taal in ("nl", "en", "fr")}
    said = read(address, lang="nl")[1].decode("latin-1")
    assert {taal: _catalogue(pdf)["Lang"].decode() for taal, pdf in told.items()} == {
        "nl": "nl",
        "en": "en",
        "fr": "fr",
    }
    assert "te bevestigen" in text(told["nl"])
    assert "te bevestigen" not in text(told["en"]) + text(told["fr"])
    assert '<rdf:li xml:lang="x-default">Brug: Bakker' in said


def test_it_is_tagged_and_has_its_typeface(address: str) -> None:
    pdf, content = read(address, toon="alles")
    assert _catalogue(pdf)["MarkInfo"]["Marked"]
    kinds = [element["S"].name for element in _elements(pdf)]
    assert kinds[0] == "H1"
    assert kinds.count("H1") == 1
    assert {"H2", "H3", "P"} <= set(kinds)
    letters = {char["fontname"].partition("+")[2] for page in pdf.pages for char in page.chars}
    assert all(name.startswith("SourceSansPro") for name in letters)
    assert b"pdfaid:part" in content


def test_the_same_bridge_is_the_same_bytes(address: str) -> None:
    home = httpx.get(address + BRUG, headers={"Accept": "application/json"}, timeout=60).headers["content-location"]
    first, again = (
        httpx.get(f"{address}{home}?format=pdf", headers={"Cache-Control": "no-cache"}, timeout=60) for _ in range(2)
    )
    assert first.content == again.content
    assert first.headers["etag"] == again.headers["etag"]


def test_each_rule_has_its_reason() -> None:
    assert set(REGELS) == set(Regel)


def _catalogue(pdf: pdfplumber.PDF) -> Any:
    return pdf.doc.catalog


def _elements(pdf: pdfplumber.PDF) -> list[Any]:
    """The elements of the structure in the order in which they are read aloud."""
    root = _catalogue(pdf)["StructTreeRoot"].resolve()
    document = root["K"][0].resolve()
    return [one.resolve() for one in document["K"]]
