"""Checking what stands beside the competences: every note that the graph calls for, word for word, and no other."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

from pyoxigraph import NamedNode

from ..graph.vocabulary import ONTOLOGY
from .evidence_answer import Answer, Note, Thing
from .evidence_chains import Chains
from .evidence_graph import Evidence, ask_fact
from .evidence_notes import (
    ALL_OF,
    ATTESTS,
    BASIC,
    BETWEEN,
    BY_PROOF,
    CERTIFICATES,
    CONDITIONS,
    CONTEXT_NAMES,
    CONTEXTS,
    ENTRY,
    IS_QUALIFICATION,
    PARTS,
    RULE,
    UNKNOWN,
    newest,
    words,
)

Expected = tuple[str, str, str, str, bool | None, tuple[str, ...]]
"""Kind, side, code, wording, whether it is met, and what it names, in order."""


def check_sides(answer: Answer, evidence: Evidence, chains: Chains) -> Iterator[str]:
    """Faults in the notes."""
    expected = Counter(_expected(answer, evidence, chains))
    found = Counter(_as_found(note) for note in answer.zijden)
    if expected != found:
        missing = {" ".join(key[:3]) for key in ((expected - found) + (found - expected))}
        yield f"de nota's naast de competenties zijn niet die van de graaf: {', '.join(sorted(missing))}"
    for note in answer.zijden:
        facts = {(fact.subject, fact.predicate, fact.object.id or fact.object.value) for fact in note.feiten}
        if len(facts) != len(note.feiten) or len(facts) != _facts_due(note, answer, evidence):
            yield f"nota {note.soort} {note.code} haalt niet aan waar ze op steunt"
        if not all(ask_fact(evidence, fact) for fact in note.feiten):
            yield f"de graaf zegt niet wat nota {note.soort} {note.code} aanhaalt"


@cache
def _sentences() -> dict[str, dict[str, str]]:
    sentences: dict[str, dict[str, str]] = json.loads((ONTOLOGY / "notas.json").read_bytes())
    return sentences


def _says(sentence: str, **slots: object) -> str:
    """The wording in every language, as one text to compare."""
    return json.dumps({k: v.format(**slots) for k, v in _sentences()[sentence].items()}, sort_keys=True)


def _as_found(note: Note) -> Expected:
    wording = json.dumps(note.naam, sort_keys=True)
    return note.soort, note.kant, note.code, wording, note.voldaan, tuple(sorted(note.codes))


def _expected(answer: Answer, evidence: Evidence, chains: Chains) -> Iterator[Expected]:
    day = date.fromisoformat(answer.datum)
    for side, thing in (*(("van", thing) for thing in answer.van), ("naar", answer.naar)):
        if thing.soort == "erkenning":
            yield _valid(evidence, side, thing.code, thing.id, day)
            for kind, codes in (("volledig", thing.kwalificaties), ("gedeeltelijk", thing.gedeeltelijk)):
                for code in codes:
                    yield kind, side, code, _says(kind, erkenning=thing.code, code=code), None, ()
        for code in thing.kwalificaties:
            yield from _of_qualification(evidence, side, thing, code, day)
    if answer.naar.soort == "erkenning":
        yield from _admission(answer, evidence)
    for competence in answer.competenties:
        if clash := chains.clash(competence.id):
            text = _says("botsing", een=clash.one, ander=clash.other, kader=clash.framework)
            yield "botsing", "naar", competence.code, text, False, tuple(sorted(clash.decisions))


def _of_qualification(evidence: Evidence, side: str, thing: Thing, code: str, day: date) -> Iterator[Expected]:
    iri = thing.id if code == thing.code else evidence.coded(code)
    loaded = bool(iri) and (code == thing.code or evidence.graph.ask(IS_QUALIFICATION, thing=NamedNode(iri)))
    if not loaded or not evidence.has_competences(code):
        yield "niet-geladen", side, code, _says("niet-geladen", code=code), False, ()
    if not loaded:
        return
    yield _valid(evidence, side, code, iri, day)
    latest = newest(evidence, code, iri)
    if latest != code:
        sentence = "vervangen" if evidence.has_competences(latest) else "vervangen-niet-geladen"
        yield "vervangen", side, code, _says(sentence, code=code, nieuwste=latest), False, (latest,)
    if side == "naar":
        for attest in words(evidence, ATTESTS, iri):
            yield "attest", side, code, _says("attest", code=code, attest=attest), None, ()


def _valid(evidence: Evidence, side: str, code: str, iri: str, day: date) -> Expected:
    begin, end = _between(iri, evidence)
    if not begin and not end:
        return "geldigheid", side, code, _says("geldigheid-onbekend", code=code), None, ()
    holds = (not begin or date.fromisoformat(begin) <= day) and (not end or day <= date.fromisoformat(end))
    sentence = "geldigheid" if holds else "geldigheid-niet"
    text = _says(sentence, code=code, op=day.isoformat(), van=begin or "…", tot=end or "…")
    return "geldigheid", side, code, text, holds, ()


def _between(iri: str, evidence: Evidence) -> tuple[str, str]:
    rows = evidence.graph.select(BETWEEN, thing=NamedNode(iri))
    return next(((evidence.text(row["from"])[:10], evidence.text(row["to"])[:10]) for row in rows), ("", ""))


def _admission(answer: Answer, evidence: Evidence) -> Iterator[Expected]:
    code, iri = answer.naar.code, answer.naar.id
    held = any(thing.code == code for thing in answer.van)
    basic = tuple(sorted(words(evidence, BASIC, iri, once=False)))
    yield "algemene-vorming", "naar", code, _says("algemene-vorming"), held, basic
    for condition in words(evidence, CONDITIONS, iri):
        yield "toelating", "naar", code, _says("toelating", voorwaarde=condition), None, ()
    for row in evidence.graph.select(CONTEXTS, thing=NamedNode(iri)):
        exact = evidence.text(row["rule"]).endswith("/EXACT")
        sentence = "verplichte-contexten-exact" if exact else "verplichte-contexten"
        names = ", ".join(words(evidence, CONTEXT_NAMES, iri))
        text = _says(sentence, aantal=int(evidence.text(row["number"]) or 0), namen=names)
        yield "verplichte-contexten", "naar", code, text, None, ()
    if evidence.graph.ask(ENTRY, thing=NamedNode(iri)):
        parts = dict(_parts(answer, evidence))
        yield _entry(answer, evidence, set(parts))
        for part, whole in parts.items():
            yield "deel-van-geheel", "van", whole, _says("deel-van-geheel", deel=part, geheel=whole), None, (part,)


def _parts(answer: Answer, evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Each DBK that the entry names and that is proved by the whole of which it is a part."""
    held = {code for thing in answer.van for code in thing.kwalificaties}
    for row in evidence.graph.select(PARTS, thing=NamedNode(answer.naar.id)):
        part, whole = evidence.text(row["part"]), evidence.text(row["whole"])
        if whole in held and part not in held:
            yield part, whole


