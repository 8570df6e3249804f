"""From the value of a cell to the value of a field: typed, never guessed, with a remark where it does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime

from rapidfuzz import process

from ...graph.statements import Finding, Place
from .grid import Fault, Faulty, Value, canonical
from .remarks import remark
from .sheets import Kolom, Soort

Field = str | int | date | tuple[str, ...] | None
Say = Callable[..., None]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def nearest(value: str, among: Iterable[str], least: float = 60) -> str:
    """The candidate that looks most like the value, or nothing where none comes near.

    >>> nearest("Kompetentie", ["Competentie", "Nr"])
    'Competentie'
    """
    found = process.extractOne(value, among, score_cutoff=least)
    return str(found[0]) if found else ""


def field(value: Value | None, kolom: Kolom, place: Place) -> tuple[Field, list[Finding]]:
    """What the cell says for that column, and the remarks about it; None where it says nothing usable.

    >>> from .sheets import BLADEN
    >>> field(4, BLADEN["Kwalificaties"].kolommen[5], Place("mijn.xlsx", "Kwalificaties!F2"))
    ('4', [])
    """
    remarks: list[Finding] = []

    def say(rule: str, **words: str) -> None:
        remarks.append(remark(rule, place, column=kolom.kop, **words))

    if isinstance(value, Faulty):
        _fault(value, say)
        return None, remarks
    read = _EMPTY[kolom.soort] if value is None or value == "" else _READERS[kolom.soort](value, kolom, say)
    if kolom.verplicht and not remarks and read in (None, "", ()):
        say("leeg")
    return (None if any(one.severity == "violation" for one in remarks) else read), remarks


def _fault(value: Faulty, say: Say) -> None:
    if value.fault is Fault.UNCALCULATED:
        say("formule-zonder-waarde")
    elif value.fault is Fault.ERROR:
        say("foutwaarde", value=value.shown)
    elif value.shown:
        say("samengevoegd", value=value.shown)


def _text(value: Value, kolom: Kolom, say: Say) -> str | None:
    if isinstance(value, bool | date):
        say("geen-tekst", value=str(value))
        return None
    if isinstance(value, int | float):
        if kolom.soort is not Soort.KEUZE:
            say("getal-als-tekst", value=str(value))
        return str(value)
    text = canonical(str(value))
    if text != str(value).replace("\r\n", "\n").replace("\r", "\n"):
        say("spaties", value=str(value))
    if found := _CONTROL.search(text):
        say("stuurteken", value=f"U+{ord(found[0]):04X}")
    return text


def _code(value: Value, kolom: Kolom, say: Say) -> Field:
    text = _text(value, kolom, say)
    if text and kolom.patroon and not re.fullmatch(kolom.patroon, text):
        say("patroon", value=text, near=kolom.voorbeeld)
    elif text and (";" in text or "\n" in text):
        say("patroon", value=text, near="één code")
    return text


def _number(value: Value, _: Kolom, say: Say) -> Field:
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}", value.strip(), re.ASCII):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        say("geen-getal", value=str(value))
        return None
    return value


def _day(value: Value, _: Kolom, say: Say) -> Field:
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and _ISO.fullmatch(value.strip()):
            return date.fromisoformat(value.strip())
        if isinstance(value, str) and (found := _DATE.fullmatch(value.strip())):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass
    say("geen-datum", value=str(value))
    return None


def _choice(value: Value, kolom: Kolom, say: Say) -> Field:
    text = _text(value, kolom, say)
    if not text:
        return text
    if text in kolom.keuzes:
        return kolom.keuzes[text]
    folded = {word.casefold(): code for word, code in kolom.keuzes.items()}
    if text.casefold() in folded:
        return folded[text.casefold()]
    say("geen-keuze", value=text, near=nearest(text, list(kolom.keuzes), 40))
    return None


def _list(separator: str) -> Callable[[Value, Kolom, Say], Field]:
    def read(value: Value, kolom: Kolom, say: Say) -> Field:
        text = _text(value, kolom, say)
        items = [item.strip() for item in (text or "").split(separator)]
        seen: dict[str, None] = {}
        for item in items:
            if item in seen:
                say("herhaling", value=item)
            elif item:
                seen[item] = None
            if item and kolom.patroon and not re.fullmatch(kolom.patroon, item):
                say("patroon", value=item, near=kolom.voorbeeld)
        return tuple(seen)

    return read


_READERS: dict[Soort, Callable[[Value, Kolom, Say], Field]] = {
    Soort.CODE: _code,
    Soort.TEKST: _text,
    Soort.GETAL: _number,
    Soort.DATUM: _day,
    Soort.KEUZE: _choice,
    Soort.CODES: _list(";"),
    Soort.REGELS: _list("\n"),
}

_EMPTY: dict[Soort, Field] = {
    Soort.CODE: "",
    Soort.TEKST: "",
    Soort.GETAL: None,
    Soort.DATUM: None,
    Soort.KEUZE: "",
    Soort.CODES: (),
    Soort.REGELS: (),
}
