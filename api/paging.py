"""Collections: an object with items and the addresses of the pages beside this one (belgif REST guide)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

import msgspec
from fastapi import Depends, Query, Request
from fastapi.responses import Response

from .forms import HTML, Form
from .items import columns
from .pages import Page
from .reading import Maker, Reading
from .tables import tables

MOST = 100
"""The most items on one page."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page, of how many items, and whether to say how many there are."""

    page: int
    size: int
    total: bool


def paging(
    page: Annotated[int, Query(ge=1, le=1_000_000, description="Bladzijde, vanaf 1.")] = 1,
    page_size: Annotated[
        int, Query(alias="pageSize", ge=1, le=MOST, examples=[2], description="Items op een bladzijde.")
    ] = 20,
    total: Annotated[bool, Query(description="Zeg ook hoeveel er zijn.")] = False,
) -> Paging:
    """The page that a request asks for."""
    return Paging(page, page_size, total)


def whole(
    page: Annotated[int, Query(ge=1, le=1_000_000, description="Bladzijde, vanaf 1.")] = 1,
    page_size: Annotated[
        int, Query(alias="pageSize", ge=1, le=MOST, description="Items op een bladzijde; zonder: zo veel als kan.")
    ] = MOST,
) -> Paging:
    """The page of a list that is mostly read at once, and that always says how many there are."""
    return Paging(page, page_size, total=True)


View = Callable[[Page, Mapping[str, Any]], bytes]

Pages = Annotated[Paging, Depends(paging)]
Whole = Annotated[Paging, Depends(whole)]


def collection(
    reading: Reading,
    asked: Paging,
    found: Sequence[T],
    item: Callable[[T], msgspec.Struct],
    kind: type[msgspec.Struct],
    titel: str,
    *,
    extra: Mapping[str, Any] | None = None,
    timeless: bool = True,
    more: Mapping[Form, Maker] | None = None,
    view: View | None = None,
) -> Response:
    """One page of what was found; as a table all of it, because a table has no next page.

    `item` makes what the list shows of one; `extra` are further keys of the answer, `more` further forms;
    `view` makes its own page of the list instead of the plain one.
    """
    start = (asked.page - 1) * asked.size
    beside = neighbours(reading.request, asked, len(found))

    def items() -> list[dict[str, Any]]:
        return [msgspec.to_builtins(item(one)) for one in found[start : start + asked.size]]

    def envelope() -> dict[str, Any]:
        document: dict[str, Any] = {
            "self": address(reading.request, asked.page),
            "page": asked.page,
            "pageSize": asked.size,
        }
        document["items"] = [_reduced(one, reading.reduced) for one in items()]
        return document | beside | ({"total": len(found)} if asked.total else {}) | dict(extra or {})

    def html() -> bytes:
        page = reading.page()
        values = {
            "titel": page._(titel),
            "items": items(),
            "kolommen": columns(kind),
            "aantal": len(found),
            "vorige": beside.get("prev", ""),
            "volgende": beside.get("next", ""),
        }
        return view(page, values) if view else page.html("verzameling.html", values)

    every = (msgspec.to_builtins(item(one)) for one in found)
    makers: dict[Form, Maker] = {
        **reading.json(envelope),
        HTML: html,
        **tables(columns(kind), every, reading.reduced or reading.language),
        **(more or {}),
    }
    links = [f'<{href}>; rel="{rel}"' for rel, href in beside.items()]
    return reading.answer(makers, timeless=timeless, links=links)


def neighbours(request: Request, asked: Paging, count: int) -> dict[str, str]:
    """The addresses of the first page, those beside this one, and the last where it was asked how many there are."""
    last = max(1, -(-count // asked.size))
    found = {"first": 1, "prev": asked.page - 1, "next": asked.page + 1 if asked.page < last else 0}
    if asked.total:
        found["last"] = last
    return {rel: address(request, min(page, last)) for rel, page in found.items() if page >= 1}


def address(request: Request, page: int) -> str:
    """The address of another page of the same list."""
    return f"{request.url.path}?{urlencode({**request.query_params, 'page': str(page)})}"


def _reduced(item: dict[str, Any], language: str) -> dict[str, Any]:
    """The item with its texts in one language, where one was asked for."""
    if not language:
        return item
    return {key: _one(value, language) if isinstance(value, dict) else value for key, value in item.items()}


def _one(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get("nl") or next(iter(texts.values()), "")
