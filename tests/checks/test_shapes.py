"""The shapes themselves: words that exist, messages in two languages, and two ladders that are never compared."""

from __future__ import annotations

import re
import tomllib

import pytest
from leerbrug.checks.shapes import SHAPES, Shapes
from leerbrug.graph.names import NAMESPACE
from leerbrug.graph.vocabulary import LEER, ONTOLOGY
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SH

FILES = sorted((ONTOLOGY / "shapes").glob("*.ttl"))


@pytest.fixture(scope="module")
def graph() -> Graph:
    whole = Graph()
    for path in FILES:
        whole.parse(path)
    return whole


def rules(graph: Graph) -> set[URIRef]:
    """Everything that can find something: property shapes under a target, and node shapes with SPARQL."""
    found = {rule for shape in graph.subjects(SH.targetClass) for rule in graph.objects(shape, SH.property)}
    return found | set(graph.subjects(SH.sparql))


def test_every_rule_speaks_dutch_and_english(graph: Graph) -> None:
    for rule in rules(graph) | set(graph.subjects(SH.path)):
        texts = {text.language: str(text) for text in graph.objects(rule, SH.message)}
        if rule in set(graph.subjects(SH.path)) and not isinstance(rule, URIRef):
            rule = next(graph.subjects(SH.property, rule))
        assert set(texts) == {"nl", "en"}, rule
        assert all(text[0].isupper() and text.endswith(".") for text in texts.values()), rule


def test_remedies_stand_in_both_languages(graph: Graph) -> None:
    remedie = URIRef(NAMESPACE + "remedie")
    for rule in set(graph.subjects(remedie)):
        assert sorted(text.language for text in graph.objects(rule, remedie)) == ["en", "nl"], rule


def test_every_rule_lies_in_the_file_of_its_class() -> None:
    for path in FILES:
        one = Graph().parse(path)
        for rule in rules(one):
            assert str(rule).startswith(f"{SHAPES}{path.stem}#"), rule


def test_words_of_the_vocabulary_exist(graph: Graph) -> None:
    words = {word for path in FILES for word in re.findall(r"leer:(\w+)", path.read_text())}
    assert words
    assert {word for word in words if word not in LEER} == set()


def test_one_file_a_class_has_its_targets(graph: Graph) -> None:
    helpers = {"codelijsten", "voorvoegsels"}
    for path in FILES:
        if path.stem not in helpers:
            assert list(Graph().parse(path).objects(None, SH.targetClass)), path.name


def test_nothing_compares_the_level_of_a_bk_with_that_of_an_ok(graph: Graph) -> None:
    """Domain.md, fact 2: BK level 4 lies in an OK of level 3, and BK level 2 in an OK of level 3; both are sound."""
    for select in graph.objects(None, SH.select):
        assert not ("vksNiveau" in select and "okNiveau" in select), select
    pairs = (SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals)
    levels = {URIRef(NAMESPACE + "vksNiveau"), URIRef(NAMESPACE + "okNiveau")}
    for pair in pairs:
        assert not levels & set(graph.objects(None, pair))


def test_sparql_rules_can_be_asked_of_all_targets_at_once(graph: Graph) -> None:
    shapes = Shapes.load()
    assert {rule.shape for rule in shapes.rules} == {str(rule) for rule in graph.subjects(SH.sparql)}
    for rule in shapes.rules:
        select = rule.select.partition("SELECT")[2].upper()
        assert select.startswith(" DISTINCT $THIS ?VALUE") or "GROUP BY $THIS ?VALUE" in select, rule.shape
        assert not any(word in select for word in ("MINUS", "SERVICE", "VALUES", "GRAPH")), rule.shape


def test_prefixes_are_declared_once(graph: Graph) -> None:
    assert len(set(graph.subjects(SH.declare))) == 1
    assert set(graph.objects(None, SH.prefixes)) == {URIRef("https://w3id.org/leerbrug/shapes")}


def test_every_constraint_is_broken_by_an_example(graph: Graph, breuken: tuple) -> None:
    """The table of faults is as long as the shapes: none forgotten, none that breaks nothing."""
    silent = {SH.path, SH.message, SH.severity, SH.qualifiedValueShape, RDF.type, URIRef(NAMESPACE + "remedie")}
    silent |= {SH.targetClass, SH.sparql, URIRef("http://purl.org/dc/terms/source")}
    wanted = {(rule, "sparql") for rule in graph.subjects(SH.sparql)} | {
        (rule, parameter.rpartition("#")[2])
        for rule in rules(graph)
        for parameter in graph.predicates(rule)
        if parameter not in silent
    }
    made = {
        (URIRef(SHAPES + breuk.rule), breuk.component.removesuffix("ConstraintComponent").casefold())
        for breuk in breuken
    }
    assert {(rule, component.casefold()) for rule, component in wanted} == made


def test_side_effects_name_existing_faults(breuken: tuple) -> None:
    table = tomllib.loads((ONTOLOGY.parent / "tests/checks/examples/bijwerkingen.toml").read_text())
    assert set(table) <= {breuk.name for breuk in breuken}
