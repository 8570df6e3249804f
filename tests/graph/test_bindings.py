from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from leerbrug.errors import StoreError
from leerbrug.graph.bindings import bind, names_dataset, query_form
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.store import EmbeddedStore
from pyoxigraph import Literal, NamedNode, Quad

KOK, BAKKER, NAAM, G = (NamedNode(f"urn:{name}") for name in ("kok", "bakker", "naam", "g"))


@given(st.text())
def test_no_text_whatever_gets_out_of_its_literal(value: str) -> None:
    store = EmbeddedStore.in_memory()
    store.oxigraph.extend([Quad(KOK, NAAM, Literal(value), G), Quad(BAKKER, NAAM, Literal(value + "x"), G)])
    rows = KnowledgeGraph(store).select("SELECT ?bk WHERE { ?bk ?p ?naam }", naam=Literal(value))
    assert [row["bk"] for row in rows] == [KOK]


@pytest.mark.parametrize(
    ("query", "bound"),
    [
        ("SELECT ?x { ?x ?p 1 }", "SELECT ?x { VALUES ?x { <urn:kok> } ?x ?p 1 }"),
        ("ASK{ FILTER(?x < 3 && 4 > 2) }", "ASK{ VALUES ?x { <urn:kok> } FILTER(?x < 3 && 4 > 2) }"),
        ("SELECT (EXISTS { ?x ?p 1 } AS ?e) { ?y ?p ?x }",
         "SELECT (EXISTS { ?x ?p 1 } AS ?e) { VALUES ?x { <urn:kok> } ?y ?p ?x }"),
        ("CONSTRUCT { ?x ?p 1 } WHERE { ?x ?p 1 }", "CONSTRUCT { ?x ?p 1 } WHERE { VALUES ?x { <urn:kok> } ?x ?p 1 }"),
        ("# SELECT { ?x\nSELECT ?x { ?x ?p '{' }", "# SELECT { ?x\nSELECT ?x { VALUES ?x { <urn:kok> } ?x ?p '{' }"),
        ("BASE <urn:a#b> SELECT ?x { ?x ?p 1 }",
         "BASE <urn:a#b> SELECT ?x { VALUES ?x { <urn:kok> } ?x ?p 1 }"),
        ("DESCRIBE ?x WHERE { ?x ?p 1 }", "DESCRIBE ?x WHERE { VALUES ?x { <urn:kok> } ?x ?p 1 }"),
        ("SELECT ?x { ?x ?p '''a ' '' {''' }", "SELECT ?x { VALUES ?x { <urn:kok> } ?x ?p '''a ' '' {''' }"),
    ],
)  # fmt: skip
def test_values_stand_at_the_start_of_the_outermost_group(query: str, bound: str) -> None:
    assert bind(query, {"x": KOK}) == bound


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("SELECT ?x { ?x ?p 1 }", "geen variabele \\?bk"),
        ("SELECT ('?bk' AS ?x) { } # ?bk", "geen variabele \\?bk"),
        ("CONSTRUCT WHERE { ?bk ?p 1 }", "sjabloon"),
        ("DESCRIBE ?bk", "geen WHERE"),
        ("INSERT DATA { <urn:a> <urn:b> '?bk' }", "variabele"),
    ],
)
def test_what_cannot_be_bound_is_refused(query: str, fault: str) -> None:
    with pytest.raises(StoreError, match=fault):
        bind(query, {"bk": KOK})


@pytest.mark.parametrize(
    "query", ["INSERT DATA { <urn:a> <urn:b> 1 }", "DROP ALL", "LOAD <urn:select>", "", "x:select"]
)
def test_what_is_no_query_has_no_form(query: str) -> None:
    with pytest.raises(StoreError, match="geen SPARQL-vraag"):
        query_form(query)


def test_a_query_that_says_from_asks_only_what_it_names() -> None:
    store = EmbeddedStore.in_memory()
    store.oxigraph.extend(
        [Quad(KOK, NAAM, Literal("Kok"), G), Quad(BAKKER, NAAM, Literal("Bakker"), NamedNode("urn:h"))]
    )
    graph = KnowledgeGraph(store)
    assert {row["x"] for row in graph.select("SELECT ?x { ?x ?p ?o }")} == {KOK, BAKKER}
    assert [row["x"] for row in graph.select("SELECT ?x FROM <urn:g> WHERE { ?x ?p ?o }")] == [KOK]
    assert not names_dataset("SELECT ?from { ?from ?p 'FROM' }")


def test_prefixes_need_no_declaration_and_may_be_declared_otherwise() -> None:
    store = EmbeddedStore.in_memory()
    store.oxigraph.add(Quad(KOK, NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"), Literal("Kok"), G))
    graph = KnowledgeGraph(store)
    assert graph.ask("ASK { ?x skos:prefLabel ?o }")
    assert not graph.ask("PREFIX skos: <urn:> ASK { ?x skos:prefLabel ?o }")
    assert graph.knows(KOK)
    assert not graph.knows(BAKKER)
    assert [str(triple.object) for triple in graph.describe(KOK)] == ['"Kok"']


@pytest.mark.parametrize(("method", "query"), [("select", "ASK {}"), ("ask", "SELECT * {}"), ("construct", "ASK {}")])
def test_a_query_of_another_form_is_refused(method: str, query: str) -> None:
    with pytest.raises(StoreError, match="geen"):
        getattr(KnowledgeGraph(EmbeddedStore.in_memory()), method)(query)


def test_a_faulty_query_is_told_where_it_is_faulty() -> None:
    with pytest.raises(StoreError, match=r"niet geldig.*1:"):
        KnowledgeGraph(EmbeddedStore.in_memory()).select("SELECT ?x WHERE { ?x ")
