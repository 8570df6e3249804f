"""The walk of a harvest: the lists first, then everything that they and the answers name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..graph.names import digest
from . import harvest_apis as apis
from .harvest_answers import Answers
from .harvest_client import AnswerError
from .harvest_layout import DOSSIERS, save_dossier

NOBODY = "G-0000"
"""A number that no group has: a filter that works gives nothing for it."""

FILTER = "structuuronderdeel_groep_nummer"


@dataclass(slots=True)
class Pages:
    """A paged list while it is read: the total that its pages state, what was seen, and whether it was read whole."""

    answers: Answers
    listing: apis.Listing
    address: str
    title: str
    may_be_empty: bool = False
    total: int | None = None
    seen: set[str] = field(default_factory=set)
    whole: bool = False

    def items(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every item once, with what names it; a list that ends before its own total, or runs in a circle, is named."""
        address, visited = self.address, {self.address}
        while (page := self._page(address, len(visited))) is not None:
            before = len(self.seen)
            for item in apis.page_items(self.listing, page) or ():
                key = item_key(self.listing, item)
                if key not in self.seen:
                    self.seen.add(key)
                    yield key, item
            more = len(self.seen) > before and (self.total is None or len(self.seen) < self.total)
            following = apis.next_page(page, address, more=more)
            if following is None:
                self._judge(address)
                return
            if following in visited:
                self.answers.fail(self.title, following, "de lijst verwijst naar een pagina die al gelezen is.")
                return
            address = following
            visited.add(address)

    def _page(self, address: str, number: int) -> dict[str, Any] | None:
        empty: dict[str, Any] | None = {"gegevens": []} if self.may_be_empty else None
        page = self.answers.get(address, f"{self.title}, pagina {number}", empty=empty)
        if page is None:
            return None
        if not isinstance(page, dict) or apis.page_items(self.listing, page) is None:
            self.answers.fail(self.title, address, f"de lijst staat niet onder {' of '.join(self.listing.items)}.")
            return None
        total = apis.page_total(page)
        self.total = self.total if total is None else total
        return page

    def _judge(self, address: str) -> None:
        self.whole = self.total is None or len(self.seen) == self.total
        if not self.whole:
            reason = f"de lijst eindigt na {len(self.seen)} van de {self.total} items."
            self.answers.fail(self.title, address, reason)


def item_key(listing: apis.Listing, item: dict[str, Any]) -> str:
    """What names an item of a list: its number, else its own address, else its content."""
    return sort_key(item.get(listing.key) or apis.self_address(item) or digest(json.dumps(item, sort_keys=True)))


def sort_key(code: object) -> str:
    """Numbers sort as numbers.

    >>> sort_key(504)
    '00000504'
    """
    return f"{code:08d}" if isinstance(code, int) else str(code)


