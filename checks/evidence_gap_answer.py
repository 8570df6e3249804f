"""What an answer that is made of bridges must look like before its evidence is worth checking."""

from __future__ import annotations

import msgspec

from .evidence_answer import Answer, Competence, Fact, Said, Thing


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The hours of an item, by whoever asked."""

    code: str
    uren: int


class Item(Thing, frozen=True):
    """A qualification, programme or EVC procedure, and the verdict on each competence that it brings."""

    fase: str
    dubbel: int
    brengt: list[Competence]
    feiten: list[Fact]
    instrument: str = ""
    uren: int | None = None

    @property
    def key(self) -> str:
        """The code by which it is asked."""
        return f"evc:{self.code}" if self.evc else self.code


class Way(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to close the gap."""

    nr: int
    kosten: int
    ondergrens: int
    optimaal: bool
    methode: str
    aantal: int
    dubbel: int
    items: list[Item]
    uren: int | None = None


class Price(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What any way pays for a competence, in millionths."""

    id: str
    prijs: int


class Prices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The prices and their sum."""

    prijzen_samen: int
    prijzen: list[Price]


class Open(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A competence that no way closes."""

    id: str
    nr: int
    code: str
    tekst: str
    verdict: str


class Gap(Said, frozen=True, kw_only=True):
    """A gap and the ways to close it."""

    criterium: str
    manieren: int
    kandidaten: int
    volledig: bool
    resterend: list[str]
    sluitingen: list[Way]
    zekerheid: Prices
    alleen_samen: list[Open]
    niet_te_sluiten: list[Open]
    brug: Answer
    bekende_uren: list[Hours] = msgspec.field(default_factory=list)


class Stone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a chain."""

    nr: int
    code: str
    winst: int
    naar_steen: Answer
    naar_doel: Answer


class Chain(Said, frozen=True, kw_only=True):
    """Stepping stones from what is held to the target."""

    vertrek: Answer
    stappen: list[Stone]
