"""Each main task with the keyboard alone: no mouse, the focus always visible, one tab stop for a tree."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .toegankelijk import settled


def _focus(page: Page) -> str:
    return str(page.evaluate("(document.activeElement?.innerText || document.activeElement?.name || '').trim()"))


def test_the_first_stop_skips_to_the_content(sample: str, page: Page) -> None:
    page.goto(sample + "/v1/kwalificaties")
    page.keyboard.press("Tab")
    assert _focus(page) == "Naar de inhoud"
    page.keyboard.press("Enter")
    expect(page.locator("#inhoud")).to_be_focused()


@pytest.mark.usefixtures("script")
def test_searching_with_suggestions(sample: str, page: Page) -> None:
    page.goto(sample + "/")
    box = page.get_by_role("main").get_by_role("combobox", name="Zoek")
    box.focus()
    page.keyboard.type("banketbakk")
    options = page.get_by_role("option")
    expect(page.get_by_role("listbox")).to_have_attribute("data-vraag", "banketbakk")
    expect(options.first).to_be_visible()
    expect(page.get_by_role("listbox").get_by_role("group").first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("e")
    expect(page.get_by_role("listbox")).to_have_attribute("data-vraag", "banketbakke")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("banketbakker", re.IGNORECASE))


@pytest.mark.usefixtures("script")
def test_browsing_the_tree(sample: str, page: Page) -> None:
    page.goto(sample + "/v1/kwalificaties")
    settled(page)
    tree = page.get_by_role("tree")
    assert tree.locator("[tabindex='0']").count() == 1
    tree.locator("[tabindex='0']").focus()
    first = _focus(page)
    page.keyboard.press("End")
    last = _focus(page)
    assert last != first
    page.keyboard.press("Home")
    assert _focus(page) == first
    page.keyboard.press("v")
    assert _focus(page).startswith("V")
    page.keyboard.press("v")
    assert _focus(page).startswith("Voeding")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    page.keyboard.press("ArrowRight")
    child = _focus(page)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "false"
    assert child != _focus(page)
    assert tree.locator("[tabindex='0']").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[role=tree]')") is None


@pytest.mark.usefixtures("script")
def test_opening_a_qualification_from_the_tree(sample: str, page: Page) -> None:
    page.goto(sample + "/v1/kwalificaties")
    settled(page)
    page.get_by_role("tree").locator("[tabindex='0']").focus()
    for _ in range(6):
        if page.evaluate("!!document.activeElement.querySelector(':scope > .tak a')"):
            break
        page.keyboard.press("ArrowRight")
    name = _focus(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name.partition(" (")[0])


@pytest.mark.usefixtures("script")
def test_filtering_a_bridge_keeps_the_focus(sample: str, page: Page) -> None:
    page.goto(sample + "/v1/bruggen?van=BK-0019-3&naar=BK-0020-3")
    page.get_by_role("link", name=re.compile("^Alles")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=re.compile("^Alles"))).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("link", name=re.compile("^Alles"))).to_be_focused()
    expect(page).to_have_url(re.compile("toon=alles"))


def test_choosing_a_bridge(sample: str, page: Page) -> None:
    page.goto(sample + "/v1/bruggen")
    page.locator("select[name=van]").focus()
    page.keyboard.type("Bakker")
    page.keyboard.press("Tab")
    page.keyboard.type("Banketbakker")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Banketbakker")


def test_planning(sample: str, page: Page) -> None:
    page.goto(sample + "/v1/leertrajecten")
    page.get_by_label("Doel").focus()
    page.keyboard.type("BK-0480")
    page.keyboard.press("Tab")
    page.keyboard.type("graad2:A")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Leertraject 1")).to_be_visible()


@pytest.mark.usefixtures("script")
def test_writing_sparql_and_leaving_the_editor(sample: str, page: Page) -> None:
    page.goto(sample + "/werkbank")
    editor = page.get_by_role("textbox", name="SPARQL-vraag")
    editor.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("SELECT ?s WHERE { ?s a <https://w3id.org/leerbrug/ns#Sector> }")
    page.keyboard.press("ControlOrMeta+Enter")
    expect(page.get_by_role("heading", name="Antwoord", exact=True)).to_be_visible()
    page.get_by_role("textbox", name="SPARQL-vraag").focus()
    page.keyboard.press("Tab")
    assert _focus(page) == "Voer uit"


@pytest.mark.usefixtures("script")
def test_the_editor_knows_our_words(sample: str, page: Page) -> None:
    page.goto(sample + "/werkbank")
    page.get_by_role("textbox", name="SPARQL-vraag").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("SELECT * WHERE { ?s a leer:Beroepskwalificatiev")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("leer:Beroepskwalificatieversie")


@pytest.mark.parametrize("address", ["/", "/v1/bruggen?van=BK-0019-3&naar=BK-0020-3", "/beheer"])
def test_the_focus_is_always_visible(sample: str, page: Page, address: str) -> None:
    page.goto(sample + address)
    for _ in range(25):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "() => { const e = document.activeElement; const s = getComputedStyle(e);"
            " return e === document.body || s.outlineStyle !== 'none' || s.boxShadow !== 'none' }"
        )
        assert seen, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
