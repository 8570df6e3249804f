"""The page of a qualification: a header, and six tabs that are links, so that each state has an address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ...graph.catalogus import Kwalificatie, Kwalificatiesoort
from ..pages import Page
from . import besluiten
from .bron import bron
from .inhoud import inhoud
from .kansen import kansen
from .relaties import relaties
from .versies import versies

SOORTEN: Mapping[Kwalificatiesoort, str] = {
    Kwalificatiesoort.BEROEPSKWALIFICATIE: "Beroepskwalificatie",
    Kwalificatiesoort.DEELKWALIFICATIE: "Deelkwalificatie",
    Kwalificatiesoort.BEROEPSCOMPETENTIEPROFIEL: "Beroepscompetentieprofiel (Competent)",
    Kwalificatiesoort.ESCO_BEROEP: "Beroep (ESCO)",
    Kwalificatiesoort.ROME_BEROEP: "Beroep (ROME)",
    Kwalificatiesoort.RNCP: "Beroepsstandaard (RNCP)",
}

TABS: Mapping[str, tuple[str, Callable[[Page, Kwalificatie], Mapping[str, Any]]]] = {
    "inhoud": ("Inhoud", inhoud),
    "relaties": ("Relaties", relaties),
    "bruggen": ("Bruggen", kansen),
    "duaal": ("Duaal", besluiten.duaal),
    "geschiedenis": ("Geschiedenis", versies),
    "bron": ("Bron", bron),
}
"""Tab in the address -> its name and what it shows; only the tab that is shown is computed."""


def kwalificatiepagina(page: Page, kwalificatie: Kwalificatie) -> bytes:
    """The page of one qualification, at the tab that the address names."""
    asked = page.request.query_params.get("tab", "")
    tab = asked if asked in TABS else "inhoud"
    values = {
        "kwalificatie": kwalificatie,
        "soortnaam": page._(SOORTEN[kwalificatie.soort]),
        "fase": page.fase_van(kwalificatie, date.today()),
        "tab": tab,
        "tabs": [(key, page._(naam), page.met(tab=key, met=None)) for key, (naam, _) in TABS.items()],
        **TABS[tab][1](page, kwalificatie),
    }
    return page.html(f"kwalificatie/{tab}.html", values)
