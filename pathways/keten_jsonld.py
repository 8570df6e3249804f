"""A chain of stepping stones as JSON-LD: the bridges that every step rests on, and its proven gain."""

from __future__ import annotations

from typing import Any

from .antwoord import grootboekstand, ingebed, verzegeld
from .kloof_jsonld import kop
from .stapstenen import Keten


def keten_jsonld(keten: Keten, basis: str, beslist_tot: tuple[int, str] | None = None) -> dict[str, Any]:
    """The answer, as `als_jsonld` of a bridge; `beslist_tot` as there.

    The likeness by which the stones were chosen is a suggestion and proves nothing: it is no part of the answer.
    """
    document = {
        **kop("Keten", keten.vertrek, basis, keten.regelset),
        "vertrek": ingebed(keten.vertrek, basis),
        "stappen": [
            {
                "nr": nr,
                "code": stap.code,
                "winst": stap.winst,
                "naar_steen": ingebed(stap.naar_steen, basis),
                "naar_doel": ingebed(stap.naar_doel, basis),
            }
            for nr, stap in enumerate(keten.stappen, start=1)
        ],
        **grootboekstand(beslist_tot),
    }
    return verzegeld(document, basis, "keten")
