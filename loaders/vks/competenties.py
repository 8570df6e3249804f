"""Competences of a dossier with their references, knowledge and skills."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from ...graph.statements import Said, Statement
from ...graph.vocabulary import LEER, SKOS
from ..referenties import zeg_referentie
from .codes import KENNISDIEPTE, VAARDIGHEIDSSOORT, Codelijst
from .dossiers import Competentie, Kennis, Vaardigheid
from .speaking import Speaker, Veld, words

VELDEN: tuple[Veld, ...] = (
    ("nr", LEER.volgnummer, Literal),
    ("competentie_type", LEER.competentietype, words),
    ("voetnoot", SKOS.note, words),
)


def zeg_competentie(kwalificatie: NamedNode, competentie: Competentie, speaker: Speaker, at: str) -> Iterator[Said]:
    """Say one competence of a qualification (domain.md §2.4, competenties)."""
    code = competentie.competentie_code
    node = speaker.names.iri("competentie", code)
    yield Statement(kwalificatie, LEER.heeftCompetentie, node, at)
    yield Statement(node, LEER.competentieVan, kwalificatie, at)
    yield from speaker.thing(node, LEER.Competentie, code, f"{at}/competentie_code")
    yield from speaker.label(node, competentie.waarde, f"{at}/waarde")
    yield from speaker.fields(node, competentie, VELDEN, at)
    for number, reference in enumerate(competentie.referenties):
        spot = f"{at}/referenties/{number}/referentie_nr"
        yield from zeg_referentie(node, reference.referentie_nr, speaker.names, speaker.place, spot)
    for number, kennis in enumerate(competentie.kennis):
        yield from zeg_kennis(node, f"{code}-{number + 1}", kennis, number + 1, speaker, f"{at}/kennis/{number}")
    for number, vaardigheid in enumerate(competentie.vaardigheden):
        spot = f"{at}/vaardigheden/{number}"
        yield from zeg_vaardigheid(node, f"{code}-{number + 1}", vaardigheid, number + 1, speaker, spot)


def zeg_kennis(
    competentie: NamedNode, code: str, kennis: Kennis, number: int, speaker: Speaker, at: str
) -> Iterator[Said]:
    """Say one knowledge item of a competence or, in an old dossier, of the qualification itself."""
    node = speaker.names.iri("kennis", code)
    yield Statement(competentie, LEER.heeftKennis, node, at)
    yield from speaker.thing(node, LEER.Kennis, code, at)
    yield from speaker.label(node, kennis.waarde, f"{at}/waarde")
    yield Statement(node, LEER.volgnummer, Literal(number), at)
    yield from _kind(node, LEER.kennisdiepte, KENNISDIEPTE, kennis.kennis_type, "kennis_type", speaker, at)


def zeg_vaardigheid(
    competentie: NamedNode, code: str, vaardigheid: Vaardigheid, number: int, speaker: Speaker, at: str
) -> Iterator[Said]:
    """Say one skill of a competence or, in an old dossier, of the qualification itself."""
    node = speaker.names.iri("vaardigheid", code)
    yield Statement(competentie, LEER.heeftVaardigheid, node, at)
    yield from speaker.thing(node, LEER.Vaardigheid, code, at)
    yield from speaker.label(node, vaardigheid.waarde, f"{at}/waarde")
    yield Statement(node, LEER.volgnummer, Literal(number), at)
    soort = vaardigheid.vaardigheid_type
    yield from _kind(node, LEER.vaardigheidssoort, VAARDIGHEIDSSOORT, soort, "vaardigheid_type", speaker, at)


def _kind(
    node: NamedNode, predicate: NamedNode, lijst: Codelijst, soort: str | None, field: str, speaker: Speaker, at: str
) -> Iterator[Said]:
    """The kind of a knowledge item or skill; real dossiers sometimes leave it out, which is told."""
    spot = f"{at}/{field}"
    if soort is not None:
        yield from speaker.concept(node, predicate, lijst, soort, spot)
    else:
        yield speaker.finding("soort-ontbreekt", spot, f"{field} ontbreekt.", f"{field} is missing.", node)
