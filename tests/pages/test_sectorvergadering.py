"""A sector meeting on the real graph in a real browser: propose, comment, ratify by a second person, publish."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .sectorzaal import BOUW, VOEDING, Visitor, Zaal, asked, go, mandate, row, say, shown, step, together, told

VERGADERINGEN = (
    (BOUW, ("An", "Bo"), "BK-0130", "877"),
    (BOUW, ("An", "Bo"), "BK-0082", "310"),
    (VOEDING, ("Cas", "Doe"), "BK-0019", "65"),
)
"""Who meets about what: the line (Stukadoor, Metselaar, Bakker), and a dual programme with that BK."""

COUNTED = (
    "PREFIX leer: <https://w3id.org/leerbrug/ns#> PREFIX h: <https://w3id.org/leerbrug/codelijst/haalbaarheid/> "
    "SELECT (COUNT(DISTINCT ?b) AS ?n) WHERE { ?b a leer:Haalbaarheidsbesluit ; leer:haalbaarheid h:kan-niet ; "
    "leer:betreftVersie ?v . FILTER(CONTAINS(STR(?v), '%s')) }"
)


@pytest.mark.parametrize(("sector", "people", "line", "programma"), VERGADERINGEN)
def test_a_meeting_from_empty_grid_to_publication(
    echte_zaal: Zaal, visitor: Visitor, sector: str, people: tuple[str, str], line: str, programma: str
) -> None:
    zaal, first = echte_zaal, visitor(echte_zaal, people[0])
    mandate(first, zaal, sector, line)
    rows = shown(first, zaal, line)

    # a verdict without a reason is refused at its row, and nothing is written
    say(first, 0, "moet")
    say(first, 1, "kan")
    go(first.get_by_role("button", name="Bewaar als ontwerp"))
    expect(row(first, 0).locator(".rijfout")).to_contain_text("Geef een reden")
    expect(row(first, 1).get_by_role("radio", name="kan", exact=True)).to_be_checked()
    expect(first.get_by_text("ontwerp", exact=True)).to_have_count(0)

    # with the reason it is a draft; the rest is set together
    row(first, 0).get_by_label("Reden (nodig").fill("dit leert men alleen op een werf")
    go(first.get_by_role("button", name="Bewaar als ontwerp"))
    told(first, "2")
    assert shown(first, zaal, line, "nog-niet-beslist") == rows - 2
    together(first, "kan-niet", "in de regio is geen plaats die dit aanbiedt")
    told(first, str(rows - 2))

    # remarks, also of the second person, unseen by the public; then submitted
    assert shown(first, zaal, line) == rows
    go(row(first, 0).locator("a", has_text="ontwerp"))
    first.get_by_label("Uw opmerking").fill("Besproken op de vergadering van november.")
    go(first.get_by_role("button", name="Plaats de opmerking"))
    expect(first.get_by_text("Besproken op de vergadering")).to_be_visible()
    kenmerk = first.url.rpartition("/")[2]
    second, public = visitor(zaal, people[1]), visitor(zaal)
    assert public.goto(f"{zaal.home}/sector/besluiten/{kenmerk}").status == 404  # type: ignore[union-attr]
    second.goto(f"{zaal.home}/sector/besluiten/{kenmerk}")
    second.get_by_label("Uw opmerking").fill("Ook voor de winter?")
    go(second.get_by_role("button", name="Plaats de opmerking"))
    remarks = second.locator("section[aria-labelledby=opmerkingen] li")
    expect(remarks).to_have_text([re.compile(f"^{people[0]}.*november"), re.compile(f"^{people[1]}.*winter")])
    shown(first, zaal, line)
    expect(row(first, 0)).to_contain_text("2 opmerkingen")
    step(first, "Leg voor", rows)

    # who wrote it may not ratify it; the second person does
    first.get_by_label("Welke rijen?").select_option("*")
    go(first.get_by_role("button", name="Bekrachtig"))
    expect(row(first, 0).locator(".rijfout")).to_contain_text("tweede persoon")
    assert shown(second, zaal, line, "voorgelegd") == rows
    step(second, "Bekrachtig", rows)

    # the public reads it: page, persistent address, REST, SPARQL, dual profile, follow-up
    public.goto(f"{zaal.home}/id/besluit/{kenmerk}")
    expect(public.get_by_text("Bekrachtigd door")).to_be_visible()
    expect(public.get_by_text("Besproken op de vergadering")).to_have_count(0)
    seen = asked(public, zaal, f"/v1/haalbaarheidsbesluiten?kwalificatie={line}&status=bekrachtigd")
    assert seen["total"] == rows
    answer = public.request.get(
        f"{zaal.home}/sparql", params={"query": COUNTED % line}, headers={"Accept": "application/sparql-results+json"}
    )
    assert int(answer.json()["results"]["bindings"][0]["n"]["value"]) == rows - 2
    profile = asked(public, zaal, f"/v1/dualeprofielen/{programma}")
    verdicts = [one["haalbaarheid"] for one in profile["regels"] if one["versie"].startswith(line)]
    assert (verdicts.count("moet"), verdicts.count("kan"), verdicts.count("kan-niet")) == (1, 1, rows - 2)
    public.goto(f"{zaal.home}/sector?opleiding={programma}")
    expect(public.get_by_text(f"{rows - 2} × kan niet op de werkvloer")).to_be_visible()
    public.goto(f"{zaal.home}/sector/opvolging")
    done = public.locator("section[aria-labelledby=onbeslist] tr").filter(has_text=line).filter(has_text=sector)
    expect(done).to_contain_text(f"{rows} / {rows}")
