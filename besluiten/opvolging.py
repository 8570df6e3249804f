"""Following up: what is undecided, what ages, where sectors disagree, what is touched, and the counts of a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

import msgspec

from ..graph.catalogus import Kwalificatie
from .duaalprofiel import geraakt
from .oordelen import aanvaard, keuze_op
from .regels import oneens
from .soorten import Haalbaarheid, Haalbaarheidsbesluit, Mandaat, Overname, Toestand, soort_van
from .toestand import Handeling, Stand, Stuk
from .wereld import Wereld


class Onbeslist(msgspec.Struct, frozen=True):
    """How far a body is with one version that its mandate names."""

    instantie: str
    versie: str
    competenties: int
    beslist: int
    te_doen: tuple[str, ...]


def onbeslist(stand: Stand, wereld: Wereld, dag: date) -> list[Onbeslist]:
    """For each body and each version within its mandates on that day: the competences without a ratified verdict."""
    gevonden = []
    for instantie, versie in sorted(set(_opgedragen(stand, wereld, dag))):
        kwalificatie = wereld.kwalificatie(versie)
        beslist = _beslist(stand, wereld, instantie, versie, dag)
        open_ = tuple(een.code for een in kwalificatie.competenties if een.iri not in beslist)
        aantal = len(kwalificatie.competenties)
        gevonden.append(Onbeslist(instantie, versie, aantal, aantal - len(open_), open_))
    return gevonden


def _opgedragen(stand: Stand, wereld: Wereld, dag: date) -> Iterator[tuple[str, str]]:
    """Bodies and the newest loaded versions that their mandates name; a mandate for all names none."""
    for stuk in stand.mandaten():
        besluit = stuk.besluit
        if isinstance(besluit, Mandaat) and stuk.geldt(dag):
            for kwalificatie in wereld.catalogus.kwalificaties.values():
                if kwalificatie.competenties and _noemt(besluit, kwalificatie):
                    yield str(besluit.instantie), kwalificatie.code


def _noemt(mandaat: Mandaat, kwalificatie: Kwalificatie) -> bool:
    """Whether a mandate names a version, or its line; a part only by its own code."""
    lijn = () if kwalificatie.deel_van else (kwalificatie.reeks,)
    return not {kwalificatie.code, *lijn}.isdisjoint(mandaat.reikwijdte)


def _beslist(stand: Stand, wereld: Wereld, instantie: str, versie: str, dag: date) -> set[str]:
    return {
        iri
        for stuk in stand.over(f"versie/{versie}")
        if isinstance(stuk.besluit, Haalbaarheidsbesluit)
        and str(stuk.besluit.instantie) == instantie
        and stuk.geldt(dag)
        and stuk.besluit.haalbaarheid is not Haalbaarheid.NOG_NIET_BESLIST
        for iri in wereld.omvang_of_niets(stuk.besluit.bereik)
    }


class Oud(msgspec.Struct, frozen=True):
    """A ratified decision, the days since it was last said, and the programmes that it touches."""

    besluit: str
    instantie: str
    dagen: int
    opleidingen: tuple[str, ...]


def verouderd(stand: Stand, wereld: Wereld, dag: date, minstens: int = 365) -> list[Oud]:
    """Ratified decisions that were not looked at for so many days, the oldest first."""
    gevonden = [
        Oud(stuk.id, str(stuk.besluit.instantie), _dagen(stuk, dag), tuple(geraakt(wereld, stuk, dag)))
        for stuk in stand.haalbaarheid(Toestand.BEKRACHTIGD)
        if _dagen(stuk, dag) >= minstens
    ]
    return sorted(gevonden, key=lambda een: (-een.dagen, een.besluit))


def _dagen(stuk: Stuk, dag: date) -> int:
    return (dag - date.fromisoformat(stuk.geschiedenis[-1].tijdstip[:10])).days


class Onenigheid(msgspec.Struct, frozen=True):
    """Two ratified decisions of different bodies that contradict each other, and the programmes that both touch.

    `gekozen` is the decision that a recorded choice prefers on that day, `keuze` that choice; empty where none holds.
    """

    een: str
    ander: str
    instanties: tuple[str, str]
    oordelen: tuple[str, str]
    gekozen: str
    keuze: str
    opleidingen: tuple[str, ...]


def onenigheden(stand: Stand, wereld: Wereld, dag: date) -> list[Onenigheid]:
    """Every contradiction between bodies, each once, in order of id."""
    gevonden = {
        _onenigheid(stand, wereld, stuk, ander, dag)
        for stuk in stand.haalbaarheid(Toestand.BEKRACHTIGD)
        for ander in oneens(stand, stuk, wereld)
        if stuk.id < ander.id
    }
    return sorted(gevonden, key=lambda een: (een.een, een.ander))


def _onenigheid(stand: Stand, wereld: Wereld, een: Stuk, ander: Stuk, dag: date) -> Onenigheid:
    keuze = keuze_op(stand, een, ander, dag)
    return Onenigheid(
        een.id,
        ander.id,
        (str(een.besluit.instantie), str(ander.besluit.instantie)),
        (_oordeel(een), _oordeel(ander)),
        keuze[1].gekozen if keuze else "",
        keuze[0].id if keuze else "",
        tuple(sorted({*geraakt(wereld, een, dag)} & {*geraakt(wereld, ander, dag)})),
    )


def _oordeel(stuk: Stuk) -> str:
    return stuk.besluit.haalbaarheid.value if isinstance(stuk.besluit, Haalbaarheidsbesluit) else ""


def losgekomen(stand: Stand, dag: date) -> list[str]:
    """Acceptances that rest on nothing any more: the source, or a link of the chain to it, was withdrawn or lapsed."""
    return [
        stuk.id
        for _, stuk in sorted(stand.stukken.items())
        if isinstance(stuk.besluit, Overname) and stuk.geldt(dag) and aanvaard(stand, stuk, dag) is None
    ]


def opleidingen(stand: Stand, wereld: Wereld, kenmerk: str, dag: date) -> list[str]:
    """The programmes that a decision touches."""
    return sorted(geraakt(wereld, stand.stuk(kenmerk), dag))


class Jaartelling(msgspec.Struct, frozen=True):
    """One line of the yearly report: how often a body did what with records of one kind in a year."""

    jaar: int
    instantie: str
    soort: str
    handeling: str
    aantal: int


def jaartellingen(stand: Stand, telt: Callable[[Stuk], bool]) -> list[Jaartelling]:
    """For each year, body and kind: drawn up, submitted, ratified, withdrawn, lapsed, of the records that `telt`."""
    geteld = Counter(
        (int(stap.tijdstip[:4]), str(stuk.besluit.instantie), soort_van(stuk.besluit), stap.handeling)
        for stuk in stand.stukken.values()
        if stuk.besluit.twee_personen and telt(stuk)
        for stap in stuk.geschiedenis
        if stap.handeling != Handeling.WIJZIG
    )
    return [Jaartelling(*sleutel, aantal) for sleutel, aantal in sorted(geteld.items())]
