"""Comparing results: rows as a multiset, blank nodes by what they are related to and not by their names."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
RESULTS = {".srx": QueryResultsFormat.XML, ".srj": QueryResultsFormat.JSON, ".tsv": QueryResultsFormat.TSV}
GRAPHS = {".ttl": RdfFormat.TURTLE, ".rdf": RdfFormat.RDF_XML, ".nt": RdfFormat.N_TRIPLES}
MEDIA = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
}
"""What is asked for, by the format that the suite gives its result in."""

SOLUTIONS = f"""
PREFIX rs: <{RS}>
SELECT ?s ?name ?value {{ ?set rs:solution ?s OPTIONAL {{ ?s rs:binding [ rs:variable ?name ; rs:value ?value ] }} }}
"""

XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS: dict[str, Callable[[str], object]] = {
    **dict.fromkeys((XSD + "integer", XSD + "decimal"), lambda value: Decimal(value).normalize()),
    **dict.fromkeys((XSD + "double", XSD + "float"), float),
    XSD + "boolean": lambda value: value in ("true", "1"),
}
"""Values of these are compared, not their spelling: "2.0" is "2"."""

Row = frozenset[tuple[str, object]]
Outcome = bool | tuple[Counter[Row], str] | str
"""A truth; rows without blank nodes and a canonical graph of those with; or a canonical graph."""


def expected(path: Path, iri: str, form: str) -> Outcome:
    """The result that the suite gives for a query of that form."""
    if path.suffix in RESULTS:
        return received(path.read_bytes(), path.suffix)
    if path.suffix == ".csv":
        return received(path.read_bytes(), ".csv")
    quads = list(parse(path=path, format=GRAPHS[path.suffix], base_iri=iri, rename_blank_nodes=True))
    if form in ("CONSTRUCT", "DESCRIBE"):
        return _canonical(quad.triple for quad in quads)
    return _result_set(quads)


def received(body: bytes, suffix: str) -> Outcome:
    """A result as a server gave it, in the format of that suffix."""
    if suffix == ".csv":
        rows = list(csv.reader(io.StringIO(body.decode(), newline="")))
        named = [frozenset((name, _masked(cell)) for name, cell in zip(rows[0], row, strict=True)) for row in rows[1:]]
        return Counter(named), ""
    if suffix in GRAPHS:
        return _canonical(quad.triple for quad in parse(body, format=GRAPHS[suffix]))
    found = parse_query_results(body, RESULTS[suffix])
    if isinstance(found, QueryBoolean):
        return bool(found)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return _rows({name: row[name] for name in names if row[name] is not None} for row in found)


def _masked(cell: str) -> str:
    return "_:" if cell.startswith("_:") else cell


def _rows(rows: Iterable[dict[str, object]]) -> Outcome:
    plain: Counter[Row] = Counter()
    related: list[Triple] = []
    for row in rows:
        if any(isinstance(value, BlankNode) for value in row.values()):
            node = BlankNode()
            related += [Triple(node, NamedNode(f"urn:{name}"), value) for name, value in row.items()]  # type: ignore[arg-type]
        else:
            plain[frozenset((name, _compared(value)) for name, value in row.items())] += 1
    return plain, _canonical(related)


def _compared(term: object) -> object:
    """What of a term is compared: its value and datatype where that is a number, else the term itself."""
    if isinstance(term, Literal) and term.datatype.value in NUMBERS:
        try:
            return NUMBERS[term.datatype.value](term.value), term.datatype.value
        except (ValueError, ArithmeticError):
            return term
    return term


def _canonical(triples: Iterable[Triple]) -> str:
    dataset = Dataset(Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(str(quad) for quad in dataset))


def _result_set(quads: Iterable[Quad]) -> Outcome:
    """Rows that are written as a graph, as the suite of SPARQL 1.0 does."""
    store = Store()
    store.extend(quads)
    for quad in store.quads_for_pattern(None, NamedNode(f"{RS}boolean"), None, None):
        return isinstance(quad.object, Literal) and quad.object.value in ("true", "1")
    rows: dict[str, dict[str, object]] = {}
    found = store.query(SOLUTIONS)
    assert isinstance(found, QuerySolutions)
    for row in found:
        values = rows.setdefault(row["s"].value, {})
        if row["name"] is not None:
            values[row["name"].value] = row["value"]
    return _rows(rows.values())
