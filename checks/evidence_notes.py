"""The SPARQL questions behind the notes beside a bridge, and the newest version of a line."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from .evidence_graph import PREFIXES, Evidence, preferred

BETWEEN = (
    PREFIXES
    + """SELECT ?from ?to {
  OPTIONAL { ?thing leer:begindatum ?begin } OPTIONAL { ?thing leer:erkenningsdatum ?day }
  OPTIONAL { ?thing leer:einddatum ?to } BIND(COALESCE(?begin, ?day) AS ?from) }"""
)
IS_QUALIFICATION = (
    PREFIXES
    + "ASK { VALUES ?kind { leer:Beroepskwalificatieversie leer:Deelkwalificatie leer:Beroep leer:Beroepsstandaard "
    + "leer:Beroepscompetentieprofiel } ?thing a ?kind }"
)
ATTESTS = PREFIXES + "SELECT ?what ?said { ?thing leer:vereistAttest ?what . ?what skos:prefLabel ?said }"
CONDITIONS = PREFIXES + "SELECT ?what ?said { ?thing leer:toelatingsvoorwaarde ?what . ?what skos:prefLabel ?said }"
BASIC = (
    PREFIXES
    + "SELECT ?what ?said { ?thing leer:verleent ?what . ?what a leer:BewijsBasisvorming ; skos:prefLabel ?said }"
)
CONTEXTS = (
    PREFIXES
    + """SELECT DISTINCT ?rule ?number { ?thing leer:verplichteContexten ?any
  OPTIONAL { ?any leer:contextregel ?rule } OPTIONAL { ?any leer:aantal ?number } }"""
)
CONTEXT_NAMES = PREFIXES + "SELECT (?said AS ?what) ?said { ?thing leer:verplichteContexten/leer:contextnaam ?said }"
ENTRY = PREFIXES + "ASK { ?thing leer:flexibeleInstap ?any }"
BY_PROOF = PREFIXES + "SELECT ?what ?said { ?thing leer:flexibeleInstap/leer:viaBewijs ?what . ?what leer:code ?said }"
UNKNOWN = PREFIXES + "SELECT (?said AS ?what) ?said { ?thing leer:flexibeleInstap/leer:viaOnbekendBewijs ?said }"
CERTIFICATES = (
    PREFIXES
    + "SELECT ?what ?said { ?thing leer:flexibeleInstap/leer:viaCertificaat ?what . ?what skos:prefLabel ?said }"
)
PARTS = (
    PREFIXES
    + """SELECT DISTINCT ?part ?whole { ?thing leer:flexibeleInstap/leer:viaBewijs ?any . ?any leer:code ?part .
  ?any leer:deelVan ?version . ?version a leer:Beroepskwalificatieversie ; leer:code ?whole }"""
)
RULE = PREFIXES + "ASK { ?thing leer:flexibeleInstap/leer:instapregel ?any }"
ALL_OF = (
    PREFIXES
    + "ASK { ?thing leer:flexibeleInstap/leer:instapregel "
    + "<https://w3id.org/leerbrug/codelijst/instapregel/VIA_ALLE_BEWIJZEN> }"
)
VERSIONS = (
    PREFIXES
    + """SELECT DISTINCT ?code ?number { ?thing a leer:Beroepskwalificatieversie ; leer:versieVan ?line .
  ?other a leer:Beroepskwalificatieversie ; leer:versieVan ?line ; leer:code ?code .
  OPTIONAL { ?other leer:versienummer ?number } }"""
)
EDITIONS = (
    PREFIXES
    + """SELECT DISTINCT ?graph ?other {
  VALUES ?kind { leer:Beroep leer:Beroepscompetentieprofiel leer:Beroepsstandaard }
  GRAPH ?graph { ?other a ?kind OPTIONAL { ?other leer:code ?said } }
  FILTER(STR(?said) = ?code || (!BOUND(?said) && STRENDS(STR(?other), CONCAT("/", ?code)))) }"""
)


def words(evidence: Evidence, query: str, iri: str, *, once: bool = True) -> tuple[str, ...]:
    """What a thing points at in words, in order: of each the Dutch wording, or the first there is."""
    said: dict[str, Literal] = {}
    for row in evidence.graph.select(query, thing=NamedNode(iri)):
        what, text = evidence.text(row["what"]), row["said"]
        if isinstance(text, Literal) and (what not in said or preferred(text) < preferred(said[what])):
            said[what] = text
    found = [text.value for text in said.values()]
    return tuple(sorted(set(found) if once else found))


def newest(evidence: Evidence, code: str, iri: str) -> str:
    """The code of the newest version in the line of a thing; of one from elsewhere the newest edition that has it."""
    own, slash, _ = code.rpartition("/")
    if not slash:
        rows = evidence.graph.select(VERSIONS, thing=NamedNode(iri))
        ranks = [(int(evidence.text(row["number"]) or 0), evidence.text(row["code"])) for row in rows]
        return max(ranks)[1] if ranks else code
    editions = {}
    for row in evidence.graph.select(EDITIONS, code=Literal(own)):
        version = evidence.text(row["graph"]).rpartition("/")[2]
        evidence.know_code(f"{own}/{version}", evidence.text(row["other"]))
        editions[version] = tuple(int(p) if p.isdecimal() else -1 for p in version.split("."))
    return f"{own}/{max(editions, key=lambda version: (editions[version], version))}"
