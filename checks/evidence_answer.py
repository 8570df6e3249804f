"""What an answer must look like before its evidence is worth checking."""

from __future__ import annotations

import msgspec


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An object: an IRI or the text of a literal."""

    id: str | None = None
    value: str | None = msgspec.field(default=None, name="@value")


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A triple that the answer cites."""

    subject: str
    predicate: str
    object: Value


class Thing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One end."""

    id: str
    code: str
    naam: dict[str, str]
    soort: str
    kwalificaties: list[str]
    gedeeltelijk: list[str]
    evc: bool


class Support(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A held competence and the references it brings."""

    id: str
    code: str
    door: str
    referenties: list[str]


class Decided(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision that the answer cites."""

    id: str
    van: str
    predicaat: str
    naar: str
    auteur: str
    rechtvaardiging: str
    datum: str = ""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch of words."""

    gelijk: str = ""
    weg: str = ""
    bij: str = ""


class Knowledge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A knowledge item that falls short."""

    id: str
    gevraagd: int
    gehouden: int
    waarde: str


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of evidence."""

    regel: str
    release: int
    datum: str
    steunt: list[Support]
    besluiten: list[Decided]
    gedeeld: list[str]
    resterend: list[str]
    zwak: bool
    verschil: list[Words]
    kennis: list[Knowledge]
    ontbrekende_delen: list[str]
    feiten: list[Fact]


class Competence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One competence of the target with its verdict."""

    id: str
    nr: int
    code: str
    tekst: str
    kwalificatie: str
    verdict: str
    evidence: list[Step]


class Coverage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The counts."""

    gedekt: int
    te_bevestigen: int
    deels: int
    ontbreekt: int
    onvergelijkbaar: int
    van: int


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A note beside the competences."""

    soort: str
    kant: str
    code: str
    naam: dict[str, str]
    codes: list[str]
    feiten: list[Fact]
    voldaan: bool | None = None


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last entry of the ledger that an answer counts."""

    nummer: int = 0
    zegel: str = ""


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every answer about bridges says of itself: what it is, and of which release, rules, day and ledger."""

    id: str
    type: str
    release: int
    graaf: str
    regelset: str
    datum: str
    grootboek: Entry = Entry()


class Answer(Said, frozen=True, kw_only=True):
    """A bridge, and beside it those the other way."""

    van: list[Thing]
    naar: Thing
    dekking: Coverage
    interval: dict[str, int]
    competenties: list[Competence]
    zijden: list[Note]
    terug: list[Answer] = []


class Decision(msgspec.Struct, frozen=True):
    """A recorded mapping decision, from the graph or from the ledger after the release."""

    id: str
    van: str
    predicaat: str
    naar: str
    auteur: str
    datum: str
    rechtvaardiging: str
    ontkend: bool
