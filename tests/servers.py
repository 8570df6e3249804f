"""Servers of two other engines, as real processes that hold the dump of a release."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import httpx
import pytest
from leerbrug.graph.remote_store import Endpoint, RemoteStore

VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = {sql}
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
SchedulerInterval = 10
DefaultIsolation = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryCostEstimationTime = 4000
MaxQueryExecutionTime = 600
"""


def missing(what: str) -> NoReturn:
    """A person may lack a server (skip); CI may not (fail)."""
    if os.environ.get("CI"):
        pytest.fail(f"CI runs without {what}")
    pytest.skip(f"{what} is not installed")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running(command: list[str], folder: Path, address: str) -> Iterator[None]:
    """The server from the moment that it answers until the block ends."""
    with (folder / "server.log").open("wb") as stream:
        process = subprocess.Popen(command, cwd=folder, stdout=stream, stderr=stream)
    try:
        for _ in range(600):
            assert process.poll() is None, (folder / "server.log").read_text()
            try:
                httpx.get(address, timeout=5)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield
    finally:
        process.kill()
        process.wait()


@contextmanager
def oxigraph(dump: Path, folder: Path) -> Iterator[str]:
    """The address of `oxigraph serve` with the graphs of the dump."""
    binary = Path(sys.executable).with_name("oxigraph")
    if not binary.exists():
        missing("oxigraph")
    address = f"http://127.0.0.1:{free_port()}"
    command = [str(binary), "serve", "--location", str(folder / "db"), "--bind", address.removeprefix("http://")]
    with running(command, folder, address):
        _fill(Endpoint(f"{address}/query", f"{address}/store"), httpx.Client(timeout=120), dump)
        yield f"{address}/query"


@contextmanager
def virtuoso(dump: Path, folder: Path) -> Iterator[str]:
    """The address of Virtuoso, another engine by other people, with the graphs of the dump."""
    binary = shutil.which("virtuoso-t") or missing("virtuoso-opensource-7-bin")
    http = free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(sql=free_port(), http=http))
    address = f"http://127.0.0.1:{http}"
    with running([binary, "+foreground", "+configfile", "virtuoso.ini"], folder, address):
        client = httpx.Client(timeout=120, auth=httpx.DigestAuth("dba", "dba"))
        _fill(Endpoint(f"{address}/sparql", f"{address}/sparql-graph-crud-auth"), client, dump)
        yield f"{address}/sparql"


def _fill(endpoint: Endpoint, client: httpx.Client, dump: Path) -> None:
    store = RemoteStore(endpoint, client)
    store.load(dump)
    store.close()
