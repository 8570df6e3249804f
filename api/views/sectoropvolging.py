"""What everybody reads of decisions: the list of what was ratified, and how far the bodies are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from ...besluiten.opvolging import jaartellingen, losgekomen, onbeslist, onenigheden, verouderd
from ...besluiten.soorten import Haalbaarheidsbesluit, Toestand, soort_van
from ...besluiten.toestand import Stand, Stuk
from ...besluiten.wereld import Wereld
from ..pages import Page
from ..stukken import PADEN, zichtbaar
from ..zaken import Zaken

SOORTNAMEN: Mapping[str, str] = {
    "haalbaarheidsbesluit": "oordeel over de werkvloer",
    "werkplekaandeel": "werkplekaandeel in het volwassenenonderwijs",
    "activiteitenlijst": "activiteitenlijst voor ondernemingen",
    "vrijstelling": "vrijstelling",
    "overname": "overname van een oordeel",
    "keuze": "keuze tussen sectoren",
    "mapping": "verband tussen standaarden",
    "mandaat": "mandaat",
    "trajectontwerp": "ontwerp van standaardtraject",
}
PER_BLADZIJDE = 50


class Samenvatting(NamedTuple):
    """How many ratified verdicts a body has on one version or programme, by verdict."""

    instantie: str
    versie: str
    programma: str
    aantallen: Mapping[str, int]


def samenvatting(stand: Stand) -> list[Samenvatting]:
    """The ratified verdicts counted by body and by what they are about."""
    geteld: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for stuk in stand.haalbaarheid(Toestand.BEKRACHTIGD):
        besluit = stuk.besluit
        if isinstance(besluit, Haalbaarheidsbesluit):
            sleutel = str(besluit.instantie), besluit.bereik.versie, besluit.bereik.programma
            geteld[sleutel][besluit.haalbaarheid.value] += max(len(besluit.bereik.competenties), 1)
    return [Samenvatting(*sleutel, aantallen) for sleutel, aantallen in sorted(geteld.items())]


def lijst(page: Page, boek: Zaken) -> dict[str, Any]:
    """What is or was ratified, by the filters of the address, a page at a time."""
    wereld, vraag = boek.wereld(), page.request.query_params
    soort, instantie, code = (vraag.get(naam, "") for naam in ("soort", "instantie", "code"))
    toestand, bladzijde = vraag.get("toestand", "bekrachtigd"), vraag.get("page", "1")
    nummer = int(bladzijde) if bladzijde.isdecimal() and 0 < int(bladzijde) < 10_000 else 1

    def gevonden(stand: Stand) -> list[Stuk]:
        return [
            stuk
            for _, stuk in sorted(stand.stukken.items())
            if zichtbaar(stuk, None)
            and (not soort or soort_van(stuk.besluit) == soort)
            and (not instantie or str(stuk.besluit.instantie) == instantie)
            and (not code or code in wereld.lijnen(stuk.besluit.bereik))
            and (not toestand or stuk.toestand.value == toestand)
        ]

    stukken = boek.register.lees(gevonden)
    instanties = boek.register.lees(lambda s: sorted({str(one.besluit.instantie) for one in s.stukken.values()}))
    return {
        "soort": soort, "instantie": instantie, "code": code, "toestand": toestand, "instanties": instanties,
        "soorten": [one for one in PADEN.values() if one != "trajectontwerp"], "aantal": len(stukken),
        "stukken": stukken[(nummer - 1) * PER_BLADZIJDE : nummer * PER_BLADZIJDE], "nummer": nummer,
        "laatste": nummer * PER_BLADZIJDE >= len(stukken),
    }  # fmt: skip


def opvolging(boek: Zaken, dag: date) -> dict[str, Any]:
    """How far the bodies are: undecided, ageing, disagreeing, come loose, and the counts of each year."""
    wereld: Wereld = boek.wereld()

    def gelezen(stand: Stand) -> dict[str, Any]:
        tellingen = jaartellingen(stand, lambda stuk: zichtbaar(stuk, None))
        los = losgekomen(stand, dag)
        return {
            "onbeslist": onbeslist(stand, wereld, dag),
            "verouderd": verouderd(stand, wereld, dag),
            "onenigheden": onenigheden(stand, wereld, dag),
            "losgekomen": [stand.stuk(kenmerk) for kenmerk in los],
            "jaartellingen": sorted(tellingen, key=lambda een: (-een.jaar, een.instantie, een.soort, een.handeling)),
        }

    return boek.register.lees(gelezen)
