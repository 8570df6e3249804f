"""The Catalogus of the real qualifications, made by the builder itself, and what is on offer in it, twice read."""

from __future__ import annotations

import pytest
from leerbrug.checks.traject_graph import Offer
from leerbrug.graph.catalogus import Catalogus
from leerbrug.graph.catalogus_builder import catalogus as build_catalogus
from leerbrug.graph.knowledge_graph import KnowledgeGraph
from leerbrug.pathways.handelingen import Aanbod


@pytest.fixture(scope="session")
def catalogus(vks_graph: KnowledgeGraph) -> Catalogus:
    return build_catalogus(vks_graph, release=1)


@pytest.fixture(scope="session")
def aanbod(catalogus: Catalogus) -> Aanbod:
    """What the planner chooses from."""
    return Aanbod(catalogus)


@pytest.fixture(scope="session")
def offer(vks_graph: KnowledgeGraph) -> Offer:
    """What the checker of its answers reads in the graph."""
    return Offer(vks_graph)
