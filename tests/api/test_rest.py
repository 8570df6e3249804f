"""One resource, one address: forms, languages, releases, validators, paging and problems, over real HTTP."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import openpyxl
import pytest
from leerbrug.api.settings import Settings
from leerbrug.graph.releases import Releases
from pyoxigraph import NamedNode, RdfFormat, Triple

from ..servers import filled, oxigraph, virtuoso
from .conftest import serving
from .triples import BASE, expanded, triples

BAKKER = "/v1/kwalificaties/BK-0019/versies/3"


ENGINES = {"oxigraph": oxigraph, "virtuoso": virtuoso}


@pytest.fixture(scope="module", params=["own", *ENGINES])
def client(
    request: pytest.FixtureRequest, client: httpx.Client, releases: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """Who asks a server over the store of the release, and one over a server of each other engine (`--store`)."""
    if request.param == "own":
        yield client
        return
    folder = tmp_path_factory.mktemp(request.param)
    with (
        filled(ENGINES[request.param], Releases(releases).current().dump, folder) as store,
        serving(Settings(data=releases, refresh=0.2, store=store)) as url,
        httpx.Client(base_url=url, timeout=60) as other,
    ):
        yield other


@pytest.mark.parametrize(
    "path",
    [
        "/v1/kwalificaties/BK-0019",
        BAKKER,
        "/v1/competenties/bkc0044297",
        "/v1/referenties/18111-c",
        "/v1/beroepen/J150101",
        "/v1/structuuronderdelen/98",
        "/v1/standaardtrajecten/OT-00168",
        "/v1/curriculumdossiers/ADV-1703",
        "/v1/opleidingsprofielen/OT-01383",
        "/v1/dingen/erkenning/ADV-1668",
        "/v1/dingen/attest/BK-0127-2-8",
        "/codelijst/finaliteit/DU",
        "/codelijst/finaliteit",
    ],
)
def test_every_form_says_the_same(client: httpx.Client, path: str) -> None:
    turtle = client.get(path, headers={"Accept": "text/turtle"})
    ntriples = client.get(path, headers={"Accept": "application/n-triples"})
    json_ld = client.get(path, headers={"Accept": "application/ld+json"})
    said = triples(ntriples.content, RdfFormat.N_TRIPLES)
    assert len(said) > 3
    assert triples(turtle.content, RdfFormat.TURTLE) == said
    assert expanded(client, json_ld.content) == said
    assert client.get(path, params={"format": "json"}).json() == json_ld.json()
    assert "<html" in client.get(path, headers={"Accept": "text/html"}).text
    for answer in (turtle, ntriples, json_ld):
        assert answer.headers["Leerbrug-Release"] == "2"
        assert "Accept-Language" in answer.headers["Vary"]


def test_a_description_holds_all_that_the_graph_says_of_the_thing(client: httpx.Client, releases: Path) -> None:
    thing = NamedNode(f"{BASE}/id/beroepskwalificatie/BK-0019/3")
    graph = Releases(releases).open(2).graph()
    rows = graph.select("SELECT ?p ?o { ?thing ?p ?o }", thing=thing)
    said = {Triple(thing, NamedNode(row["p"].value), row["o"]) for row in rows}
    graph.close()
    assert said <= triples(client.get(BAKKER, params={"format": "nt"}).content, RdfFormat.N_TRIPLES)


def test_a_text_in_one_language_is_a_string_and_still_json_ld(client: httpx.Client) -> None:
    reduced = client.get(BAKKER, params={"lang": "nl"})
    assert reduced.json()["prefLabel"] == "Bakker"
    assert reduced.headers["Content-Language"] == "nl"
    said = expanded(client, reduced.content)
    plain = {str(one.object) for one in said if one.predicate.value.endswith("prefLabel")}
    assert '"Bakker"' in plain
    assert client.get(BAKKER, headers={"Accept-Language": "fr;q=0.9, en;q=0.1"}).headers["Content-Language"] == "fr"


def test_accept_is_weighed_and_what_is_not_there_is_refused_with_the_list(client: httpx.Client) -> None:
    weighed = client.get(BAKKER, headers={"Accept": "text/html;q=0.2, text/turtle;q=0.9, application/pdf"})
    assert weighed.headers["Content-Type"].startswith("text/turtle")
    refused = client.get(BAKKER, headers={"Accept": "application/pdf"})
    assert refused.status_code == 406
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert "text/turtle" in {issue["value"] for issue in refused.json()["issues"]}


def test_tables(client: httpx.Client) -> None:
    rows = list(csv.reader(io.StringIO(client.get(BAKKER, params={"format": "csv"}).content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["nr", "code", "tekst"]
    assert len(rows) == 14
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(BAKKER, params={"format": "xlsx"}).content)).active
    assert sheet is not None
    assert [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)] == rows


def test_ids_lead_to_the_document(client: httpx.Client, releases: Path) -> None:
    """One thing of every class of the release, each through its own IRI, to a document about just that thing."""
    graph = Releases(releases).open(2).graph()
    query = "SELECT (SAMPLE(?s) AS ?iri) { ?s a ?class FILTER(STRSTARTS(STR(?s), STR(?base))) } GROUP BY ?class"
    found = {row["iri"].value for row in graph.select(query.replace("STR(?base)", f'"{BASE}/id/"')) if row["iri"]}
    graph.close()
    assert len(found) > 30
    for iri in sorted(found):
        answer = client.get(iri.removeprefix(BASE), headers={"Accept": "application/ld+json"})
        assert answer.status_code == 303, iri
        document = client.get(answer.headers["Location"], headers={"Accept": "application/ld+json"})
        assert document.status_code == 200, answer.headers["Location"]
        assert document.json()["id"] == iri
    assert client.get("/id/beroepskwalificatie/BK-9999").status_code == 404
    old = client.get("/id/structuuronderdeel/98", params={"release": 1})
    assert (old.status_code, old.headers["Leerbrug-Release"]) == (303, "1")
    assert old.headers["Location"] == "/v1/structuuronderdelen/98?release=1"
    assert client.get("/id/structuuronderdeel/98", params={"release": 9}).status_code == 404


def test_validators(client: httpx.Client) -> None:
    first = client.get(BAKKER)
    etag = first.headers["ETag"]
    again = client.get(BAKKER, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    assert client.get(BAKKER, headers={"If-None-Match": '"anders"'}).status_code == 200
    assert client.get(BAKKER, params={"release": 1}, headers={"If-None-Match": etag}).status_code == 200
    head = client.head(BAKKER)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == first.headers["Content-Length"]
    assert first.headers["Cache-Control"] == "no-cache"
    pinned = client.get(BAKKER, params={"release": 1})
    assert "immutable" in pinned.headers["Cache-Control"]
    assert (pinned.json()["release"], pinned.headers["Leerbrug-Release"]) == (1, "1")


def test_each_encoding_has_its_own_validator(client: httpx.Client) -> None:
    answers = {one: client.get(BAKKER, headers={"Accept-Encoding": one}) for one in ("identity", "gzip", "br")}
    assert len({answer.headers["ETag"] for answer in answers.values()}) == 3
    assert len({answer.content for answer in answers.values()}) == 1
    assert answers["br"].headers["Content-Encoding"] == "br"
    assert "Content-Encoding" not in answers["identity"].headers


def test_releases_stay_what_they_were(client: httpx.Client) -> None:
    titles = [
        client.get("/v1/structuuronderdelen/98", params={"release": n, "lang": "nl"}).json()["prefLabel"]
        for n in (1, 2)
    ]
    assert titles == ["Fietshersteller duaal", "Fietshersteller duaal (vernieuwd)"]
    assert client.get(BAKKER, params={"release": 9}).status_code == 404


def test_versions_link_to_each_other(client: httpx.Client) -> None:
    answer = client.get(BAKKER)
    links = answer.headers.get_list("Link")
    assert any('rel="latest-version"' in link for link in links)
    shape = re.search(r"<([^>]+)>; rel=\"describedby\"", ", ".join(links))
    assert shape is not None
    assert client.get(shape.group(1)).status_code == 200


def test_a_collection_pages_through_everything_once(client: httpx.Client) -> None:
    seen: list[str] = []
    href = "/v1/competenties?pageSize=100&total=true"
    while href:
        page = client.get(href).json()
        assert set(page) >= {"self", "items", "page", "pageSize", "first", "last", "total", "release"}
        seen += [item["id"] for item in page["items"]]
        href = page.get("next", "")
    assert len(seen) == len(set(seen)) == page["total"]
    empty = client.get("/v1/competenties", params={"q": "xqzzy"})
    assert (empty.status_code, empty.json()["items"]) == (200, [])
    assert "total" not in empty.json()


def test_facets_agree_with_the_graph(client: httpx.Client, releases: Path) -> None:
    graph = Releases(releases).open(2).graph()
    query = "SELECT (COUNT(DISTINCT ?bk) AS ?n) { ?bk a leer:Beroepskwalificatieversie ; leer:vksNiveau ?level }"
    level = NamedNode("https://w3id.org/leerbrug/codelijst/vks-niveau/4")
    (row,) = graph.select(query, level=level)
    graph.close()
    asked: dict[str, str | int] = {"soort": "beroeps", "vksNiveau": 4, "total": True, "facetten": True}
    found = client.get("/v1/kwalificaties", params=asked).json()
    assert found["total"] == int(row["n"].value) == found["facetten"]["vksNiveau"]["4"]
    assert {item["vksNiveau"] for item in found["items"]} == {4}


def test_phases_are_those_of_the_day(client: httpx.Client) -> None:
    def codes(day: str, phase: str) -> set[str]:
        asked: dict[str, str | int] = {"geldigOp": day, phase: "true", "pageSize": 100}
        return {item["code"] for item in client.get("/v1/structuuronderdelen", params=asked).json()["items"]}

    assert "65" in codes("2027-08-31", "geldig")
    assert "65" in codes("2027-09-01", "beeindigd")
    assert "65" not in codes("2027-09-01", "geldig")
    assert "98" in codes("2000-01-01", "toekomstig")


def test_a_line_on_a_day_is_its_version(client: httpx.Client) -> None:
    answer = client.get("/v1/kwalificaties/BK-0019", params={"geldigOp": "2026-01-01"})
    assert answer.json()["id"].endswith("/BK-0019/3")
    assert answer.headers["Content-Location"] == BAKKER
    assert client.get("/v1/kwalificaties/BK-0019", params={"geldigOp": "1990-01-01"}).status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/bestaat-niet", 404),
        ("/v1/kwalificaties/BK-9999", 404),
        ("/v1/kwalificaties?pageSize=101", 400),
        ("/v1/kwalificaties?geldigOp=gisteren", 400),
        ("/v1/kwalificaties?geldigop=2026-01-01", 400),
        ("/v1/bruggen?van=BK-9999&naar=BK-0019-3", 404),
    ],
)
def test_every_error_is_a_problem(client: httpx.Client, path: str, status: int) -> None:
    answer = client.get(path, headers={"Accept": "application/json"})
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (status, status)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem["type"].startswith("urn:problem-type:leerbrug:")
    assert problem["instance"].startswith("urn:uuid:")
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("language", "told"), [("nl", "bestaat niet"), ("en", "does not exist"), ("fr", "n’existe pas")]
)
def test_problems_speak_the_language_of_the_client(client: httpx.Client, language: str, told: str) -> None:
    for path in ("/bestaat-niet", "/v1/kwalificaties?release=77"):
        answer = client.get(path, headers={"Accept-Language": language})
        assert told in answer.json()["detail"]
        assert answer.headers["Content-Language"] == language


def test_another_method_is_told_which_are_known(client: httpx.Client) -> None:
    answer = client.request("DELETE", BAKKER)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert answer.json()["type"] == "urn:problem-type:leerbrug:method-not-allowed"


def test_suggestions_forgive(client: httpx.Client) -> None:
    for typed in ("bakk", "baker", "BK-0019", "bàkker"):
        items = client.get("/v1/suggesties", params={"q": typed}).json()["items"]
        assert "BK-0019-3" in {item["code"] for item in items}, typed


def test_a_trajectory_field_by_field(client: httpx.Client) -> None:
    """The values are those of domain.md §3.6 for Fietshersteller duaal."""
    fields = client.get("/v1/standaardtrajecten/OT-00168").json()["velden"][0]
    assert (fields["graad"], fields["finaliteit"], fields["duaal"]) == ("2", "A", True)
    assert [(one["code"], one["volledigheid"], one["vksNiveau"]) for one in fields["clusters"]] == [
        ("BK-0117-2", "volledig", 3)
    ]
    assert (fields["contract"]["soort"], fields["contract"]["uren_min"]) == ("OAO", 20)
    assert (fields["verplichteContexten"]["regel"], fields["verplichteContexten"]["aantal"]) == ("EXACT", 3)
    assert 2 in {proof["okNiveau"] for proof in fields["bijVolledigSlagen"]}
    assert {proof["soort"] for proof in fields["bijGedeeltelijkSlagen"]} >= {"BewijsVanCompetenties"}
    assert fields["leeftijd"] == {"van": 15, "tot": 25}


def test_a_bridge_replays_to_the_same_bytes(client: httpx.Client) -> None:
    first = client.get("/v1/bruggen", params={"van": "BK-0019-3", "naar": "BK-0020-3", "geldigOp": "2026-11-01"})
    address = first.json()["id"].removeprefix(BASE)
    assert client.get(address).headers["Location"] == address.replace("/id/brug/", "/v1/bruggen/")
    again = client.get(address.replace("/id/brug/", "/v1/bruggen/"))
    assert again.content == first.content
    proof = client.get(address.replace("/id/brug/", "/v1/bruggen/") + "/bewijs").json()
    assert [one["verdict"] for one in proof["competenties"]] == [one["verdict"] for one in first.json()["competenties"]]
    assert client.get("/v1/bruggen/" + "0" * 32).status_code == 404


def test_what_changed_between_releases(client: httpx.Client) -> None:
    since = client.get("/v1/releases/1").json()["tijdstip"]
    found = client.get("/v1/wijzigingen", params={"na": since, "pageSize": 100}).json()["items"]
    kinds = {item["id"].removeprefix(f"{BASE}/id/"): item["soort"] for item in found}
    assert kinds["structuuronderdeel/98"] == "gewijzigd"
    assert kinds["structuuronderdeel/65"] == "beeindigd"
    assert all(kind != "aangemaakt" for kind in kinds.values())
    assert len(kinds) < 20


def test_the_event_stream_can_be_followed_to_its_end(client: httpx.Client) -> None:
    since = client.get("/v1/releases/1").json()["tijdstip"]
    href, members = f"/ldes?na={since.replace('+', '%2B')}&pageSize=1&format=nt", set()
    for _ in range(50):
        page = triples(client.get(href).content, RdfFormat.N_TRIPLES)
        members |= {str(one.object) for one in page if one.predicate.value.endswith("tree#member")}
        following = [str(one.object)[1:-1] for one in page if one.predicate.value.endswith("tree#node")]
        if not following:
            break
        href = following[0].removeprefix(BASE)
    assert f"<{BASE}/id/structuuronderdeel/98#release-2>" in members
    feed = client.get("/v1/wijzigingen", params={"na": since, "format": "atom"})
    assert feed.headers["Content-Type"] == "application/atom+xml"
    assert "Fietshersteller duaal (vernieuwd)" in feed.text


def test_downloads_are_whole_and_in_ranges(client: httpx.Client, releases: Path) -> None:
    items = client.get("/v1/releases/1/download").json()["items"]
    assert {item["naam"] for item in items} >= {"graph.nq.gz", "report.json", "manifest.json"}
    graph = next(item for item in items if item["naam"] == "graph.nq.gz")
    part = client.get(graph["href"], headers={"Range": "bytes=0-99"})
    assert part.status_code == 206
    whole = client.get(graph["href"])
    assert whole.content == (releases / "1" / "graph.nq.gz").read_bytes()
    assert part.content == whole.content[:100]
    assert "immutable" in whole.headers["Cache-Control"]
    beyond = client.get(graph["href"], headers={"Range": "bytes=999999999999-"})
    assert (beyond.status_code, beyond.headers["Content-Type"]) == (416, "application/problem+json")
    assert beyond.headers["Content-Range"] == f"bytes */{len(whole.content)}"
    for none in ("rows=0-9", "bytes=9-3", "bytes=", "bytes=a-b"):
        assert client.get(graph["href"], headers={"Range": none}).status_code == 200
    assert client.get("/v1/releases/1/download/..%2Fmanifest.json").status_code == 404
    assert client.get("/v1/releases/1/download/places.sqlite").status_code == 404


def test_the_words(client: httpx.Client) -> None:
    vocabulary = client.get("/ns", headers={"Accept": "text/turtle"})
    said = triples(vocabulary.content, RdfFormat.TURTLE)
    assert any(one.subject == NamedNode(f"{BASE}/ns#Competentie") for one in said)
    json_ld = client.get("/ns", headers={"Accept": "application/ld+json"})
    again = triples(json_ld.content, RdfFormat.JSON_LD)
    assert len(again) == len(said)
    assert {one for one in again - said if "_:" not in str(one)} == set()
    assert "Competentie" in client.get("/ns", headers={"Accept": "text/html"}).text
    assert "immutable" in client.get("/context/v1.jsonld").headers["Cache-Control"]
    assert client.get("/shapes/competentie.ttl").headers["Content-Type"].startswith("text/turtle")
    assert client.get("/shapes/geheim.ttl").status_code == 404


def test_two_versions_side_by_side(client: httpx.Client) -> None:
    same = client.get(f"{BAKKER}/verschil", params={"met": 3}).json()
    assert same["aantallen"] == {"gelijk": 13, "gewijzigd": 0, "nieuw": 0, "vervallen": 0}
    touched = client.get(f"{BAKKER}/impact", params={"met": 3}).json()["geraakt"]
    assert "ADV-1705" in touched["erkenningen_volledig"]
    assert client.get(f"{BAKKER}/verschil", params={"met": 1}).status_code == 404


def test_a_deelkwalificatie_is_no_version_of_its_line(client: httpx.Client) -> None:
    """BK-0130 has one version on that day, which has three deelkwalificaties of its own."""
    versions = client.get("/v1/kwalificaties/BK-0130/versies").json()["items"]
    assert [item["code"] for item in versions] == ["BK-0130-5"]
    on_a_day = client.get("/v1/kwalificaties/BK-0130", params={"geldigOp": "2026-09-01"})
    assert on_a_day.headers["Content-Location"] == "/v1/kwalificaties/BK-0130/versies/5"
    assert 'versies/5>; rel="latest-version"' in on_a_day.headers["Link"]
    table = client.get("/v1/kwalificaties/BK-0130", params={"format": "csv"}).text
    assert table == client.get("/v1/kwalificaties/BK-0130/versies/5", params={"format": "csv"}).text
    asked = {"van": "BK-0130", "naar": "BK-0002-3", "geldigOp": "2026-09-01"}
    assert client.get("/v1/bruggen", params=asked).json()["van"][0]["code"] == "BK-0130-5"
    elm = client.get("/v1/kwalificaties/BK-0130", params={"profiel": "case"}).json()
    assert elm["CFDocument"]["title"] == "Stukadoor (BK-0130-5)"


def test_a_code_that_means_more_than_one_thing_gets_its_candidates(client: httpx.Client) -> None:
    on_a_day = client.get("/v1/kwalificaties/BK-0498", params={"geldigOp": "2026-09-01"})
    assert (on_a_day.status_code, len(on_a_day.json()["issues"])) == (409, 2)
    asked = {"van": "BK-0498", "naar": "BK-0002-3"}
    answer = client.get("/v1/bruggen", params=asked, headers={"Accept-Language": "en", "Accept": "application/json"})
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (409, "urn:problem-type:leerbrug:conflict")
    assert [(one["value"], one["detail"]) for one in problem["issues"]] == [
        ("BK-0498-1", "candidate"),
        ("BK-0498-2", "candidate"),
    ]


@pytest.mark.parametrize(("language", "mark"), [("nl", ""), ("en", ' lang="nl"'), ("fr", ' lang="nl"')])
def test_what_the_source_says_is_marked_as_dutch_on_a_page_in_another_language(
    client: httpx.Client, language: str, mark: str
) -> None:
    def page(path: str, **query: str) -> str:
        return client.get(path, params={**query, "lang": language}, headers={"Accept": "text/html"}).text

    bakker = page("/v1/kwalificaties/BK-0019/versies/3")
    assert f"<h1{mark}>Bakker</h1>" in bakker
    assert bakker.count(f'<p class="breed"{mark}><a ') == 13
    assert f"<h1{mark}>Fietsinstallaties duaal</h1>" in page("/v1/structuuronderdelen/99")
    brug = page("/v1/bruggen", van="BK-0019-3", naar="BK-0020-3", toon="alles")
    assert brug.count(f'<p class="breed"{mark}>') >= 8
