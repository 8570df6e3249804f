"""What a release of ESCO says, whatever its layout: concepts and their relations, under their official IRIs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import msgspec
from pyoxigraph import Literal, NamedNode

from ..graph.names import Names, concept
from ..graph.statements import Finding, Place, Said, Severity, Statement, text
from ..graph.vocabulary import DCTERMS, ESCO, LEER, RDF, SKOS, XSD
from .saying import named, saying

ISCO = "http://data.europa.eu/esco/isco/C"
"""An ISCO-08 group: this and its code, leading zeros kept ("C0110")."""

LOCAL = "lokaal:"
"""What a model adds to ESCO has no official IRI: this and its code stand for one of ours."""

KLASSEN = {
    "beroep": (LEER.Beroep, ESCO.Occupation),
    "item": (LEER.Beroepsitem, ESCO.Skill),
    "groep": (SKOS.Concept,),
    "schema": (SKOS.ConceptScheme,),
}
ITEMSOORTEN = {"knowledge": concept("itemsoort", "kennis"), "skill/competence": concept("itemsoort", "vaardigheid")}
SKILLTYPES = {
    "knowledge": NamedNode("http://data.europa.eu/esco/skill-type/knowledge"),
    "skill/competence": NamedNode("http://data.europa.eu/esco/skill-type/skill"),
}
EIGENSCHAPPEN = {
    "essential": LEER.heeftEssentieelItem,
    "optional": LEER.heeftOptioneelItem,
    "": LEER.heeftItem,
    "skill-essential": ESCO.relatedEssentialSkill,
    "skill-optional": ESCO.relatedOptionalSkill,
    "broader": SKOS.broader,
    "top": SKOS.hasTopConcept,
    "close": SKOS.closeMatch,
}
"""How one concept is related to another; an occupation whose source leaves the type empty simply has the item."""


_OF_BEROEP = {
    ESCO.relatedEssentialSkill: LEER.heeftEssentieelItem,
    ESCO.relatedOptionalSkill: LEER.heeftOptioneelItem,
}
"""The RDF uses one property for occupations and for skills; an occupation has an item, a skill is related to one."""


class Begrip(msgspec.Struct, frozen=True, gc=False):
    """An occupation, item, group or scheme in one language."""

    place: Place
    soort: str
    iri: str
    taal: str
    naam: str
    andere: tuple[str, ...] = ()
    verborgen: tuple[str, ...] = ()
    code: str = ""
    omschrijving: str = ""
    definitie: str = ""
    bereik: str = ""
    opmerking: str = ""
    isco: str = ""
    skilltype: str = ""
    hergebruik: str = ""
    schemas: tuple[str, ...] = ()
    gewijzigd: str = ""
    regelgeving: str = ""


class Verband(msgspec.Struct, frozen=True, gc=False):
    """One concept is related to another; `soort` is a key of EIGENSCHAPPEN."""

    place: Place
    van: str
    soort: str
    naar: str


class Lid(msgspec.Struct, frozen=True, gc=False):
    """A concept is a member of one of the published collections (digital, green, …)."""

    place: Place
    collectie: str
    lid: str


class Drietal(msgspec.Struct, frozen=True, gc=False):
    """A triple of the official RDF."""

    place: Place
    onderwerp: NamedNode
    predicaat: NamedNode
    voorwerp: NamedNode | Literal


Record = Begrip | Verband | Lid | Drietal | Finding


@lru_cache(maxsize=2**16)
def node(names: Names, iri: str) -> NamedNode:
    """The node of an official IRI (or of a local code), made once for the relations that name it again and again.

    >>> node(Names(), "lokaal:I11_1").value
    'https://w3id.org/leerbrug/id/esco-lokaal/I11_1'
    """
    return names.iri("esco-lokaal", iri.removeprefix(LOCAL)) if iri.startswith(LOCAL) else NamedNode(iri)


def _begrip(record: Begrip, names: Names) -> Iterator[Said]:
    me, taal = node(names, record.iri), record.taal
    for klasse in KLASSEN[record.soort]:
        yield Statement(me, RDF.type, klasse)
    if naam := record.naam.strip():
        yield Statement(me, SKOS.prefLabel, text(naam, taal))
    else:
        yield _nameless(record)
    if naam != record.naam:
        yield _blank(record)
    for naam in record.andere:
        yield Statement(me, SKOS.altLabel, text(naam, taal))
    for naam in record.verborgen:
        yield Statement(me, SKOS.hiddenLabel, text(naam, taal))
    yield from _texts(record, me)
    yield from _facts(record, me, names)


def _nameless(record: Begrip) -> Finding:
    message = {"nl": "Dit begrip heeft geen naam in de bron.", "en": "This concept has no name in the source."}
    return Finding("loader/esco-zonder-naam", Severity.WARNING, record.place, message, record.iri)


def _blank(record: Begrip) -> Finding:
    message = {
        "nl": f"De naam {record.naam!r} begint of eindigt met een blanco; die is weggelaten.",
        "en": f"The name {record.naam!r} begins or ends with a blank; that was left out.",
    }
    return Finding("loader/randblanco", Severity.INFO, record.place, message, record.iri, record.naam)


def _texts(record: Begrip, me: NamedNode) -> Iterator[Said]:
    said = (
        (DCTERMS.description, record.omschrijving),
        (SKOS.definition, record.definitie),
        (SKOS.scopeNote, record.bereik),
        (SKOS.note, record.opmerking),
    )
    for predicate, value in said:
        if value:
            yield Statement(me, predicate, text(value, record.taal))


def _facts(record: Begrip, me: NamedNode, names: Names) -> Iterator[Said]:
    if record.code:
        yield Statement(me, LEER.code, Literal(record.code))
    if record.isco:
        yield Statement(me, LEER.iscoGroep, node(names, ISCO + record.isco))
    if record.skilltype:
        yield Statement(me, LEER.itemsoort, ITEMSOORTEN[record.skilltype])
        yield Statement(me, ESCO.skillType, SKILLTYPES[record.skilltype])
    if record.hergebruik:
        yield Statement(me, ESCO.skillReuseLevel, Literal(record.hergebruik))
    if record.gewijzigd:
        yield Statement(me, DCTERMS.modified, Literal(record.gewijzigd[:10], datatype=XSD.date))
    if record.regelgeving:
        yield Statement(me, LEER.regelgeving, text(record.regelgeving, record.taal))
    for schema in record.schemas:
        yield Statement(me, SKOS.inScheme, node(names, schema))


def _verband(record: Verband, names: Names) -> Iterator[Said]:
    yield Statement(node(names, record.van), EIGENSCHAPPEN[record.soort], node(names, record.naar))


def _lid(record: Lid, names: Names) -> Iterator[Said]:
    collectie = names.iri("esco-collectie", record.collectie)
    yield from named(collectie, SKOS.Collection, record.collectie, record.collectie, "en")
    yield Statement(collectie, SKOS.member, node(names, record.lid))


def _drietal(record: Drietal, _names: Names) -> Iterator[Said]:
    """The triple itself, and beside it what makes one question answer for ESCO, ROME and Competent alike."""
    me, predicate, value = record.onderwerp, record.predicaat, record.voorwerp
    beroep = "/esco/occupation/" in me.value
    yield Statement(me, _OF_BEROEP.get(predicate, predicate) if beroep else predicate, value)
    if predicate == RDF.type and value in (ESCO.Occupation, ESCO.Skill):
        yield Statement(me, RDF.type, LEER.Beroep if value == ESCO.Occupation else LEER.Beroepsitem)
    elif predicate == SKOS.notation:
        yield Statement(me, LEER.code, Literal(value.value))
    elif predicate == SKOS.broader and beroep and value.value.startswith(ISCO):
        yield Statement(me, LEER.iscoGroep, value)
    elif predicate == ESCO.skillType:
        kennis = value == SKILLTYPES["knowledge"]
        yield Statement(me, LEER.itemsoort, ITEMSOORTEN["knowledge" if kennis else "skill/competence"])


said = saying(
    {
        Begrip: _begrip,
        Verband: _verband,
        Lid: _lid,
        Drietal: _drietal,
    }
)
"""Says one record of ESCO.

>>> verband = Verband(Place("occupationSkillRelations_en.csv"), "http://a", "essential", "http://b")
>>> [s.predicate.value.rpartition("#")[2] for s in said(verband, Names())]
['heeftEssentieelItem']
"""
