"""A profile of Competent, in the form that we define, and how it is said.

The form (JSON, one object a profile; only `code` is required; `titel` and `definitie` are objects with nl, fr, de)::

    {"code": "N110301", "titel": {"nl": "…"}, "definitie": {"nl": "…"},
     "benamingen": [{"code": "3206-11", "titel": {"nl": "…"}}],
     "activiteiten": [{"id": "18111-c", "rang": "basis", "titel": {"nl": "…"}}],     # rang: basis | specifiek
     "vaardigheden": [{"id": "SK-4116-c", …}], "kennis": [{"id": "KN-4478-c", …}],
     "softskills": [{"titel": {"nl": "…"}}], "gedrag": [{"titel": {"nl": "…"}}],
     "technischeCompetenties": [{"titel": {"nl": "…"}, "bevat": ["KN-4478-c"]}]}

The four kinds and the technical competences are those of Competent 2.0; basis and specifiek those of Competent 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

import msgspec
import pyoxigraph as ox

from ..errors import SourceError
from ..graph.names import Names, concept, digest
from ..graph.statements import Finding, Place, Said, Severity, Statement, texts
from ..graph.vocabulary import DCTERMS, LEER, RDF, SKOS
from .referenties import herstellingen, knoop, normaliseer, zeg_knoop
from .rome_records import V3, iri
from .rome_xml import Fiche

Titel = dict[Literal["nl", "fr", "de"], str]
"""A text in some of the languages of Competent."""

_CODE = re.compile(r"[A-N]\d{6}")

LIJSTEN = {
    "activiteiten": "activiteit",
    "vaardigheden": "vaardigheid",
    "kennis": "kennis",
    "softskills": "soft-skill",
    "gedrag": "gedrag",
    "technischeCompetenties": "competentie",
}
"""The lists of a profile and the kind of item they hold."""

RANGEN = {
    ("activiteit", "basis"): ("heeftEssentieelItem", "heeftBasisactiviteit"),
    ("activiteit", "specifiek"): ("heeftOptioneelItem", "heeftSpecifiekeActiviteit"),
}


class Benaming(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A title of a profile; the code is the part that all languages share."""

    code: str
    titel: Titel