@dataclass(slots=True)
class Walk:
    """One walk: the files it wrote lines of, those whose list was cut short, and the versions met on the way."""

    into: Path
    answers: Answers
    files: set[str] = field(default_factory=set)
    cut_short: set[str] = field(default_factory=set)
    versies: dict[str, None] = field(default_factory=dict)

    def over(self, parts: frozenset[str]) -> None:
        """Walk the parts asked for; goals and dossiers need the programmes' lists, which are then walked too."""
        groepen: list[dict[str, Any]] = []
        if parts & {"structuuronderdelen", "curriculumdossiers", "onderwijsdoelen"}:
            groepen = list(self.listing(apis.GROEPEN))
        if parts & {"structuuronderdelen", "curriculumdossiers"}:
            self.structuuronderdelen(groepen, dossiers="curriculumdossiers" in parts)
        if "beroepskwalificaties" in parts:
            self.beroepskwalificaties()
        if "trajecten" in parts:
            self.trajecten()
        if "onderwijsdoelen" in parts:
            self.onderwijsdoelen(str(groep.get(apis.GROEPEN.key)) for groep in groepen)
        if "administratievegroepen" in parts:
            for _ in self.listing(apis.ADMINISTRATIEVE_GROEPEN):
                pass

    def listing(self, listing: apis.Listing) -> Iterator[dict[str, Any]]:
        """The items of a list, each written as a line of its file."""
        pages = Pages(self.answers, listing, listing.address, listing.title)
        self.files.add(listing.file)
        for key, item in pages.items():
            self.answers.journal.add(listing.file, key, item)
            yield item
        if not pages.whole:
            self.cut_short.add(listing.file)

    def add(self, file: str, code: object, address: str, name: str) -> Any:
        """Fetch one answer and write it as a line of a file; None where there is none."""
        self.files.add(file)
        answer = self.answers.get(address, name)
        if answer is not None:
            self.answers.journal.add(file, sort_key(code), answer)
        return answer

    def structuuronderdelen(self, groepen: Iterable[dict[str, Any]], *, dossiers: bool) -> None:
        """Every programme that a group or another programme names, and the dossiers of its recognitions."""
        waiting = list(dict.fromkeys(number for groep in groepen for number in apis.onderdelen_of(groep)))
        met = set(waiting)
        self.answers.expect(len(waiting))
        while waiting:
            number = waiting.pop(0)
            answer = self.add(
                "structuuronderdeel", number, apis.structuuronderdeel(number), f"structuuronderdeel {number}"
            )
            if answer is None:
                continue
            self.versies |= dict.fromkeys(apis.linked_versies(answer))
            linked = [other for other in apis.linked_onderdelen(answer) if other not in met]
            waiting += dict.fromkeys(linked)
            met |= set(linked)
            for erkenning, address in apis.curriculumdossiers(answer) if dossiers else ():
                self.curriculumdossier(erkenning, address)

    def curriculumdossier(self, erkenning: str, address: str) -> None:
        """The Word file of a recognition, saved beside the line that describes it."""
        name = f"curriculumdossier {erkenning}"
        self.files.add(DOSSIERS)
        answer = self.answers.get(address, name)
        if answer is not None:
            try:
                line = save_dossier(self.into, erkenning, answer)
            except AnswerError as error:
                self.answers.fail(name, address, str(error))
            else:
                self.answers.journal.add(DOSSIERS, erkenning, line)

    def beroepskwalificaties(self) -> None:
        """The list, every version that it or a recognition names, and the deelkwalificaties of each version."""
        for item in self.listing(apis.BEROEPSKWALIFICATIES):
            self.versies |= dict.fromkeys(apis.versies_of(item))
        self.answers.expect(len(self.versies))
        for versie in sorted(self.versies):
            name = f"beroepskwalificatie {versie}"
            answer = self.add("beroepskwalificatie", versie, apis.beroepskwalificatie(versie), name)
            for code in apis.deelkwalificaties_of(answer or {}):
                self.add("deelkwalificatie", code, apis.deelkwalificatie(versie, code), f"deelkwalificatie {code}")

    def trajecten(self) -> None:
        """The list of trajecten, and the detail of each that gives its own address."""
        addresses = [(item_key(apis.TRAJECTEN, item), apis.self_address(item)) for item in self.listing(apis.TRAJECTEN)]
        for key, address in addresses:
            if address:
                self.add("opleidingstraject-detail", key, address, f"opleidingstraject {key}")

    def onderwijsdoelen(self, groepen: Iterable[str]) -> None:
        """All goals, and per group the goals it has, where the filter by group is seen to work.

        A goal is named by its own address, for a code returns in other sets.
        """
        total = sum(1 for _ in self.listing(apis.ONDERWIJSDOELEN))
        if list(self._goals_of(NOBODY).items()):
            reason = f"de bron negeert de filter {FILTER}: ze geeft doelen voor {NOBODY}, een groep die niet bestaat."
            self.answers.fail("onderwijsdoelen per groep", apis.doelen_van_groep(NOBODY), reason)
            return
        self.files.add("onderwijsdoel-groep")
        for groep in groepen:
            pages = self._goals_of(groep)
            found = sorted(str(doel.get("@id") or doel.get("code")) for _, doel in pages.items())
            if total and len(found) == total:
                reason = f"de bron negeert de filter {FILTER}: ze geeft alle {total} doelen."
                self.answers.fail(pages.title, pages.address, reason)
            elif found and pages.whole:
                line = {FILTER: groep, "onderwijsdoelen": found}
                self.answers.journal.add("onderwijsdoel-groep", groep, line)

    def _goals_of(self, groep: str) -> Pages:
        address, title = apis.doelen_van_groep(groep), f"onderwijsdoelen van {groep}"
        return Pages(self.answers, apis.ONDERWIJSDOELEN, address, title, may_be_empty=True)
