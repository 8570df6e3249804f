"""A line with two versions: what changed is told alike everywhere, and where both hold a bare code is refused."""

from __future__ import annotations

import copy
import json
import re
import shutil
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from leerbrug.api.settings import Settings
from leerbrug.commands.build import sample

from .conftest import build, serving

OLD = (("11111-c", "Sluit een toestel aan"), ("22222-c", "Meet spanning."), ("33333-c", "Ruimt de werkplek op"))
NEW = (("11111-c", "Sluit een toestel veilig aan"), ("22222-c", "Meet spanning"), ("44444-c", "Leest een schema"))
"""Competences of our own making: one reworded, one that differs in its final stop only, one gone, one new."""


def version(pattern: dict[str, Any], number: int, told: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    made = copy.deepcopy(pattern)
    standard = made["beroepskwalificatie"]
    standard |= {"versie_nr_lang": f"BK-0009-{number}", "versie_nr_kort": number, "titel": "Monteur (voorbeeld)"}
    standard["competenties"] = [
        {
            "competentie_type": "Vakspecifieke competentie",
            "nr": nr,
            "competentie_code": f"bkc99{number}{nr:04}",
            "waarde": text,
            "referenties": [{"referentie_nr": reference}],
        }
        for nr, (reference, text) in enumerate(told, start=1)
    ]
    standard["links"]["self"]["href"] = standard["links"]["self"]["href"].replace("BK-0019-3", f"BK-0009-{number}")
    return made


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("versions")
    shutil.copytree(sample(), folder / "sample")
    path = folder / "sample" / "beroepskwalificatie.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    pattern = next(one for one in lines if one["beroepskwalificatie"]["versie_nr_lang"] == "BK-0019-3")
    made = [version(pattern, 1, OLD), version(pattern, 2, NEW)]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (*lines, *made)), "utf-8")
    build(folder / "sample", folder / "releases")
    with serving(Settings(data=folder / "releases")) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


def test_the_difference_says_what_was_reworded_came_and_went(both: httpx.Client) -> None:
    found = both.get("/v1/kwalificaties/BK-0009/versies/1/verschil", params={"met": 2}).json()
    assert found["aantallen"] == {"gelijk": 1, "gewijzigd": 1, "nieuw": 1, "vervallen": 1}
    told = {item["soort"]: (item["van"], item["naar"]) for item in found["items"]}
    assert told["gewijzigd"] == ("Sluit een toestel aan", "Sluit een toestel veilig aan")
    assert told["vervallen"] == ("Ruimt de werkplek op", "")
    assert told["nieuw"] == ("", "Leest een schema")


def test_the_history_of_a_page_counts_what_the_difference_counts(both: httpx.Client) -> None:
    path = "/v1/kwalificaties/BK-0009/versies/2"
    page = both.get(path, params={"tab": "geschiedenis", "met": "BK-0009-1"}, headers={"Accept": "text/html"}).text
    _, table = page.split('id="verschil"', 1)
    kinds = re.findall(r'<span class="badge">([^<]+)</span>', table)
    assert sorted(kinds) == ["gelijk gebleven", "gewijzigd", "nieuw", "vervallen"]
    assert "<ins>veilig" in table


def test_a_code_of_which_two_versions_hold_is_refused_with_both(both: httpx.Client) -> None:
    answer = both.get("/v1/kwalificaties/BK-0009", params={"geldigOp": "2026-01-01"})
    assert answer.status_code == 409
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {issue["value"] for issue in answer.json()["issues"]} == {"BK-0009-1", "BK-0009-2"}
    page = both.get("/v1/kwalificaties/BK-0009", params={"geldigOp": "2026-01-01"}, headers={"Accept": "text/html"})
    assert page.status_code == 409
    assert set(re.findall(r'<a href="[^"]+">(BK-0009-[12])</a>', page.text)) == {"BK-0009-1", "BK-0009-2"}
