"""School years: when a programme can be begun, under which recognition, and which recognition awards at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ..graph.catalogus import Erkenning

VOOR_ALTIJD = 9999
EERSTE_JAAR = 2016
"""Dual learning began as a pilot on 1 September 2016; nothing is planned before."""


class Aanvang(NamedTuple):
    """Begun on 1 September of any year from `van` to `tot` under `begin`, awarded under `einde`."""

    van: int
    tot: int
    begin: Erkenning
    einde: Erkenning


def eerste_september(jaar: int) -> date:
    """The first day of a school year.

    >>> eerste_september(2026)
    datetime.date(2026, 9, 1)
    """
    return date(jaar, 9, 1)


def dertig_juni(begin: int, jaren: int) -> date:
    """The last day of a programme of so many years that began in that year."""
    return date(begin + jaren, 6, 30)


def eerste_start(op: date) -> int:
    """The year of the first school year that begins on or after a day.

    >>> eerste_start(date(2026, 10, 9))
    2027
    """
    return op.year if op <= eerste_september(op.year) else op.year + 1


def aanvangen(erkenningen: Sequence[Erkenning], jaren: int) -> Iterator[Aanvang]:
    """The years in which a programme can be begun and ended.

    New recognitions come in year by year: first years begin under the newest that holds on 1 September. Each later year
    needs a recognition that holds; the same one awards if it lasts, else the newest (omzendbrief SO/64 §3.10).
    """
    erkend = [erkenning for erkenning in erkenningen if erkenning.status == "ERKEND"]
    if not erkend:
        return
    grenzen = {EERSTE_JAAR}
    for erkenning in erkend:
        for dag in (erkenning.geldigheid.van, erkenning.geldigheid.tot):
            if dag:
                grenzen |= set(range(dag.year - jaren, dag.year + 2))
    begin_jaren = sorted(jaar for jaar in grenzen if jaar >= EERSTE_JAAR)
    open_stuk: Aanvang | None = None
    for jaar, volgend in zip(begin_jaren, [*(each - 1 for each in begin_jaren[1:]), VOOR_ALTIJD], strict=True):
        paar = _in_jaar(erkend, jaar, jaren)
        if open_stuk and (paar is None or paar != (open_stuk.begin, open_stuk.einde)):
            yield open_stuk
            open_stuk = None
        if paar:
            open_stuk = Aanvang(open_stuk.van if open_stuk else jaar, volgend, *paar)
    if open_stuk:
        yield open_stuk


def _in_jaar(erkend: Sequence[Erkenning], jaar: int, jaren: int) -> tuple[Erkenning, Erkenning] | None:
    begin = _nieuwste(erkend, eerste_september(jaar))
    if begin is None:
        return None
    for later in range(jaar + 1, jaar + jaren):
        if _nieuwste(erkend, eerste_september(later)) is None:
            return None
    slot = dertig_juni(jaar, jaren)
    einde = begin if begin.geldigheid.omvat(slot) else _nieuwste(erkend, slot)
    return (begin, einde) if einde else None


def _nieuwste(erkend: Sequence[Erkenning], dag: date) -> Erkenning | None:
    geldig = [erkenning for erkenning in erkend if erkenning.geldigheid.omvat(dag)]
    return max(geldig, key=lambda each: (each.geldigheid.van or date.min, each.code), default=None)
