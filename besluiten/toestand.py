"""The present state of every record: the fold of the entries of the ledger, and what may follow on what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec

from ..errors import InputError, ToestandError, UnknownCodeError
from .soorten import LEVEND, Bereiksoort, Besluit, Haalbaarheidsbesluit, Mandaat, Soort, Toestand, Wie, soort_van


class Handeling(StrEnum):
    """What can be done with a record; each is one entry."""

    MAAK = "maak"
    WIJZIG = "wijzig"
    LEG_VOOR = "leg-voor"
    STUUR_TERUG = "stuur-terug"
    BEKRACHTIG = "bekrachtig"
    TREK_IN = "trek-in"
    VERVAL = "verval"
    LEG_VAST = "leg-vast"
    DRAAG_OVER = "draag-over"
    REAGEER = "reageer"


T = Toestand
OVERGANGEN: Mapping[Handeling, tuple[tuple[Toestand, ...], Toestand]] = {
    Handeling.WIJZIG: ((T.ONTWERP,), T.ONTWERP),
    Handeling.LEG_VOOR: ((T.ONTWERP,), T.VOORGELEGD),
    Handeling.STUUR_TERUG: ((T.VOORGELEGD,), T.ONTWERP),
    Handeling.BEKRACHTIG: ((T.VOORGELEGD,), T.BEKRACHTIGD),
    Handeling.TREK_IN: ((T.ONTWERP, T.VOORGELEGD, T.BEKRACHTIGD), T.INGETROKKEN),
    Handeling.VERVAL: ((T.BEKRACHTIGD,), T.VERVALLEN),
}
"""From which states a step may be taken, and where it leads."""


class Regel(msgspec.Struct, frozen=True):
    """One entry of the ledger. `inhoud` is canonical JSON; `versie` counts the entries that changed the object."""

    nummer: int
    tijdstip: str
    object: str
    soort: str
    versie: int
    handeling: str
    rol: str
    naam: str
    instantie: str
    inhoud: str
    sleutel: str | None
    deel: int
    verzoek: str
    vorige: str
    hash: str

    def wie(self) -> Wie:
        """Who made the entry."""
        return msgspec.convert({"rol": self.rol, "naam": self.naam, "instantie": self.instantie}, Wie)


class Opmerking(msgspec.Struct, frozen=True):
    """A remark on a record."""

    wie: Wie
    tijdstip: str
    tekst: str


class Overgang(msgspec.Struct, frozen=True):
    """One step in the history of a record."""

    nummer: int
    versie: int
    handeling: str
    wie: Wie
    tijdstip: str
    reden: str = ""


class Stuk(msgspec.Struct, frozen=True):
    """One record as it stands now, with its history; `uit` names the record that it was carried over from."""

    id: str
    versie: int
    toestand: Toestand
    besluit: Soort
    geschiedenis: tuple[Overgang, ...]
    opmerkingen: tuple[Opmerking, ...] = ()
    uit: str = ""
    verschil: tuple[str, ...] = ()
    mandaat: str = ""

    @property
    def opsteller(self) -> Wie:
        """Who gave the record its present content."""
        return next(stap.wie for stap in reversed(self.geschiedenis) if stap.handeling in _SCHRIJVEND)

    @property
    def dag(self) -> date:
        """The day from which it says to hold, or the day on which it was given its present content."""
        geschreven = [stap.tijdstip for stap in self.geschiedenis if stap.handeling in _SCHRIJVEND]
        return self.besluit.geldigheid.van or datetime.fromisoformat(geschreven[-1]).date()

    @property
    def bekrachtiger(self) -> Wie | None:
        """Who ratified it."""
        return next((stap.wie for stap in reversed(self.geschiedenis) if stap.handeling == Handeling.BEKRACHTIG), None)

    @property
    def ooit_bekrachtigd(self) -> bool:
        """Whether it is, or once was, public."""
        if self.toestand is Toestand.BEKRACHTIGD:
            return True
        return any(stap.handeling in (Handeling.BEKRACHTIG, Handeling.LEG_VAST) for stap in self.geschiedenis)

    def geldt(self, dag: date) -> bool:
        """Whether it is ratified and valid on that day."""
        return self.toestand is Toestand.BEKRACHTIGD and self.besluit.geldigheid.omvat(dag)

    def sleutels(self) -> Iterator[str]:
        """What it is about, as keys to find what else is about the same."""
        return sleutels(self.besluit)


_SCHRIJVEND = (Handeling.MAAK, Handeling.WIJZIG, Handeling.LEG_VAST, Handeling.DRAAG_OVER)


def sleutels(besluit: Besluit) -> Iterator[str]:
    """The programme, or the version and each of its competences that a record names."""
    bereik = besluit.bereik
    if bereik.soort is Bereiksoort.PROGRAMMA:
        yield f"programma/{bereik.programma}"
    elif bereik.versie:
        yield f"versie/{bereik.versie}"


class Stand:
    """Every record as it stands after entry `nummer`; `verwerk` folds the next entry in.

    >>> Stand().nummer
    0
    """

    def __init__(self) -> None:
        self.nummer, self.kop = 0, ""
        self.stukken: dict[str, Stuk] = {}
        self._over: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._mandaten: dict[str, None] = {}

    def verwerk(self, regel: Regel) -> Stuk:
        """Fold one entry in, and give the record as it then stands."""
        stuk = _na(self.stukken.get(regel.object), regel)
        self.stukken[regel.object] = stuk
        for sleutel in stuk.sleutels():
            self._over[sleutel][stuk.id] = None
        if isinstance(stuk.besluit, Mandaat):
            self._mandaten[stuk.id] = None
        self.nummer, self.kop = regel.nummer, regel.hash
        return stuk

    def stuk(self, kenmerk: str) -> Stuk:
        """The record with that id. Raises UnknownCodeError where there is none."""
        if kenmerk not in self.stukken:
            raise UnknownCodeError(f"Er is geen besluit {kenmerk}.", remedy="Zie /v1/haalbaarheidsbesluiten.")
        return self.stukken[kenmerk]

    def neem_over(self, andere: Stand) -> None:
        """Become a copy of another state; the records themselves are shared, they never change."""
        self.nummer, self.kop, self.stukken = andere.nummer, andere.kop, dict(andere.stukken)
        self._mandaten = dict(andere._mandaten)
        self._over = defaultdict(dict, {sleutel: dict(ids) for sleutel, ids in andere._over.items()})

    def over(self, sleutel: str) -> Iterator[Stuk]:
        """The living records about a version ("versie/BK-0019-3") or a programme ("programma/65")."""
        for kenmerk in self._over.get(sleutel, ()):
            stuk = self.stukken[kenmerk]
            if stuk.toestand in LEVEND and sleutel in stuk.sleutels():
                yield stuk

    def mandaten(self) -> Iterator[Stuk]:
        """The mandates that were not withdrawn, in the order in which they were given."""
        for kenmerk in self._mandaten:
            stuk = self.stukken[kenmerk]
            if stuk.toestand is Toestand.BEKRACHTIGD and isinstance(stuk.besluit, Mandaat):
                yield stuk

    def haalbaarheid(self, *toestanden: Toestand) -> Iterator[Stuk]:
        """The feasibility decisions in these states, in order of id."""
        for _, stuk in sorted(self.stukken.items()):
            if isinstance(stuk.besluit, Haalbaarheidsbesluit) and stuk.toestand in toestanden:
                yield stuk


def volgende(stuk: Stuk, handeling: Handeling) -> Toestand:
    """The state that a step leads to. Raises ToestandError where it may not be taken."""
    vanuit, naar = OVERGANGEN[handeling]
    if stuk.toestand not in vanuit:
        raise ToestandError(
            f"Besluit {stuk.id} is {stuk.toestand.value}; {handeling.value} kan dan niet.",
            remedy=f"Het kan vanuit {' of '.join(toestand.value for toestand in vanuit)}.",
        )
    return naar


_decode_soort: msgspec.json.Decoder[Soort] = msgspec.json.Decoder(Soort)


def lees_besluit(tekst: str | bytes) -> Soort:
    """A record from its JSON. Raises InputError that names the field."""
    try:
        return _decode_soort.decode(tekst)
    except msgspec.MsgspecError as error:
        raise InputError(f"Dit is geen besluit: {error}.", remedy="Zie /v1/openapi.json.") from error


def canoniek(inhoud: Any) -> str:
    """Canonical JSON: keys sorted, nothing between, so that equal content has equal bytes.

    >>> canoniek({"b": 1, "a": "é"})
    '{"a":"é","b":1}'
    """
    return msgspec.json.encode(inhoud, order="deterministic").decode()


def _na(vorig: Stuk | None, regel: Regel) -> Stuk:
    inhoud = msgspec.json.decode(regel.inhoud)
    handeling = Handeling(regel.handeling)
    if handeling is Handeling.REAGEER and vorig:
        opmerking = Opmerking(regel.wie(), regel.tijdstip, inhoud["tekst"])
        return msgspec.structs.replace(vorig, opmerkingen=(*vorig.opmerkingen, opmerking))
    stap = Overgang(regel.nummer, regel.versie, regel.handeling, regel.wie(), regel.tijdstip, inhoud.get("reden", ""))
    if vorig is None:
        toestand = Toestand(inhoud.get("toestand", Toestand.ONTWERP))
        besluit = lees_besluit(canoniek(inhoud["besluit"]))
        verschil = tuple(inhoud.get("verschil", ()))
        uit, mandaat = inhoud.get("uit", ""), inhoud.get("mandaat", "")
        return Stuk(regel.object, regel.versie, toestand, besluit, (stap,), (), uit, verschil, mandaat)
    besluit = lees_besluit(canoniek(inhoud["besluit"])) if "besluit" in inhoud else vorig.besluit
    toestand = Toestand(inhoud["toestand"]) if "toestand" in inhoud else volgende(vorig, handeling)
    return msgspec.structs.replace(
        vorig,
        versie=regel.versie,
        toestand=toestand,
        besluit=besluit,
        geschiedenis=(*vorig.geschiedenis, stap),
        mandaat=inhoud.get("mandaat", vorig.mandaat),
    )


def vouw(regels: Iterable[Regel]) -> Stand:
    """The state after these entries."""
    stand = Stand()
    for regel in regels:
        stand.verwerk(regel)
    return stand


def onderwerp(besluit: Besluit) -> str:
    """What a record is about, in a few words.

    >>> from .soorten import Bereik, Instantie, Instantiesoort
    >>> onderwerp(Mandaat(instantie=Instantie(Instantiesoort.SECTOR, "bouw"), bereik=Bereik(Bereiksoort.PROGRAMMA)))
    'mandaat van sector/bouw'
    """
    bereik = besluit.bereik
    over = bereik.naam or bereik.programma or " ".join(filter(None, (bereik.versie, *bereik.competenties)))
    return f"{soort_van(besluit)} van {besluit.instantie}" + (f" over {over}" if over else "")
