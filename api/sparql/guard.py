"""What a question may not say: it reads this release and nothing else.

The words are read by the lexer of SPARQL (`graph.bindings`), which knows strings, IRIs and comments. SERVICE and FROM
are reserved words: outside those three they can only be the clause. A test holds this to rdflib's parser on every
query of the W3C suite. A process that asks an embedded store cannot open a socket or a file besides (see `worker`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from http import HTTPStatus
from urllib.parse import urljoin

from ...graph.bindings import tokens
from .refusal import Refusal, short

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def _expanded(query: str) -> str:
    """The query with its codepoint escapes read (SPARQL 1.1 §19.2), as some engines do before anything else."""

    def character(match: re.Match[str]) -> str:
        number = int(match.group(1) or match.group(2), 16)
        return chr(number) if number < 0x110000 else match.group()

    return _ESCAPE.sub(character, query)


def asks_elsewhere(query: str) -> bool:
    """Whether the query would have this server ask another one.

    >>> asks_elsewhere("SELECT * { SERVICE <http://elders.be/> { ?s ?p ?o } }")
    True
    >>> asks_elsewhere("SELECT ('SERVICE' AS ?service) { ?s <urn:SERVICE> ?o } # SERVICE")
    False
    """
    return any(
        kind == "word" and text.upper() == "SERVICE"
        for said in {query, _expanded(query)}
        for kind, text, _ in tokens(said)
    )


def dataset(query: str, prefixes: dict[str, str]) -> Iterator[str]:
    """The graphs that FROM and FROM NAMED name, as absolute IRIs.

    >>> list(dataset("PREFIX g: <urn:g:> SELECT * FROM g:a FROM NAMED <urn:b> { ?s ?p 'FROM' }", {}))
    ['urn:g:a', 'urn:b']
    """
    known, base, words = dict(prefixes), "", list(tokens(query))
    for place, (kind, text, _) in enumerate(words):
        following = words[place + 1 : place + 3]
        if kind == "mark" and text == "{":
            return
        if kind != "word" or not following:
            continue
        if text.upper() == "BASE":
            base = following[0][1][1:-1]
        elif text.upper() == "PREFIX" and len(following) == 2:
            known[following[0][1].rstrip(":")] = urljoin(base, following[1][1][1:-1])
        elif text.upper() == "FROM":
            named = following[0][1].upper() == "NAMED"
            yield _absolute(following[-1 if named else 0], known, base)


def _absolute(token: tuple[str, str, int], known: dict[str, str], base: str) -> str:
    kind, text, _ = token
    if kind == "iri":
        return urljoin(base, text[1:-1]) if base else text[1:-1]
    prefix, _, local = text.partition(":")
    return known.get(prefix, "") + local


def check(query: str, protocol: Collection[str], graphs: Collection[str], prefixes: dict[str, str]) -> None:
    """Refuse what would leave the release.

    `protocol` are the graphs that the request names; they overrule those that the query names (SPARQL 1.1 Protocol
    §2.1.4). Raises Refusal for SERVICE, and for a graph that is not in the release: nothing is ever fetched.
    """
    if asks_elsewhere(query):
        elders = "Stel die vraag aan die server zelf, of laad het antwoord als bron."
        raise Refusal(HTTPStatus.FORBIDDEN, f"SERVICE naar een andere server is niet toegelaten. {elders}")
    for graph in protocol or dataset(query, prefixes):
        if graph not in graphs:
            remedy = "De grafen staan in de beschrijving van de dienst: GET /sparql."
            raise Refusal.bad(f"De graaf <{short(graph)}> is niet in deze release. {remedy}")
