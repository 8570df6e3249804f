"""The page on loading one's own data says what is so: its commands run, in order, and its names exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import leerbrug
import pytest
from leerbrug.cli import app
from leerbrug.loaders.werkboek import BLADEN, records
from typer.testing import CliRunner

PAGE = (Path(leerbrug.__file__).parent / "docs" / "eigen-gegevens.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def run(line: str) -> str:
    name, *arguments = shlex.split(line)
    assert name == "leerbrug"
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, f"{line}\n{result.output}\n{result.exception!r}"
    return result.output


def test_every_command_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = {line: run(line) for line in commands()}
    assert len(said) == 7
    assert "geen wijzigingen" in said["leerbrug plan kok.xlsx --data releases"]
    assert list(records(tmp_path / "leeg.xlsx")) == []
    assert any(True for _ in records(tmp_path / "kok.xlsx"))


def test_the_page_names_every_sheet_and_fits_on_one_page() -> None:
    table = re.findall(r"^\| ([A-Z][\w, ]+?) \|", PAGE, re.MULTILINE)
    named = {name.strip() for row in table for name in row.split(",")}
    assert set(BLADEN) <= named
    assert len(PAGE.split()) < 650
