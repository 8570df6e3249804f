"""The Flemish education APIs as data: their addresses, how each list is paged and where its items stand.

Shapes as recorded from the real answers (domain research, section 2.6); a list whose items stand elsewhere is refused
by name, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

BASE_URL = "https://onderwijs.api.vlaanderen.be"
_CURRICULUM = "/kwalificaties-en-curriculum"


@dataclass(frozen=True, slots=True)
class Listing:
    """A paged list: the file it is written to, its address, where the items stand, and the field that names an item."""

    file: str
    address: str
    items: tuple[str, ...]
    key: str
    title: str


GROEPEN = Listing(
    "structuuronderdeelgroep",
    f"{_CURRICULUM}/structuuronderdelen/v2/structuuronderdeelgroep",
    ("structuuronderdeel_groepen", "gegevens"),
    "structuuronderdeel_groep_nummer",
    "groepen van structuuronderdelen",
)
BEROEPSKWALIFICATIES = Listing(
    "beroepskwalificatie-lijst",
    f"{_CURRICULUM}/beroepskwalificaties/v2/beroepskwalificatie",
    ("gegevens",),
    "beroepskwalificatie_nr",
    "lijst van beroepskwalificaties",
)
TRAJECTEN = Listing(
    "opleidingstraject",
    f"{_CURRICULUM}/trajecten/v1/opleidingstraject",
    ("gegevens", "opleidingstrajecten"),
    "code",
    "opleidingstrajecten",
)
ONDERWIJSDOELEN = Listing(
    "onderwijsdoel",
    "/onderwijsdoelen/onderwijsdoel?paginanr=1&rijen_per_pagina=500",
    ("gegevens", "member"),
    "@id",
    "onderwijsdoelen",
)
ADMINISTRATIEVE_GROEPEN = Listing(
    "administratievegroep",
    "/instellingsgegevens/onderwijsaanbod_so/v2/administratievegroep",
    ("gegevens", "administratievegroepen"),
    "administratievegroep_nummer",
    "administratieve groepen",
)

PARTS = (
    "structuuronderdelen",
    "beroepskwalificaties",
    "trajecten",
    "onderwijsdoelen",
    "curriculumdossiers",
    "administratievegroepen",
)
"""What `--only` can name."""


def structuuronderdeel(number: int) -> str:
    """The address of one programme."""
    return f"{_CURRICULUM}/structuuronderdelen/v2/structuuronderdeel/{number}"


def beroepskwalificatie(version: str) -> str:
    """The address of one version of a beroepskwalificatie; without a version the API answers 404."""
    return f"{_CURRICULUM}/beroepskwalificaties/v2/beroepskwalificatie/{quote(version, safe='')}"


def deelkwalificatie(version: str, code: str) -> str:
    """The address of one deelkwalificatie of a version."""
    return f"{beroepskwalificatie(version)}/deelkwalificatie/{quote(code, safe='')}"


def doelen_van_groep(groep: str) -> str:
    """The address of the goals of one group: the list of goals, filtered."""
    return f"{ONDERWIJSDOELEN.address}&structuuronderdeel_groep_nummer={quote(groep, safe='')}"


def own_address(href: str) -> str:
    """The path and query of a link: links are followed on our own base address only, so that the key goes nowhere else.

    >>> own_address("https://onderwijs.api.vlaanderen.be/a/b?page=2")
    '/a/b?page=2'
    """
    parts = urlsplit(href)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def page_items(listing: Listing, page: Any) -> list[dict[str, Any]] | None:
    """The items of a page; None where they do not stand where this list keeps them."""
    value = page
    for key in listing.items:
        if isinstance(value, dict) and key in value:
            value = value[key]
    if isinstance(value, dict):
        value = value.get("hydra:member")
    return value if isinstance(value, list) and all(isinstance(item, dict) for item in value) else None


def page_total(page: Mapping[str, Any]) -> int | None:
    """How many items the whole list has, as the page says (`meta.total_elements`, or Hydra's `totalItems`)."""
    total = _dict(page.get("meta")).get("total_elements")
    if total is None:
        total = _hydra(page).get("totalItems", _hydra(page).get("hydra:totalItems"))
    return int(total) if isinstance(total, int | str) and str(total).isdigit() else None


def next_page(page: Mapping[str, Any], address: str, *, more: bool) -> str | None:
    """The address of the next page: `links.next.href`, Hydra's `view.next`, or the next `paginanr` while there is more.

    >>> next_page({"totalItems": 900}, "/doel?paginanr=1&rijen_per_pagina=500", more=True)
    '/doel?paginanr=2&rijen_per_pagina=500'
    """
    view = _dict(_hydra(page).get("view") or _hydra(page).get("hydra:view"))
    for link in (_dict(page.get("links")).get("next"), view.get("next"), view.get("hydra:next")):
        href = link.get("href") if isinstance(link, dict) else link
        if isinstance(href, str) and href:
            return own_address(href)
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    if not more or "paginanr" not in query:
        return None
    query["paginanr"] = str(int(query["paginanr"]) + 1)
    return f"{parts.path}?{urlencode(query)}"


def _hydra(page: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where the Hydra terms of a page stand: under `gegevens`, or at its root."""
    return _dict(page.get("gegevens")) or page


def onderdelen_of(groep: Mapping[str, Any]) -> Iterator[int]:
    """The numbers of the programmes that a group holds; the API has no other list of them."""
    return _numbers(groep.get("structuuronderdelen"))


def linked_onderdelen(onderdeel: Mapping[str, Any]) -> Iterator[int]:
    """The numbers of the programmes that one programme names: before, after, and in its history."""
    yield from _numbers(onderdeel.get("voorbereidende_structuuronderdelen"))
    yield from _numbers(onderdeel.get("vervolg_structuuronderdelen"))
    for value in _dict(onderdeel.get("historiek_structuuronderdelen")).values():
        yield from _numbers(value)


def linked_versies(onderdeel: Mapping[str, Any]) -> Iterator[str]:
    """The versions of beroepskwalificaties that the recognitions of a programme link."""
    for erkenning in _dicts(onderdeel.get("structuuronderdeel_details")):
        yield from _codes(_dicts(erkenning.get("beroepskwalificaties")), "versie_nr_lang")


def curriculumdossiers(onderdeel: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The recognitions of a programme that have a curriculumdossier, with its address."""
    for erkenning in _dicts(onderdeel.get("structuuronderdeel_details")):
        code, href = erkenning.get("structuuronderdeel_detail_nummer"), erkenning.get("curriculumdossier")
        if isinstance(code, str) and isinstance(href, str):
            yield code, own_address(href)


def versies_of(item: Mapping[str, Any]) -> Iterator[str]:
    """The versions that an item of the list of beroepskwalificaties names, its last recognised one included."""
    yield from _codes(_dicts(item.get("versies")), "versie_nr_lang")
    yield from _codes([_dict(item.get("laatst_erkende_versie"))], "versie_nr_lang")


def deelkwalificaties_of(answer: Mapping[str, Any]) -> Iterator[str]:
    """The deelkwalificaties of one version, by their long number."""
    deelkwalificaties = _dicts(_dict(answer.get("beroepskwalificatie")).get("deelkwalificaties"))
    return _codes(deelkwalificaties, "deelkwalificatie_nr_lang")


def self_address(item: Mapping[str, Any]) -> str:
    """The own address of an item, where it gives one."""
    href = _dict(_dict(item.get("links")).get("self")).get("href")
    return own_address(href) if isinstance(href, str) else ""


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _codes(items: Iterable[Mapping[str, Any]], field: str) -> Iterator[str]:
    return (str(code) for item in items if (code := item.get(field)))


def _numbers(value: Any) -> Iterator[int]:
    numbers = (item.get("structuuronderdeel_nummer") for item in _dicts(value))
    return (number for number in numbers if isinstance(number, int))
