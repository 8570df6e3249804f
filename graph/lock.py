"""A lock on a file, let go by the operating system when its holder ends, however it ends."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ..errors import ReleaseError

if sys.platform == "win32":
    import msvcrt

    def _take(stream: IO[str]) -> None:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(stream: IO[str]) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock on this file while the block runs. Raises ReleaseError where another process has it."""
    with path.open("a") as stream:
        try:
            _take(stream)
        except (BlockingIOError, PermissionError) as error:
            remedy = "Wacht tot die klaar is."
            raise ReleaseError("Hier wordt al een release gebouwd.", place=str(path.parent), remedy=remedy) from error
        yield
