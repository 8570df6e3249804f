"""The stores that questions are asked of: the release's own, and servers of two engines that hold its dump."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from leerbrug.graph.releases import Release

from ..servers import filled, oxigraph, virtuoso


@pytest.fixture(scope="session")
def release(sample_release: Release) -> Release:
    """Release 1 of the sample."""
    return sample_release


@pytest.fixture(scope="session")
def oxigraph_server(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `oxigraph serve` with the graphs of the release."""
    with filled(oxigraph, release.dump, tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


@pytest.fixture(scope="session")
def virtuoso_server(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of Virtuoso with the graphs of the release."""
    with filled(virtuoso, release.dump, tmp_path_factory.mktemp("virtuoso")) as address:
        yield address
