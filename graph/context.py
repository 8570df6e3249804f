"""The JSON-LD context: how the words of the ontology are written as JSON, made from vocabulary.ttl.

Keys are the words themselves. Texts are language maps, what may occur more than once is always a list, days are typed,
and what points to a thing is its IRI. A published version never changes: a term that changes meaning needs a next one.
"""

from __future__ import annotations

from typing import Any

import orjson
from pyoxigraph import NamedNode, RdfFormat, Store

from .names import CODELISTS, NAMESPACE
from .vocabulary import ONTOLOGY

CONTEXT = ONTOLOGY / "context-v1.jsonld"
"""The version that is served today."""

_OWL, _RDFS, _XSD = (f"http://www.w3.org/{name}#" for name in ("2002/07/owl", "2000/01/rdf-schema", "2001/XMLSchema"))
_NATIVE = {_XSD + "boolean", _XSD + "integer", _XSD + "string"}
_TEXT = {"@container": "@language"}
_TEXTS = {"@container": ["@language", "@set"]}
_THINGS = {"@type": "@id", "@container": "@set"}
_MOMENT = {"@type": "xsd:dateTime"}

_ONE = {"code", "versienummer", "versiecode", "volgnummer"}
"""What each source says once of a thing, though two versions of a source may differ: written without a list."""

PREFIXES = {
    "leer": NAMESPACE,
    "codelijst": CODELISTS,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "esco": "http://data.europa.eu/esco/model#",
    "rdfs": _RDFS,
    "xsd": _XSD,
}

_LINKS = {
    "skos": "inScheme topConceptOf hasTopConcept broader narrower related member "
    "exactMatch closeMatch broadMatch narrowMatch relatedMatch",
    "dct": "isVersionOf replaces isReplacedBy isPartOf hasPart references subject conformsTo",
    "prov": "wasDerivedFrom wasGeneratedBy wasAttributedTo wasRevisionOf hadPrimarySource used wasAssociatedWith",
    "esco": "relatedEssentialSkill relatedOptionalSkill skillType skillReuseLevel",
    "rdfs": "seeAlso",
}
_TOLD = {"skos": "altLabel hiddenLabel scopeNote note editorialNote", "dct": "title description"}
_KINDS = {"skos": "Concept ConceptScheme Collection", "prov": "Entity Activity Agent", "esco": "Occupation Skill"}
_MOMENTS = {"prov": "generatedAtTime invalidatedAtTime startedAtTime endedAtTime"}


def _each(words: dict[str, str], how: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {f"{prefix}:{term}": how for prefix, terms in words.items() for term in terms.split()}


BORROWED: dict[str, dict[str, Any]] = {
    **_each({"skos": "prefLabel definition"}, _TEXT),
    **_each(_TOLD, _TEXTS),
    **_each(_LINKS, _THINGS),
    **_each(_MOMENTS, _MOMENT),
    **_each(_KINDS, {}),
    **_each({"skos": "notation", "dct": "identifier issued modified publisher source rights"}, {}),
    "dct:license": {"@type": "@id"},
}
"""Terms of SKOS, Dublin Core, PROV and ESCO that keep their own name."""


def context() -> dict[str, Any]:
    """The context document.

    >>> context()["@context"]["begindatum"]
    {'@id': 'leer:begindatum', '@type': 'xsd:date'}
    >>> context()["@context"]["heeftCompetentie"]
    {'@id': 'leer:heeftCompetentie', '@type': '@id', '@container': '@set'}
    """
    store = Store()
    store.load(path=ONTOLOGY / "vocabulary.ttl", format=RdfFormat.TURTLE)
    terms: dict[str, Any] = {"@version": 1.1, "id": "@id", "type": "@type", **PREFIXES}
    terms |= {key.partition(":")[2]: {"@id": key, **how} for key, how in BORROWED.items()}
    terms |= {name: f"leer:{name}" for name in _named(store, "Class")}
    for name in _named(store, "ObjectProperty"):
        single = name in _named(store, "FunctionalProperty")
        terms[name] = {"@id": f"leer:{name}", "@type": "@id"} | ({} if single else {"@container": "@set"})
    for name in _named(store, "DatatypeProperty") + _named(store, "AnnotationProperty"):
        terms[name] = {"@id": f"leer:{name}"} | _literal(store, name)
    return {"@context": terms}


def _named(store: Store, kind: str) -> list[str]:
    """The terms of ours of one OWL kind, by local name."""
    quads = store.quads_for_pattern(None, None, NamedNode(_OWL + kind), None)
    found = (quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))
    return sorted(iri.removeprefix(NAMESPACE) for iri in found if iri.startswith(NAMESPACE))


def _literal(store: Store, name: str) -> dict[str, Any]:
    """How values of a property that is not a link are written: without a range they are texts in a language."""
    node = NamedNode(NAMESPACE + name)
    ranges = [quad.object for quad in store.quads_for_pattern(node, NamedNode(_RDFS + "range"), None, None)]
    single = name in _ONE or name in _named(store, "FunctionalProperty")
    if not ranges:
        return dict(_TEXTS)
    datatype = ranges[0].value if isinstance(ranges[0], NamedNode) else ""
    typed = {} if datatype in _NATIVE else {"@type": "xsd:" + datatype.removeprefix(_XSD)}
    return typed if single else typed | {"@container": "@set"}


def written() -> bytes:
    """The bytes of the context file."""
    return orjson.dumps(context(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
