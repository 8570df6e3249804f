"""The document about one thing in every form: JSON-LD, Turtle, N-Triples, the export profiles, and a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson
from fastapi.responses import Response
from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from ..graph.vocabulary import PREFIXES
from .forms import HTML, JSON, JSONLD, NTRIPLES, TURTLE, Form
from .jsonld import as_jsonld
from .pages import Page
from .profielen.kiezen import PROFILES, profile_makers
from .reading import Maker, Reading


def turtle(triples: Sequence[Triple]) -> bytes:
    """The triples as Turtle with the usual prefixes."""
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def ntriples(triples: Sequence[Triple]) -> bytes:
    """The triples as N-Triples, one a line, in order."""
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def document(
    reading: Reading,
    iri: str,
    *,
    extra: Callable[[], Mapping[str, Any]] | None = None,
    page: Callable[[Page], bytes] | None = None,
    more: Mapping[Form, Maker] | None = None,
    timeless: bool = True,
    links: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The document about the thing with this IRI.

    `extra` are keys of the JSON that are no statements about the thing; `page` makes its own page instead of the plain
    one; `more` are further forms. Raises UnknownCodeError where the release does not know the thing.
    """
    triples = reading.served.describe(iri)
    thing = NamedNode(iri)

    def json() -> bytes:
        tree = as_jsonld(triples, thing, reading.base, reading.reduced)
        return orjson.dumps({**tree, **(extra() if extra else {}), "release": reading.release})

    def html() -> bytes:
        shown = reading.page()
        return page(shown) if page else _plain(shown, as_jsonld(triples, thing, reading.base))

    profiled = profile_makers(reading, iri)
    if profiled is not None:
        name, makers = profiled
        told = [*links, f'<{PROFILES[name]}>; rel="profile"']
        return reading.answer(makers, timeless=timeless, links=told, headers=headers)
    makers = {
        JSONLD: json,
        JSON: json,
        HTML: html,
        TURTLE: lambda: turtle(triples),
        NTRIPLES: lambda: ntriples(triples),
        **(more or {}),
    }
    return reading.answer(makers, timeless=timeless, links=[*links, *_describedby(triples, thing)], headers=headers)


def _plain(page: Page, tree: Mapping[str, Any]) -> bytes:
    return page.html("ding.html", {"ding": tree})


SHAPED = {
    "Beroepskwalificatie": "beroepskwalificatie",
    "Beroepskwalificatieversie": "beroepskwalificatieversie",
    "Deelkwalificatie": "deelkwalificatie",
    "Competentie": "competentie",
    "Referentie": "referentie",
    "Structuuronderdeel": "structuuronderdeel",
    "Erkenning": "erkenning",
    "Traject": "traject",
    "Curriculumdossier": "curriculumdossier",
    "Beroepscompetentieprofiel": "beroepscompetentieprofiel",
    "Beroep": "beroep",
    "Studiebewijs": "studiebewijs",
    "Onderwijsdoel": "onderwijsdoel",
    "Mapping": "mapping",
}
"""A class -> the file of the shapes that its things are held to."""


def _describedby(triples: Sequence[Triple], thing: NamedNode) -> list[str]:
    classes = {
        triple.object.value.rpartition("#")[2]
        for triple in triples
        if triple.subject == thing and isinstance(triple.object, NamedNode) and triple.predicate.value.endswith("#type")
    }
    shapes = sorted({name for klasse, name in SHAPED.items() if klasse in classes})
    return [f'</shapes/{name}.ttl>; rel="describedby"; type="text/turtle"' for name in shapes]
