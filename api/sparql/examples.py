"""The library of questions as RDF, as editors read it: SHACL's executables with examples and keywords."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ...graph.vocabulary import PREFIXES, RDF, RDFS, XSD
from ...graph.vragen import Vraag, example

SH = "http://www.w3.org/ns/shacl#"
SCHEMA = "https://schema.org/"


def examples(home: str, questions: Iterable[Vraag]) -> Iterator[Triple]:
    """Every question at a server, with the prefixes declared, its example values bound and its keywords."""
    for prefix, namespace in PREFIXES.items():
        declared = NamedNode(f"{home}/.well-known/sparql-examples#prefix-{prefix}")
        yield Triple(NamedNode(f"{home}/sparql"), NamedNode(f"{SH}declare"), declared)
        yield Triple(declared, NamedNode(f"{SH}prefix"), Literal(prefix))
        yield Triple(declared, NamedNode(f"{SH}namespace"), Literal(namespace, datatype=XSD.anyURI))
    for one in questions:
        yield from _example(home, one)


def _example(home: str, one: Vraag) -> Iterator[Triple]:
    question = NamedNode(f"{home}/v1/vragen/{one.slug}")
    for kind in ("SPARQLExecutable", "SPARQLSelectExecutable"):
        yield Triple(question, RDF.type, NamedNode(SH + kind))
    for language in one.titel:
        yield Triple(question, RDFS.label, Literal(one.titel[language], language=language))
        yield Triple(question, RDFS.comment, Literal(one.uitleg[language], language=language))
    yield Triple(question, NamedNode(f"{SH}prefixes"), NamedNode(f"{home}/sparql"))
    yield Triple(question, NamedNode(f"{SH}select"), Literal(example(one)))
    yield Triple(question, NamedNode(f"{SCHEMA}target"), NamedNode(f"{home}/sparql"))
    for word in one.trefwoorden:
        yield Triple(question, NamedNode(f"{SCHEMA}keywords"), Literal(word, language="nl"))
