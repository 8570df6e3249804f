"""The rules of progression of Flemish secondary education as a table: what a programme asks, and where that is written.

Facts are words: ``graad1:A`` the first degree (stream A), ``jaar1:A`` its first year, ``graad2:DU`` the second degree
in a finality, ``ok:OK3`` an educational qualification of a level, ``leeftijd:15``, ``klassenraad`` a favourable
decision of the admission council. No rule compares a professional with an educational qualification: both are facts
and no more.
"""

from __future__ import annotations

import msgspec

from ..graph.catalogus import Programma
from .regelboom import Blad, Boom, Deel, alle, een_van
from .zinnen import Zin, zin, zinnen

WET = "Codex Secundair Onderwijs; omzendbrief SO/64"
TE_VERIFIEREN = f"algemene kennis, te verifiëren in: {WET}"
"""For rules that our sources do not state: they hold as an assumption until someone reads the page of the law."""
VKS = "https://vlaamsekwalificatiestructuur.be"
ERASMUS = "https://www.erasmushogeschool.be"
GRADUATEN: frozenset[str] = frozenset({"924"})
"""Basisverpleegkunde, the one programme of higher vocational education (OK 5) that the source offers."""
LEEFTIJDEN = (12, 15)
"""The ages that admission asks; each is a fact that becomes true in a school year."""
NAMEN = {
    sleutel.removeprefix("feit-"): woorden["nl"] for sleutel, woorden in zinnen().items() if sleutel.startswith("feit-")
}
"""By fact how it is called in Dutch."""


class Regel(msgspec.Struct, frozen=True):
    """For which programmes (an empty field is any) this tree is what admission asks, and by what source."""

    code: str
    eist: Deel
    bron: str
    graad: str = ""
    finaliteit: str = ""
    zevende: str = ""
    opleidingsvorm: str = ""
    programmas: frozenset[str] = frozenset()
    titel: str = ""

    def geldt_voor(self, programma: Programma) -> bool:
        """Whether this rule is about that programme."""
        if self.programmas:
            return programma.code in self.programmas
        if not programma.titel.startswith(self.titel):
            return False
        plaats = (programma.graad, programma.finaliteit, programma.zevende, programma.opleidingsvorm)
        return plaats == (self.graad, self.finaliteit, self.zevende, self.opleidingsvorm)


def blad(feit: str) -> Blad:
    """A leaf with the name of its fact."""
    return Blad(feit, NAMEN[feit])


def _met_klassenraad(gewoon: str, *andere: str) -> Boom:
    """The usual way in, or another finality with a favourable decision of the admission council."""
    rest = (alle(blad("klassenraad"), blad(feit)) for feit in andere)
    return een_van(blad(gewoon), *rest)


NA_OK3, NA_OK4 = blad("ok:OK3"), blad("ok:OK4")
TOELATING: tuple[Regel, ...] = (
    Regel("jaar1-a", een_van(blad("ok:OK1"), blad("klassenraad")), TE_VERIFIEREN, "1", titel="Eerste leerjaar A"),
    Regel("jaar1-b", blad("leeftijd:12"), TE_VERIFIEREN, "1", titel="Eerste leerjaar B"),
    Regel("jaar2-a", blad("jaar1:A"), TE_VERIFIEREN, "1", titel="Tweede leerjaar A"),
    Regel("jaar2-b", een_van(blad("jaar1:B"), blad("jaar1:A")), TE_VERIFIEREN, "1", titel="Tweede leerjaar B"),
    Regel("graad2-doorstroom", _met_klassenraad("graad1:A", "graad1:B"), TE_VERIFIEREN, "2", "DO"),
    Regel("graad2-dubbel", _met_klassenraad("graad1:A", "graad1:B"), TE_VERIFIEREN, "2", "DU"),
    Regel(
        "graad2-arbeidsmarkt",
        een_van(blad("graad1:A"), blad("graad1:B"), blad("leeftijd:15")),
        TE_VERIFIEREN,
        "2",
        "A",
    ),
    Regel("graad3-doorstroom", _met_klassenraad("graad2:DO", "graad2:A"), TE_VERIFIEREN, "3", "DO"),
    Regel("graad3-dubbel", _met_klassenraad("graad2:DU", "graad2:A"), TE_VERIFIEREN, "3", "DU"),
    Regel("graad3-arbeidsmarkt", blad("graad2:A"), TE_VERIFIEREN, "3", "A"),
    Regel("zevende-na-ok3", NA_OK3, VKS, "3", "", "NA_OK3"),
    Regel("zevende-na-ok4", NA_OK4, VKS, "3", "", "NA_OK4"),
    # The title of each of the six says after which OK it comes; only 731 comes after an OK 3 and gives an OK 4.
    Regel("voorbereidend-na-ok3", NA_OK3, VKS, programmas=frozenset({"731"})),
    Regel("voorbereidend-na-ok4", NA_OK4, VKS, "3", "", "VOORBEREIDING_HO"),
    # The dual specialisation years and Se-n-Se of before 1 September 2025; for plans and proofs of those days.
    Regel("specialisatiejaar", NA_OK3, TE_VERIFIEREN, "3", "", "BSO_TIJDELIJK"),
    Regel("se-n-se", NA_OK4, TE_VERIFIEREN, "3", "", "TSO_TIJDELIJK"),
    Regel("graduaat", blad("toegang:graduaat"), ERASMUS, programmas=GRADUATEN),
    Regel("buso-ov3", blad("buso:OV3"), "BVR 26-04-2019 (EDULEX-15778)", "", "A", "", "3"),
)
"""The first rule that is about a programme holds; a programme without a rule is not offered."""

