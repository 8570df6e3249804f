"""The values that the APIs use, as tables: what they say -> a concept of our code lists or a class of the ontology."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from ...graph.names import concept
from ...graph.vocabulary import LEER


@dataclass(frozen=True, slots=True)
class Codelijst:
    """A code list and how the source writes its codes; a value outside is a finding, never a guess."""

    naam: str
    waarden: Mapping[str, NamedNode]

    def term(self, value: str) -> NamedNode | None:
        """The concept for what the source says, None where the list does not have it."""
        return self.waarden.get(value)


def _lijst(naam: str, codes: str = "", **said: str) -> Codelijst:
    """A list whose codes stand as such in the source, and those that it says in other words."""
    waarden = {code: concept(naam, code) for code in codes.split()}
    return Codelijst(naam, waarden | {value: concept(naam, code) for value, code in said.items()})


def _woorden(naam: str, said: Mapping[str, str]) -> Codelijst:
    return Codelijst(naam, {value: concept(naam, code) for value, code in said.items()})


GRAAD = _lijst("graad", "1 2 3")
FINALITEIT = _lijst("finaliteit", "DO DU A")
ONDERWIJSVORM = _lijst("onderwijsvorm", "ASO TSO KSO BSO")
OPLEIDINGSVORM = _lijst("opleidingsvorm", "1 2 3 4")
ONDERWIJSNIVEAU = _woorden("onderwijsniveau", {"Secundair Onderwijs": "secundair-onderwijs"})
STUDIEDOMEIN = Codelijst(
    "studiedomein",
    {str(n): concept("studiedomein", str(n)) for n in range(1, 9)}
    | {"9": concept("studiedomein", "DOMEINOVERSCHRIJDEND")},
)
ZEVENDE = _lijst("soort-zevende-leerjaar", "NA_OK3 NA_OK4 BSO_TIJDELIJK TSO_TIJDELIJK VOORBEREIDING_HO")
HOOFDSTRUCTUUR = _lijst("hoofdstructuur", "311 312 315 321")
ONDERWIJSSTELSEL = _lijst("onderwijsstelsel", "L M")
INSTELLINGSTYPE = _lijst("instellingstype", "121 122 123 125 126")
STATUS = _lijst("status", "ERKEND NIET_ERKEND GEANNULEERD")
CONTRACTSOORT = _lijst("contractsoort", "OAO SOAO DAO")
WERKPLEK = _woorden(
    "werkplekcomponent",
    {
        "Min. 20 opleidingsuren": "min-20",
        "Opleidingsuren onbepaald in bereik 14-19/week": "14-19",
        "Afwijkende Werkplekcomponent door Vlaamse regering": "afwijking-regering",
        "Afwijkende Werkplekcomponent Zeevisserij": "afwijking-zeevisserij",
    },
)
CATEGORIE = _lijst("categorie", Diploma="diploma", Getuigschrift="getuigschrift", Bewijs="bewijs", Attest="attest")
INSTAPREGEL = _lijst("instapregel", "VIA_1_VAN_DE_BEWIJZEN VIA_ALLE_BEWIJZEN GEEN_BEWIJS")
CONTEXTREGEL = _lijst("contextregel", "EXACT MINSTENS")
TRAJECTTYPE = _lijst(
    "trajecttype",
    "DUAAL_OK2 DUAAL_OK3 DUAAL_OK4 DUAAL_BUSO_OV4_V_OK2 DUAAL_BUSO_OV4_V_OK3 DUAAL_BUSO_OV4_V_OK4 DUAAL_BUSO_OV3 "
    "DUAAL_BUSO_OV3_KWALIFICATIEFASE DUAAL_BUSO_OV3_INTEGRATIEFASE BUSO_OV3_OPLEIDINGSFASE "
    "BUSO_OV3_KWALIFICATIEFASE BUSO_OV3_INTEGRATIEFASE",
)
KENNISDIEPTE = _woorden(
    "kennisdiepte", {"Basiskennis": "basiskennis", "Kennis": "kennis", "Grondige kennis": "grondige-kennis"}
)
VAARDIGHEIDSSOORT = _woorden(
    "vaardigheidssoort",
    {
        "Cognitieve vaardigheden": "cognitief",
        "Motorische vaardigheden": "motorisch",
        "Probleemoplossende vaardigheden": "probleemoplossend",
    },
)
AUTONOMIESOORT = _woorden(
    "autonomiesoort",
    {
        "Is zelfstandig in": "is-zelfstandig-in",
        "Is gebonden aan": "is-gebonden-aan",
        "Doet beroep op": "doet-beroep-op",
    },
)
ATTESTSOORT = _woorden("attestsoort", {"Wettelijk attest": "wettelijk", "Bijkomend attest": "bijkomend"})
DOELSOORT = _woorden(
    "doelsoort",
    {
        "Eindterm": "eindterm",
        "Specifieke eindterm": "specifieke-eindterm",
        "Minimumdoel": "minimumdoel",
        "Ontwikkelingsdoel": "ontwikkelingsdoel",
        "Cesuurdoel": "cesuurdoel",
        "Basiscompetentie": "basiscompetentie",
        "Eindterm basisgeletterdheid": "eindterm-basisgeletterdheid",
        "Uitbreidingsdoel": "uitbreidingsdoel",
    },
)

VOLLEDIGHEID = {
    "Volledig": LEER.bevatVolledig,
    "Gedeeltelijk (enkel competenties)": LEER.bevatGedeeltelijk,
}
"""In full, or the competences only; the second gives no bewijs of that beroepskwalificatie (domain.md, fact 3)."""

BEWIJSKLASSEN = (
    ("Bewijs van beroepskwalificatie", LEER.BewijsVanBeroepskwalificatie),
    ("Bewijs van deelkwalificatie", LEER.BewijsVanDeelkwalificatie),
    ("Bewijs van competenties", LEER.BewijsVanCompetenties),
    ("Bewijs van slagen voor de basisvorming", LEER.BewijsBasisvorming),
    ("Diploma", LEER.Diploma),
    ("Getuigschrift", LEER.Getuigschrift),
)
"""How a `led_bewijstype` begins -> the class of the studiebewijs; an Attest stays a plain Studiebewijs."""

TRAJECTSOORTEN = {
    "Standaardtraject": ("standaardtraject", LEER.Standaardtraject),
    "Opleidingsprofiel": ("opleidingsprofiel", LEER.Opleidingsprofiel),
}

UREN = {"min-20": (20, None), "14-19": (14, 19)}
"""Hours a week on the work floor, least and most, that a kind of workplace component fixes (decreet 10-06-2016)."""
