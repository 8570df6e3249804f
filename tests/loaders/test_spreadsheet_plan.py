"""The plan says what a werkboek creates, changes and ends, and nothing that it does not say."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from leerbrug.errors import UnknownCodeError
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.names import Names
from leerbrug.graph.statements import Place, Statement
from leerbrug.graph.store import EmbeddedStore
from leerbrug.loaders.werkboek import Actie, codes, export, plan, records, said, write
from leerbrug.loaders.werkboek.sheets import (
    Competentie,
    Deelkwalificatie,
    Inhoud,
    Kennis,
    Kwalificatie,
    Leerplan,
    Leerplandoel,
)
from pyoxigraph import Quad

KOK = Kwalificatie(code="BK-0019-3", titel="Kok", niveau="4", synoniemen=("Kokkin",))
SNIJDT = Competentie(kwalificatie="BK-0019-3", code="bkc0000001", nr=1, tekst="Snijdt.", referenties=("18111-c",))
BAKT = Competentie(kwalificatie="BK-0019-3", code="bkc0000002", nr=2, tekst="Bakt.")
WAREN = Kennis(hoort_bij="bkc0000001", nr=1, diepte="basiskennis", tekst="Waren")
DEEL = Deelkwalificatie(
    kwalificatie="BK-0019-3", code="BK-0019-3-DBK-01", titel="Hulpkok", competenties=("bkc0000001",)
)
BAKKER = Kwalificatie(code="BK-0390-2", titel="Bakker", niveau="4")
PLAN = Leerplan(code="LP-1", titel="Keuken", kwalificaties=("BK-0019-3",))
DOEL = Leerplandoel(leerplan="LP-1", nr=1, tekst="Leert snijden.", competenties=("bkc0000001",))
RELEASE: list[Inhoud] = [KOK, SNIJDT, BAKT, WAREN, DEEL, BAKKER, PLAN, DOEL]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    path = write(tmp_path_factory.mktemp("release") / "release.xlsx", RELEASE)
    store = EmbeddedStore.in_memory()
    said_here = (one for record in records(path) for one in said(record, Names()))
    here = Names().graph("werkboek")
    store.oxigraph.extend(Quad(*one[:3], here) for one in said_here if isinstance(one, Statement))
    return KnowledgeGraph(store)


def lines(path: Path, graph: KnowledgeGraph) -> list[tuple[str, ...]]:
    """The plan as short lines."""
    made = []
    for regel in plan(path, graph).regels:
        fields = [f"{one.kolom}: {one.oud} → {one.nieuw} @{one.cel}" for one in regel.verschillen]
        made.append((regel.actie.value, regel.blad, regel.code, *fields))
    return made


def test_what_is_new_changed_or_gone_is_told_field_by_field(graph: KnowledgeGraph, tmp_path: Path) -> None:
    changed = msgspec.structs.replace(SNIJDT, tekst="Snijdt groenten.", referenties=("18111-c", "SK-4116-c"))
    new = Competentie(kwalificatie="BK-0019-3", code="eigen-1", nr=3, tekst="Kookt.")
    path = write(
        tmp_path / "mijn.xlsx", [KOK, changed, new, DEEL, msgspec.structs.replace(PLAN, titel="Grootkeuken"), DOEL]
    )
    assert lines(path, graph) == [
        (
            "wijzigt",
            "Competenties",
            "bkc0000001",
            "Competentie: Snijdt. → Snijdt groenten. @Competenties!D2",
            "Referenties: 18111-c → 18111-c; SK-4116-c @Competenties!F2",
        ),
        ("nieuw", "Competenties", "eigen-1"),
        ("eindigt", "Competenties", "bkc0000002"),
        ("eindigt", "Kennis", "bkc0000001 nr. 1"),
        ("wijzigt", "Leerplannen", "LP-1", "Titel: Keuken → Grootkeuken @Leerplannen!B2"),
    ]
    assert [plan(path, graph).aantal(actie) for actie in Actie] == [1, 2, 2]


def test_a_qualification_that_the_werkboek_does_not_name_does_not_end(graph: KnowledgeGraph, tmp_path: Path) -> None:
    assert lines(write(tmp_path / "een.xlsx", [BAKKER]), graph) == []


def test_a_sheet_or_column_that_is_not_there_changes_nothing(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """Exports that dropped levels and then deleted them on import: OpenSALT issue 606."""
    path = tmp_path / "Competenties.csv"
    head = "Kwalificatie;Code;Nr;Competentie\n"
    path.write_text(head + "BK-0019-3;bkc0000001;1;Snijdt.\nBK-0019-3;bkc0000002;2;Bakt brood.\n", encoding="utf-8")
    change = "Competentie: Bakt. → Bakt brood. @Competenties!D3"
    assert lines(path, graph) == [("wijzigt", "Competenties", "bkc0000002", change)]
    assert plan(path, graph).bevindingen == ()


def test_a_row_or_sheet_that_cannot_be_read_does_not_end_anything(graph: KnowledgeGraph, tmp_path: Path) -> None:
    folder = tmp_path / "csv"
    folder.mkdir()
    (folder / "Competenties.csv").write_text(
        "Kwalificatie;Code;Nr;Competentie\nBK-0019-3;bkc0000001;een;Snijdt.\nBK-0019-3;bkc0000002;2;Bakt.\n", "utf-8"
    )
    (folder / "Deelkwalificaties.csv").write_text("Kwalificatie;Code\nBK-0019-3;BK-0019-3-DBK-02\n", "utf-8")
    made = plan(folder, graph)
    assert made.regels == ()
    assert [str(one.place) for one in made.bevindingen] == [
        "Competenties.csv, Competenties!C2",
        "Deelkwalificaties.csv, Deelkwalificaties!A1",
    ]


def test_codes_are_looked_up_in_the_release_too(graph: KnowledgeGraph, tmp_path: Path) -> None:
    path = write(
        tmp_path / "doelen.xlsx",
        [
            Leerplan(code="LP-2", titel="Zaal", kwalificaties=("BK-0390-2", "BK-0399-1"), structuuronderdeel="504"),
            Leerplandoel(leerplan="LP-2", nr=1, tekst="Dient op.", competenties=("bkc0000002", "bkc0000003")),
            Kennis(hoort_bij="bkc0000002", nr=1, tekst="Graan"),
            Kennis(hoort_bij="bkc0000009", nr=1, tekst="Graan"),
        ],
    )
    found = {(one.place, one.rule.rpartition("/")[2], one.value) for one in plan(path, graph).bevindingen}
    assert found == {
        (Place("doelen.xlsx", "Leerplannen!C2"), "onbekende-code", "504"),
        (Place("doelen.xlsx", "Leerplannen!D2"), "onbekende-code", "BK-0399-1"),
        (Place("doelen.xlsx", "Leerplandoelen!D2"), "onbekende-code", "bkc0000003"),
        (Place("doelen.xlsx", "Kennis!A3"), "onbekende-ouder", "bkc0000009"),
    }
    assert ("eindigt", "Kennis", "bkc0000001 nr. 1") in lines(path, graph)


def test_export_gives_the_rows_of_the_codes_that_are_asked(graph: KnowledgeGraph) -> None:
    assert list(export(graph, ["BK-0019-3", "LP-1"])) == [KOK, SNIJDT, BAKT, WAREN, DEEL, PLAN, DOEL]
    assert list(codes(graph)) == ["BK-0019-3", "BK-0390-2", "LP-1"]
    with pytest.raises(UnknownCodeError, match="Bedoelt u BK-0019-3"):
        list(export(graph, ["BK-0019-4"]))


def test_the_real_qualifications_survive_the_trip(real_data: Path, tmp_path: Path) -> None:
    """Every dossier of the API, loaded, exported to a werkboek and planned against itself: nothing changes."""
    from leerbrug.loaders import vks

    store = EmbeddedStore.in_memory()
    said_here = (
        one
        for record in vks.SOURCE.records(real_data / "flanders-vks" / "api")
        for one in vks.SOURCE.said(record, Names())
        if isinstance(one, Statement)
    )
    store.oxigraph.bulk_extend(Quad(*one[:3], Names().graph("vks")) for one in said_here)
    graph = KnowledgeGraph(store)
    written = list(export(graph, codes(graph)))
    assert sum(isinstance(one, Competentie) for one in written) == 1530
    assert sum(isinstance(one, Kennis) for one in written) == 296
    made = plan(write(tmp_path / "alles.xlsx", written), graph)
    assert (made.regels, made.bevindingen) == ((), ())
