"""Decisions measured: writes a second, alone and together, and the time until SPARQL sees a ratified one."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..api.keuring import shacl_keuring
from ..besluiten.grootboek import Grootboek
from ..besluiten.lopend import Lopend
from ..besluiten.projectie import Projectie, besluit_iri
from ..besluiten.register import Maak, Register, Stap
from ..besluiten.soorten import (
    Bereik,
    Bereiksoort,
    Haalbaarheid,
    Haalbaarheidsbesluit,
    Instantie,
    Instantiesoort,
    Mandaat,
    Rol,
    Wie,
)
from ..besluiten.toestand import Handeling
from ..besluiten.wereld import Wereld
from ..graph.catalogus import Geldigheid
from ..graph.names import Names
from ..graph.releases import Release

BOUW = Instantie(Instantiesoort.SECTOR, "bouw")
EEN, TWEE = Wie(Rol.SECTOR, "Een", "sector/bouw"), Wie(Rol.SECTOR, "Twee", "sector/bouw")
ZICHTBAAR = "tot SPARQL het ziet, traagste"
"""The figure that may not pass a second."""

_SEEN = "ASK { ?besluit leer:besluitstatus <https://w3id.org/leerbrug/codelijst/besluitstatus/bekrachtigd> }"


@dataclass(frozen=True, slots=True)
class Meting:
    """One figure."""

    what: str
    value: float
    unit: str


def bench_besluiten(release: Release, url: str, writes: int = 200, looks: int = 20) -> Iterator[Meting]:
    """The figures of an empty ledger at this address, over this release; every rule and shape applies to each write."""
    wereld = Wereld(release.catalogus())
    boek = Grootboek.open(url)
    register = Register(boek, lambda: wereld, shacl_keuring())
    _mandate(register)
    drafts = list(_drafts(wereld, writes * 2 + looks))
    yield Meting("schrijven, één na één", _speed(register, drafts[:writes], 1), "besluiten/s")
    yield Meting("schrijven, 32 tegelijk", _speed(register, drafts[writes : writes * 2], 32), "besluiten/s")
    lopend = Lopend(release, Projectie(boek, Names(wereld.catalogus.basis), lambda: wereld), wacht=0)
    times = sorted(_visible(register, lopend, draft) for draft in drafts[writes * 2 :])
    lopend.close()
    yield Meting("tot SPARQL het ziet, mediaan", 1000 * statistics.median(times), "ms")
    yield Meting(ZICHTBAAR, 1000 * times[-1], "ms")
    began = time.perf_counter()
    entries = boek.verifieer()
    yield Meting("zegels nakijken", entries / (time.perf_counter() - began), "regels/s")
    boek.close()


def _mandate(register: Register) -> None:
    given = Mandaat(
        instantie=BOUW,
        bereik=Bereik(Bereiksoort.PROGRAMMA),
        grondslag="meting",
        geldigheid=Geldigheid(date(2020, 1, 1)),
    )
    register.voer_uit([Maak(given)], Wie(Rol.BEHEERDER, "Meting"))


def _drafts(wereld: Wereld, number: int) -> Iterator[Haalbaarheidsbesluit]:
    """Decisions on as many competences of the release as asked, one period after the other where they run out."""
    codes = [
        (kwalificatie.code, competentie.code)
        for kwalificatie in wereld.catalogus.kwalificaties.values()
        if not kwalificatie.deel_van
        for competentie in kwalificatie.competenties
    ]
    for count in range(number):
        versie, code = codes[count % len(codes)]
        year = 1900 + count // len(codes)
        yield Haalbaarheidsbesluit(
            instantie=BOUW,
            bereik=Bereik(Bereiksoort.COMPETENTIE, versie, (code,)),
            haalbaarheid=Haalbaarheid.MOET,
            reden="meting",
            geldigheid=Geldigheid(date(year, 1, 1), date(year, 12, 31)),
        )


def _speed(register: Register, drafts: list[Haalbaarheidsbesluit], together: int) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(together) as pool:
        list(pool.map(lambda draft: register.voer_uit([Maak(draft)], EEN), drafts))
    return len(drafts) / (time.perf_counter() - began)


def _visible(register: Register, lopend: Lopend, draft: Haalbaarheidsbesluit) -> float:
    """Seconds between the acknowledged ratification and the answer that has it."""
    (stuk,) = register.voer_uit([Maak(draft)], EEN)
    register.voer_uit([Stap(stuk.id, 1, Handeling.LEG_VOOR)], EEN)
    register.voer_uit([Stap(stuk.id, 2, Handeling.BEKRACHTIG)], TWEE)
    node, began = besluit_iri(lopend.projectie.names, draft, stuk.id), time.perf_counter()
    while not lopend.graph().ask(_SEEN, besluit=node):
        time.sleep(0.001)
    return time.perf_counter() - began


def sqlite_in(folder: Path) -> str:
    """The address of a ledger in a folder."""
    return f"sqlite:///{folder / 'meting.sqlite'}"
