"""Onderwijsdoelen and the sets they stand in."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from ...graph.statements import Said, Statement
from ...graph.vocabulary import LEER, SKOS
from .answers import Doelengroep, Doelenset, Naam, Onderwijsdoel, Onderwijsstructuur
from .codes import DOELSOORT
from .speaking import Speaker, Veld, day, words
from .titels import doel_id
from .wording import slug

VELDEN: tuple[Veld, ...] = (
    ("attitude", LEER.attitude, Literal),
    ("optioneel", LEER.optioneel, Literal),
    ("voetnoot", SKOS.note, words),
    ("memorie", SKOS.scopeNote, words),
    ("geldigheid", LEER.geldigheid, words),
    ("geldig_van_dt", LEER.begindatum, day),
    ("geldig_tot_dt", LEER.einddatum, day),
)


def zeg_onderwijsdoel(doel: Onderwijsdoel, speaker: Speaker) -> Iterator[Said]:
    """Say an onderwijsdoel with its kind and its set (domain.md §2.6, API 4)."""
    node = speaker.names.iri("onderwijsdoel", doel_id(doel.id, doel.code))
    yield from speaker.thing(node, LEER.Onderwijsdoel, doel.code, "/code")
    yield from speaker.running(node, SKOS.prefLabel, doel.omschrijving, "/omschrijving")
    yield from speaker.fields(node, doel, VELDEN)
    if soort := _named(doel.onderwijsdoel_type):
        yield from speaker.concept(node, LEER.doelsoort, DOELSOORT, soort, "/onderwijsdoel_type")
    if doel.structuuronderdeel_groep_nummer:
        group = speaker.names.iri("structuuronderdeelgroep", doel.structuuronderdeel_groep_nummer)
        yield Statement(group, LEER.heeftOnderwijsdoel, node, "/structuuronderdeel_groep_nummer")
    if doel.onderwijsdoelenset is not None:
        yield from _set(node, doel.onderwijsdoelenset, speaker)


def zeg_doelengroep(groep: Doelengroep, speaker: Speaker) -> Iterator[Said]:
    """Say which goals a group has; a code that stands in several sets is told, not guessed."""
    node = speaker.names.iri("structuuronderdeelgroep", groep.structuuronderdeel_groep_nummer)
    for number, code in enumerate(groep.onderwijsdoelen):
        spot = f"/onderwijsdoelen/{number}"
        found = speaker.titels.doelen.get(code, frozenset())
        if len(found) == 1:
            (identifier,) = found
            yield Statement(node, LEER.heeftOnderwijsdoel, speaker.names.iri("onderwijsdoel", identifier), spot)
        else:
            nl = f"Code {code} wijst op {len(found)} onderwijsdoelen: niet gekoppeld."
            en = f"Code {code} means {len(found)} goals: not linked."
            yield speaker.finding("onderwijsdoel-niet-gevonden", spot, nl, en, node, code)


def _set(doel: NamedNode, doelenset: Doelenset, speaker: Speaker) -> Iterator[Said]:
    at = "/onderwijsdoelenset"
    title = doelenset.onderwijsdoelenset or doelenset.naam or doelenset.korte_naam
    identifier = doelenset.onderwijsdoelenset_id
    code = str(identifier) if identifier is not None else slug(title or "onbekend")[0]
    node = speaker.names.iri("onderwijsdoelenset", code)
    yield Statement(doel, LEER.deelVan, node, at)
    yield from speaker.thing(node, LEER.Onderwijsdoelenset, code, at)
    yield from speaker.title(node, title or f"Onderwijsdoelenset {code}", at)
    if doelenset.korte_naam:
        yield Statement(node, LEER.naam, words(doelenset.korte_naam), f"{at}/korte_naam")
    if doelenset.versie is not None:
        yield Statement(node, LEER.versiecode, Literal(str(doelenset.versie)), f"{at}/versie")
    if key := _named(doelenset.vlaamse_sleutelcompetentie):
        yield Statement(node, LEER.sleutelcompetentie, words(key), f"{at}/vlaamse_sleutelcompetentie")
    yield from _structure(node, doelenset.onderwijsstructuur, at)


def _structure(node: NamedNode, structuur: str | Onderwijsstructuur | None, at: str) -> Iterator[Said]:
    """Where in education the set applies, as the source words it."""
    parts = (
        [structuur] if isinstance(structuur, str | None) else [structuur.graad, structuur.stroom, structuur.leerjaar]
    )
    if said := ", ".join(name for part in parts if (name := _named(part))):
        yield Statement(node, LEER.onderwijsstructuur, words(said), f"{at}/onderwijsstructuur")


def _named(value: str | Naam | None) -> str:
    """The words of a field that is a text or an object with a name."""
    if isinstance(value, Naam):
        found = [str(part) for part in (value.nr, value.naam or value.omschrijving or value.korte_naam or value.code)]
        return " ".join(part for part in found if part != "None")
    return value or ""
