"""What a search finds, grouped by kind; the same kinds and order as the suggestions under the search box."""

from __future__ import annotations

from ..pages import Page
from ..vinden import soort_gevonden

HOOGSTENS = 12


def zoekpagina(page: Page, q: str) -> bytes:
    """The things that the words find, best first in each group."""
    found = {soort: soort_gevonden(page.served, q, page.taal, HOOGSTENS, soort) for soort in page.groepen()}
    shown = [(naam, found[soort]) for soort, naam in page.groepen().items() if found[soort]]
    return page.html("zoeken.html", {"vraag": q, "gevonden": shown})
