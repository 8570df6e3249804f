"""Mapping decisions: what a person decided on two items, as records of the ledger, and as bridges count them."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from ..errors import InputError
from ..graph.catalogus import Geldigheid, Mappingbesluit
from ..graph.names import Names
from .grootboek import Grootboek
from .register import Maak, Register
from .soorten import Bereik, Bereiksoort, Instantie, Mapping, Toestand, Wie, soort_van
from .toestand import Regel, Stand, Stuk

PREDICATEN = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch", "deelVan")


class Besluit(msgspec.Struct, frozen=True):
    """What a person decides: that `van` and `naar` (IRIs of competences) are so related, or that they are not.

    `instantie` is the sector or other body in whose field they lie, `rechtvaardiging` why.
    """

    van: str
    predicaat: str
    naar: str
    instantie: Instantie
    datum: date
    rechtvaardiging: str
    ontkend: bool = False


class Mappingstand(NamedTuple):
    """The decisions that stand after entry `nummer` of the ledger, the last about a mapping; `zegel` is its hash.

    Nothing decided yet: number 0 and no seal.
    """

    nummer: int
    zegel: str
    besluiten: tuple[Mappingbesluit, ...]


NIETS_BESLIST = Mappingstand(0, "", ())


def neem_besluit(register: Register, besluiten: Sequence[Besluit], wie: Wie, names: Names) -> list[Mappingbesluit]:
    """Write decisions in the ledger, all or none; what was written before is never changed.

    Raises InputError for an unknown predicate, a missing author or justification, or an item related to itself, and
    what the register raises for who may not decide.
    """
    for besluit in besluiten:
        _keur(besluit, wie)
    stukken = register.voer_uit([Maak(_als_record(besluit)) for besluit in besluiten], wie)
    return [_mappingbesluit(stuk, stuk.besluit, names) for stuk in stukken if isinstance(stuk.besluit, Mapping)]


def _keur(besluit: Besluit, wie: Wie) -> None:
    if besluit.predicaat not in PREDICATEN:
        raise InputError(
            f"{besluit.predicaat!r} is geen predicaat van een mapping.", remedy=f"Kies uit {', '.join(PREDICATEN)}."
        )
    if not wie.naam.strip() or not besluit.rechtvaardiging.strip():
        raise InputError("Een besluit heeft een auteur en een rechtvaardiging.", remedy="Geef beide.")
    if besluit.van == besluit.naar:
        raise InputError("Een besluit gaat over twee verschillende items.", remedy="Controleer de codes.")


def _als_record(besluit: Besluit) -> Mapping:
    return Mapping(
        instantie=besluit.instantie,
        bereik=Bereik(Bereiksoort.PROGRAMMA),
        reden=" ".join(besluit.rechtvaardiging.split()),
        geldigheid=Geldigheid(besluit.datum),
        van=besluit.van,
        predicaat=besluit.predicaat,
        naar=besluit.naar,
        ontkend=besluit.ontkend,
    )


class Mappings:
    """The mapping decisions of a ledger, followed entry by entry: asking again costs one look at its last number."""

    def __init__(self, grootboek: Grootboek, names: Names) -> None:
        self._grootboek, self._names = grootboek, names
        self._lock, self._gezien = threading.Lock(), 0
        self._gevouwen, self._nu = Stand(), NIETS_BESLIST

    def nu(self) -> Mappingstand:
        """What stands now."""
        with self._lock:
            laatste = self._grootboek.laatste()
            if laatste > self._gezien and (nieuw := self._regels(self._gezien)):
                self._nu = _na(self._gevouwen, nieuw, self._names)
            self._gezien = max(laatste, self._gezien, self._nu.nummer)
            return self._nu

    def tot(self, nummer: int) -> Mappingstand:
        """What stood after that entry."""
        nu = self.nu()
        if nummer >= nu.nummer:
            return nu
        regels = [regel for regel in self._regels(0) if regel.nummer <= nummer]
        return _na(Stand(), regels, self._names) if regels else NIETS_BESLIST

    def _regels(self, na: int) -> list[Regel]:
        return list(self._grootboek.van_soort(soort_van(Mapping), na))


def _na(stand: Stand, regels: list[Regel], names: Names) -> Mappingstand:
    for regel in regels:
        stand.verwerk(regel)
    return Mappingstand(stand.nummer, stand.kop, tuple(uit_grootboek(stand, names)))


def uit_grootboek(stand: Stand, names: Names) -> Iterator[Mappingbesluit]:
    """The mapping decisions that stand, in order of id: on each pair the one that was written last."""
    staand: dict[tuple[object, bool], tuple[Stuk, Mapping]] = {}
    for stuk in sorted(stand.stukken.values(), key=_geschreven):
        gezegd = stuk.besluit
        if isinstance(gezegd, Mapping) and stuk.toestand is Toestand.BEKRACHTIGD:
            deel = gezegd.predicaat == "deelVan"
            paar = (gezegd.van, gezegd.naar) if deel else frozenset({gezegd.van, gezegd.naar})
            staand[paar, deel] = stuk, gezegd
    for stuk, gezegd in sorted(staand.values(), key=lambda rij: rij[0].id):
        yield _mappingbesluit(stuk, gezegd, names)


def _geschreven(stuk: Stuk) -> int:
    """The entry that gave a record its present content."""
    return max(stap.nummer for stap in stuk.geschiedenis)


def _mappingbesluit(stuk: Stuk, gezegd: Mapping, names: Names) -> Mappingbesluit:
    return Mappingbesluit(
        iri=names.iri("mapping", stuk.id).value,
        van=gezegd.van,
        predicaat=gezegd.predicaat,
        naar=gezegd.naar,
        auteur=stuk.opsteller.naam,
        datum=stuk.dag,
        rechtvaardiging=gezegd.reden,
        ontkend=gezegd.ontkend,
    )
