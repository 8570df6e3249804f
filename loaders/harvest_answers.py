"""The answers of one harvest: each from this run's journal, from the source, or kept from an earlier harvest."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .harvest_client import AnswerError, Client
from .harvest_journal import Journal

NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be fetched, and why; `kept` tells that the answer of an earlier harvest stays."""

    name: str
    address: str
    reason: str
    kept: bool = False


@dataclass(slots=True)
class Answers:
    """Gives the answer at an address, and counts how it came by it."""

    client: Client
    journal: Journal
    tell: Callable[[int, int, str], None]
    fetched: int = 0
    unchanged: int = 0
    resumed: int = 0
    failed: list[Failure] = field(default_factory=list)
    expected: int = 0

    def get(self, address: str, name: str, *, empty: Any = None) -> Any:
        """The answer, decoded; None where there is none.

        `empty` is what "not found" means for a list that may be empty. An answer
        that fails is named in `failed`; one kept from an earlier harvest then stands in for it.
        """
        stored = self.journal.stored(address)
        if stored and stored.current:
            self.resumed += 1
            return self._done(name, stored.body)
        etag, modified = (stored.etag, stored.modified) if stored else ("", "")
        try:
            answer = self.client.ask(address, etag=etag, modified=modified)
        except AnswerError as error:
            if error.status == NOT_FOUND and empty is not None:
                return empty
            self.failed.append(Failure(name, address, str(error), kept=stored is not None))
            return self._done(name, stored.body if stored else b"null")
        self.journal.keep(address, answer)
        if stored and answer.body in (None, stored.body):
            self.unchanged += 1
            return self._done(name, stored.body)
        self.fetched += 1
        return self._done(name, answer.body or b"null")

    def fail(self, name: str, address: str, reason: str) -> None:
        """Name something that came but cannot be used."""
        self.failed.append(Failure(name, address, reason))

    @property
    def done(self) -> int:
        """How many addresses were dealt with."""
        return self.fetched + self.unchanged + self.resumed + len(self.failed)

    def expect(self, more: int) -> None:
        """So many answers are known to come."""
        self.expected = self.done + more

    def _done(self, name: str, body: bytes) -> Any:
        self.tell(self.done, max(self.done, self.expected), name)
        return json.loads(body)
