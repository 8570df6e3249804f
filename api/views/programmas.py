"""The list of programmes with its filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..pages import Page

KEUZES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "graad": ("Graad", ("1", "2", "3")),
    "finaliteit": ("Finaliteit", ("A", "DU", "DO")),
    "onderwijsvorm": ("Onderwijsvorm", ("ASO", "BSO", "KSO", "TSO")),
}
"""A filter in the address -> its name and its codes, which are those of the code list of the same name."""

FASEN = ("geldig", "overgang", "toekomstig", "beeindigd")


def programmalijst(page: Page, values: Mapping[str, Any]) -> bytes:
    """The programmes that were searched for, each by its title."""
    query = page.request.query_params
    keuzes = [
        (veld, page._(naam), [(code, page.begrip_uit(veld, code)) for code in codes], query.get(veld, ""))
        for veld, (naam, codes) in KEUZES.items()
    ]
    gevraagd = {"q": query.get("q", ""), "duaal": query.get("duaal", "")}
    fasen = [(fase, page._("beëindigd" if fase == "beeindigd" else fase), query.get(fase) == "true") for fase in FASEN]
    return page.html("programmas.html", {**values, "keuzes": keuzes, "gevraagd": gevraagd, "fasen": fasen})
