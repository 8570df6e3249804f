"""Standards for the recognition of acquired competences (EVC): which qualifications one can prove without a programme.

Decreet van 26 april 2019 and BVR van 19 juli 2019: only a BK or DBK, never an OK, by its standard, in a recognised test
centre. `ontology/evc-standaarden.csv` names the published instruments with their source; which BK an instrument proves
is paired by title, and left open where a title fits none or more than one.
"""

from __future__ import annotations

import csv
from functools import cache

import msgspec

from ..graph.vocabulary import ONTOLOGY


class Evcstandaard(msgspec.Struct, frozen=True):
    """One instrument; `reeks` is the line of the BK that it proves, empty where that is not certain."""

    instrument: str
    naam: str
    reeks: str
    koppeling: str
    bron: str


@cache
def evc_standaarden() -> tuple[Evcstandaard, ...]:
    """Every instrument, in order.

    >>> evc_standaarden()[2].reeks
    'BK-0056'
    """
    tekst = (ONTOLOGY / "evc-standaarden.csv").read_text(encoding="utf-8")
    return tuple(Evcstandaard(**rij) for rij in csv.DictReader(tekst.splitlines()))


def evc_standaard(reeks: str) -> Evcstandaard | None:
    """The instrument for a line of qualifications, None where none is known."""
    return next((standaard for standaard in evc_standaarden() if reeks and standaard.reeks == reeks), None)
