"""Harvest: fetches the answers of the Flemish education APIs into the folder that the VKS loader reads.

One walk over the lists and everything they name. Each answer is journalled once it is whole; what fails is named and
the walk goes on, so that one bad address never costs the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import InputError
from . import harvest_apis as apis
from .harvest_answers import Answers, Failure
from .harvest_client import Client, Manners
from .harvest_journal import Journal
from .harvest_layout import write_lines
from .harvest_walk import Walk

__all__ = ["Failure", "Harvest", "Manners", "Summary"]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a harvest did: answers fetched, unchanged since the last one, taken up from an interrupted run, and failed.

    `lines` maps each file written to its number of lines.
    """

    into: Path
    fetched: int
    unchanged: int
    resumed: int
    failed: tuple[Failure, ...]
    lines: dict[str, int]


@dataclass(frozen=True, slots=True)
class Harvest:
    """What to fetch, from where, into which folder, and how politely."""

    into: Path
    key: str = field(repr=False)
    base_url: str = apis.BASE_URL
    only: tuple[str, ...] = apis.PARTS
    manners: Manners = field(default_factory=Manners)

    def run(self, tell: Callable[[int, int, str], None] = lambda *_: None) -> Summary:
        """Fetch everything asked for; `tell` hears answers done, answers known to come, and the name of the last one.

        Raises InputError where a part does not exist, the key is missing or refused, or the folder belongs to another
        address; what was fetched before that stays in the journal and is not fetched again.
        """
        if unknown := [part for part in self.only if part not in apis.PARTS]:
            remedy = f"Kies uit {', '.join(apis.PARTS)}."
            raise InputError(f"Onbekend: {', '.join(unknown)}.", place="--only", remedy=remedy)
        base = self.base_url.rstrip("/")
        client = Client(base, self.key, self.manners)
        try:
            journal = Journal(self.into, base)
            try:
                return self._over(Answers(client, journal, tell))
            finally:
                journal.close()
        finally:
            client.close()

    def _over(self, answers: Answers) -> Summary:
        walk = Walk(self.into, answers)
        walk.over(frozenset(self.only))
        lines = {}
        for file in sorted(walk.files):
            if file not in walk.cut_short:
                answers.journal.drop_old(file)
            lines[file] = write_lines(self.into, file, answers.journal.lines(file))
        answers.journal.end()
        return Summary(self.into, answers.fetched, answers.unchanged, answers.resumed, tuple(answers.failed), lines)
