"""CTDL of Credential Engine: a qualification as a Certificate, a trajectory as a Pathway, for the Credential Registry.

The registry's JSON Schemas ask plain strings of a credential and language maps of a pathway; all texts are Dutch.
"""

from __future__ import annotations

import uuid
from typing import Any

from ...graph.catalogus import Kwalificatie
from ..trajectvelden import Inhoud, Velden

Text = str | dict[str, str]

CONTEXT = "http://credreg.net/ctdl/schema/context/json"


def ctid(iri: str) -> str:
    """The identifier of the registry: made of the IRI, so the same for ever.

    >>> ctid("https://w3id.org/leerbrug/id/beroepskwalificatie/BK-0019/3")[:3]
    'ce-'
    """
    return f"ce-{uuid.uuid5(uuid.NAMESPACE_URL, iri)}"


def _thing(kind: str, iri: str, name: Text, description: Text) -> dict[str, Any]:
    return {
        "@type": f"ceterms:{kind}",
        "@id": iri,
        "ceterms:ctid": ctid(iri),
        "ceterms:name": name,
        "ceterms:description": description,
        "ceterms:subjectWebpage": iri,
    }


def certificate(found: Kwalificatie, *, active: bool) -> dict[str, Any]:
    """A qualification; what it asks are its competences."""
    name = found.naam.get("nl", found.code)
    competences = [
        {
            "@type": "ceterms:CredentialAlignmentObject",
            "ceterms:targetNode": one.iri,
            "ceterms:targetNodeName": one.tekst,
            "ceterms:codedNotation": one.code,
        }
        for one in found.competenties
    ]
    condition = {
        "@type": "ceterms:ConditionProfile",
        "ceterms:description": f"De competenties van {name} ({found.code})",
        "ceterms:targetCompetency": competences,
    }
    return {
        "@context": CONTEXT,
        **_thing("Certificate", found.iri, name, f"{name} ({found.code})"),
        "ceterms:codedNotation": found.code,
        "ceterms:credentialStatusType": {
            "@type": "ceterms:CredentialAlignmentObject",
            "ceterms:targetNode": f"credentialStat:{'Active' if active else 'Superseded'}",
            "ceterms:targetNodeName": "Active" if active else "Superseded",
        },
        "ceterms:inLanguage": ["nl"],
        **({"ceterms:requires": [condition]} if competences else {}),
    }


def pathway(iri: str, owner: str, fields: Velden) -> dict[str, Any]:
    """A trajectory: from the clusters of competences to the proofs on full completion."""
    proofs = [
        _component("CredentialComponent", f"{iri}#bewijs-{n}", one.naam, iri, one.id)
        for n, one in enumerate(fields.bij_volledig_slagen, start=1)
    ]
    clusters = [_cluster(f"{iri}#cluster-{n}", one, iri) for n, one in enumerate(fields.clusters, start=1)]
    for proof in proofs:
        proof["ceterms:hasChild"] = [one["@id"] for one in clusters]
    whole = {
        **_thing("Pathway", iri, {"nl": fields.titel}, {"nl": f"{fields.soort} {fields.code}"}),
        "ceterms:inLanguage": ["nl"],
        "ceterms:ownedBy": [owner],
        "ceterms:hasDestinationComponent": [one["@id"] for one in proofs],
        "ceterms:hasChild": [one["@id"] for one in proofs],
    }
    return {"@context": CONTEXT, "@graph": [whole, *proofs, *clusters]}


def _cluster(iri: str, one: Inhoud, pathway_iri: str) -> dict[str, Any]:
    name = one.naam.get("nl", one.code)
    return _component("CompetencyComponent", iri, f"{name} ({one.volledigheid})", pathway_iri, one.id)


def _component(kind: str, iri: str, name: str, pathway_iri: str, source: str) -> dict[str, Any]:
    return {
        **_thing(kind, iri, {"nl": name}, {"nl": name}),
        "ceterms:isPartOf": [pathway_iri],
        "ceterms:sourceData": source,
    }
