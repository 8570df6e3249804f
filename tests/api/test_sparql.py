# ruff: noqa: E501 - a table of requests, a line each
"""The SPARQL endpoint over HTTP, on a real server: protocol, formats, limits, graphs and what it says of itself."""

from __future__ import annotations

import asyncio
import csv
import io
import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from leerbrug.api.settings import Settings
from leerbrug.api.sparql.limits import Limits
from leerbrug.graph.releases import Releases
from leerbrug.graph.vragen import vragen
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from ..servers import filled, oxigraph, virtuoso
from .conftest import serving

PAIRS = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
DEATHS = {
    "cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "deep path": "SELECT (COUNT(*) AS ?n) { ?a (<urn:x>|!<urn:y>)+ ?b . ?b (<urn:x>|!<urn:y>)+ ?c }",
    "regex bomb": 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "(.*a){9}b")) }',
    "sort of everything": f"{PAIRS} ORDER BY ?f ?c ?a ?d",
    "deep nesting": "SELECT * { " + "{ " * 60_000 + "} " * 60_000 + "}",
}
"""Queries of death: each would run for hours, or eat all memory."""

LIMITS = Limits(deadline=2, longest=4, rows=2_000, answer=2**20, processes=3, memory=400 * 2**20)

BUSY = 20
"""Seconds that a machine on which more goes on may add; each of these questions would else run for hours."""

PATIENT = Limits(deadline=30, longest=60, rows=2_000, answer=2**22, processes=3)
"""For a server beside which another server works."""

STORES = {"own": None, "oxigraph": oxigraph, "virtuoso": virtuoso}
"""What holds the graphs: the release itself, or with `--store` a server of another engine, as a real process."""


@pytest.fixture(scope="module")
def home(releases: Path) -> Iterator[str]:
    """A server with short limits and without a bound on the requests of one client."""
    with serving(Settings(data=releases, sparql=LIMITS, rate=10_000, burst=100_000)) as url:
        yield url


