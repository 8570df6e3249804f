"""The question of an answer, read again: what is held at the start, and what the goals ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

from .traject_answer import Exemption, Question
from .traject_graph import Offer
from .traject_rule_tree import rule_ways
from .traject_rules import WORDS, certificate, gained, holding

AGES = (12, 15)
"""The ages that admission asks."""


def school_year(day: date) -> int:
    """The first school year that begins on or after a day."""
    return day.year if day <= date(day.year, 9, 1) else day.year + 1


def first_year(question: Question) -> int:
    """The first school year that begins on or after the day of the question."""
    return school_year(question.wens.op)


def first_day(question: Question) -> date:
    """The day on which EVC can begin: the day of the question, or the first of the school year that it asks."""
    wish = question.wens
    return wish.op if wish.schooljaar is None else date(wish.schooljaar, 9, 1)


def year_of_age(question: Question, age: int) -> int:
    """The school year by whose begin the learner surely has that age."""
    return first_year(question) + age - (question.leerling.leeftijd or 0)


def ages(question: Question, year: int) -> set[str]:
    """The facts of age that hold in a school year; who does not say an age may have any."""
    unsaid = question.leerling.leeftijd is None
    return {f"leeftijd:{age}" for age in AGES if unsaid or year_of_age(question, age) <= year}


def young(question: Question, year: int) -> bool:
    """Whether the first degree is open in a school year: to who says an age under 15."""
    return question.leerling.leeftijd is not None and year < year_of_age(question, 15)


def held(offer: Offer, question: Question) -> frozenset[str]:
    """What is true before the first step. Raises ValueError for a code that the release does not have."""
    return frozenset().union(*(facts for _, facts in sources(offer, question)))


def sources(offer: Offer, question: Question) -> Iterator[tuple[str, frozenset[str]]]:
    """By what it is said to come from, what is true before the first step."""
    learner = question.leerling
    for code in learner.heeft:
        yield code, frozenset(holds(offer, code, question.wens.op))
    for exemption in learner.vrijstellingen:
        if not exemption.omvang.startswith("toelating:") and not _over(exemption, question):
            yield f"vrijstelling {exemption.id}", frozenset(holds(offer, exemption.omvang, question.wens.op))
    said = {
        "arbeidsrijp": learner.arbeidsrijp is not False,
        "arbeidsbereid": learner.arbeidsbereid is not False,
        "buso:OV3": learner.buso,
        "klassenraad": question.wens.klassenraad,
    }
    true = {fact for fact, holds_now in said.items() if holds_now}
    yield "leerling", frozenset(true | ages(question, first_year(question)))
    yield "ervaring", frozenset(f"ervaring:{line}" for line in learner.ervaring)


def _over(exemption: Exemption, question: Question) -> bool:
    return exemption.vervalt is not None and exemption.vervalt < date(first_year(question), 9, 1)


def holds(offer: Offer, code: str, day: date) -> set[str]:
    """What holding a code makes true; a programme or recognition counts as completed."""
    if code.startswith("evc:"):
        facts = holds(offer, code.removeprefix("evc:"), day)
        if not all(fact.startswith(("bk:", "reeks:", "dbk:", "competentie:")) for fact in facts):
            raise ValueError(f"EVC bewijst geen {code}")
        return facts
    if code.startswith("certificaat:"):
        return {certificate(code.removeprefix("certificaat:"))}
    if code.startswith("OK"):
        return {f"ok:{code}", f"ok:{code.partition('@')[0]}"}
    if code.startswith(WORDS):
        return {code, code.partition("@")[0]}
    if code in offer.lines:
        return set(holding(offer, code))
    if code in offer.lines.values():
        return {f"reeks:{code}"}
    if code in offer.programmes or code in offer.recognitions:
        return _completed(offer, code, day)
    if iris := {iri for _, own, iri in offer.competences() if code in (own, iri)}:
        return {f"competentie:{iri}" for iri in iris}
    raise ValueError(f"de code {code} staat niet in deze release")


def _completed(offer: Offer, code: str, day: date) -> set[str]:
    if code in offer.recognitions:
        end = offer.recognitions[code]
    else:
        known = [each for each in offer.programmes[code].recognitions if each.status == "ERKEND"]
        begun = [each for each in known if each.begin is None or each.begin.year <= day.year]
        end = max(begun, key=lambda each: (each.begin or date.min, each.code))
    return gained(offer, offer.programmes[end.programme], end, "opleiding")


def goals(offer: Offer, question: Question) -> set[frozenset[str]]:
    """The alternatives that meet all goals together, the smallest of each."""
    ways = [_goal(offer, code) for code in question.wens.doelen]
    if question.wens.regels is not None:
        ways.append(list(rule_ways(question.wens.regels, lambda code: _goal(offer, code))))
    if not ways:
        raise ValueError("er is geen doel")
    together = {frozenset().union(*choice) for choice in product(*ways)}
    return {way for way in together if not any(other < way for other in together)}


def _goal(offer: Offer, code: str) -> list[frozenset[str]]:
    if code in ("graduaat", "bachelor"):
        return [frozenset({f"toegang:{code}"})]
    if code.startswith("certificaat:"):
        return [frozenset({certificate(code.removeprefix("certificaat:"))})]
    if code.startswith("duaal@"):
        return [frozenset({code.casefold()})]
    if code.startswith("OK"):
        return [frozenset({f"ok:{code}"})]
    if code.startswith(WORDS):
        return [frozenset({code})]
    if code in offer.lines:
        return [frozenset({f"dbk:{code}" if "-DBK-" in code else f"bk:{code}"})]
    if code in offer.lines.values():
        return [frozenset({f"reeks:{code}"})]
    if code in offer.programmes:
        return [frozenset({f"so:{code}"})]
    if code in offer.recognitions:
        return [frozenset({f"so:{offer.recognitions[code].programme}"})]
    if code in offer.profiles:
        return [frozenset({f"bk:{each}"}) for each in offer.profiles[code]]
    if iris := {iri for _, own, iri in offer.competences() if code in (own, iri)}:
        return [frozenset({f"competentie:{iri}"}) for iri in iris]
    raise ValueError(f"de code {code} staat niet in deze release")
