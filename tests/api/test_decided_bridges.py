"""A decision on a mapping narrows every bridge at once, over HTTP: in JSON-LD, on the page and in the gap."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from leerbrug.api.settings import Settings
from leerbrug.besluiten.soorten import Rol
from leerbrug.besluiten.tabellen import open_database
from leerbrug.besluiten.tokens import Tokens
from leerbrug.cli import app
from leerbrug.graph.releases import Release
from typer.testing import CliRunner

from .conftest import serving

HELD = "bkc0044869"
ASK = {"van": "BK-0002-3", "naar": "BK-0068-2"}


@pytest.fixture(scope="module")
def folder(sample_release: Release, own_folder: Callable[[Release], Path]) -> Path:
    return own_folder(sample_release)


@pytest.fixture(scope="module")
def token(folder: Path) -> str:
    tokens = Tokens(open_database(f"sqlite:///{folder / 'besluiten.sqlite'}"))
    return tokens.maak(Rol.ONTWERPER, "Eva", None, 1)[0]


@pytest.fixture(scope="module")
def client(folder: Path, token: str) -> Iterator[httpx.Client]:
    """Answers may be kept for a minute: what a decision changes must be forgotten when it is taken."""
    with serving(Settings(data=folder, refresh=60)) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


def bridge(client: httpx.Client, **more: str) -> dict[str, Any]:
    answer = client.get("/v1/bruggen", params={**ASK, **more}, headers={"Accept": "application/ld+json"})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def decide(client: httpx.Client, token: str, van: str, naar: str, **more: Any) -> httpx.Response:
    said = {
        "instantie": {"soort": "sector", "code": "handel"},
        "bereik": {"soort": "programma"},
        "van": van,
        "predicaat": "exactMatch",
        "naar": naar,
        "reden": "zelfde taak, nagekeken",
        **more,
    }
    answer = client.post("/v1/mappingbesluiten", json=said, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 201, answer.text
    return answer


def test_deciding_narrows_the_interval_at_once(
    client: httpx.Client, token: str, folder: Path, tmp_path: Path, sample_release: Release
) -> None:
    before = bridge(client)
    assert "grootboek" not in before
    row = next(c for c in before["competenties"] if c["verdict"] == "onvergelijkbaar")
    held = sample_release.catalogus().kwalificaties["BK-0002-3"].competenties
    iri = next(c.iri for c in held if c.code == HELD)
    days = {date.today().isoformat()}
    record = decide(client, token, iri, row["id"]).json()
    days.add(date.today().isoformat())

    after = bridge(client)
    width = [one["interval"]["mogelijk"] - one["interval"]["bewezen"] for one in (before, after)]
    assert width[1] == width[0] - 1
    assert after["dekking"]["gedekt"] == before["dekking"]["gedekt"] + 1
    (cited,) = next(c for c in after["competenties"] if c["id"] == row["id"])["evidence"][0]["besluiten"]
    assert cited["id"].endswith(f"/id/mapping/{record['id']}")
    assert (cited["predicaat"], cited["auteur"], cited["rechtvaardiging"]) == (
        "exactMatch",
        "Eva",
        "zelfde taak, nagekeken",
    )
    assert cited["datum"] in days

    page = client.get("/v1/bruggen", params={**ASK, "toon": "gedekt"}, headers={"Accept": "text/html"})
    assert row["code"] in page.text
    gap = client.get("/v1/kloof", params=ASK, headers={"Accept": "application/json"}).json()
    assert row["code"] not in gap["resterend"]

    # What was answered before the decision can be cited, replayed and checked as it was; so can what came after.
    for answer in (before, after):
        again = client.get(f"/v1/bruggen/{answer['id'].rpartition('/')[2]}", headers={"Accept": "application/ld+json"})
        assert again.json() == answer
        file = tmp_path / "brug.json"
        file.write_text(json.dumps(answer, ensure_ascii=False), "utf-8")
        checked = CliRunner().invoke(app, ["check-evidence", str(file), "--data", str(folder)])
        assert checked.exit_code == 0, checked.output
    for forged in ({"nummer": 99, "zegel": after["grootboek"]["zegel"]}, {"nummer": after["grootboek"]["nummer"]}):
        file.write_text(json.dumps({**after, "grootboek": forged}), "utf-8")
        assert CliRunner().invoke(app, ["check-evidence", str(file), "--data", str(folder)]).exit_code == 1

    # SPARQL sees the same record as the bridge.
    asked = "ASK { ?m a leer:Mapping ; leer:mappingSubject ?van ; leer:mappingObject ?naar ; leer:mappingAuteur 'Eva' }"
    query = "PREFIX leer: <https://w3id.org/leerbrug/ns#> " + asked.replace("?van", f"<{iri}>").replace(
        "?naar", f"<{row['id']}>"
    )
    assert client.get("/sparql", params={"query": query}).json()["boolean"] is True

    # The same pair denied the same day: the last word stands, and withdrawing it gives the first word back.
    denied = decide(client, token, iri, row["id"], ontkend=True).json()
    assert bridge(client)["dekking"] == before["dekking"]
    gone = client.post(
        f"/v1/mappingbesluiten/{denied['id']}/handelingen",
        json={"handeling": "trek-in", "reden": "vergissing"},
        headers={"Authorization": f"Bearer {token}", "If-Match": f'"{denied["versie"]}"'},
    )
    assert gone.status_code == 200, gone.text
    assert bridge(client)["dekking"] == after["dekking"]


def test_an_answer_that_counts_decisions_is_never_called_unchanging(client: httpx.Client, token: str) -> None:
    answer = client.get("/v1/bruggen", params={**ASK, "release": "1", "geldigOp": "2026-10-09"})
    assert answer.headers["Cache-Control"] == "no-cache"
    assert int(answer.headers["Leerbrug-Grootboek"]) >= 0
