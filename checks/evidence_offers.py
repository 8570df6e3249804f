"""What can be acquired on a day, asked of the graph anew: qualifications, programmes by their recognition, and EVC."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from pyoxigraph import NamedNode

from ..graph.vocabulary import ONTOLOGY
from .evidence_answer import Thing
from .evidence_graph import PREFIXES, Evidence
from .evidence_notes import BETWEEN, newest

QUALIFICATIONS = (
    PREFIXES
    + """SELECT DISTINCT ?thing ?code ?kind ?whole ?line {
  { ?thing a leer:Beroepskwalificatieversie ; leer:code ?code . BIND("beroepskwalificatie" AS ?kind)
    OPTIONAL { ?thing leer:versieVan/leer:code ?line } }
  UNION
  { ?thing a leer:Deelkwalificatie ; leer:code ?code . BIND("deelkwalificatie" AS ?kind)
    OPTIONAL { ?thing leer:deelVan ?whole . ?whole a leer:Beroepskwalificatieversie
      OPTIONAL { ?whole leer:versieVan/leer:code ?line } } } }"""
)
RECOGNITIONS = (
    PREFIXES
    + """SELECT DISTINCT ?programme ?thing ?code ?number ?from ?to {
  ?thing a leer:Erkenning ; leer:erkenningVan ?programme ; leer:code ?code ;
    leer:status <https://w3id.org/leerbrug/codelijst/status/ERKEND> .
  OPTIONAL { ?thing leer:versienummer ?number }
  OPTIONAL { ?thing leer:begindatum ?begin } OPTIONAL { ?thing leer:erkenningsdatum ?day }
  OPTIONAL { ?thing leer:einddatum ?to } BIND(COALESCE(?begin, ?day) AS ?from) }"""
)
PARTS = PREFIXES + "SELECT DISTINCT ?part { ?thing leer:bevatVolledig ?part . ?part a ?kind }"
LEER = "https://w3id.org/leerbrug/ns#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
KINDS = {"beroepskwalificatie": "Beroepskwalificatieversie", "deelkwalificatie": "Deelkwalificatie"}
PROGRAMME = "structuuronderdeel"
EVC = "evc-procedure"

Triple = tuple[str, str, str]


@dataclass(frozen=True)
class Offer:
    """A thing that can be acquired; `whole` is the BK of a deelkwalificatie, or the programme of a recognition."""

    thing: Thing
    kind: str
    phase: str
    whole: str
    instrument: str = ""


def offers(evidence: Evidence, day: date) -> Iterator[Offer]:
    """Every BK, deelkwalificatie and programme that holds on the day, each once."""
    yield from _qualifications(evidence, day)
    yield from _programmes(evidence, day)


def facts(evidence: Evidence, offer: Offer) -> Iterator[Triple]:
    """The triples that an answer must cite of it: what it is, between which days, and what a programme proves."""
    iri = offer.thing.id
    begin, end = _between(evidence, iri)
    if end:
        yield iri, LEER + "einddatum", end
    if offer.kind != PROGRAMME:
        yield iri, TYPE, LEER + ("Deelkwalificatie" if offer.whole else "Beroepskwalificatieversie")
        return
    yield iri, TYPE, LEER + "Erkenning"
    yield iri, LEER + "erkenningVan", offer.whole
    yield iri, LEER + "status", "https://w3id.org/leerbrug/codelijst/status/ERKEND"
    if begin:
        yield iri, LEER + "begindatum", begin
    for kind in KINDS.values():
        for row in evidence.graph.select(PARTS, thing=NamedNode(iri), kind=NamedNode(LEER + kind)):
            yield iri, LEER + "bevatVolledig", evidence.text(row["part"])


@cache
def instruments() -> dict[str, str]:
    """By line of BK: the published EVC instrument that proves it."""
    text = (ONTOLOGY / "evc-standaarden.csv").read_text(encoding="utf-8")
    return {row["reeks"]: row["instrument"] for row in csv.DictReader(text.splitlines()) if row["reeks"]}


def _qualifications(evidence: Evidence, day: date) -> Iterator[Offer]:
    for row in evidence.graph.select(QUALIFICATIONS):
        iri, code, kind, whole, line = (evidence.text(row[name]) for name in ("thing", "code", "kind", "whole", "line"))
        phase = _phase(evidence, iri, code, whole, day)
        if phase in ("geldig", "overgang"):
            thing = Thing(iri, code, {}, "kwalificatie", [code], [], evc=False)
            yield Offer(thing, kind, phase, whole, instruments().get(line, ""))


def _programmes(evidence: Evidence, day: date) -> Iterator[Offer]:
    """By the last recognition that holds on the day, by its version and then its IRI."""
    last: dict[str, tuple[int, str, str]] = {}
    for row in evidence.graph.select(RECOGNITIONS):
        programme, iri, code = (evidence.text(row[name]) for name in ("programme", "thing", "code"))
        if _on(day, evidence.text(row["from"])[:10], evidence.text(row["to"])[:10]) == "geldig":
            rank = (int(evidence.text(row["number"]) or 0), iri, code)
            last[programme] = max(rank, last.get(programme, rank))
    for programme, (_, iri, code) in last.items():
        full, part = evidence.contains(Thing(iri, code, {}, "erkenning", [], [], evc=False))
        yield Offer(Thing(iri, code, {}, "erkenning", full, part, evc=False), PROGRAMME, "geldig", programme)


def _between(evidence: Evidence, iri: str) -> tuple[str, str]:
    rows = evidence.graph.select(BETWEEN, thing=NamedNode(iri))
    return next(((evidence.text(row["from"])[:10], evidence.text(row["to"])[:10]) for row in rows), ("", ""))


def _on(day: date, begin: str, end: str) -> str:
    if begin and day < date.fromisoformat(begin):
        return "toekomstig"
    return "beeindigd" if end and day > date.fromisoformat(end) else "geldig"


def _phase(evidence: Evidence, iri: str, code: str, whole: str, day: date) -> str:
    """A part without dates holds as long as its whole; what is replaced by a version that holds is in transition."""
    between = _between(evidence, iri)
    if whole and between == ("", ""):
        iri, between = whole, _between(evidence, whole)
        code = next((evidence.text(row["code"]) for row in evidence.graph.select(CODE, thing=NamedNode(whole))), "")
    phase, latest = _on(day, *between), newest(evidence, code, iri)
    replaced = latest != code and _on(day, *_between(evidence, evidence.coded(latest))) == "geldig"
    return "overgang" if phase == "geldig" and replaced else phase


CODE = PREFIXES + "SELECT ?code { ?thing leer:code ?code }"
