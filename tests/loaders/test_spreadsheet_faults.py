"""Every fault of a werkboek is told at its cell, all of them at once, with the remedy; none is guessed away."""

from __future__ import annotations

import re
import tempfile
import zipfile
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from leerbrug.errors import InputError, SourceError
from leerbrug.graph.names import Names
from leerbrug.graph.statements import Finding, Statement
from leerbrug.loaders.werkboek import BLADEN, Opmerking, records, said, write
from leerbrug.loaders.werkboek.sheets import Inhoud, Kwalificatie, Leerplan
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

KWALIFICATIES = ["Code", "Titel", "VKS-niveau"]
COMPETENTIES = ["Kwalificatie", "Code", "Nr", "Competentie"]
VAARDIGHEDEN = ["Hoort bij", "Nr", "Soort vaardigheid", "Vaardigheid"]
KENNIS = ["Hoort bij", "Nr", "Diepte", "Kennis"]
BK = ["BK-0019-3", "Kok", 4]
FORMULAS = [["BK-0020-1", "=A1", 3], ["BK-0021-1", "#REF!", 3]]


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    """A workbook as somebody else's program writes it."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def faults(path: Path) -> dict[str, Finding]:
    """The findings by rule and cell: `rule Blad!D17`."""
    found = [record.finding for record in records(path) if isinstance(record, Opmerking)]
    return {f"{one.rule.removeprefix('loader/werkboek/')} {one.place.spot}": one for one in found}


def rows(path: Path) -> list[Inhoud]:
    return [record.inhoud for record in records(path) if not isinstance(record, Opmerking)]


def test_all_faults_of_a_workbook_come_out_at_once(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "mijn.xlsx",
        Kwalificaties=[
            [*KWALIFICATIES, "Erkenningsdatum"],
            [*BK, "31/02/2020"],
            ["BK-19", "Kok", 9, None],
            [None, "x", 1],
        ],
        Competenties=[COMPETENTIES, ["BK-0019-4", "c1", "een", "Kookt."], ["BK-0019-3", "c2", 1, "  Bakt. "]],
        Kennis=[
            KENNIS,
            ["c2", 1, "Basis", "Warenkennis"],
            ["c2", 1, "kennis", "Hygiëne"],
            ["c2", 1, "Kennis", "Frans"],
        ],
    )
    assert set(faults(path)) == {
        "geen-datum Kwalificaties!D2",
        "patroon Kwalificaties!A3",
        "geen-keuze Kwalificaties!C3",
        "leeg Kwalificaties!A4",
        "geen-getal Competenties!C2",
        "spaties Competenties!D3",
        "geen-keuze Kennis!C2",
        "dubbele-code Kennis!B3",
        "dubbele-code Kennis!B4",
    }
    assert str(faults(path)["geen-datum Kwalificaties!D2"].place) == "mijn.xlsx, Kwalificaties!D2"


def test_the_nearest_word_and_the_nearest_code_are_suggested(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "mijn.xlsx",
        Kwalificaties=[KWALIFICATIES, BK],
        Competenties=[COMPETENTIES, ["BK-0019-4", "c1", 1, "Kookt."]],
        Kennis=[["Hoort bij", "Nr", "Dipte", "Kenis"], ["c1", 1, "Kennis", "Warenkennis"]],
        Vaardigheden=[
            ["Hoort bij", "Nr", "Soort vaardigheid", "Vaardigheid"],
            ["c1", 1, "Motorische vaardigheid", "x"],
        ],
        Kwalifcaties=[["x"]],
    )
    found = faults(path)
    remedies = {where: (one.remedy or {}).get("nl", "") for where, one in found.items()}
    assert "'BK-0019-3'" in remedies["onbekende-ouder Competenties!A2"]
    assert "'Diepte'" in remedies["onbekende-kolom Kennis!C1"]
    assert remedies["kolom-ontbreekt Kennis!D1"] == "Voeg de kolom toe of hernoem 'Kenis'."
    assert "'Motorische vaardigheden'" in remedies["geen-keuze Vaardigheden!C2"]
    assert "'Kwalificaties'" in remedies["onbekend-blad Kwalifcaties!A1"]
    assert all(one.message["nl"] and one.message["en"] for one in found.values())


def test_a_merged_cell_an_error_and_a_formula_without_a_value_are_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "mijn.xlsx", Kwalificaties=[KWALIFICATIES, BK, *FORMULAS])
    made = openpyxl.load_workbook(path)
    made["Kwalificaties"].append(["BK-0022-1", "Bakker", 4])
    made["Kwalificaties"].append(["BK-0023-1", None, 4])
    made["Kwalificaties"].merge_cells("B5:B6")
    made.save(path)
    found = faults(path)
    assert set(found) == {
        "formule-zonder-waarde Kwalificaties!B3",
        "foutwaarde Kwalificaties!B4",
        "samengevoegd Kwalificaties!B5",
    }
    assert found["samengevoegd Kwalificaties!B5"].value == "B5:B6"
    assert [one.code for one in rows(path) if isinstance(one, Kwalificatie)] == ["BK-0019-3"]


def test_a_calculated_formula_counts_as_its_value(tmp_path: Path) -> None:
    """openpyxl cannot calculate; the value is put in the XML as a spreadsheet program does."""
    path = workbook(tmp_path / "een.xlsx", Kwalificaties=[KWALIFICATIES, ["BK-0019-3", '="Ko"&"k"', 4]])
    done = tmp_path / "twee.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(done, "w") as new:
        for info in old.infolist():
            content = old.read(info).decode()
            new.writestr(
                info,
                re.sub(r"<c r=\"B2\"><f>(.*?)</f><v ?/?>(</v>)?", r'<c r="B2" t="str"><f>\1</f><v>Kok</v>', content),
            )
    assert faults(done) == {}
    assert [one.titel for one in rows(done) if isinstance(one, Kwalificatie)] == ["Kok"]


def test_values_of_another_type_are_taken_only_where_nothing_is_lost(tmp_path: Path) -> None:
    head = [*KWALIFICATIES, "Einddatum", "Toelichting bij de titel"]
    path = workbook(
        tmp_path / "mijn.xlsx",
        Kwalificaties=[
            head,
            ["BK-0001-1", "Kok", "4", datetime(2026, 9, 1), 732],
            ["BK-0002-1", "Kok", 4.0, "1/9/2026", True],
            ["BK-0003-1", "Kok", 4, datetime(2026, 9, 1, 8, 30), date(2026, 9, 1)],
            ["BK-0004-1", "Kok", 4.5, 46266, "x"],
        ],
    )
    assert set(faults(path)) == {
        "getal-als-tekst Kwalificaties!E2",
        "geen-tekst Kwalificaties!E3",
        "geen-datum Kwalificaties!D4",
        "geen-tekst Kwalificaties!E4",
        "geen-keuze Kwalificaties!C5",
        "geen-datum Kwalificaties!D5",
    }
    first, second, third = (one for one in rows(path) if isinstance(one, Kwalificatie))
    assert (first.einddatum, first.toelichting) == (date(2026, 9, 1), "732")
    assert (second.niveau, second.einddatum, third.niveau) == ("4", date(2026, 9, 1), "4")


def test_the_shared_texts_of_excel_are_read_run_by_run_and_as_they_are(tmp_path: Path) -> None:
    """A table of shared texts, rich runs and the escapes of ECMA-376 (22.9.2.19), as Excel itself writes them."""
    made = xlsxwriter.Workbook(str(tmp_path / "excel.xlsx"))
    sheet = made.add_worksheet("Leerplannen")
    sheet.write_row(0, 0, ["Code", "Titel"])
    sheet.write_string(1, 0, "LP_x0031_")
    sheet.write_rich_string(1, 1, "Zorg ", made.add_format({"bold": True}), "en ", "x005F_ welzijn")
    made.close()
    with zipfile.ZipFile(tmp_path / "excel.xlsx") as archive:
        assert "xl/sharedStrings.xml" in archive.namelist()
    assert rows(tmp_path / "excel.xlsx") == [Leerplan(code="LP_x0031_", titel="Zorg en x005F_ welzijn")]


def test_columns_may_stand_in_any_order_and_the_cell_follows(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "mijn.xlsx",
        Kwalificaties=[[], ["VKS-niveau", None, "titel ", "CODE"], [4, None, "Kok", "BK-0019-3"]],
    )
    (rij,) = records(path)
    assert not isinstance(rij, Opmerking)
    spots = {
        one.predicate.value.rpartition("#")[2]: one.spot for one in said(rij, Names()) if isinstance(one, Statement)
    }
    assert spots["vksNiveau"] == "Kwalificaties!A3"
    assert spots["prefLabel"] == "Kwalificaties!C3"
    assert spots["versienummer"] == "Kwalificaties!D3"


def test_an_ods_of_another_maker_is_read_with_its_merged_and_repeated_cells(tmp_path: Path) -> None:
    document = OpenDocumentSpreadsheet()
    table = Table(name="Leerplannen")
    for cells in (["Code", "Titel"], ["LP1", "Zorg"]):
        row = TableRow()
        for text in cells:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    table.addElement(TableRow(numberrowsrepeated="1048000"))
    row = TableRow()
    merged = TableCell(valuetype="string", numbercolumnsspanned="2")
    merged.addElement(P(text="LP2"))
    row.addElement(merged)
    row.addElement(CoveredTableCell())
    table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(str(tmp_path / "mijn.ods"))
    assert rows(tmp_path / "mijn.ods") == [Leerplan(code="LP1", titel="Zorg")]
    assert list(faults(tmp_path / "mijn.ods")) == ["samengevoegd Leerplannen!A1048003"]


def test_a_row_repeated_a_million_times_is_refused(tmp_path: Path) -> None:
    document = OpenDocumentSpreadsheet()
    table = Table(name="Leerplannen")
    for repeated in ("1", "1000000"):
        row = TableRow(numberrowsrepeated=repeated)
        for text in ("Code", "Titel"):
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(str(tmp_path / "bom.ods"))
    with pytest.raises(SourceError, match="1000000 keer"):
        rows(tmp_path / "bom.ods")


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_refused_but_never_breaks_the_reader(data: st.DataObject) -> None:
    member = data.draw(st.sampled_from(sorted(INTACT)))
    content = INTACT[member][1]
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start, min(len(content), start + 40)))
    put = data.draw(st.sampled_from([b"", b"x", b"0", b"-1", b"99999999999", b'"', b"<", b"&#1;", b"\xff"]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / INTACT[member][0]
        with zipfile.ZipFile(path, "w") as archive:
            for (ending, name), (_, other) in INTACT.items():
                if ending == member[0]:
                    archive.writestr(name, content[:start] + put + content[end:] if name == member[1] else other)
        with suppress(SourceError):
            rows(path)


def _intact() -> dict[tuple[str, str], tuple[str, bytes]]:
    found: dict[tuple[str, str], tuple[str, bytes]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for ending in (".xlsx", ".ods"):
            row = Leerplan(code="LP", titel="Zorg", begindatum=date(2026, 9, 1))
            with zipfile.ZipFile(write(Path(folder) / f"heel{ending}", [row])) as archive:
                for name in archive.namelist():
                    found[ending, name] = (f"stuk{ending}", archive.read(name))
    return found


INTACT = _intact()
"""The members of a sound workbook of each kind."""


def csv_file(folder: Path, content: str, encoding: str = "utf-8") -> Path:
    path = folder / "Leerplannen.csv"
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_of_any_spreadsheet_is_recognised_by_its_header_and_its_mark(
    delimiter: str, encoding: str, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, f'Code{delimiter}Titel\r\nLP1{delimiter}"Zorg, ""één"";\nen twee"\r\n', encoding)
    assert rows(path) == [Leerplan(code="LP1", titel='Zorg, "één";\nen twee')]


def test_the_sep_line_of_excel_counts_as_a_row(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "sep=;\r\nCode;Titel\r\nLP1;\r\n")
    assert list(faults(path)) == ["leeg Leerplannen!B3"]


def test_windows_1252_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "Code;Titel\r\nLP1;Zorg voor één\r\n", "cp1252")
    with pytest.raises(SourceError, match=r"geen UTF-8 .*CSV UTF-8"):
        rows(path)


def test_csv_text_that_is_no_csv_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="regel 2"):
        rows(csv_file(tmp_path, 'Code;Titel\r\nLP1;"Zorg" x\r\n'))


def test_a_file_named_for_no_sheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text("Code;Titel\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"Kwalificaties\.csv"):
        rows(path)


def test_what_is_no_werkboek_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "ander.xlsx", Blad1=[["x"]])
    with pytest.raises(SourceError, match="geen enkel blad"):
        rows(path)
    for name, content, message in [
        ("a.xlsx", b"geen zip", "geen zip"),
        ("b.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 512, "wachtwoord"),
        ("c.docx", b"x", "geen werkboek"),
        ("d.ods", b"", "geen zip"),
    ]:
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SourceError, match=message):
            rows(tmp_path / name)
    with pytest.raises(SourceError, match="Controleer het pad"):
        rows(tmp_path / "nergens.xlsx")


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_with_entities_is_refused(member: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "een.xlsx", Kwalificaties=[KWALIFICATIES, BK])
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "bom.xlsx", "w") as new:
        for info in old.infolist():
            content = old.read(info).decode()
            head = content.find("?>") + 2 if content.startswith("<?xml") else 0
            changed = content[:head] + bomb + content[head:]
            new.writestr(info, changed if info.filename == member else content)
    with pytest.raises(SourceError, match="DTD"):
        rows(tmp_path / "bom.xlsx")


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = workbook(tmp_path / "een.xlsx", Kwalificaties=[KWALIFICATIES, BK])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/groot.xml", b"\0" * (80 * 2**20))
    with pytest.raises(SourceError, match="te ver uitpakt"):
        rows(path)


def test_what_does_not_fit_in_a_cell_is_not_cut_off(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="langer dan een cel"):
        write(tmp_path / "lang.xlsx", [Leerplan(code="LP", titel="a" * 32768)])
    with pytest.raises(InputError, match=r"U\+0007"):
        write(tmp_path / "bel.ods", [Leerplan(code="LP", titel="a\x07b")])
    assert list(tmp_path.iterdir()) == []


def test_the_template_guides_the_hand(tmp_path: Path) -> None:
    made = openpyxl.load_workbook(write(tmp_path / "sjabloon.xlsx"))
    assert made.sheetnames == ["Uitleg", *BLADEN]
    for blad in BLADEN.values():
        sheet = made[blad.naam]
        assert [cell.value for cell in sheet[1]] == [kolom.kop for kolom in blad.kolommen]
        assert sheet.freeze_panes[1:] == "2"
        lists = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
        assert len(lists) == sum(bool(kolom.keuzes) for kolom in blad.kolommen)
        assert all(one.prompt for one in sheet.data_validations.dataValidation)
    assert rows(tmp_path / "sjabloon.xlsx") == []
    assert faults(tmp_path / "sjabloon.xlsx") == {}


def test_no_exported_cell_is_a_formula(tmp_path: Path) -> None:
    row = Leerplan(code="=A1", titel='=HYPERLINK("http://x")')
    made = openpyxl.load_workbook(write(tmp_path / "uit.xlsx", [row]))
    assert [(cell.value, cell.data_type) for cell in made["Leerplannen"][2][:2]] == [(row.code, "s"), (row.titel, "s")]
    write(tmp_path / "uit", [row])
    text = (tmp_path / "uit" / "Leerplannen.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert text.startswith("'=A1;\"'=HYPERLINK")


def test_every_choice_is_a_concept_of_its_code_list() -> None:
    from leerbrug.graph.vocabulary import ONTOLOGY

    for kolom in (kolom for blad in BLADEN.values() for kolom in blad.kolommen if kolom.lijst):
        codelist = (ONTOLOGY / "codelists" / f"{kolom.lijst}.ttl").read_text(encoding="utf-8")
        notations = re.findall(r'skos:notation "([^"]+)"', codelist)
        assert set(kolom.keuzes.values()) == set(notations), kolom.lijst
