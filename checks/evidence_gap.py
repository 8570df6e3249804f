"""Checking how a gap is closed: the bridge, what each item brings, and that nothing cheaper was left out.

The bridge is checked as any other. Then every candidate of the day is sought again in the graph, each way is added up,
and all cheaper ways are enumerated: there must be none but those that are named before it. What nothing closes is what
is left when everything is held.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..errors import EvidenceError
from ..graph.knowledge_graph import KnowledgeGraph
from ..graph.vocabulary import ONTOLOGY
from .evidence import bridge_context, check_bridge, check_context, check_digest, check_entry, checked
from .evidence_answer import Answer, Competence, Decision, Said
from .evidence_candidates import Candidates
from .evidence_chains import Chains
from .evidence_covers import MILLION, Covers
from .evidence_gap_answer import Gap, Open, Way
from .evidence_graph import Evidence
from .evidence_items import check_item

RULES = "kloof-1"
METHODS = ("tabel van alle deelverzamelingen", "HiGHS (geheeltallig)")
SECONDS = 60.0


def check_gap(
    document: Mapping[str, Any],
    graph: KnowledgeGraph,
    release: int,
    decisions: Iterable[Decision] = (),
    entry: tuple[int, str] = (0, ""),
    *,
    seconds: float = SECONDS,
) -> tuple[str, ...]:
    """What is wrong with an answer that closes a gap; `decisions` and `entry` as in `check_answer`.

    What could not be tried in so many seconds is a fault: it is no proof. Never raises for a bad answer.
    """
    evidence = Evidence(graph, tuple(decisions))

    def check(gap: Gap) -> Iterable[str]:
        faults = (*check_frame(gap, document, evidence, release, entry), *_bridge(gap, document, evidence))
        return faults or _check(gap, evidence, time.monotonic() + seconds)

    try:
        return checked(document, Gap, check)
    except EvidenceError as error:
        return (f"niet nagekeken: {error.message}",)


def check_frame(
    answer: Said, document: Mapping[str, Any], evidence: Evidence, release: int, entry: tuple[int, str]
) -> Iterator[str]:
    """Faults in what every answer made of bridges begins with: context, IRI, release and the entry of the ledger."""
    published = json.loads((ONTOLOGY / "kloof-v1.jsonld").read_bytes())["@context"]
    yield from check_context(document, [bridge_context(), published])
    yield from check_digest(document, evidence.graph.names.base, "kloof" if isinstance(answer, Gap) else "keten")
    if answer.release != release or answer.graaf != f"{evidence.graph.names.base}/id/release/{release}":
        yield f"het antwoord is niet van release {release}"
    yield from check_entry(answer, entry)


def check_part(part: Answer, raw: Mapping[str, Any], answer: Said, evidence: Evidence) -> Iterator[str]:
    """Faults in a bridge that another answer rests on: it is of the same day and names no ledger of its own."""
    yield from check_bridge(part, raw, evidence, answer.release)
    if part.datum != answer.datum or part.terug or part.grootboek.nummer:
        yield "de brug is niet die van dit antwoord"


def _bridge(gap: Gap, document: Mapping[str, Any], evidence: Evidence) -> Iterator[str]:
    if gap.type != "Kloof" or gap.regelset != RULES:
        yield f"dit is geen kloof volgens de regels {RULES}"
    yield from (f"brug: {fault}" for fault in check_part(gap.brug, document["brug"], gap, evidence))


def _check(gap: Gap, evidence: Evidence, deadline: float) -> Iterator[str]:
    candidates = Candidates(gap.brug, evidence, Chains(evidence.decisions, evidence.holders))
    hours = {each.code: each.uren for each in gap.bekende_uren}
    yield from _question(gap, candidates, hours)
    if gap.criterium == "uren":
        known = {key: found for key, found in candidates.found.items() if key in hours}
        candidates.found = known
    if gap.kandidaten != len(candidates.found):
        yield f"er zijn {len(candidates.found)} kandidaten"
    closable = frozenset[str]().union(*(found.brings for found in candidates.found.values()))
    yield from _left(gap, candidates, closable)
    faults = [f"manier {way.nr}: {fault}" for way in gap.sluitingen for fault in _way(way, gap, candidates, hours)]
    yield from faults
    if not faults:
        yield from _smallest(gap, candidates, hours, closable, deadline)


def _question(gap: Gap, candidates: Candidates, hours: Mapping[str, int]) -> Iterator[str]:
    if gap.criterium not in ("aantal", "dubbel", "uren") or gap.manieren < 1:
        yield "de vraag is er geen"
    codes = [each.code for each in gap.bekende_uren]
    if codes != sorted(set(codes)) or not set(codes) <= set(candidates.found) or min(hours.values(), default=0) < 0:
        yield "de uren zijn niet die van kandidaten"


def _left(gap: Gap, candidates: Candidates, closable: frozenset[str]) -> Iterator[str]:
    rest = [c for c in gap.brug.competenties if c.verdict != "gedekt"]
    if gap.resterend != [c.code for c in rest]:
        yield "wat rest is niet wat de brug laat liggen"
    open_ = [c for c in rest if c.id not in closable]
    if gap.alleen_samen != [_open(c) for c in open_ if c.id in candidates.together]:
        yield "wat alleen samen bewezen kan worden klopt niet"
    if gap.niet_te_sluiten != [_open(c) for c in open_ if c.id not in candidates.together]:
        yield "wat niets kan sluiten klopt niet"


def _open(competence: Competence) -> Open:
    c = competence
    return Open(c.id, c.nr, c.code, c.tekst, c.verdict)


def _way(way: Way, gap: Gap, candidates: Candidates, hours: Mapping[str, int]) -> Iterator[str]:
    keys = [item.key for item in way.items]
    if len(set(keys)) != len(keys):
        yield "een item staat er tweemaal"
    for item in way.items:
        found = candidates.found.get(item.key)
        if found is None:
            yield f"{item.key} is geen kandidaat"
        else:
            yield from (f"{item.key}: {f}" for f in check_item(item, found, hours.get(item.key), gap, candidates))
    if way.aantal != len(keys) or way.dubbel != sum(item.dubbel for item in way.items):
        yield "aantal of dubbel telt niet op"
    known = [item.uren for item in way.items if item.uren is not None]
    if way.uren != (sum(known) if len(known) == len(keys) else None):
        yield "de uren tellen niet op"
    if way.kosten != sum(_cost(gap.criterium, item.dubbel, item.uren) for item in way.items):
        yield "de kosten tellen niet op"
    if way.ondergrens > way.kosten or way.optimaal != (way.ondergrens == way.kosten) or way.methode not in METHODS:
        yield "het bewijs is niet optimaal zoals gezegd"


def _cost(criterion: str, twice: int, hours: int | None) -> int:
    if criterion == "aantal":
        return 1
    return 1_000 * (twice if criterion == "dubbel" else hours or 0) + 1


def _smallest(
    gap: Gap, candidates: Candidates, hours: Mapping[str, int], closable: frozenset[str], deadline: float
) -> Iterator[str]:
    """Every way covers all that can be closed with nothing to spare, and no other is cheaper than its bound."""
    costs = {key: _cost(gap.criterium, f.twice, hours.get(key)) for key, f in candidates.found.items()}
    covers = Covers({key: f.brings for key, f in candidates.found.items()}, costs, deadline=deadline)
    named = [frozenset(item.key for item in way.items) for way in gap.sluitingen]
    if [way.nr for way in gap.sluitingen] != list(range(1, len(named) + 1)) or len(set(named)) != len(named):
        yield "de manieren zijn niet genummerd, of een staat er tweemaal"
    if [way.kosten for way in gap.sluitingen] != sorted(way.kosten for way in gap.sluitingen):
        yield "de manieren staan niet van klein naar groot"
    for number, cover in enumerate(named, 1):
        if not covers.closes(cover, closable):
            yield f"manier {number} sluit niet alles, of kan met minder"
    priced = list(_prices(gap, covers, closable))
    yield from priced
    if not priced:
        covers.prices = {price.id: price.prijs for price in gap.zekerheid.prijzen}
    yield from _cheaper(gap, covers, named, closable)
    yield from _complete(gap, covers, set(named), closable)


def _prices(gap: Gap, covers: Covers, closable: frozenset[str]) -> Iterator[str]:
    """No candidate costs less than the prices of what it brings, so that any way costs at least their sum."""
    prices = {price.id: price.prijs for price in gap.zekerheid.prijzen}
    total = sum(price.prijs for price in gap.zekerheid.prijzen)
    if len(prices) != len(gap.zekerheid.prijzen) or not set(prices) <= closable or min(prices.values(), default=0) < 0:
        yield "er is een prijs voor iets anders dan wat te sluiten is"
    if total != gap.zekerheid.prijzen_samen:
        yield "de prijzen tellen niet op"
    for key, brought in covers.brings.items():
        if sum(prices.get(iri, 0) for iri in brought) > covers.costs[key] * MILLION:
            yield f"{key} kost minder dan de prijzen van wat het brengt"


def _cheaper(gap: Gap, covers: Covers, named: list[frozenset[str]], closable: frozenset[str]) -> Iterator[str]:
    limit = max((way.ondergrens for way in gap.sluitingen), default=0)
    for cover in covers.all(closable, limit) if closable else ():
        before = named.index(cover) if cover in named else len(named)
        if any(covers.cost(cover) < way.ondergrens and before >= way.nr for way in gap.sluitingen):
            yield f"er is een kleinere manier: {', '.join(sorted(cover))}"
            return


def _complete(gap: Gap, covers: Covers, named: set[frozenset[str]], closable: frozenset[str]) -> Iterator[str]:
    """As many ways as were asked, or all there are where the answer says so."""
    other = next((cover for cover in covers.all(closable) if cover not in named), None) if closable else None
    if gap.volledig != (other is None) or len(named) > gap.manieren or (other and len(named) < gap.manieren):
        yield "er zijn meer of minder manieren dan het antwoord zegt"
