"""The commands for a werkboek: template, plan and build, with their exit codes and their places."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from leerbrug.cli import app
from leerbrug.graph.names import Names
from leerbrug.graph.releases import Releases
from leerbrug.graph.vocabulary import SKOS
from leerbrug.loaders.werkboek import records, write
from leerbrug.loaders.werkboek.sheets import Competentie, Inhoud, Kwalificatie
from pyoxigraph import Literal
from typer.testing import CliRunner, Result

KOK: list[Inhoud] = [
    Kwalificatie(code="BK-9001-1", titel="Veldkok", niveau="3", domeinen=("Voeding > Horeca",)),
    Competentie(kwalificatie="BK-9001-1", code="eigen-1", nr=1, tekst="Kookt buiten.", referenties=("18111-c",)),
]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A release made of one werkboek."""
    path = write(tmp_path / "veldkok.xlsx", KOK)
    made = run("build", "--source", f"werkboek={path}", "--into", tmp_path / "releases")
    assert made.exit_code == 0, made.output
    return tmp_path / "releases"


def test_a_release_knows_the_cell_of_every_triple(built: Path) -> None:
    release = Releases(built).current()
    versie = Names().versie("BK-9001-1")
    (place,) = release.places().of(versie, SKOS.prefLabel, Literal("Veldkok", language="nl"))
    assert str(place) == "veldkok.xlsx, Kwalificaties!B2"
    assert "Competenties!B2" in {one.spot for one in release.places().of_subject(Names().iri("competentie", "eigen-1"))}


def test_the_plan_says_what_changes_and_the_template_what_is(built: Path, tmp_path: Path) -> None:
    path = tmp_path / "mijn.ods"
    assert run("sjabloon", path, "--met", "BK-9001-1", "--data", built).exit_code == 0
    same = run("plan", path, "--data", built, "--json")
    assert (same.exit_code, json.loads(same.output)["aantallen"]) == (0, {"nieuw": 0, "wijzigt": 0, "eindigt": 0})
    write(path, [KOK[0]])
    table = run("plan", path, "--data", built)
    assert table.exit_code == 0
    assert "eindigt" in table.output
    assert "0 nieuw, 0 wijzigt, 1 eindigt" in table.output
    assert run("sjabloon", path).exit_code != 0, "an existing file is not overwritten"
    assert run("sjabloon", path, "--overschrijf").exit_code == 0
    assert list(records(path)) == []


def test_a_faulty_werkboek_stops_the_release_and_the_plan_tells_the_cell(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "fout"
    folder.mkdir()
    (folder / "Kwalificaties.csv").write_text("Code;Titel;VKS-niveau\nBK-9001-2;Veldkok;negen\n", encoding="utf-8")
    assert run("build", "--source", f"werkboek={folder}", "--into", built).exit_code == 1
    assert [release.number for release in Releases(built)] == [1]
    told = run("plan", folder, "--data", built, "--json")
    assert told.exit_code == 1
    (finding,) = json.loads(told.output)["bevindingen"]
    assert finding["place"] == {"file": "Kwalificaties.csv", "spot": "Kwalificaties!C2"}
