"""The door of the tokens: who asks, from the Authorization header; used by every route that not all may use."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from ..besluiten.soorten import Rol, Wie
from ..errors import AanmeldError
from .zaken import zaken

BEARER = HTTPBearer(auto_error=False, scheme_name="token", description="Een token van `leerbrug token maak`.")

Given = Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]


def wie_of_niemand(request: Request, given: Given) -> Wie | None:
    """Who asks; None for the public. Raises AanmeldError for a token that does not hold, or is none of ours."""
    if given is None and request.headers.get("authorization"):
        raise AanmeldError("Dit is geen token van ons.", remedy="Stuur Authorization: Bearer met een token.")
    return zaken(request).tokens.wie(given.credentials.strip()) if given else None


def iemand(wie: Annotated[Wie | None, Depends(wie_of_niemand)]) -> Wie:
    """Who asks. Raises AanmeldError for the public."""
    if wie is None:
        raise AanmeldError("Hiervoor is een token nodig.", remedy="Stuur Authorization: Bearer met een token.")
    return wie


def mag_zien(wie: Wie | None, instantie: str) -> bool:
    """Whether somebody sees the drafts of a body: its own people and the beheerder.

    >>> mag_zien(Wie(Rol.SECTOR, "An", "sector/bouw"), "sector/hout")
    False
    """
    return wie is not None and (wie.rol is Rol.BEHEERDER or wie.instantie == instantie)


Iemand = Annotated[Wie, Depends(iemand)]
"""A parameter: who asks, refused with 401 without a token."""

WieOfNiemand = Annotated[Wie | None, Depends(wie_of_niemand)]
"""A parameter: who asks, None for the public."""
