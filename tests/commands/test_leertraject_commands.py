"""The commands on leertrajecten: answers, JSON that check-evidence accepts, design questions and the bench."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from leerbrug.cli import app
from leerbrug.errors import InputError, UnknownCodeError
from leerbrug.graph.releases import Release
from typer.testing import CliRunner

RUN = CliRunner()
VRAAG = ["leertraject", "--heeft", "BK-0117-2", "--doel", "99", "--leeftijd", "17", "--op", "2026-10-09"]


@pytest.fixture(scope="module")
def data(real_release: Release, own_folder: Callable[[Release], Path]) -> Path:
    return own_folder(real_release)


def test_json_has_leertrajecten_with_stappen_and_its_evidence_holds(data: Path, tmp_path: Path) -> None:
    made = RUN.invoke(app, [*VRAAG, "--data", str(data), "--json"])
    assert made.exit_code == 0
    answer = json.loads(made.stdout)
    assert [stap["programma"] for stap in answer["leertrajecten"][0]["stappen"]] == ["99"]
    file = tmp_path / "antwoord.json"
    file.write_text(made.stdout)
    assert RUN.invoke(app, ["check-evidence", str(file), "--data", str(data)]).exit_code == 0
    file.write_text(made.stdout.replace("2029-06-30", "2028-06-30"))
    assert RUN.invoke(app, ["check-evidence", str(file), "--data", str(data)]).exit_code == 1


def test_json_says_why_not_with_conflict_and_proposals(data: Path) -> None:
    made = RUN.invoke(app, [*VRAAG, "--werkplek-max", "16", "--data", str(data), "--json"])
    assert made.exit_code == 1
    onhaalbaar = json.loads(made.stdout)["onhaalbaar"]
    assert [each["voorwaarde"] for each in onhaalbaar["conflict"]] == ["werkplek-max"]
    assert "4 uur meer" in onhaalbaar["voorstellen"][0]["tekst"]["nl"]


def test_the_table_tells_the_way_its_proofs_and_its_certainty(data: Path) -> None:
    told = RUN.invoke(app, [*VRAAG, "--data", str(data)], env={"COLUMNS": "200"})
    assert "Fietsinstallaties duaal" in told.stdout
    assert "Wat je ook kiest, je doet Fietsinstallaties duaal." in told.stdout


def test_design_questions_answer_as_json(data: Path) -> None:
    made = RUN.invoke(app, ["ontwerp", "leerlijn-hiaat", "--op", "2026-10-09", "--data", str(data), "--json"])
    assert made.exit_code == 0
    assert {"enkele-schakel", "geen-instap"} <= {each["soort"] for each in json.loads(made.stdout)}
    ended = RUN.invoke(app, ["ontwerp", "robuust", "99", "--op", "2026-10-09", "--data", str(data), "--json"])
    assert json.loads(ended.stdout)[0]["programma"] == "99"


@pytest.mark.parametrize("soort", ["nieuwe-module", "duale-variant", "flexibele-instap"])
def test_a_new_link_names_the_goals_and_profiles_that_it_opens(data: Path, soort: str) -> None:
    asked = ["ontwerp", "nieuwe-schakel", "--soort", soort, "--meeste", "2", "--op", "2026-10-09", "--data", str(data)]
    rows = json.loads(RUN.invoke(app, [*asked, "--json"]).stdout)
    assert [row["soort"] for row in rows] == [soort, soort]
    for row in rows:
        assert row["opent"] == sum(len(each["doelen"]) for each in row["winst"])
        assert row["profielen"] == [each["profiel"] for each in row["winst"]]
        assert row["doelen"] == sorted({doel for each in row["winst"] for doel in each["doelen"]})
    table = RUN.invoke(app, asked, env={"COLUMNS": "200"})
    assert str(rows[0]["opent"]) in table.stdout


def test_a_design_question_is_told_in_words_and_a_code_that_is_not_there_is_refused(data: Path) -> None:
    wide, op = {"COLUMNS": "300"}, ["--op", "2026-10-09", "--data", str(data)]
    lost = RUN.invoke(app, ["ontwerp", "robuust", "99", *op], env=wide).stdout
    assert "Fietshersteller (BK-0117)" in lost
    assert "Fietstechnicus (BK-0480-1); " in lost
    assert "bk:" not in lost
    assert "Niemand verliest iets" in RUN.invoke(app, ["ontwerp", "robuust", "564", *op]).stdout
    gaps = RUN.invoke(app, ["ontwerp", "leerlijn-hiaat", "--soort", "enkele-schakel", *op], env=wide).stdout
    assert "Magazijnmedewerker duaal: de leerlijn hangt aan een enkele opleiding, Logistiek duaal." in gaps
    assert "geen-instap" not in gaps
    links = RUN.invoke(app, ["ontwerp", "nieuwe-schakel", "--soort", "duale-variant", "--meeste", "1", *op], env=wide)
    assert "; en nog " in links.stdout
    assert ", duaal" in links.stdout
    refused = RUN.invoke(app, ["ontwerp", "robuust", "99", "zzz", *op])
    assert refused.exit_code != 0
    assert isinstance(refused.exception, UnknownCodeError)
    assert "'zzz'" in str(refused.exception)


@pytest.mark.parametrize(
    ("taal", "verlies", "hiaat", "niets"),
    [
        (
            "en",
            ("when this programme ends", "educational qualification level 3; and "),
            "the line hangs on one",
            "Nobody loses",
        ),
        (
            "fr",
            ("si cette formation s'arrête", "niveau 3; et encore "),
            "la filière tient à une seule formation",
            "Personne ne perd",
        ),
    ],
)
def test_a_design_question_is_told_in_the_language_that_is_asked(
    data: Path, taal: str, verlies: tuple[str, str], hiaat: str, niets: str
) -> None:
    wide, op = {"COLUMNS": "300"}, ["--lang", taal, "--op", "2026-10-09", "--data", str(data)]
    lost = RUN.invoke(app, ["ontwerp", "robuust", "99", *op], env=wide).stdout
    assert all(woorden in lost for woorden in verlies)
    gaps = RUN.invoke(app, ["ontwerp", "leerlijn-hiaat", "--soort", "enkele-schakel", *op], env=wide).stdout
    assert hiaat in gaps
    assert niets in RUN.invoke(app, ["ontwerp", "robuust", "564", *op]).stdout
    assert not any(woord in lost + gaps for woord in ("ophoudt", "zonder bewijs", "leerlijn", "ontbreekt", "en nog"))


@pytest.mark.parametrize(
    ("soort", "woorden"),
    [
        ("duale-variant", ("dual variant of ", "for who holds", ", dual", " more")),
        ("nieuwe-module", ("module that proves ", "15 years old, without a proof", " more")),
    ],
)
def test_a_new_link_is_told_in_the_language_that_is_asked(data: Path, soort: str, woorden: tuple[str, ...]) -> None:
    asked = ["ontwerp", "nieuwe-schakel", "--soort", soort, "--meeste", "1", "--lang", "en"]
    told = RUN.invoke(app, [*asked, "--op", "2026-10-09", "--data", str(data)], env={"COLUMNS": "300"}).stdout
    assert all(each in told for each in woorden)
    assert not any(each in told for each in ("variant van", "voor wie", "bewijst", "zonder bewijs", "en nog"))


@pytest.mark.parametrize("op", ["1990-01-01", "9999-12-31"])
def test_a_year_of_which_nothing_is_known_is_refused(data: Path, op: str) -> None:
    for vraag in ("leerlijn-hiaat", "robuust", "nieuwe-schakel"):
        refused = RUN.invoke(app, ["ontwerp", vraag, "--op", op, "--data", str(data)])
        assert isinstance(refused.exception, InputError)


def test_where_there_is_no_way_nothing_is_drawn_and_why_is_told(data: Path, tmp_path: Path) -> None:
    bestand = tmp_path / "leeg.svg"
    told = RUN.invoke(app, [*VRAAG, "--max-duur", "1", "--svg", str(bestand), "--data", str(data)])
    assert "Er is geen leertraject om te tekenen." in told.output
    assert "hoogstens 1 schooljaar" in told.output
    assert not bestand.exists()


def test_the_help_of_design_questions_offers_no_completion() -> None:
    told = RUN.invoke(app, ["ontwerp", "--help"]).stdout
    assert "nieuwe-schakel" in told
    assert "completion" not in told


def test_the_bench_measures_each_row_and_fails_only_when_an_answer_is_late(data: Path) -> None:
    args = ["bench", "leertrajecten", "--vragen", "2", "--seconden", "2", "--grootte", "300", "--data", str(data)]
    done = RUN.invoke(app, [*args, "--json"])
    rows = json.loads(done.stdout)
    assert done.exit_code == (0 if all(row["op_tijd"] for row in rows) else 1)
    assert all(0 < row["p50"] <= row["p95"] for row in rows)
    beside = [row for row in rows if row["keer_networkx"] is not None]
    assert len(beside) == 3
    assert all(row["keer_cp_sat"] > 0 for row in beside)
