"""An index over a folder of answers: the titles and codes it knows, so that a proof named by its title is found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .wording import title_key

CODE = re.compile(r"\((BK-\d{3,6}-\d{1,4}(?:-DBK-\d{1,4})?)\)\s*$")
"""A code that a proof carries behind its title: "… Stukadoor (BK-0130-5)"."""

Index = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Titels:
    """What a folder of answers knows by title and by code.

    `lijnen` maps a title to the numbers of beroepskwalificaties ("BK-0117"), `delen` to the codes of deelkwalificaties;
    `eigen` holds the versions that have a list row or dossier of their own, `programmas` the numbers of programmes;
    `doelen` maps the code of an onderwijsdoel, or its address in the API, to the identifiers that carry it.
    """

    lijnen: Index = field(default_factory=dict)
    delen: Index = field(default_factory=dict)
    eigen: frozenset[str] = frozenset()
    programmas: frozenset[int] = frozenset()
    doelen: Index = field(default_factory=dict)

    def proven(self, soort: str | None, naam: str) -> frozenset[str]:
        """The codes that a proof of this kind and full name can mean; one is an answer, none or several are not.

        >>> titels = Titels(lijnen={"fietshersteller": frozenset({"BK-0117"})})
        >>> titels.proven("Bewijs van beroepskwalificatie", "Bewijs van beroepskwalificatie Fietshersteller")
        frozenset({'BK-0117'})
        """
        if code := CODE.search(naam):
            number = code[1]
            return frozenset({number if "-DBK-" in number else number.rpartition("-")[0]})
        title = title_key(naam.removeprefix(soort or ""))
        found: frozenset[str] = frozenset()
        if soort != "Bewijs van deelkwalificatie":
            found |= self.lijnen.get(title, frozenset())
        if soort != "Bewijs van beroepskwalificatie":
            found |= self.delen.get(title, frozenset())
        return found


def index(answers: Iterable[tuple[str, Any]]) -> Titels:
    """The index of a folder, from the kind and the bare JSON of each answer.

    >>> index([("beroepskwalificatie", {"versie_nr_lang": "BK-0252-4", "titel": "Kok"})]).lijnen
    {'kok': frozenset({'BK-0252'})}
    """
    lijnen: defaultdict[str, set[str]] = defaultdict(set)
    delen: defaultdict[str, set[str]] = defaultdict(set)
    eigen: set[str] = set()
    programmas: set[int] = set()
    doelen: defaultdict[str, set[str]] = defaultdict(set)
    for soort, answer in answers:
        if soort == "structuuronderdeel" and isinstance(answer, dict):
            programmas.add(answer.get("structuuronderdeel_nummer", 0))
        if soort == "onderwijsdoel" and isinstance(answer, dict):
            identifier = doel_id(answer.get("@id"), str(answer.get("code")))
            for name in filter(None, (answer.get("code"), answer.get("@id"))):
                doelen[str(name)].add(identifier)
        for node in _nodes(answer):
            version, part, title = node.get("versie_nr_lang"), node.get("deelkwalificatie_nr_lang"), node.get("titel")
            if soort.startswith("beroepskwalificatie") and isinstance(version, str) and "vks_niveau" in node:
                eigen.add(version)
            if isinstance(title, str) and isinstance(version, str):
                lijnen[title_key(title)].add(version.rpartition("-")[0])
            if isinstance(title, str) and isinstance(part, str):
                delen[title_key(title)].add(part)
    return Titels(_frozen(lijnen), _frozen(delen), frozenset(eigen), frozenset(programmas), _frozen(doelen))


def doel_id(identifier: int | str | None, code: str) -> str:
    """What names an onderwijsdoel: its number in the API, for a code returns in other sets; else its code.

    >>> doel_id("/onderwijsdoelen/onderwijsdoel/812", "06.01"), doel_id(None, "06.01")
    ('812', '06.01')
    """
    return str(identifier).rstrip("/").rpartition("/")[2] if identifier is not None else code


def _nodes(value: Any) -> Iterable[dict[str, Any]]:
    """Every JSON object in an answer."""
    if isinstance(value, dict):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        if isinstance(child, dict | list):
            yield from _nodes(child)


def _frozen(found: Mapping[str, set[str]]) -> Index:
    return {title: frozenset(codes) for title, codes in found.items()}
