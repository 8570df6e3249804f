"""What a document says of a thing: its bounded description, read from the graph by two queries.

The description holds the thing, the parts that have no life of their own (a competence of a version, the contract of
a recognition), what points at it where that is how people look at it (the recognition of a trajectory), and of
everything else that is pointed at its name, code and class, so that no client need fetch labels one by one.
"""

from __future__ import annotations

from pyoxigraph import NamedNode, Triple

from ..graph.knowledge_graph import KnowledgeGraph

PARTS = (
    "heeftCompetentie heeftKennis heeftVaardigheid heeftContext heeftAutonomie heeftVerantwoordelijkheid "
    "vereistAttest heeftErkenning heeftLeerjaar contract flexibeleInstap verplichteContexten verleent "
    "heeftTraject toelatingsvoorwaarde heeftBlok heeftBenaming"
).split()
"""Properties whose value is described with the thing."""

WHOLES = ("heeftTraject", "contract", "flexibeleInstap", "verplichteContexten")
"""Properties whose subject is described with the value: a trajectory is read with its recognition."""

FAR = ("bewijst", "bewijstCompetentiesUit", "bewijstCompetentie", "bewijstMogelijkCompetentie")
"""What the reasoner says of a proof: shown with the proof itself, not wherever the proof is mentioned."""

INWARD = (
    "referentie bevatVolledig bevatGedeeltelijk competentprofiel domein erkenningVan deelVan heeftOnderwijsdoel "
    "mappingSubject mappingObject heeftEssentieelItem heeftOptioneelItem heeftBasisactiviteit"
).split()
"""Properties of other things that the description of their value shows."""


def _alternatives(words: list[str] | tuple[str, ...], mark: str = "") -> str:
    return "|".join(f"{mark}leer:{word}" for word in words)


_REACHED = f"""{{ ?thing ({_alternatives(PARTS)})* ?s }} UNION
  {{ ?whole {_alternatives(WHOLES)} ?thing . ?whole ({_alternatives(PARTS)})* ?s }}"""
# Two ways and not one path `(^whole)?/(part)*`: of that one Virtuoso 7 makes the whole graph where nothing is whole.
_INWARD = " ".join(f"leer:{word}" for word in INWARD)
_SAID = f"{_REACHED} ?s ?p ?o FILTER(?s = ?thing || ?p NOT IN ({', '.join(f'leer:{word}' for word in FAR)}))"
_NAMES = """CONSTRUCT { ?o a ?class ; skos:prefLabel ?label ; leer:code ?code } WHERE {
  %s OPTIONAL { ?o a ?class } OPTIONAL { ?o skos:prefLabel ?label } OPTIONAL { ?o leer:code ?code } }"""

DESCRIPTION = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {_SAID} }}"
POINTING = f"CONSTRUCT {{ ?s ?p ?thing }} WHERE {{ VALUES ?p {{ {_INWARD} }} ?s ?p ?thing }}"
NAMES = _NAMES % f"{_SAID} FILTER(isIRI(?o) && ?p != rdf:type)"
NAMES_POINTING = _NAMES % f"VALUES ?p {{ {_INWARD} }} ?o ?p ?thing ."


def describe(graph: KnowledgeGraph, thing: NamedNode) -> list[Triple]:
    """The bounded description of a thing, each triple once, in order; empty where nothing is said of it."""
    found = set(graph.construct(DESCRIPTION, thing=thing))
    pointing = set(graph.construct(POINTING, thing=thing))
    if not found and not pointing:
        return []
    for query in (NAMES, NAMES_POINTING):
        found.update(graph.construct(query, thing=thing))
    return sorted(found | pointing, key=str)
