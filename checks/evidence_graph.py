"""What the graph says of the things that an answer names: one SPARQL question each, values bound and never pasted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from ..graph.knowledge_graph import KnowledgeGraph
from .evidence_answer import Competence, Decision, Fact, Step, Thing

PREFIXES = """
PREFIX leer: <https://w3id.org/leerbrug/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
HAS_CODE = PREFIXES + "ASK { ?thing leer:code ?code }"
NAMES = PREFIXES + "SELECT DISTINCT ?said { ?thing skos:prefLabel|(leer:erkenningVan/skos:prefLabel) ?said }"
NAMES_ELSEWHERE = (
    PREFIXES
    + "SELECT DISTINCT ?said { GRAPH ?graph { ?thing skos:prefLabel ?said } FILTER(STRENDS(STR(?graph), ?version)) }"
)
CONTAINS_FULL = (
    PREFIXES + "SELECT DISTINCT ?part ?code { ?thing leer:bevatVolledig ?part OPTIONAL { ?part leer:code ?code } }"
)
CONTAINS_PART = (
    PREFIXES + "SELECT DISTINCT ?part ?code { ?thing leer:bevatGedeeltelijk ?part OPTIONAL { ?part leer:code ?code } }"
)
COMPETENCES = (
    PREFIXES
    + """SELECT DISTINCT ?competence ?code ?number ?text WHERE {
  ?holder leer:code ?by .
  { ?holder leer:heeftCompetentie ?competence }
  UNION { ?holder a leer:Beroepscompetentieprofiel ; leer:heeftEssentieelItem|leer:heeftBasisactiviteit ?competence }
  ?competence leer:code ?code ; skos:prefLabel ?text . OPTIONAL { ?competence leer:volgnummer ?number } }"""
)
ONE_COMPETENCE = (
    PREFIXES
    + """SELECT DISTINCT ?code ?number ?text WHERE {
  ?competence leer:code ?code ; skos:prefLabel ?text . OPTIONAL { ?competence leer:volgnummer ?number } }"""
)
REFERENCES = (
    PREFIXES
    + """SELECT DISTINCT ?ref ?code { { ?competence leer:referentie ?ref . ?ref leer:code ?code }
  UNION { ?competence a leer:Referentie ; leer:code ?code . BIND(?competence AS ?ref) } }"""
)
ELSEWHERE = (
    PREFIXES
    + """SELECT DISTINCT ?competence ?code ?number ?text WHERE {
  GRAPH ?graph {
    { ?holder leer:heeftEssentieelItem|leer:heeftBasisactiviteit ?competence }
    UNION { ?competence leer:deelVan ?holder ; a leer:Competentieblok }
    ?competence skos:prefLabel ?text . OPTIONAL { ?competence leer:code ?code }
    OPTIONAL { ?competence leer:volgnummer ?number } }
  FILTER(STRENDS(STR(?graph), ?version)) }"""
)
HAS_CODE_ELSEWHERE = (
    PREFIXES
    + "ASK { GRAPH ?graph { ?thing a ?class OPTIONAL { ?thing leer:code ?said } } "
    + "FILTER(STRENDS(STR(?graph), ?version) && (STR(?said) = ?code "
    + "|| (!BOUND(?said) && STRENDS(STR(?thing), ?code)))) }"
)
KNOWLEDGE = (
    PREFIXES
    + """SELECT DISTINCT ?item ?text ?depth { ?competence leer:heeftKennis ?item . ?item skos:prefLabel ?text
  OPTIONAL { ?item leer:kennisdiepte ?depth } }"""
)
HOLDER = (
    PREFIXES
    + "SELECT ?holder { ?holder leer:code ?by . "
    + "?holder leer:heeftCompetentie|leer:heeftEssentieelItem|leer:heeftBasisactiviteit ?any } LIMIT 1"
)
HAS_COMPETENCE = PREFIXES + "ASK { ?holder leer:heeftCompetentie ?competence }"
DECISIONS = (
    PREFIXES
    + """SELECT DISTINCT ?id ?from ?predicate ?to ?author ?date ?why ?denied WHERE {
  ?id leer:mappingSubject ?from ; leer:mappingPredicaat ?predicate ; leer:mappingObject ?to .
  OPTIONAL { ?id leer:mappingAuteur ?author } OPTIONAL { ?id leer:mappingDatum ?date }
  OPTIONAL { ?id leer:rechtvaardiging ?why } OPTIONAL { ?id leer:ontkend ?denied } }"""
)
HOLDERS = PREFIXES + "SELECT DISTINCT ?code { ?holder leer:heeftCompetentie ?competence ; leer:code ?code }"
CODED = PREFIXES + "SELECT ?thing { ?thing leer:code ?code }"
IS_BLOCK = PREFIXES + "ASK { ?subject a leer:Competentieblok }"
LITERAL_FACT = "ASK { ?subject ?predicate ?said FILTER(STR(?said) = ?value) }"
IRI_FACT = "ASK { ?subject ?predicate ?value }"
LANGUAGES = ("nl", "en", "fr", "de")
DEPTHS = {"basiskennis": 1, "kennis": 2, "grondige-kennis": 3}


