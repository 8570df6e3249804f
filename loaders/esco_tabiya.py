"""ESCO in Tabiya's layout: tables whose keys hold for one model only, joined here to the official IRIs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..graph.statements import Finding, Place, Severity
from .esco_records import LOCAL, Begrip, Record, Verband
from .files import csv_columns

_UNREGULATED = "http://data.europa.eu/esco/regulated-professions/unregulated"
_TEXTS = ("ALTLABELS", "DESCRIPTION", "DEFINITION", "SCOPENOTE", "REGULATEDPROFESSIONNOTE", "OCCUPATIONGROUPCODE")
_TABLES = {"occupation_groups": "groep", "occupations": "beroep", "skill_groups": "groep", "skills": "item"}
_LINKS = {
    "occupation_hierarchy": ("CHILDID", "PARENTID", "broader", ""),
    "skill_hierarchy": ("CHILDID", "PARENTID", "broader", ""),
    "occupation_to_skill_relations": ("OCCUPATIONID", "SKILLID", "", "RELATIONTYPE"),
    "skill_to_skill_relations": ("REQUIRINGID", "REQUIREDID", "skill-", "RELATIONTYPE"),
}
"""Per table: whose key, to which key, the kind of relation, and the column that completes the kind."""


def tables(folder: Path) -> dict[str, Path]:
    """The files of the layout that a folder has, by the name of their table."""
    found = {path.name.partition(".")[0]: path for path in sorted(folder.iterdir()) if path.is_file()}
    return {name: found[name] for name in (*_TABLES, *_LINKS) if name in found}


def records(folder: Path, taal: str) -> Iterator[Record]:
    """Every concept of the model, then every relation whose two ends the model describes."""
    keys: dict[str, str] = {}
    for name, path in tables(folder).items():
        yield from _concepts(path, _TABLES[name], taal, keys) if name in _TABLES else _links(path, _LINKS[name], keys)


def _concepts(path: Path, soort: str, taal: str, keys: dict[str, str]) -> Iterator[Record]:
    columns = ("ORIGINURI", "ID", "PREFERREDLABEL")
    optional = ("CODE", "OCCUPATIONTYPE", *_TEXTS, "SKILLTYPE", "REUSELEVEL")
    for number, row in csv_columns(path, columns, optional=optional):
        uri, key, naam, code, kind, andere, uitleg, definitie, bereik, regels, isco, skilltype, hergebruik = row
        place = Place(path.name, f"regel {number}")
        iri = keys[key] = LOCAL + code if kind == "localoccupation" or not uri else uri
        if uri not in ("", iri):
            yield Verband(place, iri, "close", uri)
        yield Begrip(
            place,
            soort,
            iri,
            taal,
            naam,
            tuple([label for label in andere.split("\n") if label and label != naam]),
            code=code,
            omschrijving=uitleg,
            definitie=definitie,
            bereik=bereik,
            isco=isco if isco.isdigit() else "",
            skilltype=skilltype if skilltype in ("knowledge", "skill/competence") else "",
            hergebruik=hergebruik,
            regelgeving="" if regels == _UNREGULATED else regels,
        )


def _links(path: Path, columns: tuple[str, str, str, str], keys: dict[str, str]) -> Iterator[Record]:
    van, naar, kind, completes = columns
    lost, first = 0, Place(path.name)
    for number, (start, end, rest) in csv_columns(path, (van, naar), optional=(completes,)):
        if start in keys and end in keys:
            yield Verband(Place(path.name, f"regel {number}"), keys[start], kind + rest, keys[end])
        else:
            first = first if lost else Place(path.name, f"regel {number}")
            lost += 1
    if lost:
        message = {
            "nl": f"{lost} relaties wijzen naar begrippen die deze uitgave niet beschrijft; ze zijn niet geladen.",
            "en": f"{lost} relations point at concepts that this edition does not describe; they were not loaded.",
        }
        yield Finding("loader/zwevende-verwijzing", Severity.WARNING, first, message, value=str(lost))
