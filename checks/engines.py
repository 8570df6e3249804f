"""The engines that know SHACL, behind one protocol: pySHACL is the reference, the Rust engine does the bulk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

import pyshacl
import shacl
from pyoxigraph import NamedNode
from rdflib import RDF, BNode, Graph, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from ..errors import LeerbrugError
from .result import SHACL, Result, term


class Engine(Protocol):
    """Validates a data graph against a shapes graph, both as N-Triples."""

    name: str

    def validate(self, graph: bytes, shapes: bytes) -> list[Result]:
        """Every result, in no particular order."""
        ...


class ShapesError(LeerbrugError):
    """A shapes graph that an engine refuses: the fault is in the shapes, never in what is validated."""


class RustEngine:
    """The package `shacl`: the same findings as pySHACL, some sixty times sooner (`leerbrug bench check`)."""

    name = "shacl"

    def __init__(self) -> None:
        self._compiled: tuple[bytes, Any] | None = None

    def validate(self, graph: bytes, shapes: bytes) -> list[Result]:
        """Every result; shapes are compiled once for as long as they stay the same."""
        report = self._compile(shapes).validate_text(graph.decode(), format="ntriples")
        return [
            Result(
                focus=term(found.focus_node),
                path=found.path or "",
                value=term(found.value) if found.value else None,
                component=found.component_iri,
                shape=found.source_shape.strip("<>"),
                severity=found.severity_iri,
            )
            for found in report.results
        ]

    def _compile(self, shapes: bytes) -> Any:
        if self._compiled is None or self._compiled[0] != shapes:
            try:
                self._compiled = shapes, shacl.Shapes.from_text(shapes.decode(), format="ntriples")
            except ValueError as error:
                raise ShapesError(str(error)) from error
        return self._compiled[1]


class PyshaclEngine:
    """pySHACL on rdflib: the reference implementation, slow on large graphs; `focus` limits it to those nodes."""

    name = "pyshacl"

    def __init__(self, focus: Iterable[NamedNode] = ()) -> None:
        self._focus = [node.value for node in focus] or None

    def validate(self, graph: bytes, shapes: bytes) -> list[Result]:
        """Every result; data and shapes go through one parser, as rdflib tells "a" from "a"^^xsd:string."""
        shapes_graph = Graph().parse(data=shapes, format="nt")
        _, report, message = pyshacl.validate(
            Graph().parse(data=graph, format="nt"),
            shacl_graph=shapes_graph,
            advanced=False,
            inplace=True,
            focus_nodes=self._focus,
        )
        if not isinstance(report, Graph):
            raise ShapesError(str(message))
        return report_results(report, shapes_graph)


def report_results(report: Graph, shapes: Graph) -> list[Result]:
    """The results in a SHACL report graph; a path that is a blank node is read in the report or in the shapes."""
    return [_from_report(report, shapes, node) for node in report.objects(None, SH.result)]


def _from_report(report: Graph, shapes: Graph, node: Node) -> Result:
    path, value = report.value(node, SH.resultPath), report.value(node, SH.value)
    focus = report.value(node, SH.focusNode)
    return Result(
        focus=term(focus.n3() if focus is not None else ""),
        path=render_path(report if (path, None, None) in report else shapes, path) if path is not None else "",
        value=term(value.n3()) if value is not None else None,
        component=str(report.value(node, SH.sourceConstraintComponent)),
        shape=str(report.value(node, SH.sourceShape)),
        severity=str(report.value(node, SH.resultSeverity)),
    )


_POSTFIX = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def render_path(graph: Graph, path: Node) -> str:
    """A SHACL path as a SPARQL property path with full IRIs, written as the Rust engine writes it.

    >>> render_path(Graph(), URIRef("urn:p"))
    '<urn:p>'
    """
    if not isinstance(path, BNode):
        return f"<{path}>"
    if (path, RDF.first, None) in graph:
        return f"({'/'.join(render_path(graph, part) for part in graph.items(path))})"
    for predicate, inner in graph.predicate_objects(path):
        if predicate == SH.inversePath:
            return "^" + render_path(graph, inner)
        if predicate == SH.alternativePath:
            return f"({'|'.join(render_path(graph, part) for part in graph.items(inner))})"
        if predicate in _POSTFIX:
            return f"({render_path(graph, inner)}){_POSTFIX[URIRef(str(predicate))]}"
    raise ShapesError(f"{SHACL}path {path.n3()} is geen pad")
