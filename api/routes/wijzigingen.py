"""What changed: a feed that a client can follow from where it left off, also as Atom and as LDES."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Query
from fastapi.responses import Response
from pyoxigraph import RdfFormat, serialize

from ..addresses import href_of
from ..changes import Change, Changes
from ..days import Moment
from ..documented import read
from ..documents import ntriples
from ..feeds import atom, event_stream
from ..forms import ATOM, CSV, HTML, JSON, JSONLD, NTRIPLES, TURTLE, XLSX
from ..items import Wijzigingitem, columns
from ..paging import Pages, Paging
from ..reading import Read, Reading
from ..tables import tables

router = APIRouter(tags=["wijzigingen"])

PREFIXES = {
    "ldes": "https://w3id.org/ldes#",
    "tree": "https://w3id.org/tree#",
    "leer": "https://w3id.org/leerbrug/ns#",
    "prov": "http://www.w3.org/ns/prov#",
    "dct": "http://purl.org/dc/terms/",
}

After = Annotated[
    Moment | None,
    Query(alias="na", examples=["2020-01-01T00:00:00Z"], description="Alleen wat na dit tijdstip veranderde."),
]


@router.get(
    "/v1/wijzigingen",
    operation_id="wijzigingen",
    **read("VerzamelingWijzigingitem", (JSON, JSONLD, HTML, ATOM, CSV, XLSX)),
)
def wijzigingen(reading: Read, asked: Pages, na: After = None) -> Response:
    """Things that came, changed, ended or went, oldest first; follow `next` until there is none, and later `na`."""
    found, following = _page(reading, asked, na)
    items = [_item(reading, change) for change in found]
    rows = [msgspec.to_builtins(item) for item in items]
    own = _own(reading, asked.page)
    envelope: dict[str, Any] = {
        "self": own,
        "page": asked.page,
        "pageSize": asked.size,
        "items": rows,
        "first": _own(reading, 1),
    }
    envelope |= {"next": following} if following else {}
    envelope |= {"prev": _own(reading, asked.page - 1)} if asked.page > 1 else {}
    count = _changes(reading).count(_moment(na), reading.release)
    if asked.total:
        envelope |= {"total": count, "last": _own(reading, max(1, -(-count // asked.size)))}
    page = reading.page()
    values = {"titel": page._("Wijzigingen"), "items": rows, "kolommen": columns(Wijzigingitem), "aantal": count}
    return reading.answer(
        {
            **reading.json(lambda: envelope),
            HTML: lambda: page.html(
                "verzameling.html", {**values, "vorige": envelope.get("prev", ""), "volgende": following}
            ),
            ATOM: lambda: atom(found, reading.base, own, following),
            **tables(columns(Wijzigingitem), rows, reading.language),
        }
    )


@router.get("/ldes", operation_id="ldes", **read("Stroom", (TURTLE, JSONLD, NTRIPLES)))
def ldes(reading: Read, asked: Pages, na: After = None) -> Response:
    """The same as a Linked Data Event Stream: every member is a version of a thing."""
    found, following = _page(reading, asked, na)
    stream = f"{reading.base}/ldes"
    here = f"{stream}?{_query(reading, asked.page)}"
    after = f"{stream}?{_query(reading, asked.page + 1)}" if following else ""
    triples = event_stream(reading.live, found, stream, here, after)
    return reading.answer(
        {
            TURTLE: lambda: serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b"",
            JSONLD: lambda: serialize(triples, format=RdfFormat.JSON_LD) or b"",
            NTRIPLES: lambda: ntriples(triples),
        }
    )


def _changes(reading: Reading) -> Changes:
    found: Changes = reading.request.app.state.changes
    return found


def _moment(na: datetime | None) -> str:
    if na is None:
        return ""
    return (na if na.tzinfo else na.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def _page(reading: Reading, asked: Paging, na: datetime | None) -> tuple[list[Change], str]:
    """The changes of one page, and the address of the next where there is one."""
    _changes(reading).refresh()
    start = (asked.page - 1) * asked.size
    found = _changes(reading).after(_moment(na), start, asked.size + 1, reading.release)
    more = len(found) > asked.size
    return found[: asked.size], _own(reading, asked.page + 1) if more else ""


def _query(reading: Reading, page: int) -> str:
    return urlencode({**reading.request.query_params, "page": str(page)})


def _own(reading: Reading, page: int) -> str:
    return f"{reading.request.url.path}?{_query(reading, page)}"


def _item(reading: Reading, change: Change) -> Wijzigingitem:
    at = f"?release={change.release}" if change.soort != "vervallen" else f"?release={change.release - 1}"
    return Wijzigingitem(
        id=change.iri,
        href=href_of(change.iri, reading.base) + at,
        soort=change.soort,
        naam=change.naam,
        code=change.code,
        release=change.release,
        tijdstip=change.tijdstip,
    )
