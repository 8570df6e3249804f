"""Every kind of record: written over HTTP within its rules, read, in SPARQL, in the dual profile and on a page."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from leerbrug.besluiten.soorten import Haalbaarheid
from leerbrug.besluiten.wereld import Wereld

from .klanten import Klant

VERSIE = "BK-0130-5"
PROGRAMMA = "877"
HEEL = {"soort": "kwalificatie", "versie": VERSIE}
KLASSEN = {
    "werkplekaandelen": "Werkplekaandeel",
    "activiteitenlijsten": "Activiteitenlijst",
    "vrijstellingen": "Vrijstellingsbesluit",
    "overnames": "Overname",
}


@pytest.fixture
def bron(people: dict[str, Klant], toneel: Any, wereld: Wereld) -> dict[str, Any]:
    """A verdict of another sector, that can be accepted."""
    code = toneel.codes(wereld, "BK-0019-3")[0]
    gezegd = toneel.besluit(code, Haalbaarheid.MOET, instantie=toneel.VOEDING, versie="BK-0019-3")
    return people["cas"].ratified(people["doe"], "haalbaarheidsbesluiten", gezegd)


@pytest.fixture
def bodies(toneel: Any, wereld: Wereld, bron: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """One sound record of each kind, by its address."""
    first, second, third, fourth = toneel.codes(wereld)[:4]
    shared = {
        "instantie": {"soort": "sector", "code": "bouw"},
        "geldigheid": {"van": "2026-01-01", "tot": None},
        "reden": "overleg van november",
    }

    def about(code: str) -> dict[str, Any]:
        return {"soort": "competentie", "versie": VERSIE, "competenties": [code]}

    activities = [{"tekst": "Pleisteren op een werf", "competenties": [first, second]}]
    return {
        "werkplekaandelen": {**shared, "bereik": HEEL, "minimum": 60},
        "activiteitenlijsten": {**shared, "bereik": HEEL, "activiteiten": activities},
        "vrijstellingen": {**shared, "bereik": about(third), "op_grond_van": "BK-0019-3"},
        "overnames": {**shared, "bereik": about(fourth), "overgenomen_van": bron["id"]},
    }


WRONG: list[tuple[str, dict[str, Any], int, str]] = [
    ("werkplekaandelen", {"minimum": 101}, 422, "percentage"),
    ("werkplekaandelen", {"minimum": -1}, 422, "percentage"),
    ("activiteitenlijsten", {"activiteiten": []}, 422, "minstens"),
    ("activiteitenlijsten", {"activiteiten": [{"tekst": "x", "competenties": ["bkc1"]}]}, 404, "bestaat"),
    ("vrijstellingen", {"reden": ""}, 422, "waarom"),
    ("vrijstellingen", {"op_grond_van": "BK-9999-9"}, 404, "geen bewijs"),
    ("overnames", {"overgenomen_van": "nergens"}, 404, "geen besluit"),
]


@pytest.mark.parametrize(("pad", "change", "status", "said"), WRONG)
def test_each_kind_has_its_own_guard(
    people: dict[str, Klant], bodies: dict[str, Any], pad: str, change: dict[str, Any], status: int, said: str
) -> None:
    answer = people["an"].ask("POST", f"/v1/{pad}", bodies[pad] | change)
    assert (answer.status_code, said in answer.text) in {(status, True), (400, True)}, answer.text
    assert people["an"].ask("GET", f"/v1/{pad}").json()["total"] == 0


@pytest.mark.parametrize("pad", KLASSEN)
def test_each_kind_is_written_ratified_read_projected_and_shown(
    people: dict[str, Klant], bodies: dict[str, Any], pad: str
) -> None:
    publiek = people["publiek"]
    assert people["eva"].ask("POST", f"/v1/{pad}", bodies[pad]).status_code == 403
    draft = people["an"].ask("POST", f"/v1/{pad}", bodies[pad]).json()
    assert publiek.ask("GET", draft["href"]).status_code == 404
    assert publiek.ask("GET", f"/sector/besluiten/{draft['id']}", Accept="text/html").status_code == 404
    assert publiek.ask("GET", f"/v1/besluiten/{draft['id']}/opleidingen").status_code == 404
    again = people["an"].ask("POST", f"/v1/{pad}", bodies[pad])
    assert again.status_code == 409, "the same said twice overlaps"
    stuk = people["bo"].step(people["an"].step(draft, "leg-voor").json(), "bekrachtig").json()
    read = publiek.ask("GET", stuk["href"]).json()
    assert (read["toestand"], read["besluit"]["reden"]) == ("bekrachtigd", "overleg van november")
    query = "ASK { ?b a leer:%s ; leer:code '%s' ; prov:wasGeneratedBy/leer:handeling 'bekrachtig' }"
    prefixes = "PREFIX leer: <https://w3id.org/leerbrug/ns#> PREFIX prov: <http://www.w3.org/ns/prov#> "
    seen = publiek.client.get(
        "/sparql",
        params={"query": prefixes + query % (KLASSEN[pad], stuk["id"])},
        headers={"Accept": "application/sparql-results+json"},
    )
    assert seen.json()["boolean"] is True
    page = publiek.ask("GET", f"/sector/besluiten/{stuk['id']}", Accept="text/html")
    assert page.status_code == 200
    assert "overleg van november" in page.text
    listed = publiek.ask("GET", "/sector/besluiten?code=BK-0130", Accept="text/html").text
    assert stuk["id"] in listed


def test_the_dual_profile_cites_them_and_revoking_one_changes_it_alone(
    people: dict[str, Klant], bodies: dict[str, Any], wereld: Wereld
) -> None:
    an, bo, publiek = people["an"], people["bo"], people["publiek"]

    def profiles() -> dict[str, Any]:
        return {
            code: publiek.ask("GET", f"/v1/dualeprofielen/{code}?geldigOp=2026-11-25").json()
            for code in sorted(wereld.catalogus.programmas)
        }

    made = {pad: an.ratified(bo, pad, body) for pad, body in bodies.items()}
    whole = profiles()
    extra = whole[PROGRAMMA]["bijkomend"]
    assert [(one["besluit"], one["minimum"]) for one in extra["volwassenen"]] == [(made["werkplekaandelen"]["id"], 60)]
    assert extra["lijsten"][0]["activiteiten"][0]["tekst"] == "Pleisteren op een werf"
    assert [one["op_grond_van"] for one in extra["vrijstellingen"]] == ["BK-0019-3"]
    before = whole
    for stuk in made.values():
        touched = set(publiek.ask("GET", f"/v1/besluiten/{stuk['id']}/opleidingen?geldigOp=2026-11-25").json()["items"])
        assert bo.step(stuk, "trek-in", "herzien").status_code == 200
        after = profiles()
        assert {code for code in before if before[code] != after[code]} == touched
        assert PROGRAMMA in touched
        before = after
    page = publiek.ask("GET", f"/sector?opleiding={PROGRAMMA}", Accept="text/html").text
    assert "Pleisteren op een werf" not in page


def test_adult_education_never_decides_whether_a_secondary_programme_is_dual(
    people: dict[str, Klant], bodies: dict[str, Any]
) -> None:
    ask = people["publiek"].ask
    before = ask("GET", f"/v1/dualeprofielen/{PROGRAMMA}").json()["kan_duaal"]
    people["an"].ratified(people["bo"], "werkplekaandelen", bodies["werkplekaandelen"] | {"duaal": False, "minimum": 0})
    after = ask("GET", f"/v1/dualeprofielen/{PROGRAMMA}").json()
    assert after["kan_duaal"] is before
    assert after["bijkomend"]["volwassenen"][0]["duaal"] is False


def test_who_accepts_a_verdict_has_none_of_its_own_on_it_and_a_chain_falls_with_its_source(
    people: dict[str, Klant], bodies: dict[str, Any], bron: dict[str, Any], toneel: Any, wereld: Wereld
) -> None:
    taken = people["an"].ratified(people["bo"], "overnames", bodies["overnames"])
    own = msgspec.to_builtins(toneel.besluit(bodies["overnames"]["bereik"]["competenties"][0]))
    assert people["an"].ask("POST", "/v1/haalbaarheidsbesluiten", own).status_code == 409
    further = bodies["overnames"] | {
        "instantie": {"soort": "sector", "code": "hout"},
        "overgenomen_van": taken["id"],
        "bereik": {"soort": "competentie", "versie": VERSIE, "competenties": [toneel.codes(wereld)[5]]},
    }
    chained = people["eva"].ask("POST", "/v1/overnames", further).json()
    assert people["eva"].step(chained, "leg-voor").status_code == 200
    assert people["publiek"].ask("GET", "/v1/besluiten/opvolging").json()["losgekomen"] == []
    people["doe"].step(bron, "trek-in", "herzien")
    assert people["publiek"].ask("GET", "/v1/besluiten/opvolging").json()["losgekomen"] == [taken["id"]]


def test_counts_are_of_what_the_asker_may_see(people: dict[str, Klant], bodies: dict[str, Any]) -> None:
    def counted(who: str) -> dict[tuple[str, str], int]:
        lines = people[who].ask("GET", "/v1/besluiten/opvolging").json()["jaartellingen"]
        return {(one["soort"], one["handeling"]): one["aantal"] for one in lines if one["instantie"] == "sector/bouw"}

    people["an"].ask("POST", "/v1/werkplekaandelen", bodies["werkplekaandelen"])
    assert counted("publiek") == {}
    assert counted("eva") == {}
    assert counted("an") == {("werkplekaandeel", "maak"): 1}
    people["an"].ratified(people["bo"], "activiteitenlijsten", bodies["activiteitenlijsten"])
    steps = {("activiteitenlijst", step): 1 for step in ("maak", "leg-voor", "bekrachtig")}
    assert counted("publiek") == steps
    assert counted("an") == {**steps, ("werkplekaandeel", "maak"): 1}
