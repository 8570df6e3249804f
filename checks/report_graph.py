"""The report as SHACL's own: a sh:ValidationReport for other tools, with our messages, values and shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from ..graph.names import NAMESPACE, digest
from ..graph.vocabulary import RDF, XSD
from .result import SHACL, Result
from .shapes import Shapes, sh

PREFIXES = {"sh": SHACL, "leer": NAMESPACE, "xsd": "http://www.w3.org/2001/XMLSchema#"}


def report_graph(results: Iterable[Result], shapes: Shapes) -> bytes:
    """The results as Turtle; every node has an IRI of its own, so that two reports can be compared.

    >>> b"sh:conforms true" in report_graph([], Shapes([]))
    True
    """
    return serialize(_report(list(results), shapes), format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def _report(results: list[Result], shapes: Shapes) -> Iterator[Triple]:
    report = NamedNode(f"urn:leerbrug:verslag:{digest(*(str(result) for result in results))}")
    yield Triple(report, RDF.type, sh("ValidationReport"))
    yield Triple(report, sh("conforms"), Literal("false" if results else "true", datatype=XSD.boolean))
    for result in results:
        node = NamedNode(f"urn:leerbrug:bevinding:{digest(str(result))}")
        yield Triple(report, sh("result"), node)
        yield from _result(node, result, shapes)


def _result(node: NamedNode, result: Result, shapes: Shapes) -> Iterator[Triple]:
    yield Triple(node, RDF.type, sh("ValidationResult"))
    yield Triple(node, sh("focusNode"), result.focus)
    yield Triple(node, sh("resultSeverity"), NamedNode(result.severity))
    yield Triple(node, sh("sourceConstraintComponent"), NamedNode(result.component))
    yield Triple(node, sh("sourceShape"), NamedNode(result.shape) if ":" in result.shape else BlankNode(result.shape))
    if result.value is not None:
        yield Triple(node, sh("value"), result.value)
    if result.path:
        yield from _path(node, result, shapes)
    for language, text in shapes.message(result.shape).items():
        yield Triple(node, sh("resultMessage"), Literal(text, language=language))


def _path(node: NamedNode, result: Result, shapes: Shapes) -> Iterator[Triple]:
    """The path of the result: of its shape, with everything that a path that is more than one predicate hangs on."""
    path = shapes.value(NamedNode(result.shape), sh("path")) if ":" in result.shape else None
    if path is None:
        path = NamedNode(result.path.strip("<>"))
    yield Triple(node, sh("resultPath"), path)
    todo = [path]
    while todo:
        here = todo.pop()
        if isinstance(here, BlankNode):
            for triple in shapes.about(here):
                yield triple
                if isinstance(triple.object, BlankNode):
                    todo.append(triple.object)
