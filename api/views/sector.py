"""The board of a sector: what is undecided, what must be looked at again, and the dual profile of a programme."""

from __future__ import annotations

from collections import Counter
from datetime import date

from ...besluiten.duaalprofiel import Duaalprofiel, duaalprofiel
from ...besluiten.opvolging import losgekomen, onbeslist, onenigheden
from ...besluiten.soorten import Haalbaarheid
from ...besluiten.toestand import Stand
from ..pages import Page
from ..zaken import Zaken
from .sectoropvolging import samenvatting

OORDELEN = {
    Haalbaarheid.KAN: "kan op de werkvloer",
    Haalbaarheid.MOET: "moet op de werkvloer",
    Haalbaarheid.KAN_NIET: "kan niet op de werkvloer",
    Haalbaarheid.NOG_NIET_BESLIST: "nog niet beslist",
}


def sectorpagina(page: Page, boek: Zaken, op: date) -> bytes:
    """The board; the profile of the programme that the address names."""
    wereld, code = boek.wereld(), page.request.query_params.get("opleiding", "")
    duaal = [one for one in page.served.catalogus.programmas.values() if one.duaal and one.erkenningen]

    def gelezen(stand: Stand) -> dict[str, object]:
        known = code in {one.code for one in duaal}
        return {
            "onbeslist": [one for one in onbeslist(stand, wereld, op) if one.te_doen],
            "onenigheden": [one for one in onenigheden(stand, wereld, op) if not one.keuze],
            "losgekomen": losgekomen(stand, op),
            "samenvatting": samenvatting(stand),
            "profiel": duaalprofiel(stand, wereld, code, op) if known else None,
        }

    values = boek.register.lees(gelezen)
    profiel = values["profiel"]
    return page.html(
        "sector.html",
        {
            **values,
            "opleidingen": sorted((one.titel, one.code) for one in duaal),
            "gekozen": code,
            "oordelen": {oordeel.value: page._(naam) for oordeel, naam in OORDELEN.items()},
            "aantallen": _aantallen(profiel) if isinstance(profiel, Duaalprofiel) else [],
        },
    )


def _aantallen(profiel: Duaalprofiel) -> list[tuple[str, int]]:
    counts = Counter(regel.haalbaarheid.value for regel in profiel.regels)
    return [(oordeel.value, counts[oordeel.value]) for oordeel in OORDELEN if counts[oordeel.value]]
