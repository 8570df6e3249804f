"""One decision in the browser: sent back, withdrawn with a reason, contradicted and settled by a recorded choice."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from .sectorzaal import BOUW, VOEDING, Visitor, Zaal, asked, go, mandate, row, say, shown, step, told

VERDICT = "/v1/haalbaarheidsbesluiten"


def decided(zaal: Zaal, visitor: Visitor, people: tuple[str, str], code: str, oordeel: str) -> tuple[Page, Page, str]:
    """The first row of a board decided by one and ratified by another: their browsers, and the id."""
    first, second = (visitor(zaal, naam) for naam in people)
    shown(first, zaal, code)
    say(first, 0, oordeel, f"{people[0]} zegt: {oordeel}")
    go(first.get_by_role("button", name="Bewaar als ontwerp"))
    told(first, "1")
    go(row(first, 0).locator("td a .badge"))
    expect(first.get_by_role("button", name="Leg voor")).to_be_visible()
    kenmerk = first.url.rpartition("/")[2]
    assert "bord" not in kenmerk
    go(first.get_by_role("button", name="Leg voor"))
    expect(first.get_by_role("button", name="Stuur terug")).to_be_visible()
    second.goto(f"{zaal.home}/sector/besluiten/{kenmerk}")
    go(second.get_by_role("button", name="Bekrachtig"))
    expect(second.get_by_text("Bekrachtigd door")).to_be_visible()
    return first, second, kenmerk


def test_a_second_person_sends_it_back_and_the_first_mends_it(zaal: Zaal, visitor: Visitor) -> None:
    first, second = visitor(zaal, "An"), visitor(zaal, "Bo")
    mandate(first, zaal, BOUW, "BK-0082")
    shown(first, zaal, "BK-0082")
    say(first, 0, "moet", "op een werf")
    go(first.get_by_role("button", name="Bewaar als ontwerp"))
    told(first, "1")
    _submit(first)
    second.goto(f"{zaal.home}/sector/mijn")
    expect(second.get_by_role("heading", name="Voorgelegd: een tweede persoon bekrachtigt")).to_be_visible()
    shown(second, zaal, "BK-0082", "voorgelegd")
    row(second, 0).locator("input[name=kies]").check()
    go(second.get_by_role("button", name="Stuur terug"))
    expect(row(second, 0).locator(".rijfout")).to_contain_text("vraagt een reden")
    second.get_by_label("Reden van terugsturen of intrekken").fill("zeg ook met welke uitrusting")
    go(second.get_by_role("button", name="Stuur terug"))
    told(second, "1")

    shown(first, zaal, "BK-0082")
    go(row(first, 0).locator("td a .badge"))
    expect(first.get_by_role("row").filter(has_text="zeg ook met welke uitrusting")).to_contain_text("teruggestuurd")
    expect(first.get_by_role("button", name="Leg voor")).to_be_visible()
    shown(first, zaal, "BK-0082")
    row(first, 0).get_by_text("Voorwaarden en grondslag").click()
    row(first, 0).get_by_label("Uitrusting").fill("een buigtafel")
    go(first.get_by_role("button", name="Bewaar als ontwerp"))
    told(first, "1")
    _submit(first)
    shown(second, zaal, "BK-0082", "voorgelegd")
    expect(row(second, 0).get_by_label("Uitrusting")).to_have_value("een buigtafel")
    step(second, "Bekrachtig", 1)


def _submit(page: Page) -> None:
    row(page, 0).locator("input[name=kies]").check()
    go(page.get_by_role("button", name="Leg voor"))
    told(page, "1")


def test_sectors_that_contradict_see_each_other_and_a_recorded_choice_settles_it(zaal: Zaal, visitor: Visitor) -> None:
    page = visitor(zaal)
    mandate(page, zaal, BOUW, "BK-0130")
    mandate(page, zaal, VOEDING, "BK-0130")
    bouw, _, one = decided(zaal, visitor, ("An", "Bo"), "BK-0130", "moet")
    voeding, _, other = decided(zaal, visitor, ("Cas", "Doe"), "BK-0130", "kan niet")
    for person, own, else_ in ((bouw, one, other), (voeding, other, one)):
        person.goto(f"{zaal.home}/sector/mijn")
        expect(person.get_by_role("heading", name="Sectoren zijn het oneens")).to_be_visible()
        person.goto(f"{zaal.home}/sector/besluiten/{own}")
        expect(person.get_by_role("heading", name="Een andere sector beslist anders")).to_be_visible()
        expect(person.locator(f"section[aria-labelledby=tegen] a[href$='{else_}']")).to_be_visible()
        expect(person.get_by_role("button", name="Stel de keuze op")).to_have_count(0)

    def line() -> dict[str, Any]:
        return next(one for one in asked(page, zaal, "/v1/dualeprofielen/877")["regels"] if one["nr"] == 1)

    assert (line()["haalbaarheid"], line()["oneens"]) == ("nog-niet-beslist", True)

    chair, second = visitor(zaal, "Beheer"), visitor(zaal, "Tweede")
    chair.goto(f"{zaal.home}/sector/besluiten/{one}")
    chair.get_by_label("Waarom dit besluit geldt").fill("samen zo besproken")
    go(chair.get_by_role("button", name="Stel de keuze op"))
    expect(chair.get_by_text("keuze tussen sectoren")).to_be_visible()
    keuze = chair.url.rpartition("/")[2]
    assert keuze != one
    assert page.goto(f"{zaal.home}/sector/besluiten/{keuze}").status == 404  # type: ignore[union-attr]
    go(chair.get_by_role("button", name="Leg voor"))
    expect(chair.get_by_role("button", name="Bekrachtig")).to_be_visible()
    go(chair.get_by_role("button", name="Bekrachtig"))
    expect(chair.get_by_role("alert")).to_contain_text("tweede persoon")
    second.goto(f"{zaal.home}/sector/mijn")
    go(second.get_by_role("link", name="Stukadoor (BK-0130-5)").first)
    go(second.get_by_role("button", name="Bekrachtig"))
    expect(second.get_by_text("Bekrachtigd door")).to_be_visible()

    assert (line()["haalbaarheid"], line()["oneens"], line()["keuze"]) == ("moet", False, keuze)
    page.goto(f"{zaal.home}/sector/besluiten/{other}")
    expect(page.get_by_role("link", name="het andere besluit geldt")).to_be_visible()
    page.goto(f"{zaal.home}/sector/opvolging")
    clash = page.locator("section[aria-labelledby=oneens] tr").filter(has_text=one)
    expect(clash.get_by_role("link", name=keuze)).to_be_visible()
    chair.goto(f"{zaal.home}/sector/besluiten/{one}")
    expect(chair.get_by_role("button", name="Stel de keuze op")).to_have_count(0)


def test_what_is_withdrawn_says_why_and_changes_the_page_of_everybody(zaal: Zaal, visitor: Visitor) -> None:
    page = visitor(zaal)
    mandate(page, zaal, BOUW, "BK-0127")
    first, _, kenmerk = decided(zaal, visitor, ("An", "Bo"), "BK-0127", "kan")
    page.goto(f"{zaal.home}/sector/besluiten?code=BK-0127")
    expect(page.get_by_role("link").and_(page.locator(f"[href$='{kenmerk}']"))).to_be_visible()
    first.reload()
    go(first.get_by_role("button", name="Trek in"))
    expect(first.get_by_role("alert")).to_contain_text("vraagt een reden")
    first.get_by_label("Reden (nodig bij terugsturen").fill("er is een nieuwe werkvorm")
    go(first.get_by_role("button", name="Trek in"))
    expect(first.get_by_role("row").filter(has_text="er is een nieuwe werkvorm")).to_be_visible()
    page.reload()
    expect(page.locator(f"[href$='{kenmerk}']")).to_have_count(0)
    page.get_by_label("Toestand").select_option("ingetrokken")
    go(page.get_by_role("button", name="Toon", exact=True))
    expect(page.locator(f"[href$='{kenmerk}']")).to_be_visible()


def test_a_draft_trajectory_is_edited_kept_checked_and_taken_along(zaal: Zaal, visitor: Visitor) -> None:
    public, page = visitor(zaal), visitor(zaal, "Olaf")
    public.goto(f"{zaal.home}/sector/ontwerp?opleiding=310")
    expect(public.get_by_text("Dit is niet het wettelijke standaardtraject")).to_be_visible()
    expect(public.get_by_role("button", name="Bewaar dit ontwerp")).to_have_count(0)
    page.goto(f"{zaal.home}/sector/ontwerp?opleiding=310")
    last = page.locator("input[name^=naam-]").count() - 1
    page.get_by_label("Titel").fill("Ruwbouw, voorstel van november")
    page.locator(f"[name=naam-{last}]").fill("Op de werf")
    page.locator(f"[name=plaats-{last}]").select_option("werk")
    page.locator(f"[name=uren-{last}]").fill("400")
    page.locator("select[name^='in-']").first.select_option(str(last))
    go(page.get_by_role("button", name="Bewaar dit ontwerp"))
    expect(page.get_by_role("heading", name="Ruwbouw, voorstel van november")).to_be_visible()
    expect(page.get_by_text("bewaard door Olaf")).to_be_visible()
    expect(page.locator("input[value='Op de werf']")).to_be_visible()
    assert public.goto(page.url).status == 404  # type: ignore[union-attr]
    page.locator("input[name=uren-0]").fill("veel")
    go(page.get_by_role("button", name="Bewaar dit ontwerp"))
    expect(page.get_by_role("alert")).to_contain_text("is geen getal voor de uren")
    expect(page.locator("input[name=uren-0]")).to_have_value("veel")
