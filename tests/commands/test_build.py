"""`leerbrug build`, `releases` and `sparql`, as a person runs them."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from leerbrug.cli import app
from leerbrug.errors import LeerbrugError
from leerbrug.graph.manifest import STORE
from leerbrug.graph.releases import Releases
from pyoxigraph import RdfFormat, parse
from typer.testing import CliRunner, Result

SAMPLE = Path(__file__).parents[2] / "sample"


def run(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=text)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with release 1 of the sample."""
    into = tmp_path_factory.mktemp("gebouwd")
    result = run("build", "--into", str(into), "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["release"] == 1
    return into


def test_the_same_input_from_another_place_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elders"
    shutil.copytree(SAMPLE, elsewhere, copy_function=shutil.copyfile)
    assert run("build", "--source", f"vks={elsewhere}", "--into", str(tmp_path / "r"), "--quiet").exit_code == 0
    first, second = folder / "1", tmp_path / "r" / "1"
    ours = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    ours = [path for path in ours if path.parts[0] not in (STORE, "store.json")]
    assert len(ours) >= 9
    for path in ours:
        assert (first / path).read_bytes() == (second / path).read_bytes(), path


def test_the_store_holds_what_the_dump_says_and_so_does_the_json_ld(folder: Path) -> None:
    release = Releases(folder).current()
    with gzip.open(release.dump, "rb") as stream:
        dumped = {str(quad) for quad in parse(stream.read(), format=RdfFormat.N_QUADS)}
    rows = release.graph().select("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }")
    assert len(dumped) == sum(1 for _ in rows) == release.manifest.triples
    with gzip.open(folder / "1" / "dumps" / "leerbrug.jsonld.gz", "rb") as stream:
        linked = {str(quad) for quad in parse(stream.read(), format=RdfFormat.JSON_LD)}
    named = {quad for quad in dumped if "_:" not in quad}
    assert named <= linked
    assert len(linked) == len(dumped)


def test_the_tables_open_in_a_spreadsheet_and_hold_every_programme(folder: Path) -> None:
    with zipfile.ZipFile(folder / "1" / "dumps" / "leerbrug-tabellen.zip") as archive:
        text = archive.read("structuuronderdelen.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    catalogus = Releases(folder).current().catalogus()
    assert {row["code"]: row["titel"] for row in rows} == {p.code: p.titel for p in catalogus.programmas.values()}


def test_provenance_names_each_file_by_its_checksum_and_holds_no_clock(folder: Path) -> None:
    graph = Releases(folder).current().graph()
    query = "SELECT ?naam ?sha { GRAPH ?g { ?graaf prov:wasDerivedFrom ?f . ?f rdfs:label ?naam ; leer:sha256 ?sha } }"
    said = {row["naam"].value: row["sha"].value for row in graph.select(query, g=graph.names.graph("herkomst"))}
    assert {name: hashlib.sha256((SAMPLE / name).read_bytes()).hexdigest() for name in said} == said
    assert {path.name for path in SAMPLE.glob("*.jsonl*")} <= said.keys()
    assert not graph.ask("ASK { ?s prov:generatedAtTime ?t }")


def test_a_day_that_is_given_is_the_time_of_the_graph(tmp_path: Path) -> None:
    small = tmp_path / "bron"
    small.mkdir()
    shutil.copyfile(SAMPLE / "structuuronderdeelgroep.jsonl", small / "structuuronderdeelgroep.jsonl")
    arguments = ("build", "--source", f"vks={small}", "--into", str(tmp_path / "r"), "--date", "2026-10-10")
    assert run(*arguments).exit_code == 0
    graph = Releases(tmp_path / "r").current().graph()
    assert graph.ask('ASK { ?s prov:generatedAtTime "2026-10-10T00:00:00Z"^^xsd:dateTime }')


def test_a_violation_stops_the_release_with_exit_code_1_and_says_why(tmp_path: Path) -> None:
    small = tmp_path / "bron"
    small.mkdir()
    groep = {"structuuronderdeel_groep_nummer": "393", "titel": "Onthaal"}
    (small / "structuuronderdeelgroep.jsonl").write_text(json.dumps(groep))
    result = run("build", "--source", f"vks={small}", "--into", str(tmp_path / "r"))
    assert result.exit_code == 1, result.output
    assert "structuuronderdeelgroep.jsonl" in result.output
    assert list(Releases(tmp_path / "r")) == []


@pytest.mark.parametrize(
    ("pairs", "fault"),
    [
        (["vks"], "SLEUTEL=PAD"),
        (["fks=."], "geen bron 'fks'"),
        (["vks=/bestaat/niet"], "bestaat niet"),
    ],
)
def test_wrong_use_names_the_remedy(tmp_path: Path, pairs: list[str], fault: str) -> None:
    arguments = [part for pair in pairs for part in ("--source", pair)]
    result = run("build", *arguments, "--into", str(tmp_path))
    assert isinstance(result.exception, LeerbrugError)
    assert fault in str(result.exception)


def test_releases_are_listed_and_verified(folder: Path) -> None:
    (listed,) = json.loads(run("releases", "--data", str(folder), "--json", "--verify").stdout)
    release = Releases(folder).current()
    assert listed["release"] == 1
    assert listed["version"] == release.version
    assert release.version[:12] in run("releases", "--data", str(folder)).stdout
    assert "Nog geen releases" in run("releases", "--data", str(folder / "1")).stdout


def test_a_question_is_answered_in_every_format(folder: Path, tmp_path: Path) -> None:
    question = tmp_path / "vraag.rq"
    question.write_text(
        "SELECT ?code ?naam { ?so a leer:Structuuronderdeelgroep ; leer:code ?code ; skos:prefLabel ?naam }"
    )
    at = ("--data", str(folder))
    rows = list(csv.DictReader(io.StringIO(run("sparql", str(question), *at, "--format", "csv").stdout)))
    found = json.loads(run("sparql", str(question), *at, "--json").stdout)["results"]["bindings"]
    assert rows
    assert sorted(row["code"] for row in rows) == sorted(row["code"]["value"] for row in found)
    assert rows[0]["code"] in run("sparql", str(question), *at).stdout
    turtle = run("sparql", "-", *at, "--format", "ttl", text="CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 5").stdout
    assert len(list(parse(turtle.encode(), format=RdfFormat.TURTLE))) == 5
    assert run("sparql", "-", *at, text="ASK { ?s a leer:Erkenning }").stdout == "true\n"
    truth = run("sparql", "-", *at, "--json", text="ASK { ?s a leer:Leerplan }").stdout
    assert json.loads(truth) == {"head": {}, "boolean": False}


def test_a_format_that_does_not_fit_is_refused(folder: Path) -> None:
    for form, query in (("ttl", "SELECT * { ?s ?p ?o }"), ("csv", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")):
        result = run("sparql", "-", "--data", str(folder), "--format", form, text=query)
        assert isinstance(result.exception, LeerbrugError)
