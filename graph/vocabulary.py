"""The words of the ontology as a closed namespace: a misspelt term is an error."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

from .names import CODELISTS, NAMESPACE

ONTOLOGY = Path(str(files("leerbrug"))) / "ontology"
"""The folder of vocabulary, shapes, code lists, alignments and context."""


class ClosedNamespace:
    """Terms of one namespace; asking for another raises AttributeError.

    >>> LEER.Competentie.value.rpartition("#")[2]
    'Competentie'
    >>> LEER.Kompetentie
    Traceback (most recent call last):
    AttributeError: 'Kompetentie' is geen term van https://w3id.org/leerbrug/ns#
    """

    def __init__(self, iri: str, terms: frozenset[str]) -> None:
        self._iri, self._terms = iri, terms
        self.__dict__.update({term: NamedNode(iri + term) for term in terms})

    def __getattr__(self, term: str) -> NamedNode:
        raise AttributeError(f"{term!r} is geen term van {self._iri}")

    def __getitem__(self, term: str) -> NamedNode:
        if term not in self._terms:
            raise AttributeError(f"{term!r} is geen term van {self._iri}")
        return NamedNode(self._iri + term)

    def __contains__(self, term: str) -> bool:
        return term in self._terms


@lru_cache(maxsize=1)
def _vocabulary_terms() -> frozenset[str]:
    subjects = {quad.subject for quad in parse(path=ONTOLOGY / "vocabulary.ttl", format=RdfFormat.TURTLE)}
    iris = (subject.value for subject in subjects if isinstance(subject, NamedNode))
    return frozenset(iri.removeprefix(NAMESPACE) for iri in iris if iri.startswith(NAMESPACE))


LEER = ClosedNamespace(NAMESPACE, _vocabulary_terms())

RDF = ClosedNamespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", frozenset({"type"}))
RDFS = ClosedNamespace("http://www.w3.org/2000/01/rdf-schema#", frozenset({"label", "comment", "seeAlso"}))
OWL = ClosedNamespace("http://www.w3.org/2002/07/owl#", frozenset({"sameAs", "deprecated", "versionInfo"}))
SKOS = ClosedNamespace(
    "http://www.w3.org/2004/02/skos/core#",
    frozenset(
        "Concept ConceptScheme Collection prefLabel altLabel hiddenLabel definition scopeNote notation note example "
        "broader narrower related inScheme topConceptOf hasTopConcept member exactMatch closeMatch broadMatch "
        "narrowMatch relatedMatch historyNote editorialNote".split()
    ),
)
DCTERMS = ClosedNamespace(
    "http://purl.org/dc/terms/",
    frozenset(
        "title description issued modified created identifier isVersionOf hasVersion replaces isReplacedBy isPartOf "
        "hasPart publisher license source type subject references creator rights conformsTo language Agent".split()
    ),
)
PROV = ClosedNamespace(
    "http://www.w3.org/ns/prov#",
    frozenset(
        "Entity Activity Agent wasDerivedFrom wasGeneratedBy wasAttributedTo generatedAtTime used startedAtTime "
        "endedAtTime wasAssociatedWith invalidatedAtTime wasRevisionOf hadPrimarySource".split()
    ),
)
XSD = ClosedNamespace(
    "http://www.w3.org/2001/XMLSchema#",
    frozenset("string boolean integer decimal date dateTime gYear anyURI nonNegativeInteger".split()),
)
ESCO = ClosedNamespace(
    "http://data.europa.eu/esco/model#",
    frozenset(
        "Occupation Skill hasEssentialSkill hasOptionalSkill isEssentialSkillFor isOptionalSkillFor skillType "
        "relatedEssentialSkill relatedOptionalSkill skillReuseLevel nodeLiteral".split()
    ),
)

PREFIXES = {
    "leer": NAMESPACE,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "esco": "http://data.europa.eu/esco/model#",
    "lijst": CODELISTS,
}
"""The prefixes that every query may use without declaring them."""
