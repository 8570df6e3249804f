"""Checking a downloaded bridge against a release, with SPARQL and nothing of what computed it.

Each triple that an answer cites is asked of the graph; then each verdict is worked out again from what the graph says
of the two competences and of the held set, by the rules as algorithms.md §2.9a states them, and compared. The counts,
the order of the target's competences, both ends, the date and the release must agree, and so must the digest.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

import msgspec

from ..errors import EvidenceError
from ..graph.knowledge_graph import KnowledgeGraph
from ..graph.vocabulary import ONTOLOGY
from .evidence_answer import Answer, Competence, Decision, Fact, Said, Step, Thing
from .evidence_chains import Chains, as_cited
from .evidence_graph import Evidence, ask_fact
from .evidence_rules import Held, Judged, judge
from .evidence_sides import check_sides

MAX_BYTES = 32 * 2**20

Kind = TypeVar("Kind", bound=Said)


def read_answer(raw: bytes) -> dict[str, Any]:
    """The JSON of a downloaded answer. Raises EvidenceError where it is not one."""
    if len(raw) > MAX_BYTES:
        raise EvidenceError("Dit antwoord is te groot.", remedy=f"Ten hoogste {MAX_BYTES} bytes.")
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise EvidenceError(f"Dit is geen JSON: {error}.", remedy="Download het antwoord opnieuw.") from error
    if not isinstance(document, dict):
        raise EvidenceError("Dit is geen antwoord.", remedy="Download het antwoord opnieuw.")
    return document


def check_answer(
    document: Mapping[str, Any],
    graph: KnowledgeGraph,
    release: int,
    decisions: Iterable[Decision] = (),
    entry: tuple[int, str] = (0, ""),
) -> tuple[str, ...]:
    """What is wrong with an answer; nothing when its evidence holds.

    `decisions` are the mapping decisions of the ledger up to `entry`, its number and seal: those that the answer says
    it counts. Never raises for a bad answer.
    """
    evidence = Evidence(graph, tuple(decisions))
    return checked(document, Answer, lambda answer: _check_all(answer, document, evidence, release, entry))


def checked(document: Mapping[str, Any], kind: type[Kind], check: Callable[[Kind], Iterable[str]]) -> tuple[str, ...]:
    """What a check finds in an answer of that kind, or why the answer cannot be read. Never raises for a bad one."""
    try:
        told = {key: value for key, value in document.items() if key != "@context"}
        return tuple(check(msgspec.convert(told, kind, strict=True)))
    except (msgspec.ValidationError, RecursionError) as error:
        return (f"het antwoord is niet volledig: {error}",)
    except ValueError as error:  # an IRI or a date that is none
        return (f"een waarde is niet leesbaar: {error}",)


def _check_all(
    answer: Answer, document: Mapping[str, Any], evidence: Evidence, release: int, entry: tuple[int, str]
) -> Iterator[str]:
    yield from check_entry(answer, entry)
    yield from check_context(document, bridge_context())
    yield from check_bridge(answer, document, evidence, release)
    for back, raw in zip(answer.terug, document.get("terug", ()), strict=True):
        yield from (f"terug: {fault}" for fault in check_bridge(back, raw, evidence, release))
    yield from _check_mirrors(answer)


def check_bridge(answer: Answer, document: Mapping[str, Any], evidence: Evidence, release: int) -> tuple[str, ...]:
    """Faults in one bridge, which may stand in another answer; its bridges the other way are not looked at."""
    return (*check_digest(document, evidence.graph.names.base), *_check(answer, evidence, release))


def check_entry(answer: Said, entry: tuple[int, str]) -> Iterator[str]:
    """A fault where an answer counts another entry of the ledger than the one that is there."""
    if (answer.grootboek.nummer, answer.grootboek.zegel) != entry:
        yield "het grootboek heeft die regel met dat zegel niet"


def bridge_context() -> Any:
    """The context in which a bridge is written."""
    return json.loads((ONTOLOGY / "brug-v1.jsonld").read_bytes())["@context"]


def check_context(document: Mapping[str, Any], published: Any) -> Iterator[str]:
    """A fault where an answer gives its words another meaning than the published one."""
    if document.get("@context") != published:
        yield "de context is niet die waarin dit antwoord geschreven wordt"


def check_digest(document: Mapping[str, Any], base: str, kind: str = "brug") -> Iterator[str]:
    """A fault where the IRI is not made of the rest of the document."""
    rest = {key: value for key, value in document.items() if key != "id"}
    text = json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    if document["id"] != f"{base}/id/{kind}/{hashlib.sha256(text.encode()).hexdigest()[:32]}":
        yield "de IRI hoort niet bij deze inhoud"


def _check_mirrors(answer: Answer) -> Iterator[str]:
    """Beside a bridge stand those back to each thing that is held, in their order; a certificate is no target."""
    held = [msgspec.structs.replace(thing, evc=False) for thing in answer.van if thing.soort != "certificaat"]
    if [(back.van, back.naar) for back in answer.terug] != [([answer.naar], thing) for thing in held]:
        yield "terug: de richting is niet de omgekeerde van elk ding dat gehouden wordt"
    if any(back.grootboek.nummer or back.terug for back in answer.terug):
        yield "terug: alleen het antwoord zelf noemt het grootboek en de omgekeerde richting"


def _check(answer: Answer, evidence: Evidence, release: int) -> Iterator[str]:
    if answer.type != "Brug":
        yield "dit is geen brug"
    if answer.release != release or any(s.release != release for c in answer.competenties for s in c.evidence):
        yield f"het antwoord is niet van release {release}"
    if answer.graaf != f"{evidence.graph.names.base}/id/release/{answer.release}":
        yield "de graaf is niet die van de release"
    if answer.regelset != "brug-1":
        yield f"de regelset {answer.regelset} is onbekend"
    yield from _check_date(answer)
    if answer.naar.evc or answer.naar.soort == "certificaat":
        yield "het doel is iets dat enkel gehouden kan worden"
    if len({(thing.id, thing.code, thing.evc) for thing in answer.van}) != len(answer.van):
        yield "iets dat gehouden wordt staat er tweemaal"
    evidence.know(*answer.van, answer.naar)
    for thing in (*answer.van, answer.naar):
        yield from _check_thing(thing, evidence)
    yield from _check_counts(answer)
    chains = Chains(evidence.decisions, evidence.holders)
    yield from _check_verdicts(answer, evidence, chains)
    yield from check_sides(answer, evidence, chains)


def _check_date(answer: Answer) -> Iterator[str]:
    try:
        date.fromisoformat(answer.datum)
    except ValueError:
        yield f"{answer.datum!r} is geen datum"
    if any(step.datum != answer.datum for c in answer.competenties for step in c.evidence):
        yield "een stap heeft een andere datum dan het antwoord"


def _check_thing(thing: Thing, evidence: Evidence) -> Iterator[str]:
    """A thing is what its code says, and contains what the graph says it contains."""
    if thing.soort == "certificaat":
        name = thing.code.removeprefix("certificaat:").strip()
        told = (thing.id, thing.naam, thing.kwalificaties, thing.gedeeltelijk, thing.evc)
        if name == thing.code or told != ("urn:leerbrug:certificaat", {"nl": f"certificaat {name}"}, [], [], False):
            yield f"{thing.code} is geen certificaat"
        return
    if not evidence.has_code(thing.id, thing.code):
        yield f"{thing.id} heeft niet de code {thing.code}"
    if thing.soort not in ("kwalificatie", "erkenning", "competentie"):
        yield f"{thing.code}: de soort {thing.soort} is onbekend"
    if not evidence.has_names(thing.id, thing.code, thing.naam, every=thing.soort == "kwalificatie"):
        yield f"{thing.code} heeft niet de naam {'/'.join(thing.naam.values())}"
    if thing.evc and thing.soort == "erkenning":
        yield f"{thing.code} kan niet door EVC bewezen zijn"
    full, part = evidence.contains(thing)
    if sorted(thing.kwalificaties) != sorted(full) or sorted(thing.gedeeltelijk) != sorted(part):
        yield f"{thing.code} bevat niet wat het antwoord zegt"


def _check_counts(answer: Answer) -> Iterator[str]:
    counted = Counter(competence.verdict for competence in answer.competenties)
    said = msgspec.to_builtins(answer.dekking)
    total = said.pop("van")
    if total != len(answer.competenties) or any(counted[verdict] != number for verdict, number in said.items()):
        yield "de dekking telt niet op uit de oordelen"
    if answer.interval != {"bewezen": said["gedekt"], "mogelijk": total - said["ontbreekt"]}:
        yield "het interval volgt niet uit de dekking"


def _check_verdicts(answer: Answer, evidence: Evidence, chains: Chains) -> Iterator[str]:
    sure = Held([row for thing in answer.van for row in evidence.competences(thing, partly=False)])
    perhaps = Held([row for thing in answer.van for row in evidence.competences(thing, partly=True)])
    asked = evidence.competences(answer.naar, partly=False)
    if [row.iri for row in asked] != [competence.id for competence in answer.competenties]:
        yield "de competenties zijn niet die van het doel, in de volgorde van de bron"
        return
    for place, (row, competence) in enumerate(zip(asked, answer.competenties, strict=True), start=1):
        where = f"competentie {competence.code}"
        if (row.code, row.number or place, row.text, row.by) != (
            competence.code,
            competence.nr,
            competence.tekst,
            competence.kwalificatie,
        ):
            yield f"{where}: code, nummer, tekst of kwalificatie is niet die van de graaf"
        if len(competence.evidence) != 1:
            yield f"{where}: er is geen of meer dan een stap"
            continue
        judged = judge(row, sure, perhaps, evidence.decisions, chains)
        yield from (f"{where}: {fault}" for fault in check_step(competence, judged, evidence, chains))


def check_step(competence: Competence, judged: Judged, evidence: Evidence, chains: Chains) -> Iterator[str]:
    """Faults in the one step of a verdict, against what the verdict must be."""
    (step,) = competence.evidence
    if competence.verdict != judged.verdict or step.regel != judged.rule:
        yield f"het oordeel is {judged.verdict} volgens regel {judged.rule}"
        return
    if not judged.allows([(s.id, s.code, s.door, frozenset(s.referenties)) for s in step.steunt]):
        yield "het steunt niet op wat gehouden wordt"
    if [sorted(step.gedeeld), sorted(step.resterend), step.zwak] != [
        sorted(judged.shared),
        sorted(judged.rest),
        judged.weak,
    ]:
        yield "de gedeelde of resterende referenties kloppen niet"
    if sorted((k.id, k.gevraagd, k.gehouden, k.waarde) for k in step.kennis) != sorted(judged.knowledge):
        yield "de ontbrekende kennis klopt niet"
    if judged.chain:
        if not step.steunt or not chains.joins(step.steunt[0].id, competence.id, step.besluiten):
            yield "de keten van besluiten leidt niet van wat gehouden wordt naar wat gevraagd wordt"
    elif {as_cited(decision) for decision in step.besluiten} != judged.decisions:
        yield "de besluiten kloppen niet"
    if sorted(step.ontbrekende_delen) != sorted(judged.missing_parts):
        yield "de ontbrekende delen kloppen niet"
    yield from _check_words(step, competence.tekst, judged)
    yield from _check_facts(step, competence, evidence)


def _check_words(step: Step, asked: str, judged: Judged) -> Iterator[str]:
    """The word difference must give back both wordings."""
    if bool(step.verschil) != judged.needs_difference:
        yield "het woordverschil ontbreekt, of hoort niet bij deze regel"
    if not step.verschil:
        return
    right = " ".join(part for v in step.verschil for part in (v.gelijk, v.bij) if part)
    left = " ".join(part for v in step.verschil for part in (v.gelijk, v.weg) if part)
    if right != " ".join(asked.split()) or not judged.is_wording(step.steunt[0].id if step.steunt else "", left):
        yield "het woordverschil geeft de twee bewoordingen niet terug"


def _check_facts(step: Step, competence: Competence, evidence: Evidence) -> Iterator[str]:
    known = evidence.needed(competence, step)
    cited = [_key(fact) for fact in step.feiten]
    lists: list[list[Any]] = [cited, step.besluiten, *(support.referenties for support in step.steunt)]
    if any(len(set(each)) != len(each) for each in lists):
        yield "iets dat aangehaald wordt staat er tweemaal"
    if set(cited) != known:
        yield "de aangehaalde triples zijn niet die waarop de stap steunt"
    for fact in step.feiten:
        if not ask_fact(evidence, fact):
            yield f"de graaf zegt niet: {fact.subject} {fact.predicate}"


def _key(fact: Fact) -> tuple[str, str, str]:
    return fact.subject, fact.predicate, fact.object.id or fact.object.value or ""
