"""Servers of two other engines, as real processes on a free port of this machine."""

from __future__ import annotations

import itertools
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
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
ResultSetMaxRows = 50000
MaxQueryCostEstimationTime = 4000
MaxQueryExecutionTime = 600
"""


def missing(what: str) -> NoReturn:
    """A person may lack a server (skip); CI may not (fail)."""
    if os.environ.get("CI"):
        pytest.fail(f"CI runs without {what}")
    pytest.skip(f"{what} is not there")


_PORTS = itertools.cycle(range(2_000))


def free_port() -> int:
    """A port for a process that binds it later: from a range of this worker alone, below what the system hands out.

    Between choosing and binding, no other worker and no connection that somebody opens can take it.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for place in _PORTS:
        port = 11_000 + 2_000 * (worker % 10) + (place + os.getpid()) % 2_000
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("an endless cycle has ended")


@contextmanager
def running(command: list[str], folder: Path, address: str) -> Iterator[None]:
    """The server from the moment that it answers until the block ends."""
    with (folder / "server.log").open("wb") as stream:
        process = subprocess.Popen(command, cwd=folder, stdout=stream, stderr=stream)
    try:
        for _ in range(600):
            if process.poll() is not None:
                pytest.fail(f"{command[0]} ended: {(folder / 'server.log').read_text()}")
            try:
                httpx.get(address, timeout=5)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        else:
            pytest.fail(f"{command[0]} does not answer: {(folder / 'server.log').read_text()}")
        yield
    finally:
        process.kill()
        process.wait()


Engine = Callable[[Path], AbstractContextManager[RemoteStore]]


@contextmanager
def oxigraph(folder: Path) -> Iterator[RemoteStore]:
    """`oxigraph serve`, empty."""
    binary = Path(sys.executable).with_name("oxigraph")
    if not binary.exists():
        missing("oxigraph")
    address = f"http://127.0.0.1:{free_port()}"
    command = [str(binary), "serve", "--location", str(folder / "db"), "--bind", address.removeprefix("http://")]
    with running(command, folder, address):
        store = RemoteStore(Endpoint(f"{address}/query", f"{address}/store"))
        yield store
        store.close()


@contextmanager
def virtuoso(folder: Path) -> Iterator[RemoteStore]:
    """Virtuoso, another engine by other people; empty but for what it keeps of itself."""
    binary = shutil.which("virtuoso-t") or missing("virtuoso-opensource-7-bin")
    http = free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(sql=free_port(), http=http))
    address = f"http://127.0.0.1:{http}"
    with running([binary, "+foreground", "+configfile", "virtuoso.ini"], folder, address):
        client = httpx.Client(timeout=120, auth=httpx.DigestAuth("dba", "dba"))
        store = RemoteStore(Endpoint(f"{address}/sparql", f"{address}/sparql-graph-crud-auth"), client)
        yield store
        store.close()


@contextmanager
def filled(engine: Engine, dump: Path, folder: Path) -> Iterator[str]:
    """The address at which a server of that engine is asked, with the graphs of the dump."""
    with engine(folder) as store:
        store.load(dump)
        yield store._endpoint.query
