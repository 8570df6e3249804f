"""A sector meeting in a real browser: propose, comment, ratify by a second person, publish, and see it everywhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from leerbrug.graph.releases import Release
from playwright.sync_api import BrowserContext, Page, expect

LEERBRUG = (sys.executable, "-c", "from leerbrug.cli import main; main()")
AXE = Path(__file__).resolve().parents[2] / "api" / "front" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BOUW, VOEDING = "sector/bouw", "sector/voedingsnijverheid"
VERGADERINGEN = ((BOUW, "BK-0130", "877"), (BOUW, "BK-0082", "310"), (VOEDING, "BK-0019", "65"))
"""Who meets about what: the body, the line (Stukadoor, Metselaar, Bakker), and a dual programme with that BK."""

Serving = Callable[[Path], AbstractContextManager[str]]


class Zaal(NamedTuple):
    """Where a meeting is held: the address of the server, its folder, and the token of each person."""

    home: str
    folder: Path
    tokens: dict[str, str]


def run(*words: str) -> str:
    """One of our commands, as a person types it."""
    done = subprocess.run([*LEERBRUG, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def token(folder: Path, rol: str, naam: str, *rest: str) -> str:
    return run("token", "maak", rol, naam, *rest, "--data", str(folder)).split()[-1]


@pytest.fixture(scope="module")
def zaal(sample_release: Release, own_folder: Callable[[Release], Path], serving_at: Serving) -> Iterator[Zaal]:
    yield from _zaal(own_folder(sample_release), serving_at)


@pytest.fixture(scope="module")
def echte_zaal(real_release: Release, own_folder: Callable[[Release], Path], serving_at: Serving) -> Iterator[Zaal]:
    yield from _zaal(own_folder(real_release), serving_at)


def _zaal(folder: Path, serving_at: Serving) -> Iterator[Zaal]:
    """A server of our own on a copy of a release, with people of two sectors."""
    tokens = {"beheer": token(folder, "beheerder", "Beheer")}
    for sector, namen in ((BOUW, ("An", "Bo")), (VOEDING, ("Cas", "Doe"))):
        tokens |= {naam: token(folder, "sector", naam, "--instantie", sector) for naam in namen}
    with serving_at(folder) as home:
        yield Zaal(home, folder, tokens)


@pytest.fixture
def visitor(context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Opens a browser of somebody of their own; signed in where a token is given."""

    def open_(zaal: Zaal, naam: str = "", **options: Any) -> Page:
        page = context(**options).new_page()
        if naam:
            page.goto(zaal.home + "/sector/aanmelden")
            page.get_by_label("Uw token").fill(zaal.tokens[naam])
            page.get_by_role("button", name="Meld aan").click()
            expect(page.get_by_text(f"Aangemeld als {naam}")).to_be_visible()
        return page

    return open_


def mandate(page: Page, zaal: Zaal, sector: str, *lines: str) -> None:
    soort, code = sector.split("/")
    body = {
        "instantie": {"soort": soort, "code": code},
        "bereik": {"soort": "programma"},
        "grondslag": "samenwerkingsakkoord (toets)",
        "geldigheid": {"van": "2020-01-01", "tot": None},
        "reikwijdte": list(lines),
    }
    answer = page.request.post(
        f"{zaal.home}/v1/mandaten", data=body, headers={"Authorization": f"Bearer {zaal.tokens['beheer']}"}
    )
    assert answer.status == 201, answer.text()


def asked(page: Page, zaal: Zaal, path: str) -> Any:
    answer = page.request.get(zaal.home + path, headers={"Accept": "application/json"})
    assert answer.status == 200, answer.text()
    return json.loads(answer.text())


def row(page: Page, number: int) -> Any:
    """The row of the nth competence on the board."""
    return page.locator("table.bordtabel tbody tr").nth(number)


def say(page: Page, number: int, oordeel: str, reden: str = "") -> None:
    row(page, number).get_by_role("radio", name=oordeel, exact=True).check()
    row(page, number).get_by_label("Reden (nodig").fill(reden)


def tick_all(page: Page) -> int:
    boxes = page.locator("input[name=kies]")
    for box in boxes.all():
        box.check()
    return boxes.count()


