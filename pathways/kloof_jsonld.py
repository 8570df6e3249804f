"""The closing of a gap as JSON-LD: the bridge that it rests on, each way with its evidence, and what nothing closes."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

from ..graph.vocabulary import ONTOLOGY
from .antwoord import CONTEXT as BRUGCONTEXT
from .antwoord import competentie_jsonld, ding_jsonld, feit_jsonld, grootboekstand, ingebed, verzegeld
from .brug import Brug, Competentieoordeel
from .kloof import Item, Kloof, Sluiting

CONTEXT: list[dict[str, Any]] = [BRUGCONTEXT, json.loads((ONTOLOGY / "kloof-v1.jsonld").read_bytes())["@context"]]
"""The words of a bridge, and those of what is made of bridges."""

MILJOEN = 1_000_000


def kloof_jsonld(kloof: Kloof, basis: str, beslist_tot: tuple[int, str] | None = None) -> dict[str, Any]:
    """The answer with the question, as `als_jsonld` of a bridge; `beslist_tot` as there."""
    uren = {"bekende_uren": [{"code": code, "uren": aantal} for code, aantal in kloof.uren]} if kloof.uren else {}
    document = {
        **kop("Kloof", kloof.brug, basis, kloof.regelset),
        "criterium": kloof.criterium.value,
        "manieren": kloof.manieren,
        **uren,
        "kandidaten": kloof.kandidaten,
        "volledig": kloof.volledig,
        "resterend": [o.code for o in kloof.brug.resterend],
        "sluitingen": [_sluiting(nr, sluiting, kloof.brug) for nr, sluiting in enumerate(kloof.sluitingen, start=1)],
        "zekerheid": _zekerheid(kloof),
        "alleen_samen": _open(kloof.alleen_samen),
        "niet_te_sluiten": _open(kloof.niet_te_sluiten),
        "brug": ingebed(kloof.brug, basis),
        **grootboekstand(beslist_tot),
    }
    return verzegeld(document, basis, "kloof")


def kop(soort: str, brug: Brug, basis: str, regelset: str) -> dict[str, Any]:
    """What every answer that is made of bridges begins with."""
    return {
        "@context": CONTEXT,
        "type": soort,
        "release": brug.release,
        "graaf": f"{basis}/id/release/{brug.release}",
        "regelset": regelset,
        "datum": brug.datum.isoformat(),
    }


def _sluiting(nr: int, sluiting: Sluiting, brug: Brug) -> dict[str, Any]:
    uren = [item.kandidaat.uren for item in sluiting.items if item.kandidaat.uren is not None]
    return {
        "nr": nr,
        "kosten": sluiting.kosten,
        "ondergrens": sluiting.bewijs.ondergrens,
        "optimaal": sluiting.bewijs.optimaal,
        "methode": sluiting.bewijs.methode,
        "aantal": sluiting.aantal,
        "dubbel": sluiting.dubbel,
        **({"uren": sum(uren)} if len(uren) == sluiting.aantal else {}),
        "items": [_item(item, brug) for item in sluiting.items],
    }


def _item(item: Item, brug: Brug) -> dict[str, Any]:
    kandidaat = item.kandidaat
    return {
        **ding_jsonld(kandidaat.ding),
        "soort": kandidaat.soort.value,
        "fase": kandidaat.fase.value,
        "dubbel": kandidaat.dubbel,
        **({"instrument": kandidaat.instrument} if kandidaat.instrument else {}),
        **({} if kandidaat.uren is None else {"uren": kandidaat.uren}),
        "brengt": [competentie_jsonld(stap, brug.release, brug.datum) for stap in item.stappen],
        "feiten": [feit_jsonld(feit) for feit in item.feiten],
    }


def _zekerheid(kloof: Kloof) -> dict[str, Any]:
    """What any way pays for a competence at least: no candidate costs less than the prices of what it brings.

    Prices are rounded down to whole millionths, so that who checks them adds integers.
    """
    prijzen = kloof.sluitingen[0].bewijs.prijzen if kloof.sluitingen else {}
    heel = {iri: math.floor(prijs * MILJOEN) for iri, prijs in prijzen.items()}
    return {
        "prijzen_samen": sum(heel.values()),
        "prijzen": [{"id": iri, "prijs": prijs} for iri, prijs in heel.items()],
    }


def _open(oordelen: Sequence[Competentieoordeel]) -> list[dict[str, Any]]:
    return [
        {
            "id": o.competentie.iri,
            "nr": o.nr,
            "code": o.code,
            "tekst": o.competentie.tekst,
            "verdict": o.oordeel.verdict.value,
        }
        for o in oordelen
    ]
