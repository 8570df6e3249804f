"""The Catalogus: the frozen, typed view of one release that `pathways` computes on.

It is derived from the graph by SPARQL, cached in the release, and never disagrees with it. Codes are the keys:
"BK-0019-3" a version, "BK-0130-5-DBK-01" a deelkwalificatie, "ADV-0842" a recognition, "504" a programme.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec


class Fase(StrEnum):
    """The four phases of validity."""

    TOEKOMSTIG = "toekomstig"
    GELDIG = "geldig"
    OVERGANG = "overgang"
    BEEINDIGD = "beeindigd"


class Geldigheid(msgspec.Struct, frozen=True):
    """A closed interval of days; None is open.

    >>> Geldigheid(date(2023, 9, 1), None).omvat(date(2026, 1, 1))
    True
    """

    van: date | None = None
    tot: date | None = None

    def omvat(self, dag: date) -> bool:
        """Whether that day lies in the interval."""
        return (self.van is None or self.van <= dag) and (self.tot is None or dag <= self.tot)


class Kennisitem(msgspec.Struct, frozen=True):
    """One knowledge item; `diepte` is 1 basiskennis, 2 kennis, 3 grondige kennis, 0 not said."""

    iri: str
    tekst: str
    diepte: int


class Competentie(msgspec.Struct, frozen=True):
    """One competence of one version; `referenties` are normalised ("18111-c", "co 00548"), in order of text.

    `taal` is the language of the text of an item from elsewhere; empty for a Flemish one, which is Dutch.
    """

    iri: str
    code: str
    nr: int
    tekst: str
    referenties: tuple[str, ...] = ()
    kennis: tuple[Kennisitem, ...] = ()
    taal: str = ""


class Kwalificatiesoort(StrEnum):
    """What kind of thing carries competences; never an order."""

    BEROEPSKWALIFICATIE = "beroepskwalificatie"
    DEELKWALIFICATIE = "deelkwalificatie"
    BEROEPSCOMPETENTIEPROFIEL = "beroepscompetentieprofiel"
    ESCO_BEROEP = "esco-beroep"
    ROME_BEROEP = "rome-beroep"
    RNCP = "rncp"


class Kwalificatie(msgspec.Struct, frozen=True):
    """A version of a BK, a DBK, or another standard that carries competences.

    `competenties` is in source order and empty when the details were not loaded (`volledig_geladen` is then False).
    `reeks` is the line of versions ("BK-0019"); `nieuwste` the code of its newest version.
    """

    iri: str
    code: str
    soort: Kwalificatiesoort
    naam: dict[str, str]
    reeks: str = ""
    versie: int = 0
    nieuwste: str = ""
    niveau: int | None = None
    geldigheid: Geldigheid = Geldigheid()
    competenties: tuple[Competentie, ...] = ()
    volledig_geladen: bool = False
    deelkwalificaties: tuple[str, ...] = ()
    deel_van: str = ""
    attesten: tuple[str, ...] = ()
    synoniemen: tuple[str, ...] = ()
    domeinen: tuple[str, ...] = ()
    competentprofiel: str = ""


class Studiebewijs(msgspec.Struct, frozen=True):
    """What a recognition awards; `soort` is the local name of its class, `van` the code of the BK or DBK it proves."""

    iri: str
    naam: str
    soort: str
    maximaal: bool
    van: str = ""
    ok_niveau: int | None = None
    bk_niveau: int | None = None


class Instap(msgspec.Struct, frozen=True):
    """Flexible entry: `regel` VIA_1_VAN_DE_BEWIJZEN, VIA_ALLE_BEWIJZEN or GEEN_BEWIJS.

    `bewijzen` are BK lines or DBK codes; `onbekend` are proofs that the source names and no loaded code matches;
    `certificaten` are names of certificates of the former system, one of which is enough.
    """

    iri: str
    regel: str
    bewijzen: tuple[str, ...] = ()
    onbekend: tuple[str, ...] = ()
    certificaten: tuple[str, ...] = ()


class Contexten(msgspec.Struct, frozen=True):
    """Obligatory contexts: `regel` EXACT or MINSTENS, how many, of which."""

    regel: str
    aantal: int
    namen: tuple[str, ...]


class Contract(msgspec.Struct, frozen=True):
    """The contract of a dual programme; hours a week on the work floor, None where only a deviation is said."""

    soort: str
    werkplekcomponent: str
    uren_min: int | None = None
    uren_max: int | None = None
    omschrijving: str = ""


class Traject(msgspec.Struct, frozen=True):
    """A standaardtraject, opleidingsprofiel or curriculumdossier."""

    iri: str
    code: str
    soort: str
    type: str
    naam: str


class Erkenning(msgspec.Struct, frozen=True):
    """A recognition: what legally holds for a programme between two dates."""

    iri: str
    code: str
    versie: str
    programma: str
    status: str
    geldigheid: Geldigheid
    volledig: tuple[str, ...] = ()
    gedeeltelijk: tuple[str, ...] = ()
    studiebewijzen: tuple[Studiebewijs, ...] = ()
    contract: Contract | None = None
    instap: Instap | None = None
    contexten: Contexten | None = None
    trajecten: tuple[Traject, ...] = ()
    toelatingsvoorwaarden: tuple[str, ...] = ()


class Programma(msgspec.Struct, frozen=True):
    """A structuuronderdeel with its recognitions in order of version."""

    iri: str
    code: str
    titel: str
    groep: str
    graad: str
    finaliteit: str
    onderwijsvorm: str
    opleidingsvorm: str
    studiedomein: str
    zevende: str
    duaal: bool
    aanloop: bool
    leerjaren: int
    geldigheid: Geldigheid
    stelsels: tuple[str, ...] = ()
    voorbereidend: tuple[str, ...] = ()
    vervolg: tuple[str, ...] = ()
    voorgangers: tuple[str, ...] = ()
    opvolgers: tuple[str, ...] = ()
    erkenningen: tuple[str, ...] = ()


class Mappingbesluit(msgspec.Struct, frozen=True):
    """A recorded human decision that relates two items; only these, never a similarity, count as proof.

    `predicaat` is a SKOS mapping local name ("exactMatch", "broadMatch" …); `ontkend` denies it.
    """

    iri: str
    van: str
    predicaat: str
    naar: str
    auteur: str
    datum: date | None = None
    rechtvaardiging: str = ""
    ontkend: bool = False


class Catalogus(msgspec.Struct, frozen=True):
    """All of the above of one release, by code; mappings in order of IRI."""

    release: int
    basis: str
    kwalificaties: Mapping[str, Kwalificatie]
    programmas: Mapping[str, Programma]
    erkenningen: Mapping[str, Erkenning]
    mappings: tuple[Mappingbesluit, ...] = ()
