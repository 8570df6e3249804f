"""What a sector ratified reaches a leertraject through the command: what must be learned at work, and what cannot."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from leerbrug.api.zaken import database_van
from leerbrug.besluiten.grootboek import Grootboek
from leerbrug.besluiten.register import Keuring, Register
from leerbrug.besluiten.soorten import Bereik, Bereiksoort, Haalbaarheid, Haalbaarheidsbesluit
from leerbrug.besluiten.wereld import Wereld
from leerbrug.cli import app
from leerbrug.graph.releases import Release
from typer.testing import CliRunner

FIETSTECHNICUS, PROGRAMMA = "BK-0480-1", "99"
VRAAG = ["leertraject", "--heeft", "BK-0117-2", "--doel", PROGRAMMA, "--leeftijd", "17", "--op", "2026-10-09", "--json"]


@pytest.fixture(scope="module")
def folder(real_release: Release, own_folder: Callable[[Release], Path]) -> Path:
    return own_folder(real_release)


@pytest.fixture
def decided(
    folder: Path, real_release: Release, keuring: Keuring, toneel: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Register]:
    """The register of a ledger that stands beside the release, as the commands find it."""
    monkeypatch.delenv("LEERBRUG_DATABASE", raising=False)
    wereld = Wereld(real_release.catalogus())
    boek = Grootboek.open(database_van(folder, ""))
    yield toneel.met_mandaten(Register(boek, lambda: wereld, keuring))
    boek.close()
    Path(database_van(folder, "").removeprefix("sqlite:///")).unlink()


def asked(folder: Path, *more: str) -> dict[str, Any]:
    made = CliRunner().invoke(app, [*VRAAG, *more, "--data", str(folder)])
    return dict(json.loads(made.stdout))


def conflict(answer: dict[str, Any]) -> list[str]:
    return [each["voorwaarde"] for each in answer.get("onhaalbaar", {"conflict": []})["conflict"]]


def test_what_must_be_learned_at_work_closes_a_work_place_that_does_not_offer_it(
    folder: Path, decided: Register, real_release: Release, toneel: Any
) -> None:
    een, ander = toneel.codes(Wereld(real_release.catalogus()), FIETSTECHNICUS)[:2]
    assert conflict(asked(folder, "--werkplek", f"Gent:2:25::{ander}")) == []
    toneel.bekrachtigd(decided, toneel.besluit(een, Haalbaarheid.MOET, versie=FIETSTECHNICUS))
    without = asked(folder, "--werkplek", f"Gent:2:25::{ander}")
    assert conflict(without) == ["werkplekken"]
    assert {"programma": PROGRAMMA, "reden": "", "moet": [een]} in without["vraag"]["wens"]["grenzen"]
    offered = asked(folder, "--werkplek", f"Gent:2:25::{een}+{ander}")
    (step,) = offered["leertrajecten"][0]["stappen"]
    assert step["programma"] == PROGRAMMA
    told = [each["tekst"]["nl"] for each in step["onzeker"]]
    assert f"volgens de sector op de werkplek te leren: {een}" in told


def test_what_cannot_be_dual_closes_the_programme(folder: Path, decided: Register, toneel: Any) -> None:
    toneel.bekrachtigd(
        decided,
        Haalbaarheidsbesluit(
            instantie=toneel.BOUW,
            bereik=Bereik(Bereiksoort.PROGRAMMA, programma=PROGRAMMA),
            haalbaarheid=Haalbaarheid.KAN_NIET,
            reden="in de streek is geen werkplek (toets)",
            geldigheid=toneel.VANAF,
        ),
    )
    assert conflict(asked(folder)) == ["besluiten"]
