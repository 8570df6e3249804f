"""What the API for beroepskwalificaties answers: list and dossiers, field for field (domain.md §2.4 and §2.6)."""

from __future__ import annotations

from datetime import date

from .answers import Antwoord, Deelcode, Isced, LedOnderwerp, Links, Versiecode


class Waarde(Antwoord, frozen=True, kw_only=True):
    """A text of a dossier."""

    waarde: str


class Referentienummer(Antwoord, frozen=True, kw_only=True):
    """A reference to an item of Competent or of an older dossier."""

    referentie_nr: str


class Vaardigheid(Waarde, frozen=True, kw_only=True):
    """A skill under a competence."""

    vaardigheid_type: str | None = None


class Kennis(Waarde, frozen=True, kw_only=True):
    """A knowledge item under a competence."""

    kennis_type: str | None = None


class Competentie(Waarde, frozen=True, kw_only=True):
    """One competence of one version."""

    competentie_code: str
    nr: int | None = None
    competentie_type: str | None = None
    referenties: tuple[Referentienummer, ...] = ()
    vaardigheden: tuple[Vaardigheid, ...] = ()
    kennis: tuple[Kennis, ...] = ()
    voetnoot: str | None = None


class Autonomie(Waarde, frozen=True, kw_only=True):
    """A statement of autonomy."""

    autonomie_type: str | None = None


class Attest(Antwoord, frozen=True, kw_only=True):
    """A certificate of fitness or licence that the occupation requires."""

    omschrijving: str
    type: str | None = None
    regelgeving: str | None = None


class Domeinstap(Antwoord, frozen=True, kw_only=True):
    """One step of the path to a domain."""

    domein: str
    level: int | None = None


class Domein(Antwoord, frozen=True, kw_only=True):
    """A domain with the path to it; `pad_tekst` is the same path as one text."""

    domein: str | None = None
    pad: tuple[Domeinstap, ...] = ()
    pad_tekst: str | None = None


class Deelkwalificatie(Antwoord, frozen=True, kw_only=True):
    """A deelkwalificatie of a version."""

    deelkwalificatie_nr_lang: Deelcode
    deelkwalificatie_nr_kort: str | None = None
    titel: str | None = None
    links: Links | None = None


class Deeldossier(Deelkwalificatie, frozen=True, kw_only=True):
    """A deelkwalificatie with its dossier."""

    titel_toelichting: str | None = None
    definitie: str | None = None
    competenties: tuple[Competentie, ...] = ()


class Deelantwoord(Antwoord, frozen=True, kw_only=True):
    """The answer to a request for one deelkwalificatie, with the competences that it takes from its version."""

    deelkwalificatie: Deeldossier
    totalItems: int | None = None  # noqa: N815 - the API's own name


class Versie(Antwoord, frozen=True, kw_only=True):
    """A version of a beroepskwalificatie, as the list gives it."""

    versie_nr_lang: Versiecode
    versie_nr_kort: int | None = None
    titel: str | None = None
    titel_toelichting: str | None = None
    definitie: str | None = None
    status: str | None = None
    statuscode: str | None = None
    vks_niveau: int | None = None
    nieuwste_versie: bool | None = None
    erkenningsdatum: date | None = None
    laatste_wijzigingsdatum: date | None = None
    einddatum: date | None = None
    domeinen: tuple[Domein, ...] = ()
    links: Links | None = None


class Beroepskwalificatie(Versie, frozen=True, kw_only=True):
    """A version of a beroepskwalificatie with its dossier."""

    omschrijving_kort: str | None = None
    extra_info: str | None = None
    erkenningsjaar: int | None = None
    isced: Isced | None = None
    led_onderwerp: LedOnderwerp | None = None
    synoniemen: tuple[Waarde, ...] = ()
    competenties: tuple[Competentie, ...] = ()
    omgevingscontext: tuple[Waarde, ...] = ()
    handelingscontext: tuple[Waarde, ...] = ()
    autonomie: tuple[Autonomie, ...] = ()
    verantwoordelijkheid: tuple[Waarde, ...] = ()
    attesten: tuple[Attest, ...] = ()
    deelkwalificaties: tuple[Deelkwalificatie, ...] = ()


class Dossierantwoord(Antwoord, frozen=True, kw_only=True):
    """The answer to a request for one version."""

    beroepskwalificatie: Beroepskwalificatie
    totalItems: int | None = None  # noqa: N815 - the API's own name


class Lijstrij(Antwoord, frozen=True, kw_only=True):
    """A row of the list: a beroepskwalificatie with its versions."""

    beroepskwalificatie_nr: str
    laatst_erkende_versie: Versie | None = None
    versies: tuple[Versie, ...] = ()
    geschrapt: bool | None = None
    synoniemen: tuple[Waarde, ...] = ()
