"""Reading answers: pages, wrong types and missing codes, told by file, line and JSON pointer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from leerbrug.errors import SourceError
from leerbrug.graph.names import Names
from leerbrug.graph.statements import Finding
from leerbrug.loaders import files
from leerbrug.loaders.vks import SOURCE
from leerbrug.loaders.vks.reading import Record, records

PROGRAMMA = {"structuuronderdeel_nummer": 99, "titel": "Proefprogramma"}


def refused(folder: Path, file: str, content: str) -> str:
    (folder / file).write_text(content)
    with pytest.raises(SourceError) as error:
        list(records(folder))
    return str(error.value)


@pytest.mark.parametrize(
    ("answer", "place", "message"),
    [
        ({**PROGRAMMA, "duaal": "ja"}, "structuuronderdeel.jsonl, regel 2 /duaal:", "Hier hoort bool"),
        ({"titel": "Zonder nummer"}, "structuuronderdeel.jsonl, regel 2:", "'structuuronderdeel_nummer' ontbreekt"),
        ({**PROGRAMMA, "begindatum": "1 september"}, "regel 2 /begindatum:", "een datum"),
        ({**PROGRAMMA, "begindatum": "2025-02-30"}, "regel 2 /begindatum:", "een datum"),
        (
            {**PROGRAMMA, "structuuronderdeel_details": [{"structuuronderdeel_detail_nummer": "ADV-1"}, {}]},
            "regel 2 /structuuronderdeel_details/1:",
            "'structuuronderdeel_detail_nummer' ontbreekt",
        ),
        ({**PROGRAMMA, "structuuronderdeel_nummer": "99"}, "regel 2 /structuuronderdeel_nummer:", "Hier hoort int"),
        ([PROGRAMMA, 3], "regel 2 /1:", "Hier hoort object"),
        ({"code": "NotFound", "message": "Not Found"}, "regel 2:", "'structuuronderdeel_nummer' ontbreekt"),
    ],
)
def test_a_fault_names_file_line_pointer_and_remedy(tmp_path: Path, answer: Any, place: str, message: str) -> None:
    text = refused(tmp_path, "structuuronderdeel.jsonl", json.dumps(PROGRAMMA) + "\n" + json.dumps(answer) + "\n")
    assert place in text
    assert message in text
    assert "Haal dit antwoord opnieuw op" in text


def test_a_line_that_is_not_json(tmp_path: Path) -> None:
    assert "regel 1" in refused(tmp_path, "structuuronderdeel.jsonl", '{"structuuronderdeel_nummer": 9')


def test_a_file_that_is_not_json(tmp_path: Path) -> None:
    assert "structuuronderdeel-9.json" in refused(tmp_path, "structuuronderdeel-9.json", "<html>")


def test_a_file_that_is_too_large_for_one_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_DOCUMENT", 10)
    assert "JSON Lines" in refused(tmp_path, "structuuronderdeel.json", json.dumps([PROGRAMMA]))


def test_a_folder_without_answers_says_how_to_name_them(tmp_path: Path) -> None:
    assert "structuuronderdeel.jsonl" in refused(tmp_path, "leesmij.txt", "niets")


def test_a_version_code_that_is_none(tmp_path: Path) -> None:
    """A code that no name can be made of is refused, not minted."""
    row = {"beroepskwalificatie_nr": "BK-0001", "versies": [{"versie_nr_lang": "BK 1 van 3"}]}
    text = refused(tmp_path, "beroepskwalificatie-lijst.jsonl", json.dumps(row))
    assert "/versies/0/versie_nr_lang" in text


@pytest.mark.parametrize(
    "page",
    [
        [PROGRAMMA],
        {"gegevens": [PROGRAMMA], "meta": {"size": 1}, "links": {}},
        {"gegevens": {"member": [PROGRAMMA], "totalItems": 1}},
        {"@context": "x", "hydra:member": [PROGRAMMA], "hydra:totalItems": 1},
        PROGRAMMA,
    ],
)
@pytest.mark.parametrize("ending", ["json", "jsonl"])
def test_a_page_a_list_or_one_answer(tmp_path: Path, page: Any, ending: str) -> None:
    (tmp_path / f"structuuronderdeel.{ending}").write_text(json.dumps(page))
    (record,) = records(tmp_path)
    assert record.antwoord.structuuronderdeel_nummer == 99


def test_an_unknown_field_is_told_once(tmp_path: Path) -> None:
    answers = [{**PROGRAMMA, "leerjaren": [{"code": "1", "kleur": 1}, {"code": "2", "kleur": 2}]} for _ in range(3)]
    (tmp_path / "structuuronderdeel.jsonl").write_text("".join(json.dumps(answer) + "\n" for answer in answers))
    found = [said for said in _said(records(tmp_path)) if isinstance(said, Finding)]
    assert [(f.rule, f.value, str(f.place)) for f in found] == [
        ("loader/onbekend-veld", "/leerjaren/*/kleur", "structuuronderdeel.jsonl, regel 1 /leerjaren/*/kleur")
    ]


def test_null_means_absent(tmp_path: Path) -> None:
    (tmp_path / "structuuronderdeel.jsonl").write_text(
        json.dumps({**PROGRAMMA, "leerjaren": None, "duaal": None}) + "\n" + json.dumps(PROGRAMMA) + "\n"
    )
    first, second = records(tmp_path)
    assert first.antwoord == second.antwoord


def _said(found: Any) -> list[Any]:
    return [said for record in found for said in SOURCE.said(record, Names())]


def proof(tmp_path: Path, titles: list[tuple[str, str]], name: str) -> list[Any]:
    rows = [
        {"beroepskwalificatie_nr": code[:7], "versies": [{"versie_nr_lang": code, "titel": title, "vks_niveau": 3}]}
        for code, title in titles
    ]
    bewijs = {"code": "VIA_1_VAN_DE_BEWIJZEN", "bewijzen": [{"naam": KIND, "uitgebreide_naam": f"{KIND} {name}"}]}
    detail = {"structuuronderdeel_detail_nummer": "ADV-0001", "flexibele_instap": {"bewijs": bewijs}}
    (tmp_path / "beroepskwalificatie-lijst.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    programme = {**PROGRAMMA, "structuuronderdeel_details": [detail]}
    (tmp_path / "structuuronderdeel.jsonl").write_text(json.dumps(programme))
    return _said(records(tmp_path))


KIND = "Bewijs van beroepskwalificatie"


def test_a_proof_is_found_by_its_title(tmp_path: Path) -> None:
    said = proof(tmp_path, [("BK-0002-3", "Magazijnmedewerker")], "magazijnmedewerker")
    assert "beroepskwalificatie/BK-0002" in _via(said)


def test_a_proof_is_found_by_the_code_behind_its_title(tmp_path: Path) -> None:
    said = proof(tmp_path, [("BK-0002-3", "Magazijnmedewerker")], "Iets anders (BK-0252-4)")
    assert "beroepskwalificatie/BK-0252" in _via(said)


@pytest.mark.parametrize("titles", [[], [("BK-0002-3", "Kok"), ("BK-0003-1", "Kok")]])
def test_a_proof_that_means_none_or_several_is_not_guessed(tmp_path: Path, titles: list[tuple[str, str]]) -> None:
    said = proof(tmp_path, titles, "Kok")
    assert _via(said) == ""
    (finding,) = (s for s in said if isinstance(s, Finding) and s.rule == "loader/bewijs-niet-gevonden")
    assert finding.value == f"{KIND} Kok"


def _via(said: list[Any]) -> str:
    found = [s.object.value for s in said if not isinstance(s, Finding) and s.predicate.value.endswith("#viaBewijs")]
    return found[0].rpartition("/id/")[2] if found else ""


def test_memory_stays_flat(tmp_path: Path) -> None:
    """Ten times the answers, no more memory than a constant: what is read is not kept."""
    import tracemalloc

    peaks = []
    for count in (200, 2000):
        detail = [{"structuuronderdeel_detail_nummer": "ADV-0001", "omschrijving": "proef " * 200}]
        line = json.dumps({**PROGRAMMA, "structuuronderdeel_details": detail})
        (tmp_path / "structuuronderdeel.jsonl").write_text((line + "\n") * count)
        tracemalloc.start()
        total = sum(1 for record in records(tmp_path) for _ in SOURCE.said(record, Names()))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert total > count
    assert peaks[1] < peaks[0] * 1.5


def test_a_record_knows_its_place(tmp_path: Path) -> None:
    (tmp_path / "structuuronderdeel.jsonl").write_text("\n" + json.dumps(PROGRAMMA))
    (record,) = records(tmp_path)
    assert isinstance(record, Record)
    assert str(record.place) == "structuuronderdeel.jsonl, regel 2"
