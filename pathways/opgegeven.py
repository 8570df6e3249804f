"""What a caller gives on the command line, in an address or in a profile file, read into a learner and a wish."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from ..errors import InputError
from .leerling import Leerling, Vrijstelling, Weging, Wens, Werkplek

WERKPLEK = (
    "REGIO[:STUDIEDOMEIN[:UREN[:CONTEXT+CONTEXT[:ACTIVITEIT+ACTIVITEIT]]]], een activiteit als code van een "
    "competentie; bijvoorbeeld Gent:2:25 of Gent:2::racefietsen:bkc0051271+bkc0051272"
)
WEGING = "NAAM=GETAL met komma's, van schooljaar, contact (per 100 uur), buiten (per 100 uur) en inschrijving"
VRIJSTELLING = "OMVANG|ACTOR|ROL|BEWIJS[|VERVALT], bijvoorbeeld toelating:99|School X|directeur|dossier 12|2027-12-01"
PROFIEL = 'Een object met "leerling" en "wens", zoals "vraag" van een antwoord in JSON.'


MEESTE = 10**6
BEREIK = {
    "leeftijd": (6, 99),
    "uren_per_week": (1, 60),
    "max_jaren": (1, 20),
    "schooljaar": (1900, 2100),
    "werkplek_min": (0, 60),
    "werkplek_max": (0, 60),
    "k": (1, 50),
    "horizon": (1, 20),
    "op": (1900, 2100),
    "einddatum": (1900, 2100),
}
"""From where to where a number, or the year of a day, can be asked."""


class Profiel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question in a file: the same shape as `vraag` of an answer, so that any answer can be asked again."""

    leerling: dict[str, Any] = {}
    wens: dict[str, Any] = {}


def codes(tekst: str) -> tuple[str, ...]:
    """Codes with commas between them.

    >>> codes("BK-0117-2, graad2:A,")
    ('BK-0117-2', 'graad2:A')
    """
    return tuple(code.strip() for code in tekst.split(",") if code.strip())


def werkplek(tekst: str) -> Werkplek:
    """A work place in one word. Raises InputError.

    >>> werkplek("Gent:2:25:racefietsen+stadsfietsen").contexten
    ('racefietsen', 'stadsfietsen')
    """
    delen = [deel.strip() for deel in tekst.split(":")]
    regio, domein, uren, contexten, activiteiten = (*delen, "", "", "", "")[:5]
    if not regio or len(delen) > 5 or (uren and not uren.isdigit()):
        raise InputError(f"De werkplek {tekst!r} is niet leesbaar.", remedy=f"Schrijf {WERKPLEK}.")
    return Werkplek(regio, domein, _namen(contexten), int(uren) if uren else None, _namen(activiteiten))


def _namen(tekst: str) -> tuple[str, ...]:
    return tuple(naam.strip() for naam in tekst.split("+") if naam.strip())


def weging(tekst: str) -> Weging:
    """How heavy each criterion weighs; what is not named keeps its usual weight. Raises InputError.

    >>> weging("schooljaar=0, inschrijving=50")
    Weging(schooljaar=0, contact=0, buiten=1, inschrijving=50)
    """
    gezegd = dict(deel.partition("=")[::2] for deel in codes(tekst))
    getallen = {naam.strip(): int(getal) for naam, getal in gezegd.items() if getal.strip().isdecimal()}
    te_groot = any(getal > MEESTE for getal in getallen.values())
    if len(getallen) < len(gezegd) or set(getallen) - set(Weging.__struct_fields__) or te_groot or not gezegd:
        raise InputError(f"De weging {tekst!r} is niet leesbaar.", remedy=f"Schrijf {WEGING}.")
    return msgspec.structs.replace(Weging(), **getallen)


def vrijstelling(tekst: str, nummer: int) -> Vrijstelling:
    """An exemption on record in one line; who gave it, in what role and on what evidence cannot be left out.

    Raises InputError.

    >>> vrijstelling("toelating:99|School X|directeur|dossier 12|2027-12-01", 1).vervalt
    datetime.date(2027, 12, 1)
    """
    delen = [deel.strip() for deel in tekst.split("|")]
    try:
        omvang, actor, rol, bewijs, vervalt = (*delen, "") if len(delen) == 4 else delen
        einde = date.fromisoformat(vervalt) if vervalt else None
    except ValueError:
        einde = omvang = None
    if not omvang or not all((actor, rol, bewijs)):
        raise InputError(f"De vrijstelling {tekst!r} is niet leesbaar.", remedy=f"Schrijf {VRIJSTELLING}.")
    return Vrijstelling(f"v{nummer}", actor, rol, omvang, bewijs, einde)


def vrijstellingen(teksten: Iterable[str]) -> tuple[Vrijstelling, ...]:
    """The exemptions, numbered in the order given. Raises InputError."""
    return tuple(vrijstelling(tekst, nummer) for nummer, tekst in enumerate(teksten, 1))


def gevraagd(
    leerling: Mapping[str, Any], wens: Mapping[str, Any], vandaag: date, profiel: bytes = b"{}", plaats: str = ""
) -> tuple[Leerling, Wens]:
    """The learner and the wish of a profile, with what is said beside it in its place; None there is "not said".

    Without a day in either it is `vandaag`.
    Raises InputError that names the file and the field.

    >>> wie, _ = gevraagd({"leeftijd": 17}, {}, date(2026, 9, 1), b'{"leerling": {"heeft": ["OK3"], "leeftijd": 18}}')
    >>> wie.heeft, wie.leeftijd
    (('OK3',), 17)
    """
    try:
        gelezen = msgspec.json.decode(profiel, type=Profiel)
        wie = msgspec.convert(gelezen.leerling | _gezegd(leerling), Leerling)
        wat = msgspec.convert({"doelen": (), "op": vandaag} | gelezen.wens | _gezegd(wens), Wens)
    except msgspec.DecodeError as error:
        raise InputError(f"Dit profiel is niet leesbaar: {error}.", place=plaats, remedy=PROFIEL) from error
    onbekend = [
        *(set(gelezen.leerling) - set(Leerling.__struct_fields__)),
        *(set(gelezen.wens) - set(Wens.__struct_fields__)),
    ]
    if onbekend:
        fout = f"Dit profiel heeft een onbekend veld {sorted(onbekend)[0]!r}."
        raise InputError(fout, place=plaats, remedy=PROFIEL)
    _binnen(wie, plaats)
    _binnen(wat, plaats)
    return wie, wat


def _binnen(gezegd: Leerling | Wens, plaats: str) -> None:
    """Raises InputError for a number or a day with which nothing can be planned."""
    for naam in gezegd.__struct_fields__:
        waarde = getattr(gezegd, naam)
        if waarde is None or naam not in BEREIK:
            continue
        (minst, meest), getal = BEREIK[naam], waarde.year if isinstance(waarde, date) else waarde
        if not minst <= getal <= meest:
            wat = "jaar" if isinstance(waarde, date) else "getal"
            raise InputError(
                f"{naam}: {waarde} kan niet.", place=plaats, remedy=f"Geef een {wat} van {minst} tot {meest}."
            )


def _gezegd(velden: Mapping[str, Any]) -> dict[str, Any]:
    return {naam: waarde for naam, waarde in velden.items() if waarde is not None}
