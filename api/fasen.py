"""The filter that asks for phases of validity."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from ..graph.catalogus import Fase


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
