"""Every sentence that a page can show is there in English and French, with the same values in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from leerbrug.api import pages, problems, svg
from leerbrug.api.languages import catalogue
from leerbrug.api.views import (
    beheer,
    brug,
    kwalificatie,
    leertrajecten,
    programmas,
    relaties,
    sector,
    sectorbord,
    sectoropvolging,
    stappen,
    versies,
    vragen,
)
from leerbrug.besluiten.doorwerking import Gevolg
from leerbrug.besluiten.soorten import Rol
from leerbrug.besluiten.trajectontwerp import LET_OP, VOLGORDE
from leerbrug.checks.report import ERNST
from leerbrug.graph.catalogus import Fase
from leerbrug.pathways import doorstroomregels
from leerbrug.pathways.leerling import Weg

API = Path(__file__).resolve().parents[2] / "api"
IN_TEMPLATE = re.compile(r"""\b(?:_|met_namen)\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")
OTHER_BRANCH = re.compile(r"""\b_\("[^"]*" if [^)]*? else "([^"]*)"\)""")


def in_templates() -> Iterator[str]:
    for path in API.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for double, single in IN_TEMPLATE.findall(text):
            yield double or single
        yield from OTHER_BRANCH.findall(text)


def in_python() -> Iterator[str]:
    for path in API.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in ("_", "met_namen") and node.args:
                yield from _constants(node.args[0])
            if isinstance(node, ast.Call) and _name(node.func) == "collection":
                yield from (text for each in node.args for text in _constants(each))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)


def in_tables() -> Iterator[str]:
    """The sentences that stand in tables of the code and are translated where they are shown."""
    yield from (naam for _, naam in (*pages.MENU, *pages.GROEPEN))
    yield from filter(None, pages.DIEPTES)
    yield from pages.EIGEN_WOORDEN.values()
    yield from problems.SENTENCES.values()
    yield from svg.OORDELEN.values()
    yield from (*brug.REGELS.values(), *brug.TABS.values(), *(naam for naam, _ in brug.FILTERS.values()))
    yield from (*kwalificatie.SOORTEN.values(), *(naam for naam, _ in kwalificatie.TABS.values()))
    yield from (*relaties.RELATIES.values(), *versies.SOORTEN.values())
    yield from (text for stap in stappen.STAPPEN for text in (stap.vraag, stap.nieuw))
    yield from (naam for _, naam in vragen.VOOR)
    yield from sector.OORDELEN.values()
    yield from beheer.TOESTANDEN
    yield from (naam for naam, _ in programmas.KEUZES.values())
    for table in ("OORDELEN", "TOESTANDEN", "STAPPEN", "HANDELINGEN", "FILTERS"):
        yield from getattr(sectorbord, table).values()
    yield from (*sectoropvolging.SOORTNAMEN.values(), *VOLGORDE, LET_OP)
    yield from (*sectorbord.SOORTEN, *(gevolg.value for gevolg in Gevolg))
    yield from (titel for titel, _ in leertrajecten.VOORBEELDEN)
    yield from (*doorstroomregels.NAMEN.values(), *leertrajecten.VORMEN, *leertrajecten.WOORDEN)
    yield from (rol.value for rol in Rol)
    yield from (weg.value for weg in Weg)
    yield from ERNST.values()
    yield from (fase.value for fase in Fase if fase is not Fase.BEEINDIGD)
    yield from ("beroepskwalificatie", "deelkwalificatie", "onderwijskwalificatie")
    yield from ("zeldzame gedeelde referenties", "zelfde woordstammen", "zelfde schrijfwijze")


SENTENCES = sorted({*in_templates(), *in_python(), *in_tables()})


def test_the_sentences_are_found() -> None:
    assert len(SENTENCES) > 200
    assert "Toon de brug" in SENTENCES


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_sentence_is_translated(language: str) -> None:
    missing = [sentence for sentence in SENTENCES if sentence not in catalogue(language)]
    assert missing == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_translation_has_the_same_values(language: str) -> None:
    for sentence, translation in catalogue(language).items():
        assert set(re.findall(r"\{(\w+)\}", sentence)) == set(re.findall(r"\{(\w+)\}", translation)), sentence


@pytest.mark.parametrize("language", ["en", "fr"])
def test_both_languages_know_the_same_sentences(language: str) -> None:
    assert catalogue("en").keys() == catalogue("fr").keys()
    assert all(catalogue(language).values())
