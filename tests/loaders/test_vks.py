"""What the VKS loader says of a folder that has every field once: the golden files, and that no field is lost."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from leerbrug.graph.names import Names
from leerbrug.graph.statements import Finding, Statement
from leerbrug.loaders.vks import SOURCE
from leerbrug.loaders.vks.reading import SOORTEN, kind

HERE = Path(__file__).parent / "vks"
ANTWOORDEN = HERE / "antwoorden"


def told(folder: Path) -> tuple[list[str], list[str]]:
    """The triples, sorted, and the findings, in order."""
    said = [item for record in SOURCE.records(folder) for item in SOURCE.said(record, Names())]
    triples = sorted({f"{item.triple()} ." for item in said if isinstance(item, Statement)})
    findings = [
        f"{item.severity.value} {item.rule} | {item.place} | {item.message['nl']}"
        for item in said
        if isinstance(item, Finding)
    ]
    return triples, findings


def test_golden() -> None:
    triples, findings = told(ANTWOORDEN)
    assert triples == (HERE / "golden.nt").read_text().splitlines()
    assert findings == (HERE / "findings.txt").read_text().splitlines()


def test_every_finding_speaks_dutch_and_english_and_names_its_place() -> None:
    for record in SOURCE.records(ANTWOORDEN):
        for item in SOURCE.said(record, Names()):
            if isinstance(item, Finding):
                assert item.message["nl"]
                assert item.message["en"]
                assert item.place.file == record.place.file


def test_every_statement_knows_its_spot() -> None:
    """A spot is a JSON pointer that leads to something in the record."""
    raws = {kind(file.name): list(_answers(file)) for file in ANTWOORDEN.iterdir() if kind(file.name) in SOORTEN}
    checked = 0
    for record in SOURCE.records(ANTWOORDEN):
        soort = kind(record.place.file)
        for item in SOURCE.said(record, Names()):
            if isinstance(item, Statement) and item.spot:
                assert any(_leads(raw, item.spot) for raw in raws[soort]), (soort, item.spot)
                checked += 1
    assert checked > 300


def _answers(file: Path) -> Iterator[Any]:
    text = file.read_text()
    if file.suffix == ".jsonl":
        yield from (json.loads(line) for line in text.splitlines())
    else:
        page = json.loads(text)["gegevens"]
        yield from page["member"] if isinstance(page, dict) else page


def _leads(raw: Any, pointer: str) -> bool:
    for part in pointer.strip("/").split("/"):
        try:
            raw = raw[int(part)] if isinstance(raw, list) else raw[part]
        except (KeyError, IndexError, TypeError):
            # A field that is missing is told at the place where it should stand.
            return False
    return True


# Fields that say again what another field says, or nothing about the thing; everything else must become a triple.
SAYS_NOTHING_NEW = {
    ("Code", "omschrijving"),  # the label of the code, which the code list has
    ("Code in onderwijsniveau", "code"),  # said by its omschrijving
    ("Code in soort_leerjaar", "code"),
    ("Bewijs", "naam"),  # the beginning of uitgebreide_naam; of a certificaat it is said
    ("BkVerwijzing", "beroepskwalificatie_nr"),  # in versie_nr_lang
    ("BkVerwijzing", "versie_nr_kort"),
    ("BkVerwijzing", "titel"),  # the title of the version, which has its own row
    ("DbkVerwijzing", "deelkwalificatie_nr_kort"),  # in deelkwalificatie_nr_lang
    ("Deelkwalificatie", "deelkwalificatie_nr_kort"),
    ("Deeldossier", "deelkwalificatie_nr_kort"),
    ("Verwijzing", "titel"),
    ("Verwijzing", "api_url"),
    ("Versie", "status"),  # statuscode
    ("Beroepskwalificatie", "status"),
    ("Versie", "versie_nr_kort"),  # of laatst_erkende_versie
    ("Versie", "titel"),
    ("Domein", "domein"),  # the last step of the path
    ("Domeinstap", "level"),  # the position in the path
    ("Dossierantwoord", "totalItems"),
    ("Deelantwoord", "totalItems"),
    ("Onderwijsdoel", "@type"),
    ("Curriculumdossier", "content"),  # the document itself
    ("Curriculumdossier", "bestand"),
    ("Groep", "structuuronderdelen"),  # each programme says its group itself; that it is there at all is checked below
}


def test_the_fixture_has_every_field() -> None:
    """Else the next test would prove too little; these fields are never in one answer together with the others."""
    seen = {(name, field) for soort, raw in _all() for name, field, _ in _fields(raw, SOORTEN[soort])}
    shapes = {shape for kind_ in SOORTEN.values() for shape in _shapes(kind_)}
    every = {(shape.__name__, field.encode_name) for shape in shapes for field in msgspec.structs.fields(shape)}
    unused = every - seen - SAYS_NOTHING_NEW
    assert unused == {
        ("Doelenset", "naam"),  # onderwijsdoelenset
        ("Naam", "code"),  # naam
        ("Naam", "korte_naam"),
        ("Naam", "omschrijving"),
        ("Versie", "titel_toelichting"),  # with the dossier, which says them by the same function
        ("Versie", "definitie"),
        ("Versie", "domeinen"),
        ("Beroepskwalificatie", "laatste_wijzigingsdatum"),  # with the row of the list, likewise
        ("Beroepskwalificatie", "einddatum"),
    }


def test_no_field_is_lost(tmp_path: Path) -> None:
    """Taking any field out of any answer changes what is said, or is refused."""
    lost = set()
    for file in sorted(ANTWOORDEN.iterdir()):
        soort = kind(file.name)
        if soort not in SOORTEN:
            continue
        for raw in _answers(file):
            said = _said_alone(tmp_path, soort, raw)
            for name, field, path in _fields(raw, SOORTEN[soort]):
                held = f"{name} in {path[-2]}" if len(path) > 1 else name
                if SAYS_NOTHING_NEW & {(name, field), (held, field)}:
                    continue
                if _said_alone(tmp_path, soort, _without(raw, path)) == said:
                    lost.add((held, field))
    assert lost == set()


def _said_alone(folder: Path, soort: str, raw: Any) -> list[str] | str:
    """What one answer says, told from the rest; an error is an answer too."""
    (folder / f"{soort}.jsonl").write_text(json.dumps(raw))
    try:
        (record,) = SOURCE.records(folder / f"{soort}.jsonl")
        return sorted(str(item) for item in SOURCE.said(record, Names()))
    except Exception as error:
        return str(error)


def _all() -> Iterator[tuple[str, Any]]:
    for file in ANTWOORDEN.iterdir():
        soort = kind(file.name)
        if soort in SOORTEN:
            yield from ((soort, raw) for raw in _answers(file))


def _fields(raw: Any, shape: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    """Each field of an answer with the name of its shape and the path to it."""
    if isinstance(raw, list):
        for number, item in enumerate(raw):
            yield from _fields(item, shape, (*path, number))
    elif isinstance(raw, dict) and (struct := _struct(shape)):
        types = {field.encode_name: field.type for field in msgspec.structs.fields(struct)}
        for key, value in raw.items():
            if key in types and value is not None:
                yield struct.__name__, key, (*path, key)
                yield from _fields(value, types[key], (*path, key))


def _struct(shape: Any) -> type[msgspec.Struct] | None:
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct):
        return shape
    return next((found for part in get_args(shape) if (found := _struct(part))), None)


def _shapes(shape: type[msgspec.Struct], seen: set[type[msgspec.Struct]] | None = None) -> set[type[msgspec.Struct]]:
    seen = set() if seen is None else seen
    if shape not in seen:
        seen.add(shape)
        for field in msgspec.structs.fields(shape):
            if inner := _struct(field.type):
                _shapes(inner, seen)
    return seen


def _without(raw: Any, path: tuple[str | int, ...]) -> Any:
    raw = copy.deepcopy(raw)
    inner = raw
    for part in path[:-1]:
        inner = inner[part]
    del inner[path[-1]]
    return raw


@pytest.mark.parametrize("ending", [".jsonl.gz", ".jsonl.xz", ".jsonl", ".json"])
def test_every_way_to_write_a_folder_says_the_same(tmp_path: Path, ending: str) -> None:
    """JSON Lines or one list, plain or packed: equal triples."""
    import gzip
    import lzma

    pack = {".jsonl.gz": gzip.compress, ".jsonl.xz": lzma.compress}.get(ending, lambda content: content)
    for file in ANTWOORDEN.iterdir():
        answers = list(_answers(file))
        lines = "".join(json.dumps(answer) + "\n" for answer in answers)
        text = json.dumps(answers) if ending == ".json" else lines
        (tmp_path / f"{file.name.split('.')[0]}{ending}").write_bytes(pack(text.encode()))
    assert told(tmp_path)[0] == told(ANTWOORDEN)[0]


def test_a_group_that_lists_a_programme_that_is_not_there_says_so(tmp_path: Path) -> None:
    listed = [{"structuuronderdeel_nummer": 1}, {"structuuronderdeel_nummer": 2}]
    group = {"structuuronderdeel_groep_nummer": "G-0001", "titel": "Proef", "structuuronderdelen": listed}
    (tmp_path / "structuuronderdeelgroep.json").write_text(json.dumps(group))
    (tmp_path / "structuuronderdeel.json").write_text(json.dumps({"structuuronderdeel_nummer": 1, "titel": "Proef"}))
    said = [item for record in SOURCE.records(tmp_path) for item in SOURCE.said(record, Names())]
    (missing,) = (item for item in said if isinstance(item, Finding) and item.rule == "loader/onderdeel-niet-geladen")
    assert (missing.place.spot, missing.value) == ("/structuuronderdelen/1", "2")
