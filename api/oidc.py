"""Tokens of an identity provider (OpenID Connect): who holds a JWT that our issuer signed; the one door of authlib.

An option for the people who already have accounts elsewhere; tokens of our own keep working beside it. A token is
believed only when the issuer's published keys sign it with an asymmetric algorithm, its issuer and audience are the
ones that are set, and it is neither past its end nor before its beginning (RFC 7519, RFC 8725, RFC 9068).
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
import msgspec
from authlib.oidc.discovery import get_well_known_url
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import extract_compact

from ..besluiten.soorten import Rol, Wie
from ..besluiten.tokens import lees_rol
from ..errors import AanmeldError, BevoegdheidError, IdentiteitsbronError, InputError
from .settings import Oidc

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
"""Only signatures that a published key can check: never `none`, never a shared secret (RFC 8725, section 3.1)."""

KINDS = ("jwt", "at+jwt", "application/at+jwt")
"""What `typ` may say; a token that was made for something else is not one to ask with (RFC 8725, section 3.11)."""

KEPT = 3600.0
"""Seconds after which the keys are read again, so that a key that was withdrawn does not hold for ever."""

COOL = 10.0
"""Seconds between two readings of the keys, whatever unknown keys somebody sends."""

PATIENCE = 5.0
LARGEST_NAME = 200


class Identiteitsbron:
    """One issuer, with its keys as they were last read."""

    def __init__(self, said: Oidc, clock: Callable[[], float] = time.monotonic) -> None:
        """Raises InputError where the settings cannot be right."""
        _secure(said.issuer)
        if not said.audience:
            raise InputError("OIDC vraagt ook een publiek.", remedy="Zet LEERBRUG_OIDC_AUDIENCE.")
        self._said, self._clock, self._lock = said, clock, threading.Lock()
        self._keys, self._read_at = KeySet([]), float("-inf")
        self._rollen = {waarde: lees_rol(tekst) for waarde, tekst in said.rollen.items()}
        self._claims = jwt.JWTClaimsRegistry(
            leeway=said.speling,
            iss={"essential": True, "value": said.issuer},
            aud={"essential": True, "value": said.audience},
            exp={"essential": True},
            sub={"essential": True},
        )

    def wie(self, token: str) -> Wie:
        """Who holds this token.

        Raises AanmeldError for one that does not hold, BevoegdheidError for one that gives no role here or more than
        one, IdentiteitsbronError where the keys of the issuer were never read and cannot be.
        """
        claims = self._checked(token)
        gegeven = _texts(_found(claims, self._said.rolclaim))
        rollen = {found for waarde in gegeven if (found := self._rollen.get(waarde) or self._own(waarde))}
        if len(rollen) != 1:
            raise BevoegdheidError(
                "Dit token geeft meer dan een rol." if rollen else "Dit token geeft geen rol in Leerbrug.",
                remedy=f"Laat de identiteitsbron in {self._said.rolclaim} een rol van Leerbrug zetten.",
            )
        ((rol, instantie),) = rollen
        names = (_found(claims, self._said.naamclaim), claims["sub"])
        naam = next(str(name).strip() for name in names if isinstance(name, str) and name.strip())
        return Wie(rol, naam[:LARGEST_NAME], instantie)

    def _own(self, waarde: str) -> tuple[Rol, str] | None:
        """The role that a value is the name of, where no table says what values mean."""
        try:
            return None if self._rollen else lees_rol(waarde)
        except InputError:
            return None

    def _checked(self, token: str) -> Mapping[str, Any]:
        try:
            header = extract_compact(token.encode()).headers()
            if str(header.get("typ", "jwt")).lower() not in KINDS:
                raise AanmeldError("Dit token is voor iets anders gemaakt.", remedy="Stuur een toegangstoken.")
            found = jwt.decode(token, self._key(header.get("kid")), algorithms=ALGORITHMS)
            self._claims.validate(found.claims)
        except ExpiredTokenError as error:
            raise AanmeldError("Dit token is vervallen.", remedy="Meld u opnieuw aan.") from error
        except (JoseError, ValueError, TypeError) as error:
            raise AanmeldError("Dit token is niet van onze bron.", remedy="Vraag een nieuw token.") from error
        return found.claims

    def _key(self, kid: object) -> KeySet:
        """The keys of the issuer, read again when they are old or do not hold this one."""
        with self._lock:
            age = self._clock() - self._read_at
            known = any(key.kid == kid for key in self._keys.keys)
            if age > KEPT or (not known and age > COOL):
                self._read_at = self._clock()
                self._keys = self._read() or self._keys
            if not self._keys.keys:
                raise IdentiteitsbronError(f"De sleutels van {self._said.issuer} zijn niet te lezen.")
            return self._keys

    def _read(self) -> KeySet | None:
        """The keys where discovery says that they are; None where the issuer does not answer as it should."""
        try:
            with httpx.Client(timeout=PATIENCE, follow_redirects=False) as client:
                found = client.get(get_well_known_url(self._said.issuer, external=True)).raise_for_status().json()
                if found["issuer"] != self._said.issuer:
                    return None
                return KeySet.import_key_set(client.get(_secure(found["jwks_uri"])).raise_for_status().json())
        except (httpx.HTTPError, JoseError, InputError, ValueError, KeyError, TypeError):
            return None


def _found(claims: Mapping[str, Any], name: str) -> Any:
    """A claim by its name, or by the way to it: `realm_access.roles`."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _texts(value: Any) -> list[str]:
    """A claim that is one text or a list of texts, as texts."""
    try:
        return value.split() if isinstance(value, str) else msgspec.convert(value or [], list[str])
    except msgspec.ValidationError:
        return []


def _secure(address: str) -> str:
    """An address that nobody in between can change: https, or this machine. Raises InputError."""
    parts = urlsplit(address)
    try:
        local = ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        local = parts.hostname == "localhost"
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise InputError(f"{address!r} is geen veilig adres.", remedy="Een identiteitsbron heeft een https-adres.")
    return address
