"""The sheets of a werkboek as data: their columns, pick lists and explanations, and the record that a row becomes.

Everything else reads this table: the reader, the three writers, the template, the plan and the documentation. The words
of the pick lists are those of the VKS dossiers; each stands for one concept of a code list of the ontology.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec


class Kwalificatie(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a beroepskwalificatie."""

    code: str
    titel: str
    toelichting: str = ""
    definitie: str = ""
    omschrijving: str = ""
    niveau: str
    status: str = ""
    erkenningsdatum: date | None = None
    einddatum: date | None = None
    domeinen: tuple[str, ...] = ()
    synoniemen: tuple[str, ...] = ()
    competentprofielen: tuple[str, ...] = ()


class Competentie(msgspec.Struct, frozen=True, kw_only=True):
    """One competence of one version, with its references as written."""

    kwalificatie: str
    code: str
    nr: int
    tekst: str
    soort: str = ""
    referenties: tuple[str, ...] = ()


class Kennis(msgspec.Struct, frozen=True, kw_only=True):
    """One knowledge item of a competence, or of a version as a whole (old dossiers)."""

    hoort_bij: str
    nr: int
    diepte: str = ""
    tekst: str


class Vaardigheid(msgspec.Struct, frozen=True, kw_only=True):
    """One skill of a competence, or of a version as a whole (old dossiers)."""

    hoort_bij: str
    nr: int
    soort: str = ""
    tekst: str


class Deelkwalificatie(msgspec.Struct, frozen=True, kw_only=True):
    """A part of one version that is certified by itself."""

    kwalificatie: str
    code: str
    titel: str
    competenties: tuple[str, ...] = ()


class Leerplan(msgspec.Struct, frozen=True, kw_only=True):
    """A leerplan and what it is for: a programme and the qualifications it must reach."""

    code: str
    titel: str
    structuuronderdeel: str = ""
    kwalificaties: tuple[str, ...] = ()
    begindatum: date | None = None
    einddatum: date | None = None


class Leerplandoel(msgspec.Struct, frozen=True, kw_only=True):
    """One goal of a leerplan with the competences and onderwijsdoelen that it covers."""

    leerplan: str
    nr: int
    tekst: str
    competenties: tuple[str, ...] = ()
    onderwijsdoelen: tuple[str, ...] = ()


Inhoud = Kwalificatie | Competentie | Kennis | Vaardigheid | Deelkwalificatie | Leerplan | Leerplandoel
"""What a row says, without where it says it."""


class Soort(StrEnum):
    """How a cell is read: `codes` is a list with ';' between, `regels` a list with one item a line."""

    CODE = "code"
    TEKST = "tekst"
    GETAL = "getal"
    DATUM = "datum"
    KEUZE = "keuze"
    CODES = "codes"
    REGELS = "regels"


class Kolom(msgspec.Struct, frozen=True):
    """One column: its header, the field it fills, and what may stand in it.

    `keuzes` maps the word in the pick list to the code of `lijst`; `verwijst` names the sheets where the code must be.
    Where it may be `elders`, in another source, it can only be looked up beside a release.
    """

    kop: str
    veld: str
    soort: Soort
    uitleg: str
    verplicht: bool = False
    patroon: str = ""
    voorbeeld: str = ""
    lijst: str = ""
    keuzes: Mapping[str, str] = {}
    verwijst: tuple[str, ...] = ()
    elders: bool = False


class Blad(msgspec.Struct, frozen=True):
    """One sheet: its name, the record of a row, its columns, and the fields that tell two rows apart."""

    naam: str
    inhoud: type[Inhoud]
    sleutel: tuple[str, ...]
    uitleg: str
    kolommen: tuple[Kolom, ...]

    def code(self, fields: Mapping[str, object]) -> str:
        """The key of a row, as a person reads it.

        >>> BLADEN["Kennis"].code({"hoort_bij": "bkc0044869", "nr": 2})
        'bkc0044869 nr. 2'
        """
        return " nr. ".join(str(fields[veld]) for veld in self.sleutel)


_BK = r"BK-\d{3,6}-\d{1,4}"
_BIJ = ("Competenties", "Kwalificaties")
_BIJ_UITLEG = "Code van de competentie (of van de kwalificatie, als het dossier ze in één lijst geeft)."


