"""Standards for the recognition of acquired competences (EVC): which qualifications one can prove without a programme.

Decreet van 26 april 2019 and BVR van 19 juli 2019: only a BK or DBK, never an OK, by its standard, in a recognised test
centre. The list beside this module names the instruments published on erkennenvanverworvencompetenties.be; which BK an
instrument proves is paired by title, and left open where a title fits none or more than one.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

import msgspec


class Evcstandaard(msgspec.Struct, frozen=True):
    """One instrument; `reeks` is the line of the BK that it proves, empty where that is not certain."""

    instrument: str
    naam: str
    reeks: str
    koppeling: str


@cache
def evc_standaarden() -> tuple[Evcstandaard, ...]:
    """Every instrument, in order.

    >>> evc_standaarden()[2].reeks
    'BK-0056'
    """
    tekst = (files(__package__) / "evc_standaarden.csv").read_text(encoding="utf-8")
    return tuple(Evcstandaard(**rij) for rij in csv.DictReader(tekst.splitlines()))


def evc_standaard(reeks: str) -> Evcstandaard | None:
    """The instrument for a line of qualifications, None where none is known."""
    return next((standaard for standaard in evc_standaarden() if reeks and standaard.reeks == reeks), None)
