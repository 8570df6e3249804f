"""A leertraject: a dated sequence of steps, each with every condition and by what it is met, and what it earns."""

from __future__ import annotations

from datetime import date

import msgspec

from .doorstroomregels import AANNAMES, Aanname
from .handelingen import Verdiend
from .zinnen import Zin, zin

REGELSET = "leertraject-1"


class Voldaan(msgspec.Struct, frozen=True):
    """One condition of admission and by what it is met: a code that is held, or "stap N"."""

    feit: str
    naam: str
    door: str


class Ander(msgspec.Struct, frozen=True):
    """Another step that would do here, at the same cost and on the same date."""

    code: str
    naam: str
    programma: str
    begin: str


class Omweg(msgspec.Struct, frozen=True):
    """What the best way without a step costs more; `onmisbaar` when there is none.

    It weighs from `ondergrens` to `gewicht` more. Where these differ time was up, and the rest compares the ways found.
    """

    onmisbaar: bool
    schooljaren: int = 0
    contacturen: int = 0
    buiten_werkvloer: int = 0
    inschrijvingen: int = 0
    gewicht: int = 0
    ondergrens: int = 0

    @property
    def bewezen(self) -> bool:
        """Whether it is exactly this much."""
        return self.ondergrens == self.gewicht


class Uren(msgspec.Struct, frozen=True):
    """Hours: a week on the work floor as the contract says, and of the whole step by the assumption on weeks."""

    werkplek_min: int | None
    werkplek_max: int | None
    contacturen: int
    buiten_werkvloer: int


class Onzekerheid(msgspec.Struct, frozen=True):
    """What no data can settle about a step; `code` is the key of its sentence in ontology/zinnen.json."""

    code: str
    tekst: Zin


DEEL_VAN_GEHEEL = "deel-van-geheel"
"""Admission asks the proof of a DBK, and the whole BK that it is a part of is held."""


def onzeker(code: str, /, **woorden: object) -> Onzekerheid:
    """An uncertainty in every language, with the words of its sentence filled in."""
    return Onzekerheid(code, zin(code, **woorden))


class Stap(msgspec.Struct, frozen=True):
    """One step. `erkenning` holds at the begin, `bekrachtigd_door` awards; both are the same but in a transition.

    `deelbewijzen` are for who completes a part only; of `enkel_competenties` (BKs) competences are proved, no more.
    """

    nr: int
    soort: str
    code: str
    naam: str
    programma: str
    erkenning: str
    bekrachtigd_door: str
    erkenning_iri: str
    bekrachtigd_iri: str
    begin: date
    einde: date
    schooljaren: int
    duaal: bool
    contract: str
    uren: Uren
    toelating: tuple[Voldaan, ...]
    bewijzen: tuple[Verdiend, ...]
    onzeker: tuple[Onzekerheid, ...]
    alternatieven: tuple[Ander, ...] = ()
    omweg: Omweg | None = None
    bron: str = ""
    stelsels: tuple[str, ...] = ()
    deelbewijzen: tuple[Verdiend, ...] = ()
    enkel_competenties: tuple[str, ...] = ()

    @property
    def kwalificatiebewijzen(self) -> tuple[Verdiend, ...]:
        """The proofs of a BK, DBK or OK: each a success of its own."""
        return tuple(bewijs for bewijs in self.bewijzen if bewijs.feiten)


class Leertraject(msgspec.Struct, frozen=True):
    """One way. `pareto`: nothing is better in one of the four criteria without being worse in another."""

    stappen: tuple[Stap, ...]
    begin: date
    einde: date
    schooljaren: int
    contacturen: int
    buiten_werkvloer: int
    inschrijvingen: int
    gewicht: int
    pareto: bool

    @property
    def aandeel_werkvloer(self) -> float:
        """The least share of the contact hours that is on the work floor; reported, never a criterion."""
        return 1 - self.buiten_werkvloer / self.contacturen if self.contacturen else 0.0

    @property
    def doorlooptijd_maanden(self) -> int:
        """Elapsed time in whole months from the day of the first step to the end of the last."""
        return (self.einde.year - self.begin.year) * 12 + self.einde.month - self.begin.month + 1


class Mijlpaal(msgspec.Struct, frozen=True):
    """At least one of these is done, whatever is chosen; `prijs` is what it adds to the bound."""

    prijs: int
    keuzes: tuple[Ander, ...]
    tekst: dict[str, str]


class Zekerheid(msgspec.Struct, frozen=True):
    """The certificate of the lowest weight: what was found, what is proved from below, and by which milestones.

    `door` says what proves it: "mijlpalen", "oplosser" where these explain a part, "kalender" where waiting for an age
    or a school year makes the rest, so that every dated way was searched, or "" where it is not proved.
    """

    gewicht: int
    ondergrens: int
    bewezen: bool
    door: str
    mijlpalen: tuple[Mijlpaal, ...]
    tekst: dict[str, str]


class Conflictdeel(msgspec.Struct, frozen=True):
    """One condition of a minimal conflict."""

    voorwaarde: str
    waarde: str
    tekst: dict[str, str]


class Voorstel(msgspec.Struct, frozen=True):
    """A change of one or more conditions after which there is a way; a value of "" lifts its condition."""

    voorwaarden: tuple[str, ...]
    waarden: tuple[str, ...]
    tekst: dict[str, str]
    begin: date | None = None
    einde: date | None = None


class Onhaalbaar(msgspec.Struct, frozen=True):
    """Why there is none: conditions that conflict, each of which is needed for it, and the nearest changes.

    Not `minimaal`: the time was up before each was proved to be needed. Not `alles_geprobeerd`: a change that helps may
    be missing, a nearer one too, and an end may not be the earliest.
    """

    conflict: tuple[Conflictdeel, ...]
    voorstellen: tuple[Voorstel, ...]
    minimaal: bool = True
    reden: dict[str, str] = {}
    alles_geprobeerd: bool = True

    @property
    def elk_volstaat(self) -> bool:
        """Whether changing any one of the conditions is enough."""
        alleen = {each.voorwaarden[0] for each in self.voorstellen if len(each.voorwaarden) == 1}
        return alleen >= {each.voorwaarde for each in self.conflict}


class Onbeslist(msgspec.Struct, frozen=True):
    """The time was up before there was a way, and before it was proved that there is none; one takes at least so long.

    Its interval runs from `schooljaren` to the horizon of the question.
    """

    schooljaren: int
    tekst: dict[str, str]


class Antwoord(msgspec.Struct, frozen=True):
    """The answer to one question. `volledig`: no Pareto-optimal vector is missing, and no detour is an interval.

    `beste_volledig`: of the k lightest beside those none is missing; ways differ by degree, years and hours.
    """

    release: int
    datum: date
    heeft: tuple[str, ...]
    doelen: tuple[str, ...]
    doelnaam: str
    doelfeiten: tuple[tuple[str, ...], ...]
    leertrajecten: tuple[Leertraject, ...]
    volledig: bool
    zekerheid: Zekerheid | None = None
    onhaalbaar: Onhaalbaar | None = None
    al_bereikt: bool = False
    aannames: tuple[Aanname, ...] = AANNAMES
    regelset: str = REGELSET
    beste_volledig: bool = True
    onbeslist: Onbeslist | None = None
