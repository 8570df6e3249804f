"""The phase of validity of a thing on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .catalogus import Fase, Geldigheid, Kwalificatie


def fase_op(geldigheid: Geldigheid, op: date, *, vervangen: bool = False) -> Fase:
    """The phase on a day; what a newer version replaced and nothing ended is in transition.

    >>> fase_op(Geldigheid(date(2027, 9, 1), None), date(2026, 9, 1)).value
    'toekomstig'
    """
    if geldigheid.van and op < geldigheid.van:
        return Fase.TOEKOMSTIG
    if geldigheid.tot and op > geldigheid.tot:
        return Fase.BEEINDIGD
    return Fase.OVERGANG if vervangen else Fase.GELDIG


def fase(kwalificatie: Kwalificatie, op: date, known: Mapping[str, Kwalificatie]) -> Fase:
    """The phase of a qualification: replaced only once its newest version holds."""
    newest = known.get(kwalificatie.nieuwste)
    replaced = newest is not None and newest.code != kwalificatie.code and newest.geldigheid.omvat(op)
    return fase_op(kwalificatie.geldigheid, op, vervangen=replaced)
