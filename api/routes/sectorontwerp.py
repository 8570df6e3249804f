"""A draft of a standard trajectory as a page: computed for everybody, edited and kept by who designs."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from ...besluiten.register import Maak, Opdracht, Wijzig
from ...besluiten.soorten import Trajectontwerp
from ...besluiten.toestand import Stuk
from ...besluiten.tokens import lees_instantie
from ...errors import InputError, LeerbrugError, VersieError
from ..aanmelding import Aangemeld, EigenVelden, MisschienAangemeld, Sessie
from ..bordvelden import veld
from ..ontwerpvelden import bewerkt
from ..pages import Page
from ..views import sectorbord
from ..views.sectorontwerp import gelezen, ontwerppagina
from ..zaken import zaken
from .sectorbord import pagina, verder

router = APIRouter(prefix="/sector", include_in_schema=False)

Opleiding = Annotated[str, Query(max_length=20)]
Kenmerk = Annotated[str, Query(max_length=64)]


@router.get("/ontwerp")
def ontwerp(request: Request, wie: MisschienAangemeld, opleiding: Opleiding = "", stuk: Kenmerk = "") -> Response:
    """The draft of a programme; never the legal standaardtraject."""
    boek, dag = zaken(request), date.today()
    made, kept = gelezen(boek, opleiding, stuk, wie, dag)
    return pagina(request, "ontwerp.html", wie, ontwerppagina(boek, made, kept, wie, dag))


@router.post("/ontwerp")
def bewaar(
    request: Request, wie: Aangemeld, formulier: EigenVelden, opleiding: Opleiding = "", stuk: Kenmerk = ""
) -> Response:
    """Keep the draft as it was edited: a new one, or the next version of one that was kept."""
    boek, dag = zaken(request), date.today()
    made, kept = gelezen(boek, opleiding, stuk, wie, dag)
    try:
        (saved, *_) = boek.register.voer_uit([_opdracht(bewerkt(made, formulier), kept, wie, formulier)], wie.wie)
    except LeerbrugError as error:
        told = {**ontwerppagina(boek, made, kept, wie, dag), "fout": sectorbord.gezegd(Page(request), error)}
        return pagina(request, "ontwerp.html", wie, {**told, "gewijzigd": formulier}, 422)
    return verder(request, "/sector/ontwerp", opleiding=made.bereik.programma, stuk=saved.id)


def _opdracht(made: Trajectontwerp, kept: Stuk | None, wie: Sessie, formulier: EigenVelden) -> Opdracht:
    """The order that keeps it; who read another version than stands now is told so. Raises VersieError, InputError."""
    if kept is None:
        return Maak(_van(made, wie))
    if veld(formulier, "versie") != str(kept.versie):
        raise VersieError("Iemand anders wijzigde dit ontwerp intussen.", remedy="Open de bladzijde opnieuw.")
    return Wijzig(kept.id, kept.versie, made)


def _van(made: Trajectontwerp, wie: Sessie) -> Trajectontwerp:
    if not wie.wie.instantie and wie.wie.rol.value == "beheerder":
        raise InputError("Een beheerder ontwerpt geen traject.", remedy="Meld u aan als sector of als ontwerper.")
    return msgspec.structs.replace(made, instantie=lees_instantie(wie.wie.instantie)) if wie.wie.instantie else made