def _kwalificatie(uitleg: str) -> Kolom:
    return Kolom("Kwalificatie", "kwalificatie", Soort.CODE, uitleg, True, verwijst=("Kwalificaties",))


def _nr(uitleg: str) -> Kolom:
    return Kolom("Nr", "nr", Soort.GETAL, uitleg, verplicht=True)


def _elders(kop: str, soort: Soort, uitleg: str, target: str) -> Kolom:
    return Kolom(kop, kop.split()[-1].lower(), soort, uitleg, verwijst=(target,), elders=True)


_KWALIFICATIES = (
    Kolom("Code", "code", Soort.CODE, "Nummer met versie.", True, _BK, "BK-0019-3"),
    Kolom("Titel", "titel", Soort.TEKST, "Titel zonder versie.", verplicht=True),
    Kolom("Toelichting bij de titel", "toelichting", Soort.TEKST, "Vrije tekst."),
    Kolom("Definitie", "definitie", Soort.TEKST, "Definitie uit het dossier."),
    Kolom("Korte omschrijving", "omschrijving", Soort.TEKST, "Tekst voor het publiek."),
    Kolom(
        "VKS-niveau",
        "niveau",
        Soort.KEUZE,
        "Niveau van de beroepskwalificatie, 1 tot 8.",
        verplicht=True,
        lijst="vks-niveau",
        keuzes={str(niveau): str(niveau) for niveau in range(1, 9)},
    ),
    Kolom(
        "Status",
        "status",
        Soort.KEUZE,
        "Leeg voor een ontwerp.",
        lijst="status",
        keuzes={"erkend": "ERKEND", "niet erkend": "NIET_ERKEND", "geannuleerd": "GEANNULEERD"},
    ),
    Kolom("Erkenningsdatum", "erkenningsdatum", Soort.DATUM, "Dag van erkenning."),
    Kolom("Einddatum", "einddatum", Soort.DATUM, "Laatste dag; leeg zolang de versie loopt."),
    Kolom("Domeinen", "domeinen", Soort.REGELS, "Eén per regel, het pad met ' > ' (Alt+Enter voor een nieuwe regel)."),
    Kolom("Synoniemen", "synoniemen", Soort.REGELS, "Eén per regel (Alt+Enter voor een nieuwe regel)."),
    Kolom(
        "Competent-profielen",
        "competentprofielen",
        Soort.CODES,
        "Codes van de beroepscompetentieprofielen met ';' ertussen.",
        patroon=r"[A-N]\d{6}",
        voorbeeld="N110301",
    ),
)

_COMPETENTIES = (
    _kwalificatie("Code van de versie waar de competentie bij hoort."),
    Kolom("Code", "code", Soort.CODE, "Code van de competentie; een ontwerp kiest een eigen code.", verplicht=True),
    _nr("Volgnummer in de kwalificatie."),
    Kolom("Competentie", "tekst", Soort.TEKST, "De zin van de competentie.", verplicht=True),
    Kolom("Soort competentie", "soort", Soort.TEKST, "Zoals het dossier het noemt, bv. Vakspecifieke competentie."),
    Kolom("Referenties", "referenties", Soort.CODES, "Competent-nummers met ';' ertussen, bv. 18111-c; SK-4116-c."),
)

_KENNIS = (
    Kolom("Hoort bij", "hoort_bij", Soort.CODE, _BIJ_UITLEG, True, verwijst=_BIJ),
    _nr("Volgnummer bij die competentie."),
    Kolom(
        "Diepte",
        "diepte",
        Soort.KEUZE,
        "Basiskennis, kennis of grondige kennis.",
        lijst="kennisdiepte",
        keuzes={"Basiskennis": "basiskennis", "Kennis": "kennis", "Grondige kennis": "grondige-kennis"},
    ),
    Kolom("Kennis", "tekst", Soort.TEKST, "Wat men moet kennen.", verplicht=True),
)

_VAARDIGHEDEN = (
    Kolom("Hoort bij", "hoort_bij", Soort.CODE, _BIJ_UITLEG, True, verwijst=_BIJ),
    _nr("Volgnummer bij die competentie."),
    Kolom(
        "Soort vaardigheid",
        "soort",
        Soort.KEUZE,
        "Cognitief, motorisch of probleemoplossend.",
        lijst="vaardigheidssoort",
        keuzes={
            "Cognitieve vaardigheden": "cognitief",
            "Motorische vaardigheden": "motorisch",
            "Probleemoplossende vaardigheden": "probleemoplossend",
        },
    ),
    Kolom("Vaardigheid", "tekst", Soort.TEKST, "Wat men moet kunnen.", verplicht=True),
)

