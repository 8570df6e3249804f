"""`leerbrug serve --store URL`: over a server of another engine the endpoint answers as over its own store."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from leerbrug.api.voorbeelden import voorbeelden
from leerbrug.bench.w3c.conformance import served
from leerbrug.commands.voorbeelden import maak_voorbeelden, sample_server
from leerbrug.errors import StoreError
from leerbrug.graph.releases import Release, remote_graph

from ..servers import free_port, running

QUERIES = {
    "rows": "SELECT ?code ?naam { ?v a leer:Beroepskwalificatieversie ; leer:code ?code ; skos:prefLabel ?naam }",
    "one graph": "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/leerbrug/graaf/vks> WHERE { ?s ?p ?o }",
    "a named graph": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s a leer:Erkenning } } GROUP BY ?g",
}


@pytest.fixture(scope="module")
def own(release: Release) -> Iterator[str]:
    """A server of a release over its own store."""
    with served(release.folder.parent) as home:
        yield home


@pytest.fixture(scope="module", params=["oxigraph_server", "virtuoso_server"])
def homes(request: pytest.FixtureRequest, release: Release, own: str) -> Iterator[tuple[str, str]]:
    """Two servers of one release: over its own store, and over another."""
    with served(release.folder.parent, "--store", request.getfixturevalue(request.param)) as other:
        yield own, other


def ask(home: str, query: str, accept: str) -> httpx.Response:
    return httpx.post(f"{home}/sparql", data={"query": query}, headers={"Accept": accept}, timeout=60)


@pytest.mark.parametrize("name", QUERIES)
def test_rows_are_the_same(homes: tuple[str, str], name: str) -> None:
    own, other = (sorted(ask(home, QUERIES[name], "text/csv").text.splitlines()) for home in homes)
    assert len(own) > 1
    assert own == other


def test_truths_triples_and_refusals_are_the_same(homes: tuple[str, str]) -> None:
    for query, accept in (
        ("ASK { ?s leer:code 'BK-0019-3' }", "application/sparql-results+xml"),
        (
            "CONSTRUCT { ?v skos:prefLabel ?n } { ?v leer:code 'BK-0019-3' ; skos:prefLabel ?n }",
            "application/n-triples",
        ),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "*/*"),
        ("SELECT * FROM <urn:x> { ?s ?p ?o }", "*/*"),
        ("SELECT {", "*/*"),
    ):
        own, other = (ask(home, query, accept) for home in homes)
        assert own.status_code == other.status_code
        if own.is_success:
            assert own.text == other.text


def test_questions_are_the_same(homes: tuple[str, str]) -> None:
    own, other = (httpx.get(f"{home}/v1/vragen/competenties-van-bk?bk=BK-0019-3", timeout=60).json() for home in homes)
    assert own["rijen"]
    assert own == other


@pytest.mark.parametrize("server", ["oxigraph_server", "virtuoso_server"])
def test_every_operation_answers_its_example_over_another_server(
    release: Release, server: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """The examples of the API are those of the embedded store; the decisions among them are made over this one."""
    folder = Path(shutil.copytree(release.folder.parent, tmp_path / "releases"))
    made = maak_voorbeelden(*sample_server(folder, request.getfixturevalue(server)))
    stored = voorbeelden()
    assert set(made) == set(stored)
    for name, one in made.items():
        assert one == stored[name], name


def test_a_server_that_holds_something_else_is_refused(
    release: Release, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, address = tmp_path_factory.mktemp("leeg"), f"127.0.0.1:{free_port()}"
    binary = str(Path(sys.executable).with_name("oxigraph"))
    with (
        running([binary, "serve", "--location", str(folder / "db"), "--bind", address], folder, f"http://{address}"),
        pytest.raises(StoreError, match="heeft 0 triples"),
    ):
        remote_graph(release, f"http://{address}/query")
