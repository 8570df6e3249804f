"""Harvest: everything is fetched, a kill loses nothing, the next one asks only what changed."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from leerbrug.graph.names import Names
from leerbrug.graph.statements import Statement
from leerbrug.graph.vocabulary import LEER
from leerbrug.loaders.vks import SOURCE as VKS
from leerbrug.loaders.vks.reading import Overgeslagen

from .conftest import AANBOD, BK, DOCX, DOEL, KEY, SO


def test_everything_that_the_lists_name_is_fetched(serve: Any, lines: Any, small: Any, tmp_path: Path) -> None:
    world = serve(small())
    summary = world.run(tmp_path)
    assert summary.failed == ()
    assert summary.lines == {
        "structuuronderdeelgroep": 5,
        "structuuronderdeel": 7,
        "curriculumdossier": 1,
        "beroepskwalificatie-lijst": 3,
        "beroepskwalificatie": 5,
        "deelkwalificatie": 1,
        "opleidingstraject": 3,
        "opleidingstraject-detail": 3,
        "onderwijsdoel": 5,
        "onderwijsdoel-groep": 1,
        "administratievegroep": 3,
    }
    numbers = [line["structuuronderdeel_nummer"] for line in lines(tmp_path, "structuuronderdeel")]
    assert numbers == [1, 2, 101, 504, 505, 564, 679]
    assert lines(tmp_path, "onderwijsdoel-groep") == [
        {"structuuronderdeel_groep_nummer": "G-0117", "onderwijsdoelen": [f"{DOEL}/1", f"{DOEL}/4"]}
    ]
    assert f"{BK}/BK-0390" not in [address for address, _ in world.asked], "without a version the API answers 404"


def test_the_vks_loader_reads_what_was_harvested(serve: Any, lines: Any, small: Any, tmp_path: Path) -> None:
    world = serve(small())
    world.run(tmp_path)
    read = [(record.place.file, record.antwoord) for record in VKS.records(tmp_path)]
    counts = Counter(file.removesuffix(".jsonl.gz") for file, answer in read if not isinstance(answer, Overgeslagen))
    written = {file: len(lines(tmp_path, file)) for file in counts}
    assert counts == written
    assert {file for file, answer in read if isinstance(answer, Overgeslagen)} == {"administratievegroep.jsonl.gz"}
    goals = {
        statement.object
        for record in VKS.records(tmp_path)
        for statement in VKS.said(record, Names())
        if isinstance(statement, Statement) and statement.predicate == LEER.heeftOnderwijsdoel
    }
    assert goals == {Names().iri("onderwijsdoel", "1"), Names().iri("onderwijsdoel", "4")}


def test_a_dossier_is_saved_beside_its_line_under_a_name_of_ours(
    serve: Any, lines: Any, small: Any, tmp_path: Path
) -> None:
    serve(small()).run(tmp_path / "uit", "curriculumdossiers")
    (line,) = lines(tmp_path / "uit", "curriculumdossier")
    assert line["bestand"] == "curriculumdossier/ADV-0842.docx"
    assert "content" not in line
    assert (tmp_path / "uit" / line["bestand"]).read_bytes() == DOCX
    assert line["sha256"] == hashlib.sha256(DOCX).hexdigest()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["uit"], "a path in a file name leads nowhere"


def test_the_next_harvest_asks_only_what_changed(serve: Any, small: Any, tmp_path: Path) -> None:
    world = serve(small())
    first = world.run(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.gz")}
    world.answers[f"{SO}/structuuronderdeel/504"]["titel"] = "Nieuwe gist"
    world.asked.clear()
    second = world.run(tmp_path)
    assert (second.fetched, second.unchanged) == (1, first.fetched - 1)
    asked_again = [headers for address, headers in world.asked if "G-0" not in address]
    assert all("if-none-match" in headers for headers in asked_again)
    changed = {path.name for path in tmp_path.glob("*.gz") if path.read_bytes() != before[path.name]}
    assert changed == {"structuuronderdeel.jsonl.gz"}


def test_what_the_source_dropped_is_dropped(serve: Any, small: Any, tmp_path: Path) -> None:
    world = serve(small())
    world.run(tmp_path, "administratievegroepen")
    world.lists[AANBOD][1].pop()
    assert world.run(tmp_path, "administratievegroepen").lines == {"administratievegroep": 2}


def command(world: Any, into: Path, *options: str) -> list[str]:
    start = [sys.executable, "-c", "from leerbrug.cli import main; main()", "harvest", "--into", str(into)]
    return [*start, "--base-url", world.url, "--per-second", "5000", *options]


ENVIRONMENT = {**os.environ, "LEERBRUG_API_KEY": KEY}


def test_a_kill_at_any_moment_loses_nothing_and_doubles_nothing(serve: Any, small: Any, tmp_path: Path) -> None:
    world = serve(small())
    world.run(tmp_path / "heel")
    asked_whole = len(world.asked)
    world.asked.clear()
    kills = 0
    for world.most in (3, 9, 17, 28):
        world.go_on.clear()
        process = subprocess.Popen(command(world, tmp_path / "gekild"), env=ENVIRONMENT, stdout=subprocess.DEVNULL)
        while len(world.asked) <= world.most and process.poll() is None:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        kills += process.wait() == -signal.SIGKILL
        world.go_on.set()
    assert kills == 4
    world.most = 10**9
    done = subprocess.run(
        command(world, tmp_path / "gekild", "--json"), env=ENVIRONMENT, capture_output=True, check=True
    )
    assert json.loads(done.stdout)["resumed"] > 10
    assert len(world.asked) <= asked_whole + kills + 4 * 6, "done answers are not asked again, but for lists of nothing"
    whole = {path.name: path.read_bytes() for path in (tmp_path / "heel").glob("*.gz")}
    assert {path.name: path.read_bytes() for path in (tmp_path / "gekild").glob("*.gz")} == whole


def test_the_command_ends_with_a_summary_and_no_output_tells_the_key(serve: Any, small: Any, tmp_path: Path) -> None:
    world = serve(small())
    good = subprocess.run(command(world, tmp_path), env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False)
    assert good.returncode == 0
    assert re.search(r"\d+ nieuw of gewijzigd, 0 ongewijzigd, 0 uit de onderbroken beurt, 0 niet gelukt", good.stdout)
    world.faults[f"{SO}/structuuronderdeel/504"] = ["status 500", "status 404"]
    bad = subprocess.run(
        command(world, tmp_path, "--quiet"), env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False
    )
    assert bad.returncode == 1
    assert "niet gelukt: structuuronderdeel 504: HTTP 404. Het vorige antwoord blijft." in bad.stdout
    refused = subprocess.run(
        command(world, tmp_path / "leeg"),
        env={**ENVIRONMENT, "LEERBRUG_API_KEY": KEY + "x"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert refused.returncode == 2
    assert "weigert de sleutel" in refused.stderr
    told = "".join(run.stdout + run.stderr for run in (good, bad, refused))
    assert KEY not in told
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or KEY.encode() not in path.read_bytes()


def test_a_long_harvest_shows_how_far_it_is_unless_asked_not_to(serve: Any, small: Any, tmp_path: Path) -> None:
    world = serve(small())
    world.delay = 0.3
    environment = {**ENVIRONMENT, "FORCE_COLOR": "1", "COLUMNS": "120"}
    for options, shown in [((), True), (("--quiet",), False)]:
        run = subprocess.run(
            command(world, tmp_path / str(shown), "--only", "structuuronderdelen", *options),
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert (re.search(r"\d+ van \d+ antwoorden", run.stderr) is not None) is shown


def test_round_trip_of_the_real_answers(serve: Any, lines: Any, bare: Any, tmp_path: Path, real_data: Path) -> None:
    """A server that serves the recorded answers gives a folder with the same answers, and names what it lacks."""
    api = real_data / "flanders-vks" / "api"
    groepen, onderdelen = lines(api, "structuuronderdeelgroep"), lines(api, "structuuronderdeel")
    numbers: dict[str, list[dict[str, int]]] = {}
    for onderdeel in onderdelen:
        groep = onderdeel["structuuronderdeel_groep"]["structuuronderdeel_groep_nummer"]
        numbers.setdefault(groep, []).append({"structuuronderdeel_nummer": onderdeel["structuuronderdeel_nummer"]})
    world = serve(bare)
    world.size = 20
    served = [{**groep, "structuuronderdelen": numbers[groep["structuuronderdeel_groep_nummer"]]} for groep in groepen]
    world.lists[f"{SO}/structuuronderdeelgroep"] = ("structuuronderdeel_groepen", served)
    world.lists[BK] = ("gegevens", lines(api, "beroepskwalificatie-lijst"))
    for onderdeel in onderdelen:
        world.answers[f"{SO}/structuuronderdeel/{onderdeel['structuuronderdeel_nummer']}"] = onderdeel
    for bk in lines(api, "beroepskwalificatie"):
        world.answers[f"{BK}/{bk['beroepskwalificatie']['versie_nr_lang']}"] = bk
    summary = world.run(tmp_path, "structuuronderdelen", "beroepskwalificaties")
    for file in ("structuuronderdeel", "beroepskwalificatie-lijst", "beroepskwalificatie"):
        ours, real = tmp_path / f"{file}.jsonl.gz", api / f"{file}.jsonl.gz"
        assert gzip.decompress(ours.read_bytes()) == gzip.decompress(real.read_bytes())
    found = lines(tmp_path, "structuuronderdeelgroep")
    assert [groep.pop("structuuronderdelen") for groep in found] == [groep["structuuronderdelen"] for groep in served]
    assert found == groepen
    assert {failure.reason for failure in summary.failed} == {"HTTP 404 (31004: Er werd geen data gevonden)."}
    assert len(summary.failed) == len({failure.name for failure in summary.failed}) > 100
