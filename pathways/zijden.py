"""What stands beside the competences of a bridge: general education, proofs, attests, contexts, admission, validity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from ..graph.catalogus import Competentie, Contexten, Erkenning, Geldigheid, Instap, Kwalificatie
from .feiten import Feit, besluit, bevat, deel_van, geldig_tussen, instap
from .houder import Ding, Dingsoort
from .vergelijking import Vergelijking, codenaam, oude_naam
from .zinnen import Zin, zin


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
    BOTSING = "botsing"
    DEEL_VAN_GEHEEL = "deel-van-geheel"


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


def _tekst(sleutel: str, **woorden: object) -> Zin:
    """A sentence of ontology/notas.json in each language, with its words filled in."""
    return zin(sleutel, "notas", **woorden)


def botsingen(vergelijking: Vergelijking, gevraagd: Sequence[Competentie]) -> Iterator[Nota]:
    """A note for each asked competence whose chain of decisions joins two codes of one framework."""
    for competentie in gevraagd:
        if botsing := vergelijking.ketens.botst(competentie.iri):
            tekst = _tekst("botsing", een=botsing.een, ander=botsing.ander, kader=botsing.kader)
            codes = tuple(besluit.iri for besluit in botsing.besluiten)
            code = codenaam(competentie)
            feiten = tuple(feit for mapping in botsing.besluiten for feit in besluit(mapping))
            yield Nota(Notasoort.BOTSING, "naar", code, tekst, voldaan=False, codes=codes, feiten=feiten)


def _erkenning(vergelijking: Vergelijking, erkenning: Erkenning, kant: str, op: date) -> Iterator[Nota]:
    """Which proofs of a recognition are complete and which give competences only (wetwijzer 2019030814)."""
    bekend = vergelijking.catalogus.kwalificaties
    for soort, codes in ((Notasoort.VOLLEDIG, erkenning.volledig), (Notasoort.GEDEELTELIJK, erkenning.gedeeltelijk)):
        for code in codes:
            volledig = soort is Notasoort.VOLLEDIG
            feiten = (bevat(erkenning, bekend[code], volledig=volledig),) if code in bekend else ()
            yield Nota(soort, kant, code, _tekst(soort, erkenning=erkenning.code, code=code), feiten=feiten)
    yield _geldigheid(kant, erkenning.code, erkenning.iri, erkenning, op)


def _geldigheid(kant: str, code: str, iri: str, ding: Erkenning | Kwalificatie, op: date) -> Nota:
    geldigheid = ding.geldigheid
    if geldigheid == Geldigheid():
        return Nota(Notasoort.GELDIGHEID, kant, code, _tekst("geldigheid-onbekend", code=code))
    van = geldigheid.van.isoformat() if geldigheid.van else "…"
    tot = geldigheid.tot.isoformat() if geldigheid.tot else "…"
    geldt = geldigheid.omvat(op)
    tekst = _tekst("geldigheid" if geldt else "geldigheid-niet", code=code, op=op.isoformat(), van=van, tot=tot)
    # The begin of a qualification may be its recognition or its begin date: only that of a recognition is cited.
    begin = geldigheid.van if isinstance(ding, Erkenning) else None
    feiten = tuple(geldig_tussen(iri, begin, geldigheid.tot))
    return Nota(Notasoort.GELDIGHEID, kant, code, tekst, voldaan=geldt, feiten=feiten)


def _kwalificatie(vergelijking: Vergelijking, kwalificatie: Kwalificatie, kant: str, op: date) -> Iterator[Nota]:
    code = kwalificatie.code
    if not kwalificatie.competenties:
        yield _niet_geladen(kant, code)
    yield _geldigheid(kant, code, kwalificatie.iri, kwalificatie, op)
    if kwalificatie.nieuwste and kwalificatie.nieuwste != code:
        yield _vervangen(vergelijking, kwalificatie, kant)
    if kant == "naar":
        for attest in kwalificatie.attesten:
            yield Nota(Notasoort.ATTEST, kant, code, _tekst("attest", code=code, attest=attest))


def _vervangen(vergelijking: Vergelijking, kwalificatie: Kwalificatie, kant: str) -> Nota:
    """A superseded version; the way to the newest is the bridge between the two, where its competences are loaded."""
    bekend = vergelijking.catalogus.kwalificaties.get(kwalificatie.nieuwste)
    zin = "vervangen" if bekend and bekend.competenties else "vervangen-niet-geladen"
    tekst = _tekst(zin, code=kwalificatie.code, nieuwste=kwalificatie.nieuwste)
    return Nota(Notasoort.VERVANGEN, kant, kwalificatie.code, tekst, voldaan=False, codes=(kwalificatie.nieuwste,))


def _niet_geladen(kant: str, code: str) -> Nota:
    return Nota(Notasoort.NIET_GELADEN, kant, code, _tekst("niet-geladen", code=code), voldaan=False)


def _toelating(vergelijking: Vergelijking, van: Sequence[Ding], naar: Erkenning) -> Iterator[Nota]:
    """What a programme asks besides competences; an OK always asks general education (domain.md §5)."""
    heeft_al = any(ding.code == naar.code for ding in van)
    basis = tuple(bewijs.naam for bewijs in naar.studiebewijzen if bewijs.soort == "BewijsBasisvorming")
    vorming = Notasoort.ALGEMENE_VORMING
    yield Nota(vorming, "naar", naar.code, _tekst(vorming), voldaan=heeft_al, codes=basis)
    for voorwaarde in naar.toelatingsvoorwaarden:
        yield Nota(Notasoort.TOELATING, "naar", naar.code, _tekst("toelating", voorwaarde=voorwaarde))
    if naar.contexten:
        yield _contexten(naar.code, naar.contexten)
    if naar.instap:
        yield _flexibele_instap(vergelijking, van, naar, naar.instap)
        yield from _delen_van_geheel(vergelijking, van, naar.instap)


def _contexten(code: str, contexten: Contexten) -> Nota:
    zin = "verplichte-contexten-exact" if contexten.regel == "EXACT" else "verplichte-contexten"
    tekst = _tekst(zin, aantal=contexten.aantal, namen=", ".join(contexten.namen))
    return Nota(Notasoort.VERPLICHTE_CONTEXTEN, "naar", code, tekst)


def _flexibele_instap(vergelijking: Vergelijking, van: Sequence[Ding], naar: Erkenning, regel: Instap) -> Nota:
    """Flexible entry, and whether what is held opens it; one former certificate is enough, whatever the rule."""
    gehouden = _bewijzen(vergelijking, van)
    oude = {oude_naam(certificaat) for certificaat in regel.certificaten}
    certificaten = {oude_naam(ding.naam["nl"]) for ding in van if ding.soort is Dingsoort.CERTIFICAAT}
    alle = regel.regel == "VIA_ALLE_BEWIJZEN"
    via_bewijs = bool(regel.bewijzen) and (
        gehouden.issuperset(regel.bewijzen) and not regel.onbekend if alle else bool(gehouden & set(regel.bewijzen))
    )
    voldaan = via_bewijs or bool(certificaten & oude)
    codes = (*regel.bewijzen, *regel.onbekend, *regel.certificaten)
    feiten = tuple(instap(naar))
    return Nota(
        Notasoort.FLEXIBELE_INSTAP, "naar", naar.code, _instaptekst(regel), voldaan=voldaan, codes=codes, feiten=feiten
    )


def _instaptekst(regel: Instap) -> dict[str, str]:
    bewijzen = (*regel.bewijzen, *regel.onbekend)
    if regel.regel == "VIA_ALLE_BEWIJZEN":
        certificaten = ", ".join(regel.certificaten) or "—"
        return _tekst("flexibele-instap-alle", bewijzen=", ".join(bewijzen) or "—", certificaten=certificaten)
    return _tekst("flexibele-instap", bewijzen=", ".join((*bewijzen, *regel.certificaten)) or "—")


def _delen_van_geheel(vergelijking: Vergelijking, van: Sequence[Ding], regel: Instap) -> Iterator[Nota]:
    """A note for each DBK that an entry names and that a whole BK version proves: a reading of BVR 19-07-2019."""
    gehouden = {code for ding in van for code in ding.kwalificaties}
    for code in regel.bewijzen:
        deel = vergelijking.catalogus.kwalificaties.get(code)
        if deel and code not in gehouden and deel.deel_van in gehouden:
            geheel = vergelijking.catalogus.kwalificaties[deel.deel_van]
            tekst = _tekst(Notasoort.DEEL_VAN_GEHEEL, deel=code, geheel=geheel.code)
            feiten = (deel_van(deel, geheel),)
            yield Nota(Notasoort.DEEL_VAN_GEHEEL, "van", geheel.code, tekst, codes=(code,), feiten=feiten)


def _bewijzen(vergelijking: Vergelijking, van: Sequence[Ding]) -> set[str]:
    """The BK lines and DBK codes that the held things prove; a whole BK version proves its DBKs (domain.md §2.3)."""
    codes = {code for ding in van for code in ding.kwalificaties}
    bekend = vergelijking.catalogus.kwalificaties
    delen = {each.code for each in bekend.values() if each.deel_van in codes}
    return codes | delen | {bekend[code].reeks for code in codes if code in bekend and bekend[code].reeks}