@pytest.fixture(scope="module", params=STORES)
def anywhere(request: pytest.FixtureRequest, releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server of `home`, and one over each other engine."""
    started = STORES[request.param]
    if started is None:
        yield request.getfixturevalue("home")
        return
    dump = Releases(releases).current().dump
    with (
        filled(started, dump, tmp_path_factory.mktemp(request.param)) as store,
        serving(Settings(data=releases, store=store, sparql=PATIENT, rate=10_000, burst=100_000)) as url,
    ):
        yield url


def ask(home: str, query: str, accept: str = "application/sparql-results+json", **parameters: str) -> httpx.Response:
    return httpx.get(f"{home}/sparql", params={"query": query, **parameters}, headers={"Accept": accept}, timeout=60)


@pytest.mark.parametrize(
    ("accept", "media", "form"),
    [
        ("*/*", "application/sparql-results+json", QueryResultsFormat.JSON),
        ("application/json", "application/sparql-results+json", QueryResultsFormat.JSON),
        ("application/sparql-results+xml", "application/sparql-results+xml", QueryResultsFormat.XML),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", QueryResultsFormat.TSV),
    ],
)
def test_rows_come_in_the_format_that_is_asked(
    anywhere: str, accept: str, media: str, form: QueryResultsFormat
) -> None:
    answer = ask(anywhere, "SELECT ?n { ?v leer:code 'BK-0019-3' ; skos:prefLabel ?n }", accept)
    assert answer.headers["content-type"] == media
    rows = parse_query_results(answer.content, form)
    assert isinstance(rows, QuerySolutions)
    assert [row["n"].value for row in rows] == ["Bakker"]


def test_rows_come_as_csv(anywhere: str) -> None:
    answer = ask(anywhere, "SELECT ?n { ?v leer:code 'BK-0019-3' ; skos:prefLabel ?n }", "text/csv")
    assert list(csv.reader(io.StringIO(answer.text))) == [["n"], ["Bakker"]]


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/trig", RdfFormat.TRIG),
        ("application/n-quads", RdfFormat.N_QUADS),
    ],
)
def test_triples_come_in_the_format_that_is_asked(anywhere: str, accept: str, form: RdfFormat) -> None:
    answer = ask(
        anywhere, "CONSTRUCT { ?v skos:prefLabel ?n } { ?v leer:code 'BK-0019-3' ; skos:prefLabel ?n }", accept
    )
    assert answer.headers["content-type"].partition(";")[0] == accept
    assert [quad.object.value for quad in parse(answer.content, format=form)] == ["Bakker"]


def test_truths_come_as_json_and_xml(anywhere: str) -> None:
    assert ask(anywhere, "ASK {}").json() == {"head": {}, "boolean": True}
    assert "<boolean>true</boolean>" in ask(anywhere, "ASK {}", "application/sparql-results+xml").text
    assert ask(anywhere, "ASK {}", "text/csv").status_code == 406


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (httpx.Request("GET", "/sparql?query=ASK%20%7B"), 400),
        (httpx.Request("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D"), 400),
        (httpx.Request("GET", "/sparql?default-graph-uri=urn:x"), 400),
        (httpx.Request("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=urn:x"), 400),
        (httpx.Request("GET", "/sparql?query=ASK%7B%7D&named-graph-uri=geen%20iri"), 400),
        (httpx.Request("GET", "/sparql?query=ASK%7B%7D&timeout=veel"), 400),
        (httpx.Request("GET", "/sparql?query=ASK%7B%7D&timeout=1000"), 400),
        (httpx.Request("GET", "/sparql?query=ASK%7B%7D&release=x"), 400),
        (httpx.Request("GET", "/sparql?query=ASK%7B%7D&release=99"), 404),
        (httpx.Request("GET", "/sparql?query=%FF"), 400),
        (httpx.Request("PUT", "/sparql", content=b""), 405),
        (httpx.Request("POST", "/sparql", data={"update": "DROP ALL"}), 403),
        (httpx.Request("POST", "/sparql", content=b"DROP ALL", headers={"Content-Type": "application/sparql-update"}), 403),
        (httpx.Request("POST", "/sparql", data={"query": "DROP ALL"}), 400),
        (httpx.Request("POST", "/sparql", content=b"ASK{}", headers={"Content-Type": "text/plain"}), 415),
        (httpx.Request("POST", "/sparql", content=b"\xff", headers={"Content-Type": "application/sparql-query"}), 400),
        (httpx.Request("POST", "/sparql", data={"query": "#" * 300_000}), 413),
        (httpx.Request("POST", "/sparql", data={"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}), 403),
        (httpx.Request("POST", "/sparql", data={"query": "SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }"}), 400),
        (httpx.Request("POST", "/sparql", data={"query": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"}), 400),
        (httpx.Request("POST", "/sparql", data={"query": "SELECT * { ?s ?p ?o FILTER(<urn:f>(?s)) }"}), 400),
        (httpx.Request("POST", "/sparql", data={"query": "SELECT (<bif:file_to_string>('/etc/passwd') AS ?x) {}"}), 400),
        (httpx.Request("POST", "/sparql", data={"query": 'define get:soft "replace" SELECT * { ?s ?p ?o }'}), 400),
        (httpx.Request("POST", "/sparql", data={"query": "LOAD <file:///etc/passwd>"}), 400),
    ],
    ids=lambda value: str(value)[:60],
)  # fmt: skip
def test_what_is_not_right_is_refused_with_its_status(anywhere: str, request_: httpx.Request, status: int) -> None:
    with httpx.Client(base_url=anywhere, timeout=30) as client:
        answer = client.send(
            client.build_request(request_.method, str(request_.url), content=request_.content, headers=request_.headers)
        )
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.parametrize("death", DEATHS)
def test_a_query_of_death_ends_in_a_clear_error_within_the_deadline(home: str, death: str) -> None:
    start = time.monotonic()
    answer = httpx.post(f"{home}/sparql", data={"query": DEATHS[death]}, timeout=60)
    assert time.monotonic() - start < LIMITS.deadline + BUSY
    assert answer.status_code in (422, 504, 507)
    assert answer.headers["content-type"] == "application/problem+json"
    assert ask(home, "ASK {}").json()["boolean"] is True


ATTACKER, OTHER = ({"X-Forwarded-For": address} for address in ("198.51.100.1", "192.0.2.1"))
READS = ("/v1/suggesties?q=bak", "/sparql?query=ASK%7B%7D", "/v1/kwalificaties/BK-0019/versies/3", "/v1/health")


def test_other_clients_are_served_as_before_while_queries_of_death_run(releases: Path) -> None:
    """One client runs and waits for all that a client may, and is still at it when each read of another is answered.

    How fast those reads are, beside a quiet server, `leerbrug bench api` measures (p50 and p95).
    """
    limits = Limits(deadline=300, longest=300, processes=3, patient=2)
    may, more = limits.per_client + limits.patient, 2

    async def attacked(home: str) -> list[int]:
        async with httpx.AsyncClient(base_url=home, timeout=300) as client:
            death = {"query": DEATHS["cross product"]}
            attack = {
                asyncio.create_task(client.post("/sparql", data=death, headers=ATTACKER)) for _ in range(may + more)
            }
            refused: set[asyncio.Task[httpx.Response]] = set()
            while len(refused) < more:
                done, _ = await asyncio.wait(attack - refused, return_when=asyncio.FIRST_COMPLETED)
                refused |= done
            assert {task.result().status_code for task in refused} == {429}
            codes = [(await client.get(path, headers=OTHER)).status_code for _ in range(10) for path in READS]
            running = attack - refused
            assert len(running) == may
            assert not any(task.done() for task in running)
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
        return codes

    settings = Settings(data=releases, sparql=limits, rate=10_000, burst=100_000, proxies=("127.0.0.1",))
    with serving(settings) as url:
        assert asyncio.run(attacked(url)) == [200] * 10 * len(READS)


def test_a_large_answer_is_never_cut_off_silently(anywhere: str) -> None:
    """Over the cap before the first bytes went out: a status. After that: a body that no client takes for whole."""
    few = ask(anywhere, "SELECT ?s { ?s ?p ?o } LIMIT 2001", "text/csv")
    assert few.status_code == 422
    assert "2000 rijen" in few.json()["detail"]
    assert ask(anywhere, "SELECT ?s { ?s ?p ?o } LIMIT 2000", "text/csv").text.count("\r\n") == 2001
    short = "CONSTRUCT { ?s <urn:p> <urn:o> } { SELECT DISTINCT ?s { ?s ?p ?o } LIMIT 2001 }"
    many = ask(anywhere, short, "application/n-triples")
    assert (many.status_code, "2000 triples" in many.json()["detail"]) == (422, True)
    with pytest.raises(httpx.RemoteProtocolError):
        ask(anywhere, "SELECT * { ?s ?p ?o . ?t ?q ?r } LIMIT 3000")


class Kept(logging.Handler):
    """What the server logs."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def test_an_answer_that_is_broken_off_is_a_line_in_the_log_and_no_traceback(
    home: str, capfd: pytest.CaptureFixture[str]
) -> None:
    logger, kept = logging.getLogger("uvicorn.error"), Kept()
    logger.addHandler(kept)
    with pytest.raises(httpx.RemoteProtocolError):
        ask(home, "SELECT * { ?s ?p ?o . ?t ?q ?r } LIMIT 3000")
    logger.removeHandler(kept)
    assert not [record for record in kept.records if record.exc_info]
    told = capfd.readouterr().err
    assert "antwoord afgebroken" in told
    assert "2000 rijen" in told
    assert "Traceback" not in told


