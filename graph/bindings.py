"""Binding the variables of a SPARQL query to terms, without ever pasting text into it.

A binding is a `VALUES` block at the start of the outermost group, made from terms that were parsed and are serialised
again, so no text of a user is read as SPARQL. Every engine understands it in the same way. (SEP-0007 substitutions, as
pyoxigraph has them, refuse a variable that is not projected and no remote engine knows them.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from ..errors import StoreError

Binding = NamedNode | Literal

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<word>[\w:][\w:.%\-]*)
    | (?P<mark>[{}()])""",
    re.VERBOSE | re.DOTALL,
)
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


def tokens(query: str) -> Iterator[tuple[str, str, int]]:
    """The terminals of a query that matter here, each with its kind, its text and where it ends; comments left out."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup and match.lastgroup != "comment":
            yield match.lastgroup, match.group(), match.end()


def query_form(query: str) -> str:
    """Which of the four a query is: SELECT, ASK, CONSTRUCT or DESCRIBE. Raises StoreError for anything else.

    >>> query_form("PREFIX select: <urn:x> # SELECT\\nASK { ?s ?p ?o }")
    'ASK'
    """
    for kind, text, _ in tokens(query):
        if kind == "word" and text.upper() in _FORMS:
            return text.upper()
    raise StoreError("Dit is geen SPARQL-vraag.", remedy="Gebruik SELECT, ASK, CONSTRUCT of DESCRIBE.")


def names_dataset(query: str) -> bool:
    """Whether the query says itself, with FROM, which graphs it asks."""
    for kind, text, _ in tokens(query):
        if text == "{" and kind == "mark":
            return False
        if kind == "word" and text.upper() == "FROM":
            return True
    return False


def _groups(query: str) -> Iterator[tuple[int, str]]:
    """Each outermost group: where it opens, and the word before it."""
    depth, before = 0, ""
    for kind, text, end in tokens(query):
        if kind == "mark":
            if text == "{" and depth == 0:
                yield end, before
            depth += 1 if text in "{(" else -1
        before = text.upper() if kind == "word" else text


@lru_cache(maxsize=256)  # a query of ours is bound again for each thing that it is asked of
def _start(query: str) -> int:
    """Where the outermost group pattern begins: after the template of a CONSTRUCT."""
    groups = list(_groups(query))
    construct = query_form(query) == "CONSTRUCT"
    if construct and [before for _, before in groups[:1]] != ["CONSTRUCT"]:
        raise StoreError(
            "CONSTRUCT WHERE zonder sjabloon kan geen waarden krijgen.", remedy="Schrijf het sjabloon uit."
        )
    if len(groups) <= construct:
        raise StoreError("Deze vraag heeft geen WHERE.", remedy="Schrijf WHERE { … }.")
    return groups[1 if construct else 0][0]


@lru_cache(maxsize=256)
def _variables(query: str) -> frozenset[str]:
    return frozenset(text[1:] for kind, text, _ in tokens(query) if kind == "variable")


def bind(query: str, bindings: Mapping[str, Binding]) -> str:
    """The query with its variables bound to those terms.

    Raises StoreError for a variable that the query does not have.

    >>> bind("SELECT ?naam WHERE { ?bk skos:prefLabel ?naam }", {"bk": NamedNode("urn:bk")})
    'SELECT ?naam WHERE { VALUES ?bk { <urn:bk> } ?bk skos:prefLabel ?naam }'
    """
    if not bindings:
        return query
    for name in bindings:
        if name not in _variables(query):
            raise StoreError(f"De vraag heeft geen variabele ?{name}.", remedy="Controleer de naam.")
    values = "".join(f" VALUES ?{name} {{ {term} }}" for name, term in bindings.items())
    start = _start(query)
    return query[:start] + values + query[start:]
