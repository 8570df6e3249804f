"""Standards from elsewhere for the catalogue: profiles of Competent, occupations of ESCO and ROME, fiches of RNCP.

Each version of each source is read by itself: a code that two releases share names two rows ("N1103/460", "N1103/347").
What such a standard requires, its essential items, acts as its competences. Those of Competent are Flemish references
themselves; the others carry none, so only a recorded decision can relate them to a Flemish one. Optional items are left
out. They stand in a file of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import NamedTuple

import msgspec
from pyoxigraph import Literal, NamedNode, QuerySolutions

from .catalogus import Competentie, Geldigheid, Kwalificatie, Kwalificatiesoort
from .knowledge_graph import KnowledgeGraph
from .provenance import source_key
from .things import local
from .vocabulary import LEER

SOORTEN = {
    "competent": (Kwalificatiesoort.BEROEPSCOMPETENTIEPROFIEL, LEER.Beroepscompetentieprofiel),
    "esco": (Kwalificatiesoort.ESCO_BEROEP, LEER.Beroep),
    "rome": (Kwalificatiesoort.ROME_BEROEP, LEER.Beroep),
    "rncp": (Kwalificatiesoort.RNCP, LEER.Beroepsstandaard),
}
"""The key of a source -> what its standards are, and their class."""

LANGUAGES = ("nl", "en", "fr", "de")
"""The language of a text that stands alone: the first of these that there is."""

_OF_CLASS = "SELECT ?thing WHERE { GRAPH ?graph { ?thing a ?class } }"
_LABELS = "SELECT ?thing ?label WHERE { GRAPH ?graph { ?thing skos:prefLabel ?label } }"
_CODES = "SELECT ?thing ?code WHERE { GRAPH ?graph { ?thing leer:code ?code } }"
_REQUIRED = (
    "SELECT ?thing ?item WHERE { GRAPH ?graph { ?thing leer:heeftEssentieelItem ?item } }",
    "SELECT ?thing ?item WHERE { GRAPH ?graph { ?thing leer:heeftBasisactiviteit ?item } }",
    "SELECT ?thing ?item WHERE { GRAPH ?graph { ?item leer:deelVan ?thing ; a leer:Competentieblok } }",
)
"""Each question is a run through one index; `_Edition` joins the answers, which is faster than a join in the store."""

_DAYS = """
SELECT ?thing ?p ?day WHERE {
  VALUES ?p { leer:begindatum leer:erkenningsdatum leer:einddatum } GRAPH ?graph { ?thing ?p ?day }
}
"""
_ITEM_CLASSES = (LEER.Beroepsitem, LEER.Activiteit, LEER.Competentieblok)


class Elders(msgspec.Struct, frozen=True):
    """The file: each item once, each standard without its items, and which items are whose."""

    items: tuple[Competentie, ...]
    standaarden: tuple[Kwalificatie, ...]
    leden: tuple[tuple[int, ...], ...]

    def by_code(self) -> dict[str, Kwalificatie]:
        """The standards with their items, by code; standards that require the same item share it."""
        complete = (
            msgspec.structs.replace(standaard, competenties=tuple(self.items[number] for number in leden))
            for standaard, leden in zip(self.standaarden, self.leden, strict=True)
        )
        return {standaard.code: standaard for standaard in complete}


class _Named(NamedTuple):
    code: str
    names: dict[str, str]

    def item(self, iri: str, *, is_reference: bool) -> Competentie:
        """The thing as a competence, in the one wording that stands alone."""
        taal = next((language for language in LANGUAGES if language in self.names), "")
        referenties = (self.code,) if is_reference else ()
        return Competentie(iri, self.code, 0, self.names.get(taal, ""), referenties, taal=taal)


def elders(graph: KnowledgeGraph) -> Elders:
    """The standards of every version of every source from elsewhere."""
    items: dict[Competentie, int] = {}
    standaarden: list[Kwalificatie] = []
    leden: list[tuple[int, ...]] = []
    for edition in _editions(graph):
        for standaard, required in edition.standards():
            standaarden.append(standaard)
            leden.append(tuple(items.setdefault(item, len(items)) for item in required))
    return Elders(tuple(items), tuple(_newest(standaarden)), tuple(leden))


def _editions(graph: KnowledgeGraph) -> Iterator[_Edition]:
    for named in graph.graphs():
        source, _, version = source_key(named).partition("/")
        if source in SOORTEN:
            yield _Edition(graph, named, source, version)


def _newest(standaarden: list[Kwalificatie]) -> Iterator[Kwalificatie]:
    """Each with the code of the newest of its line; releases are compared as numbers where they are numbers."""
    newest: dict[str, Kwalificatie] = {}
    for standaard in standaarden:
        other = newest.setdefault(standaard.reeks, standaard)
        if _release(standaard) > _release(other):
            newest[standaard.reeks] = standaard
    return (msgspec.structs.replace(found, nieuwste=newest[found.reeks].code) for found in standaarden)


def _release(standaard: Kwalificatie) -> tuple[int, ...]:
    parts = standaard.code.rpartition("/")[2].split(".")
    return tuple(int(part) if part.isdecimal() else -1 for part in parts)


@dataclass(frozen=True, slots=True)
class _Edition:
    """One version of one source: one named graph."""

    graph: KnowledgeGraph
    named: NamedNode
    source: str
    version: str

    def standards(self) -> Iterator[tuple[Kwalificatie, list[Competentie]]]:
        """Each standard and what it requires, in order of IRI; an item has no number of its own, so they go by text."""
        soort, kind = SOORTEN[self.source]
        named = self._named([kind, *_ITEM_CLASSES, LEER.Referentie])
        items = {
            iri: found.item(iri, is_reference=iri in named[LEER.Referentie])
            for of_class in _ITEM_CLASSES
            for iri, found in named[of_class].items()
        }
        required, geldigheid = self._required(items), self._geldigheid()
        for iri, found in sorted(named[kind].items()):
            code = found.code or iri.rpartition("/")[2]
            mine = sorted(required[iri], key=lambda item: (item.tekst, item.iri))
            yield (
                Kwalificatie(
                    iri=iri,
                    code=f"{code}/{self.version}" if self.version else code,
                    soort=soort,
                    naam=found.names,
                    reeks=code,
                    geldigheid=geldigheid.get(iri, Geldigheid()),
                    volledig_geladen=bool(mine),
                ),
                mine,
            )

    def _geldigheid(self) -> dict[str, Geldigheid]:
        """Of what says so: from its begin, or its recognition where no begin is said, until its end."""
        days: defaultdict[str, dict[str, date]] = defaultdict(dict)
        for thing, predicate, day in self.graph.select(_DAYS, graph=self.named):
            days[thing.value][local(predicate.value)] = date.fromisoformat(day.value[:10])
        return {
            iri: Geldigheid(said.get("begindatum") or said.get("erkenningsdatum"), said.get("einddatum"))
            for iri, said in days.items()
        }

    def _required(self, items: Mapping[str, Competentie]) -> defaultdict[str, set[Competentie]]:
        required: defaultdict[str, set[Competentie]] = defaultdict(set)
        for query in _REQUIRED:
            for thing, item in self._rows(query):
                if item.value in items:
                    required[thing.value].add(items[item.value])
        return required

    def _named(self, kinds: Iterable[NamedNode]) -> dict[NamedNode, dict[str, _Named]]:
        """By class, each thing with a name."""
        of_class = {kind: [thing.value for (thing,) in self._rows(_OF_CLASS, kind)] for kind in kinds}
        wanted = set(chain.from_iterable(of_class.values()))
        codes = {thing.value: code.value for thing, code in self._rows(_CODES) if thing.value in wanted}
        names: dict[str, dict[str, str]] = {}
        for thing, label in self._rows(_LABELS):
            if thing.value in wanted and isinstance(label, Literal):
                mine, language = names.setdefault(thing.value, {}), label.language or ""
                mine[language] = min(label.value, mine.get(language, label.value))
        named = {iri: _Named(codes.get(iri, ""), dict(sorted(mine.items()))) for iri, mine in names.items()}
        return {kind: {iri: named[iri] for iri in things if iri in named} for kind, things in of_class.items()}

    def _rows(self, query: str, kind: NamedNode | None = None) -> QuerySolutions:
        bound = {"graph": self.named} if kind is None else {"graph": self.named, "class": kind}
        return self.graph.select(query, **bound)
