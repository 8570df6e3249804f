"""A release made from the sample, and servers of two other engines for as long as the tests of one module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from leerbrug.graph.releases import Release
from leerbrug.graph.remote_store import RemoteStore

from ..servers import oxigraph, virtuoso


@pytest.fixture(scope="session")
def release(sample_release: Release) -> Release:
    """Release 1 of the sample."""
    return sample_release


@pytest.fixture(scope="module")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteStore]:
    """`oxigraph serve`, empty."""
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as store:
        yield store


@pytest.fixture(scope="module")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteStore]:
    """Virtuoso, empty but for what it keeps of itself."""
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as store:
        yield store
