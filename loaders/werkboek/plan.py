"""The plan: what a werkboek would change in a release, before anything is loaded.

A sheet is the whole list of what hangs under the qualifications and leerplannen that it names: what the release has and
the sheet has not would end. A sheet or a column that the workbook lacks says nothing and changes nothing; nor does a
row that cannot be read, for which a finding says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path

import msgspec

from ...errors import UnknownCodeError
from ...graph.knowledge_graph import KnowledgeGraph
from ...graph.statements import Finding
from .export import export, known, version_of
from .read import Opmerking, Rij, records, sheets
from .sheets import (
    BLAD_VAN,
    Blad,
    Competentie,
    Deelkwalificatie,
    Inhoud,
    Kennis,
    Kolom,
    Kwalificatie,
    Leerplan,
    Leerplandoel,
    Soort,
    Vaardigheid,
    key,
)
from .write import Shown, shown


class Actie(StrEnum):
    """What happens to a row."""

    NIEUW = "nieuw"
    WIJZIGT = "wijzigt"
    EINDIGT = "eindigt"


class Verschil(msgspec.Struct, frozen=True):
    """One field that changes: the column, the cell, what the release says and what the werkboek says."""

    kolom: str
    cel: str
    oud: Shown
    nieuw: Shown


class Planregel(msgspec.Struct, frozen=True):
    """One row that is created, changed or ended."""

    actie: Actie
    blad: str
    code: str
    cel: str = ""
    verschillen: tuple[Verschil, ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """The plan, and what is wrong in the werkboek."""

    regels: tuple[Planregel, ...]
    bevindingen: tuple[Finding, ...]

    def aantal(self, actie: Actie) -> int:
        """How many rows are created, changed or ended."""
        return sum(regel.actie is actie for regel in self.regels)


def plan(path: Path, graph: KnowledgeGraph, tell: Callable[[int], None] = lambda _: None) -> Plan:
    """What loading that werkboek would change in the graph, in the order of the sheets.

    `tell` hears how many rows of the werkboek and of the release have been read.
    Raises SourceError where the file cannot be read as a werkboek.
    """
    rows: list[Rij] = []
    remarks: list[Opmerking] = []
    for record in records(path, lambda targets, code: known(graph, targets, code)):
        if isinstance(record, Opmerking):
            remarks.append(record)
        else:
            rows.append(record)
            tell(len(rows))
    here = {key(rij.inhoud): rij for rij in rows}
    there: dict[tuple[str, str], Inhoud] = {}
    for inhoud in _existing(graph, rows):
        there[key(inhoud)] = inhoud
        tell(len(rows) + len(there))
    legible = sheets(path) - {one.blad for one in remarks if not one.code}
    gone = there.keys() - here.keys() - {(one.blad, one.code) for one in remarks}
    ended = (Planregel(Actie.EINDIGT, *which) for which in sorted(gone) if which[0] in legible)
    regels = sorted((*_new_or_changed(here, there), *ended), key=lambda regel: _SHEET_ORDER[regel.blad])
    return Plan(tuple(regels), tuple(one.finding for one in remarks))


_SHEET_ORDER = {blad.naam: place for place, blad in enumerate(BLAD_VAN.values())}


def _existing(graph: KnowledgeGraph, rows: Iterable[Rij]) -> Iterator[Inhoud]:
    """What the release has of every qualification and leerplan that the rows name."""
    for code in dict.fromkeys(code for rij in rows for code in _owners(graph, rij.inhoud)):
        try:
            yield from export(graph, [code])
        except UnknownCodeError:
            continue


def _owners(graph: KnowledgeGraph, inhoud: Inhoud) -> Iterator[str]:
    if isinstance(inhoud, Kwalificatie | Leerplan):
        yield inhoud.code
    elif isinstance(inhoud, Competentie | Deelkwalificatie):
        yield inhoud.kwalificatie
    elif isinstance(inhoud, Leerplandoel):
        yield inhoud.leerplan
    elif isinstance(inhoud, Kennis | Vaardigheid):
        is_version = inhoud.hoort_bij.startswith("BK-")
        yield from (inhoud.hoort_bij,) if is_version else version_of(graph, inhoud.hoort_bij)


def _new_or_changed(here: dict[tuple[str, str], Rij], there: dict[tuple[str, str], Inhoud]) -> Iterator[Planregel]:
    for which, rij in here.items():
        blad = BLAD_VAN[type(rij.inhoud)]
        cel = rij.cel(blad.sleutel[-1])
        if which not in there:
            yield Planregel(Actie.NIEUW, *which, cel)
        elif differences := tuple(_differences(rij, there[which], blad)):
            yield Planregel(Actie.WIJZIGT, *which, cel, differences)


def _differences(rij: Rij, old: Inhoud, blad: Blad) -> Iterator[Verschil]:
    for kolom in blad.kolommen:
        if kolom.veld in rij.letters and _value(rij.inhoud, kolom) != _value(old, kolom):
            yield Verschil(kolom.kop, rij.cel(kolom.veld), shown(old, kolom), shown(rij.inhoud, kolom))


def _value(inhoud: Inhoud, kolom: Kolom) -> object:
    """The value to compare: a graph keeps no order in a list."""
    value = getattr(inhoud, kolom.veld)
    return sorted(value) if kolom.soort in (Soort.CODES, Soort.REGELS) else value
