"""Carry-over: what a new version of a standard does to each decision on the old one.

A competence of the new version is the same as one of the old when its code is the same, else when its text is, else
when its references are and no other has them. Same text, references and knowledge: the decision is kept. Something
changed: it is drafted again with the difference, to be confirmed once more. No such competence: it lapses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from enum import StrEnum

import msgspec

from ..graph.catalogus import Competentie, Kwalificatie
from .register import Draagover
from .soorten import Bereiksoort, Besluit, Haalbaarheidsbesluit, Soort, Toestand
from .toestand import Stand, Stuk


class Gevolg(StrEnum):
    """What a new version does to a decision."""

    BEHOUDEN = "behouden"
    TE_HERBEVESTIGEN = "te herbevestigen"
    VERVALLEN = "vervallen"


class Doorwerking(msgspec.Struct, frozen=True):
    """One decision in a new version: `besluit` is what it becomes, None where nothing is left of it."""

    stuk: str
    instantie: str
    gevolg: Gevolg
    verschil: tuple[str, ...]
    besluit: Soort | None

    def opdracht(self) -> Draagover | None:
        """The order that carries it over; what lapses stays with the old version and needs none."""
        if self.besluit is None:
            return None
        return Draagover(self.stuk, self.besluit, self.gevolg is Gevolg.BEHOUDEN, self.verschil)


def doorwerking(stand: Stand, oud: Kwalificatie, nieuw: Kwalificatie) -> list[Doorwerking]:
    """What `nieuw` does to every ratified feasibility decision on `oud`, in order of body and id."""
    paren = gelijken(oud, nieuw)
    gevonden = (
        _gevolg(stuk, stuk.besluit, paren, oud, nieuw)
        for stuk in stand.haalbaarheid(Toestand.BEKRACHTIGD)
        if isinstance(stuk.besluit, Haalbaarheidsbesluit) and stuk.besluit.bereik.versie == oud.code
    )
    return sorted(gevonden, key=lambda een: (een.instantie, een.stuk))


def gelijken(oud: Kwalificatie, nieuw: Kwalificatie) -> dict[str, Competentie]:
    """For each competence of the old version, by code, the one of the new version that it became."""
    paren: dict[str, Competentie] = {}
    vrij = {competentie.iri: competentie for competentie in nieuw.competenties}
    kenmerken: tuple[Callable[[Competentie], Hashable], ...] = (
        lambda competentie: competentie.code,
        lambda competentie: tekst(competentie.tekst),
        lambda competentie: frozenset(competentie.referenties) or None,
    )
    for kenmerk in kenmerken:
        over = [competentie for competentie in oud.competenties if competentie.code not in paren]
        uniek = _uniek(over, kenmerk)
        for waarde, nieuwe in _uniek(vrij.values(), kenmerk).items():
            if waarde in uniek:
                paren[uniek[waarde].code] = nieuwe
                del vrij[nieuwe.iri]
    return paren


def _uniek(
    competenties: Iterable[Competentie], kenmerk: Callable[[Competentie], Hashable]
) -> dict[Hashable, Competentie]:
    """The competences by a mark that no other of them bears; who has no mark is left out."""
    alle = list(competenties)
    aantal = Counter(kenmerk(competentie) for competentie in alle)
    gevonden = {kenmerk(competentie): competentie for competentie in alle if aantal[kenmerk(competentie)] == 1}
    return {waarde: competentie for waarde, competentie in gevonden.items() if waarde is not None}


def tekst(waarde: str) -> str:
    """A text without the differences that say nothing: spaces, capitals, a full stop at the end.

    >>> tekst("Plaatst  wanden.") == tekst("plaatst wanden")
    True
    """
    return " ".join(waarde.casefold().split()).rstrip(".")


def verschillen(oud: Competentie, nieuw: Competentie) -> Iterator[str]:
    """What changed in a competence, a sentence each: wording, references, knowledge and its depth."""
    if tekst(oud.tekst) != tekst(nieuw.tekst):
        yield f"{oud.code}: tekst was {oud.tekst!r}, wordt {nieuw.tekst!r}"
    yield from _weg_en_bij(oud.code, "referentie", set(oud.referenties), set(nieuw.referenties))
    kennis = [{(tekst(item.tekst), item.diepte) for item in een.kennis} for een in (oud, nieuw)]
    yield from _weg_en_bij(
        oud.code, "kennis", *({f"{naam} (diepte {diepte})" for naam, diepte in een} for een in kennis)
    )


def _weg_en_bij(code: str, wat: str, oud: set[str], nieuw: set[str]) -> Iterator[str]:
    yield from (f"{code}: {wat} {een} verdwijnt" for een in sorted(oud - nieuw))
    yield from (f"{code}: {wat} {een} komt erbij" for een in sorted(nieuw - oud))


def _gevolg(
    stuk: Stuk, besluit: Haalbaarheidsbesluit, paren: dict[str, Competentie], oud: Kwalificatie, nieuw: Kwalificatie
) -> Doorwerking:
    heel = besluit.bereik.soort is Bereiksoort.KWALIFICATIE
    betrokken = [een for een in oud.competenties if heel or een.code in besluit.bereik.competenties]
    blijven = [een for een in betrokken if een.code in paren]
    verschil = [f"{een.code}: verdwijnt" for een in betrokken if een.code not in paren]
    verschil += [zin for een in blijven for zin in verschillen(een, paren[een.code])]
    if heel:
        bekend = {competentie.iri for competentie in paren.values()}
        verschil += [f"{een.code}: is nieuw" for een in nieuw.competenties if een.iri not in bekend]
    gevolg = Gevolg.TE_HERBEVESTIGEN if verschil else Gevolg.BEHOUDEN
    if not blijven and betrokken:
        gevolg = Gevolg.VERVALLEN
    wordt = (
        None if gevolg is Gevolg.VERVALLEN else _verplaatst(besluit, nieuw, [paren[een.code].code for een in blijven])
    )
    return Doorwerking(stuk.id, str(besluit.instantie), gevolg, tuple(verschil), wordt)


def _verplaatst(besluit: Haalbaarheidsbesluit, nieuw: Kwalificatie, codes: list[str]) -> Haalbaarheidsbesluit:
    """The same decision on the new version; it replaces nothing there."""
    soort = besluit.bereik.soort
    if soort is Bereiksoort.CLUSTER and len(codes) == 1:
        soort = Bereiksoort.COMPETENTIE
    competenties = () if soort is Bereiksoort.KWALIFICATIE else tuple(codes)
    bereik = msgspec.structs.replace(besluit.bereik, soort=soort, versie=nieuw.code, competenties=competenties)
    return msgspec.structs.replace(besluit, bereik=bereik, vervangt="")


def te_doen(stand: Stand, instantie: str) -> list[Stuk]:
    """The to-do list of a body: what was carried over as a draft and waits to be confirmed once more."""
    open_ = stand.haalbaarheid(Toestand.ONTWERP, Toestand.VOORGELEGD)
    return [stuk for stuk in open_ if stuk.uit and _van(stuk.besluit) == instantie]


def _van(besluit: Besluit) -> str:
    return str(besluit.instantie)
