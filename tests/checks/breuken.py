"""Worlds to validate: one of everything that is sound, and for each constraint of each rule a change that breaks it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from leerbrug.graph.vocabulary import ONTOLOGY
from pyoxigraph import NamedNode, RdfFormat, Store, Triple, serialize
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SH, XSD
from rdflib.term import Node

EXAMPLES = Path(__file__).parent / "examples"
SHAPES = "https://w3id.org/leerbrug/shapes/"
PREFIXES = """
PREFIX leer: <https://w3id.org/leerbrug/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX lijst: <https://w3id.org/leerbrug/codelijst/>
PREFIX w: <https://voorbeeld.test/id/0001/>
"""
ELSEWHERE = URIRef("https://voorbeeld.test/id/0001/nergens")


@cache
def world_text() -> str:
    return (EXAMPLES / "wereld.ttl").read_text()


def numbered(text: str, number: int) -> str:
    """The same text for the world with that number."""
    return text.replace("0001", f"{number:04}")


def world(number: int = 1) -> Store:
    store = Store()
    store.load(numbered(world_text(), number).encode(), RdfFormat.TURTLE)
    return store


@dataclass(frozen=True)
class Breuk:
    """A change to the sound world that breaks one constraint of one rule on one node."""

    rule: str
    component: str
    focus: str
    update: str

    @property
    def name(self) -> str:
        return f"{self.rule} {self.component}"

    def world(self, number: int = 1) -> Store:
        store = world(number)
        store.update(numbered(PREFIXES + self.update, number))
        return store

    def on(self, number: int) -> NamedNode:
        return NamedNode(numbered(f"https://voorbeeld.test/id/0001/{self.focus}", number))


@cache
def shapes_graph() -> Graph:
    graph = Graph()
    for path in sorted((ONTOLOGY / "shapes").glob("*.ttl")):
        graph.parse(path)
    return graph


@cache
def written_by_hand() -> tuple[Breuk, ...]:
    """The changes that break a SPARQL rule."""
    table = tomllib.loads((EXAMPLES / "fouten.toml").read_text())
    return tuple(Breuk(row["regel"], "SPARQLConstraintComponent", row["op"], row["wijziging"]) for row in table["fout"])


@cache
def derived() -> tuple[Breuk, ...]:
    """For every constraint of every property shape a change that breaks it, derived from what the constraint says."""
    shapes, sound = shapes_graph(), Graph().parse(data=world_text(), format="turtle")
    found = []
    for shape in sorted(set(shapes.subjects(SH.targetClass))):
        for rule in sorted(shapes.objects(shape, SH.property)):
            focus, values = _focus(shapes, sound, shape, rule)
            for parameter, limit in sorted(shapes.predicate_objects(rule)):
                make = _BREAKERS.get(parameter)
                if make is not None:
                    removed, added = make(shapes, sound, rule, focus, values, limit)
                    component = str(parameter).rpartition("#")[2]
                    found.append(
                        Breuk(
                            str(rule).removeprefix(SHAPES),
                            component[0].upper() + component[1:] + "ConstraintComponent",
                            str(focus).rpartition("/")[2],
                            _update(_edges(shapes, rule, focus, removed), _edges(shapes, rule, focus, added)),
                        )
                    )
    return tuple(found)


def _update(removed: list[str], added: list[str]) -> str:
    delete = f"DELETE DATA {{ {' '.join(removed)} }} ;" if removed else ""
    return f"{delete} INSERT DATA {{ {' '.join(added)} }}"


def _focus(shapes: Graph, sound: Graph, shape: Node, rule: Node) -> tuple[Node, list[Node]]:
    targets = sorted(node for cls in shapes.objects(shape, SH.targetClass) for node in sound.subjects(RDF.type, cls))
    for node in targets:
        if values := _values(shapes, sound, rule, node):
            return node, values
    return targets[0], []


def _steps(shapes: Graph, rule: Node) -> list[tuple[Node, bool]]:
    """The predicates of a path, each with whether it is walked backwards."""
    path = shapes.value(rule, SH.path)
    if (inverse := shapes.value(path, SH.inversePath)) is not None:
        return [(inverse, True)]
    if (head := shapes.value(path, SH.alternativePath)) is not None:
        return [(part, False) for part in shapes.items(head)]
    return [(path, False)]


def _values(shapes: Graph, sound: Graph, rule: Node, node: Node) -> list[Node]:
    return sorted(
        value
        for predicate, back in _steps(shapes, rule)
        for value in (sound.subjects(predicate, node) if back else sound.objects(node, predicate))
    )


def _edges(shapes: Graph, rule: Node, focus: Node, values: list[Node]) -> list[str]:
    return [
        f"{value.n3()} {predicate.n3()} {focus.n3()} ." if back else f"{focus.n3()} {predicate.n3()} {value.n3()} ."
        for predicate, back in _steps(shapes, rule)
        for value in values
    ]


Change = tuple[list[Node], list[Node]]
Make = Callable[[Graph, Graph, Node, Node, list[Node], Node], Change]


def _none(shapes: Graph, sound: Graph, rule: Node, focus: Node, values: list[Node], limit: Node) -> Change:
    return values, []


def _one_more(shapes: Graph, sound: Graph, rule: Node, focus: Node, values: list[Node], limit: Node) -> Change:
    if not values:
        return [], [URIRef("https://w3id.org/leerbrug/codelijst/ok-niveau/OK3")]
    return [], [_another(sound, rule, shapes, values[0])]


def _another(sound: Graph, rule: Node, shapes: Graph, value: Node) -> Node:
    """A value of the same kind that the focus does not have."""
    if isinstance(value, Literal):
        if value.datatype == XSD.boolean:
            return Literal(not value.toPython())
        if value.datatype == XSD.integer:
            return Literal(int(value) + 1)
        if value.datatype == XSD.date:
            return Literal("2021-02-03", datatype=XSD.date)
        if value.datatype == XSD.decimal:
            return Literal("0.5", datatype=XSD.decimal)
        return Literal(f"{value}9", lang=value.language)
    if "/codelijst/" in value:
        head = value.rpartition("/")[0]
        return URIRef(f"{head}/{_OTHER_CODES[head.rpartition('/')[2]]}")
    same = sorted(set(sound.subjects(RDF.type, sound.value(value, RDF.type))) - {value})
    return same[0] if same else ELSEWHERE


_OTHER_CODES = {
    "vks-niveau": "4",
    "status": "GEANNULEERD",
    "attestsoort": "wettelijk",
    "autonomiesoort": "doet-beroep-op",
    "kennisdiepte": "grondige-kennis",
    "vaardigheidssoort": "cognitief",
    "referentiesoort": "kennis",
    "graad": "2",
    "finaliteit": "DU",
    "categorie": "bewijs",
    "haalbaarheid": "nog-niet-beslist",
    "besluitstatus": "ontwerp",
    "ok-niveau": "OK3",
    "contractsoort": "DAO",
    "werkplekcomponent": "afwijking-regering",
    "instapregel": "VIA_ALLE_BEWIJZEN",
    "contextregel": "EXACT",
    "trajecttype": "DUAAL_OK4",
    "doelsoort": "ontwikkelingsdoel",
}


def _instead(value: Node) -> Make:
    def make(shapes: Graph, sound: Graph, rule: Node, focus: Node, values: list[Node], limit: Node) -> Change:
        return values[:1], [value]

    return make


def _untyped(shapes: Graph, sound: Graph, rule: Node, focus: Node, values: list[Node], limit: Node) -> Change:
    return values[:1], [Literal("vier") if limit != XSD.string else Literal("vier", lang="nl")]


def _below(shapes: Graph, sound: Graph, rule: Node, focus: Node, values: list[Node], limit: Node) -> Change:
    return values[:1], [Literal(limit.toPython() - 1, datatype=limit.datatype)]


def _above(shapes: Graph, sound: Graph, rule: Node, focus: Node, values: list[Node], limit: Node) -> Change:
    return values[:1], [Literal(limit.toPython() + 1, datatype=limit.datatype)]


def _after(shapes: Graph, sound: Graph, rule: Node, focus: Node, values: list[Node], limit: Node) -> Change:
    later = Literal(99) if values[0].datatype == XSD.integer else Literal("2099-01-01", datatype=XSD.date)
    return values[:1], [later]


def _same_language(shapes: Graph, sound: Graph, rule: Node, focus: Node, values: list[Node], limit: Node) -> Change:
    return [], [Literal(f"{value} bis", lang=value.language) for value in values[:1]]


_BREAKERS: dict[Node, Make] = {
    SH.minCount: _none,
    SH.qualifiedMinCount: _none,
    SH.maxCount: _one_more,
    SH.datatype: _untyped,
    SH.pattern: _instead(Literal(" fout")),
    SH["class"]: _instead(ELSEWHERE),
    SH.node: _instead(ELSEWHERE),
    SH["in"]: _instead(ELSEWHERE),
    SH.nodeKind: _instead(Literal("tekst")),
    SH.minInclusive: _below,
    SH.maxInclusive: _above,
    SH.minLength: _instead(Literal("")),
    SH.lessThan: _after,
    SH.lessThanOrEquals: _after,
    SH.uniqueLang: _same_language,
    SH["not"]: _instead(Literal("Klokken duaal duaal", lang="nl")),
}


def pack(faults: tuple[Breuk, ...]) -> list[Store]:
    """As few worlds as possible with all these faults: those that touch different things share a world."""
    worlds: list[tuple[set[str], list[Breuk]]] = []
    for fault in faults:
        touched = set(_TOUCHED.findall(PREFIXES + fault.update)) | {fault.focus}
        room = next((world for world in worlds if not world[0] & touched), None)
        if room is None:
            worlds.append(room := (set(), []))
        room[0].update(touched)
        room[1].append(fault)
    made = []
    for number, (_, together) in enumerate(worlds, 2):
        store = world(number)
        for fault in together:
            store.update(numbered(PREFIXES + fault.update, number))
        made.append(store)
    return made


_TOUCHED = re.compile(r"(?:w:|/id/0001/)([\w-]+)")


def text_of(*stores: Store) -> bytes:
    triples: Iterator[Triple] = (quad.triple for store in stores for quad in store)
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""
