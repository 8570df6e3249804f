"""Chains of exactMatch decisions, followed a second time: what they join, and where two codes of one list meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .evidence_answer import Decided, Decision


def as_cited(decision: Decision | Decided) -> tuple[str, ...]:
    """What an answer must say of a decision that it cites."""
    d = decision
    return d.id, d.van, d.predicaat, d.naar, d.auteur, d.datum, d.rechtvaardiging


@dataclass(frozen=True)
class Clash:
    """Two items of one framework that decisions make the same."""

    framework: str
    one: str
    other: str
    decisions: frozenset[str]


class Chains:
    """The groups of items that standing exactMatch decisions make the same; `holders` names who has an item."""

    def __init__(self, decisions: Iterable[Decision], holders: Callable[[str], Iterable[str]]) -> None:
        newest: dict[frozenset[str], Decision] = {}
        for decision in sorted(decisions, key=lambda d: (d.datum, d.id)):
            if decision.predicaat != "deelVan":
                newest[frozenset((decision.van, decision.naar))] = decision
        self._standing = newest
        self._holders = holders
        self._exact = [d for d in newest.values() if d.predicaat == "exactMatch" and not d.ontkend]
        self._groups: list[set[str]] = []
        for decision in self._exact:
            touching = [group for group in self._groups if group & {decision.van, decision.naar}]
            self._groups = [group for group in self._groups if group not in touching]
            self._groups.append(set().union({decision.van, decision.naar}, *touching))

    def _group(self, iri: str) -> set[str]:
        return next((group for group in self._groups if iri in group), set())

    def same(self, asked: str) -> set[str]:
        """The items that a chain, and no decision on the pair itself, makes the same as the asked one."""
        if self.clash(asked):
            return set()
        return {other for other in self._group(asked) - {asked} if frozenset((asked, other)) not in self._standing}

    def joins(self, held: str, asked: str, cited: Sequence[Decided]) -> bool:
        """Whether the cited decisions stand and lead, one after the other, from the held item to the asked one."""
        standing = {as_cited(decision) for decision in self._exact}
        place, seen = held, {held}
        for decision in cited:
            if as_cited(decision) not in standing or place not in (decision.van, decision.naar):
                return False
            place = decision.naar if place == decision.van else decision.van
            if place in seen:
                return False
            seen.add(place)
        return place == asked and len(cited) == self._distance(held, asked)

    def _distance(self, one: str, other: str) -> int:
        reached, steps = {one}, 0
        while other not in reached and steps <= len(self._exact):
            steps += 1
            reached |= {d.naar for d in self._exact if d.van in reached} | {
                d.van for d in self._exact if d.naar in reached
            }
        return steps

    def clash(self, iri: str) -> Clash | None:
        """The first clash in the group of an item, in order of IRI."""
        group = self._group(iri)
        first: dict[str, str] = {}
        for item in sorted(group) if len(group) > 2 else ():
            for framework in self._frameworks(item):
                if framework in first:
                    return Clash(framework, first[framework], item, self._between(first[framework], item))
                first[framework] = item
        return None

    def _between(self, one: str, other: str) -> frozenset[str]:
        """The decisions on the shortest chain; between equals the one that goes by the first items in order."""
        ways: dict[str, tuple[Decision, ...]] = {other: ()}
        edge = [other]
        while one not in ways and edge:
            nearby = []
            for place in edge:
                for further, decision in sorted(self._next(place), key=lambda pair: pair[0]):
                    if further not in ways:
                        ways[further] = (decision, *ways[place])
                        nearby.append(further)
            edge = nearby
        return frozenset(decision.id for decision in ways.get(one, ()))

    def _next(self, place: str) -> list[tuple[str, Decision]]:
        return [(d.naar if d.van == place else d.van, d) for d in self._exact if place in (d.van, d.naar)]

    def _frameworks(self, iri: str) -> Iterable[str]:
        """Codes of Flemish competences are private to their dossier; others stand in the list that their IRI names."""
        if "/id/competentie/" in iri:
            return sorted(self._holders(iri))
        head, ours, rest = iri.partition("/id/")
        parts = rest.split("/")
        if ours and len(parts) == 3:
            return [f"{head}/id/{parts[0]}/*/{parts[2]}"]
        return [iri.rpartition("/")[0] or iri]
