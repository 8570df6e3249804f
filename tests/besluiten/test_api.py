"""Decisions over HTTP: tokens, versions, keys, two persons, sectors apart, and what the public sees."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from leerbrug.besluiten.grootboek import Grootboek
from leerbrug.besluiten.soorten import Rol
from leerbrug.besluiten.tokens import Tokens, lees_instantie
from leerbrug.besluiten.wereld import Wereld
from leerbrug.errors import AanmeldError, InputError, UnknownCodeError
from openpyxl import load_workbook

from .klanten import Klant

BESLUITEN = "/v1/haalbaarheidsbesluiten"


def test_a_decision_from_draft_to_public(people: dict[str, Klant], gezegd: dict[str, Any]) -> None:
    made = people["an"].ask("POST", BESLUITEN, gezegd)
    assert made.status_code == 201, made.text
    assert made.headers["etag"] == '"1"'
    path = made.headers["location"]
    assert people["publiek"].ask("GET", path).status_code == 404
    assert people["eva"].ask("GET", path).status_code == 404
    assert people["bo"].ask("GET", path).json()["toestand"] == "ontwerp"
    assert people["an"].ask("POST", f"{path}/opmerkingen", {"tekst": "ook in de winter?"}).status_code == 201
    stuk = people["an"].step(made.json(), "leg-voor").json()
    refused = people["an"].step(stuk, "bekrachtig")
    assert (refused.status_code, refused.headers["content-type"]) == (403, "application/problem+json")
    stuk = people["bo"].step(stuk, "bekrachtig").json()
    assert stuk["toestand"] == "bekrachtigd"
    public = people["publiek"].ask("GET", path).json()
    assert (public["besluit"]["haalbaarheid"], public["opmerkingen"]) == ("kan", [])
    assert public["opsteller"]["naam"] == "An"
    listed = people["publiek"].ask("GET", f"{BESLUITEN}?kwalificatie=BK-0130&sector=bouw&status=bekrachtigd").json()
    assert [item["id"] for item in listed["items"]] == [stuk["id"]]
    trail = people["publiek"].ask("GET", f"{path}/geschiedenis").json()["items"]
    assert [step["handeling"] for step in trail] == ["maak", "leg-voor", "bekrachtig"]
    assert all(len(step["zegel"]) == 64 for step in trail)


def test_what_was_read_must_be_said_and_must_still_hold(people: dict[str, Klant], gezegd: dict[str, Any]) -> None:
    path = people["an"].ask("POST", BESLUITEN, gezegd).headers["location"]
    changed = {**gezegd, "grondslag": "overleg van de sector"}
    assert people["an"].ask("PUT", path, changed).status_code == 428
    assert people["an"].ask("PUT", path, changed, If_Match='"1"').headers["etag"] == '"2"'
    assert people["bo"].ask("PUT", path, gezegd, If_Match='"1"').status_code == 412
    assert people["bo"].ask("GET", path).json()["besluit"]["grondslag"] == "overleg van de sector"


def test_a_request_that_is_sent_again_is_done_once(people: dict[str, Klant], gezegd: dict[str, Any]) -> None:
    first = people["an"].ask("POST", BESLUITEN, gezegd, Idempotency_Key="k1")
    again = people["an"].ask("POST", BESLUITEN, gezegd, Idempotency_Key="k1")
    assert first.json() == again.json()
    other = people["an"].ask("POST", BESLUITEN, {**gezegd, "reden": "anders"}, Idempotency_Key="k1")
    assert other.status_code == 422
    assert people["an"].ask("GET", BESLUITEN).json()["total"] == 1


def test_a_token_of_one_sector_cannot_touch_another(people: dict[str, Klant], gezegd: dict[str, Any]) -> None:
    assert people["eva"].ask("POST", BESLUITEN, gezegd).status_code == 403
    stuk = people["an"].ask("POST", BESLUITEN, gezegd).json()
    for handeling in ("leg-voor", "trek-in"):
        assert people["eva"].step(stuk, handeling, "x").status_code in (403, 404)
    stuk = people["bo"].step(people["an"].step(stuk, "leg-voor").json(), "bekrachtig").json()
    assert people["eva"].step(stuk, "trek-in", "x").status_code == 403
    assert people["eva"].ask("PUT", stuk["href"], gezegd, If_Match=f'"{stuk["versie"]}"').status_code in (403, 409)
    assert people["eva"].ask("POST", f"{stuk['href']}/opmerkingen", {"tekst": "x"}).status_code == 403
    assert people["publiek"].ask("GET", stuk["href"]).json()["versie"] == stuk["versie"]


@pytest.mark.parametrize("who", ["publiek", "ontwerper", "beheer"])
def test_only_a_sector_decides(people: dict[str, Klant], gezegd: dict[str, Any], who: str) -> None:
    answer = people[who].ask("POST", BESLUITEN, gezegd)
    assert answer.status_code == (401 if who == "publiek" else 403)


def test_contradiction_names_the_other_decision(people: dict[str, Klant], gezegd: dict[str, Any]) -> None:
    stuk = people["an"].ask("POST", BESLUITEN, gezegd).json()
    clash = people["bo"].ask("POST", BESLUITEN, {**gezegd, "haalbaarheid": "kan-niet"})
    assert clash.status_code == 409
    assert [issue["value"] for issue in clash.json()["issues"]] == [stuk["id"]]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"geen json", 400),
        (b"[]", 400),
        (b'{"soort":"mandaat"}', 400),
        (b'{"haalbaarheid":"misschien"}', 400),
        (b'{"soort":"haalbaarheidsbesluit","onbekend":1}', 400),
    ],
)
def test_what_cannot_be_read_is_said(people: dict[str, Klant], body: bytes, status: int) -> None:
    client, secret = people["an"].client, people["an"].secret
    answer = client.post(BESLUITEN, content=body, headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_no_answer_about_decisions_is_kept_in_between(people: dict[str, Klant], gezegd: dict[str, Any]) -> None:
    people["an"].ask("POST", BESLUITEN, gezegd)
    assert people["an"].ask("GET", BESLUITEN).json()["total"] == 1
    assert people["publiek"].ask("GET", BESLUITEN).json()["total"] == 0
    assert people["an"].ask("GET", BESLUITEN).headers["cache-control"] == "no-store"


def test_a_list_names_the_pages_beside_this_one(people: dict[str, Klant], gezegd: dict[str, Any]) -> None:
    made = people["an"].ask("POST", BESLUITEN, gezegd).json()
    page = people["an"].ask("GET", f"{BESLUITEN}?status=ontwerp&pageSize=1&page=2").json()
    assert page["self"] == f"{BESLUITEN}?status=ontwerp&pageSize=1&page=2"
    assert (page["items"], page["total"]) == ([], 1)
    assert "next" not in page
    for beside in ("first", "prev", "last"):
        assert [one["id"] for one in people["an"].ask("GET", page[beside]).json()["items"]] == [made["id"]]
    refused = people["an"].ask("GET", f"{BESLUITEN}?statsu=ontwerp")
    assert (refused.status_code, refused.json()["issues"][0]["name"]) == (400, "statsu")


def test_the_profile_and_the_draft_follow_at_once(
    people: dict[str, Klant], gezegd: dict[str, Any], wereld: Wereld
) -> None:
    code = next(
        code
        for code, one in sorted(wereld.catalogus.programmas.items())
        if one.duaal and "BK-0130-5" in _leads_to(wereld, code)
    )
    path = f"/v1/dualeprofielen/{code}?geldigOp=2026-11-25"
    before = people["publiek"].ask("GET", path).json()
    stuk = people["an"].ask("POST", BESLUITEN, gezegd).json()
    people["bo"].step(people["an"].step(stuk, "leg-voor").json(), "bekrachtig")
    after = people["publiek"].ask("GET", path).json()
    changed = [new for old, new in zip(before["regels"], after["regels"], strict=True) if old != new]
    assert [(line["haalbaarheid"], line["steunt"][0]["besluit"]) for line in changed] == [("kan", stuk["id"])]
    draft = people["publiek"].ask("GET", f"/v1/dualeprofielen/{code}/trajectontwerp?format=docx&geldigOp=2026-11-25")
    assert draft.status_code == 200
    assert draft.content[:2] == b"PK"
    hit = people["publiek"].ask("GET", f"/v1/besluiten/{stuk['id']}/opleidingen?geldigOp=2026-11-25").json()["items"]
    assert code in hit
    assert people["publiek"].ask("GET", "/v1/dualeprofielen/999999").status_code == 404
    follow = people["publiek"].ask("GET", "/v1/besluiten/opvolging").json()
    assert {count["handeling"] for count in follow["jaartellingen"]} == {"maak", "leg-voor", "bekrachtig"}


def test_the_sparql_endpoint_sees_a_ratified_decision_within_a_second(
    people: dict[str, Klant], gezegd: dict[str, Any]
) -> None:
    query = """PREFIX leer: <https://w3id.org/leerbrug/ns#>
      SELECT ?code ?oordeel WHERE { ?b leer:haalbaarheid ?oordeel ; leer:betreft ?c . ?c leer:code ?code .
        ?v leer:heeftCompetentie ?c ; leer:code "BK-0130-5" }"""

    def rows() -> list[Any]:
        answer = people["publiek"].client.get(
            "/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+json"}
        )
        assert answer.status_code == 200, answer.text
        found: list[Any] = answer.json()["results"]["bindings"]
        return found

    assert rows() == []
    stuk = people["an"].ask("POST", BESLUITEN, gezegd).json()
    people["bo"].step(people["an"].step(stuk, "leg-voor").json(), "bekrachtig")
    began = time.monotonic()
    while not (found := rows()):
        assert time.monotonic() - began < 60, "a second, and what a machine that does more adds to it"
    assert found[0]["code"]["value"] == gezegd["bereik"]["competenties"][0]


def test_a_grid_goes_out_comes_back_and_is_applied_as_one(people: dict[str, Klant], tmp_path: Path) -> None:
    address = "/v1/roosters/sector/bouw"
    for who, status in (("publiek", 401), ("eva", 403), ("an", 200)):
        answer = people[who].ask("GET", f"{address}?versie=BK-0130-5&geldigVan=2026-01-01")
        assert answer.status_code == status
    path = tmp_path / "rooster.xlsx"
    path.write_bytes(answer.content)
    book = load_workbook(path)
    book["BK-0130-5"]["D5"], book["BK-0130-5"]["D6"] = "kan", "moet"
    book.save(path)

    def send(query: str) -> Any:
        headers = {"Authorization": f"Bearer {people['an'].secret}"}
        return people["an"].client.post(address + query, content=path.read_bytes(), headers=headers)

    refused = send("?droog=false")
    assert refused.status_code == 422
    assert [(one["blad"], one["cel"]) for one in refused.json()["bevindingen"]] == [("BK-0130-5", "D6")]
    assert people["an"].ask("GET", BESLUITEN).json()["total"] == 0
    book["BK-0130-5"]["E6"] = "alleen op de werf"
    book.save(path)
    book.close()
    assert (send("").json()["gedaan"], len(send("").json()["plan"])) == ([], 2)
    assert len(send("?droog=false").json()["gedaan"]) == 2
    assert people["an"].ask("GET", BESLUITEN).json()["total"] == 2


def _leads_to(wereld: Wereld, code: str) -> tuple[str, ...]:
    found = wereld.erkenning(code, datetime(2026, 11, 25, tzinfo=UTC).date())
    return found.volledig if found else ()


def test_tokens_end_and_are_withdrawn(klein: Grootboek) -> None:
    now = [datetime(2026, 11, 25, tzinfo=UTC)]
    tokens = Tokens(klein.engine, lambda: now[0])
    secret, token = tokens.maak(Rol.SECTOR, "An", lees_instantie("sector/bouw"), dagen=10)
    assert (tokens.wie(secret).naam, tokens.wie(secret).instantie) == ("An", "sector/bouw")
    now[0] += timedelta(days=10)
    with pytest.raises(AanmeldError):
        tokens.wie(secret)
    now[0] -= timedelta(days=1)
    assert tokens.wie(secret)
    tokens.trek_in(token.id)
    with pytest.raises(AanmeldError):
        tokens.wie(secret)
    (known,) = tokens.lijst()
    assert known.ingetrokken
    with pytest.raises(InputError):
        tokens.trek_in(token.id)
    with pytest.raises(UnknownCodeError):
        tokens.trek_in("niets")
    for made in (("leerbrug_x",), ("",), (secret + "x",)):
        with pytest.raises(AanmeldError):
            tokens.wie(*made)


def test_the_secret_itself_is_nowhere_in_the_database(tmp_path: Path) -> None:
    boek = Grootboek.open(f"sqlite:///{tmp_path / 'geheim.sqlite'}")
    secret, _ = Tokens(boek.engine).maak(Rol.BEHEERDER, "Beheer")
    boek.close()
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Beheer" in written
    assert secret.removeprefix("leerbrug_").encode() not in written


@pytest.mark.parametrize("bad", ["bouw", "", "sector/", "gilde/bouw"])
def test_a_body_is_named_in_full(bad: str) -> None:
    with pytest.raises(InputError):
        lees_instantie(bad)
