"""The parts of the endpoint that need no server: the tally of rows, the guard, and the W3C suite as a whole."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from leerbrug.api.sparql.guard import asks_elsewhere, dataset
from leerbrug.api.sparql.tally import Tally
from leerbrug.bench.w3c.conformance import Outcome, conformance, differences, document
from leerbrug.graph.bindings import bind
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, QuerySolutions, Store
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

FORMATS = (QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.CSV, QueryResultsFormat.TSV)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\\{}:,\n\r<>[]'), max_size=12)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=8), st.sampled_from(FORMATS), st.integers(1, 30))
def test_rows_are_counted_in_every_format_however_the_bytes_come(
    rows: list[tuple[str, str]], form: QueryResultsFormat, size: int
) -> None:
    values = " ".join(f"({Literal(a)} {Literal(b)})" for a, b in rows) + " (UNDEF UNDEF)"
    found = Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {values} }} }}")
    assert isinstance(found, QuerySolutions)
    body = found.serialize(format=form) or b""
    tally, counted = Tally(form), 0
    for start in range(0, len(body), size):
        counted = tally.feed(body[start : start + size])
    assert counted == len(rows) + 1


def _parts(value: object) -> list[CompValue]:
    """Every node of a parse tree of rdflib."""
    if isinstance(value, CompValue):
        return [value, *(part for child in value.values() for part in _parts(child))]
    if isinstance(value, (list, tuple)) or type(value).__name__ == "ParseResults":
        return [part for child in value for part in _parts(child)]  # type: ignore[attr-defined]
    return []


@pytest.fixture(scope="module")
def suite(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("w3c-sparql")
    with tarfile.open(real_data / "w3c-sparql/sparql10-11-tests.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder


def test_the_guard_sees_what_a_parser_sees_in_every_query_of_the_suite(suite: Path) -> None:
    """The oracle is rdflib's parser of SPARQL, which shares no code with our lexer."""
    seen = 0
    for path in sorted(suite.glob("sparql/sparql1[01]/*/*.rq")):
        query = path.read_text("utf-8")
        try:
            parts = _parts(list(parseQuery(query)))
        except Exception:  # a query that rdflib does not read tells nothing
            continue
        names = [part.name for part in parts]
        assert asks_elsewhere(query) == ("ServiceGraphPattern" in names), path
        assert len(list(dataset(query, {}))) == names.count("DatasetClause"), path
        seen += 1
    assert seen > 500


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {SERVICE<http://x/>{?s ?p ?o}}",
        "select * { service silent ?x { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '#' . SERVICE <http://x/> { } }",
        "SELECT * { ?s <urn:a#b> ?o . SERVICE <http://x/> { } }",
        'SELECT * { ?s ?p """a"b""" . SERVICE <http://x/> { } }',
    ],
)
def test_service_is_seen_however_it_is_written(query: str) -> None:
    assert asks_elsewhere(query)


def test_graphs_of_a_query_are_absolute() -> None:
    query = "BASE <http://x/> PREFIX a: <y/> SELECT * FROM a:b FROM NAMED <c> FROM NAMED g:d { ?s ?p ?o }"
    assert list(dataset(query, {"g": "urn:g:"})) == ["http://x/y/b", "http://x/c", "urn:g:d"]


@given(TEXTS)
def test_a_bound_text_never_makes_a_query_ask_elsewhere(text: str) -> None:
    bound = bind("SELECT ?s { ?s ?p ?word }", {"word": Literal(text + " SERVICE <http://x/> {} " + text)})
    assert not asks_elsewhere(bound)
    store = Store()
    store.add(Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal(text)))
    assert isinstance(store.query(bound), QuerySolutions)


@pytest.fixture(scope="module")
def outcomes(suite: Path) -> list[Outcome]:
    return conformance(suite)


def test_the_w3c_suite_passes_but_for_what_is_listed_by_name(outcomes: list[Outcome]) -> None:
    assert len(outcomes) == 976
    assert {one.name for one in outcomes if one.fault} == set(differences())


def test_the_page_of_documentation_is_what_the_command_prints(outcomes: list[Outcome]) -> None:
    page = Path(__file__).parents[2] / "docs/sparql-conformance.md"
    assert page.read_text("utf-8") == document(outcomes)
