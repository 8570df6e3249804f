"""Everything that a question leaves open, year by year, as a field of steps in which an answer can be tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import NamedTuple

from .traject_answer import Question
from .traject_graph import Offer, Programme, Recognition
from .traject_limits import broken, last_year
from .traject_question import ages, first_year, year_of_age, young
from .traject_rules import EVC, FOLLOWS, HOURS, WEEKS, closed, entry, gained, holding, newest_version

Vector = tuple[int, int, int, int]
"""The year in which all is done, contact hours, hours off the work floor, enrolments."""
Goals = set[frozenset[str]]
AGES = ("leeftijd-min", "leeftijd-max")


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
    degree: str = ""


class Possible(NamedTuple):
    """A step in bits, with the years in which it can be begun; the first number of its cost is how many it takes."""

    ways: tuple[int, ...]
    gives: int
    cost: Vector
    years: tuple[int, ...]
    degree: str = ""


def every_step(offer: Offer, question: Question, lifted: frozenset[str] = frozenset()) -> Iterator[Begun]:
    """All that can be begun under the question; of the limits on age those that are `lifted` do not count."""
    first, last = first_year(question), last_year(question)
    begin = max(first, question.wens.schooljaar or first)  # nothing begins before the school year that was asked
    ways = question.wens.wegen
    for code, line in EVC.items():
        version = newest_version(offer, line)
        if version and (ways is None or "evc" in ways) and code not in question.wens.vermijd:
            facts = frozenset(holding(offer, version))
            for year in range(begin, last + 1):
                yield Begun((frozenset({f"ervaring:{line}"}),), facts, (0, 0, 0, 1), year, code)
    for year in range(first + 1, last + 1):
        for age in ages(question, year) - ages(question, first):
            yield Begun((frozenset(),), frozenset({age}), (0, 0, 0, 0), year)
    for programme in offer.programmes.values():
        for year in range(begin, last - programme.duration + 1):
            yield from _begun(offer, question, programme, year, lifted)


def _begun(
    offer: Offer, question: Question, programme: Programme, year: int, lifted: frozenset[str]
) -> Iterator[Begun]:
    preparatory, dual = (programme.place.get(each) == "true" for each in ("aanloop", "duaal"))
    pair = programme.pair(year)
    if pair is None or (dual and not _of_age(question, year, lifted)):
        return
    (begin, end), years = pair, programme.duration
    ways = tuple(_ways(offer, question, programme, begin, year))
    if not ways:
        return
    if programme.place.get("graad") == "1" and not young(question, year):
        return
    floor = min(begin.least or 0, HOURS) if dual and not preparatory else 0
    hours = years * WEEKS
    for kind in ("aanloop",) if preparatory else ("opleiding", "gedeeltelijk"):
        faults = set(broken(question, programme, begin, kind, year)) - {"de leeftijd past niet bij duaal leren"}
        code = programme.step_code(year, kind)
        avoided = {begin.code, end.code, programme.code, code} & set(question.wens.vermijd)
        facts = _gained(offer, programme, end, kind)
        if not faults and not avoided and facts:
            cost: Vector = (years, hours * HOURS, hours * (HOURS - floor), 1)
            degree = programme.place.get("graad", "")
            yield Begun(ways, facts, cost, year, code, programme.name, programme.code, begin.code, degree)


def _gained(offer: Offer, programme: Programme, end: Recognition, kind: str) -> frozenset[str]:
    """What a step makes true; the same in every question."""
    key = ("gained", programme.code, end.code, kind)
    if key not in offer.tried:
        offer.tried[key] = frozenset(gained(offer, programme, end, kind))
    found: frozenset[str] = offer.tried[key]
    return found


def _ways(
    offer: Offer, question: Question, programme: Programme, begin: Recognition, year: int
) -> Iterator[frozenset[str]]:
    own = f"vrijgesteld:{programme.code}"
    exempt = any(
        each.omvang == f"toelating:{programme.code}" and (each.vervalt is None or each.vervalt >= date(year, 9, 1))
        for each in question.leerling.vrijstellingen
    )
    key = ("entry", programme.code, begin.code)
    if key not in offer.tried:
        offer.tried[key] = entry(offer, programme, begin)
    for way in offer.tried[key]:
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
    """What is open, as bits; only facts that can matter for the goals are kept.

    A step that another does no worse is left out; with `alike` only where both have the same degree and costs.
    """

    def __init__(
        self, offer: Offer, begun: Sequence[Begun], start: frozenset[str], goals: Goals, *, alike: bool = False
    ) -> None:
        self.offer = offer
        rules = list(_rules(offer, start, goals))
        reach = _reach(begun, rules, closed(offer, start))
        met = (step._replace(ways=tuple(way for way in step.ways if way <= reach)) for step in begun)
        begun, rules = [step for step in met if step.ways], [rule for rule in rules if rule[0] <= reach]
        wanted = _wanted(begun, rules, goals, closed(offer, start))
        self.bit = {fact: 1 << place for place, fact in enumerate(sorted(wanted))}
        self.rules = [(self.bits(need), self.bits({gain})) for need, gain in rules if gain in wanted]
        self.goals = [self.bits(goal) for goal in goals]
        self.start = self.close(self.bits(start))
        merged: dict[tuple[tuple[int, ...], int, Vector, str], set[int]] = {}
        for step in begun:
            if gives := self.bits(step.gives) & ~self.start:
                ways = tuple(sorted({self.bits(way) & ~self.start for way in step.ways}))
                what = (ways, gives, step.cost, step.degree if alike else "")
                merged.setdefault(what, set()).add(step.year)
        every = self._that_matter([Possible(*what[:3], tuple(sorted(own)), what[3]) for what, own in merged.items()])
        left = [step for step in every if not any(_better(o, step) and not (alike and _dearer(o, step)) for o in every)]
        self.steps = self._one_of_each_kind(left)

    def _that_matter(self, steps: list[Possible]) -> list[Possible]:
        """The steps without ways in that another replaces, and without what then no way to a goal needs."""
        comes = self._comes_with(steps)
        steps = [step._replace(ways=_needed(step.ways, comes)) for step in steps]
        wanted, before = 0, -1
        for goal in self.goals:
            wanted |= goal & ~self.start
        while before != wanted:
            before = wanted
            for need, gain in self.rules:
                wanted |= need & ~self.start if gain & wanted else 0
            for step in steps:
                wanted |= reduce(or_, step.ways) if step.gives & wanted else 0
        merged: dict[Possible, set[int]] = {}
        for step in steps:
            if gives := step.gives & wanted:
                merged.setdefault(step._replace(gives=gives, years=()), set()).update(step.years)
        return [step._replace(years=tuple(sorted(years))) for step, years in merged.items()]

    def _comes_with(self, steps: list[Possible]) -> dict[int, int]:
        """By fact all that holds wherever it does: what every maker of it gives, and what came before that maker.

        The greatest solution, lowered until nothing changes: support is never circular.
        """
        rules = [((need & ~self.start,), gain) for need, gain in self.rules if not gain & self.start]
        made = [(fact, ways, gives) for ways, gives in {(s.ways, s.gives) for s in steps} for fact in bits(gives)]
        made += [(gain, ways, gain) for ways, gain in rules]
        every = reduce(or_, (fact for fact, _, _ in made), 0)
        comes, before = dict.fromkeys((fact for fact, _, _ in made), every), dict[int, int]()
        while before != comes:
            before, comes = comes, {}
            for fact, ways, gives in made:
                comes[fact] = comes.get(fact, every) & (gives | reduce(and_, (_with(way, before) for way in ways)))
        return comes

    def _one_of_each_kind(self, steps: list[Possible]) -> list[Possible]:
        """Without facts for which another stands: both can change places in every step, and no way asks both."""
        special = self.start | sum({fact for goal in self.goals for fact in bits(goal)})
        special |= sum({fact for need, gain in self.rules for fact in bits(need | gain)})
        while True:
            about: dict[int, list[Possible]] = {}
            for step in steps:
                for fact in {each for way in (*step.ways, step.gives) for each in bits(way & ~special)}:
                    about.setdefault(fact, []).append(step)
            kinds: dict[tuple[int, ...], list[int]] = {}
            for fact in sorted(about):
                kinds.setdefault(tuple(sorted(hash(_shape_of(step)) for step in about[fact])), []).append(fact)
            double = 0
            for alike in kinds.values():
                for place, fact in enumerate(alike):
                    together = reduce(or_, (way for step in about[fact] for way in step.ways if way & fact), 0)
                    others = (each for each in alike[:place] if not each & (double | together))
                    if any(_change_places(fact, other, {*about[fact], *about[other]}) for other in others):
                        double |= fact
            if not double:
                return steps
            steps = self._that_matter([_without(step, double) for step in steps if _usable(step, double)])

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


def _with(facts: int, comes: dict[int, int]) -> int:
    return reduce(or_, (comes.get(fact, 0) for fact in bits(facts)), facts)


def _needed(ways: tuple[int, ...], comes: dict[int, int]) -> tuple[int, ...]:
    """Of the ways into a step those that no other replaces: who meets them meets that one too."""
    met = {way: _with(way, comes) for way in ways}
    return tuple(
        way for way in ways if not any(o != way and o & ~met[way] == 0 and (way & ~met[o] or o < way) for o in ways)
    )


def _shape_of(step: Possible) -> tuple[object, ...]:
    """What a step shares with one in which facts changed places."""
    ways = tuple(sorted(way.bit_count() for way in step.ways))
    return ways, step.gives.bit_count(), step.cost, step.years, step.degree


def _change_places(one: int, two: int, steps: set[Possible]) -> bool:
    """Whether these steps are the same steps when the two facts change places."""

    def changed(facts: int) -> int:
        return facts ^ (one | two) if bool(facts & one) != bool(facts & two) else facts

    ways = ((step, tuple(sorted(changed(way) for way in step.ways))) for step in steps)
    return {step._replace(ways=own, gives=changed(step.gives)) for step, own in ways} == steps


def _usable(step: Possible, double: int) -> bool:
    return bool(step.gives & ~double) and any(not way & double for way in step.ways)


def _without(step: Possible, double: int) -> Possible:
    return step._replace(ways=tuple(way for way in step.ways if not way & double), gives=step.gives & ~double)


def _dearer(one: Possible, two: Possible) -> bool:
    """Whether these are not of the same degree and costs."""
    return (one.cost, one.degree) != (two.cost, two.degree)


def bits(facts: int) -> Iterator[int]:
    """Each fact by itself."""
    while facts:
        yield facts & -facts
        facts &= facts - 1


def _same(one: Possible, two: Possible) -> bool:
    return (one.gives, one.cost, one.years) == (two.gives, two.cost, two.years)


def _rules(offer: Offer, start: frozenset[str], goals: Goals) -> Iterator[tuple[frozenset[str], str]]:
    for fact, follows in FOLLOWS.items():
        yield from ((frozenset({fact}), gain) for gain in follows)
    yield from ((frozenset({"arbeidsrijp"}), f"gereed:{code}") for code in offer.programmes)
    yield from ((frozenset({whole}), part) for whole, parts in offer.parts.items() for part in parts)
    apart = any("-DBK-" in code for code in offer.proves)
    if apart or any(fact.startswith("competentie:") for fact in start.union(*goals)):
        for code, all_of in offer.proves.items():
            own = holding(offer, code)
            yield from ((frozenset({own[0]}), each) for each in all_of)
            yield from ((frozenset(all_of), each) for each in own)


def _reach(
    begun: Sequence[Begun], rules: Sequence[tuple[frozenset[str], str]], start: frozenset[str]
) -> frozenset[str]:
    """All that can be reached when time is no matter."""
    facts, before = set(start), -1
    while before != len(facts):
        before = len(facts)
        for ways, gives in {(step.ways, step.gives) for step in begun if not step.gives <= facts}:
            facts |= gives if any(way <= facts for way in ways) else set()
        facts |= {gain for need, gain in rules if need <= facts}
    return frozenset(facts)


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
