"""On the real graph: what a sector ratifies shows everywhere at once, what is revoked changes exactly what cites it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import httpx
import msgspec
import pytest
from fastapi import FastAPI
from leerbrug.api.app import create_app
from leerbrug.api.settings import Settings
from leerbrug.besluiten.doorwerking import Gevolg, doorwerking, te_doen
from leerbrug.besluiten.grootboek import Grootboek
from leerbrug.besluiten.register import Register
from leerbrug.besluiten.soorten import Bereik, Bereiksoort, Haalbaarheid, Rol, Wie
from leerbrug.besluiten.wereld import Wereld
from leerbrug.graph.catalogus import Catalogus, Kennisitem, Kwalificatie
from leerbrug.graph.releases import Release

from .klanten import Klant, bemand, served

DAG = "2026-11-25"
BESLUITEN = "haalbaarheidsbesluiten"
VERGADERINGEN = {
    "Stukadoor": ("an", "bo", "BK-0130-5", "877"),
    "Metselaar": ("an", "bo", "BK-0082-2", "310"),
    "Bakker": ("cas", "doe", "BK-0019-3", "65"),
}
"""Who meets about which version, and a dual programme that holds it."""

PREFIXES = "PREFIX leer: <https://w3id.org/leerbrug/ns#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
VERDICTS = """SELECT ?code ?oordeel WHERE { ?b a leer:Haalbaarheidsbesluit ; leer:haalbaarheid ?oordeel ;
  leer:besluitstatus <https://w3id.org/leerbrug/codelijst/besluitstatus/bekrachtigd> ;
  leer:betreftVersie ?v ; leer:betreft ?c . ?v leer:code "%s" ; leer:heeftCompetentie ?c . ?c leer:code ?code }"""
HOLDING = """SELECT DISTINCT ?programma WHERE { ?v leer:code "%s" . ?e leer:bevatVolledig|leer:bevatGedeeltelijk ?v .
  ?p leer:heeftErkenning ?e ; leer:code ?programma }"""
"""The programmes whose recognitions, of whatever day, hold a version: asked of the graph, not of the catalogue."""


@pytest.fixture(scope="module")
def echt(real_release: Release) -> Wereld:
    return Wereld(real_release.catalogus())


@pytest.fixture(scope="module")
def real_server(real_release: Release) -> Iterator[tuple[FastAPI, httpx.Client]]:
    with served(app := create_app(Settings(real_release.folder.parent, rate=1e6, burst=10**6))) as client:
        yield app, client


@pytest.fixture
def mensen(
    real_server: tuple[FastAPI, httpx.Client], real_release: Release, database: str, toneel: Any
) -> Iterator[dict[str, Klant]]:
    with bemand(*real_server, real_release, database, toneel) as klanten:
        yield klanten


def rows(client: httpx.Client, query: str) -> list[dict[str, str]]:
    headers = {"Accept": "application/sparql-results+json"}
    answer = client.get("/sparql", params={"query": PREFIXES + query}, headers=headers)
    assert answer.status_code == 200, answer.text
    found = answer.json()["results"]["bindings"]
    return [{name: cell["value"] for name, cell in one.items()} for one in found]


def planned(client: httpx.Client, programma: str) -> str:
    """What the trajectory search answers for a programme: its ways with their evidence, or why there is none."""
    asked = f"/v1/leertrajecten?doel={programma}&leeftijd=17&heeft=graad2:A&op=2027-01-01"
    answer = client.get(asked, headers={"Accept": "application/json"}).json()
    return json.dumps([answer["leertrajecten"], answer.get("onhaalbaar")], ensure_ascii=False)


def soon(asked: Callable[[], Any], wanted: Callable[[Any], bool]) -> Any:
    """The answer once it is as wanted: one is kept ready for a second (Settings.refresh), a busy machine adds to it."""
    began = time.monotonic()
    while not wanted(found := asked()):
        assert time.monotonic() - began < 60, found
        time.sleep(0.05)
    return found


@pytest.mark.parametrize("naam", VERGADERINGEN)
def test_ratified_verdicts_show_in_sparql_rest_profile_and_trajectories_until_they_are_revoked(
    mensen: dict[str, Klant], toneel: Any, echt: Wereld, naam: str
) -> None:
    een, twee, versie, programma = VERGADERINGEN[naam]
    who, other, publiek = mensen[een], mensen[twee], mensen["publiek"]
    body = toneel.BOUW if een == "an" else toneel.VOEDING
    first, second, third = toneel.codes(echt, versie)[:3]
    said = {first: Haalbaarheid.MOET, second: Haalbaarheid.KAN, third: Haalbaarheid.KAN_NIET}
    profile = f"/v1/dualeprofielen/{programma}?geldigOp={DAG}"
    before = publiek.ask("GET", profile).json(), planned(publiek.client, programma)
    made = [who.ratified(other, BESLUITEN, toneel.besluit(code, one, body, versie)) for code, one in said.items()]
    whole = toneel.besluit("x", Haalbaarheid.KAN_NIET, body, versie, reden="geen werkplekken in de regio")
    bereik = Bereik(Bereiksoort.PROGRAMMA, programma=programma)
    against = who.ratified(other, BESLUITEN, msgspec.structs.replace(whole, bereik=bereik))

    seen = {one["code"]: one["oordeel"].rpartition("/")[2] for one in rows(publiek.client, VERDICTS % versie)}
    assert seen == {code: verdict.value for code, verdict in said.items()}
    listed = publiek.ask("GET", f"/v1/{BESLUITEN}?versie={versie}&status=bekrachtigd").json()["items"]
    assert {one["id"] for one in listed} == {one["id"] for one in made}
    during = publiek.ask("GET", profile).json()
    verdicts = {one["competentie"]: one["haalbaarheid"] for one in during["regels"] if one["versie"] == versie}
    assert {code: verdicts[code] for code in said} == {code: verdict.value for code, verdict in said.items()}
    assert set(verdicts.values()) == {*said.values(), "nog-niet-beslist"}
    assert during["kan_duaal"] is False
    told = soon(lambda: planned(publiek.client, programma), lambda found: found != before[1])
    assert "niet duaal" in told
    assert "niet duaal" not in before[1]

    for stuk in (*made, against):
        assert other.step(stuk, "trek-in", "herzien").status_code == 200
    assert rows(publiek.client, VERDICTS % versie) == []
    assert publiek.ask("GET", profile).json() == before[0]
    soon(lambda: planned(publiek.client, programma), lambda found: found == before[1])


def test_revoking_one_decision_changes_the_profiles_of_the_programmes_that_hold_its_version_and_no_other(
    mensen: dict[str, Klant], toneel: Any, echt: Wereld
) -> None:
    publiek = mensen["publiek"]
    stukken = {
        versie: mensen[een].ratified(
            mensen[twee],
            BESLUITEN,
            toneel.besluit(
                toneel.codes(echt, versie)[0], Haalbaarheid.MOET, toneel.BOUW if een == "an" else toneel.VOEDING, versie
            ),
        )
        for een, twee, versie, _ in VERGADERINGEN.values()
    }
    holding = {versie: {one["programma"] for one in rows(publiek.client, HOLDING % versie)} for versie in stukken}
    near = sorted(set().union(*holding.values()) | {"99", "504", "1"})

    def profiles() -> dict[str, Any]:
        return {code: publiek.ask("GET", f"/v1/dualeprofielen/{code}?geldigOp={DAG}").json() for code in near}

    for versie, (een, twee, _, programma) in {one[2]: one for one in VERGADERINGEN.values()}.items():
        before = profiles()
        cites = {code for code, one in before.items() if stukken[versie]["id"] in str(one)}
        mensen[twee].step(stukken[versie], "trek-in", f"herzien na overleg met {een}")
        after = profiles()
        assert {code for code in near if before[code] != after[code]} == cites
        assert programma in cites <= holding[versie]


def _newer(old: Kwalificatie) -> Kwalificatie:
    """The next version: the first reworded, the second with another reference, the third deeper, the fourth gone."""
    one, two, three, _, *rest = old.competenties
    changed = (
        msgspec.structs.replace(one, tekst=f"{one.tekst} en met andere ploegen"),
        msgspec.structs.replace(two, referenties=(*two.referenties, "99999-c")),
        msgspec.structs.replace(three, kennis=(*three.kennis, Kennisitem("urn:k", "signalisatie", 2))),
        *rest,
    )
    number = old.versie + 1
    moved = tuple(
        msgspec.structs.replace(each, iri=f"{each.iri}-nieuw", code=f"bkc99{place:05}")
        for place, each in enumerate(changed)
    )
    code = f"{old.reeks}-{number}"
    return msgspec.structs.replace(
        old, iri=f"{old.iri.rpartition('/')[0]}/{number}", code=code, versie=number, competenties=moved
    )


@pytest.mark.parametrize("naam", VERGADERINGEN)
def test_a_new_version_gives_the_exact_list_of_what_to_confirm(
    klein: Grootboek, keuring: Any, toneel: Any, echt: Wereld, naam: str
) -> None:
    een, _, versie, _ = VERGADERINGEN[naam]
    body, first, second = (
        (toneel.BOUW, toneel.AN, toneel.BO) if een == "an" else (toneel.VOEDING, toneel.CAS, toneel.DOE)
    )
    old = echt.kwalificatie(versie)
    new = _newer(old)
    catalogus: Catalogus = echt.catalogus
    wider = Wereld(msgspec.structs.replace(catalogus, kwalificaties={**catalogus.kwalificaties, new.code: new}))
    register: Register = toneel.met_mandaten(Register(klein, lambda: wider, keuring))
    made = {
        code: toneel.bekrachtigd(register, toneel.besluit(code, Haalbaarheid.MOET, body, versie), first, second)
        for code in toneel.codes(echt, versie)
    }
    changed, gone = list(made)[:3], list(made)[3]
    effects = {one.stuk: one for one in register.lees(lambda stand: doorwerking(stand, old, new))}
    expected = {
        made[code].id: Gevolg.TE_HERBEVESTIGEN
        if code in changed
        else Gevolg.VERVALLEN
        if code == gone
        else Gevolg.BEHOUDEN
        for code in made
    }
    assert {kenmerk: one.gevolg for kenmerk, one in effects.items()} == expected
    orders = [order for one in effects.values() if (order := one.opdracht())]
    register.voer_uit(orders, Wie(Rol.STELSEL, "Leerbrug"))
    todo = register.lees(lambda stand: te_doen(stand, str(body)))
    assert {stuk.uit for stuk in todo} == {made[code].id for code in changed}
    assert all(stuk.verschil for stuk in todo)
    assert date.fromisoformat(DAG) >= toneel.VANAF.van
