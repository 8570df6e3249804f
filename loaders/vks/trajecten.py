"""Standaardtrajecten, opleidingsprofielen and curriculumdossiers."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from ...graph.statements import Said, Statement
from ...graph.vocabulary import LEER
from .answers import Curriculumdossier, OtVerwijzing
from .codes import TRAJECTSOORTEN, TRAJECTTYPE
from .speaking import Speaker, Veld, words

TRAJECT: tuple[Veld, ...] = (("type", LEER.trajecttype, TRAJECTTYPE),)

DOSSIER: tuple[Veld, ...] = (
    ("informatie_type", LEER.informatietype, Literal),
    ("content_type", LEER.mediatype, Literal),
    ("filename", LEER.bestandsnaam, words),
    ("sha256", LEER.sha256, Literal),
    ("bytes", LEER.aantalBytes, Literal),
)


def zeg_traject(traject: OtVerwijzing, speaker: Speaker, at: str, erkenning: NamedNode | None = None) -> Iterator[Said]:
    """Say a traject by its soort, and that a recognition has it."""
    concept, kind = TRAJECTSOORTEN.get(traject.soort or "", ("opleidingstraject", LEER.Traject))
    node = speaker.names.iri(concept, traject.code)
    if erkenning is not None:
        yield Statement(erkenning, LEER.heeftTraject, node, at)
    yield from speaker.thing(node, kind, traject.code, at)
    yield from speaker.title(node, traject.naam, f"{at}/naam")
    yield from speaker.fields(node, traject, TRAJECT, at)
    if kind == LEER.Traject:
        nl, en = f"Soort traject {traject.soort!r} is onbekend.", f"Kind of trajectory {traject.soort!r} is unknown."
        yield speaker.finding("onbekende-code", f"{at}/soort", nl, en, node, traject.soort or "")


def zeg_opleidingstraject(traject: OtVerwijzing, speaker: Speaker) -> Iterator[Said]:
    """Say an answer of the API for trajecten; its shape beyond these fields was not seen (domain.md §2.6, API 3)."""
    yield from zeg_traject(traject, speaker, "")


def zeg_curriculumdossier(dossier: Curriculumdossier, speaker: Speaker) -> Iterator[Said]:
    """Say what the API knows of a curriculumdossier; the Word file itself has no machine-readable references."""
    code = dossier.structuuronderdeel_detail_nummer
    node = speaker.names.iri("curriculumdossier", code)
    yield Statement(speaker.names.iri("erkenning", code), LEER.heeftTraject, node)
    yield from speaker.thing(node, LEER.Curriculumdossier, code)
    yield from speaker.fields(node, dossier, DOSSIER)
