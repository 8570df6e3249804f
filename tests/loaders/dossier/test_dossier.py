"""Dossiers as documents: both layouts, Word and PDF, to the records that an API answer gives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from leerbrug.graph.names import Names, concept
from leerbrug.graph.statements import Finding, Severity, Statement
from leerbrug.graph.vocabulary import LEER
from leerbrug.loaders.dossier import said
from leerbrug.loaders.dossier_records import Dossier
from pyoxigraph import Literal

GOLDEN = Path(__file__).parent
Step = tuple[Any, ...]
Script = list[Step]


@pytest.mark.parametrize(("layout", "name"), [("oud", "BK-0252-1"), ("nieuw", "BK-0019-3")])
def test_both_layouts_give_the_golden_record(
    one: Any, rules: Any, request: pytest.FixtureRequest, write: Any, layout: str, name: str
) -> None:
    record = one(write(request.getfixturevalue(layout), name))
    golden = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert record.dossier == msgspec.convert(golden, Dossier)
    assert rules(record) == []


def test_a_running_head_is_no_content(one: Any, pdf: Any, oud: Any, tmp_path: Path) -> None:
    plain, running = tmp_path / "BK-0252-1.pdf", tmp_path / "met" / "BK-0252-1.pdf"
    running.parent.mkdir()
    pdf(oud, plain)
    pdf(oud, running, running="Proefdossier van de proefkok")
    assert one(running).dossier == one(plain).dossier


def test_a_heading_that_ends_one_page_and_begins_the_next_is_content(one: Any, pdf: Any, tmp_path: Path) -> None:
    above = [("tekst", "Nummer: BK-0019-3"), ("tekst", "Titel: Proefbakker"), ("kop", "Competenties")]
    script = [
        *above,
        ("kop", "1. Bakt (bkc0044320)"),
        ("kop", "Kennis"),
        ("blad",),
        ("kop", "Kennis"),
        ("item", "Gist"),
    ]
    (competentie,) = one(pdf(script, tmp_path / "BK-0019-3.pdf")).dossier.competenties
    assert [(kennis.kennis_type, kennis.waarde) for kennis in competentie.kennis] == [("Kennis", "Gist")]


def test_what_is_no_part_of_the_dossier_is_told(one: Any, rules: Any, word: Any, oud: Any, tmp_path: Path) -> None:
    record = one(word(oud, tmp_path / "BK-0252-1.docx"))
    assert rules(record, least=Severity.INFO) == [("regels-niet-gelezen", "blz. 2, kop 3. ARBEIDSMARKTINFORMATIE")]


def test_a_dossier_is_said_as_an_api_answer_is_with_page_and_heading(
    one: Any, word: Any, oud: Any, tmp_path: Path
) -> None:
    record = one(word(oud, tmp_path / "BK-0252-1.docx"))
    names = Names()
    told = list(said(record, names))
    statements = [each for each in told if isinstance(each, Statement)]
    version = names.versie("BK-0252-1")
    assert Statement(version, LEER.vksNiveau, concept("vks-niveau", "4"), "blz. 1, kop c. Niveau: 4") in statements
    kennis, skill = names.iri("kennis", "BK-0252-1-3"), names.iri("vaardigheid", "BK-0252-1-1")
    assert Statement(version, LEER.heeftKennis, kennis, "blz. 1, kop 2.2.1 Kennis") in statements
    assert {each.object for each in statements if each[:2] == (kennis, LEER.kennisdiepte)} == {
        concept("kennisdiepte", "grondige-kennis")
    }
    assert (skill, LEER.vaardigheidssoort, concept("vaardigheidssoort", "cognitief")) in [s[:3] for s in statements]
    competence = names.iri("competentie", "BK-0252-1-c2")
    assert {each.object for each in statements if each[:2] == (competence, LEER.referentie)} == {
        names.iri("referentie", "16828-c")
    }
    assert {each.object for each in statements if each[:2] == (competence, LEER.referentietekst)} == {
        Literal("Id 16828")
    }
    assert all(each.spot.startswith("blz. ") for each in statements if each.subject == kennis)
    findings = [each for each in told if isinstance(each, Finding)]
    assert all(each.place.file == "BK-0252-1.docx" and set(each.message) == {"nl", "en"} for each in findings)
    assert not [each for each in findings if "/" in each.place.spot], (
        "a pointer into JSON says nothing to a reader of Word"
    )
