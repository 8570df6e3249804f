"""OSLO Leermiddelen: the counts of the README, the goals as in the publisher's own Turtle, and faults by cell."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from leerbrug.errors import SourceError
from leerbrug.graph.names import Names
from leerbrug.graph.vocabulary import LEER, RDF, SKOS
from leerbrug.loaders import leermiddelen
from pyoxigraph import RdfFormat, parse


def test_the_real_workbooks_give_what_their_readme_counts(real_data: Path, load) -> None:
    triples, findings = load(leermiddelen.SOURCE, real_data / "oslo-leermiddelen" / "data-xlsx")
    kinds = Counter(triple.object for triple in triples if triple.predicate == RDF.type)
    assert kinds[LEER.Onderwijsdoel] == 53
    assert kinds[LEER.Leerplandoel] == 53 + 41
    assert kinds[SKOS.Concept] == 66 + 48
    plans = Counter(t.subject.value.split("/")[-2] for t in triples if t.object == LEER.Leerplan)
    assert (plans["GO"], plans["KaO"]) == (16, 12)
    sets = {t.subject for t in triples if t.object == LEER.Onderwijsdoelenset}
    assert sum("/OV/" in node.value for node in sets) == 37
    assert [finding.rule for finding in findings] == ["loader/code-dubbel", "loader/blanco", "loader/code-dubbel"]
    assert str(findings[1].place) == "kao.xlsx, Doel!A28"  # "10 ", which makes the publisher's own Turtle invalid


@pytest.mark.parametrize("name", ["ov", "go", "kao"])
def test_goals_read_as_in_the_turtle_of_the_publisher(real_data: Path, load, name: str) -> None:
    folder = real_data / "oslo-leermiddelen"
    described = "http://purl.org/dc/elements/1.1/description"
    theirs = {
        quad.subject.value.rpartition("/")[2].strip(): quad.object.value
        for quad in parse(path=folder / "output-ttl" / f"{name}.ttl", format=RdfFormat.TURTLE)
        if quad.predicate.value == described
    }
    rows = [r for r in leermiddelen.records(folder / "data-xlsx" / f"{name}.xlsx") if isinstance(r, leermiddelen.Rij)]
    ours = {row.cellen["CODE"]: row.cellen["beschrijving"] for row in rows if row.blad == "Doel"}
    assert len(ours) > 40
    assert ours == {code: theirs[code].strip() for code in ours}


def workbook(path: Path, sheet: str, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def test_a_goal_that_no_workbook_has_is_told_with_its_cell(tmp_path: Path, load) -> None:
    head = ("CODE", "beschrijving", "isSpecialisatieVan")
    path = workbook(tmp_path / "go.xlsx", "Doel", head, ("BV1", "Rekenen (gist)", "06.01| 06.99"))
    workbook(tmp_path / "ov.xlsx", "Doel", head, ("06.01", "Rekenen (gist)", None))
    triples, findings = load(leermiddelen.SOURCE, tmp_path)
    assert [str(finding.place) for finding in findings] == ["go.xlsx, Doel!A2"]
    assert findings[0].value == "06.99"
    plan, goal = Names().iri("leerplandoel", "GO", "BV1"), Names().iri("onderwijsdoel", "06.01")
    treated = {triple.object for triple in triples if triple.subject == plan and triple.predicate == LEER.behandelt}
    assert goal in treated
    assert path.exists()


def test_a_workbook_without_a_known_sheet_is_refused(tmp_path: Path) -> None:
    workbook(tmp_path / "iets.xlsx", "Blad1", ("a",))
    with pytest.raises(SourceError, match=r"iets\.xlsx: .*Verwacht wordt een van de bladen Agent"):
        list(leermiddelen.records(tmp_path))
    with pytest.raises(SourceError, match=r"Geef een map met ov\.xlsx"):
        list(leermiddelen.records(tmp_path / "weg"))
