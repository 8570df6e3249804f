"""The W3C SHACL core suite: what each engine answers, against what the suite expects."""

from __future__ import annotations

import tarfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from leerbrug.checks import PyshaclEngine, Result, RustEngine
from leerbrug.checks.engines import render_path
from pyoxigraph import BlankNode, RdfFormat, parse, serialize
from rdflib import Graph, Namespace
from rdflib.namespace import SH
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
DIFFERENCES = tomllib.loads((Path(__file__).parent / "examples/verschillen.toml").read_text())["verschil"]
Expected = Counter[tuple[str, str, str, str, str]]


@pytest.fixture(scope="module")
def suite(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("w3c")
    with tarfile.open(real_data / "w3c-shacl/data-shapes-test-suite-tests.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder / "tests/core"


def cases(suite: Path) -> Iterator[tuple[str, Path, Graph, Node]]:
    for path in sorted(suite.rglob("*.ttl")):
        graph = Graph().parse(path)
        for case in graph.subjects(predicate=MF.action):
            yield str(path.relative_to(suite).with_suffix("")), path, graph, case


def test_the_suite_is_all_there(suite: Path) -> None:
    assert sum(1 for _ in cases(suite)) == 98


@pytest.mark.parametrize("engine_name", ["pyshacl", "shacl", "topbraid"])
def test_engines_answer_the_suite_but_for_what_is_listed(
    suite: Path, engine_name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The suite expects values as they are written; rdflib would read "none"^^xsd:boolean as false.
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    made = {"pyshacl": PyshaclEngine, "shacl": RustEngine}
    engine = made[engine_name]() if engine_name in made else request.getfixturevalue(engine_name)
    failed = {name for name, path, graph, case in cases(suite) if not _agrees(engine, name, path, graph, case)}
    listed = {row["waar"] for row in DIFFERENCES if row["motor"] == engine_name and "#" not in row["waar"]}
    assert failed == listed


def _agrees(engine: object, name: str, path: Path, graph: Graph, case: Node) -> bool:
    action = graph.value(case, MF.action)
    data, shapes = (_text(graph.value(action, part)) for part in (SHT.dataGraph, SHT.shapesGraph))
    expected = graph.value(case, MF.result)
    try:
        found = Counter(map(_said, engine.validate(data, shapes)))
    except Exception:
        return expected == SHT.Failure
    return expected != SHT.Failure and found == _expected(graph, expected)


def _text(source: Node) -> bytes:
    path = Path(str(source).removeprefix("file://"))
    quads = parse(path=path, format=RdfFormat.TURTLE, base_iri=path.as_uri())
    return serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""


def _expected(graph: Graph, report: Node) -> Expected:
    return Counter(
        (
            _shown(graph.value(result, SH.focusNode)),
            render_path(graph, path) if (path := graph.value(result, SH.resultPath)) is not None else "",
            _shown(graph.value(result, SH.value)),
            str(graph.value(result, SH.sourceConstraintComponent)),
            str(graph.value(result, SH.resultSeverity)),
        )
        for result in graph.objects(report, SH.result)
    )


def _shown(node: Node | None) -> str:
    return "" if node is None else "_:" if isinstance(node, rdflib.BNode) else str(node)


def _said(result: Result) -> tuple[str, str, str, str, str]:
    focus = "_:" if isinstance(result.focus, BlankNode) else result.focus.value
    value = "" if result.value is None else "_:" if isinstance(result.value, BlankNode) else result.value.value
    return focus, result.path, value, result.component, result.severity
