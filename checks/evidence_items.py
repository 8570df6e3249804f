"""Checking one item that closes a gap: that it is what the graph says it is, and brings what it says it brings."""

from __future__ import annotations

from collections.abc import Iterator

from .evidence import check_step
from .evidence_answer import Competence
from .evidence_candidates import Candidate, Candidates
from .evidence_gap_answer import Gap, Item
from .evidence_graph import ask_fact


def check_item(item: Item, found: Candidate, hours: int | None, gap: Gap, candidates: Candidates) -> Iterator[str]:
    """Faults in an item, against the candidate that the graph gives under its code."""
    offer, evidence = found.offer, candidates.evidence
    if (item.id, item.soort, item.fase, item.instrument) != (offer.thing.id, offer.kind, offer.phase, offer.instrument):
        yield "soort, fase of EVC-standaard is niet die van de graaf"
    if not evidence.has_names(item.id, item.code, item.naam, every=item.soort != "structuuronderdeel"):
        yield "de naam is niet die van de graaf"
    if sorted(item.kwalificaties) != sorted(offer.thing.kwalificaties):
        yield "het bewijst niet die kwalificaties"
    if sorted(item.gedeeltelijk) != sorted(offer.thing.gedeeltelijk):
        yield "het bevat niet die kwalificaties gedeeltelijk"
    if item.dubbel != found.twice:
        yield f"het leert {found.twice} competenties dubbel"
    if item.uren != hours:
        yield "de uren zijn niet de gegeven uren"
    cited = [(fact.subject, fact.predicate, fact.object.id or fact.object.value or "") for fact in item.feiten]
    if len(set(cited)) != len(cited) or set(cited) != candidates.facts(found):
        yield "de aangehaalde triples zijn niet die waarop het steunt"
    if not all(ask_fact(evidence, fact) for fact in item.feiten):
        yield "de graaf zegt niet wat het aanhaalt"
    yield from _brings(item, found, gap, candidates)


def _brings(item: Item, found: Candidate, gap: Gap, candidates: Candidates) -> Iterator[str]:
    if [c.id for c in item.brengt] != [row.iri for row in candidates.rest if row.iri in found.brings]:
        yield "het brengt niet die competenties"
        return
    asked = {c.id: c for c in gap.brug.competenties}
    rows = {row.iri: row for row in candidates.rest}
    for competence in item.brengt:
        where = f"competentie {competence.code}"
        if _named(competence) != _named(asked[competence.id]) or competence.verdict != "gedekt":
            yield f"{where}: het is niet de gevraagde competentie, of niet gedekt"
            continue
        if [(step.release, step.datum) for step in competence.evidence] != [(gap.release, gap.datum)]:
            yield f"{where}: er is geen of meer dan een stap, of niet van deze release en dag"
            continue
        judged = candidates.judged(found.offer.thing.kwalificaties, rows[competence.id])
        faults = check_step(competence, judged, candidates.evidence, candidates.chains)
        yield from (f"{where}: {fault}" for fault in faults)


def _named(competence: Competence) -> tuple[int, str, str, str]:
    return competence.nr, competence.code, competence.tekst, competence.kwalificatie
