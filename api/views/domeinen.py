"""Browsing qualifications: the tree of domains on the left, what was searched or chosen on the right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pyoxigraph import NamedNode

from ...graph.catalogus import Kwalificatiesoort
from ..live import Served
from ..pages import Page

DOMEINEN = """
PREFIX leer: <https://w3id.org/leerbrug/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?domein ?naam ?ouder WHERE {
  ?domein a leer:Domein ; skos:prefLabel ?naam OPTIONAL { ?domein leer:deelVan ?ouder }
} ORDER BY STR(?naam)
"""
LEDEN = """
PREFIX leer: <https://w3id.org/leerbrug/ns#>
SELECT ?versie ?domein WHERE { ?versie a leer:Beroepskwalificatieversie ; leer:domein ?domein }
"""


class Tak(NamedTuple):
    """A domain with what is below it; `kwalificaties` are the codes of which this is the narrowest domain."""

    iri: str
    naam: str
    takken: tuple[Tak, ...]
    kwalificaties: tuple[str, ...]
    aantal: int


@lru_cache(maxsize=8)
def domeinboom(served: Served) -> tuple[Tak, ...]:
    """The tree of domains of a release, without the domains that hold nothing."""
    namen, kinderen = {}, defaultdict(list)
    for row in served.graph.select(DOMEINEN):
        iri = _iri(row["domein"])
        namen[iri] = str(row["naam"].value)
        kinderen[_iri(row["ouder"])].append(iri)
    leden: defaultdict[str, set[str]] = defaultdict(set)
    codes = {
        k.iri: k.code
        for k in served.catalogus.kwalificaties.values()
        if k.soort == Kwalificatiesoort.BEROEPSKWALIFICATIE
    }
    for row in served.graph.select(LEDEN):
        if _iri(row["versie"]) in codes:
            leden[_iri(row["domein"])].add(codes[_iri(row["versie"])])

    def tak(iri: str) -> Tak:
        takken = tuple(each for each in map(tak, kinderen[iri]) if each.aantal)
        below = {code for each in takken for code in alle_codes(each)}
        eigen = tuple(sorted(leden[iri] - below))
        return Tak(iri, namen[iri], takken, eigen, len(below) + len(eigen))

    return tuple(each for each in map(tak, kinderen[""]) if each.aantal)


def alle_codes(tak: Tak) -> set[str]:
    """The codes in this domain and below."""
    return set(tak.kwalificaties).union(*(alle_codes(each) for each in tak.takken))


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def lijstpagina(page: Page, values: Mapping[str, Any]) -> bytes:
    """The list of qualifications with its filters, beside the tree."""
    query = page.request.query_params
    return page.html(
        "kwalificaties.html",
        {
            **values,
            "boom": domeinboom(page.served),
            "gevraagd": {
                name: query.get(name, "") for name in ("q", "soort", "vksNiveau", "okNiveau", "domein", "duaal")
            },
            "fasen": {name: query.get(name) == "true" for name in ("toekomstig", "geldig", "overgang", "beeindigd")},
        },
    )
