"""The rules of the ledger that need more than the record itself: who may, what overlaps, what contradicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ..errors import BesluitError, BevoegdheidError, TegenspraakError, UnknownCodeError
from .soorten import (
    Activiteitenlijst,
    Bereiksoort,
    Besluit,
    Haalbaarheid,
    Haalbaarheidsbesluit,
    Keuze,
    Mandaat,
    Overname,
    Rol,
    Toestand,
    Trajectontwerp,
    Vrijstellingsbesluit,
    Werkplekaandeel,
    Wie,
    raken_elkaar,
    soort_van,
)
from .soorten import (
    Mapping as Mappingrecord,
)
from .toestand import Stand, Stuk, onderwerp, sleutels
from .wereld import Wereld

MAG: Mapping[Rol, tuple[type[Besluit], ...]] = {
    Rol.SECTOR: (
        Haalbaarheidsbesluit,
        Werkplekaandeel,
        Activiteitenlijst,
        Vrijstellingsbesluit,
        Overname,
        Mappingrecord,
        Trajectontwerp,
    ),
    Rol.BEHEERDER: (Mandaat, Mappingrecord, Keuze),
    Rol.ONTWERPER: (Mappingrecord, Trajectontwerp),
    Rol.STELSEL: (Haalbaarheidsbesluit, Werkplekaandeel, Activiteitenlijst, Vrijstellingsbesluit),
}
"""Which kinds of record each role writes."""


def keur_rol(wie: Wie, besluit: Besluit) -> None:
    """Whether this role may write this kind for that body. Raises BevoegdheidError: sector A never touches sector B."""
    if not isinstance(besluit, MAG[wie.rol]):
        raise BevoegdheidError(f"De rol {wie.rol.value} mag geen {soort_van(besluit)} schrijven.")
    if wie.rol is Rol.SECTOR and wie.instantie != str(besluit.instantie):
        raise BevoegdheidError(
            f"Dit is een zaak van {besluit.instantie}; u handelt voor {wie.instantie}.",
            remedy="Gebruik een token van die instantie.",
        )


def dekt(mandaat: Mandaat, besluit: Besluit, wereld: Wereld, dag: date) -> bool:
    """Whether a mandate lets its holder take this decision on that day."""
    return (
        mandaat.instantie == besluit.instantie
        and mandaat.geldigheid.omvat(dag)
        and (not mandaat.soorten or soort_van(besluit) in mandaat.soorten)
        and (not mandaat.reikwijdte or not wereld.lijnen(besluit.bereik).isdisjoint(mandaat.reikwijdte))
    )


def keur_mandaat(stand: Stand, besluit: Besluit, wereld: Wereld, dag: date) -> str:
    """The id of a mandate that covers the decision on that day; empty where none is needed. Raises BevoegdheidError."""
    if not besluit.vraagt_mandaat:
        return ""
    for stuk in stand.mandaten():
        if isinstance(stuk.besluit, Mandaat) and dekt(stuk.besluit, besluit, wereld, dag):
            return stuk.id
    raise BevoegdheidError(
        f"Geen mandaat van {besluit.instantie} dekt op {dag.isoformat()}: {onderwerp(besluit)}.",
        remedy="Vraag de beheerder om een mandaat.",
    )


def verwanten(stand: Stand, besluit: Besluit, wereld: Wereld) -> Iterator[Stuk]:
    """The living records that speak of the same, and share a competence, a day and a context with this one."""
    omvang = wereld.omvang(besluit.bereik)
    for sleutel in wereld.sleutels(besluit.bereik):
        for stuk in stand.over(sleutel):
            if (
                _zelfde_zaak(stuk.besluit, besluit)
                and raken_elkaar(stuk.besluit.geldigheid, besluit.geldigheid)
                and _zelfde_context(stuk.besluit, besluit)
                and not omvang.isdisjoint(wereld.omvang_of_niets(stuk.besluit.bereik))
            ):
                yield stuk


def _zelfde_zaak(een: Besluit, ander: Besluit) -> bool:
    """Whether two records answer one question: what one decides or accepts, or what one proof exempts from."""
    if isinstance(een, Vrijstellingsbesluit) and isinstance(ander, Vrijstellingsbesluit):
        return een.op_grond_van == ander.op_grond_van
    oordeel = (Haalbaarheidsbesluit, Overname)
    return type(een) is type(ander) or (isinstance(een, oordeel) and isinstance(ander, oordeel))


def _zelfde_context(een: Besluit, ander: Besluit) -> bool:
    """Whether two verdicts can both apply in one context; a verdict without contexts applies in all."""
    if not (isinstance(een, Haalbaarheidsbesluit) and isinstance(ander, Haalbaarheidsbesluit)):
        return True
    contexten = een.voorwaarde.contexten, ander.voorwaarde.contexten
    return not all(contexten) or not set(contexten[0]).isdisjoint(contexten[1])


_EENMALIG = (Haalbaarheidsbesluit, Werkplekaandeel, Activiteitenlijst, Vrijstellingsbesluit, Overname)


def keur_overlapping(stand: Stand, besluit: Besluit, wereld: Wereld, kenmerk: str) -> None:
    """One body has at most one verdict on a thing on a day. Raises TegenspraakError that shows both."""
    if not isinstance(besluit, _EENMALIG):
        return
    eigen = [
        stuk
        for stuk in verwanten(stand, besluit, wereld)
        if stuk.id not in (kenmerk, besluit.vervangt) and stuk.besluit.instantie == besluit.instantie
    ]
    if eigen:
        raise TegenspraakError(
            f"{besluit.instantie} heeft hierover al een besluit: {', '.join(stuk.id for stuk in eigen)}.",
            stukken=[stuk.id for stuk in eigen],
            bevindingen=[_samen(besluit, stuk) for stuk in eigen],
        )


def _samen(besluit: Besluit, stuk: Stuk) -> str:
    return f"{_gezegd(besluit)} naast {stuk.id} ({stuk.toestand.value}): {_gezegd(stuk.besluit)}"


def _gezegd(besluit: Besluit) -> str:
    oordeel = besluit.haalbaarheid.value if isinstance(besluit, Haalbaarheidsbesluit) else ""
    return " ".join(filter(None, (onderwerp(besluit), oordeel and f"= {oordeel}")))


def oneens(stand: Stand, stuk: Stuk, wereld: Wereld) -> list[Stuk]:
    """The ratified verdicts of other bodies that contradict this one; accepted, shown to both, open to a choice."""
    besluit = stuk.besluit
    if not isinstance(besluit, Haalbaarheidsbesluit) or not wereld.omvang_of_niets(besluit.bereik):
        return []
    return [
        ander
        for ander in verwanten(stand, besluit, wereld)
        if isinstance(ander.besluit, Haalbaarheidsbesluit)
        and ander.toestand is Toestand.BEKRACHTIGD
        and ander.besluit.instantie != besluit.instantie
        and spreken_tegen(ander.besluit.haalbaarheid, besluit.haalbaarheid)
    ]


def spreken_tegen(een: Haalbaarheid, ander: Haalbaarheid) -> bool:
    """Whether two verdicts cannot both be followed; who has not decided contradicts nobody.

    >>> spreken_tegen(Haalbaarheid.MOET, Haalbaarheid.KAN), spreken_tegen(Haalbaarheid.MOET, Haalbaarheid.KAN_NIET)
    (True, True)
    """
    return een is not ander and Haalbaarheid.NOG_NIET_BESLIST not in (een, ander)


def keuzes_tussen(stand: Stand, een: Stuk, ander: Stuk) -> Iterator[tuple[Stuk, Keuze]]:
    """The ratified choices between two contradicting decisions; of one day there is at most one."""
    for sleutel in {*een.sleutels(), *ander.sleutels()}:
        for stuk in stand.over(sleutel):
            keuze = stuk.besluit
            if (
                isinstance(keuze, Keuze)
                and stuk.toestand is Toestand.BEKRACHTIGD
                and {een.id, ander.id} <= {*keuze.tussen}
            ):
                yield stuk, keuze


def keur_verwijzingen(stand: Stand, besluit: Besluit, wereld: Wereld) -> None:
    """What a record cites exists and is what it should be. Raises BesluitError or UnknownCodeError."""
    if besluit.vervangt:
        _keur_vervangen(stand.stuk(besluit.vervangt), besluit)
    if isinstance(besluit, Overname):
        _keur_overname(stand.stuk(besluit.overgenomen_van), besluit)
    elif isinstance(besluit, Keuze):
        _keur_keuze(stand, besluit, wereld)
    elif isinstance(besluit, Activiteitenlijst):
        _keur_activiteiten(besluit, wereld)
    elif isinstance(besluit, Vrijstellingsbesluit):
        _keur_bewijs(besluit, wereld)


def _keur_overname(bron: Stuk, besluit: Overname) -> None:
    oordeel = isinstance(bron.besluit, (Haalbaarheidsbesluit, Overname))
    if not oordeel or bron.toestand is not Toestand.BEKRACHTIGD or bron.besluit.instantie == besluit.instantie:
        raise BesluitError(
            f"{bron.id} kan niet overgenomen worden.", remedy="Kies een bekrachtigd oordeel van een andere instantie."
        )


def _keur_bewijs(besluit: Vrijstellingsbesluit, wereld: Wereld) -> None:
    """The proof that exempts is a qualification, a line of versions, or a recognition of this release."""
    catalogus = wereld.catalogus
    reeksen = {kwalificatie.reeks for kwalificatie in catalogus.kwalificaties.values()}
    if besluit.op_grond_van not in catalogus.kwalificaties.keys() | reeksen | catalogus.erkenningen.keys():
        raise UnknownCodeError(
            f"{besluit.op_grond_van!r} is geen bewijs in release {catalogus.release}.",
            remedy="Geef een code als BK-0019, BK-0019-3 of ADV-0842.",
        )


def _keur_vervangen(oud: Stuk, besluit: Besluit) -> None:
    if oud.besluit.instantie != besluit.instantie or type(oud.besluit) is not type(besluit):
        raise BesluitError(f"{oud.id} is geen {soort_van(besluit)} van {besluit.instantie}.")
    if oud.toestand is not Toestand.BEKRACHTIGD:
        raise BesluitError(f"{oud.id} is {oud.toestand.value}; alleen een bekrachtigd besluit wordt vervangen.")


def _keur_keuze(stand: Stand, keuze: Keuze, wereld: Wereld) -> None:
    stukken = [stand.stuk(kenmerk) for kenmerk in keuze.tussen]
    if keuze.gekozen not in keuze.tussen or len(set(keuze.tussen)) < 2:
        raise BesluitError("Een keuze gaat tussen minstens twee besluiten en kiest er een van.")
    if not {*sleutels(keuze)} <= {sleutel for stuk in stukken for sleutel in stuk.sleutels()}:
        raise BesluitError("Een keuze gaat over wat de besluiten zelf betreffen.", remedy="Neem het bereik over.")
    eerste, rest = stukken[0], {stuk.id for stuk in stukken[1:]}
    if not rest <= {ander.id for ander in oneens(stand, eerste, wereld)}:
        raise BesluitError(
            "Deze besluiten spreken elkaar niet tegen.", remedy="Kies bekrachtigde besluiten die botsen."
        )
    _keur_enige_keuze(stand, keuze, stukken)


def _keur_enige_keuze(stand: Stand, keuze: Keuze, stukken: list[Stuk]) -> None:
    """Between two decisions is chosen once; who chooses otherwise replaces the choice or withdraws it."""
    eerder = {
        stuk.id
        for een in stukken
        for ander in stukken
        if een.id < ander.id
        for stuk, vorige in keuzes_tussen(stand, een, ander)
        if stuk.id != keuze.vervangt and raken_elkaar(vorige.geldigheid, keuze.geldigheid)
    }
    if eerder:
        raise TegenspraakError(
            f"Hiertussen is al gekozen: {', '.join(sorted(eerder))}.", stukken=sorted(eerder), bevindingen=()
        )


def _keur_activiteiten(besluit: Activiteitenlijst, wereld: Wereld) -> None:
    bekend = {one.code for versie in _versies(besluit, wereld) for one in wereld.kwalificatie(versie).competenties}
    for activiteit in besluit.activiteiten:
        for code in activiteit.competenties:
            if code not in bekend:
                raise UnknownCodeError(
                    f"Activiteit {activiteit.tekst!r} noemt competentie {code!r}, die hier niet bestaat.",
                    remedy="Kies een competentie van de opleiding.",
                )


def _versies(besluit: Besluit, wereld: Wereld) -> Iterable[str]:
    """The versions within a scope: the one it names, or all that the recognitions of a programme contain."""
    if besluit.bereik.soort is not Bereiksoort.PROGRAMMA:
        return (besluit.bereik.versie,)
    erkenningen = (
        wereld.catalogus.erkenningen[code] for code in wereld.programma(besluit.bereik.programma).erkenningen
    )
    codes = {code for erkenning in erkenningen for code in (*erkenning.volledig, *erkenning.gedeeltelijk)}
    return sorted(codes & wereld.catalogus.kwalificaties.keys())
