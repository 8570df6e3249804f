"""ESCO as the Commission's CSV files: one reader for each kind of file, known by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import SourceError
from ..graph.statements import Finding, Place, Severity
from .esco_records import Begrip, Lid, Record, Verband
from .files import csv_columns

Reader = Callable[[Path, str], Iterator[Record]]

_NAME = re.compile(r"(?P<table>[A-Za-z]+?)(?:_derived)?(?:_(?P<taal>[a-z]{2}))?\.csv(?:\.[gx]z)?")
_UNREGULATED = "http://data.europa.eu/esco/regulated-professions/unregulated"
_SOORTEN = {
    "Occupation": "beroep",
    "ISCOGroup": "groep",
    "SkillGroup": "groep",
    "KnowledgeSkillCompetence": "item",
    "ConceptScheme": "schema",
}


def _lines(value: str) -> tuple[str, ...]:
    """The parts of a field that holds several, by line (schemes end their lines with a comma) or by " | "."""
    if not value:
        return ()
    parts = value.split(" | ") if " | " in value else value.split("\n")
    return tuple([stripped for part in parts if (stripped := part.strip().rstrip(",;").strip())])


def _concepts(path: Path, taal: str) -> Iterator[Record]:
    """occupations, skills, skillGroups, ISCOGroups and conceptSchemes: columns that a file lacks stay empty."""
    optional = (
        *("conceptUri", "conceptSchemeUri", "altLabels", "hiddenLabels", "code", "description", "definition"),
        *("scopeNote", "iscoGroup", "skillType", "reuseLevel", "inScheme", "modifiedDate", "regulatedProfessionNote"),
        *("labelsAndDescription", "hasTopConcept"),
    )
    for number, row in csv_columns(path, ("conceptType", "preferredLabel"), optional=optional):
        soort, naam, uri, schema, andere, verborgen, code, uitleg, definitie, bereik, isco, *rest = row
        skilltype, hergebruik, schemas, gewijzigd, regels, samen, tops = rest
        place, iri = Place(path.name, f"regel {number}"), uri or schema
        yield Begrip(
            place,
            _SOORTEN[soort],
            iri,
            taal,
            naam,
            _lines(andere),
            _lines(verborgen),
            code,
            uitleg,
            definitie,
            bereik,
            samen,
            isco,
            skilltype,
            hergebruik,
            _lines(schemas),
            gewijzigd,
            "" if regels == _UNREGULATED else regels,
        )
        for top in _lines(tops):
            yield Verband(place, iri, "top", top)


def _collection(path: Path, taal: str) -> Iterator[Record]:
    """A collection repeats the names of its members and says what stands above them."""
    collectie = path.name.partition("Collection")[0]
    columns = ("conceptType", "conceptUri", "preferredLabel", "altLabels", "description", "broaderConceptUri")
    for number, row in csv_columns(path, columns, optional=("skillType", "reuseLevel")):
        soort, iri, naam, andere, uitleg, boven, skilltype, hergebruik = row
        place = Place(path.name, f"regel {number}")
        yield Begrip(
            place,
            _SOORTEN[soort],
            iri,
            taal,
            naam,
            _lines(andere),
            omschrijving=uitleg,
            skilltype=skilltype,
            hergebruik=hergebruik,
        )
        yield Lid(place, collectie, iri)
        for breder in _lines(boven):
            yield Verband(place, iri, "broader", breder)


def _broader(path: Path, _taal: str) -> Iterator[Record]:
    for number, (van, naar) in csv_columns(path, ("conceptUri", "broaderUri")):
        yield Verband(Place(path.name, f"regel {number}"), van, "broader", naar)


def _occupation_skills(path: Path, _taal: str) -> Iterator[Record]:
    name = path.name
    for number, (van, soort, naar) in csv_columns(path, ("occupationUri", "relationType", "skillUri")):
        yield Verband(Place(name, f"regel {number}"), van, soort, naar)


def _skill_skills(path: Path, _taal: str) -> Iterator[Record]:
    columns = ("originalSkillUri", "relationType", "relatedSkillUri")
    for number, (van, soort, naar) in csv_columns(path, columns):
        yield Verband(Place(path.name, f"regel {number}"), van, f"skill-{soort}", naar)


def _hierarchy(path: Path, taal: str) -> Iterator[Record]:
    """A row is a group with all that stands above it; the publisher leaves out the empty fields at a row's end."""
    levels = [f"Level {level} {part}" for level in range(4) for part in ("URI", "preferred term", "code")]
    for number, row in csv_columns(path, [*levels, "Description", "Scope note"], short=True):
        path_down = [row[start : start + 3] for start in range(0, 12, 3) if row[start]]
        (iri, naam, code), place = path_down[-1], Place(path.name, f"regel {number}")
        yield Begrip(place, "groep", iri, taal, naam, code=code, omschrijving=row[12], bereik=row[13])
        if len(path_down) > 1:
            yield Verband(place, iri, "broader", path_down[-2][0])


READERS: dict[str, Reader] = {
    "occupations": _concepts,
    "skills": _concepts,
    "ISCOGroups": _concepts,
    "skillGroups": _concepts,
    "conceptSchemes": _concepts,
    "skillsHierarchy": _hierarchy,
    "broaderRelationsOccPillar": _broader,
    "broaderRelationsSkillPillar": _broader,
    "occupationSkillRelations": _occupation_skills,
    "skillSkillRelations": _skill_skills,
    **{
        f"{name}Collection": _collection
        for name in (
            *("digCompSkills", "digitalSkills", "greenSkills", "ictSkills", "languageSkills", "transversalSkills"),
            *("researchSkills", "researchOccupations"),
        )
    },
}
"""The files of the official CSV edition, by the first part of their name."""


def records(folder: Path) -> Iterator[Record]:
    """Every file of an official CSV edition; the language stands in the names of the files that have texts."""
    for path in sorted(folder.iterdir()):
        if (match := _NAME.fullmatch(path.name)) and (reader := READERS.get(match["table"])):
            if reader in (_concepts, _collection, _hierarchy) and not match["taal"]:
                remedy = f"Noem het bestand {match['table']}_<taal>.csv, zoals de Commissie doet."
                raise SourceError(
                    "De naam van dit bestand zegt niet in welke taal het is.", place=path.name, remedy=remedy
                )
            yield from reader(path, match["taal"] or "")
            if "_derived" in path.name:
                yield _derived(path)


def _derived(path: Path) -> Finding:
    message = {
        "nl": "Dit bestand is afgeleid uit andere uitgaven van ESCO, niet door de Commissie uitgegeven.",
        "en": "This file was derived from other editions of ESCO; the Commission did not publish it.",
    }
    return Finding("loader/esco-afgeleid", Severity.INFO, Place(path.name), message, value=path.name)
