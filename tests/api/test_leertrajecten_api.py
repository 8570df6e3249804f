"""/v1/leertrajecten over real HTTP: the page, JSON-LD that its evidence holds for, CTDL, and clear refusals."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import httpx
import pytest
from leerbrug.checks.traject import check_leertrajecten
from leerbrug.graph.releases import Releases

VRAAG = {"doel": "99", "heeft": "BK-0117-2", "leeftijd": "17", "op": "2026-10-09"}
PATH = "/v1/leertrajecten"
LD = {"Accept": "application/ld+json"}


def asked(client: httpx.Client, accept: str = "application/ld+json", **more: Any) -> httpx.Response:
    return client.get(PATH, params={**VRAAG, **more}, headers={"Accept": accept})


def test_json_ld_passes_the_checker_of_its_release(client: httpx.Client, releases: Any) -> None:
    answer = asked(client)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/ld+json")
    document = answer.json()
    assert [stap["programma"] for stap in document["leertrajecten"][0]["stappen"]] == ["99"]
    release = Releases(releases).open(document["release"])
    assert check_leertrajecten(document, release.graph(), release.number) == ()


def test_the_page_has_the_time_line_the_derivation_and_the_table(client: httpx.Client) -> None:
    page = asked(client, "text/html").text
    assert page.count("<svg") >= 2
    assert "Afleiding van leertraject 1" in page
    assert "Fietshersteller" in page


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_every_sentence_of_an_answer_is_told_in_the_language_of_the_page_and_in_no_other(
    client: httpx.Client, language: str
) -> None:
    answer, page = asked(client).json(), unescape(asked(client, "text/html", lang=language).text)
    told = [each["tekst"] for each in answer["aannames"]] + [answer["zekerheid"]["tekst"]]
    told += [each["tekst"] for each in answer["zekerheid"]["mijlpalen"]]
    told += [one["tekst"] for way in answer["leertrajecten"] for step in way["stappen"] for one in step["onzeker"]]
    assert len(told) > len(answer["aannames"]) + 2
    for sentence in told:
        assert set(sentence) == {"nl", "en", "fr"}
        assert [sentence[each] in page for each in sentence] == [each == language for each in sentence]


def test_the_drawings_speak_the_language_of_the_page_too(client: httpx.Client) -> None:
    nl, en = (unescape(asked(client, "text/html", lang=language).text) for language in ("nl", "en"))
    assert "klaar voor de" in nl
    assert "(leerling)" in nl
    assert "klaar voor de" not in en
    assert "(leerling)" not in en
    assert "learner)" in en


def test_the_page_says_what_a_way_without_a_step_costs_more_also_where_that_is_only_off_the_work_floor(
    client: httpx.Client,
) -> None:
    wish = {"doel": "BK-0019", "heeft": "graad2:A", "leeftijd": "17", "op": "2026-10-09"}
    (step,) = client.get(PATH, params=wish, headers=LD).json()["leertrajecten"][0]["stappen"]
    page = unescape(client.get(PATH, params=wish, headers={"Accept": "text/html"}).text)
    more = {name: step["omweg"][name] for name in ("schooljaren", "contacturen", "inschrijvingen", "buiten_werkvloer")}
    assert more == {"schooljaren": 0, "contacturen": 0, "inschrijvingen": 0, "buiten_werkvloer": 1600}
    assert "zonder deze stap: 1.600 uur buiten de werkvloer meer" in page


@pytest.mark.parametrize(
    ("goal", "told"),
    [
        ("duaal@2", "a dual programme in study domain 2"),
        ("OK3@2", "educational qualification level 3 in study domain 2"),
        ("BK-0480,OK3", "BK-0480, OK3"),
    ],
)
def test_the_heading_names_the_goal_in_the_language_of_the_page(client: httpx.Client, goal: str, told: str) -> None:
    page = unescape(asked(client, "text/html", doel=goal, lang="en").text)
    assert re.search(rf"pathways? to {re.escape(told)}<", page)


def test_one_way_alone_is_not_said_to_cost_least(client: httpx.Client) -> None:
    answer, page = asked(client).json(), asked(client, "text/html").text
    assert len(answer["leertrajecten"]) == 1
    assert ">minst<" not in page


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_why_not_is_told_in_the_language_of_the_page(client: httpx.Client, language: str) -> None:
    wish = {"doel": "BK-0480", "heeft": "graad2:A", "maxDuur": "1", "werkplekMin": "20", "leeftijd": "17"}
    answer = client.get(PATH, params=wish).json()["onhaalbaar"]
    page = unescape(client.get(PATH, params={**wish, "lang": language}, headers={"Accept": "text/html"}).text)
    told = [answer["reden"], *(each["tekst"] for each in (*answer["conflict"], *answer["voorstellen"]))]
    assert len(told) > 2
    for sentence in told:
        assert sentence[language] in page
        assert len(set(sentence.values())) == 3


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("nl", "1 inschrijving meer", "1 inschrijvingen"),
        ("en", "1 enrolment more", "1 enrolments"),
        ("fr", "1 inscription de plus", "1 inscriptions"),
    ],
)
def test_one_enrolment_is_not_told_as_many(client: httpx.Client, language: str, one: str, many: str) -> None:
    page = asked(client, "text/html", doel="BK-0480-1", lang=language).text
    assert one in page
    assert many not in page


def test_the_form_asks_all_that_can_be_asked(client: httpx.Client) -> None:
    page = client.get(PATH, headers={"Accept": "text/html"}).text
    parameters = client.get("/v1/openapi.json").json()["paths"][PATH]["get"]["parameters"]
    names = {each["name"] for each in parameters if each["in"] == "query"} - {
        "k",
        "formaat",
        "release",
        "lang",
        "geldigOp",
        "format",
    }
    assert {"vrijstelling", "werkplek", "regio", "taalondersteuning"} <= names
    assert {name for name in names if f'name="{name}"' not in page} == set()


def test_ctdl_is_a_pathway(client: httpx.Client) -> None:
    graph = asked(client, formaat="ctdl").json()["@graph"]
    assert graph[0]["@type"] == "ceterms:Pathway"


@pytest.mark.parametrize(
    ("more", "wat"),
    [
        ({"heeft": "", "vrijstelling": "toelating:99|School X|directeur|dossier 1|2028-01-01"}, 1),
        ({"heeft": "", "vrijstelling": "toelating:99|School X|directeur|dossier 1|2026-12-01"}, 2),
    ],
)
def test_an_exemption_in_the_address_changes_the_plan(client: httpx.Client, more: dict[str, str], wat: int) -> None:
    ways = asked(client, **more).json()["leertrajecten"]
    assert min((len(way["stappen"]) for way in ways), default=2) == wat


@pytest.mark.parametrize(
    ("more", "condition"),
    [
        ({"werkplek": "Gent:8:25"}, "werkplekken"),
        ({"urenPerWeek": "20"}, "uren-per-week"),
        ({"einde": "2028-06-30"}, "einddatum"),
        ({"weg": "voltijds"}, "wegen"),
        ({"vermijd": "99"}, "vermijd"),
        ({"werkplekMax": "16"}, "werkplek-max"),
        ({"maxDuur": "1"}, "max-duur"),
        ({"contract": "SOAO"}, "contract"),
        ({"doel": "512", "heeft": "graad2:A", "stelsel": "M"}, "stelsel"),
    ],
)
def test_a_limit_in_the_address_is_the_conflict(client: httpx.Client, more: dict[str, str], condition: str) -> None:
    conflict = asked(client, **more).json()["onhaalbaar"]["conflict"]
    assert [each["voorwaarde"] for each in conflict] == [condition]


REGEL = 'minstens = 2\ndelen = ["BK-0117", {gelijk = ["BK-0480", "certificaat:Fietstechnicus"]}]'


def test_a_rule_in_the_address_is_the_goal_and_its_evidence_holds(client: httpx.Client, releases: Any) -> None:
    document = asked(client, doel="", regels=REGEL).json()
    assert ["reeks:BK-0117", "reeks:BK-0480"] in document["doelfeiten"]
    assert [stap["programma"] for stap in document["leertrajecten"][0]["stappen"]] == ["99"]
    release = Releases(releases).open(document["release"])
    assert check_leertrajecten(document, release.graph(), release.number) == ()
    page = asked(client, "text/html", doel="", regels=REGEL).text
    assert "certificaat:Fietstechnicus&#34;]}]</textarea>" in page
    assert "heeft=BK-0117-2" in page
    assert "regels=minstens+%3D+2" in page


def test_a_weighting_in_the_address_weighs(client: httpx.Client) -> None:
    way = asked(client, weging="schooljaar=7,buiten=0,inschrijving=0").json()["leertrajecten"][0]
    assert way["gewicht"] == 700 * way["schooljaren"]


def test_support_is_told_as_something_to_arrange(client: httpx.Client) -> None:
    steps = asked(client, taalondersteuning="ja").json()["leertrajecten"][0]["stappen"]
    assert any("taalondersteuning" in line["tekst"]["nl"] for line in steps[0]["onzeker"])


@pytest.mark.parametrize(
    ("more", "status", "words"),
    [
        ({"vrijstelling": "toelating:99"}, 400, "OMVANG|ACTOR|ROL|BEWIJS"),
        ({"werkplek": "Gent:2:veel"}, 400, "werkplek"),
        ({"regels": "minstens = "}, 400, "TOML of JSON"),
        ({"weging": "duur=3"}, 400, "schooljaar"),
        ({"stelsel": "X"}, 400, "stelsel"),
        ({"leeftijd": "oud"}, 400, "leeftijd"),
        ({"heeft": "evc:OK3"}, 400, "EVC"),
        ({"doel": "BK-9999-1"}, 404, "BK-9999-1"),
        ({"release": "99"}, 404, "99"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_clear_words(
    client: httpx.Client, more: dict[str, str], status: int, words: str
) -> None:
    answer = asked(client, **more)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert words in answer.text
