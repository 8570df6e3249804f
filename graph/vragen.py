"""The library of questions: each a file in `queries/`, with its title, parameters and columns in its head.

The head is TOML in comments that begin with `#+`; below it stands the SPARQL. A value never becomes text of a query: it
is checked, made a term and bound.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal as OneOf

import msgspec
from pyoxigraph import Literal, NamedNode

from ..errors import InputError, SourceError, UnknownCodeError
from .bindings import Binding, bind
from .knowledge_graph import KnowledgeGraph
from .names import concept
from .vocabulary import PREFIXES, XSD

QUERIES = Path(str(files("leerbrug"))) / "queries"
HEAD = "#+"
TODAY = "vandaag"
"""The default of a day that is the day on which is asked."""
IN_A_YEAR = "over een jaar"
"""The default of a day that is a year later."""

Texts = dict[str, str]
_LANGUAGE = re.compile("[a-z]{2,3}(-[a-z0-9]{2,8})*")

_CODES = """
SELECT DISTINCT ?code ?naam WHERE { ?ding a ?klasse ; leer:code ?code ; skos:prefLabel ?naam } ORDER BY STR(?naam) ?code
"""
_CONCEPTS = """
SELECT DISTINCT ?code ?naam WHERE {
  ?begrip skos:inScheme ?lijst ; skos:notation ?code ; skos:prefLabel ?naam FILTER(LANG(?naam) = ?taal)
} ORDER BY ?code
"""
_KNOWN = "ASK { ?ding a ?klasse ; leer:code ?code }"
_CONCEPT = "ASK { ?begrip skos:inScheme ?lijst }"


class Parameter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One value that a question asks for.

    `code` is the code of a thing of `klasse`; `begrip` a code of the code list `lijst`; `standaard` is what is taken
    where nothing is given, `voorbeeld` a value with an answer in the sample.
    """

    soort: OneOf["code", "begrip", "datum", "taal", "getal", "tekst"]
    titel: Texts
    voorbeeld: str
    klasse: str = ""
    lijst: str = ""
    standaard: str = ""


