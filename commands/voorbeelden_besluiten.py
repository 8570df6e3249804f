"""The examples of decisions: nine kinds, each drawn up, edited, submitted and remarked on by who may."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx

from ..api.stukken import PADEN
from ..api.voorbeelden import Voorbeeld

PEOPLE: Mapping[str, tuple[str, str]] = {
    "beheer": ("beheerder", ""),
    "an": ("sector", "sector/bouw"),
    "bo": ("sector", "sector/bouw"),
    "eva": ("sector", "sector/hout"),
    "ed": ("sector", "sector/hout"),
    "olaf": ("ontwerper", ""),
}
"""Who asks in the examples: a role, and of a sector its body."""

JSON, PROBLEM = "application/json", "application/problem+json"
STUKADOOR = "BK-0130-5"
BOUW, HOUT = ({"soort": "sector", "code": code} for code in ("bouw", "hout"))
VANAF = {"van": "2026-09-01"}
MANDAAT = {"bereik": {"soort": "programma"}, "grondslag": "samenwerkingsakkoord (voorbeeld)", "geldigheid": VANAF}
DAG = {"geldigOp": "2026-09-01"}
DOORWERKING = {"oud": "BK-0498-1", "nieuw": "BK-0498-2"}
TURTLE = "<https://w3id.org/leerbrug/id/competentie/x1> a <https://w3id.org/leerbrug/ns#Competentie> .\n"

Ask = Callable[..., httpx.Response]
Example = tuple[str, Voorbeeld]


def besluiten(ask: Ask) -> Iterator[Example]:
    """Every operation on decisions and their consequences, in an order in which each has something to say."""
    for body in (BOUW, HOUT):
        _sent(ask, "POST", "/v1/mandaten", "beheer", {**MANDAAT, "instantie": body})
    for pad, (wie, lichaam) in _lichamen(ask).items():
        yield from _kind(ask, pad, wie, lichaam)
    yield from _gevolgen(ask)


def _lichamen(ask: Ask) -> dict[str, tuple[str, dict[str, Any]]]:
    """The path of each kind -> who draws it up, and what it says."""
    codes = [one["code"] for one in ask("GET", f"/v1/competenties?kwalificatie={STUKADOOR}").json()["items"]]

    def over(place: int) -> dict[str, Any]:
        return {"soort": "competentie", "versie": STUKADOOR, "competenties": [codes[place]]}

    heel, programma = {"soort": "kwalificatie", "versie": STUKADOOR}, {"soort": "programma", "programma": "1"}
    bouw = {"instantie": BOUW, "geldigheid": VANAF, "reden": "overleg van de sector (voorbeeld)"}
    kan = {**bouw, "bereik": over(1), "haalbaarheid": "kan"}
    een = _bekrachtigd(ask, "haalbaarheidsbesluiten", kan, "an", "bo")
    hout = {**kan, "instantie": HOUT, "haalbaarheid": "kan-niet"}
    ander = _bekrachtigd(ask, "haalbaarheidsbesluiten", hout, "eva", "ed")
    cluster = {"naam": "Pleisteren", "versie": STUKADOOR, "competenties": codes[:2], "plaats": "beide", "volgorde": 1}
    activiteiten = [{"tekst": "Pleistert een muur op de werf (voorbeeld)", "competenties": [codes[0]]}]
    here = "https://w3id.org/leerbrug/id/competentie/"
    return {
        "mandaten": ("beheer", {**MANDAAT, "instantie": {"soort": "paritair-comite", "code": "124"}}),
        "haalbaarheidsbesluiten": ("an", {**bouw, "bereik": over(0), "haalbaarheid": "moet"}),
        "werkplekaandelen": ("an", {**bouw, "bereik": programma, "minimum": 60}),
        "activiteitenlijsten": ("an", {**bouw, "bereik": heel, "activiteiten": activiteiten}),
        "vrijstellingen": ("an", {**bouw, "bereik": over(2), "op_grond_van": "BK-0019-3"}),
        "overnames": ("eva", {**bouw, "instantie": HOUT, "bereik": over(0), "overgenomen_van": een}),
        "keuzes": ("beheer", {**bouw, "bereik": over(1), "tussen": [een, ander], "gekozen": een}),
        "mappingbesluiten": (
            "olaf",
            {
                **bouw,
                "bereik": {"soort": "programma"},
                "van": f"{here}{codes[0]}",
                "predicaat": "closeMatch",
                "naar": f"{here}{codes[1]}",
            },
        ),
        "trajectontwerpen": ("olaf", {**bouw, "bereik": programma, "titel": "Voorbeeld", "clusters": [cluster]}),
    }


def _kind(ask: Ask, pad: str, wie: str, lichaam: dict[str, Any]) -> Iterator[Example]:
    """The seven operations on one kind of record."""
    soort = PADEN[pad]
    lichaam = {"soort": soort, **lichaam}
    made = ask("POST", f"/v1/{pad}", wie, json=lichaam)
    assert made.status_code == 201, (pad, made.text)
    yield f"maak-{soort}", _shown(made, lichaam=lichaam)
    stuk = made.json()
    own = {"kenmerk": stuk["id"]}
    yield f"wijzig-{soort}", _shown(_sent(ask, "PUT", stuk["href"], wie, lichaam, stuk), own, lichaam)
    remark = {"tekst": "Akkoord na overleg (voorbeeld)."}
    answer = _sent(ask, "POST", f"{stuk['href']}/opmerkingen", wie, remark)
    yield f"opmerking-{soort}", _shown(answer, own, remark)
    step = {"handeling": "leg-voor"} if stuk["toestand"] == "ontwerp" else {"handeling": "trek-in", "reden": "herzien"}
    read = ask("GET", stuk["href"], wie)
    yield soort, _shown(read, own)
    answer = _sent(ask, "POST", f"{stuk['href']}/handelingen", wie, step, read.json())
    yield f"stap-{soort}", _shown(answer, own, step)
    yield f"geschiedenis-{soort}", _shown(ask("GET", f"{stuk['href']}/geschiedenis", wie), own)
    query = {"sector": lichaam["instantie"]["code"], "status": answer.json()["toestand"]}
    yield pad, _shown(ask("GET", f"/v1/{pad}", wie, params=query), query=query)


def _gevolgen(ask: Ask) -> Iterator[Example]:
    """What follows from decisions, and a file that is checked."""
    answer = ask("POST", "/v1/doorwerkingen", "beheer", params=DOORWERKING)
    yield "voer-doorwerking-uit", _shown(answer, query=DOORWERKING)
    kenmerk = ask("GET", "/v1/werkplekaandelen", "an").json()["items"][0]["id"]
    answer = ask("GET", f"/v1/besluiten/{kenmerk}/opleidingen", "an", params=DAG)
    yield "geraakte-opleidingen", _shown(answer, {"kenmerk": kenmerk}, query=DAG)
    kenmerk = ask("GET", "/v1/trajectontwerpen", "olaf").json()["items"][0]["id"]
    answer = ask("GET", f"/v1/trajectontwerpen/{kenmerk}/uitvoer", "olaf", params=DAG)
    yield "trajectontwerp-uitvoer", _shown(answer, {"kenmerk": kenmerk}, query=DAG)
    place = {"soort": "sector", "code": "bouw"}
    grid = ask("GET", "/v1/roosters/sector/bouw", "an", params={"versie": STUKADOOR, "geldigVan": "2026-09-01"})
    answer = ask("POST", "/v1/roosters/sector/bouw", "an", content=grid.content)
    yield "rooster-terug", _shown(answer, place)
    yield "valideer", _shown(ask("POST", "/v1/validaties", files={"bestand": ("mijn.ttl", TURTLE.encode())}))


def _bekrachtigd(ask: Ask, pad: str, lichaam: dict[str, Any], een: str, twee: str) -> str:
    """Drawn up and submitted by one, ratified by another: its id."""
    stuk = _sent(ask, "POST", f"/v1/{pad}", een, lichaam).json()
    stuk = _sent(ask, "POST", f"{stuk['href']}/handelingen", een, {"handeling": "leg-voor"}, stuk).json()
    stuk = _sent(ask, "POST", f"{stuk['href']}/handelingen", twee, {"handeling": "bekrachtig"}, stuk).json()
    return str(stuk["id"])


def _sent(
    ask: Ask, method: str, path: str, wie: str, lichaam: dict[str, Any], stuk: Mapping[str, Any] | None = None
) -> httpx.Response:
    headers = {"If-Match": f'"{stuk["versie"]}"'} if stuk else {}
    answer = ask(method, path, wie, json=lichaam, headers=headers)
    assert answer.status_code < 500, answer.text
    return answer


def _shown(
    answer: httpx.Response,
    pad: Mapping[str, Any] | None = None,
    lichaam: dict[str, Any] | None = None,
    query: Mapping[str, Any] | None = None,
) -> Voorbeeld:
    soort = answer.headers["Content-Type"].partition(";")[0]
    return Voorbeeld(answer.status_code, soort, answer.json(), dict(pad or {}), dict(query or {}), lichaam)
