"""Decisions: to list, read, draw up, edit, submit, ratify, withdraw and remark on; one router for every kind."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from ...besluiten.register import Maak, Reageer, Stap, Wijzig
from ...besluiten.soorten import SOORTEN, Haalbaarheid, Haalbaarheidsbesluit, Toestand, soort_van
from ...besluiten.toestand import Handeling, Stand, Stuk
from ...errors import InputError, UnknownCodeError
from ..paging import Paging, address, neighbours
from ..reading import KNOWN_ONLY
from ..released import Released
from ..stukken import PADEN, Inhoud, als_json, antwoord, besluit_in, gelezen_versie, schema_van, sleutel, zichtbaar
from ..tokens import Iemand, WieOfNiemand
from ..zaken import Zaken, zaken

router = APIRouter(prefix="/v1", tags=["besluiten"], route_class=Released, dependencies=KNOWN_ONLY)

Kenmerk = Annotated[str, Path(max_length=64, pattern="^[A-Za-z0-9-]+$", description="Het kenmerk van het besluit.")]
STAPPEN = tuple(
    handeling.value
    for handeling in (
        Handeling.LEG_VOOR,
        Handeling.STUUR_TERUG,
        Handeling.BEKRACHTIG,
        Handeling.TREK_IN,
        Handeling.VERVAL,
    )
)
_ETAG = {"headers": {"ETag": {"schema": {"type": "string"}, "description": "De versie, voor If-Match."}}}
_JSON = {"content": {"application/json": {"schema": {"type": "object"}}}}
_STUK = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Stuk"}}}}
_PROBLEM = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
_FOUTEN: dict[int | str, dict[str, Any]] = {
    status: {"description": said, **_PROBLEM}
    for status, said in {
        400: "Niet juist gesteld",
        401: "Geen geldig token",
        403: "Niet bevoegd",
        404: "Niet gevonden",
        409: "Tegenspraak of verkeerde toestand",
        412: "Intussen gewijzigd",
        422: "Een regel laat dit niet toe",
        428: "If-Match ontbreekt",
        429: "Te veel vragen",
    }.items()
}


class _StapIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    handeling: str
    reden: str = ""


class _OpmerkingIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    tekst: str


def answers(*statuses: int, ok: int = 200, what: dict[str, Any] = _JSON) -> dict[int | str, dict[str, Any]]:
    """What the OpenAPI document says of a route: its answer and its errors."""
    good: dict[int | str, dict[str, Any]] = {ok: {"description": "Het antwoord", **what, **_ETAG}}
    return good | {one: _FOUTEN[one] for one in (*statuses, 429)}


IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
    "example": '"1"',
    "description": "De versie die gelezen werd: de ETag.",
}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "maxLength": 100},
    "description": "Een sleutel waaronder dezelfde vraag opnieuw mag.",
}


def _body(schema: Any, *parameters: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {"requestBody": {"required": True, "content": content}, "parameters": list(parameters)}


def _soort_in_pad(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a kind, as it may be sent: the address says the kind, so the record need not."""
    return {**schema, "required": [name for name in schema["required"] if name != "soort"]}


def _one(boek: Zaken, kenmerk: str, soort: str, wie: Any) -> Stuk:
    stuk = boek.register.stuk(kenmerk)
    if soort_van(stuk.besluit) != soort or not zichtbaar(stuk, wie):
        raise UnknownCodeError(f"Er is geen {soort} {kenmerk}.")
    return stuk


def _told(boek: Zaken, stuk: Stuk, wie: Any, status: int = 200, **headers: str) -> Response:
    content = boek.register.lees(lambda stand: als_json(stuk, stand, boek.wereld(), wie))
    return antwoord(content, status, stuk.versie, **headers)


def _decode(ruw: bytes, kind: type[Any]) -> Any:
    try:
        return msgspec.json.decode(ruw, type=kind)
    except msgspec.MsgspecError as error:
        raise InputError(f"Dit lees ik niet: {error}.", remedy="Zie /v1/openapi.json.") from error


