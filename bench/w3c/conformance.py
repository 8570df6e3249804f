"""The conformance of our endpoint: how many tests of each group pass, and which do not, each with its reason."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from ...errors import LeerbrugError, SourceError
from .asking import ASK, Client
from .suite import cases, release_of

DIFFERENCES = Path(__file__).parent / "verschillen.toml"
"""Every test that does not pass, by name, and why."""


INTRODUCTION = """# SPARQL conformance

Printed by `leerbrug conformiteit SUITE`, with the W3C test suites of SPARQL 1.0 and 1.1 (repository w3c/rdf-tests). The
suite's data become a release of their own; `leerbrug serve` serves it in another process; every test is asked over
HTTP. Tests of updates are not asked: the endpoint reads. What does not pass stands below the table, by name, with the
reason; a test fails when that list is too long or too short.

"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One test: its group, and why it fails; empty where it passes."""

    name: str
    group: str
    fault: str


def differences() -> dict[str, str]:
    """The tests that are known not to pass, each with the reason."""
    listed = tomllib.loads(DIFFERENCES.read_text(encoding="utf-8"))["verschil"]
    return {name: row["reden"] for row in listed for name in row["proeven"]}


def outcomes(home: str, suite: Path) -> Iterator[Outcome]:
    """Ask every test of a server that serves the release of the suite."""
    client = Client(home, suite)
    for case in cases(suite):
        try:
            fault = ASK[case.kind](client, case)
        except Exception as error:  # a test that cannot be read is a test that fails
            fault = f"{type(error).__name__}: {error}"
        yield Outcome(case.name, case.group, fault)
    client.close()


STOPS_WITHIN = 60.0
"""Seconds that a server may take to stop: it waits up to `api.app.WARM_AT_MOST` for its planner to be ready."""


@contextmanager
def served(data: Path, *options: str) -> Iterator[str]:
    """`leerbrug serve` with those options in a process of its own, as its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-c", "from leerbrug.cli import main; main()", "serve"]
    process = subprocess.Popen(
        [*command, "--data", str(data), "--port", str(port), *options], stdout=subprocess.DEVNULL
    )
    home = f"http://127.0.0.1:{port}"
    try:
        while not _answers(home):
            if process.poll() is not None:
                raise LeerbrugError("De server eindigde voor hij antwoordde.", place=" ".join(command[3:]))
            time.sleep(0.1)
        yield home
    finally:
        process.terminate()
        process.wait(STOPS_WITHIN)


def _answers(home: str) -> bool:
    try:
        return httpx.get(f"{home}/sparql", timeout=5).is_success
    except httpx.TransportError:
        return False


def conformance(suite: Path) -> list[Outcome]:
    """Run the whole suite against a server of our own. Raises SourceError where the suite is not there."""
    if not (suite / "sparql/sparql11").is_dir():
        raise SourceError(
            "Dit is niet de W3C-suite.", place=str(suite), remedy="Pak rdf-tests uit en wijs die map aan."
        )
    with TemporaryDirectory() as folder:
        release_of(suite, Path(folder))
        with served(Path(folder)) as home:
            return list(outcomes(home, suite))


def table(found: list[Outcome]) -> str:
    """The outcome as Markdown: a row a group, and below it every failure by name."""
    total, passed = Counter(one.group for one in found), Counter(one.group for one in found if not one.fault)
    lines = ["| group | tests | pass |", "|---|---|---|"]
    lines += [f"| {group} | {total[group]} | {passed[group]} |" for group in sorted(total)]
    lines += [f"| **all** | **{total.total()}** | **{passed.total()}** |", ""]
    known = differences()
    reasons: dict[str, list[str]] = {}
    for one in found:
        if one.fault:
            reasons.setdefault(known.get(one.name, f"NOT LISTED: {one.fault}"), []).append(one.name)
    for reason, names in reasons.items():
        lines += [f"### {reason}", "", *(f"- `{name}`" for name in names), ""]
    return "\n".join(lines)


def document(found: list[Outcome]) -> str:
    """The page of documentation: what is asked, the outcome and the reasons."""
    return INTRODUCTION + table(found)
