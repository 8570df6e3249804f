"""Every way to cover a set, enumerated plainly: for checking that no cheaper way was left out.

The search takes an element that is not covered yet and tries each candidate that has it, those tried before left out
further on; so every cover of which nothing can be left out is found once. It stops where the cost of what is chosen
and a lower bound of what is left reach the limit: prices that no candidate undercuts, or elements that no two share.
"""

from __future__ import annotations

import time
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field

from ..errors import EvidenceError

MILLION = 1_000_000


@dataclass
class Covers:
    """What each candidate brings and costs; `prices` are millionths that no candidate undercuts, checked before.

    >>> sorted(map(sorted, Covers({"x": frozenset("a"), "y": frozenset("ab")}, {"x": 1, "y": 2}).all(frozenset("ab"))))
    [['y']]
    """

    brings: Mapping[str, frozenset[str]]
    costs: Mapping[str, int]
    prices: Mapping[str, int] = field(default_factory=dict)
    deadline: float = float("inf")

    def all(self, wanted: frozenset[str], below: int | None = None) -> Iterator[frozenset[str]]:
        """Every cover of which nothing can be left out; only those that cost less than `below` where that is given.

        Raises EvidenceError where there was no time to try everything.
        """
        carriers = {e: sorted(c for c, brought in self.brings.items() if e in brought) for e in sorted(wanted)}
        yield from self._extend((), frozenset(), wanted, carriers, below)

    def closes(self, cover: frozenset[str], wanted: frozenset[str]) -> bool:
        """Whether a set of candidates brings all that is wanted, and every one of them is needed for it."""
        brought = frozenset[str]().union(*(self.brings[candidate] for candidate in cover))
        return wanted <= brought and self._needs_all(tuple(cover), wanted)

    def cost(self, cover: frozenset[str] | tuple[str, ...]) -> int:
        """What a set of candidates costs together."""
        return sum(self.costs[candidate] for candidate in cover)

    def _extend(
        self,
        chosen: tuple[str, ...],
        banned: frozenset[str],
        left: frozenset[str],
        carriers: Mapping[str, list[str]],
        below: int | None,
    ) -> Iterator[frozenset[str]]:
        if time.monotonic() > self.deadline:
            raise EvidenceError(
                "Er was geen tijd om elke goedkopere manier te proberen.", remedy="Vraag minder manieren."
            )
        open_ = {e: [c for c in carriers[e] if c not in banned] for e in left}
        if not all(open_.values()) or (below is not None and self.cost(chosen) + self._bound(open_) >= below):
            return
        if not left:
            yield frozenset(chosen)
            return
        element = min(open_, key=lambda e: (len(open_[e]), e))
        for number, candidate in enumerate(open_[element]):
            more = (*chosen, candidate)
            if self._needs_all(more, carriers):
                without = banned | frozenset(open_[element][:number])
                yield from self._extend(more, without, left - self.brings[candidate], carriers, below)

    def _needs_all(self, chosen: tuple[str, ...], wanted: Container[str]) -> bool:
        """Whether each of them brings something that no other of them does."""
        for one in chosen:
            others = frozenset[str]().union(*(self.brings[other] for other in chosen if other != one))
            if not any(element in wanted for element in self.brings[one] - others):
                return False
        return True

    def _bound(self, open_: Mapping[str, list[str]]) -> int:
        """What covering these costs at least."""
        priced = sum(self.prices.get(element, 0) for element in open_)
        apart, used = 0, set[str]()
        for element in sorted(open_, key=lambda e: (len(open_[e]), e)):
            if used.isdisjoint(open_[element]):
                apart += min(self.costs[candidate] for candidate in open_[element])
                used.update(open_[element])
        return max(apart, -(-priced // MILLION))
