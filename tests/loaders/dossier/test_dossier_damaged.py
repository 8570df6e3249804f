"""Damaged dossiers: what cannot be read is told by page and heading, never guessed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fpdf
import pytest
from leerbrug.errors import SourceError
from leerbrug.graph.statements import Severity
from leerbrug.loaders.dossier import SOURCE, records

GOLDEN = Path(__file__).parent
Step = tuple[Any, ...]
Script = list[Step]


def without(script: Script, *texts: str) -> Script:
    return [step for step in script if not (len(step) > 1 and step[1] in texts)]


def swap(script: Script, text: str, *steps: Step) -> Script:
    return [new for step in script for new in (steps if len(step) > 1 and step[1] == text else (step,))]


def test_a_missing_level_is_a_violation(one: Any, rules: Any, oud: Any, tmp_path: Path, write: Any) -> None:
    record = one(write(without(oud, "c. Niveau: 4"), "BK-0252-1"))
    assert ("onvolledig", "het hele document") in rules(record, least=Severity.VIOLATION)
    assert record.dossier.vks_niveau is None


def test_a_missing_heading_above_the_lists_is_told(one: Any, rules: Any, oud: Any, tmp_path: Path, write: Any) -> None:
    script = without(oud, oud[15][1], "BASISACTIVITEITEN", "SPECIFIEKE ACTIVITEITEN")
    record = one(write(script, "BK-0252-1"))
    assert rules(record) == [("kop-ontbreekt", "blz. 1, kop 2.2.1 Kennis")]
    assert len(record.dossier.kennis) == 3
    assert all(not competentie.kennis for competentie in record.dossier.competenties)


def test_a_depth_that_the_law_does_not_know_is_told_not_guessed(
    one: Any, rules: Any, oud: Any, nieuw: Any, tmp_path: Path, write: Any
) -> None:
    old = one(write(swap(oud, "Kennis van proefgist", ("item", "Notie van proefgist")), "BK-0252-1"))
    assert rules(old) == [("diepte-onbekend", "blz. 1, kop 2.2.1 Kennis")]
    assert old.dossier.kennis[1].kennis_type is None
    new = one(write(swap(nieuw, "Basiskennis", ("kop", "Diepgaande kennis")), "BK-0019-3"))
    assert rules(new) == [
        ("kop-onbekend", "blz. 1, kop Diepgaande kennis"),
        ("regels-niet-gelezen", "blz. 1, kop Diepgaande kennis"),
    ]
    assert [each.waarde for each in new.dossier.competenties[0].kennis] == ["Schoonmaakmiddelen"]


def test_a_table_of_one_column_is_a_list_and_a_wider_one_is_not_read(
    one: Any, rules: Any, word: Any, oud: Any, tmp_path: Path
) -> None:
    narrow = swap(oud, "Vroege uren", ("tabel", [["Vroege uren"]]))
    record = one(word(narrow, tmp_path / "BK-0252-1.docx"))
    assert record.dossier == one(word(oud, tmp_path / "BK-0252-1.docx")).dossier
    wide = one(word(swap(oud, "Vroege uren", ("tabel", [["Vroege", "uren"]])), tmp_path / "BK-0252-1.docx"))
    assert rules(wide) == [("tabel", "blz. 2, kop 2.2.5 Omgevingscontext")]
    assert wide.dossier.omgevingscontext == ()


def test_a_page_in_columns_and_a_scan_are_told_and_what_follows_is_not_guessed(
    one: Any, rules: Any, pdf: Any, nieuw: Any, tmp_path: Path
) -> None:
    columns = ("kolommen", [(f"- links {n}", f"- rechts {n}") for n in range(6)])
    for step, rule in [(columns, "kolommen"), (("scan",), "zonder-tekst")]:
        script = swap(nieuw, "Kennis", ("kop", "Kennis"))
        script.insert(script.index(("kop", "Basiskennis")), step)
        record = one(pdf(script, tmp_path / "BK-0019-3.pdf"))
        found = rules(record)
        assert found[0] == (rule, "blz. 2, kop Kennis")
        assert found[1] == ("regels-niet-gelezen", "blz. 3, kop Basiskennis")
        first, second = record.dossier.competenties
        assert first.kennis == ()
        assert [each.waarde for each in second.kennis] == ["Grondige kennis van gisting"]


def test_references_that_cannot_be_read_stay_in_the_text_and_are_told(
    one: Any, rules: Any, word: Any, oud: Any, tmp_path: Path
) -> None:
    script = swap(oud, "Werkt proper (Id 16828)", ("item", "Werkt proper (co 0l71)"))
    record = one(word(script, tmp_path / "BK-0252-1.docx"))
    assert rules(record) == [("referentie", "blz. 1, kop BASISACTIVITEITEN")]
    assert record.dossier.competenties[1].waarde == "Werkt proper (co 0l71)"


def test_the_document_holds_against_its_name(one: Any, rules: Any, word: Any, nieuw: Any, tmp_path: Path) -> None:
    record = one(word(nieuw, tmp_path / "BK-0020-3.docx"))
    assert record.dossier.versie_nr_lang == "BK-0019-3"
    assert [rule for rule, _ in rules(record)] == ["andere-versie"]


def test_files_that_cannot_be_read_say_what_to_do(word: Any, oud: Any, tmp_path: Path) -> None:
    def bomb(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", b" " * (80 * 2**20))

    def locked(path: Path) -> None:
        document = fpdf.FPDF()
        document.set_encryption(owner_password="b", user_password="a")
        document.add_page()
        document.output(str(path))

    def long(path: Path) -> None:
        document = fpdf.FPDF()
        for _ in range(401):
            document.add_page()
        document.output(str(path))

    cases: dict[str, Callable[[Path], object]] = {
        "bom.docx": bomb,
        "geen.docx": lambda path: path.write_bytes(b"geen zip"),
        "leeg.docx": lambda path: zipfile.ZipFile(path, "w").close(),
        "stuk.pdf": lambda path: path.write_bytes(b"%PDF-1.7 stuk"),
        "slot.pdf": locked,
        "lang.pdf": long,
        "naamloos.docx": lambda path: word(oud, path),
    }
    for name, make in cases.items():
        make(tmp_path / name)
        with pytest.raises(SourceError) as caught:
            list(SOURCE.records(tmp_path / name))
        assert name in str(caught.value)
        assert caught.value.remedy, name
    with pytest.raises(SourceError, match=r"Bewaar de dossiers als \.docx of \.pdf"):
        list(records(GOLDEN))
