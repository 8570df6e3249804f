"""What the graph says of programmes, recognitions and proofs, read once for checking a leertraject."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from pyoxigraph import Literal, NamedNode, QuerySolution

from ..graph.knowledge_graph import KnowledgeGraph

PREFIXES = """
PREFIX leer: <https://w3id.org/leerbrug/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
PROGRAMMES = (
    PREFIXES
    + """SELECT DISTINCT ?thing ?code ?name ?year ?next WHERE { ?thing a leer:Structuuronderdeel ; leer:code ?code ;
  skos:prefLabel ?name . OPTIONAL { ?thing leer:heeftLeerjaar ?year }
  OPTIONAL { ?thing leer:vervolg/leer:code ?next } }"""
)
PLACES = (
    PREFIXES
    + """SELECT DISTINCT ?code ?what ?value WHERE { ?thing a leer:Structuuronderdeel ; leer:code ?code .
  { ?thing ?what ?value } UNION { ?thing leer:groep ?group . ?group ?what ?value }
  VALUES ?what { leer:graad leer:finaliteit leer:soortZevendeLeerjaar leer:opleidingsvorm leer:studiedomein leer:duaal
  leer:aanloop leer:onderwijsstelsel } }"""
)
RECOGNITIONS = (
    PREFIXES
    + """SELECT DISTINCT ?thing ?code ?programme ?status ?from ?to ?kind ?least ?most ?rule WHERE {
  ?thing leer:erkenningVan ?p ; leer:code ?code . ?p leer:code ?programme . OPTIONAL { ?thing leer:status ?status }
  OPTIONAL { ?thing leer:begindatum ?from } OPTIONAL { ?thing leer:einddatum ?to }
  OPTIONAL { ?thing leer:contract ?c . OPTIONAL { ?c leer:contractsoort ?kind } OPTIONAL { ?c leer:urenMin ?least }
    OPTIONAL { ?c leer:urenMax ?most } }
  OPTIONAL { ?thing leer:flexibeleInstap/leer:instapregel ?rule } }"""
)
FULL = (
    PREFIXES
    + """SELECT DISTINCT ?code ?part ?how WHERE { ?e leer:erkenningVan ?p ; leer:code ?code ; ?how ?part .
  VALUES ?how { leer:bevatVolledig leer:bevatGedeeltelijk } }"""
)
PROOFS = (
    PREFIXES
    + """SELECT DISTINCT ?code ?proof ?name ?most ?level ?of ?type WHERE { ?e leer:erkenningVan ?p ; leer:code ?code ;
  leer:verleent ?proof . ?proof skos:prefLabel ?name ; a ?type . OPTIONAL { ?proof leer:maximaal ?most }
  OPTIONAL { ?proof leer:okNiveau ?level } OPTIONAL { ?proof leer:bewijsVan ?of } }"""
)
ENTRIES = (
    PREFIXES
    + """SELECT DISTINCT ?code ?how ?what ?name WHERE {
  ?e leer:erkenningVan ?p ; leer:code ?code ; leer:flexibeleInstap ?i .
  { ?i leer:viaBewijs ?what BIND("proof" AS ?how) } UNION { ?i leer:viaCertificaat ?what . ?what skos:prefLabel ?name
  BIND("certificate" AS ?how) } UNION { ?i leer:viaOnbekendBewijs ?name BIND("unknown" AS ?how) } }"""
)
CONTEXTS = (
    PREFIXES
    + """SELECT DISTINCT ?code ?count ?name WHERE { ?e leer:erkenningVan ?p ; leer:code ?code ;
  leer:verplichteContexten ?c . ?c leer:contextnaam ?name . OPTIONAL { ?c leer:aantal ?count } }"""
)
QUALIFICATIONS = (
    PREFIXES
    + """SELECT DISTINCT ?thing ?code ?line ?name ?profile WHERE { ?thing leer:code ?code .
  { ?thing leer:versieVan/leer:code ?line } UNION { ?thing a leer:Deelkwalificatie }
  OPTIONAL { ?thing skos:prefLabel ?name FILTER(LANG(?name) = "nl") }
  OPTIONAL { ?thing leer:competentprofiel/leer:code ?profile } }"""
)
PARTS = (
    PREFIXES
    + """SELECT DISTINCT ?part ?whole WHERE { ?d a leer:Deelkwalificatie ; leer:code ?part ; leer:deelVan ?v .
  ?v a leer:Beroepskwalificatieversie ; leer:code ?whole }"""
)
DOMAINS = PREFIXES + "SELECT DISTINCT ?code ?name WHERE { ?thing leer:code ?code ; leer:domein/skos:prefLabel ?name }"
COMPETENCES = (
    PREFIXES
    + "SELECT DISTINCT ?code ?own ?c WHERE { ?q leer:code ?code ; leer:heeftCompetentie ?c . ?c leer:code ?own }"
)


