"""The tokens as the beheerder sees them: whose each is and how it stands, and a button that withdraws it at once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from ...besluiten.soorten import Rol
from ...errors import BevoegdheidError, LeerbrugError
from ..aanmelding import Aangemeld, EigenVelden, MisschienAangemeld, Sessie
from ..bordvelden import veld
from ..pages import Page
from ..views import sectorbord as views
from ..views.beheer import gesorteerd
from ..zaken import zaken
from .sectorbord import pagina, verder

router = APIRouter(prefix="/sector", include_in_schema=False)


@router.get("/tokens")
def tokens(request: Request, wie: MisschienAangemeld, gedaan: Annotated[str, Query(max_length=20)] = "") -> Response:
    """Every token, for the beheerder alone."""
    if wie is None:
        return verder(request, "/sector/aanmelden")
    return _getoond(request, _beheerder(wie), gedaan=gedaan)


@router.post("/tokens")
def trek_in(request: Request, wie: Aangemeld, formulier: EigenVelden) -> Response:
    """Withdraw one token; one's own too, which ends the session."""
    _beheerder(wie)
    kenmerk = veld(formulier, "kenmerk")
    try:
        zaken(request).tokens.trek_in(kenmerk)
    except LeerbrugError as error:
        return _getoond(request, wie, error)
    return verder(request, "/sector/tokens", gedaan=kenmerk)


def _beheerder(wie: Sessie) -> Sessie:
    """Raises BevoegdheidError for everybody else."""
    if wie.wie.rol is not Rol.BEHEERDER:
        raise BevoegdheidError("Alleen de beheerder ziet de tokens.", remedy="Meld u aan met een token van beheerder.")
    return wie


def _getoond(request: Request, wie: Sessie, fout: LeerbrugError | None = None, gedaan: str = "") -> Response:
    shown = {"tokens": gesorteerd(zaken(request).tokens.lijst(), datetime.now(UTC)), "gedaan": gedaan}
    told = {"fout": views.gezegd(Page(request), fout)} if fout else {}
    return pagina(request, "tokens.html", wie, {**shown, **told}, 422 if fout else 200)
