"""One table of a ROME release, read with its known faults repaired in sight.

The faults are data here: which table is in another encoding than its name says, and the doubled apostrophe of the
publisher's export. Each repair, and each reference to something that no table describes, becomes one finding a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..graph.statements import Finding, Place, Severity
from .files import csv_columns

ENCODINGS = {("arborescence_secteur_naf", "460"): "cp1252"}
"""Tables that are not UTF-8, though their file name says so."""


@dataclass(slots=True)
class Known:
    """What the release has described so far, so that a reference to anything else is seen."""

    beroepen: dict[str, str] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)
    contexten: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Seen:
    """How often a fault was met, and where first."""

    place: Place
    times: int = 0


@dataclass(slots=True)
class Sheet:
    """A table of a release: its rows, and after them the findings about the table as a whole."""

    path: Path
    table: str
    release: str
    known: Known
    repaired: Seen | None = None
    dangling: dict[str, Seen] = field(default_factory=dict)

    def rows(self, *columns: str, optional: tuple[str, ...] = ()) -> Iterator[tuple[Place, tuple[str, ...]]]:
        """The rows of a table of texts: doubled apostrophes are repaired and counted."""
        for place, row in self.codes(*columns, optional=optional):
            if any("''" in value for value in row):
                self.repaired = self.repaired or Seen(place)
                self.repaired.times += 1
                yield place, tuple([value.replace("''", "'") for value in row])
            else:
                yield place, row

    def codes(self, *columns: str, optional: tuple[str, ...] = ()) -> Iterator[tuple[Place, tuple[str, ...]]]:
        """The rows of a table of codes, as they stand."""
        name, encoding = self.path.name, ENCODINGS.get((self.table, self.release), "utf-8")
        for number, row in csv_columns(self.path, columns, optional=optional, encoding=encoding):
            yield Place(name, f"regel {number}"), row

    def beroep(self, code: str, place: Place) -> str:
        """The code of a job, noted as dangling where no job card has it."""
        if code not in self.known.beroepen and self.known.beroepen:
            self.dangling.setdefault(code, Seen(place)).times += 1
        return code

    def item(self, ogr: str, place: Place) -> str:
        """The number of an item, noted as dangling where no table describes it."""
        if ogr not in self.known.items and self.known.items:
            self.dangling.setdefault(ogr, Seen(place)).times += 1
        return ogr

    def findings(self) -> Iterator[Finding]:
        """What was met while the rows were read."""
        if encoding := ENCODINGS.get((self.table, self.release)):
            message = {
                "nl": f"Dit bestand is {encoding}, hoewel zijn naam utf8 zegt; het is als {encoding} gelezen.",
                "en": f"This file is {encoding} though its name says utf8; it was read as {encoding}.",
            }
            yield Finding("loader/codering", Severity.INFO, Place(self.path.name), message, value=encoding)
        if self.repaired:
            times = self.repaired.times
            message = {
                "nl": f"In {times} rijen staat '' waar ' bedoeld is; hersteld.",
                "en": f"{times} rows write '' for '; repaired.",
            }
            yield Finding("loader/apostrof", Severity.INFO, self.repaired.place, message, value=str(times))
        for code, seen in self.dangling.items():
            message = {
                "nl": f"{code} wordt hier {seen.times} keer genoemd, maar geen referentietabel beschrijft het.",
                "en": f"{code} is named {seen.times} times here, but no reference table describes it.",
            }
            yield Finding("loader/zwevende-verwijzing", Severity.WARNING, seen.place, message, value=code)
