from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from leerbrug.errors import ReleaseError
from leerbrug.graph.places import Places, write_places
from leerbrug.graph.releases import Release
from leerbrug.graph.statements import Place, Statement, text
from pyoxigraph import Literal, NamedNode

KOK, NAAM, NIVEAU = NamedNode("urn:kok"), NamedNode("urn:naam"), NamedNode("urn:niveau")
IN_DOSSIER = [Statement(KOK, NAAM, text("Kok"), "/titel"), Statement(KOK, NIVEAU, Literal(4))]
IN_PROGRAMMA = [
    Statement(NamedNode("urn:so"), NAAM, text("Koks"), "/titel"),
    Statement(KOK, NAAM, text("Kok"), "/bks/0/titel"),
]
SAID = [(Place("bk.jsonl.gz", "regel 3"), IN_DOSSIER), (Place("so.jsonl.gz", "regel 9"), IN_PROGRAMMA)]


def test_a_triple_said_in_two_files_has_two_places_in_order_of_reading(tmp_path: Path) -> None:
    write_places(tmp_path / "p.sqlite", SAID)
    places = Places(tmp_path / "p.sqlite")
    found = [str(place) for place in places.of(KOK, NAAM, text("Kok"))]
    assert found == ["bk.jsonl.gz, regel 3 /titel", "so.jsonl.gz, regel 9 /bks/0/titel"]
    assert [str(place) for place in places.of(KOK, NIVEAU, Literal(4))] == ["bk.jsonl.gz, regel 3"]


def test_what_is_not_said_has_no_place_and_text_in_another_language_is_another_triple(tmp_path: Path) -> None:
    write_places(tmp_path / "p.sqlite", SAID)
    places = Places(tmp_path / "p.sqlite")
    assert places.of(KOK, NAAM, text("Kok", "en")) == ()
    assert places.of(KOK, NAAM, Literal("Kok")) == ()
    assert places.of_subject(NamedNode("urn:niets")) == ()


def test_a_thing_is_found_where_each_record_first_speaks_of_it(tmp_path: Path) -> None:
    write_places(tmp_path / "p.sqlite", SAID)
    found = [str(place) for place in Places(tmp_path / "p.sqlite").of_subject(KOK)]
    assert found == ["bk.jsonl.gz, regel 3 /titel", "so.jsonl.gz, regel 9 /bks/0/titel"]


def test_the_same_statements_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_places(tmp_path / name, SAID)
    first, second = (hashlib.sha256((tmp_path / name).read_bytes()).digest() for name in ("a", "b"))
    assert first == second


def test_missing_places_are_told(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="plaatsen"):
        Places(tmp_path / "none.sqlite")


def test_every_asserted_triple_of_a_release_has_a_place(release: Release) -> None:
    graph, places = release.graph(), release.places()
    query = "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
    rows = list(graph.select(query, g=graph.names.graph("vks")))
    assert len(rows) > 1000
    assert [row for row in rows if not places.of(row["s"], row["p"], row["o"])] == []
