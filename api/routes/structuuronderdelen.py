"""Programmes: structuuronderdelen with what the law holds for them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from ...errors import UnknownCodeError
from ...graph.catalogus import Programma
from ...graph.fasen import fase_op
from ..addresses import href_of
from ..documented import LIST, read
from ..documents import document
from ..fasen import Phases
from ..items import Structuuronderdeelitem
from ..paging import Pages, collection
from ..reading import Read, Reading, ReadThing
from ..views.programma import programmapagina
from ..views.programmas import programmalijst
from ..zoeken import searched

router = APIRouter(prefix="/v1", tags=["structuuronderdelen"])


@router.get(
    "/structuuronderdelen", operation_id="zoekStructuuronderdelen", **read("VerzamelingStructuuronderdeelitem", LIST)
)
def structuuronderdelen(
    reading: Read,
    asked: Pages,
    phases: Phases,
    q: Annotated[str, Query(max_length=200, examples=["fiets"], description="Woorden uit de titel.")] = "",
    graad: Annotated[Literal["1", "2", "3"] | None, Query(description="Graad.")] = None,
    finaliteit: Annotated[Literal["A", "DU", "DO"] | None, Query(description="Finaliteit.")] = None,
    onderwijsvorm: Annotated[Literal["ASO", "BSO", "KSO", "TSO"] | None, Query(description="Onderwijsvorm.")] = None,
    studiedomein: Annotated[str, Query(max_length=80, description="Code van het studiedomein.")] = "",
    duaal: Annotated[bool | None, Query(description="Of het duaal is.")] = None,
) -> Response:
    """Programmes by words and by their place in the matrix."""
    wanted = {"graad": graad, "finaliteit": finaliteit, "onderwijsvorm": onderwijsvorm, "duaal": duaal}
    asks = {
        name: value for name, value in (wanted | {"studiedomein": studiedomein or None}).items() if value is not None
    }
    every = [
        one
        for one in reading.served.catalogus.programmas.values()
        if fase_op(one.geldigheid, reading.on) in phases
        and all(getattr(one, name) == value for name, value in asks.items())
    ]
    found = searched(reading, every, q, lambda one: one.iri, lambda one: one.code)
    return collection(
        reading,
        asked,
        found,
        lambda one: _item(reading, one),
        Structuuronderdeelitem,
        "Structuuronderdelen",
        timeless=False,
        view=programmalijst,
    )


def _item(reading: Reading, one: Programma) -> Structuuronderdeelitem:
    return Structuuronderdeelitem(
        href=reading.href(href_of(one.iri, reading.base)),
        id=one.iri,
        code=one.code,
        naam={"nl": one.titel},
        groep=one.groep,
        graad=one.graad,
        finaliteit=one.finaliteit,
        onderwijsvorm=one.onderwijsvorm,
        studiedomein=one.studiedomein,
        duaal=one.duaal,
        aanloop=one.aanloop,
        fase=fase_op(one.geldigheid, reading.on).value,
        begindatum=one.geldigheid.van,
        einddatum=one.geldigheid.tot,
    )


@router.get("/structuuronderdelen/{code}", operation_id="structuuronderdeel", **read("Ding"))
def structuuronderdeel(
    reading: ReadThing,
    code: Annotated[str, Path(max_length=40, pattern=r"^[^/]+$", examples=["98"], description="Het nummer.")],
) -> Response:
    """A programme with its recognitions."""
    programma = reading.served.catalogus.programmas.get(code)
    if programma is None:
        raise UnknownCodeError(f"Structuuronderdeel {code} is niet gevonden in deze release.")
    return document(reading, programma.iri, page=lambda page: programmapagina(page, programma))
