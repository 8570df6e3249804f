"""The phase of validity of a thing on a day, and the filter that asks for phases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from fastapi import Depends, Query

from ..graph.catalogus import Fase, Geldigheid, Kwalificatie


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


def phases(
    toekomstig: Annotated[bool, Query(description="Ook wat nog moet beginnen.")] = False,
    geldig: Annotated[bool, Query(description="Ook wat geldt.")] = False,
    overgang: Annotated[bool, Query(description="Ook wat vervangen is en nog loopt.")] = False,
    beeindigd: Annotated[bool, Query(description="Ook wat voorbij is.")] = False,
) -> frozenset[Fase]:
    """The phases that are asked for; all of them when none is."""
    asked = {Fase.TOEKOMSTIG: toekomstig, Fase.GELDIG: geldig, Fase.OVERGANG: overgang, Fase.BEEINDIGD: beeindigd}
    return frozenset(phase for phase, wanted in asked.items() if wanted) or frozenset(Fase)


Phases = Annotated[frozenset[Fase], Depends(phases)]
