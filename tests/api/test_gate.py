"""The gate: what a client may ask, what every answer carries, and what is never told."""

from __future__ import annotations

import asyncio
import io
import json
import socket
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest
from leerbrug.api.app import create_app
from leerbrug.api.limits import drained
from leerbrug.api.settings import Settings

PATH = "/v1/kwalificaties/BK-0019/versies/3"


def ask(settings: Settings, requests: list[tuple[str, str, dict[str, Any]]], address: str) -> list[httpx.Response]:
    """Requests of a client at that address, in order, straight to the application."""

    async def run() -> list[httpx.Response]:
        transport = httpx.ASGITransport(create_app(settings), client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://leerbrug") as client:
            return [await client.request(method, path, **more) for method, path, more in requests]

    return asyncio.run(run())


def test_a_client_that_asks_too_much_is_told_when_to_come_back(releases: Path) -> None:
    settings = Settings(releases, rate=0.001, burst=3)
    answers = ask(settings, [("GET", PATH, {})] * 4, "192.0.2.7")
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["RateLimit-Remaining"] for answer in answers[:3]] == ["2", "1", "0"]
    assert answers[3].headers["Content-Type"] == "application/problem+json"
    assert int(answers[3].headers["Retry-After"]) >= 1
    assert "X-Content-Type-Options" in answers[3].headers
    assert [answer.status_code for answer in ask(settings, [("GET", PATH, {})] * 20, "127.0.0.1")] == [200] * 20


def test_a_household_shares_one_bucket(releases: Path) -> None:
    async def run() -> list[int]:
        app, codes = create_app(Settings(releases, rate=0.001, burst=1)), []
        for address in ("2001:db8::1", "2001:db8::2", "2001:db8:1::1"):
            transport = httpx.ASGITransport(app, client=(address, 1))
            async with httpx.AsyncClient(transport=transport, base_url="http://leerbrug") as client:
                codes.append((await client.get("/v1/health")).status_code)
        return codes

    assert asyncio.run(run()) == [200, 429, 200]


def test_only_a_trusted_proxy_is_believed(releases: Path) -> None:
    forged = [("GET", "/v1/health", {"headers": {"X-Forwarded-For": f"198.51.100.{n}"}}) for n in (1, 2)]
    assert [a.status_code for a in ask(Settings(releases, rate=0.001, burst=1), forged, "192.0.2.9")] == [200, 429]
    trusting = Settings(releases, rate=0.001, burst=1, proxies=("192.0.2.9",))
    assert [a.status_code for a in ask(trusting, forged, "192.0.2.9")] == [200, 200]


def test_a_body_that_is_too_large_is_refused_declared_or_not(releases: Path) -> None:
    async def chunks() -> Any:
        yield b'--x\r\nContent-Disposition: form-data; name="bestand"; filename="a.csv"\r\n\r\n'
        for _ in range(30):
            yield b"x" * 100

    settings = Settings(releases, body=1_000, upload=2_000)
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    declared = ("POST", "/v1/validaties", {"content": b"x" * 3_000, "headers": headers})
    streamed = ("POST", "/v1/validaties", {"content": chunks(), "headers": headers})
    for answer in ask(settings, [declared, streamed], "127.0.0.1"):
        assert answer.status_code == 413
        assert answer.json()["type"] == "urn:problem-type:leerbrug:" + answer.json()["title"].lower().replace(" ", "-")


def sent(address: str, head: str, pieces: list[bytes]) -> bytes:
    """What the server answers to a client that reads nothing until it has sent all."""
    url = httpx.URL(address)
    with socket.create_connection((url.host, url.port or 80), timeout=60) as connection:
        connection.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n")
        for piece in pieces:
            connection.sendall(piece)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


HEAD = (
    "POST /v1/validaties HTTP/1.1\nHost: x\nAccept-Language: en\nAccept: {accept}\n{length}\nConnection: close\n"
    "Content-Type: {media}"
)
FORM = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="bestand"; filename="a.csv"\r\n\r\n'
LETTERS = b"x" * 1_000_000
CHUNK = b"f4240\r\n" + LETTERS + b"\r\n"


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
@pytest.mark.parametrize(
    ("length", "pieces"),
    [
        ("Content-Length: 24000000", [LETTERS] * 24),
        ("Transfer-Encoding: chunked", [b"%x\r\n%b\r\n" % (len(PART), PART), *[CHUNK] * 24, b"0\r\n\r\n"]),
    ],
    ids=["declared", "chunked"],
)
def test_who_sends_too_much_to_its_end_hears_why(address: str, accept: str, length: str, pieces: list[bytes]) -> None:
    """Twenty-four megabytes are more than the system holds between two processes, so the server has read them."""
    told = sent(address, HEAD.format(accept=accept, length=length, media=FORM), pieces)
    assert told.startswith(b"HTTP/1.1 413 ")
    assert b"This is too large: you may send at most 20 MB here." in told
    assert (b"<html" in told) is (accept == "text/html")


def test_who_sends_what_nobody_reads_hears_why(address: str) -> None:
    told = sent(address, HEAD.format(accept="*/*", length="Content-Length: 16000000", media="text/x"), [LETTERS] * 16)
    assert told.startswith(b"HTTP/1.1 400 ")


def test_who_asks_first_whether_it_may_send_is_told_at_once(address: str) -> None:
    asks = HEAD.format(accept="*/*", length="Content-Length: 24000000\nExpect: 100-continue", media=FORM)
    assert sent(address, asks, []).startswith(b"HTTP/1.1 413 ")


