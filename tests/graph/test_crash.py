"""Kill -9 at any moment: whatever a build was doing, a reader finds a complete release with every checksum right."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from leerbrug.graph.releases import Releases

SMALL = 6
"""Records of the sample that are built from; a build is a real one, but short."""

BUILDS = """
import os, signal, sys, time, traceback
from pathlib import Path
from leerbrug.commands import making
from leerbrug.commands.build import chosen, sample
from leerbrug.commands.progress import Watch
from leerbrug.graph.names import Names

def build(root, kind, number):
    seen = 0

    def die_at(name):
        nonlocal seen
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
    source = f"vks={root / 'bron'}"
    making.make(list(chosen([source], sample())), root / "releases", Names(), Watch(quiet=True))

for line in sys.stdin:
    root, kind, number, patience = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if not child:
        try:
            build(Path(root), kind, int(number))
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if patience:
        time.sleep(float(patience))
        os.kill(child, signal.SIGKILL)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Builds, each in a process of its own that is forked when all is imported; it ends itself with SIGKILL at the n-th
step, write, fsync or rename, or is killed after some time."""

MOMENTS = [
    *(("step", number) for number in range(1, 13)),
    *(("before write", number) for number in range(1, 6)),
    *(("after write", number) for number in range(1, 6)),
    *(("fsync", number) for number in (1, 2, 5, 12, 20)),
    ("before rename", 1),
    ("after rename", 1),
]


class Builder:
    """Builds releases of a small copy of the sample into one folder, and kills what builds them."""

    def __init__(self, root: Path, process: subprocess.Popen[str]) -> None:
        self.root, self._process = root, process
        self.releases = Releases(root / "releases")

    def build(self, kind: str = "never", number: int = 0, patience: str = "") -> int:
        """The exit code of one build, minus the signal where one ended it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{self.root}\t{kind}\t{number}\t{patience}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def check_complete(self, before: int) -> None:
        """The current release is the last good one, or the next where the rename was done; and it is whole."""
        current = self.releases.current()
        assert current.number in (before, before + 1)
        assert [release.number for release in self.releases] == list(range(1, current.number + 1))
        current.verify()
        graph = current.graph()
        assert graph.count() == current.manifest.triples > 0
        graph.close()
        assert current.catalogus().programmas
        assert current.elders() is not None


@pytest.fixture(scope="module")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    """A folder with one good release, and a small copy of the sample in `bron`."""
    root = tmp_path_factory.mktemp("crash")
    source = root / "bron"
    source.mkdir()
    for path in sorted((Path(__file__).parents[2] / "sample").glob("*.jsonl*")):
        (source / path.name).write_text("".join(path.read_text().splitlines(keepends=True)[:SMALL]))
    alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", BUILDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=alone
    ) as process:
        builder = Builder(root, process)
        assert builder.build() == 0
        yield builder


@pytest.mark.parametrize(("kind", "number"), MOMENTS)
def test_a_build_that_is_killed_leaves_the_last_good_release(builder: Builder, kind: str, number: int) -> None:
    before = builder.releases.current().number
    assert builder.build(kind, number) == -signal.SIGKILL, "this moment does not exist"
    builder.check_complete(before)
    assert builder.releases.current().number == before + (kind == "after rename")


def test_a_build_that_is_killed_after_any_time_leaves_the_last_good_release(builder: Builder) -> None:
    start = time.monotonic()
    assert builder.build() == 0
    whole = time.monotonic() - start
    for part in range(1, 11):
        before = builder.releases.current().number
        builder.build(patience=f"{whole * part / 10.5}")
        builder.check_complete(before)


def test_the_build_after_a_killed_one_succeeds_and_clears_what_was_left(builder: Builder) -> None:
    before = builder.releases.current().number
    builder.build("step", 5)
    assert list(builder.releases.folder.glob(".bouw-*"))
    assert builder.build() == 0
    assert not list(builder.releases.folder.glob(".bouw-*"))
    assert builder.releases.current().number == before + 1
    for release in builder.releases:
        release.verify()
