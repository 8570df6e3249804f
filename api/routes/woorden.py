"""The words: vocabulary, JSON-LD context and shapes, each at the address that their IRIs say."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response
from pyoxigraph import RdfFormat, Triple, parse, serialize

from ...errors import UnknownCodeError
from ...graph.context import CONTEXT
from ...graph.names import NAMESPACE
from ...graph.vocabulary import ONTOLOGY
from ..documented import read
from ..documents import ntriples
from ..forms import HTML, JSONLD, NTRIPLES, TURTLE
from ..reading import IMMUTABLE, Read

router = APIRouter(tags=["woorden"])

VOCABULARY = ONTOLOGY / "vocabulary.ttl"
SHAPES = ONTOLOGY / "shapes"
_LABELS = ("label", "definition")


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[Triple, ...]:
    return tuple(quad.triple for quad in parse(path=VOCABULARY, format=RdfFormat.TURTLE))


def _terms(language: str) -> list[dict[str, str]]:
    """Each term with its name and definition in a language, else in Dutch."""
    terms: dict[str, dict[str, str]] = {}
    for triple in _vocabulary():
        iri, key = str(triple.subject.value), triple.predicate.value.rpartition("#")[2]  # type: ignore[union-attr]
        if iri.startswith(NAMESPACE) and key in _LABELS:
            found = terms.setdefault(iri, {"iri": iri, "naam": iri.removeprefix(NAMESPACE)})
            spoken = getattr(triple.object, "language", None)
            if spoken == language or (spoken == "nl" and key not in found):
                found[key] = triple.object.value  # type: ignore[union-attr]
    return sorted(terms.values(), key=lambda term: term["naam"].casefold())


@router.get("/ns", operation_id="vocabularium", **read("Woordenlijst", (TURTLE, HTML, NTRIPLES, JSONLD)))
def vocabulary(reading: Read) -> Response:
    """The vocabulary, as Turtle, N-Triples and JSON-LD or as a page."""

    def html() -> bytes:
        page = reading.page()
        return page.html("woorden.html", {"woorden": _terms(page.taal)})

    return reading.answer(
        {
            TURTLE: VOCABULARY.read_bytes,
            HTML: html,
            NTRIPLES: lambda: ntriples(sorted(_vocabulary(), key=str)),
            JSONLD: lambda: serialize(_vocabulary(), format=RdfFormat.JSON_LD) or b"",
        }
    )


@router.get("/context/v1.jsonld", operation_id="context", **read("Woorden", (JSONLD,)))
def context(reading: Read) -> Response:
    """The JSON-LD context; this version never changes."""
    return reading.answer({JSONLD: CONTEXT.read_bytes}, headers={"Cache-Control": IMMUTABLE})


@router.get("/shapes/{naam}.ttl", operation_id="vorm", **read("Woorden", (TURTLE, NTRIPLES)))
def shape(
    reading: Read,
    naam: Annotated[str, Path(max_length=80, pattern=r"^[a-z-]+$", examples=["competentie"], description="De naam.")],
) -> Response:
    """The shapes that things of one kind are held to."""
    path = SHAPES / f"{naam}.ttl"
    if path not in set(SHAPES.glob("*.ttl")):
        raise UnknownCodeError(f"Er zijn geen vormen {naam}.")
    return reading.answer({TURTLE: path.read_bytes, NTRIPLES: lambda: ntriples(_read(path))})


def _read(path: FilePath) -> list[Triple]:
    return [quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)]
