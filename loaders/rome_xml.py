"""ROME as the publisher's XML (ISO-8859-15): the reference lists, the tree, and the whole job card.

The whole card is read into a `Fiche` that knows nothing of ROME's IRIs, because Competent's exports have the same form
with other numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from lxml import etree

from ..graph.statements import Place
from .files import xml_elements
from .rome_records import TEKSTEN, Begrip, Benaming, Beroep, Indeling, Item, Record, Tekst, Verband
from .rome_sheet import Sheet

LISTS = {
    "item_referentiel_activite": ("activiteit", "libelle_activite"),
    "item_referentiel_competence": ("kennis", "libelle_competence"),
    "item_referentiel_env_travail": ("context", "libelle_environnement"),
}
"""Per repeated element: the kind of item, and the child that holds the publisher's class."""

BOMEN = {"Arborescence principale": "domein", "Arborescence secondaire - code ROME": "thema"}
"""libelle_referentiel, spaces collapsed."""

FICHE_ITEMS = {
    "les_activites_de_base/activite_de_base": ("activiteit", "heeftEssentieelItem", "heeftBasisactiviteit"),
    "les_activites_de_base/savoir_theorique_et_proceduraux": ("kennis", "heeftEssentieelItem"),
    "les_activites_de_base/savoir_action": ("vaardigheid", "heeftEssentieelItem"),
    "les_activites_specifique/bloc/activite_specifique": (
        "activiteit",
        "heeftOptioneelItem",
        "heeftSpecifiekeActiviteit",
    ),
    "les_activites_specifique/bloc/savoir_theorique_et_proceduraux": ("kennis", "heeftOptioneelItem"),
    "les_activites_specifique/bloc/savoir_action": ("vaardigheid", "heeftOptioneelItem"),
    "environnement_de_travail": ("context", "heeftItem"),
}
"""Where the items of a card stand, their kind, and how the job has them."""

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOBILITEIT = {"proche": "nabijBeroep", "si_evolution": "doorgroeiberoep"}


class FicheItem(msgspec.Struct, frozen=True):
    """One item of a card, with the element it stands in."""

    place: Place
    code: str
    naam: str
    soort: str
    eigenschappen: tuple[str, ...]


class Fiche(msgspec.Struct, frozen=True):
    """A whole job card as it stands in the XML; `benamingen` are (code, title, short title), `taal` its xml:lang."""

    place: Place
    code: str
    naam: str
    ogr: str
    benamingen: tuple[tuple[str, str, str], ...]
    teksten: tuple[tuple[str, str], ...]
    items: tuple[FicheItem, ...]
    mobiliteit: tuple[tuple[str, str], ...]
    taal: str = ""


def _get(element: etree._Element, path: str) -> str:
    return " ".join((element.findtext(path) or "").split())


def fiches(path: Path) -> Iterator[Fiche]:
    """The whole job cards in a file of the form `fiche_emploi_metier`, one at a time."""
    for line, element in xml_elements(path, "fiche_emploi_metier"):
        if element.find("bloc_code_rome") is not None:
            yield _fiche(element, Place(path.name, f"regel {line}"))


def _fiche(element: etree._Element, place: Place) -> Fiche:
    benamingen = [
        (_get(item, "code_ogr"), _get(item, "libelle"), _get(item, "libelle_court"))
        for item in element.iterfind("appellation/item")
    ]
    moves = [
        (MOBILITEIT[kind], _get(move, "code_rome_cible"))
        for kind in MOBILITEIT
        for move in element.iterfind(f"les_mobilites/{kind}/mobilite")
    ]
    return Fiche(
        place,
        _get(element, "bloc_code_rome/code_rome"),
        _get(element, "bloc_code_rome/intitule"),
        _get(element, "bloc_code_rome/code_ogr"),
        tuple(benamingen),
        tuple((soort, value) for soort in TEKSTEN if (value := _get(element, soort))),
        tuple(_fiche_items(element, place)),
        tuple(moves),
        next((lang for node in (element, *element.iterancestors()) if (lang := node.get(_LANG))), ""),
    )


