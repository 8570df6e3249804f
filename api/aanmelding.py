"""Signing in to the sector board: a token kept in a cookie of the browser, and forms that no other site can send."""

from __future__ import annotations

import hmac
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from fastapi import Depends, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from ..besluiten.soorten import Wie
from ..errors import AanmeldError, BevoegdheidError, IdentiteitsbronError
from .clients import header
from .settings import Settings
from .tokens import wie_van

KOEKJE = "leerbrug_sector"
PAD = "/sector"
UREN = 12
"""Hours after which the browser forgets the token; the token itself may hold longer."""

VELDEN = 5_000
"""The most fields that a form of ours can have: a standard of a few hundred competences, some ten fields each."""


class Sessie(msgspec.Struct, frozen=True):
    """Who is signed in, and the token by which they are."""

    wie: Wie
    geheim: str

    @property
    def zegel(self) -> str:
        """What every form of this session carries: made from the token, so that only our own pages know it."""
        return hmac.digest(self.geheim.encode(), b"formulier van het sectorbord", "sha256").hex()


def sessie(request: Request) -> Sessie | None:
    """Who is signed in; None for the public and where the token no longer holds."""
    geheim = request.cookies.get(KOEKJE, "")
    try:
        return Sessie(wie_van(request, geheim), geheim) if geheim else None
    except (BevoegdheidError, IdentiteitsbronError):
        return None


def aangemeld(gevonden: Annotated[Sessie | None, Depends(sessie)]) -> Sessie:
    """Who is signed in. Raises AanmeldError for the public."""
    if gevonden is None:
        raise AanmeldError("Meld u aan om dit te doen.", remedy="Ga naar /sector en geef uw token.")
    return gevonden


async def velden(request: Request) -> FormData:
    """The fields of the form that was sent, from our own site only. Raises BevoegdheidError for another site."""
    origin = request.headers.get("origin", "")
    if origin and urlsplit(origin).netloc != request.headers.get("host", ""):
        raise BevoegdheidError("Dit formulier komt van een andere site.", remedy="Begin opnieuw op /sector.")
    return await request.form(max_fields=VELDEN)


def eigen_velden(
    formulier: Annotated[FormData, Depends(velden)], wie: Annotated[Sessie, Depends(aangemeld)]
) -> FormData:
    """The fields of a form that we made for this session. Raises BevoegdheidError for any other."""
    if not hmac.compare_digest(str(formulier.get("zegel", "")), wie.zegel):
        raise BevoegdheidError("Dit formulier hoort niet bij uw sessie.", remedy="Open de bladzijde opnieuw.")
    return formulier


Velden = Annotated[FormData, Depends(velden)]
"""A parameter: the fields of a form of our site."""

EigenVelden = Annotated[FormData, Depends(eigen_velden)]
"""A parameter: the fields of a form of this session."""

Aangemeld = Annotated[Sessie, Depends(aangemeld)]
"""A parameter: who is signed in, refused with 401 for the public."""

MisschienAangemeld = Annotated[Sessie | None, Depends(sessie)]
"""A parameter: who is signed in, None for the public."""


def onthoud(request: Request, antwoord: Response, geheim: str) -> None:
    """Give the token to the browser: out of reach of scripts, never sent along from elsewhere, not in the clear."""
    antwoord.set_cookie(
        KOEKJE, geheim, UREN * 3600, path=PAD, secure=_veilig(request), httponly=True, samesite="strict"
    )


def vergeet(antwoord: Response) -> None:
    """Let the browser forget the token."""
    antwoord.delete_cookie(KOEKJE, path=PAD, httponly=True, samesite="strict")


def _veilig(request: Request) -> bool:
    """Whether the browser speaks https, to us or to a proxy that we trust."""
    settings: Settings = request.app.state.settings
    client = str((request.scope.get("client") or ("", 0))[0])
    forwarded = header(request.scope, b"x-forwarded-proto") if client in settings.proxies else ""
    return "https" in (request.url.scheme, forwarded)
