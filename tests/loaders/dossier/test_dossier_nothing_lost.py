"""Whatever the order of headings and lines: each line is in the record, in a finding, or counted as not read."""

from __future__ import annotations

import json
from collections.abc import Iterator

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from leerbrug.graph.statements import Place
from leerbrug.loaders.dossier_headings import KOPPEN
from leerbrug.loaders.dossier_lines import Line, Unread
from leerbrug.loaders.dossier_reading import Reader
from leerbrug.loaders.dossier_records import record

KINDS = st.sampled_from(["kop", "onbekend", "nummer", "punt", "onderpunt", "tekst", "vervolg", "veld", "scan", "tabel"])
STEPS = st.lists(st.tuples(KINDS, st.sampled_from(sorted(KOPPEN))), max_size=40)


def lines(steps: list[tuple[str, str]]) -> Iterator[Line | Unread]:
    numbers = iter(range(1, 100))
    for position, (kind, kop) in enumerate(steps):
        token = f"woord{position}x"
        page = 1 + position // 10
        if kind == "kop":
            yield Line(kop.upper(), page, kop=True)
        elif kind == "onbekend":
            yield Line(f"{token}:", page, kop=True)
        elif kind == "nummer":
            yield Line(f"{next(numbers)}. {token} (co 00{position:03d})", page, kop=True)
        elif kind in ("punt", "onderpunt"):
            yield Line(token, page, bullet=True, indent=18.0 * (kind == "onderpunt"))
        elif kind in ("tekst", "vervolg"):
            yield Line(token, page, wraps=kind == "vervolg")
        elif kind == "veld" and KOPPEN[kop].veld:
            yield Line(f"{kop}: {token}", page)
        elif kind in ("scan", "tabel"):
            yield Unread(page, "dossier-tabel" if kind == "tabel" else "dossier-zonder-tekst", "iets", "something")


@settings(max_examples=400, deadline=None)
@given(STEPS)
def test_no_line_is_lost_in_silence(steps: list[tuple[str, str]]) -> None:
    given_lines = list(lines(steps))
    read = record(Place("BK-0001-1.docx"), Reader("BK-0001-1.docx").read(given_lines))
    told = json.dumps([finding.value for finding in read.bevindingen]) + msgspec.json.encode(read.dossier).decode()
    tokens = [word.strip(":") for each in given_lines if isinstance(each, Line) for word in each.text.split()]
    missing = [token for token in tokens if token.startswith("woord") and token not in told]
    counted = sum(int(f.value) for f in read.bevindingen if f.rule == "loader/dossier-regels-niet-gelezen")
    assert len(missing) == counted
    unread = sum(isinstance(each, Unread) for each in given_lines)
    assert unread == sum(f.rule in ("loader/dossier-tabel", "loader/dossier-zonder-tekst") for f in read.bevindingen)
