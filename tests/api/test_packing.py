"""Answers are packed for who takes them so, say so, and are the same bytes when unpacked."""

from __future__ import annotations

import httpx
import pytest

BAKKER = "/v1/kwalificaties/BK-0019/versies/3"
SELECT = "SELECT ?ding ?naam WHERE { ?ding a leer:Beroepskwalificatieversie ; skos:prefLabel ?naam } ORDER BY ?ding"
LONG = "SELECT * WHERE { ?a ?b ?c } LIMIT 9000"
ANSWERS = {
    "document": ("GET", BAKKER, {}),
    "page": ("GET", BAKKER, {"Accept": "text/html"}),
    "style": ("GET", "/static/stijl.css", {}),
    "void": ("GET", "/.well-known/void", {"Accept": "text/turtle"}),
    "small select": ("GET", "/sparql", {}),
    "stream": ("GET", "/sparql", {}),
    "posted": ("POST", "/sparql", {}),
}


def ask(client: httpx.Client, name: str, encoding: str, **more: str) -> httpx.Response:
    method, path, headers = ANSWERS[name]
    query = {"query": LONG if name == "stream" else SELECT} if path == "/sparql" else {}
    sent = {**headers, "Accept-Encoding": encoding, **more}
    if method == "POST":
        return client.post(path, data=query, headers=sent)
    return client.get(path, params=query, headers=sent)


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_smaller_on_its_way_and_the_same_behind_it(client: httpx.Client, name: str, encoding: str) -> None:
    plain, packed = ask(client, name, "identity"), ask(client, name, encoding)
    assert (plain.status_code, packed.status_code) == (200, 200)
    assert packed.headers["Content-Encoding"] == encoding
    assert "Content-Encoding" not in plain.headers
    assert "accept-encoding" in plain.headers["Vary"].lower()
    assert "accept-encoding" in packed.headers["Vary"].lower()
    assert packed.content == plain.content
    assert packed.num_bytes_downloaded < len(plain.content)
    assert plain.headers.get("ETag", "plain") != packed.headers.get("ETag", "packed")
    assert plain.headers.get("Access-Control-Allow-Origin") == packed.headers.get("Access-Control-Allow-Origin")


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
@pytest.mark.parametrize("name", ["document", "page", "style"])
def test_what_is_unchanged_is_not_sent_again(client: httpx.Client, name: str, encoding: str) -> None:
    first = ask(client, name, encoding)
    again = ask(client, name, encoding, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "accept-encoding" in again.headers["Vary"].lower()


@pytest.mark.parametrize("name", ["document", "page", "style", "small select", "stream"])
def test_head_says_what_get_says(client: httpx.Client, name: str) -> None:
    _, path, headers = ANSWERS[name]
    query = {"query": LONG if name == "stream" else SELECT} if path == "/sparql" else {}
    got, head = ask(client, name, "br"), client.head(path, params=query, headers={**headers, "Accept-Encoding": "br"})
    assert (head.status_code, head.content) == (200, b"")
    for told in ("Content-Type", "Content-Encoding", "Vary", "ETag"):
        assert head.headers.get(told) == got.headers.get(told), told


def test_a_part_of_a_file_is_not_packed_also_where_the_whole_is_kept(client: httpx.Client) -> None:
    assert ask(client, "style", "br").status_code == 200
    part = client.get("/static/stijl.css", headers={"Range": "bytes=0-9", "Accept-Encoding": "br"})
    assert (part.status_code, len(part.content)) == (206, 10)
    assert "Content-Encoding" not in part.headers
