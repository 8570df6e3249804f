"""The list of qualifications with its facets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache

import msgspec

from ..graph.catalogus import Erkenning, Fase, Kwalificatie, Kwalificatiesoort, Studiebewijs
from ..graph.fasen import fase, fase_op
from .addresses import href_of
from .items import Kwalificatieitem
from .live import Served
from .reading import Reading

SOORTEN = {
    "beroeps": Kwalificatiesoort.BEROEPSKWALIFICATIE.value,
    "deel": Kwalificatiesoort.DEELKWALIFICATIE.value,
    "onderwijs": "onderwijskwalificatie",
}
"""What `soort=` says -> what an item says."""
SOORTVOLGORDE = tuple(SOORTEN.values())
"""Kind beside kind, as they are named; it orders a list and nothing else."""


class Facetten(msgspec.Struct, frozen=True, kw_only=True):
    """What a search asks for; None and empty do not narrow it."""

    fasen: frozenset[Fase]
    soort: str | None = None
    vks_niveau: int | None = None
    ok_niveau: int | None = None
    domein: str = ""
    duaal: bool | None = None

    def tests(self, served: Served) -> Iterator[Callable[[Kwalificatieitem], bool]]:
        """One test for each facet that narrows."""
        yield lambda item: Fase(item.fase) in self.fasen
        if self.soort is not None:
            yield lambda item: item.soort == SOORTEN[str(self.soort)]
        if self.vks_niveau is not None:
            yield lambda item: item.vks_niveau == self.vks_niveau
        if self.ok_niveau is not None:
            yield lambda item: item.ok_niveau == self.ok_niveau
        if self.domein:
            yield self._in_domein(served)
        if self.duaal is not None:
            codes = duale(served)
            yield lambda item: (item.code in codes) is self.duaal

    def _in_domein(self, served: Served) -> Callable[[Kwalificatieitem], bool]:
        """In the domain of that name; where there is none, in any of which it is a part of the name."""
        asked = self.domein.casefold()
        if asked in domeinnamen(served):
            return lambda item: any(asked == one.casefold() for one in item.domeinen)
        return lambda item: any(asked in one.casefold() for one in item.domeinen)


def kwalificatieitems(reading: Reading, asked: Facetten) -> list[Kwalificatieitem]:
    """The qualifications that have every facet that is asked for, in order of code."""
    tests = list(asked.tests(reading.served))
    every = (*_beroeps(reading), *_onderwijs(reading))
    return sorted(
        (item for item in every if all(test(item) for test in tests)),
        key=lambda item: (SOORTVOLGORDE.index(item.soort), item.code, item.id),
    )


def facets(items: Sequence[Kwalificatieitem]) -> dict[str, dict[str, int]]:
    """How many there are of each kind, level, phase and domain."""
    counted: dict[str, Counter[str]] = {
        "soort": Counter(item.soort for item in items),
        "vksNiveau": Counter(str(item.vks_niveau) for item in items if item.vks_niveau is not None),
        "okNiveau": Counter(str(item.ok_niveau) for item in items if item.ok_niveau is not None),
        "fase": Counter(item.fase for item in items),
        "domein": Counter(domein for item in items for domein in item.domeinen),
    }
    return {name: dict(sorted(counts.items())) for name, counts in counted.items()}


@lru_cache(maxsize=8)
def domeinnamen(served: Served) -> frozenset[str]:
    """The names of the domains in which a release has qualifications, in lower case."""
    return frozenset(name.casefold() for one in served.catalogus.kwalificaties.values() for name in one.domeinen)


def duale(served: Served) -> frozenset[str]:
    """The codes of qualifications that a dual programme contains in full, and the recognitions of such programmes."""
    catalogus = served.catalogus
    dual = [e for e in catalogus.erkenningen.values() if e.programma and catalogus.programmas[e.programma].duaal]
    return frozenset(code for erkenning in dual for code in (erkenning.code, *erkenning.volledig))


def _beroeps(reading: Reading) -> Iterator[Kwalificatieitem]:
    known = reading.served.catalogus.kwalificaties
    return (kwalificatieitem(reading, one) for one in known.values() if one.soort in tuple(SOORTEN.values()))


def kwalificatieitem(reading: Reading, one: Kwalificatie) -> Kwalificatieitem:
    """What a list shows of a version or a deelkwalificatie."""
    return Kwalificatieitem(
        href=reading.href(href_of(one.iri, reading.base)),
        id=one.iri,
        code=one.code,
        naam=one.naam,
        soort=one.soort.value,
        versie=one.versie or None,
        vks_niveau=one.niveau,
        fase=fase(one, reading.on, reading.served.catalogus.kwalificaties).value,
        begindatum=one.geldigheid.van,
        einddatum=one.geldigheid.tot,
        domeinen=one.domeinen,
    )


def _onderwijs(reading: Reading) -> Iterator[Kwalificatieitem]:
    """Every onderwijskwalificatie that a recognition awards."""
    for erkenning in reading.served.catalogus.erkenningen.values():
        for bewijs in erkenning.studiebewijzen:
            if bewijs.ok_niveau is not None:
                yield _onderwijskwalificatie(reading, erkenning, bewijs, reading.on)


def _onderwijskwalificatie(reading: Reading, erkenning: Erkenning, bewijs: Studiebewijs, op: date) -> Kwalificatieitem:
    return Kwalificatieitem(
        href=reading.href(href_of(bewijs.iri, reading.base)),
        id=bewijs.iri,
        code=erkenning.code,
        naam={"nl": bewijs.naam},
        soort=SOORTEN["onderwijs"],
        ok_niveau=bewijs.ok_niveau,
        fase=fase_op(erkenning.geldigheid, op).value,
        begindatum=erkenning.geldigheid.van,
        einddatum=erkenning.geldigheid.tot,
    )
