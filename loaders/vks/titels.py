"""An index over a folder of answers: the titles and codes it knows, so that a proof named by its title is found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .wording import title_key

PROFIEL = re.compile(r"\b([A-N]\d{6})\b(?: +(\w[^();\"”]*\w))?")
"""The code of a Competent profile, N110301, and the title that may follow it."""

CODE = re.compile(r"\((BK-\d{3,6}-\d{1,4}(?:-DBK-\d{1,4})?)\)\s*$")
"""A code that a proof carries behind its title: "… Stukadoor (BK-0130-5)"."""

Index = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Titels:
    """What a folder of answers knows by title and by code.

    `lijnen` maps a title to the numbers of beroepskwalificaties ("BK-0117"), `delen` to the codes of deelkwalificaties;
    `eigen` holds the versions that have a list row or dossier of their own, `programmas` the numbers of programmes;
    `doelen` maps the code of an onderwijsdoel, or its address in the API, to the identifiers that carry it;
    `rijen` holds the numbers of list rows, `profielen` maps the code of a Competent profile to the titles given to it.
    """

    lijnen: Index = field(default_factory=dict)
    delen: Index = field(default_factory=dict)
    eigen: frozenset[str] = frozenset()
    programmas: frozenset[int] = frozenset()
    doelen: Index = field(default_factory=dict)
    rijen: frozenset[str] = frozenset()
    profielen: Index = field(default_factory=dict)

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
    found = _Collected()
    for soort, answer in answers:
        if isinstance(answer, dict):
            found.answer(soort, answer)
        for node in _nodes(answer):
            found.node(soort, node)
    return Titels(
        lijnen=_frozen(found.lijnen),
        delen=_frozen(found.delen),
        eigen=frozenset(found.eigen),
        programmas=frozenset(found.programmas),
        doelen=_frozen(found.doelen),
        rijen=frozenset(found.rijen),
        profielen=_frozen(found.profielen),
    )


class _Collected:
    """The index while the answers pass by; what is not what it should be is left to the second pass to refuse."""

    def __init__(self) -> None:
        self.lijnen: defaultdict[str, set[str]] = defaultdict(set)
        self.delen: defaultdict[str, set[str]] = defaultdict(set)
        self.doelen: defaultdict[str, set[str]] = defaultdict(set)
        self.profielen: defaultdict[str, set[str]] = defaultdict(set)
        self.eigen: set[str] = set()
        self.rijen: set[str] = set()
        self.programmas: set[int] = set()

    def answer(self, soort: str, answer: Mapping[str, Any]) -> None:
        """What an answer as a whole is."""
        if soort == "structuuronderdeel" and isinstance(number := answer.get("structuuronderdeel_nummer"), int):
            self.programmas.add(number)
        elif soort == "beroepskwalificatie-lijst":
            self.rijen.add(str(answer.get("beroepskwalificatie_nr")))
        elif soort == "onderwijsdoel":
            code, address = answer.get("code"), answer.get("@id")
            for name in filter(None, (code, address)):
                self.doelen[str(name)].add(doel_id(address, str(code)))

    def node(self, soort: str, node: Mapping[str, Any]) -> None:
        """What an object anywhere in an answer names."""
        version, part, title = node.get("versie_nr_lang"), node.get("deelkwalificatie_nr_lang"), node.get("titel")
        if soort.startswith("beroepskwalificatie") and isinstance(version, str):
            self.eigen.update({version} if "vks_niveau" in node else ())
            for profile, name in PROFIEL.findall(str(node.get("titel_toelichting", ""))):
                self.profielen[profile].update({name.strip()} if name[:1].isupper() else ())
        if isinstance(title, str) and isinstance(version, str):
            self.lijnen[title_key(title)].add(version.rpartition("-")[0])
        if isinstance(title, str) and isinstance(part, str):
            self.delen[title_key(title)].add(part)


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
