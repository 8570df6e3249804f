"""What sectors decided about learning a competence on the work floor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode

from ...graph.catalogus import Kwalificatie
from ..pages import Page
from ..zaken import zaken

BESLUITEN = """
PREFIX leer: <https://w3id.org/leerbrug/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?competentie ?haalbaarheid ?instantie ?reden WHERE {
  ?besluit a leer:Haalbaarheidsbesluit ; leer:betreftVersie ?thing ; leer:betreft ?betreft ;
    leer:haalbaarheid ?haalbaarheid ; leer:genomenDoor ?instantie ;
    leer:besluitstatus <https://w3id.org/leerbrug/codelijst/besluitstatus/bekrachtigd> .
  ?thing leer:heeftCompetentie ?competentie . FILTER(?betreft IN (?competentie, ?thing))
  OPTIONAL { ?besluit leer:reden ?reden }
} ORDER BY ?competentie ?instantie
"""


def duaal(page: Page, kwalificatie: Kwalificatie) -> Mapping[str, Any]:
    """The verdicts by competence, and the dual programmes that contain the qualification."""
    catalogus = page.served.catalogus
    codes = page.served.vergelijking.erkenningen_met.get(kwalificatie.code, ())
    erkenningen = [catalogus.erkenningen[code] for code in codes]
    besluiten: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in zaken(page.request).graph().select(BESLUITEN, thing=NamedNode(kwalificatie.iri)):
        besluiten[_value(row, "competentie")].append(
            {
                "naam": page.begrip(_value(row, "haalbaarheid")),
                "instantie": page.begrip(_value(row, "instantie")),
                "reden": _value(row, "reden"),
            }
        )
    return {
        "duale": [
            (catalogus.programmas[e.programma], e) for e in erkenningen if catalogus.programmas[e.programma].duaal
        ],
        "besluiten": dict(besluiten),
    }


def _value(row: Any, name: str) -> str:
    return str(row[name].value) if row[name] is not None else ""
