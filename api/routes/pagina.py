"""The pages that are not a document of one thing: the start and the search."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from ...graph.catalogus import Kwalificatiesoort
from ...graph.search import Treffer
from ..pages import Page

router = APIRouter(include_in_schema=False)

GROEPEN = ("kwalificatie", "programma", "beroep", "competentie", "standaard", "doel")
VOORBEELDEN = (("BK-0019-3", "BK-0020-3"), ("BK-0117-2", "BK-0480-1"), ("BK-0002-3", "BK-0068-2"))


@router.get("/")
def start(request: Request) -> HTMLResponse:
    """One search box, what is in the graph, and three examples to begin with."""
    page = Page(request)
    catalogus = page.served.catalogus
    bks = sum(k.soort == Kwalificatiesoort.BEROEPSKWALIFICATIE for k in catalogus.kwalificaties.values())
    competenties = sum(len(k.competenties) for k in catalogus.kwalificaties.values())
    aantallen = [
        (page._("beroepskwalificaties"), bks),
        (page._("competenties"), competenties),
        (page._("structuuronderdelen"), len(catalogus.programmas)),
        (page._("erkenningen"), len(catalogus.erkenningen)),
    ]
    return page.render("start.html", {"aantallen": aantallen, "voorbeelden": _examples(page)})


def _examples(page: Page) -> list[dict[str, str]]:
    known = page.served.catalogus.kwalificaties
    pairs = [(known[a], known[b]) for a, b in VOORBEELDEN if a in known and b in known]
    return [
        {
            "href": "/v1/bruggen?" + urlencode({"van": van.code, "naar": naar.code}),
            "titel": page._("Van {van} naar {naar}", van=page.naam(van), naar=page.naam(naar)),
            "uitleg": page._("Wat telt mee, wat moet een mens bevestigen, en wat ontbreekt nog."),
        }
        for van, naar in pairs
    ]


@router.get("/zoeken")
def zoeken(request: Request, q: str = "") -> HTMLResponse:
    """Everything that a name, synonym or code finds, grouped by kind."""
    page = Page(request)
    namen = {
        "kwalificatie": page._("Kwalificaties"),
        "programma": page._("Opleidingen"),
        "beroep": page._("Beroepen"),
        "competentie": page._("Competenties"),
        "standaard": page._("Beroepsstandaarden van elders"),
        "doel": page._("Onderwijsdoelen"),
    }
    groepen = [{"naam": namen[soort], "treffers": _found(page, q, soort)} for soort in GROEPEN]
    return page.render("zoeken.html", {"vraag": q, "groepen": [groep for groep in groepen if groep["treffers"]]})


def _found(page: Page, q: str, soort: str) -> list[Treffer]:
    return page.served.zoekindex.zoek(q, soort=soort, taal=page.taal, hoogstens=12)
