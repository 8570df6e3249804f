"""What typed words find, grouped by kind: the things of the release, and the questions of the library."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..graph.search import SOORTEN, Treffer, plain
from ..graph.vragen import Vraag, vragen
from .live import Served

VRAAG = "vraag"
"""The kind of a question; the other kinds are those of SOORTEN."""


def gevonden(served: Served, q: str, taal: str, hoogstens: int, soort: str = "") -> Iterator[Treffer]:
    """At most so many of each kind, best first within its kind; only of one kind where that is asked."""
    for each in dict.fromkeys((*SOORTEN.values(), VRAAG)):
        if soort in ("", each):
            yield from soort_gevonden(served, q, taal, hoogstens, each)


def soort_gevonden(served: Served, q: str, taal: str, hoogstens: int, soort: str) -> list[Treffer]:
    """At most so many of one kind, best first."""
    if soort == VRAAG:
        return [_treffer(een, taal) for een in zoek_vragen(q, taal)[:hoogstens]]
    return served.zoekindex.zoek(q, soort=soort, taal=taal, hoogstens=hoogstens)


def zoek_vragen(q: str, taal: str) -> list[Vraag]:
    """The questions that have a word beginning with each typed word; those that have them in their title come first.

    >>> [een.slug for een in zoek_vragen("niveau aantal", "nl")][0]
    'bks-per-niveau'
    """
    typed = re.findall(r"\w+", plain(q))
    if not typed:
        return []
    found = [een for een in vragen().values() if _begint(typed, _alles(een))]
    return sorted(found, key=lambda een: (not _begint(typed, een.titel.get(taal, "")), een.titel.get(taal, "")))


def _alles(een: Vraag) -> str:
    return " ".join((*een.titel.values(), *een.uitleg.values(), *een.trefwoorden, een.slug))


def _begint(typed: list[str], tekst: str) -> bool:
    words = re.findall(r"\w+", plain(tekst))
    return all(any(word.startswith(begin) for word in words) for begin in typed)


def _treffer(een: Vraag, taal: str) -> Treffer:
    taal = taal if een.titel.get(taal) else "nl"
    titel = een.titel[taal]
    return Treffer(f"/v1/vragen/{een.slug}", "Vraag", VRAAG, "", titel, titel, taal, taal)
