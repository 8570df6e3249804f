"""The Catalogus derived from the real qualifications, by the builder itself."""

from __future__ import annotations

import pytest
from leerbrug.graph.catalogus import Catalogus
from leerbrug.graph.catalogus_builder import catalogus as build_catalogus
from leerbrug.graph.knowledge_graph import KnowledgeGraph


@pytest.fixture(scope="session")
def catalogus(vks_graph: KnowledgeGraph) -> Catalogus:
    return build_catalogus(vks_graph, release=1)
