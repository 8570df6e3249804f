"""Checking a downloaded leertraject against a release, with nothing of what computed it.

Each step is done again: its recognition must hold on its first day, its admission must follow from what is held and
earned before, it earns what the graph says, and it takes the years and hours that the graph and the stated assumptions
give. At the end the goal must be held, every limit of the question kept, and the sums must be right. Each milestone of
the certificate must cut: without its steps the goal cannot be reached.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec
from pyoxigraph import Literal, NamedNode

from ..graph.knowledge_graph import KnowledgeGraph
from .traject_answer import Question, Triple, Way, Ways
from .traject_certificate import check_certificate
from .traject_claims import check_claims
from .traject_graph import Offer
from .traject_open import check_alternatives
from .traject_question import goals, held, school_year
from .traject_rules import closed
from .traject_step import StepCheck

RULES = "leertraject-1"
LITERAL = "ASK { ?subject ?predicate ?said FILTER(STR(?said) = ?value) }"
IRI = "ASK { ?subject ?predicate ?value }"


SECONDS = 60.0


def check_leertrajecten(
    document: Mapping[str, Any], graph: KnowledgeGraph, release: int, *, seconds: float = SECONDS
) -> tuple[str, ...]:
    """What is wrong with an answer; nothing when its evidence holds. Never raises for a bad answer.

    What could not be tried in so many seconds is said to be not checked, as a fault: it is no proof.
    """
    return check_against(document, Offer(graph), release, seconds=seconds)


def check_against(
    document: Mapping[str, Any], offer: Offer, release: int, *, seconds: float = SECONDS
) -> tuple[str, ...]:
    """The same against an offer that was read before, for many answers of one release."""
    offer.give(seconds)
    try:
        answer = msgspec.convert({key: document[key] for key in document if key != "@context"}, Ways, strict=False)
    except (msgspec.ValidationError, RecursionError) as error:
        return (f"het antwoord is niet volledig: {error}",)
    try:
        faults = (*_digest(document), *_check(answer, offer, release))
        # Trying all that is left open costs most, and says nothing more of an answer that is wrong already.
        return faults or tuple(check_claims(answer, offer, goals(offer, answer.vraag)))
    except (ValueError, KeyError) as error:
        return (f"een waarde is niet leesbaar: {error}",)


WORDING = ("@context", "tekst", "reden", "onzeker", "bron")
"""Words for people, of which no record says what they must be: the IRI of an answer does not stand for them."""


def signed(value: Any) -> Any:
    """The part of an answer that its IRI stands for and that is checked: all but the wording."""
    if isinstance(value, Mapping):
        return {key: signed(inner) for key, inner in value.items() if key not in WORDING}
    return [signed(each) for each in value] if isinstance(value, list | tuple) else value


def _digest(document: Mapping[str, Any]) -> Iterator[str]:
    rest = signed({key: value for key, value in document.items() if key != "id"})
    text = json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    if not document["id"].endswith("/id/leertrajecten/" + hashlib.sha256(text.encode()).hexdigest()[:32]):
        yield "de IRI hoort niet bij deze inhoud"


def _check(answer: Ways, offer: Offer, release: int) -> Iterator[str]:
    if answer.release != release or not answer.graaf.endswith(f"/id/release/{release}"):
        yield f"het antwoord is niet van release {release}"
    if answer.regelset != RULES:
        yield f"de regelset {answer.regelset} is onbekend"
    if answer.datum != answer.vraag.wens.op:
        yield "de datum is niet die van de vraag"
    asked = goals(offer, answer.vraag)
    if {frozenset(way) for way in answer.doelfeiten} != asked or len(answer.doelfeiten) != len(asked):
        yield "de doelfeiten zijn niet die van het doel"
    start = held(offer, answer.vraag)
    reached = any(way <= closed(offer, start) for way in asked)
    if answer.al_bereikt != reached:
        yield "het doel is niet bereikt zoals het antwoord zegt"
    given = (answer.al_bereikt, bool(answer.leertrajecten), answer.onhaalbaar is not None, answer.onbeslist is not None)
    if given.count(True) != 1:
        yield "er is geen of meer dan een antwoord"
    if {each.code: each.waarde for each in answer.aannames} != {
        "uren-per-week": 28,
        "weken-per-jaar": 40,
        "aanloop": 1,
        "graduaat-jaren": 3,
        "toelatingsregels": 12,
    }:
        yield "de aannames zijn niet die van de regels"
    for number, way in enumerate(answer.leertrajecten, 1):
        yield from (f"leertraject {number}: {fault}" for fault in _way(way, offer, answer.vraag, start, asked))
    yield from _front(answer)
    yield from check_certificate(answer, offer, asked)


def _way(
    way: Way, offer: Offer, question: Question, start: frozenset[str], asked: set[frozenset[str]]
) -> Iterator[str]:
    check = StepCheck(offer, question, start)
    for number, step in enumerate(way.stappen, 1):
        yield from (f"stap {number}: {fault}" for fault in check.step(number, step))
        yield from (
            f"stap {number}: de graaf zegt niet: {t.subject} {t.predicate}"
            for t in step.evidence
            if not _said(t, offer)
        )
    if not way.stappen:
        yield "er zijn geen stappen"
        return
    yield from check_alternatives(way, offer, question, start, asked)
    if not any(goal <= check.facts for goal in asked):
        yield "het doel is niet bereikt"
    if check.before and any(goal <= check.before for goal in asked):
        yield "de laatste stap is overbodig"
    yield from _sums(way, question, check.first)
    yield from _limits(way, question)


def _said(triple: Triple, offer: Offer) -> bool:
    subject, predicate = NamedNode(triple.subject), NamedNode(triple.predicate)
    if triple.object.id is not None:
        return offer.graph.ask(IRI, subject=subject, predicate=predicate, value=NamedNode(triple.object.id))
    return offer.graph.ask(LITERAL, subject=subject, predicate=predicate, value=Literal(triple.object.value or ""))


def _sums(way: Way, question: Question, first: int) -> Iterator[str]:
    steps = way.stappen
    last = max(school_year(step.begin) + step.schooljaren for step in steps)
    sums = {
        "schooljaren": last - first,
        "contacturen": sum(step.uren.contacturen for step in steps),
        "buiten_werkvloer": sum(step.uren.buiten_werkvloer for step in steps),
        "inschrijvingen": len(steps),
        "begin": min(step.begin for step in steps),
        "einde": max(step.einde for step in steps),
    }
    for name, total in sums.items():
        if getattr(way, name) != total:
            yield f"{name} telt niet op uit de stappen"
    months = (way.einde.year - way.begin.year) * 12 + way.einde.month - way.begin.month + 1
    share = round(1 - way.buiten_werkvloer / way.contacturen, 4) if way.contacturen else 0.0
    if way.doorlooptijd_maanden != months or abs(way.aandeel_werkvloer - share) > 0:
        yield "de doorlooptijd of het aandeel op de werkvloer klopt niet"
    w = question.wens.weging
    weight = 100 * (w.schooljaar * way.schooljaren + w.inschrijving * way.inschrijvingen)
    if way.gewicht != weight + w.contact * way.contacturen + w.buiten * way.buiten_werkvloer:
        yield "het gewicht volgt niet uit de weging"


def _limits(way: Way, question: Question) -> Iterator[str]:
    """The limits on a whole way; those on one step are checked with the step."""
    wish = question.wens
    if wish.einddatum is not None and way.einde > wish.einddatum:
        yield "het eindigt later dan gevraagd"
    if wish.schooljaar is not None and way.begin != date(wish.schooljaar, 9, 1):
        yield "het begint niet in het gevraagde schooljaar"


def _front(answer: Ways) -> Iterator[str]:
    """A way marked Pareto-optimal is beaten by no other of the answer; an unmarked one is."""
    vectors = [(w.schooljaren, w.contacturen, w.buiten_werkvloer, w.inschrijvingen) for w in answer.leertrajecten]
    for number, (way, own) in enumerate(zip(answer.leertrajecten, vectors, strict=True), 1):
        beaten = any(o != own and all(a <= b for a, b in zip(o, own, strict=True)) for o in vectors)
        if way.pareto == beaten:
            yield f"leertraject {number}: het is niet Pareto-optimaal zoals gezegd"
    weights = [way.gewicht for way in answer.leertrajecten]
    if weights != sorted(weights):
        yield "de leertrajecten staan niet in volgorde van gewicht"
    if len({tuple((s.code, s.begin) for s in way.stappen) for way in answer.leertrajecten}) != len(
        answer.leertrajecten
    ):
        yield "een leertraject staat er tweemaal"
