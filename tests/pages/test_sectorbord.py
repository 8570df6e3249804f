"""A sector meeting in a real browser: propose, comment, ratify by a second person, publish, and see it everywhere."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from leerbrug.graph.releases import Release
from openpyxl import load_workbook
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


def ratified(zaal: Zaal, visitor: Callable[..., Page], code: str, oordeel: str, rows: int) -> tuple[Page, Page]:
    """An gives the first rows one verdict and submits them, Bo ratifies: their two browsers."""
    first, second = visitor(zaal, "An"), visitor(zaal, "Bo")
    first.goto(f"{zaal.home}/sector/bord?code={code}")
    rows = rows or first.locator("input[name=kies]").count()
    for number in range(rows):
        say(first, number, oordeel, "zo is het op de werf" if oordeel != "kan" else "")
    first.get_by_role("button", name="Bewaar als ontwerp").click()
    expect(first.get_by_role("status")).to_contain_text(str(rows))
    tick_all(first)
    step(first, "Leg voor", rows)
    second.goto(f"{zaal.home}/sector/bord?code={code}&toon=voorgelegd")
    tick_all(second)
    step(second, "Bekrachtig", rows)
    return first, second


def step(page: Page, name: str, rows: int) -> None:
    for box in page.locator("input[name=kies]").all():
        if not box.locator("xpath=ancestor::tr").locator(".badge").count():
            box.uncheck()
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(str(rows))


def doubts(page: Page, zaal: Zaal, programma: str) -> list[str]:
    """What stays uncertain in the trajectories that go through a programme."""
    answer = asked(page, zaal, f"/v1/leertrajecten?doel={programma}&leeftijd=17&heeft=graad2:A&op=2027-01-01")
    steps = [one for way in answer["leertrajecten"] for one in way["stappen"] if one["programma"] == programma]
    assert steps
    return sorted({doubt for one in steps for doubt in one["onzeker"]})


def test_a_programme_that_cannot_be_dual_is_named_in_trajectories_until_it_is_revoked(
    verse_zaal: Zaal, visitor: Callable[..., Page]
) -> None:
    zaal = verse_zaal
    public = visitor(zaal)
    mandate(public, zaal, BOUW, "877")
    before = doubts(public, zaal, "877"), asked(public, zaal, "/v1/dualeprofielen/877"), doubts(public, zaal, "310")
    first, _ = ratified(zaal, visitor, "877", "kan niet", 1)
    during = doubts(public, zaal, "877")
    (named,) = set(during) - set(before[0])
    assert "kan volgens de sector niet duaal" in named
    assert "zo is het op de werf" in named
    assert asked(public, zaal, "/v1/dualeprofielen/877")["kan_duaal"] is False
    assert doubts(public, zaal, "310") == before[2]

    row(first, 0).locator("td a .badge").click()
    first.get_by_role("button", name="Trek in").click()
    expect(first.get_by_role("alert")).to_contain_text("vraagt een reden")
    first.get_by_label("Reden (nodig bij terugsturen").fill("er is een nieuwe werkvorm")
    first.get_by_role("button", name="Trek in").click()
    expect(first.get_by_text("ingetrokken").first).to_be_visible()
    expect(first.get_by_role("row").filter(has_text="er is een nieuwe werkvorm")).to_be_visible()
    first.wait_for_timeout(1_100)  # an answer is kept ready for one second (Settings.refresh)
    after = doubts(public, zaal, "877"), asked(public, zaal, "/v1/dualeprofielen/877"), doubts(public, zaal, "310")
    assert after == before


def newer(sample: Path, into: Path) -> Path:
    """The sample with a BK-0130-6 of our own: of its competences the first reworded, the second with other knowledge,
    the last gone, and every code new, as in a real new version."""
    shutil.copytree(sample, into)
    path = into / "beroepskwalificatie.jsonl"
    lines = path.read_text("utf-8").splitlines()
    record = next(json.loads(line) for line in lines if '"versie_nr_lang": "BK-0130-5"' in line)
    bk = record["beroepskwalificatie"]
    bk |= {"versie_nr_lang": "BK-0130-6", "versie_nr_kort": 6, "erkenningsdatum": "2026-01-15"}
    bk["competenties"] = bk["competenties"][:-1]
    for number, competentie in enumerate(bk["competenties"]):
        competentie["competentie_code"] = f"bkc99{number:05}"
    bk["competenties"][0]["waarde"] += " en met andere ploegen"
    bk["competenties"][1]["kennis"].append({"kennis_type": "Basiskennis", "waarde": "Signalisatie op de werf"})
    for name in ("deelkwalificaties", "links"):
        bk.pop(name, None)
    path.write_text("\n".join([*lines, json.dumps(record, ensure_ascii=False)]) + "\n", "utf-8")
    path, newest = into / "beroepskwalificatie-lijst.jsonl", {"versie_nr_lang": "BK-0130-6"}
    lines = []
    for line in path.read_text("utf-8").splitlines():
        one = json.loads(line)
        if one["beroepskwalificatie_nr"] == "BK-0130":
            (old,) = one["versies"]
            one["versies"] = [{**old, "nieuwste_versie": False}, {**old, "versie_nr_kort": 6, **newest}]
            one["laatst_erkende_versie"] = newest
        lines.append(json.dumps(one, ensure_ascii=False))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return into


@pytest.fixture
def verse_zaal(sample_release: Release, own_folder: Callable[[Release], Path], serving_at: Serving) -> Iterator[Zaal]:
    """A server with an empty ledger."""
    yield from _zaal(own_folder(sample_release), serving_at)


def test_a_new_version_gives_the_exact_list_of_what_to_confirm(
    verse_zaal: Zaal, visitor: Callable[..., Page], tmp_path: Path
) -> None:
    zaal = verse_zaal
    mandate(visitor(zaal), zaal, BOUW, "BK-0130")
    first, second = ratified(zaal, visitor, "BK-0130-5", "kan", 0)
    source = newer(Path(__file__).resolve().parents[2] / "sample", tmp_path / "bron")
    run("build", "--into", str(zaal.folder), "--source", f"vks={source}", "--quiet")
    anchor = json.loads((zaal.folder / "2" / "besluiten.anker.json").read_text())
    assert "kloppen" in run("besluiten", "verifieer", "--data", str(zaal.folder))
    assert anchor["nummer"] > 70

    first.goto(f"{zaal.home}/sector/bord?code=BK-0130")
    first.wait_for_timeout(1_500)
    first.reload()
    first.get_by_role("link", name="Wat wordt er van de besluiten op BK-0130-5 in BK-0130-6?").click()
    effects = first.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert {name: effects.count(name) for name in set(effects)} == {
        "behouden": 22, "te herbevestigen": 2, "vervallen": 1,
    }  # fmt: skip
    expect(first.locator("ins").first).to_have_text("en met andere ploegen")
    over_rest = asked(first, zaal, "/v1/doorwerkingen?oud=BK-0130-5&nieuw=BK-0130-6")["items"]
    assert sorted(one["gevolg"] for one in over_rest) == sorted(effects)
    call = f"{zaal.home}/v1/doorwerkingen?oud=BK-0130-5&nieuw=BK-0130-6"
    assert visitor(zaal).request.post(call).status == 401
    first.get_by_role("button", name="Draag de besluiten over").click()
    expect(first.get_by_role("status")).to_contain_text("24")
    assert first.locator("table.bordtabel tbody tr td:nth-child(2)").all_inner_texts() == ["1", "2"]
    again = first.request.post(call, headers={"Authorization": f"Bearer {zaal.tokens['An']}"})
    assert (again.status, again.json()["items"]) == (201, [])

    row(first, 0).get_by_role("link", name="Toon het verschil").click()
    expect(first.locator("#verschil ~ p ins")).to_have_text("en met andere ploegen")
    first.goto(f"{zaal.home}/sector/bord?code=BK-0130&toon=te-herbevestigen")
    tick_all(first)
    step(first, "Leg voor", 2)
    second.goto(f"{zaal.home}/sector/bord?code=BK-0130&toon=te-herbevestigen")
    tick_all(second)
    step(second, "Bekrachtig", 2)
    expect(second.get_by_text("Geen rij past bij dit filter")).to_be_visible()


def test_a_spreadsheet_of_a_meeting_is_planned_refused_at_its_cell_and_carried_out(
    zaal: Zaal, visitor: Callable[..., Page], tmp_path: Path
) -> None:
    page = visitor(zaal, "Cas")
    mandate(page, zaal, VOEDING, "BK-0020")
    page.goto(f"{zaal.home}/sector/bord?code=BK-0020")
    with page.expect_download() as download:
        page.get_by_role("link", name="Haal het rooster op").click()
    path = tmp_path / "rooster.xlsx"
    download.value.save_as(path)

    def bring_back(**cells: str) -> None:
        book = load_workbook(path)
        for cell, value in cells.items():
            book["BK-0020-3"][cell] = value
        book.save(path)
        page.goto(f"{zaal.home}/sector/bord?code=BK-0020")
        page.get_by_label("Breng het ingevulde rooster terug").set_input_files(path)
        page.get_by_role("button", name="Toon wat er zou wijzigen").click()

    bring_back(D5="moet", D6="kan")
    expect(page.get_by_role("row").filter(has_text="BK-0020-3!D5")).to_contain_text("Geef een reden")
    expect(page.get_by_role("button", name="Voer dit plan uit")).to_have_count(0)
    bring_back(E5="dit leert men alleen in een atelier")
    expect(page.locator("section[aria-labelledby=plan] tbody tr")).to_have_count(2)
    page.get_by_role("button", name="Voer dit plan uit").click()
    expect(page.get_by_role("status")).to_contain_text("2")
    expect(row(page, 0).get_by_role("radio", name="moet", exact=True)).to_be_checked()


def test_a_cluster_is_one_decision_and_works_without_javascript(zaal: Zaal, visitor: Callable[..., Page]) -> None:
    page = visitor(zaal, "Doe", java_script_enabled=False)
    mandate(page, zaal, VOEDING, "BK-0018")
    page.goto(f"{zaal.home}/sector/bord?code=BK-0018")
    for number in (1, 3):
        row(page, number).locator("input[name=kies]").check()
    page.get_by_label("Zet dit oordeel").select_option("kan")
    page.get_by_label("Als een besluit over de hele cluster").check()
    page.get_by_label("Naam van de cluster").fill("Aan de oven")
    page.get_by_role("button", name="Zet voor deze rijen").click()
    expect(row(page, 1)).to_contain_text("geldt ook voor 4")
    expect(row(page, 3)).to_contain_text("samen met een andere rij beslist")
    row(page, 1).locator("td a .badge").click()
    expect(page.get_by_text("Aan de oven")).to_be_visible()


def test_a_verdict_with_the_keyboard_alone(zaal: Zaal, visitor: Callable[..., Page]) -> None:
    page = visitor(zaal, "Cas")
    mandate(page, zaal, VOEDING, "BK-0018")
    page.goto(f"{zaal.home}/sector/bord?code=BK-0018")
    row(page, 0).get_by_role("radio", name="kan", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("dit leert men alleen aan de oven")
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "bewaar":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1")
    expect(row(page, 0).get_by_role("radio", name="moet", exact=True)).to_be_checked()


def test_the_door_is_shut_to_others(zaal: Zaal, visitor: Callable[..., Page]) -> None:
    page = visitor(zaal, "An")
    (cookie,) = [one for one in page.context.cookies(zaal.home + "/sector") if one["name"] == "leerbrug_sector"]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    assert cookie["path"] == "/sector"
    board, post = f"{zaal.home}/sector/bord?code=BK-0130", page.request.post
    page.goto(board)
    zegel = page.locator("input[name=zegel]").first.input_value()
    assert post(board, form={"doe": "bewaar"}).status == 403
    assert post(board, form={"doe": "bewaar", "zegel": "0" * 64}).status == 403
    form = {"doe": "bewaar", "zegel": zegel}
    assert post(board, form=form, headers={"Origin": "https://elders.example"}).status == 403
    assert page.request.get(f"{board}&instantie={VOEDING}").status == 403
    page.get_by_role("button", name="Meld af").click()
    assert page.context.cookies(zaal.home + "/sector") == []
    assert post(board, form=form).status == 401
    page.goto(f"{zaal.home}/sector/aanmelden")
    page.get_by_label("Uw token").fill("leerbrug_raden")
    page.get_by_role("button", name="Meld aan").click()
    expect(page.get_by_role("alert")).to_contain_text("onbekend, ingetrokken of vervallen")


@pytest.mark.usefixtures("script")
@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_axe_finds_nothing_on_the_board(zaal: Zaal, visitor: Callable[..., Page], language: str) -> None:
    narrow = {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"} if language == "en" else {}
    page = visitor(zaal, "An", bypass_csp=True, **narrow)
    page.context.add_init_script(path=AXE)
    mandate(page, zaal, BOUW, "BK-0082")
    page.goto(f"{zaal.home}/sector/bord?code=BK-0082&lang={language}")
    addresses = ["/sector/aanmelden", "/sector/mijn", "/sector/bord?code=BK-0082", "/sector/bord?code=877"]
    for address in addresses:
        page.goto(f"{zaal.home}{address}{'&' if '?' in address else '?'}lang={language}")
        assert violations(page) == [], address
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{address} is {wide} px too wide"
    page.goto(f"{zaal.home}/sector/bord?code=BK-0082&lang={language}")
    page.locator("textarea[id^=reden-]").first.fill("een reden zonder oordeel")
    page.locator("button[value=bewaar]").click()
    if page.locator(".rijfout").count():
        assert violations(page) == []
    record = page.locator("table.bordtabel a[href^='/sector/besluiten/']")
    if record.count():
        record.first.click()
        assert violations(page) == []


def violations(page: Page) -> list[str]:
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'], elementRef: false})", RULES
    )
    return [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]
