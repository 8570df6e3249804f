"""The rules of admission and of what follows, written again for the checker from domain.md §3-5, without any search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from .traject_graph import Offer, Programme, Proof, Recognition

FOLLOWS = {
    "leeftijd:15": ("leeftijd:12",),
    "graad2:DO": ("graad2:DU",),
    "graad2:DU": ("graad2:A",),
    "ok:OK3": ("toegang:graduaat",),
    "ok:OK4": ("toegang:graduaat", "toegang:bachelor"),
}
EVC = {"EVC-I-0003-1": "BK-0056", "EVC-I-0007-1": "BK-0269", "EVC-I-0008-1": "BK-0270"}
WORDS = ("jaar1:", "graad1:", "graad2:", "ok:", "leeftijd:", "klassenraad", "arbeids", "buso:", "toegang:")
HOURS, WEEKS = 28, 40
Ways = list[frozenset[str]]


def usual(programme: Programme) -> Ways:
    """The usual admission as alternatives; none where the rules know no way in."""
    where = programme.place
    spot = (where.get("graad", ""), where.get("finaliteit", ""), where.get("soortZevendeLeerjaar", ""))
    if programme.code == "924":
        return [frozenset({"toegang:graduaat"})]
    if where.get("opleidingsvorm", "") == "3" and spot == ("", "A", ""):
        return [frozenset({"buso:OV3"})]
    if where.get("opleidingsvorm"):
        return []
    council = "klassenraad"
    if spot == ("1", "", ""):
        first: dict[str, list[set[str]]] = {
            "Eerste leerjaar A": [{"ok:OK1"}, {council}],
            "Eerste leerjaar B": [{"leeftijd:12"}],
            "Tweede leerjaar A": [{"jaar1:A"}],
            "Tweede leerjaar B": [{"jaar1:B"}, {"jaar1:A"}],
        }
        return [frozenset(each) for each in first.get(programme.name[:17], [])]
    table: dict[tuple[str, str, str], list[set[str]]] = {
        ("2", "DO", ""): [{"graad1:A"}, {council, "graad1:B"}],
        ("2", "DU", ""): [{"graad1:A"}, {council, "graad1:B"}],
        ("2", "A", ""): [{"graad1:A"}, {"graad1:B"}, {"leeftijd:15"}],
        ("3", "DO", ""): [{"graad2:DO"}, {council, "graad2:A"}],
        ("3", "DU", ""): [{"graad2:DU"}, {council, "graad2:A"}],
        ("3", "A", ""): [{"graad2:A"}],
        ("3", "", "BSO_TIJDELIJK"): [{"ok:OK3"}],
        ("3", "", "TSO_TIJDELIJK"): [{"ok:OK4"}],
        ("3", "", "NA_OK3"): [{"ok:OK3"}],
        ("3", "", "NA_OK4"): [{"ok:OK4"}],
        ("3", "", "VOORBEREIDING_HO"): [{"ok:OK3"}] if programme.code == "731" else [{"ok:OK4"}],
    }
    return [frozenset(each) for each in table.get(spot, [])]


def entry(offer: Offer, programme: Programme, recognition: Recognition) -> Ways:
    """Every way in under a recognition: the usual one, flexible entry, or an exemption; with readiness for work."""
    ways = usual(programme)
    if not ways:
        return []
    ways = [*ways, *_flexible(offer, recognition), frozenset({f"vrijgesteld:{programme.code}"})]
    if programme.place.get("aanloop") == "true":
        return [way | {"arbeidsbereid"} for way in ways]
    if programme.place.get("duaal") == "true":
        return [way | {f"gereed:{programme.code}"} for way in ways]
    return ways


def _flexible(offer: Offer, recognition: Recognition) -> Iterator[frozenset[str]]:
    proofs = [_asked(offer, code) for code in sorted(recognition.proofs_asked)]
    if recognition.rule == "VIA_ALLE_BEWIJZEN":
        if proofs or recognition.unknown:
            yield frozenset([*proofs, *(f"onbekend:{name}" for name in recognition.unknown)])
    else:
        yield from (frozenset({proof}) for proof in proofs)
    yield from (frozenset({certificate(name)}) for name in sorted(recognition.certificates))


def _asked(offer: Offer, code: str) -> str:
    if "-DBK-" in code:
        return f"dbk:{code}"
    return f"bk:{code}" if code in offer.lines else f"reeks:{code}"


def certificate(name: str) -> str:
    """A certificate of the former system, with or without the word."""
    text = name.casefold()
    return "certificaat:" + (text[len("certificaat") :] if text.startswith("certificaat") else text).strip()


def holding(offer: Offer, code: str) -> tuple[str, ...]:
    """What a BK version or a DBK makes true."""
    if "-DBK-" in code:
        return (f"dbk:{code}",)
    return f"bk:{code}", f"reeks:{offer.lines.get(code) or code.rsplit('-', 1)[0]}"


def awarded(offer: Offer, programme: Programme, end: Recognition) -> dict[str, tuple[str, ...]]:
    """By proof (IRI) the facts it makes true, on full completion.

    A deelkwalificatie is proved apart only to who does not reach the qualification that it is a part of.
    """
    found: dict[str, tuple[str, ...]] = {}
    named = set()
    for proof in end.proofs.values():
        if proof.of:
            named.add(proof.of)
            if proof.of.partition("-DBK-")[0] not in end.full or "-DBK-" not in proof.of:
                found[proof.iri] = _proved(offer, programme, proof)
        elif proof.highest or _of_degree(proof) or any(kind.startswith("Bewijs") for kind in proof.types):
            found[proof.iri] = _proved(offer, programme, proof)
    iris = {code: iri for iri, code in offer.by_iri.items()}
    for code in end.full:
        if code not in named and code in iris:
            found[iris[code]] = holding(offer, code)
    return found


def on_the_way(offer: Offer, programme: Programme, end: Recognition) -> dict[str, tuple[str, ...]]:
    """By proof the facts it makes true, for who completes a part: all but the highest and that of a whole degree."""
    own = (proof for proof in end.proofs.values() if not proof.highest and not _of_degree(proof))
    return {proof.iri: _proved(offer, programme, proof) for proof in own}


def _proved(offer: Offer, programme: Programme, proof: Proof) -> tuple[str, ...]:
    if proof.of:
        return holding(offer, proof.of)
    return degree(programme) if _of_degree(proof) else _level(programme, proof)


def _of_degree(proof: Proof) -> bool:
    return "Getuigschrift" in proof.types and not proof.level and "tezamen met" not in proof.name


def degree(programme: Programme) -> tuple[str, ...]:
    """What completing a programme means for the degrees."""
    grade, stream = programme.place.get("graad"), programme.name[16:17]
    if grade == "1":
        return (f"jaar1:{stream}" if programme.name.startswith("Eerste") else f"graad1:{stream}",)
    return (f"graad2:{programme.place.get('finaliteit', '')}",) if grade == "2" else ()


def partly(programme: Programme, end: Recognition) -> dict[str, tuple[str, ...]]:
    """By proof the facts of an OK on the way, for who does not reach the highest proof."""
    return {p.iri: _level(programme, p) for p in end.proofs.values() if p.level and not p.highest}


def _level(programme: Programme, proof: Proof) -> tuple[str, ...]:
    return (f"ok:{proof.level}", f"ok:{proof.level}@{programme.place.get('studiedomein', '')}") if proof.level else ()


def gained(offer: Offer, programme: Programme, end: Recognition, kind: str) -> set[str]:
    """Every fact that a step makes true."""
    if kind == "aanloop":
        return {f"gereed:{code}" for code in programme.follow_ups}
    if kind == "gedeeltelijk":
        facts = {fact for each in partly(programme, end).values() for fact in each}
        return facts | {"graad2:A"} if "ok:OK2" in facts else facts
    facts = {f"so:{programme.code}", *(f for each in awarded(offer, programme, end).values() for f in each)}
    facts |= {*degree(programme), *(f"dbk:{proof.of}" for proof in end.proofs.values() if "-DBK-" in proof.of)}
    if programme.place.get("duaal") == "true":
        domains = {name for code in end.full for name in offer.domains.get(code, ())}
        facts |= {f"duaal@{name}" for name in (programme.place.get("studiedomein", ""), *domains)}
    return facts


def newest_version(offer: Offer, line: str) -> str:
    """The newest version of a line in the release."""
    versions = [code for code, of in offer.lines.items() if of == line]
    return max(versions, key=lambda code: int(code.rsplit("-", 1)[1]), default="")


def closed(offer: Offer, facts: Iterable[str]) -> frozenset[str]:
    """The facts and all that follows: the least fixpoint; worked out once for the same facts."""
    key = ("closed", asked := frozenset(facts))
    if key not in offer.tried:
        offer.tried[key] = _closed(offer, asked)
    found: frozenset[str] = offer.tried[key]
    return found


def _closed(offer: Offer, facts: frozenset[str]) -> frozenset[str]:
    """A whole BK proves each of its DBKs; parts prove the whole only where their competences are all of it."""
    reached, before = set(facts), -1
    while before != len(reached):
        before = len(reached)
        for fact in tuple(reached):
            reached.update(FOLLOWS.get(fact, ()), offer.parts.get(fact, ()))
        if any(fact.startswith(("competentie:", "dbk:")) for fact in reached):
            _competences(offer, reached)
    if "arbeidsrijp" in reached:
        reached |= {f"gereed:{code}" for code in offer.programmes}
    return frozenset(reached)


def _competences(offer: Offer, reached: set[str]) -> None:
    for code, all_of in offer.proves.items():
        own = f"dbk:{code}" if "-DBK-" in code else f"bk:{code}"
        if own in reached:
            reached |= all_of
        elif all_of <= reached:
            reached |= set(holding(offer, code))


def school_start(year: int) -> date:
    """1 September."""
    return date(year, 9, 1)
