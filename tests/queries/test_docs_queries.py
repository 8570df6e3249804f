"""The queries of the documentation give what the evaluation reads: pairs of codes."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from leerbrug.graph.releases import Release
from leerbrug.graph.vocabulary import LEER

DOCS = Path(__file__).parents[2] / "docs"


def test_programmes_tell_which_qualifications_belong_together(release: Release) -> None:
    found = release.graph().select((DOCS / "waarheid.rq").read_text("utf-8"))
    pairs = {(row["from"].value, row["to"].value) for row in found}
    assert ("BK-0019-3", "BK-0020-3") in pairs
    assert pairs == {(b, a) for a, b in pairs}


@pytest.mark.parametrize(("other", "pairs"), [("7512", {("a", "b"), ("b", "a")}), ("7411", set())])
def test_occupations_of_one_unit_group_belong_together(other: str, pairs: set[tuple[str, str]]) -> None:
    store = ox.Store()
    for code, group in (("a", "7512"), ("b", other)):
        occupation = ox.NamedNode(f"https://example.org/{code}")
        store.add(ox.Quad(occupation, LEER["iscoGroep"], ox.NamedNode(f"https://example.org/C{group}")))
        store.add(ox.Quad(occupation, LEER["code"], ox.Literal(code)))
    text = f"PREFIX leer: <https://w3id.org/leerbrug/ns#>\n{(DOCS / 'isco.rq').read_text('utf-8')}"
    assert {(row["from"].value, row["to"].value) for row in store.query(text)} == pairs
