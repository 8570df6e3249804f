"""The first page: one search box, three doors, and what is in the graph with its sources and their dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from ...graph.catalogus import Kwalificatiesoort
from ...graph.manifest import LoadedSource
from ..pages import Page

DAGEN = "SELECT ?graaf ?dag WHERE { ?graaf <http://www.w3.org/ns/prov#generatedAtTime> ?dag }"
VOORBEELDEN = (("BK-0019-3", "BK-0020-3"), ("BK-0117-2", "BK-0480-1"), ("BK-0002-3", "BK-0068-2"))


class Bron(NamedTuple):
    """A source of the release, and the day its files are of, where whoever built it said so."""

    source: LoadedSource
    dag: date | None


class Brugvoorbeeld(NamedTuple):
    """A bridge to look at first."""

    href: str
    titel: str


def startpagina(page: Page) -> bytes:
    """The first page."""
    values = {
        "aantallen": list(_aantallen(page)),
        "bronnen": bronnen(page),
        "voorbeelden": list(_voorbeelden(page)),
    }
    return page.html("start.html", values)


def bronnen(page: Page) -> list[Bron]:
    """The sources that were loaded, with their day."""
    days = {row["graaf"].value: row["dag"].value[:10] for row in page.served.graph.select(DAGEN)}
    loaded = [source for source in page.served.release.manifest.sources if source.records]
    return [Bron(source, date.fromisoformat(days[source.graph]) if source.graph in days else None) for source in loaded]


def _aantallen(page: Page) -> Iterator[tuple[str, int]]:
    catalogus = page.served.catalogus
    kwalificaties = catalogus.kwalificaties.values()
    yield page._("beroepskwalificaties"), sum(k.soort == Kwalificatiesoort.BEROEPSKWALIFICATIE for k in kwalificaties)
    yield page._("deelkwalificaties"), sum(k.soort == Kwalificatiesoort.DEELKWALIFICATIE for k in kwalificaties)
    yield page._("competenties"), len(page.served.vergelijking.competentie)
    yield page._("opleidingen"), len(catalogus.programmas)
    yield page._("duale opleidingen"), sum(p.duaal for p in catalogus.programmas.values())
    yield page._("feiten in de graaf"), sum(source.triples for source in page.served.release.manifest.sources)


def _voorbeelden(page: Page) -> Iterator[Brugvoorbeeld]:
    known = page.served.catalogus.kwalificaties
    for van, naar in VOORBEELDEN:
        if van in known and naar in known:
            titel = page._("Van {van} naar {naar}", van=page.naam(known[van]), naar=page.naam(known[naar]))
            yield Brugvoorbeeld("/v1/bruggen?" + urlencode({"van": van, "naar": naar}), titel)
