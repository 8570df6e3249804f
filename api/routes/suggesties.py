"""Typeahead: names, synonyms and codes by what was typed so far; diacritics and typing errors do not matter."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Query
from fastapi.responses import Response

from ..addresses import href_of
from ..documented import read
from ..forms import JSON, JSONLD
from ..items import Treffer
from ..reading import Read
from ..vinden import VRAAG, gevonden

router = APIRouter(prefix="/v1", tags=["zoeken"])

Soort = Literal["kwalificatie", "standaard", "beroep", "competentie", "programma", "doel", "vraag"]


@router.get("/suggesties", operation_id="suggesties", **read("Suggesties", (JSON, JSONLD), errors=(400, 404, 406)))
def suggesties(
    reading: Read,
    q: Annotated[str, Query(max_length=200, examples=["baker"], description="Wat er tot nu toe getypt is.")],
    soort: Annotated[Soort | None, Query(description="Alleen dingen van deze soort.")] = None,
    aantal: Annotated[int, Query(ge=1, le=50, description="Hoogstens zoveel.")] = 10,
    per_soort: Annotated[
        int | None, Query(alias="perSoort", ge=1, le=20, description="Hoogstens zoveel van elke soort, per soort.")
    ] = None,
) -> Response:
    """What the typed beginning may become, best first; with `perSoort` the best of each kind, kind after kind.

    Questions of the library are found with `perSoort` or as a kind of their own.
    """
    if per_soort or soort == VRAAG:
        found = list(gevonden(reading.served, q, reading.language, per_soort or aantal, soort or ""))
    else:
        found = reading.served.zoekindex.zoek(q, soort=soort or "", taal=reading.language, hoogstens=aantal)
    items = [
        Treffer(
            href=reading.href(href_of(hit.iri, reading.base)),
            id=reading.base + hit.iri if hit.soort == VRAAG else hit.iri,
            code=hit.code,
            naam={hit.taal or reading.language: hit.naam},
            soort=hit.soort,
            gevonden=hit.gevonden,
        )
        for hit in found
    ]
    own = f"{reading.request.url.path}?{reading.request.url.query}"
    return reading.answer(reading.json(lambda: {"self": own, "items": [msgspec.to_builtins(item) for item in items]}))
