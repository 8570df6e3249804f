"""Ways that cost exactly the same: each is told, unless one told before names it as another choice of its steps.

Their order is by date and then by code. What kind of proof a way earns has no part in it: BK and OK are equals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .leertraject import Leertraject
from .vertelling import Dated, Verteller


def gelijken(verteller: Verteller, plannen: Iterable[Dated]) -> list[Leertraject]:
    """The Pareto-optimal ways of one vector; the same steps in another order are no other way."""
    handelingen = verteller.opgave.aanbod.handelingen

    def volgorde(plan: Dated) -> list[tuple[int, str]]:
        return [(jaar, handelingen[plaats].code) for plaats, jaar in plan if plaats >= 0]

    verteld: list[Leertraject] = []
    for plan in sorted(plannen, key=volgorde):
        codes = [code for _, code in volgorde(plan)]
        if not any(_past(codes, _keuzes(traject)) for traject in verteld):
            verteld.append(verteller.leertraject(plan, pareto=True))
    return verteld


def _keuzes(traject: Leertraject) -> list[set[str]]:
    return [{stap.code, *(ander.code for ander in stap.alternatieven)} for stap in traject.stappen]


def _past(codes: Sequence[str], keuzes: Sequence[set[str]]) -> bool:
    """Whether each of these steps is a choice of its own, in any order.

    >>> _past(["a", "b"], [{"b", "c"}, {"a", "b"}]), _past(["a", "b"], [{"b", "c"}, {"b"}])
    (True, False)
    """
    if not codes:
        return not keuzes
    return any(
        codes[0] in keuze and _past(codes[1:], [*keuzes[:nummer], *keuzes[nummer + 1 :]])
        for nummer, keuze in enumerate(keuzes)
    )
