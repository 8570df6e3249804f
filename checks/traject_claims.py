"""What an answer claims of all ways together: that none is missing, or that there is none and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

from .traject_answer import Proposal, Question, Undecided, Ways
from .traject_graph import Offer, OutOfTimeError
from .traject_lightest import check_lightest
from .traject_limits import last_year
from .traject_open import weight
from .traject_question import ages, first_day, first_year, held
from .traject_rules import EVC, HOURS
from .traject_search import AGES, Field, Goals, Vector, every_step
from .traject_unclaimed import covers, unclaimed

LIFTED: dict[str, tuple[str, Any]] = {
    "max-duur": ("wens.max_jaren", None),
    "einddatum": ("wens.einddatum", None),
    "schooljaar": ("wens.schooljaar", None),
    "werkplek-min": ("wens.werkplek_min", None),
    "werkplek-max": ("wens.werkplek_max", None),
    "contract": ("wens.contract", ""),
    "contexten": ("wens.contexten", None),
    "werkplekken": ("wens.werkplekken", None),
    "wegen": ("wens.wegen", None),
    "vermijd": ("wens.vermijd", []),
    "stelsel": ("wens.stelsel", ""),
    "besluiten": ("wens.grenzen", []),
    "klassenraad": ("wens.klassenraad", True),
    "uren-per-week": ("leerling.uren_per_week", None),
    "arbeidsrijp": ("leerling.arbeidsrijp", True),
    "arbeidsbereid": ("leerling.arbeidsbereid", True),
    "buso:OV3": ("leerling.buso", True),
    "ervaring": ("leerling.ervaring", sorted(EVC.values())),
}
"""By condition the field of the question that says it, and the value of that field that asks nothing."""


def check_claims(answer: Ways, offer: Offer, asked: Goals) -> Iterator[str]:
    """What is wrong with what an answer says of all ways together."""
    try:
        if answer.onhaalbaar is not None:
            yield from _impossible(answer, offer, asked)
        elif answer.onbeslist is not None:
            yield from _undecided(answer, answer.onbeslist, offer, asked)
        elif answer.leertrajecten and answer.volledig:
            if missed := _found(answer.vraag, offer, asked, claimed=_vectors(answer)):
                yield f"er ontbreekt een Pareto-optimaal leertraject tot {missed[0]}"
            else:
                yield from check_lightest(answer, offer, asked)
        elif answer.leertrajecten and answer.zekerheid:
            if _found(answer.vraag, offer, asked, lighter=answer.zekerheid.ondergrens):
                yield "er is een lichter leertraject dan de ondergrens"
        elif not answer.volledig and not answer.leertrajecten:
            yield "zonder leertraject zegt een antwoord dat het volledig is"
    except OutOfTimeError:
        yield f"dat er niets ontbreekt, is niet nagegaan binnen {offer.seconds:g} seconden"


def _vectors(answer: Ways) -> list[Vector]:
    first = first_year(answer.vraag)
    return [
        (first + way.schooljaren, way.contacturen, way.buiten_werkvloer, way.inschrijvingen)
        for way in answer.leertrajecten
    ]


def _found(
    question: Question,
    offer: Offer,
    asked: Goals,
    lifted: frozenset[str] = frozenset(),
    *,
    claimed: Sequence[Vector] = (),
    lighter: int | None = None,
    within: int | None = None,
) -> Vector | None:
    """A way that no claimed one equals or beats; where said, one that is lighter, and one of so many school years."""
    asks = (msgspec.json.encode(question), lifted, str(sorted(claimed)), lighter, within)
    if asks not in offer.tried:
        first, last, fixed = first_year(question), last_year(question), question.wens.schooljaar
        start = held(offer, question) | ages(question, max(first, fixed or first))
        begun = every_step(offer, question, lifted)
        if not claimed and lighter is None:  # only whether there is a way, and when it ends
            begun = (step._replace(cost=(step.cost[0], 0, 0, 0)) for step in begun)
        field = Field(offer, list(begun), start, asked)

        def beaten(vector: Vector) -> bool:
            whole = weight(question.wens.weging, (vector[0] - first, *vector[1:]))
            return (lighter is not None and whole >= lighter) or any(covers(other, vector) for other in claimed)

        until = last if within is None else min(last, first + within)
        offer.tried[asks] = unclaimed(field, first, until, beaten, fixed=fixed)
    found: Vector | None = offer.tried[asks]
    return found


def _undecided(answer: Ways, said: Undecided, offer: Offer, asked: Goals) -> Iterator[str]:
    """An answer that the time was up for says so, and what it says of the least that a way takes is right."""
    if answer.volledig or answer.zekerheid is not None:
        yield "een antwoord dat niet af is, zegt dat het volledig is"
    if said.schooljaren < 0 or _found(answer.vraag, offer, asked, within=said.schooljaren - 1):
        yield "er is een leertraject dat minder lang duurt dan gezegd"


def _impossible(answer: Ways, offer: Offer, asked: Goals) -> Iterator[str]:
    said = answer.onhaalbaar
    if said is None:
        return
    question, codes = answer.vraag, [each.voorwaarde for each in said.conflict]
    if not codes or len(set(codes)) != len(codes) or (answer.volledig and not said.minimaal):
        yield "het conflict is niet minimaal zoals gezegd"
    if unknown := set(codes) - {*LIFTED, *AGES, "aanbod"}:
        yield f"de voorwaarde {sorted(unknown)[0]} is onbekend"
        return
    if _found(question, offer, asked):
        yield "er is wel een leertraject"
    for each in said.conflict:
        if each.waarde != _value(question, each.voorwaarde):
            yield f"de voorwaarde {each.voorwaarde} is niet die van de vraag"
    every = {*LIFTED, *AGES}
    if _found(*_without(question, offer, asked, every - set(codes))):
        yield "deze voorwaarden gaan wel samen"
    # What is not said to be minimal may hold more than is needed; that the conditions conflict was tried just now.
    for code in codes if said.minimaal and codes != ["aanbod"] else ():
        if not _found(*_without(question, offer, asked, every - set(codes) | {code})):
            yield f"de voorwaarde {code} is voor het conflict niet nodig"
    yield from _proposals(answer, offer, asked, codes)


def _proposals(answer: Ways, offer: Offer, asked: Goals, codes: list[str]) -> Iterator[str]:
    said = answer.onhaalbaar
    if said is None:
        return
    alone = {each.voorwaarden[0] for each in said.voorstellen if len(each.voorwaarden) == 1}
    for code in set(codes) - alone - {"aanbod"} if answer.volledig else ():
        if _found(*_without(answer.vraag, offer, asked, {code})):
            yield f"het voorstel zonder {code} ontbreekt"
    if codes == ["aanbod"] and alone != {"aanbod"}:
        yield "het voorstel voor een nieuw aanbod ontbreekt"
    if not said.voorstellen and answer.volledig and _found(*_without(answer.vraag, offer, asked, {*LIFTED, *AGES})):
        yield "er ontbreekt een voorstel waarna er een leertraject is"
    for number, each in enumerate(said.voorstellen, 1):
        if "aanbod" not in each.voorwaarden:
            yield from (f"voorstel {number}: {fault}" for fault in _proposal(answer, offer, asked, each))
        elif each.einde is not None or codes != ["aanbod"] or len(each.voorwaarden) != 1 or each.waarden != [""]:
            yield f"voorstel {number}: een nieuw aanbod heeft geen data"


def _proposal(answer: Ways, offer: Offer, asked: Goals, proposal: Proposal) -> Iterator[str]:
    known = {*LIFTED, *AGES}
    if not set(proposal.voorwaarden) <= known or len(proposal.voorwaarden) != len(proposal.waarden):
        yield "de voorwaarden zijn onbekend"
        return
    new = dict(zip(proposal.voorwaarden, proposal.waarden, strict=True))
    if any(value for code, value in new.items() if code in (*AGES, "besluiten")):
        yield "deze voorwaarde kan enkel weg"
    changed = _changed(answer.vraag, offer, asked, new)
    found = _found(*changed)
    if found is None:
        yield "er is ook dan geen leertraject"
    elif proposal.einde is None or not _end_holds(proposal.einde, _end(changed[0], found), proved=answer.volledig):
        yield "het vroegste einde is een ander"
    for code, value in new.items() if answer.volledig else ():
        nearer = _nearer(answer.vraag, offer, code, value)
        if nearer is not None and _found(*_changed(answer.vraag, offer, asked, {**new, code: nearer})):
            yield f"een kleinere wijziging van {code} volstaat"


def _end(question: Question, found: Vector) -> date:
    """The last day of a way; one without school years ends on the day on which it can begin."""
    begin = max(first_year(question), question.wens.schooljaar or 0)
    return date(found[0], 6, 30) if found[0] > begin else first_day(question)


def _end_holds(said: date, earliest: date, *, proved: bool) -> bool:
    """Where time was up the end that is said may be later than the earliest."""
    return said == earliest or (said > earliest and not proved)


Changed = tuple[Question, Offer, Goals, frozenset[str]]


def _without(question: Question, offer: Offer, asked: Goals, codes: set[str]) -> Changed:
    return _changed(question, offer, asked, dict.fromkeys(codes, ""))


def _changed(question: Question, offer: Offer, asked: Goals, new: dict[str, str]) -> Changed:
    """The question with these conditions lifted (an empty value) or at another value."""
    raw = msgspec.to_builtins(question)
    for code, value in new.items():
        if code == "besluiten":  # what must be learned on the work floor stays
            raw["wens"]["grenzen"] = [{**each, "reden": ""} for each in raw["wens"]["grenzen"]]
        elif code in LIFTED:
            (part, name), nothing = LIFTED[code][0].split("."), LIFTED[code][1]
            raw[part][name] = _typed(code, value) if value else nothing
    lifted = frozenset(AGES).intersection(new)
    return msgspec.convert(raw, Question), offer, asked, lifted


def _typed(code: str, value: str) -> Any:
    if code in ("contract", "einddatum"):
        return value
    return int(value)


def _nearer(question: Question, offer: Offer, code: str, value: str) -> str | None:
    """The next smaller change of a condition; None where there is none."""
    if code == "max-duur" and value:
        return str(int(value) - 1)
    if code == "schooljaar" and value:
        return str(int(value) - 1)
    if code == "einddatum" and value:
        return date(date.fromisoformat(value).year - 1, 6, 30).isoformat()
    if code in ("werkplek-min", "werkplek-max"):
        higher, now = code == "werkplek-max", int(_value(question, code))
        own = {each.least if higher else each.most for each in offer.recognitions.values()} - {None}
        numbers = sorted({each for each in own if each is not None and each != now and (each > now) == higher})
        numbers = numbers if higher else numbers[::-1]
        if value and int(value) not in numbers:
            return str(numbers[-1]) if numbers else None
        before = numbers[: numbers.index(int(value))] if value else numbers
        return str(before[-1]) if before else None
    return None


def _value(question: Question, code: str) -> str:
    """The value of a condition as an answer says it."""
    wish, learner = question.wens, question.leerling
    least = 16 if learner.leerplicht_voorbij is False and not _first_degree(question) else 15
    values: dict[str, str] = {
        "max-duur": str(wish.max_jaren),
        "einddatum": str(wish.einddatum),
        "schooljaar": str(wish.schooljaar),
        "werkplek-min": str(wish.werkplek_min),
        "werkplek-max": str(wish.werkplek_max),
        "contract": wish.contract,
        "contexten": ", ".join(wish.contexten or ()) or "geen",
        "werkplekken": learner.regio,
        "wegen": ", ".join(sorted(wish.wegen or ())),
        "vermijd": ", ".join(wish.vermijd),
        "stelsel": wish.stelsel,
        "besluiten": ", ".join(sorted({each.programma for each in wish.grenzen if each.reden})),
        "uren-per-week": str(learner.uren_per_week if (learner.uren_per_week or HOURS) < HOURS else None),
        "ervaring": ", ".join(learner.ervaring),
        "leeftijd-min": str(least),
        "leeftijd-max": "25",
    }
    return values.get(code, "")


def _first_degree(question: Question) -> bool:
    return any(code.startswith("graad1:") for code in question.leerling.heeft)
