"""A bridge as JSON-LD: the same bytes for the same question, release and rules, under an IRI made of those bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from ..graph.catalogus import Mappingbesluit
from ..graph.vocabulary import ONTOLOGY
from .brug import Brug, Competentieoordeel
from .feiten import Feit
from .houder import Ding
from .oordeel import Oordeel
from .zijden import Nota

CONTEXT: dict[str, Any] = json.loads((ONTOLOGY / "brug-v1.jsonld").read_bytes())["@context"]
"""Goes with every answer, so that a downloaded one reads as linked data without us; its words are the vocabulary's.

The id of a part is what the part speaks of (`gaatOver`): that an answer weighs a competence says nothing of it.
"""


def als_jsonld(
    heen: Brug, basis: str, terug: Sequence[Brug] = (), beslist_tot: tuple[int, str] | None = None
) -> dict[str, Any]:
    """The answer as JSON-LD; `terug` are the bridges the other way, side by side and no higher or lower.

    `beslist_tot` are number and seal of the last entry of the ledger that it counts: it holds for the decisions up to
    that entry, and can be computed and checked again after others came. The IRI ends in a digest of the rest, so an
    answer can be cited, and a change to it shows.
    """
    document = {"@context": CONTEXT, "type": "Brug", **_brug(heen, basis), **grootboekstand(beslist_tot)}
    if terug:
        document["terug"] = [ingebed(brug, basis) for brug in terug]
    return verzegeld(document, basis)


def ingebed(brug: Brug, basis: str) -> dict[str, Any]:
    """A bridge inside another answer: without a context of its own, under the IRI that it has."""
    return verzegeld({"type": "Brug", **_brug(brug, basis)}, basis)


def grootboekstand(beslist_tot: tuple[int, str] | None) -> dict[str, Any]:
    """Up to which entry of the ledger an answer counts decisions; nothing where none was taken."""
    if not beslist_tot or not beslist_tot[0]:
        return {}
    return {"grootboek": {"nummer": beslist_tot[0], "zegel": beslist_tot[1]}}


def verzegeld(document: dict[str, Any], basis: str, soort: str = "brug") -> dict[str, Any]:
    """The document under an IRI that ends in a digest of the rest of it."""
    bytes_ = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    return {**document, "id": f"{basis}/id/{soort}/{hashlib.sha256(bytes_).hexdigest()[:32]}"}


def _brug(brug: Brug, basis: str) -> dict[str, Any]:
    return {
        "van": [ding_jsonld(ding) for ding in brug.van],
        "naar": ding_jsonld(brug.naar),
        "release": brug.release,
        "graaf": f"{basis}/id/release/{brug.release}",
        "regelset": brug.regelset,
        "datum": brug.datum.isoformat(),
        "dekking": msgspec.to_builtins(brug.dekking),
        "interval": {"bewezen": brug.dekking.bewezen, "mogelijk": brug.dekking.mogelijk},
        "competenties": [competentie_jsonld(oordeel, brug.release, brug.datum) for oordeel in brug.competenties],
        "zijden": [_nota(nota) for nota in brug.zijden],
    }


def ding_jsonld(ding: Ding) -> dict[str, Any]:
    """One end of a bridge, or an item that closes a gap."""
    return {
        "id": ding.iri or f"urn:leerbrug:{ding.soort}",
        "code": ding.code,
        "naam": {taal or "@none": naam for taal, naam in ding.naam.items()},
        "soort": ding.soort.value,
        "kwalificaties": list(ding.kwalificaties),
        "gedeeltelijk": list(ding.gedeeltelijk),
        "evc": ding.evc,
    }


def competentie_jsonld(gewogen: Competentieoordeel, release: int, datum: date) -> dict[str, Any]:
    """The verdict on one competence with its step of evidence."""
    return {
        "id": gewogen.competentie.iri,
        "nr": gewogen.nr,
        "code": gewogen.code,
        "tekst": gewogen.competentie.tekst,
        "kwalificatie": gewogen.kwalificatie,
        "verdict": gewogen.oordeel.verdict.value,
        "evidence": [_stap(gewogen.oordeel, gewogen.feiten, release, datum)],
    }


def _stap(oordeel: Oordeel, feiten: Sequence[Feit], release: int, datum: date) -> dict[str, Any]:
    return {
        "regel": oordeel.regel.value,
        "release": release,
        "datum": datum.isoformat(),
        "steunt": [
            {"id": s.iri, "code": s.code, "door": s.door, "referenties": list(s.referenties)} for s in oordeel.steunt
        ],
        "besluiten": [_besluit(besluit) for besluit in oordeel.besluiten],
        "gedeeld": list(oordeel.gedeeld),
        "resterend": list(oordeel.resterend),
        "zwak": oordeel.zwak,
        "verschil": msgspec.to_builtins(oordeel.verschil),
        "kennis": [
            {"id": k.iri, "gevraagd": k.gevraagd, "gehouden": k.gehouden, "waarde": k.tekst} for k in oordeel.kennis
        ],
        "ontbrekende_delen": list(oordeel.ontbrekende_delen),
        "feiten": [feit_jsonld(feit) for feit in feiten],
    }


def _besluit(besluit: Mappingbesluit) -> dict[str, Any]:
    return {
        "id": besluit.iri,
        "van": besluit.van,
        "predicaat": besluit.predicaat,
        "naar": besluit.naar,
        "auteur": besluit.auteur,
        **({"datum": besluit.datum.isoformat()} if besluit.datum else {}),
        "rechtvaardiging": besluit.rechtvaardiging,
    }


def feit_jsonld(feit: Feit) -> dict[str, Any]:
    """One triple."""
    waarde = {"@value": feit.object} if feit.letterlijk else {"id": feit.object}
    return {"subject": feit.subject, "predicate": feit.predicate, "object": waarde}


def _nota(nota: Nota) -> dict[str, Any]:
    return {
        "soort": nota.soort.value,
        "kant": nota.kant,
        "code": nota.code,
        "naam": nota.tekst,
        **({} if nota.voldaan is None else {"voldaan": nota.voldaan}),
        "codes": list(nota.codes),
        "feiten": [feit_jsonld(feit) for feit in nota.feiten],
    }
