"""The Validator: the one door to SHACL, whatever engine stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from pyoxigraph import NamedNode, RdfFormat, Store, Triple

from .engines import Engine, RustEngine
from .reach import ANY, Reads, affected, core_reads_of, neighbourhood, reads_of
from .result import Result, sort_key
from .shapes import Shapes, ntriples

Graph = Store | bytes
"""What is validated: the union of a store's graphs, or N-Triples."""


class Validator:
    """Validates a graph against shapes; `engine` and `setwise` choose how, never what is found.

    With `setwise` the cross-record rules are asked as one SPARQL query each over the whole graph, and the engine gets
    the rest; without it the engine gets everything, as SHACL says it.

    >>> kok = b'<urn:kok> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/leerbrug/ns#Domein> .'
    >>> [found.shape.rpartition("/")[2] for found in Validator().validate(kok)]
    ['labels#nederlands']
    """

    def __init__(self, shapes: Shapes | None = None, engine: Engine | None = None, *, setwise: bool = True) -> None:
        self.shapes, self.engine, self.setwise = shapes or Shapes.load(), engine or RustEngine(), setwise

    def validate(self, graph: Graph, focus: Iterable[NamedNode] | None = None) -> list[Result]:
        """Every result, in a fixed order; with `focus` the results on those nodes only, reading only what they need."""
        store = graph if isinstance(graph, Store) else _store(graph)
        if focus is not None:
            return self._on(store, frozenset(focus))
        text = ntriples(self._readable(store))
        if not self.setwise:
            return sorted(self.engine.validate(text + self._known, self.shapes.whole), key=sort_key)
        found = self.engine.validate(text + self._known, self.shapes.core)
        found += (result for rule in self.shapes.rules for result in rule.results(store))
        return sorted(found, key=sort_key)

    def revalidate(self, store: Store, changed: Iterable[NamedNode]) -> tuple[frozenset[NamedNode], list[Result]]:
        """The focus nodes that a change can affect, and the results on them now.

        `changed` are the subjects of triples that came or went, and the former objects of those that went. Results on
        any other node are what they were before. Terminology (code lists, subclasses) is taken not to change.
        """
        focus = frozenset(affected(store, self.reads, changed))
        return focus, self._on(store, focus)

    def _on(self, store: Store, focus: frozenset[NamedNode]) -> list[Result]:
        text = ntriples(neighbourhood(store, self.reads, focus))
        shapes = self.shapes.core if self.setwise else self.shapes.whole
        found = [result for result in self.engine.validate(text + self._known, shapes) if result.focus in focus]
        if self.setwise:
            found += (result for rule in self.shapes.rules for result in rule.results(store, focus))
        return sorted(found, key=sort_key)

    def _readable(self, store: Store) -> Iterator[Triple]:
        """The triples that the engine's shapes can read: texts and addresses that none asks for stay out of it."""
        chains = (chain for chains in core_reads_of(self.shapes).values() for chain in chains)
        predicates = {step.predicate for chain in chains for step in chain}
        everything = not self.setwise or ANY in predicates or not self.shapes.targets_are_classes
        for predicate in (ANY,) if everything else sorted(predicates, key=str):
            yield from (quad.triple for quad in store.quads_for_pattern(None, predicate, None, None))

    @cached_property
    def reads(self) -> Reads:
        """What the shapes can read, derived from their paths and patterns."""
        return reads_of(self.shapes)

    @cached_property
    def _known(self) -> bytes:
        return ntriples(self.shapes.known)


def _store(text: bytes) -> Store:
    store = Store()
    store.bulk_load(text, RdfFormat.N_TRIPLES)
    return store
