"""ELM, the European Learning Model, as the LOQ profile asks it: qualifications for Europass and the QDR.

The European level of a VKS level is its number (referencing report of Flanders, 2011). Where a source gives no field of
ISCED-F, the value is 9999, "field unknown": the profile asks one and we do not guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from pyoxigraph import Literal, NamedNode, Triple

from ...graph.catalogus import Kwalificatie, Kwalificatiesoort
from ...graph.knowledge_graph import KnowledgeGraph
from ...graph.vocabulary import DCTERMS, RDF, SKOS, XSD, ClosedNamespace

ELM_IRI = "http://data.europa.eu/snb/model/elm/"
ELM = ClosedNamespace(
    ELM_IRI,
    frozenset(
        "Qualification LearningOutcome ISCEDFCode learningOutcome EQFLevel NQFLevel isPartialQualification".split()
    ),
)
LOQ = "http://data.europa.eu/snb/model/ap/loq-constraints/"
DUTCH = "http://publications.europa.eu/resource/authority/language/NLD"
SKILL = "http://data.europa.eu/snb/skill-type/skill"
UNKNOWN_FIELD = "http://data.europa.eu/snb/isced-f/9999"
EQF = "http://data.europa.eu/snb/eqf/"

VKS = {
    1: "c_cf509e8a",
    2: "c_7f5e85a7",
    3: "c_650d7e95",
    4: "c_615c4895",
    5: "c_6fa57440",
    6: "c_65235ec5",
    7: "c_95fec238",
    8: "c_13c65774",
}
"""Level of the Flemish qualifications framework -> its concept in the Qualification Dataset Register."""

QDR = "http://data.europa.eu/snb/qdr/"
_ISCED = "SELECT ?field WHERE { ?thing leer:iscedDetail ?field } ORDER BY ?field"


def fits(found: Kwalificatie) -> bool:
    """Whether the profile can say this qualification: it asks a level and at least one learning outcome."""
    kinds = (Kwalificatiesoort.BEROEPSKWALIFICATIE, Kwalificatiesoort.DEELKWALIFICATIE)
    return found.soort in kinds and found.niveau in VKS and bool(found.competenties)


def isced(graph: KnowledgeGraph, iri: str) -> list[str]:
    """The fields of ISCED-F that the source gives, else that the field is unknown."""
    found = [row["field"].value for row in graph.select(_ISCED, thing=NamedNode(iri)) if row["field"]]
    return found or [UNKNOWN_FIELD]


def triples(found: Kwalificatie, fields: list[str]) -> list[Triple]:
    """The qualification as RDF."""
    return sorted(set(_said(found, fields)), key=str)


def _said(found: Kwalificatie, fields: list[str]) -> Iterator[Triple]:
    thing = NamedNode(found.iri)
    yield Triple(thing, RDF.type, ELM.Qualification)
    for language, name in found.naam.items():
        yield Triple(thing, DCTERMS.title, Literal(name, language=language or "nl"))
    partial = found.soort is Kwalificatiesoort.DEELKWALIFICATIE
    yield Triple(thing, ELM.isPartialQualification, Literal(str(partial).lower(), datatype=XSD.boolean))
    level = found.niveau or 0
    links = [(ELM.EQFLevel, f"{EQF}{level}"), (ELM.NQFLevel, QDR + VKS[level]), (DCTERMS.language, DUTCH)]
    for predicate, iri in [*links, *((ELM.ISCEDFCode, field) for field in fields)]:
        yield Triple(thing, predicate, NamedNode(iri))
        yield Triple(NamedNode(iri), RDF.type, SKOS.Concept)
    yield Triple(NamedNode(SKILL), RDF.type, SKOS.Concept)
    for competentie in found.competenties:
        outcome = NamedNode(competentie.iri)
        yield Triple(thing, ELM.learningOutcome, outcome)
        yield Triple(outcome, RDF.type, ELM.LearningOutcome)
        yield Triple(outcome, DCTERMS.title, Literal(competentie.tekst, language="nl"))
        yield Triple(outcome, DCTERMS.type, NamedNode(SKILL))


def xml(found: Kwalificatie, fields: list[str]) -> bytes:
    """The same as the XML that Europass takes (loq.xsd 3.1.0); the order of elements is that of the schema."""
    register_namespace("", LOQ)
    root = Element(f"{{{LOQ}}}Courses", xsdVersion="3.1.0")
    holder = _below(root, "learningAchievementSpecificationReferences")
    qualification = SubElement(holder, f"{{{LOQ}}}qualification", id=found.iri)
    for language, name in found.naam.items():
        _below(qualification, "title", language=language or "nl").text = name
    for field in fields:
        _below(qualification, "ISCEDFCode", uri=field)
    _below(qualification, "language", uri=DUTCH)
    for competentie in found.competenties:
        _below(qualification, "learningOutcome", idref=competentie.iri)
    partial = found.soort is Kwalificatiesoort.DEELKWALIFICATIE
    _below(qualification, "isPartialQualification").text = str(partial).lower()
    level = found.niveau or 0
    _below(qualification, "EQFLevel", uri=f"{EQF}{level}")
    _below(qualification, "NQFLevel", uri=QDR + VKS[level])
    outcomes = _below(root, "learningOutcomeReferences")
    for competentie in found.competenties:
        outcome = _below(outcomes, "learningOutcome", id=competentie.iri)
        _below(outcome, "title", language="nl").text = competentie.tekst
        _below(outcome, "type", uri=SKILL)
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _below(parent: Element, name: str, **attributes: str) -> Element:
    return SubElement(parent, f"{{{LOQ}}}{name}", attributes)
