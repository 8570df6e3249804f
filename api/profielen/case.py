"""CASE 1.1 of 1EdTech: a qualification as a package of one document and the items in it, for learning platforms."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

from ...graph.catalogus import Kwalificatie


def identifier(iri: str) -> str:
    """The UUID that CASE wants: made of the IRI, so the same for ever."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, iri))


def package(found: Kwalificatie) -> dict[str, Any]:
    """The qualification, its competences and their knowledge, each the child of the one above."""
    moment = _moment(found.geldigheid.van)
    document = {
        "identifier": identifier(found.iri),
        "uri": found.iri,
        "creator": "Leerbrug",
        "title": f"{found.naam.get('nl', found.code)} ({found.code})",
        "lastChangeDateTime": moment,
        "adoptionStatus": "Adopted",
        "caseVersion": "1.1",
        "language": "nl",
        **({"version": str(found.versie)} if found.versie else {}),
    }
    link = {"title": document["title"], "identifier": document["identifier"], "uri": found.iri}
    items, associations = [], []
    for competentie in found.competenties:
        items.append(_item(competentie.iri, competentie.tekst, "Competentie", link, moment, competentie.code))
        associations.append(_child(competentie.iri, competentie.tekst, link, moment, competentie.nr))
        above = {"title": competentie.tekst, "identifier": identifier(competentie.iri), "uri": competentie.iri}
        for number, one in enumerate(competentie.kennis, start=1):
            items.append(_item(one.iri, one.tekst, "Kennis", link, moment, ""))
            associations.append(_child(one.iri, one.tekst, above, moment, number))
    return {"CFDocument": document, "CFItems": items, "CFAssociations": associations}


def _item(iri: str, text: str, kind: str, document: dict[str, Any], moment: str, code: str) -> dict[str, Any]:
    return {
        "identifier": identifier(iri),
        "uri": iri,
        "fullStatement": text,
        "CFItemType": kind,
        "language": "nl",
        "lastChangeDateTime": moment,
        "CFDocumentURI": document,
        **({"humanCodingScheme": code} if code else {}),
    }


def _child(iri: str, text: str, above: dict[str, Any], moment: str, number: int) -> dict[str, Any]:
    own = f"{iri}#isChildOf"
    return {
        "identifier": identifier(own),
        "uri": own,
        "associationType": "isChildOf",
        "sequenceNumber": number,
        "originNodeURI": {"title": text, "identifier": identifier(iri), "uri": iri},
        "destinationNodeURI": above,
        "lastChangeDateTime": moment,
    }


def _moment(day: date | None) -> str:
    """When it last changed: the day that the source gives; CASE wants a moment."""
    return datetime.combine(day or date(1970, 1, 1), datetime.min.time(), UTC).isoformat()
