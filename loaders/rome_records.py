"""What a ROME release says, whatever its generation and format: typed records, and each said in triples.

The release stands in every IRI, because one code means another job in another release: `rome-beroep/N1103/347`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import msgspec
from pyoxigraph import Literal, NamedNode

from ..graph.names import Names, concept
from ..graph.statements import Finding, Place, Said, Severity, Statement, text
from ..graph.vocabulary import DCTERMS, LEER, SKOS
from .saying import named, saying

V3, V4 = "347", "460"
"""The releases that other sources mean when they give a ROME code of the third or fourth generation."""


class Beroep(msgspec.Struct, frozen=True, gc=False):
    """A job card (fiche): `ouder` is the broader job of the fourth generation, `kenmerken` the publisher's flags."""

    place: Place
    release: str
    code: str
    naam: str
    ogr: str = ""
    ouder: str = ""
    kenmerken: tuple[str, ...] = ()


class Benaming(msgspec.Struct, frozen=True, gc=False):
    """A title under which the job is found (appellation)."""

    place: Place
    release: str
    ogr: str
    naam: str
    beroep: str = ""
    kort: str = ""
    kenmerken: tuple[str, ...] = ()


class Item(msgspec.Struct, frozen=True, gc=False):
    """An activity, skill, knowledge, attitude or context; `ook` is another name that a second table gives it."""

    place: Place
    release: str
    ogr: str
    naam: str
    soort: str
    definitie: str = ""
    breder: str = ""
    ook: str = ""
    kenmerken: tuple[str, ...] = ()


class Verband(msgspec.Struct, frozen=True, gc=False):
    """A job has an item or a title, or leads to a job, in the ways that `eigenschappen` of the vocabulary say."""

    place: Place
    release: str
    beroep: str
    eigenschappen: tuple[str, ...]
    doel: str


class Begrip(msgspec.Struct, frozen=True, gc=False):
    """A concept of one of the trees: `boom` is the tree (domein, centre-interet, secteur …)."""

    place: Place
    release: str
    boom: str
    code: str
    naam: str
    breder: str = ""
    definitie: str = ""


class Indeling(msgspec.Struct, frozen=True, gc=False):
    """A job stands under a concept of a tree; `hoofd` when the source marks it as the main one."""

    place: Place
    release: str
    beroep: str
    boom: str
    code: str
    hoofd: bool = False


class Tekst(msgspec.Struct, frozen=True, gc=False):
    """One text of a job, its sentences in the order of the source."""

    place: Place
    release: str
    beroep: str
    soort: str
    zinnen: tuple[str, ...]


class Riasec(msgspec.Struct, frozen=True, gc=False):
    """The Holland letters of a job or an item."""

    place: Place
    release: str
    soort: str
    code: str
    hoofdtype: str
    neventype: str = ""


ITEMSOORTEN = {
    soort: concept("itemsoort", soort)
    for soort in ("activiteit", "vaardigheid", "kennis", "context", "competentie", "soft-skill", "gedrag")
}
TEKSTEN = {
    "definition": LEER.definitie,
    "acces_metier": LEER.toegangTotBeroep,
    "acces_a_em": LEER.toegangTotBeroep,
    "acces_emploi_metier": LEER.toegangTotBeroep,
    "formations_associees": LEER.toegangTotBeroep,
    "cond_exercice_activite": LEER.uitoefeningsvoorwaarden,
    "condition_exercice_activite": LEER.uitoefeningsvoorwaarden,
    "classement_emploi_metier": LEER.kenmerk,
}
"""The kinds of text of both generations and both formats, and the property that says each."""

DOELEN = {"heeftBenaming": "rome-benaming", "nabijBeroep": "rome-beroep", "doorgroeiberoep": "rome-beroep"}
"""What the properties that do not point at an item point at."""


@lru_cache(maxsize=2**16)
def iri(names: Names, kind: str, code: str, release: str) -> NamedNode:
    """The IRI of a thing of a release.

    >>> iri(Names(), "rome-beroep", "N1103", "347").value
    'https://w3id.org/leerbrug/id/rome-beroep/N1103/347'
    """
    return names.iri(kind, *code.split("/"), release)


def _kenmerken(subject: NamedNode, kenmerken: tuple[str, ...]) -> Iterator[Statement]:
    for kenmerk in kenmerken:
        if kenmerk:
            yield Statement(subject, LEER.kenmerk, text(kenmerk, "fr"))


def _beroep(record: Beroep, names: Names) -> Iterator[Said]:
    beroep = iri(names, "rome-beroep", record.code, record.release)
    yield from named(beroep, LEER.Beroep, record.code, record.naam)
    if record.ogr:
        yield Statement(beroep, DCTERMS.identifier, Literal(record.ogr))
    if record.ouder not in ("", record.code):
        yield Statement(beroep, SKOS.broader, iri(names, "rome-beroep", record.ouder, record.release))
    yield from _kenmerken(beroep, record.kenmerken)