@dataclass(frozen=True)
class Row:
    """A competence as the graph says it; `references` maps a code to its IRI."""

    iri: str
    code: str
    number: int
    text: str
    by: str
    references: dict[str, str]
    knowledge: tuple[tuple[str, str, int], ...]


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""


@dataclass
class Evidence:
    """A release's graph, and the decisions recorded after it."""

    graph: KnowledgeGraph
    later: tuple[Decision, ...] = ()
    _rows: dict[str, list[Row]] = field(default_factory=dict)
    _iris: dict[str, str] = field(default_factory=dict)
    _decisions: tuple[Decision, ...] | None = None

    def know(self, *things: Thing) -> None:
        """Take in the IRIs of the ends of an answer, whose codes were checked."""
        self._iris |= {thing.code: thing.id for thing in things}

    def know_code(self, code: str, iri: str) -> None:
        """Take in the IRI behind a code from elsewhere."""
        self._iris.setdefault(code, iri)

    def text(self, term: object) -> str:
        """The text of a literal or the IRI of a node; empty for what is not bound."""
        return _value(term)

    def holders(self, competence: str) -> list[str]:
        """The codes of the qualifications that have a competence."""
        return [_value(row["code"]) for row in self.graph.select(HOLDERS, competence=NamedNode(competence))]

    def has_competences(self, code: str) -> bool:
        """Whether the competences of a qualification are in the graph."""
        return bool(self._of(code))

    def has_code(self, iri: str, code: str) -> bool:
        """Whether the thing has that code; one from elsewhere has its release behind a slash."""
        own, slash, version = code.rpartition("/")
        if slash:
            return self.graph.ask(
                HAS_CODE_ELSEWHERE, thing=NamedNode(iri), code=Literal(own), version=Literal(f"/{version}")
            )
        return self.graph.ask(HAS_CODE, thing=NamedNode(iri), code=Literal(code))

    def has_names(self, iri: str, code: str, names: Mapping[str, str], *, every: bool) -> bool:
        """Whether the thing, or the programme it recognises, is called so in those languages, and in no other."""
        thing, slash, version = NamedNode(iri), *code.rpartition("/")[1:]
        elsewhere = {"version": Literal(f"/{version}")} if slash else {}
        rows = self.graph.select(NAMES_ELSEWHERE if slash else NAMES, thing=thing, **elsewhere)
        said = {
            (row["said"].language or "@none", row["said"].value) for row in rows if isinstance(row["said"], Literal)
        }
        complete = not every or {language for language, _ in said} == set(names)
        return bool(names) and set(names.items()) <= said and complete

    def coded(self, code: str) -> str:
        """The IRI of the thing with that code; empty where there is none."""
        if code in self._iris:
            return self._iris[code]
        return next((_value(row["thing"]) for row in self.graph.select(CODED, code=Literal(code))), "")

    def contains(self, thing: Thing) -> tuple[list[str], list[str]]:
        """The codes of what a thing proves in full and in part."""
        if thing.soort == "kwalificatie":
            return [thing.code], []
        if thing.soort != "erkenning":
            return [], []
        return self._codes(CONTAINS_FULL, thing.id), self._codes(CONTAINS_PART, thing.id)

    def _codes(self, query: str, iri: str) -> list[str]:
        rows = self.graph.select(query, thing=NamedNode(iri))
        return [_value(row["code"]) or "-".join(_value(row["part"]).split("/")[-2:]) for row in rows]

    def competences(self, thing: Thing, *, partly: bool) -> list[Row]:
        """What a thing proves (or may prove, `partly`), in the order of the source, each competence once."""
        if thing.soort == "competentie":
            return [] if partly else self._one(thing)
        rows = [row for code in (thing.gedeeltelijk if partly else thing.kwalificaties) for row in self._of(code)]
        return list({row.iri: row for row in reversed(rows)}.values())[::-1]

    def _of(self, code: str) -> list[Row]:
        if code not in self._rows:
            found: dict[str, tuple[str, int, Literal]] = {}
            for row in self._said_of(code):
                _keep(found, _value(row["competence"]), row)
            self._rows[code] = sorted((self._row(iri, said, code) for iri, said in found.items()), key=_order)
        return self._rows[code]

    def _said_of(self, code: str) -> QuerySolutions:
        if "/" not in code:
            return self.graph.select(COMPETENCES, by=Literal(code))
        version = Literal("/" + code.rpartition("/")[2])
        return self.graph.select(ELSEWHERE, holder=NamedNode(self._iris.get(code, "urn:none")), version=version)

    def _one(self, thing: Thing) -> list[Row]:
        found: dict[str, tuple[str, int, Literal]] = {}
        for row in self.graph.select(ONE_COMPETENCE, competence=NamedNode(thing.id)):
            _keep(found, thing.id, row)
        return [self._row(iri, said, thing.code) for iri, said in found.items()]

    def _row(self, iri: str, said: tuple[str, int, Literal], by: str) -> Row:
        node = NamedNode(iri)
        references = {_value(r["code"]): _value(r["ref"]) for r in self.graph.select(REFERENCES, competence=node)}
        knowledge = sorted(
            (_value(r["item"]), _value(r["text"]), _depth(_value(r["depth"])))
            for r in self.graph.select(KNOWLEDGE, competence=node)
        )
        code, number, text = said
        return Row(iri, code or iri.rpartition("/")[2], number, text.value, by, references, tuple(knowledge))

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """All recorded mapping decisions."""
        if self._decisions is None:
            self._decisions = (*self._graph_decisions(), *self.later)
        return self._decisions

    def _graph_decisions(self) -> Iterator[Decision]:
        for row in self.graph.select(DECISIONS):
            yield Decision(
                _value(row["id"]),
                _value(row["from"]),
                _value(row["predicate"]).rpartition("#")[2],
                _value(row["to"]),
                _value(row["author"]),
                _value(row["date"]),
                _value(row["why"]).rpartition("#")[2].rpartition("/")[2],
                _value(row["denied"]) == "true",
            )

    def holder(self, code: str) -> str:
        """The IRI of the qualification with that code; empty where the code is of a single competence."""
        if "/" in code:
            return self._iris.get(code, "")
        return next((_value(row["holder"]) for row in self.graph.select(HOLDER, by=Literal(code))), "")

    def needed(self, competence: Competence, step: Step) -> set[tuple[str, str, str]]:
        """Every triple that a step of this kind must cite."""
        leer, label = "https://w3id.org/leerbrug/ns#", "http://www.w3.org/2004/02/skos/core#prefLabel"
        facts = set(self._about(competence.id, competence.kwalificatie, None))
        if step.kennis:
            for row in self.graph.select(KNOWLEDGE, competence=NamedNode(competence.id)):
                facts.add((competence.id, leer + "heeftKennis", _value(row["item"])))
        for support in step.steunt:
            facts |= set(self._about(support.id, support.door, support.referenties))
        for d in step.besluiten:
            predicate = leer + "deelVan" if d.predicaat == "deelVan" else label.replace("prefLabel", d.predicaat)
            facts |= {(d.id, leer + "mappingSubject", d.van), (d.id, leer + "mappingObject", d.naar)}
            facts.add((d.id, leer + "mappingPredicaat", predicate))
        return facts

    def _about(self, iri: str, by: str, only: list[str] | None) -> Iterator[tuple[str, str, str]]:
        leer = "https://w3id.org/leerbrug/ns#"
        rows = [row for row in self._of(by) if row.iri == iri]
        holder = self.holder(by)
        if holder and self.graph.ask(HAS_COMPETENCE, holder=NamedNode(holder), competence=NamedNode(iri)):
            yield holder, leer + "heeftCompetentie", iri
        elif holder:
            block = self.graph.ask(IS_BLOCK, subject=NamedNode(iri))
            yield (iri, leer + "deelVan", holder) if block else (holder, leer + "heeftEssentieelItem", iri)
        elif not rows:
            rows = self._one(Thing(iri, by, {}, "competentie", [], [], evc=False))
        for row in rows:
            yield iri, "http://www.w3.org/2004/02/skos/core#prefLabel", row.text
            for code, reference in row.references.items():
                if (only is None or code in only) and reference == iri:
                    yield iri, leer + "code", code
                elif only is None or code in only:
                    yield iri, leer + "referentie", reference


