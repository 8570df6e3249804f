"""Where the document about a thing stands: from its IRI to its address on this server."""

from __future__ import annotations

from collections.abc import Mapping

DOCUMENTS: Mapping[str, str] = {
    "beroepskwalificatie": "/v1/kwalificaties/",
    "deelkwalificatie": "/v1/kwalificaties/",
    "competentie": "/v1/competenties/",
    "referentie": "/v1/referenties/",
    "structuuronderdeel": "/v1/structuuronderdelen/",
    "standaardtraject": "/v1/standaardtrajecten/",
    "opleidingsprofiel": "/v1/opleidingsprofielen/",
    "curriculumdossier": "/v1/curriculumdossiers/",
    "beroepscompetentieprofiel": "/v1/beroepen/",
    "rome-beroep": "/v1/beroepen/",
    "rncp": "/v1/beroepen/",
    "brug": "/v1/bruggen/",
    "release": "/v1/releases/",
}
"""A kind of thing that has a route of its own -> that route; every other kind is at /v1/dingen."""

PLAIN = "/v1/dingen/"


def document_of(path: str) -> str:
    """The address of the document about the thing at ``/id/{path}``.

    >>> document_of("beroepskwalificatie/BK-0019/3")
    '/v1/kwalificaties/BK-0019/versies/3'
    >>> document_of("attest/BK-0127-2-8")
    '/v1/dingen/attest/BK-0127-2-8'
    """
    kind, _, code = path.partition("/")
    if kind == "beroepskwalificatie" and code.count("/") == 1:
        return DOCUMENTS[kind] + code.replace("/", "/versies/")
    alone = "/" not in code or kind == "rome-beroep"
    return DOCUMENTS[kind] + code if kind in DOCUMENTS and code and alone else PLAIN + path


def href_of(iri: str, base: str) -> str:
    """The address of the document about a thing of ours; the IRI itself of another."""
    start = f"{base}/id/"
    return document_of(iri.removeprefix(start)) if iri.startswith(start) else iri
