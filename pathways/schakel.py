"""Which single new link of the offer opens most: a module, a dual variant or a flexible entry, counted exactly.

A link is one more action (needs, gives). What a profile reaches is a least fixpoint, closed under all other actions, so
the new one fires exactly when its needs lie in it, and the fixpoint with it is that of the old one and what it gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from ..graph.catalogus import Kwalificatiesoort
from .handelingen import Aanbod, Handeling, Soort, kwalificatiefeiten, naam_van
from .ontwerp import BASIS, Profiel, is_doel, profielen
from .zinnen import Zin, zin

DOELEN = ("bk:", "dbk:", "ok:", "toegang:", "duaal:", "duaal@")
"""The facts that are goals. ``duaal:X`` is X earned in a dual programme, for who wants to learn that way."""
MODULE, VARIANT, INSTAP = "nieuwe-module", "duale-variant", "flexibele-instap"
SOORTEN = (MODULE, VARIANT, INSTAP)


class Winst(msgspec.Struct, frozen=True):
    """The goals that one profile reaches with a link and not without it."""

    profiel: str
    doelen: tuple[str, ...]


class Schakel(msgspec.Struct, frozen=True):
    """A possible new link; `opent` counts the trajectories (profile and goal) that exist with it and not without."""

    soort: str
    code: str
    naam: str
    opent: int
    doelen: tuple[str, ...]
    profielen: tuple[str, ...]
    winst: tuple[Winst, ...]
    tekst: Zin


class Kandidaat(msgspec.Struct, frozen=True):
    """One action that the offer does not have: what it needs (any of these sets) and what it gives."""

    soort: str
    code: str
    tekst: Zin
    nodig: tuple[frozenset[str], ...]
    geeft: frozenset[str]


class Schakels:
    """The offer of one school year as bits, with what each profile reaches in it."""

    def __init__(self, aanbod: Aanbod, jaar: int) -> None:
        self.aanbod, self.jaar = aanbod, jaar
        self.open = [
            (handeling, keuzes)
            for handeling, keuzes in zip(aanbod.handelingen, aanbod.keuzes, strict=True)
            if handeling.van <= jaar <= handeling.tot and handeling.soort is not Soort.EVC
        ]
        self._bit: dict[str, int] = {}
        self._vraagt: dict[int, list[tuple[int, int]]] = {}
        self._altijd = 0
        for nodig, geeft in self._acties():
            self._neem_op(self._bits(nodig), self._bits(geeft))
        self._basis = self._erbij(0, self._altijd | self._bits(BASIS))
        self._bereik = {each: self._erbij(self._basis, self._bits(each.feiten)) for each in profielen(aanbod)}
        self._bereikers: dict[frozenset[str], list[Profiel]] = {}
        self._gewonnen: dict[int, dict[Profiel, int]] = {}
        self._genoemd: dict[int, tuple[str, ...]] = {}

    def _acties(self) -> Iterator[tuple[Iterable[str], Iterable[str]]]:
        for geeft, alle in self.aanbod.regels_naar.items():
            yield from ((nodig, (geeft,)) for nodig in alle)
        for handeling, keuzes in self.open:
            yield from ((keuze, gegeven(handeling)) for keuze in keuzes)

    def _neem_op(self, nodig: int, geeft: int) -> None:
        if not nodig:
            self._altijd |= geeft
        for bit in _losse(nodig):
            self._vraagt.setdefault(bit, []).append((nodig, geeft))

    def _bits(self, feiten: Iterable[str]) -> int:
        bits = 0
        for feit in feiten:
            bits |= self._bit.setdefault(feit, 1 << len(self._bit))
        return bits

    def _erbij(self, bereikt: int, nieuw: int) -> int:
        """The least fixpoint of facts: only what asks one of the new ones is looked at.

        All that the old ones make together must be among both. So where each of the two is closed, it is enough to look
        at the facts that one of them alone has, and those of the smaller are chosen.
        """
        bereikt, open_ = bereikt | nieuw, nieuw & ~bereikt
        while open_:
            bit = open_ & -open_
            open_ ^= bit
            for nodig, geeft in self._vraagt.get(bit, ()):
                if (erbij := geeft & ~bereikt) and nodig & ~bereikt == 0:
                    open_ |= erbij
                    bereikt |= erbij
        return bereikt

    def _samen(self, links: int, rechts: int) -> int:
        """The least fixpoint of two closed sets."""
        if (links & ~rechts).bit_count() < (rechts & ~links).bit_count():
            links, rechts = rechts, links
        return self._erbij(links, rechts)

    def kandidaten(self) -> Iterator[Kandidaat]:
        """Every link that is weighed."""
        yield from self._modules()
        yield from self._varianten()
        yield from self._instappen()

    def _modules(self) -> Iterator[Kandidaat]:
        """A module open to all that proves one BK, in its newest version, or one DBK by itself."""
        for kwalificatie in self.aanbod.catalogus.kwalificaties.values():
            deel = kwalificatie.soort is Kwalificatiesoort.DEELKWALIFICATIE
            if deel or kwalificatie.code == kwalificatie.nieuwste:
                tekst = zin("schakel-module", naam=f"{naam_van(kwalificatie)} ({kwalificatie.code})")
                feiten = kwalificatiefeiten(self.aanbod.catalogus, kwalificatie.code)
                yield Kandidaat(MODULE, kwalificatie.code, tekst, (frozenset(),), frozenset(feiten))

    def _varianten(self) -> Iterator[Kandidaat]:
        """A programme that is not dual, with the same admission and proofs, learned dually by who is ready for it."""
        for handeling, keuzes in self.open:
            if not handeling.duaal and handeling.soort is Soort.OPLEIDING:
                nodig = tuple(keuze | {"arbeidsrijp"} for keuze in keuzes)
                geeft = {*handeling.geeft, f"duaal@{handeling.studiedomein}", *_duale(handeling.geeft)}
                tekst = zin("schakel-variant", naam=handeling.naam)
                yield Kandidaat(VARIANT, handeling.programma, tekst, nodig, frozenset(geeft))

    def _instappen(self) -> Iterator[Kandidaat]:
        """A flexible entry into a dual programme by a BK that a programme of its studiedomein gives."""
        in_domein: dict[str, set[str]] = {}
        for handeling, _ in self.open:
            reeksen = {feit for feit in handeling.geeft if feit.startswith("reeks:")}
            in_domein.setdefault(handeling.studiedomein, set()).update(reeksen)
        geeft: dict[str, set[str]] = {}
        for handeling, _ in self.open:
            if handeling.duaal and handeling.soort is not Soort.AANLOOP:
                geeft.setdefault(handeling.programma, set()).update(gegeven(handeling))
        for programma, feiten in geeft.items():
            gegevens = self.aanbod.catalogus.programmas[programma]
            for reeks in sorted(in_domein[gegevens.studiedomein]):
                code = reeks.removeprefix("reeks:")
                tekst = zin("schakel-instap", programma=gegevens.titel, naam=f"{self._naam(code)} ({code})")
                nodig = (frozenset({reeks, f"gereed:{programma}"}),)
                yield Kandidaat(INSTAP, f"{programma}+{code}", tekst, nodig, frozenset(feiten))

    def _naam(self, reeks: str) -> str:
        versies = self.aanbod.reeksen.get(reeks)
        return naam_van(versies[-1]) if versies else reeks

    def beste(self, meeste: int = 20, soorten: Sequence[str] = SOORTEN) -> list[Schakel]:
        """The links that open most trajectories, the most first; with their profiles and goals."""
        alle = [each for each in self.kandidaten() if each.soort in soorten]
        gemeten = [(each, winst) for each in alle if (winst := self._winst(each))]
        gemeten.sort(key=lambda paar: (-_aantal(paar[1]), paar[0].soort, paar[0].code))
        return [self._schakel(each, winst) for each, winst in gemeten[:meeste]]

    def _winst(self, kandidaat: Kandidaat) -> dict[Profiel, int]:
        """By profile the goals that come within reach; one that cannot begin the link gains nothing."""
        wie = {profiel for keuze in kandidaat.nodig for profiel in self._wie(keuze)}
        alle = self._met(self._bits(kandidaat.geeft))
        return {profiel: alle[profiel] for profiel in self._bereik if profiel in wie and alle[profiel]}

    def _wie(self, nodig: frozenset[str]) -> list[Profiel]:
        """The profiles that reach all of this."""
        if nodig not in self._bereikers:
            bits = self._bits(nodig)
            self._bereikers[nodig] = [each for each, bereikt in self._bereik.items() if bits & ~bereikt == 0]
        return self._bereikers[nodig]

    def _met(self, geeft: int) -> dict[Profiel, int]:
        """By profile the goals that these facts bring within its reach."""
        if geeft not in self._gewonnen:
            vast = self._erbij(self._basis, geeft)
            doelen = self._bits(feit for feit in [*self._bit] if is_doel(feit, DOELEN))
            self._gewonnen[geeft] = {
                profiel: self._samen(bereikt, vast) & ~bereikt & doelen for profiel, bereikt in self._bereik.items()
            }
        return self._gewonnen[geeft]

    def _schakel(self, kandidaat: Kandidaat, winst: dict[Profiel, int]) -> Schakel:
        per_profiel = tuple(Winst(profiel.code, self._namen(bits)) for profiel, bits in winst.items())
        doelen = sorted({doel for each in per_profiel for doel in each.doelen})
        return Schakel(
            soort=kandidaat.soort,
            code=kandidaat.code,
            naam=kandidaat.tekst["nl"],
            opent=_aantal(winst),
            doelen=tuple(doelen),
            profielen=tuple(each.profiel for each in per_profiel),
            winst=per_profiel,
            tekst=kandidaat.tekst,
        )

    def _namen(self, bits: int) -> tuple[str, ...]:
        if bits not in self._genoemd:
            self._genoemd[bits] = tuple(sorted(feit for feit, bit in self._bit.items() if bits & bit))
        return self._genoemd[bits]


def gegeven(handeling: Handeling) -> tuple[str, ...]:
    """What a step gives; in a dual programme each proof is earned dually too."""
    return (*handeling.geeft, *_duale(handeling.geeft)) if handeling.duaal else handeling.geeft


def _duale(feiten: Iterable[str]) -> list[str]:
    return [f"duaal:{feit}" for feit in feiten if feit.startswith(("bk:", "dbk:", "ok:"))]


def _aantal(winst: dict[Profiel, int]) -> int:
    return sum(bits.bit_count() for bits in winst.values())


def _losse(bits: int) -> Iterator[int]:
    while bits:
        laag = bits & -bits
        yield laag
        bits ^= laag
