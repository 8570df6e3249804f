"""Crosswalks: every row of the published tables, zeros given back, and nothing that was only guessed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from leerbrug.errors import SourceError
from leerbrug.graph.names import Names
from leerbrug.graph.statements import Finding
from leerbrug.graph.vocabulary import LEER, SKOS
from leerbrug.loaders import crosswalks
from leerbrug.loaders.crosswalks import Familie, Isco
from pyoxigraph import NamedNode


def test_the_isco_table_as_it_stands(real_data: Path, load) -> None:
    triples, findings = load(crosswalks.SOURCE, real_data / "rome-crosswalks")
    pairs = [triple for triple in triples if triple.predicate == LEER.iscoGroep]
    assert len(pairs) == 532
    assert len({pair.object for pair in pairs}) == 298
    codes = {pair.object.value.rpartition("/C")[2] for pair in pairs}
    assert {len(code) for code in codes} == {4}
    assert sorted(finding.value for finding in findings) == ["110", "310"]
    officer = NamedNode("http://data.europa.eu/esco/isco/C0110")
    assert {pair.subject for pair in pairs if pair.object == officer} == {Names().iri("rome-beroep", "K1703", "347")}


def test_every_family_that_is_used_is_named(real_data: Path, load) -> None:
    triples, _ = load(crosswalks.SOURCE, real_data / "rome-crosswalks")
    used = {t.object for t in triples if t.predicate in (SKOS.broadMatch, SKOS.relatedMatch)}
    named = {t.subject for t in triples if t.predicate == SKOS.prefLabel}
    assert used <= named
    names = Names()
    assert (names.iri("rome-beroep", "A1403", "347"), names.iri("fap", "A0Z41")) in {
        (t.subject, t.object) for t in triples if t.predicate == SKOS.broadMatch
    }


def test_a_job_is_wholly_in_one_family_or_partly_in_some(real_data: Path, load) -> None:
    triples, _ = load(crosswalks.SOURCE, real_data / "rome-crosswalks")
    whole = Counter(t.subject for t in triples if t.predicate == SKOS.broadMatch)
    partly = {t.subject for t in triples if t.predicate == SKOS.relatedMatch}
    assert set(whole.values()) == {1}
    assert whole.keys() & partly == set()
    assert {record.code for record in crosswalks.records(real_data / "rome-crosswalks") if isinstance(record, Familie)}


def book(path: Path, *rows: tuple[object, ...]) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("ROME to ISCO-08")
    for row in rows:
        sheet.append(row)
    workbook.save(path)


def test_a_code_that_is_none_is_a_finding_with_its_cell(tmp_path: Path) -> None:
    book(tmp_path / "Correspondance_ROME_ISCO08.xlsx", ("Code ROME", "Code ISCO08"), ("N1103", "43.21"), ("X1", 4321))
    said = [said for record in crosswalks.records(tmp_path) for said in crosswalks.said(record, Names())]
    assert all(isinstance(one, Finding) for one in said)
    assert [str(one.place) for one in said if isinstance(one, Finding)] == [
        "Correspondance_ROME_ISCO08.xlsx, ROME to ISCO-08!A2",
        "Correspondance_ROME_ISCO08.xlsx, ROME to ISCO-08!A3",
    ]


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    book(tmp_path / "Correspondance_ROME_ISCO08.xlsx", ("Code", "ISCO"))
    with pytest.raises(SourceError, match=r"Verwacht wordt het blad 'ROME to ISCO-08'.*Code ROME, Code ISCO08"):
        list(crosswalks.records(tmp_path))
    (tmp_path / "Correspondance_ROME_ISCO08.xlsx").write_text("geen zip")
    with pytest.raises(SourceError, match="is geen zip"):
        list(crosswalks.records(tmp_path))


def test_numbers_as_text_are_padded_too() -> None:
    record = Isco(crosswalks.Place("x", "A2"), "K1701", "0310")
    assert [type(said).__name__ for said in crosswalks.said(record, Names())] == ["Statement"]
