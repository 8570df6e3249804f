"""Ten real tasks of each of the three users, done as they would do them, on the sample and on the real graph.

A designer compares and questions standards, a sector decides, a visitor looks for a way. Each task ends with what the
person came for, read from the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Task = Callable[[Page, str], None]
DESIGNER: list[Task] = []
SECTOR: list[Task] = []
VISITOR: list[Task] = []


def _number(text: str) -> int:
    found = re.search(r"\d+", text.replace(".", ""))
    assert found, text
    return int(found.group())


# A designer


def finds_a_qualification_by_part_of_its_name(page: Page, home: str) -> None:
    page.goto(home + "/")
    page.get_by_role("main").get_by_label("Zoek").fill("banketbakk")
    page.get_by_role("main").get_by_role("button", name="Zoek").click()
    page.get_by_role("link", name="Banketbakker", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Banketbakker")


def reads_its_competences_in_order_with_knowledge(page: Page, home: str) -> None:
    page.goto(home + "/v1/kwalificaties/BK-0018")
    numbers = page.locator("section[aria-labelledby=competenties] tbody tr td:first-child").all_inner_texts()
    assert [int(number) for number in numbers] == sorted(int(number) for number in numbers)
    page.locator("summary", has_text="Kennis").first.click()
    expect(page.locator("details[open] li").first).to_be_visible()


def sees_which_programmes_lead_to_it(page: Page, home: str) -> None:
    page.goto(home + "/v1/kwalificaties/BK-0019")
    page.get_by_role("link", name="Relaties").click()
    expect(page.get_by_role("link", name="Brood- en banketbakkerij duaal").first).to_be_visible()


def lays_two_qualifications_side_by_side(page: Page, home: str) -> None:
    page.goto(home + "/v1/bruggen")
    form = page.locator("form.kaart").first
    form.locator("select[name=van]").select_option("BK-0019-3")
    form.locator("select[name=naar]").select_option("BK-0020-3")
    form.get_by_role("button").click()
    expect(page.get_by_role("heading", name="Naar Banketbakker", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Naar Bakker", exact=True)).to_be_visible()


def sees_what_is_missing_first_and_then_all(page: Page, home: str) -> None:
    page.goto(home + "/v1/bruggen?van=BK-0019-3&naar=BK-0020-3")
    expect(page.locator("tbody tr").first).to_be_visible()
    rest = page.locator("tbody tr").count()
    expect(page.locator("tbody .oordeel.gedekt")).to_have_count(0)
    page.get_by_role("link", name=re.compile("^Alles")).click()
    expect(page.get_by_role("link", name=re.compile("^Alles"))).to_have_attribute("aria-current", "true")
    expect(page.locator("tbody .oordeel.gedekt").first).to_be_visible()
    assert rest > 0
    expect(page.locator("tbody tr").nth(rest)).to_be_visible()


def takes_the_bridge_along_as_shown(page: Page, home: str) -> None:
    page.goto(home + "/v1/bruggen?van=BK-0019-3&naar=BK-0020-3")
    shown = page.locator("tbody tr").count()
    csv = page.request.get(home + str(page.get_by_role("link", name="CSV").get_attribute("href")))
    assert len(csv.text().strip().splitlines()) == shown + 1
    for name, kind in (("Excel", "spreadsheetml"), ("PDF", "application/pdf"), ("SVG", "svg")):
        answer = page.request.get(home + str(page.get_by_role("link", name=name).get_attribute("href")))
        assert kind in answer.headers["content-type"]


def closes_a_gap_or_walks_over_stones(page: Page, home: str) -> None:
    page.goto(home + "/v1/bruggen?van=BK-0018-3&naar=BK-0019-3")
    page.get_by_role("link", name="De kloof dichten").click()
    expect(page.get_by_role("heading", name="Mogelijkheid 1")).to_be_visible()
    page.get_by_role("link", name="het minste opnieuw leren").click()
    expect(page.get_by_role("link", name="het minste opnieuw leren")).to_have_attribute("aria-current", "true")
    proof = page.request.get(home + str(page.get_by_role("link", name="JSON-LD met bewijs").get_attribute("href")))
    assert (proof.json()["type"], proof.json()["criterium"]) == ("Kloof", "dubbel")
    page.goto(home + "/v1/bruggen?van=BK-0068-2&naar=BK-0002-3")
    page.get_by_role("link", name="Stapstenen").click()
    expect(page.locator("tbody tr").nth(2)).to_be_visible()
    proof = page.request.get(home + str(page.get_by_role("link", name="JSON-LD met bewijs").get_attribute("href")))
    assert len(proof.json()["stappen"]) + 1 == page.locator("tbody tr").count()


def answers_a_question_without_sparql(page: Page, home: str) -> None:
    page.goto(home + "/v1/vragen")
    page.get_by_label("Waarover?").fill("niveau")
    page.locator("form.kaart").get_by_role("button").click()
    page.get_by_role("link", name="Aantal beroepskwalificaties per VKS-niveau").click()
    expect(page.locator("svg.staven")).to_be_visible()
    expect(page.locator("tbody tr").nth(2)).to_be_visible()


def goes_on_from_a_question_in_sparql(page: Page, home: str) -> None:
    page.goto(home + "/v1/vragen/competenties-van-bk?bk=BK-0019-3")
    expect(page.locator("tbody tr").first).to_be_visible()
    rows = page.locator("tbody tr").count()
    page.get_by_text("Toon de SPARQL").click()
    page.get_by_role("link", name="Pas aan in de werkbank").click()
    page.get_by_role("button", name="Voer uit").click()
    expect(page.get_by_role("heading", name="Antwoord", exact=True)).to_be_visible()
    expect(page.locator("#antwoord tbody tr")).to_have_count(rows)


def learns_sparql_in_ten_steps(page: Page, home: str) -> None:
    page.goto(home + "/werkbank")
    steps = [str(link.get_attribute("href")) for link in page.locator(".stappen a").all()]
    assert len(steps) == 10
    for step in steps:
        page.goto(home + step)
        expect(page.locator("#antwoord tbody tr").first, step).to_be_visible()


DESIGNER += [
    finds_a_qualification_by_part_of_its_name,
    reads_its_competences_in_order_with_knowledge,
    sees_which_programmes_lead_to_it,
    lays_two_qualifications_side_by_side,
    sees_what_is_missing_first_and_then_all,
    takes_the_bridge_along_as_shown,
    closes_a_gap_or_walks_over_stones,
    answers_a_question_without_sparql,
    goes_on_from_a_question_in_sparql,
    learns_sparql_in_ten_steps,
]


# A sector


def reads_the_dual_profile_of_a_programme(page: Page, home: str) -> None:
    page.goto(home + "/")
    door = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Ik beslis voor een sector"))
    door.get_by_role("link", name="Wat kan en moet op de werkvloer").click()
    page.get_by_label("Duale opleiding").select_option("99")
    page.get_by_role("button", name="Toon het profiel").click()
    expect(page.locator("section[aria-labelledby=profiel] tbody tr").nth(5)).to_be_visible()


def sees_what_is_decided_about_the_work_floor(page: Page, home: str) -> None:
    page.goto(home + "/v1/kwalificaties/BK-0019")
    page.get_by_role("link", name="Duaal").click()
    expect(page.get_by_role("heading", name="Wat kan en wat moet op de werkvloer geleerd worden")).to_be_visible()


def sees_the_dual_programmes_of_a_qualification(page: Page, home: str) -> None:
    page.goto(home + "/v1/kwalificaties/BK-0019?tab=duaal")
    expect(page.get_by_role("link", name="Brood- en banketbakkerij duaal").first).to_be_visible()


def reads_the_contract_and_its_hours(page: Page, home: str) -> None:
    page.goto(home + "/v1/structuuronderdelen/99")
    card = page.locator("section[aria-labelledby=werkt]")
    expect(card).to_contain_text("overeenkomst alternerende opleiding")
    expect(card).to_contain_text("minstens 20 uur per week op de werkplek")


def counts_the_obligatory_contexts(page: Page, home: str) -> None:
    page.goto(home + "/v1/structuuronderdelen/1")
    contexts = page.locator("dt", has_text="Verplichte contexten").locator("xpath=following-sibling::dd[1]")
    expect(contexts).to_contain_text("3")
    expect(contexts.locator("li")).to_have_count(3)


def reads_the_route_in_one_picture_and_its_table(page: Page, home: str) -> None:
    page.goto(home + "/v1/structuuronderdelen/99")
    expect(page.get_by_role("img", name="De weg door Fietsinstallaties duaal")).to_be_visible()
    page.locator("summary", has_text="De weg als tabel").click()
    drawn = page.locator("svg.route text").all_text_contents()
    told = " ".join(page.locator("details[open] td, details[open] th").all_inner_texts())
    assert all(word in told for text in drawn for word in text.split())


def sees_who_may_enter_flexibly(page: Page, home: str) -> None:
    page.goto(home + "/v1/structuuronderdelen/99")
    expect(page.locator("section[aria-labelledby=toelating]")).to_contain_text("Fietshersteller (BK-0117)")


def sees_the_required_certificates(page: Page, home: str) -> None:
    page.goto(home + "/v1/kwalificaties/BK-0019")
    expect(page.get_by_role("heading", name="Vereiste attesten")).to_be_visible()


def follows_a_finding_to_its_place_in_the_file(page: Page, home: str) -> None:
    page.goto(home + "/beheer")
    row = page.locator("section[aria-labelledby=bevindingen] tbody tr").first
    times = _number(row.locator("td.cijfer").inner_text())
    row.get_by_role("link").click()
    expect(page.locator("#lijst")).to_contain_text(str(times))
    expect(page.locator("#lijst ~ .rol td.code").first).to_contain_text("regel")


def lists_the_dual_programmes_by_contract(page: Page, home: str) -> None:
    page.goto(home + "/v1/vragen/opleidingen-per-overeenkomst")
    expect(page.locator("tbody tr").nth(1)).to_be_visible()


SECTOR += [
    reads_the_dual_profile_of_a_programme,
    sees_what_is_decided_about_the_work_floor,
    sees_the_dual_programmes_of_a_qualification,
    reads_the_contract_and_its_hours,
    counts_the_obligatory_contexts,
    reads_the_route_in_one_picture_and_its_table,
    sees_who_may_enter_flexibly,
    sees_the_required_certificates,
    follows_a_finding_to_its_place_in_the_file,
    lists_the_dual_programmes_by_contract,
]


# A visitor


def plans_a_way_to_a_qualification(page: Page, home: str) -> None:
    page.goto(home + "/v1/leertrajecten")
    page.get_by_label("Doel").fill("BK-0480")
    page.get_by_label("Wat iemand al heeft").fill("graad2:A")
    page.get_by_label("Leeftijd").fill("16")
    page.get_by_role("button", name="Zoek leertrajecten").click()
    expect(page.get_by_role("heading", name="Leertraject 1")).to_be_visible()
    expect(page.locator("svg.route").first).to_be_visible()


def compares_the_ways_side_by_side(page: Page, home: str) -> None:
    page.goto(home + "/v1/leertrajecten?doel=BK-0480&heeft=graad2:A&leeftijd=16")
    table = page.locator("section[aria-labelledby=naasteen] table")
    expect(table.locator("thead th").nth(2)).to_be_visible()
    expect(table).to_contain_text("Schooljaren")


def learns_why_there_is_no_way(page: Page, home: str) -> None:
    page.goto(home + "/v1/leertrajecten?doel=BK-0480&heeft=graad2:A&leeftijd=16&maxDuur=1")
    expect(page.get_by_role("heading", name="Waarom er geen leertraject is")).to_be_visible()
    expect(page.locator("section[aria-labelledby=waarom]")).to_contain_text("1 schooljaar")


def shares_a_plan_by_its_address(page: Page, home: str) -> None:
    page.goto(home + "/v1/leertrajecten?doel=BK-0480&heeft=graad2:A&leeftijd=16")
    address = str(page.get_by_role("link", name="Adres van deze vraag").get_attribute("href"))
    before = page.locator("section[aria-labelledby=naasteen]").inner_text()
    page.goto(home + address)
    expect(page.locator("section[aria-labelledby=naasteen]")).to_have_text(before, use_inner_text=True)


def sees_where_a_qualification_brings_most(page: Page, home: str) -> None:
    page.goto(home + "/v1/kwalificaties/BK-0019?tab=bruggen")
    page.locator("section[aria-labelledby=uit] tbody a").first.click()
    expect(page.get_by_role("heading", name=re.compile("^Naar "))).to_have_count(2)


def browses_a_domain(page: Page, home: str) -> None:
    page.goto(home + "/v1/kwalificaties")
    page.locator("select[name=domein]").select_option("Voeding")
    page.locator("form.kaart").get_by_role("button").click()
    expect(page).to_have_url(re.compile("domein=Voeding"))
    expect(page.locator("#gevonden")).to_contain_text("Bakker")


def finds_nothing_and_is_told_what_to_do(page: Page, home: str) -> None:
    page.goto(home + "/zoeken?q=zzzzqqq")
    expect(page.get_by_role("main")).to_contain_text("Probeer een ander woord")


def reads_it_in_french(page: Page, home: str) -> None:
    page.goto(home + "/v1/bruggen?van=BK-0019-3&naar=BK-0020-3")
    page.get_by_role("link", name="FR").click()
    expect(page.get_by_role("link", name=re.compile("^Pas encore couvert"))).to_be_visible()
    expect(page).to_have_url(re.compile("van=BK-0019-3"))


def gets_a_plain_answer_to_a_wrong_code(page: Page, home: str) -> None:
    answer = page.goto(home + "/v1/kwalificaties/BK-9999")
    assert answer
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Niet gevonden")
    page.get_by_role("link", name="Terug naar de startpagina").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("van hier naar daar")


def sees_where_something_is_said(page: Page, home: str) -> None:
    page.goto(home + "/v1/kwalificaties/BK-0019?tab=bron")
    expect(page.get_by_role("main")).to_contain_text("Vlaamse overheid")
    expect(page.locator("section[aria-labelledby=herkomst] li.code").first).to_contain_text("regel")
    expect(page.locator("section[aria-labelledby=turtle]")).to_contain_text("leer:heeftCompetentie")


VISITOR += [
    plans_a_way_to_a_qualification,
    compares_the_ways_side_by_side,
    learns_why_there_is_no_way,
    shares_a_plan_by_its_address,
    sees_where_a_qualification_brings_most,
    browses_a_domain,
    finds_nothing_and_is_told_what_to_do,
    reads_it_in_french,
    gets_a_plain_answer_to_a_wrong_code,
    sees_where_something_is_said,
]


@pytest.mark.parametrize("task", [*DESIGNER, *SECTOR, *VISITOR], ids=lambda task: task.__name__)
def test_a_task_on_the_sample(sample: str, page: Page, task: Task) -> None:
    task(page, sample)


@pytest.mark.parametrize("task", [*DESIGNER, *SECTOR, *VISITOR], ids=lambda task: task.__name__)
def test_the_same_task_on_the_real_graph(real: str, page: Page, task: Task) -> None:
    task(page, real)


def test_each_user_has_ten_tasks() -> None:
    assert len(set(DESIGNER)) == len(set(SECTOR)) == len(set(VISITOR)) == 10


@pytest.mark.parametrize(
    "task",
    [task for task in (*DESIGNER, *SECTOR, *VISITOR) if task is not learns_sparql_in_ten_steps],
    ids=lambda task: task.__name__,
)
def test_the_same_task_without_javascript(sample: str, plain: Page, task: Task) -> None:
    task(plain, sample)
