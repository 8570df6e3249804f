"""`leerbrug bench api`: what it prints, and that it fails where an aim is missed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from leerbrug.bench.aanval import Beside
from leerbrug.bench.api import FirstByte, Row
from leerbrug.cli import app
from typer.testing import CliRunner

ROW = Row("standaardtraject", ours=9_000, ours_p99=2.5, bare=10_000, bare_p99=2.4, aim=0.8)
BIG = Row("SELECT van 10.000 rijen", ours=14, ours_p99=1_300, bare=140, bare_p99=800, aim=None)
FIRST = FirstByte(first=36.4, last=102.2, endless=41.9)
BESIDE = Beside("REST", alone=[1.0, 2.0, 4.0], beside=[1.5, 2.0, 6.0], deaths=9)


def printed(monkeypatch: pytest.MonkeyPatch, row: Row, first: FirstByte, beside: Beside) -> tuple[int, list[str]]:
    """The exit code of the command, and the lines of its Markdown without what only shapes a table."""
    monkeypatch.setattr("leerbrug.commands.bench_api.bench_api", lambda _: iter((row, BIG, first)))
    monkeypatch.setattr("leerbrug.commands.bench_api.bench_aanval", lambda _: [beside])
    done = CliRunner().invoke(app, ["bench", "api", "--data", "ergens", "--markdown"])
    return done.exit_code, [line for line in done.output.splitlines() if line.startswith("| ") and "---" not in line]


def test_a_row_says_its_ratio_and_whether_its_aim_is_met(monkeypatch: pytest.MonkeyPatch) -> None:
    code, lines = printed(monkeypatch, ROW, FIRST, BESIDE)
    assert code == 0
    assert "| standaardtraject | 9,000 | 2.5 | 10,000 | 2.4 | 0.90 | 0.80 | ja |" in lines
    assert "| SELECT van 10.000 rijen | 14 | 1300.0 | 140 | 800.0 | 0.10 |  |  |" in lines
    assert "| gewoon | 36 | 102 |  |" in lines
    assert "| de laatste rij komt nooit | 42 |  | ja |" in lines
    assert "| REST | 2.0 | 4.0 | 2.0 | 6.0 | 1.00 | 1.50 | 2 | 9 | ja |" in lines


@pytest.mark.parametrize(
    ("row", "first", "beside"),
    [
        (replace(ROW, ours=7_900), FIRST, BESIDE),
        (ROW, replace(FIRST, endless=None), BESIDE),
        (ROW, FIRST, replace(BESIDE, beside=[1.5, 2.0, 8.1])),
        (ROW, FIRST, replace(BESIDE, beside=[1.5, 4.1, 6.0])),
        (ROW, FIRST, replace(BESIDE, deaths=0)),
    ],
    ids=["slower than the bare route", "first byte after the last row", "slow tail", "slow", "no attack"],
)
def test_an_aim_that_is_missed_is_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, row: Row, first: FirstByte, beside: Beside
) -> None:
    code, lines = printed(monkeypatch, row, first, beside)
    assert code == 1
    assert sum("NEE" in line for line in lines) == 1


def test_without_wrk_the_command_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = CliRunner().invoke(app, ["bench", "api", "--data", str(tmp_path)])
    assert done.exit_code != 0
    assert "apt-get install wrk" in done.output + str(done.exception)
