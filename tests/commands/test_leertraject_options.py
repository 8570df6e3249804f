"""Every option of `leerbrug leertraject` changes the answer: to another way, or to none with the reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from leerbrug.cli import app
from leerbrug.graph.releases import Release
from typer.testing import CliRunner

FIETS = ("--heeft", "BK-0117-2", "--doel", "99", "--leeftijd", "17")
KOK = ("--doel", "BK-0252-4", "--leeftijd", "15")
EVC = ("--doel", "BK-0056", "--leeftijd", "30", "--weg", "evc")
OK3 = ("--doel", "OK3", "--leeftijd", "15")
VOLTIJDS = ("--heeft", "graad2:A", "--doel", "507", "--leeftijd", "17")
AANVRAAG = ("--doel", "99", "--heeft", "graad2:A", "--leeftijd", "17")


@pytest.fixture(scope="module")
def data(real_release: Release, own_folder: Callable[[Release], Path]) -> Path:
    return own_folder(real_release)


def run(data: Path, *options: str) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["leertraject", "--op", "2026-10-09", *options, "--data", str(data), "--json"])
    assert done.exit_code in (0, 1), done.output
    return dict(json.loads(done.stdout))


def conflict(answer: dict[str, Any]) -> list[str]:
    return [each["voorwaarde"] for each in answer["onhaalbaar"]["conflict"]]


def programmes(answer: dict[str, Any]) -> list[list[str]]:
    return [[step["programma"] for step in way["stappen"]] for way in answer["leertrajecten"]]


CLOSES = [
    (FIETS, ("--max-duur", "1"), ["max-duur"]),
    (FIETS, ("--einde", "2028-06-30"), ["einddatum"]),
    (FIETS, ("--contract", "SOAO"), ["contract"]),
    (FIETS, ("--werkplek-max", "16"), ["werkplek-max"]),
    (FIETS, ("--werkplek", "Gent:8:25"), ["werkplekken"]),
    (FIETS, ("--werkplek", "Gent:2:25", "--regio", "Brugge"), ["werkplekken"]),
    (FIETS, ("--werkplek", "Gent:2:10"), ["werkplekken"]),
    (FIETS, ("--context", "een fietsenwinkel"), ["contexten"]),
    (FIETS, ("--weg", "voltijds"), ["wegen"]),
    (FIETS, ("--vermijd", "99"), ["vermijd"]),
    (FIETS, ("--uren-per-week", "20"), ["uren-per-week"]),
    (FIETS, ("--leeftijd", "27"), ["leeftijd-max"]),
    (VOLTIJDS, ("--stelsel", "M"), ["stelsel"]),
    (VOLTIJDS, ("--werkplek-min", "20"), ["werkplek-min"]),
    (AANVRAAG, ("--niet-arbeidsrijp", "--niet-arbeidsbereid"), ["arbeidsrijp", "arbeidsbereid"]),
]


@pytest.mark.parametrize(("question", "option", "reason"), CLOSES)
def test_an_option_that_limits_closes_what_was_open_and_is_the_reason(
    data: Path, question: tuple[str, ...], option: tuple[str, ...], reason: list[str]
) -> None:
    assert run(data, *question)["leertrajecten"]
    closed = run(data, *question, *option)
    assert not closed["leertrajecten"]
    assert conflict(closed) == reason


OPENS = [
    (EVC, ("--ervaring", "BK-0056"), [[""]]),
    (("--doel", "10", "--leeftijd", "17"), ("--buso",), [["10"]]),
    (
        ("--heeft", "graad1:B", "--doel", "graad2:DU", "--leeftijd", "15", "--weg", "voltijds", "--vermijd", "99"),
        ("--klassenraad",),
        None,
    ),
    (("--doel", "99", "--max-duur", "2", "--leeftijd", "17"), ("--vrijstelling", "toelating:99|X|rol|stuk"), [["99"]]),
]


@pytest.mark.parametrize(("question", "option", "ways"), OPENS)
def test_an_option_that_gives_opens_what_was_closed(
    data: Path, question: tuple[str, ...], option: tuple[str, ...], ways: list[list[str]] | None
) -> None:
    assert not run(data, *question)["leertrajecten"]
    opened = programmes(run(data, *question, *option))
    assert opened if ways is None else opened == ways


def test_a_work_place_hours_and_context_that_fit_leave_the_way_open(data: Path) -> None:
    assert programmes(run(data, *FIETS, "--werkplek", "Gent:2:25", "--regio", "Gent")) == [["99"]]
    assert programmes(run(data, *FIETS, "--werkplek-min", "20", "--contract", "OAO", "--stelsel", "L")) == [["99"]]


def test_k_is_how_many_are_shown_beside_the_pareto_optimal_ones(data: Path) -> None:
    one, three = (len(run(data, *KOK, "--k", k)["leertrajecten"]) for k in ("1", "3"))
    assert (one, three) == (2, 4)


def test_the_year_of_the_begin_is_the_one_that_was_asked(data: Path) -> None:
    assert run(data, *FIETS, "--schooljaar", "2028")["leertrajecten"][0]["begin"] == "2028-09-01"


@pytest.mark.parametrize(
    ("weighting", "years"),
    [("schooljaar=100,buiten=0,inschrijving=0", "full"), ("schooljaar=0,inschrijving=0", "floor")],
)
def test_a_weighting_orders_the_ways(data: Path, weighting: str, years: str) -> None:
    ways = run(data, *OK3, "--weging", weighting)["leertrajecten"]
    of = "schooljaren" if years == "full" else "buiten_werkvloer"
    factor = 10_000 if years == "full" else 1
    assert [way["gewicht"] for way in ways] == sorted(factor * way[of] for way in ways)


def test_support_and_readiness_are_told_as_what_stays_to_arrange(data: Path) -> None:
    options = ("--taalondersteuning", "--aanpassing-werkpost", "--arbeidsrijp", "--leerplicht-voorbij")
    (step,) = run(data, *FIETS, *options)["leertrajecten"][0]["stappen"]
    plain = run(data, *FIETS)["leertrajecten"][0]["stappen"][0]["onzeker"]
    assert {line["tekst"]["nl"] for line in step["onzeker"] if line not in plain} == {
        "taalondersteuning is met de school af te spreken",
        "de aanpassing van de arbeidspost is met de leeronderneming af te spreken",
    }
    assert any("advies" in line["tekst"]["nl"] for line in plain if line not in step["onzeker"])


def test_a_profile_is_the_question_and_an_option_goes_first(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "vraag.json"
    file.write_text(json.dumps(run(data, *FIETS)["vraag"]))
    assert run(data, "--profiel", str(file)) == run(data, *FIETS)
    assert conflict(run(data, "--profiel", str(file), "--max-duur", "1")) == ["max-duur"]


RULES = [
    ('minstens = 1\ndelen = ["BK-0480", "BK-0252"]', [["99"]]),
    ('delen = ["BK-0480", {minstens = 1, delen = ["OK3", "OK4"]}]', [["99"]]),
    ('uren_minstens = 500\ndelen = [{code = "BK-0117", uren = 300}, {code = "BK-0480", uren = 250}]', [["99"]]),
    ('delen = [{gelijk = ["BK-0480", "certificaat:Fietstechnicus"]}]', [["99"]]),
    ('{"minstens": 2, "delen": ["BK-0117", "BK-0227", "BK-0480"]}', None),
]


@pytest.mark.parametrize(("text", "ways"), RULES)
def test_a_file_of_rules_is_a_goal_that_the_checker_reads_too(
    data: Path, tmp_path: Path, text: str, ways: list[list[str]] | None
) -> None:
    file = tmp_path / "regels.toml"
    file.write_text(text)
    answer = run(data, "--heeft", "BK-0117-2", "--leeftijd", "17", "--regels", str(file), "--k", "1")
    assert programmes(answer)[:1] == ways if ways else min(map(len, programmes(answer))) == 1
    made = tmp_path / "antwoord.json"
    made.write_text(json.dumps(answer))
    assert CliRunner().invoke(app, ["check-evidence", str(made), "--data", str(data)]).exit_code == 0
    if ways:
        return
    answer["vraag"]["wens"]["regels"]["delen"] = ["BK-0130-5"]
    made.write_text(json.dumps(answer))
    assert CliRunner().invoke(app, ["check-evidence", str(made), "--data", str(data)]).exit_code == 1


def test_parts_that_exclude_each_other_do_not_count_together(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "regels.json"
    rule: dict[str, Any] = {"minstens": 2, "delen": ["BK-0117", "BK-0227", "BK-0480"]}
    question = ("--heeft", "BK-0117-2", "--leeftijd", "17", "--regels", str(file))
    file.write_text(json.dumps(rule))
    goals = run(data, *question)["doelfeiten"]
    assert ["reeks:BK-0117", "reeks:BK-0227"] in goals
    file.write_text(json.dumps({**rule, "niet_samen": [["BK-0117", "BK-0227"]]}))
    assert run(data, *question)["doelfeiten"] == [each for each in goals if each != ["reeks:BK-0117", "reeks:BK-0227"]]


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (("--stelsel", "X"), "stelsel"),
        (("--contract", "CDD"), "contract"),
        (("--weging", "duur=3"), "weging"),
        (("--weging", "schooljaar=-1"), "weging"),
        (("--weging", ","), "weging"),
        (("--op", "9999-12-31"), "Geef een jaar van 1900 tot 2100"),
        (("--einde", "9999-12-31"), "Geef een jaar van 1900 tot 2100"),
        (("--schooljaar", "12026"), "Geef een getal van 1900 tot 2100"),
        (("--vermijd", "99,zzz"), "'zzz' staat niet in release"),
        (("--vrijstelling", "toelating:9999|X|rol|stuk"), "'9999' staat niet in release"),
        (("--json", "--ctdl"), "Kies --json of --ctdl"),
        (("--svg", "bestaat/niet.svg"), "kan niet geschreven worden"),
        (("--ervaring", "BK-9999"), "'BK-9999' staat niet in release"),
        (("--ervaring", "BK-0117-2"), "Geef BK-0117."),
        (("--regels", "bestaat-niet.toml"), "niet gelezen"),
        (("--werkplek", "a:b:c:d:e:f"), "werkplek"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_form(data: Path, option: tuple[str, ...], words: str) -> None:
    done = CliRunner().invoke(app, ["leertraject", *FIETS, *option, "--data", str(data)])
    assert done.exit_code != 0
    assert words in str(done.exception)
