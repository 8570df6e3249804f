"""Trying everything that a question leaves open, year by year, to see whether an answer missed something.

Labels of (facts, vector) with dominance; written apart from the search that made the answer, and guided by what that
answer claims, so that only what would contradict it is looked at.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from .traject_answer import Question
from .traject_graph import Offer, Programme
from .traject_limits import broken, last_year
from .traject_question import ages, first_year, year_of_age, young
from .traject_rules import EVC, FOLLOWS, HOURS, WEEKS, closed, entry, gained, holding, newest_version

Vector = tuple[int, int, int, int]
"""The year in which all is done, contact hours, hours off the work floor, enrolments."""
Goals = set[frozenset[str]]
MOST = 20_000
AGES = ("leeftijd-min", "leeftijd-max")


class TooManyError(Exception):
    """More would have to be tried than a checker tries."""


class Begun(NamedTuple):
    """A step begun in one year."""

    ways: tuple[frozenset[str], ...]
    gives: frozenset[str]
    cost: Vector
    year: int
    code: str = ""
    name: str = ""
    programme: str = ""
    begin: str = ""


class Possible(NamedTuple):
    """A step in bits, with the years in which it can be begun; the first number of its cost is how many it takes."""

    ways: tuple[int, ...]
    gives: int
    cost: Vector
    years: tuple[int, ...]


def every_step(offer: Offer, question: Question, lifted: frozenset[str] = frozenset()) -> Iterator[Begun]:
    """All that can be begun under the question; of the limits on age those that are `lifted` do not count."""
    first, last = first_year(question), last_year(question)
    ways = question.wens.wegen
    for code, line in EVC.items():
        version = newest_version(offer, line)
        if version and (ways is None or "evc" in ways) and code not in question.wens.vermijd:
            facts = frozenset(holding(offer, version))
            for year in range(first, last + 1):
                yield Begun((frozenset({f"ervaring:{line}"}),), facts, (0, 0, 0, 1), year, code)
    for year in range(first + 1, last + 1):
        for age in ages(question, year) - ages(question, first):
            yield Begun((frozenset(),), frozenset({age}), (0, 0, 0, 0), year)
    for programme in offer.programmes.values():
        for year in range(first, last - programme.duration + 1):
            yield from _begun(offer, question, programme, year, lifted)


def _begun(
    offer: Offer, question: Question, programme: Programme, year: int, lifted: frozenset[str]
) -> Iterator[Begun]:
    preparatory, dual = (programme.place.get(each) == "true" for each in ("aanloop", "duaal"))
    pair, ways = programme.pair(year), tuple(_ways(offer, question, programme, year))
    if pair is None or not ways or (dual and not _of_age(question, year, lifted)):
        return
    if programme.place.get("graad") == "1" and not young(question, year):
        return
    (begin, end), years = pair, programme.duration
    floor = min(begin.least or 0, HOURS) if dual and not preparatory else 0
    hours = years * WEEKS
    for kind in ("aanloop",) if preparatory else ("opleiding", "gedeeltelijk"):
        faults = set(broken(question, programme, begin, kind, year)) - {"de leeftijd past niet bij duaal leren"}
        code = programme.step_code(year, kind)
        avoided = {begin.code, end.code, programme.code, code} & set(question.wens.vermijd)
        facts = frozenset(gained(offer, programme, end, kind))
        if not faults and not avoided and facts:
            cost: Vector = (years, hours * HOURS, hours * (HOURS - floor), 1)
            yield Begun(ways, facts, cost, year, code, programme.name, programme.code, begin.code)


def _ways(offer: Offer, question: Question, programme: Programme, year: int) -> Iterator[frozenset[str]]:
    begin, own = programme.newest(date(year, 9, 1)), f"vrijgesteld:{programme.code}"
    exempt = any(
        each.omvang == f"toelating:{programme.code}" and (each.vervalt is None or each.vervalt >= date(year, 9, 1))
        for each in question.leerling.vrijstellingen
    )
    for way in entry(offer, programme, begin) if begin else ():
        if own not in way or exempt:
            yield way - {own}


def _of_age(question: Question, year: int, lifted: frozenset[str]) -> bool:
    learner = question.leerling
    if learner.leeftijd is None:
        return True
    first_degree = any(code.startswith("graad1:") for code in learner.heeft)
    least = 16 if learner.leerplicht_voorbij is False and not first_degree else 15
    young = "leeftijd-min" not in lifted and year < year_of_age(question, least)
    return not young and ("leeftijd-max" in lifted or year <= year_of_age(question, 25))


class Field:
    """What is open, as bits; only facts that can matter for the goals are kept."""

    def __init__(self, offer: Offer, begun: Sequence[Begun], start: frozenset[str], goals: Goals) -> None:
        rules = list(_rules(offer, start, goals))
        wanted = _wanted(begun, rules, goals, closed(offer, start))
        self.bit = {fact: 1 << place for place, fact in enumerate(sorted(wanted))}
        self.rules = [(self.bits(need), self.bits({gain})) for need, gain in rules if gain in wanted]
        self.goals = [self.bits(goal) for goal in goals]
        self.start = self.close(self.bits(start))
        merged: dict[tuple[tuple[int, ...], int, Vector], set[int]] = {}
        for step in begun:
            if gives := self.bits(step.gives) & ~self.start:
                ways = tuple(sorted({self.bits(way) & ~self.start for way in step.ways}))
                merged.setdefault((ways, gives, step.cost), set()).add(step.year)
        self.steps = [Possible(*what, tuple(sorted(years))) for what, years in merged.items()]
        self.steps = [step for step in self.steps if not any(_better(other, step) for other in self.steps)]

    def bits(self, facts: Iterable[str]) -> int:
        """These facts; what cannot matter is left out."""
        return sum({self.bit.get(fact, 0) for fact in facts})

    def close(self, facts: int) -> int:
        """The least fixpoint of what follows by itself."""
        before = -1
        while before != facts:
            before = facts
            for need, gain in self.rules:
                if need & ~facts == 0:
                    facts |= gain
        return facts

    def met(self, facts: int) -> bool:
        """Whether a goal is reached."""
        return any(goal & ~facts == 0 for goal in self.goals)


def _better(other: Possible, step: Possible) -> bool:
    """Open whenever the step is, no dearer, giving no less; of two alike the one that sorts first."""
    at_least = (
        all(any(mine & ~way == 0 for mine in other.ways) for way in step.ways)
        and step.gives & ~other.gives == 0
        and all(a <= b for a, b in zip(other.cost, step.cost, strict=True))
        and set(step.years) <= set(other.years)
    )
    return at_least and other != step and (not _same(other, step) or other < step)


def _same(one: Possible, two: Possible) -> bool:
    return (one.gives, one.cost, one.years) == (two.gives, two.cost, two.years)


def _rules(offer: Offer, start: frozenset[str], goals: Goals) -> Iterator[tuple[frozenset[str], str]]:
    for fact, follows in FOLLOWS.items():
        yield from ((frozenset({fact}), gain) for gain in follows)
    yield from ((frozenset({"arbeidsrijp"}), f"gereed:{code}") for code in offer.programmes)
    if any(fact.startswith("competentie:") for fact in start.union(*goals)):
        asked: dict[str, set[str]] = {}
        for code, _, iri in offer.competences():
            asked.setdefault(code, set()).add(f"competentie:{iri}")
        for code, all_of in asked.items():
            own = holding(offer, code)
            yield from ((frozenset({own[0]}), each) for each in all_of)
            yield from ((frozenset(all_of), each) for each in own)


def _wanted(
    begun: Sequence[Begun], rules: Sequence[tuple[frozenset[str], str]], goals: Goals, start: frozenset[str]
) -> set[str]:
    """Every fact that can matter for the goals; what gives a fact that is held already cannot."""
    makers: dict[str, set[frozenset[str]]] = {}
    for need, gain in rules:
        makers.setdefault(gain, set()).add(need)
    for step in {(each.ways, each.gives) for each in begun}:
        for gain in step[1]:
            makers.setdefault(gain, set()).update(step[0])
    wanted: set[str] = set().union(*goals)
    waiting = list(wanted)
    while waiting:
        fact = waiting.pop()
        for need in set() if fact in start else set().union(*makers.get(fact, ())) - wanted:
            wanted.add(need)
            waiting.append(need)
    return wanted


def unclaimed(
    field: Field, first: int, last: int, claimed: Sequence[Vector] = (), *, fixed: int | None = None
) -> Vector | None:
    """The first vector by which a goal is reached and that no claimed one equals or beats; None where there is none.

    With `fixed` the first step begins in that year. Raises TooManyError.
    """
    begin = max(first, fixed or first)
    kept: dict[int, list[Vector]] = {}
    queue: list[tuple[Vector, int, bool]] = [((begin, 0, 0, 0), field.start, True)]
    tried = 0
    while queue:
        vector, facts, fresh = heapq.heappop(queue)
        if field.met(facts):
            return vector
        known = kept.setdefault(facts, [])
        if any(_covers(other, vector) for other in known):
            continue
        known.append(vector)
        tried += 1
        if tried > MOST:
            raise TooManyError
        for step in field.steps:
            year = next((each for each in step.years if each >= vector[0]), None)
            if year is None or year + step.cost[0] > last or step.gives & ~facts == 0:
                continue
            if fixed is not None and fresh and year != fixed:
                continue
            if any(way & ~facts == 0 for way in step.ways):
                new = (year + step.cost[0], *(a + b for a, b in zip(vector[1:], step.cost[1:], strict=True)))
                reached: Vector = (new[0], new[1], new[2], new[3])
                if not any(_covers(other, reached) for other in claimed):
                    heapq.heappush(queue, (reached, field.close(facts | step.gives), False))
    return None


def _covers(one: Vector, two: Vector) -> bool:
    return all(a <= b for a, b in zip(one, two, strict=True))
