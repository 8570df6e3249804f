"""A real server on this machine that replays the recorded shapes of the education APIs, faults included.

The texts are gists of our own; codes and levels are as published.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from leerbrug.loaders.harvest import Harvest, Manners, Summary

KEY = "geheim-7f3a91c2d4"
SO = "/kwalificaties-en-curriculum/structuuronderdelen/v2"
BK = "/kwalificaties-en-curriculum/beroepskwalificaties/v2/beroepskwalificatie"
TRAJECT = "/kwalificaties-en-curriculum/trajecten/v1/opleidingstraject"
DOEL = "/onderwijsdoelen/onderwijsdoel"
AANBOD = "/instellingsgegevens/onderwijsaanbod_so/v2/administratievegroep"
OFFICIAL = "https://onderwijs.api.vlaanderen.be"
NOT_FOUND = {"uitzonderingen": [{"identificatie": 31004, "diagnose": "Er werd geen data gevonden.", "type": "FOUT"}]}
DOCX = b"PK\x03\x04 nagebootst dossier"


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
        self.most = 10**9  # so many questions get an answer, until they may go on
        self.go_on = threading.Event()
        self.url = ""

    key = KEY
    swift = Manners(per_second=5000, timeout=60.0, attempts=4, backoff=0.01, longest=5.0)

    def run(self, into: Path, *only: str, manners: Manners = swift) -> Summary:
        """Harvest this world."""
        return Harvest(into, KEY, self.url, only or Harvest(into, KEY).only, manners).run()

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
        if len(world.asked) > world.most:
            world.go_on.wait(60)
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


@pytest.fixture
def small() -> Callable[[], World]:
    """A small world of our own."""
    return _small


@pytest.fixture
def bare() -> World:
    """A world that knows nothing."""
    return World()


def _small() -> World:
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


@pytest.fixture
def lines() -> Callable[[Path, str], list[Any]]:
    """Reads the lines of a harvested file."""

    def read(into: Path, file: str) -> list[Any]:
        return [json.loads(line) for line in gzip.open(into / f"{file}.jsonl.gz", "rt", encoding="utf-8")]

    return read


@pytest.fixture
def reasons() -> Callable[[Summary], dict[str, str]]:
    """What failed, and why."""
    return lambda summary: {failure.name: failure.reason for failure in summary.failed}
