"""What an answer says, as triples: read by a reader that is not ours, with the context as it is served."""

from __future__ import annotations

import json

import httpx
from pyld import jsonld
from pyoxigraph import RdfFormat, Triple, parse

BASE = "https://w3id.org/leerbrug"


def triples(content: bytes, form: RdfFormat) -> set[Triple]:
    return {quad.triple for quad in parse(content, format=form)}


def expanded(client: httpx.Client, content: bytes) -> set[Triple]:
    """Read JSON-LD with pyld, a reader that is not ours, and the context as it is served."""

    def load(url: str, _options: object) -> dict[str, object]:
        served = client.get(url.removeprefix(BASE))
        return {"document": served.json(), "documentUrl": url, "contextUrl": None, "contentType": "application/ld+json"}

    jsonld.set_document_loader(load)
    quads = jsonld.to_rdf(json.loads(content), {"format": "application/n-quads"})
    return triples(quads.encode(), RdfFormat.N_QUADS)
