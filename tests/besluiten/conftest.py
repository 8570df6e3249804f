"""A world of decisions: a small release, both databases for real, bodies with a mandate, and people who meet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from fastapi import FastAPI
from leerbrug.api.app import create_app
from leerbrug.api.keuring import shacl_keuring
from leerbrug.api.settings import Settings
from leerbrug.bench.postgresql import cluster, servertools
from leerbrug.bench.postgresql import database as database_in
from leerbrug.besluiten.grootboek import Grootboek
from leerbrug.besluiten.register import Keuring, Maak, Register, Stap
from leerbrug.besluiten.soorten import (
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
from leerbrug.besluiten.toestand import Handeling, Stuk
from leerbrug.besluiten.wereld import Wereld
from leerbrug.graph.catalogus import Geldigheid
from leerbrug.graph.releases import Release

from ..servers import missing
from .klanten import Klant, bemand, served

BOUW = Instantie(Instantiesoort.SECTOR, "bouw")
VOEDING = Instantie(Instantiesoort.SECTOR, "voedingsnijverheid")
BEHEER = Wie(Rol.BEHEERDER, "Beheer")
AN, BO = Wie(Rol.SECTOR, "An", "sector/bouw"), Wie(Rol.SECTOR, "Bo", "sector/bouw")
CAS, DOE = Wie(Rol.SECTOR, "Cas", "sector/voedingsnijverheid"), Wie(Rol.SECTOR, "Doe", "sector/voedingsnijverheid")
STUKADOOR = "BK-0130-5"
VANAF = Geldigheid(date(2026, 1, 1))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A PostgreSQL cluster of our own, run by a user without rights, gone with the session."""
    if servertools() is None:
        missing("PostgreSQL (server)")
    with cluster() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database, on each engine in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'besluiten.sqlite'}"
        return
    with database_in(request.getfixturevalue("postgresql")) as address:
        yield address


@pytest.fixture
def grootboek(url: str) -> Iterator[Grootboek]:
    boek = Grootboek.open(url)
    yield boek
    boek.close()


@pytest.fixture
def klein(tmp_path: Path) -> Iterator[Grootboek]:
    """A ledger on SQLite only, where the engine does not matter."""
    boek = Grootboek.open(f"sqlite:///{tmp_path / 'klein.sqlite'}")
    yield boek
    boek.close()


@pytest.fixture(scope="session")
def release(sample_release: Release) -> Release:
    """A release of the embedded sample."""
    return sample_release


@pytest.fixture(scope="session")
def wereld(release: Release) -> Wereld:
    return Wereld(release.catalogus())


@pytest.fixture(scope="session")
def keuring() -> Keuring:
    return shacl_keuring()


class Toneel:
    """The people, bodies and sentences that every test may use."""

    BOUW, VOEDING, BEHEER, AN, BO, CAS, DOE = BOUW, VOEDING, BEHEER, AN, BO, CAS, DOE
    STUKADOOR, VANAF = STUKADOOR, VANAF

    def __init__(self) -> None:
        self.mandaat, self.besluit, self.bekrachtigd = mandaat, besluit, bekrachtigd
        self.codes, self.met_mandaten = codes, met_mandaten


@pytest.fixture(scope="session")
def toneel() -> Toneel:
    return Toneel()


@pytest.fixture
def register(klein: Grootboek, wereld: Wereld, keuring: Keuring) -> Register:
    """A register in which the sectors bouw and voedingsnijverheid may decide on everything."""
    return met_mandaten(Register(klein, lambda: wereld, keuring))


def met_mandaten(register: Register) -> Register:
    for instantie in (BOUW, VOEDING):
        register.voer_uit([Maak(mandaat(instantie))], BEHEER)
    return register


def mandaat(instantie: Instantie, *reikwijdte: str, van: date = date(2020, 1, 1), tot: date | None = None) -> Mandaat:
    return Mandaat(
        instantie=instantie,
        bereik=Bereik(Bereiksoort.PROGRAMMA),
        grondslag="samenwerkingsakkoord (toets)",
        geldigheid=Geldigheid(van, tot),
        reikwijdte=reikwijdte,
    )


def besluit(
    code: str,
    haalbaarheid: Haalbaarheid = Haalbaarheid.KAN,
    instantie: Instantie = BOUW,
    versie: str = STUKADOOR,
    **rest: Any,
) -> Haalbaarheidsbesluit:
    reden = "omdat het op een werf geleerd wordt" if haalbaarheid is not Haalbaarheid.KAN else ""
    velden = {"reden": reden, "geldigheid": VANAF} | rest
    bereik = Bereik(Bereiksoort.COMPETENTIE, versie, (code,))
    return Haalbaarheidsbesluit(instantie=instantie, bereik=bereik, haalbaarheid=haalbaarheid, **velden)


def bekrachtigd(register: Register, gezegd: Any, een: Wie = AN, twee: Wie = BO) -> Stuk:
    """Drawn up and submitted by one, ratified by another."""
    (stuk,) = register.voer_uit([Maak(gezegd)], een)
    (stuk,) = register.voer_uit([Stap(stuk.id, stuk.versie, Handeling.LEG_VOOR)], een)
    return register.voer_uit([Stap(stuk.id, stuk.versie, Handeling.BEKRACHTIG)], twee)[0]


def codes(wereld: Wereld, versie: str = STUKADOOR) -> list[str]:
    return [competentie.code for competentie in wereld.kwalificatie(versie).competenties]


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'api.sqlite'}"


@pytest.fixture(scope="session")
def server(release: Release) -> Iterator[tuple[FastAPI, httpx.Client]]:
    """One server for all these tests; each gives it a database of its own."""
    app = create_app(Settings(release.folder.parent, rate=1e6, burst=10**6))
    with served(app) as client:
        yield app, client


@pytest.fixture
def people(
    server: tuple[FastAPI, httpx.Client], release: Release, database: str, toneel: Any
) -> Iterator[dict[str, Klant]]:
    """People with tokens on an empty ledger."""
    with bemand(*server, release, database, toneel) as klanten:
        yield klanten


@pytest.fixture
def gezegd(toneel: Any, wereld: Wereld) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(toneel.besluit(toneel.codes(wereld)[0], reden="op de werf"))
    return found
