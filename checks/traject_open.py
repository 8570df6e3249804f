"""Every step that the limits of a question leave open: which others would do in a place, and what one is worth.

A detour is what the lightest way without a step weighs more than the lightest of all. Both leave the calendar aside, as
the certificate does: a step counts when it can be begun in some year.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

import msgspec

from .traject_answer import Detour, Other, Question, Step, Way, Weights
from .traject_graph import Offer, OutOfTimeError
from .traject_limits import last_year
from .traject_question import ages, held, school_year
from .traject_rules import closed
from .traject_search import Begun, Field, Goals, Vector, every_step
from .traject_unclaimed import Hope

Lightest = tuple[int, frozenset[Vector]] | None
"""The least weight and every vector that has it; None where there is no way."""


class Choice(NamedTuple):
    """A step by its code: what it costs, every way in that is open in some year, and what it gives."""

    cost: Vector
    ways: frozenset[frozenset[str]]
    gives: frozenset[str]
    name: str
    programme: str
    begin: str


class Open:
    """All that is open to who asks a question."""

    def __init__(self, offer: Offer, question: Question) -> None:
        self.offer, self.weights = offer, question.wens.weging
        self.start = held(offer, question) | ages(question, last_year(question))
        self.by_year: dict[int, list[Begun]] = {}
        self.choices: dict[str, Choice] = {}
        self._lightest: dict[tuple[str, str], Lightest] = {}
        for step in every_step(offer, question):
            if step.code:
                self.by_year.setdefault(step.year, []).append(step)
                known = self.choices.get(step.code)
                ways = frozenset(step.ways) | (known.ways if known else frozenset())
                self.choices[step.code] = Choice(step.cost, ways, step.gives, step.name, step.programme, step.begin)

    def reaches(self, asked: Goals, without: Iterable[str] = ()) -> bool:
        """Whether a goal can be reached without these steps, leaving the calendar aside."""
        banned, facts = set(without), closed(self.offer, self.start)
        left = [choice for code, choice in self.choices.items() if code not in banned]
        while left:
            now = [choice for choice in left if any(way <= facts for way in choice.ways)]
            if not now:
                break
            left = [choice for choice in left if not any(way <= facts for way in choice.ways)]
            facts = closed(self.offer, facts.union(*(choice.gives for choice in now)))
        return any(goal <= facts for goal in asked)

    def lightest(self, asked: Goals, without: str = "") -> Lightest:
        """The least weight of a way without a step, and its vectors. Raises OutOfTimeError."""
        key = (without, str(sorted(map(sorted, asked))))
        if key not in self._lightest:
            begun = [
                Begun(tuple(choice.ways), choice.gives, choice.cost, 0)
                for code, choice in self.choices.items()
                if code != without
            ]
            w = self.weights  # where a criterion weighs nothing, a dearer step can be as light
            free = 0 in (w.schooljaar + w.contact, w.buiten, w.inschrijving)
            self._lightest[key] = _search(Field(self.offer, begun, self.start, asked, alike=free), w)
        return self._lightest[key]


def open_to(offer: Offer, question: Question) -> Open:
    """What is open to who asks this; worked out once for many answers."""
    key = ("open", msgspec.json.encode(question))
    if key not in offer.tried:
        offer.tried[key] = Open(offer, question)
    found: Open = offer.tried[key]
    return found


def weight(weights: Weights, cost: Vector) -> int:
    """What a cost weighs: school years, contact hours, hours off the work floor, enrolments."""
    years, contact, off, enrolments = cost
    whole = 100 * (weights.schooljaar * years + weights.inschrijving * enrolments)
    return whole + weights.contact * contact + weights.buiten * off


def _search(field: Field, weights: Weights) -> Lightest:
    hope = Hope(field)
    queue: list[tuple[int, Vector, int]] = [(0, (0, 0, 0, 0), field.start)]
    pushed: set[tuple[Vector, int]] = set()
    seen: set[tuple[int, Vector]] = set()
    least: dict[int, int] = {}
    best: int | None = None
    found: set[Vector] = set()
    while queue:
        least_whole, vector, facts = heapq.heappop(queue)
        if best is not None and least_whole > best:
            break
        total = weight(weights, vector)
        if field.met(facts):
            best = total
            found.add(vector)
            continue
        if (facts, vector) in seen or least.setdefault(facts, total) < total:
            continue
        seen.add((facts, vector))
        field.offer.in_time()
        for step in field.steps:
            if step.gives & ~facts and any(way & ~facts == 0 for way in step.ways):
                cost = tuple(a + b for a, b in zip(vector, step.cost, strict=True))
                new: Vector = (cost[0], cost[1], cost[2], cost[3])
                after = field.close(facts | step.gives)
                rest = hope.left(after)
                if rest is not None and (new, after) not in pushed:
                    pushed.add((new, after))
                    heapq.heappush(queue, (weight(weights, new) + weight(weights, rest), new, after))
    return None if best is None else (best, frozenset(found))


def check_detours(way: Way, found: Open, asked: Goals, *, proved: bool) -> Iterator[str]:
    """What is wrong with the detours of a way. Where the time was up one may be an interval, or missing."""
    for step in way.stappen:
        said = step.omweg
        if said is None:
            yield from [f"de omweg zonder {step.code} ontbreekt"] if proved else []
            continue
        more: Vector = (said.schooljaren, said.contacturen, said.buiten_werkvloer, said.inschrijvingen)
        if said.onmisbaar != (not found.reaches(asked, {step.code})):
            yield f"{step.code} is niet onmisbaar zoals gezegd"
        elif said.onmisbaar:
            none = not any((*more, said.gewicht, said.ondergrens))
            yield from [] if none else [f"de omweg zonder {step.code} klopt niet"]
        elif said.ondergrens != said.gewicht:
            yield from [f"de omweg zonder {step.code} is niet bewezen"] if proved else []
            yield from _interval(found, asked, step.code, said)
        elif said.gewicht < 0 or weight(found.weights, more) != said.gewicht:
            yield f"de omweg zonder {step.code} klopt niet"
        else:
            yield from _detour(found, asked, step.code, more)


def _interval(found: Open, asked: Goals, code: str, said: Detour) -> Iterator[str]:
    """Where time was up the truth lies between what is said."""
    try:
        best, other = found.lightest(asked), found.lightest(asked, code)
    except OutOfTimeError:
        return
    if best is None or other is None or not said.ondergrens <= other[0] - best[0] <= said.gewicht:
        yield f"de omweg zonder {code} ligt niet tussen zijn grenzen"


def _detour(found: Open, asked: Goals, code: str, more: Vector) -> Iterator[str]:
    try:
        best, other = found.lightest(asked), found.lightest(asked, code)
    except OutOfTimeError:
        yield f"de omweg zonder {code} is niet nagegaan binnen {found.offer.seconds:g} seconden"
        return
    vectors = [] if best is None or other is None else list(product(best[1], other[1]))
    if not any(tuple(a - b for a, b in zip(two, one, strict=True)) == more for one, two in vectors):
        yield f"de omweg zonder {code} klopt niet"


def check_alternatives(
    way: Way, offer: Offer, question: Question, start: frozenset[str], asked: Goals
) -> Iterator[str]:
    """The other steps named are all that would do in the place of each: at the same cost, begun on the same day."""
    found, facts = open_to(offer, question), closed(offer, start)
    codes = {step.code for step in way.stappen}
    for place, step in enumerate(way.stappen):
        year = school_year(step.begin)
        facts = closed(offer, facts | ages(question, year))
        own = next((each for each in found.by_year.get(year, ()) if each.code == step.code), None)
        if own is None:
            return
        rest = way.stappen[place + 1 :]
        needed = not _works(rest, offer, question, facts, asked)  # else it is there to begin in the year that is asked
        names = {each.code: each.naam for each in step.alternatieven}  # the graph has no name for an instrument of EVC
        others = [
            Other(each.code, each.name or names.get(each.code, ""), each.programme, each.begin)
            for each in (found.by_year[year] if needed else ())
            if each.code not in codes
            and each.cost == own.cost
            and any(entry <= facts for entry in each.ways)
            and _works(rest, offer, question, closed(offer, facts | each.gives), asked)
        ]
        if sorted(others, key=lambda each: (each.naam, each.code)) != step.alternatieven:
            yield f"stap {place + 1}: de alternatieven zijn niet alle andere die hier kunnen"
        facts = closed(offer, facts | own.gives)


def _works(rest: list[Step], offer: Offer, question: Question, facts: frozenset[str], asked: Goals) -> bool:
    """Whether the rest of a way can be done from these facts and reaches a goal."""
    found = open_to(offer, question)
    for step in rest:
        year = school_year(step.begin)
        facts = closed(offer, facts | ages(question, year))
        own = next((each for each in found.by_year.get(year, ()) if each.code == step.code), None)
        if own is None or not any(entry <= facts for entry in own.ways):
            return False
        facts = closed(offer, facts | own.gives)
    return any(goal <= facts for goal in asked)
