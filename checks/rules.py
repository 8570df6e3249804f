"""Cross-record rules: SPARQL constraints of the shapes, evaluated over all their targets at once.

SHACL evaluates a SPARQL constraint once per focus node; on a whole graph that is slow. The set-wise query is the same
text with `$this` left free and bound by the targets of the shape. It says the same as long as the text obeys SHACL's
own rules for pre-binding (§5.1: no MINUS, SERVICE or VALUES on `$this`, sub-selects project it), which the tests hold
every rule to by comparing with pySHACL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, QuerySolutions, Store

from ..graph.statements import Term
from ..graph.vocabulary import RDF
from .result import SHACL, Result

COMPONENT = SHACL + "SPARQLConstraintComponent"

Node = NamedNode | BlankNode


@dataclass(frozen=True, slots=True)
class Rule:
    """One SPARQL constraint of one node shape whose targets are classes; `classes` includes the subclasses."""

    shape: str
    select: str
    classes: tuple[NamedNode, ...]
    severity: str

    def setwise(self, focus: Iterable[Term] = ()) -> str:
        """The select with `$this` bound: by these focus nodes, or by the targets of the shape where there are none.

        >>> Rule("urn:s", "SELECT $this WHERE { $this <urn:p> 1 }", (NamedNode("urn:C"),), "").setwise()
        'SELECT $this WHERE { VALUES ?doelklasse { <urn:C> } $this a ?doelklasse . $this <urn:p> 1 }'
        """
        before, _, after = self.select.partition("{")
        nodes = " ".join(str(node) for node in focus)
        classes = " ".join(str(cls) for cls in self.classes)
        bound = f"VALUES $this {{ {nodes} }}" if nodes else f"VALUES ?doelklasse {{ {classes} }} $this a ?doelklasse ."
        return f"{before}{{ {bound}{after}"

    def targets(self, store: Store, focus: Iterable[Node]) -> list[Node]:
        """Which of these focus nodes the shape targets."""
        return [node for node in focus if any(_is_a(store, node, cls) for cls in self.classes)]

    def results(self, store: Store, focus: Iterable[Node] | None = None) -> Iterator[Result]:
        """What breaks the rule: anywhere in the union of the store's graphs, or among these focus nodes only."""
        nodes = self.targets(store, focus or ())
        if focus is not None and not nodes:
            return
        solutions = store.query(self.setwise(nodes), use_default_graph_as_union=True)
        if not isinstance(solutions, QuerySolutions):
            raise TypeError(f"{self.shape} is geen SELECT")
        named = [variable.value for variable in solutions.variables]
        for row in solutions:
            value = row["value"] if "value" in named else row["this"]
            path = f"<{row['path'].value}>" if "path" in named and row["path"] is not None else ""
            yield Result(row["this"], path, value, COMPONENT, self.shape, self.severity)


def _is_a(store: Store, node: Node, cls: NamedNode) -> bool:
    return next(store.quads_for_pattern(node, RDF.type, cls, None), None) is not None