def _add(pad: str, soort: str, schema: dict[str, Any]) -> None:
    """The addresses of one kind of record."""

    @router.get(
        f"/{pad}",
        operation_id=pad,
        responses=answers(400, 401),
        response_class=Response,
    )
    def lijst(
        request: Request,
        wie: WieOfNiemand,
        kwalificatie: Annotated[str, Query(max_length=40, description="Een lijn als BK-0130.")] = "",
        versie: Annotated[str, Query(max_length=40, description="Een versie als BK-0130-5.")] = "",
        programma: Annotated[str, Query(max_length=20, description="Een structuuronderdeel.")] = "",
        sector: Annotated[str, Query(max_length=60, description="Een instantie als sector/bouw.")] = "",
        status: Annotated[Toestand | None, Query(description="De toestand.")] = None,
        haalbaarheid: Annotated[Haalbaarheid | None, Query(description="Het oordeel.")] = None,
        te_herbevestigen: Annotated[bool, Query(alias="teHerbevestigen", description="Alleen wat overkwam.")] = False,
        page: Annotated[int, Query(ge=1, le=10_000)] = 1,
        page_size: Annotated[int, Query(alias="pageSize", ge=1, le=200)] = 50,
    ) -> Response:
        """The records that the asker may see, in order of id."""
        boek = zaken(request)
        wereld = boek.wereld()

        def past(stuk: Stuk) -> bool:
            bereik, code = stuk.besluit.bereik, str(stuk.besluit.instantie)
            oordeel = stuk.besluit.haalbaarheid if isinstance(stuk.besluit, Haalbaarheidsbesluit) else None
            return (
                soort_van(stuk.besluit) == soort
                and zichtbaar(stuk, wie)
                and (not kwalificatie or kwalificatie in wereld.lijnen(bereik))
                and (not versie or bereik.versie == versie)
                and (not programma or bereik.programma == programma)
                and (not sector or sector in (code, code.partition("/")[2]))
                and (status is None or stuk.toestand is status)
                and (haalbaarheid is None or oordeel is haalbaarheid)
                and (not te_herbevestigen or bool(stuk.uit and stuk.verschil and stuk.toestand is Toestand.ONTWERP))
            )

        def found(stand: Stand) -> dict[str, Any]:
            every = [stuk for _, stuk in sorted(stand.stukken.items()) if past(stuk)]
            some = every[(page - 1) * page_size : page * page_size]
            items = [als_json(stuk, stand, wereld, wie) for stuk in some]
            beside = neighbours(request, Paging(page, page_size, total=True), len(every))
            counted = {"total": len(every), "page": page, "pageSize": page_size, "grootboek": stand.nummer}
            return {"self": address(request, page), "items": items, **beside, **counted}

        return antwoord(boek.register.lees(found))

    @router.post(
        f"/{pad}",
        operation_id=f"maak-{soort}",
        status_code=201,
        responses=answers(400, 401, 403, 404, 409, 422, ok=201, what=_STUK),
        openapi_extra=_body(schema, KEY),
        response_class=Response,
    )
    def maak(request: Request, wie: Iemand, ruw: Inhoud) -> Response:
        """Draw up a record; with Idempotency-Key the same request may be sent again."""
        boek = zaken(request)
        (stuk, *_) = boek.register.voer_uit([Maak(besluit_in(ruw, soort))], wie, sleutel(request))
        return _told(boek, stuk, wie, 201, Location=f"/v1/{pad}/{stuk.id}")

    @router.get(
        f"/{pad}/{{kenmerk}}", operation_id=soort, responses=answers(400, 401, 404, what=_STUK), response_class=Response
    )
    def een(request: Request, kenmerk: Kenmerk, wie: WieOfNiemand) -> Response:
        """One record; a draft only for its own people."""
        boek = zaken(request)
        return _told(boek, _one(boek, kenmerk, soort, wie), wie)

    @router.put(
        f"/{pad}/{{kenmerk}}",
        operation_id=f"wijzig-{soort}",
        responses=answers(400, 401, 403, 404, 409, 412, 422, 428, what=_STUK),
        openapi_extra=_body(schema, IF_MATCH, KEY),
        response_class=Response,
    )
    def wijzig(request: Request, kenmerk: Kenmerk, wie: Iemand, ruw: Inhoud) -> Response:
        """Give a draft new content; If-Match says which version was read."""
        boek = zaken(request)
        versie = gelezen_versie(request)
        order = Wijzig(_one(boek, kenmerk, soort, wie).id, versie, besluit_in(ruw, soort))
        (stuk, *_) = boek.register.voer_uit([order], wie, sleutel(request))
        return _told(boek, stuk, wie)

    @router.post(
        f"/{pad}/{{kenmerk}}/handelingen",
        operation_id=f"stap-{soort}",
        responses=answers(400, 401, 403, 404, 409, 412, 422, 428, what=_STUK),
        openapi_extra=_body(
            {
                "type": "object",
                "required": ["handeling"],
                "properties": {"handeling": {"enum": list(STAPPEN)}, "reden": {"type": "string"}},
                "additionalProperties": False,
            },
            IF_MATCH,
            KEY,
        ),
        response_class=Response,
    )
    def stap(request: Request, kenmerk: Kenmerk, wie: Iemand, ruw: Inhoud) -> Response:
        """Submit, send back, ratify, withdraw or let lapse; If-Match says which version was read."""
        boek = zaken(request)
        asked: _StapIn = _decode(ruw, _StapIn)
        if asked.handeling not in STAPPEN:
            raise InputError(f"{asked.handeling!r} is geen stap.", remedy=f"Kies uit {', '.join(STAPPEN)}.")
        versie = gelezen_versie(request)
        order = Stap(_one(boek, kenmerk, soort, wie).id, versie, Handeling(asked.handeling), asked.reden)
        (stuk, *_) = boek.register.voer_uit([order], wie, sleutel(request))
        return _told(boek, stuk, wie)

    @router.post(
        f"/{pad}/{{kenmerk}}/opmerkingen",
        operation_id=f"opmerking-{soort}",
        status_code=201,
        responses=answers(400, 401, 403, 404, 422, ok=201, what=_STUK),
        openapi_extra=_body(
            {
                "type": "object",
                "required": ["tekst"],
                "properties": {"tekst": {"type": "string"}},
                "additionalProperties": False,
            }
        ),
        response_class=Response,
    )
    def reageer(request: Request, kenmerk: Kenmerk, wie: Iemand, ruw: Inhoud) -> Response:
        """Remark on a record."""
        boek = zaken(request)
        asked: _OpmerkingIn = _decode(ruw, _OpmerkingIn)
        order = Reageer(_one(boek, kenmerk, soort, wie).id, asked.tekst)
        (stuk, *_) = boek.register.voer_uit([order], wie, sleutel(request))
        return _told(boek, stuk, wie, 201)

    @router.get(
        f"/{pad}/{{kenmerk}}/geschiedenis",
        operation_id=f"geschiedenis-{soort}",
        responses=answers(400, 401, 404),
        response_class=Response,
    )
    def geschiedenis(request: Request, kenmerk: Kenmerk, wie: WieOfNiemand) -> Response:
        """The audit trail of a record: who did what, when, in which role, with the seal of each entry."""
        boek = zaken(request)
        stuk = _one(boek, kenmerk, soort, wie)
        zegels = {regel.nummer: regel.hash for regel in boek.grootboek.van(stuk.id)}
        items = [{**msgspec.to_builtins(stap), "zegel": zegels[stap.nummer]} for stap in stuk.geschiedenis]
        return antwoord({"id": stuk.id, "items": items}, versie=stuk.versie)


_SCHEMAS = {soort_van(kind): _soort_in_pad(schema_van(kind)) for kind in SOORTEN}

for _pad, _soort in PADEN.items():
    _add(_pad, _soort, _SCHEMAS[_soort])
