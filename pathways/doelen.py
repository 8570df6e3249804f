"""Codes of what is held and what is wanted, resolved to facts and to rule trees of facts."""

from __future__ import annotations

import difflib
from datetime import date

from ..errors import InputError, UnknownCodeError
from ..graph.catalogus import Erkenning, Kwalificatie, Kwalificatiesoort
from .doelregels import regelboom
from .doorstroomregels import NAMEN
from .handelingen import Aanbod, Handeling, Soort, certificaatfeit, kwalificatiefeiten, naam_van
from .kalender import VOOR_ALTIJD
from .leerling import Wens
from .regelboom import Blad, Deel, alle, een_van

DOELSOORTEN = (
    'een BK ("BK-0480-1"), een DBK, "OK3", "OK3@8", een structuuronderdeel, "graduaat", "bachelor" of "duaal@8"'
)


def gehouden_feiten(aanbod: Aanbod, code: str, op: date) -> tuple[str, ...]:
    """What holding this makes true. Raises UnknownCodeError, and InputError for an OK by EVC.

    A programme or recognition counts as completed: it gives what the recognition awards in full.
    """
    if code.startswith("evc:"):
        return _evc(aanbod, code.removeprefix("evc:"), op)
    if code.startswith("certificaat:"):
        return (certificaatfeit(code.removeprefix("certificaat:")),)
    if (feit := _woord(code)) is not None:
        return (feit,)
    catalogus = aanbod.catalogus
    if code in catalogus.kwalificaties:
        return kwalificatiefeiten(catalogus, code)
    if code in aanbod.reeksen:
        return (f"reeks:{code}",)
    if code in catalogus.programmas or code in catalogus.erkenningen:
        return _voltooid(aanbod, code, op)
    if iri := competentie(aanbod, code):
        return (f"competentie:{iri}",)
    raise onbekend(aanbod, code)


def _evc(aanbod: Aanbod, code: str, op: date) -> tuple[str, ...]:
    feiten = gehouden_feiten(aanbod, code, op)
    if not all(feit.startswith(("bk:", "reeks:", "dbk:", "competentie:")) for feit in feiten):
        raise InputError(
            f"EVC kan {code} niet bewijzen.",
            remedy="Enkel een beroepskwalificatie, deelkwalificatie of competentie (decreet van 26 april 2019).",
        )
    return feiten


def _woord(code: str) -> str | None:
    """A word of the rules: "OK3", "graad2:DU", "arbeidsrijp"."""
    feit = f"ok:{code}" if code.startswith("OK") else code
    return feit if feit.split("@")[0] in NAMEN else None


def _voltooid(aanbod: Aanbod, code: str, op: date) -> tuple[str, ...]:
    """The completion that is newest on that day among the ways to complete the programme or recognition."""
    passend = [
        each
        for each in aanbod.handelingen
        if each.soort is Soort.OPLEIDING and code in (each.programma, each.einde) and each.van <= op.year
    ]
    if passend:
        return max(passend, key=lambda each: each.van).geeft
    raise onbekend(aanbod, code)


def competentie(aanbod: Aanbod, code: str) -> str:
    """The IRI of the one competence with that code or IRI; empty when there is none."""
    iris = {
        each.iri
        for kwalificatie in aanbod.catalogus.kwalificaties.values()
        for each in kwalificatie.competenties
        if code in (each.code, each.iri)
    }
    return iris.pop() if len(iris) == 1 else ""


def doelboom(aanbod: Aanbod, code: str) -> Deel:
    """What must be reached for this goal. Raises UnknownCodeError."""
    catalogus = aanbod.catalogus
    if code in ("graduaat", "bachelor"):
        return Blad(f"toegang:{code}", NAMEN[f"toegang:{code}"])
    if code.startswith("duaal@"):
        waar = code.removeprefix("duaal@")
        return Blad(code.casefold(), f"een duale opleiding in {'studiedomein ' if waar.isdigit() else ''}{waar}")
    if code.startswith("certificaat:"):
        return Blad(certificaatfeit(naam := code.removeprefix("certificaat:")), f"certificaat {naam}")
    if (feit := _woord(code)) is not None:
        naam = NAMEN[feit.split("@")[0]]
        return Blad(feit, f"{naam} in studiedomein {code.split('@')[1]}" if "@" in code else naam)
    if code in catalogus.kwalificaties:
        return _kwalificatie(catalogus.kwalificaties[code])
    if code in aanbod.reeksen:
        return Blad(f"reeks:{code}", f"{naam_van(aanbod.reeksen[code][-1])} ({code})")
    if code in catalogus.programmas:
        return Blad(f"so:{code}", f"{catalogus.programmas[code].titel} ({code})")
    if erkenning := catalogus.erkenningen.get(code):
        return _erkenning(aanbod, erkenning)
    if profiel := [k for k in catalogus.kwalificaties.values() if k.competentprofiel == code]:
        return een_van(*(_kwalificatie(k) for k in profiel), naam=f"beroepscompetentieprofiel {code}")
    if iri := competentie(aanbod, code):
        return Blad(f"competentie:{iri}", f"competentie {code}")
    raise onbekend(aanbod, code)


def _kwalificatie(kwalificatie: Kwalificatie) -> Blad:
    deel = kwalificatie.soort is Kwalificatiesoort.DEELKWALIFICATIE
    feit = f"{'dbk' if deel else 'bk'}:{kwalificatie.code}"
    return Blad(feit, f"{naam_van(kwalificatie)} ({kwalificatie.code})")


def _erkenning(aanbod: Aanbod, erkenning: Erkenning) -> Blad:
    titel = aanbod.catalogus.programmas[erkenning.programma].titel
    return Blad(f"so:{erkenning.programma}", f"{titel} ({erkenning.code})")


def doel_van(aanbod: Aanbod, wens: Wens) -> Deel:
    """All of the goals, and what the rules ask. Raises InputError when there is none."""
    if not wens.doelen and wens.regels is None:
        raise InputError("Er is geen doel gegeven.", remedy=f"Geef {DOELSOORTEN}.")
    delen = tuple(doelboom(aanbod, code) for code in wens.doelen)
    if wens.regels is not None:
        delen = (*delen, regelboom(wens.regels, lambda code: doelboom(aanbod, code)))
    return delen[0] if len(delen) == 1 else alle(*delen, naam="alle doelen")


def onbekend(aanbod: Aanbod, code: str) -> UnknownCodeError:
    """The error for a code that nothing in the release answers to, with what is near."""
    catalogus = aanbod.catalogus
    bekend = [*catalogus.kwalificaties, *aanbod.reeksen, *catalogus.erkenningen, *catalogus.programmas]
    dichtbij = difflib.get_close_matches(code, bekend, n=3)
    remedy = f"Bedoelt u {', '.join(dichtbij)}?" if dichtbij else f"Geef {DOELSOORTEN}."
    return UnknownCodeError(f"De code {code!r} staat niet in release {catalogus.release}.", remedy=remedy)


def loopt_nog(handeling: Handeling, jaar: int) -> bool:
    """Whether it can be begun in that year or later."""
    return handeling.tot >= jaar or handeling.tot == VOOR_ALTIJD
