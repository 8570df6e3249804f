"""The certificate of an answer: its milestones cut every way to the goal, and together they bound the weight.

They leave the calendar aside. That no dated way is lighter than the bound is tried with the other claims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .traject_answer import Certificate, Milestone, Ways
from .traject_graph import Offer, OutOfTimeError
from .traject_open import Open, check_detours, open_to, weight
from .traject_search import Goals


def check_certificate(answer: Ways, offer: Offer, asked: Goals) -> Iterator[str]:
    """What is wrong with the certificate; its bound must follow from its milestones where it says they suffice."""
    certificate = answer.zekerheid
    if certificate is None:
        if answer.leertrajecten:
            yield "de zekerheid ontbreekt"
        return
    best = min((way.gewicht for way in answer.leertrajecten), default=None)
    if certificate.gewicht != best or certificate.ondergrens > certificate.gewicht:
        yield "de zekerheid past niet bij het beste leertraject"
    if certificate.bewezen != (certificate.ondergrens == certificate.gewicht):
        yield "de zekerheid is niet bewezen zoals gezegd"
    found = open_to(offer, answer.vraag)
    yield from _milestones(certificate, found, asked)
    yield from _bound(certificate, found, asked)
    for way in answer.leertrajecten:
        yield from check_detours(way, found, asked, proved=certificate.bewezen and answer.volledig)


def _milestones(certificate: Certificate, found: Open, asked: Goals) -> Iterator[str]:
    """Each cuts every way to the goal, and no step pays more than it weighs."""
    paid: Counter[str] = Counter()
    for number, milestone in enumerate(certificate.mijlpalen, 1):
        codes = {choice.code for choice in milestone.keuzes}
        for code in codes:
            paid[code] += milestone.prijs
        yield from (f"mijlpaal {number}: {fault}" for fault in _choices(milestone, found))
        if milestone.prijs <= 0 or len(codes) != len(milestone.keuzes):
            yield f"mijlpaal {number}: de prijs of de keuzes kloppen niet"
        if found.reaches(asked, codes):
            yield f"mijlpaal {number}: het doel is ook zonder deze keuzes bereikbaar"
    for code, total in paid.items():
        if code not in found.choices or total > weight(found.weights, found.choices[code].cost):
            yield f"de mijlpalen vragen meer van {code} dan die kost"


def _bound(certificate: Certificate, found: Open, asked: Goals) -> Iterator[str]:
    """What the milestones add up to, and what is said to prove the bound."""
    total = sum(milestone.prijs for milestone in certificate.mijlpalen)
    if certificate.door not in (("mijlpalen", "oplosser", "kalender") if certificate.bewezen else ("",)):
        yield "wat de ondergrens bewijst, is niet gezegd"
    if certificate.door in ("oplosser", "kalender") and total == certificate.ondergrens:
        yield "de mijlpalen volstaan zelf"
    if certificate.door == "mijlpalen" and total != certificate.ondergrens:
        yield "de mijlpalen tellen niet op tot de ondergrens"
    if total > certificate.ondergrens:
        yield "de mijlpalen tellen op tot meer dan de ondergrens"
    if certificate.door in ("oplosser", "kalender"):
        yield from _calendar(certificate, found, asked)


def _calendar(certificate: Certificate, found: Open, asked: Goals) -> Iterator[str]:
    """Without the calendar the lightest way weighs what is proved, or less where waiting makes the rest."""
    try:
        least = found.lightest(asked)
    except OutOfTimeError:
        yield f"wat de ondergrens bewijst, is niet nagegaan binnen {found.offer.seconds:g} seconden"
        return
    if least is None or (least[0] == certificate.ondergrens) is not (certificate.door == "oplosser"):
        yield "het is iets anders dat de ondergrens bewijst"


def _choices(milestone: Milestone, found: Open) -> Iterator[str]:
    """A choice is called what its programme is called; the graph has no name for an instrument of EVC."""
    for choice in milestone.keuzes:
        own = found.choices.get(choice.code)
        if own is None or (own.name or choice.naam, own.programme, own.begin) != (
            choice.naam,
            choice.programma,
            choice.begin,
        ):
            yield f"de keuze {choice.code} heet anders in de graaf"
