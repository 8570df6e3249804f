"""Checking an uploaded file in a process of its own: it can be ended, and takes nothing down with it.

The process runs `leerbrug check`; a Turtle file holds triples already and is held to the shapes as it is.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from ..errors import InputError, QueryTimeoutError
from ..loaders.files import zip_members

SUFFIXES = {
    ".xlsx": b"PK\x03\x04",
    ".ods": b"PK\x03\x04",
    ".zip": b"PK\x03\x04",
    ".csv": b"",
    ".ttl": b"",
}
"""What may be uploaded, and how such a file begins."""

MEMORY = 4 * 2**30
"""Bytes of address space that the process may take."""

MEMBERS = 200

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")


def checked(content: bytes, name: str, seconds: float) -> dict[str, Any]:
    """The report on a file. Raises InputError for what is no such file, QueryTimeoutError where it takes too long."""
    suffix = _suffix(content, name)
    with TemporaryDirectory(prefix="leerbrug-") as folder:
        path = Path(folder) / f"{_UNSAFE.sub('', Path(name).stem)[:60] or 'opgeladen'}{suffix}"
        path.write_bytes(content)
        if suffix == ".zip":
            path = _unpacked(path)
        entry = ["leerbrug.api.turtle_check"] if suffix == ".ttl" else ["leerbrug.cli", "check", "--json", "--quiet"]
        start = f"from {entry[0]} import main; main()"
        code, out, err = _run([sys.executable, "-c", start, *entry[1:], str(path)], folder, seconds)
    if code not in (0, 1) or not out:
        raise InputError(_reason(err, folder), remedy="Vergelijk met het sjabloon: leerbrug sjabloon.")
    report = orjson.loads(out)
    found: dict[str, Any] = _without(report, folder)
    return found


def _suffix(content: bytes, name: str) -> str:
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES or not content.startswith(SUFFIXES[suffix]):
        raise InputError("Dit is geen bestand dat gekeurd kan worden.", remedy="Kies uit xlsx, ods, csv, ttl en zip.")
    return suffix


def _unpacked(path: Path) -> Path:
    """The files of an archive side by side in a folder: their own folders and names that lead elsewhere are dropped."""
    target = path.parent / "uitgepakt"
    target.mkdir()
    for number, (member, stream) in enumerate(zip_members(path)):
        name = Path(member).name
        if number >= MEMBERS:
            raise InputError("Dit archief bevat te veel bestanden.", remedy=f"Hoogstens {MEMBERS}.")
        if name and not name.startswith("."):
            with (target / name).open("wb") as file:
                shutil.copyfileobj(stream, file)
    return target


def _run(command: list[str], folder: str, seconds: float) -> tuple[int, bytes, str]:
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={**os.environ, "TMPDIR": folder, "LC_ALL": "C.UTF-8"},
            cwd=folder,
            timeout=seconds,
            preexec_fn=_bounded if os.name != "nt" else None,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryTimeoutError("Het keuren duurde te lang.", remedy="Deel het bestand op.") from error
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def _bounded() -> None:
    import resource  # only where the platform has it

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _reason(err: str, folder: str) -> str:
    """The one line that the command told, without the place of our own temporary file."""
    told = [line for line in err.splitlines() if line.startswith("leerbrug: ")]
    if not told:
        return "Dit bestand kan niet gelezen worden."
    return told[-1].removeprefix("leerbrug: ").replace(f"{folder}/", "").removesuffix(": ")


def _without(value: Any, folder: str) -> Any:
    """The report without the name of our temporary folder."""
    if isinstance(value, str):
        return value.replace(f"{folder}/", "")
    if isinstance(value, list):
        return [_without(one, folder) for one in value]
    if isinstance(value, dict):
        return {key: _without(one, folder) for key, one in value.items()}
    return value
