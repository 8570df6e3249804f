"""What bridges are computed on: a release with the mapping decisions of the ledger, those of a moment ago included."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..besluiten.mappings import NIETS_BESLIST, Mappings, Mappingstand
from ..errors import AmbiguousCodeError, UnknownCodeError
from ..pathways.houder import vind_alle
from ..pathways.vergelijking import Vergelijking
from .live import Served
from .reading import Reading
from .zaken import decided_anything, zaken

GROOTBOEK = "Leerbrug-Grootboek"
"""The header that names the last entry about a mapping that an answer counts; `cache` forgets it at the next write."""

VIEWS = 4
"""How many views are kept: of a release with and without what comes from elsewhere, before and after a decision."""

MOST_HELD = 20


@dataclass(frozen=True)
class Beslist:
    """The view to compute on, the codes of what is held, and the decisions that the view counts."""

    view: Vergelijking
    held: tuple[str, ...]
    stand: Mappingstand
    headers: dict[str, str]


class Views:
    """The views of late: making one takes milliseconds, so it is made once for each decision and not for each bridge.

    >>> len(Views())
    0
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, str, int, bool], Vergelijking] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, served: Served, stand: Mappingstand, *, wider: bool) -> Vergelijking:
        """A release with these decisions; `wider` adds what comes from elsewhere."""
        bare = served.ruimer if wider else served.vergelijking
        if not stand.besluiten:
            return bare
        key = (served.release.number, served.release.version, stand.nummer, wider)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = bare.met_besluiten(stand.besluiten)
                while len(self._kept) > VIEWS:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]


def beslist(reading: Reading, van: Sequence[str], naar: str, op: date, tot: int | None = None) -> Beslist:
    """What to compute a bridge on: the decisions of now, or those up to entry `tot` of the ledger.

    What comes from elsewhere is taken in only where a code asks for it. Raises UnknownCodeError, AmbiguousCodeError.
    """
    known, stand = _stand(reading, tot)
    views: Views = reading.request.app.state.views
    held = tuple(code.strip() for code in van if code.strip())[:MOST_HELD]
    headers = {GROOTBOEK: str(stand.nummer), "Cache-Control": "no-cache"} if known else {}
    view = views.of(reading.served, stand, wider=False)
    try:
        vind_alle(view, [*held, naar], op)
    except UnknownCodeError as error:
        if not reading.served.elders or isinstance(error, AmbiguousCodeError):
            raise
        view = views.of(reading.served, stand, wider=True)
    return Beslist(view, held, stand, headers)


def _stand(reading: Reading, tot: int | None) -> tuple[bool, Mappingstand]:
    """Whether there is a ledger at all, and its decisions; a folder that nobody decides in is not written to."""
    if not decided_anything(reading.request):
        return False, NIETS_BESLIST
    mappings: Mappings = zaken(reading.request).mappings
    return True, mappings.nu() if tot is None else mappings.tot(tot)