def test_an_answer_of_too_many_bytes_is_broken_off_however_few_its_rows(
    home: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """A row of 2 MiB, made of one letter, where a body may have 1 MiB."""
    doubled = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(21))
    with pytest.raises(httpx.RemoteProtocolError):
        ask(home, f"SELECT ?x21 {{ BIND('a' AS ?x0) {doubled} }}")
    assert "meer dan 1 MiB" in capfd.readouterr().err
    fits = ask(home, f"SELECT ?x19 {{ BIND('a' AS ?x0) {doubled} }}", "text/csv")
    assert len(fits.content) == 2**19 + len("x19\r\n\r\n")


def test_the_first_bytes_come_before_the_last_row_is_computed(releases: Path) -> None:
    """Every pair of triples is more rows than a computer makes in a day; its first rows are read nevertheless."""
    generous = Limits(deadline=60, longest=60, rows=10**12, answer=2**60, processes=3)
    triples = Releases(releases).current().manifest.triples
    assert triples**2 > 10**8
    with (
        serving(Settings(data=releases, sparql=generous)) as url,
        httpx.stream(
            "GET", f"{url}/sparql", params={"query": PAIRS}, headers={"Accept": "text/csv"}, timeout=60
        ) as answer,
    ):
        assert answer.status_code == 200
        lines = answer.iter_lines()
        rows = [next(lines) for _ in range(5_000)]
    assert rows[0] == "a,b,c,d,e,f"
    assert all(rows[1:])


