"""What can be decided: the kinds of record in the ledger, as typed and frozen structures.

Three layers are never mixed: a sector's verdict limits, a company's offered activities lie within it, and a learner's
plan within those. Only the first two are decided here; a plan is agreed by school and company (domain.md §4.1b).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

import msgspec

from ..graph.catalogus import Geldigheid


class Instantiesoort(StrEnum):
    """Who may hold a mandate."""

    SECTOR = "sector"
    PARITAIR_COMITE = "paritair-comite"
    SECTORAAL_PARTNERSCHAP = "sectoraal-partnerschap"


class Instantie(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A body that decides: a sector ("bouw"), a paritair comité ("124") or a sectoraal partnerschap.

    >>> str(Instantie(Instantiesoort.SECTOR, "bouw"))
    'sector/bouw'
    """

    soort: Instantiesoort
    code: Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern="^[a-z0-9.-]+$")]

    def __str__(self) -> str:
        return f"{self.soort.value}/{self.code}"


class Haalbaarheid(StrEnum):
    """The verdict on learning something on the work floor; the codes of the code list `haalbaarheid`."""

    KAN = "kan"
    MOET = "moet"
    KAN_NIET = "kan-niet"
    NOG_NIET_BESLIST = "nog-niet-beslist"


class Bereiksoort(StrEnum):
    """How wide a decision reaches."""

    COMPETENTIE = "competentie"
    CLUSTER = "cluster"
    KWALIFICATIE = "kwalificatie"
    PROGRAMMA = "programma"


class Bereik(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a decision is about: `versie` is the code of a BK or DBK version, `competenties` are codes within it.

    A whole version names no competences, a programme names no version.
    """

    soort: Bereiksoort
    versie: str = ""
    competenties: tuple[str, ...] = ()
    programma: str = ""
    naam: str = ""


class Voorwaarde(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Under which condition a verdict holds; what is not said holds always.

    `aandeel` is the share of the hours of the competence, in per cent, that may or must lie on the work floor.
    """

    contexten: tuple[str, ...] = ()
    uitrusting: str = ""
    eerst_attest: str = ""
    vanaf_jaar: int | None = None
    aandeel: int | None = None


class Besluit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="soort"):
    """What every record in the ledger has; `vervangt` names the record whose place it takes once it is ratified."""

    instantie: Instantie
    bereik: Bereik
    reden: str = ""
    grondslag: str = ""
    geldigheid: Geldigheid = Geldigheid()
    vervangt: str = ""
    twee_personen: ClassVar[bool] = True
    vraagt_mandaat: ClassVar[bool] = True


class Haalbaarheidsbesluit(Besluit, frozen=True, kw_only=True, tag="haalbaarheidsbesluit"):
    """A sector's verdict whether something can or must be learned on the work floor, and under which condition."""

    haalbaarheid: Haalbaarheid
    voorwaarde: Voorwaarde = Voorwaarde()


class Werkplekaandeel(Besluit, frozen=True, kw_only=True, tag="werkplekaandeel"):
    """The least share of the hours on the work floor in adult education, in per cent (domain.md §3.5)."""

    minimum: int
    duaal: bool = True


