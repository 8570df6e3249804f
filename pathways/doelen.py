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
from .leerling import Leerling, Wens
from .regelboom import Blad, Deel, alle, een_van
from .zinnen import TALEN, Zin, zin

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
        return tuple(dict.fromkeys((feit, feit.partition("@")[0])))
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


def _in_woorden(code: str) -> Zin | None:
    """How a goal is called for which the source has no title, in each language; None where it may have one."""
    if code in ("graduaat", "bachelor"):
        return zin(f"feit-toegang:{code}")
    if code.startswith("duaal@"):
        waar = code.removeprefix("duaal@")
        return zin("doel-duaal-studiedomein", waar=waar) if waar.isdigit() else zin("doel-duaal", waar=waar)
    if code.startswith("certificaat:"):
        return zin("doel-certificaat", naam=code.removeprefix("certificaat:"))
    if (feit := _woord(code)) is not None:
        woord, _, domein = feit.partition("@")
        naam = zin(f"feit-{woord}")
        return zin("doel-in-studiedomein", naam=naam, domein=domein) if domein else naam
    return None


def doelzin(aanbod: Aanbod, code: str) -> Zin:
    """How a goal is called in each language; a title of the source stays as it is. Raises UnknownCodeError."""
    if woorden := _in_woorden(code):
        return woorden
    boom = doelboom(aanbod, code)
    if not isinstance(boom, Blad):
        return zin("doel-profiel", code=code)
    return (
        zin("doel-competentie", code=code) if boom.feit.startswith("competentie:") else dict.fromkeys(TALEN, boom.naam)
    )


def wat_gevraagd_is(aanbod: Aanbod, wens: Wens) -> Zin:
    """All that a wish asks, in each language."""
    if len(wens.doelen) == 1 and wens.regels is None:
        return doelzin(aanbod, wens.doelen[0])
    if wens.doelen or wens.regels is None:
        return zin("doel-alle")
    return dict.fromkeys(TALEN, wens.regels.naam) if wens.regels.naam else zin("doel-regel")


def doelboom(aanbod: Aanbod, code: str) -> Deel:
    """What must be reached for this goal. Raises UnknownCodeError."""
    catalogus = aanbod.catalogus
    if (woorden := _in_woorden(code)) is not None:
        return Blad(_feit(code), woorden["nl"])
    if code in catalogus.kwalificaties:
        return _kwalificatie(catalogus.kwalificaties[code])
    if code in aanbod.reeksen:
        return Blad(f"reeks:{code}", f"{naam_van(aanbod.reeksen[code][-1])} ({code})")
    if code in catalogus.programmas:
        return Blad(f"so:{code}", f"{catalogus.programmas[code].titel} ({code})")
    if erkenning := catalogus.erkenningen.get(code):
        return _erkenning(aanbod, erkenning)
    if profiel := [k for k in catalogus.kwalificaties.values() if k.competentprofiel == code]:
        return een_van(*(_kwalificatie(k) for k in profiel), naam=zin("doel-profiel", code=code)["nl"])
    if iri := competentie(aanbod, code):
        return Blad(f"competentie:{iri}", zin("doel-competentie", code=code)["nl"])
    raise onbekend(aanbod, code)


def _feit(code: str) -> str:
    """The fact that a goal asks for which the source has no title."""
    if code in ("graduaat", "bachelor"):
        return f"toegang:{code}"
    if code.startswith("certificaat:"):
        return certificaatfeit(code.removeprefix("certificaat:"))
    return code.casefold() if code.startswith("duaal@") else _woord(code) or code


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
    return delen[0] if len(delen) == 1 else alle(*delen, naam=zin("doel-alle")["nl"])


def nagekeken(aanbod: Aanbod, leerling: Leerling, wens: Wens) -> None:
    """Raises UnknownCodeError for experience in no line of BKs, and for a programme or step that is not there."""
    catalogus = aanbod.catalogus
    for code in leerling.ervaring:
        if versie := catalogus.kwalificaties.get(code):
            fout = f"Werkervaring geldt voor elke versie van een beroepskwalificatie, niet voor {code}."
            raise UnknownCodeError(fout, remedy=f"Geef {versie.reeks}.")
        if code not in aanbod.reeksen:
            raise onbekend(aanbod, code)
    stappen = {each.code for each in aanbod.handelingen} if wens.vermijd else set()
    vrij = (each.omvang.partition("toelating:")[2] for each in leerling.vrijstellingen)
    for code in (*wens.vermijd, *filter(None, vrij)):
        if code not in stappen and code not in catalogus.programmas and code not in catalogus.erkenningen:
            raise onbekend(aanbod, code)


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
