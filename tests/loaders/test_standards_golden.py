"""Each form of each standard gives exactly the triples of its golden file, and exactly the findings named here."""

from __future__ import annotations

from pathlib import Path

import pytest
from leerbrug.errors import SourceError
from leerbrug.loaders import competent, esco, rncp, rome, sssom
from leerbrug.loaders.source import Source

SAMPLES = Path(__file__).parent / "standaarden"

CASES: list[tuple[Source, str, list[str]]] = [
    (
        rome.SOURCE,
        "rome-v3",
        ["apostrof", "rome-twee-namen", "zwevende-verwijzing", "zwevende-verwijzing", "zwevende-verwijzing"],
    ),
    (rome.SOURCE, "rome-v4", ["apostrof", "codering", "niet-gelezen"]),
    (rome.SOURCE, "rome-xml", []),
    (esco.SOURCE, "esco/v1.2.0-nl", ["esco-zonder-naam"]),
    (esco.SOURCE, "esco/v1.2.0-rdf", ["esco-niet-geladen"]),
    (
        rncp.SOURCE,
        "rncp",
        ["rncp-datum", "rncp-geen-fiche", "rncp-niveau", "rncp-rome", "rncp-siret", "rncp-zonder-titel"],
    ),
    (rncp.SOURCE, "rncp-xml", ["rncp-zonder-titel"]),
    (
        competent.SOURCE,
        "competent",
        [
            *("competent-code", "competent-soort", "competent-zonder-vertaling"),
            *("referentie-achtervoegsel", "referentie-achtervoegsel", "referentie-achtervoegsel"),
            *("referentie-achtervoegsel", "referentie-decreet", "referentie-leeg", "referentie-nullen"),
        ],
    ),
    (sssom.SOURCE, "sssom", []),
]


@pytest.mark.parametrize(("source", "folder", "rules"), CASES, ids=[folder for _, folder, _ in CASES])
def test_golden(source: Source, folder: str, rules: list[str], load, golden) -> None:
    triples, findings = load(source, SAMPLES / folder)
    expected = golden(SAMPLES / f"{folder.replace('/', '-')}.golden.ttl")
    assert {str(triple) for triple in triples - expected} == set()
    assert {str(triple) for triple in expected - triples} == set()
    assert sorted(finding.rule.removeprefix("loader/") for finding in findings) == rules


@pytest.mark.parametrize(("source", "folder"), [case[:2] for case in CASES], ids=[folder for _, folder, _ in CASES])
def test_every_record_and_finding_knows_its_place_and_two_languages(source: Source, folder: str, load) -> None:
    names = {path.name for path in (SAMPLES / folder).iterdir()}
    for record in source.records(SAMPLES / folder):
        assert record.place.file in names or record.place.file == "export_fiches_CSV_Standard"
    for finding in load(source, SAMPLES / folder)[1]:
        assert finding.message.keys() >= {"nl", "en"}
        assert finding.message["nl"] != finding.message["en"]


@pytest.mark.parametrize("source", [rome.SOURCE, esco.SOURCE, rncp.SOURCE, competent.SOURCE, sssom.SOURCE])
def test_an_empty_or_missing_folder_says_what_to_give(source: Source, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "weg"):
        with pytest.raises(SourceError, match=r"Geef|Controleer"):
            [record for edition in source.editions(path) for record in source.records(edition)]
