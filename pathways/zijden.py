"""What stands beside the competences of a bridge: general education, proofs, attests, contexts, admission, validity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from ..graph.catalogus import Erkenning, Instap, Kwalificatie
from .feiten import Feit, bevat, geldig_tussen, instap
from .houder import Ding, Dingsoort
from .vergelijking import Vergelijking


class Notasoort(StrEnum):
    """What a note is about."""

    ALGEMENE_VORMING = "algemene-vorming"
    VOLLEDIG = "volledig"
    GEDEELTELIJK = "gedeeltelijk"
    ATTEST = "attest"
    VERPLICHTE_CONTEXTEN = "verplichte-contexten"
    TOELATING = "toelating"
    FLEXIBELE_INSTAP = "flexibele-instap"
    GELDIGHEID = "geldigheid"
    VERVANGEN = "vervangen"
    NIET_GELADEN = "niet-geladen"


class Nota(msgspec.Struct, frozen=True):
    """One thing to know about one end; `voldaan`: whether what is held meets it, None where that is not ours to say.

    `codes` are the things it names: the proofs that open an entry, the newest version of a superseded one.
    """

    soort: Notasoort
    kant: str
    code: str
    tekst: dict[str, str]
    voldaan: bool | None = None
    codes: tuple[str, ...] = ()
    feiten: tuple[Feit, ...] = ()


def zijden(vergelijking: Vergelijking, van: Sequence[Ding], naar: Ding, op: date) -> tuple[Nota, ...]:
    """Every note on both ends of a bridge, the held things first, each in the order of its source."""
    catalogus = vergelijking.catalogus
    notas: list[Nota] = []
    for kant, ding in (*(("van", ding) for ding in van), ("naar", naar)):
        if erkenning := catalogus.erkenningen.get(ding.code):
            notas += _erkenning(vergelijking, erkenning, kant, op)
        for code in ding.kwalificaties:
            if kwalificatie := catalogus.kwalificaties.get(code):
                notas += _kwalificatie(vergelijking, kwalificatie, kant, op)
            else:
                notas.append(_niet_geladen(kant, code))
    if erkenning := catalogus.erkenningen.get(naar.code):
        notas += _toelating(vergelijking, van, erkenning)
    return tuple(notas)


def _erkenning(vergelijking: Vergelijking, erkenning: Erkenning, kant: str, op: date) -> Iterator[Nota]:
    """Which proofs of a recognition are complete and which give competences only (wetwijzer 2019030814)."""
    bekend = vergelijking.catalogus.kwalificaties
    for code in erkenning.volledig:
        feiten = (bevat(erkenning, bekend[code], volledig=True),) if code in bekend else ()
        tekst = {
            "nl": f"{erkenning.code} bevat {code} volledig: het geeft het bewijs ervan.",
            "en": f"{erkenning.code} contains {code} in full: it gives the proof of it.",
        }
        yield Nota(Notasoort.VOLLEDIG, kant, code, tekst, feiten=feiten)
    for code in erkenning.gedeeltelijk:
        feiten = (bevat(erkenning, bekend[code], volledig=False),) if code in bekend else ()
        tekst = {
            "nl": f"{erkenning.code} bevat {code} gedeeltelijk: enkel competenties, en de bron zegt niet welke.",
            "en": f"{erkenning.code} contains {code} in part: competences only, and the source does not say which.",
        }
        yield Nota(Notasoort.GEDEELTELIJK, kant, code, tekst, feiten=feiten)
    yield _geldigheid(kant, erkenning.code, erkenning.iri, erkenning, op)


def _geldigheid(kant: str, code: str, iri: str, ding: Erkenning | Kwalificatie, op: date) -> Nota:
    geldigheid = ding.geldigheid
    van = geldigheid.van.isoformat() if geldigheid.van else "…"
    tot = geldigheid.tot.isoformat() if geldigheid.tot else "…"
    geldt = geldigheid.omvat(op)
    tekst = {
        "nl": f"{code} geldt {'' if geldt else 'niet '}op {op.isoformat()} ({van} tot {tot}).",
        "en": f"{code} is {'' if geldt else 'not '}valid on {op.isoformat()} ({van} to {tot}).",
    }
    # The begin of a qualification may be its recognition or its begin date: only that of a recognition is cited.
    begin = geldigheid.van if isinstance(ding, Erkenning) else None
    feiten = tuple(geldig_tussen(iri, begin, geldigheid.tot))
    return Nota(Notasoort.GELDIGHEID, kant, code, tekst, voldaan=geldt, feiten=feiten)


def _kwalificatie(vergelijking: Vergelijking, kwalificatie: Kwalificatie, kant: str, op: date) -> Iterator[Nota]:
    if not kwalificatie.competenties:
        yield _niet_geladen(kant, kwalificatie.code)
    yield _geldigheid(kant, kwalificatie.code, kwalificatie.iri, kwalificatie, op)
    if kwalificatie.nieuwste and kwalificatie.nieuwste != kwalificatie.code:
        yield _vervangen(vergelijking, kwalificatie, kant)
    if kant == "naar":
        for attest in kwalificatie.attesten:
            tekst = {
                "nl": f"{kwalificatie.code} vereist een attest: {attest}",
                "en": f"{kwalificatie.code} requires a certificate: {attest}",
            }
            yield Nota(Notasoort.ATTEST, kant, kwalificatie.code, tekst)


def _vervangen(vergelijking: Vergelijking, kwalificatie: Kwalificatie, kant: str) -> Nota:
    """A superseded version; the way to the newest is the bridge between the two, where its competences are loaded."""
    nieuwste = kwalificatie.nieuwste
    bekend = vergelijking.catalogus.kwalificaties.get(nieuwste)
    weg = "" if bekend and bekend.competenties else "; die is niet volledig geladen"
    tekst = {
        "nl": f"{kwalificatie.code} is vervangen door {nieuwste}{weg}. De weg: brug {kwalificatie.code} {nieuwste}.",
        "en": f"{kwalificatie.code} is superseded by {nieuwste}. The way: bridge {kwalificatie.code} {nieuwste}.",
    }
    return Nota(Notasoort.VERVANGEN, kant, kwalificatie.code, tekst, voldaan=False, codes=(nieuwste,))


def _niet_geladen(kant: str, code: str) -> Nota:
    tekst = {
        "nl": f"De competenties van {code} staan niet in deze release.",
        "en": f"The competences of {code} are not in this release.",
    }
    return Nota(Notasoort.NIET_GELADEN, kant, code, tekst, voldaan=False)


def _toelating(vergelijking: Vergelijking, van: Sequence[Ding], naar: Erkenning) -> Iterator[Nota]:
    """What a programme asks besides competences; an OK always asks general education (domain.md §5)."""
    heeft_al = any(ding.code == naar.code for ding in van)
    basis = [bewijs.naam for bewijs in naar.studiebewijzen if bewijs.soort == "BewijsBasisvorming"]
    tekst = {
        "nl": "De eindtermen en de basisvorming van deze opleiding komen bovenop de beroepskwalificaties.",
        "en": "The general education of this programme comes on top of the professional qualifications.",
    }
    yield Nota(Notasoort.ALGEMENE_VORMING, "naar", naar.code, tekst, voldaan=heeft_al, codes=tuple(basis))
    for voorwaarde in naar.toelatingsvoorwaarden:
        tekst = {"nl": f"Toelatingsvoorwaarde: {voorwaarde}", "en": f"Admission condition: {voorwaarde}"}
        yield Nota(Notasoort.TOELATING, "naar", naar.code, tekst)
    if naar.contexten:
        aantal = f"{'precies' if naar.contexten.regel == 'EXACT' else 'minstens'} {naar.contexten.aantal}"
        count = f"{'exactly' if naar.contexten.regel == 'EXACT' else 'at least'} {naar.contexten.aantal}"
        namen = ", ".join(naar.contexten.namen)
        tekst = {
            "nl": f"Verplichte contexten, {aantal} van: {namen}",
            "en": f"Obligatory contexts, {count} of: {namen}",
        }
        yield Nota(Notasoort.VERPLICHTE_CONTEXTEN, "naar", naar.code, tekst)
    if naar.instap:
        yield _flexibele_instap(vergelijking, van, naar, naar.instap)


def _flexibele_instap(vergelijking: Vergelijking, van: Sequence[Ding], naar: Erkenning, regel: Instap) -> Nota:
    """Flexible entry, and whether what is held opens it."""
    gehouden = _bewijzen(vergelijking, van)
    oude = {_oude_naam(certificaat) for certificaat in regel.certificaten}
    certificaten = {_oude_naam(ding.naam["nl"]) for ding in van if ding.soort is Dingsoort.CERTIFICAAT}
    alle = regel.regel == "VIA_ALLE_BEWIJZEN"
    via_bewijs = bool(regel.bewijzen) and (
        gehouden.issuperset(regel.bewijzen) and not regel.onbekend if alle else bool(gehouden & set(regel.bewijzen))
    )
    voldaan = via_bewijs or bool(certificaten & oude)
    bewijzen = ", ".join((*regel.bewijzen, *regel.onbekend)) or "geen bewijs"
    of = f"; of {' of '.join(regel.certificaten)}" if regel.certificaten else ""
    tekst = {
        "nl": f"Flexibele instap via {'alle' if alle else 'een'} van: {bewijzen}{of}.",
        "en": f"Flexible entry by {'all' if alle else 'one'} of: {bewijzen}{of.replace(' of ', ' or ')}.",
    }
    codes = (*regel.bewijzen, *regel.onbekend, *regel.certificaten)
    feiten = tuple(instap(naar))
    return Nota(Notasoort.FLEXIBELE_INSTAP, "naar", naar.code, tekst, voldaan=voldaan, codes=codes, feiten=feiten)


def _oude_naam(certificaat: str) -> str:
    """A certificate of the former system is known by its name, with or without the word."""
    return certificaat.casefold().removeprefix("certificaat").strip()


def _bewijzen(vergelijking: Vergelijking, van: Sequence[Ding]) -> set[str]:
    """The BK lines and DBK codes that the held things prove."""
    codes = {code for ding in van for code in ding.kwalificaties}
    bekend = vergelijking.catalogus.kwalificaties
    return codes | {bekend[code].reeks for code in codes if code in bekend and bekend[code].reeks}
