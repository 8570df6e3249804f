"""What a steward looks after: the sources, the last build, what the checks found and where, the releases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from ...besluiten.tokens import Token
from ...graph.releases import DUMPS, GRAPH, REPORT
from ..live import Live, Served
from ..pages import Page
from .start import bronnen

PER_BLAD = 50


class Uitgave(NamedTuple):
    """A release: its number, the day it was made, its triples, and the files to take along with their sizes."""

    nummer: int
    gemaakt: datetime
    triples: int
    huidig: bool
    bestanden: list[tuple[str, str]]


@lru_cache(maxsize=4)
def verslag(served: Served) -> Mapping[str, Any]:
    """The report of a release."""
    report: Mapping[str, Any] = orjson.loads(served.release.report())
    return report


def beheerpagina(page: Page, tokens: Sequence[Token]) -> bytes:
    """Everything at once; the findings of one rule or severity when the address asks for them.

    Of a token its mark, role, body, days and state are shown; whose it is, only the beheerder sees, who withdraws it at
    /sector/tokens. Making is done by command, so the commands stand beside the list, ready to be copied.
    """
    query = page.request.query_params
    report = verslag(page.served)
    regel, ernst = query.get("regel", ""), query.get("ernst", "")
    gekozen = [
        bevinding
        for bevinding in report["bevindingen"]
        if (not regel or bevinding["regel"] == regel) and (not ernst or bevinding["ernst"] == ernst)
    ]
    blad = max(1, int(query.get("blad", "1"))) if query.get("blad", "1").isdigit() else 1
    values = {
        "bronnen": bronnen(page),
        "uitgaven": uitgaven(page),
        "tellingen": report["tellingen"],
        "regels": _regels(report["bevindingen"], page.taal),
        "bevindingen": gekozen[(blad - 1) * PER_BLAD : blad * PER_BLAD],
        "aantal": len(gekozen),
        "blad": blad,
        "bladen": -(-len(gekozen) // PER_BLAD),
        "regel": regel,
        "ernst": ernst,
        "geslaagd": report["geslaagd"],
        "tokens": gesorteerd(tokens, datetime.now(UTC)),
    }
    return page.html("beheer.html", values)


BALD = timedelta(days=14)
"""How long before its end a token is said to end soon."""

TOESTANDEN = ("in gebruik", "vervalt binnenkort", "vervallen", "ingetrokken")


def toestand(token: Token, nu: datetime) -> str:
    """In which of TOESTANDEN a token is at a moment."""
    if token.ingetrokken:
        return "ingetrokken"
    rest = datetime.fromisoformat(token.vervalt) - nu
    if rest <= timedelta():
        return "vervallen"
    return "vervalt binnenkort" if rest < BALD else "in gebruik"


def gesorteerd(tokens: Iterable[Token], nu: datetime) -> list[tuple[Token, str]]:
    """The tokens by role and body, each with its state at a moment."""
    return [(token, toestand(token, nu)) for token in sorted(tokens, key=_sleutel)]


def _sleutel(token: Token) -> tuple[str, str, str]:
    return token.rol, token.instantie, token.gemaakt


def _regels(bevindingen: list[Mapping[str, Any]], taal: str) -> list[tuple[str, str, str, int]]:
    """Per rule its severity, an example of what it says, and how often; the gravest and most frequent first."""
    aantal = Counter((b["ernst"], b["regel"]) for b in bevindingen)
    voorbeeld = {b["regel"]: b["detail"].get(taal) or b["detail"].get("nl", "") for b in reversed(bevindingen)}
    orde = {"fout": 0, "waarschuwing": 1, "opmerking": 2}
    rows = [(ernst, regel, voorbeeld[regel], number) for (ernst, regel), number in aantal.items()]
    return sorted(rows, key=lambda row: (orde.get(row[0], 3), -row[3], row[1]))


def uitgaven(page: Page) -> list[Uitgave]:
    """The releases, newest first."""
    live: Live = page.request.app.state.live
    return [
        Uitgave(
            release.number,
            datetime.fromtimestamp((release.folder / "manifest.json").stat().st_mtime, UTC),
            release.manifest.triples,
            release.number == page.served.release.number,
            [
                (part.path.rpartition("/")[2], grootte(page, (release.folder / part.path).stat().st_size))
                for part in release.manifest.parts
                if part.path in (GRAPH, REPORT) or part.path.startswith(f"{DUMPS}/")
            ],
        )
        for release in sorted(live.releases, key=lambda one: -one.number)
    ]


def grootte(page: Page, octets: int) -> str:
    """The size of a file as people read it."""
    if octets >= 1_000_000:
        return f"{page.getal(round(octets / 1_000_000))} MB"
    return f"{page.getal(-(-octets // 1_000))} kB"
