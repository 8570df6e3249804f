"""The report: our words, the place in the source, the user's own workbook, and SHACL's own form."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from leerbrug.checks import Passed, Report, Result, Shapes, Validator, findings, passed
from leerbrug.checks.engines import report_results
from leerbrug.checks.report_graph import report_graph
from leerbrug.checks.workbook import annotate, annotate_copy
from leerbrug.errors import InputError, LeerbrugError
from leerbrug.graph.names import NAMESPACE
from leerbrug.graph.statements import Finding, Place, Severity
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from pyoxigraph import NamedNode, RdfFormat, Store, parse
from rdflib import Graph
from rdflib.namespace import SH

W = "https://voorbeeld.test/id/0001/"


@pytest.fixture(scope="module")
def validator() -> Validator:
    return Validator()


def broken(breuken: tuple, rule: str, component: str) -> Store:
    return next(one for one in breuken if one.rule == rule and one.component.startswith(component)).world()


def nowhere(subject: object, predicate: object, value: object) -> Place | None:
    return None


def test_every_finding_has_our_words_in_two_languages(validator: Validator, breuken: tuple) -> None:
    for fault in breuken:
        store = fault.world()
        for finding in findings(validator.validate(store), validator.shapes, store, nowhere):
            assert set(finding.message) == {"nl", "en"}
            assert "#" in finding.rule


def test_an_engines_own_words_are_never_shown() -> None:
    turtle = b"""@prefix sh: <http://www.w3.org/ns/shacl#> .
        <urn:s> sh:targetClass <urn:C> ; sh:property <urn:p> . <urn:p> sh:path <urn:q> ; sh:minCount 1 ."""
    shapes = Shapes(quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE))
    store = Store()
    store.update("INSERT DATA { <urn:x> a <urn:C> }")
    with pytest.raises(LeerbrugError, match="urn:p"):
        list(findings(Validator(shapes).validate(store), shapes, store, nowhere))


def test_a_finding_stands_where_the_source_says_the_value(validator: Validator, breuken: tuple) -> None:
    store = broken(breuken, "competentie#code", "MinLength")
    places = {
        (NamedNode(W + "c-1"), NamedNode(NAMESPACE + "code"), ""): Place("bk.xlsx", "Competenties!B4"),
        (NamedNode(W + "c-1"), None, None): Place("bk.xlsx", "Competenties!A4"),
    }

    def where(subject: NamedNode, predicate: NamedNode | None, value: object) -> Place | None:
        return places.get((subject, predicate, getattr(value, "value", None)))

    found = list(findings(validator.validate(store), validator.shapes, store, where))
    spots = {finding.rule: finding.place.spot for finding in found}
    assert spots == {"competentie#code": "Competenties!B4", "competentie#eigen-code": "Competenties!B4"}


def test_what_is_missing_stands_where_the_thing_stands(validator: Validator, breuken: tuple) -> None:
    store = broken(breuken, "kennis#diepte", "MinCount")
    here = Place("bk.xlsx", "Kennis!A9")
    found = list(
        findings(validator.validate(store), validator.shapes, store, lambda s, p, o: None if p is not None else here)
    )
    assert [(finding.rule, finding.place, finding.value) for finding in found] == [("kennis#diepte", here, "")]


def test_a_finding_through_an_inverse_stands_where_the_other_says_it(validator: Validator, breuken: tuple) -> None:
    store = broken(breuken, "competentie#een-versie", "SPARQL")
    asked = []

    def where(subject: NamedNode, predicate: NamedNode | None, value: object) -> Place | None:
        asked.append((subject.value.rpartition("/")[2], predicate))
        return Place("bk.jsonl", "regel 1") if predicate == NamedNode(NAMESPACE + "heeftCompetentie") else None

    found = list(findings(validator.validate(store), validator.shapes, store, where))
    assert {finding.place.file for finding in found if finding.rule == "competentie#een-versie"} == {"bk.jsonl"}
    assert ("bk-1", NamedNode(NAMESPACE + "heeftCompetentie")) in asked


FOUND = (
    Finding("loader/dubbel-woord", Severity.WARNING, Place("a.csv", "regel 10"), {"nl": "Dubbel.", "en": "Double."}),
    Finding("loader/dubbel-woord", Severity.WARNING, Place("a.csv", "regel 9"), {"nl": "Dubbel.", "en": "Double."}),
    Finding(
        "competentie#code",
        Severity.VIOLATION,
        Place("b.xlsx", "Competenties!D17"),
        {"nl": "Code ontbreekt.", "en": "Code missing."},
        "urn:c",
        "=1+1",
        {"nl": "Vul in.", "en": "Fill in."},
    ),
)


def test_gravest_first_then_by_place_as_numbers() -> None:
    report = Report.of(FOUND)
    assert [finding.place.spot for finding in report.findings] == ["Competenties!D17", "regel 9", "regel 10"]
    assert report.counts() == {"violation": 1, "warning": 2}
    assert report.stops
    assert not Report.of(FOUND[:2]).stops


def test_issues_have_the_form_of_the_api() -> None:
    report = Report.of(FOUND, [Passed("labels", 3, 2)])
    answer = json.loads(report.as_json())
    assert answer["tellingen"] == {"fout": 1, "waarschuwing": 2}
    assert answer["geslaagd"] == [{"vorm": "labels", "bekeken": 3, "goed": 2}]
    assert answer["bevindingen"][0] == {
        "bestand": "b.xlsx",
        "plaats": "Competenties!D17",
        "blad": "Competenties",
        "cel": "D17",
        "ernst": "fout",
        "regel": "https://w3id.org/leerbrug/shapes/competentie#code",
        "onderwerp": "urn:c",
        "detail": {"nl": "Code ontbreekt.", "en": "Code missing."},
        "waarde": "=1+1",
        "voorstel": {"nl": "Vul in.", "en": "Fill in."},
    }
    assert answer["bevindingen"][1]["cel"] is None


def test_text_in_either_language() -> None:
    report = Report.of(FOUND)
    assert "fout: b.xlsx, Competenties!D17\n  Code ontbreekt. (=1+1)\n  Vul in." in report.render()
    assert "Code missing." in report.render("en")


def test_what_passed_is_counted(validator: Validator, breuken: tuple, sound_world: Callable) -> None:
    sound = sound_world(1)
    good = {one.shape: one for one in passed(validator.validate(sound), validator.shapes, sound)}
    assert good["competentie"] == Passed("competentie", 4, 4)
    assert good["studiebewijs"] == Passed("studiebewijs", 5, 5)
    store = broken(breuken, "competentie#bkc-code", "SPARQL")
    bad = {one.shape: one for one in passed(validator.validate(store), validator.shapes, store)}
    assert bad["competentie"] == Passed("competentie", 4, 3)
    assert bad["studiebewijs"] == good["studiebewijs"]


def test_the_report_as_shacl_says_the_same(validator: Validator, breuken: tuple) -> None:
    for fault in breuken[::7]:
        results = validator.validate(fault.world())
        graph = Graph().parse(data=report_graph(results, validator.shapes), format="turtle")
        assert set(report_results(graph, graph)) == set(results)
        assert all(len(list(graph.objects(node, SH.resultMessage))) == 2 for node in graph.objects(None, SH.result))
    empty = Graph().parse(data=report_graph([], validator.shapes), format="turtle")
    assert [str(value) for value in empty.objects(None, SH.conforms)] == ["true"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Competenties"
    sheet["D17"] = "=A1"
    sheet["D17"].comment = Comment("van mij", "ik")
    sheet["A1"] = "kop"
    made.create_sheet("Bevindingen")["A1"] = "eigen blad"
    made.save(tmp_path / "b.xlsx")
    return tmp_path / "b.xlsx"


def test_the_users_own_workbook_comes_back_with_comments(book: Path, tmp_path: Path) -> None:
    before = book.read_bytes()
    annotate(book, Report.of(FOUND), tmp_path / "terug.xlsx")
    assert book.read_bytes() == before
    back = load_workbook(tmp_path / "terug.xlsx")
    cell = back["Competenties"]["D17"]
    assert cell.value == "=A1"
    assert cell.comment.text == "van mij\n\nfout: Code ontbreekt.\nVul in."
    assert cell.fill.fgColor.rgb.endswith("F4B6B6")
    assert back["Competenties"]["A1"].comment is None
    assert back["Bevindingen"]["A1"].value == "eigen blad"
    rows = list(back["Bevindingen 2"].iter_rows(values_only=True))
    assert rows[1][:2] == ("fout", "b.xlsx, Competenties!D17")
    assert len(rows) == 4


def test_what_a_source_holds_is_never_a_formula(book: Path, tmp_path: Path) -> None:
    annotate(book, Report.of(FOUND), tmp_path / "terug.xlsx")
    cell = load_workbook(tmp_path / "terug.xlsx")["Bevindingen 2"]["D2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_another_kind_of_workbook_comes_back_as_xlsx(tmp_path: Path) -> None:
    annotate_copy([("Competenties", [(1, 1, "kop"), (17, 4, "x")])], "b.xlsx", Report.of(FOUND), tmp_path / "t.xlsx")
    back = load_workbook(tmp_path / "t.xlsx")
    assert back["Competenties"]["D17"].comment.text.startswith("fout: Code ontbreekt.")
    assert back["Competenties"]["D17"].value == "x"


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.xlsx").write_text("geen zip")
    with pytest.raises(InputError, match=r"geen \.xlsx"):
        annotate(tmp_path / "b.xlsx", Report.of([]), tmp_path / "t.xlsx")


def test_unknown_severities_are_grave() -> None:
    assert Result(NamedNode("urn:x"), "", None, "urn:c", "urn:s", "urn:anders").grade is Severity.VIOLATION
