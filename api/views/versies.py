"""The versions of a qualification, and the plain difference of two: what stayed, was reworded, came and went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from ...graph.catalogus import Kwalificatie
from ...pathways.bewoording import Woordverschil, woordverschil
from ..pages import Page
from ..verschillen import verschil


class Wijziging(NamedTuple):
    """One competence of either version: what happened to it and, where its wording changed, word by word."""

    soort: str
    nr: int
    tekst: str
    verschil: tuple[Woordverschil, ...] = ()


SOORTEN: Mapping[str, str] = {
    "nieuw": "nieuw",
    "vervallen": "vervallen",
    "gewijzigd": "gewijzigd",
    "gelijk": "gelijk gebleven",
}


def versies(page: Page, kwalificatie: Kwalificatie) -> Mapping[str, Any]:
    """The versions of its line in order, newest first, and the difference with the one in `?met=`."""
    reeks = [k for k in page.served.catalogus.kwalificaties.values() if k.reeks and k.reeks == kwalificatie.reeks]
    versies = sorted((k for k in reeks if k.soort == kwalificatie.soort), key=lambda k: -k.versie)
    ander = next((k for k in versies if k.code == page.request.query_params.get("met")), None)
    return {
        "versies": [(k, page.fase_van(k, date.today()), page.met(tab="geschiedenis", met=k.code)) for k in versies],
        "ander": ander,
        "wijzigingen": list(wijzigingen(ander, kwalificatie)) if ander else [],
        "soorten": {soort: page._(naam) for soort, naam in SOORTEN.items()},
    }


def wijzigingen(oud: Kwalificatie, nieuw: Kwalificatie) -> Iterator[Wijziging]:
    """What changes from the one version to the other, as `/verschil` answers it; what is new or gone comes first."""
    for item in sorted(verschil(oud, nieuw), key=lambda item: (list(SOORTEN).index(item.soort), item.nr)):
        anders = item.soort == "gewijzigd" and item.van != item.naar
        yield Wijziging(
            item.soort, item.nr, item.naar or item.van, woordverschil(item.van, item.naar) if anders else ()
        )
