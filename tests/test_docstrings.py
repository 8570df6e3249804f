"""The examples in our docstrings run, and say what they say they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import leerbrug
import pytest

MODULES = sorted(found.name for found in pkgutil.walk_packages(leerbrug.__path__, "leerbrug."))


def test_the_examples_are_found() -> None:
    parts = {name.split(".")[1] for name in MODULES}
    assert {"api", "besluiten", "checks", "graph", "loaders", "pathways"} <= parts


@pytest.mark.parametrize(
    "part", ["errors", "graph", "loaders", "checks", "pathways", "besluiten", "api", "bench", "commands"]
)
def test_examples_run(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Imported by their own name, and not by pytest from the file: numba would keep a name of the folder."""
    ran = failed = 0
    for name in MODULES:
        if name.split(".")[1] == part:
            result = doctest.testmod(importlib.import_module(name))
            ran, failed = ran + result.attempted, failed + result.failed
    assert ran, f"no example in {part}"
    assert not failed, capsys.readouterr().out
