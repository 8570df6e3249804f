"""Where sector meetings are held: a server of our own, the people who meet, and what they do on the board."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

from leerbrug.api.zaken import database_van
from leerbrug.besluiten.grootboek import Grootboek
from leerbrug.besluiten.soorten import Rol
from leerbrug.besluiten.tokens import Tokens, lees_instantie
from playwright.sync_api import Locator, Page, expect

LEERBRUG = (sys.executable, "-c", "from leerbrug.cli import main; main()")
BOUW, VOEDING = "sector/bouw", "sector/voedingsnijverheid"
MENSEN = {
    "Beheer": "", "Tweede": "", "An": BOUW, "Bo": BOUW, "Cas": VOEDING, "Doe": VOEDING,
}  # fmt: skip
"""Who has a token, and of which body; of none is the beheerder."""

Serving = Callable[[Path], AbstractContextManager[str]]
Visitor = Callable[..., Page]


class Zaal(NamedTuple):
    """The address of the server, its folder, and the token of each person."""

    home: str
    folder: Path
    tokens: dict[str, str]


def run(*words: str) -> str:
    """One of our commands, as a person types it."""
    done = subprocess.run([*LEERBRUG, *words], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def geopend(folder: Path, serving_at: Serving) -> Iterator[Zaal]:
    """A server on a copy of a release with an empty ledger, and a token for each of the people."""
    boek = Grootboek.open(database_van(folder))
    made = Tokens(boek.engine)
    tokens = {
        naam: made.maak(Rol.SECTOR if sector else Rol.BEHEERDER, naam, lees_instantie(sector) if sector else None)[0]
        for naam, sector in MENSEN.items()
    }
    tokens["Olaf"] = made.maak(Rol.ONTWERPER, "Olaf")[0]
    boek.close()
    with serving_at(folder) as home:
        yield Zaal(home, folder, tokens)


def mandate(page: Page, zaal: Zaal, sector: str, *lines: str) -> None:
    """The beheerder lets a body decide on these lines or programmes."""
    soort, code = sector.split("/")
    body = {
        "instantie": {"soort": soort, "code": code},
        "bereik": {"soort": "programma"},
        "grondslag": "samenwerkingsakkoord (toets)",
        "geldigheid": {"van": "2020-01-01", "tot": None},
        "reikwijdte": list(lines),
    }
    answer = page.request.post(
        f"{zaal.home}/v1/mandaten", data=body, headers={"Authorization": f"Bearer {zaal.tokens['Beheer']}"}
    )
    assert answer.status == 201, answer.text()


def asked(page: Page, zaal: Zaal, path: str) -> Any:
    """What the API answers to somebody without a token."""
    answer = page.request.get(zaal.home + path, headers={"Accept": "application/json"})
    assert answer.status == 200, answer.text()
    return json.loads(answer.text())


def go(locator: Locator) -> None:
    """Press what leads to another page, and wait until that page is there: what is read next is never the old one."""
    with locator.page.expect_navigation():
        locator.click()


def row(page: Page, number: int) -> Locator:
    """The row of the nth competence on the board."""
    return page.locator("table.bordtabel tbody tr").nth(number)


def say(page: Page, number: int, oordeel: str, reden: str = "") -> None:
    """Give one row a verdict; it is not kept yet."""
    row(page, number).get_by_role("radio", name=oordeel, exact=True).check()
    row(page, number).get_by_label("Reden (nodig").fill(reden)


def told(page: Page, text: str) -> None:
    """Wait until the board says what was done."""
    expect(page.locator("p.melding[role=status]")).to_contain_text(text)


def shown(page: Page, zaal: Zaal, code: str, toon: str = "") -> int:
    """Open a board at a filter: how many rows it shows."""
    page.goto(f"{zaal.home}/sector/bord?code={code}&toon={toon}")
    count = page.locator("nav.tabs a[aria-current] span")
    expect(count).to_be_visible()
    return int(count.inner_text())


def together(page: Page, oordeel: str, reden: str) -> None:
    """Give every row that is shown one verdict."""
    page.get_by_label("Welke rijen?").select_option("*")
    page.get_by_label("Zet dit oordeel").select_option(oordeel)
    page.get_by_label("Met deze reden").fill(reden)
    go(page.get_by_role("button", name="Zet voor deze rijen"))


def step(page: Page, name: str, rows: int) -> None:
    """Take a step with every row that is shown."""
    page.get_by_label("Welke rijen?").select_option("*")
    go(page.get_by_role("button", name=name, exact=True))
    told(page, str(rows))


def ratified(zaal: Zaal, visitor: Visitor, code: str, oordeel: str, people: tuple[str, str] = ("An", "Bo")) -> int:
    """One person gives every row of a board a verdict and submits it, another ratifies: how many rows."""
    first, second = (visitor(zaal, naam) for naam in people)
    rows = shown(first, zaal, code)
    together(first, oordeel, "zo is het op de werf")
    told(first, str(rows))
    step(first, "Leg voor", rows)
    assert shown(second, zaal, code, "voorgelegd") == rows
    step(second, "Bekrachtig", rows)
    return rows
