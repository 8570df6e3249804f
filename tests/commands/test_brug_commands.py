"""Bridges on the command line: a release is built from the real data, asked, decided on and checked."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from leerbrug.cli import app
from leerbrug.graph.releases import Release
from typer.testing import CliRunner, Result

run = CliRunner()


@pytest.fixture(scope="module")
def data(real_release: Release, own_folder: Callable[[Release], Path]) -> Path:
    return own_folder(real_release)


def ask(*words: object) -> str:
    result = run.invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


def test_a_bridge_has_the_fields_that_are_promised_and_its_evidence_holds(data: Path, tmp_path: Path) -> None:
    out = ask("brug", "BK-0019-3", "BK-0020-3", "--on", "2026-10-09", "--json", "--data", data)
    answer = json.loads(out)
    assert {"van", "naar", "release", "datum", "dekking", "competenties"} <= set(answer)
    assert set(answer["dekking"]) == {"gedekt", "te_bevestigen", "deels", "ontbreekt", "onvergelijkbaar", "van"}
    assert all({"nr", "code", "verdict", "evidence"} <= set(row) for row in answer["competenties"])
    file = tmp_path / "brug.json"
    file.write_text(out, encoding="utf-8")
    assert "klopt" in ask("check-evidence", file, "--data", data)
    said = json.loads(ask("check-evidence", file, "--json", "--data", data))
    assert said == {"klopt": True, "release": answer["release"], "fouten": []}
    answer["dekking"]["gedekt"] += 1
    file.write_text(json.dumps(answer), encoding="utf-8")
    result = run.invoke(app, ["check-evidence", str(file), "--data", str(data)])
    assert result.exit_code == 1
    assert "dekking" in result.output


def test_a_bridge_is_readable(data: Path) -> None:
    out = ask("brug", "BK-0019-3", "BK-0020-3", "--on", "2026-10-09", "--data", data, "--suggesties")
    for words in ("Bakker", "Banketbakker", "te bevestigen", "Andersom", "geen bewijs"):
        assert words in out


def test_a_decision_counts_at_once_and_its_evidence_holds(data: Path, tmp_path: Path) -> None:
    before = json.loads(ask("brug", "BK-0002-3", "BK-0068-2", "--json", "--data", data))
    row = next(c for c in before["competenties"] if c["verdict"] == "onvergelijkbaar")
    held = "bkc0044869"
    words = ("--auteur", "An Peeters", "--rechtvaardiging", "zelfde taak", "--instantie", "sector/transport")
    ask("verwant", held, row["code"], "--besluit", "exactMatch", *words, "--data", data)
    out = ask("brug", "BK-0002-3", "BK-0068-2", "--json", "--data", data)
    after = json.loads(out)
    assert after["dekking"]["gedekt"] == before["dekking"]["gedekt"] + 1
    (cited,) = next(c for c in after["competenties"] if c["code"] == row["code"])["evidence"][0]["besluiten"]
    assert (cited["auteur"], cited["predicaat"]) == ("An Peeters", "exactMatch")
    file = tmp_path / "brug.json"
    file.write_text(out, encoding="utf-8")
    assert "klopt" in ask("check-evidence", file, "--data", data)


def test_a_gap_is_closed_with_proof(data: Path, tmp_path: Path) -> None:
    out = ask("kloof", "BK-0019-3", "BK-0020-3", "--json", "--data", data)
    answer = json.loads(out)
    assert answer["sluitingen"]
    assert all(way["optimaal"] and way["ondergrens"] == way["kosten"] for way in answer["sluitingen"])
    assert checked(tmp_path, out, data).exit_code == 0
    assert checked(tmp_path, out.replace('"aantal": 1', '"aantal": 2'), data).exit_code == 1
    assert "optimaal" in ask("kloof", "BK-0019-3", "BK-0020-3", "--criterium", "dubbel", "--data", data)


def test_of_a_target_without_competences_nothing_is_said_to_be_covered(data: Path) -> None:
    """BK-0004-2 is in the list of the source, its dossier is not."""
    for command in ("brug", "kloof"):
        told = " ".join(ask(command, "BK-0019-3", "BK-0004-2", "--data", data).split())
        assert "er is niets te vergelijken" in told
        assert "alles" not in told


def test_hours_that_are_known_decide(data: Path, tmp_path: Path) -> None:
    hours = tmp_path / "uren.csv"
    hours.write_text("code,uren\nADV-0888,900\nADV-1705,700\n", encoding="utf-8")
    words = ("--criterium", "uren", "--uren", hours, "--json", "--data", data)
    answer = json.loads(ask("kloof", "BK-0019-3", "BK-0020-3", *words))
    assert [way["items"][0]["code"] for way in answer["sluitingen"]] == ["ADV-1705", "ADV-0888"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [("ADV-0888,-5\n", "rij 2"), ("ADV-1705,7\nADV-0888,5\nADV-0888,7\n", "rij 4"), ("ADV-0888,1000000\n", "rij 2")],
)
def test_hours_that_cannot_be_are_refused_with_their_row(data: Path, tmp_path: Path, rows: str, told: str) -> None:
    hours = tmp_path / "uren.csv"
    hours.write_text(f"code,uren\n{rows}", encoding="utf-8")
    words = ["kloof", "BK-0019-3", "BK-0020-3", "--criterium", "uren", "--uren", str(hours), "--data", str(data)]
    assert told in str(run.invoke(app, words).exception)


def test_what_has_no_known_hours_is_not_said_to_prove_nothing(data: Path, tmp_path: Path) -> None:
    hours = tmp_path / "uren.csv"
    hours.write_text("code,uren\nADV-9999,5\n", encoding="utf-8")
    out = ask("kloof", "BK-0019-3", "BK-0020-3", "--criterium", "uren", "--uren", hours, "--data", data)
    assert "Niets waarvan de uren bekend zijn" in out
    assert "in deze release" not in out


def test_stepping_stones_show_what_each_step_proves(data: Path, tmp_path: Path) -> None:
    out = ask("verwant", "BK-0117-2", "BK-0480", "--stapstenen", "--json", "--data", data)
    *stones, last = json.loads(out)["stappen"]
    assert stones
    assert last["code"] == "BK-0480-1"
    assert last["naar_doel"]["dekking"]["gedekt"] == last["naar_doel"]["dekking"]["van"]
    assert checked(tmp_path, out, data).exit_code == 0
    assert checked(tmp_path, out.replace(f'"winst": {last["winst"]}', '"winst": 99'), data).exit_code == 1


def checked(folder: Path, answer: str, data: Path) -> Result:
    """What check-evidence says of an answer."""
    file = folder / "antwoord.json"
    file.write_text(answer, encoding="utf-8")
    return run.invoke(app, ["check-evidence", str(file), "--data", str(data)])


SOURCES = [
    ("rome-v347", "rome={}/rome-v347", 532, {"N1103", "D1102"}),
    ("bk", "vks={}/flanders-vks/api", 99, {"BK-0019-3", "BK-0130-5"}),
    ("esco", "esco={}/esco/tabiya-sample-v1.1.1", 3003, {"7512.1"}),
]


@pytest.mark.parametrize(("name", "source", "number", "some"), SOURCES, ids=[row[0] for row in SOURCES])
def test_every_profile_gets_its_fifty(
    real_data: Path, tmp_path: Path, name: str, source: str, number: int, some: set[str]
) -> None:
    file = tmp_path / "rangen.csv"
    words = ("--taal", "en") if name == "esco" else ()
    ask("verwant", "--source", source.format(real_data), "--top", 50, "--csv", file, *words)
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["from", "to", "rank", "score"]
    assert len(rows) == number * 50
    assert {row["from"] for row in rows} >= some
    assert not any(row["from"] == row["to"] for row in rows)
    first = [float(row["score"]) for row in rows[:50]]
    assert first == sorted(first, reverse=True)


def test_suggestions_stand_apart_from_the_bridge(data: Path) -> None:
    pair = ("BK-0019-3", "BK-0020-3")
    apart = json.loads(ask("verwant", *pair, "--json", "--data", data))
    assert apart["suggesties"]
    assert {"gevraagd", "gehouden", "score", "reden"} <= set(apart["suggesties"][0])
    assert len(apart["gedeeld"]) == len(set(apart["gedeeld"])) > 0
    assert "geen bewijs" in ask("verwant", *pair, "--data", data)
    bridge = ask("brug", *pair, "--json", "--data", data)
    assert "suggestie" not in bridge
    assert "score" not in bridge


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (["brug", "BK-0019-9", "BK-0020-3"], "BK-0019-3"),
        (["brug", "evc:504", "BK-0020-3"], "2019"),
        (["verwant", "--source", "niets"], "bk"),
        (["verwant"], "--csv"),
        (["verwant", "--top", "1", "--csv", "geen/map/rangen.csv"], "map"),
        (["verwant", "BK-0019-3", "BK-0019", "--stapstenen"], "van en naar"),
        (["kloof", "BK-0019-3", "BK-0020-3", "--criterium", "uren"], "criterium"),
    ],
)
def test_wrong_use_names_the_remedy(data: Path, words: list[str], remedy: str) -> None:
    result = run.invoke(app, [*words, "--data", str(data)])
    assert result.exit_code != 0
    assert remedy in str(result.exception)
