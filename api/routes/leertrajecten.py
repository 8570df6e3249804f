"""Leertrajecten: the planner page, with its time line and table, and the panel that says why there is none."""

from __future__ import annotations

from datetime import date
from threading import Lock
from typing import Annotated, Any, Literal

import msgspec
import orjson
from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from ...besluiten.duaalprofiel import grenzen
from ...errors import InputError, LeerbrugError, UnknownCodeError
from ...pathways.doelregels import VORM, gelezen
from ...pathways.handelingen import Aanbod
from ...pathways.leerling import Besluitgrens, Leerling, Weg, Wens
from ...pathways.leertraject import Antwoord
from ...pathways.opgegeven import VRIJSTELLING, WEGING, WERKPLEK, codes, gevraagd, vrijstellingen, weging, werkplek
from ...pathways.planner import plan
from ...pathways.traject_ctdl import als_pathway
from ...pathways.traject_jsonld import als_jsonld
from ..days import Day
from ..documented import read
from ..forms import HTML, JSON, JSONLD, Form
from ..live import Live, Served
from ..pages import Page
from ..problems import told
from ..reading import Maker, Read
from ..views.leertrajecten import plannerpagina
from ..zaken import Zaken, zaken

TEMPLATE = (
    "/v1/leertrajecten{?doel,heeft,leeftijd,op,maxDuur,einde,schooljaar,werkplekMin,werkplekMax,contract,arbeidsrijp,"
    "arbeidsbereid,leerplichtVoorbij,taalondersteuning,aanpassingWerkpost,klassenraad,buso,regio,urenPerWeek,ervaring,"
    "weg*,stelsel,werkplek*,context*,vrijstelling*,vermijd,regels,weging,k,release}"
)

router = APIRouter(prefix="/v1", tags=["leertrajecten"])
_gebouwd: dict[int, Aanbod] = {}
_bouwen = Lock()


def aanbod_van(served: Served) -> Aanbod:
    """The steps of the release, compiled once; only those of the release being served are kept."""
    nummer = served.release.number
    with _bouwen:
        if nummer not in _gebouwd:
            _gebouwd.clear()
            _gebouwd[nummer] = Aanbod(served.catalogus)
        return _gebouwd[nummer]


def warm(live: Live) -> None:
    """Ask one question of the current release, so that nobody waits for the search to be compiled."""
    try:
        served = live.current()
        plan(aanbod_van(served), Leerling(leeftijd=16), Wens(("bachelor",), date.today()))
    except LeerbrugError:  # who asks a question is told; nobody asked this one
        return


JaNee = Literal["ja", "nee"] | None


def _ja(gezegd: JaNee) -> bool | None:
    return None if gezegd is None else gezegd == "ja"


def _wie(
    leerplicht_voorbij: Annotated[JaNee, Query(alias="leerplichtVoorbij", description="Voltijdse leerplicht.")] = None,
    arbeidsbereid: Annotated[JaNee, Query(description="Bereid om op de werkplek te leren.")] = None,
    taalondersteuning: Annotated[JaNee, Query(description="Heeft taalondersteuning nodig.")] = None,
    aanpassing_werkpost: Annotated[
        JaNee, Query(alias="aanpassingWerkpost", description="Heeft een aangepaste arbeidspost nodig.")
    ] = None,
    buso: Annotated[JaNee, Query(description="Heeft een verslag voor opleidingsvorm 3.")] = None,
    regio: Annotated[str | None, Query(max_length=80, description="De regio van de leerling.")] = None,
    uren_per_week: Annotated[
        int | None, Query(alias="urenPerWeek", ge=1, le=60, description="Uren per week die iemand heeft.")
    ] = None,
    ervaring: Annotated[str, Query(max_length=400, description="BK's met werkervaring, voor EVC.")] = "",
    vrijstelling: Annotated[list[str] | None, Query(max_length=20, description=VRIJSTELLING)] = None,
) -> dict[str, Any]:
    """What is asked of the learner beside age and what is held."""
    return {
        "leerplicht_voorbij": _ja(leerplicht_voorbij),
        "arbeidsbereid": _ja(arbeidsbereid),
        "taalondersteuning": _ja(taalondersteuning),
        "aanpassing_werkpost": _ja(aanpassing_werkpost),
        "buso": _ja(buso),
        "regio": regio,
        "uren_per_week": uren_per_week,
        "ervaring": codes(ervaring),
        "vrijstellingen": vrijstellingen(each for each in vrijstelling or () if each.strip()),
    }


