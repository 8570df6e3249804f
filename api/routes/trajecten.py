"""Standaardtrajecten, opleidingsprofielen and curriculumdossiers, field by field."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import Response
from pyoxigraph import NamedNode

from ...errors import UnknownCodeError
from ...graph.catalogus import Erkenning, Fase, Traject
from ...graph.fasen import fase_op
from ..addresses import href_of
from ..documented import LIST, read
from ..documents import document
from ..fasen import Phases
from ..items import Trajectitem
from ..jsonld import as_jsonld
from ..languages import in_language
from ..live import Served
from ..pages import Page
from ..paging import Pages, Paging, collection
from ..reading import Read, Reading, ReadThing
from ..trajectvelden import as_json, velden
from ..zaken import zaken

router = APIRouter(prefix="/v1", tags=["trajecten"])

SOORTEN = {
    "standaardtrajecten": "Standaardtraject",
    "opleidingsprofielen": "Opleidingsprofiel",
    "curriculumdossiers": "Curriculumdossier",
}

BESLUITEN = """
SELECT DISTINCT ?besluit ?haalbaarheid ?over ?door WHERE {
  VALUES ?deel { leer:heeftCompetentie }
  { ?bk ?deel ?over } UNION { BIND(?bk AS ?over) }
  ?besluit leer:betreft ?over ; leer:haalbaarheid ?haalbaarheid .
  OPTIONAL { ?besluit leer:genomenDoor ?door }
} ORDER BY ?besluit ?over
"""
"""Sector decisions about a qualification or one of its competences."""


class Gevonden(NamedTuple):
    """A trajectory and the recognition that it belongs to."""

    traject: Traject
    erkenning: Erkenning


class Vraag(NamedTuple):
    """What narrows a list of trajectories."""

    fasen: frozenset[Fase]
    q: str
    finaliteit: str | None
    duaal: bool | None
    contract: str | None
    kwalificatie: str


def vraag(
    fasen: Phases,
    q: Annotated[str, Query(max_length=200, examples=["fiets"], description="Woorden uit de titel, of een code.")] = "",
    finaliteit: Annotated[Literal["A", "DU", "DO"] | None, Query(description="Finaliteit.")] = None,
    duaal: Annotated[bool | None, Query(description="Of het duaal is.")] = None,
    contract: Annotated[Literal["OAO", "SOAO", "DAO"] | None, Query(description="Contractsoort.")] = None,
    kwalificatie: Annotated[str, Query(max_length=80, description="Code van een kwalificatie die erin zit.")] = "",
) -> Vraag:
    """What a request asks of the list."""
    return Vraag(fasen, q, finaliteit, duaal, contract, kwalificatie)


Asked = Annotated[Vraag, Depends(vraag)]


@router.get("/standaardtrajecten", operation_id="zoekStandaardtrajecten", **read("VerzamelingTrajectitem", LIST))
def standaardtrajecten(reading: Read, pages: Pages, asked: Asked) -> Response:
    """Standaardtrajecten duaal."""
    return _list(reading, pages, "standaardtrajecten", asked)


@router.get("/opleidingsprofielen", operation_id="zoekOpleidingsprofielen", **read("VerzamelingTrajectitem", LIST))
def opleidingsprofielen(reading: Read, pages: Pages, asked: Asked) -> Response:
    """Opleidingsprofielen of adult education and BuSO OV3."""
    return _list(reading, pages, "opleidingsprofielen", asked)


@router.get("/curriculumdossiers", operation_id="zoekCurriculumdossiers", **read("VerzamelingTrajectitem", LIST))
def curriculumdossiers(reading: Read, pages: Pages, asked: Asked) -> Response:
    """Curriculumdossiers, which replace the standaardtrajecten of ordinary secondary education."""
    return _list(reading, pages, "curriculumdossiers", asked)


def _code(example: str) -> Any:
    return Path(max_length=80, pattern=r"^[^/]+$", examples=[example], description="De code.")


@router.get("/standaardtrajecten/{code}", operation_id="standaardtraject", **read("Trajectding"))
def standaardtraject(reading: ReadThing, code: Annotated[str, _code("OT-00168")]) -> Response:
    """One standaardtraject with its fields and the sector decisions that apply."""
    return _document(reading, "standaardtrajecten", code)


@router.get("/opleidingsprofielen/{code}", operation_id="opleidingsprofiel", **read("Trajectding"))
def opleidingsprofiel(reading: ReadThing, code: Annotated[str, _code("OT-01383")]) -> Response:
    """One opleidingsprofiel with its fields and the sector decisions that apply."""
    return _document(reading, "opleidingsprofielen", code)


@router.get("/curriculumdossiers/{code}", operation_id="curriculumdossier", **read("Trajectding"))
def curriculumdossier(reading: ReadThing, code: Annotated[str, _code("ADV-1703")]) -> Response:
    """One curriculumdossier with its fields and the sector decisions that apply."""
    return _document(reading, "curriculumdossiers", code)


@lru_cache(maxsize=8)
def _known(served: Served) -> dict[tuple[str, str], list[Gevonden]]:
    """The trajectories of a release by kind and code; one may belong to several recognitions."""
    known: dict[tuple[str, str], list[Gevonden]] = {}
    for erkenning in served.catalogus.erkenningen.values():
        for traject in erkenning.trajecten:
            known.setdefault((traject.soort, traject.code), []).append(Gevonden(traject, erkenning))
    return known


def _list(reading: Reading, pages: Paging, route: str, asked: Vraag) -> Response:
    every = [found[-1] for (soort, _), found in sorted(_known(reading.served).items()) if soort == SOORTEN[route]]
    found = [one for one in (_item(reading, one) for one in every) if _fits(one, asked)]
    return collection(reading, pages, found, lambda one: one, Trajectitem, route.capitalize(), timeless=False)


def _fits(item: Trajectitem, vraag: Vraag) -> bool:
    return (
        Fase(item.fase) in vraag.fasen
        and vraag.q.casefold() in f"{item.naam.get('nl', '')} {item.code}".casefold()
        and vraag.finaliteit in (None, item.finaliteit)
        and vraag.duaal in (None, item.duaal)
        and vraag.contract in (None, item.contract)
        and vraag.kwalificatie in ("", *item.kwalificaties)
    )


def _item(reading: Reading, found: Gevonden) -> Trajectitem:
    traject, erkenning = found
    programma = reading.served.catalogus.programmas[erkenning.programma]
    contract = erkenning.contract
    return Trajectitem(
        href=reading.href(href_of(traject.iri, reading.base)),
        id=traject.iri,
        code=traject.code,
        naam={"nl": traject.naam},
        soort=traject.soort,
        type=traject.type,
        erkenning=erkenning.code,
        structuuronderdeel=programma.code,
        graad=programma.graad,
        finaliteit=programma.finaliteit,
        duaal=programma.duaal,
        contract=contract.soort if contract else "",
        uren_min=contract.uren_min if contract else None,
        uren_max=contract.uren_max if contract else None,
        kwalificaties=erkenning.volledig + erkenning.gedeeltelijk,
        fase=fase_op(erkenning.geldigheid, reading.on).value,
        begindatum=erkenning.geldigheid.van,
        einddatum=erkenning.geldigheid.tot,
    )


def _document(reading: Reading, route: str, code: str) -> Response:
    found = _known(reading.served).get((SOORTEN[route], code))
    if not found:
        raise UnknownCodeError(f"{code} is niet gevonden in deze release.")
    catalogus = reading.served.catalogus
    fields = [as_json(velden(catalogus, traject, erkenning, reading.on)) for traject, erkenning in found]
    decided = _besluiten(reading, found)

    def page(shown: Page) -> bytes:
        iri = found[0].traject.iri
        tree = as_jsonld(reading.served.describe(iri), NamedNode(iri), reading.base, shown.taal)
        return shown.html("traject.html", {"ding": tree, "velden": fields, "besluiten": decided})

    return document(
        reading,
        found[0].traject.iri,
        extra=lambda: {"velden": in_language(fields, reading.reduced), "besluiten": decided},
        page=page,
        timeless=False,
    )


def _besluiten(reading: Reading, found: list[Gevonden]) -> list[dict[str, Any]]:
    """The decisions of sectors on what is in these programmes: of the release when it is named, else of now."""
    graph = reading.served.graph if reading.pinned else zaken(reading.request).graph()
    known = reading.served.catalogus.kwalificaties
    codes = sorted({code for _, one in found for code in one.volledig + one.gedeeltelijk if code in known})
    return [
        {
            "kwalificatie": code,
            "besluit": row["besluit"].value,
            "over": row["over"].value,
            "haalbaarheid": row["haalbaarheid"].value.rpartition("/")[2],
            "genomenDoor": row["door"].value if row["door"] else None,
        }
        for code in codes
        for row in graph.select(BESLUITEN, bk=NamedNode(known[code].iri))
    ]