def meet(zaal: Zaal, visitor: Callable[..., Page], sector: str, line: str, programma: str) -> None:
    """One meeting from the empty grid to what everybody reads."""
    een, twee = ("An", "Bo") if sector == BOUW else ("Cas", "Doe")
    first = visitor(zaal, een)
    mandate(first, zaal, sector, line)
    first.goto(f"{zaal.home}/sector/bord?code={line}")
    expect(first.get_by_role("link", name=re.compile("^Nog niet beslist"))).to_be_visible()

    # a verdict without a reason is refused at its row, and nothing is written
    say(first, 0, "moet")
    say(first, 1, "kan")
    first.get_by_role("button", name="Bewaar als ontwerp").click()
    expect(row(first, 0).locator(".rijfout")).to_contain_text("Geef een reden")
    expect(row(first, 1).get_by_role("radio", name="kan", exact=True)).to_be_checked()
    assert first.get_by_text("ontwerp", exact=True).count() == 0

    # with the reason it is a draft; the rest is set together
    row(first, 0).get_by_label("Reden (nodig").fill("dit leert men alleen op een werf")
    first.get_by_role("button", name="Bewaar als ontwerp").click()
    expect(first.get_by_role("status")).to_contain_text("2")
    first.get_by_role("link", name=re.compile("^Nog niet beslist")).click()
    rest = tick_all(first)
    assert rest > 5
    first.get_by_label("Zet dit oordeel").select_option("kan-niet")
    first.get_by_label("Met deze reden").fill("in de regio is geen plaats die dit aanbiedt")
    first.get_by_role("button", name="Zet voor deze rijen").click()
    expect(first.get_by_role("status")).to_contain_text(str(rest))

    # a remark, and submitted
    first.goto(f"{zaal.home}/sector/bord?code={line}")
    row(first, 0).locator("a", has_text="ontwerp").click()
    first.get_by_label("Uw opmerking").fill("Besproken op de vergadering van november.")
    first.get_by_role("button", name="Plaats de opmerking").click()
    expect(first.get_by_text("Besproken op de vergadering")).to_be_visible()
    kenmerk = first.url.rpartition("/")[2]
    public = visitor(zaal)
    assert public.goto(f"{zaal.home}/sector/besluiten/{kenmerk}").status == 404  # type: ignore[union-attr]
    first.goto(f"{zaal.home}/sector/bord?code={line}")
    all_ = tick_all(first)
    first.get_by_role("button", name="Leg voor").click()
    expect(first.get_by_role("link", name=re.compile("^Voorgelegd"))).to_contain_text(str(all_))

    # who wrote it may not ratify it
    tick_all(first)
    first.get_by_role("button", name="Bekrachtig").click()
    expect(row(first, 0).locator(".rijfout")).to_contain_text("tweede persoon")

    # the second person reads the remark and ratifies all
    second = visitor(zaal, twee)
    second.goto(f"{zaal.home}/sector/bord?code={line}&toon=voorgelegd")
    assert tick_all(second) == all_
    second.get_by_role("button", name="Bekrachtig").click()
    expect(second.get_by_role("status")).to_contain_text(str(all_))

    # the public reads it: page, persistent address, REST, SPARQL, dual profile, trajectory
    public.goto(f"{zaal.home}/id/besluit/{kenmerk}")
    expect(public.get_by_text("Bekrachtigd door")).to_be_visible()
    expect(public.get_by_text("Besproken op de vergadering")).to_have_count(0)
    seen = asked(public, zaal, f"/v1/haalbaarheidsbesluiten?kwalificatie={line}&status=bekrachtigd")
    assert seen["total"] == all_
    query = (
        "PREFIX leer: <https://w3id.org/leerbrug/ns#> PREFIX h: <https://w3id.org/leerbrug/codelijst/haalbaarheid/> "
        "SELECT (COUNT(DISTINCT ?b) AS ?n) WHERE { ?b a leer:Haalbaarheidsbesluit ; leer:haalbaarheid h:kan-niet ; "
        f"leer:betreftVersie/leer:isVersieVan? ?v . FILTER(CONTAINS(STR(?v), '{line}')) }}"
    )
    answer = public.request.get(
        f"{zaal.home}/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+json"}
    )
    assert int(answer.json()["results"]["bindings"][0]["n"]["value"]) == rest
    profile = asked(public, zaal, f"/v1/dualeprofielen/{programma}")
    verdicts = [one["haalbaarheid"] for one in profile["regels"] if one["versie"].startswith(line)]
    assert (verdicts.count("moet"), verdicts.count("kan"), verdicts.count("kan-niet")) == (1, 1, rest)


@pytest.mark.parametrize(("sector", "line", "programma"), VERGADERINGEN)
def test_a_meeting_from_empty_grid_to_publication(
    zaal: Zaal, visitor: Callable[..., Page], sector: str, line: str, programma: str
) -> None:
    meet(zaal, visitor, sector, line, programma)


@pytest.mark.parametrize(("sector", "line", "programma"), VERGADERINGEN)
def test_the_same_meeting_on_the_real_graph(
    echte_zaal: Zaal, visitor: Callable[..., Page], sector: str, line: str, programma: str
) -> None:
    meet(echte_zaal, visitor, sector, line, programma)
