"""Structuuronderdelen (programmes), in the project's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from pyoxigraph import Literal, NamedNode

from ...graph.statements import Said, Statement
from ...graph.vocabulary import LEER, XSD
from .codes import HOOFDSTRUCTUUR, INSTELLINGSTYPE, ONDERWIJSSTELSEL, ONDERWIJSVORM, STUDIEDOMEIN
from .erkenningen import zeg_erkenning
from .groepen import zeg_in_groep
from .programmas import Leerjaar, Onderdeel, Verwijzing
from .speaking import Speaker, Veld, day, words

VELDEN: tuple[Veld, ...] = (
    ("onderwijsvorm", LEER.onderwijsvorm, ONDERWIJSVORM),
    ("studiedomein", LEER.studiedomein, STUDIEDOMEIN),
    ("stem_classificatie", LEER.stemClassificatie, Literal),
    ("discipline", LEER.discipline, words),
    ("coefficient", LEER.coefficient, lambda value: Literal(str(value), datatype=XSD.decimal)),
    ("niche", LEER.niche, Literal),
    ("duaal", LEER.duaal, Literal),
    ("aanloop", LEER.aanloop, Literal),
    ("ov4_mogelijk", LEER.ov4Mogelijk, Literal),
    ("begindatum", LEER.begindatum, day),
    ("einddatum", LEER.einddatum, day),
    ("studierichting_nummer_oud", LEER.oudNummer, Literal),
    ("datum_laatste_wijziging", LEER.wijzigingsdatum, day),
    ("aantal_semesters_7de_leerjaar", LEER.aantalSemesters, Literal),
)

LIJSTEN = (
    ("hoofdstructuren", LEER.hoofdstructuur, HOOFDSTRUCTUUR),
    ("onderwijsstelsels", LEER.onderwijsstelsel, ONDERWIJSSTELSEL),
    ("instellingstypes", LEER.instellingstype, INSTELLINGSTYPE),
)
"""Fields that hold several codes of one list."""

JAAR: tuple[Veld, ...] = (("begindatum", LEER.begindatum, day), ("einddatum", LEER.einddatum, day))


def zeg_onderdeel(onderdeel: Onderdeel, speaker: Speaker) -> Iterator[Said]:
    """Say a structuuronderdeel with its years, its neighbours and its recognitions (domain.md §2.6, API 1)."""
    code = str(onderdeel.structuuronderdeel_nummer)
    node = speaker.names.iri("structuuronderdeel", code)
    yield from speaker.thing(node, LEER.Structuuronderdeel, code, "/structuuronderdeel_nummer")
    yield from speaker.title(node, onderdeel.titel, "/titel")
    yield from speaker.fields(node, onderdeel, VELDEN)
    yield from speaker.address(node, onderdeel.api_url, "/api_url")
    if onderdeel.structuuronderdeel_groep is not None:
        yield from zeg_in_groep(node, onderdeel.structuuronderdeel_groep, speaker, "/structuuronderdeel_groep")
    for name, predicate, lijst in LIJSTEN:
        for number, value in enumerate(getattr(onderdeel, name)):
            yield from speaker.concept(node, predicate, lijst, value, f"/{name}/{number}")
    yield from zeg_leerjaren(node, ("structuuronderdeel", code), onderdeel.leerjaren, speaker)
    yield from _neighbours(node, onderdeel, speaker)
    for number, detail in enumerate(onderdeel.structuuronderdeel_details):
        yield from zeg_erkenning(detail, onderdeel, node, speaker, f"/structuuronderdeel_details/{number}")
        leerjaren = f"/structuuronderdeel_details/{number}"
        erkenning = ("erkenning", detail.structuuronderdeel_detail_nummer)
        yield from zeg_leerjaren(speaker.names.iri(*erkenning), erkenning, detail.leerjaren, speaker, leerjaren)


def zeg_leerjaren(
    node: NamedNode, path: Sequence[str], leerjaren: Sequence[Leerjaar], speaker: Speaker, at: str = ""
) -> Iterator[Said]:
    """Say the years of study of a programme or a recognition, each with when it is organised."""
    for number, jaar in enumerate(leerjaren):
        spot = f"{at}/leerjaren/{number}"
        year = speaker.names.iri(*path, "leerjaar", jaar.code)
        yield Statement(node, LEER.heeftLeerjaar, year, spot)
        yield from speaker.thing(year, LEER.Leerjaar, jaar.code, spot)
        yield from speaker.label(year, jaar.omschrijving or f"leerjaar {jaar.code}", spot)
        yield from speaker.fields(year, jaar, JAAR, spot)


def _neighbours(node: NamedNode, onderdeel: Onderdeel, speaker: Speaker) -> Iterator[Said]:
    historiek = onderdeel.historiek_structuuronderdelen
    yield from chain(
        _links(node, LEER.voorbereidend, onderdeel.voorbereidende_structuuronderdelen, speaker, "/voorbereidende_"),
        _links(node, LEER.vervolg, onderdeel.vervolg_structuuronderdelen, speaker, "/vervolg_"),
    )
    if historiek is not None:
        yield from _links(node, LEER.voorganger, historiek.vorige, speaker, "/historiek_", "/vorige")
        yield from _links(node, LEER.opvolger, historiek.volgende, speaker, "/historiek_", "/volgende")


def _links(
    node: NamedNode, predicate: NamedNode, links: Sequence[Verwijzing], speaker: Speaker, field: str, within: str = ""
) -> Iterator[Said]:
    for number, link in enumerate(links):
        spot = f"{field}structuuronderdelen{within}/{number}"
        code = str(link.structuuronderdeel_nummer)
        yield Statement(node, predicate, speaker.names.iri("structuuronderdeel", code), spot)
        if link.structuuronderdeel_nummer not in speaker.titels.programmas:
            nl = f"Structuuronderdeel {code} wordt genoemd, maar staat niet in deze map."
            en = f"Programme {code} is named, but is not in this folder."
            yield speaker.finding("verwijzing-zonder-doel", spot, nl, en, node, code)
