"""Leertrajecten: the planner page, with its time line and table, and the panel that says why there is none."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Query
from fastapi.responses import Response

from ...errors import InputError, UnknownCodeError
from ...pathways.handelingen import Aanbod
from ...pathways.leerling import Leerling, Wens
from ...pathways.leertraject import Antwoord
from ...pathways.planner import plan
from ...pathways.traject_ctdl import als_pathway
from ...pathways.traject_jsonld import als_jsonld
from ..documented import read
from ..forms import HTML, JSON, JSONLD, Form
from ..languages import retell
from ..pages import Page
from ..reading import Maker, Read
from ..views.leertrajecten import plannerpagina

TEMPLATE = "/v1/leertrajecten{?doel,heeft,leeftijd,op,maxDuur,werkplekMin,werkplekMax,contract,arbeidsrijp,k,release}"

router = APIRouter(prefix="/v1", tags=["leertrajecten"])
_gebouwd: dict[int, Aanbod] = {}


def _aanbod(page: Page) -> Aanbod:
    """The steps of the release, compiled once; only those of the release being served are kept."""
    nummer = page.served.release.number
    if nummer not in _gebouwd:
        _gebouwd.clear()
        _gebouwd[nummer] = Aanbod(page.served.catalogus)
    return _gebouwd[nummer]


@router.get("/leertrajecten", operation_id="leertrajecten", **read("Leertrajecten", (JSONLD, JSON, HTML)))
def leertrajecten(
    reading: Read,
    doel: Annotated[str, Query(max_length=400, examples=["BK-0480"], description="Codes met komma's ertussen.")] = "",
    heeft: Annotated[str, Query(max_length=1_000, examples=["graad2:A"], description="Wat iemand al heeft.")] = "",
    leeftijd: Annotated[int | None, Query(ge=6, le=99, description="Leeftijd in jaren.")] = None,
    op: Annotated[date | None, Query(description="De dag waarop het begint; zonder: vandaag.")] = None,
    max_duur: Annotated[int | None, Query(alias="maxDuur", ge=1, le=20, description="Schooljaren.")] = None,
    werkplek_min: Annotated[int | None, Query(alias="werkplekMin", ge=0, le=40, description="Uren per week.")] = None,
    werkplek_max: Annotated[int | None, Query(alias="werkplekMax", ge=0, le=40, description="Uren per week.")] = None,
    contract: Annotated[Literal["OAO", "SOAO", "DAO"] | None, Query(description="Soort overeenkomst.")] = None,
    arbeidsrijp: Annotated[Literal["ja", "nee"] | None, Query(description="Volgens de klassenraad.")] = None,
    k: Annotated[int, Query(ge=1, le=20, description="Hoeveel, naast de Pareto-optimale.")] = 3,
    formaat: Annotated[Literal["jsonld", "ctdl"] | None, Query(description="ctdl: als CTDL Pathway.")] = None,
) -> Response:
    """Every optimal way to the goal, or why there is none; without a goal the form."""
    leerling = Leerling(
        heeft=_codes(heeft), leeftijd=leeftijd, arbeidsrijp=None if arbeidsrijp is None else arbeidsrijp == "ja"
    )
    wens = Wens(
        doelen=_codes(doel),
        op=op or reading.on,
        max_jaren=max_duur,
        werkplek_min=werkplek_min,
        werkplek_max=werkplek_max,
        contract=contract or "",
        k=k,
    )
    page = reading.page()
    velden = {name: str(value) for name, value in reading.request.query_params.items()}
    if not wens.doelen:
        html: Maker = lambda: plannerpagina(page, velden, wens, None, _keuzes(page))  # noqa: E731
        return reading.answer({**reading.json(_how), HTML: html})

    def answered() -> Antwoord:
        return plan(_aanbod(page), leerling, wens)

    def document() -> bytes:
        if formaat == "ctdl":
            return orjson.dumps(als_pathway(answered(), page.served.catalogus))
        return orjson.dumps(als_jsonld(answered(), page.served.catalogus, leerling, wens))

    def shown() -> bytes:
        try:
            return plannerpagina(page, velden, wens, answered(), _keuzes(page))
        except (InputError, UnknownCodeError) as error:
            return plannerpagina(page, velden, wens, None, _keuzes(page), retell(str(error), page.taal))

    makers: dict[Form, Maker] = {JSONLD: document, JSON: document}
    return reading.answer(makers if formaat else {**makers, HTML: shown}, timeless=False)


def _how() -> dict[str, Any]:
    return {"self": "/v1/leertrajecten", "items": [], "sjabloon": TEMPLATE}


def _codes(tekst: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in tekst.split(",") if code.strip())


def _keuzes(page: Page) -> list[tuple[str, str]]:
    """Goals to choose from: the lines of BKs, what opens onward, and the dual programmes."""
    aanbod = _aanbod(page)
    gegeven = {feit for handeling in aanbod.handelingen for feit in handeling.geeft}
    bk = [(page.naam(versies[-1]), reeks) for reeks, versies in aanbod.reeksen.items() if f"reeks:{reeks}" in gegeven]
    return sorted(bk)
