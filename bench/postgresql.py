"""A PostgreSQL cluster of our own: made in a folder, run by a user without rights, gone when it is no longer needed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from ..errors import StoreError

DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian puts each version of the server, off the path."""


def servertools() -> Path | None:
    """The folder with `initdb` and `postgres` of the newest version that is installed; None where there is none."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a running server, without the name of a database. Raises StoreError where it does not start."""
    tools = servertools()
    if tools is None:
        raise StoreError("PostgreSQL is niet geïnstalleerd.", remedy="apt-get install postgresql")
    home = Path(tempfile.mkdtemp(prefix="leerbrug-pg-", dir="/tmp"))  # short: a socket lies in it
    run = _without_rights(home)
    data = str(home / "data")
    initdb = [str(tools / "initdb"), "-D", data, "-U", "leerbrug", "--auth=trust", "-E", "UTF8", "--locale=C"]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        subprocess.run(initdb, check=True, capture_output=True, cwd=home, **run)
        port = _free_port()  # at the last moment, as initdb takes seconds in which another might take it
        options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={home}", "-p", str(port)]
        with subprocess.Popen([str(tools / "postgres"), "-D", data, *options], cwd=home, **quiet, **run) as server:
            try:
                yield _answering(f"postgresql+psycopg://leerbrug@127.0.0.1:{port}", server)
            finally:
                server.send_signal(signal.SIGINT)
                server.wait(timeout=120)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _without_rights(home: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as nobody, whose the folder becomes."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": "nobody", "group": nobody.pw_gid, "env": {"HOME": str(home), "PATH": "/usr/bin:/bin"}}


def _answering(address: str, server: subprocess.Popen[bytes]) -> str:
    engine = create_engine(f"{address}/postgres")
    for _ in range(300):
        try:
            with engine.connect():
                break
        except OperationalError as error:
            if server.poll() is not None:
                raise StoreError("PostgreSQL startte niet.", remedy="Kijk of initdb het doet.") from error
            time.sleep(0.1)
    engine.dispose()
    return address


@contextmanager
def database(address: str) -> Iterator[str]:
    """The address of an empty database in a cluster, dropped afterwards."""
    name = f"leerbrug_{time.monotonic_ns()}"
    admin = create_engine(f"{address}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield f"{address}/{name}"
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
