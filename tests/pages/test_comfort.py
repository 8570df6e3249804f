"""What JavaScript adds and what goes wrong: groups of suggestions, kept questions, a bar for waiting, plain errors."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from leerbrug.api.zaken import database_van
from leerbrug.besluiten.grootboek import nu
from leerbrug.besluiten.soorten import Instantie, Instantiesoort, Rol
from leerbrug.besluiten.tabellen import open_database
from leerbrug.besluiten.tokens import Tokens
from playwright.sync_api import Page, Route, expect

from .sectorzaal import Zaal

BRUG = "/v1/bruggen?van=BK-0019-3&naar=BK-0020-3"


@pytest.mark.usefixtures("script")
@pytest.mark.parametrize(
    ("typed", "groups"),
    [
        ("bakk", {"Kwalificaties", "Opleidingen", "Beroepen", "Competenties"}),
        ("opleiding", {"Vragen"}),
        ("bakkerij", {"Kwalificaties", "Opleidingen"}),
    ],
)
def test_suggestions_stand_in_groups(sample: str, page: Page, typed: str, groups: set[str]) -> None:
    page.goto(sample + "/")
    page.get_by_role("main").get_by_role("combobox", name="Zoek").press_sequentially(typed)
    expect(page.get_by_role("listbox")).to_have_attribute("data-vraag", typed)
    headings = page.get_by_role("listbox").locator("[role=group] > span")
    for group in groups:
        expect(headings.filter(has_text=re.compile(f"^{group}$"))).to_be_visible()


@pytest.mark.usefixtures("script")
def test_a_suggestion_says_the_language_of_its_name(sample: str, page: Page) -> None:
    page.goto(sample + "/?lang=en")
    page.get_by_role("main").get_by_role("combobox", name="Search").press_sequentially("banketbakker")
    name = page.get_by_role("option", name="BK-0020-3").locator("span[lang]")
    expect(name).to_have_text("Banketbakker")
    expect(name).to_have_attribute("lang", "nl")


@pytest.mark.usefixtures("script")
def test_a_question_is_opened_from_the_suggestions(sample: str, page: Page) -> None:
    page.goto(sample + "/")
    page.get_by_role("main").get_by_role("combobox", name="Zoek").press_sequentially("aantal niveau")
    page.get_by_role("option", name="Aantal beroepskwalificaties per VKS-niveau").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aantal beroepskwalificaties per VKS-niveau")


def test_a_search_without_script_finds_questions_too(sample: str, plain: Page) -> None:
    plain.goto(sample + "/zoeken?q=aantal+niveau")
    plain.get_by_role("link", name="Aantal beroepskwalificaties per VKS-niveau").click()
    expect(plain.locator("svg.staven")).to_be_visible()


@pytest.mark.usefixtures("script")
def test_a_question_of_the_workbench_is_kept(sample: str, page: Page) -> None:
    page.goto(sample + "/werkbank?query=ASK%20%7B%7D")
    page.once("dialog", lambda dialog: dialog.accept("Leeg"))
    page.get_by_role("button", name="Bewaar in deze browser").click()
    expect(page.get_by_role("heading", name="Mijn vragen")).to_be_visible()
    page.goto(sample + "/werkbank")
    page.get_by_role("link", name="Leeg").click()
    expect(page).to_have_url(re.compile("query=ASK"))
    expect(page.get_by_role("textbox", name="SPARQL-vraag")).to_contain_text("ASK {}")
    expect(page.get_by_role("heading", name="Antwoord", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Verwijder: Leeg").click()
    expect(page.get_by_role("heading", name="Mijn vragen")).to_be_hidden()


@pytest.mark.usefixtures("script")
def test_waiting_is_shown(sample: str, page: Page) -> None:
    page.goto(sample + "/v1/leertrajecten")
    held: list[Route] = []
    page.route("**/v1/leertrajecten?*", lambda route: held.append(route))
    page.get_by_label("Doel").fill("BK-0480")
    page.get_by_role("button", name="Zoek leertrajecten").click()
    expect(page.locator("#bezig")).to_have_text("Bezig…")
    expect(page.locator("#voortgang")).to_be_visible()
    held[0].continue_()
    expect(page.locator("#bezig")).to_be_empty()


@pytest.mark.usefixtures("script")
def test_a_refused_form_says_which_field_and_what_to_do(sample: str, page: Page) -> None:
    page.goto(sample + "/v1/leertrajecten")
    page.get_by_label("Doel").fill("BK-0480")
    page.locator("input[name=leeftijd]").evaluate("field => { field.type = 'text'; field.value = 'oud' }")
    page.get_by_role("button", name="Zoek leertrajecten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dat lukt niet")
    expect(page.get_by_role("main")).to_contain_text("leeftijd: oud – Dit is geen geheel getal.")
    page.get_by_role("link", name="Vul het opnieuw in").click()
    expect(page.get_by_label("Doel")).to_have_value("BK-0480")


WRONG = {
    "/v1/bruggen?van=X&naar=BK-0020-3": "Geef bijvoorbeeld BK-0019-3",
    "/v1/bruggen?van=BK-0019-3&naar=": "Kies wat iemand al heeft",
    "/v1/vragen/competenties-van-bk?bk=XX": "Zoek de code op /zoeken",
    "/v1/leertrajecten?doel=XYZ": "Geef een BK",
    "/v1/leertrajecten?doel=BK-0480&op=gisteren": "Schrijf een dag als 2026-09-01",
    "/v1/leertrajecten?doel=BK-0480&leeftijd=200": "Geef hoogstens 99",
    "/v1/leertrajecten?doel=BK-0480&leeftijd=oud": "Dit is geen geheel getal",
    "/v1/leertrajecten?doel=BK-0480&heeft=BK-9999-1": "staat niet in release 1",
    "/v1/kwalificaties?vksNiveau=99": "Geef hoogstens 8",
    "/v1/kwalificaties?geldigOp=32": "Schrijf een dag als 2026-09-01",
    "/v1/kwalificaties?page=0": "Geef minstens 1",
    "/v1/kwalificaties?soort=hoog": "Kies uit beroeps, onderwijs, deel",
    "/v1/kwalificaties?q=zzzzqqq": "Probeer een ander woord of neem een filter weg",
    "/v1/kwalificaties/BK-9999": "Zoek op naam in het zoekvak bovenaan",
    "/v1/kwalificaties/BK-0019?geldigOp=1990-01-01": "geen geldige versie",
    "/v1/structuuronderdelen/99999": "is niet gevonden in deze release",
    "/v1/releases/99": "Release 99 bestaat niet",
    "/werkbank?query=SELECT&uitvoeren=ja": "Op regel 1, bij teken 7, klopt de zinsbouw niet",
    "/werkbank?query=DELETE%20WHERE%20%7B%7D&uitvoeren=ja": "Hier kan je alleen vragen",
    "/zoeken?q=": "Typ hierboven een woord",
    "/zoeken?q=zzzzqqq": "Probeer een ander woord, een synoniem of een code",
    "/hier-is-niets": "Dit adres bestaat niet",
}
"""An address with something wrong in it -> what the page says of it."""


def test_what_is_wrong_is_said_in_plain_words_with_a_way_on(sample: str, plain: Page) -> None:
    for address, said in WRONG.items():
        answer = plain.goto(sample + address)
        assert answer is not None
        assert answer.status in (200, 400, 404), address
        main = plain.get_by_role("main")
        expect(main, address).to_contain_text(said)
        assert not re.search(r"Traceback|Exception|\bshould\b|\bInput\b", main.inner_text()), address
        assert main.locator("a[href], button").count() > 0, address


def test_tokens_are_listed_with_their_state_and_the_commands(zaal: Zaal, plain: Page) -> None:
    marks = tokens_in(database_van(zaal.folder))
    plain.goto(zaal.home + "/beheer#sleutels")
    section = plain.locator("section[aria-labelledby=sleutels]")
    for mark, state in marks.items():
        expect(section.get_by_role("row").filter(has_text=mark)).to_contain_text(state)
    expect(section).not_to_contain_text("An Claes")
    expect(section).to_contain_text("leerbrug token trek-in ")
    expect(section).to_contain_text("leerbrug token maak sector")


def tokens_in(database: str) -> dict[str, str]:
    """Four tokens of every state, and their marks."""
    past = Tokens(open_database(database), lambda: nu().replace(year=nu().year - 2))
    now = Tokens(open_database(database))
    body = Instantie(Instantiesoort.SECTOR, "bouw")
    _, gone = past.maak(Rol.ONTWERPER, "An Claes", dagen=30)
    _, soon = now.maak(Rol.SECTOR, "An Claes", body, dagen=3)
    _, live = now.maak(Rol.SECTOR, "An Claes", body)
    _, drawn = now.maak(Rol.BEHEERDER, "An Claes")
    now.trek_in(drawn.id)
    return {gone.id: "vervallen", soon.id: "vervalt binnenkort", live.id: "in gebruik", drawn.id: "ingetrokken"}


def test_programmes_are_filtered_by_their_place_in_the_matrix(sample: str, plain: Page) -> None:
    plain.goto(sample + "/")
    plain.get_by_role("link", name="Blader door de opleidingen").click()
    form = plain.locator("form.kaart")
    form.get_by_label("Naam, synoniem of code").fill("fiets")
    form.get_by_label("Graad").select_option("3")
    form.locator("select[name=duaal]").select_option("true")
    with plain.expect_navigation():
        form.get_by_role("button", name="Toon").click()
    expect(plain.locator("#gevonden tbody tr").first).to_be_visible()
    for row in plain.locator("#gevonden tbody tr").all():
        expect(row).to_contain_text("derde graad")
        expect(row).to_contain_text("duaal")
    plain.get_by_role("link", name="Fietsinstallaties duaal", exact=True).click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Fietsinstallaties duaal")


@pytest.mark.parametrize("graph", ["sample", "real"])
def test_a_domain_counts_in_the_tree_what_its_filter_finds(
    graph: str, request: pytest.FixtureRequest, plain: Page
) -> None:
    home = request.getfixturevalue(graph)
    plain.goto(f"{home}/v1/kwalificaties")
    counted = {}
    for branch in plain.locator("ul.boom > li > .tak").all():
        name, _, number = " ".join(branch.inner_text().split()).rpartition(" ")
        counted[name] = int(number)
    assert len(counted) > 5
    found = {}
    for name in counted:
        answer = plain.request.get(f"{home}/v1/kwalificaties", params={"domein": name, "total": "true"})
        found[name] = answer.json()["total"]
        plain.goto(f"{home}/v1/kwalificaties?{urlencode({'domein': name})}")
        expect(plain.locator("#gevonden > p.zacht")).to_have_text(f"{found[name]} gevonden")
    assert found == counted
