"""The SPARQL workbench as a page: the editor, the answer as table, chart or graph, and ways to take it along."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from markupsafe import Markup
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from ..languages import retell
from ..pages import Page
from ..svg_staven import Staaf, staafdiagram
from ..svg_web import web
from .bron import PREFIXES
from .stappen import STAPPEN

MEESTE = 500
"""Rows and triples that the page shows; the downloads give them all."""

ROWS, TRIPLES = ("csv", "tsv", "json", "xml"), ("ttl", "nt", "rdfxml")


PLAATS = re.compile(r"error at (?P<regel>\d+):(?P<teken>\d+): (?P<rest>.*)", re.DOTALL)
"""Where the engine says that a query is wrong, and what it expected there."""


class Cel(NamedTuple):
    """A value of a table: its text, its address where it is a thing, and its language where it says one."""

    tekst: str
    href: str = ""
    taal: str = ""


class Antwoord(NamedTuple):
    """What came back: a table, a truth, triples, or why not."""

    kolommen: tuple[str, ...] = ()
    rijen: Sequence[tuple[Cel, ...]] = ()
    aantal: int = 0
    waar: bool | None = None
    turtle: str = ""
    tekening: Markup = Markup()
    fout: str = ""
    machine: str = ""


def geweigerd(page: Page, reden: str) -> Antwoord:
    """Why the query was not answered, in the language of the page; where the engine names a place, also what to do."""
    plaats = PLAATS.search(reden)
    if plaats is None:
        return Antwoord(fout=retell(reden, page.taal))
    told = page._(
        "Op regel {regel}, bij teken {teken}, klopt de zinsbouw niet. Kijk daar naar een punt, een haakje of een woord "
        "dat ontbreekt. Hier kan je alleen vragen (SELECT, ASK, CONSTRUCT, DESCRIBE), niet wijzigen.",
        regel=plaats["regel"],
        teken=plaats["teken"],
    )
    return Antwoord(fout=told, machine=plaats["rest"].strip())


def gelezen(page: Page, media: str, content: bytes) -> Antwoord:
    """The answer of the endpoint as the page shows it."""
    if "n-triples" in media:
        return _triples(page, list(_parsed(content)))
    document = json.loads(content)
    if "boolean" in document:
        return Antwoord(waar=document["boolean"])
    kolommen = tuple(document["head"]["vars"])
    rows = document["results"]["bindings"]
    rijen = [tuple(_cel(page, row.get(kolom)) for kolom in kolommen) for row in rows[:MEESTE]]
    return Antwoord(kolommen, rijen, len(rows), tekening=tekening_van(page, kolommen, rijen))


def _cel(page: Page, value: Mapping[str, Any] | None) -> Cel:
    if value is None:
        return Cel("")
    if value["type"] == "uri":
        return Cel(kort(page, value["value"]), page.href(value["value"]))
    return Cel(str(value["value"]), taal=value.get("xml:lang", ""))


def kort(page: Page, iri: str) -> str:
    """The IRI with a prefix where one fits."""
    for prefix, begin in {**PREFIXES, "id": f"{page.served.catalogus.basis}/id/"}.items():
        if iri.startswith(begin):
            return f"{prefix}:{iri.removeprefix(begin)}"
    return iri


def tekening_van(page: Page, kolommen: Sequence[str], rijen: Sequence[tuple[Cel, ...]]) -> Markup:
    """Bars, where the answer is a name and a number for each of at most forty things."""
    if len(kolommen) != 2 or not 2 <= len(rijen) <= 40 or not all(_is_number(rij[1].tekst) for rij in rijen):
        return Markup()
    staven = [Staaf(rij[0].tekst, float(rij[1].tekst)) for rij in rijen]
    return staafdiagram(staven, page._("{kolom} per {rij}", kolom=kolommen[1], rij=kolommen[0]))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _parsed(content: bytes) -> list[Triple]:
    return [quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES)]


def _triples(page: Page, triples: list[Triple]) -> Antwoord:
    shown = triples[:MEESTE]
    prefixes = {**PREFIXES, "id": f"{page.served.catalogus.basis}/id/"}
    turtle = (serialize(shown, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()
    rijen = [(_term(page, t.subject), _term(page, t.predicate), _term(page, t.object)) for t in shown]
    kolommen = (page._("onderwerp"), page._("eigenschap"), page._("waarde"))
    drawing = web([(a.tekst, b.tekst, c.tekst) for a, b, c in rijen], page._("De triples als graaf"))
    return Antwoord(kolommen, rijen, len(triples), turtle=turtle, tekening=drawing)


def _term(page: Page, term: object) -> Cel:
    if isinstance(term, NamedNode):
        return Cel(kort(page, term.value), page.href(term.value))
    if isinstance(term, Literal):
        return Cel(term.value, taal=term.language or "")
    return Cel(term.value if isinstance(term, BlankNode) else str(term))


def werkbankpagina(page: Page, query: str, antwoord: Antwoord | None) -> bytes:
    """The workbench with a query and, where it was run, its answer."""
    shown = query or STAPPEN[0].query
    endpoint = str(page.request.base_url).rstrip("/") + "/sparql"
    values = {
        "query": shown,
        "antwoord": antwoord,
        "stappen": STAPPEN,
        "prefixes": PREFIXES,
        "vormen": [(vorm, f"/sparql?{urlencode({'query': shown, 'format': vorm})}") for vorm in _vormen(antwoord)],
        "deel": page.met(query=shown, uitvoeren=None),
        "meenemen": _meenemen(endpoint, shown),
        "woorden": {
            "naam": page._("SPARQL-vraag"),
            "fout": page._("Hier klopt de zinsbouw niet."),
            "voorvoegsel": page._("{voorvoegsel} is nog niet verklaard.", voorvoegsel="…"),
            "toevoegen": page._("Voeg toe"),
        },
    }
    return page.html("werkbank.html", values)


def _vormen(antwoord: Antwoord | None) -> Sequence[str]:
    return TRIPLES if antwoord and antwoord.turtle else ROWS


def _meenemen(endpoint: str, query: str) -> list[tuple[str, str]]:
    """The same question for other tools: a shell, Excel's web query, Power Query."""
    address = f"{endpoint}?{urlencode({'query': query, 'format': 'csv'})}"
    escaped = query.replace("'", "'\\''")
    return [
        ("curl", f"curl -H 'Accept: text/csv' --data-urlencode 'query={escaped}' {endpoint}"),
        ("Excel", address),
        ("Power Query", f'= Csv.Document(Web.Contents("{address}"), [Delimiter = ",", Encoding = 65001])'),
    ]
