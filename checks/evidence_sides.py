"""Checking what stands beside the competences: every note that the graph calls for is there, and says the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from pyoxigraph import NamedNode

from .evidence_answer import Answer, Note, Thing
from .evidence_graph import PREFIXES, Evidence, _value, ask_fact

BETWEEN = (
    PREFIXES
    + """SELECT ?from ?to {
  OPTIONAL { ?thing leer:begindatum ?begin } OPTIONAL { ?thing leer:erkenningsdatum ?day }
  OPTIONAL { ?thing leer:einddatum ?to } BIND(COALESCE(?begin, ?day) AS ?from) }"""
)
ATTESTS = PREFIXES + "SELECT DISTINCT ?attest { ?thing leer:vereistAttest ?attest }"
SIDES = {
    "flexibele-instap": PREFIXES + "ASK { ?thing leer:flexibeleInstap ?any }",
    "verplichte-contexten": PREFIXES + "ASK { ?thing leer:verplichteContexten ?any }",
}
BY_PROOF = (
    PREFIXES
    + "SELECT DISTINCT ?proof ?code { ?thing leer:flexibeleInstap/leer:viaBewijs ?proof . ?proof leer:code ?code }"
)
UNKNOWN = PREFIXES + "SELECT DISTINCT ?text { ?thing leer:flexibeleInstap/leer:viaOnbekendBewijs ?text }"
CERTIFICATES = (
    PREFIXES + "SELECT DISTINCT ?name { ?thing leer:flexibeleInstap/leer:viaCertificaat/skos:prefLabel ?name }"
)
RULE = PREFIXES + "ASK { ?thing leer:flexibeleInstap/leer:instapregel ?any }"
ALL_OF = (
    PREFIXES
    + "ASK { ?thing leer:flexibeleInstap/leer:instapregel "
    + "<https://w3id.org/leerbrug/codelijst/instapregel/VIA_ALLE_BEWIJZEN> }"
)


def check_sides(answer: Answer, evidence: Evidence) -> Iterator[str]:
    """Faults in the notes."""
    expected = Counter(_expected(answer, evidence))
    found = Counter((note.soort, note.kant, note.code) for note in answer.zijden if note.soort in CHECKED)
    if expected != found:
        missing = [" ".join(key) for key in ((expected - found) + (found - expected))]
        yield f"de nota's naast de competenties zijn niet die van de graaf: {', '.join(missing)}"
    codes = {code for thing in (*answer.van, answer.naar) for code in (thing.code, *thing.kwalificaties)}
    codes |= {code for thing in (*answer.van, answer.naar) for code in thing.gedeeltelijk}
    for note in answer.zijden:
        if note.soort not in CHECKED | OTHER or note.kant not in ("van", "naar") or note.code not in codes:
            yield f"nota {note.soort} {note.code} hoort niet bij dit antwoord"
            continue
        facts = {(fact.subject, fact.predicate) for fact in note.feiten}
        if len(facts) != len(note.feiten) or len(facts) != _facts_due(note, answer, evidence):
            yield f"nota {note.soort} {note.code} haalt niet aan waar ze op steunt"
        if not all(ask_fact(evidence, fact) for fact in note.feiten):
            yield f"de graaf zegt niet wat nota {note.soort} {note.code} aanhaalt"
        yield from _check_met(note, answer, evidence)


def _facts_due(note: Note, answer: Answer, evidence: Evidence) -> int:
    """How many triples a note of this kind must cite."""
    if note.soort in ("volledig", "gedeeltelijk"):
        return 1 if evidence.coded(note.code) else 0
    if note.soort == "flexibele-instap":
        return 2 if evidence.graph.ask(RULE, thing=NamedNode(answer.naar.id)) else 1
    if note.soort == "geldigheid":
        recognised = {thing.code: thing.id for thing in (*answer.van, answer.naar) if thing.soort == "erkenning"}
        begin, end = _between(recognised.get(note.code) or evidence.coded(note.code), evidence)
        return bool(end) + (note.code in recognised and bool(begin))
    return 0


CHECKED = {"volledig", "gedeeltelijk", "attest", "flexibele-instap", "verplichte-contexten", "geldigheid"}
OTHER = {"algemene-vorming", "toelating", "vervangen", "niet-geladen"}


def _expected(answer: Answer, evidence: Evidence) -> Iterator[tuple[str, str, str]]:
    for side, thing in (*(("van", thing) for thing in answer.van), ("naar", answer.naar)):
        if thing.soort == "erkenning":
            yield "geldigheid", side, thing.code
            yield from (("volledig", side, code) for code in thing.kwalificaties)
            yield from (("gedeeltelijk", side, code) for code in thing.gedeeltelijk)
        for code in thing.kwalificaties:
            node = _node(evidence, thing, code)
            if node is None:
                continue
            yield "geldigheid", side, code
            if side == "naar":
                yield from (("attest", side, code) for _ in evidence.graph.select(ATTESTS, thing=node))
    if answer.naar.soort == "erkenning":
        target = NamedNode(answer.naar.id)
        for kind, query in SIDES.items():
            if evidence.graph.ask(query, thing=target):
                yield kind, "naar", answer.naar.code


def _node(evidence: Evidence, thing: Thing, code: str) -> NamedNode | None:
    """The IRI behind a code: the thing itself, or the part of a recognition that is a loaded qualification."""
    if code == thing.code:
        return NamedNode(thing.id)
    holder = evidence.coded(code)
    return NamedNode(holder) if holder else None


def _check_met(note: Note, answer: Answer, evidence: Evidence) -> Iterator[str]:
    if note.soort == "geldigheid" and note.voldaan is not _valid(note, answer, evidence):
        yield f"of {note.code} geldt op {answer.datum} klopt niet"
    if note.soort == "flexibele-instap":
        named, opened = _entry(answer, evidence)
        if note.voldaan is not opened or set(note.codes) != named:
            yield "de flexibele instap klopt niet"
    if note.soort in ("volledig", "gedeeltelijk", "attest", "verplichte-contexten") and note.voldaan is not None:
        yield f"nota {note.soort} {note.code} zegt meer dan ze weet"
    if note.soort == "algemene-vorming" and note.voldaan is not any(t.code == note.code for t in answer.van):
        yield "de algemene vorming klopt niet"


def _valid(note: Note, answer: Answer, evidence: Evidence) -> bool:
    iri = next((t.id for t in (*answer.van, answer.naar) if t.code == note.code), None) or evidence.coded(note.code)
    day = date.fromisoformat(answer.datum)
    begin, end = _between(iri, evidence)
    return (not begin or date.fromisoformat(begin) <= day) and (not end or day <= date.fromisoformat(end))


def _between(iri: str, evidence: Evidence) -> tuple[str, str]:
    rows = evidence.graph.select(BETWEEN, thing=NamedNode(iri))
    return next(((_value(row["from"])[:10], _value(row["to"])[:10]) for row in rows), ("", ""))


def _entry(answer: Answer, evidence: Evidence) -> tuple[set[str], bool]:
    """What the entry names, and whether what is held opens it."""
    graph, thing = evidence.graph, NamedNode(answer.naar.id)
    proofs = {_value(row["code"]) for row in graph.select(BY_PROOF, thing=thing)}
    unknown = {_value(row["text"]) for row in graph.select(UNKNOWN, thing=thing)}
    certificates = {_value(row["name"]) for row in graph.select(CERTIFICATES, thing=thing)}
    codes = {code for held in answer.van for code in held.kwalificaties}
    lines = codes | {code.rpartition("-")[0] for code in codes if "-DBK-" not in code}
    former = {_former(held.code.partition(":")[2]) for held in answer.van if held.soort == "certificaat"}
    every = graph.ask(ALL_OF, thing=thing)
    opened = bool(proofs) and (proofs <= lines and not unknown if every else bool(proofs & lines))
    return proofs | certificates | unknown, opened or bool(former & {_former(name) for name in certificates})


def _former(name: str) -> str:
    return name.strip().lower().removeprefix("certificaat").strip()
