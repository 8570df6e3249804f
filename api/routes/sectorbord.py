"""The sector board behind login: sign in, choose, give verdicts row by row or together, submit and ratify."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from ...besluiten.bord import Bordrij, beproef, bordrijen, clusters
from ...besluiten.soorten import Instantie
from ...besluiten.toestand import Handeling
from ...besluiten.tokens import lees_instantie
from ...errors import BevoegdheidError, IdentiteitsbronError, InputError, LeerbrugError, UnknownCodeError
from ..aanmelding import (
    Aangemeld,
    EigenVelden,
    MisschienAangemeld,
    Sessie,
    Velden,
    onthoud,
    vergeet,
)
from ..bordvelden import Groepen, Lezing, gekozen_rijen, ineens, stappen, veld, wijzigingen
from ..pages import Page
from ..stukken import NIET_BEWAREN
from ..tokens import mag_zien, wie_van
from ..views import sectorbord as views
from ..views.sectoropvolging import SOORTNAMEN
from ..zaken import Zaken, zaken

router = APIRouter(prefix="/sector", include_in_schema=False)

GEEN_KOPIE = NIET_BEWAREN | {"Vary": "Cookie, Accept-Language", "Referrer-Policy": "same-origin"}


def pagina(
    request: Request, template: str, wie: Sessie | None, waarden: dict[str, Any], status: int = 200
) -> HTMLResponse:
    """A page of the board: never kept by anybody, with who is signed in and the seal of the forms."""
    page = Page(request)
    shared = {
        "sessie": wie,
        "oordelen": views.OORDELEN,
        "toestanden": views.TOESTANDEN,
        "stapnamen": views.STAPPEN,
        "handelingen": views.HANDELINGEN,
        "soortnamen": SOORTNAMEN,
        "filters": views.FILTERS,
        "over": views.over(page, zaken(request).wereld()),
        "fout": None,
        "gedaan": "",
    }
    answer = page.render(f"sectorbord/{template}", {**shared, **waarden}, status)
    answer.headers.update(GEEN_KOPIE)
    return answer


def verder(request: Request, adres: str, **vraag: str) -> RedirectResponse:
    """After a form: see the page, so that sending again by reloading is impossible."""
    taal = request.query_params.get("lang", "")
    query = {name: value for name, value in {**vraag, "lang": taal}.items() if value}
    return RedirectResponse(f"{adres}?{urlencode(query)}" if query else adres, 303, GEEN_KOPIE)


@router.get("/aanmelden")
def aanmelden(request: Request) -> Response:
    """The form to sign in."""
    return pagina(request, "aanmelden.html", None, {})


@router.get("/mijn")
def start(request: Request, wie: MisschienAangemeld) -> Response:
    """What waits for the body of who is signed in, and what to choose."""
    if wie is None:
        return verder(request, "/sector/aanmelden")
    return pagina(request, "start.html", wie, views.start(Page(request), zaken(request), wie.wie, date.today()))


@router.post("/aanmelden")
def meld_aan(request: Request, formulier: Velden) -> Response:
    """Sign in with a token."""
    geheim = veld(formulier, "token")
    try:
        wie_van(request, geheim)
    except (BevoegdheidError, IdentiteitsbronError) as error:
        return pagina(request, "aanmelden.html", None, {"fout": views.gezegd(Page(request), error)}, 401)
    answer = verder(request, "/sector/mijn")
    onthoud(request, answer, geheim)
    return answer


@router.post("/afmelden")
def meld_af(request: Request, _: EigenVelden) -> Response:
    """Sign out."""
    answer = verder(request, "/sector")
    vergeet(answer)
    return answer


def voor_wie(wie: Sessie, instantie: str) -> Instantie:
    """The body whose board is shown: one's own; the beheerder may look at any. Raises BevoegdheidError."""
    if not wie.wie.instantie and not instantie:
        raise InputError("Zeg voor welke instantie.", remedy="Zet ?instantie=sector/bouw achter het adres.")
    gevraagd = instantie or wie.wie.instantie
    if not mag_zien(wie.wie, gevraagd):
        raise BevoegdheidError(f"Dit bord is van {gevraagd}.", remedy="Meld u aan met een token van die instantie.")
    return lees_instantie(gevraagd)


