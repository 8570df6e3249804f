"""The real qualifications as a graph and the Catalogus derived from it, by the loader and the builder themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from leerbrug.graph.catalogus import Catalogus
from leerbrug.graph.catalogus_builder import catalogus as build_catalogus
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.graph.names import Names
from leerbrug.graph.statements import Statement
from leerbrug.graph.store import EmbeddedStore
from leerbrug.loaders.vks import SOURCE
from pyoxigraph import Quad


@pytest.fixture(scope="session")
def vks_graph(real_data: Path) -> KnowledgeGraph:
    store, names = EmbeddedStore.in_memory(), Names()
    folder = real_data / "flanders-vks" / "api"
    store.oxigraph.bulk_extend(
        Quad(said.subject, said.predicate, said.object, names.graph("vks"))
        for record in SOURCE.records(folder)
        for said in SOURCE.said(record, names)
        if isinstance(said, Statement)
    )
    return KnowledgeGraph(store, names)


@pytest.fixture(scope="session")
def catalogus(vks_graph: KnowledgeGraph) -> Catalogus:
    return build_catalogus(vks_graph, release=1)
