"""Reading a folder of API answers, as `leerbrug harvest` writes them, into typed records that know their place.

A file is named for what it holds (`structuuronderdeel.jsonl.gz`, `beroepskwalificatie-BK-0252-4.json`) and holds one
answer a line, or one answer, a page or a list as a whole. Two passes: titles first, then records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

import msgspec

from ...errors import SourceError
from ...graph.statements import Place
from ..files import json_document, json_lines
from .answers import Antwoord, Curriculumdossier, Doelengroep, Onderwijsdoel, OtVerwijzing
from .dossiers import Deelantwoord, Dossierantwoord, Lijstrij
from .programmas import Groep, Onderdeel
from .titels import Titels, index

SOORTEN: dict[str, type[Antwoord]] = {
    "structuuronderdeelgroep": Groep,
    "structuuronderdeel": Onderdeel,
    "beroepskwalificatie-lijst": Lijstrij,
    "beroepskwalificatie": Dossierantwoord,
    "deelkwalificatie": Deelantwoord,
    "opleidingstraject": OtVerwijzing,
    "opleidingstraject-detail": OtVerwijzing,
    "onderwijsdoel": Onderwijsdoel,
    "onderwijsdoel-groep": Doelengroep,
    "curriculumdossier": Curriculumdossier,
}
"""What a file is named for -> what each of its answers is."""

NIET_GELADEN = {
    "administratievegroep": ("welke school wat aanbiedt, valt buiten de graaf", "which school offers what is not held"),
}
"""What harvest also writes and the graph does not hold, and why."""

_NAME = re.compile(r"(.+?)\.jsonl?(?:\.gz|\.xz)?")
_IGNORED = re.compile(r"\..*|.*\.(?:md|txt|part|tmp)|manifest\.json|.*-state\.json")
_MEMBERS = ("gegevens", "hydra:member", "member", "structuuronderdeel_groepen", "opleidingstrajecten")
"""Where a page has its answers; what else a page says is about the page."""


class Overgeslagen(Antwoord, frozen=True, kw_only=True):
    """A file that is not read, because nothing in its name says what it holds."""

    naam: str


@dataclass(frozen=True, slots=True)
class Record:
    """One answer: where it stands, what it says, the titles of its folder, and fields that nobody expected.

    `onbekend` holds pointers; a field is told once, with the first record that has it.
    """

    place: Place
    antwoord: Antwoord
    titels: Titels = field(default_factory=Titels)
    onbekend: tuple[str, ...] = ()


def records(path: Path) -> Iterator[Record]:
    """The answers in a folder, or in one file of it, as a stream.

    Raises SourceError with file, line, pointer and remedy where something is not what the API answers.
    """
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    known = [(file, soort) for file in files if (soort := kind(file.name)) in SOORTEN]
    if not known:
        raise SourceError(
            "Hier staat geen antwoord van de VKS-API's.",
            place=str(path),
            remedy="Noem de bestanden naar wat erin staat: " + ", ".join(f"{name}.jsonl" for name in SOORTEN) + ".",
        )
    titels = index((soort, raw) for file, soort in known for _, raw in answers(file))
    for file in files:
        if kind(file.name) not in SOORTEN and file.is_file() and not _IGNORED.fullmatch(file.name):
            yield Record(Place(file.name), Overgeslagen(naam=file.name))
    told: set[tuple[str, str]] = set()
    for file, soort in known:
        for place, raw in answers(file):
            yield _record(place, soort, raw, titels, told)


def kind(name: str) -> str | None:
    """What a file of that name holds.

    >>> kind("beroepskwalificatie-lijst.jsonl.gz"), kind("beroepskwalificatie-BK-0252-4.json"), kind("README.md")
    ('beroepskwalificatie-lijst', 'beroepskwalificatie', None)
    """
    if (found := _NAME.fullmatch(name)) is None:
        return None
    fits = [soort for soort in (*SOORTEN, *NIET_GELADEN) if re.fullmatch(rf"{soort}([-_.].*)?", found[1])]
    return max(fits, key=len, default=None)


def answers(file: Path) -> Iterator[tuple[Place, Any]]:
    """Each bare answer in a file with its place; pages and lists are opened."""
    if ".jsonl" in file.suffixes:
        for number, raw in json_lines(file):
            yield from _members(raw, Place(file.name, f"regel {number}"))
    else:
        yield from _members(json_document(file), Place(file.name))


def _members(raw: Any, place: Place, pointer: str = "") -> Iterator[tuple[Place, Any]]:
    if isinstance(raw, list):
        for number, item in enumerate(raw):
            yield place.at(f"{pointer}/{number}"), item
    elif isinstance(raw, dict) and (page := next((key for key in _MEMBERS if key in raw), None)):
        yield from _members(raw[page], place, f"{pointer}/{page}")
    else:
        yield place.at(pointer), raw


def _record(place: Place, soort: str, raw: Any, titels: Titels, told: set[tuple[str, str]]) -> Record:
    raw = _without_nulls(raw)
    try:
        answer = msgspec.convert(raw, SOORTEN[soort])
    except msgspec.ValidationError as error:
        raise _fault(place, error) from error
    new = [pointer for pointer in unknown_fields(raw, SOORTEN[soort]) if (soort, pointer) not in told]
    told.update((soort, pointer) for pointer in new)
    return Record(place, answer, titels, tuple(dict.fromkeys(new)))


def _without_nulls(value: Any) -> Any:
    """The same without fields that are null: null means absent."""
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


_FAULTS = (
    (re.compile(r"Object missing required field `(.+?)`"), r"Het verplichte veld '\1' ontbreekt"),
    (re.compile(r"Expected `str` matching regex '(.+)'"), r"Hier hoort een code van de vorm \1 te staan"),
    (re.compile(r"Expected `(.+?)`, got `(.+?)`"), r"Hier hoort \1 te staan, er staat \2"),
    (re.compile(r"Invalid RFC3339 encoded date"), "Hier hoort een datum te staan als 2025-09-01"),
)


def _fault(place: Place, error: msgspec.ValidationError) -> SourceError:
    """What is wrong, in Dutch, with the JSON pointer to it."""
    message, _, path = str(error).partition(" - at `$")
    pointer = re.sub(r"\[(\d+|\.\.\.)\]", r"/\1", path.rstrip("`")).replace(".", "/").replace("//", "/")
    for pattern, dutch in _FAULTS:
        message = pattern.sub(dutch, message)
    return SourceError(
        f"{message}.", place=str(place.at(pointer)), remedy="Haal dit antwoord opnieuw op, of verbeter het veld."
    )


def unknown_fields(raw: Any, kind: Any, pointer: str = "") -> Iterator[str]:
    """Pointers to the fields that the API shape does not have; `*` stands for any item of a list.

    >>> list(unknown_fields({"code": "1", "nieuw": 2}, Onderwijsdoel))
    ['/nieuw']
    """
    if isinstance(raw, list):
        for item in raw:
            yield from unknown_fields(item, kind, f"{pointer}/*")
    elif isinstance(raw, dict):
        fields = _fields(kind)
        for key, value in raw.items():
            if key not in fields:
                yield f"{pointer}/{key}"
            elif isinstance(value, dict | list):
                yield from unknown_fields(value, fields[key], f"{pointer}/{key}")


@lru_cache(maxsize=256)
def _fields(kind: Any) -> dict[str, Any]:
    """The fields of a shape by their name in JSON; of a union or a list, those of the shape within."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    found: dict[str, Any] = {}
    for part in get_args(kind):
        found |= _fields(part)
    return found
