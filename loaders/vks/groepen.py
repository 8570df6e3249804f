"""Groups of structuuronderdelen, in the project's words."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from ...graph.statements import Said, Statement
from ...graph.vocabulary import LEER
from .codes import FINALITEIT, GRAAD, ONDERWIJSNIVEAU, OPLEIDINGSVORM, ZEVENDE
from .programmas import Groep
from .speaking import Speaker, Veld, words

PLAATS: tuple[Veld, ...] = (
    ("graad", LEER.graad, GRAAD),
    ("finaliteit", LEER.finaliteit, FINALITEIT),
    ("onderwijsniveau", LEER.onderwijsniveau, ONDERWIJSNIVEAU),
    ("soort_leerjaar", LEER.soortLeerjaar, lambda code: words(code.omschrijving or code.code or "")),
    ("opleidingsvorm", LEER.opleidingsvorm, OPLEIDINGSVORM),
    ("type_7de_leerjaar", LEER.soortZevendeLeerjaar, ZEVENDE),
)
"""Where in education: said of the group, and of each programme whose answer repeats it."""


def zeg_groep(groep: Groep, speaker: Speaker, at: str = "") -> Iterator[Said]:
    """Say a group: its code, title and place in education (domain.md §2.6, API 1)."""
    node = groep_iri(groep, speaker)
    yield from speaker.thing(node, LEER.Structuuronderdeelgroep, groep.structuuronderdeel_groep_nummer, at)
    yield from speaker.title(node, groep.titel, f"{at}/titel")
    yield from speaker.fields(node, groep, PLAATS, at)
    yield from speaker.address(node, groep.api_url, f"{at}/api_url")
    for position, verwijzing in enumerate(groep.structuuronderdelen):
        yield from _listed(node, verwijzing.structuuronderdeel_nummer, speaker, f"{at}/structuuronderdelen/{position}")


def _listed(node: NamedNode, number: int, speaker: Speaker, at: str) -> Iterator[Said]:
    """The list of groups names its programmes: one that the folder lacks was not harvested."""
    if number not in speaker.titels.programmas:
        nl = f"Structuuronderdeel {number} staat in de lijst van deze groep en niet in deze map: haal het op."
        en = f"Programme {number} is listed with this group and is not in this folder: harvest it."
        yield speaker.finding("onderdeel-niet-geladen", at, nl, en, node, str(number))


def groep_iri(groep: Groep, speaker: Speaker) -> NamedNode:
    """The name of a group."""
    return speaker.names.iri("structuuronderdeelgroep", groep.structuuronderdeel_groep_nummer)


def zeg_in_groep(node: NamedNode, groep: Groep, speaker: Speaker, at: str) -> Iterator[Said]:
    """Say that a programme belongs to a group, and what its answer repeats of that group."""
    yield Statement(node, LEER.groep, groep_iri(groep, speaker), at)
    yield from zeg_groep(groep, speaker, at)
    yield from (said for said in speaker.fields(node, groep, PLAATS, at) if isinstance(said, Statement))
