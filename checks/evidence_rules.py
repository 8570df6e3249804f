"""The rules of algorithms.md §2.9a worked out a second time, plainly, from rows of the graph: for checking only."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .evidence_answer import Decision
from .evidence_chains import Chains, as_cited
from .evidence_graph import Row

Support = tuple[str, str, str, frozenset[str]]


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """A wording as it is compared: NFKC, case and blanks folded, no final full stop."""
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return folded[:-1].rstrip() if folded.endswith(".") else folded


class Held:
    """The competences held, the first mention of each."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: dict[str, Row] = {}
        for row in rows:
            self.rows.setdefault(row.iri, row)

    def depth(self, text: str) -> int:
        """How deeply an item of knowledge is held; -1 for not at all."""
        return max(
            (d for row in self.rows.values() for _, t, d in row.knowledge if plain(t) == plain(text)), default=-1
        )


@dataclass
class Judged:
    """What the verdict must be and what may support it."""

    verdict: str
    rule: str
    supports: list[Row] = field(default_factory=list)
    every: bool = False
    wanted: frozenset[str] = frozenset()
    shared: Sequence[str] = ()
    rest: Sequence[str] = ()
    weak: bool = False
    knowledge: Sequence[tuple[str, int, int, str]] = ()
    decisions: set[tuple[str, ...]] = field(default_factory=set)
    chain: bool = False
    missing_parts: Sequence[str] = ()
    needs_difference: bool = False

    def allows(self, cited: Sequence[Support]) -> bool:
        """One of the possible supports is cited with what it brings, or all of them where they do it together."""
        possible = {(r.iri, r.code, r.by, frozenset(r.references) & self.wanted) for r in self.supports}
        if self.every or not possible:
            return len(cited) == len(possible) and set(cited) == possible
        return len(cited) == 1 and cited[0] in possible

    def is_wording(self, iri: str, text: str) -> bool:
        """Whether that is the wording of a support; of words that are the same, the asked spelling is shown."""
        words = [plain(word) for word in text.split()]
        return any(row.iri == iri and [plain(word) for word in row.text.split()] == words for row in self.supports)


def judge(asked: Row, sure: Held, perhaps: Held, decisions: Iterable[Decision], chains: Chains) -> Judged:
    """The verdict that the rules give."""
    standing, same = _standing(asked.iri, decisions), chains.same(asked.iri)
    judged = _judge(asked, sure, standing, same)
    if judged.verdict in ("gedekt", "te_bevestigen"):
        return judged
    possible = Held(row for row in perhaps.rows.values() if row.iri not in sure.rows)
    better = _judge(asked, possible, standing, same) if possible.rows else judged
    if better.verdict not in ("gedekt", "te_bevestigen"):
        return judged
    better.verdict, better.rule = "te_bevestigen", "8-gedeeltelijk-bewezen"
    return better


def _standing(asked: str, decisions: Iterable[Decision]) -> list[Decision]:
    """The newest decision on each pair with the asked competence, and the parts it is said to have."""
    newest: dict[tuple[str, bool], Decision] = {}
    for decision in sorted(decisions, key=lambda d: (d.datum, d.id)):
        part = decision.predicaat == "deelVan"
        if part and decision.naar == asked:
            newest[decision.van, True] = decision
        elif not part and asked in (decision.van, decision.naar):
            other = decision.naar if decision.van == asked else decision.van
            newest[other, False] = decision
    return list(newest.values())


