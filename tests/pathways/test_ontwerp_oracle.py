"""The lists of design questions against the answers of the API as they came, and against removing and reaching anew.

`raw` reads the files itself: it knows a proof by its title, where the project knows it by its code.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from leerbrug.cli import app
from leerbrug.graph.catalogus import Catalogus
from leerbrug.graph.releases import Release
from leerbrug.pathways.handelingen import Aanbod
from leerbrug.pathways.ontwerp import Hiaat, Ontwerper
from typer.testing import CliRunner

from .test_schakel import holders, offered, reached

JAAR = 2027
PROOF = "bewijs van "
KEY = "deelkwalificaties"
Row = dict[str, Any]
Parts = dict[str, set[str]]
"""By version of a BK the proofs of its DBKs."""


class Raw(NamedTuple):
    """A programme that can be begun in the year: what it proves in full, and what proofs each open it together."""

    title: str
    graad: str
    dual: bool
    ordinary: bool
    proves: frozenset[str]
    opened_by: tuple[frozenset[str], ...]


def holding(programme: Row, day: str) -> Row | None:
    """The newest recognition that holds on a day."""
    hold = [
        one
        for one in programme.get("structuuronderdeel_details", ())
        if one["status"]["code"] == "ERKEND" and one.get("begindatum", "") <= day <= one.get("einddatum", "9999")
    ]
    return max(hold, key=lambda one: (one.get("begindatum", ""), one["structuuronderdeel_detail_nummer"]), default=None)


def proved(recognition: Row, parts: Parts) -> Iterator[str]:
    """Proofs of a BK or DBK by their titles, lower case; a whole BK proves its parts."""
    for bk in recognition.get("beroepskwalificaties", ()):
        if bk["volledigheid"] == "Volledig":
            yield f"{PROOF}beroepskwalificatie {bk['titel'].casefold()}"
            yield from parts.get(bk["versie_nr_lang"], ())
    for award in recognition.get("studiebekrachtigingen", ()):
        name = award.get("uitgebreide_naam", "").casefold()
        if name.startswith((f"{PROOF}beroeps", f"{PROOF}deel")):
            yield name.rpartition(" (")[0] or name


def opening(recognition: Row) -> tuple[frozenset[str], ...]:
    """The sets of proofs by which flexible entry opens it."""
    entry = recognition.get("flexibele_instap", {}).get("bewijs", {})
    named = [each["uitgebreide_naam"].casefold() for each in entry.get("bewijzen", ())]
    return (frozenset(named),) if entry.get("code") == "VIA_ALLE_BEWIJZEN" else tuple(frozenset({n}) for n in named)


def begun(programme: Row, parts: Parts) -> Raw | None:
    """That programme, begun on 1 September of the year; None where no recognition carries it to its end."""
    group = programme["structuuronderdeel_groep"]
    years = 1 if programme["aanloop"] else len(programme["leerjaren"])
    recognitions = [holding(programme, f"{JAAR + year}-09-01") for year in range(years)]
    first, last = (recognitions or [None])[0], f"{JAAR + years}-06-30"
    if first is None or None in recognitions:
        return None
    awarding = first if last <= first.get("einddatum", "9999") else holding(programme, last)
    if awarding is None:
        return None
    special = programme["aanloop"] or group.get("type_7de_leerjaar") or group.get("opleidingsvorm")
    graad = group.get("graad", {}).get("code", "")
    proves, ways = frozenset(proved(awarding, parts)), opening(first)
    return Raw(programme["titel"], graad, programme["duaal"], not special, proves, ways)


def lines(folder: Path, name: str) -> list[Row]:
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@pytest.fixture(scope="module")
def api(real_data: Path) -> Path:
    return real_data / "flanders-vks" / "api"


@pytest.fixture(scope="module")
def parts(api: Path) -> Parts:
    """Of every DBK that a dossier, a recognition or a proof names by its number, which starts with that of the BK."""
    named = [part for one in lines(api, "beroepskwalificatie") for part in one["beroepskwalificatie"].get(KEY, ())]
    for programme in lines(api, "structuuronderdeel"):
        for one in programme.get("structuuronderdeel_details", ()):
            awards = one.get("studiebekrachtigingen", ())
            named += [*one.get(KEY, ()), *(each["deelkwalificatie"] for each in awards if "deelkwalificatie" in each)]
    found: Parts = {}
    for part in named:
        if number := part.get("deelkwalificatie_nr_lang"):
            whole = number.partition("-DBK-")[0]
            found.setdefault(whole, set()).add(f"{PROOF}deelkwalificatie {part['titel'].casefold()}")
    return found


@pytest.fixture(scope="module")
def raw(api: Path, parts: Parts) -> dict[str, Raw]:
    read = {str(one["structuuronderdeel_nummer"]): begun(one, parts) for one in lines(api, "structuuronderdeel")}
    return {code: one for code, one in read.items() if one}


@pytest.fixture(scope="module")
def hiaten(catalogus: Catalogus) -> list[Hiaat]:
    return Ontwerper(Aanbod(catalogus), JAAR).leerlijn_hiaten()


def dual(raw: dict[str, Raw], graad: str) -> dict[str, Raw]:
    return {code: one for code, one in raw.items() if one.dual and one.ordinary and one.graad == graad}


def onward(raw: dict[str, Raw], proofs: Iterable[str]) -> list[str]:
    """The dual programmes of the third degree that these proofs open."""
    have = set(proofs)
    return sorted(code for code, one in dual(raw, "3").items() if any(way and way <= have for way in one.opened_by))


def test_dual_programmes_without_a_way_in_are_those_of_the_source(raw: dict[str, Raw], hiaten: list[Hiaat]) -> None:
    second = {proof for one in dual(raw, "2").values() for proof in one.proves}
    expected = set(dual(raw, "3")) - set(onward(raw, second))
    assert {each.code for each in hiaten if each.soort == "geen-instap"} == expected
    assert 10 < len(expected) < len(dual(raw, "3")) - 10
    assert "81" not in expected, "two DBKs of Medewerker schilder- en behangwerken duaal open it together"


def test_where_an_ok_2_leads_is_what_its_proofs_open_in_the_source(raw: dict[str, Raw], hiaten: list[Hiaat]) -> None:
    leads = {code: onward(raw, one.proves) for code, one in dual(raw, "2").items()}
    told = {each.code: list(each.via) for each in hiaten if each.soort in ("loopt-dood", "enkele-schakel")}
    assert told == {code: via for code, via in leads.items() if len(via) < 2}
    assert sum(not via for via in told.values()) > 5
    assert told["167"] == ["152"], "Magazijnmedewerker duaal hangs on Logistiek duaal"
    assert leads["217"] == ["81"]
    without = {code: one for code, one in raw.items() if code != "152"}
    assert onward(without, raw["167"].proves) == []


def test_the_saved_question_names_the_same_programmes(
    raw: dict[str, Raw], real_release: Release, tmp_path: Path
) -> None:
    file = tmp_path / "hiaten.csv"
    args = ["ask", "hiaten-in-leerlijnen", "--format", "csv", "--data", str(real_release.folder.parent)]
    file.write_text(CliRunner().invoke(app, args).stdout, encoding="utf-8")
    with file.open(encoding="utf-8-sig", newline="") as rows:
        named = {row["programma"] for row in csv.DictReader(rows)}
    leads = {code: onward(raw, one.proves) for code, one in dual(raw, "2").items()}
    assert {code for code, via in leads.items() if not via} == named & set(leads)
    assert named


def test_bks_without_onward_are_those_that_open_nothing_in_the_source(
    api: Path, raw: dict[str, Raw], parts: Parts, hiaten: list[Hiaat]
) -> None:
    """All other ways in ask a diploma, an age or a report, and a BK is none of these; it has the parts it consists of.

    Held is the last version listed, and by any title that the BK ever had.
    """
    ways = {way for one in raw.values() for way in one.opened_by if way}
    listed = {line["beroepskwalificatie_nr"]: line["versies"] for line in lines(api, "beroepskwalificatie-lijst")}
    told, by_parts = {each.code for each in hiaten if each.soort == "bk-zonder-vervolg"}, set()
    for code, versions in listed.items():
        whole = {f"{PROOF}beroepskwalificatie {version['titel'].casefold()}" for version in versions}
        held = whole | parts.get(max(version["versie_nr_lang"] for version in versions), set())
        assert (code in told) == (not any(way <= held for way in ways)), code
        if code not in told and not any(way <= whole for way in ways):
            by_parts.add(code)
    assert 0 < len(set(listed) - told) < len(listed)
    assert "BK-0364" in by_parts, "two of its DBKs open Koelinstallaties duaal together"


def test_what_breaks_is_what_a_release_without_the_programme_no_longer_reaches(catalogus: Catalogus) -> None:
    """By a plain fixpoint, for programmes of which all kinds are drawn; every profile of each."""
    aanbod = Aanbod(catalogus)
    breuken = {each.programma: each for each in Ontwerper(aanbod, JAAR).robuust()}
    draw = random.Random(20)
    some = {"99", "152", *draw.sample(sorted(breuken), 8), *draw.sample(sorted(catalogus.programmas), 8)}
    actions, profiles = offered(aanbod), holders(aanbod)
    before = {who: reached(start, actions) for who, start in profiles.items()}
    for programma in sorted(some):
        less = {code: each for code, each in catalogus.programmas.items() if code != programma}
        rest = offered(Aanbod(msgspec.structs.replace(catalogus, programmas=less)))
        lost = {who: counted(before[who] - reached(start, rest)) for who, start in profiles.items()}
        lost = {who: facts for who, facts in lost.items() if facts}
        said = breuken.get(programma)
        assert set(said.profielen if said else ()) == set(lost), programma
        assert set(said.verloren if said else ()) == {fact for facts in lost.values() for fact in facts}, programma


def counted(facts: Iterable[str]) -> set[str]:
    """Proofs and accesses; "ok:OK5@" names a studiedomein that the programme does not have."""
    return {fact for fact in facts if fact.startswith(("bk:", "ok:", "toegang:")) and not fact.endswith("@")}