def test_one_client_cannot_wait_without_end(home: str) -> None:
    answers: list[httpx.Response] = []
    asking = LIMITS.per_client + LIMITS.patient + 4
    together = threading.Barrier(asking)

    def one(client: httpx.Client) -> None:
        together.wait(60)
        answers.append(client.post("/sparql", data={"query": DEATHS["cross product"]}))

    with httpx.Client(base_url=home, timeout=120, limits=httpx.Limits(max_connections=asking)) as client:
        threads = [threading.Thread(target=one, args=(client,)) for _ in range(asking)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) == 4
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in refused)
    assert {answer.status_code for answer in answers} <= {429, 503, 504}


def test_a_client_may_ask_an_older_release(anywhere: str, releases: Path) -> None:
    query = "SELECT ?n { ?so a leer:Structuuronderdeel ; leer:code '98' ; skos:prefLabel ?n }"
    old, new = ask(anywhere, query, "text/csv", release="1"), ask(anywhere, query, "text/csv")
    assert (old.headers["leerbrug-release"], new.headers["leerbrug-release"]) == ("1", "2")
    assert "vernieuwd" in new.text
    assert "vernieuwd" not in old.text


def test_a_graph_is_read_by_name_and_by_its_own_address(anywhere: str, releases: Path) -> None:
    graphs = Releases(releases).current().manifest.graphs
    for graph, triples in graphs.items():
        path = "/graaf/" + graph.rpartition("/graaf/")[2]
        for found in (
            httpx.get(
                f"{anywhere}/rdf-graph-store",
                params={"graph": graph},
                headers={"Accept": "application/n-triples"},
                timeout=60,
            ),
            httpx.get(anywhere + path, headers={"Accept": "application/n-triples"}, timeout=60),
        ):
            assert sum(1 for _ in parse(found.content, format=RdfFormat.N_TRIPLES)) == triples
        assert httpx.head(anywhere + path).status_code == 200
    everything = httpx.get(
        f"{anywhere}/rdf-graph-store?default", headers={"Accept": "application/n-triples"}, timeout=60
    )
    assert everything.status_code == 200
    assert httpx.head(f"{anywhere}/graaf/geen").status_code == 404
    assert httpx.get(f"{anywhere}/rdf-graph-store", params={"graph": "urn:x"}, timeout=60).status_code == 404
    assert httpx.get(f"{anywhere}/rdf-graph-store", timeout=60).status_code == 400
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        refused = httpx.request(method, f"{anywhere}/graaf/vks", timeout=60)
        assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")


