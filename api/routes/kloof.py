"""The gap and the stones: what closes what a bridge leaves, and what leads there; each with evidence to check."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Query
from fastapi.responses import Response

from ...errors import InputError
from ...pathways.keten_jsonld import keten_jsonld
from ...pathways.kloof import Criterium, kloof
from ...pathways.kloof_jsonld import kloof_jsonld
from ...pathways.stapstenen import stapstenen
from ..beslist import Beslist, beslist
from ..documented import read
from ..forms import JSON, JSONLD
from ..reading import Read, Reading

router = APIRouter(prefix="/v1", tags=["bruggen"])

Target = Annotated[str, Query(min_length=1, max_length=200, examples=["BK-0002-3"], description="Het doel.")]


@router.get("/kloof", operation_id="kloof", **read("Kloof", (JSONLD, JSON), errors=(400, 404, 406, 409)))
def kloof_van(
    reading: Read,
    van: Annotated[str, Query(min_length=1, max_length=1_000, examples=["BK-0068-2"], description="Wat iemand bezit.")],
    naar: Target,
    criterium: Annotated[
        Literal["aantal", "dubbel", "uren"], Query(description="Waarnaar het kleinste gemeten is.")
    ] = "aantal",
    beste: Annotated[int, Query(ge=1, le=10, description="Hoeveel manieren.")] = 3,
    uren: Annotated[
        str, Query(max_length=2_000, pattern=r"^([^=,]+=\d{1,6}(,[^=,]+=\d{1,6})*)?$", description="CODE=UREN,…")
    ] = "",
) -> Response:
    """The best ways to close the gap, each with the proof that no way is smaller, and what nothing can close."""
    basis = beslist(reading, van.split(","), naar, reading.on)
    known = {code: int(number) for code, _, number in (each.partition("=") for each in uren.split(",") if each)}
    found = kloof(basis.view, basis.held, naar, reading.on, Criterium(criterium), beste, known)
    return _answer(reading, basis, kloof_jsonld(found, reading.base, basis.stand[:2]))


@router.get("/stapstenen", operation_id="stapstenen", **read("Keten", (JSONLD, JSON), errors=(400, 404, 406, 409)))
def stapstenen_van(
    reading: Read,
    van: Annotated[str, Query(min_length=1, max_length=200, examples=["BK-0068-2"], description="De ene BK.")],
    naar: Annotated[str, Query(min_length=1, max_length=200, examples=["BK-0002-3"], description="De andere BK.")],
) -> Response:
    """A chain of qualifications between two that are far apart: the order is a suggestion, each gain is proven."""
    basis = beslist(reading, [van], naar, reading.on)
    if len(basis.held) != 1:
        raise InputError("Er zijn twee verschillende kwalificaties nodig.", remedy="Geef van en naar.")
    found = stapstenen(basis.view, reading.served.verwantschap, basis.held[0], naar, reading.on)
    return _answer(reading, basis, keten_jsonld(found, reading.base, basis.stand[:2]))


def _answer(reading: Reading, basis: Beslist, document: dict[str, Any]) -> Response:
    """The same document as JSON and as JSON-LD: the bytes that it can be checked by."""
    makers = {form: lambda: orjson.dumps(document) for form in (JSONLD, JSON)}
    return reading.answer(makers, timeless=False, headers=basis.headers)
