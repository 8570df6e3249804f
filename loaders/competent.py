"""Competent: the Belgian reference language for occupations and competences, built on ROME 3.

Three forms are read. The titles as the employment services exchange them (JSON, one object a title); XML in the form of
ROME 3 with Competent's ids; and the profiles of Competent 2.0 as JSON. The field names of that interface are for
partners only, so `competent_profiles` defines the form we accept, and a partner's export is renamed to it.

Competent has no open licence: nothing of it goes with a published release, and what our tests load is our own gist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import SourceError
from ..graph.statements import Finding, Place, Severity
from .competent_profiles import Benaming, Profiel, Record, Titel, from_fiche, from_json, said
from .files import json_items, json_lines
from .rome_xml import fiches
from .source import Source

_TITLE = ("codeCompetent", "codeRomeExtended", "lang", "libelleAppellation")
_LANGUAGE = re.compile(r"[-_.](nl|fr|de)(?:[-_.]|$)")
_SUFFIXES = (".json", ".jsonl", ".xml")


def records(path: Path) -> Iterator[Record]:
    """Every profile and title in a file, or in the files of a folder.

    A profile that nothing names in Dutch gets its code as its name, after all files, and a finding.

    Raises SourceError where a file is none of the three forms, naming the record and the field.
    """
    files = [path] if path.is_file() else sorted(file for file in path.glob("*") if _suffix(file) in _SUFFIXES)
    if not files:
        remedy = "Geef een bestand of map met .json, .jsonl of .xml."
        raise SourceError("Hier staan geen gegevens van Competent.", place=str(path), remedy=remedy)
    nameless: dict[str, Place] = {}
    named: set[str] = set()
    for file in files:
        for record in _xml(file) if _suffix(file) == ".xml" else _json(file):
            if isinstance(record, Profiel):
                if "nl" in record.titel:
                    named.add(record.code)
                else:
                    nameless.setdefault(record.code, record.place)
            yield record
    for code, place in nameless.items():
        if code not in named:
            yield Profiel(place, code, {"nl": code})
            yield _without_name(code, place)


def _suffix(path: Path) -> str:
    return Path(path.stem).suffix if path.suffix in (".gz", ".xz") else path.suffix


def _xml(path: Path) -> Iterator[Record]:
    named = _LANGUAGE.search(path.name)
    for fiche in fiches(path):
        taal = fiche.taal or (named[1] if named else "")
        if not taal:
            remedy = "Zet xml:lang op het element, of de taal in de naam: profielen_nl.xml."
            raise SourceError("De taal van dit profiel is niet bekend.", place=str(fiche.place), remedy=remedy)
        yield from_fiche(fiche, taal)


def _json(path: Path) -> Iterator[Record]:
    unpaired: dict[tuple[str, str], tuple[str, Place]] = {}
    for place, value in _values(path):
        if isinstance(value, dict) and "codeCompetent" in value:
            record = _title(value, place)
            (benaming,) = record.benamingen
            taal = next(iter(benaming.titel))
            key = (record.code, benaming.code)
            if key in unpaired and unpaired[key][0] != taal:
                del unpaired[key]
            else:
                unpaired[key] = (taal, place)
            yield record
        else:
            yield from_json(value, place)
    yield from (_alone(key, taal, place) for key, (taal, place) in unpaired.items())


def _values(path: Path) -> Iterator[tuple[Place, Any]]:
    """The objects of a JSON array, or of JSON Lines."""
    if ".jsonl" in path.name:
        yield from ((Place(path.name, f"regel {number}"), value) for number, value in json_lines(path))
        return
    yield from ((Place(path.name, f"/{index}"), value) for index, value in json_items(path))


def _title(value: dict[str, Any], place: Place) -> Profiel:
    """One title: after the first dash, its code is the same in every language and pairs the translations."""
    missing = [name for name in _TITLE if not isinstance(value.get(name), str)]
    if missing or value["lang"] not in ("nl", "fr", "de"):
        what = f"mist {', '.join(missing)}" if missing else f"is in de taal {value['lang']!r}"
        raise SourceError(f"Deze benaming {what}.", place=str(place), remedy=f"Verwacht: {', '.join(_TITLE)}.")
    titel: Titel = {value["lang"]: value["libelleAppellation"]}
    code = value["codeCompetent"].partition("-")[2]
    return Profiel(place, value["codeRomeExtended"], benamingen=(Benaming(code, titel),))


def _without_name(code: str, place: Place) -> Finding:
    message = {
        "nl": f"Profiel {code} heeft geen Nederlandse titel in deze bron; zijn code staat in de plaats.",
        "en": f"Profile {code} has no Dutch title in this source; its code stands in for it.",
    }
    return Finding("loader/competent-zonder-titel", Severity.INFO, place, message, value=code)


def _alone(key: tuple[str, str], taal: str, place: Place) -> Finding:
    profiel, code = key
    message = {
        "nl": f"Benaming {code} van profiel {profiel} bestaat alleen in het {taal}.",
        "en": f"Title {code} of profile {profiel} exists in {taal} only.",
    }
    return Finding("loader/competent-zonder-vertaling", Severity.INFO, place, message, value=code)


SOURCE = Source(
    key="competent",
    title="Competent",
    publisher="VDAB",
    licence="geen open licentie: toegang voor partners",
    address="https://www.vdab.be/trefpunt/competent",
    records=records,
    said=said,
    expects={"Beroepscompetentieprofiel": (1, 1_000)},
)
