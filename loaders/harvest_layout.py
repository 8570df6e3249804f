"""Writes a harvest as the folder that the VKS loader reads: an answer a line, equal answers as equal bytes."""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any

from .harvest_client import AnswerError

DOSSIERS = "curriculumdossier"
_SUFFIXES = (".docx", ".doc", ".pdf", ".odt")


def write_lines(folder: Path, file: str, lines: Iterable[str]) -> int:
    """Write `{file}.jsonl.gz` at once: a reader sees the old one or the new one, never a part. Gives the lines written.

    The gzip header holds no name and no time, so that equal lines make equal bytes.
    """
    count = 0

    def write(target: IO[bytes]) -> None:
        nonlocal count
        with gzip.GzipFile(filename="", fileobj=target, mode="wb", compresslevel=9, mtime=0) as packed:
            for line in lines:
                packed.write(line.encode() + b"\n")
                count += 1

    _replace(folder / f"{file}.jsonl.gz", write)
    return count


def save_dossier(folder: Path, erkenning: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    """Save the Word file of a curriculumdossier beside its line, named for its recognition; gives that line.

    Raises AnswerError where the content is not base64. The name that the source gives is told, never used as a path.
    """
    try:
        content = base64.b64decode(str(answer["content"]), validate=True)
    except (KeyError, binascii.Error) as error:
        raise AnswerError("de inhoud van het dossier is geen base64.") from error
    suffix = PurePosixPath(str(answer.get("filename", ""))).suffix.lower()
    name = re.sub(r"[^A-Za-z0-9-]", "_", erkenning) + (suffix if suffix in _SUFFIXES else ".bin")
    (folder / DOSSIERS).mkdir(exist_ok=True)
    _replace(folder / DOSSIERS / name, lambda target: target.write(content))
    described = {key: value for key, value in answer.items() if key != "content"}
    digest = hashlib.sha256(content).hexdigest()
    return {
        "structuuronderdeel_detail_nummer": erkenning,
        **described,
        "bestand": f"{DOSSIERS}/{name}",
        "bytes": len(content),
        "sha256": digest,
    }


def _replace(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    temporary = path.with_name(f".{path.name}.deel")
    with temporary.open("wb") as target:
        write(target)
        target.flush()
        os.fsync(target.fileno())
    temporary.replace(path)
