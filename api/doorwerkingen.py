"""Carrying decisions over to a new version of a standard, as the API and the pages ask it."""

from __future__ import annotations

import hashlib

from ..besluiten.doorwerking import Doorwerking, doorwerking
from ..besluiten.register import overdracht_id
from ..besluiten.soorten import Rol, Wie
from ..besluiten.toestand import Stand, Stuk
from ..errors import BevoegdheidError, InputError
from .tokens import mag_zien
from .zaken import Zaken


def gevolgen(boek: Zaken, oud: str, nieuw: str, wie: Wie | None) -> list[Doorwerking]:
    """What `nieuw` does to the ratified decisions on `oud`: of one's own body, for the public and the beheerder of all.

    Raises UnknownCodeError for a version that is not there, InputError where they are no versions of one standard.
    """
    wereld = boek.wereld()
    old, new = wereld.kwalificatie(oud), wereld.kwalificatie(nieuw)
    if old.reeks != new.reeks or old.code == new.code:
        raise InputError(f"{oud} en {nieuw} zijn geen twee versies van een standaard.", remedy="Kies twee versies.")
    found = boek.register.lees(lambda stand: doorwerking(stand, old, new))
    return [one for one in found if wie is None or not wie.instantie or mag_zien(wie, one.instantie)]


def voer_door(boek: Zaken, oud: str, nieuw: str, wie: Wie) -> list[Stuk]:
    """Carry over what was not carried over before, in one transaction; Leerbrug does it, at the request of `wie`.

    Raises BevoegdheidError for who is neither of a sector nor the beheerder.
    """
    if wie.rol not in (Rol.SECTOR, Rol.BEHEERDER):
        raise BevoegdheidError(f"De rol {wie.rol.value} draagt geen besluiten over.")
    orders = [order for one in gevolgen(boek, oud, nieuw, wie) if (order := one.opdracht())]

    def left(stand: Stand) -> list[int]:
        return [place for place, order in enumerate(orders) if overdracht_id(order) not in stand.stukken]

    todo = [orders[place] for place in boek.register.lees(left)]
    if not todo:
        return []
    key = hashlib.sha256(" ".join(overdracht_id(order) for order in todo).encode()).hexdigest()[:32]
    return boek.register.voer_uit(todo, Wie(Rol.STELSEL, "Leerbrug"), key)
