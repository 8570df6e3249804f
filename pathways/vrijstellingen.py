"""Exemptions that could be asked: a BK or DBK of a step whose every competence is covered by what is held.

Only hard credit counts (verdict *gedekt*); who decides is the school. No hours are taken off: the source gives none,
and an exemption that was granted comes as a record (`Vrijstelling`), which does change the plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from ..errors import InputError, UnknownCodeError
from ..graph.catalogus import Catalogus, Kwalificatie
from .handelingen import Handeling, naam_van
from .houder import vind, zeker
from .leertraject import Onzekerheid, onzeker
from .oordeel import Verdict, Weegschaal
from .vergelijking import Vergelijking


class Vrijstelbaar:
    """What these codes cover in full, asked qualification by qualification; nothing is prepared before it is asked."""

    def __init__(self, catalogus: Catalogus, heeft: tuple[str, ...], op: date) -> None:
        self.catalogus, self.heeft, self.op = catalogus, heeft, op
        self._bekend: dict[str, bool] = {}

    @cached_property
    def _schaal(self) -> Weegschaal:
        vergelijking = Vergelijking(self.catalogus)
        dingen = []
        for code in self.heeft:
            try:
                dingen.append(vind(vergelijking, code, self.op))
            except (UnknownCodeError, InputError):
                continue  # a word of the rules ("graad2:A") or a line with several versions names no competences
        return Weegschaal(vergelijking, zeker(vergelijking, dingen))

    def dekt(self, kwalificatie: Kwalificatie) -> bool:
        """Whether every competence of it is covered; one whose competences are not known is not."""
        if not self.heeft or not kwalificatie.competenties:
            return False
        if kwalificatie.code not in self._bekend:
            self._bekend[kwalificatie.code] = all(
                self._schaal.weeg(each).verdict is Verdict.GEDEKT for each in kwalificatie.competenties
            )
        return self._bekend[kwalificatie.code]

    def van(self, handeling: Handeling) -> Iterator[Onzekerheid]:
        """For each part of a step that is covered, that an exemption is possible and who decides."""
        einde = self.catalogus.erkenningen.get(handeling.einde)
        for code in einde.volledig if einde else ():
            kwalificatie = self.catalogus.kwalificaties.get(code)
            if kwalificatie and self.dekt(kwalificatie):
                yield onzeker("vrijstelling", naam=naam_van(kwalificatie), code=code)
