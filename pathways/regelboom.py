"""Rule trees: how many parts, of what size, with minimum and maximum; AND, OR, n of m, hours, nested.

The shape is that of ePerusteet: AND is minimum = maximum = the number of parts, OR is minimum 1, and a size counts the
sizes of the parts that are chosen. Meeting a tree is monotone: more facts never unmeet it, so a tree compiles to
actions without cost. What must *not* be held is no tree but a guard, evaluated once for a learner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import combinations, islice

import msgspec

from ..errors import InputError

MEESTE_ALTERNATIEVEN = 4096


class Rol(StrEnum):
    """What a part is for: asked, chosen, or where the way leads out."""

    VERPLICHT = "verplicht"
    KEUZE = "keuze"
    UITSTROOM = "uitstroom"


class Grens(msgspec.Struct, frozen=True):
    """At least and at most so many; `hoogstens` None is no limit."""

    minstens: int = 0
    hoogstens: int | None = None

    def omvat(self, getal: int) -> bool:
        """Whether a number lies within."""
        return getal >= self.minstens and (self.hoogstens is None or getal <= self.hoogstens)


class Blad(msgspec.Struct, frozen=True, tag="blad"):
    """One fact that must hold; `omvang` is its size in the unit of the tree above (contact hours)."""

    feit: str
    naam: str
    omvang: int = 0


class Boom(msgspec.Struct, frozen=True, tag="boom"):
    """Some of these parts: how many (`aantal`) and how much together (`omvang`).

    `telt` is what it counts for in the tree above, where that is not what it asks. Of parts that exclude each other
    (`niet_samen`, by place) one counts at most.
    """

    delen: tuple[Boom | Blad, ...]
    aantal: Grens
    omvang: Grens = Grens()
    rol: Rol = Rol.VERPLICHT
    naam: str = ""
    bron: str = ""
    telt: int | None = None
    niet_samen: tuple[frozenset[int], ...] = ()

    def grootte(self) -> int:
        """The size that this tree counts for in the one above: what is said, or at least what it asks."""
        return self.omvang.minstens if self.telt is None else self.telt


Deel = Boom | Blad
Afleiding = tuple[tuple[str, ...], str]
"""Facts that together give one fact, without cost."""


def alle(*delen: Deel, naam: str = "", bron: str = "") -> Boom:
    """All of the parts.

    >>> voldaan(alle(Blad("a", "a"), Blad("b", "b")), {"a"})
    False
    """
    return Boom(delen, Grens(len(delen), len(delen)), naam=naam, bron=bron)


def een_van(*delen: Deel, naam: str = "", bron: str = "") -> Boom:
    """At least one of the parts."""
    return Boom(delen, Grens(1), rol=Rol.KEUZE, naam=naam, bron=bron)


def n_van(aantal: int, *delen: Deel, naam: str = "", bron: str = "") -> Boom:
    """At least so many of the parts.

    >>> voldaan(n_van(2, Blad("a", ""), Blad("b", ""), Blad("c", "")), {"a", "c"})
    True
    """
    return Boom(delen, Grens(aantal), rol=Rol.KEUZE, naam=naam, bron=bron)


def voldaan(boom: Deel, feiten: Iterable[str]) -> bool:
    """Whether these facts meet the tree."""
    return waarmee(boom, frozenset(feiten)) is not None


def waarmee(boom: Deel, feiten: frozenset[str]) -> tuple[Blad, ...] | None:
    """The leaves by which these facts meet the tree, as few parts as will do; None when they do not."""
    if isinstance(boom, Blad):
        return (boom,) if boom.feit in feiten else None
    gehaald = {plaats: met for plaats, deel in enumerate(boom.delen) if (met := waarmee(deel, feiten)) is not None}
    for keuze in _keuzes(boom, list(gehaald)):
        return tuple(blad for plaats in keuze for blad in gehaald[plaats])
    return None


def alternatieven(boom: Deel) -> tuple[frozenset[str], ...]:
    """Every minimal set of facts that meets the tree; raises InputError when there are more than 4096.

    >>> sorted(sorted(each) for each in alternatieven(een_van(Blad("a", ""), alle(Blad("b", ""), Blad("c", "")))))
    [['a'], ['b', 'c']]
    """
    gevonden = sorted(set(_alternatieven(boom)), key=lambda each: (len(each), sorted(each)))
    kleinste: list[frozenset[str]] = []
    for keuze in gevonden:
        if not any(kleiner <= keuze for kleiner in kleinste):
            kleinste.append(keuze)
    return tuple(kleinste)


def _alternatieven(boom: Deel) -> Iterator[frozenset[str]]:
    if isinstance(boom, Blad):
        yield frozenset({boom.feit})
        return
    delen = [tuple(_alternatieven(deel)) for deel in boom.delen]
    aantal = 0
    for keuze in _keuzes(boom, range(len(delen))):
        samen: list[frozenset[str]] = [frozenset()]
        for plaats in keuze:
            samen = [links | rechts for links in samen for rechts in delen[plaats]]
            if len(samen) > MEESTE_ALTERNATIEVEN:
                raise InputError(f"De regel {boom.naam!r} heeft te veel alternatieven.", remedy="Splits de regel.")
        aantal += len(samen)
        if aantal > MEESTE_ALTERNATIEVEN:
            raise InputError(f"De regel {boom.naam!r} heeft te veel alternatieven.", remedy="Splits de regel.")
        yield from samen


def _keuzes(boom: Boom, plaatsen: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The selections of these parts that meet count, size and exclusions, fewest parts first."""
    meeste = len(plaatsen) if boom.aantal.hoogstens is None else min(boom.aantal.hoogstens, len(plaatsen))
    telt_omvang = boom.omvang != Grens()
    for aantal in range(boom.aantal.minstens, meeste + 1):
        for keuze in combinations(plaatsen, aantal):
            if any(len(groep.intersection(keuze)) > 1 for groep in boom.niet_samen):
                continue
            if boom.omvang.omvat(sum(_omvang(boom.delen[plaats]) for plaats in keuze)):
                yield keuze
        if not telt_omvang:
            return


