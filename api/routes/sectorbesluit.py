"""One decision on the sector board, the meeting's spreadsheet and its plan, and a new version of a standard."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import date
from pathlib import Path as File
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from ...besluiten.bord import versies_van
from ...besluiten.register import Maak, Reageer, Register, Stap
from ...besluiten.rooster import Roosterplan, lees_rooster, schrijf_rooster
from ...besluiten.soorten import Keuze, Wie
from ...besluiten.toestand import Handeling, Stuk
from ...checks.report import Report
from ...errors import InputError, LeerbrugError, UnknownCodeError
from ...graph.catalogus import Geldigheid
from ...loaders.werkboek.guard import guard
from ..aanmelding import Aangemeld, EigenVelden, MisschienAangemeld, Sessie
from ..bordvelden import veld
from ..doorwerkingen import gevolgen, voer_door
from ..forms import XLSX
from ..pages import Page
from ..stukken import zichtbaar
from ..views import sectorbord as views
from ..zaken import Zaken, zaken
from .sectorbord import GEEN_KOPIE, Code, pagina, verder, voor_wie

router = APIRouter(prefix="/sector", include_in_schema=False)

Kenmerk = Annotated[str, Path(max_length=64, pattern="^[A-Za-z0-9-]+$")]


def _stuk(boek: Zaken, kenmerk: str, wie: Sessie | None) -> Stuk:
    stuk = boek.register.stuk(kenmerk)
    if not zichtbaar(stuk, wie.wie if wie else None):
        raise UnknownCodeError(f"Er is geen besluit {kenmerk}.")
    return stuk


@router.get("/besluiten/{kenmerk}")
def besluit(request: Request, kenmerk: Kenmerk, wie: MisschienAangemeld) -> Response:
    """One decision: what it says, its history, its remarks; a draft only for its own people."""
    return _getoond(request, kenmerk, wie, None)


def _getoond(request: Request, kenmerk: str, wie: Sessie | None, fout: LeerbrugError | None) -> Response:
    boek, page = zaken(request), Page(request)
    stuk = _stuk(boek, kenmerk, wie)
    shown = views.besluit(page, boek, stuk, wie.wie if wie else None, date.today())
    told = {"fout": views.gezegd(page, fout)} if fout else {}
    return pagina(request, "besluit.html", wie, {**shown, **told}, 422 if fout else 200)


def _doe(request: Request, kenmerk: str, wie: Sessie, daad: Callable[[Register, Stuk], list[Stuk]]) -> Response:
    """Do something with a decision and show what came of it; what is refused is told on the page of the decision."""
    boek = zaken(request)
    try:
        gedaan = daad(boek.register, _stuk(boek, kenmerk, wie))
    except LeerbrugError as error:
        return _getoond(request, kenmerk, wie, error)
    return verder(request, f"/sector/besluiten/{gedaan[0].id}")


@router.post("/besluiten/{kenmerk}/stappen")
def stap(request: Request, kenmerk: Kenmerk, wie: Aangemeld, formulier: EigenVelden) -> Response:
    """Submit, ratify, send back or withdraw."""

    def daad(register: Register, stuk: Stuk) -> list[Stuk]:
        knop, versie = veld(formulier, "doe"), veld(formulier, "versie")
        if knop not in views.STAPPEN or not versie.isdecimal():
            raise InputError("Deze knop bestaat niet.", remedy="Open de bladzijde opnieuw.")
        return register.voer_uit([Stap(stuk.id, int(versie), Handeling(knop), veld(formulier, "reden"))], wie.wie)

    return _doe(request, kenmerk, wie, daad)


@router.post("/besluiten/{kenmerk}/opmerkingen")
def opmerking(request: Request, kenmerk: Kenmerk, wie: Aangemeld, formulier: EigenVelden) -> Response:
    """Remark on it."""
    order = Reageer(kenmerk, veld(formulier, "tekst"))
    return _doe(request, kenmerk, wie, lambda register, _: register.voer_uit([order], wie.wie))


@router.post("/besluiten/{kenmerk}/keuzes")
def keuze(request: Request, kenmerk: Kenmerk, wie: Aangemeld, formulier: EigenVelden) -> Response:
    """Record which of two contradicting verdicts holds; the beheerder draws it up, a second person ratifies it."""

    def daad(register: Register, stuk: Stuk) -> list[Stuk]:
        made = Keuze(
            instantie=stuk.besluit.instantie,
            bereik=stuk.besluit.bereik,
            reden=veld(formulier, "reden"),
            geldigheid=Geldigheid(date.today()),
            tussen=(stuk.id, veld(formulier, "ander")),
            gekozen=stuk.id,
        )
        return register.voer_uit([Maak(made)], wie.wie)

    return _doe(request, kenmerk, wie, daad)


@router.get("/rooster")
def rooster(request: Request, wie: Aangemeld, code: Code = "") -> Response:
    """The grid as a spreadsheet, for a meeting."""
    boek, instantie, dag = zaken(request), voor_wie(wie, ""), date.today()
    wereld = boek.wereld()
    versies = versies_van(wereld, code, dag)
    with TemporaryDirectory() as folder:
        path = File(folder) / "rooster.xlsx"
        boek.register.lees(lambda stand: schrijf_rooster(path, stand, wereld, instantie, versies, dag))
        headers = GEEN_KOPIE | {"Content-Disposition": f'attachment; filename="rooster-{instantie.code}-{code}.xlsx"'}
        return Response(path.read_bytes(), 200, headers, XLSX.media)


@router.post("/rooster")
def terug(request: Request, wie: Aangemeld, formulier: EigenVelden, code: Code = "") -> Response:
    """The plan of a filled-in grid with each conflict at its cell; carried out as a whole when that is asked."""
    boek, page = zaken(request), Page(request)
    try:
        ruw = _bestand(formulier)
        plan = _plan(boek, wie.wie, ruw, wie)
        if veld(formulier, "doe") == "voer-uit" and plan.regels and not plan.bevindingen:
            boek.register.voer_uit(plan.opdrachten(), wie.wie)
            return verder(request, "/sector/bord", code=code, gedaan=str(len(plan.regels)))
    except LeerbrugError as error:
        refused: dict[str, Any] = {
            "code": code,
            "plan": None,
            "bevindingen": [],
            "ruw": "",
            "fout": views.gezegd(page, error),
        }
        return pagina(request, "plan.html", wie, refused, 422)
    issues = list(Report.of(plan.bevindingen).issues())
    found = {"code": code, "plan": plan, "ruw": base64.b64encode(ruw).decode(), "bevindingen": issues}
    return pagina(request, "plan.html", wie, found, 422 if plan.bevindingen else 200)


def _bestand(formulier: EigenVelden) -> bytes:
    """The file that was sent, or that the page of the plan sends along again."""
    bestand = formulier.get("bestand")
    if isinstance(bestand, UploadFile):
        ruw = bestand.file.read()
    else:
        try:
            ruw = base64.b64decode(str(formulier.get("ruw", "")), validate=True)
        except (binascii.Error, ValueError) as error:
            raise InputError("Dit is geen rooster.", remedy="Kies het bestand opnieuw.") from error
    if not ruw:
        raise InputError("Er is geen bestand gekozen.", remedy="Kies het ingevulde rooster.")
    return ruw


def _plan(boek: Zaken, wie: Wie, ruw: bytes, sessie: Sessie) -> Roosterplan:
    instantie, wereld, trial = voor_wie(sessie, ""), boek.wereld(), boek.register.proef(wie)
    with TemporaryDirectory() as folder:
        path = File(folder) / "rooster.xlsx"
        path.write_bytes(ruw)
        guard(path)
        return boek.register.lees(lambda stand: lees_rooster(path, stand, wereld, instantie, trial(stand)))


Versie = Annotated[str, Query(max_length=40)]


@router.get("/doorwerking")
def doorwerking(request: Request, wie: Aangemeld, oud: Versie = "", nieuw: Versie = "") -> Response:
    """What a new version does to each decision on the old one, with the difference word by word."""
    boek = zaken(request)
    found = gevolgen(boek, oud, nieuw, wie.wie)
    wereld = boek.wereld()
    regels = boek.register.lees(lambda stand: views.gevolgregels(stand, wereld, found))
    return pagina(request, "doorwerking.html", wie, {"oud": oud, "nieuw": nieuw, "regels": regels})


@router.post("/doorwerking")
def voer_uit(request: Request, wie: Aangemeld, _: EigenVelden, oud: Versie = "", nieuw: Versie = "") -> Response:
    """Carry the decisions over: kept as they are, or as drafts to confirm once more."""
    made = voer_door(zaken(request), oud, nieuw, wie.wie)
    return verder(request, "/sector/bord", code=nieuw, toon="te-herbevestigen", gedaan=str(len(made)))
