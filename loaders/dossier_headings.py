"""The headings of dossiers, old and new, as a table: what each opens. A heading that is not here is told, not guessed.

Source: domain research, section 2.4; the old ones are those of the decrees of 2010–2019.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kop:
    """What a heading opens: a part of the dossier, and the kind that the items under it are of.

    `veld` tells that its value may stand behind a colon on the same line, `sub` that it may stand as a list item.
    """

    deel: str
    soort: str = ""
    veld: bool = False
    sub: bool = False


COGNITIEF, MOTORISCH = "Cognitieve vaardigheden", "Motorische vaardigheden"
PROBLEEMOPLOSSEND = "Probleemoplossende vaardigheden"
DIEPTEN = ("Basiskennis", "Kennis", "Grondige kennis")
BASIS, SPECIFIEK, VAKSPECIFIEK = "Basisactiviteit", "Specifieke activiteit", "Vakspecifieke competentie"
_BESCHRIJVING = "beschrijving van de {} aan de hand van de descriptorelementen"

KOPPEN: dict[str, Kop] = {
    "globaal": Kop("globaal"),
    "titel": Kop("titel", veld=True),
    "toelichting bij de titel": Kop("titel_toelichting", veld=True),
    "titel toelichting": Kop("titel_toelichting", veld=True),
    "definitie": Kop("definitie", veld=True),
    "korte omschrijving": Kop("omschrijving_kort", veld=True),
    "extra informatie": Kop("extra_info", veld=True),
    "niveau": Kop("vks_niveau", veld=True),
    "vks-niveau": Kop("vks_niveau", veld=True),
    "jaartal": Kop("erkenningsjaar", veld=True),
    "erkenningsjaar": Kop("erkenningsjaar", veld=True),
    "erkenningsdatum": Kop("erkenningsdatum", veld=True),
    "einddatum": Kop("einddatum", veld=True),
    "laatste wijziging": Kop("laatste_wijzigingsdatum", veld=True),
    "status": Kop("status", veld=True),
    "nummer": Kop("versie_nr_lang", veld=True),
    "dossiernummer": Kop("versie_nr_lang", veld=True),
    "synoniemen": Kop("synoniemen"),
    "domein": Kop("domeinen"),
    "domeinen": Kop("domeinen"),
    "competenties": Kop("competenties", VAKSPECIFIEK),
    "opsomming competenties": Kop("competenties", VAKSPECIFIEK),
    "opsomming van de competenties": Kop("competenties", VAKSPECIFIEK),
    "vakspecifieke competenties": Kop("competenties", VAKSPECIFIEK),
    "basisactiviteiten": Kop("competenties", BASIS),
    "specifieke activiteiten": Kop("competenties", SPECIFIEK),
    _BESCHRIJVING.format("competenties"): Kop("beschrijving"),
    _BESCHRIJVING.format("activiteiten"): Kop("beschrijving"),
    _BESCHRIJVING.format("competenties/activiteiten"): Kop("beschrijving"),
    "vaardigheden": Kop("vaardigheden"),
    "cognitieve vaardigheden": Kop("vaardigheden", COGNITIEF, sub=True),
    "motorische vaardigheden": Kop("vaardigheden", MOTORISCH, sub=True),
    "probleemoplossende vaardigheden": Kop("vaardigheden", PROBLEEMOPLOSSEND, sub=True),
    "kennis": Kop("kennis", sub=True),
    "basiskennis": Kop("kennis", "Basiskennis", sub=True),
    "grondige kennis": Kop("kennis", "Grondige kennis", sub=True),
    "voetnoot": Kop("voetnoot", veld=True),
    "omgevingscontext": Kop("omgevingscontext"),
    "handelingscontext": Kop("handelingscontext"),
    "context": Kop("globaal"),
    "autonomie": Kop("autonomie"),
    "is zelfstandig in": Kop("autonomie", "Is zelfstandig in", sub=True),
    "is gebonden aan": Kop("autonomie", "Is gebonden aan", sub=True),
    "doet beroep op": Kop("autonomie", "Doet beroep op", sub=True),
    "verantwoordelijkheid": Kop("verantwoordelijkheid"),
    "vereiste attesten": Kop("attesten"),
    "attesten": Kop("attesten"),
    "wettelijke attesten": Kop("attesten", "Wettelijk attest", sub=True),
    "wettelijk attest": Kop("attesten", "Wettelijk attest", sub=True),
    "bijkomende attesten": Kop("attesten", "Bijkomend attest", sub=True),
    "bijkomend attest": Kop("attesten", "Bijkomend attest", sub=True),
    "regelgeving": Kop("regelgeving", veld=True),
    "samenhang": Kop("globaal"),
    "deelkwalificaties": Kop("deelkwalificaties"),
    "arbeidsmarktinformatie": Kop("niet-overgenomen"),
}

NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?|[a-z][.)])\s+")
COMPETENTIE = re.compile(r"^(?:competentie\s+)?(\d{1,3})\s*[.):]\s*(?=\S)", re.IGNORECASE)
"""How a competence of the new layout begins: "3. …" or "Competentie 3: …"."""


def heading(text: str, *, bullet: bool = False) -> tuple[Kop, str] | None:
    """The heading that a line is, and the value behind its colon; None where it is none that we know.

    >>> heading("2.2.1 KENNIS")
    (Kop(deel='kennis', soort='', veld=False, sub=True), '')
    >>> heading("Niveau: 4")[1]
    '4'
    """
    bare = NUMBERING.sub("", text, count=1).strip()
    name, colon, value = bare.partition(":")
    kop = KOPPEN.get(name.strip().casefold())
    if kop is None or (bullet and not kop.sub) or (colon and value.strip() and not kop.veld):
        return None
    return kop, value.strip()


def looks_like_heading(text: str) -> bool:
    """Whether a line that is no known heading still looks like one: all capitals, or short and ending in a colon.

    >>> looks_like_heading("DIEPGAANDE KENNIS"), looks_like_heading("Diepgaande kennis:"), looks_like_heading("HACCP")
    (True, True, False)
    """
    letters = [letter for letter in text if letter.isalpha()]
    capitals = len(letters) > 6 and all(letter.isupper() for letter in letters)
    return capitals or (text.endswith(":") and len(text) <= 60)
