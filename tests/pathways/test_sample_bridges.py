"""Every bridge between two qualifications of the sample comes out as it does on the real data."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from itertools import permutations
from pathlib import Path

from leerbrug.graph.catalogus_builder import catalogus
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.names import Names
from leerbrug.graph.statements import Statement
from leerbrug.graph.store import EmbeddedStore
from leerbrug.loaders.vks import SOURCE
from leerbrug.pathways.brug import brug
from leerbrug.pathways.vergelijking import Vergelijking
from pyoxigraph import Quad, Store


def vergelijking(folder: Path) -> Vergelijking:
    names, store = Names(), Store()
    graph = names.graph("vks")
    store.bulk_extend(
        Quad(item.subject, item.predicate, item.object, graph)
        for record in SOURCE.records(folder)
        for item in SOURCE.said(record, names)
        if isinstance(item, Statement)
    )
    return Vergelijking(catalogus(KnowledgeGraph(EmbeddedStore(store), names), 1))


def test_the_sample_bridges_as_the_real_data(real_data: Path) -> None:
    """The gists are ours, but shared where the source shares its sentences: equal counts of every verdict."""
    small = vergelijking(Path(str(files("leerbrug"))) / "sample")
    large = vergelijking(real_data / "flanders-vks" / "api")
    codes = [code for code, found in small.catalogus.kwalificaties.items() if found.competenties]
    day = date(2026, 10, 10)
    pairs = list(permutations(codes, 2))
    assert len(pairs) == 32 * 31
    other = [
        pair
        for pair in pairs
        if brug(small, pair[:1], pair[1], day).dekking != brug(large, pair[:1], pair[1], day).dekking
    ]
    assert other == []
