"""What a web client is told when a value is wrong or a token is missing, and what is echoed or not sent again."""

from __future__ import annotations

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


def test_what_needs_a_token_says_how_to_bring_one(client: httpx.Client) -> None:
    answer = client.post("/v1/mandaten", json={})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="leerbrug"')


@pytest.mark.parametrize(
    "path", ["/v1/mandaten", "/v1/dualeprofielen/1", "/v1/doorwerkingen?oud=BK-0498-1&nieuw=BK-0498-2"]
)
def test_what_rests_on_the_newest_release_echoes_it(client: httpx.Client, path: str) -> None:
    assert client.get(path).headers["Leerbrug-Release"] == "2"


@pytest.mark.parametrize("path", ["/v1/releases/1/download/graph.nq.gz", "/v1/openapi.json"])
def test_what_a_client_has_already_is_not_sent_again(client: httpx.Client, path: str) -> None:
    whole = client.get(path)
    again = client.get(path, headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"If-None-Match": '"iets anders"'}).status_code == 200