class Activiteit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One activity that a company must offer, and the competences that it lets people learn."""

    tekst: str
    competenties: tuple[str, ...] = ()


class Activiteitenlijst(Besluit, frozen=True, kw_only=True, tag="activiteitenlijst"):
    """The activities that a company must offer to be recognised for a programme."""

    activiteiten: tuple[Activiteit, ...]


class Vrijstellingsbesluit(Besluit, frozen=True, kw_only=True, tag="vrijstelling"):
    """Who holds `op_grond_van` (the code of a proof) need not learn what the scope names; `ontkend` forbids it."""

    op_grond_van: str
    ontkend: bool = False


class Overname(Besluit, frozen=True, kw_only=True, tag="overname"):
    """One body accepts the judgement of another; when that judgement falls, this one is flagged (product.md §2 #14)."""

    overgenomen_van: str


class Keuze(Besluit, frozen=True, kw_only=True, tag="keuze"):
    """The recorded choice between verdicts of several sectors that contradict each other."""

    tussen: tuple[str, ...]
    gekozen: str
    vraagt_mandaat: ClassVar[bool] = False


_TEKEN = "(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})"
Iri = Annotated[
    str,
    msgspec.Meta(
        max_length=2_000, pattern=f"^(https?://[A-Za-z0-9.-]+(:[0-9]{{1,5}})?(/{_TEKEN}*)?|urn:{_TEKEN}+)(#{_TEKEN}*)?$"
    ),
]
"""An IRI of a thing, as it may stand in a graph (RFC 3987, of which what we mint needs no more than ASCII)."""

Predicaat = Annotated[
    str, msgspec.Meta(pattern="^(exactMatch|closeMatch|broadMatch|narrowMatch|relatedMatch|deelVan)$")
]


class Mapping(Besluit, frozen=True, kw_only=True, tag="mapping"):
    """A person relates two items, or denies that they are related; `van` and `naar` are IRIs."""

    van: Iri
    predicaat: Predicaat
    naar: Iri
    ontkend: bool = False
    twee_personen: ClassVar[bool] = False
    vraagt_mandaat: ClassVar[bool] = False


class Mandaat(Besluit, frozen=True, kw_only=True, tag="mandaat"):
    """Who may decide what, from when until when; given and ended by the beheerder.

    `reikwijdte` are lines ("BK-0130"), versions, parts or programmes; `soorten` the kinds of record; empty is all.
    """

    reikwijdte: tuple[str, ...] = ()
    soorten: tuple[str, ...] = ()
    twee_personen: ClassVar[bool] = False
    vraagt_mandaat: ClassVar[bool] = False


class Trajectcluster(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cluster of a draft trajectory: what is learned, where, when, in how many hours, and what it proves."""

    naam: str
    versie: str
    competenties: tuple[str, ...]
    plaats: str
    volgorde: int
    uren: int = 0
    bewijs: str = ""


class Trajectontwerp(Besluit, frozen=True, kw_only=True, tag="trajectontwerp"):
    """A draft of a standard trajectory: a working paper, never the legal standaardtraject."""

    clusters: tuple[Trajectcluster, ...]
    titel: str = ""
    twee_personen: ClassVar[bool] = False
    vraagt_mandaat: ClassVar[bool] = False


Soort = (
    Haalbaarheidsbesluit
    | Werkplekaandeel
    | Activiteitenlijst
    | Vrijstellingsbesluit
    | Overname
    | Keuze
    | Mapping
    | Mandaat
    | Trajectontwerp
)
SOORTEN: tuple[type[Besluit], ...] = (
    Haalbaarheidsbesluit,
    Werkplekaandeel,
    Activiteitenlijst,
    Vrijstellingsbesluit,
    Overname,
    Keuze,
    Mapping,
    Mandaat,
    Trajectontwerp,
)


def soort_van(besluit: Besluit | type[Besluit]) -> str:
    """The name of the kind of a record.

    >>> soort_van(Mandaat)
    'mandaat'
    """
    return str(besluit.__struct_config__.tag)


class Rol(StrEnum):
    """In which role somebody acts; the roles of the bearer tokens."""

    SECTOR = "sector"
    BEHEERDER = "beheerder"
    ONTWERPER = "ontwerper"
    STELSEL = "stelsel"
    """Leerbrug itself, when it carries decisions over to a new version."""


class Wie(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who acts: the role, the name given to that role, and the body for which it acts (empty: for all)."""

    rol: Rol
    naam: str
    instantie: str = ""


class Toestand(StrEnum):
    """The states of a record; the codes of the code list `besluitstatus`."""

    ONTWERP = "ontwerp"
    VOORGELEGD = "voorgelegd"
    BEKRACHTIGD = "bekrachtigd"
    VERVALLEN = "vervallen"
    INGETROKKEN = "ingetrokken"


LEVEND = (Toestand.ONTWERP, Toestand.VOORGELEGD, Toestand.BEKRACHTIGD)
"""The states in which a record takes its place: what overlaps it is refused."""


def raken_elkaar(een: Geldigheid, ander: Geldigheid) -> bool:
    """Whether two periods share a day.

    >>> raken_elkaar(Geldigheid(date(2026, 1, 1), date(2026, 6, 30)), Geldigheid(date(2026, 7, 1)))
    False
    """
    begin = max(een.van or date.min, ander.van or date.min)
    return begin <= min(een.tot or date.max, ander.tot or date.max)
