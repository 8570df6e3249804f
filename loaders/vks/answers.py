"""What the education APIs answer, field for field under their own names: what several share, trajecten and goals.

An absent field is None or empty; a field of the wrong type is an error. Only what nothing can do without (the codes) is
required. Shapes: domain.md §2.6.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

Versiecode = Annotated[str, msgspec.Meta(pattern=r"^BK-\d{3,6}-\d{1,4}$")]
"""The long number of a version; names are made of its parts, so another form is refused."""

Deelcode = Annotated[str, msgspec.Meta(pattern=r"^BK-\d{3,6}-\d{1,4}-DBK-\d{1,4}$")]
"""The long number of a deelkwalificatie."""


class Antwoord(msgspec.Struct, frozen=True, kw_only=True):
    """The root of everything that an API answers."""


class Code(Antwoord, frozen=True, kw_only=True):
    """A code of a list with its description."""

    code: str | None = None
    omschrijving: str | None = None


class Link(Antwoord, frozen=True, kw_only=True):
    """An address."""

    href: str | None = None


class Links(Antwoord, frozen=True, kw_only=True):
    """The addresses of a thing: in the API and on the website."""

    self: Link | None = None
    website: Link | None = None


class LedOnderwerp(Antwoord, frozen=True, kw_only=True):
    """A subject of the leer- en ervaringsbewijzendatabank."""

    led_onderwerp_nummer: str | None = None
    code: str | None = None
    omschrijving: str | None = None


class Studiegebieden(Antwoord, frozen=True, kw_only=True):
    """The three depths of an ISCED-F field."""

    broad: Code | None = None
    narrow: Code | None = None
    detail: Code | None = None


class Isced(Antwoord, frozen=True, kw_only=True):
    """The ISCED-F classification of a thing."""

    studiegebieden: Studiegebieden | None = None


class OtVerwijzing(Antwoord, frozen=True, kw_only=True):
    """A standaardtraject or opleidingsprofiel."""

    code: str
    naam: str | None = None
    soort: str | None = None
    type: str | None = None


class Curriculumdossier(Antwoord, frozen=True, kw_only=True):
    """What the API says about a curriculumdossier; the document itself (`content`, or `bestand`) is not read here."""

    structuuronderdeel_detail_nummer: str
    informatie_type: str | None = None
    content_type: str | None = None
    filename: str | None = None
    content: str | None = None
    bestand: str | None = None
    bytes: int | None = None
    sha256: str | None = None


class Naam(Antwoord, frozen=True, kw_only=True):
    """A thing with a name and, sometimes, a number or a code."""

    nr: int | str | None = None
    code: str | None = None
    naam: str | None = None
    korte_naam: str | None = None
    omschrijving: str | None = None


class Onderwijsstructuur(Antwoord, frozen=True, kw_only=True):
    """Where in education a set of goals applies."""

    graad: str | Naam | None = None
    stroom: str | Naam | None = None
    leerjaar: str | Naam | None = None


class Doelenset(Antwoord, frozen=True, kw_only=True):
    """A set of onderwijsdoelen."""

    onderwijsdoelenset_id: int | str | None = None
    onderwijsdoelenset: str | None = None
    naam: str | None = None
    korte_naam: str | None = None
    versie: int | str | None = None
    onderwijsstructuur: str | Onderwijsstructuur | None = None
    vlaamse_sleutelcompetentie: str | Naam | None = None


class Onderwijsdoel(Antwoord, frozen=True, kw_only=True):
    """A goal, as a member of a Hydra collection; `structuuronderdeel_groep_nummer` is the filter it was asked with."""

    code: str
    id: int | str | None = msgspec.field(default=None, name="@id")
    type: str | tuple[str, ...] | None = msgspec.field(default=None, name="@type")
    omschrijving: str | None = None
    onderwijsdoel_type: str | Naam | None = None
    attitude: bool | None = None
    optioneel: bool | None = None
    voetnoot: str | None = None
    memorie: str | None = None
    geldigheid: str | None = None
    geldig_van_dt: date | None = None
    geldig_tot_dt: date | None = None
    onderwijsdoelenset: Doelenset | None = None
    structuuronderdeel_groep_nummer: str | None = None


class Doelengroep(Antwoord, frozen=True, kw_only=True):
    """The codes of the goals of one group, as `leerbrug harvest` asks them with the filter of the API."""

    structuuronderdeel_groep_nummer: str
    onderwijsdoelen: tuple[str, ...] = ()