def _omvang(deel: Deel) -> int:
    return deel.omvang if isinstance(deel, Blad) else deel.grootte()


def afleidingen(boom: Deel, vers: Callable[[], str]) -> tuple[str, list[Afleiding]]:
    """The fact that says the tree is met, and the derivations that give it; `vers` names a new fact.

    The size stays polynomial for n of m and for hours: a counter of parts and of size walks along the parts
    (algorithms.md §2.2).
    """
    if isinstance(boom, Blad):
        return boom.feit, []
    regels: list[Afleiding] = []
    feiten = []
    for deel in boom.delen:
        feit, onder = afleidingen(deel, vers)
        feiten.append((feit, _omvang(deel)))
        regels += onder
    gehaald = vers()
    if boom.niet_samen:
        return gehaald, regels + _uitgeschreven(boom, gehaald, [feit for feit, _ in feiten])
    regels += _simpel(boom, gehaald, feiten) or _geteld(boom, gehaald, feiten, vers)
    return gehaald, regels


def _uitgeschreven(boom: Boom, gehaald: str, feiten: list[str]) -> list[Afleiding]:
    """Parts that exclude each other: every selection that may be, written out."""
    keuzes = list(islice(_keuzes(boom, range(len(feiten))), MEESTE_ALTERNATIEVEN + 1))
    if len(keuzes) > MEESTE_ALTERNATIEVEN:
        raise InputError(f"De regel {boom.naam!r} heeft te veel alternatieven.", remedy="Splits de regel.")
    return [(tuple(feiten[plaats] for plaats in keuze), gehaald) for keuze in keuzes]


def _simpel(boom: Boom, gehaald: str, feiten: list[tuple[str, int]]) -> list[Afleiding]:
    """AND and OR need no counter."""
    if boom.omvang != Grens():
        return []
    if boom.aantal.minstens == len(feiten):
        return [(tuple(feit for feit, _ in feiten), gehaald)]
    if boom.aantal.minstens == 1:
        return [((feit,), gehaald) for feit, _ in feiten]
    return []


def _geteld(boom: Boom, gehaald: str, feiten: list[tuple[str, int]], vers: Callable[[], str]) -> list[Afleiding]:
    """From state (count, size) to state, part by part; a state stands for "so much can be chosen so far"."""
    regels: list[Afleiding] = []
    staten: dict[tuple[int, int], str | None] = {(0, 0): None}
    for feit, grootte in feiten:
        volgende: dict[tuple[int, int], str | None] = {}
        for (aantal, omvang), staat in staten.items():
            for nieuw, met in (((aantal, omvang), ()), (_tel(boom, aantal + 1, omvang + grootte), (feit,))):
                if nieuw is None:
                    continue
                if nieuw == (0, 0):
                    volgende[nieuw] = None
                    continue
                naam = volgende.setdefault(nieuw, vers())
                nodig = (*((staat,) if staat else ()), *met)
                regels.append((nodig, str(naam)))
        staten = volgende
    for (aantal, omvang), staat in staten.items():
        if boom.aantal.omvat(aantal) and boom.omvang.omvat(omvang):
            regels.append(((staat,) if staat else (), gehaald))
    return regels


def _tel(boom: Boom, aantal: int, omvang: int) -> tuple[int, int] | None:
    """The state after one more part; capped where more makes no difference, None where it is too much."""
    if boom.aantal.hoogstens is not None and aantal > boom.aantal.hoogstens:
        return None
    if boom.omvang.hoogstens is not None and omvang > boom.omvang.hoogstens:
        return None
    if boom.aantal.hoogstens is None:
        aantal = min(aantal, boom.aantal.minstens)
    if boom.omvang.hoogstens is None:
        omvang = min(omvang, boom.omvang.minstens)
    return aantal, omvang
