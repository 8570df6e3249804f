"""Bridges to standards from elsewhere, in a release of real files: ESCO, ROME, RNCP and a profile of Competent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from leerbrug.cli import app
from leerbrug.graph.catalogus import Kwalificatie
from leerbrug.graph.releases import Releases
from typer.testing import CliRunner

run = CliRunner()
COMPETENT = Path(__file__).parents[1] / "loaders" / "standaarden" / "competent"


@pytest.fixture(scope="module")
def data(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("releases")
    sources = {
        "vks": "sample",
        "esco": real_data / "esco" / "tabiya-sample-v1.1.1",
        "rome": real_data / "rome-v347",
        "rncp": real_data / "rncp" / "sample-2024-02-22",
        "competent": COMPETENT,
    }
    words = [word for key, path in sources.items() for word in ("--source", f"{key}={path}")]
    result = run.invoke(app, ["build", *words, "--into", str(folder), "--quiet"])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def elders(data: Path) -> dict[str, Kwalificatie]:
    return Releases(data).current().elders()


def ask(*words: object) -> str:
    result = run.invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


@pytest.mark.parametrize("soort", ["esco-beroep", "rome-beroep", "rncp", "beroepscompetentieprofiel"])
def test_a_bridge_leads_to_each_kind_and_its_evidence_holds(
    soort: str, data: Path, elders: dict[str, Kwalificatie], tmp_path: Path
) -> None:
    doel = max((k for k in elders.values() if k.soort == soort), key=lambda k: (len(k.competenties), k.code))
    assert doel.competenties
    file = tmp_path / "brug.json"
    for van in ("BK-0002-3", doel.code):
        out = ask("brug", van, doel.code, "--json", "--data", data)
        answer = json.loads(out)
        verdicts = [row["verdict"] for row in answer["competenties"]]
        assert answer["dekking"]["van"] == len(verdicts) == len(doel.competenties)
        assert set(verdicts) == {"gedekt"} if van == doel.code else "gedekt" not in verdicts
        file.write_text(out, encoding="utf-8")
        assert "klopt" in ask("check-evidence", file, "--data", data)
        answer["dekking"]["ontbreekt"] += 1
        file.write_text(json.dumps(answer), encoding="utf-8")
        assert run.invoke(app, ["check-evidence", str(file), "--data", str(data)]).exit_code == 1


def test_a_profile_of_competent_shares_its_activities_by_their_own_number(data: Path) -> None:
    """BK-0002-3 carries 18111-c and SK-4116-c: the same references, other words; nothing carries KN-4478-c."""
    answer = json.loads(ask("brug", "BK-0002-3", "N110301", "--json", "--data", data))
    assert {row["code"]: row["verdict"] for row in answer["competenties"]} == {
        "18111-c": "te_bevestigen",
        "SK-4116-c": "te_bevestigen",
        "KN-4478-c": "ontbreekt",
    }


def test_a_decision_is_what_relates_an_occupation_to_a_bk(
    data: Path, elders: dict[str, Kwalificatie], tmp_path: Path
) -> None:
    job = elders["N1103/347"]
    words = ("--besluit", "exactMatch", "--auteur", "An Peeters", "--rechtvaardiging", "zelfde activiteit")
    words += ("--instantie", "sector/transport")
    ask("verwant", "bkc0044869", job.competenties[0].iri, *words, "--data", data)
    out = ask("brug", "BK-0002-3", job.code, "--json", "--data", data)
    assert json.loads(out)["dekking"]["gedekt"] == 1
    file = tmp_path / "brug.json"
    file.write_text(out, encoding="utf-8")
    assert "klopt" in ask("check-evidence", file, "--data", data)
