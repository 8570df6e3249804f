"""A draft of a standard trajectory: clusters by part and place, goals, edited, checked, in four forms, never legal."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import docx
import msgspec
import pytest
from leerbrug.besluiten.duaalprofiel import duaalprofiel
from leerbrug.besluiten.soorten import Haalbaarheid
from leerbrug.besluiten.toestand import Stand
from leerbrug.besluiten.trajectontwerp import LET_OP, gebreken, opmerkingen, trajectontwerp
from leerbrug.besluiten.trajectuitvoer import VORMEN
from leerbrug.besluiten.wereld import Wereld
from leerbrug.graph.catalogus import Catalogus
from leerbrug.graph.releases import Release
from openpyxl import load_workbook

from .klanten import Klant

DAG = date(2026, 11, 25)
MET_DOELEN = "65"
"""A dual programme of the sample whose group has goals."""


def text_of(vorm: str, content: bytes) -> str:
    """What a reader of that form finds in it, by another library than the one that wrote it."""
    if vorm == "docx":
        document = docx.Document(io.BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    if vorm == "xlsx":
        book = load_workbook(io.BytesIO(content))
        return "\n".join(str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
    return content.decode()


def test_the_goals_of_the_group_stand_in_every_form(people: dict[str, Klant]) -> None:
    path = f"/v1/dualeprofielen/{MET_DOELEN}/trajectontwerp?geldigOp={DAG}"
    told = people["publiek"].ask("GET", path).json()
    goals = told["onderwijsdoelen"]
    assert len(goals) == 10
    query = (
        "SELECT ?code { ?g <https://w3id.org/leerbrug/ns#code> 'G-0057' ; "
        "<https://w3id.org/leerbrug/ns#heeftOnderwijsdoel>/<https://w3id.org/leerbrug/ns#code> ?code }"
    )
    answer = people["publiek"].client.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    assert sorted(one["code"] for one in goals) == sorted(answer.text.split()[1:])
    for vorm in VORMEN:
        written = text_of(vorm, people["publiek"].ask("GET", f"{path}&format={vorm}").content)
        assert LET_OP in written
        assert all((one["iri"] if vorm == "jsonld" else one["code"]) in written for one in goals), vorm


def test_a_draft_is_edited_kept_for_its_makers_checked_and_exported(people: dict[str, Klant], toneel: Any) -> None:
    olaf, publiek = people["ontwerper"], people["publiek"]
    draft = publiek.ask("GET", f"/v1/dualeprofielen/877/trajectontwerp?geldigOp={DAG}").json()["ontwerp"]
    code = draft["clusters"][0]["competenties"][0]
    versie = draft["clusters"][0]["versie"]
    made = olaf.ask("POST", "/v1/trajectontwerpen", {**draft, "titel": "Ons voorstel"})
    assert made.status_code == 201, made.text
    path = made.headers["location"]
    assert publiek.ask("GET", path).status_code == 404
    assert publiek.ask("GET", f"{path}/uitvoer").status_code == 404
    assert publiek.ask("GET", "/v1/trajectontwerpen").json()["total"] == 0
    assert people["eva"].ask("GET", path).status_code == 404
    assert olaf.ask("GET", f"{path}/uitvoer?geldigOp={DAG}").json()["gebreken"] == []

    gezegd = toneel.besluit(code, Haalbaarheid.MOET, versie=versie)
    stuk = people["an"].ratified(people["bo"], "haalbaarheidsbesluiten", gezegd)
    moved = [{**one, "plaats": "school"} for one in draft["clusters"]]
    edited = {**draft, "titel": "Ons tweede voorstel", "clusters": moved}
    assert olaf.ask("PUT", path, edited, If_Match='"1"').status_code == 200
    assert olaf.ask("PUT", path, edited, If_Match='"1"').status_code == 412
    told = olaf.ask("GET", f"{path}/uitvoer?geldigOp={DAG}").json()
    reasons = [one["waarom"] for one in told["gebreken"]]
    assert any(f"{code} moet op de werkvloer" in one and stuk["id"] in one for one in reasons)
    assert any("uur per week" in one for one in reasons), "all at school cannot carry an OAO"
    assert told["steuntOp"] == [stuk["id"]]
    for vorm in VORMEN:
        written = text_of(vorm, olaf.ask("GET", f"{path}/uitvoer?format={vorm}").content)
        assert "Ons tweede voorstel" in written
        assert LET_OP in written


def test_the_json_ld_says_the_same_in_the_words_of_the_context(people: dict[str, Klant]) -> None:
    told = people["publiek"].ask("GET", f"/v1/dualeprofielen/877/trajectontwerp?geldigOp={DAG}").json()["ontwerp"]
    path = f"/v1/dualeprofielen/877/trajectontwerp?geldigOp={DAG}&format=jsonld"
    linked = json.loads(people["publiek"].ask("GET", path).content)
    assert linked["type"] == "Trajectontwerp"
    places = {(one["leerplaats"][0], len(one["heeftCompetentie"])) for one in linked["ontwerpcluster"]}
    assert places == {(one["plaats"], len(one["competenties"])) for one in told["clusters"]}


def with_parts(wereld: Wereld) -> Wereld:
    """The sample where the first two parts of the stukadoor have a dossier: two competences each, one shared."""
    catalogus: Catalogus = wereld.catalogus
    whole = wereld.kwalificatie("BK-0130-5")
    first, shared, second = whole.competenties[:3]
    parts = {
        "BK-0130-5-DBK-01": (first, shared),
        "BK-0130-5-DBK-02": (shared, second),
    }
    known = {
        code: msgspec.structs.replace(catalogus.kwalificaties[code], competenties=own) for code, own in parts.items()
    }
    return Wereld(msgspec.structs.replace(catalogus, kwalificaties={**catalogus.kwalificaties, **known}))


def test_a_part_with_a_dossier_is_a_cluster_with_its_own_proof(wereld: Wereld) -> None:
    wider = with_parts(wereld)
    draft = trajectontwerp(Stand(), wider, "877", DAG)
    first, shared, second, *rest = (one.code for one in wider.kwalificatie("BK-0130-5").competenties)
    by_proof = {one.bewijs.rpartition("(")[2].rstrip(")"): one.competenties for one in draft.clusters}
    assert by_proof == {
        "BK-0130-5-DBK-01": (first,),
        "BK-0130-5-DBK-02": (second,),
        "BK-0130-5": (shared, *rest),
    }
    assert gebreken(draft, duaalprofiel(Stand(), wider, "877", DAG)) == []
    assert [one.volgorde for one in draft.clusters] == [1, 2, 3]
    (open_,) = opmerkingen(draft, wider, DAG)
    assert "BK-0130-5-DBK-03" in open_


@pytest.mark.parametrize(("programma", "delen"), [("877", 3), ("310", 0), ("65", 0)])
def test_on_the_real_graph_a_part_without_a_dossier_is_said_to_be_no_cluster(
    real_release: Release, programma: str, delen: int
) -> None:
    echt = Wereld(real_release.catalogus())
    draft = trajectontwerp(Stand(), echt, programma, DAG)
    assert len(list(opmerkingen(draft, echt, DAG))) == delen
    profile = duaalprofiel(Stand(), echt, programma, DAG)
    assert gebreken(draft, profile) == []
    assert sum(len(one.competenties) for one in draft.clusters) == len(profile.regels) > 10
