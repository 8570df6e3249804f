"""Bridges: what is held brings towards a target, as a page with both directions side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from ...graph.catalogus import Kwalificatiesoort
from ...pathways.brug import Brug, Dekking, beide_richtingen
from ...pathways.oordeel import Verdict
from ..pages import Page

router = APIRouter(prefix="/v1", tags=["bruggen"])

VERDICTS: Mapping[str, str] = {
    Verdict.GEDEKT: "gedekt",
    Verdict.TE_BEVESTIGEN: "te bevestigen",
    Verdict.DEELS: "deels",
    Verdict.ONVERGELIJKBAAR: "onvergelijkbaar",
    Verdict.ONTBREEKT: "ontbreekt",
}
"""The verdicts in the order of the bar: proven first, missing last."""


@router.get("/bruggen", response_class=HTMLResponse)
def bruggen(
    request: Request,
    van: str = "",
    naar: str = "",
    geldig_op: Annotated[date | None, Query(alias="geldigOp")] = None,
) -> HTMLResponse:
    """The bridge from the held codes (comma-separated) to the target, or the form that asks for them."""
    page = Page(request)
    if not van or not naar:
        return page.render("brug_kiezen.html", {"kwalificaties": _choices(page), "van": van, "naar": naar})
    heen, terug = beide_richtingen(
        page.served.vergelijking, [code.strip() for code in van.split(",")], naar, geldig_op or date.today()
    )
    return page.render("brug.html", {"heen": heen, "terug": terug, "stukken": _segments, "oordelen": VERDICTS})


def _choices(page: Page) -> list[tuple[str, str]]:
    found = page.served.catalogus.kwalificaties.values()
    kinds = (Kwalificatiesoort.BEROEPSKWALIFICATIE, Kwalificatiesoort.DEELKWALIFICATIE)
    return sorted((page.naam(each), each.code) for each in found if each.competenties and each.soort in kinds)


def _segments(brug: Brug) -> list[tuple[str, float, float, int]]:
    """The bar: per verdict its class, where it begins and how wide it is (of 100), and its count."""
    counts, start, segments = _counts(brug.dekking), 0.0, []
    for verdict in VERDICTS:
        width = 100 * counts[verdict] / max(brug.dekking.van, 1)
        segments.append((verdict.replace("_", "-"), start, width, counts[verdict]))
        start += width
    return segments


def _counts(dekking: Dekking) -> dict[str, int]:
    return {
        Verdict.GEDEKT: dekking.gedekt,
        Verdict.TE_BEVESTIGEN: dekking.te_bevestigen,
        Verdict.DEELS: dekking.deels,
        Verdict.ONVERGELIJKBAAR: dekking.onvergelijkbaar,
        Verdict.ONTBREEKT: dekking.ontbreekt,
    }
