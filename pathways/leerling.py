"""A learner and a wish: what is held, who they are, where they want to go, and within which limits."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

import msgspec

from .regelboom import Rol


class Weg(StrEnum):
    """A kind of step."""

    VOLTIJDS = "voltijds"
    DUAAL = "duaal"
    AANLOOP = "aanloop"
    EVC = "evc"


class Werkplek(msgspec.Struct, frozen=True):
    """Places that a caller knows of: region, studiedomein (empty is any), contexts offered, hours a week at most.

    `activiteiten` are the competences that can be learned there, by code; empty is "not said".
    """

    regio: str
    studiedomein: str = ""
    contexten: tuple[str, ...] = ()
    uren: int | None = None
    activiteiten: tuple[str, ...] = ()


class Vrijstelling(msgspec.Struct, frozen=True):
    """An exemption on record: who granted it, in what role, for what, on what evidence, until when.

    `omvang` is what it stands for: ``toelating:99`` (admission to that programme) or a code that counts as held.
    """

    id: str
    actor: str
    rol: str
    omvang: str
    evidence: str
    vervalt: date | None = None


class Leerling(msgspec.Struct, frozen=True):
    """A learner or a type of learner.

    `heeft` are codes: a BK version or line, a DBK, OK2…OK4, a recognition or programme (completed), a competence,
    "certificaat:NAAM", "graad1:A", "graad2:DU"; "evc:" may stand before a BK or DBK. None is "not said", which stays an
    uncertainty; nothing is guessed. `leeftijd` is the age on the day of the question. `ervaring` are lines of BKs in
    which the learner has work experience to show.
    """

    heeft: tuple[str, ...] = ()
    leeftijd: int | None = None
    leerplicht_voorbij: bool | None = None
    arbeidsrijp: bool | None = None
    arbeidsbereid: bool | None = None
    taalondersteuning: bool = False
    aanpassing_werkpost: bool = False
    buso: bool = False
    regio: str = ""
    uren_per_week: int | None = None
    ervaring: tuple[str, ...] = ()
    vrijstellingen: tuple[Vrijstelling, ...] = ()


class Weging(msgspec.Struct, frozen=True):
    """What one school year, 100 contact hours, 100 hours off the work floor and one enrolment weigh."""

    schooljaar: int = 100
    contact: int = 0
    buiten: int = 1
    inschrijving: int = 10

    def van(self, jaren: int, contact: int, buiten: int, inschrijvingen: int) -> int:
        """The weight of a cost."""
        uren = self.contact * contact + self.buiten * buiten
        return 100 * (self.schooljaar * jaren + self.inschrijving * inschrijvingen) + uren


class Besluitgrens(msgspec.Struct, frozen=True):
    """What sectors ratified on a programme. It limits; it schedules nothing.

    `reden` says why it cannot be dual, empty where it can; `moet` are the competences, by code, that must be learned on
    the work floor.
    """

    programma: str
    reden: str = ""
    moet: tuple[str, ...] = ()


class Doelregel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule of what must be reached: one `code`, equivalents that count once (`gelijk`), or a choice of `delen`.

    A part is a rule or a code. All parts are asked, or `minstens` (and `hoogstens`) so many, or parts that together
    make `uren_minstens` (to `uren_hoogstens`) hours; `uren` is what this rule counts for in the one above. Of the parts
    named together in `niet_samen`, by code or name, one counts.
    """

    code: str = ""
    gelijk: tuple[str, ...] = ()
    delen: tuple[str | Doelregel, ...] = ()
    minstens: int | None = None
    hoogstens: int | None = None
    uren: int | None = None
    uren_minstens: int = 0
    uren_hoogstens: int | None = None
    niet_samen: tuple[tuple[str, ...], ...] = ()
    rol: Rol = Rol.VERPLICHT
    naam: str = ""


class Wens(msgspec.Struct, frozen=True):
    """Goals (all of them, and `regels` where there are) and limits; None is no limit.

    A goal is a BK version or line, a DBK, a competence, "OK3" or "OK3@8" (in a studiedomein), a programme or
    recognition, a beroepscompetentieprofiel, "graduaat", "bachelor", "duaal@8" or "duaal@Bouw".
    """

    doelen: tuple[str, ...]
    op: date
    max_jaren: int | None = None
    einddatum: date | None = None
    schooljaar: int | None = None
    werkplek_min: int | None = None
    werkplek_max: int | None = None
    contract: str = ""
    contexten: tuple[str, ...] | None = None
    werkplekken: tuple[Werkplek, ...] | None = None
    wegen: frozenset[Weg] | None = None
    stelsel: Literal["", "L", "M"] = ""
    klassenraad: bool = False
    vermijd: tuple[str, ...] = ()
    weging: Weging = Weging()
    k: int = 3
    horizon: int = 10
    grenzen: tuple[Besluitgrens, ...] = ()
    regels: Doelregel | None = None
