"""What is written as a werkboek is read back equal, and what is exported from a graph changes nothing there."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.names import Names
from leerbrug.graph.statements import Statement
from leerbrug.graph.store import EmbeddedStore
from leerbrug.loaders.werkboek import Opmerking, codes, export, plan, records, said, write
from leerbrug.loaders.werkboek.sheets import (
    Competentie,
    Deelkwalificatie,
    Inhoud,
    Kennis,
    Kwalificatie,
    Leerplan,
    Leerplandoel,
    Vaardigheid,
)
from pyoxigraph import Quad

NASTY = [
    "=1+1",
    "+32 9",
    "-tje",
    "@ALLE",
    "'=1+1",
    "''",
    "'s Morgens",
    "007",
    "1e3",
    "_x0041_",
    "x005F_",
    "a  b",
    "a\n b",
]
NASTY += [
    "TRUE",
    "#N/A",
    '"',
    "a;b",
    "a\tb",
    "é\u0301",
    "ʼs",
    "\u200b",
    "🧁" * 40,
    "<b>&amp;</b>",
    "2026-09-01",
    "\ufeffx",
]

LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], include_characters="\t\n")
TEXT = (st.sampled_from(NASTY) | st.text(LETTERS, max_size=40)).map(str.strip)
FILLED = TEXT.filter(bool)
LONG = st.integers(1, 4).map(lambda n: ("Maakt deeg; weegt af.\n" * 300 * n).strip())
LINE = FILLED.filter(lambda text: "\n" not in text)
CODE = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co", "Z"], exclude_characters=";\ufeff"),
    min_size=1,
    max_size=12,
)
DAY = st.dates(date(1850, 1, 1), date(2400, 1, 1))
DOMAIN = st.lists(st.sampled_from("Voeding Bakkerij Horeca Zorg Bouw".split()), min_size=1, max_size=3, unique=True)


def several(one: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(one, max_size=3, unique=True).map(tuple)


@st.composite
def standards(draw: st.DrawFn) -> list[Inhoud]:
    """A few qualifications with all that hangs under them, and leerplannen that cover some of it."""
    numbers = draw(st.lists(st.tuples(st.integers(0, 9999), st.integers(1, 30)), min_size=1, max_size=3, unique=True))
    made: list[Inhoud] = []
    loose = iter(
        draw(st.lists(CODE.filter(lambda code: not code.startswith("BK-")), min_size=9, max_size=9, unique=True))
    )
    for number, version in numbers:
        made += draw(qualification(f"BK-{number:04}-{version}", [next(loose) for _ in range(3)]))
    competences = [one.code for one in made if isinstance(one, Competentie)]
    for code in draw(st.lists(CODE, max_size=2, unique=True)):
        made += draw(leerplan(code, [*competences, "bkc0000001"]))
    return made


@st.composite
def qualification(draw: st.DrawFn, code: str, loose: list[str]) -> list[Inhoud]:
    competences = draw(st.sampled_from([loose[:1], loose[:2], loose]))
    made: list[Inhoud] = [
        Kwalificatie(
            code=code,
            titel=draw(FILLED),
            toelichting=draw(TEXT),
            definitie=draw(TEXT | LONG),
            omschrijving=draw(TEXT),
            niveau=draw(st.sampled_from("12345678")),
            status=draw(st.sampled_from(["", "ERKEND", "NIET_ERKEND", "GEANNULEERD"])),
            erkenningsdatum=draw(st.none() | DAY),
            einddatum=draw(st.none() | DAY),
            domeinen=draw(several(DOMAIN.map(" > ".join))),
            synoniemen=draw(several(LINE)),
            competentprofielen=draw(several(st.sampled_from(["N110301", "D110401"]))),
        )
    ]
    for nr, one in enumerate(competences, 1):
        references = draw(several(st.sampled_from(["18111-c", "SK-4116-c", "co 00548", "co  0171", "-c", "007"])))
        soort = draw(TEXT)
        made.append(
            Competentie(kwalificatie=code, code=one, nr=nr, tekst=draw(FILLED), soort=soort, referenties=references)
        )
    for bij in draw(st.lists(st.sampled_from([*competences, code]), max_size=3, unique=True)):
        diepte = draw(st.sampled_from(["", "basiskennis", "kennis", "grondige-kennis"]))
        soort = draw(st.sampled_from(["", "cognitief", "motorisch", "probleemoplossend"]))
        made.append(Kennis(hoort_bij=bij, nr=draw(st.integers(1, 99)), diepte=diepte, tekst=draw(FILLED)))
        made.append(Vaardigheid(hoort_bij=bij, nr=draw(st.integers(1, 99)), soort=soort, tekst=draw(FILLED)))
    parts = draw(several(st.sampled_from(competences)))
    made.append(Deelkwalificatie(kwalificatie=code, code=f"{code}-DBK-01", titel=draw(FILLED), competenties=parts))
    return made


@st.composite
def leerplan(draw: st.DrawFn, code: str, competences: list[str]) -> list[Inhoud]:
    programma = draw(st.sampled_from(["", "504", "007"]))
    targets = draw(several(st.sampled_from(["BK-0019-3", "BK-0130-5-DBK-01", "BK-0019"])))
    begin, end = draw(st.none() | DAY), draw(st.none() | DAY)
    plan_of = Leerplan(
        code=code,
        titel=draw(FILLED),
        structuuronderdeel=programma,
        kwalificaties=targets,
        begindatum=begin,
        einddatum=end,
    )
    goals = [
        Leerplandoel(
            leerplan=code,
            nr=nr,
            tekst=draw(FILLED),
            competenties=draw(several(st.sampled_from(competences))),
            onderwijsdoelen=draw(several(CODE)),
        )
        for nr in range(1, draw(st.integers(1, 3)))
    ]
    return [plan_of, *goals]


def read(path: Path) -> list[Inhoud]:
    found = list(records(path))
    faults = [str(one.finding.message) for one in found if isinstance(one, Opmerking)]
    assert not faults
    return [one.inhoud for one in found if not isinstance(one, Opmerking)]


def ordered(inhouden: Iterable[Inhoud]) -> list[str]:
    return sorted(map(repr, inhouden))


def graph_of(path: Path) -> KnowledgeGraph:
    store = EmbeddedStore.in_memory()
    graph = Names().graph("werkboek")
    store.oxigraph.extend(
        Quad(one.subject, one.predicate, one.object, graph)
        for record in records(path)
        for one in said(record, Names())
        if isinstance(one, Statement)
    )
    return KnowledgeGraph(store)


@pytest.fixture(params=[".xlsx", ".ods", ".zip", ""])
def ending(request: pytest.FixtureRequest) -> str:
    return request.param


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(standard=standards())
def test_every_format_gives_back_what_was_written(ending: str, standard: list[Inhoud]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / f"werk{ending}", standard)
        assert ordered(read(path)) == ordered(standard)


@pytest.mark.parametrize("text", NASTY)
def test_a_text_that_looks_like_something_else_stays_that_text(ending: str, text: str, tmp_path: Path) -> None:
    row = Leerplan(code="LP", titel=text)
    assert read(write(tmp_path / f"werk{ending}", [row])) == [row]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(standard=standards())
@example([Kwalificatie(code="BK-0001-1", titel="Kok", niveau="4", domeinen=("Voeding", "Voeding > Bakkerij"))])
def test_export_then_import_changes_nothing(standard: list[Inhoud]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        graph = graph_of(write(Path(folder) / "eerste.xlsx", standard))
        exported = write(Path(folder) / "tweede.xlsx", export(graph, codes(graph)))
        assert plan(exported, graph).regels == ()
        assert plan(Path(folder) / "eerste.xlsx", graph).regels == ()


def test_what_is_written_twice_is_the_same_bytes(tmp_path: Path) -> None:
    row = Leerplan(code="LP", titel="Bakkerij")
    for ending in (".xlsx", ".zip"):
        first, second = (write(tmp_path / f"{name}{ending}", [row]).read_bytes() for name in ("a", "b"))
        assert first == second
