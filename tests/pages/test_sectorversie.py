"""A new version of a standard: the exact list of what to confirm, with the difference, on the board."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from leerbrug.graph.releases import Release
from playwright.sync_api import expect

from .sectorzaal import BOUW, Serving, Visitor, Zaal, asked, geopend, go, mandate, ratified, row, run, shown, step, told

ROOT = Path(__file__).resolve().parents[2]
CALL = "/v1/doorwerkingen?oud=BK-0130-5&nieuw=BK-0130-6"


def newer(sample: Path, into: Path) -> Path:
    """The sample with a BK-0130-6 of our own: of its competences the first reworded, the second with other knowledge,
    the last gone, and every code new, as in a real new version."""
    shutil.copytree(sample, into)
    path = into / "beroepskwalificatie.jsonl"
    lines = path.read_text("utf-8").splitlines()
    record = next(json.loads(line) for line in lines if '"versie_nr_lang": "BK-0130-5"' in line)
    bk = record["beroepskwalificatie"]
    bk |= {"versie_nr_lang": "BK-0130-6", "versie_nr_kort": 6, "erkenningsdatum": "2026-01-15"}
    bk["competenties"] = bk["competenties"][:-1]
    for number, competentie in enumerate(bk["competenties"]):
        competentie["competentie_code"] = f"bkc99{number:05}"
    bk["competenties"][0]["waarde"] += " en met andere ploegen"
    bk["competenties"][1]["kennis"].append({"kennis_type": "Basiskennis", "waarde": "Signalisatie op de werf"})
    for name in ("deelkwalificaties", "links"):
        bk.pop(name, None)
    path.write_text("\n".join([*lines, json.dumps(record, ensure_ascii=False)]) + "\n", "utf-8")
    path, newest = into / "beroepskwalificatie-lijst.jsonl", {"versie_nr_lang": "BK-0130-6"}
    lines = []
    for line in path.read_text("utf-8").splitlines():
        one = json.loads(line)
        if one["beroepskwalificatie_nr"] == "BK-0130":
            (old,) = one["versies"]
            one["versies"] = [{**old, "nieuwste_versie": False}, {**old, "versie_nr_kort": 6, **newest}]
            one["laatst_erkende_versie"] = newest
        lines.append(json.dumps(one, ensure_ascii=False))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return into


@pytest.fixture
def verse_zaal(sample_release: Release, own_folder: Callable[[Release], Path], serving_at: Serving) -> Iterator[Zaal]:
    """A server with an empty ledger, to which a second release may come."""
    yield from geopend(own_folder(sample_release), serving_at)


def test_a_new_version_gives_the_exact_list_of_what_to_confirm(
    verse_zaal: Zaal, visitor: Visitor, tmp_path: Path
) -> None:
    zaal, first, second = verse_zaal, visitor(verse_zaal, "An"), visitor(verse_zaal, "Bo")
    mandate(first, zaal, BOUW, "BK-0130")
    assert ratified(zaal, visitor, "BK-0130-5", "kan") == 25
    source = newer(ROOT / "sample", tmp_path / "bron")
    run("build", "--into", str(zaal.folder), "--source", f"vks={source}", "--quiet")
    anchor = json.loads((zaal.folder / "2" / "besluiten.anker.json").read_text())
    assert "kloppen" in run("besluiten", "verifieer", "--data", str(zaal.folder))
    assert anchor["nummer"] > 70

    link = first.get_by_role("link", name="Wat wordt er van de besluiten op BK-0130-5 in BK-0130-6?")
    for _ in range(20):  # the server sees the new release within a second
        shown(first, zaal, "BK-0130")
        if link.is_visible():
            break
        first.wait_for_timeout(200)
    go(link)
    expect(first.locator("ins").first).to_have_text("en met andere ploegen")
    effects = first.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert Counter(effects) == {"behouden": 22, "te herbevestigen": 2, "vervallen": 1}
    over_rest = asked(first, zaal, CALL)["items"]
    assert sorted(one["gevolg"] for one in over_rest) == sorted(effects)
    assert visitor(zaal).request.post(zaal.home + CALL).status == 401
    go(first.get_by_role("button", name="Draag de besluiten over"))
    told(first, "24")
    expect(first.locator("table.bordtabel tbody tr td:nth-child(2)")).to_have_text(["1", "2"])
    again = first.request.post(zaal.home + CALL, headers={"Authorization": f"Bearer {zaal.tokens['An']}"})
    assert (again.status, again.json()["items"]) == (201, [])

    go(row(first, 0).get_by_role("link", name="Toon het verschil"))
    expect(first.locator("#verschil ~ p ins")).to_have_text("en met andere ploegen")
    assert shown(first, zaal, "BK-0130", "te-herbevestigen") == 2
    step(first, "Leg voor", 2)
    assert shown(second, zaal, "BK-0130", "te-herbevestigen") == 2
    step(second, "Bekrachtig", 2)
    expect(second.get_by_text("Geen rij past bij dit filter")).to_be_visible()
