"""What France's register RNCP says: fiches with their blocks, codes, bodies and routes, each said in triples.

A fiche is a Beroepsstandaard and a bloc de compétences a Competentieblok, the nearest French thing to a
deelkwalificatie. The ROME codes of a fiche are of the fourth generation; one that ROME does not have is a finding.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

import msgspec
from pyoxigraph import Literal, NamedNode

from ..graph.names import Names
from ..graph.statements import Finding, Place, Said, Severity, Statement, text
from ..graph.vocabulary import DCTERMS, LEER, SKOS, XSD
from . import rome_records
from .saying import named, saying

EQF = "http://data.europa.eu/snb/eqf/"
"""The French levels 1 to 8 are those of the European framework (Nomenclature_Europe_Niveau)."""

PREDICATEN = {
    "nsf": DCTERMS.subject,
    "formacode": DCTERMS.subject,
    "ccn": LEER.collectieveOvereenkomst,
    "certificateur": LEER.certificeerder,
    "partenaire": LEER.opleidingspartner,
    "diploma": DCTERMS.references,
}
"""How a fiche is related to the things it names; bodies share one kind of IRI."""


class Fiche(msgspec.Struct, frozen=True, gc=False):
    """A fiche. Files that only name it give its number; dates are as the source writes them, dd/mm/yyyy."""

    place: Place
    nummer: str
    titel: str = ""
    niveau: str = ""
    actief: str = ""
    begin: str = ""
    einde: str = ""
    beslissing: str = ""
    staatsblad: str = ""
    kenmerken: tuple[str, ...] = ()


class Blok(msgspec.Struct, frozen=True, gc=False):
    """A block of competences of a fiche."""

    place: Place
    fiche: str
    code: str
    titel: str
    competenties: str = ""
    evaluatie: str = ""


class Verband(msgspec.Struct, frozen=True, gc=False):
    """A fiche names a code, body or diploma; `soort` is a key of PREDICATEN."""

    place: Place
    fiche: str
    soort: str
    code: str
    naam: str = ""


class Rome(msgspec.Struct, frozen=True, gc=False):
    """A fiche leads to a ROME job."""

    place: Place
    fiche: str
    code: str


class Toegang(msgspec.Struct, frozen=True, gc=False):
    """A route by which a fiche can be obtained."""

    place: Place
    fiche: str
    weg: str


class Opvolging(msgspec.Struct, frozen=True, gc=False):
    """A fiche that was replaced by another."""

    place: Place
    oud: str
    nieuw: str


Record = Fiche | Blok | Verband | Rome | Toegang | Opvolging | Finding


@lru_cache(maxsize=1)
def rome_codes() -> frozenset[str]:
    """The job codes of ROME's release V4, so that an unknown one is seen without loading ROME."""
    return frozenset((files(__package__) / f"rome_{rome_records.V4}.txt").read_text("ascii").split())


@lru_cache(maxsize=2**16)
def _iri(names: Names, kind: str, code: str) -> NamedNode:
    return names.iri(kind, code)


def _date(value: str) -> Literal | None:
    day, _, rest = value.partition("/")
    month, _, year = rest.partition("/")
    try:
        return Literal(datetime.date(int(year), int(month), int(day)).isoformat(), datatype=XSD.date)
    except ValueError:
        return None


def _fiche(record: Fiche, names: Names) -> Iterator[Said]:
    fiche = _iri(names, "rncp", record.nummer)
    yield from named(fiche, LEER.Beroepsstandaard, record.nummer, record.titel)
    if record.niveau:
        yield from _level(record, fiche)
    if record.actief:
        active = record.actief.upper() in ("ACTIVE", "OUI")
        yield Statement(fiche, LEER.actief, Literal("true" if active else "false", datatype=XSD.boolean))
    for kenmerk in record.kenmerken:
        if kenmerk:
            yield Statement(fiche, LEER.kenmerk, text(kenmerk, "fr"))
    yield from _dates(record, fiche)


def _level(record: Fiche, fiche: NamedNode) -> Iterator[Said]:
    if (level := record.niveau[-1:]) in "12345678":
        yield Statement(fiche, LEER.niveauEuropees, NamedNode(EQF + level))
    else:
        yield _odd("loader/rncp-niveau", record.place, fiche, record.niveau, "geen niveau 1 tot 8", "no level 1 to 8")


def _dates(record: Fiche, fiche: NamedNode) -> Iterator[Said]:
    dates = (
        (LEER.begindatum, record.begin),
        (LEER.einddatum, record.einde),
        (LEER.erkenningsdatum, record.beslissing),
        (DCTERMS.issued, record.staatsblad),
    )
    for predicate, value in dates:
        if not value:
            continue
        if date := _date(value):
            yield Statement(fiche, predicate, date)
        else:
            yield _odd("loader/rncp-datum", record.place, fiche, value, "geen datum dd/mm/jjjj", "no date dd/mm/yyyy")


def _odd(rule: str, place: Place, subject: NamedNode, value: str, nl: str, en: str) -> Finding:
    message = {"nl": f"{value!r} is {nl}; niet geladen.", "en": f"{value!r} is {en}; not loaded."}
    return Finding(rule, Severity.WARNING, place, message, subject.value, value)


def _blok(record: Blok, names: Names) -> Iterator[Said]:
    blok = _iri(names, "rncp-blok", record.code)
    yield from named(blok, LEER.Competentieblok, record.code, record.titel)
    yield Statement(blok, LEER.deelVan, _iri(names, "rncp", record.fiche))
    if record.competenties:
        yield Statement(blok, LEER.omschrijving, text(record.competenties, "fr"))
    if record.evaluatie:
        yield Statement(blok, SKOS.note, text(record.evaluatie, "fr"))


def _verband(record: Verband, names: Names) -> Iterator[Said]:
    body = record.soort in ("certificateur", "partenaire")
    thing = _iri(names, "organisatie" if body else f"rncp-{record.soort}", record.code)
    yield Statement(_iri(names, "rncp", record.fiche), PREDICATEN[record.soort], thing)
    if record.naam:
        yield from named(thing, DCTERMS.Agent if body else SKOS.Concept, record.code, record.naam)


def _rome(record: Rome, names: Names) -> Iterator[Said]:
    fiche = _iri(names, "rncp", record.fiche)
    if record.code in rome_codes():
        beroep = rome_records.iri(names, "rome-beroep", record.code, rome_records.V4)
        yield Statement(fiche, LEER.beroep, beroep)
    else:
        nl, en = "geen beroep van ROME 4", "no job of ROME 4"
        yield _odd("loader/rncp-rome", record.place, fiche, record.code, nl, en)


def _toegang(record: Toegang, names: Names) -> Iterator[Said]:
    yield Statement(_iri(names, "rncp", record.fiche), LEER.toegangsweg, text(record.weg, "fr"))


def _opvolging(record: Opvolging, names: Names) -> Iterator[Said]:
    oud, nieuw = _iri(names, "rncp", record.oud), _iri(names, "rncp", record.nieuw)
    yield Statement(oud, DCTERMS.isReplacedBy, nieuw)
    yield Statement(nieuw, DCTERMS.replaces, oud)


said = saying(
    {
        Fiche: _fiche,
        Blok: _blok,
        Verband: _verband,
        Rome: _rome,
        Toegang: _toegang,
        Opvolging: _opvolging,
    }
)
"""Says one record of RNCP.

>>> rome = Rome(Place("export_fiches_CSV_Rome_2024_02_22.csv", "regel 2"), "RNCP509", "I1203")
>>> [s.object.value.rpartition("/id/")[2] for s in said(rome, Names())]
['rome-beroep/I1203/460']
"""