def test_the_service_says_what_it_is_and_what_it_holds(anywhere: str, releases: Path) -> None:
    manifest = Releases(releases).current().manifest
    described = httpx.get(f"{anywhere}/sparql", headers={"Accept": "application/n-triples"}, timeout=60)
    said = list(parse(described.content, format=RdfFormat.N_TRIPLES))
    named = {q.object.value for q in said if q.predicate.value.endswith("service-description#name")}
    assert named == set(manifest.graphs)
    void = httpx.get(f"{anywhere}/.well-known/void", headers={"Accept": "application/n-triples"}, timeout=60)
    counts = {
        q.subject.value: int(q.object.value)
        for q in parse(void.content, format=RdfFormat.N_TRIPLES)
        if q.predicate.value.endswith("void#triples")
    }
    assert counts[f"{anywhere}/.well-known/void#release-2"] == manifest.triples


def test_an_editor_is_told_classes_properties_and_how_often_they_are_filled(anywhere: str) -> None:
    found = httpx.get(f"{anywhere}/v1/sparql/completion", timeout=60).json()
    kind = next(one for one in found["classes"] if one["name"] == "leer:Competentie")
    code = next(one for one in kind["properties"] if one["name"] == "leer:code")
    assert (kind["things"], code["things"], code["share"], code["min"], code["max"]) == (445, 445, 1.0, 1, 1)
    asked = ask(
        anywhere, "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a leer:Competentie ; leer:heeftKennis ?k }", "text/csv"
    )
    knowledge = next(one for one in kind["properties"] if one["name"] == "leer:heeftKennis")
    assert knowledge["things"] == int(asked.text.split()[1])


def test_the_published_examples_run(anywhere: str) -> None:
    found = httpx.get(
        f"{anywhere}/.well-known/sparql-examples", headers={"Accept": "application/n-triples"}, timeout=60
    )
    queries = {
        quad.subject.value: quad.object.value
        for quad in parse(found.content, format=RdfFormat.N_TRIPLES)
        if quad.predicate.value.endswith("shacl#select")
    }
    assert len(queries) == len(vragen())
    for iri, query in queries.items():
        assert ask(anywhere, query, "text/csv").status_code == 200, iri


def test_a_question_is_an_address(anywhere: str) -> None:
    rows = httpx.get(f"{anywhere}/v1/vragen/competenties-van-bk?bk=BK-0019-3", timeout=60).json()["rijen"]
    assert [row["nr"] for row in rows] == list(range(1, 14))
    page = httpx.get(f"{anywhere}/v1/vragen/competenties-van-bk", headers={"Accept": "text/html"}, timeout=60)
    assert page.status_code == 200
    assert "bkc0044299" in page.text
    workbook = httpx.get(f"{anywhere}/v1/vragen/competenties-van-bk?bk=BK-0019-3&format=xlsx", timeout=60)
    assert workbook.content.startswith(b"PK")
    paths = httpx.get(f"{anywhere}/v1/openapi.json", timeout=60).json()["paths"]
    assert {f"/v1/vragen/{slug}" for slug in vragen()} <= set(paths)


@pytest.mark.parametrize("death", ["cross product", "deep nesting"])
def test_a_query_of_death_holds_nobody_up_over_another_server_either(anywhere: str, death: str) -> None:
    """The other server may go on computing; ours has stopped waiting for it. These tests come last, so it is ended."""
    start = time.monotonic()
    answer = httpx.post(f"{anywhere}/sparql", data={"query": DEATHS[death], "timeout": "2"}, timeout=60)
    assert time.monotonic() - start < 2 + BUSY
    assert answer.status_code in (503, 504, 507)
    assert answer.headers["content-type"] == "application/problem+json"
    assert ask(anywhere, "ASK {}").json()["boolean"] is True