def _fiche_items(element: etree._Element, place: Place) -> Iterator[FicheItem]:
    for path, (soort, *eigenschappen) in FICHE_ITEMS.items():
        for number, item in enumerate(element.iterfind(f"{path}/item"), 1):
            spot = place.at(f"/{path}/item[{number}]")
            yield FicheItem(spot, _get(item, "code_ogr"), _get(item, "libelle"), soort, tuple(eigenschappen))


def _cards(sheet: Sheet) -> Iterator[Record]:
    for fiche in fiches(sheet.path):
        release, place = sheet.release, fiche.place
        yield Beroep(place, release, fiche.code, fiche.naam, fiche.ogr)
        for ogr, naam, kort in fiche.benamingen:
            yield Benaming(place, release, ogr, naam, fiche.code, kort)
        for soort, value in fiche.teksten:
            yield Tekst(place, release, fiche.code, soort, (value,))
        for item in fiche.items:
            yield Item(item.place, release, item.code, item.naam, item.soort)
            yield Verband(item.place, release, fiche.code, item.eigenschappen, item.code)
        for eigenschap, code in fiche.mobiliteit:
            yield Verband(place, release, fiche.code, (eigenschap,), code)


def _jobs(sheet: Sheet) -> Iterator[Record]:
    for line, element in xml_elements(sheet.path, "item_referentiel_code_rome"):
        code, naam = _get(element, "code_rome"), _get(element, "libelle")
        sheet.known.beroepen[code] = naam
        yield Beroep(Place(sheet.path.name, f"regel {line}"), sheet.release, code, naam, _get(element, "code_ogr"))


def _items(sheet: Sheet) -> Iterator[Record]:
    for line, element in xml_elements(sheet.path, *LISTS):
        soort, kind = LISTS[str(element.tag)]
        ogr, naam = _get(element, "code_ogr"), _get(element, "libelle")
        sheet.known.items[ogr] = naam
        kenmerken = (_get(element, kind).capitalize(),)
        place = Place(sheet.path.name, f"regel {line}")
        yield Item(place, sheet.release, ogr, naam, soort, kenmerken=kenmerken)


def _titles(sheet: Sheet) -> Iterator[Record]:
    for line, element in xml_elements(sheet.path, "item_referentiel_appellation"):
        place, naam = Place(sheet.path.name, f"regel {line}"), _get(element, "libelle")
        kort, kind = _get(element, "libelle_court"), _get(element, "libelle_appellation").capitalize()
        yield Benaming(place, sheet.release, _get(element, "code_ogr"), naam, kort=kort, kenmerken=(kind,))


def _tree(sheet: Sheet) -> Iterator[Record]:
    """Nodes are concepts, leaves put a job under one; the roots say only that there is a tree."""
    for line, element in xml_elements(sheet.path, "item_arborescence"):
        place, boom = Place(sheet.path.name, f"regel {line}"), BOMEN[_get(element, "libelle_referentiel")]
        code, ouder = _get(element, "code_noeud"), _get(element, "code_pere")
        match _get(element, "libelle_noeud"):
            case "NOEUD":
                breder = "" if ouder.startswith("Racine") else ouder
                yield Begrip(place, sheet.release, boom, code, _get(element, "libelle"), breder)
            case "FEUILLE":
                yield Indeling(place, sheet.release, sheet.beroep(code, place), boom, ouder)


XML: dict[str, Callable[[Sheet], Iterator[Record]]] = {
    "referentiel_code_rome": _jobs,
    "arborescence": _tree,
    "referentiel_activite": _items,
    "referentiel_competence": _items,
    "referentiel_env_travail": _items,
    "referentiel_appellation": _titles,
    "fiche_emploi_metier": _cards,
}
"""The files of the XML edition, what describes before what refers."""
