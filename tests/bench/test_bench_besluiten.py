"""`leerbrug bench besluiten` measures both engines in one run."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from leerbrug.bench.postgresql import servertools
from leerbrug.cli import app
from leerbrug.graph.releases import Release
from typer.testing import CliRunner

FIGURE = re.compile(r"│\s*([^│]+?)\s*│\s*([\d,]+)\s*│\s*(?:([\d,]+)\s*│)?")


def test_both_engines_are_measured_in_one_run(sample_release: Release, own_folder: Callable[[Release], Path]) -> None:
    words = ["bench", "besluiten", "--data", str(own_folder(sample_release)), "--aantal", "4"]
    done = CliRunner().invoke(app, words, env={"COLUMNS": "120"})
    assert done.exit_code in (0, 1), done.output  # 1: slower than a second, which a busy machine may be
    figures = {what: (one, other) for what, one, other in FIGURE.findall(done.output)}
    assert len(figures) == 5
    assert all(one for one, _ in figures.values())
    if servertools():
        assert "postgresql" in done.output
        assert all(other for _, other in figures.values())
