"""Dossiers as documents: both layouts, Word and PDF, whole and damaged. Every text here is a gist of our own."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import fpdf
import msgspec
import pytest
from docx.enum.text import WD_BREAK
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from leerbrug.errors import SourceError
from leerbrug.graph.names import Names, concept
from leerbrug.graph.statements import Finding, Severity, Statement
from leerbrug.graph.vocabulary import LEER
from leerbrug.loaders.dossier import SOURCE, records, said
from leerbrug.loaders.dossier_records import Dossier, Dossierrecord
from pyoxigraph import Literal

GOLDEN = Path(__file__).parent / "dossier"
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


WRITERS: list[Any] = [pytest.param(to_docx, ".docx", id="docx"), pytest.param(to_pdf, ".pdf", id="pdf")]


def one(path: Path) -> Dossierrecord:
    (found,) = records(path)
    return found


def rules(record: Dossierrecord, *, least: Severity = Severity.WARNING) -> list[tuple[str, str]]:
    graver = [Severity.INFO, Severity.WARNING, Severity.VIOLATION]
    told = [f for f in record.bevindingen if graver.index(f.severity) >= graver.index(least)]
    return [(finding.rule.removeprefix("loader/dossier-"), finding.place.spot) for finding in told]


@pytest.mark.parametrize(("write", "suffix"), WRITERS)
@pytest.mark.parametrize(("script", "name"), [(OUD, "BK-0252-1"), (NIEUW, "BK-0019-3")])
def test_both_layouts_give_the_golden_record(
    tmp_path: Path, write: Callable[[Script, Path], Path], suffix: str, script: Script, name: str
) -> None:
    record = one(write(script, tmp_path / f"{name}{suffix}"))
    golden = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert record.dossier == msgspec.convert(golden, Dossier)
    assert rules(record) == []


def test_a_running_head_is_no_content(tmp_path: Path) -> None:
    plain, running = tmp_path / "BK-0252-1.pdf", tmp_path / "met" / "BK-0252-1.pdf"
    running.parent.mkdir()
    to_pdf(OUD, plain)
    to_pdf(OUD, running, running="Proefdossier van de proefkok")
    assert one(running).dossier == one(plain).dossier


def test_what_is_no_part_of_the_dossier_is_told(tmp_path: Path) -> None:
    record = one(to_docx(OUD, tmp_path / "BK-0252-1.docx"))
    assert rules(record, least=Severity.INFO) == [("regels-niet-gelezen", "blz. 2, kop 3. ARBEIDSMARKTINFORMATIE")]


def without(script: Script, *texts: str) -> Script:
    return [step for step in script if not (len(step) > 1 and step[1] in texts)]


def swap(script: Script, text: str, *steps: Step) -> Script:
    return [new for step in script for new in (steps if len(step) > 1 and step[1] == text else (step,))]


@pytest.mark.parametrize(("write", "suffix"), WRITERS)
def test_a_missing_level_is_a_violation(tmp_path: Path, write: Callable[[Script, Path], Path], suffix: str) -> None:
    record = one(write(without(OUD, "c. Niveau: 4"), tmp_path / f"BK-0252-1{suffix}"))
    assert ("onvolledig", "het hele document") in rules(record, least=Severity.VIOLATION)
    assert record.dossier.vks_niveau is None


@pytest.mark.parametrize(("write", "suffix"), WRITERS)
def test_a_missing_heading_above_the_lists_is_told(
    tmp_path: Path, write: Callable[[Script, Path], Path], suffix: str
) -> None:
    script = without(OUD, OUD[15][1], "BASISACTIVITEITEN", "SPECIFIEKE ACTIVITEITEN")
    record = one(write(script, tmp_path / f"BK-0252-1{suffix}"))
    assert rules(record) == [("kop-ontbreekt", "blz. 1, kop 2.2.1 Kennis")]
    assert len(record.dossier.kennis) == 3
    assert all(not competentie.kennis for competentie in record.dossier.competenties)


@pytest.mark.parametrize(("write", "suffix"), WRITERS)
def test_a_depth_that_the_law_does_not_know_is_told_not_guessed(
    tmp_path: Path, write: Callable[[Script, Path], Path], suffix: str
) -> None:
    old = one(
        write(swap(OUD, "Kennis van proefgist", ("item", "Notie van proefgist")), tmp_path / f"BK-0252-1{suffix}")
    )
    assert rules(old) == [("diepte-onbekend", "blz. 1, kop 2.2.1 Kennis")]
    assert old.dossier.kennis[1].kennis_type is None
    new = one(write(swap(NIEUW, "Basiskennis", ("kop", "Diepgaande kennis")), tmp_path / f"BK-0019-3{suffix}"))
    assert rules(new) == [
        ("kop-onbekend", "blz. 1, kop Diepgaande kennis"),
        ("regels-niet-gelezen", "blz. 1, kop Diepgaande kennis"),
    ]
    assert [each.waarde for each in new.dossier.competenties[0].kennis] == ["Schoonmaakmiddelen"]


def test_a_table_of_one_column_is_a_list_and_a_wider_one_is_not_read(tmp_path: Path) -> None:
    narrow = swap(OUD, "Vroege uren", ("tabel", [["Vroege uren"]]))
    record = one(to_docx(narrow, tmp_path / "BK-0252-1.docx"))
    assert record.dossier == one(to_docx(OUD, tmp_path / "BK-0252-1.docx")).dossier
    wide = one(to_docx(swap(OUD, "Vroege uren", ("tabel", [["Vroege", "uren"]])), tmp_path / "BK-0252-1.docx"))
    assert rules(wide) == [("tabel", "blz. 2, kop 2.2.5 Omgevingscontext")]
    assert wide.dossier.omgevingscontext == ()


def test_a_page_in_columns_and_a_scan_are_told_and_what_follows_is_not_guessed(tmp_path: Path) -> None:
    columns = ("kolommen", [(f"- links {n}", f"- rechts {n}") for n in range(6)])
    for step, rule in [(columns, "kolommen"), (("scan",), "zonder-tekst")]:
        script = swap(NIEUW, "Kennis", ("kop", "Kennis"))
        script.insert(script.index(("kop", "Basiskennis")), step)
        record = one(to_pdf(script, tmp_path / "BK-0019-3.pdf"))
        found = rules(record)
        assert found[0] == (rule, "blz. 2, kop Kennis")
        assert found[1] == ("regels-niet-gelezen", "blz. 3, kop Basiskennis")
        first, second = record.dossier.competenties
        assert first.kennis == ()
        assert [each.waarde for each in second.kennis] == ["Grondige kennis van gisting"]


def test_references_that_cannot_be_read_stay_in_the_text_and_are_told(tmp_path: Path) -> None:
    script = swap(OUD, "Werkt proper (Id 16828)", ("item", "Werkt proper (co 0l71)"))
    record = one(to_docx(script, tmp_path / "BK-0252-1.docx"))
    assert rules(record) == [("referentie", "blz. 1, kop BASISACTIVITEITEN")]
    assert record.dossier.competenties[1].waarde == "Werkt proper (co 0l71)"


def test_the_document_holds_against_its_name(tmp_path: Path) -> None:
    record = one(to_docx(NIEUW, tmp_path / "BK-0020-3.docx"))
    assert record.dossier.versie_nr_lang == "BK-0019-3"
    assert [rule for rule, _ in rules(record)] == ["andere-versie"]


def test_a_dossier_is_said_as_an_api_answer_is_with_page_and_heading(tmp_path: Path) -> None:
    record = one(to_docx(OUD, tmp_path / "BK-0252-1.docx"))
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


def test_files_that_cannot_be_read_say_what_to_do(tmp_path: Path) -> None:
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
        "naamloos.docx": lambda path: to_docx(OUD, path),
    }
    for name, make in cases.items():
        make(tmp_path / name)
        with pytest.raises(SourceError) as caught:
            list(SOURCE.records(tmp_path / name))
        assert name in str(caught.value)
        assert caught.value.remedy, name
    with pytest.raises(SourceError, match=r"Bewaar de dossiers als \.docx of \.pdf"):
        list(records(GOLDEN))


WORDS = "Bakt Snijdt Weegt proefbrood proefdeeg zuurdesem met bij zonder ovens kisten rekken netjes traag vlot".split()
TEXTS = st.lists(st.sampled_from(WORDS), min_size=2, max_size=24).map(" ".join)
ITEMS = st.lists(TEXTS, max_size=3)
REFERENCES = st.lists(
    st.one_of(
        st.integers(1, 99999).map(lambda n: f"{n}-c"),
        st.integers(1, 9999).map(lambda n: f"SK-{n}-c"),
        st.integers(0, 99999).map(lambda n: f"co {n:05d}"),
    ),
    max_size=3,
)
SKILLS = st.lists(
    st.tuples(
        st.sampled_from(["Cognitieve vaardigheden", "Motorische vaardigheden", "Probleemoplossende vaardigheden"]),
        TEXTS,
    ),
    max_size=4,
)
KNOWLEDGE = st.lists(st.tuples(st.sampled_from(["Basiskennis", "Kennis", "Grondige kennis"]), TEXTS), max_size=4)
COMPETENCES = st.lists(st.tuples(TEXTS, REFERENCES, SKILLS, KNOWLEDGE), min_size=1, max_size=6)


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    competenties = [
        {
            "competentie_code": f"bkc{number:07d}",
            "nr": number,
            "competentie_type": "Vakspecifieke competentie",
            "waarde": text,
            "referenties": [{"referentie_nr": code} for code in codes],
            "vaardigheden": [{"vaardigheid_type": soort, "waarde": waarde} for soort, waarde in skills],
            "kennis": [{"kennis_type": soort, "waarde": waarde} for soort, waarde in kennis],
        }
        for number, (text, codes, skills, kennis) in enumerate(draw(COMPETENCES), 1)
    ]
    raw: dict[str, Any] = {
        "versie_nr_lang": f"BK-{draw(st.integers(1, 9999)):04d}-{draw(st.integers(1, 9))}",
        "titel": draw(TEXTS),
        "definitie": draw(TEXTS),
        "vks_niveau": draw(st.integers(1, 8)),
        "erkenningsdatum": draw(st.dates()).isoformat(),
        "competenties": competenties,
        **{
            name: [{"waarde": waarde} for waarde in draw(ITEMS)]
            for name in ("synoniemen", "omgevingscontext", "handelingscontext", "verantwoordelijkheid")
        },
        "autonomie": [
            {"autonomie_type": soort, "waarde": waarde}
            for soort in ("Is zelfstandig in", "Is gebonden aan", "Doet beroep op")
            for waarde in draw(ITEMS)
        ],
    }
    raw["versie_nr_kort"] = int(raw["versie_nr_lang"].rpartition("-")[2])
    return msgspec.convert(raw, Dossier)


def written(dossier: Dossier) -> Script:
    """The script of a record in the new layout."""
    script: Script = [("tekst", f"Nummer: {dossier.versie_nr_lang}"), ("tekst", f"Titel: {dossier.titel}")]
    script += [("kop", "Definitie"), ("tekst", dossier.definitie), ("tekst", f"Niveau: {dossier.vks_niveau}")]
    script += [("tekst", f"Erkenningsdatum: {dossier.erkenningsdatum}"), ("kop", "Synoniemen")]
    script += [("item", each.waarde) for each in dossier.synoniemen] + [("kop", "Competenties")]
    for competentie in dossier.competenties:
        codes = [competentie.competentie_code, *(each.referentie_nr for each in competentie.referenties)]
        script.append(("kop", f"{competentie.nr}. {competentie.waarde} ({', '.join(codes)})"))
        script.append(("kop", "Vaardigheden"))
        for skill in competentie.vaardigheden:
            script += [("kop", skill.vaardigheid_type), ("item", skill.waarde)]
        script.append(("kop", "Kennis"))
        for kennis in competentie.kennis:
            script += [("kop", kennis.kennis_type), ("item", kennis.waarde)]
    for name in ("omgevingscontext", "handelingscontext", "verantwoordelijkheid"):
        script.append(("kop", name.capitalize()))
        script += [("item", each.waarde) for each in getattr(dossier, name)]
    script.append(("kop", "Autonomie"))
    for autonomie in dossier.autonomie:
        script += [("kop", autonomie.autonomie_type), ("item", autonomie.waarde)]
    return script


@pytest.mark.parametrize(("write", "suffix"), WRITERS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(dossier=dossiers())
def test_a_record_written_in_the_new_layout_reads_back_equal(
    tmp_path: Path, write: Callable[[Script, Path], Path], suffix: str, dossier: Dossier
) -> None:
    record = one(write(written(dossier), tmp_path / f"{dossier.versie_nr_lang}{suffix}"))
    assert record.dossier == dossier
    assert rules(record) == []
    (tmp_path / f"{dossier.versie_nr_lang}{suffix}").unlink()
