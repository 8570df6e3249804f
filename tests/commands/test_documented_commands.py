"""Every command that the README and the pages in docs/ show is one that exists, with options that it has; and it runs.

docs/eigen-gegevens.md is run from begin to end by tests/loaders/test_spreadsheet_docs.py; `make` is what CI runs;
docs/performance.md measures, and builds for that from the real sources, which not everybody has.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import leerbrug
import pytest
import typer
from leerbrug.cli import Commands, app
from typer.testing import CliRunner

ROOT = Path(leerbrug.__file__).parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

NOT_RUN = ("serve", "harvest", "bench")
"""What does not end by itself, asks a server of others, or takes minutes: their options are checked, and each has
tests of its own."""

STANDS_FOR = {"FOLDER": str(ROOT / "sample"), "DIR": "releases", "QUERY.rq": "vraag.rq"}


def shown(page: Path) -> list[list[str]]:
    """The commands in the shell blocks of a page."""
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    lines = (line for block in blocks for line in block.replace("\\\n", " ").splitlines())
    split = (shlex.split(line, comments=True) for line in lines)
    return [words[1:] for words in split if words and words[0].rpartition("/")[2] == "leerbrug"]


ALL = [(page.name, words) for page in PAGES for words in shown(page)]


def test_the_pages_show_commands() -> None:
    assert {"README.md", "eigen-gegevens.md", "model.md"} <= {page for page, _ in ALL}
    assert len(ALL) >= 12


@pytest.mark.parametrize(("page", "words"), ALL, ids=[f"{page} {' '.join(words)}" for page, words in ALL])
def test_the_options_exist(page: str, words: list[str]) -> None:
    assert words[0] in Commands.table
    command = typer.main.get_command(app).get_command(None, words[0]).real()
    if hasattr(command, "get_command"):
        command = command.get_command(None, words[1])
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_the_commands_of_readme_and_model_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "vraag.rq").write_text("SELECT ?bk { ?bk a leer:Beroepskwalificatie }", encoding="utf-8")
    rule = (ROOT / "docs" / "ontwerpers.md").read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    (tmp_path / "regels.toml").write_text(rule, encoding="utf-8")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    (tmp_path / "ontology").mkdir()
    for page, words in ALL:
        if page not in ("eigen-gegevens.md", "performance.md") and words[0] not in NOT_RUN:
            filled, into = redirected([filled_in(word) for word in words])
            result = CliRunner().invoke(app, filled)
            assert result.exit_code == 0, f"{page}: {' '.join(filled)}\n{result.output}\n{result.exception!r}"
            if into:
                Path(into).write_text(result.stdout, encoding="utf-8")


def redirected(words: list[str]) -> tuple[list[str], str]:
    """The words of a command without `> FILE`, and that file."""
    return (words[:-2], words[-1]) if ">" in words else (words, "")


def filled_in(word: str) -> str:
    """A word of a command with what its placeholder stands for."""
    key, equals, value = word.rpartition("=")
    return f"{key}{equals}{STANDS_FOR.get(value, value)}"
