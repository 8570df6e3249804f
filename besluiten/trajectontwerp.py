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

VOLGORDE = ("school", "open", "beide", "werk")
"""What comes first: the places of learning in the order of a first proposal."""


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
    aantal = max(len(profiel.regels), 1)
    groepen = (groep for versie in _versies(profiel) for groep in _groepen(profiel, wereld, versie))
    for volgnummer, (versie, deel, plaats, codes) in enumerate(groepen, 1):
        yield Trajectcluster(
            naam=f"{wereld.kwalificatie(deel).naam.get('nl', deel)}: {plaats}",
            versie=versie,
            competenties=codes,
            plaats=plaats,
            volgorde=volgnummer,
            uren=uren * len(codes) // aantal,
            bewijs=_bewijs(deel, erkenning),
        )


def _versies(profiel: Duaalprofiel) -> tuple[str, ...]:
    return tuple(dict.fromkeys(regel.versie for regel in profiel.regels))


def _groepen(profiel: Duaalprofiel, wereld: Wereld, versie: str) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """The competences of a version by part and place: a deelkwalificatie that alone has them, else the whole."""
    regels = [regel for regel in profiel.regels if regel.versie == versie]
    eigen = _eigen_deel(wereld, versie)
    for deel in (*wereld.kwalificatie(versie).deelkwalificaties, versie):
        for plaats in VOLGORDE:
            codes = tuple(
                regel.competentie
                for regel in regels
                if PLAATSEN[regel.haalbaarheid] == plaats and eigen.get(regel.competentie, versie) == deel
            )
            if codes:
                yield versie, deel, plaats, codes


def _eigen_deel(wereld: Wereld, versie: str) -> dict[str, str]:
    """For each competence that one deelkwalificatie has and no other: that part. What several share is of the whole."""
    kwalificatie = wereld.kwalificatie(versie)
    codes = {competentie.iri: competentie.code for competentie in kwalificatie.competenties}
    delen: dict[str, list[str]] = {}
    for deel in kwalificatie.deelkwalificaties:
        gevonden = wereld.catalogus.kwalificaties.get(deel)
        for competentie in gevonden.competenties if gevonden else ():
            if competentie.iri in codes:
                delen.setdefault(codes[competentie.iri], []).append(deel)
    return {code: gevonden[0] for code, gevonden in delen.items() if len(gevonden) == 1}


def _bewijs(versie: str, erkenning: Erkenning | None) -> str:
    """The proof that the recognition awards for this qualification."""
    bewijzen = [een.naam for een in erkenning.studiebewijzen if een.van == versie] if erkenning else []
    return bewijzen[0] if bewijzen else ""


def opmerkingen(ontwerp: Trajectontwerp, wereld: Wereld, dag: date) -> Iterator[str]:
    """What a draft cannot show because the release does not say it: parts that give a proof, yet have no dossier."""
    erkenning = wereld.erkenning(ontwerp.bereik.programma, dag)
    for code in sorted({bewijs.van for bewijs in erkenning.studiebewijzen}) if erkenning else ():
        kwalificatie = wereld.catalogus.kwalificaties.get(code)
        if kwalificatie and kwalificatie.deel_van and not kwalificatie.competenties:
            yield (
                f"de opleiding geeft een bewijs van {code} ({kwalificatie.naam.get('nl', code)}), maar welke "
                f"competenties dat deel heeft, staat niet in release {wereld.catalogus.release}: het is geen cluster"
            )


class Trajectgebrek(msgspec.Struct, frozen=True):
    """What does not fit in a draft: the cluster, and why, with the decision or the rule."""

    cluster: str
    waarom: str


def gebreken(ontwerp: Trajectontwerp, profiel: Duaalprofiel) -> list[Trajectgebrek]:
    """Whether a draft, edited or not, fits the qualifications, the verdicts and the hours of its programme."""
    gevonden = [*_plaatsen(ontwerp, profiel), *_volledig(ontwerp, profiel)]
    if profiel.contract and any(cluster.uren for cluster in ontwerp.clusters):
        gevonden += _uren(ontwerp, profiel.contract)
    return gevonden


def _plaatsen(ontwerp: Trajectontwerp, profiel: Duaalprofiel) -> Iterator[Trajectgebrek]:
    regels = {(regel.versie, regel.competentie): regel for regel in profiel.regels}
    for cluster in ontwerp.clusters:
        if cluster.plaats not in VOLGORDE:
            yield Trajectgebrek(cluster.naam, f"plaats {cluster.plaats!r} bestaat niet: kies uit {', '.join(VOLGORDE)}")
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
