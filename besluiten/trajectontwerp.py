"""A draft of a standard trajectory, computed from standards and decisions: a working paper, never the legal one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from ..graph.catalogus import Contract, Erkenning, Geldigheid
from .duaalprofiel import VOLTIJDS, Duaalprofiel, duaalprofiel
from .oordelen import Profielregel
from .soorten import Bereik, Bereiksoort, Haalbaarheid, Instantie, Instantiesoort, Trajectcluster, Trajectontwerp
from .toestand import Stand
from .wereld import Wereld

LET_OP = "Ontwerp, berekend uit beroepskwalificaties en besluiten. Dit is niet het wettelijke standaardtraject."
"""Stands on every page and in every export."""

PLAATSEN: Mapping[Haalbaarheid, str] = {
    Haalbaarheid.MOET: "werk",
    Haalbaarheid.KAN: "beide",
    Haalbaarheid.KAN_NIET: "school",
    Haalbaarheid.NOG_NIET_BESLIST: "open",
}
"""Where something is learned as far as the sector limits it; school and company choose within it."""

WEKEN = 30
"""Weeks of lessons in a school year on which a proposal of hours is based; a person corrects it."""

_VOLGORDE = ("school", "open", "beide", "werk")


def trajectontwerp(stand: Stand, wereld: Wereld, programma: str, dag: date) -> Trajectontwerp:
    """A first draft for a programme: a cluster for each qualification and place, school before work floor.

    Hours are divided by the number of competences and marked as a proposal; nothing else is known of them.
    Raises UnknownCodeError for a programme that is not there.
    """
    profiel = duaalprofiel(stand, wereld, programma, dag)
    opleiding = wereld.programma(programma)
    erkenning = wereld.erkenning(programma, dag)
    uren = VOLTIJDS * WEKEN * max(opleiding.leerjaren, 1)
    return Trajectontwerp(
        instantie=Instantie(Instantiesoort.SECTORAAL_PARTNERSCHAP, "ontwerp"),
        bereik=Bereik(Bereiksoort.PROGRAMMA, programma=programma),
        titel=f"{opleiding.titel} (ontwerp)",
        geldigheid=Geldigheid(dag),
        clusters=tuple(_clusters(profiel, wereld, erkenning, uren)),
    )


def _clusters(
    profiel: Duaalprofiel, wereld: Wereld, erkenning: Erkenning | None, uren: int
) -> Iterator[Trajectcluster]:
    volgnummer, aantal = 0, max(len(profiel.regels), 1)
    for versie in dict.fromkeys(regel.versie for regel in profiel.regels):
        naam = wereld.kwalificatie(versie).naam.get("nl", versie)
        for plaats in _VOLGORDE:
            regels = [een for een in profiel.regels if een.versie == versie and PLAATSEN[een.haalbaarheid] == plaats]
            if regels:
                volgnummer += 1
                yield Trajectcluster(
                    naam=f"{naam}: {plaats}",
                    versie=versie,
                    competenties=tuple(regel.competentie for regel in regels),
                    plaats=plaats,
                    volgorde=volgnummer,
                    uren=uren * len(regels) // aantal,
                    bewijs=_bewijs(versie, erkenning),
                )


def _bewijs(versie: str, erkenning: Erkenning | None) -> str:
    """The proof that the recognition awards for this qualification."""
    bewijzen = [een.naam for een in erkenning.studiebewijzen if een.van == versie] if erkenning else []
    return bewijzen[0] if bewijzen else ""


class Trajectgebrek(msgspec.Struct, frozen=True):
    """What does not fit in a draft: the cluster, and why, with the decision or the rule."""

    cluster: str
    waarom: str


def gebreken(ontwerp: Trajectontwerp, stand: Stand, wereld: Wereld, dag: date) -> list[Trajectgebrek]:
    """Whether a draft, edited or not, fits the qualifications, the verdicts and the hours of the contract."""
    profiel = duaalprofiel(stand, wereld, ontwerp.bereik.programma, dag)
    gevonden = [*_plaatsen(ontwerp, profiel), *_volledig(ontwerp, profiel)]
    if profiel.contract and any(cluster.uren for cluster in ontwerp.clusters):
        gevonden += _uren(ontwerp, profiel.contract)
    return gevonden


def _plaatsen(ontwerp: Trajectontwerp, profiel: Duaalprofiel) -> Iterator[Trajectgebrek]:
    regels = {(regel.versie, regel.competentie): regel for regel in profiel.regels}
    for cluster in ontwerp.clusters:
        if cluster.plaats not in _VOLGORDE:
            yield Trajectgebrek(
                cluster.naam, f"plaats {cluster.plaats!r} bestaat niet: kies uit {', '.join(_VOLGORDE)}"
            )
        for code in cluster.competenties:
            regel = regels.get((cluster.versie, code))
            if regel is None:
                yield Trajectgebrek(cluster.naam, f"{code} is geen competentie van {cluster.versie} in deze opleiding")
            elif why := _botst(cluster.plaats, regel):
                yield Trajectgebrek(cluster.naam, why)


def _botst(plaats: str, regel: Profielregel) -> str:
    door = ", ".join(f"{steun.besluit} van {steun.instantie}" for steun in regel.steunt)
    if regel.haalbaarheid is Haalbaarheid.MOET and plaats not in ("werk", "beide"):
        return f"{regel.competentie} moet op de werkvloer ({door})"
    if regel.haalbaarheid is Haalbaarheid.KAN_NIET and plaats != "school":
        return f"{regel.competentie} kan niet op de werkvloer ({door})"
    return ""


def _volledig(ontwerp: Trajectontwerp, profiel: Duaalprofiel) -> Iterator[Trajectgebrek]:
    geplaatst = [(cluster.versie, code) for cluster in ontwerp.clusters for code in cluster.competenties]
    for regel in profiel.regels:
        aantal = geplaatst.count((regel.versie, regel.competentie))
        if aantal != 1:
            hoe = "staat in geen cluster" if aantal == 0 else f"staat in {aantal} clusters"
            yield Trajectgebrek("", f"{regel.competentie} van {regel.versie} {hoe}")


def _uren(ontwerp: Trajectontwerp, contract: Contract) -> Iterator[Trajectgebrek]:
    """The hours a week on the work floor lie between nothing of what may be elsewhere, and all of it."""
    totaal = sum(cluster.uren for cluster in ontwerp.clusters)
    werk = sum(cluster.uren for cluster in ontwerp.clusters if cluster.plaats == "werk")
    mogelijk = werk + sum(cluster.uren for cluster in ontwerp.clusters if cluster.plaats in ("beide", "open"))
    minst, meest = VOLTIJDS * werk / totaal, VOLTIJDS * mogelijk / totaal
    if contract.uren_min is not None and meest < contract.uren_min:
        waarom = f"hoogstens {meest:.1f} uur per week op de werkvloer; {contract.soort} vraagt er {contract.uren_min}"
        yield Trajectgebrek("", waarom)
    if contract.uren_max is not None and minst > contract.uren_max:
        waarom = f"minstens {minst:.1f} uur per week op de werkvloer; {contract.soort} laat er {contract.uren_max} toe"
        yield Trajectgebrek("", waarom)
