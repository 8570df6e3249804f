"""The versions of a qualification, and the plain difference of two: what stayed, was reworded, came and went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from ...graph.catalogus import Kwalificatie
from ...pathways.bewoording import Woordverschil
from ...pathways.brug import Competentieoordeel, brug
from ...pathways.oordeel import Regel, Verdict
from ..pages import Page


class Wijziging(NamedTuple):
    """One competence of either version: what happened to it and, where its wording changed, word by word."""

    soort: str
    nr: int
    tekst: str
    verschil: tuple[Woordverschil, ...] = ()


SOORTEN: Mapping[str, str] = {
    "nieuw": "nieuw",
    "vervallen": "vervallen",
    "herschreven": "anders verwoord",
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
        "wijzigingen": list(wijzigingen(page, ander, kwalificatie)) if ander else [],
        "soorten": {soort: page._(naam) for soort, naam in SOORTEN.items()},
    }


def wijzigingen(page: Page, oud: Kwalificatie, nieuw: Kwalificatie) -> Iterator[Wijziging]:
    """What changes from the one version to the other; the same engine as a bridge, read as a history."""
    vooruit = brug(page.served.vergelijking, [oud.code], nieuw.code, date.today())
    terug = brug(page.served.vergelijking, [nieuw.code], oud.code, date.today())
    rijen = [
        Wijziging(_soort(o), o.competentie.nr, o.competentie.tekst, o.oordeel.verschil) for o in vooruit.competenties
    ]
    weg = [
        Wijziging("vervallen", o.competentie.nr, o.competentie.tekst)
        for o in terug.competenties
        if o.oordeel.verdict in (Verdict.ONTBREEKT, Verdict.ONVERGELIJKBAAR)
    ]
    yield from sorted([*rijen, *weg], key=lambda rij: (list(SOORTEN).index(rij.soort), rij.nr))


def _soort(oordeel: Competentieoordeel) -> str:
    match oordeel.oordeel.verdict:
        case Verdict.GEDEKT:
            return "gelijk"
        case Verdict.TE_BEVESTIGEN if oordeel.oordeel.regel is Regel.ANDERE_TEKST:
            return "herschreven"
        case Verdict.TE_BEVESTIGEN | Verdict.DEELS:
            return "gewijzigd"
    return "nieuw"
