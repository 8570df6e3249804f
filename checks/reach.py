"""What a shape can read from a focus node: the way back tells what a change affects, the way on what to look at.

A read is a chain of steps, each over one predicate, forwards or backwards. The reads of a shape follow from its paths,
those of the shapes it nests, and the triple patterns of its rules; so the distance to look is derived, never set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple
from rdflib import URIRef
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.paths import Path as SparqlPath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Variable

from ..graph.statements import Term
from ..graph.vocabulary import RDF
from .rules import Rule
from .shapes import Shapes, sh

ANY = None
"""Any predicate: a closed shape, or a variable as predicate."""


class Step(NamedTuple):
    """One step: over this predicate (None: any), against its direction or along it, once or any number of times."""

    predicate: NamedNode | None
    back: bool = False
    repeated: bool = False

    def reversed(self) -> Step:
        """The same step walked the other way."""
        return Step(self.predicate, not self.back, self.repeated)


Read = tuple[Step, ...]
Reads = Mapping[NamedNode, frozenset[Read]]
"""For each target class (subclasses included) what its shapes read."""

_NESTED = ("property", "node", "not", "qualifiedValueShape")
_LISTS = ("and", "or", "xone")
_PAIRS = ("equals", "disjoint", "lessThan", "lessThanOrEquals")
_REPEATED = ("zeroOrMorePath", "oneOrMorePath")
TYPE = Step(RDF.type)


def reads_of(shapes: Shapes) -> Reads:
    """The reads of all shapes that have target classes, and of the rules, by class."""
    found = {cls: set(reads) for cls, reads in core_reads_of(shapes).items()}
    for rule in shapes.rules:
        reads = frozenset(rule_reads(rule))
        for cls in rule.classes:
            found.setdefault(cls, {(TYPE,)}).update(reads)
    return {cls: frozenset(reads) for cls, reads in found.items()}


def core_reads_of(shapes: Shapes) -> Reads:
    """The reads of all shapes that have target classes, but for their SPARQL, by class."""
    found: dict[NamedNode, set[Read]] = {}
    for shape in shapes.subjects(sh("targetClass")):
        reads = frozenset(_shape_reads(shapes, shape, ()))
        for cls in shapes.target_classes(shape):
            found.setdefault(cls, {(TYPE,)}).update(reads)
    return {cls: frozenset(reads) for cls, reads in found.items()}


def _shape_reads(shapes: Shapes, shape: Term, before: Read) -> Iterator[Read]:
    for path in path_reads(shapes, shapes.value(shape, sh("path"))):
        here = before + path
        if here:
            yield here
        if shapes.objects(shape, sh("class")) or shapes.objects(shape, sh("targetClass")):
            yield (*here, TYPE)
        if shapes.value(shape, sh("closed")) is not None:
            yield (*here, Step(ANY))
        for name in _PAIRS:
            yield from ((*before, Step(o)) for o in shapes.objects(shape, sh(name)) if isinstance(o, NamedNode))
        for inner in _inner(shapes, shape):
            yield from _shape_reads(shapes, inner, here)


def _inner(shapes: Shapes, shape: Term) -> Iterator[Term]:
    for name in _NESTED:
        yield from shapes.objects(shape, sh(name))
    for name in _LISTS:
        for head in shapes.objects(shape, sh(name)):
            yield from shapes.items(head)


def path_reads(shapes: Shapes, path: Term | None) -> Iterator[Read]:
    """The chains of steps that a SHACL path can take; one empty chain for no path."""
    if path is None:
        yield ()
    elif isinstance(path, NamedNode):
        yield (Step(path),)
    elif (inverse := shapes.value(path, sh("inversePath"))) is not None:
        yield from (tuple(step.reversed() for step in reversed(read)) for read in path_reads(shapes, inverse))
    elif (alternatives := shapes.value(path, sh("alternativePath"))) is not None:
        for part in shapes.items(alternatives):
            yield from path_reads(shapes, part)
    elif (optional := shapes.value(path, sh("zeroOrOnePath"))) is not None:
        yield from ((), *path_reads(shapes, optional))
    elif repeated := [inner for name in _REPEATED for inner in shapes.objects(path, sh(name))]:
        yield from _repeat(path_reads(shapes, repeated[0]))
    else:
        yield from _sequences([list(path_reads(shapes, part)) for part in shapes.items(path)])


def _repeat(reads: Iterable[Read]) -> Iterator[Read]:
    for read in reads:
        yield tuple(step._replace(repeated=True) for step in read)


def _sequences(parts: list[list[Read]]) -> Iterator[Read]:
    if not parts:
        yield ()
        return
    for first in parts[0]:
        yield from (first + rest for rest in _sequences(parts[1:]))


def rule_reads(rule: Rule) -> Iterator[Read]:
    """The chains that the triple patterns of a rule make, from `$this` on.

    Raises ValueError for a pattern that nothing links to `$this`: a change there could break the rule anywhere.
    """
    edges = [
        (start, read, end)
        for start, path, end in _patterns(translateQuery(parseQuery(rule.select)).algebra)
        for read in _sparql_reads(path)
    ]
    chains: dict[object, set[Read]] = {Variable("this"): {()}}
    todo = list(edges)
    while todo:
        linked = [edge for edge in todo if edge[0] in chains or edge[2] in chains]
        if not linked:
            raise ValueError(f"{rule.shape}: {todo[0]} hangt niet vast aan $this")
        todo = [edge for edge in todo if edge not in linked]
        for start, read, end in linked:
            back = tuple(step.reversed() for step in reversed(read))
            for here, steps, there in ((start, read, end), (end, back, start)):
                for chain in list(chains.get(here, ())):
                    yield chain + steps
                    if isinstance(there, Variable) and there not in chains:
                        chains[there] = {chain + steps}


def _patterns(node: object) -> Iterator[tuple[object, object, object]]:
    if isinstance(node, CompValue):
        for key, inner in node.items():
            if key == "triples":
                yield from inner
            else:
                yield from _patterns(inner)
    elif isinstance(node, list | tuple):
        for inner in node:
            yield from _patterns(inner)


def _sparql_reads(path: object) -> Iterator[Read]:
    if isinstance(path, URIRef):
        yield (Step(NamedNode(str(path))),)
    elif isinstance(path, InvPath):
        yield from (tuple(step.reversed() for step in reversed(read)) for read in _sparql_reads(path.arg))
    elif isinstance(path, SequencePath):
        yield from _sequences([list(_sparql_reads(part)) for part in path.args])
    elif isinstance(path, AlternativePath):
        for part in path.args:
            yield from _sparql_reads(part)
    elif isinstance(path, MulPath):
        yield from _repeat(_sparql_reads(path.path))
    elif isinstance(path, SparqlPath):
        raise TypeError(f"{path} is een pad dat niet gevolgd kan worden")
    else:
        yield (Step(ANY),)


def affected(store: Store, reads: Reads, changed: Iterable[NamedNode]) -> set[NamedNode]:
    """The focus nodes whose validation can read a triple with one of the changed nodes as subject or object."""
    nodes = frozenset(changed)
    found: set[NamedNode] = set()
    for cls, chains in reads.items():
        reached = set(nodes)
        for way in {read[:length] for read in chains for length in range(1, len(read) + 1)}:
            reached |= _walk(store, nodes, tuple(step.reversed() for step in reversed(way)))
        found |= {node for node in reached if any(True for _ in store.quads_for_pattern(node, RDF.type, cls, None))}
    return found


def _walk(store: Store, start: frozenset[NamedNode], read: Read) -> frozenset[NamedNode]:
    here = start
    for step in read:
        here = frozenset(_ends(store, here, step))
        while step.repeated and not (further := frozenset(_ends(store, here, step))) <= here:
            here |= further
    return here


def _ends(store: Store, nodes: Iterable[Term], step: Step) -> Iterator[NamedNode]:
    for node in nodes:
        for triple in _triples(store, node, step):
            end = triple.subject if step.back else triple.object
            if isinstance(end, NamedNode):
                yield end
        if step.repeated and isinstance(node, NamedNode):
            yield node


def _triples(store: Store, node: Term, step: Step) -> Iterator[Triple]:
    if step.back:
        return (quad.triple for quad in store.quads_for_pattern(None, step.predicate, node, None))
    if isinstance(node, Literal):
        return iter(())
    return (quad.triple for quad in store.quads_for_pattern(node, step.predicate, None, None))


def neighbourhood(store: Store, reads: Reads, focus: Iterable[NamedNode]) -> set[Triple]:
    """The triples that the shapes can read from these focus nodes."""
    found: set[Triple] = set()
    for node in focus:
        classes = {q.object for q in store.quads_for_pattern(node, RDF.type, None, None)}
        tree = _tree(read for cls, chains in reads.items() if cls in classes for read in chains)
        _collect(store, frozenset([node]), tree, found)
    return found


Tree = dict[Step, "Tree"]


def _tree(reads: Iterable[Read]) -> Tree:
    """Reads that begin alike, walked once."""
    root: Tree = {}
    for read in reads:
        here = root
        for step in read:
            here = here.setdefault(step, {})
    return root


def _collect(store: Store, nodes: frozenset[NamedNode | BlankNode], tree: Tree, found: set[Triple]) -> None:
    for step, further in tree.items():
        ends: set[NamedNode | BlankNode] = set(nodes) if step.repeated else set()
        todo = list(nodes)
        while todo:
            for triple in _triples(store, todo.pop(), step):
                found.add(triple)
                end = triple.subject if step.back else triple.object
                if isinstance(end, NamedNode | BlankNode) and end not in ends:
                    ends.add(end)
                    if step.repeated:
                        todo.append(end)
        if further and ends:
            _collect(store, frozenset(ends), further, found)
