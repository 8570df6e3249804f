"""What the API for structuuronderdelen answers: groups, programmes and their recognitions (domain.md §2.6, API 1)."""

from __future__ import annotations

from datetime import date

from .answers import Antwoord, Code, Deelcode, Isced, LedOnderwerp, OtVerwijzing, Versiecode


class Groep(Antwoord, frozen=True, kw_only=True):
    """A group of structuuronderdelen."""

    structuuronderdeel_groep_nummer: str
    titel: str | None = None
    graad: Code | None = None
    finaliteit: Code | None = None
    onderwijsniveau: Code | None = None
    soort_leerjaar: Code | None = None
    opleidingsvorm: Code | None = None
    type_7de_leerjaar: str | None = None
    api_url: str | None = None
    structuuronderdelen: tuple[Verwijzing, ...] = ()


class Leerjaar(Antwoord, frozen=True, kw_only=True):
    """A year of study and when it is organised."""

    code: str
    omschrijving: str | None = None
    begindatum: date | None = None
    einddatum: date | None = None


class Verwijzing(Antwoord, frozen=True, kw_only=True):
    """A structuuronderdeel that another one names."""

    structuuronderdeel_nummer: int
    titel: str | None = None
    api_url: str | None = None


class Historiek(Antwoord, frozen=True, kw_only=True):
    """What a structuuronderdeel replaces and by what it is replaced."""

    vorige: tuple[Verwijzing, ...] = ()
    volgende: tuple[Verwijzing, ...] = ()


class BkVerwijzing(Antwoord, frozen=True, kw_only=True):
    """A version of a beroepskwalificatie in a recognition, in full or in part, or on a studiebekrachtiging."""

    versie_nr_lang: Versiecode
    beroepskwalificatie_nr: str | None = None
    versie_nr_kort: int | None = None
    titel: str | None = None
    volledigheid: str | None = None
    api_url: str | None = None


class DbkVerwijzing(Antwoord, frozen=True, kw_only=True):
    """A deelkwalificatie in a recognition; some answers give its title only."""

    deelkwalificatie_nr_lang: Deelcode | None = None
    deelkwalificatie_nr_kort: str | None = None
    titel: str | None = None
    volledigheid: str | None = None
    api_url: str | None = None


class Studiebekrachtiging(Antwoord, frozen=True, kw_only=True):
    """What a recognition awards."""

    uitgebreide_naam: str
    naam: str | None = None
    led_bewijstype: str | None = None
    vks_niveau: str | None = None
    onderwijskwalificatie: bool | None = None
    categorie: str | None = None
    maximale_studiebekrachtiging: bool | None = None
    beroepskwalificatie: BkVerwijzing | None = None
    deelkwalificatie: DbkVerwijzing | None = None


class SoortOvereenkomst(Antwoord, frozen=True, kw_only=True):
    """OAO, SOAO or DAO."""

    code: str
    naam: str | None = None


class Overeenkomst(Antwoord, frozen=True, kw_only=True):
    """The contract of a dual programme."""

    soort_arbeidsovereenkomst: SoortOvereenkomst | None = None
    werkplekcomponent_type: str | None = None
    maribel: bool | None = None
    omschrijving: str | None = None


class Bewijs(Antwoord, frozen=True, kw_only=True):
    """A proof that gives entry: its kind and its full name."""

    uitgebreide_naam: str
    naam: str | None = None


class ViaBewijs(Antwoord, frozen=True, kw_only=True):
    """Entry by proofs of qualifications."""

    code: str
    titel: str | None = None
    bewijzen: tuple[Bewijs, ...] = ()


class ViaCertificaat(Antwoord, frozen=True, kw_only=True):
    """Entry by certificates of the former system."""

    titel: str | None = None
    via_certificaat: bool | None = None
    certificaten: tuple[Bewijs, ...] = ()


class Instap(Antwoord, frozen=True, kw_only=True):
    """Flexible entry."""

    bewijs: ViaBewijs | None = None
    certificaat: ViaCertificaat | None = None


class Contextnaam(Antwoord, frozen=True, kw_only=True):
    """The name of an obligatory context."""

    naam: str


class Contexten(Antwoord, frozen=True, kw_only=True):
    """Obligatory contexts: how many, exactly or at least, of which."""

    code: str
    aantal: int | None = None
    titel: str | None = None
    contexten: tuple[Contextnaam, ...] = ()


class Omschrijving(Antwoord, frozen=True, kw_only=True):
    """A text."""

    omschrijving: str


class Detail(Antwoord, frozen=True, kw_only=True):
    """A recognition: what legally holds for a structuuronderdeel between two dates."""

    structuuronderdeel_detail_nummer: str
    structuuronderdeel_detail_versie: str | None = None
    status: Code | None = None
    begindatum: date | None = None
    einddatum: date | None = None
    annuleerdatum: date | None = None
    geannuleerd: bool | None = None
    omschrijving: str | None = None
    doorstroomprofiel: str | None = None
    curriculumdossier: str | None = None
    led_onderwerp: LedOnderwerp | None = None
    isced: Isced | None = None
    bijkomende_toelatingsvoorwaarden: tuple[Omschrijving, ...] = ()
    leerjaren: tuple[Leerjaar, ...] = ()
    beroepskwalificaties: tuple[BkVerwijzing, ...] = ()
    deelkwalificaties: tuple[DbkVerwijzing, ...] = ()
    studiebekrachtigingen: tuple[Studiebekrachtiging, ...] = ()
    arbeidsovereenkomst: Overeenkomst | None = None
    flexibele_instap: Instap | None = None
    trajecten: tuple[OtVerwijzing, ...] = ()
    verplichte_contexten: Contexten | None = None


class Onderdeel(Antwoord, frozen=True, kw_only=True):
    """A structuuronderdeel with its recognitions."""

    structuuronderdeel_nummer: int
    titel: str | None = None
    structuuronderdeel_groep: Groep | None = None
    api_url: str | None = None
    onderwijsvorm: Code | None = None
    studiedomein: Code | None = None
    stem_classificatie: str | None = None
    discipline: str | None = None
    coefficient: float | None = None
    niche: bool | None = None
    duaal: bool | None = None
    aanloop: bool | None = None
    ov4_mogelijk: bool | None = None
    begindatum: date | None = None
    einddatum: date | None = None
    studierichting_nummer_oud: str | None = None
    datum_laatste_wijziging: date | None = None
    aantal_semesters_7de_leerjaar: int | None = None
    leerjaren: tuple[Leerjaar, ...] = ()
    hoofdstructuren: tuple[Code, ...] = ()
    onderwijsstelsels: tuple[Code, ...] = ()
    instellingstypes: tuple[Code, ...] = ()
    voorbereidende_structuuronderdelen: tuple[Verwijzing, ...] = ()
    vervolg_structuuronderdelen: tuple[Verwijzing, ...] = ()
    historiek_structuuronderdelen: Historiek | None = None
    structuuronderdeel_details: tuple[Detail, ...] = ()
