"""What one question may cost, and how many may be asked at once."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

MEBIBYTE = 2**20


def _processes() -> int:
    return max(3, (os.cpu_count() or 1) + 1)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of the endpoint; over a limit a question is refused, never answered in part.

    `deadline` is in seconds, up to `longest` where a client asks it with timeout=; `rows` counts rows or triples;
    `answer`, `question` and `memory` are bytes; `head` is what is held back so that a refusal can still be a status.
    A client runs at most `per_client` questions at once, one fewer than there are processes, so that one client never
    has them all; it may have `patient` more waiting, and all clients together `waiting`.
    """

    deadline: float = 10.0
    longest: float = 60.0
    rows: int = 100_000
    answer: int = 64 * MEBIBYTE
    question: int = 256 * 1024
    memory: int = 1024 * MEBIBYTE
    head: int = 256 * 1024
    processes: int = field(default_factory=_processes)
    patient: int = 8
    waiting: int = 64

    @property
    def per_client(self) -> int:
        """How many questions one client may run at once."""
        return max(1, self.processes - 1)
