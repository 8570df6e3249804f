"""Rules of what must be reached, as a person writes them in TOML or JSON, made into trees of goals."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator

import msgspec

from ..errors import InputError
from .leerling import Doelregel
from .regelboom import Blad, Boom, Deel, Grens

VORM = (
    'In TOML of JSON, bijvoorbeeld: minstens = 2 en delen = ["BK-0480", "BK-0117", "OK3"]; een deel is een code of '
    "zelf een regel."
)
DIEPST, MEESTE_DELEN = 8, 60
Boommaker = Callable[[str], Deel]


def gelezen(tekst: bytes, plaats: str = "") -> Doelregel:
    """The rule in a text: JSON when it begins with a brace, else TOML. Raises InputError that names the field.

    >>> gelezen(b'minstens = 1\\ndelen = ["BK-0480", {gelijk = ["BK-0117", "certificaat:Fietsmecanicien"]}]').minstens
    1
    """
    try:
        if tekst.lstrip().startswith(b"{"):
            return msgspec.json.decode(tekst, type=Doelregel)
        return msgspec.convert(tomllib.loads(tekst.decode()), Doelregel)
    except (msgspec.DecodeError, tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"Deze regel is niet leesbaar: {error}.", place=plaats, remedy=VORM) from error


def regelboom(regel: Doelregel, boom_van: Boommaker, diepte: int = 1) -> Deel:
    """The tree of a rule, with the tree of each code by `boom_van`. Raises InputError for one that says nothing."""
    _geldig(regel, diepte)
    if regel.code:
        return _geteld(boom_van(regel.code), regel)
    if regel.gelijk:
        delen = tuple(boom_van(code) for code in regel.gelijk)
        naam = regel.naam or " of ".join(deel.naam for deel in delen)
        return Boom(delen, Grens(1), rol=regel.rol, naam=naam, telt=regel.uren or 0)
    eigen = [Doelregel(code=deel) if isinstance(deel, str) else deel for deel in regel.delen]
    delen = tuple(regelboom(deel, boom_van, diepte + 1) for deel in eigen)
    minstens = regel.minstens if regel.minstens is not None else 0 if _op_uren(regel) else len(delen)
    return Boom(
        delen,
        Grens(minstens, regel.hoogstens),
        Grens(regel.uren_minstens, regel.uren_hoogstens),
        rol=regel.rol,
        naam=regel.naam or _naam(delen, minstens, regel),
        telt=regel.uren,
        niet_samen=tuple(_plaatsen(eigen, groep) for groep in regel.niet_samen),
    )


def _geldig(regel: Doelregel, diepte: int) -> None:
    if diepte > DIEPST or len(regel.delen) > MEESTE_DELEN:
        raise InputError(
            f"Een regel gaat hoogstens {DIEPST} diep, met {MEESTE_DELEN} delen.", remedy="Splits de regel."
        )
    if [bool(regel.code), bool(regel.gelijk), bool(regel.delen)].count(True) != 1:
        raise InputError('Een regel zegt een van "code", "gelijk" en "delen".', remedy=VORM)
    if not regel.delen and regel != Doelregel(
        code=regel.code, gelijk=regel.gelijk, uren=regel.uren, rol=regel.rol, naam=regel.naam
    ):
        raise InputError("Enkel een regel met delen telt er.", remedy=VORM)
    getallen = (regel.minstens, regel.hoogstens, regel.uren, regel.uren_minstens, regel.uren_hoogstens)
    if any(getal is not None and getal < 0 for getal in getallen):
        raise InputError("Een getal in een regel is nooit kleiner dan nul.", remedy=VORM)
    if regel.delen and (regel.minstens or 0) > len(regel.delen):
        raise InputError(f"{regel.minstens} van {len(regel.delen)} delen kan niet.", remedy=VORM)


def _op_uren(regel: Doelregel) -> bool:
    return bool(regel.uren_minstens) or regel.uren_hoogstens is not None


def _geteld(deel: Deel, regel: Doelregel) -> Deel:
    """The tree of one code, at the size and under the name that the rule gives it."""
    naam = regel.naam or deel.naam
    if isinstance(deel, Blad):
        return msgspec.structs.replace(deel, omvang=regel.uren or 0, naam=naam)
    return msgspec.structs.replace(deel, telt=regel.uren or 0, naam=naam)


def _plaatsen(delen: list[Doelregel], groep: tuple[str, ...]) -> frozenset[int]:
    """The places of the parts that are named. Raises InputError for a name that no part has."""
    gevonden = {naam: plaats for plaats, deel in enumerate(delen) for naam in (deel.code, deel.naam, *deel.gelijk)}
    if onbekend := [naam for naam in groep if naam not in gevonden or not naam]:
        raise InputError(f'"niet_samen" noemt {onbekend[0]!r}, en geen deel heet zo.', remedy=VORM)
    return frozenset(gevonden[naam] for naam in groep)


def _naam(delen: tuple[Deel, ...], minstens: int, regel: Doelregel) -> str:
    namen = ", ".join(deel.naam for deel in delen)
    hoe = "; ".join(_hoe(regel, minstens, len(delen)))
    return f"{hoe} van: {namen}" if len(delen) > 1 else namen


def _hoe(regel: Doelregel, minstens: int, delen: int) -> Iterator[str]:
    if minstens or not _op_uren(regel):
        yield "alle" if minstens == delen else f"minstens {minstens}"
    if _op_uren(regel):
        yield f"minstens {regel.uren_minstens} uren"
