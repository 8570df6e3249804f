"""`leerbrug check`: exit codes, the table, the report for machines, and the workbook handed back."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from leerbrug.cli import app, main
from leerbrug.commands.build import sample
from leerbrug.graph.releases import Release
from leerbrug.loaders.werkboek import write
from leerbrug.loaders.werkboek.sheets import Competentie, Inhoud, Kwalificatie
from openpyxl import load_workbook
from rdflib import Graph
from rdflib.namespace import SH
from typer.testing import CliRunner, Result

SOUND: list[Inhoud] = [
    Kwalificatie(code="BK-9001-1", titel="Veldkok", niveau="3", domeinen=("Voeding > Horeca",)),
    Competentie(kwalificatie="BK-9001-1", code="bkc9000001", nr=1, tekst="Kookt buiten.", referenties=("18111-c",)),
    Competentie(kwalificatie="BK-9001-1", code="bkc9000002", nr=2, tekst="Blust vuur.", referenties=("18112-c",)),
]
TWICE = [*SOUND[:2], Competentie(kwalificatie="BK-9001-1", code="bkc9000002", nr=1, tekst="Blust vuur.")]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["check", *(str(argument) for argument in arguments), "--quiet"])


@pytest.fixture
def wrong_use(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What the whole command line says, where it ends with 2."""

    def said(*arguments: object) -> str:
        monkeypatch.setattr(sys, "argv", ["leerbrug", "check", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr().err
        assert ended.value.code == 2, said
        assert said.count("\n") == 1
        return said

    return said


def issues(result: Result) -> list[dict]:
    return json.loads(result.stdout)["bevindingen"]


def test_a_sound_werkboek_is_good(tmp_path: Path) -> None:
    done = run(write(tmp_path / "kok.xlsx", SOUND), "--json")
    assert done.exit_code == 0, done.output
    assert issues(done) == []
    assert {"vorm": "competentie", "bekeken": 2, "goed": 2} in json.loads(done.stdout)["geslaagd"]


@pytest.mark.parametrize("name", ["kok.xlsx", "kok.ods"])
def test_a_fault_names_its_cell_and_comes_back_in_the_workbook(tmp_path: Path, name: str) -> None:
    done = run(write(tmp_path / name, TWICE), "--json", "--workbook", tmp_path / "terug.xlsx")
    assert done.exit_code == 1, done.output
    (fault,) = [issue for issue in issues(done) if issue["ernst"] == "fout"]
    assert fault["regel"].endswith("beroepskwalificatieversie#volgnummer-uniek")
    assert (fault["bestand"], fault["blad"]) == (name, "Kwalificaties")
    (missing,) = [issue for issue in issues(done) if issue["regel"].endswith("competentie#zonder-referentie")]
    back = load_workbook(tmp_path / "terug.xlsx")
    for issue in (fault, missing):
        assert issue["detail"]["nl"] in back[issue["blad"]][issue["cel"]].comment.text
    assert back["Competenties"]["A2"].value == "BK-9001-1"


def test_the_table_is_for_people(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["check", str(write(tmp_path / "kok.xlsx", TWICE))], env={"COLUMNS": "400"})
    assert done.exit_code == 1
    assert "kok.xlsx, Kwalificaties!" in done.output
    assert "Twee competenties van deze versie hebben hetzelfde volgnummer." in done.output
    english = CliRunner().invoke(app, ["check", str(tmp_path / "kok.xlsx"), "--taal", "en"], env={"COLUMNS": "400"})
    assert "Two competences of this version have the same number." in english.output


def test_other_tools_get_a_shacl_report(tmp_path: Path) -> None:
    run(write(tmp_path / "kok.xlsx", TWICE), "--report-ttl", tmp_path / "verslag.ttl")
    graph = Graph().parse(tmp_path / "verslag.ttl")
    assert len(list(graph.objects(None, SH.result))) == 2
    assert all(graph.value(node, SH.sourceShape) for node in graph.objects(None, SH.result))


def test_wrong_use_is_told_in_one_line(tmp_path: Path, wrong_use: Callable[..., str]) -> None:
    assert "bestaat niet" in wrong_use(tmp_path / "nergens")
    assert "Kies met --source uit competent, vks, " in wrong_use(tmp_path)
    assert "geen bron 'vsk'" in wrong_use(tmp_path, "--source", "vsk")
    assert "geen taal" in wrong_use(tmp_path, "--taal", "fr")
    assert "Alleen een werkboek" in wrong_use(sample(), "--workbook", tmp_path / "x.xlsx")


def test_the_sample_has_no_faults() -> None:
    done = run(sample(), "--json")
    assert done.exit_code == 0, done.output
    assert {issue["ernst"] for issue in issues(done)} <= {"waarschuwing", "opmerking"}


@pytest.fixture(scope="module")
def flanders(real_data: Path) -> list[dict]:
    done = run(real_data / "flanders-vks/api", "--json")
    assert done.exit_code == 0, done.output
    return issues(done)


def about(found: list[dict], rule: str) -> list[dict]:
    return [issue for issue in found if issue["regel"].endswith(rule)]


DEFECTS = {
    # domain.md §6.5 -> the rule that tells it, and how often it stands in the answers of October 2026.
    "bare -c": ("loader/referentie-leeg", 20),
    "missing -c": ("loader/referentie-achtervoegsel", 112),
    "a reference with needless blanks": ("loader/referentie-blanco", 3),
    "a reference with too few digits": ("loader/referentie-nullen", 3),
    "a short description that contradicts the level": ("beroepskwalificatieversie#omschrijving-tegen-niveau", 1),
    "full and partial BKs mixed in one detail": ("erkenning#gemengd", 19),
    "V1 and V2 recognitions overlapping in time": ("erkenning#overlapping", 168),
    "a programme with a deelkwalificatie but no BK": ("erkenning#deelkwalificatie-zonder-bk", 45),
    "a recognition that ends before it begins": ("erkenning#nooit-van-kracht", 8),
    "a programme that ends before it begins": ("structuuronderdeel#periode", 8),
    "a version that is only named": ("beroepskwalificatieversie#niveau-onbekend", 6),
    "a programme that was not crawled": ("erkenning#duaal-niet-uitgewerkt", 117),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_every_defect_of_the_real_data_survives_as_a_warning(flanders: list[dict], defect: str) -> None:
    rule, number = DEFECTS[defect]
    found = about(flanders, rule)
    assert len(found) == number
    assert {issue["ernst"] for issue in found} == {"waarschuwing"}
    for issue in found:
        assert issue["bestand"].endswith(".jsonl.gz")
        assert issue["plaats"].startswith("regel ")
        assert issue["onderwerp"].startswith("https://")


def test_doubled_words_name_record_and_field(flanders: list[dict]) -> None:
    found = about(flanders, "loader/dubbel-woord")
    assert found
    assert all(re.fullmatch(r"regel \d+ /\S+", issue["plaats"]) for issue in found)


def test_a_finding_points_at_the_field(flanders: list[dict]) -> None:
    (level,) = about(flanders, "#omschrijving-tegen-niveau")
    assert level["plaats"].endswith("/omschrijving_kort")
    assert level["onderwerp"].endswith("/BK-0002/3")
    assert all("/referenties/" in issue["plaats"] for issue in about(flanders, "loader/referentie-leeg"))
    assert all("/beroepskwalificaties/" in issue["plaats"] for issue in about(flanders, "erkenning#gemengd"))


def test_real_data_has_no_faults(flanders: list[dict]) -> None:
    assert not [issue for issue in flanders if issue["ernst"] == "fout"]


def test_a_bk_of_level_2_in_an_ok_of_level_3_is_no_defect(flanders: list[dict]) -> None:
    """SO 110 (domain.md §6.5): nothing compares a BK's level with an OK's; only two OKs of one recognition are."""
    levels = [one for one in flanders if "erkenning" in one["onderwerp"] and "niveau" in one["regel"]]
    assert {one["regel"].rpartition("/")[2] for one in levels} == {"diplomas-van-twee-niveaus"}
    assert all("ADV-1601" in one["onderwerp"] for one in levels)


def test_without_a_path_the_release_is_checked_again_and_finds_what_its_build_found(
    sample_release: Release,
) -> None:
    done = run("--data", sample_release.folder.parent, "--json")
    assert done.exit_code == 0, done.output
    again, built = json.loads(done.stdout), json.loads(sample_release.report())
    shaped = [one for one in built["bevindingen"] if "/shapes/loader" not in one["regel"]]
    assert shaped
    assert again["bevindingen"] == shaped
    assert again["geslaagd"] == built["geslaagd"]


def test_a_path_and_a_release_together_are_refused(wrong_use: Callable[..., str], tmp_path: Path) -> None:
    said = wrong_use(write(tmp_path / "kok.xlsx", SOUND), "--data", tmp_path)
    assert "Geef één van de twee" in said