class OutOfTimeError(Exception):
    """The time that a check may take is over before all was tried."""


FIRST_YEAR = 2016
"""The school year in which dual learning began; no step is called after an earlier one."""


@dataclass(frozen=True)
class Proof:
    """A proof that a recognition awards."""

    iri: str
    name: str
    types: frozenset[str]
    highest: bool
    level: str
    of: str


@dataclass(eq=False)
class Recognition:
    """What holds for a programme between two dates."""

    iri: str
    code: str
    programme: str
    status: str
    begin: date | None
    end: date | None
    contract: str = ""
    least: int | None = None
    most: int | None = None
    rule: str = ""
    full: list[str] = field(default_factory=list)
    partial: set[str] = field(default_factory=set)
    proofs: dict[str, Proof] = field(default_factory=dict)
    proofs_asked: set[str] = field(default_factory=set)
    certificates: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    contexts: set[str] = field(default_factory=set)
    contexts_asked: int = 0

    def offered_by(self, contexts: set[str]) -> bool:
        """Whether these contexts meet the obligatory ones."""
        return len(self.contexts & contexts) >= self.contexts_asked

    def holds(self, day: date) -> bool:
        """Whether it is recognised on that day."""
        return (
            self.status == "ERKEND"
            and (self.begin is None or self.begin <= day)
            and (self.end is None or day <= self.end)
        )


@dataclass
class Programme:
    """A structuuronderdeel with what it says of itself or its group says."""

    code: str
    name: str
    years: set[str] = field(default_factory=set)
    follow_ups: set[str] = field(default_factory=set)
    place: dict[str, str] = field(default_factory=dict)
    systems: set[str] = field(default_factory=set)
    recognitions: list[Recognition] = field(default_factory=list)
    pairs: dict[int, tuple[Recognition, Recognition] | None] = field(default_factory=dict)
    since: dict[int, int] = field(default_factory=dict)

    @property
    def duration(self) -> int:
        """School years: those of the source, one for a preparatory phase, three for higher vocational education."""
        if self.place.get("aanloop") == "true":
            return 1
        return 3 if self.code == "924" else len(self.years)

    def newest(self, day: date) -> Recognition | None:
        """The newest recognition that holds on a day."""
        holding = [each for each in self.recognitions if each.holds(day)]
        return max(holding, key=lambda each: (each.begin or date.min, each.code), default=None)

    def pair(self, year: int) -> tuple[Recognition, Recognition] | None:
        """The recognition under which it begins in a year, and the one that awards; None where it cannot be begun."""
        if year not in self.pairs:
            self.pairs[year] = self._pair(year)
        return self.pairs[year]

    def _pair(self, year: int) -> tuple[Recognition, Recognition] | None:
        later = [self.newest(date(each, 9, 1)) for each in range(year, year + self.duration)]
        if not later or not all(later) or later[0] is None:
            return None
        day = date(year + self.duration, 6, 30)
        end = later[0] if later[0].holds(day) else self.newest(day)
        return (later[0], end) if end else None

    def step_code(self, year: int, kind: str) -> str:
        """How a step begun in that year is called: by the first year in which the same recognitions begin and award."""
        pair = self.pair(year)
        if year not in self.since:
            self.since[year] = self._since(year)
        part = "/deel" if kind == "gedeeltelijk" else ""
        return f"{self.code}/{pair[0].code if pair else ''}/{self.since[year]}{part}"

    def _since(self, year: int) -> int:
        same = year > FIRST_YEAR and self.pair(year) == self.pair(year - 1)
        return self._since(year - 1) if same else year


def value(row: QuerySolution, name: str) -> str:
    """The text of a term of a row; empty where there is none."""
    term = row[name]
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _last(text: str) -> str:
    return text.rpartition("/")[2].rpartition("#")[2]


