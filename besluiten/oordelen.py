"""The verdict on each competence: of one body, accepted from another, chosen between several, or still undecided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

import msgspec

from ..graph.catalogus import Competentie
from .regels import keuzes_tussen, spreken_tegen
from .soorten import Bereik, Bereiksoort, Haalbaarheid, Haalbaarheidsbesluit, Keuze, Overname, Voorwaarde
from .toestand import Stand, Stuk
from .wereld import Wereld


class Oordeelsteun(msgspec.Struct, frozen=True):
    """One decision behind a verdict, with the body that took it; `via` is an acceptance that leads to it."""

    besluit: str
    instantie: str
    haalbaarheid: Haalbaarheid
    reden: str
    voorwaarde: Voorwaarde
    via: str = ""


class Profielregel(msgspec.Struct, frozen=True):
    """One competence in the profile; `oneens` when bodies contradict each other and no choice was recorded.

    `keuze` is the id of the choice by which a contradiction was settled.
    """

    versie: str
    competentie: str
    nr: int
    tekst: str
    haalbaarheid: Haalbaarheid
    steunt: tuple[Oordeelsteun, ...] = ()
    oneens: bool = False
    keuze: str = ""


def standen_over(stand: Stand, wereld: Wereld, versie: str, dag: date) -> list[Profielregel]:
    """The verdict on each competence of one version on that day, whatever programme contains it."""
    steun = list(_geldend(stand, wereld, versie, dag))
    return [
        profielregel(stand, versie, competentie, [een for een in steun if competentie.iri in een[1]], dag)
        for competentie in wereld.kwalificatie(versie).competenties
    ]


_Steun = tuple[Stuk, frozenset[str], str]


def _geldend(stand: Stand, wereld: Wereld, versie: str, dag: date) -> Iterator[_Steun]:
    """The ratified verdicts that touch a version on that day, what each covers, and the acceptance it comes by."""
    bereik = _heel(versie)
    for sleutel in wereld.sleutels(bereik):
        for stuk in stand.over(sleutel):
            if not stuk.geldt(dag):
                continue
            if isinstance(stuk.besluit, Haalbaarheidsbesluit):
                yield stuk, wereld.omvang_of_niets(stuk.besluit.bereik), ""
            elif isinstance(stuk.besluit, Overname) and (bron := aanvaard(stand, stuk, dag)):
                yield bron, wereld.omvang_of_niets(stuk.besluit.bereik), stuk.id


def aanvaard(stand: Stand, overname: Stuk, dag: date) -> Stuk | None:
    """The verdict behind an acceptance, or behind a chain of them; None as soon as one link no longer holds."""
    gezien: set[str] = set()
    stuk: Stuk | None = overname
    while stuk is not None and isinstance(stuk.besluit, Overname):
        if stuk.id in gezien or not stuk.geldt(dag):
            return None
        gezien.add(stuk.id)
        stuk = stand.stukken.get(stuk.besluit.overgenomen_van)
    return stuk if stuk and stuk.geldt(dag) and isinstance(stuk.besluit, Haalbaarheidsbesluit) else None


def profielregel(
    stand: Stand, versie: str, competentie: Competentie, steun: Iterable[_Steun], dag: date
) -> Profielregel:
    """The verdict on one competence: the one there is, the one chosen of several, or undecided while they clash."""
    gevonden = [(stuk, stuk.besluit, via) for stuk, _, via in steun if isinstance(stuk.besluit, Haalbaarheidsbesluit)]
    steunt = tuple(
        Oordeelsteun(stuk.id, str(besluit.instantie), besluit.haalbaarheid, besluit.reden, besluit.voorwaarde, via)
        for stuk, besluit, via in gevonden
    )
    oordeel, oneens, keuze = _oordeel(stand, [stuk for stuk, _, _ in gevonden], dag)
    return Profielregel(versie, competentie.code, competentie.nr, competentie.tekst, oordeel, steunt, oneens, keuze)


_STERKTE = (Haalbaarheid.MOET, Haalbaarheid.KAN, Haalbaarheid.KAN_NIET)


def _oordeel(stand: Stand, stukken: list[Stuk], dag: date) -> tuple[Haalbaarheid, bool, str]:
    over = {stuk.id: stuk for stuk in stukken}
    keuze = ""
    for een, ander in combinations(stukken, 2):
        if _botsen(een, ander) and (gemaakt := keuze_op(stand, een, ander, dag)):
            gekozen = gemaakt[1].gekozen
            over.pop(ander.id if gekozen == een.id else een.id, None)
            keuze = gemaakt[0].id
    oordelen = {stuk.besluit.haalbaarheid for stuk in over.values() if isinstance(stuk.besluit, Haalbaarheidsbesluit)}
    beslist = [oordeel for oordeel in _STERKTE if oordeel in oordelen]
    if len(beslist) > 1:
        return Haalbaarheid.NOG_NIET_BESLIST, True, keuze
    return (beslist[0] if beslist else Haalbaarheid.NOG_NIET_BESLIST), False, keuze


def keuze_op(stand: Stand, een: Stuk, ander: Stuk, dag: date) -> tuple[Stuk, Keuze] | None:
    """The choice that holds between two contradicting decisions on that day."""
    return next((one for one in keuzes_tussen(stand, een, ander) if one[0].geldt(dag)), None)


def _botsen(een: Stuk, ander: Stuk) -> bool:
    oordelen = [stuk.besluit.haalbaarheid for stuk in (een, ander) if isinstance(stuk.besluit, Haalbaarheidsbesluit)]
    zelfde = een.besluit.instantie == ander.besluit.instantie
    return len(oordelen) == 2 and not zelfde and spreken_tegen(*oordelen)


def _heel(versie: str) -> Bereik:
    return Bereik(Bereiksoort.KWALIFICATIE, versie)
