"""What must hold on every page: accessible in three languages, from 320 px to 4K, on paper and without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Request

from .toegankelijk import settled, violations, with_axe

SPARQL = "SELECT%20%3Fs%20%3Fo%20WHERE%20%7B%3Fs%20a%20%3Fo%7D%20LIMIT%205"
CONSTRUCT = "CONSTRUCT%20%7B%3Fs%20a%20%3Fo%7D%20WHERE%20%7B%3Fs%20a%20%3Fo%7D%20LIMIT%205"
BRUG = "/v1/bruggen?van=BK-0019-3&naar=BK-0020-3"

TABS = ("relaties", "bruggen", "duaal", "geschiedenis", "bron")

PAGES = (
    "/",
    "/zoeken?q=bakker",
    "/v1/kwalificaties",
    "/v1/kwalificaties/BK-0130",
    *(f"/v1/kwalificaties/BK-0130/versies/5?tab={tab}" for tab in TABS),
    "/v1/kwalificaties/BK-0130-5-DBK-01",
    "/v1/structuuronderdelen",
    "/v1/structuuronderdelen/1",
    "/v1/structuuronderdelen/15",
    "/v1/competenties/bkc0044299",
    "/v1/bruggen",
    BRUG,
    *(f"{BRUG}&tab={tab}" for tab in ("kloof", "keten", "suggesties", "ernaast")),
    "/v1/leertrajecten",
    "/v1/leertrajecten?doel=BK-0480&heeft=graad2:A&leeftijd=16",
    "/v1/leertrajecten?doel=BK-0480&heeft=graad2:A&leeftijd=16&maxDuur=1",
    "/v1/vragen",
    "/v1/vragen/bks-per-niveau",
    "/v1/vragen/competenties-van-bk?bk=BK-0019-3",
    "/werkbank",
    f"/werkbank?query={SPARQL}&uitvoeren=ja",
    f"/werkbank?query={CONSTRUCT}&uitvoeren=ja",
    "/sector",
    "/sector?opleiding=99",
    "/beheer",
    "/beheer?regel=https://w3id.org/leerbrug/shapes/competentie%23zonder-referentie",
    "/hier-is-niets",
)
"""Every kind of page, and every tab."""


def _with(address: str, **query: str) -> str:
    return address + ("&" if "?" in address else "?") + "&".join(f"{name}={value}" for name, value in query.items())


LOOKS = {
    "nl": {"color_scheme": "light"},
    "en": {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
    "fr": {"color_scheme": "light", "forced_colors": "active"},
}
"""Each language in a look of its own: plain, dark on a telephone, forced colours."""


@pytest.mark.usefixtures("script")
@pytest.mark.parametrize("language", LOOKS)
def test_axe_finds_nothing(sample: str, context: Callable[..., BrowserContext], language: str) -> None:
    page = with_axe(context(bypass_csp=True, **LOOKS[language])).new_page()
    for address in PAGES:
        page.goto(sample + _with(address, lang=language))
        assert page.locator("html").get_attribute("lang") == language
        assert violations(page) == [], address


@pytest.mark.parametrize("width", [320, 768, 3840])
def test_no_page_scrolls_sideways(sample: str, context: Callable[..., BrowserContext], width: int) -> None:
    page = context(viewport={"width": width, "height": 800}).new_page()
    for address in PAGES:
        page.goto(sample + address)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{address} is {wide} px too wide at {width}"


def test_every_page_says_all_without_javascript(sample: str, plain: Page) -> None:
    """Nothing is hidden behind script: the heading and the menu are there, and no button that only script can serve."""
    for address in PAGES:
        plain.goto(sample + address)
        assert plain.locator("h1").count() == 1, address
        assert plain.locator("h1").inner_text().strip(), address
        assert plain.locator("nav a").count() > 5, address
        for button in plain.locator("button:visible").all():
            assert button.evaluate("b => b.type") == "submit", f"{address}: a button that needs script is visible"


def test_every_link_of_every_page_leads_somewhere(sample: str, plain: Page) -> None:
    seen: dict[str, str] = {}
    for address in PAGES[:-1]:
        plain.goto(sample + address)
        for href in plain.locator("a[href^='/']").evaluate_all("links => links.map(a => a.getAttribute('href'))"):
            seen.setdefault(href.partition("#")[0], address)
    kinds = {_kind(href): href for href in seen}
    for href in kinds.values():
        answer = plain.request.get(sample + href, headers={"Accept": "text/html,*/*;q=0.1"})
        assert answer.status == 200, f"{href} on {seen[href]}: {answer.status}"


def _kind(href: str) -> str:
    """One link of each kind is followed: the same path with other codes and values is the same kind."""
    path, _, query = href.partition("?")
    parts = ["*" if any(letter.isdigit() for letter in part) else part for part in path.split("/")]
    names = sorted(pair.partition("=")[0] for pair in query.split("&") if pair)
    tabs = [pair for pair in query.split("&") if pair.startswith(("tab=", "format="))]
    return "/".join(parts) + "?" + ",".join(names + tabs)


def test_on_paper_the_frame_is_gone_and_the_content_stays(sample: str, page: Page) -> None:
    page.emulate_media(media="print")
    for address in PAGES[:-1]:
        page.goto(sample + address)
        assert not page.locator("header.kop").is_visible(), address
        assert page.locator("button:visible").count() == 0, address
        assert page.locator("h1").is_visible(), address
        cut_off = "e => getComputedStyle(e).overflowX !== 'visible'"
        wide = page.evaluate(f"[...document.querySelectorAll('.rol')].filter({cut_off}).length")
        assert wide == 0, f"{address}: a table would be cut off on paper"


def test_a_bridge_prints_as_a_pdf_of_text(sample: str, page: Page) -> None:
    page.goto(sample + BRUG)
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert 1 <= pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") <= 6


@pytest.mark.usefixtures("script")
def test_nothing_moves_while_a_page_loads(sample: str, page: Page) -> None:
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.moved += e.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    for address in PAGES[:-1]:
        page.goto(sample + address)
        settled(page)
        assert page.evaluate("window.moved") < 0.02, address


@pytest.mark.usefixtures("script")
def test_the_first_page_needs_little_javascript(sample: str, page: Page) -> None:
    scripts: list[Request] = []
    page.on("requestfinished", lambda one: scripts.append(one) if one.resource_type == "script" else None)
    page.goto(sample + "/", wait_until="networkidle")
    settled(page)
    assert scripts
    assert sum(script.sizes()["responseBodySize"] for script in scripts) < 100_000
