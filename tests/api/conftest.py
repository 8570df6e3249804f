"""A real server over two releases: the sample, and the sample with a title changed and an end date added."""

from __future__ import annotations

import json
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from leerbrug.api.app import create_app
from leerbrug.api.settings import Settings
from leerbrug.commands.build import chosen, sample
from leerbrug.commands.making import make
from leerbrug.commands.progress import Watch
from leerbrug.graph.names import Names
from leerbrug.graph.releases import Release


def build(source: Path, into: Path) -> None:
    with Watch(quiet=True) as watch:
        made = make(list(chosen([f"vks={source}"], source)), into, Names(), watch)
    assert made.release, made.report.render()


def edit(path: Path, change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> None:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in change(lines)), "utf-8")


def changed_programmes(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for line in lines:
        if line["structuuronderdeel_nummer"] == 98:
            line["titel"] = "Fietshersteller duaal (vernieuwd)"
        if line["structuuronderdeel_nummer"] == 65:
            line["einddatum"] = "2027-08-31"
    return lines


@pytest.fixture(scope="session")
def releases(
    sample_release: Release, own_folder: Callable[[Release], Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = own_folder(sample_release)
    changed = tmp_path_factory.mktemp("api") / "sample"
    shutil.copytree(sample(), changed)
    edit(changed / "structuuronderdeel.jsonl", changed_programmes)
    build(changed, folder)
    return folder


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """The application behind uvicorn on a free port of this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    config = uvicorn.Config(create_app(settings), log_level="error", ws="none", timeout_graceful_shutdown=3)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="session")
def address(releases: Path) -> Iterator[str]:
    with serving(Settings(data=releases, refresh=0.2)) as url:
        yield url


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=60) as client:
        yield client
