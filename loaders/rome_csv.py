"""ROME as CSV: the tables of the third and the fourth generation, each with the function that reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from .rome_records import Begrip, Benaming, Beroep, Indeling, Item, Record, Riasec, Tekst, Verband
from .rome_sheet import Sheet

Reader = Callable[[Sheet], Iterator[Record]]

RUBRIEKEN_V4 = {"1": "vaardigheid", "2": "soft-skill", "3": "kennis", "": "context"}
"""The headings of descriptif_rubrique: savoir-faire, savoir-être, savoirs; contexts have none."""

SOORTEN_V3 = {"1": "kennis", "2": "activiteit", "5": "context"}
"""code_type_referentiel of the third generation."""

VERBANDEN_V3 = {
    ("8", "2"): ("heeftEssentieelItem", "heeftBasisactiviteit"),
    ("8", "1"): ("heeftEssentieelItem",),
    ("9", "2"): ("heeftOptioneelItem", "heeftSpecifiekeActiviteit"),
    ("9", "1"): ("heeftOptioneelItem",),
    ("7", "5"): ("heeftItem",),
    ("3", "4"): ("heeftBenaming",),
}
"""(code_compo_bloc, code_type_referentiel); block 2 names the job itself. Block 8 is what every holder does,
block 9 depends on the post."""

MOBILITEIT = {"1": "nabijBeroep", "2": "doorgroeiberoep"}
"""code_type_mobilite: proche, évolution."""

VERBANDEN_V4 = {
    "Principale": ("heeftEssentieelItem",),
    "Émergente": ("heeftOptioneelItem", "heeftOpkomendItem"),
    "": ("heeftOptioneelItem",),
    "context": ("heeftItem",),
}
"""coeur_metier: what is not at the heart of the job is optional; a context is neither, it only belongs to it."""


def _flag(value: str, name: str) -> str:
    return name if value == "O" else ""


def _beroepen_v3(sheet: Sheet) -> Iterator[Record]:
    for place, (code, ogr, naam) in sheet.rows("code_rome", "code_ogr", "libelle_rome"):
        sheet.known.beroepen[code] = naam
        yield Beroep(place, sheet.release, code, naam, ogr)


def _beroepen_v4(sheet: Sheet) -> Iterator[Record]:
    columns = ("code_rome", "code_ogr", "libelle_rome", "code_rome_parent", "transition_eco", "transition_num")
    for place, (code, ogr, naam, ouder, eco, num, demo, wet, kader) in sheet.rows(
        *columns, "transition_demo", "emploi_reglemente", "emploi_cadre"
    ):
        sheet.known.beroepen[code] = naam
        flags = (_flag(num, "Transition numérique"), _flag(demo, "Transition démographique"))
        kenmerken = (eco, *flags, _flag(wet, "Emploi réglementé"), _flag(kader, "Emploi cadre"))
        yield Beroep(place, sheet.release, code, naam, ogr, ouder, kenmerken)


def _benamingen_v3(sheet: Sheet) -> Iterator[Record]:
    columns = ("code_ogr", "libelle_appellation_long", "libelle_appellation_court", "code_rome")
    for place, (ogr, naam, kort, code) in sheet.rows(*columns):
        yield Benaming(place, sheet.release, ogr, naam, sheet.beroep(code, place), kort)


def _benamingen_v4(sheet: Sheet) -> Iterator[Record]:
    columns = ("code_ogr", "libelle_appellation_long", "libelle_appellation_court", "code_rome", "classification")
    for place, (ogr, naam, kort, code, rang, peu) in sheet.rows(*columns, "peu_usite"):
        kenmerken = (rang.capitalize(), _flag(peu, "Peu usité"))
        yield Benaming(place, sheet.release, ogr, naam, sheet.beroep(code, place), kort, kenmerken)


def _items_v3(sheet: Sheet) -> Iterator[Record]:
    for place, (ogr, naam, soort) in sheet.rows("code_ogr", "libelle", "code_type_referentiel"):
        sheet.known.items[ogr] = naam
        yield Item(place, sheet.release, ogr, naam, SOORTEN_V3[soort])


def _named(sheet: Sheet, column: str, kind: str, soort: str) -> Iterator[Record]:
    """A reference table of the third generation, which repeats (and sometimes rewords) what unix_item names."""
    for place, (ogr, naam, kenmerk) in sheet.rows("code_ogr", column, kind):
        eerste = sheet.known.items.setdefault(ogr, naam)
        ook = naam if naam != eerste else ""
        yield Item(place, sheet.release, ogr, eerste, soort, ook=ook, kenmerken=(kenmerk.capitalize(),))


def _kennis_v3(sheet: Sheet) -> Iterator[Record]:
    return _named(sheet, "libelle_competence", "libelle_type_competence", "kennis")


def _omgeving_v3(sheet: Sheet) -> Iterator[Record]:
    return _named(sheet, "libelle_env_travail", "libelle_type_section_env_trav", "context")


def _competenties_v4(sheet: Sheet) -> Iterator[Record]:
    columns = ("code_ogr", "nature", "libelle_competence", "definition", "code_ogr_macro_comp", "cat_comp")
    flags = ("sous_cat_comp", "transition_eco", "transition_num")
    for place, (ogr, nature, naam, definitie, macro, soort, groep, eco, num) in sheet.rows(*columns, *flags):
        sheet.known.items[ogr] = naam
        kenmerken = (nature, groep, _flag(eco, "Transition écologique"), _flag(num, "Transition numérique"))
        kind = "vaardigheid" if soort == "Savoir-faire" else "soft-skill"
        yield Item(place, sheet.release, ogr, naam, kind, definitie, macro, kenmerken=kenmerken)


def _kennis_v4(sheet: Sheet) -> Iterator[Record]:
    columns = ("code_ogr_savoir", "libelle_savoir", "categorie_savoir", "sous_categorie_savoir")
    for place, (ogr, naam, soort, groep) in sheet.rows(*columns):
        sheet.known.items[ogr] = naam
        yield Item(place, sheet.release, ogr, naam, "kennis", kenmerken=(soort, groep))


def _contexten_v4(sheet: Sheet) -> Iterator[Record]:
    for place, (ogr, naam, soort) in sheet.rows("code_ogr", "libelle_cont_travail", "libelle_type_cont_trav"):
        sheet.known.items[ogr] = naam
        sheet.known.contexten.add(ogr)
        yield Item(place, sheet.release, ogr, naam, "context", kenmerken=(soort,))


def _items_v4(sheet: Sheet) -> Iterator[Record]:
    for place, (ogr, naam, rubriek) in sheet.rows("code_ogr", "libelle", "code_rubrique"):
        eerste = sheet.known.items.setdefault(ogr, naam)
        ook = naam if naam != eerste else ""
        yield Item(place, sheet.release, ogr, eerste, RUBRIEKEN_V4[rubriek], ook=ook)


def _coherence_v3(sheet: Sheet) -> Iterator[Record]:
    for place, (code, ogr) in sheet.codes("code_rome", "code_ogr"):
        yield Verband(place, sheet.release, sheet.beroep(code, place), ("heeftItem",), sheet.item(ogr, place))


def _coherence_v4(sheet: Sheet) -> Iterator[Record]:
    for place, (code, ogr, hart) in sheet.codes("code_rome", "code_ogr", "coeur_metier"):
        rang = "context" if ogr in sheet.known.contexten else hart
        yield Verband(place, sheet.release, sheet.beroep(code, place), VERBANDEN_V4[rang], sheet.item(ogr, place))


def _links_v3(sheet: Sheet) -> Iterator[Record]:
    for place, (code, ogr, soort, blok) in sheet.codes(
        "code_rome", "code_ogr", "code_type_referentiel", "code_compo_bloc"
    ):
        sheet.beroep(code, place)
        if blok in ("7", "8", "9"):
            sheet.item(ogr, place)
        if eigenschappen := VERBANDEN_V3.get((blok, soort)):
            yield Verband(place, sheet.release, code, eigenschappen, ogr)


def _links_v4(sheet: Sheet) -> Iterator[Record]:
    """Blocks 2 (titles), 5 (competences) and 6 (contexts); 5 without a heart of the job is optional."""
    for place, (code, blok, ogr) in sheet.codes("code_rome", "code_compo_bloc", "code_ogr"):
        if blok == "2":
            yield Verband(place, sheet.release, sheet.beroep(code, place), ("heeftBenaming",), ogr)
        elif blok in ("5", "6"):
            yield Verband(place, sheet.release, sheet.beroep(code, place), ("heeftItem",), sheet.item(ogr, place))


def _texts(sheet: Sheet) -> Iterator[Record]:
    """The sentences of one text stand in consecutive rows, in order."""
    rows = sheet.rows("code_rome", "libelle_type_texte", "libelle_texte")
    for (code, soort), group in groupby(rows, key=lambda row: row[1][:2]):
        sentences = list(group)
        place = sentences[0][0]
        zinnen = tuple(zin for _, (_, _, zin) in sentences)
        yield Tekst(place, sheet.release, sheet.beroep(code, place), soort, zinnen)


def _riasec(sheet: Sheet) -> Iterator[Record]:
    for place, (code, hoofd, neven) in sheet.codes("code_rome", "riasec_majeur", "riasec_mineur"):
        yield Riasec(place, sheet.release, "rome-beroep", sheet.beroep(code, place), hoofd, neven)


def _riasec_items(sheet: Sheet) -> Iterator[Record]:
    for place, (ogr, hoofd, neven) in sheet.codes("code_ogr", "riasec_majeur", "riasec_mineur"):
        yield Riasec(place, sheet.release, "rome-item", sheet.item(ogr, place), hoofd, neven)


def _domains(sheet: Sheet) -> Iterator[Record]:
    for place, (code, naam) in sheet.rows("code_domaine_professionnel", "libelle_domaine_professionnel"):
        yield Begrip(place, sheet.release, "domein", code, naam, breder=code[0])


def _mobility(sheet: Sheet) -> Iterator[Record]:
    """Where a job leads: the titles at either end, which some rows name, are left to the job cards."""
    for place, (code, soort, doel) in sheet.codes("code_rome", "code_type_mobilite", "code_rome_cible"):
        yield Verband(place, sheet.release, sheet.beroep(code, place), (MOBILITEIT[soort],), sheet.beroep(doel, place))


def _concepts(boom: str, code: str, naam: str, definitie: str = "", breder: str = "") -> Reader:
    """A reader of a small table of concepts, from the names of its columns."""

    def read(sheet: Sheet) -> Iterator[Record]:
        optional = tuple(column or "-" for column in (definitie, breder))
        for place, (key, label, uitleg, boven) in sheet.rows(code, naam, optional=optional):
            yield Begrip(place, sheet.release, boom, key, label, boven, uitleg.strip())

    return read


def _under(boom: str, *columns: str) -> Reader:
    """A reader of a tree that puts jobs under the concepts of `boom`: the first of the columns that is not empty."""

    def read(sheet: Sheet) -> Iterator[Record]:
        for place, (code, hoofd, *keys) in sheet.codes("code_rome", optional=("principal", *columns)):
            key = next(filter(None, keys))
            yield Indeling(place, sheet.release, sheet.beroep(code, place), boom, key, hoofd == "oui")

    return read


def _hierarchy(sheet: Sheet) -> Iterator[Record]:
    """Where each job stands; a job that only this table names gets its name from here, and a finding."""
    for place, (code, naam, domein) in sheet.rows("code_rome", "libelle_rome", "code_domaine_professionel"):
        if sheet.beroep(code, place) not in sheet.known.beroepen:
            yield Beroep(place, sheet.release, code, naam)
        yield Indeling(place, sheet.release, code, "domein", domein)


def _tree_of_titles(sheet: Sheet) -> Iterator[Record]:
    """The printed tree: a row of type 3 is a job, the rows of type 4 below it are its titles."""
    columns = ("code_grand_domaine", "code_domaine_professionnel", "numero_fiche_rome", "type_provenance")
    code = ""
    for place, (groot, domein, nummer, soort, ogr) in sheet.codes(*columns, "ogr_appellation"):
        if soort == "3":
            code = sheet.beroep(groot + domein + nummer, place)
            yield Indeling(place, sheet.release, code, "domein", groot + domein)
        elif soort == "4":
            yield Verband(place, sheet.release, code, ("heeftBenaming",), ogr)


_GROOT = _concepts("domein", "code_grand_domaine", "libelle_grand_domaine")

V3: dict[str, Reader] = {
    "grand_domaine": _GROOT,
    "domaine_professionnel": _domains,
    "referentiel_code_rome": _beroepen_v3,
    "cr_gd_dp": _hierarchy,
    "referentiel_code_rome_riasec": _riasec,
    "item": _items_v3,
    "referentiel_competence": _kennis_v3,
    "referentiel_env_travail": _omgeving_v3,
    "referentiel_appellation": _benamingen_v3,
    "coherence_item": _coherence_v3,
    "liens_rome_referentiels": _links_v3,
    "rubrique_mobilite": _mobility,
    "texte": _texts,
}
"""The tables of the third generation, what describes before what refers."""

V4: dict[str, Reader] = {
    "grand_domaine": _GROOT,
    "domaine_professionnel": _domains,
    "referentiel_code_rome": _beroepen_v4,
    "cr_gd_dp": _hierarchy,
    "referentiel_competence": _competenties_v4,
    "referentiel_savoir": _kennis_v4,
    "referentiel_contexte_travail": _contexten_v4,
    "item": _items_v4,
    "referentiel_appellation": _benamingen_v4,
    "cr_gd_dp_appellations": _tree_of_titles,
    "coherence_item": _coherence_v4,
    "liens_rome_referentiels": _links_v4,
    "rubrique_mobilite": _mobility,
    "texte": _texts,
    "referentiel_code_rome_riasec": _riasec,
    "referentiel_macro_competence_riasec": _riasec_items,
    "centre_interet": _concepts(
        "centre-interet", "code_centre_interet", "libelle_centre_interet", "definition_centre_interet"
    ),
    "arborescence_centre_interet": _under("centre-interet", "code_centre_interet"),
    "secteur_activite": _concepts("secteur", "code_sect_activite", "libelle_sect_activite", "definition_sect_activite"),
    "sous_secteur_activite": _concepts(
        "secteur",
        "code_ss_sect_activite",
        "libelle_ss_sect_activite",
        "definition_ss_sect_activite",
        "code_sect_activite",
    ),
    "arborescence_secteur_activite": _under("secteur", "code_ss_sect_activite", "code_sect_activite"),
    "secteur_naf": _concepts("naf", "code_secteur_naf", "libelle_secteur_naf"),
    "arborescence_secteur_naf": _under("naf", "code_secteur_naf"),
    "themes": _concepts("thema", "code_theme", "libelle_theme", "definition_theme"),
    "arborescence_thematique": _under("thema", "code_theme"),
    "composition_bloc": _concepts("blok", "code_compo_bloc", "libelle_bloc"),
    "descriptif_rubrique": _concepts("rubriek", "code_rubrique", "libelle_rubrique"),
    "type_referentiel": _concepts("referentieltype", "code_type_referentiel", "libelle_type_referentiel"),
}
"""The tables of the fourth generation, what describes before what refers."""
