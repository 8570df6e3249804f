from __future__ import annotations

import gzip
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from leerbrug.errors import ReleaseError
from leerbrug.graph.dump import SortedLines, merge, nquad, read_dump, write_dump
from leerbrug.graph.store import EmbeddedStore
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

P, G = NamedNode("urn:p"), NamedNode("urn:g")
Quads = list[tuple[NamedNode, Literal]]

LITERALS = st.builds(Literal, st.text()) | st.builds(lambda text: Literal(text, language="nl"), st.text())
QUADS = st.lists(st.tuples(st.sampled_from([NamedNode(f"urn:s{n}") for n in range(5)]), LITERALS), max_size=60)


def dumped(lines: list[str], run_lines: int) -> bytes:
    with TemporaryDirectory() as folder:
        sorted_lines = SortedLines(Path(folder) / "runs", run_lines)
        for line in lines:
            sorted_lines.add(line)
        write_dump(sorted_lines, Path(folder) / "graph.nq.gz")
        return (Path(folder) / "graph.nq.gz").read_bytes()


@given(QUADS, st.integers(1, 70), st.randoms())
def test_the_same_statements_give_the_same_bytes_in_any_order(quads: Quads, run_lines: int, random: Random) -> None:
    lines = [nquad(subject, P, value, G) for subject, value in quads]
    shuffled = [*lines, *lines[:3]]
    random.shuffle(shuffled)
    assert dumped(lines, 1000) == dumped(shuffled, run_lines)


@given(QUADS)
def test_a_dump_holds_each_statement_once_in_code_point_order_and_loses_no_character(
    quads: Quads,
) -> None:
    text = gzip.decompress(dumped([nquad(subject, P, value, G) for subject, value in quads], 7)).decode()
    lines = text.split("\n")[:-1]
    assert lines == sorted(set(lines))
    assert set(parse(text.encode(), format=RdfFormat.N_QUADS)) == {Quad(s, P, value, G) for s, value in quads}


def test_a_dump_holds_no_time_and_no_name() -> None:
    header = dumped(["<urn:s> <urn:p> <urn:o> <urn:g> .\n"], 10)[:10]
    assert header[3] == 0, "no flag: no name, no comment"
    assert header[4:8] == bytes(4), "no time"


def test_merged_streams_are_one_sorted_stream() -> None:
    assert list(merge(["a\n", "c\n"], ["a\n", "b\n"])) == ["a\n", "b\n", "c\n"]


def test_a_damaged_dump_is_told_by_its_name(tmp_path: Path) -> None:
    whole = dumped([f"<urn:s{n}> <urn:p> <urn:o> <urn:g> .\n" for n in range(99)], 10)
    (tmp_path / "graph.nq.gz").write_bytes(whole[:-20])
    with pytest.raises(ReleaseError, match=r"graph\.nq\.gz"):
        list(read_dump(tmp_path / "graph.nq.gz"))


def test_a_store_on_disk_takes_a_dump_in_parts_whatever_their_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [nquad(NamedNode(f"urn:s{n}"), P, Literal(f"regel\n{n}"), NamedNode(f"urn:g{n % 3}")) for n in range(500)]
    (tmp_path / "graph.nq.gz").write_bytes(dumped(lines, 100))
    monkeypatch.setattr("leerbrug.graph.store.BATCH", 1_000)
    store = EmbeddedStore.create(tmp_path / "store")
    store.load(tmp_path / "graph.nq.gz")
    store.compact()
    assert sorted(f"{quad} .\n" for quad in store.oxigraph) == sorted(lines)
    store.close()
