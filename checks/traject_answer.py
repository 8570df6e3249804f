"""What a downloaded leertraject must look like before its evidence is worth checking."""

from __future__ import annotations

from datetime import date

import msgspec


class Met(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A condition of admission and by what it is met."""

    feit: str
    naam: str
    door: str


class Earned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A proof that a step earns."""

    iri: str
    naam: str
    soort: str
    feiten: list[str]


class Other(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another step of the same cost, or a choice of a milestone."""

    code: str
    naam: str
    programma: str
    begin: str


class Detour(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the best way without a step costs more: its weight from `ondergrens` to `gewicht`."""

    onmisbaar: bool
    schooljaren: int
    contacturen: int
    buiten_werkvloer: int
    inschrijvingen: int
    gewicht: int
    ondergrens: int


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hours of a step."""

    werkplek_min: int | None
    werkplek_max: int | None
    contacturen: int
    buiten_werkvloer: int


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An object: an IRI or the text of a literal."""

    id: str | None = None
    value: str | None = msgspec.field(default=None, name="@value")


class Triple(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A triple that a step cites."""

    subject: str
    predicate: str
    object: Term


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="Stap", tag_field="type"):
    """One step."""

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
    uren: Hours
    toelating: list[Met]
    bewijzen: list[Earned]
    onzeker: list[Uncertain]
    alternatieven: list[Other]
    omweg: Detour | None
    bron: str
    stelsels: list[str]
    deelbewijzen: list[Earned]
    enkel_competenties: list[str]
    evidence: list[Triple]


class Way(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="Leertraject", tag_field="type"):
    """One leertraject."""

    begin: date
    einde: date
    schooljaren: int
    contacturen: int
    buiten_werkvloer: int
    inschrijvingen: int
    gewicht: int
    pareto: bool
    aandeel_werkvloer: float
    doorlooptijd_maanden: int
    stappen: list[Step]


class Milestone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At least one of these steps is in every way."""

    prijs: int
    keuzes: list[Other]
    tekst: dict[str, str]


class Certificate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The least weight and what is proved of it."""

    gewicht: int
    ondergrens: int
    bewezen: bool
    door: str
    mijlpalen: list[Milestone]
    tekst: dict[str, str]


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a criterion weighs."""

    schooljaar: int
    contact: int
    buiten: int
    inschrijving: int


class Exemption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An exemption on record."""

    id: str
    actor: str
    rol: str
    omvang: str
    evidence: str
    vervalt: date | None


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A work place that the question names."""

    regio: str
    studiedomein: str
    contexten: list[str]
    uren: int | None
    activiteiten: list[str] = []


class Learner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The learner of the question."""

    heeft: list[str]
    leeftijd: int | None
    leerplicht_voorbij: bool | None
    arbeidsrijp: bool | None
    arbeidsbereid: bool | None
    taalondersteuning: bool
    aanpassing_werkpost: bool
    buso: bool
    regio: str
    uren_per_week: int | None
    ervaring: list[str]
    vrijstellingen: list[Exemption]


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What sectors ratified on a programme: why it cannot be dual, and what must be learned on the work floor."""

    programma: str
    reden: str
    moet: list[str] = []


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule of what must be reached; a part is a rule or a code."""

    code: str = ""
    gelijk: list[str] = []
    delen: list[str | Rule] = []
    minstens: int | None = None
    hoogstens: int | None = None
    uren: int | None = None
    uren_minstens: int = 0
    uren_hoogstens: int | None = None
    niet_samen: list[list[str]] = []
    rol: str = ""
    naam: str = ""


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The goals and limits of the question."""

    doelen: list[str]
    op: date
    max_jaren: int | None
    einddatum: date | None
    schooljaar: int | None
    werkplek_min: int | None
    werkplek_max: int | None
    contract: str
    contexten: list[str] | None
    werkplekken: list[Place] | None
    wegen: list[str] | None
    stelsel: str
    klassenraad: bool
    vermijd: list[str]
    weging: Weights
    k: int
    horizon: int
    grenzen: list[Limit] = []
    regels: Rule | None = None


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who asks what."""

    leerling: Learner
    wens: Wish


class Uncertain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What no data can settle."""

    code: str
    tekst: dict[str, str]


class Assumption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number that no source gives."""

    code: str
    waarde: int
    tekst: dict[str, str]


class Conflicting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A condition of a conflict."""

    voorwaarde: str
    waarde: str
    tekst: dict[str, str]


class Proposal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A change that makes a way."""

    voorwaarden: list[str]
    waarden: list[str]
    tekst: dict[str, str]
    einde: date | None


class Impossible(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why there is no way."""

    conflict: list[Conflicting]
    voorstellen: list[Proposal]
    minimaal: bool
    reden: dict[str, str]


class Undecided(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The time was up: what a way takes at least, if there is one."""

    schooljaren: int
    tekst: dict[str, str]


class Ways(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="Leertrajecten", tag_field="type"):
    """An answer: ways, or why there is none."""

    id: str
    release: int
    graaf: str
    regelset: str
    datum: date
    vraag: Question
    al_bereikt: bool
    volledig: bool
    beste_volledig: bool
    doelfeiten: list[list[str]]
    aannames: list[Assumption]
    leertrajecten: list[Way]
    zekerheid: Certificate | None = None
    onhaalbaar: Impossible | None = None
    onbeslist: Undecided | None = None
