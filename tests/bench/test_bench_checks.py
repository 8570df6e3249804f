"""`leerbrug bench check` on a graph small enough to wait for pySHACL: the same findings, many times sooner."""

from __future__ import annotations

from pathlib import Path

from leerbrug.bench.checks import bench_checks, graph_of
from leerbrug.cli import app
from leerbrug.loaders import werkboek
from leerbrug.loaders.werkboek.sheets import Competentie, Inhoud, Kwalificatie
from typer.testing import CliRunner

FAULTY: list[Inhoud] = [
    Kwalificatie(code="BK-9001-1", titel="Veldkok", niveau="3", domeinen=("Voeding > Horeca",)),
    *(Competentie(kwalificatie="BK-9001-1", code=f"bkc900000{n}", nr=n % 4 + 1, tekst=f"Kookt {n}.") for n in range(6)),
]


def test_the_rows_compare_the_same_findings(tmp_path: Path) -> None:
    told: list[str] = []
    path = werkboek.write(tmp_path / "kok.xlsx", FAULTY)
    default, change, plain = bench_checks(graph_of(werkboek.SOURCE, path), told.append)
    assert default.same
    assert change.same
    assert plain.same
    assert plain.findings == default.findings > 6
    assert told[0].endswith("triples")


def test_the_command_prints_its_rows(tmp_path: Path) -> None:
    path = werkboek.write(tmp_path / "kok.xlsx", FAULTY)
    done = CliRunner().invoke(app, ["bench", "check", "--source", f"werkboek={path}"], env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    assert "pySHACL, dezelfde vormen" in done.output
    assert "NEE" not in done.output
