"""What a person holds and where they want to go: codes resolved, on a date, to the competences they prove or ask."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from ..errors import AmbiguousCodeError, InputError, UnknownCodeError
from ..graph.catalogus import Competentie, Erkenning, Kwalificatie
from .oordeel import Gehouden
from .vergelijking import Vergelijking, codenaam, oude_naam

DOEL = "Geef als doel een kwalificatie, een opleiding, een beroep of een competentie."


class Dingsoort(StrEnum):
    """What a code names; never an order."""

    KWALIFICATIE = "kwalificatie"
    ERKENNING = "erkenning"
    COMPETENTIE = "competentie"
    CERTIFICAAT = "certificaat"


class Ding(msgspec.Struct, frozen=True):
    """One resolved code: what it proves fully (`volledig`), what in part, and the single competence it names.

    `kwalificaties` and `gedeeltelijk` are codes of versions and deelkwalificaties; `evc` says that the proof comes from
    the recognition of acquired competences.
    """

    iri: str
    code: str
    naam: dict[str, str]
    soort: Dingsoort
    kwalificaties: tuple[str, ...] = ()
    gedeeltelijk: tuple[str, ...] = ()
    competentie: str = ""
    evc: bool = False


def vind(vergelijking: Vergelijking, code: str, op: date) -> Ding:
    """The thing that a code names on a date.

    A code is a version ("BK-0019-3"), a line of versions ("BK-0019", when the release holds one version of it), a
    deelkwalificatie, a recognition ("ADV-0842"), a programme ("504": its recognition on that date), a competence
    ("bkc0044869"), an IRI of these, "evc:" before a BK, DBK or competence, or "certificaat:" and the name of a
    certificate of the former system. Raises UnknownCodeError, or AmbiguousCodeError with the candidates.
    """
    if code.startswith("evc:"):
        return _evc(vergelijking, code.removeprefix("evc:"), op)
    if code.startswith("certificaat:"):
        naam = code.removeprefix("certificaat:").strip()
        return Ding("", code, {"nl": f"certificaat {naam}"}, Dingsoort.CERTIFICAAT)
    catalogus = vergelijking.catalogus
    if code in catalogus.kwalificaties:
        return _kwalificatie(catalogus.kwalificaties[code])
    if code in catalogus.erkenningen:
        return _erkenning(vergelijking, catalogus.erkenningen[code])
    if code in catalogus.programmas:
        return _erkenning(vergelijking, erkenning_op(vergelijking, code, op))
    return _reeks_of_competentie(vergelijking, code, op)


def vind_doel(vergelijking: Vergelijking, code: str, op: date) -> Ding:
    """The thing that a code names as a target. Raises as `vind`, and InputError for what can only be held."""
    if not code.strip():
        raise InputError("Er is geen doel gegeven.", remedy=DOEL)
    ding = vind(vergelijking, code.strip(), op)
    if ding.evc or ding.soort is Dingsoort.CERTIFICAAT:
        raise InputError(
            f"{code} is geen doel: het kan enkel gehouden worden.",
            remedy=DOEL,
        )
    return ding


def _evc(vergelijking: Vergelijking, code: str, op: date) -> Ding:
    """Only BK, DBK and competences can be proven by EVC, never an OK (decreet 26-04-2019)."""
    ding = vind(vergelijking, code, op)
    if ding.soort not in (Dingsoort.KWALIFICATIE, Dingsoort.COMPETENTIE):
        raise InputError(
            f"Een EVC-bewijs kan geen {ding.soort} {code} bewijzen.",
            remedy="Geef een beroepskwalificatie, deelkwalificatie of competentie (decreet van 26 april 2019).",
        )
    return msgspec.structs.replace(ding, evc=True)


def _kwalificatie(kwalificatie: Kwalificatie) -> Ding:
    return Ding(kwalificatie.iri, kwalificatie.code, kwalificatie.naam, Dingsoort.KWALIFICATIE, (kwalificatie.code,))


def _erkenning(vergelijking: Vergelijking, erkenning: Erkenning) -> Ding:
    programma = vergelijking.catalogus.programmas.get(erkenning.programma)
    naam = {"nl": programma.titel if programma else erkenning.code}
    return Ding(erkenning.iri, erkenning.code, naam, Dingsoort.ERKENNING, erkenning.volledig, erkenning.gedeeltelijk)


def erkenning_op(vergelijking: Vergelijking, programma: str, op: date) -> Erkenning:
    """The recognition of a programme on a date: the newest one valid then, else the newest of all.

    Recognitions may overlap in time (domain.md §6.5); only one that is ERKEND counts while there is one.
    """
    erkenningen = [
        vergelijking.catalogus.erkenningen[code]
        for code in vergelijking.catalogus.programmas[programma].erkenningen
        if code in vergelijking.catalogus.erkenningen
    ]
    if not erkenningen:
        raise UnknownCodeError(f"Structuuronderdeel {programma} heeft geen erkenning in deze release.")
    erkend = [erkenning for erkenning in erkenningen if erkenning.status == "ERKEND"] or erkenningen
    geldig = [erkenning for erkenning in erkend if erkenning.geldigheid.omvat(op)] or erkend
    return geldig[-1]


def _reeks_of_competentie(vergelijking: Vergelijking, code: str, op: date) -> Ding:
    versies = [
        k.code
        for k in vergelijking.catalogus.kwalificaties.values()
        if code == k.iri or (code == k.reeks and not k.deel_van)
    ]
    if len(versies) == 1:
        return _kwalificatie(vergelijking.catalogus.kwalificaties[versies[0]])
    if versies:
        raise AmbiguousCodeError(f"{code} heeft meer dan een versie in deze release.", sorted(versies))
    iris = [code] if code in vergelijking.competentie else vergelijking.bij_code.get(code, [])
    if len(iris) == 1:
        competentie = vergelijking.competentie[iris[0]]
        naam = {competentie.taal or "nl": competentie.tekst}
        return Ding(competentie.iri, codenaam(competentie), naam, Dingsoort.COMPETENTIE, competentie=competentie.iri)
    if iris:
        raise AmbiguousCodeError(f"{code} is de code van meer dan een competentie.", sorted(iris))
    bij_iri = {e.iri: e.code for e in vergelijking.catalogus.erkenningen.values()}
    bij_iri |= {p.iri: p.code for p in vergelijking.catalogus.programmas.values()}
    if code in bij_iri:
        return vind(vergelijking, bij_iri[code], op)
    raise _onbekend(vergelijking, code)


def _onbekend(vergelijking: Vergelijking, code: str) -> UnknownCodeError:
    catalogus = vergelijking.catalogus
    bekend = [*catalogus.kwalificaties, *catalogus.erkenningen, *catalogus.programmas]
    dichtbij = difflib.get_close_matches(code, bekend, n=3)
    remedy = f"Bedoelt u {', '.join(dichtbij)}?" if dichtbij else "Geef bijvoorbeeld BK-0019-3, ADV-0842 of 504."
    return UnknownCodeError(f"De code {code!r} staat niet in release {catalogus.release}.", remedy=remedy)


def vind_alle(vergelijking: Vergelijking, codes: Sequence[str], op: date) -> tuple[Ding, ...]:
    """The things that the codes name, each once, in the order given; raises InputError when there is none."""
    dingen = dict.fromkeys(_met_komma(vergelijking, [code.strip() for code in codes if code.strip()]))
    if not dingen:
        raise InputError("Er is niets gegeven dat u bezit.", remedy="Geef minstens een code, bijvoorbeeld BK-0019-3.")
    gevonden = (vind(vergelijking, code, op) for code in dingen)
    return tuple({(ding.iri, ding.code, ding.evc): ding for ding in gevonden}.values())


def _met_komma(vergelijking: Vergelijking, codes: Iterable[str]) -> list[str]:
    """The codes of a list split at its commas, with a certificate whole whose own name has commas in it."""
    heel: list[str] = []
    for code in codes:
        samen = f"{heel[-1]}, {code}" if heel and heel[-1].startswith("certificaat:") else ""
        naam = oude_naam(samen.removeprefix("certificaat:"))
        if samen and any(bekend.startswith(naam) for bekend in vergelijking.certificaten):
            heel[-1] = samen
        else:
            heel.append(code)
    return heel


def zeker(vergelijking: Vergelijking, dingen: Iterable[Ding]) -> list[Gehouden]:
    """The competences that the held things prove: those of complete BK and DBK proofs, and single competences."""
    return [houder for ding in dingen for houder in _bewezen(vergelijking, ding, ding.kwalificaties)]


def mogelijk(vergelijking: Vergelijking, dingen: Iterable[Ding]) -> list[Gehouden]:
    """The competences of BKs that a held recognition contains "Gedeeltelijk": the source does not say which."""
    return [houder for ding in dingen for houder in _van_kwalificaties(vergelijking, ding.gedeeltelijk)]


def _bewezen(vergelijking: Vergelijking, ding: Ding, kwalificaties: Iterable[str]) -> list[Gehouden]:
    if ding.competentie:
        return [Gehouden(vergelijking.competentie[ding.competentie], ding.code)]
    return _van_kwalificaties(vergelijking, kwalificaties)


def _van_kwalificaties(vergelijking: Vergelijking, codes: Iterable[str]) -> list[Gehouden]:
    bekend = (vergelijking.catalogus.kwalificaties.get(code) for code in codes)
    return [Gehouden(competentie, k.code) for k in bekend if k for competentie in k.competenties]


def gevraagd(vergelijking: Vergelijking, naar: Ding) -> tuple[tuple[Competentie, str], ...]:
    """The competences that a target asks, in source order and once, each with the qualification that asks it."""
    eenmaal: dict[str, tuple[Competentie, str]] = {}
    for houder in _bewezen(vergelijking, naar, naar.kwalificaties):
        eenmaal.setdefault(houder.competentie.iri, (houder.competentie, houder.door))
    return tuple(eenmaal.values())