Code = Annotated[str, Query(max_length=40)]


@router.get("/bord")
def bord(
    request: Request,
    wie: MisschienAangemeld,
    code: Code = "",
    toon: Annotated[str, Query(max_length=30)] = "",
    instantie: Annotated[str, Query(max_length=90)] = "",
    gedaan: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The grid of one standard or programme."""
    if wie is None:
        return verder(request, "/sector/aanmelden")
    page, boek = Page(request), zaken(request)
    try:
        found = views.bord(page, boek, voor_wie(wie, instantie), code, date.today(), toon)
    except UnknownCodeError as error:
        shown = views.start(page, boek, wie.wie, date.today())
        return pagina(request, "start.html", wie, {**shown, "fout": views.gezegd(page, error)}, 404)
    return pagina(request, "bord.html", wie, {**found, "fouten": {}, "ingevuld": None, "gedaan": gedaan})


@router.post("/bord")
def wijzig(
    request: Request,
    wie: Aangemeld,
    formulier: EigenVelden,
    code: Code = "",
    toon: Annotated[str, Query(max_length=30)] = "",
) -> Response:
    """Carry out what the form asks, as a whole; with a fault in any row nothing is written and each is told there."""
    boek, dag, instantie = zaken(request), date.today(), voor_wie(wie, "")
    wereld = boek.wereld()
    rijen = boek.register.lees(lambda stand: bordrijen(stand, wereld, instantie, code, dag))
    shown = tuple(rij.sleutel for rij in rijen if views.toon(rij, toon))
    groepen = clusters(wereld, rijen) | {views.ALLE: shown}
    try:
        lezing = _gevraagd(formulier, rijen, instantie, groepen)
        fouten = lezing.fouten | _beproefd(boek, wie, lezing)
        if not fouten and lezing.opdrachten:
            boek.register.voer_uit([opdracht for _, opdracht in lezing.opdrachten], wie.wie)
        fout = None
    except LeerbrugError as error:
        fouten, fout, lezing = {}, error, Lezing([], {})
    if fout or fouten:
        return _opnieuw(request, wie, formulier, instantie, code, toon, fouten, fout)
    return verder(request, "/sector/bord", code=code, toon=toon, gedaan=str(len(lezing.opdrachten)))


def _gevraagd(formulier: EigenVelden, rijen: Sequence[Bordrij], instantie: Instantie, groepen: Groepen) -> Lezing:
    """What the button that was pressed asks."""
    knop, vanaf = veld(formulier, "doe"), _vanaf(formulier)
    if knop == "bewaar":
        return wijzigingen(rijen, formulier, instantie, vanaf)
    if knop == "ineens":
        return ineens(rijen, formulier, instantie, vanaf, groepen)
    if knop in views.STAPPEN:
        return stappen(gekozen_rijen(rijen, formulier, groepen), formulier, Handeling(knop))
    raise InputError("Deze knop bestaat niet.", remedy="Open de bladzijde opnieuw.")


def _vanaf(formulier: EigenVelden) -> date:
    try:
        return date.fromisoformat(veld(formulier, "vanaf")) if veld(formulier, "vanaf") else date.today()
    except ValueError as error:
        raise InputError("Dit is geen dag.", remedy="Kies een dag, zoals 2026-09-01.") from error


def _beproefd(boek: Zaken, wie: Sessie, lezing: Lezing) -> dict[str, LeerbrugError]:
    trial = boek.register.proef(wie.wie)
    return boek.register.lees(lambda stand: beproef(lezing.opdrachten, trial(stand)))


def _opnieuw(
    request: Request,
    wie: Sessie,
    formulier: EigenVelden,
    instantie: Instantie,
    code: str,
    toon: str,
    fouten: dict[str, LeerbrugError],
    fout: LeerbrugError | None,
) -> Response:
    """The grid again as it was filled in, with each fault at its row."""
    page = Page(request)
    found = views.bord(page, zaken(request), instantie, code, date.today(), toon)
    told = {key: views.gezegd(page, error) for key, error in fouten.items()}
    shown = {**found, "fouten": told, "ingevuld": formulier, "fout": views.gezegd(page, fout) if fout else None}
    return pagina(request, "bord.html", wie, shown, 422)
