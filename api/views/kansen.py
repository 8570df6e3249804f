"""The best ways in and out of a qualification, from the counts of all pairs that stand in the release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ...graph.catalogus import Kwalificatie
from ...pathways.brug import Dekking
from ..pages import Page
from ..svg import OORDELEN, Stuk, stukken

MEESTE = 12


class Kans(NamedTuple):
    """Another qualification, what is brought towards the target, and the pieces of its bar."""

    ander: Kwalificatie
    van: str
    naar: str
    dekking: Dekking
    stukken: list[Stuk]


def kansen(page: Page, kwalificatie: Kwalificatie) -> Mapping[str, Any]:
    """The qualifications that bring most towards this one, and those it brings most towards."""
    codes = page.served.allepaar.codes
    oordelen = {verdict: page._(naam) for verdict, naam in OORDELEN.items()}
    if kwalificatie.code not in codes:
        return {
            "heen": [],
            "terug": [],
            "vergelijkbaar": False,
            "keuzes": page.kwalificatiekeuzes(),
            "oordelen": oordelen,
        }
    anderen = [code for code in codes if code != kwalificatie.code]
    heen = [_kans(page, kwalificatie.code, code, code) for code in anderen]
    terug = [_kans(page, code, kwalificatie.code, code) for code in anderen]
    return {
        "heen": _beste(heen),
        "terug": _beste(terug),
        "vergelijkbaar": True,
        "oordelen": oordelen,
        "keuzes": [(naam, code) for naam, code in page.kwalificatiekeuzes() if code != kwalificatie.code],
    }


def _kans(page: Page, van: str, naar: str, ander: str) -> Kans:
    dekking = page.served.allepaar.dekking(van, naar)
    return Kans(page.served.catalogus.kwalificaties[ander], van, naar, dekking, stukken(dekking))


def _beste(alle: list[Kans]) -> list[Kans]:
    """Most proven first, then most that a person may confirm; those that bring nothing are left out."""
    iets = [kans for kans in alle if kans.dekking.gedekt + kans.dekking.te_bevestigen + kans.dekking.deels]
    return sorted(iets, key=_volgorde)[:MEESTE]


def _volgorde(kans: Kans) -> tuple[float, float, float, str]:
    dekking, van = kans.dekking, max(kans.dekking.van, 1)
    return (-dekking.gedekt / van, -dekking.te_bevestigen / van, -dekking.deels / van, kans.ander.code)
