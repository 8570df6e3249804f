"""The sheets of a bridge that lead on: the smallest ways to close the gap, and the stones between two far ends."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from ...errors import InputError
from ...pathways.brug import Brug
from ...pathways.houder import Ding
from ...pathways.kandidaten import Kandidaatsoort
from ...pathways.kloof import Criterium, kloof
from ...pathways.stapstenen import Keten, stapstenen
from ...pathways.vergelijking import Vergelijking
from ..pages import Page

CRITERIA = {Criterium.AANTAL: "het minste stappen", Criterium.DUBBEL: "het minste opnieuw leren"}
"""By what the page offers to measure; hours come from who knows them, so from the API and the command."""

SOORTEN = {
    Kandidaatsoort.BEROEPSKWALIFICATIE: "beroepskwalificatie",
    Kandidaatsoort.DEELKWALIFICATIE: "deelkwalificatie",
    Kandidaatsoort.STRUCTUURONDERDEEL: "opleiding",
    Kandidaatsoort.EVC: "EVC-procedure",
}


def kloofblad(page: Page, heen: Brug, view: Vergelijking) -> dict[str, Any]:
    """What closes the gap of a bridge, by the criterium of the address."""
    asked = page.request.query_params.get("criterium", "")
    criterium = Criterium(asked) if asked in CRITERIA else Criterium.AANTAL
    codes = [_code(ding) for ding in heen.van]
    return {
        "kloof": kloof(view, codes, _code(heen.naar), heen.datum, criterium),
        "criterium": criterium,
        "criteria": [(key, page._(naam), page.met(criterium=key)) for key, naam in CRITERIA.items()],
        "soorten": {soort: page._(naam) for soort, naam in SOORTEN.items()},
        "bewijs": _bewijs("kloof", heen, criterium=criterium.value),
    }


def ketenblad(page: Page, heen: Brug, view: Vergelijking) -> dict[str, Any]:
    """The chain from the one thing that is held to the target; None where there is none."""
    return {"keten": _keten(page, heen, view), "bewijs": _bewijs("stapstenen", heen)}


def _keten(page: Page, heen: Brug, view: Vergelijking) -> Keten | None:
    if len(heen.van) != 1 or heen.van[0].code == heen.naar.code:
        return None
    try:
        return stapstenen(view, page.served.verwantschap, heen.van[0].code, heen.naar.code, heen.datum)
    except InputError:
        return None


def _bewijs(route: str, heen: Brug, **more: str) -> str:
    """Where the same answer can be had with its evidence."""
    van = ",".join(_code(ding) for ding in heen.van)
    asked = {"van": van, "naar": _code(heen.naar), "release": heen.release, "geldigOp": heen.datum.isoformat()}
    return f"/v1/{route}?{urlencode({**asked, **more})}"


def _code(ding: Ding) -> str:
    """What it is asked by again; a competence by its IRI, for others may have its code."""
    code = ding.competentie or ding.code
    return f"evc:{code}" if ding.evc else code
