"""Dossiers as documents, written by code in both layouts as Word and as PDF. Every text here is a gist of our own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import fpdf
import pytest
from docx.enum.text import WD_BREAK
from leerbrug.graph.statements import Severity
from leerbrug.loaders.dossier import records
from leerbrug.loaders.dossier_records import Dossierrecord

Step = tuple[Any, ...]
Script = list[Step]

OUD: Script = [
    ("kop", "1. GLOBAAL"),
    ("kop", "a. Titel: Proefkok"),
    ("kop", "b. Definitie"),
    ("tekst", "Maakt proefgerechten klaar en bewaakt de hygiëne, zodat een loader iets te lezen heeft."),
    ("kop", "c. Niveau: 4"),
    ("kop", "d. Jaartal: 2017"),
    ("kop", "2. COMPETENTIES"),
    ("kop", "2.1 Opsomming competenties"),
    ("kop", "BASISACTIVITEITEN"),
    ("item", "Werkt samen met collega's (co 00548)"),
    ("item", "Luistert", 1),
    ("item", "Overlegt", 1),
    ("item", "Werkt proper (Id 16828)"),
    ("kop", "SPECIFIEKE ACTIVITEITEN"),
    ("item", "Bakt een proefbrood (18111-c, SK-319)"),
    ("kop", "2.2 BESCHRIJVING VAN DE COMPETENTIES AAN DE HAND VAN DE DESCRIPTORELEMENTEN"),
    ("kop", "2.2.1 Kennis"),
    ("item", "Basiskennis van proefrekenen"),
    ("item", "Kennis van proefgist"),
    ("item", "Grondige kennis van proefhygiëne"),
    ("blad",),
    ("kop", "2.2.2 Cognitieve vaardigheden"),
    ("item", "Leest een recept"),
    ("kop", "2.2.3 Probleemoplossende vaardigheden"),
    ("item", "Redt een mislukt deeg"),
    ("kop", "2.2.4 Motorische vaardigheden"),
    ("item", "Kneedt"),
    ("kop", "2.2.5 Omgevingscontext"),
    ("item", "Vroege uren"),
    ("kop", "2.2.6 Handelingscontext"),
    ("item", "Oog voor detail"),
    ("kop", "2.2.7 Autonomie"),
    ("item", "Is zelfstandig in"),
    ("item", "het plannen van het werk", 1),
    ("item", "Is gebonden aan"),
    ("item", "het recept", 1),
    ("item", "Doet beroep op"),
    ("item", "de chef voor nieuwe recepten", 1),
    ("kop", "2.2.8 Verantwoordelijkheid"),
    ("item", "Een correct proefgerecht"),
    ("kop", "2.3 Vereiste attesten"),
    ("kop", "Wettelijke attesten"),
    ("item", "Bewijs van proefhygiëne"),
    ("tekst", "Regelgeving: verordening 852/2004"),
    ("kop", "3. ARBEIDSMARKTINFORMATIE"),
    ("tekst", "Cijfers die geen deel van het dossier zijn."),
]
NIEUW: Script = [
    ("tekst", "Nummer: BK-0019-3"),
    ("tekst", "Titel: Proefbakker"),
    ("kop", "Definitie"),
    ("tekst", "Bakt proefbrood van begin tot eind."),
    ("tekst", "Niveau: 4"),
    ("tekst", "Erkenningsdatum: 28/02/2020"),
    ("tekst", "Status: erkend"),
    ("kop", "Synoniemen"),
    ("item", "Proefbroodbakker"),
    ("kop", "Domeinen"),
    ("item", "Voeding > Bakkerij"),
    ("kop", "Competenties"),
    ("kop", "1. Werkt hygiënisch (bkc0044320, 16246-c, SK-7782-c)"),
    ("kop", "Vaardigheden"),
    ("item", "Cognitieve vaardigheden"),
    ("item", "Controleert de werkplek", 1),
    ("item", "Motorische vaardigheden"),
    ("item", "Ruimt op", 1),
    ("kop", "Kennis"),
    ("kop", "Basiskennis"),
    ("item", "Werkorganisatie van de proefbakkerij"),
    ("kop", "Kennis"),
    ("item", "Schoonmaakmiddelen"),
    ("kop", "2. Bakt brood (in een steenoven) (co  0171)"),
    ("tekst", "Voetnoot: ook gistloos brood"),
    ("kop", "Kennis"),
    ("item", "Grondige kennis van gisting"),
    ("kop", "Omgevingscontext"),
    ("item", "Warmte en bloemstof"),
    ("kop", "Verantwoordelijkheid"),
    ("item", "Brood dat gaar is"),
    ("kop", "Deelkwalificaties"),
    ("item", "BK-0019-3-DBK-01 Proefkneder"),
]


def to_docx(script: Script, path: Path) -> Path:
    document = docx.Document()
    for kind, *rest in script:
        if kind == "kop":
            document.add_heading(rest[0], level=2)
        elif kind == "item":
            document.add_paragraph(rest[0], style="List Bullet 2" if rest[1:] == [1] else "List Bullet")
        elif kind == "tekst":
            document.add_paragraph(rest[0])
        elif kind == "blad":
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        elif kind == "tabel":
            table = document.add_table(len(rest[0]), len(rest[0][0]))
            for row, values in zip(table.rows, rest[0], strict=True):
                for cell, value in zip(row.cells, values, strict=True):
                    cell.text = value
    document.save(str(path))
    return path


def to_pdf(script: Script, path: Path, *, running: str = "") -> Path:
    document = fpdf.FPDF()
    document.set_auto_page_break(auto=True, margin=25)
    document.header = lambda: _write(document, running, "") if running else None  # type: ignore[method-assign]
    document.set_font("Helvetica", size=11)
    document.add_page()
    for kind, *rest in script:
        if kind == "kop":
            _write(document, rest[0], "B")
        elif kind == "item":
            document.set_left_margin(26 if rest[1:] == [1] else 16)
            _write(document, f"- {rest[0]}", "")
            document.set_left_margin(10)
        elif kind == "tekst":
            _write(document, rest[0], "")
        elif kind == "blad":
            document.add_page()
        elif kind == "scan":
            document.add_page()
            document.image(_scan(path.parent), x=10, y=10, w=100)
            document.add_page()
        elif kind == "kolommen":
            document.add_page()
            for row, (left, right) in enumerate(rest[0]):
                document.text(10, 30 + 8 * row, left)
                document.text(115, 30 + 8 * row, right)
            document.add_page()
    document.output(str(path))
    return path


def _write(document: fpdf.FPDF, text: str, weight: str) -> None:
    document.set_font("Helvetica", weight, 11)
    document.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")


def _scan(folder: Path) -> str:
    from PIL import Image

    Image.new("L", (200, 100), 255).save(folder / "scan.png")
    return str(folder / "scan.png")


@pytest.fixture(params=[to_docx, to_pdf], ids=["docx", "pdf"])
def write(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Script, str], Path]:
    """Writes a script under the name of a version, as Word and as PDF."""
    suffix = ".docx" if request.param is to_docx else ".pdf"
    return lambda script, name: request.param(script, tmp_path / f"{name}{suffix}")


@pytest.fixture
def word() -> Callable[[Script, Path], Path]:
    """Writes a script as Word."""
    return to_docx


@pytest.fixture
def pdf() -> Callable[..., Path]:
    """Writes a script as PDF."""
    return to_pdf


@pytest.fixture
def oud() -> Script:
    """A dossier in the layout of the decrees of 2010-2019."""
    return list(OUD)


@pytest.fixture
def nieuw() -> Script:
    """A dossier in the layout of 2020 on."""
    return list(NIEUW)


@pytest.fixture
def one() -> Callable[[Path], Dossierrecord]:
    """The one dossier in a document."""

    def read(path: Path) -> Dossierrecord:
        (found,) = records(path)
        return found

    return read


@pytest.fixture
def rules() -> Callable[..., list[tuple[str, str]]]:
    """The rules that were told, from a severity on, each with its page and heading."""

    def of(record: Dossierrecord, *, least: Severity = Severity.WARNING) -> list[tuple[str, str]]:
        graver = [Severity.INFO, Severity.WARNING, Severity.VIOLATION]
        told = [f for f in record.bevindingen if graver.index(f.severity) >= graver.index(least)]
        return [(finding.rule.removeprefix("loader/dossier-"), finding.place.spot) for finding in told]

    return of
