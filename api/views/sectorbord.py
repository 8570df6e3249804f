"""What the pages of the sector board show: the start, the grid, one decision, a new version, the public list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from ...besluiten.bord import Bordrij, bordrijen, clusters, versies_van
from ...besluiten.doorwerking import Doorwerking, gelijken
from ...besluiten.duaalprofiel import geraakt
from ...besluiten.opvolging import Onbeslist, onbeslist, onenigheden
from ...besluiten.regels import oneens
from ...besluiten.soorten import Bereik, Bereiksoort, Haalbaarheid, Instantie, Keuze, Rol, Toestand, Wie, soort_van
from ...besluiten.toestand import OVERGANGEN, Handeling, Stand, Stuk
from ...besluiten.wereld import Wereld
from ...errors import BesluitError, LeerbrugError, TegenspraakError, UnknownCodeError
from ...pathways.bewoording import Woordverschil, woordverschil
from ..languages import retell
from ..pages import Page
from ..problems import translate_issue
from ..stukken import zichtbaar
from ..tokens import mag_zien
from ..zaken import Zaken

OORDELEN: Mapping[Haalbaarheid, str] = {
    Haalbaarheid.KAN: "kan",
    Haalbaarheid.MOET: "moet",
    Haalbaarheid.KAN_NIET: "kan niet",
    Haalbaarheid.NOG_NIET_BESLIST: "nog niet beslist",
}
TOESTANDEN: Mapping[Toestand, str] = {
    Toestand.ONTWERP: "ontwerp",
    Toestand.VOORGELEGD: "voorgelegd",
    Toestand.BEKRACHTIGD: "bekrachtigd",
    Toestand.VERVALLEN: "vervallen",
    Toestand.INGETROKKEN: "ingetrokken",
}
STAPPEN: Mapping[Handeling, str] = {
    Handeling.LEG_VOOR: "Leg voor",
    Handeling.BEKRACHTIG: "Bekrachtig",
    Handeling.STUUR_TERUG: "Stuur terug",
    Handeling.TREK_IN: "Trek in",
}
HANDELINGEN: Mapping[Handeling, str] = {
    Handeling.MAAK: "opgesteld",
    Handeling.WIJZIG: "gewijzigd",
    Handeling.LEG_VOOR: "voorgelegd",
    Handeling.STUUR_TERUG: "teruggestuurd",
    Handeling.BEKRACHTIG: "bekrachtigd",
    Handeling.TREK_IN: "ingetrokken",
    Handeling.VERVAL: "vervallen",
    Handeling.LEG_VAST: "vastgelegd",
    Handeling.DRAAG_OVER: "overgenomen uit een vorige versie",
    Handeling.REAGEER: "opmerking",
}
SOORTEN = ("Binnen uw mandaat", "Beroepskwalificaties", "Deelkwalificaties", "Opleidingen")
"""The groups of things that a board can be about."""
ALLE = "*"
"""Stands in the form for every row that is shown."""
FILTERS: Mapping[str, str] = {
    "": "Alles",
    "nog-niet-beslist": "Nog niet beslist",
    "te-herbevestigen": "Te herbevestigen",
    "voorgelegd": "Voorgelegd",
}


def toon(rij: Bordrij, filter_: str) -> bool:
    """Whether a row passes the filter."""
    return {
        "nog-niet-beslist": rij.onbeslist,
        "te-herbevestigen": rij.te_herbevestigen,
        "voorgelegd": bool(rij.stuk and rij.stuk.toestand is Toestand.VOORGELEGD),
    }.get(filter_, True)


def gezegd(page: Page, error: LeerbrugError) -> dict[str, Any]:
    """An error as a reader sees it: the sentence with its remedy, what else was found, and what it clashes with."""
    told = [retell(part, page.taal) for part in (error.message, error.remedy) if part]
    more = error.bevindingen if isinstance(error, BesluitError) else ()
    return {
        "zin": " ".join(told),
        "meer": [translate_issue({"detail": one}, page.taal) for one in more if error.message not in one],
        "stukken": list(error.stukken) if isinstance(error, TegenspraakError) else [],
    }


def keuzes(
    page: Page, wereld: Wereld, dag: date, opgedragen: Sequence[Onbeslist] = ()
) -> dict[str, list[tuple[str, str]]]:
    """What a board can be about, by kind: name and code; first what a mandate names."""
    catalogus = wereld.catalogus
    loaded = [one for one in catalogus.kwalificaties.values() if one.competenties]
    mandaat, bk, dbk, opleiding = SOORTEN
    found = {
        mandaat: sorted({(page.naam(wereld.kwalificatie(one.versie)), one.versie) for one in opgedragen}),
        bk: sorted((page.naam(one), one.code) for one in loaded if not one.deel_van),
        dbk: sorted((page.naam(one), one.code) for one in loaded if one.deel_van),
        opleiding: sorted(
            (one.titel, one.code) for one in catalogus.programmas.values() if versies_van(wereld, one.code, dag)
        ),
    }
    return {name: things for name, things in found.items() if things}


def start(page: Page, boek: Zaken, wie: Wie, dag: date) -> dict[str, Any]:
    """Where somebody begins: what waits for their body, and what to choose."""
    wereld = boek.wereld()

    def found(stand: Stand) -> dict[str, Any]:
        opgedragen = [one for one in onbeslist(stand, wereld, dag) if mag_zien(wie, one.instantie)]
        eigen = [one for _, one in sorted(stand.stukken.items()) if mag_zien(wie, str(one.besluit.instantie))]
        return {
            "te_herbevestigen": [one for one in eigen if one.uit and one.verschil and one.toestand is Toestand.ONTWERP],
            "voorgelegd": [one for one in eigen if one.toestand is Toestand.VOORGELEGD],
            "ontwerpen": [one for one in eigen if one.toestand is Toestand.ONTWERP and not one.uit],
            "opgedragen": opgedragen,
            "onbeslist": [one for one in opgedragen if one.te_doen],
            "oneens": [
                one for one in onenigheden(stand, wereld, dag) if not wie.instantie or wie.instantie in one.instanties
            ],
        }

    waits = boek.register.lees(found)
    return {**waits, "keuzes": keuzes(page, wereld, dag, waits["opgedragen"]), "over": over(page, wereld)}


def bord(page: Page, boek: Zaken, instantie: Instantie, code: str, dag: date, filter_: str) -> dict[str, Any]:
    """The grid of a body on a thing. Raises UnknownCodeError."""
    wereld = boek.wereld()
    rijen = boek.register.lees(lambda stand: bordrijen(stand, wereld, instantie, code, dag))
    programma = wereld.catalogus.programmas.get(code)
    versies = versies_van(wereld, code, dag)
    return {
        "code": code,
        "instantie": instantie,
        "titel": programma.titel if programma else page.naam(wereld.kwalificatie(versies[0])),
        "versies": versies,
        "alle": rijen,
        "rijen": [rij for rij in rijen if toon(rij, filter_)],
        "aantallen": {name: sum(toon(rij, name) for rij in rijen) for name in FILTERS},
        "clusters": clusters(wereld, rijen),
        "mogelijk": _mogelijk([rij for rij in rijen if toon(rij, filter_)]),
        "vandaag": dag.isoformat(),
        "filter": filter_,
        "vorige": vorige_versies(wereld, versies),
        "contexten": contextnamen(wereld, code, dag),
    }


def _mogelijk(rijen: Sequence[Bordrij]) -> list[Handeling]:
    """The steps that at least one row can take now."""
    toestanden = {rij.stuk.toestand for rij in rijen if rij.stuk}
    return [stap for stap in STAPPEN if not toestanden.isdisjoint(OVERGANGEN[stap][0])]


def contextnamen(wereld: Wereld, code: str, dag: date) -> tuple[str, ...]:
    """The obligatory contexts that a programme knows, to choose from."""
    erkenning = wereld.erkenning(code, dag) if code in wereld.catalogus.programmas else None
    return erkenning.contexten.namen if erkenning and erkenning.contexten else ()


def vorige_versies(wereld: Wereld, versies: Sequence[str]) -> list[tuple[str, str]]:
    """Older loaded versions of what is shown, each with the newer one."""
    kwalificaties = wereld.catalogus.kwalificaties
    return [
        (oud.code, code)
        for code in versies
        for oud in kwalificaties.values()
        if oud.reeks == kwalificaties[code].reeks
        and oud.competenties
        and not oud.deel_van
        and not kwalificaties[code].deel_van
        and _nummer(oud.code) < _nummer(code)
    ]


def _nummer(code: str) -> int:
    last = code.rpartition("-")[2]
    return int(last) if last.isdigit() else 0


def over(page: Page, wereld: Wereld) -> Any:
    """Says what a scope is about, for the templates."""

    def said(bereik: Bereik) -> str:
        if bereik.soort is Bereiksoort.PROGRAMMA:
            programma = wereld.catalogus.programmas.get(bereik.programma)
            return f"{programma.titel} ({bereik.programma})" if programma else bereik.programma
        if not bereik.versie:
            return ""
        try:
            competenties = wereld.competenties(bereik)
        except UnknownCodeError:
            competenties = ()
        heel = bereik.soort is Bereiksoort.KWALIFICATIE
        naam = page.naam_van(bereik.versie)
        rest = bereik.naam or "; ".join(f"{one.nr}. {one.tekst}" for one in competenties)
        return naam if heel or not rest else f"{naam}: {rest}"

    return said


def besluit(page: Page, boek: Zaken, stuk: Stuk, wie: Wie | None, dag: date) -> dict[str, Any]:
    """One record with its history and seals, its remarks for its own people, and what changed since it was decided."""
    wereld = boek.wereld()
    eigen = mag_zien(wie, str(stuk.besluit.instantie))
    zegels = {regel.nummer: regel.hash for regel in boek.grootboek.van(stuk.id)}

    def found(stand: Stand) -> dict[str, Any]:
        bron = stand.stukken.get(stuk.uit)
        tegen = [one for one in oneens(stand, stuk, wereld) if zichtbaar(one, wie)]
        keuzes = [one for one in _keuzes(stand, stuk) if zichtbaar(one, wie)]
        beheerder = wie is not None and wie.rol is Rol.BEHEERDER
        return {
            "tegen": tegen,
            "keuzes": keuzes,
            "kiest": beheerder and stuk.toestand is Toestand.BEKRACHTIGD and not keuzes,
            "opleidingen": geraakt(wereld, stuk, dag) if stuk.besluit.vraagt_mandaat else [],
            "woorden": woorden(wereld, bron, stuk) if bron else [],
        }

    return {
        "stuk": stuk,
        "soort": soort_van(stuk.besluit),
        "eigen": eigen,
        "over": over(page, wereld),
        "geschiedenis": [(stap, zegels[stap.nummer]) for stap in stuk.geschiedenis],
        "stappen": [one for one in STAPPEN if stuk.toestand in OVERGANGEN[one][0]] if eigen else [],
        **boek.register.lees(found),
    }


def _keuzes(stand: Stand, stuk: Stuk) -> list[Stuk]:
    """The living choices that this decision is part of, still a draft or not."""
    return [
        one
        for sleutel in stuk.sleutels()
        for one in stand.over(sleutel)
        if isinstance(one.besluit, Keuze) and stuk.id in one.besluit.tussen
    ]


def woorden(wereld: Wereld, oud: Stuk, nieuw: Stuk) -> list[tuple[str, tuple[Woordverschil, ...]]]:
    """For each competence of a carried-over record whose wording changed: its code and the difference word by word."""
    kwalificaties = wereld.catalogus.kwalificaties
    was, wordt = kwalificaties.get(oud.besluit.bereik.versie), kwalificaties.get(nieuw.besluit.bereik.versie)
    if was is None or wordt is None:
        return []
    paren = gelijken(was, wordt)
    codes = {one.code for one in wereld.competenties(nieuw.besluit.bereik)}
    return [
        (paren[one.code].code, woordverschil(one.tekst, paren[one.code].tekst))
        for one in was.competenties
        if one.code in paren and paren[one.code].code in codes and one.tekst != paren[one.code].tekst
    ]


class Gevolgregel(msgspec.Struct, frozen=True):
    """What a new version does to one decision, with the difference of each competence word by word."""

    gevolg: Doorwerking
    stuk: Stuk
    woorden: list[tuple[str, tuple[Woordverschil, ...]]]


def gevolgregels(stand: Stand, wereld: Wereld, gevolgen: Sequence[Doorwerking]) -> list[Gevolgregel]:
    """These effects as rows."""
    regels = []
    for one in gevolgen:
        stuk = stand.stuk(one.stuk)
        wordt = msgspec.structs.replace(stuk, besluit=one.besluit) if one.besluit else None
        regels.append(Gevolgregel(one, stuk, woorden(wereld, stuk, wordt) if wordt else []))
    return regels
