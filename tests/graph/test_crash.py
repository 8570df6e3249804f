"""Kill -9 at any moment: whatever a build was doing, a reader finds a complete release with every checksum right."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from leerbrug.graph.releases import Releases

SMALL = 6
"""Records of the sample that are built from; a build is a real one, but short."""

BUILD = """
import os, signal, sys
from itertools import islice
from pathlib import Path
from leerbrug.commands import making
from leerbrug.commands.build import chosen, sample
from leerbrug.commands.progress import Watch
from leerbrug.graph import releases
from leerbrug.graph.names import Names

kind, number = sys.argv[2], int(sys.argv[3])
seen = 0

def die_at(name):
    global seen
    if name == kind:
        seen += 1
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)

def before(function, name):
    def wrapped(*arguments, **named):
        die_at(name)
        return function(*arguments, **named)
    return wrapped

def after(function, name):
    def wrapped(*arguments, **named):
        result = function(*arguments, **named)
        die_at(name)
        return result
    return wrapped

os.fsync = before(os.fsync, "fsync")
Path.rename = after(before(Path.rename, "before rename"), "after rename")
Path.write_bytes = after(before(Path.write_bytes, "before write"), "after write")
Watch.step = before(Watch.step, "step")
making.make(list(chosen([f"vks={sys.argv[4]}"], sample())), Path(sys.argv[1]), Names(), Watch(quiet=True))
"""
"""A build that ends itself with SIGKILL at the n-th step, write, fsync or rename."""

MOMENTS = [
    *(("step", number) for number in range(1, 13)),
    *(("before write", number) for number in range(1, 6)),
    *(("after write", number) for number in range(1, 6)),
    *(("fsync", number) for number in (1, 2, 5, 12, 20)),
    ("before rename", 1),
    ("after rename", 1),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one good release, and a small copy of the sample in `bron`."""
    root = tmp_path_factory.mktemp("crash")
    source = root / "bron"
    source.mkdir()
    for path in sorted((Path(__file__).parents[2] / "sample").glob("*.jsonl*")):
        (source / path.name).write_text("".join(path.read_text().splitlines(keepends=True)[:SMALL]))
    assert build(root, "never", 0) == 0
    return root


def command(root: Path, kind: str, number: int) -> list[str]:
    return [sys.executable, "-c", BUILD, str(root / "releases"), kind, str(number), str(root / "bron")]


def build(root: Path, kind: str, number: int) -> int:
    return subprocess.run(command(root, kind, number), check=False, timeout=120).returncode


def check_complete(root: Path, before: int) -> None:
    """The current release is the last good one, or the next where the rename was done; and all are whole."""
    current = Releases(root / "releases").current()
    assert current.number in (before, before + 1)
    for release in Releases(root / "releases"):
        release.verify()
    graph = current.graph()
    assert graph.count() == current.manifest.triples > 0
    graph.close()
    assert current.catalogus().programmas
    assert current.elders() is not None


@pytest.mark.xdist_group("crash")
@pytest.mark.parametrize(("kind", "number"), MOMENTS)
def test_a_build_that_is_killed_leaves_the_last_good_release(folder: Path, kind: str, number: int) -> None:
    before = Releases(folder / "releases").current().number
    assert build(folder, kind, number) == -signal.SIGKILL, "this moment does not exist"
    check_complete(folder, before)
    assert Releases(folder / "releases").current().number == before + (kind == "after rename")


@pytest.mark.xdist_group("crash")
def test_a_build_that_is_killed_after_any_time_leaves_the_last_good_release(folder: Path) -> None:
    start = time.monotonic()
    assert build(folder, "never", 0) == 0
    whole = time.monotonic() - start
    for part in range(1, 11):
        before = Releases(folder / "releases").current().number
        with subprocess.Popen(command(folder, "never", 0)) as process:
            time.sleep(whole * part / 10.5)
            os.kill(process.pid, signal.SIGKILL)
        check_complete(folder, before)


@pytest.mark.xdist_group("crash")
def test_the_build_after_a_killed_one_succeeds_and_clears_what_was_left(folder: Path) -> None:
    before = Releases(folder / "releases").current().number
    build(folder, "step", 5)
    assert list((folder / "releases").glob(".bouw-*"))
    assert build(folder, "never", 0) == 0
    assert not list((folder / "releases").glob(".bouw-*"))
    assert Releases(folder / "releases").current().number == before + 1
