"""The examples of docs/clients.md run as they stand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("api")

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "clients.md"


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)


def run(command: list[str], address: str) -> str:
    environment = {**os.environ, "LEERBRUG": address}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_curl(address: str) -> None:
    lines = [line for example in examples("sh") for line in example.splitlines()]
    assert len(lines) == 3
    assert all("BK-0019" in run(["sh", "-c", line], address) for line in lines)


def test_python(address: str) -> None:
    (example,) = examples("python")
    assert "BK-0019-3 Bakker" in run([sys.executable, "-c", example], address)


def test_typescript(address: str, tmp_path: Path) -> None:
    """The types are made from the description of this server; the example compiles with them, and runs."""
    folder = Path(shutil.copytree(Path(__file__).with_name("typescript"), tmp_path / "client"))
    (example,) = examples("ts")
    (folder / "client.ts").write_text(example, "utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "LEERBRUG": address, "PATH": path}

    def do(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)

    got = do("npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund")
    if got.returncode and not os.environ.get("CI"):
        pytest.skip("npm cannot be reached")
    assert got.returncode == 0, got.stderr
    tools = str(folder / "node_modules" / ".bin")
    for command in (
        (f"{tools}/openapi-typescript", f"{address}/v1/openapi.json", "--output", "api.ts"),
        (f"{tools}/tsc", "--project", "tsconfig.json"),
    ):
        done = do(*command)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "BK-0019-3 Bakker" in do("node", "client.ts").stdout