def _benaming(record: Benaming, names: Names) -> Iterator[Said]:
    benaming = iri(names, "rome-benaming", record.ogr, record.release)
    yield from named(benaming, LEER.Beroepsbenaming, record.ogr, record.naam)
    if record.kort not in ("", record.naam):
        yield Statement(benaming, SKOS.altLabel, text(record.kort, "fr"))
    if record.beroep:
        beroep = iri(names, "rome-beroep", record.beroep, record.release)
        yield Statement(beroep, LEER.heeftBenaming, benaming)
    yield from _kenmerken(benaming, record.kenmerken)


def _item(record: Item, names: Names) -> Iterator[Said]:
    item = iri(names, "rome-item", record.ogr, record.release)
    yield from named(item, LEER.Beroepsitem, record.ogr, record.naam)
    yield Statement(item, LEER.itemsoort, ITEMSOORTEN[record.soort])
    if record.definitie:
        yield Statement(item, LEER.definitie, text(record.definitie, "fr"))
    if record.breder:
        yield Statement(item, SKOS.broader, iri(names, "rome-item", record.breder, record.release))
    if record.ook:
        yield Statement(item, SKOS.altLabel, text(record.ook, "fr"))
        yield _two_names(item.value, record)
    yield from _kenmerken(item, record.kenmerken)


def _two_names(subject: str, record: Item) -> Finding:
    message = {
        "nl": f"Item {record.ogr} heet hier {record.ook!r} en in een andere tabel {record.naam!r}; beide blijven.",
        "en": f"Item {record.ogr} is named {record.ook!r} here and {record.naam!r} in another table; both are kept.",
    }
    return Finding("loader/rome-twee-namen", Severity.INFO, record.place, message, subject, record.ook)


def _verband(record: Verband, names: Names) -> Iterator[Said]:
    beroep = iri(names, "rome-beroep", record.beroep, record.release)
    for eigenschap in record.eigenschappen:
        doel = iri(names, DOELEN.get(eigenschap, "rome-item"), record.doel, record.release)
        yield Statement(beroep, getattr(LEER, eigenschap), doel)


def _begrip(record: Begrip, names: Names) -> Iterator[Said]:
    begrip = iri(names, f"rome-{record.boom}", record.code, record.release)
    yield from named(begrip, SKOS.Concept, record.code, record.naam)
    if record.breder:
        yield Statement(begrip, SKOS.broader, iri(names, f"rome-{record.boom}", record.breder, record.release))
    if record.definitie:
        yield Statement(begrip, SKOS.definition, text(record.definitie, "fr"))


def _indeling(record: Indeling, names: Names) -> Iterator[Said]:
    beroep = iri(names, "rome-beroep", record.beroep, record.release)
    begrip = iri(names, f"rome-{record.boom}", record.code, record.release)
    yield Statement(beroep, SKOS.broader if record.boom == "domein" else DCTERMS.subject, begrip)
    if record.hoofd:
        yield Statement(beroep, LEER.hoofdthema, begrip)


def _tekst(record: Tekst, names: Names) -> Iterator[Said]:
    beroep = iri(names, "rome-beroep", record.beroep, record.release)
    if property_ := TEKSTEN.get(record.soort):
        yield Statement(beroep, property_, text("\n".join(record.zinnen), "fr"))
    else:
        message = {
            "nl": f"Tekstsoort {record.soort!r} is onbekend; de tekst is niet geladen.",
            "en": f"Kind of text {record.soort!r} is unknown; the text was not loaded.",
        }
        yield Finding("loader/rome-tekstsoort", Severity.WARNING, record.place, message, beroep.value, record.soort)


def _riasec(record: Riasec, names: Names) -> Iterator[Said]:
    subject = iri(names, record.soort, record.code, record.release)
    yield Statement(subject, LEER.riasecHoofdtype, Literal(record.hoofdtype))
    if record.neventype:
        yield Statement(subject, LEER.riasecNeventype, Literal(record.neventype))


Record = Beroep | Benaming | Item | Verband | Begrip | Indeling | Tekst | Riasec | Finding

said = saying(
    {
        Beroep: _beroep,
        Benaming: _benaming,
        Item: _item,
        Verband: _verband,
        Begrip: _begrip,
        Indeling: _indeling,
        Tekst: _tekst,
        Riasec: _riasec,
    }
)
"""Says one record of ROME.

>>> place = Place("unix_referentiel_code_rome_v347_utf8.csv", "regel 2")
>>> [str(s.object) for s in said(Beroep(place, "347", "N1103", "Magasinage"), Names())][1:]
['"N1103"', '"Magasinage"@fr']
"""
