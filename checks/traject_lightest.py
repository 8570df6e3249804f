"""The k lightest ways of an answer: that none is missing which differs from those shown.

Two ways differ when neither takes the steps of the other, told by degree, years and hours. Whatever can be reached is
tried, lightest first, but what already takes all that a way which is shown takes; written apart from the search.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from .traject_answer import Question, Way, Ways, Weights
from .traject_graph import Offer
from .traject_limits import last_year
from .traject_open import weight
from .traject_question import ages, first_year, held
from .traject_search import Field, Goals, Possible, bits, every_step

Price = tuple[int, ...]
Shape = Counter[Price]


class _Reached(NamedTuple):
    weight: int
    year: int
    taken: tuple[Price, ...]
    facts: int


def check_lightest(answer: Ways, offer: Offer, asked: Goals) -> Iterator[str]:
    """What is wrong with what an answer shows beside its Pareto-optimal ways. Raises OutOfTimeError."""
    if not answer.beste_volledig or not answer.leertrajecten:
        return
    shown = [_shape(way, offer) for way in answer.leertrajecten]
    front = {(w.schooljaren, w.contacturen, w.buiten_werkvloer, w.inschrijvingen): w for w in answer.leertrajecten}
    beside = Counter(way.gewicht for way in answer.leertrajecten)
    beside.subtract(way.gewicht for way in front.values() if way.pareto)
    extra = sorted(beside.elements())
    most = answer.vraag.wens.k
    if len(extra) > most:
        yield "er staan meer leertrajecten dan gevraagd"
    bound = extra[-1] if len(extra) >= most else None
    key = ("lightest", msgspec.json.encode(answer.vraag), tuple(tuple(sorted(each.items())) for each in shown), bound)
    if key not in offer.tried:
        offer.tried[key] = _missed(offer, answer.vraag, asked, shown, bound)
    if (missed := offer.tried[key]) is not None:
        yield f"er ontbreekt een leertraject van gewicht {missed} dat van deze verschilt"


def _shape(way: Way, offer: Offer) -> Shape:
    """How many steps of each degree, years and hours."""
    return Counter(
        (
            step.schooljaren,
            step.uren.contacturen,
            step.uren.buiten_werkvloer,
            1,
            int(offer.programmes[step.programma].place.get("graad") or 0) if step.programma else 0,
        )
        for step in way.stappen
    )


def _missed(offer: Offer, question: Question, asked: Goals, shown: Sequence[Shape], bound: int | None) -> int | None:
    """The weight of a way, under the bound where there is one, that takes the steps of none which is shown."""
    first, last, fixed = first_year(question), last_year(question), question.wens.schooljaar
    start = held(offer, question) | ages(question, max(first, fixed or first))
    field = Field(offer, list(every_step(offer, question)), start, asked, alike=True)
    hope = _Hope(field, question.wens.weging, shown)
    queue = [_Reached(0, max(first, fixed or first), (), field.start)]
    earliest: dict[tuple[tuple[Price, ...], int], int] = {}
    while queue:
        here = heapq.heappop(queue)
        if bound is not None and here.weight >= bound:
            return None
        if field.met(here.facts):
            return here.weight
        offer.in_time()
        for step, year in _next(field, here, last, fixed, hope.useful(here.facts)):
            taken = tuple(sorted((*here.taken, _price(step)))) if any(step.cost) else here.taken
            facts, end = field.close(here.facts | step.gives), year + step.cost[0]
            if earliest.get((taken, facts), end + 1) <= end or any(each <= Counter(taken) for each in shown):
                continue
            earliest[taken, facts] = end
            rest = hope.left(facts, Counter(taken))
            if rest is None or end + rest[0] > last:
                continue
            costs = [sum(price[place] for price in taken) for place in (1, 2, 3)]
            total = weight(question.wens.weging, (end - first, costs[0], costs[1], costs[2]))
            if bound is None or total + rest[1] < bound:
                heapq.heappush(queue, _Reached(total, end, taken, facts))
    return None


class _Hope:
    """What a goal still asks at least, without completing the steps of a way that is shown."""

    def __init__(self, field: Field, weights: Weights, shown: Sequence[Shape]) -> None:
        self.field, self.weights, self.shown = field, weights, shown
        self.known: dict[tuple[int, frozenset[Price]], tuple[int, int] | None] = {}
        self.used: dict[int, int] = {}

    def left(self, facts: int, taken: Shape) -> tuple[int, int] | None:
        """Years and weight at least; None where no goal can be reached. The dearest need of the cheapest maker counts.

        A price that would complete a shown way is out of bounds from here on: what is taken only grows.
        """
        short = [list((shape - taken).elements()) for shape in self.shown]
        out = frozenset(each[0] for each in short if len(each) == 1)
        if (facts, out) not in self.known:
            steps = [step for step in self.field.steps if _price(step) not in out and step.gives & ~facts]
            years = self._least(facts, [(step, step.cost[0]) for step in steps])
            heavy = self._least(facts, [(step, weight(self.weights, step.cost)) for step in steps])
            self.known[facts, out] = None if years is None or heavy is None else (years, heavy)
        return self.known[facts, out]

    def _least(self, facts: int, steps: Sequence[tuple[Possible, int]]) -> int | None:
        value: dict[int, int] = {}

        def needs(asked: int) -> int | None:
            found = [value.get(fact) for fact in bits(asked & ~facts)]
            return None if None in found else max((each for each in found if each is not None), default=0)

        makers = [(way, step.gives & ~facts, cost) for step, cost in steps for way in step.ways]
        makers += [(need, gain, 0) for need, gain in self.field.rules if gain & ~facts]
        lowered = True
        while lowered:
            lowered = False
            for way, gives, cost in makers:
                if (before := needs(way)) is None:
                    continue
                for fact in bits(gives):
                    if before + cost < value.get(fact, before + cost + 1):
                        value[fact], lowered = before + cost, True
        return min((each for goal in self.field.goals if (each := needs(goal)) is not None), default=None)

    def useful(self, facts: int) -> int:
        """The facts that can matter from here on: no way needs a step that gives nothing of them."""
        if facts not in self.used:
            wanted, before = 0, -1
            for goal in self.field.goals:
                wanted |= goal & ~facts
            while before != wanted:
                before = wanted
                for need, gain in self.field.rules:
                    wanted |= need & ~facts if gain & wanted else 0
                for step in self.field.steps:
                    for way in step.ways if step.gives & wanted else ():
                        wanted |= way & ~facts
            self.used[facts] = wanted
        return self.used[facts]


def _next(field: Field, here: _Reached, last: int, fixed: int | None, useful: int) -> Iterator[tuple[Possible, int]]:
    for step in field.steps:
        year = next((each for each in step.years if each >= here.year), None)
        if year is None or year + step.cost[0] > last or step.gives & ~here.facts & useful == 0:
            continue
        if fixed is not None and not here.taken and year != fixed:
            continue
        if any(way & ~here.facts == 0 for way in step.ways):
            yield step, year


def _price(step: Possible) -> Price:
    return (*step.cost, int(step.degree or 0))
