"""What the server says of its health when the search index or the releases are gone."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from leerbrug.api.app import create_app
from leerbrug.api.settings import Settings


def health(folder: Path, harm: Callable[[Path], None]) -> tuple[int, dict[str, str]]:
    """The answer of a server that was started on whole releases, of which something was then lost."""

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(create_app(Settings(folder, refresh=0)))
        harm(folder)
        async with httpx.AsyncClient(transport=transport, base_url="http://leerbrug") as client:
            return await client.get("/v1/health")

    answer = asyncio.run(asked())
    return answer.status_code, answer.json()


@pytest.fixture
def copy(releases: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(releases, tmp_path / "releases", symlinks=True))


def test_a_whole_server_is_up(copy: Path) -> None:
    assert health(copy, lambda _: None) == (200, {"status": "UP"})


def test_without_its_search_index_it_is_degraded_and_still_answers(copy: Path) -> None:
    def harm(folder: Path) -> None:
        for index in folder.glob("*/labels.sqlite"):
            index.unlink()

    assert health(copy, harm) == (200, {"status": "DEGRADED"})


def test_without_releases_it_is_down(copy: Path) -> None:
    def harm(folder: Path) -> None:
        folder.rename(folder.with_name("elsewhere"))

    assert health(copy, harm) == (503, {"status": "DOWN"})
