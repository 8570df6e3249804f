"""Where what is shown comes from: the source and the place in its file, the triples, and a query to start from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from pyoxigraph import NamedNode, RdfFormat, serialize

from ...graph.catalogus import Kwalificatie
from ..pages import Page

PREFIXES = {
    "leer": "https://w3id.org/leerbrug/ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

KAART = """PREFIX leer: <https://w3id.org/leerbrug/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?nr ?competentie ?tekst WHERE {{
  <{iri}> leer:heeftCompetentie ?competentie .
  ?competentie leer:volgnummer ?nr ; skos:prefLabel ?tekst .
}} ORDER BY ?nr"""
"""A query to start from; the IRI is one of the release, never text of a visitor."""


def bron(page: Page, kwalificatie: Kwalificatie) -> Mapping[str, Any]:
    """Provenance, places, Turtle and a SPARQL card."""
    return bron_van(page, kwalificatie.iri, KAART.format(iri=kwalificatie.iri))


def bron_van(page: Page, iri: str, vraag: str) -> Mapping[str, Any]:
    """The same of any thing of the release."""
    thing = NamedNode(iri)
    graphs = {row["g"].value for row in page.served.graph.select(_GRAPHS, thing=thing)}
    return {
        "bronnen": [source for source in page.served.release.manifest.sources if source.graph in graphs],
        "plaatsen": list(dict.fromkeys(map(str, page.served.places.of_subject(thing))))[:20],
        "turtle": turtle(page, thing),
        "vraag_sparql": vraag,
        "werkbank": f"/werkbank?{urlencode({'query': vraag})}",
    }


_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?thing ?p ?o } }"


def turtle(page: Page, thing: NamedNode) -> str:
    """What is said of the thing as Turtle with short names."""
    triples = sorted(page.served.graph.describe(thing), key=str)
    prefixes = {**PREFIXES, "id": f"{page.served.catalogus.basis}/id/"}
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()
