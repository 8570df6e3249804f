"""The page for clients is what the command makes of the description; its examples run, and answer as they should."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
from leerbrug.api.voorbeelden import voorbeelden
from leerbrug.commands.clients import CHOSEN, clients_page

from ..servers import missing

UNREACHABLE = r"\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)\b"
"""What npm says of a registry that it cannot reach; whatever else goes wrong is a failure."""
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "clients.md"


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)


def run(command: list[str], address: str) -> str:
    environment = {**os.environ, "LEERBRUG": address}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def expected() -> list[Any]:
    """What each operation answers, in order: the example in its description."""
    return [voorbeelden()[name].antwoord for name in CHOSEN]


def answered(output: str) -> list[Any]:
    """What a program printed: an answer a line, and how many qualifications it found page after page."""
    lines = [json.loads(line) for line in output.splitlines()]
    assert lines.pop() > 200
    return lines


def test_the_page_is_made_by_the_command(client: httpx.Client) -> None:
    """After a change on purpose: `leerbrug openapi --clients docs/clients.md`."""
    assert DOCUMENT.read_text("utf-8") == clients_page(client.get("/v1/openapi.json").json())


def test_curl(address: str) -> None:
    asked, forms = ([line for line in one.splitlines() if not line.startswith("#")] for one in examples("sh"))
    assert [json.loads(run(["sh", "-c", line], address)) for line in asked] == expected()
    turtle, table, elm = (run(["sh", "-c", line], address) for line in forms)
    assert "leer:Beroepskwalificatieversie" in turtle
    assert table.splitlines()[0].endswith("nr,code,competentie")
    assert "<qualification " in elm


def test_python(address: str, tmp_path: Path) -> None:
    """The types hold (mypy, strict), and the program prints what the description shows."""
    (example,) = examples("python")
    (tmp_path / "client.py").write_text(example, "utf-8")
    checked = [sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull, str(tmp_path / "client.py")]
    done = subprocess.run(checked, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stdout
    assert answered(run([sys.executable, str(tmp_path / "client.py")], address)) == expected()


def test_typescript(address: str, tmp_path: Path) -> None:
    """The types are made from the description of this server; the example compiles with them, and runs."""
    folder = Path(shutil.copytree(Path(__file__).with_name("typescript"), tmp_path / "client"))
    (example,) = examples("ts")
    (folder / "client.ts").write_text(example, "utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "LEERBRUG": address, "PATH": path}

    def do(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=120)

    got = do("npm", "ci", "--loglevel=error", "--ignore-scripts", "--no-audit", "--no-fund")
    if re.search(UNREACHABLE, got.stderr):
        missing("the registry of npm")
    assert got.returncode == 0, got.stderr
    tools = str(folder / "node_modules" / ".bin")
    for command in (
        (f"{tools}/openapi-typescript", f"{address}/v1/openapi.json", "--output", "api.ts"),
        (f"{tools}/tsc", "--project", "tsconfig.json"),
    ):
        done = do(*command)
        assert done.returncode == 0, done.stdout + done.stderr
    ran = do("node", "client.ts")
    assert ran.returncode == 0, ran.stderr
    assert answered(ran.stdout) == expected()