def ask_fact(evidence: Evidence, fact: Fact) -> bool:
    """Whether the graph says it; a decision that came after the release is looked up among those recorded since."""
    if any(decision.id == fact.subject for decision in evidence.later):
        return True
    subject, predicate = NamedNode(fact.subject), NamedNode(fact.predicate)
    if fact.object.id is not None:
        return evidence.graph.ask(IRI_FACT, subject=subject, predicate=predicate, value=NamedNode(fact.object.id))
    value = Literal(fact.object.value or "")
    return evidence.graph.ask(LITERAL_FACT, subject=subject, predicate=predicate, value=value)


def _keep(found: dict[str, tuple[str, int, Literal]], iri: str, row: QuerySolution) -> None:
    """Keep one wording of a competence: the Dutch one where there is one, else the first in order."""
    text = row["text"]
    if not isinstance(text, Literal):
        return
    before = found.get(iri)
    if before is None or preferred(text) < preferred(before[2]):
        found[iri] = (_value(row["code"]), int(_value(row["number"]) or 0), text)


def preferred(text: Literal) -> tuple[int, str]:
    """Where a wording stands among those of one thing: Dutch first, then the other languages, then by text."""
    language = text.language or ""
    return LANGUAGES.index(language) if language in LANGUAGES else len(LANGUAGES), text.value


def _order(row: Row) -> tuple[int, str]:
    return (row.number, row.code) if row.number else (0, f"{row.text}\x00{row.iri}")


def _depth(concept: str) -> int:
    return DEPTHS.get(concept.rpartition("/")[2], 0)
