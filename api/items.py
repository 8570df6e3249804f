"""The items of collections: what a list shows of a thing; the document behind `href` says the rest."""

from __future__ import annotations

from datetime import date

import msgspec


class Item(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What every item has: the address of its document, its IRI, its code and its name in each language."""

    href: str
    id: str
    code: str
    naam: dict[str, str]


class Kwalificatieitem(Item, frozen=True, kw_only=True):
    """A qualification; the level of a BK and that of an OK are two different things."""

    soort: str
    versie: int | None = None
    vks_niveau: int | None = None
    ok_niveau: int | None = None
    fase: str
    begindatum: date | None = None
    einddatum: date | None = None
    domeinen: tuple[str, ...] = ()


class Competentieitem(Item, frozen=True, kw_only=True):
    """A competence of a version."""

    kwalificatie: str
    nr: int
    referenties: tuple[str, ...] = ()


class Referentieitem(Item, frozen=True, kw_only=True):
    """A reference and how many competences carry it."""

    soort: str
    aantal: int


class Beroepitem(Item, frozen=True, kw_only=True):
    """An occupation, profile or standard from elsewhere."""

    bron: str
    competenties: int


class Structuuronderdeelitem(Item, frozen=True, kw_only=True):
    """A programme."""

    groep: str
    graad: str
    finaliteit: str
    onderwijsvorm: str
    studiedomein: str
    duaal: bool
    aanloop: bool
    fase: str
    begindatum: date | None = None
    einddatum: date | None = None


class Trajectitem(Item, frozen=True, kw_only=True):
    """A standaardtraject, opleidingsprofiel or curriculumdossier with what holds for its programme."""

    soort: str
    type: str
    erkenning: str
    structuuronderdeel: str
    graad: str
    finaliteit: str
    duaal: bool
    contract: str
    uren_min: int | None = None
    uren_max: int | None = None
    kwalificaties: tuple[str, ...] = ()
    fase: str
    begindatum: date | None = None
    einddatum: date | None = None


class Treffer(Item, frozen=True, kw_only=True):
    """What a typed beginning finds: `gevonden` is the name or synonym that matched."""

    soort: str
    gevonden: str


class Wijzigingitem(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One thing that came, changed or ended with a release."""

    id: str
    href: str
    soort: str
    naam: str
    code: str
    release: int
    tijdstip: str


class Verschilitem(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One competence in two versions: gelijk, gewijzigd, nieuw or vervallen; numbered as in the newest that has it."""

    soort: str
    nr: int
    code: str
    referenties: tuple[str, ...]
    van: str
    naar: str
    kennis_weg: tuple[str, ...] = ()
    kennis_bij: tuple[str, ...] = ()


class Releaseitem(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One release."""

    href: str
    id: str
    nummer: int
    triples: int
    sha256: str


def columns(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The keys of an item as columns of a table: the code first, the addresses last.

    >>> columns(Referentieitem)
    ('code', 'naam', 'soort', 'aantal', 'id')
    """
    names = [field.encode_name for field in msgspec.structs.fields(kind) if field.encode_name != "href"]
    return tuple(sorted(names, key=lambda name: (name == "id", name not in ("code", "nummer"))))
