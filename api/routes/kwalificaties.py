"""Qualifications: to search with facets, and each line and version as a document."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from ...errors import AmbiguousCodeError, UnknownCodeError
from ...graph.catalogus import Competentie, Fase, Kwalificatie
from ...graph.fasen import fase
from ..documented import LIST, THING, read
from ..documents import document
from ..fasen import Phases
from ..forms import CSV, JSON, XLSX, Form
from ..items import Kwalificatieitem, Verschilitem
from ..kwalificatielijst import Facetten, facets, kwalificatieitem, kwalificatieitems
from ..live import Served
from ..paging import Pages, Whole, collection
from ..reading import Maker, Read, Reading, ReadThing
from ..tables import tables
from ..verschillen import impact, verschil
from ..views.domeinen import lijstpagina
from ..views.kwalificatie import kwalificatiepagina
from ..zoeken import searched

router = APIRouter(prefix="/v1", tags=["kwalificaties"])

TABLE = ("nr", "code", "tekst", "referenties", "kennis", "iri")

Code = Annotated[str, Path(max_length=80, pattern=r"^[^/]+$", examples=["BK-0019"], description="De code.")]
Versie = Annotated[int, Path(ge=1, le=999, examples=[3], description="Het nummer van de versie.")]
Met = Annotated[int, Query(ge=1, le=999, examples=[3], description="Het nummer van de andere versie.")]


@router.get("/kwalificaties", operation_id="zoekKwalificaties", **read("VerzamelingKwalificatieitem", LIST))
def kwalificaties(
    reading: Read,
    asked: Pages,
    phases: Phases,
    q: Annotated[str, Query(max_length=200, examples=["bakker"], description="Woorden uit naam of synoniem.")] = "",
    soort: Annotated[Literal["beroeps", "onderwijs", "deel"] | None, Query(description="Soort.")] = None,
    vks_niveau: Annotated[
        int | None, Query(alias="vksNiveau", ge=1, le=8, description="VKS-niveau van een BK.")
    ] = None,
    ok_niveau: Annotated[int | None, Query(alias="okNiveau", ge=1, le=8, description="Niveau van een OK.")] = None,
    domein: Annotated[str, Query(max_length=200, description="Domein of sector, of een deel van de naam.")] = "",
    duaal: Annotated[bool | None, Query(description="Of een duale opleiding ernaar leidt.")] = None,
    sort: Annotated[Literal["code", "-code", "naam", "-naam"] | None, Query(description="Volgorde.")] = None,
    facetten: Annotated[bool, Query(description="Tel ook per soort, niveau, fase en domein.")] = False,
) -> Response:
    """Beroepskwalificaties, deelkwalificaties and onderwijskwalificaties, side by side and never in one ladder."""
    facet = Facetten(fasen=phases, soort=soort, vks_niveau=vks_niveau, ok_niveau=ok_niveau, domein=domein, duaal=duaal)
    found = searched(reading, kwalificatieitems(reading, facet), q, lambda one: one.id, lambda one: one.code)
    extra = {"facetten": facets(found)} if facetten else {}
    return collection(
        reading,
        asked,
        _sorted(found, sort, reading.language),
        lambda one: one,
        Kwalificatieitem,
        "Kwalificaties",
        extra=extra,
        timeless=False,
        view=lijstpagina,
    )


def _sorted(found: list[Kwalificatieitem], sort: str | None, language: str) -> list[Kwalificatieitem]:
    if sort is None:
        return found
    by_name = sort.endswith("naam")
    return sorted(
        found,
        key=lambda one: ((one.naam.get(language) or one.naam.get("nl", "")).casefold() if by_name else "", one.code),
        reverse=sort.startswith("-"),
    )


@router.get(
    "/kwalificaties/{code}",
    operation_id="kwalificatie",
    **read("Ding", (*THING, CSV, XLSX), errors=(400, 404, 406, 409)),
)
def kwalificatie(reading: ReadThing, code: Code) -> Response:
    """A deelkwalificatie, a version by its long number, or a line of versions.

    With `geldigOp` a line stands for its version that holds on that day; 409 with the candidates where several do.
    """
    found = reading.served.catalogus.kwalificaties.get(code)
    if found is None and reading.dated:
        found = _on(reading, code, reading.on)
    if found is not None:
        return _document(reading, found, {"Content-Location": kwalificatieitem(reading, found).href})
    line, newest = reading.served.names.iri("beroepskwalificatie", code), _versions(reading.served, code)
    page = (lambda page: kwalificatiepagina(page, newest[-1])) if newest else None
    return document(reading, line.value, page=page, more=_tables(reading, newest[-1]) if newest else {})


@router.get("/kwalificaties/{code}/versies", operation_id="versies", **read("VerzamelingKwalificatieitem", LIST))
def versies(reading: Read, asked: Whole, code: Code) -> Response:
    """The versions of a line, the first one first."""
    found = _versions(reading.served, code)
    if not found:
        raise UnknownCodeError(f"{code} is niet gevonden in deze release.")
    return collection(
        reading, asked, found, lambda one: kwalificatieitem(reading, one), Kwalificatieitem, "Versies", timeless=False
    )


@router.get("/kwalificaties/{code}/versies/{versie}", operation_id="versie", **read("Ding", (*THING, CSV, XLSX)))
def kwalificatieversie(reading: ReadThing, code: Code, versie: Versie) -> Response:
    """One version of a beroepskwalificatie; it never changes once the release is named."""
    return _document(reading, _version(reading.served, code, versie), {})


@router.get(
    "/kwalificaties/{code}/versies/{versie}/verschil",
    operation_id="verschil",
    **read("VerzamelingVerschilitem", LIST),
)
def verschil_met(reading: Read, asked: Whole, code: Code, versie: Versie, met: Met) -> Response:
    """What the other version has that this one has not, and the reverse, competence by competence."""
    van, naar = _version(reading.served, code, versie), _version(reading.served, code, met)
    found = verschil(van, naar)
    extra = {"van": van.code, "naar": naar.code, "aantallen": _counts(found)}
    return collection(reading, asked, found, lambda one: one, Verschilitem, "Verschil", extra=extra)


@router.get("/kwalificaties/{code}/versies/{versie}/impact", operation_id="impact", **read("Impact", (JSON,)))
def impact_van(reading: Read, code: Code, versie: Versie, met: Met) -> Response:
    """What is touched when the other version replaces this one."""
    van, naar = _version(reading.served, code, versie), _version(reading.served, code, met)
    found = verschil(van, naar)
    return reading.answer(
        reading.json(
            lambda: {
                "van": van.code,
                "naar": naar.code,
                "aantallen": _counts(found),
                "geraakt": impact(reading.served, van, found),
            }
        )
    )


def _counts(found: list[Verschilitem]) -> dict[str, int]:
    kinds = ("gelijk", "gewijzigd", "nieuw", "vervallen")
    return {kind: sum(one.soort == kind for one in found) for kind in kinds}


def _versions(served: Served, reeks: str) -> list[Kwalificatie]:
    """The versions of a line, the first one first; its deelkwalificaties are no versions of it."""
    known = served.catalogus.kwalificaties.values()
    found = [one for one in known if one.reeks == reeks and one.versie and not one.deel_van]
    return sorted(found, key=lambda one: one.versie)


def _version(served: Served, code: str, versie: int) -> Kwalificatie:
    found = served.catalogus.kwalificaties.get(f"{code}-{versie}")
    if found is None:
        raise UnknownCodeError(f"{code} heeft geen versie {versie} in deze release.")
    return found


def _on(reading: Reading, reeks: str, op: date) -> Kwalificatie | None:
    """The one version that holds on a day. Raises AmbiguousCodeError where several do, UnknownCodeError where none."""
    versions, known = _versions(reading.served, reeks), reading.served.catalogus.kwalificaties
    holding = [one for one in versions if fase(one, op, known) in (Fase.GELDIG, Fase.OVERGANG)]
    if len(holding) > 1:
        raise AmbiguousCodeError(
            f"{reeks} heeft op {op.isoformat()} meer dan een versie.", [one.code for one in holding]
        )
    if versions and not holding:
        raise UnknownCodeError(f"{reeks} heeft op {op.isoformat()} geen geldige versie.")
    return holding[0] if holding else None


def _document(reading: Reading, found: Kwalificatie, headers: dict[str, str]) -> Response:
    return document(
        reading,
        found.iri,
        extra=lambda: (
            {"fase": fase(found, reading.on, reading.served.catalogus.kwalificaties).value} if reading.dated else {}
        ),
        page=lambda page: kwalificatiepagina(page, found),
        more=_tables(reading, found),
        links=_links(reading, found),
        headers=headers,
    )


def _links(reading: Reading, found: Kwalificatie) -> list[str]:
    """The versions before and after, and the latest one (RFC 5829)."""
    versions = _versions(reading.served, found.reeks) if found.reeks else []
    if found not in versions:
        return []
    place = versions.index(found)
    beside: list[tuple[str, Kwalificatie]] = [("latest-version", versions[-1])]
    beside += [("predecessor-version", versions[place - 1])] if place else []
    beside += [("successor-version", versions[place + 1])] if place + 1 < len(versions) else []
    return [f'<{kwalificatieitem(reading, one).href}>; rel="{rel}"' for rel, one in beside]


def _tables(reading: Reading, found: Kwalificatie) -> dict[Form, Maker]:
    return tables(TABLE, (_row(one) for one in found.competenties), reading.language)


def _row(competentie: Competentie) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(competentie)
    return {**row, "kennis": [item["tekst"] for item in row["kennis"]]}
