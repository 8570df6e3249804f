"""The gap: the smallest sets of qualifications and programmes that close what a bridge leaves."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from ...pathways.kloof import Criterium, Kloof, Sluiting, kloof
from ..beslist import beslist
from ..documented import read
from ..forms import JSON, JSONLD
from ..reading import Read

router = APIRouter(prefix="/v1", tags=["bruggen"])


@router.get("/kloof", operation_id="kloof", **read("Kloof", (JSON, JSONLD), errors=(400, 404, 406, 409)))
def kloof_van(
    reading: Read,
    van: Annotated[str, Query(min_length=1, max_length=1_000, examples=["BK-0019-3"], description="Wat iemand bezit.")],
    naar: Annotated[str, Query(min_length=1, max_length=200, examples=["BK-0020-3"], description="Het doel.")],
    criterium: Annotated[
        Literal["aantal", "dubbel"], Query(description="Waarnaar het kleinste gemeten is.")
    ] = "aantal",
    beste: Annotated[int, Query(ge=1, le=10, description="Hoeveel manieren.")] = 3,
) -> Response:
    """The best ways to close the gap, each with the proof that no way is smaller, and what nothing can close."""
    basis = beslist(reading, van.split(","), naar, reading.on)
    found = kloof(basis.view, basis.held, naar, reading.on, Criterium(criterium), beste)
    return reading.answer(reading.json(lambda: _told(found)), timeless=False, headers=basis.headers)


def _told(found: Kloof) -> dict[str, Any]:
    brug = found.brug
    return {
        "van": [ding.code for ding in brug.van],
        "naar": brug.naar.code,
        "datum": brug.datum.isoformat(),
        "regelset": brug.regelset,
        "criterium": found.criterium.value,
        "resterend": [one.competentie.code for one in brug.resterend],
        "nietTeSluiten": [
            {"code": one.competentie.code, "tekst": one.competentie.tekst} for one in found.niet_te_sluiten
        ],
        "sluitingen": [_way(one) for one in found.sluitingen],
    }


def _way(one: Sluiting) -> dict[str, Any]:
    return {
        "items": [
            {
                "code": item.code,
                "naam": item.naam,
                "soort": item.soort,
                "brengt": sorted(item.brengt),
                "dubbel": item.dubbel,
                "viaEvc": item.via_evc,
            }
            for item in one.items
        ],
        "aantal": one.aantal,
        "dubbel": one.dubbel,
        "bewijs": {
            "methode": one.bewijs.methode,
            "ondergrens": one.bewijs.ondergrens,
            "optimaal": one.bewijs.optimaal,
        },
    }