class Ingevoerd(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An item as our JSON gives it."""

    titel: Titel
    id: str = ""
    rang: Literal["", "basis", "specifiek"] = ""
    bevat: tuple[str, ...] = ()


class Ingave(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A profile as our JSON gives it."""

    code: str
    titel: Titel = {}
    definitie: Titel = {}
    benamingen: tuple[Benaming, ...] = ()
    activiteiten: tuple[Ingevoerd, ...] = ()
    vaardigheden: tuple[Ingevoerd, ...] = ()
    kennis: tuple[Ingevoerd, ...] = ()
    softskills: tuple[Ingevoerd, ...] = ()
    gedrag: tuple[Ingevoerd, ...] = ()
    technischeCompetenties: tuple[Ingevoerd, ...] = ()  # noqa: N815 - a JSON key


class Item(msgspec.Struct, frozen=True):
    """An item of a profile: its kind, how the profile has it, and where it stands in the record."""

    spot: str
    id: str
    titel: Titel
    soort: str
    eigenschappen: tuple[str, ...]
    bevat: tuple[str, ...] = ()


class Profiel(msgspec.Struct, frozen=True):
    """A profile, from whichever of the three forms."""

    place: Place
    code: str
    titel: Titel = {}
    definitie: Titel = {}
    benamingen: tuple[Benaming, ...] = ()
    items: tuple[Item, ...] = ()


Record = Profiel | Finding


def from_json(value: Any, place: Place) -> Profiel:
    """A profile from our JSON form. Raises SourceError that names the field which does not fit."""
    try:
        ingave = msgspec.convert(value, Ingave)
    except msgspec.ValidationError as error:
        remedy = "De vorm staat boven in loaders/competent_profiles.py."
        raise SourceError(f"Dit profiel past niet: {error}.", place=str(place), remedy=remedy) from error
    items = [
        Item(f"/{lijst}/{number}", given.id, given.titel, soort, _how(soort, given.rang), given.bevat)
        for lijst, soort in LIJSTEN.items()
        for number, given in enumerate(getattr(ingave, lijst))
    ]
    return Profiel(place, ingave.code, ingave.titel, ingave.definitie, ingave.benamingen, tuple(items))


def _how(soort: str, rang: str) -> tuple[str, ...]:
    return RANGEN.get((soort, rang), ("heeftItem",))


def from_fiche(fiche: Fiche, taal: str) -> Profiel:
    """A profile from a job card in ROME's XML form, in one language."""

    def titled(value: str) -> Titel:
        return msgspec.convert({taal: value} if value else {}, Titel)

    definitie = next((value for soort, value in fiche.teksten if soort == "definition"), "")
    benamingen = tuple(Benaming(code, titled(naam)) for code, naam, _ in fiche.benamingen)
    items = [
        Item("/" + item.place.spot.partition(" /")[2], item.code, titled(item.naam), item.soort, item.eigenschappen)
        for item in fiche.items
    ]
    return Profiel(fiche.place, fiche.code, titled(fiche.naam), titled(definitie), benamingen, tuple(items))


def said(record: Record, names: Names) -> Iterator[Said]:
    """Say one profile: the job of ROME 3 it builds on by its code, its titles, and its items under Competent's numbers.

    Only the code of the profile leads to ROME. The numbers of activities, skills and knowledge are Competent's own:
    most of them are the number of something unrelated in ROME.

    >>> profiel = Profiel(Place("profielen.jsonl", "regel 1"), "N110301")
    >>> [s.object.value for s in said(profiel, Names()) if s.predicate == LEER.romeFiche]
    ['https://w3id.org/leerbrug/id/rome-beroep/N1103/347']
    """
    if isinstance(record, Finding):
        yield record
        return
    profiel = names.iri("beroepscompetentieprofiel", record.code)
    yield Statement(profiel, RDF.type, LEER.Beroepscompetentieprofiel)
    yield Statement(profiel, LEER.code, ox.Literal(record.code))
    yield from texts(profiel, SKOS.prefLabel, _by(record.titel), "/titel")
    yield from texts(profiel, LEER.definitie, _by(record.definitie), "/definitie")
    if _CODE.fullmatch(record.code):
        yield Statement(profiel, LEER.romeFiche, iri(names, "rome-beroep", record.code[:5], V3), "/code")
    else:
        nl, en = "geen profielcode (letter en zes cijfers)", "no profile code (a letter and six digits)"
        yield _finding("competent-code", record.place.at("/code"), profiel, record.code, nl, en)
    for benaming in record.benamingen:
        yield from _benaming(benaming, record.code, profiel, names)
    for item in record.items:
        yield from _item(item, record, profiel, names)


def _by(titel: Titel) -> dict[str, str]:
    return {str(language): value for language, value in titel.items()}


def _benaming(benaming: Benaming, code: str, profiel: ox.NamedNode, names: Names) -> Iterator[Said]:
    node = names.iri("competent-benaming", code, benaming.code)
    yield Statement(node, RDF.type, LEER.Beroepsbenaming)
    yield Statement(node, LEER.code, ox.Literal(benaming.code))
    yield from texts(node, SKOS.prefLabel, _by(benaming.titel))
    yield Statement(profiel, LEER.heeftBenaming, node)


def _item(item: Item, record: Profiel, profiel: ox.NamedNode, names: Names) -> Iterator[Said]:
    """An item: under its number where it has a usable one (what dossiers refer to), else under its own text."""
    referentie, spot = normaliseer(item.id), item.spot
    own = names.iri("competent-item", digest(item.soort, *sorted(item.titel.values())))
    node = knoop(referentie, names) if referentie.code else own
    if item.id:
        yield from herstellingen(referentie, node, record.place.at(spot))
    if referentie.code:
        yield from zeg_knoop(referentie, names, spot)
        if referentie.soort not in (item.soort, "dossier"):
            nl, en = f"geen nummer van een {item.soort}", f"no number of a {item.soort}"
            yield _finding("competent-soort", record.place.at(spot), node, item.id, nl, en)
    yield Statement(node, RDF.type, LEER.Beroepsitem, spot)
    yield Statement(node, LEER.itemsoort, concept("itemsoort", item.soort), spot)
    yield from texts(node, SKOS.altLabel if referentie.code else SKOS.prefLabel, _by(item.titel), spot)
    for eigenschap in item.eigenschappen:
        yield Statement(profiel, LEER[eigenschap], node, spot)
    for part in item.bevat:
        if (deel := normaliseer(part)).code:
            yield Statement(node, DCTERMS.hasPart, knoop(deel, names), spot)
        yield from herstellingen(deel, node, record.place.at(spot))


def _finding(rule: str, place: Place, subject: ox.NamedNode, value: str, nl: str, en: str) -> Finding:
    message = {"nl": f"{value!r} is {nl}.", "en": f"{value!r} is {en}."}
    return Finding(f"loader/{rule}", Severity.WARNING, place, message, subject.value, value)
