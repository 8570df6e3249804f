"""ESCO as the Commission's RDF: the triples we use pass, in our languages; the rest is counted and named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ..errors import SourceError
from ..graph.statements import Finding, Place, Severity
from ..graph.vocabulary import DCTERMS, ESCO, RDF, SKOS
from .esco_records import Drietal, Record
from .files import open_bytes, refuse_doctype

FORMATS = {".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES, ".rdf": RdfFormat.RDF_XML, ".xml": RdfFormat.RDF_XML}
LANGUAGES = frozenset({None, "nl", "en", "fr", "de"})
"""The languages of Belgium and English; the full edition has 28."""

CLASSES = frozenset({ESCO.Occupation, ESCO.Skill, SKOS.Concept, SKOS.ConceptScheme})
KEPT = frozenset(
    {
        *(SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.definition, SKOS.scopeNote, SKOS.notation),
        *(SKOS.broader, SKOS.inScheme, SKOS.topConceptOf, SKOS.hasTopConcept, SKOS.exactMatch, SKOS.closeMatch),
        *(ESCO.relatedEssentialSkill, ESCO.relatedOptionalSkill, ESCO.skillType, ESCO.skillReuseLevel),
        *(ESCO.nodeLiteral, DCTERMS.description, DCTERMS.modified),
    }
)
"""The properties that pass; of rdf:type only CLASSES."""


def files(folder: Path) -> list[Path]:
    """The RDF files of a folder, packed or not."""
    return [path for path in sorted(folder.iterdir()) if path.is_file() and _suffix(path) in FORMATS]


def _suffix(path: Path) -> str:
    return Path(path.stem).suffix if path.suffix in (".gz", ".xz") else path.suffix


def records(path: Path) -> Iterator[Record]:
    """The triples of one file that we use, as a stream; then one finding that counts what was left out.

    Raises SourceError where the file is not the RDF that its name says.
    """
    place, left = Place(path.name), Counter[str]()
    if FORMATS[_suffix(path)] == RdfFormat.RDF_XML:
        refuse_doctype(path)
    try:
        with open_bytes(path) as stream:
            for quad in parse(stream, format=FORMATS[_suffix(path)]):
                subject, predicate, value = quad.subject, quad.predicate, quad.object
                if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
                    left["(anonieme knoop)"] += 1
                elif isinstance(value, Literal) and value.language not in LANGUAGES:
                    left["(andere taal)"] += 1
                elif predicate in KEPT or (predicate == RDF.type and value in CLASSES):
                    yield Drietal(place, subject, predicate, value)
                else:
                    left[predicate.value] += 1
    except (SyntaxError, ValueError) as error:
        remedy = "Haal het bestand opnieuw op bij esco.ec.europa.eu."
        raise SourceError(f"Dit bestand is geen geldige RDF ({error}).", place=path.name, remedy=remedy) from error
    if left:
        yield _left_out(place, left)


def _left_out(place: Place, left: Counter[str]) -> Finding:
    what = ", ".join(f"{name} ({times})" for name, times in left.most_common())
    message = {"nl": f"Niet geladen tripels: {what}.", "en": f"Triples not loaded: {what}."}
    return Finding("loader/esco-niet-geladen", Severity.INFO, place, message, value=str(left.total()))
