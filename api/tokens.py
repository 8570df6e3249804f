"""The door of the tokens: who asks, from the Authorization header; used by every route that not all may use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from ..besluiten.soorten import Rol, Wie
from ..besluiten.tokens import VOORVOEGSEL, lees_rol
from ..errors import AanmeldError, InputError
from .settings import Oidc
from .zaken import zaken

if TYPE_CHECKING:
    from .oidc import Identiteitsbron

BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="Een token van `leerbrug token maak`, of van de identiteitsbron (OpenID Connect) die gekoppeld is.",
)

Given = Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]


def identiteitsbron(said: Oidc | None) -> Identiteitsbron | None:
    """The identity provider that is set. Raises InputError where the extra is not installed, or it cannot be right."""
    if said is None:
        return None
    try:
        from .oidc import Identiteitsbron
    except ImportError as error:
        raise InputError("Het extra 'oidc' is niet geïnstalleerd.", remedy="pip install leerbrug[oidc]") from error
    return Identiteitsbron(said)


def lees_rollen(pairs: Sequence[str]) -> dict[str, str]:
    """What a value of the claim with the roles stands for, from `waarde=rol`. Raises InputError where a role is none.

    >>> lees_rollen(["lb-beheer=beheerder", "lb-bouw=sector/bouw"])
    {'lb-beheer': 'beheerder', 'lb-bouw': 'sector/bouw'}
    """
    found = {waarde: tekst for waarde, _, tekst in (pair.partition("=") for pair in pairs)}
    for tekst in found.values():
        lees_rol(tekst)
    return found


def wie_van(request: Request, geheim: str) -> Wie:
    """Who holds a secret: a token of ours, or where that is set one of the identity provider. Raises AanmeldError."""
    bron: Identiteitsbron | None = request.app.state.identiteitsbron
    if bron is None or geheim.startswith(VOORVOEGSEL):
        return zaken(request).tokens.wie(geheim)
    return bron.wie(geheim)


def wie_of_niemand(request: Request, given: Given) -> Wie | None:
    """Who asks; None for the public. Raises AanmeldError for a token that does not hold, or is none of ours."""
    if given is None and request.headers.get("authorization"):
        raise AanmeldError("Dit is geen token van ons.", remedy="Stuur Authorization: Bearer met een token.")
    return wie_van(request, given.credentials.strip()) if given else None


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
