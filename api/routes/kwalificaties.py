"""Qualifications and programmes as documents."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from ...errors import UnknownCodeError
from ...graph.catalogus import Kwalificatie, Kwalificatiesoort
from ..pages import Page

router = APIRouter(prefix="/v1", tags=["kwalificaties"])


@router.get("/kwalificaties/{code}", response_class=HTMLResponse)
def kwalificatie(request: Request, code: str) -> HTMLResponse:
    """A deelkwalificatie, a version, or the newest version of a line of versions."""
    page = Page(request)
    known = page.served.catalogus.kwalificaties
    found = known.get(code) or known.get(_newest(known.values(), code))
    if found is None:
        raise UnknownCodeError(page._("{code} is niet gevonden in deze release.", code=code))
    return _document(page, found)


@router.get("/kwalificaties/{code}/versies/{versie}", response_class=HTMLResponse)
def kwalificatieversie(request: Request, code: str, versie: int) -> HTMLResponse:
    """One version of a beroepskwalificatie."""
    page = Page(request)
    found = page.served.catalogus.kwalificaties.get(f"{code}-{versie}")
    if found is None:
        raise UnknownCodeError(page._("{code} heeft geen versie {versie} in deze release.", code=code, versie=versie))
    return _document(page, found)


def _newest(kwalificaties: object, reeks: str) -> str:
    versions = [k for k in kwalificaties if isinstance(k, Kwalificatie) and k.reeks == reeks]  # type: ignore[attr-defined]
    return max(versions, key=lambda k: k.versie).code if versions else ""


def _document(page: Page, found: Kwalificatie) -> HTMLResponse:
    catalogus = page.served.catalogus
    soorten = {
        Kwalificatiesoort.BEROEPSKWALIFICATIE: page._("Beroepskwalificatie"),
        Kwalificatiesoort.DEELKWALIFICATIE: page._("Deelkwalificatie"),
    }
    opleidingen = [
        {
            "programma": catalogus.programmas[erkenning.programma],
            "erkenning": erkenning,
            "volledigheid": page._("volledig" if found.code in erkenning.volledig else "alleen competenties"),
        }
        for erkenning in catalogus.erkenningen.values()
        if found.code in erkenning.volledig or found.code in erkenning.gedeeltelijk
    ]
    andere = [k for k in catalogus.kwalificaties.values() if k.competenties and k.code != found.code]
    return page.render(
        "kwalificatie.html",
        {
            "kwalificatie": found,
            "soortnaam": soorten.get(found.soort, str(found.soort)),
            "fase": "geldig" if found.geldigheid.omvat(date.today()) else "beeindigd",
            "fasenaam": page._("geldig" if found.geldigheid.omvat(date.today()) else "beëindigd"),
            "opleidingen": opleidingen,
            "andere_kwalificaties": sorted(andere, key=page.naam),
        },
    )


@router.get("/structuuronderdelen/{code}", response_class=HTMLResponse)
def structuuronderdeel(request: Request, code: str) -> HTMLResponse:
    """A programme with its recognitions, newest first."""
    page = Page(request)
    catalogus = page.served.catalogus
    programma = catalogus.programmas.get(code)
    if programma is None:
        raise UnknownCodeError(page._("Structuuronderdeel {code} is niet gevonden in deze release.", code=code))
    feiten = [
        page._("{graad}e graad", graad=programma.graad) if programma.graad else "",
        {
            "A": page._("arbeidsmarktfinaliteit"),
            "DU": page._("dubbele finaliteit"),
            "DO": page._("doorstroomfinaliteit"),
        }.get(programma.finaliteit, ""),
        programma.onderwijsvorm,
        page._("duaal") if programma.duaal else "",
        page._("aanloopfase") if programma.aanloop else "",
        page.periode(programma.geldigheid),
    ]
    erkenningen = [catalogus.erkenningen[erkenning] for erkenning in reversed(programma.erkenningen)]
    values = {"programma": programma, "feiten": [feit for feit in feiten if feit], "erkenningen": erkenningen}
    return page.render("programma.html", values)
