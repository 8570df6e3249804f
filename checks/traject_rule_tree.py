"""What meets a rule of goals, by trying every choice of its parts: written apart from the trees of the search."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations, product

from .traject_answer import Rule

MOST = 20_000
Facts = frozenset[str]


def rule_ways(rule: Rule, ways_of: Callable[[str], Iterable[Facts]]) -> set[Facts]:
    """The sets of facts of which each meets the rule. Raises ValueError when there are too many to try."""
    if not rule.delen:
        return {way for code in (rule.code, *rule.gelijk) if code for way in ways_of(code)}
    parts = [Rule(code=part) if isinstance(part, str) else part for part in rule.delen]
    met = [rule_ways(part, ways_of) for part in parts]
    by_name = {name: place for place, part in enumerate(parts) for name in (part.code, part.naam, *part.gelijk)}
    apart = [{by_name[name] for name in group} for group in rule.niet_samen]
    found: set[Facts] = set()
    for count in _counts(rule):
        for chosen in combinations(range(len(parts)), count):
            hours = sum(_hours(parts[place]) for place in chosen)
            if any(len(group & set(chosen)) > 1 for group in apart) or hours < rule.uren_minstens:
                continue
            if rule.uren_hoogstens is not None and hours > rule.uren_hoogstens:
                continue
            found |= {Facts().union(*each) for each in product(*(met[place] for place in chosen))}
            if len(found) > MOST:
                raise ValueError("de regel heeft te veel keuzes om na te gaan")
    return found


def _counts(rule: Rule) -> range:
    """How many parts may be chosen; where hours do not count, more than is asked adds nothing."""
    by_hours = rule.uren_minstens > 0 or rule.uren_hoogstens is not None
    asked = (0 if by_hours else len(rule.delen)) if rule.minstens is None else rule.minstens
    most = len(rule.delen) if rule.hoogstens is None else min(rule.hoogstens, len(rule.delen))
    return range(asked, most + 1) if by_hours else range(asked, min(asked, most) + 1)


def _hours(part: Rule) -> int:
    return part.uren_minstens if part.uren is None else part.uren
