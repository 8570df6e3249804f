"""Servers of their own on this machine, each a process, for the benches that ask over HTTP."""

from __future__ import annotations

import multiprocessing
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from multiprocessing.context import SpawnContext
from pathlib import Path
from typing import TypeVar

import uvicorn
from fastapi import FastAPI

from ..api.app import create_app
from ..api.settings import Settings
from ..api.sparql.limits import Limits
from ..errors import InputError

UNBOUNDED = 10**9
"""Requests a second that one client may make: here every client is the bench."""

_Given = TypeVar("_Given")


@contextmanager
def serving(target: Callable[[_Given, int], None], given: _Given) -> Iterator[str]:
    """The address of a server that `target(given, port)` runs, until the block ends. Raises InputError."""
    context: SpawnContext = multiprocessing.get_context("spawn")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    process = context.Process(target=target, args=(given, port), daemon=False)
    process.start()
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.join(10)
        if process.is_alive():
            process.kill()
            process.join()


def _wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise InputError("De server antwoordt niet.", remedy="Bekijk het log van de server.")


def release(data: str, port: int, patient: int) -> None:
    """Serve a folder of releases; a client may have so many questions waiting."""
    run(create_app(Settings(Path(data), rate=UNBOUNDED, burst=UNBOUNDED, sparql=Limits(patient=patient))), port)


def attacked(data: str, port: int, limits: Limits) -> None:
    """The same with nothing kept ready; clients are told apart by what a proxy forwards.

    A line in the log for each query that was ended is of no use to who reads the table.
    """
    settings = Settings(Path(data), cache=0, rate=UNBOUNDED, burst=UNBOUNDED, proxies=("127.0.0.1",), sparql=limits)
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):
        run(create_app(settings), port)


def run(app: FastAPI, port: int) -> None:
    """Run an application with one process of uvicorn, on loopback."""
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False, proxy_headers=False)
