"""Bearer tokens: random, kept only as a hash, with a role, a body and an end; made and withdrawn, never changed.

A token is 256 random bits, so one SHA-256 is enough: there is nothing to guess that a slow hash would protect.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import msgspec
from sqlalchemy import Engine, insert, select

from ..errors import AanmeldError, InputError, UnknownCodeError
from .grootboek import nu
from .soorten import Instantie, Rol, Wie
from .tabellen import intrekkingen, schrijvend, tokens

VOORVOEGSEL = "leerbrug_"
"""So that a token that leaked is recognised by people and by scanners."""


class Token(msgspec.Struct, frozen=True):
    """What is known of a token: everything but the token itself."""

    id: str
    rol: Rol
    naam: str
    instantie: str
    gemaakt: str
    vervalt: str
    ingetrokken: str = ""


class Tokens:
    """The tokens in a database.

    >>> from .tabellen import open_database
    >>> tokens = Tokens(open_database("sqlite://"))
    >>> geheim, _ = tokens.maak(Rol.BEHEERDER, "Beheer")
    >>> tokens.wie(geheim).rol.value
    'beheerder'
    """

    def __init__(self, engine: Engine, klok: Callable[[], datetime] = nu) -> None:
        self.engine, self.klok = engine, klok

    def maak(self, rol: Rol, naam: str, instantie: Instantie | None = None, dagen: int = 90) -> tuple[str, Token]:
        """A new token, shown this once, and what is known of it. Raises InputError where role and body do not fit."""
        if rol is Rol.STELSEL or (rol is Rol.SECTOR) != (instantie is not None):
            raise InputError(
                "Een token van een sector noemt de instantie; andere rollen niet.",
                remedy="Geef --instantie sector/bouw.",
            )
        if not naam.strip() or dagen < 1:
            raise InputError("Een token heeft een naam en vervalt na minstens een dag.")
        geheim, moment = VOORVOEGSEL + secrets.token_urlsafe(32), self.klok().astimezone(UTC)
        token = Token(
            id=secrets.token_hex(6),
            rol=rol,
            naam=naam,
            instantie=str(instantie or ""),
            gemaakt=moment.isoformat(timespec="seconds"),
            vervalt=(moment + timedelta(days=dagen)).isoformat(timespec="seconds"),
        )
        rij = {key: value for key, value in msgspec.to_builtins(token).items() if key != "ingetrokken"}
        with schrijvend(self.engine) as connection:
            connection.execute(insert(tokens).values(**rij, afdruk=_afdruk(geheim)))
        return geheim, token

    def lijst(self) -> Iterator[Token]:
        """Every token, the oldest first, withdrawn ones too."""
        vraag = (
            select(tokens, intrekkingen.c.tijdstip)
            .outerjoin(intrekkingen, intrekkingen.c.token == tokens.c.id)
            .order_by(tokens.c.gemaakt, tokens.c.id)
        )
        with self.engine.connect() as connection:
            for row in connection.execute(vraag):
                yield Token(row.id, Rol(row.rol), row.naam, row.instantie, row.gemaakt, row.vervalt, row.tijdstip or "")

    def trek_in(self, kenmerk: str) -> None:
        """Withdraw a token at once. Raises UnknownCodeError where there is none, InputError where it was withdrawn."""
        token = next((een for een in self.lijst() if een.id == kenmerk), None)
        if token is None:
            raise UnknownCodeError(f"Er is geen token {kenmerk}.", remedy="Zie leerbrug token lijst.")
        if token.ingetrokken:
            raise InputError(f"Token {kenmerk} is al ingetrokken.")
        moment = self.klok().astimezone(UTC).isoformat(timespec="seconds")
        with schrijvend(self.engine) as connection:
            connection.execute(insert(intrekkingen).values(token=kenmerk, tijdstip=moment))

    def wie(self, geheim: str) -> Wie:
        """Who holds this token. Raises AanmeldError where it is unknown, withdrawn or past its end."""
        vraag = (
            select(tokens, intrekkingen.c.tijdstip)
            .outerjoin(intrekkingen, intrekkingen.c.token == tokens.c.id)
            .where(tokens.c.afdruk == _afdruk(geheim))
        )
        with self.engine.connect() as connection:
            row = connection.execute(vraag).first()
        if row is None or row.tijdstip or datetime.fromisoformat(row.vervalt) <= self.klok():
            raise AanmeldError("Dit token is onbekend, ingetrokken of vervallen.", remedy="Vraag een nieuw token.")
        return Wie(Rol(row.rol), row.naam, row.instantie)


def _afdruk(geheim: str) -> str:
    return hashlib.sha256(geheim.encode()).hexdigest()


def lees_instantie(tekst: str) -> Instantie:
    """A body from its text. Raises InputError where it is not one.

    >>> lees_instantie("paritair-comite/124").code
    '124'
    """
    soort, _, code = tekst.partition("/")
    try:
        return msgspec.convert({"soort": soort, "code": code}, Instantie)
    except msgspec.ValidationError as error:
        raise InputError(
            f"{tekst!r} is geen instantie.", remedy="Schrijf sector/bouw of paritair-comite/124."
        ) from error


def lees_rol(tekst: str) -> tuple[Rol, str]:
    """A role from its text: beheerder, ontwerper, or the body of a sector. Raises InputError where it is none.

    >>> lees_rol("sector/bouw"), lees_rol("ontwerper")
    ((<Rol.SECTOR: 'sector'>, 'sector/bouw'), (<Rol.ONTWERPER: 'ontwerper'>, ''))
    """
    if tekst in (Rol.BEHEERDER, Rol.ONTWERPER):
        return Rol(tekst), ""
    return Rol.SECTOR, str(lees_instantie(tekst))