def _entry(answer: Answer, evidence: Evidence, parts: set[str]) -> Expected:
    """What the flexible entry names, and whether what is held opens it."""
    code, iri = answer.naar.code, answer.naar.id
    proofs, unknown = words(evidence, BY_PROOF, iri), words(evidence, UNKNOWN, iri)
    certificates = words(evidence, CERTIFICATES, iri)
    codes = {code for held in answer.van for code in held.kwalificaties}
    lines = codes | parts | {code.rpartition("-")[0] for code in codes if "-DBK-" not in code}
    former = {_former(held.code.partition(":")[2]) for held in answer.van if held.soort == "certificaat"}
    every = evidence.graph.ask(ALL_OF, thing=NamedNode(iri))
    opened = bool(proofs) and (set(proofs) <= lines and not unknown if every else bool(set(proofs) & lines))
    opened = opened or bool(former & {_former(name) for name in certificates})
    if every:
        slots = {"bewijzen": ", ".join((*proofs, *unknown)) or "—", "certificaten": ", ".join(certificates) or "—"}
        text = _says("flexibele-instap-alle", **slots)
    else:
        text = _says("flexibele-instap", bewijzen=", ".join((*proofs, *unknown, *certificates)) or "—")
    return "flexibele-instap", "naar", code, text, opened, tuple(sorted((*proofs, *unknown, *certificates)))


def _former(name: str) -> str:
    return name.strip().lower().removeprefix("certificaat").strip()


def _facts_due(note: Note, answer: Answer, evidence: Evidence) -> int:
    """How many triples a note of this kind must cite."""
    if note.soort in ("volledig", "gedeeltelijk"):
        iri = evidence.coded(note.code)
        return 1 if iri and evidence.graph.ask(IS_QUALIFICATION, thing=NamedNode(iri)) else 0
    if note.soort == "deel-van-geheel":
        return 1
    if note.soort == "flexibele-instap":
        return 2 if evidence.graph.ask(RULE, thing=NamedNode(answer.naar.id)) else 1
    if note.soort == "geldigheid":
        recognised = {thing.code: thing.id for thing in (*answer.van, answer.naar) if thing.soort == "erkenning"}
        begin, end = _between(recognised.get(note.code) or evidence.coded(note.code), evidence)
        return bool(end) + (note.code in recognised and bool(begin))
    return 3 * len(note.codes) if note.soort == "botsing" else 0