_DEELKWALIFICATIES = (
    _kwalificatie("Code van de versie waar de deelkwalificatie een deel van is."),
    Kolom(
        "Code", "code", Soort.CODE, "Nummer van de deelkwalificatie.", True, _BK + r"-DBK-\d{1,4}", "BK-0130-5-DBK-01"
    ),
    Kolom("Titel", "titel", Soort.TEKST, "Titel van de deelkwalificatie.", verplicht=True),
    Kolom(
        "Competenties",
        "competenties",
        Soort.CODES,
        "Codes van de competenties met ';' ertussen.",
        verwijst=("Competenties",),
    ),
)

_LEERPLANNEN = (
    Kolom("Code", "code", Soort.CODE, "Eigen code van het leerplan.", verplicht=True),
    Kolom("Titel", "titel", Soort.TEKST, "Titel van het leerplan.", verplicht=True),
    _elders("Structuuronderdeel", Soort.CODE, "Nummer van het structuuronderdeel, bv. 504.", "structuuronderdelen"),
    _elders("Kwalificaties", Soort.CODES, "Beroepskwalificaties die het leerplan beoogt, met ';'.", "Kwalificaties"),
    Kolom("Begindatum", "begindatum", Soort.DATUM, "Eerste dag."),
    Kolom("Einddatum", "einddatum", Soort.DATUM, "Laatste dag; leeg zolang het leerplan loopt."),
)

_LEERPLANDOELEN = (
    Kolom("Leerplan", "leerplan", Soort.CODE, "Code van het leerplan.", True, verwijst=("Leerplannen",)),
    _nr("Volgnummer in het leerplan."),
    Kolom("Leerplandoel", "tekst", Soort.TEKST, "De zin van het doel.", verplicht=True),
    _elders("Dekt competenties", Soort.CODES, "Codes van de competenties die dit doel dekt, met ';'.", "Competenties"),
    _elders("Dekt onderwijsdoelen", Soort.CODES, "Codes van de onderwijsdoelen die dit doel dekt.", "onderwijsdoelen"),
)

BLADEN: Mapping[str, Blad] = {
    blad.naam: blad
    for blad in (
        Blad(
            "Kwalificaties", Kwalificatie, ("code",), "Eén rij per versie van een beroepskwalificatie.", _KWALIFICATIES
        ),
        Blad("Competenties", Competentie, ("code",), "Eén rij per competentie van een versie.", _COMPETENTIES),
        Blad("Kennis", Kennis, ("hoort_bij", "nr"), "Eén rij per kenniselement.", _KENNIS),
        Blad("Vaardigheden", Vaardigheid, ("hoort_bij", "nr"), "Eén rij per vaardigheid.", _VAARDIGHEDEN),
        Blad("Deelkwalificaties", Deelkwalificatie, ("code",), "Eén rij per deelkwalificatie.", _DEELKWALIFICATIES),
        Blad("Leerplannen", Leerplan, ("code",), "Eén rij per leerplan.", _LEERPLANNEN),
        Blad(
            "Leerplandoelen", Leerplandoel, ("leerplan", "nr"), "Eén rij per doel, met wat het dekt.", _LEERPLANDOELEN
        ),
    )
}
"""Every sheet by name, parents before what hangs under them."""

UITLEG = "Uitleg"
"""The sheet that explains the others; it is never read."""

BLAD_VAN: Mapping[type[Inhoud], Blad] = {blad.inhoud: blad for blad in BLADEN.values()}
"""The sheet of a kind of record."""


def key(inhoud: Inhoud) -> tuple[str, str]:
    """The sheet and the key of a row.

    >>> key(Kennis(hoort_bij="bkc0044869", nr=2, tekst="Basiskennis van Frans"))
    ('Kennis', 'bkc0044869 nr. 2')
    """
    blad = BLAD_VAN[type(inhoud)]
    return blad.naam, blad.code(msgspec.structs.asdict(inhoud))
