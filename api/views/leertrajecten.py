"""The planner: a form, the leertrajecten side by side, a time line with its table, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ...pathways.afleiding import afleiding_van
from ...pathways.leerling import Weg, Wens
from ...pathways.leertraject import Antwoord, Leertraject, Omweg
from ..pages import Page
from ..svg_afleiding import afleidingstekening
from ..svg_tijdlijn import tijdlijn

BASIS = ("doel", "heeft", "leeftijd", "op")
MEER = (
    "maxDuur", "einde", "schooljaar", "werkplekMin", "werkplekMax", "contract", "arbeidsrijp", "arbeidsbereid",
    "leerplichtVoorbij", "taalondersteuning", "aanpassingWerkpost", "klassenraad", "buso", "regio", "urenPerWeek",
    "ervaring", "weg", "werkplek", "context", "vrijstelling", "vermijd",
    "stelsel", "weging", "regels", "k",
)  # fmt: skip
VELDEN = (*BASIS, *MEER)
VOORBEELDEN = (
    ("Fietstechnicus worden na de tweede graad", {"doel": "BK-0480", "heeft": "graad2:A", "leeftijd": "16"}),
    (
        "Bakker worden met een bewijs van medewerker bakkerij",
        {"doel": "BK-0019", "heeft": "BK-0018-3", "leeftijd": "18"},
    ),
    ("Een diploma secundair onderwijs via duaal leren", {"doel": "OK3", "heeft": "graad2:A", "werkplekMin": "20"}),
)


VORMEN = (
    "bewijs van beroepskwalificatie {naam}",
    "bewijs {naam}",
    "certificaat {naam}",
    "ervaring als {naam}",
    "EVC-traject {naam}",
    "stap {naam}",
    "een duale opleiding in studiedomein {naam}",
    "een duale opleiding in {naam}",
    "beroepscompetentieprofiel {naam}",
    "competentie {naam}",
)
"""How conditions and steps are named around a title of the source; the longer form first."""
WOORDEN = (
    "klaar voor de werkplek",
    "vrijstelling van de toelatingsvoorwaarden",
    "leerling",
    "vrijstelling",
    "ervaring",
    "aangenomen",
    "altijd",
    "alle doelen",
)


IN_DOMEIN = re.compile(r"(?P<naam>onderwijskwalificatie niveau \d) in studiedomein (?P<domein>.+)")


def plannerpagina(
    page: Page,
    velden: Mapping[str, str],
    wens: Wens,
    antwoord: Antwoord | None,
    keuzes: Sequence[tuple[str, str]],
    fout: str = "",
) -> bytes:
    """The form with what was asked, and the answer where there is one."""

    def in_taal(naam: str) -> str:
        return gezegd(page, naam)

    values = {
        "velden": {**dict.fromkeys(VELDEN, ""), "op": wens.op.isoformat(), **velden},
        "antwoord": antwoord,
        "keuzes": keuzes,
        "fout": fout,
        "voorbeelden": [(page._(titel), vraag) for titel, vraag in VOORBEELDEN],
        "tekening": lambda traject: tijdlijn(
            traject, page._("Tijdlijn; dezelfde gegevens staan in de tabel hieronder."), in_taal
        ),
        "afleiding": lambda traject: afleidingstekening(
            afleiding_van(traject, in_taal), page._("Afleiding; dezelfde gegevens staan in de tabel hierboven.")
        ),
        "meer_gevraagd": any(velden.get(naam) for naam in MEER),
        "wegen": [weg.value for weg in Weg],
        "omweg": lambda omweg: zonder(page, omweg),
        "gezegd": in_taal,
        "criteria": criteria(page, antwoord.leertrajecten) if antwoord else [],
    }
    return page.html("leertrajecten.html", values)


def gezegd(page: Page, naam: str) -> str:
    """A name of an answer in the language of the page; the title of the source in it stays as it is."""
    if (waar := IN_DOMEIN.fullmatch(naam)) is not None:
        return page._("{naam} in studiedomein {domein}", naam=page._(waar["naam"]), domein=waar["domein"])
    for vorm in VORMEN:
        begin = vorm.removesuffix("{naam}")
        if naam.startswith(begin):
            return page._(vorm, naam=naam.removeprefix(begin))
    return page._(naam)


def criteria(page: Page, trajecten: Sequence[Leertraject]) -> list[tuple[str, list[str], int | None]]:
    """What the leertrajecten are compared on: name, a value for each, and which is best (None where none is)."""
    rows: list[tuple[str, list[int]]] = [
        (page._("Schooljaren"), [each.schooljaren for each in trajecten]),
        (page._("Contacturen"), [each.contacturen for each in trajecten]),
        (page._("Uren buiten de werkvloer"), [each.buiten_werkvloer for each in trajecten]),
        (page._("Inschrijvingen"), [each.inschrijvingen for each in trajecten]),
    ]
    shown: list[tuple[str, list[str], int | None]] = [
        (naam, [page.getal(value) for value in values], _least(values)) for naam, values in rows
    ]
    delen = [f"{round(100 * each.aandeel_werkvloer)} %" for each in trajecten]
    return [*shown, (page._("Minstens op de werkvloer"), delen, None)]


def _least(values: Sequence[int]) -> int | None:
    """The place of the one value that is least; None where several are, or where it is the only one."""
    least = min(values, default=0)
    return values.index(least) if len(values) > 1 and list(values).count(least) == 1 else None


def zonder(page: Page, omweg: Omweg) -> str:
    """What the best way without a step costs more, in words."""
    if omweg.onmisbaar:
        return page._("onmisbaar: zonder deze stap is er geen leertraject")
    if not omweg.bewezen:
        between = {"minst": page.getal(omweg.ondergrens), "meest": page.getal(omweg.gewicht)}
        return page._("zonder deze stap: tussen {minst} en {meest} zwaarder; de tijd was op", **between)
    if not omweg.gewicht:
        return page._("zonder deze stap kan het minstens even licht")
    more = [
        _schooljaren(page, omweg.schooljaren) if omweg.schooljaren > 0 else "",
        page._("{aantal} contacturen", aantal=page.getal(omweg.contacturen)) if omweg.contacturen > 0 else "",
        _buiten(page, omweg.buiten_werkvloer) if omweg.buiten_werkvloer > 0 else "",
        _inschrijvingen(page, omweg.inschrijvingen) if omweg.inschrijvingen > 0 else "",
    ]
    return page._("zonder deze stap: {verschil} meer", verschil=", ".join(part for part in more if part))


def _buiten(page: Page, uren: int) -> str:
    return page._("{aantal} uur buiten de werkvloer", aantal=page.getal(uren))


def _schooljaren(page: Page, aantal: int) -> str:
    """So many school years, or one."""
    return page._("1 schooljaar") if aantal == 1 else page._("{aantal} schooljaren", aantal=aantal)


def _inschrijvingen(page: Page, aantal: int) -> str:
    return page._("1 inschrijving") if aantal == 1 else page._("{aantal} inschrijvingen", aantal=aantal)
