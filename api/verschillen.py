"""What two versions of a qualification share and where they differ, and what that touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from ..graph.catalogus import Competentie, Kwalificatie
from ..pathways.bewoording import genormaliseerd
from .items import Verschilitem
from .live import Served


def verschil(van: Kwalificatie, naar: Kwalificatie) -> list[Verschilitem]:
    """Competence by competence, paired by equal text, then by equal references, in the order of the newer version.

    A pair is a way to read two lists side by side; it is no judgement that one proves the other (that is a bridge).
    """
    left = list(van.competenties)
    pairs = [(_taken(left, competentie), competentie) for competentie in naar.competenties]
    return [_compared(old, new) for old, new in pairs] + [_item("vervallen", old, None) for old in left]


def _taken(left: list[Competentie], new: Competentie) -> Competentie | None:
    """The competence of before that this one continues, taken from the list."""
    same = [old for old in left if _eender(old, new)]
    near = [old for old in left if old.referenties and set(old.referenties) == set(new.referenties)]
    some = [old for old in left if set(old.referenties) & set(new.referenties)]
    for group in (same, near, some):
        if group:
            left.remove(group[0])
            return group[0]
    return None


def _compared(old: Competentie | None, new: Competentie) -> Verschilitem:
    if old is None:
        return _item("nieuw", None, new)
    equal = _eender(old, new) and set(old.referenties) == set(new.referenties) and _kennis(old) == _kennis(new)
    return _item("gelijk" if equal else "gewijzigd", old, new)


def _eender(old: Competentie, new: Competentie) -> bool:
    """The same wording, as a bridge compares it: blanks, case and the final stop say nothing."""
    return genormaliseerd(old.tekst) == genormaliseerd(new.tekst)


def _kennis(competentie: Competentie | None) -> set[tuple[str, int]]:
    return {(item.tekst, item.diepte) for item in competentie.kennis} if competentie else set()


def _item(soort: str, old: Competentie | None, new: Competentie | None) -> Verschilitem:
    shown = new or old
    assert shown is not None
    return Verschilitem(
        soort=soort,
        nr=shown.nr,
        code=shown.code,
        referenties=shown.referenties,
        van=old.tekst if old else "",
        naar=new.tekst if new else "",
        kennis_weg=tuple(sorted(tekst for tekst, _ in _kennis(old) - _kennis(new))) if old and new else (),
        kennis_bij=tuple(sorted(tekst for tekst, _ in _kennis(new) - _kennis(old))) if old and new else (),
    )


def impact(served: Served, van: Kwalificatie, changes: Sequence[Verschilitem]) -> dict[str, Any]:
    """What would be touched if the older version were replaced: recognitions, flexible entries and decisions."""
    catalogus = served.catalogus
    codes = {van.code, van.reeks}
    gone = {one.code for one in changes if one.soort in ("vervallen", "gewijzigd")}
    touched: defaultdict[str, list[str]] = defaultdict(list)
    for erkenning in catalogus.erkenningen.values():
        for how in ("volledig", "gedeeltelijk"):
            if van.code in getattr(erkenning, how):
                touched[f"erkenningen_{how}"].append(erkenning.code)
        if erkenning.instap and codes & set(erkenning.instap.bewijzen):
            touched["flexibele_instap"].append(erkenning.code)
        touched["trajecten"] += [traject.code for traject in erkenning.trajecten if van.code in erkenning.volledig]
    touched["mappings"] = list(_mappings(served, van, gone))
    touched["deelkwalificaties"] = list(van.deelkwalificaties)
    return {name: sorted(set(found)) for name, found in sorted(touched.items())}


def _mappings(served: Served, van: Kwalificatie, gone: set[str]) -> Iterator[str]:
    iris = {competentie.iri for competentie in van.competenties if competentie.code in gone}
    for mapping in served.catalogus.mappings:
        if mapping.van in iris or mapping.naar in iris:
            yield mapping.iri
