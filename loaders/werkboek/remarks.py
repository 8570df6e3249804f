"""What the reader has to say about a cell: every text in one table, in Dutch and in English, with the remedy."""

from __future__ import annotations

from typing import NamedTuple

from ...graph.statements import Finding, Place, Severity


class _Remark(NamedTuple):
    severity: Severity
    nl: str
    en: str
    remedie: str
    remedy: str


_V, _W, _I = Severity.VIOLATION, Severity.WARNING, Severity.INFO

_REMARKS = {
    "onbekend-blad": _Remark(
        _W,
        "Het blad '{value}' is onbekend en wordt niet gelezen.",
        "Sheet '{value}' is unknown and is not read.",
        "Bedoelt u '{near}'? Geef het blad dan die naam.",
        "Do you mean '{near}'? Then give the sheet that name.",
    ),
    "kolom-ontbreekt": _Remark(
        _V,
        "De kolom '{column}' ontbreekt.",
        "Column '{column}' is missing.",
        "Voeg de kolom toe of hernoem '{near}'.",
        "Add the column or rename '{near}'.",
    ),
    "onbekende-kolom": _Remark(
        _W,
        "De kolom '{value}' is onbekend en wordt niet gelezen.",
        "Column '{value}' is unknown and is not read.",
        "Bedoelt u '{near}'? Geef de kolom dan die kop.",
        "Do you mean '{near}'? Then give the column that header.",
    ),
    "dubbele-kolom": _Remark(
        _V,
        "De kolom '{value}' staat er twee keer.",
        "Column '{value}' is there twice.",
        "Verwijder een van beide kolommen.",
        "Remove one of the two columns.",
    ),
    "leeg": _Remark(
        _V,
        "'{column}' is verplicht maar leeg.",
        "'{column}' is required but empty.",
        "Vul de cel in of verwijder de rij.",
        "Fill in the cell or remove the row.",
    ),
    "samengevoegd": _Remark(
        _V,
        "Deze cellen zijn samengevoegd ({value}).",
        "These cells are merged ({value}).",
        "Maak de samenvoeging ongedaan en vul elke cel in.",
        "Unmerge them and fill in every cell.",
    ),
    "formule-zonder-waarde": _Remark(
        _V,
        "Deze formule heeft geen berekende waarde in het bestand.",
        "This formula has no calculated value in the file.",
        "Open het bestand in een rekenblad en bewaar het opnieuw, of plak de waarde.",
        "Open the file in a spreadsheet and save it again, or paste the value.",
    ),
    "foutwaarde": _Remark(
        _V,
        "Deze cel bevat de fout {value}.",
        "This cell holds the error {value}.",
        "Verbeter de formule of vul de waarde in.",
        "Correct the formula or fill in the value.",
    ),
    "geen-tekst": _Remark(
        _V,
        "'{value}' is geen tekst.",
        "'{value}' is not a text.",
        "Vul '{column}' in als tekst.",
        "Fill in '{column}' as text.",
    ),
    "getal-als-tekst": _Remark(
        _W,
        "'{column}' is een tekst, maar de cel bevat het getal {value}; nullen vooraan zijn dan verloren.",
        "'{column}' is a text but the cell holds the number {value}; leading zeros are then lost.",
        "Zet de celeigenschap op 'Tekst' en controleer de waarde.",
        "Format the cell as 'Text' and check the value.",
    ),
    "geen-getal": _Remark(
        _V,
        "'{value}' is geen geheel getal vanaf 1.",
        "'{value}' is not a whole number from 1.",
        "Vul in '{column}' een geheel getal in.",
        "Fill in a whole number in '{column}'.",
    ),
    "geen-datum": _Remark(
        _V,
        "'{value}' is geen datum.",
        "'{value}' is not a date.",
        "Schrijf dag/maand/jaar (1/09/2026) of jaar-maand-dag (2026-09-01).",
        "Write day/month/year (1/09/2026) or year-month-day (2026-09-01).",
    ),
    "geen-keuze": _Remark(
        _V,
        "'{value}' staat niet in de lijst van '{column}'.",
        "'{value}' is not in the list of '{column}'.",
        "Kies een waarde uit de lijst; het dichtst bij ligt '{near}'.",
        "Choose a value from the list; the nearest is '{near}'.",
    ),
    "patroon": _Remark(
        _V,
        "'{value}' heeft niet de vorm van '{column}'.",
        "'{value}' does not have the form of '{column}'.",
        "Schrijf het zoals {near}.",
        "Write it like {near}.",
    ),
    "dubbele-code": _Remark(
        _V,
        "'{value}' staat ook in {near}.",
        "'{value}' is also in {near}.",
        "Geef elke rij een eigen code of nummer, of verwijder de dubbele rij.",
        "Give each row a code or number of its own, or remove the double row.",
    ),
    "onbekende-ouder": _Remark(
        _V,
        "'{value}' staat niet in {column}.",
        "'{value}' is not in {column}.",
        "Voeg de rij toe of verbeter de code; het dichtst bij ligt '{near}'.",
        "Add the row or correct the code; the nearest is '{near}'.",
    ),
    "onbekende-code": _Remark(
        _W,
        "'{value}' staat niet in dit werkboek en niet in de release ({column}).",
        "'{value}' is not in this workbook and not in the release ({column}).",
        "Verbeter de code of laad de bron die ze bevat; het dichtst bij ligt '{near}'.",
        "Correct the code or load the source that has it; the nearest is '{near}'.",
    ),
    "domein": _Remark(
        _V,
        "'{value}' is geen pad van domeinen.",
        "'{value}' is not a path of domains.",
        "Schrijf namen met ' > ' ertussen, bv. Voeding > Bakkerij.",
        "Write names with ' > ' between them, e.g. Voeding > Bakkerij.",
    ),
    "spaties": _Remark(
        _W,
        "'{column}' heeft onzichtbare spaties vooraan of achteraan; ze zijn weggelaten.",
        "'{column}' has hidden blanks before or after it; they were left out.",
        "Verwijder de spaties.",
        "Remove the blanks.",
    ),
    "herhaling": _Remark(
        _W,
        "'{value}' staat twee keer in dezelfde cel; het telt één keer.",
        "'{value}' is twice in the same cell; it counts once.",
        "Verwijder de herhaling.",
        "Remove the repetition.",
    ),
    "stuurteken": _Remark(
        _V,
        "De tekst bevat het onzichtbare stuurteken {value}.",
        "The text holds the invisible control character {value}.",
        "Typ de tekst opnieuw of plak ze zonder opmaak.",
        "Type the text again or paste it without layout.",
    ),
}


def remark(rule: str, place: Place, *, value: str = "", column: str = "", near: str = "", subject: str = "") -> Finding:
    """The finding of that rule; without a nearest candidate the remedy stops before it.

    >>> remark("geen-keuze", Place("mijn.xlsx", "Kennis!C4"), value="Basis", column="Diepte").remedy["nl"]
    'Kies een waarde uit de lijst.'
    """
    words = _REMARKS[rule]
    fill = {"value": _short(value), "column": column, "near": near}
    remedy = {"nl": words.remedie.format(**fill), "en": words.remedy.format(**fill)}
    if not near:
        remedy = {language: _without_near(text) for language, text in remedy.items()}
    message = {"nl": words.nl.format(**fill), "en": words.en.format(**fill)}
    known = {language: text for language, text in remedy.items() if text}
    return Finding(f"loader/werkboek/{rule}", words.severity, place, message, subject, value, known or None)


def _without_near(text: str) -> str:
    if "''" not in text:
        return text
    for cut in ("; ", " of hernoem", " or rename"):
        if cut in text:
            return text.partition(cut)[0] + "."
    return ""


def _short(value: str) -> str:
    return value if len(value) <= 80 else value[:79] + "…"
