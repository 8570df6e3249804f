"""The form of the sector board read back: what each row says, and the orders by which the ledger comes to say it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec
from starlette.datastructures import FormData

from ..besluiten.bord import Bordrij, verandering
from ..besluiten.register import Maak, Opdracht, Stap
from ..besluiten.soorten import (
    Bereik,
    Bereiksoort,
    Haalbaarheid,
    Haalbaarheidsbesluit,
    Instantie,
    Voorwaarde,
)
from ..besluiten.toestand import Handeling
from ..errors import BesluitError, InputError, LeerbrugError, VersieError
from ..graph.catalogus import Geldigheid

NAMEN = ("oordeel", "reden", "grondslag", "contexten", "uitrusting", "attest", "jaar", "aandeel")
"""The fields of a row; each is called `naam-sleutel` in the form."""

Gevraagd = list[tuple[str, Opdracht]]
Groepen = dict[str, tuple[str, ...]]
"""Keys of rows by the name of their cluster."""


class Lezing(msgspec.Struct, frozen=True):
    """What a form asks: orders by the key of their row, and what could not be read."""

    opdrachten: Gevraagd
    fouten: dict[str, LeerbrugError]


def wijzigingen(rijen: Sequence[Bordrij], formulier: FormData, instantie: Instantie, vanaf: date) -> Lezing:
    """What the rows of the form change."""
    opdrachten: Gevraagd = []
    fouten: dict[str, LeerbrugError] = {}
    for rij in rijen:
        if rij.zoals or (f"oordeel-{rij.sleutel}" not in formulier and f"reden-{rij.sleutel}" not in formulier):
            continue
        try:
            if opdracht := _wijziging(rij, formulier, instantie, vanaf):
                opdrachten.append((rij.sleutel, opdracht))
        except LeerbrugError as error:
            fouten[rij.sleutel] = error
    return Lezing(opdrachten, fouten)


def _wijziging(rij: Bordrij, formulier: FormData, instantie: Instantie, vanaf: date) -> Opdracht | None:
    waarden = {naam: veld(formulier, f"{naam}-{rij.sleutel}") for naam in NAMEN}
    if rij.stuk is None and not any(waarden.values()):
        return None
    if rij.stuk is None and not waarden["oordeel"]:
        raise InputError("Kies ook een oordeel.", remedy="Kies kan, moet, kan niet of nog niet beslist.")
    opdracht = verandering(rij, _besluit(rij.bereik, waarden, instantie, vanaf))
    if opdracht is not None:
        gelezen(rij, formulier)
    return opdracht


def gelezen(rij: Bordrij, formulier: FormData) -> None:
    """Whether the row still says what it said when the form was made. Raises VersieError."""
    nu = (rij.stuk.id, str(rij.stuk.versie)) if rij.stuk else ("", "")
    toen = (veld(formulier, f"stuk-{rij.sleutel}"), veld(formulier, f"versie-{rij.sleutel}"))
    if nu != toen:
        raise VersieError("Iemand anders wijzigde deze rij intussen.", remedy="Kijk wat er nu staat en kies opnieuw.")


def _besluit(bereik: Bereik, waarden: dict[str, str], instantie: Instantie, vanaf: date) -> Haalbaarheidsbesluit:
    try:
        oordeel = Haalbaarheid(waarden["oordeel"])
    except ValueError as error:
        raise InputError("Dit oordeel bestaat niet.", remedy="Kies kan, moet, kan niet of nog niet beslist.") from error
    return Haalbaarheidsbesluit(
        instantie=instantie,
        bereik=bereik,
        haalbaarheid=oordeel,
        reden=waarden["reden"],
        grondslag=waarden["grondslag"],
        geldigheid=Geldigheid(vanaf),
        voorwaarde=Voorwaarde(
            contexten=tuple(part.strip() for part in waarden["contexten"].split(";") if part.strip()),
            uitrusting=waarden["uitrusting"],
            eerst_attest=waarden["attest"],
            vanaf_jaar=_getal(waarden["jaar"], "het leerjaar", 1, 7),
            aandeel=_getal(waarden["aandeel"], "het aandeel", 0, 100),
        ),
    )


def _getal(tekst: str, wat: str, minst: int, meest: int) -> int | None:
    if not tekst:
        return None
    if not tekst.isdecimal() or not minst <= int(tekst) <= meest:
        raise InputError(f"{tekst!r} is geen getal voor {wat}.", remedy=f"Geef een getal van {minst} tot {meest}.")
    return int(tekst)


def ineens(
    rijen: Sequence[Bordrij],
    formulier: FormData,
    instantie: Instantie,
    vanaf: date,
    groepen: Groepen,
) -> Lezing:
    """The same verdict for several rows: a decision for each, or one decision on the cluster that they make.

    Raises InputError where no row or no verdict is chosen.
    """
    gekozen = gekozen_rijen(rijen, formulier, groepen)
    waarden = dict.fromkeys(NAMEN, "") | {
        naam: veld(formulier, f"ineens-{naam}") for naam in ("oordeel", "reden", "grondslag")
    }
    if not waarden["oordeel"]:
        raise InputError("Kies het oordeel dat voor deze rijen geldt.")
    if veld(formulier, "ineens-cluster"):
        return Lezing([(gekozen[0].sleutel, _cluster(gekozen, formulier, waarden, instantie, vanaf))], {})
    opdrachten: Gevraagd = []
    fouten: dict[str, LeerbrugError] = {}
    for rij in gekozen:
        try:
            besluit = _besluit(rij.bereik, waarden, instantie, vanaf)
            if rij.besluit:
                besluit = msgspec.structs.replace(besluit, voorwaarde=rij.besluit.voorwaarde)
            if opdracht := verandering(rij, besluit):
                gelezen(rij, formulier)
                opdrachten.append((rij.sleutel, opdracht))
        except LeerbrugError as error:
            fouten[rij.sleutel] = error
    return Lezing(opdrachten, fouten)


def _cluster(
    gekozen: Sequence[Bordrij], formulier: FormData, waarden: dict[str, str], instantie: Instantie, vanaf: date
) -> Opdracht:
    versies = {rij.versie for rij in gekozen}
    if len(versies) != 1 or "" in versies or len(gekozen) < 2:
        raise InputError("Een cluster bestaat uit minstens twee competenties van een versie.")
    codes = tuple(code for rij in gekozen for code in rij.bereik.competenties)
    naam = veld(formulier, "ineens-naam")
    bereik = Bereik(Bereiksoort.CLUSTER, versies.pop(), codes, naam=naam)
    return Maak(_besluit(bereik, waarden, instantie, vanaf))


def gekozen_rijen(rijen: Sequence[Bordrij], formulier: FormData, groepen: Groepen) -> list[Bordrij]:
    """The rows that are ticked, or those of the cluster that is named; of one decision on several rows the first.

    Raises InputError where there are none.
    """
    groep = veld(formulier, "groep")
    sleutels = set(groepen.get(groep, ())) if groep else {str(one) for one in formulier.getlist("kies")}
    gekozen = [rij for rij in rijen if rij.sleutel in sleutels and not rij.zoals]
    if not gekozen:
        raise InputError("Er is geen rij gekozen.", remedy="Vink de rijen aan waarover het gaat.")
    return gekozen


def stappen(gekozen: Sequence[Bordrij], formulier: FormData, handeling: Handeling) -> Lezing:
    """The same step for the chosen rows."""
    opdrachten: Gevraagd = []
    fouten: dict[str, LeerbrugError] = {}
    for rij, opdracht in _stappen(gekozen, formulier, handeling):
        if isinstance(opdracht, LeerbrugError):
            fouten[rij.sleutel] = opdracht
        else:
            opdrachten.append((rij.sleutel, opdracht))
    return Lezing(opdrachten, fouten)


def _stappen(
    gekozen: Sequence[Bordrij], formulier: FormData, handeling: Handeling
) -> Iterator[tuple[Bordrij, Opdracht | LeerbrugError]]:
    for rij in gekozen:
        if rij.stuk is None:
            yield rij, BesluitError("Hier is nog niets opgesteld.", remedy="Kies eerst een oordeel en bewaar.")
            continue
        try:
            gelezen(rij, formulier)
        except VersieError as error:
            yield rij, error
        else:
            yield rij, Stap(rij.stuk.id, rij.stuk.versie, handeling, veld(formulier, "stap-reden"))


def veld(formulier: FormData, naam: str) -> str:
    """One field as text without blanks around it; "" where it was not sent."""
    waarde = formulier.get(naam, "")
    return waarde.strip()[:4_000] if isinstance(waarde, str) else ""
