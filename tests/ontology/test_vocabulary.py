"""Every term, concept and alignment is complete: labels and definitions in three languages, sources, real IRIs."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from leerbrug.graph.inference import ONTOLOGY, ontology, reason
from leerbrug.graph.names import CODELISTS, NAMESPACE, Names
from leerbrug.graph.statements import Statement
from leerbrug.graph.vocabulary import LEER
from leerbrug.loaders.vks.source import SOURCE as VKS
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SOURCE = "http://purl.org/dc/terms/source"
LANGUAGES = {"nl", "en", "fr"}
Described = dict[str, dict[str, list[object]]]


def described(path: Path) -> Described:
    """Subject -> predicate -> objects, named subjects only."""
    found: Described = defaultdict(lambda: defaultdict(list))
    for quad in parse(path=path, format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode):
            found[quad.subject.value][quad.predicate.value].append(quad.object)
    return found


def languages(texts: list[object]) -> list[str]:
    return sorted(text.language or "" for text in texts if isinstance(text, Literal) and text.value.strip())


TERMS = {iri: facts for iri, facts in described(ONTOLOGY / "vocabulary.ttl").items() if iri.startswith(NAMESPACE)}
LISTS = sorted((ONTOLOGY / "codelists").glob("*.ttl"))
ALIGNMENTS = sorted((ONTOLOGY / "alignments").glob("*.ttl"))


def test_every_term_has_one_label_and_one_definition_in_each_language_and_a_source() -> None:
    for iri, facts in TERMS.items():
        for predicate in (LABEL, SKOS + "definition"):
            assert languages(facts[predicate]) == ["en", "fr", "nl"], f"{iri} {predicate}"
        assert facts[SOURCE], iri
        assert any(str(kind).endswith("Class>") or "Property" in str(kind) for kind in facts[RDF_TYPE]), iri


def test_no_two_terms_of_one_kind_share_a_label() -> None:
    """Properties may share a word with the class they lead to, as toelatingsvoorwaarde does."""
    seen: dict[tuple[bool, str], str] = {}
    for iri, facts in TERMS.items():
        is_class = any("Class" in str(kind) for kind in facts[RDF_TYPE])
        for label in facts[LABEL]:
            if isinstance(label, Literal) and label.language == "nl" and is_class:
                assert (is_class, label.value) not in seen, f"{iri} en {seen[is_class, label.value]}: {label.value}"
                seen[is_class, label.value] = iri


def test_classes_are_nouns_of_the_law_in_capitals_and_properties_begin_small() -> None:
    for iri, facts in TERMS.items():
        is_class = any("Class" in str(kind) for kind in facts[RDF_TYPE])
        assert iri.removeprefix(NAMESPACE)[0].isupper() == is_class, iri


def test_ontology_header_says_version_licence_and_maker() -> None:
    header = described(ONTOLOGY / "vocabulary.ttl")[NAMESPACE.rstrip("#")]
    assert NamedNode("https://w3id.org/leerbrug/ns/1.0.0") in header["http://www.w3.org/2002/07/owl#versionIRI"]
    assert Literal("EUPL-1.2") in header["http://purl.org/dc/terms/rights"]
    assert header["http://purl.org/dc/terms/creator"]
    for term in ("title", "description"):
        assert set(languages(header["http://purl.org/dc/terms/" + term])) == LANGUAGES


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_code_list_is_whole(path: Path) -> None:
    scheme = CODELISTS + path.stem
    found = described(path)
    assert languages(found[scheme][SKOS + "prefLabel"]) == ["en", "fr", "nl"]
    assert found[scheme][SOURCE]
    concepts = {iri: facts for iri, facts in found.items() if iri != scheme}
    assert concepts
    for iri, facts in concepts.items():
        assert languages(facts[SKOS + "prefLabel"]) == ["en", "fr", "nl"], iri
        assert facts[SKOS + "inScheme"] == [NamedNode(scheme)], iri
        assert facts[SKOS + "notation"] == [Literal(iri.removeprefix(scheme + "/"))], iri
        if facts[SKOS + "definition"]:
            assert languages(facts[SKOS + "definition"]) == ["en", "fr", "nl"], iri
    names = [str(label) for facts in concepts.values() for label in facts[SKOS + "prefLabel"]]
    assert len(names) == len(set(names)), "two concepts of one list share a label"


def test_levels_carry_european_and_flemish_iris_and_own_descriptors() -> None:
    for name, prefix, relation in (("vks-niveau", "", "exactMatch"), ("ok-niveau", "OK", "closeMatch")):
        found = described(ONTOLOGY / "codelists" / f"{name}.ttl")
        flemish = set()
        for level in range(1, 9):
            facts = found[f"{CODELISTS}{name}/{prefix}{level}"]
            assert facts[LEER.niveauEuropees.value] == [NamedNode(f"http://data.europa.eu/snb/eqf/{level}")]
            assert languages(facts[SKOS + "definition"]) == ["en", "fr", "nl"]
            flemish.add(str(facts[SKOS + relation]))
        assert len(flemish) == 8


def test_what_is_not_verified_says_so_in_every_language() -> None:
    notes = described(ONTOLOGY / "codelists" / "paritair-comite.ttl")
    unverified = {iri.rpartition("/")[2] for iri, facts in notes.items() if facts[SKOS + "editorialNote"]}
    assert {"110", "124", "143", "322"}.isdisjoint(unverified)
    assert {"111", "140.03", "302"} <= unverified
    for facts in notes.values():
        assert languages(facts[SKOS + "editorialNote"]) in ([], ["en", "fr", "nl"])


def test_depths_of_knowledge_are_ordered() -> None:
    deeper = {
        (t.subject.value.rpartition("/")[2], t.object.value.rpartition("/")[2])
        for t in ontology()
        if t.predicate == LEER.dieperDan
    }
    assert deeper == {
        ("grondige-kennis", "kennis"),
        ("grondige-kennis", "basiskennis"),
        ("kennis", "basiskennis"),
    }


def test_every_code_in_the_real_data_is_a_concept(real_data: Path) -> None:
    folder = real_data / "flanders-vks" / "api"
    known = {t.subject for t in ontology()}
    used: dict[NamedNode, NamedNode] = {}
    for record in VKS.records(folder):
        for said in VKS.said(record, Names()):
            if not isinstance(said, Statement):
                assert "onbekende-code" not in said.rule, said
            elif isinstance(said.object, NamedNode) and said.object.value.startswith(CODELISTS):
                used[said.object] = said.predicate
    assert len(used) > 60
    assert {concept: by for concept, by in used.items() if concept not in known} == {}


def test_alignments_are_one_file_a_standard() -> None:
    assert [path.stem for path in ALIGNMENTS] == ["case", "ctdl", "elm", "esco", "oslo", "schema-org", "skos"]


@pytest.mark.parametrize("path", ALIGNMENTS, ids=lambda path: path.stem)
def test_alignment_uses_only_terms_that_we_have(path: Path) -> None:
    ours = [term.removeprefix(NAMESPACE) for term in iris(path) if term.startswith(NAMESPACE)]
    assert ours
    assert [term for term in ours if term not in LEER] == []


def iris(path: Path) -> set[str]:
    """Every IRI in the file."""
    triples = [quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)]
    return {node.value for t in triples for node in (t.subject, t.predicate, t.object) if isinstance(node, NamedNode)}


def test_elm_terms_are_those_of_elm(real_data: Path) -> None:
    elm = "http://data.europa.eu/snb/model/elm/"
    there = {
        t.subject.value
        for t in elm_ontology(real_data)
        if isinstance(t.subject, NamedNode) and t.subject.value.startswith(elm)
    }
    used = {iri for path in ALIGNMENTS for iri in iris(path) if iri.startswith(elm)}
    assert len(used) > 25
    assert used - there == set()


def elm_ontology(real_data: Path) -> list[Triple]:
    path = real_data / "elm" / "rdf" / "ontology" / "ELM.ttl"
    return [quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)]


def test_ours_and_the_whole_of_elm_are_consistent_together(real_data: Path) -> None:
    found = reason([*ontology(alignments=True), *elm_ontology(real_data)])
    assert found.consistent
    assert found.unsatisfiable == ()


def test_ctdl_and_oslo_terms_are_seen_in_their_own_data(real_data: Path) -> None:
    for name, namespace, prefix, folder in (
        ("ctdl", "https://purl.org/ctdl/terms/", "ceterms:", "ctdl"),
        ("ctdl", "https://purl.org/ctdlasn/terms/", "ceasn:", "ctdl"),
        ("oslo", "https://data.vlaanderen.be/ns/leercredential#", None, "oslo-leercredential"),
    ):
        texts = " ".join(
            path.read_text(encoding="utf-8", errors="replace")
            for path in (real_data / folder).rglob("*")
            if path.is_file() and path.suffix in {".json", ".ttl", ".jsonld"}
        )
        terms = {
            iri.removeprefix(namespace) for iri in iris(ONTOLOGY / "alignments" / f"{name}.ttl") if namespace in iri
        }
        assert terms
        for term in terms:
            seen = re.search(rf"(?:{re.escape(namespace)}|{prefix or re.escape(namespace)}){term}\b", texts)
            assert seen, f"{namespace}{term}"