def _judge(asked: Row, held: Held, standing: list[Decision], same: set[str]) -> Judged:
    if asked.iri in held.rows:
        return Judged("gedekt", "0-zelfde-competentie", [held.rows[asked.iri]])
    denied, partial = set(), None
    for decision in standing:
        other = decision.naar if decision.van == asked.iri else decision.van
        if other not in held.rows or decision.predicaat == "deelVan":
            continue
        if decision.ontkend:
            denied.add(other)
        elif decision.predicaat == "exactMatch":
            return _decided("gedekt", "1-besluit", [held.rows[other]], [decision])
        elif (decision.predicaat, decision.naar) in (("broadMatch", asked.iri), ("narrowMatch", other)):
            partial = partial or _decided("deels", "1-deel-volgens-besluit", [held.rows[other]], [decision])
    if chained := [held.rows[iri] for iri in sorted(same) if iri in held.rows]:
        return Judged("gedekt", "1-keten-van-besluiten", chained, chain=True)
    partial = _parts(held, standing) or partial
    if partial and partial.verdict == "gedekt":
        return partial
    by_reference = _by_reference(asked, Held(row for iri, row in held.rows.items() if iri not in denied), held)
    return by_reference if by_reference.verdict in ("gedekt", "te_bevestigen") else partial or by_reference


def _decided(verdict: str, rule: str, rows: list[Row], decisions: Iterable[Decision]) -> Judged:
    return Judged(verdict, rule, rows, every=True, decisions={as_cited(decision) for decision in decisions})


def _parts(held: Held, standing: list[Decision]) -> Judged | None:
    parts = [d for d in standing if d.predicaat == "deelVan" and not d.ontkend]
    present = [d for d in parts if d.van in held.rows]
    if not present:
        return None
    missing = [d.van for d in parts if d.van not in held.rows]
    verdict, rule = ("deels", "1-deel-volgens-besluit") if missing else ("gedekt", "1-besluit")
    judged = _decided(verdict, rule, [held.rows[d.van] for d in present], present)
    judged.missing_parts = missing
    return judged


def _by_reference(asked: Row, held: Held, all_held: Held) -> Judged:
    wanted = frozenset(asked.references)
    if not wanted:
        same = [row for row in held.rows.values() if plain(row.text) == plain(asked.text)]
        if same:
            return Judged("te_bevestigen", "2-zelfde-tekst-zonder-referentie", same)
        return Judged("onvergelijkbaar", "2-zonder-referentie")
    whole = [row for row in held.rows.values() if wanted <= set(row.references)]
    if whole:
        return _whole(asked, whole, all_held, wanted)
    sharing = [row for row in held.rows.values() if wanted & set(row.references)]
    shared = sorted({code for row in sharing for code in row.references} & wanted)
    rest = sorted(wanted - set(shared))
    if sharing and not rest:
        return Judged("te_bevestigen", "4-meerdere-samen", sharing, every=True, wanted=wanted, shared=shared)
    if sharing:
        weak = not any(code[0].isdigit() for code in shared)
        return Judged(
            "deels",
            "5-deel-van-de-referenties",
            sharing,
            every=True,
            wanted=wanted,
            shared=shared,
            rest=rest,
            weak=weak,
        )
    comparable = any(not code.startswith("co") for row in all_held.rows.values() for code in row.references)
    if not comparable or all(code.startswith("co") for code in wanted):
        return Judged("onvergelijkbaar", "6-geen-vergelijkbare-referentie")
    return Judged("ontbreekt", "7-niets-gedeeld", rest=sorted(wanted))


def _whole(asked: Row, whole: list[Row], held: Held, wanted: frozenset[str]) -> Judged:
    shared = sorted(wanted)
    same = [row for row in whole if plain(row.text) == plain(asked.text)]
    if not same:
        return Judged("te_bevestigen", "3-andere-tekst", whole, wanted=wanted, shared=shared, needs_difference=True)
    short = [
        (iri, depth, max(held.depth(text), 0), text) for iri, text, depth in asked.knowledge if held.depth(text) < depth
    ]
    free = [row for row in same if not short or not row.knowledge]
    if free:
        return Judged("gedekt", "3-zelfde-referenties-en-tekst", free, wanted=wanted, shared=shared)
    return Judged("deels", "9-minder-kennis", same, wanted=wanted, shared=shared, knowledge=short)