AFLEIDINGEN: tuple[tuple[str, str, str], ...] = (
    ("leeftijd:15", "leeftijd:12", "wie 15 is, is ook 12"),
    ("graad2:DO", "graad2:DU", TE_VERIFIEREN),
    ("graad2:DU", "graad2:A", TE_VERIFIEREN),
    ("ok:OK3", "toegang:graduaat", ERASMUS),
    ("ok:OK4", "toegang:graduaat", ERASMUS),
    ("ok:OK4", "toegang:bachelor", ERASMUS),
)
"""What follows from a fact without any step: (from, to, source). OK 3 never opens a bachelor; OK 4 does."""

DUAAL_VANAF, DUAAL_TOT = 15, 25
"""Dual learning in secondary education: past full-time compulsory schooling, at most 25 (onderwijs.vlaanderen.be)."""
LEERPLICHT_TOT = 16
"""Full-time compulsory schooling ends at 15 after the first degree, at 16 without it."""


MEERDERJARIG = 18
"""Until this age who learns is of compulsory school age (general knowledge, te verifiëren: wet van 29 juni 1983)."""


class EvcStandaard(msgspec.Struct, frozen=True):
    """An EVC instrument; `reeks` is the line of the BK that its title names, empty where not exactly one fits."""

    code: str
    titel: str
    reeks: str = ""


EVC_BRON = "https://erkennenvanverworvencompetenties.be"
EVC_STANDAARDEN: tuple[EvcStandaard, ...] = (
    EvcStandaard("EVC-I-0001-1", "Reachtruckchauffeur"),
    EvcStandaard("EVC-I-0002-1", "Onderhoudsmecanicien"),
    EvcStandaard("EVC-I-0003-1", "Uitbener-uitsnijder", "BK-0056"),
    EvcStandaard("EVC-I-0004-1", "Heftruckchauffeur"),
    EvcStandaard("EVC-I-0005-1", "Gids"),
    EvcStandaard("EVC-I-0007-1", "Kinderbegeleider baby's en peuters", "BK-0269"),
    EvcStandaard("EVC-I-0008-1", "Kinderbegeleider schoolgaande kinderen", "BK-0270"),
)
"""EVC exists for a BK or DBK with such a standard and never for an OK (decreet 26-04-2019)."""


class Aanname(msgspec.Struct, frozen=True):
    """A number that the source does not give; shown with every answer that uses it."""

    code: str
    waarde: int
    tekst: Zin


def _aanname(code: str, waarde: int) -> Aanname:
    return Aanname(code, waarde, zin(f"aanname-{code}"))


UREN_PER_WEEK = _aanname("uren-per-week", 28)
WEKEN_PER_JAAR = _aanname("weken-per-jaar", 40)
AANLOOP_JAREN = _aanname("aanloop", 1)
GRADUAAT_JAREN = _aanname("graduaat-jaren", 3)
TOELATINGSREGELS = _aanname("toelatingsregels", sum(regel.bron == TE_VERIFIEREN for regel in TOELATING))
AANNAMES = (UREN_PER_WEEK, WEKEN_PER_JAAR, AANLOOP_JAREN, GRADUAAT_JAREN, TOELATINGSREGELS)


def regel_voor(programma: Programma) -> Regel | None:
    """The rule of admission of a programme; None where the table has none."""
    return next((regel for regel in TOELATING if regel.geldt_voor(programma)), None)


def duur(programma: Programma) -> int:
    """The school years that a programme takes: those the source names, or an assumption where it cannot say."""
    if programma.aanloop:
        return AANLOOP_JAREN.waarde
    return GRADUAAT_JAREN.waarde if programma.code in GRADUATEN else programma.leerjaren
