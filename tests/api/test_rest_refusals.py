"""What a web client is told when a value is wrong or a token is missing, and what is echoed or not sent again."""

from __future__ import annotations

import csv
import io
import re

import httpx
import pytest

WRONG = {
    "/v1/kwalificaties?pageSize=0": ("Geef minstens 1.", "Give at least 1.", "Donnez au moins 1."),
    "/v1/kwalificaties?vksNiveau=9": ("Geef hoogstens 8.", "Give at most 8.", "Donnez au plus 8."),
    "/v1/kwalificaties?vksNiveau=x": (
        "Dit is geen geheel getal.",
        "This is not a whole number.",
        "Ce n’est pas un nombre entier.",
    ),
    "/v1/kwalificaties?soort=x": (
        "Kies uit beroeps, onderwijs, deel.",
        "Choose from beroeps, onderwijs, deel.",
        "Choisissez parmi beroeps, onderwijs, deel.",
    ),
    "/v1/kwalificaties?geldigOp=gisteren": (
        "Schrijf een dag als 2026-09-01.",
        "Write a day as 2026-09-01.",
        "Écrivez un jour comme 2026-09-01.",
    ),
    "/v1/kwalificaties?q=" + "x" * 201: (
        "Geef hoogstens 200 tekens.",
        "Give at most 200 characters.",
        "Donnez au plus 200 caractères.",
    ),
    "/v1/kwalificaties?niveau=4": (
        "Deze parameter is hier niet bekend.",
        "This parameter is not known here.",
        "Ce paramètre n’est pas connu ici.",
    ),
    "/v1/suggesties": ("Deze waarde ontbreekt.", "This value is missing.", "Cette valeur manque."),
}


@pytest.mark.parametrize("path", WRONG)
def test_each_wrong_value_is_told_in_three_languages(client: httpx.Client, path: str) -> None:
    for language, told in zip(("nl", "en", "fr"), WRONG[path], strict=True):
        answer = client.get(path, headers={"Accept-Language": language, "Accept": "application/json"})
        (issue,) = answer.json()["issues"]
        assert (answer.status_code, issue["in"], issue["detail"]) == (400, "query", told)


@pytest.mark.parametrize("one", ["van=BK-0019-3", "naar=BK-0020-3"])
def test_a_bridge_of_one_end_is_refused_and_its_page_asks_for_the_other(client: httpx.Client, one: str) -> None:
    for language, told in (("nl", "maar één kant"), ("en", "Only one end"), ("fr", "Un seul bout")):
        answer = client.get(f"/v1/bruggen?{one}", headers={"Accept-Language": language, "Accept": "application/json"})
        assert answer.status_code == 400
        assert told in answer.json()["detail"]
    assert client.get("/v1/bruggen", headers={"Accept": "application/json"}).json()["items"] == []
    page = client.get(f"/v1/bruggen?{one}", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert one.partition("=")[2] in page.text


def test_what_needs_a_token_says_how_to_bring_one(client: httpx.Client) -> None:
    answer = client.post("/v1/mandaten", json={})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="leerbrug"')


@pytest.mark.parametrize(
    "path", ["/v1/mandaten", "/v1/dualeprofielen/1", "/v1/doorwerkingen?oud=BK-0498-1&nieuw=BK-0498-2"]
)
def test_what_rests_on_the_newest_release_echoes_it(client: httpx.Client, path: str) -> None:
    assert client.get(path).headers["Leerbrug-Release"] == "2"


@pytest.mark.parametrize(
    "path",
    [
        "/v1/releases/1/download/graph.nq.gz",
        "/v1/openapi.json",
        "/v1/sparql/completion",
        "/.well-known/void",
        "/.well-known/sparql-examples",
        "/sparql",
    ],
)
def test_what_a_client_has_already_is_not_sent_again(client: httpx.Client, path: str) -> None:
    whole = client.get(path)
    again = client.get(path, headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", whole.headers["ETag"])
    assert client.get(path, headers={"If-None-Match": '"iets anders"'}).status_code == 200


@pytest.mark.parametrize("path", ["/.well-known/void", "/.well-known/sparql-examples", "/sparql"])
def test_what_the_service_says_of_itself_names_the_host_that_was_asked(client: httpx.Client, path: str) -> None:
    for host in ("een.voorbeeld.be", "ander.voorbeeld.be"):
        assert f"<http://{host}/sparql" in client.get(path, headers={"Host": host}).text


def test_the_description_of_the_data_is_that_of_a_release(client: httpx.Client) -> None:
    """A misspelt parameter is refused, as it is of every read."""
    for release in ("1", "2"):
        answer = client.get("/.well-known/void", params={"release": release, "format": "ntriples"})
        assert answer.headers["Leerbrug-Release"] == release
        assert f"/.well-known/void#release-{release}>" in answer.text
    assert client.get("/.well-known/void", params={"release": "9"}).status_code == 404
    assert client.get("/.well-known/void", params={"releas": "1"}).status_code == 400


def test_an_accept_in_two_lines_is_one(client: httpx.Client) -> None:
    lines = [("Accept", "application/pdf"), ("Accept", "text/turtle")]
    answer = client.get("/v1/kwalificaties/BK-0019/versies/3", headers=lines)
    assert answer.headers["Content-Type"].startswith("text/turtle")


@pytest.mark.parametrize(
    "path",
    [
        "/v1/vragen",
        "/v1/vragen/competenties-van-bk?bk=BK-0019-3",
        "/v1/suggesties?q=bak",
        "/v1/standaardtrajecten/OT-00168",
        "/v1/kwalificaties?q=bakker",
    ],
)
def test_texts_come_in_the_one_language_that_is_asked(client: httpx.Client, path: str) -> None:
    mark = re.compile(r'"nl":\s*"')
    assert mark.search(client.get(path).text)
    one = client.get(path, params={**httpx.URL(path).params, "lang": "fr"})
    assert one.headers["Content-Language"] == "fr"
    assert not mark.search(one.text)


def test_a_table_says_yes_in_the_language_of_the_client(client: httpx.Client) -> None:
    for language, said in (("nl", "ja"), ("en", "yes"), ("fr", "oui")):
        table = client.get("/v1/structuuronderdelen", params={"duaal": "true", "format": "csv", "lang": language}).text
        assert {row["duaal"] for row in csv.DictReader(io.StringIO(table))} == {said}
