"""Harvest against a real server on this machine that replays the recorded shapes, faults included.

The texts are gists of our own; codes and levels are as published.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from leerbrug.errors import InputError
from leerbrug.graph.names import Names
from leerbrug.graph.statements import Statement
from leerbrug.graph.vocabulary import LEER
from leerbrug.loaders.harvest import Harvest, Manners, Summary
from leerbrug.loaders.vks import SOURCE as VKS
from leerbrug.loaders.vks.reading import Overgeslagen

KEY = "geheim-7f3a91c2d4"
SO = "/kwalificaties-en-curriculum/structuuronderdelen/v2"
BK = "/kwalificaties-en-curriculum/beroepskwalificaties/v2/beroepskwalificatie"
TRAJECT = "/kwalificaties-en-curriculum/trajecten/v1/opleidingstraject"
DOEL = "/onderwijsdoelen/onderwijsdoel"
AANBOD = "/instellingsgegevens/onderwijsaanbod_so/v2/administratievegroep"
OFFICIAL = "https://onderwijs.api.vlaanderen.be"
NOT_FOUND = {"uitzonderingen": [{"identificatie": 31004, "diagnose": "Er werd geen data gevonden.", "type": "FOUT"}]}
DOCX = b"PK\x03\x04 nagebootst dossier"
SWIFT = Manners(per_second=5000, timeout=2.0, attempts=4, backoff=0.01, longest=5.0)


class World:
    """What the server knows: answers by path, lists that it pages, and faults that it spends one by one."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.lists: dict[str, tuple[str, list[dict[str, Any]]]] = {}
        self.goals_of: dict[str, list[str]] = {}
        self.filters = True
        self.size = 2
        self.faults: dict[str, list[str]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.delay = 0.0
        self.url = ""

    def answer(self, address: str) -> Any:
        parts = urlsplit(address)
        query = dict(parse_qsl(parts.query))
        if parts.path == DOEL:
            return self.goals(query)
        if parts.path in self.lists:
            return self.page(parts.path, int(query.get("page", "1")))
        return self.answers.get(parts.path)

    def page(self, path: str, number: int) -> dict[str, Any]:
        name, items = self.lists[path]
        pages = -(-len(items) // self.size)
        href = f"{OFFICIAL}{path}?page={number + 1}&sort=titel%20asc"
        meta = {"total_elements": len(items), "total_pages": pages, "number": number, "last": number >= pages}
        links = {"self": {"href": OFFICIAL + path}, **({"next": {"href": href}} if number < pages else {})}
        return {name: items[(number - 1) * self.size : number * self.size], "meta": meta, "links": links}

    def goals(self, query: dict[str, str]) -> Any:
        _, items = self.lists[DOEL]
        groep = query.get("structuuronderdeel_groep_nummer")
        if groep and self.filters:
            items = [item for item in items if item["@id"] in self.goals_of.get(groep, [])]
            if not items:
                return None
        rows, number = int(query["rijen_per_pagina"]), int(query["paginanr"])
        return {"gegevens": {"totalItems": len(items), "member": items[(number - 1) * rows : number * rows]}}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    world: World

    def do_GET(self) -> None:
        world = self.world
        world.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        time.sleep(world.delay)
        if self.headers.get("x-api-key") != KEY:
            return self.send(401, b"{}")
        faults = world.faults.get(self.path) or [""]
        fault = faults.pop(0)
        if fault.startswith("status"):
            _, status, *after = fault.split()
            return self.send(int(status), b"{}", {"Retry-After": after[0]} if after else {})
        if fault == "slow":
            time.sleep(2.5)
        value = world.answer(self.path)
        if value is None:
            return self.send(404, json.dumps(NOT_FOUND).encode())
        value = self.bent(value, fault)
        body = json.dumps(value, ensure_ascii=False).encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.headers.get("if-none-match") == etag:
            return self.send(304, b"", {"ETag": etag})
        return self.send(200, body, {"ETag": etag}, cut=fault == "cut", half=fault == "half")

    def bent(self, value: Any, fault: str) -> Any:
        if fault == "no next":
            value["links"].pop("next")
        if fault == "same page":
            value = {**self.world.page(urlsplit(self.path).path, 1), "links": value["links"]}
        if fault == "loop":
            value["links"]["next"] = {"href": OFFICIAL + self.path}
        return value

    def send(
        self, status: int, body: bytes, headers: dict[str, str] | None = None, *, cut: bool = False, half: bool = False
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        body = body[: len(body) // 2] if half else body
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.close_connection = cut or self.close_connection

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def serve() -> Iterator[Callable[[World], World]]:
    servers = []

    def start(world: World) -> World:
        handler = type("Handler", (_Handler,), {"world": world})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        servers.append(server)
        world.url = f"http://127.0.0.1:{server.server_port}"
        return world

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def small() -> World:
    """Five groups, seven programmes (one named only by another), four versions, goals, trajecten and one dossier."""
    world = World()
    groups = {"G-0001": [1, 505], "G-0117": [101], "G-0393": [504], "G-0002": [2], "G-0429": [679]}
    world.lists[f"{SO}/structuuronderdeelgroep"] = (
        "structuuronderdeel_groepen",
        [
            {
                "structuuronderdeel_groep_nummer": code,
                "titel": f"Gist {code}",
                "structuuronderdelen": [{"structuuronderdeel_nummer": number} for number in numbers],
            }
            for code, numbers in groups.items()
        ],
    )
    for number in (1, 2, 101, 504, 505, 564, 679):
        world.answers[f"{SO}/structuuronderdeel/{number}"] = {
            "structuuronderdeel_nummer": number,
            "titel": f"Gist {number}",
            "structuuronderdeel_details": [{"structuuronderdeel_detail_nummer": f"ADV-{number:04d}"}],
        }
    world.answers[f"{SO}/structuuronderdeel/1"]["voorbereidende_structuuronderdelen"] = [
        {"structuuronderdeel_nummer": 564}
    ]
    world.answers[f"{SO}/structuuronderdeel/504"]["structuuronderdeel_details"] = [
        {
            "structuuronderdeel_detail_nummer": "ADV-0842",
            "curriculumdossier": f"{OFFICIAL}{SO}/structuuronderdeel_detail/ADV-0842/curriculumdossier",
            "beroepskwalificaties": [{"versie_nr_lang": "BK-0390-2"}, {"versie_nr_lang": "BK-0464-1"}],
        }
    ]
    world.answers[f"{SO}/structuuronderdeel_detail/ADV-0842/curriculumdossier"] = {
        "informatie_type": "CURRICULUMDOSSIER",
        "content_type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "filename": "../../Onthaal en recreatie_CD_2024.docx",
        "content": base64.b64encode(DOCX).decode(),
    }
    versions = {"BK-0002": ["BK-0002-2", "BK-0002-3"], "BK-0130": ["BK-0130-5"], "BK-0390": ["BK-0390-2"]}
    world.lists[BK] = (
        "gegevens",
        [
            {"beroepskwalificatie_nr": code, "versies": [{"versie_nr_lang": version} for version in listed]}
            for code, listed in versions.items()
        ],
    )
    for version in ("BK-0002-2", "BK-0002-3", "BK-0130-5", "BK-0390-2", "BK-0464-1"):
        world.answers[f"{BK}/{version}"] = {"beroepskwalificatie": {"versie_nr_lang": version}, "totalItems": 1}
    world.answers[f"{BK}/BK-0130-5"]["beroepskwalificatie"]["deelkwalificaties"] = [
        {"deelkwalificatie_nr_lang": "BK-0130-5-DBK-01"}
    ]
    world.answers[f"{BK}/BK-0130-5/deelkwalificatie/BK-0130-5-DBK-01"] = {
        "deelkwalificatie": {"deelkwalificatie_nr_lang": "BK-0130-5-DBK-01", "titel": "Gist van een deel"},
        "totalItems": 1,
    }
    world.lists[TRAJECT] = (
        "gegevens",
        [{"code": f"OT-0000{n}", "links": {"self": {"href": f"{OFFICIAL}{TRAJECT}/OT-0000{n}"}}} for n in (1, 2, 3)],
    )
    for n in (1, 2, 3):
        world.answers[f"{TRAJECT}/OT-0000{n}"] = {"code": f"OT-0000{n}", "naam": "Gist"}
    world.lists[DOEL] = (
        "gegevens",
        [{"@id": f"{DOEL}/{n}", "code": f"{n % 3:02d}.01", "omschrijving": "Gist"} for n in range(1, 6)],
    )
    world.goals_of = {"G-0117": [f"{DOEL}/4", f"{DOEL}/1"]}
    world.lists[AANBOD] = ("gegevens", [{"administratievegroep_nummer": n} for n in (9, 10, 11)])
    return world


def run(world: World, into: Path, *only: str, manners: Manners = SWIFT) -> Summary:
    return Harvest(into, KEY, world.url, only or Harvest(into, KEY).only, manners).run()


def lines(into: Path, file: str) -> list[Any]:
    return [json.loads(line) for line in gzip.open(into / f"{file}.jsonl.gz", "rt", encoding="utf-8")]


def reasons(summary: Summary) -> dict[str, str]:
    return {failure.name: failure.reason for failure in summary.failed}


def test_everything_that_the_lists_name_is_fetched(serve: Any, tmp_path: Path) -> None:
    world = serve(small())
    summary = run(world, tmp_path)
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


def test_the_vks_loader_reads_what_was_harvested(serve: Any, tmp_path: Path) -> None:
    world = serve(small())
    run(world, tmp_path)
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


def test_a_dossier_is_saved_beside_its_line_under_a_name_of_ours(serve: Any, tmp_path: Path) -> None:
    run(serve(small()), tmp_path / "uit", "curriculumdossiers")
    (line,) = lines(tmp_path / "uit", "curriculumdossier")
    assert line["bestand"] == "curriculumdossier/ADV-0842.docx"
    assert "content" not in line
    assert (tmp_path / "uit" / line["bestand"]).read_bytes() == DOCX
    assert line["sha256"] == hashlib.sha256(DOCX).hexdigest()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["uit"], "a path in a file name leads nowhere"


def test_a_dossier_that_is_no_base64_is_named(serve: Any, tmp_path: Path) -> None:
    world = serve(small())
    world.answers[f"{SO}/structuuronderdeel_detail/ADV-0842/curriculumdossier"]["content"] = "geen base64!"
    assert reasons(run(world, tmp_path, "curriculumdossiers")) == {
        "curriculumdossier ADV-0842": "de inhoud van het dossier is geen base64."
    }


@pytest.mark.parametrize("fault", ["status 429", "status 500", "status 503", "cut", "half", "slow"])
def test_a_passing_fault_is_tried_again(serve: Any, tmp_path: Path, fault: str) -> None:
    world = serve(small())
    address = f"{SO}/structuuronderdeel/504"
    world.faults[address] = [fault, fault]
    manners = Manners(per_second=5000, timeout=0.5, attempts=4, backoff=0.01)
    summary = run(world, tmp_path, "structuuronderdelen", manners=manners)
    assert summary.failed == ()
    assert [asked for asked, _ in world.asked].count(address) == 3
    assert len(lines(tmp_path, "structuuronderdeel")) == 7


def test_the_pause_that_the_source_asks_for_is_kept(serve: Any, tmp_path: Path) -> None:
    world = serve(small())
    world.faults[f"{SO}/structuuronderdeel/504"] = ["status 429 1"]
    start = time.monotonic()
    assert run(world, tmp_path, "structuuronderdelen").failed == ()
    assert time.monotonic() - start >= 1.0


def test_a_pause_beyond_reason_is_a_failure_not_a_sleep(serve: Any, tmp_path: Path) -> None:
    world = serve(small())
    world.faults[f"{SO}/structuuronderdeel/504"] = ["status 429 86400"]
    summary = run(world, tmp_path, "structuuronderdelen")
    assert reasons(summary) == {"structuuronderdeel 504": "HTTP 429; de bron vraagt 86400 seconden te wachten."}


def test_requests_are_paced(serve: Any, tmp_path: Path) -> None:
    world = serve(small())
    start = time.monotonic()
    run(world, tmp_path, "structuuronderdelen", manners=Manners(per_second=20))
    assert time.monotonic() - start >= (len(world.asked) - 1) / 20


def test_a_lasting_fault_is_named_and_costs_nothing_else(serve: Any, tmp_path: Path) -> None:
    world = serve(small())
    world.faults[f"{SO}/structuuronderdeel/504"] = ["status 500"] * 9
    del world.answers[f"{BK}/BK-0002-2"]
    summary = run(world, tmp_path)
    assert reasons(summary) == {
        "structuuronderdeel 504": "HTTP 500, ook na 4 pogingen.",
        "beroepskwalificatie BK-0002-2": "HTTP 404 (31004: Er werd geen data gevonden).",
    }
    assert len(lines(tmp_path, "structuuronderdeel")) == 6
    assert len(lines(tmp_path, "beroepskwalificatie")) == 3, "BK-0464-1 is named by programme 504 alone"


def test_what_failed_keeps_the_answer_of_the_last_harvest(serve: Any, tmp_path: Path) -> None:
    world = serve(small())
    run(world, tmp_path, "structuuronderdelen")
    before = (tmp_path / "structuuronderdeel.jsonl.gz").read_bytes()
    world.faults[f"{SO}/structuuronderdeel/504"] = ["status 500"] * 9
    summary = run(world, tmp_path, "structuuronderdelen")
    assert [failure.kept for failure in summary.failed] == [True]
    assert (tmp_path / "structuuronderdeel.jsonl.gz").read_bytes() == before


def test_the_next_harvest_asks_only_what_changed(serve: Any, tmp_path: Path) -> None:
    world = serve(small())
    first = run(world, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.gz")}
    world.answers[f"{SO}/structuuronderdeel/504"]["titel"] = "Nieuwe gist"
    world.asked.clear()
    second = run(world, tmp_path)
    assert (second.fetched, second.unchanged) == (1, first.fetched - 1)
    asked_again = [headers for address, headers in world.asked if "G-0" not in address]
    assert all("if-none-match" in headers for headers in asked_again)
    changed = {path.name for path in tmp_path.glob("*.gz") if path.read_bytes() != before[path.name]}
    assert changed == {"structuuronderdeel.jsonl.gz"}


def test_what_the_source_dropped_is_dropped(serve: Any, tmp_path: Path) -> None:
    world = serve(small())
    run(world, tmp_path, "administratievegroepen")
    world.lists[AANBOD][1].pop()
    assert run(world, tmp_path, "administratievegroepen").lines == {"administratievegroep": 2}


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("no next", "de lijst eindigt na 2 van de 5 items."),
        ("same page", "de lijst eindigt na 3 van de 5 items."),
        ("loop", "de lijst verwijst naar een pagina die al gelezen is."),
    ],
)
def test_a_list_that_is_cut_short_is_named_and_loses_nothing_known(
    serve: Any, tmp_path: Path, fault: str, reason: str
) -> None:
    world = serve(small())
    first, second = f"{SO}/structuuronderdeelgroep", f"{SO}/structuuronderdeelgroep?page=2&sort=titel%20asc"
    run(world, tmp_path, "structuuronderdelen")
    world.faults[first if fault == "no next" else second] = [fault]
    world.lists[first][1][0]["titel"] = "Nieuwe gist"
    world.lists[first][1][2]["titel"] = "Nieuwe gist"
    summary = run(world, tmp_path, "structuuronderdelen")
    assert reasons(summary)["groepen van structuuronderdelen"] == reason
    assert len(lines(tmp_path, "structuuronderdeelgroep")) == 5


def test_an_extra_page_that_repeats_gives_no_line_twice(serve: Any, tmp_path: Path) -> None:
    world = serve(small())
    world.lists[AANBOD][1].append(world.lists[AANBOD][1][0])
    world.lists[AANBOD][1].append({"administratievegroep_nummer": 12})
    summary = run(world, tmp_path, "administratievegroepen")
    assert summary.lines == {"administratievegroep": 4}
    assert reasons(summary) == {"administratieve groepen": "de lijst eindigt na 4 van de 5 items."}


def test_a_filter_that_the_source_ignores_is_seen_and_gives_no_wrong_line(serve: Any, tmp_path: Path) -> None:
    world = serve(small())
    world.filters = False
    summary = run(world, tmp_path, "onderwijsdoelen")
    assert "negeert de filter structuuronderdeel_groep_nummer" in reasons(summary)["onderwijsdoelen per groep"]
    assert "onderwijsdoel-groep" not in summary.lines
    assert summary.lines["onderwijsdoel"] == 5


def test_a_list_of_another_shape_is_refused_by_name(serve: Any, tmp_path: Path) -> None:
    world = serve(small())
    world.lists[AANBOD] = ("iets_anders", world.lists[AANBOD][1])
    summary = run(world, tmp_path, "administratievegroepen")
    assert reasons(summary) == {
        "administratieve groepen": "de lijst staat niet onder gegevens of administratievegroepen."
    }


def test_the_key_goes_to_the_base_address_only(serve: Any, tmp_path: Path) -> None:
    world, other = serve(small()), serve(World())
    world.answers[f"{SO}/structuuronderdeel/504"]["structuuronderdeel_details"][0]["curriculumdossier"] = (
        f"{other.url}{SO}/structuuronderdeel_detail/ADV-0842/curriculumdossier"
    )
    assert run(world, tmp_path, "curriculumdossiers").failed == ()
    assert other.asked == []


def test_wrong_use_says_what_to_do_and_never_tells_the_key(serve: Any, tmp_path: Path) -> None:
    world = serve(small())
    for key, base, part in [
        ("", world.url, "trajecten"),
        ("met\nregel-en-geheim", world.url, "trajecten"),
        ("verkeerde-sleutel", world.url, "trajecten"),
        (KEY, "http://elders.example", "trajecten"),
        (KEY, world.url, "onbekend"),
    ]:
        with pytest.raises(InputError) as caught:
            Harvest(tmp_path, key, base, (part,), SWIFT).run()
        assert caught.value.remedy
        assert not key or key not in str(caught.value)
        assert "geheim" not in str(caught.value)
    assert KEY not in repr(Harvest(tmp_path, KEY))


def test_a_folder_belongs_to_one_address(serve: Any, tmp_path: Path) -> None:
    run(serve(small()), tmp_path, "trajecten")
    with pytest.raises(InputError, match="Kies met --into een andere map"):
        run(serve(small()), tmp_path, "trajecten")


def command(world: World, into: Path, *options: str) -> list[str]:
    start = [sys.executable, "-c", "from leerbrug.cli import main; main()", "harvest", "--into", str(into)]
    return [*start, "--base-url", world.url, "--per-second", "5000", *options]


ENVIRONMENT = {**os.environ, "LEERBRUG_API_KEY": KEY}


def test_a_kill_at_any_moment_loses_nothing_and_doubles_nothing(serve: Any, tmp_path: Path) -> None:
    world = serve(small())
    run(world, tmp_path / "heel")
    asked_whole = len(world.asked)
    world.asked.clear()
    world.delay = 0.02
    kills = 0
    for stop_after in (3, 9, 17, 28):
        process = subprocess.Popen(command(world, tmp_path / "gekild"), env=ENVIRONMENT, stdout=subprocess.DEVNULL)
        while len(world.asked) < stop_after and process.poll() is None:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        kills += process.wait() == -signal.SIGKILL
    assert kills == 4
    done = subprocess.run(
        command(world, tmp_path / "gekild", "--json"), env=ENVIRONMENT, capture_output=True, check=True
    )
    assert json.loads(done.stdout)["resumed"] > 10
    assert len(world.asked) <= asked_whole + kills + 4 * 6, "done answers are not asked again, but for lists of nothing"
    whole = {path.name: path.read_bytes() for path in (tmp_path / "heel").glob("*.gz")}
    assert {path.name: path.read_bytes() for path in (tmp_path / "gekild").glob("*.gz")} == whole


def test_the_command_ends_with_a_summary_and_no_output_tells_the_key(serve: Any, tmp_path: Path) -> None:
    world = serve(small())
    good = subprocess.run(command(world, tmp_path), env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert good.returncode == 0
    assert re.search(r"\d+ nieuw of gewijzigd, 0 ongewijzigd, 0 uit de onderbroken beurt, 0 niet gelukt", good.stdout)
    world.faults[f"{SO}/structuuronderdeel/504"] = ["status 500", "status 404"]
    bad = subprocess.run(
        command(world, tmp_path, "--quiet"), env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert bad.returncode == 1
    assert "niet gelukt: structuuronderdeel 504: HTTP 404. Het vorige antwoord blijft." in bad.stdout
    refused = subprocess.run(
        command(world, tmp_path / "leeg"),
        env={**ENVIRONMENT, "LEERBRUG_API_KEY": KEY + "x"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 2
    assert "weigert de sleutel" in refused.stderr
    told = "".join(run.stdout + run.stderr for run in (good, bad, refused))
    assert KEY not in told
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or KEY.encode() not in path.read_bytes()


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{taken.getsockname()[1]}"
    summary = Harvest(tmp_path, KEY, base, ("trajecten",), SWIFT).run()
    assert reasons(summary) == {
        "opleidingstrajecten, pagina 1": "geen volledig antwoord (ConnectError), ook na 4 pogingen."
    }


def test_round_trip_of_the_real_answers(serve: Any, tmp_path: Path, real_data: Path) -> None:
    """A server that serves the recorded answers gives a folder with the same answers, and names what it lacks."""
    api = real_data / "flanders-vks" / "api"
    groepen, onderdelen = lines(api, "structuuronderdeelgroep"), lines(api, "structuuronderdeel")
    numbers: dict[str, list[dict[str, int]]] = {}
    for onderdeel in onderdelen:
        groep = onderdeel["structuuronderdeel_groep"]["structuuronderdeel_groep_nummer"]
        numbers.setdefault(groep, []).append({"structuuronderdeel_nummer": onderdeel["structuuronderdeel_nummer"]})
    world = serve(World())
    world.size = 20
    served = [{**groep, "structuuronderdelen": numbers[groep["structuuronderdeel_groep_nummer"]]} for groep in groepen]
    world.lists[f"{SO}/structuuronderdeelgroep"] = ("structuuronderdeel_groepen", served)
    world.lists[BK] = ("gegevens", lines(api, "beroepskwalificatie-lijst"))
    for onderdeel in onderdelen:
        world.answers[f"{SO}/structuuronderdeel/{onderdeel['structuuronderdeel_nummer']}"] = onderdeel
    for bk in lines(api, "beroepskwalificatie"):
        world.answers[f"{BK}/{bk['beroepskwalificatie']['versie_nr_lang']}"] = bk
    summary = run(world, tmp_path, "structuuronderdelen", "beroepskwalificaties")
    for file in ("structuuronderdeel", "beroepskwalificatie-lijst", "beroepskwalificatie"):
        ours, real = tmp_path / f"{file}.jsonl.gz", api / f"{file}.jsonl.gz"
        assert gzip.decompress(ours.read_bytes()) == gzip.decompress(real.read_bytes())
    found = lines(tmp_path, "structuuronderdeelgroep")
    assert [groep.pop("structuuronderdelen") for groep in found] == [groep["structuuronderdelen"] for groep in served]
    assert found == groepen
    assert {failure.reason for failure in summary.failed} == {"HTTP 404 (31004: Er werd geen data gevonden)."}
    assert len(summary.failed) == len({failure.name for failure in summary.failed}) > 100