class Offer:
    """The offer of a release, from its graph; `tried` remembers what was worked out for a question."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self.seconds, self.until = math.inf, math.inf
        self.lines: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.profiles: dict[str, set[str]] = {}
        self.by_iri: dict[str, str] = {}
        self.domains: dict[str, set[str]] = {}
        self.parts: dict[str, set[str]] = {}
        self.tried: dict[object, Any] = {}
        for row in graph.select(QUALIFICATIONS):
            self._qualification(row)
        for row in graph.select(PARTS):
            self.parts.setdefault(f"bk:{value(row, 'whole')}", set()).add(f"dbk:{value(row, 'part')}")
        for row in graph.select(DOMAINS):
            self.domains.setdefault(value(row, "code"), set()).add(value(row, "name").casefold())
        self.programmes = self._programmes()
        self.recognitions = {each.code: each for each in self._recognitions()}
        self._contents()

    def _qualification(self, row: QuerySolution) -> None:
        code = value(row, "code")
        self.lines[code] = value(row, "line")
        self.by_iri[value(row, "thing")] = code
        self.names[code] = value(row, "name") or self.names.get(code, "")
        if profile := value(row, "profile"):
            self.profiles.setdefault(profile, set()).add(code)

    def _programmes(self) -> dict[str, Programme]:
        found: dict[str, Programme] = {}
        for row in self.graph.select(PROGRAMMES):
            programme = found.setdefault(value(row, "code"), Programme(value(row, "code"), value(row, "name")))
            programme.years |= {value(row, "year")} - {""}
            programme.follow_ups |= {value(row, "next")} - {""}
        for row in self.graph.select(PLACES):
            what, said = _last(value(row, "what")), _last(value(row, "value"))
            if what == "onderwijsstelsel":
                found[value(row, "code")].systems.add(said)
            found[value(row, "code")].place.setdefault(what, said)
        return found

    def _recognitions(self) -> Iterator[Recognition]:
        for row in self.graph.select(RECOGNITIONS):
            begin, end = value(row, "from"), value(row, "to")
            recognition = Recognition(
                iri=value(row, "thing"),
                code=value(row, "code"),
                programme=value(row, "programme"),
                status=_last(value(row, "status")),
                begin=date.fromisoformat(begin) if begin else None,
                end=date.fromisoformat(end) if end else None,
                contract=_last(value(row, "kind")),
                least=_number(value(row, "least")),
                most=_number(value(row, "most")),
                rule=_last(value(row, "rule")),
            )
            self.programmes[recognition.programme].recognitions.append(recognition)
            yield recognition

    def _contents(self) -> None:
        for row in self.graph.select(FULL):
            recognition, part = self.recognitions[value(row, "code")], self._code(value(row, "part"))
            recognition.full.append(part) if value(row, "how").endswith("Volledig") else recognition.partial.add(part)
        for row in self.graph.select(PROOFS):
            self._proof(row)
        for row in self.graph.select(CONTEXTS):
            recognition = self.recognitions[value(row, "code")]
            recognition.contexts.add(value(row, "name"))
            recognition.contexts_asked = _number(value(row, "count")) or 0
        for row in self.graph.select(ENTRIES):
            recognition, how = self.recognitions[value(row, "code")], value(row, "how")
            if how == "proof":
                recognition.proofs_asked.add(self._code(value(row, "what")))
            elif how == "certificate":
                recognition.certificates.add(value(row, "name"))
            else:
                recognition.unknown.add(value(row, "name"))

    def _proof(self, row: QuerySolution) -> None:
        recognition, iri = self.recognitions[value(row, "code")], value(row, "proof")
        before = recognition.proofs.get(iri)
        types = frozenset({_last(value(row, "type"))}) | (before.types if before else frozenset())
        of = self.by_iri.get(value(row, "of"), "")
        highest = value(row, "most") == "true"
        recognition.proofs[iri] = Proof(iri, value(row, "name"), types, highest, _last(value(row, "level")), of)

    def _code(self, iri: str) -> str:
        return self.by_iri.get(iri) or "-".join(iri.rpartition("/id/")[2].split("/")[1:])

    def give(self, seconds: float) -> None:
        """How long trying may take from now."""
        self.seconds, self.until = seconds, time.monotonic() + seconds

    def in_time(self) -> None:
        """Raises OutOfTimeError when that time is over."""
        if time.monotonic() > self.until:
            raise OutOfTimeError

    def competences(self) -> Iterable[tuple[str, str, str]]:
        """Code of a qualification, code and IRI of each of its competences."""
        for row in self.graph.select(COMPETENCES):
            yield value(row, "code"), value(row, "own"), value(row, "c")

    @cached_property
    def proves(self) -> dict[str, set[str]]:
        """By code of a qualification the facts of all its competences."""
        found: dict[str, set[str]] = {}
        for code, _, iri in self.competences():
            found.setdefault(code, set()).add(f"competentie:{iri}")
        return found


def _number(text: str) -> int | None:
    return int(text) if text else None
