"""The sector board: row by row or together, by keyboard, without JavaScript, as a spreadsheet, for its own people."""

from __future__ import annotations

from pathlib import Path

import pytest
from leerbrug.api.zaken import database_van
from leerbrug.besluiten.grootboek import Grootboek
from leerbrug.besluiten.soorten import Rol
from leerbrug.besluiten.tokens import Tokens
from openpyxl import load_workbook
from playwright.sync_api import Route, expect

from .sectorzaal import BOUW, VOEDING, Visitor, Zaal, go, mandate, row, shown, told
from .toegankelijk import violations, with_axe


def test_a_spreadsheet_of_a_meeting_is_planned_refused_at_its_cell_and_carried_out(
    zaal: Zaal, visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor(zaal, "Cas")
    mandate(page, zaal, VOEDING, "BK-0020")
    shown(page, zaal, "BK-0020")
    with page.expect_download() as download:
        page.get_by_role("link", name="Haal het rooster op").click()
    path = tmp_path / "rooster.xlsx"
    download.value.save_as(path)

    def bring_back(**cells: str) -> None:
        book = load_workbook(path)
        for cell, value in cells.items():
            book["BK-0020-3"][cell] = value
        book.save(path)
        shown(page, zaal, "BK-0020")
        page.get_by_label("Breng het ingevulde rooster terug").set_input_files(path)
        go(page.get_by_role("button", name="Toon wat er zou wijzigen"))

    bring_back(D5="moet", D6="kan")
    expect(page.get_by_role("row").filter(has_text="BK-0020-3!D5")).to_contain_text("Geef een reden")
    expect(page.get_by_role("button", name="Voer dit plan uit")).to_have_count(0)
    bring_back(E5="dit leert men alleen in een atelier")
    expect(page.locator("section[aria-labelledby=plan] tbody tr")).to_have_count(2)
    go(page.get_by_role("button", name="Voer dit plan uit"))
    told(page, "2")
    expect(row(page, 0).get_by_role("radio", name="moet", exact=True)).to_be_checked()


def test_a_cluster_is_one_decision_and_works_without_javascript(zaal: Zaal, visitor: Visitor) -> None:
    page = visitor(zaal, "Doe", java_script_enabled=False)
    mandate(page, zaal, VOEDING, "BK-0018")
    shown(page, zaal, "BK-0018")
    for number in (1, 3):
        row(page, number).locator("input[name=kies]").check()
    page.get_by_label("Zet dit oordeel").select_option("kan")
    page.get_by_label("Als een besluit over de hele cluster").check()
    page.get_by_label("Naam van de cluster").fill("Aan de oven")
    go(page.get_by_role("button", name="Zet voor deze rijen"))
    expect(row(page, 1)).to_contain_text("geldt ook voor 4")
    expect(row(page, 3)).to_contain_text("samen met een andere rij beslist")
    expect(page.get_by_text("Toetsen: 1 tot 4")).to_be_hidden()
    go(row(page, 1).locator("td a .badge"))
    expect(page.get_by_text("Aan de oven")).to_be_visible()


def test_a_verdict_with_the_keyboard_alone(zaal: Zaal, visitor: Visitor) -> None:
    """What every browser has: Space and the arrows choose, Tab goes on, Enter presses the button."""
    page = visitor(zaal, "Cas")
    mandate(page, zaal, VOEDING, "BK-0018")
    shown(page, zaal, "BK-0018")
    row(page, 0).get_by_role("radio", name="kan", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("dit leert men alleen aan de oven")
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "bewaar":
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    told(page, "1")
    expect(row(page, 0).get_by_role("radio", name="moet", exact=True)).to_be_checked()


@pytest.mark.usefixtures("script")
def test_a_whole_grid_is_filled_in_with_digits_and_arrows(zaal: Zaal, visitor: Visitor) -> None:
    page = visitor(zaal, "Cas")
    mandate(page, zaal, VOEDING, "BK-0019")
    shown(page, zaal, "BK-0019")
    row(page, 0).get_by_role("radio", name="kan", exact=True).focus()
    page.keyboard.type("121")
    for number, oordeel in enumerate(("kan", "moet", "kan")):
        expect(row(page, number).get_by_role("radio", name=oordeel, exact=True)).to_be_checked()
    expect(row(page, 3).get_by_role("radio", name="kan", exact=True)).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    expect(row(page, 1).get_by_role("radio", name="moet", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("1 keer per week is te weinig op school")
    expect(row(page, 1).get_by_label("Reden (nodig")).to_have_value("1 keer per week is te weinig op school")
    page.keyboard.press("Alt+ArrowDown")
    expect(row(page, 2).get_by_label("Reden (nodig")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    told(page, "3")


def test_only_steps_that_a_row_can_take_are_offered(zaal: Zaal, visitor: Visitor) -> None:
    page = visitor(zaal, "An")
    mandate(page, zaal, BOUW, "BK-0104")
    shown(page, zaal, "BK-0104")
    steps = page.locator("#gekozen button[name=doe]:not([value=ineens])")
    expect(steps).to_have_count(0)
    row(page, 0).get_by_role("radio", name="kan", exact=True).check()
    go(page.get_by_role("button", name="Bewaar als ontwerp"))
    told(page, "1")
    expect(steps).to_have_text(["Leg voor", "Trek in"])


def test_the_door_is_shut_to_others(zaal: Zaal, visitor: Visitor) -> None:
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
    go(page.get_by_role("button", name="Meld af"))
    expect(page.get_by_role("button", name="Meld af")).to_have_count(0)
    assert page.context.cookies(zaal.home + "/sector") == []
    assert post(board, form=form).status == 401
    page.goto(f"{zaal.home}/sector/aanmelden")
    page.get_by_label("Uw token").fill("leerbrug_raden")
    go(page.get_by_role("button", name="Meld aan"))
    expect(page.get_by_role("alert")).to_contain_text("onbekend, ingetrokken of vervallen")


def test_the_beheerder_alone_sees_whose_tokens_there_are_and_withdraws_one_at_once(
    zaal: Zaal, visitor: Visitor
) -> None:
    boek = Grootboek.open(database_van(zaal.folder))
    geheim, token = Tokens(boek.engine).maak(Rol.ONTWERPER, "Vertrokken Ontwerper")
    boek.close()
    other, chair = visitor(zaal, "An"), visitor(zaal, "Beheer")
    assert other.request.get(f"{zaal.home}/sector/tokens").status == 403
    zegel = other.locator("input[name=zegel]").first.input_value()
    form = {"zegel": zegel, "kenmerk": token.id}
    assert other.request.post(f"{zaal.home}/sector/tokens", form=form).status == 403
    ask = {"Authorization": f"Bearer {geheim}"}
    assert other.request.post(f"{zaal.home}/v1/haalbaarheidsbesluiten", data={}, headers=ask).status != 401
    chair.goto(f"{zaal.home}/sector/mijn")
    go(chair.get_by_role("link", name="Tokens bekijken en intrekken"))
    mine = chair.get_by_role("row").filter(has_text=token.id)
    expect(mine).to_contain_text("in gebruik")
    go(chair.get_by_role("button", name="Trek in: Vertrokken Ontwerper"))
    told(chair, token.id)
    expect(mine).to_contain_text("ingetrokken")
    expect(mine.get_by_role("button")).to_have_count(0)
    assert other.request.post(f"{zaal.home}/v1/haalbaarheidsbesluiten", data={}, headers=ask).status == 401
    form = {"zegel": chair.locator("input[name=zegel]").first.input_value(), "kenmerk": token.id}
    again = chair.request.post(f"{zaal.home}/sector/tokens", form=form)
    assert again.status == 422
    assert "al ingetrokken" in again.text()


@pytest.mark.usefixtures("script")
@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_axe_finds_nothing_on_the_board(zaal: Zaal, visitor: Visitor, language: str) -> None:
    narrow = {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"} if language == "en" else {}
    page = visitor(zaal, "An", bypass_csp=True, **narrow)
    with_axe(page.context)
    mandate(page, zaal, BOUW, "BK-0082")
    addresses = [
        "/sector/aanmelden", "/sector/mijn", "/sector/bord?code=BK-0082", "/sector/bord?code=877",
        "/sector/besluiten?toestand=", "/sector/opvolging", "/sector/ontwerp?opleiding=877",
    ]  # fmt: skip
    for address in addresses:
        page.goto(f"{zaal.home}{address}{'&' if '?' in address else '?'}lang={language}")
        assert violations(page) == [], address
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{address} is {wide} px too wide"
    chair = visitor(zaal, "Beheer", bypass_csp=True, **narrow)
    with_axe(chair.context)
    chair.goto(f"{zaal.home}/sector/tokens?lang={language}")
    assert violations(chair) == []
    page.goto(f"{zaal.home}/sector/bord?code=BK-0082&lang={language}")
    page.locator("textarea[id^=reden-]").last.fill("een reden zonder oordeel")
    go(page.locator("button[value=bewaar]"))
    expect(page.locator(".rijfout")).to_be_visible()
    assert violations(page) == []


@pytest.mark.usefixtures("script")
@pytest.mark.parametrize("late", [False, True], ids=["all in time", "no font and a late script"])
def test_nothing_lies_over_a_row_however_high_the_window_or_far_it_is_scrolled(
    zaal: Zaal, visitor: Visitor, late: bool
) -> None:
    """Each control is 24 by 24 pixels and free of others, in every window, whatever comes late or not at all."""
    page = visitor(zaal, "An", bypass_csp=True)
    with_axe(page.context)
    mandate(page, zaal, BOUW, "BK-0082")
    held: list[Route] = []
    if late:
        page.route("**/*.woff2", lambda route: route.fulfill(status=404))
        page.route("**/leerbrug.js*", lambda route: held.append(route))
    page.goto(f"{zaal.home}/sector/bord?code=877&lang=fr", wait_until="commit")
    expect(page.locator("button[value=bewaar]")).to_be_visible()
    for route in held:
        route.continue_()
    for height in range(560, 1040, 31):
        page.set_viewport_size({"width": 1280, "height": height})
        page.evaluate("part => scrollTo(0, part * document.documentElement.scrollHeight)", height % 3 / 3)
        page.locator(".rol").first.evaluate("(frame, part) => frame.scrollTo(0, part)", height % 7 * 23)
        assert violations(page, ["target-size"]) == [], height
    small = "all => all.map(e => e.getBoundingClientRect()).filter(r => r.width < 24 || r.height < 24).length"
    assert page.locator("input[type=checkbox], input[type=radio]").evaluate_all(small) == 0
