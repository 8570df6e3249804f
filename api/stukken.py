"""A record of the ledger as the API gives it, and what a request says of one: content, version read, key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
import orjson
from fastapi import Depends, Request
from fastapi.responses import Response

from ..besluiten.regels import oneens
from ..besluiten.soorten import Besluit, Rol, Soort, Trajectontwerp, Wie, soort_van
from ..besluiten.toestand import Stand, Stuk, lees_besluit
from ..besluiten.wereld import Wereld
from ..errors import InputError, OngelezenError
from .tokens import mag_zien

NIET_BEWAREN = {"Cache-Control": "no-store", "Vary": "Authorization, Accept, Accept-Language"}
"""What depends on who asks is never kept by anybody in between."""

PADEN: Mapping[str, str] = {
    "haalbaarheidsbesluiten": "haalbaarheidsbesluit",
    "werkplekaandelen": "werkplekaandeel",
    "activiteitenlijsten": "activiteitenlijst",
    "vrijstellingen": "vrijstelling",
    "overnames": "overname",
    "keuzes": "keuze",
    "mappingbesluiten": "mapping",
    "mandaten": "mandaat",
    "trajectontwerpen": "trajectontwerp",
}
"""The address of each kind of record."""

PAD_VAN = {soort: pad for pad, soort in PADEN.items()}


async def inhoud(request: Request) -> bytes:
    """The body of the request as it came."""
    return await request.body()


Inhoud = Annotated[bytes, Depends(inhoud)]


def besluit_in(ruw: bytes, soort: str) -> Soort:
    """The record in a request; the kind may be left out, the address says it. Raises InputError."""
    try:
        velden = msgspec.json.decode(ruw)
    except msgspec.DecodeError as error:
        raise InputError(f"Dit is geen JSON: {error}.", remedy="Stuur application/json.") from error
    if not isinstance(velden, dict) or velden.get("soort", soort) != soort:
        raise InputError(f"Dit is geen {soort}.", remedy=f"Stuur een object met soort {soort!r}.")
    try:
        return lees_besluit(orjson.dumps({**velden, "soort": soort}))
    except TypeError as error:
        raise InputError("Een getal is te groot.", remedy="Stuur getallen van hoogstens 64 bits.") from error


def gelezen_versie(request: Request) -> int:
    """The version that the asker read, from If-Match. Raises OngelezenError where it is not said."""
    said = request.headers.get("if-match", "").strip().removeprefix("W/").strip('"')
    if not said.isdigit():
        raise OngelezenError("Zeg welke versie u las.", remedy='Stuur If-Match met de ETag, bijvoorbeeld "3".')
    return int(said)


def sleutel(request: Request) -> str:
    """The key under which a request may be sent again, from Idempotency-Key. Raises InputError where it is too long."""
    said = request.headers.get("idempotency-key", "").strip()
    if len(said) > 100:
        raise InputError("Deze sleutel is te lang.", remedy="Kies hoogstens 100 tekens.")
    return said


def zichtbaar(stuk: Stuk, wie: Wie | None) -> bool:
    """Whether somebody may see a record: everybody what is or was ratified, its own people the rest.

    A draft trajectory stays a working paper of those who design, whoever of them wrote it.
    """
    eigen = mag_zien(wie, str(stuk.besluit.instantie))
    if isinstance(stuk.besluit, Trajectontwerp):
        return eigen or (wie is not None and wie.rol is Rol.ONTWERPER)
    return stuk.ooit_bekrachtigd or eigen


def als_json(stuk: Stuk, stand: Stand, wereld: Wereld, wie: Wie | None) -> dict[str, Any]:
    """A record for a reader; remarks are for its own people."""
    eigen = mag_zien(wie, str(stuk.besluit.instantie))
    soort = soort_van(stuk.besluit)
    return {
        "id": stuk.id,
        "href": f"/v1/{PAD_VAN[soort]}/{stuk.id}",
        "versie": stuk.versie,
        "toestand": stuk.toestand.value,
        "besluit": msgspec.to_builtins(stuk.besluit),
        "opsteller": msgspec.to_builtins(stuk.opsteller),
        "bekrachtiger": msgspec.to_builtins(stuk.bekrachtiger),
        "mandaat": stuk.mandaat or None,
        "overgedragenUit": stuk.uit or None,
        "verschil": list(stuk.verschil),
        "inTegenspraakMet": [ander.id for ander in oneens(stand, stuk, wereld) if zichtbaar(ander, wie)],
        "opmerkingen": msgspec.to_builtins(stuk.opmerkingen) if eigen else [],
    }


def antwoord(content: Any, status: int = 200, versie: int | None = None, **headers: str) -> Response:
    """JSON with the version as its ETag."""
    told = {**NIET_BEWAREN, **{name.replace("_", "-"): value for name, value in headers.items()}}
    if versie is not None:
        told["ETag"] = f'"{versie}"'
    return Response(orjson.dumps(content), status, told, "application/json")


def schema_van(soort: type[Besluit]) -> dict[str, Any]:
    """The JSON schema of a kind of record, for the OpenAPI document."""
    (whole,), parts = msgspec.json.schema_components([soort], ref_template="#/components/schemas/{name}")
    name = whole["$ref"].rpartition("/")[2]
    schema: dict[str, Any] = _ingelijfd(parts[name], parts)
    return schema


def _ingelijfd(schema: Any, parts: Mapping[str, Any]) -> Any:
    """A schema with what it refers to written out."""
    if isinstance(schema, list):
        return [_ingelijfd(one, parts) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _ingelijfd(parts[schema["$ref"].rpartition("/")[2]], parts)
    return {key: _ingelijfd(value, parts) for key, value in schema.items()}
