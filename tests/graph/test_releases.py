from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from leerbrug.errors import ReleaseError
from leerbrug.graph.manifest import STORE, Manifest
from leerbrug.graph.releases import GRAPH, Release, Releases, default_folder
from leerbrug.graph.store import EmbeddedStore
from pyoxigraph import Literal, NamedNode, Quad


def publish(folder: Path, text: str = "Kok") -> int:
    """A small release, made by the same door as the real ones."""
    with Releases(folder).building() as draft:
        store = EmbeddedStore.create(draft.folder / STORE)
        store.oxigraph.add(Quad(NamedNode("urn:kok"), NamedNode("urn:naam"), Literal(text), NamedNode("urn:g")))
        store.close()
        (draft.folder / GRAPH).write_bytes(text.encode())
        manifest = Manifest(release=draft.number, base="urn:x", sources=(), triples=1, graphs={}, classes={})
        return draft.publish(manifest).number


def test_releases_are_integers_in_one_line_and_the_last_is_current(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="nog geen release"):
        Releases(tmp_path).current()
    assert [publish(tmp_path) for _ in range(11)] == list(range(1, 12))
    assert [release.number for release in Releases(tmp_path)] == list(range(1, 12))
    assert Releases(tmp_path).current().number == 11
    assert Releases(tmp_path).open(2).number == 2
    with pytest.raises(ReleaseError, match="bestaat niet"):
        Releases(tmp_path).open(12)


def test_the_same_content_is_the_same_version_whatever_its_number(tmp_path: Path) -> None:
    for text in ("Kok", "Kok", "Bakker"):
        publish(tmp_path, text)
    first, second, third = (release.version for release in Releases(tmp_path))
    assert first == second != third


def test_what_is_not_published_leaves_nothing_and_takes_no_number(tmp_path: Path) -> None:
    publish(tmp_path)
    with Releases(tmp_path).building() as draft:
        (draft.folder / GRAPH).write_bytes(b"half")
    assert [release.number for release in Releases(tmp_path)] == [1]
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["1"]
    assert publish(tmp_path) == 2


def test_a_half_built_folder_of_a_killed_build_is_never_read_and_cleared_by_the_next(tmp_path: Path) -> None:
    publish(tmp_path)
    (tmp_path / ".bouw-2").mkdir()
    (tmp_path / ".bouw-2" / "manifest.json").write_text("{")
    assert Releases(tmp_path).current().number == 1
    assert publish(tmp_path) == 2
    assert not (tmp_path / ".bouw-2").exists()


def test_names_that_are_no_number_are_no_release(tmp_path: Path) -> None:
    publish(tmp_path)
    for name in ("01", "0", "2b", "²", "-3", "README.md"):
        (tmp_path / name).mkdir()
    assert [release.number for release in Releases(tmp_path)] == [1]


def test_two_builds_do_not_collide(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom leerbrug.graph.releases import Releases\n"
        "with Releases(Path(sys.argv[1])).building():\n    print('bezig', flush=True)\n    sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"bezig\n"
        with pytest.raises(ReleaseError, match="al een release gebouwd"):
            publish(tmp_path)
        other.kill()
    assert publish(tmp_path) == 1, "the lock goes with the process that held it"


@pytest.mark.parametrize("part", [GRAPH, "store/CURRENT", "manifest.json", "store.json"])
def test_a_part_that_changed_is_named(tmp_path: Path, part: str) -> None:
    publish(tmp_path)
    release = Releases(tmp_path).current()
    release.verify()
    path = release.folder / part
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(ReleaseError) as fault:
        Releases(tmp_path).current().verify()
    assert part in str(fault.value) or "beschadigd" in str(fault.value)


def test_reading_a_release_changes_no_byte_of_it(tmp_path: Path) -> None:
    publish(tmp_path)
    graph = Releases(tmp_path).current().graph()
    assert graph.ask("ASK { ?s ?p 'Kok' }")
    graph.close()
    Releases(tmp_path).current().verify()


def test_a_whole_release_is_what_its_manifest_says(release: Release) -> None:
    release.verify()
    listed = {part.path for part in release.manifest.parts}
    found = {path.relative_to(release.folder).as_posix() for path in release.folder.rglob("*") if path.is_file()}
    assert {path for path in found if not path.startswith("store")} - {"manifest.json"} == listed


def test_the_folder_of_the_user_is_where_the_platform_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert default_folder() == tmp_path / "leerbrug" / "releases"
