"""The page of a bridge: both directions, what is missing first, what closes the gap, and likenesses apart from proof."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...pathways.brug import Brug, Competentieoordeel
from ...pathways.houder import Ding
from ...pathways.kloof import kloof
from ...pathways.oordeel import Regel, Verdict
from ...pathways.suggesties import suggesties
from ..pages import Page
from ..svg import OORDELEN, stukken

REGELS: Mapping[Regel, str] = {
    Regel.ZELFDE: "dezelfde competentie",
    Regel.BESLUIT: "een opgeschreven besluit",
    Regel.DEEL_VOLGENS_BESLUIT: "een deel, volgens een opgeschreven besluit",
    Regel.ZONDER_REFERENTIE: "zonder referentie is er niets om op te steunen",
    Regel.ZELFDE_TEKST_ZONDER_REFERENTIE: "zelfde bewoording, maar zonder referentie",
    Regel.ZELFDE_REFERENTIES_EN_TEKST: "zelfde referenties en zelfde bewoording",
    Regel.ANDERE_TEKST: "zelfde referenties, andere bewoording",
    Regel.MEERDERE_SAMEN: "meerdere competenties samen brengen alle referenties",
    Regel.DEEL_VAN_REFERENTIES: "een deel van de referenties",
    Regel.GEEN_VERGELIJKBARE_REFERENTIE: "alleen nummers van het dossier zelf: die zeggen niets over een ander dossier",
    Regel.NIETS_GEDEELD: "geen enkele referentie gedeeld",
    Regel.MINDER_KENNIS: "zelfde competentie, minder diepe kennis",
    Regel.GEDEELTELIJK_BEWEZEN: "misschien bewezen door een gedeeltelijke opleiding",
}
"""Each rule as a reason that a person can follow."""

FILTERS: Mapping[str, tuple[str, Callable[[Verdict], bool]]] = {
    "rest": ("Nog niet gedekt", lambda verdict: verdict is not Verdict.GEDEKT),
    "gedekt": ("Gedekt", lambda verdict: verdict is Verdict.GEDEKT),
    "alles": ("Alles", lambda verdict: True),
}
"""What `?toon=` shows; what is missing comes first."""

TABS = {
    "tabel": "Competenties",
    "kloof": "De kloof dichten",
    "suggesties": "Suggesties",
    "ernaast": "Wat ernaast staat",
}


def kiespagina(page: Page, van: str, naar: str) -> bytes:
    """The form that asks for both ends."""
    return page.html("brug_kiezen.html", {"kwalificaties": page.kwalificatiekeuzes(), "van": van, "naar": naar})


def brugpagina(page: Page, heen: Brug, terug: Sequence[Brug]) -> bytes:
    """The bridge and, beside it, the bridges back."""
    query = page.request.query_params
    tab = query.get("tab", "") if query.get("tab", "") in TABS else "tabel"
    values = {
        "heen": heen,
        "terug": terug,
        "stukken_van": lambda brug: stukken(brug.dekking),
        "noem": lambda ding: noem(page, ding),
        "tab": tab,
        "tabs": [(key, page._(naam), page.met(tab=key, toon=None)) for key, naam in TABS.items()],
        "oordelen": {verdict: page._(naam) for verdict, naam in OORDELEN.items()},
        "redenen": {regel: page._(reden) for regel, reden in REGELS.items()},
        **_blad(page, tab, heen),
    }
    return page.html(f"brug/{tab}.html", values)


def noem(page: Page, ding: Ding) -> str:
    """The name of one end in the language of the page."""
    naam = ding.naam.get(page.taal) or ding.naam.get("nl") or ding.code
    return page._("EVC: {naam}", naam=naam) if ding.evc else naam


def _blad(page: Page, tab: str, heen: Brug) -> dict[str, Any]:
    if tab == "kloof":
        codes = [ding.code if not ding.evc else f"evc:{ding.code}" for ding in heen.van]
        return {"kloof": kloof(page.served.vergelijking, codes, heen.naar.code, heen.datum)}
    if tab == "suggesties":
        return {"suggesties": _suggesties(page, heen)}
    toon, rijen = getoond(page, heen)
    aantallen = {key: sum(keep(o.oordeel.verdict) for o in heen.competenties) for key, (_, keep) in FILTERS.items()}
    filters = [(key, page._(naam), aantallen[key], page.met(toon=key, tab=None)) for key, (naam, _) in FILTERS.items()]
    return {"toon": toon, "rijen": rijen, "filters": filters}


def getoond(page: Page, heen: Brug) -> tuple[str, list[Competentieoordeel]]:
    """The rows that the address asks for; what is exported is what is shown."""
    asked = page.request.query_params.get("toon", "")
    toon = asked if asked in FILTERS else "rest"
    if not asked and not heen.resterend:
        toon = "alles"
    return toon, [rij for rij in heen.competenties if FILTERS[toon][1](rij.oordeel.verdict)]


def _suggesties(page: Page, heen: Brug) -> list[tuple[Competentieoordeel, list[Any]]]:
    per: defaultdict[str, list[Any]] = defaultdict(list)
    for suggestie in suggesties(page.served.vergelijking, heen):
        per[suggestie.gevraagd].append(suggestie)
    return [(rij, per[rij.competentie.code]) for rij in heen.competenties if rij.competentie.code in per]