class Vraag(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question: what it asks in three languages, for whom, with which values and columns, and its SPARQL."""

    slug: str
    titel: Texts
    uitleg: Texts
    voor: OneOf["ontwerper", "sector", "monitoring"]
    trefwoorden: tuple[str, ...]
    kolommen: dict[str, Texts]
    sparql: str
    parameters: dict[str, Parameter] = {}
    besluiten: bool = False
    """Whether it is about decisions, which a graph holds only together with the ledger."""


class Keuze(msgspec.Struct, frozen=True):
    """A value that a parameter may have, and its name."""

    code: str
    naam: str


Cell = str | int | float | bool | None


class Antwoord(msgspec.Struct, frozen=True):
    """The rows that answer a question, with the values that were asked; `talen` is the language of a text in them."""

    vraag: str
    parameters: dict[str, str]
    kolommen: tuple[str, ...]
    rijen: tuple[tuple[Cell, ...], ...]
    talen: Mapping[str, str] = {}


def read_vraag(path: Path) -> Vraag:
    """A question from its file. Raises SourceError where its head is not right."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line.removeprefix(HEAD).strip() for line in lines if line.startswith(HEAD)]
    sparql = "\n".join(line for line in lines if not line.startswith(HEAD)).strip()
    try:
        said = {**tomllib.loads("\n".join(head)), "slug": path.stem, "sparql": sparql}
        return msgspec.convert(said, Vraag)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise SourceError("De kop van deze vraag is niet juist.", place=path.name, remedy=f"{error}.") from error


@lru_cache(maxsize=1)
def vragen() -> dict[str, Vraag]:
    """Every question by its slug, in order of the slug."""
    return {path.stem: read_vraag(path) for path in sorted(QUERIES.glob("*.rq"))}


def vraag(slug: str) -> Vraag:
    """The question of that name. Raises UnknownCodeError where there is none.

    >>> vraag("competenties-van-bk").titel["nl"]
    'Competenties van een beroepskwalificatie'
    """
    if slug not in vragen():
        raise UnknownCodeError(f"Er is geen vraag {slug}.", remedy="Alle vragen staan op /v1/vragen.")
    return vragen()[slug]


def voorbeelden(question: Vraag) -> dict[str, str]:
    """The example value of every parameter."""
    return {name: parameter.voorbeeld for name, parameter in question.parameters.items()}


def keuzes(graph: KnowledgeGraph, parameter: Parameter, language: str = "nl") -> Iterator[Keuze]:
    """The values that the data knows for a parameter; none where it is free."""
    if parameter.soort == "code":
        rows = graph.select(_CODES, klasse=_klasse(parameter))
    elif parameter.soort == "begrip":
        rows = graph.select(_CONCEPTS, lijst=_lijst(parameter), taal=Literal(language))
    else:
        return
    for row in rows:
        yield Keuze(row["code"].value, row["naam"].value)


def values(question: Vraag, given: Mapping[str, str], today: date) -> dict[str, str]:
    """The value of every parameter: given, or its default. Raises InputError for one that is missing or unknown."""
    for name in given:
        if name not in question.parameters:
            remedy = f"Zij vraagt: {', '.join(question.parameters) or 'niets'}."
            raise InputError(f"De vraag {question.slug} heeft geen parameter {name}.", remedy=remedy)
    found = {}
    for name, parameter in question.parameters.items():
        value = given.get(name) or _default(parameter, today)
        if not value:
            remedy = f"Geef {name}=…, bijvoorbeeld {name}={parameter.voorbeeld}."
            raise InputError(f"De vraag {question.slug} mist een waarde voor {name}.", remedy=remedy)
        found[name] = value
    return found


def _default(parameter: Parameter, today: date) -> str:
    """What is taken where nothing is given; "" where something must be given."""
    days = {TODAY: today, IN_A_YEAR: today + timedelta(days=365)}
    day = days.get(parameter.standaard)
    return day.isoformat() if day else parameter.standaard


def ask(graph: KnowledgeGraph, question: Vraag, given: Mapping[str, str], today: date) -> Antwoord:
    """The answer of a graph to a question.

    Raises InputError for a value that is not of its kind, UnknownCodeError for a code that is not in this release.
    """
    asked = values(question, given, today)
    bindings = {name: term(name, question.parameters[name], value) for name, value in asked.items()}
    for name, parameter in question.parameters.items():
        _check(graph, name, parameter, asked[name], bindings[name])
    columns = tuple(question.kolommen)
    rows = [tuple(row[name] for name in columns) for row in graph.select(question.sparql, **bindings)]
    talen = {one.value: one.language for row in rows for one in row if isinstance(one, Literal) and one.language}
    return Antwoord(question.slug, asked, columns, tuple(tuple(map(_cell, row)) for row in rows), talen)


def example(question: Vraag) -> str:
    """The SPARQL of a question with its example values bound, ready to be run."""
    terms = {name: term(name, one, one.voorbeeld) for name, one in question.parameters.items()}
    return bind(question.sparql, terms)


def term(name: str, parameter: Parameter, value: str) -> Binding:
    """The value of a parameter as a term. Raises InputError where it is not of its kind."""
    match parameter.soort:
        case "begrip":
            return concept(parameter.lijst, value)
        case "datum":
            return _typed(name, value, "datum", XSD.date, lambda text: date.fromisoformat(text).isoformat())
        case "getal":
            return _typed(name, value, "geheel getal", XSD.integer, lambda text: str(int(text)))
        case "taal" if not _LANGUAGE.fullmatch(value):
            raise InputError(f"{name}: {value!r} is geen taal.", remedy="Geef een code zoals nl, en of fr.")
        case _:
            return Literal(value)


def _typed(name: str, value: str, kind: str, datatype: NamedNode, read: Callable[[str], str]) -> Literal:
    try:
        return Literal(read(value), datatype=datatype)
    except ValueError as error:
        raise InputError(f"{name}: {value!r} is geen {kind}.", remedy="Geef bijvoorbeeld 2026-09-01 of 3.") from error


def _klasse(parameter: Parameter) -> NamedNode:
    prefix, _, local = parameter.klasse.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def _lijst(parameter: Parameter) -> NamedNode:
    return NamedNode(PREFIXES["lijst"] + parameter.lijst)


def _check(graph: KnowledgeGraph, name: str, parameter: Parameter, value: str, given: Binding) -> None:
    """Refuse a code that this release does not know, rather than answer nothing."""
    if parameter.soort == "code" and not graph.ask(_KNOWN, klasse=_klasse(parameter), code=given):
        raise UnknownCodeError(f"{name}: {value} is niet in deze release.", remedy="Zoek de code op /zoeken.")
    if parameter.soort == "begrip" and not graph.ask(_CONCEPT, begrip=given, lijst=_lijst(parameter)):
        remedy = f"Kies uit {', '.join(keuze.code for keuze in keuzes(graph, parameter))}."
        raise InputError(f"{name}: {value!r} staat niet in de lijst {parameter.lijst}.", remedy=remedy)


def _cell(term: object) -> Cell:
    """A term as a cell of a table: a number as a number, anything else as its text."""
    if isinstance(term, Literal) and term.datatype == XSD.integer:
        return int(term.value)
    if isinstance(term, Literal) and term.datatype == XSD.boolean:
        return term.value in ("true", "1")
    return term.value if isinstance(term, Literal | NamedNode) else None