def test_a_body_is_thrown_away_up_to_a_bound_and_a_moment() -> None:
    async def endless() -> dict[str, Any]:
        return {"type": "http.request", "body": b"x" * 100, "more_body": True}

    async def never() -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}

    async def left() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    assert asyncio.run(drained(endless, 1_000)) is False
    assert asyncio.run(drained(never, 1_000, 0.01)) is False
    assert asyncio.run(drained(left, 1_000)) is True


@pytest.mark.parametrize("path", [PATH, "/", "/bestaat-niet", "/v1/openapi.json", "/static/stijl.css"])
def test_every_answer_is_armoured(client: httpx.Client, path: str) -> None:
    headers = client.get(path, headers={"Accept": "text/html"}).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]
    assert headers["X-Request-Id"]
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers


def test_only_the_editor_may_style_its_own_text(client: httpx.Client) -> None:
    policy = client.get("/werkbank").headers["Content-Security-Policy"]
    assert [rule for rule in policy.split("; ") if "unsafe" in rule] == ["style-src-attr 'unsafe-inline'"]


def test_other_pages_may_read_and_not_use_a_token(client: httpx.Client) -> None:
    preflight = client.options(PATH, headers={"Origin": "https://elders.be", "Access-Control-Request-Method": "GET"})
    assert preflight.status_code == 204
    assert "GET" in preflight.headers["Access-Control-Allow-Methods"]
    assert "authorization" not in preflight.headers["Access-Control-Allow-Headers"].lower()
    answer = client.get("/v1/kwalificaties/BK-0019", params={"geldigOp": "2026-01-01"})
    readable = {name.lower() for name in answer.headers["Access-Control-Expose-Headers"].split(", ")}
    assert {"etag", "link", "content-location", "leerbrug-release"} <= readable & set(answer.headers)


def test_metrics_are_for_this_machine_or_a_token(releases: Path) -> None:
    settings = Settings(releases, metrics_token="geheim-woord")
    wrong, right = ({"headers": {"Authorization": f"Bearer {word}"}} for word in ("raden", "geheim-woord"))
    asked = [("GET", PATH, {}), ("GET", "/metrics", {}), ("GET", "/metrics", wrong), ("GET", "/metrics", right)]
    answers = ask(settings, asked, "192.0.2.7")
    assert [answer.status_code for answer in answers] == [200, 404, 404, 200]
    assert 'leerbrug_verzoeken_total{methode="GET",route="kwalificaties",status="200"} 1.0' in answers[3].text


def test_what_goes_wrong_inside_stays_inside(
    releases: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("wachtwoord=geheim")

    monkeypatch.setattr("leerbrug.api.live.describe", broken)
    (answer,) = ask(Settings(releases), [("GET", PATH, {"headers": {"X-Request-Id": "mijn-nummer-1"}})], "192.0.2.7")
    assert (answer.status_code, answer.headers["X-Request-Id"]) == (500, "mijn-nummer-1")
    assert "geheim" not in answer.text
    assert "Traceback" not in answer.text
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert {line["verzoek"] for line in lines} == {"mijn-nummer-1"}
    assert "192.0.2.7" not in json.dumps(lines)


def test_a_broken_form_is_told_to_who_sent_it_and_to_nobody_else(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.post("/v1/validaties", content=b"kapot", headers={"Content-Type": FORM, "Accept-Language": "en"})
    assert (answer.status_code, answer.json()["detail"]) == (400, "The request is not well formed.")
    assert not [record for record in caplog.records if record.name.startswith("python_multipart")]


def test_health(client: httpx.Client) -> None:
    answer = client.get("/v1/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "UP"})


def upload(client: httpx.Client, name: str, content: bytes) -> httpx.Response:
    return client.post("/v1/validaties", files={"bestand": (name, content)}, headers={"Accept-Language": "nl"})


TURTLE = b"""@prefix leer: <https://w3id.org/leerbrug/ns#> .
<https://w3id.org/leerbrug/id/competentie/x1> a leer:Competentie ."""


def test_a_turtle_file_is_held_to_the_shapes(client: httpx.Client) -> None:
    report = upload(client, "mijn.ttl", TURTLE).json()
    about = {issue["onderwerp"] for issue in report["bevindingen"]}
    assert "https://w3id.org/leerbrug/id/competentie/x1" in about
    assert {issue["ernst"] for issue in report["bevindingen"]} >= {"fout"}


def test_a_csv_gets_a_report_that_names_the_file_and_never_our_folder(client: httpx.Client) -> None:
    answer = upload(client, "../../etc/competenties.csv", b"kolom\nwaarde\n")
    assert answer.status_code in (200, 400)
    assert "/tmp" not in answer.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.exe", b"MZ"),
        ("geen.xlsx", b"dit is geen werkboek"),
        ("kapot.ttl", b"<a> <b"),
        ("zonder", b""),
    ],
)
def test_what_is_no_such_file_is_refused(client: httpx.Client, name: str, content: bytes) -> None:
    answer = upload(client, name, content)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "/tmp" not in answer.text


def test_an_archive_cannot_reach_outside_itself(client: httpx.Client) -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("../../uit.csv", "a,b\n")
    assert upload(client, "stuk.zip", memory.getvalue()).status_code == 400
