"""Chains of exactMatch decisions: what is the same as the same thing is the same, unless two codes of one list meet."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from functools import cached_property

import msgspec

from ..graph.catalogus import Mappingbesluit

Keten = tuple[Mappingbesluit, ...]
"""Two or more decisions, each on the item where the one before it ended."""


class Botsing(msgspec.Struct, frozen=True):
    """Two items of one framework that chains of exactMatch make the same; one of the decisions must be wrong."""

    kader: str
    een: str
    ander: str
    besluiten: Keten


class Ketens:
    """The exactMatch decisions that stand, followed from item to item; closeMatch is never chained (§1.5).

    `kaders` names the frameworks of an item. A framework gives each meaning one code, so a chain that joins two of its
    codes is wrong somewhere: everything that hangs together with it proves nothing, and `botsingen` says so.
    """

    def __init__(
        self,
        staand: Mapping[str, Mapping[str, Mappingbesluit]],
        kaders: Callable[[str], tuple[str, ...]],
    ) -> None:
        self._staand, self._kaders = staand, kaders
        self._gevonden: dict[str, dict[str, Keten]] = {}

    def _buren(self, iri: str) -> list[tuple[str, Mappingbesluit]]:
        rij = self._staand.get(iri, {})
        return sorted((a, b) for a, b in rij.items() if b.predicaat == "exactMatch" and not b.ontkend)

    def _bereik(self, iri: str) -> dict[str, Keten]:
        """By item that can be reached: the shortest chain from there to here; between equals the first by IRI."""
        wegen: dict[str, Keten] = {iri: ()}
        rij = deque([iri])
        while rij:
            hier = rij.popleft()
            for ander, besluit in self._buren(hier):
                if ander not in wegen:
                    wegen[ander] = (besluit, *wegen[hier])
                    rij.append(ander)
        return wegen

    def naar(self, gevraagd: str) -> Mapping[str, Keten]:
        """By item that a chain makes the same as the asked one: the chain.

        A pair that someone decided on directly is left to that decision; a clash leaves nothing.
        """
        if gevraagd not in self._gevonden:
            self._gevonden[gevraagd] = {} if self.botst(gevraagd) else self._zonder_besluit(gevraagd)
        return self._gevonden[gevraagd]

    def _zonder_besluit(self, gevraagd: str) -> dict[str, Keten]:
        direct = self._staand.get(gevraagd, {})
        return {
            ander: keten for ander, keten in self._bereik(gevraagd).items() if len(keten) > 1 and ander not in direct
        }

    def botst(self, iri: str) -> Botsing | None:
        """The clash among what hangs together with an item, if there is one."""
        return self._per_item.get(iri)

    @cached_property
    def _per_item(self) -> Mapping[str, Botsing]:
        uit: dict[str, Botsing] = {}
        gezien: set[str] = set()
        for iri in sorted(self._staand):
            if iri not in gezien:
                samen = sorted(self._bereik(iri))
                gezien.update(samen)
                if len(samen) > 2 and (botsing := self._botsing(samen)):
                    uit |= dict.fromkeys(samen, botsing)
        return uit

    def _botsing(self, samen: list[str]) -> Botsing | None:
        eerste: dict[str, str] = {}
        for iri in samen:
            for kader in self._kaders(iri):
                if kader in eerste:
                    return Botsing(kader, eerste[kader], iri, self._bereik(iri)[eerste[kader]])
                eerste[kader] = iri
        return None

    @property
    def botsingen(self) -> tuple[Botsing, ...]:
        """Every clash, each once, in order of its first item."""
        return tuple(dict.fromkeys(self._per_item.values()))


EIGEN = "/id/competentie/"
"""In the IRIs of Flemish competences: their codes are private to the version of the qualification that has them."""


def kader_van_iri(iri: str) -> str:
    """The framework of an item by its IRI alone: the list that it stands in, with its release.

    >>> kader_van_iri("http://data.europa.eu/esco/skill/abc")
    'http://data.europa.eu/esco/skill'
    >>> kader_van_iri("https://x.be/id/rome-item/12/460")
    'https://x.be/id/rome-item/*/460'
    """
    lijst, id_, rest = iri.partition("/id/")
    delen = rest.split("/")
    return f"{lijst}/id/{delen[0]}/*/{delen[2]}" if id_ and len(delen) == 3 else iri.rpartition("/")[0] or iri
