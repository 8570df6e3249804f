"""The certificate of an answer: its milestones cut every way to the goal, and together they bound the weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import msgspec

from .traject_answer import Detour, Milestone, Ways
from .traject_graph import Offer, Programme, Recognition
from .traject_limits import broken, last_year
from .traject_question import first_year
from .traject_rules import EVC, HOURS, WEEKS, closed, entry, gained, holding, newest_version

Key = tuple[str, str, str]
"""Programme, recognition at the begin, and kind: what a choice of a milestone names."""


def check_certificate(answer: Ways, offer: Offer, start: frozenset[str], asked: set[frozenset[str]]) -> Iterator[str]:
    """What is wrong with the certificate; its bound must follow from its milestones where it says they suffice."""
    certificate = answer.zekerheid
    if certificate is None:
        if answer.leertrajecten:
            yield "de zekerheid ontbreekt"
        return
    best = min((way.gewicht for way in answer.leertrajecten), default=certificate.gewicht)
    if certificate.gewicht > best or certificate.ondergrens > certificate.gewicht:
        yield "de zekerheid past niet bij het beste leertraject"
    if certificate.bewezen != (certificate.ondergrens == certificate.gewicht):
        yield "de zekerheid is niet bewezen zoals gezegd"
    steps = open_steps(answer, offer)
    paid: Counter[Key] = Counter()
    for number, milestone in enumerate(certificate.mijlpalen, 1):
        keys = {_key(choice.code, choice.programma, choice.begin) for choice in milestone.keuzes}
        for key in keys:
            paid[key] += milestone.prijs
        yield from (f"mijlpaal {number}: {fault}" for fault in _choices(milestone, offer))
        if milestone.prijs <= 0 or len(keys) != len({choice.code for choice in milestone.keuzes}):
            yield f"mijlpaal {number}: de prijs of de keuzes kloppen niet"
        if _reaches(offer, start | {"leeftijd:15"}, {k: s for k, s in steps.items() if k not in keys}, asked):
            yield f"mijlpaal {number}: het doel is ook zonder deze keuzes bereikbaar"
    for key, total in paid.items():
        if key not in steps or total > steps[key][0]:
            yield f"de mijlpalen vragen meer van {key[0] or key[1]} dan die kost"
    total = sum(milestone.prijs for milestone in certificate.mijlpalen)
    if certificate.door == "mijlpalen" and total != certificate.ondergrens:
        yield "de mijlpalen tellen niet op tot de ondergrens"
    if certificate.door not in (("mijlpalen", "oplosser") if certificate.bewezen else ("",)):
        yield "wat de ondergrens bewijst, is niet gezegd"
    if certificate.door == "oplosser" and total == certificate.ondergrens:
        yield "de mijlpalen volstaan zelf"
    if total > certificate.ondergrens:
        yield "de mijlpalen tellen op tot meer dan de ondergrens"
    for way in answer.leertrajecten:
        for step in way.stappen:
            if step.omweg is not None:
                yield from _length(step.omweg, answer, step.code)
            yield from _detour(step.omweg is not None and step.omweg.onmisbaar, step.code, offer, start, steps, asked)


def open_steps(answer: Ways, offer: Offer) -> dict[Key, Step]:
    """Every step that the limits of the question leave open in some year; remembered for many answers to it."""
    question = msgspec.json.encode(answer.vraag)
    if question not in offer.steps:
        offer.steps[question] = dict(_steps(answer, offer))
    return offer.steps[question]


def _length(detour: Detour, answer: Ways, code: str) -> Iterator[str]:
    """A detour has the hours of its years and no less weight than none; its exact length is not tried again."""
    years, off, enrolments = detour.schooljaren, detour.buiten_werkvloer, detour.inschrijvingen
    w = answer.vraag.wens.weging
    weight = (
        100 * (w.schooljaar * years + w.inschrijving * enrolments) + w.contact * detour.contacturen + w.buiten * off
    )
    if detour.contacturen != years * WEEKS * HOURS or weight < 0 or (detour.onmisbaar and weight):
        yield f"de omweg zonder {code} klopt niet"


def _detour(
    needed: bool, code: str, offer: Offer, start: frozenset[str], steps: dict[Key, Step], asked: set[frozenset[str]]
) -> Iterator[str]:
    """A step that is called unavoidable is one."""
    own = {key: step for key, step in steps.items() if named(code) != key}
    if needed and _reaches(offer, start | {"leeftijd:15"}, own, asked):
        yield f"{code} is niet onmisbaar"


def _choices(milestone: Milestone, offer: Offer) -> Iterator[str]:
    """A choice is called what its programme is called, and its code is whole."""
    for choice in milestone.keuzes:
        programme = offer.programmes.get(choice.programma)
        since = choice.code.removesuffix("/deel").rpartition("/")[2]
        if programme and (choice.naam != programme.name or len(since) != 4 or not since.isdigit()):
            yield f"de keuze {choice.code} heet anders in de graaf"


Step = tuple[int, list[frozenset[str]], frozenset[str]]
"""Weight, ways in, and what it gives."""


def named(code: str) -> Key:
    """The key of the step that a code names."""
    parts = code.split("/")
    if len(parts) == 1:
        return "", code, "evc"
    return parts[0], parts[1], "deel" if parts[-1] == "deel" else "heel"


def _key(code: str, programme: str, recognition: str) -> Key:
    key = named(code)
    return key if key[2] == "evc" or key[:2] == (programme, recognition) else ("?", code, "?")


def _steps(answer: Ways, offer: Offer) -> Iterator[tuple[Key, Step]]:
    """Every step that the limits of the question leave open in some year."""
    ways = answer.vraag.wens.wegen
    for line_code, line in EVC.items():
        version = newest_version(offer, line)
        if version and (ways is None or "evc" in ways) and line_code not in answer.vraag.wens.vermijd:
            facts = frozenset(holding(offer, version))
            yield ("", line_code, "evc"), (_weight(answer, 0, 0, 0), [frozenset({f"ervaring:{line}"})], facts)
    for programme in offer.programmes.values():
        for begin in programme.recognitions:
            yield from _of(answer, offer, programme, begin)


def _of(answer: Ways, offer: Offer, programme: Programme, begin: Recognition) -> Iterator[tuple[Key, Step]]:
    ways = entry(offer, programme, begin)
    exempt = f"vrijgesteld:{programme.code}"
    ways = [way - {exempt} for way in ways if exempt not in way or _exempt(answer, programme)]
    preparatory = programme.place.get("aanloop") == "true"
    years = 1 if preparatory else len(programme.years)
    floor = min(begin.least or 0, HOURS) if programme.place.get("duaal") == "true" and not preparatory else 0
    weight = _weight(answer, years, years * WEEKS * HOURS, years * WEEKS * (HOURS - floor))
    # Under a transition another recognition of the programme may award: what any of them gives is allowed here.
    for kind in ("aanloop",) if preparatory else ("opleiding", "gedeeltelijk"):
        if not _possible(answer, programme, begin, kind, years):
            continue
        ends = (end for end in programme.recognitions if end.status == "ERKEND")
        facts = frozenset().union(*(gained(offer, programme, end, kind) for end in ends))
        yield (programme.code, begin.code, "deel" if kind == "gedeeltelijk" else "heel"), (weight, ways, facts)


def _possible(answer: Ways, programme: Programme, begin: Recognition, kind: str, years: int) -> bool:
    question = answer.vraag
    return any(
        programme.newest(date(year, 9, 1)) is begin and not any(broken(question, programme, begin, kind, year))
        for year in range(first_year(question), last_year(question) - years + 1)
    )


def _exempt(answer: Ways, programme: Programme) -> bool:
    return any(each.omvang == f"toelating:{programme.code}" for each in answer.vraag.leerling.vrijstellingen)


def _weight(answer: Ways, years: int, contact: int, off: int) -> int:
    w = answer.vraag.wens.weging
    return 100 * (w.schooljaar * years + w.inschrijving) + w.contact * contact + w.buiten * off


def _reaches(offer: Offer, start: frozenset[str], steps: dict[Key, Step], asked: set[frozenset[str]]) -> bool:
    facts, left = closed(offer, start), list(steps.values())
    while left:
        now = [step for step in left if any(way <= facts for way in step[1])]
        if not now:
            break
        left = [step for step in left if not any(way <= facts for way in step[1])]
        facts = closed(offer, facts.union(*(step[2] for step in now)))
    return any(goal <= facts for goal in asked)
