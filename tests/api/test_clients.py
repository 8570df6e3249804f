"""The examples of docs/clients.md run as they stand."""

from __future__ import annotations

import os
import re
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
