"""One name a thing in each language, whatever sources a release is built from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from leerbrug.cli import app
from leerbrug.graph.names import Names
from leerbrug.graph.naming import Naming
from leerbrug.graph.releases import Release, Releases
from leerbrug.graph.vocabulary import LEER, SKOS
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from typer.testing import CliRunner

GRAPHS = [NamedNode(f"urn:graaf:{number}") for number in range(3)]
THINGS = [NamedNode("urn:a"), NamedNode("urn:a/b"), NamedNode("urn:a-b")]
WORDS = st.sampled_from(["bakker", "kok", 'een "kok"', "<kok> <urn:graaf:0> .", "regel\none", "K1"])
TERMS = st.one_of(
    st.builds(lambda word, taal: Literal(word, language=taal), WORDS, st.sampled_from(["nl", "fr"])),
    st.builds(Literal, WORDS),
)
PROPERTIES = st.sampled_from([SKOS.prefLabel, SKOS.altLabel, LEER.code])
QUADS = st.sets(st.builds(Quad, st.sampled_from(THINGS), PROPERTIES, TERMS, st.sampled_from(GRAPHS)), max_size=25)


def as_lines(quads: set[Quad]) -> list[str]:
    return sorted(f"{quad} .\n" for quad in quads)


def key(quad: Quad) -> tuple[object, str | None]:
    assert isinstance(quad.object, Literal)
    return quad.subject, quad.object.language


@given(QUADS)
def test_the_earlier_graph_names_and_nothing_is_lost(quads: set[Quad]) -> None:
    lines = list(Naming(GRAPHS).settled(as_lines(quads)))
    assert lines == sorted(set(lines))
    settled = set(parse("".join(lines), format=RdfFormat.N_QUADS))
    codes = {(quad.subject, quad.object.value) for quad in quads if quad.predicate == LEER.code}
    for quad in quads:
        if quad.predicate != SKOS.prefLabel:
            assert quad in settled
            continue
        rivals = [other for other in quads if other.predicate == SKOS.prefLabel and key(other) == key(quad)]
        rank = {
            other: ((other.subject, other.object.value) in codes, GRAPHS.index(other.graph_name)) for other in rivals
        }
        first = {other.object for other in rivals if rank[other] == min(rank.values())}
        kept = SKOS.prefLabel if quad.object in first else SKOS.altLabel
        other = SKOS.altLabel if kept == SKOS.prefLabel else SKOS.prefLabel
        assert Quad(quad.subject, kept, quad.object, quad.graph_name) in settled
        made = Quad(quad.subject, other, quad.object, quad.graph_name)
        assert made in quads or made not in settled


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the sample, which names profiles in passing, and of Competent, whose profiles they are."""
    folder = tmp_path_factory.mktemp("namen")
    profiles = folder / "profielen.jsonl"
    said = [{"code": "D110201", "titel": {"nl": "Bakkerijwerk (gist)"}}, {"code": "F170301"}]
    profiles.write_text("\n".join(json.dumps(profile) for profile in said), encoding="utf-8")
    sample = Path(__file__).parents[2] / "sample"
    sources = ["--source", f"vks={sample}", "--source", f"competent={profiles}"]
    result = CliRunner().invoke(app, ["build", *sources, "--into", str(folder / "r"), "--quiet", "--json"])
    assert result.exit_code == 0, result.output
    return Releases(folder / "r").current()


def named(release: Release, code: str, predicate: NamedNode) -> set[str]:
    graph = release.graph()
    profile = Names().iri("beroepscompetentieprofiel", code)
    found = {row["naam"].value for row in graph.select("SELECT ?naam { ?p ?hoe ?naam }", p=profile, hoe=predicate)}
    graph.close()
    return found


def test_competent_names_its_profiles_and_the_vks_wording_stays_as_another_name(both: Release) -> None:
    assert named(both, "D110201", SKOS.prefLabel) == {"Bakkerijwerk (gist)"}
    assert named(both, "D110201", SKOS.altLabel) == {"Bakker", "Brood- en banketbakkerij"}


def test_a_code_that_stands_in_for_a_name_gives_way_to_a_name(both: Release) -> None:
    assert named(both, "F170301", SKOS.prefLabel) == {"Metselaar"}
    assert named(both, "F170301", SKOS.altLabel) == {"F170301", "Uitvoerder van metselwerk"}


def test_no_thing_has_two_names_in_one_language_and_the_report_says_what_gave_way(both: Release) -> None:
    graph = both.graph()
    twice = "ASK { ?s skos:prefLabel ?a, ?b FILTER(LANG(?a) = LANG(?b) && STR(?a) < STR(?b)) }"
    assert not graph.ask(twice)
    graph.close()
    report = json.loads(both.report())["bevindingen"]
    found = [one for one in report if one["regel"].endswith("loader/andere-naam")]
    assert {one["bestand"]: one["waarde"] for one in found} == {"vks": "1", "competent": "1"}


def test_the_place_of_another_name_is_where_it_was_said(both: Release) -> None:
    places = both.places()
    profile = Names().iri("beroepscompetentieprofiel", "D110201")
    files = {place.file for place in places.of(profile, SKOS.altLabel, Literal("Bakker", language="nl"))}
    places.close()
    assert files
    assert all(file.startswith("beroepskwalificatie") for file in files)
