"""An oracle that reads the raw JSON with no project code agrees on every pair of the loaded qualifications."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from leerbrug.graph.catalogus import Catalogus
from leerbrug.pathways.allepaar_bewaard import read_allpairs, write_allpairs
from leerbrug.pathways.brug import Dekking, brug
from leerbrug.pathways.vergelijking import Vergelijking

Row = dict[str, Any]
DEPTH = {"Basiskennis": 1, "Kennis": 2, "Grondige kennis": 3}


def plain(text: str) -> str:
    words = unicodedata.normalize("NFKC", text).casefold().split()
    line = " ".join(words)
    return line[:-1].rstrip() if line.endswith(".") else line


def numbers(row: Row) -> set[str]:
    found = set()
    for item in row.get("referenties") or []:
        raw = " ".join(item["referentie_nr"].split())
        if raw.lower().startswith("co"):
            digits = re.sub(r"\D", "", raw)
            found.add("co" + digits.rjust(5, "0"))
        elif raw != "-c":
            found.add(raw if raw.endswith("-c") else raw + "-c")
    return found


def knowledge(row: Row) -> dict[str, int]:
    out: dict[str, int] = {}
    for item in row.get("kennis") or []:
        key = plain(item["waarde"])
        out[key] = max(out.get(key, 0), DEPTH.get(item.get("kennis_type"), 0))
    return out


def verdict(asked: Row, held: list[Row]) -> str:
    if any(h["code"] == asked["code"] for h in held):
        return "gedekt"
    if not asked["refs"]:
        return "te_bevestigen" if any(h["text"] == asked["text"] for h in held) else "onvergelijkbaar"
    whole = [h for h in held if asked["refs"] <= h["refs"]]
    same = [h for h in whole if h["text"] == asked["text"]]
    if same:
        known: dict[str, int] = {}
        for h in held:
            for item, depth in h["know"].items():
                known[item] = max(known.get(item, 0), depth)
        enough = all(known.get(item, -1) >= depth for item, depth in asked["know"].items())
        return "gedekt" if enough or any(not h["know"] for h in same) else "deels"
    if whole:
        return "te_bevestigen"
    union = set().union(*(h["refs"] for h in held))
    if asked["refs"] <= union:
        return "te_bevestigen"
    if asked["refs"] & union:
        return "deels"
    if all(r.startswith("co") for r in asked["refs"]) or all(r.startswith("co") for r in union):
        return "onvergelijkbaar"
    return "ontbreekt"


@pytest.fixture(scope="module")
def raw(real_data: Path) -> dict[str, list[Row]]:
    out = {}
    with gzip.open(
        real_data / "flanders-vks" / "api" / "beroepskwalificatie.jsonl.gz", "rt", encoding="utf-8"
    ) as lines:
        for line in lines:
            bk = json.loads(line)["beroepskwalificatie"]
            out[bk["versie_nr_lang"]] = [
                {"code": c["competentie_code"], "text": plain(c["waarde"]), "refs": numbers(c), "know": knowledge(c)}
                for c in bk["competenties"]
            ]
    return out


def test_every_pair_has_the_counts_of_the_oracle(
    raw: dict[str, list[Row]], catalogus: Catalogus, tmp_path: Path
) -> None:
    vergelijking = Vergelijking(catalogus)
    write_allpairs(catalogus, tmp_path, budget=50_000)
    stored = read_allpairs(tmp_path)
    assert len(raw) == 96
    pairs = 0
    for van, held in raw.items():
        for naar, asked in raw.items():
            verdicts = [verdict(row, held) for row in asked]
            counts = Counter(verdicts)
            expected = Dekking(
                counts["gedekt"],
                counts["te_bevestigen"],
                counts["deels"],
                counts["ontbreekt"],
                counts["onvergelijkbaar"],
                len(asked),
            )
            assert stored.dekking(van, naar) == expected, (van, naar)
            answer = brug(vergelijking, [van], naar, date(2026, 10, 9))
            assert answer.dekking == expected, (van, naar)
            assert [o.oordeel.verdict.value for o in answer.competenties] == verdicts, (van, naar)
            assert [o.code for o in answer.competenties] == [row["code"] for row in asked]
            pairs += 1
    assert pairs == 96 * 96  # each pair in both directions


def test_several_held_qualifications_have_the_verdicts_of_the_oracle(
    raw: dict[str, list[Row]], catalogus: Catalogus
) -> None:
    vergelijking, codes = Vergelijking(catalogus), sorted(raw)
    for n, naar in enumerate(codes):
        van = [codes[(n + step) % len(codes)] for step in (1, 17, 40)]
        held = [row for code in van for row in raw[code]]
        answer = brug(vergelijking, van, naar, date(2026, 10, 9))
        assert [o.oordeel.verdict.value for o in answer.competenties] == [verdict(row, held) for row in raw[naar]]


def test_the_best_ways_in_and_out_are_those_of_the_bridges(catalogus: Catalogus, tmp_path: Path) -> None:
    write_allpairs(catalogus, tmp_path)
    stored, view = read_allpairs(tmp_path), Vergelijking(catalogus)

    def rank(van: str, naar: str) -> tuple[float, float]:
        tel = brug(view, [van], naar, date(2026, 10, 9)).dekking
        shares = tel.gedekt + tel.te_bevestigen + tel.deels
        return (-tel.gedekt / tel.van, -tel.mogelijk / tel.van) if shares else (1.0, 1.0)

    for code in ("BK-0019-3", "BK-0130-5", "BK-0480-1"):
        inward, outward = stored.beste_in_en_uit(code, 7)
        others = [other for other in stored.codes if other != code]
        into = sorted((*rank(other, code), other) for other in others)
        out = sorted((*rank(code, other), other) for other in others)
        assert [buur.code for buur in inward] == [name for a, _, name in into if a <= 0][:7]
        assert [buur.code for buur in outward] == [name for a, _, name in out if a <= 0][:7]
    assert stored.beste_in_en_uit("BK-0019-3", 1)[1][0].code == "BK-0020-3"
