"""What each thing that can be acquired brings of what a bridge leaves, worked out anew by the rules of a bridge.

Nothing is left out beforehand: every offer of the day is weighed on every competence that is left, by itself and
beside what is held.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import msgspec

from .evidence_answer import Answer, Thing
from .evidence_chains import Chains
from .evidence_graph import Evidence, Row
from .evidence_offers import EVC, Offer, Triple, facts, offers
from .evidence_rules import Held, Judged, judge, plain


@dataclass(frozen=True)
class Candidate:
    """An offer with what it brings, and how many of its competences what is held proves already."""

    offer: Offer
    brings: frozenset[str]
    twice: int

    @property
    def key(self) -> str:
        """The code by which it is asked."""
        thing = self.offer.thing
        return f"evc:{thing.code}" if thing.evc else thing.code


@dataclass
class Candidates:
    """The candidates for what a bridge leaves."""

    answer: Answer
    evidence: Evidence
    chains: Chains
    _brought: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)

    @cached_property
    def rest(self) -> list[Row]:
        """The competences that the bridge leaves, in order."""
        left = {c.id for c in self.answer.competenties if c.verdict != "gedekt"}
        return [row for row in self.evidence.competences(self.answer.naar, partly=False) if row.iri in left]

    @cached_property
    def held(self) -> list[Row]:
        """What is held for certain."""
        return [row for thing in self.answer.van for row in self.evidence.competences(thing, partly=False)]

    @cached_property
    def found(self) -> dict[str, Candidate]:
        """Every candidate that brings something, by the code by which it is asked."""
        return {found.key: found for offer in self._offers if (found := self._weighed(offer)).brings}

    @cached_property
    def together(self) -> frozenset[str]:
        """What all that can be acquired brings together."""
        codes = sorted({code for offer in self._offers for code in offer.thing.kwalificaties})
        every = [*self.held, *self._rows(codes)]
        return frozenset(row.iri for row in self.rest if self._judge(every, row).verdict == "gedekt")

    def judged(self, codes: list[str], row: Row) -> Judged:
        """The verdict of those qualifications by themselves, or else of them beside what is held."""
        alone = self._judge(self._rows(codes), row)
        return alone if alone.verdict == "gedekt" else self._judge([*self.held, *self._rows(codes)], row)

    def facts(self, candidate: Candidate) -> set[Triple]:
        """The triples that an item must cite."""
        return set(facts(self.evidence, candidate.offer))

    @cached_property
    def _offers(self) -> list[Offer]:
        """What can be acquired; an end of the bridge can only be proven by EVC, and a programme never."""
        ends = {thing.code for thing in (*self.answer.van, self.answer.naar)}
        return list(_acquired(offers(self.evidence, date.fromisoformat(self.answer.datum)), ends))

    def _weighed(self, offer: Offer) -> Candidate:
        codes = offer.thing.kwalificaties
        brings = self._brings(codes)
        taught = [] if offer.kind == EVC or not brings else self._rows(codes)
        return Candidate(offer, brings, sum(self._judge(self.held, row).verdict == "gedekt" for row in taught))

    def _rows(self, codes: list[str]) -> list[Row]:
        return self.evidence.competences(Thing("", "", {}, "erkenning", codes, [], evc=False), partly=False)

    def _brings(self, codes: list[str]) -> frozenset[str]:
        key = tuple(codes)
        if key not in self._brought:
            self._brought[key] = frozenset(r.iri for r in self.rest if self.judged(codes, r).verdict == "gedekt")
        return self._brought[key]

    def _judge(self, rows: list[Row], asked: Row) -> Judged:
        """Without a decision on it, only a competence of the same wording can cover one."""
        decided = any(asked.iri in (d.van, d.naar) for d in self.evidence.decisions)
        if not decided and all(plain(row.text) != plain(asked.text) for row in rows):
            return Judged("ontbreekt", "")
        return judge(asked, Held(rows), Held(()), self.evidence.decisions, self.chains)


def _acquired(every: Iterator[Offer], ends: set[str]) -> Iterator[Offer]:
    for offer in every:
        if offer.thing.code not in ends:
            yield offer
        if offer.instrument:
            proof = msgspec.structs.replace(offer.thing, evc=True)
            yield Offer(proof, EVC, offer.phase, offer.whole, offer.instrument)
