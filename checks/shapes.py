"""The shapes graph, read once and seen from three sides: what engines get, the rules, the texts for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

from ..errors import LeerbrugError
from ..graph.names import NAMESPACE
from ..graph.statements import Term
from ..graph.vocabulary import ONTOLOGY, RDF, SKOS
from .result import SHACL
from .rules import Node, Rule

FOLDER = ONTOLOGY / "shapes"
SHAPES = "https://w3id.org/leerbrug/shapes/"
"""Where our shapes live: ``{SHAPES}{file}#{rule}``."""

_SUBCLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
_CLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#Class")
_OWL_CLASS = NamedNode("http://www.w3.org/2002/07/owl#Class")
_REMEDY = NamedNode(NAMESPACE + "remedie")


def sh(name: str) -> NamedNode:
    """A term of SHACL."""
    return NamedNode(SHACL + name)


def turtle(paths: Iterable[Path]) -> Iterator[Triple]:
    """The triples of Turtle files, in the order of their names."""
    for path in sorted(paths):
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            yield Triple(quad.subject, quad.predicate, quad.object)


def ntriples(triples: Iterable[Triple]) -> bytes:
    """Triples as N-Triples."""
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


@lru_cache(maxsize=1)
def terminology() -> tuple[Triple, ...]:
    """What shapes need to know of the ontology beside the data: the subclasses and the code lists."""
    said = turtle([ONTOLOGY / "vocabulary.ttl", *(ONTOLOGY / "codelists").glob("*.ttl")])
    return tuple(t for t in said if t.predicate in (_SUBCLASS, SKOS.inScheme) and isinstance(t.object, NamedNode))


class Shapes:
    """A shapes graph.

    >>> shapes = Shapes.load()
    >>> sorted(shapes.message(SHAPES + "competentie#code"))
    ['en', 'nl']
    """

    def __init__(self, triples: Iterable[Triple], known: Iterable[Triple] = ()) -> None:
        self._store = Store()
        self._store.extend(Quad(*triple) for triple in triples)
        self.known = tuple(known)
        """What every validation adds to the data: subclasses and code lists."""

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Shapes:
        """The shapes in a folder of Turtle files, with our terminology."""
        return cls(turtle(folder.glob("*.ttl")), terminology())

    def triples(self) -> Iterator[Triple]:
        """All triples of the shapes graph."""
        return (quad.triple for quad in self._store)

    def about(self, subject: Node) -> Iterator[Triple]:
        """The triples with this subject."""
        return (quad.triple for quad in self._store.quads_for_pattern(subject, None, None))

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """The objects of a subject and predicate."""
        if isinstance(subject, Literal):
            return []
        return [_plain(quad.object) for quad in self._store.quads_for_pattern(subject, predicate, None)]

    def value(self, subject: Term, predicate: NamedNode) -> Term | None:
        """The one object of a subject and predicate, or None."""
        return next(iter(self.objects(subject, predicate)), None)

    def items(self, head: Term | None) -> Iterator[Term]:
        """The members of an RDF list."""
        rdf = RDF.type.value.removesuffix("type")
        while head is not None and head != NamedNode(rdf + "nil"):
            yield from self.objects(head, NamedNode(rdf + "first"))
            head = self.value(head, NamedNode(rdf + "rest"))

    def subjects(self, predicate: NamedNode) -> list[Node]:
        """The subjects that have this predicate, sorted."""
        found = {quad.subject for quad in self._store.quads_for_pattern(None, predicate, None)}
        return sorted((node for node in found if isinstance(node, NamedNode | BlankNode)), key=str)

    @cached_property
    def whole(self) -> bytes:
        """The whole shapes graph as N-Triples."""
        return ntriples(self.triples())

    @cached_property
    def core(self) -> bytes:
        """The shapes graph without the constraints that `rules` covers."""
        covered = {NamedNode(rule.shape) for rule in self.rules}
        return ntriples(t for t in self.triples() if not (t.predicate == sh("sparql") and t.subject in covered))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The SPARQL constraints of named node shapes with target classes; others are left to the engine."""
        return tuple(
            Rule(shape.value, self._select(constraint), self.target_classes(shape), self.severity(shape))
            for shape in self.subjects(sh("sparql"))
            if isinstance(shape, NamedNode) and not self.objects(shape, sh("path")) and self.target_classes(shape)
            for constraint in self.objects(shape, sh("sparql"))
        )

    def _select(self, constraint: Term) -> str:
        select = self.value(constraint, sh("select"))
        if select is None:
            raise LeerbrugError(f"De regel {constraint} heeft geen sh:select.")
        prefixes = (
            f"PREFIX {_text(self.value(declared, sh('prefix')))}: <{_text(self.value(declared, sh('namespace')))}>\n"
            for holder in self.objects(constraint, sh("prefixes"))
            for declared in self.objects(holder, sh("declare"))
        )
        return "".join(sorted(prefixes)) + _text(select)

    def target_classes(self, shape: Term) -> tuple[NamedNode, ...]:
        """The target classes of a shape and all their subclasses."""
        found = {node for node in self.objects(shape, sh("targetClass")) if isinstance(node, NamedNode)}
        todo = list(found)
        while todo:
            below = self._subclasses.get(todo.pop(), set()) - found
            found |= below
            todo += below
        return tuple(sorted(found, key=str))

    @cached_property
    def targets_are_classes(self) -> bool:
        """Whether all targets are classes named by sh:targetClass, as ours are."""
        others = ("target", "targetNode", "targetSubjectsOf", "targetObjectsOf")
        implicit = (self._store.quads_for_pattern(None, RDF.type, cls, None) for cls in (_CLASS, _OWL_CLASS))
        return not any(self.subjects(sh(name)) for name in others) and not any(True for q in implicit for _ in q)

    @cached_property
    def _subclasses(self) -> dict[NamedNode, set[NamedNode]]:
        found: dict[NamedNode, set[NamedNode]] = {}
        for triple in self.known:
            if triple.predicate == _SUBCLASS and isinstance(triple.subject, NamedNode):
                found.setdefault(NamedNode(_text(_plain(triple.object))), set()).add(triple.subject)
        return found

    def severity(self, shape: Term) -> str:
        """The IRI of a shape's severity; SHACL's own default is Violation."""
        found = self.value(shape, sh("severity"))
        return found.value if isinstance(found, NamedNode) else SHACL + "Violation"

    def message(self, shape: str) -> dict[str, str]:
        """The message of a shape by language; empty for a shape without one."""
        return self._texts(shape, sh("message"))

    def remedy(self, shape: str) -> dict[str, str]:
        """What a person can do about it, by language; empty where no remedy is known."""
        return self._texts(shape, _REMEDY)

    def _texts(self, shape: str, predicate: NamedNode) -> dict[str, str]:
        found = self.objects(NamedNode(shape), predicate) if ":" in shape else []
        return {text.language or "": text.value for text in found if isinstance(text, Literal)}


def _plain(found: object) -> Term:
    if not isinstance(found, NamedNode | BlankNode | Literal):
        raise TypeError(f"{found} is geen gewone term")
    return found


def _text(found: Term | None) -> str:
    return "" if found is None else found.value
