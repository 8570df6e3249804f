"""Occupations and professional standards from elsewhere: Competent, ESCO, ROME and RNCP."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pyoxigraph import NamedNode

from ...errors import AmbiguousCodeError, UnknownCodeError
from ...graph.catalogus import Kwalificatie, Kwalificatiesoort
from ...graph.vocabulary import LEER
from ..documented import LIST, read
from ..documents import document
from ..items import Beroepitem
from ..live import Served
from ..paging import Pages, collection
from ..reading import Read, Reading, ReadThing
from ..zoeken import searched

router = APIRouter(prefix="/v1", tags=["beroepen"])

BRONNEN = {
    Kwalificatiesoort.BEROEPSCOMPETENTIEPROFIEL: "competent",
    Kwalificatiesoort.ESCO_BEROEP: "esco",
    Kwalificatiesoort.ROME_BEROEP: "rome",
    Kwalificatiesoort.RNCP: "rncp",
}

_PROFILES = "SELECT ?thing ?code ?naam WHERE { ?thing a ?class ; leer:code ?code ; skos:prefLabel ?naam }"


@router.get("/beroepen", operation_id="zoekBeroepen", **read("VerzamelingBeroepitem", LIST))
def beroepen(
    reading: Read,
    asked: Pages,
    q: Annotated[str, Query(max_length=200, examples=["zorg"], description="Woorden uit naam of synoniem.")] = "",
    bron: Annotated[Literal["competent", "esco", "rome", "rncp"] | None, Query(description="De bron.")] = None,
) -> Response:
    """Profiles of Competent, occupations of ESCO and ROME, and fiches of RNCP, each under its own source."""
    every = [one for one in known(reading.served).values() if bron in (None, BRONNEN[one.soort])]
    found = searched(reading, sorted(every, key=lambda one: one.code), q, lambda one: one.iri, lambda one: one.code)
    return collection(reading, asked, found, lambda one: _item(reading, one), Beroepitem, "Beroepen")


def known(served: Served) -> dict[str, Kwalificatie]:
    """What came from elsewhere by code, and the profiles that the Flemish sources merely name."""
    named = {}
    for thing, code, naam in served.graph.select(_PROFILES, **{"class": LEER.Beroepscompetentieprofiel}):
        soort = Kwalificatiesoort.BEROEPSCOMPETENTIEPROFIEL
        named[code.value] = Kwalificatie(
            thing.value, code.value, soort, {naam.language or "nl": naam.value}, code.value
        )
    loaded = {one.iri for one in served.elders.values()}
    return {code: one for code, one in named.items() if one.iri not in loaded} | served.elders


def _item(reading: Reading, one: Kwalificatie) -> Beroepitem:
    return Beroepitem(
        href=reading.href(f"/v1/beroepen/{one.code}"),
        id=one.iri,
        code=one.code,
        naam=one.naam,
        bron=BRONNEN[one.soort],
        competenties=len(one.competenties),
    )


@router.get("/beroepen/{code:path}", operation_id="beroep", **read("Ding", errors=(400, 404, 406, 409)))
def beroep(
    reading: ReadThing,
    code: Annotated[str, Path(max_length=200, examples=["J150101"], description="De code, zo nodig met /editie.")],
) -> Response:
    """An occupation by its code, or by code and edition where a source has several (N1103/460)."""
    return document(reading, _found(reading.served, code))


def _found(served: Served, code: str) -> str:
    every = known(served)
    if code in every:
        return every[code].iri
    editions = [one for one in every.values() if one.reeks == code]
    if len(editions) > 1:
        raise AmbiguousCodeError(f"{code} staat in meer dan een editie.", [one.code for one in editions])
    if editions:
        return editions[0].iri
    for kind in ("beroepscompetentieprofiel", "rome-beroep", "rncp"):
        iri = served.names.iri(kind, *code.split("/"))
        if served.graph.knows(NamedNode(iri.value)):
            return iri.value
    raise UnknownCodeError(f"{code} is niet gevonden in deze release.")