def _wat(
    einde: Annotated[Day | None, Query(description="Ten laatste klaar op.")] = None,
    schooljaar: Annotated[int | None, Query(ge=2016, le=2100, description="Begint op 1 september van.")] = None,
    klassenraad: Annotated[JaNee, Query(description="Reken op een gunstige toelatingsklassenraad.")] = None,
    weg: Annotated[list[Weg] | None, Query(description="Enkel langs deze wegen.")] = None,
    werkplek_: Annotated[list[str] | None, Query(alias="werkplek", max_length=50, description=WERKPLEK)] = None,
    context: Annotated[list[str] | None, Query(max_length=50, description="Wat het bedrijf biedt.")] = None,
    vermijd: Annotated[str, Query(max_length=400, description="Niet langs deze opleidingen.")] = "",
    stelsel: Annotated[Literal["L", "M"] | None, Query(description="Enkel lineair (L) of modulair (M).")] = None,
    regels: Annotated[str, Query(max_length=8_000, description=f"Een regel van doelen. {VORM}")] = "",
    weging_: Annotated[str, Query(alias="weging", max_length=200, description=f"Wat zwaar weegt: {WEGING}.")] = "",
) -> dict[str, Any]:
    """The limits that are asked less often."""
    plekken = [werkplek(each) for each in werkplek_ or () if each.strip()]
    contexten = [each.strip() for each in context or () if each.strip()]
    return {
        "einddatum": einde,
        "schooljaar": schooljaar,
        "klassenraad": _ja(klassenraad),
        "wegen": frozenset(weg) if weg else None,
        "werkplekken": tuple(plekken) or None,
        "contexten": tuple(contexten) or None,
        "vermijd": codes(vermijd),
        "stelsel": stelsel,
        "regels": gelezen(regels.encode(), "regels") if regels.strip() else None,
        "weging": weging(weging_) if weging_.strip() else None,
    }


@router.get("/leertrajecten", operation_id="leertrajecten", **read("Leertrajecten", (JSONLD, JSON, HTML)))
def leertrajecten(
    reading: Read,
    doel: Annotated[str, Query(max_length=400, examples=["BK-0480"], description="Codes met komma's ertussen.")] = "",
    heeft: Annotated[str, Query(max_length=1_000, examples=["graad2:A"], description="Wat iemand al heeft.")] = "",
    leeftijd: Annotated[int | None, Query(ge=6, le=99, description="Leeftijd in jaren.")] = None,
    op: Annotated[Day | None, Query(description="De dag waarop het begint; zonder: vandaag.")] = None,
    max_duur: Annotated[int | None, Query(alias="maxDuur", ge=1, le=20, description="Schooljaren.")] = None,
    werkplek_min: Annotated[int | None, Query(alias="werkplekMin", ge=0, le=40, description="Uren per week.")] = None,
    werkplek_max: Annotated[int | None, Query(alias="werkplekMax", ge=0, le=40, description="Uren per week.")] = None,
    contract: Annotated[Literal["OAO", "SOAO", "DAO"] | None, Query(description="Soort overeenkomst.")] = None,
    arbeidsrijp: Annotated[Literal["ja", "nee"] | None, Query(description="Volgens de klassenraad.")] = None,
    k: Annotated[int, Query(ge=1, le=20, description="Hoeveel, naast de Pareto-optimale.")] = 3,
    formaat: Annotated[Literal["jsonld", "ctdl"] | None, Query(description="ctdl: als CTDL Pathway.")] = None,
    *,
    wie: Annotated[dict[str, Any], Depends(_wie)],
    wat: Annotated[dict[str, Any], Depends(_wat)],
) -> Response:
    """Every optimal way to the goal, or why there is none; without a goal the form."""
    leerling, wens = gevraagd(
        {**wie, "heeft": codes(heeft), "leeftijd": leeftijd, "arbeidsrijp": _ja(arbeidsrijp)},
        {
            **wat,
            "doelen": codes(doel),
            "op": op or reading.on,
            "max_jaren": max_duur,
            "werkplek_min": werkplek_min,
            "werkplek_max": werkplek_max,
            "contract": contract,
            "k": k,
        },
        reading.on,
    )
    wens = msgspec.structs.replace(wens, grenzen=_grenzen(zaken(reading.request), wens.op))
    page = reading.page()
    velden = {name: str(value) for name, value in reading.request.query_params.items()}
    if not wens.doelen and wens.regels is None:
        html: Maker = lambda: plannerpagina(page, velden, wens, None, _keuzes(page))  # noqa: E731
        return reading.answer({**reading.json(_how), HTML: html})

    def answered() -> Antwoord:
        return plan(aanbod_van(page.served), leerling, wens)

    def document() -> bytes:
        if formaat == "ctdl":
            return orjson.dumps(als_pathway(answered(), page.served.catalogus))
        return orjson.dumps(als_jsonld(answered(), page.served.catalogus, leerling, wens))

    def shown() -> bytes:
        try:
            return plannerpagina(page, velden, wens, answered(), _keuzes(page))
        except (InputError, UnknownCodeError) as error:
            return plannerpagina(page, velden, wens, None, _keuzes(page), told(error, page.taal))

    makers: dict[Form, Maker] = {JSONLD: document, JSON: document}
    return reading.answer(makers if formaat else {**makers, HTML: shown}, timeless=False)


def _grenzen(boek: Zaken, op: date) -> tuple[Besluitgrens, ...]:
    """What sectors decided on the dual form of programmes, on that day."""
    wereld = boek.wereld()
    found = boek.register.lees(lambda stand: grenzen(stand, wereld, op))
    return tuple(Besluitgrens(each.programma, "; ".join(each.neen), each.moet) for each in found)


def _how() -> dict[str, Any]:
    return {"self": "/v1/leertrajecten", "items": [], "sjabloon": TEMPLATE}


def _keuzes(page: Page) -> list[tuple[str, str]]:
    """Goals to choose from: the lines of BKs, what opens onward, and the dual programmes."""
    aanbod = aanbod_van(page.served)
    gegeven = {feit for handeling in aanbod.handelingen for feit in handeling.geeft}
    bk = [(page.naam(versies[-1]), reeks) for reeks, versies in aanbod.reeksen.items() if f"reeks:{reeks}" in gegeven]
    return sorted(bk)
