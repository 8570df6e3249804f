"""The sample: enough of Flanders, its facts the real ones, its words our own, bridges as on the real data."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from leerbrug.graph.names import Names
from leerbrug.graph.statements import Finding, Severity, Statement
from leerbrug.graph.vocabulary import LEER, RDF
from leerbrug.loaders.vks import SOURCE

SAMPLE = Path(str(files("leerbrug"))) / "sample"

FAMILIES = {
    "bakery": {"BK-0018-3", "BK-0019-3", "BK-0020-3", "BK-0021-3"},
    "bike": {"BK-0117-2", "BK-0480-1"},
    "kitchen": {"BK-0198-3", "BK-0252-4", "BK-0076-3"},
    "hair": {"BK-0090-2", "BK-0357-2"},
    "logistics": {"BK-0002-3", "BK-0104-3", "BK-0297-3", "BK-0355-2", "BK-0127-2", "BK-0068-2"},
    "care": {"BK-0491-1", "BK-0498-2", "BK-0243-2"},
    "building": {"BK-0130-5", "BK-0168-3", "BK-0169-3", "BK-0553-1", "BK-0555-1", "BK-0082-2", "BK-0081-2"},
}

OWN_WORDS = {
    "waarde",
    "definitie",
    "omschrijving_kort",
    "titel_toelichting",
    "omschrijving",
    "regelgeving",
    "extra_info",
    "doorstroomprofiel",
}
"""Fields that hold running text; `titel` does so only within flexibele_instap and verplichte_contexten."""


def lines(folder: Path, file: str) -> list[Any]:
    """The bare answers of a file of the sample or of the real data."""
    plain = folder / f"{file}.jsonl"
    if plain.exists():
        return [json.loads(line) for line in plain.read_text(encoding="utf-8").splitlines()]
    with gzip.open(folder / f"{file}.jsonl.gz", "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def dossiers(folder: Path) -> dict[str, Any]:
    found = (answer["beroepskwalificatie"] for answer in lines(folder, "beroepskwalificatie"))
    return {dossier["versie_nr_lang"]: dossier for dossier in found}


def programmes(folder: Path) -> dict[int, Any]:
    return {answer["structuuronderdeel_nummer"]: answer for answer in lines(folder, "structuuronderdeel")}


@pytest.fixture(scope="module")
def real(real_data: Path) -> Path:
    return real_data / "flanders-vks" / "api"


@pytest.fixture(scope="module")
def said() -> list[Any]:
    return [item for record in SOURCE.records(SAMPLE) for item in SOURCE.said(record, Names())]


def test_it_is_large_enough() -> None:
    found = dossiers(SAMPLE)
    assert len(found) >= 30
    assert len(programmes(SAMPLE)) >= 40
    for family in FAMILIES.values():
        assert family <= set(found)
    with_depth = [d for d in found.values() if sum("kennis" in c for c in d["competenties"]) >= 2]
    with_skills = [d for d in found.values() if sum("vaardigheden" in c for c in d["competenties"]) >= 2]
    assert len(with_depth) >= 10
    assert len(with_skills) >= 10
    depths = {k["kennis_type"] for d in found.values() for c in d["competenties"] for k in c.get("kennis", [])}
    assert depths == {"Basiskennis", "Kennis", "Grondige kennis"}


def test_it_loads_without_anything_lost(said: list[Any]) -> None:
    findings = [item for item in said if isinstance(item, Finding)]
    assert not [f for f in findings if f.severity is Severity.VIOLATION]
    lost = {"onbekend-veld", "onbekende-code", "verwijzing-zonder-doel", "bewijs-niet-gevonden", "bestand-niet-gelezen"}
    assert not [f for f in findings if f.rule.removeprefix("loader/") in lost]


def test_every_linked_beroepskwalificatie_has_its_row() -> None:
    rows = {row["beroepskwalificatie_nr"] for row in lines(SAMPLE, "beroepskwalificatie-lijst")}
    links = {
        bk["beroepskwalificatie_nr"]
        for programme in programmes(SAMPLE).values()
        for detail in programme.get("structuuronderdeel_details", [])
        for bk in detail.get("beroepskwalificaties", [])
    }
    assert links <= rows


def test_its_facts_are_the_real_facts(real: Path) -> None:
    """Running text, knowledge, skills and descriptors aside, an answer says what the real one says, or less."""
    own = {"kennis", "vaardigheden", "omgevingscontext", "handelingscontext", "autonomie", "verantwoordelijkheid"}
    own |= OWN_WORDS | {"curriculumdossier", "synoniemen"}
    for file, key in [
        ("structuuronderdeelgroep", "structuuronderdeel_groep_nummer"),
        ("structuuronderdeel", "structuuronderdeel_nummer"),
        ("beroepskwalificatie-lijst", "beroepskwalificatie_nr"),
    ]:
        truth = {answer[key]: answer for answer in lines(real, file)}
        for answer in lines(SAMPLE, file):
            assert _facts(answer, own) == _facts(_as_small(answer, truth[answer[key]]), own), answer[key]
    truth = dossiers(real)
    for code, dossier in dossiers(SAMPLE).items():
        assert _facts(dossier, own) == _facts(truth[code], own), code


def _as_small(answer: Any, truth: Any) -> Any:
    """The real answer without its links to programmes that the sample does not have."""
    kept = dict(truth)
    known = set(programmes(SAMPLE))
    for field in ("voorbereidende_structuuronderdelen", "vervolg_structuuronderdelen"):
        links = [link for link in truth.get(field, []) if link["structuuronderdeel_nummer"] in known]
        kept.pop(field, None)
        kept.update({field: links} if links else {})
    if "historiek_structuuronderdelen" in kept and "historiek_structuuronderdelen" not in answer:
        links = [link for side in kept.pop("historiek_structuuronderdelen").values() for link in side]
        assert not {link["structuuronderdeel_nummer"] for link in links} & known
    return kept


def _facts(value: Any, own: set[str]) -> Any:
    """The value without the fields that hold text of our own."""
    if isinstance(value, list):
        return [_facts(item, own) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {}
    for key, item in value.items():
        titled = key == "titel" and ("contexten" in value or "bewijzen" in value or "certificaten" in value)
        if (
            key not in own
            and not titled
            and not (key == "titel" and set(value) <= {"code", "titel", "via_certificaat"})
        ):
            kept[key] = _facts(item, own)
    return kept


def _texts(value: Any, within: str = "", at: str = "") -> Iterator[str]:
    """Every running text in an answer."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, at, key)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, within, at)
    elif isinstance(value, str) and (
        at in OWN_WORDS or (at == "titel" and within in ("bewijs", "certificaat", "verplichte_contexten"))
    ):
        yield value


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def test_no_text_is_a_sentence_of_the_source(real: Path) -> None:
    """No text of six words or more is a sentence of the source, nor has seven words in a row from it."""
    sentences: set[tuple[str, ...]] = set()
    runs: set[tuple[str, ...]] = set()
    for file in ("structuuronderdeel", "beroepskwalificatie"):
        for answer in lines(real, file):
            for text in _texts(answer):
                for part in (text, *re.split(r"[.\n;!?]", text)):
                    words = _words(part)
                    sentences.add(words)
                    runs.update(words[i : i + 7] for i in range(len(words) - 6))
    checked = 0
    for path in SAMPLE.glob("*.jsonl"):
        for answer in lines(SAMPLE, path.name.removesuffix(".jsonl")):
            for text in _texts(answer):
                words = _words(text)
                checked += 1
                assert len(words) < 6 or words not in sentences, text
                copied = [words[i : i + 7] for i in range(len(words) - 6) if words[i : i + 7] in runs]
                assert not [run for run in copied if "opleidingsuren" not in run], text
    assert checked > 1000


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def test_texts_are_shared_as_in_the_source(real: Path) -> None:
    """Two competences have one gist if and only if the source gives them one sentence: bridges depend on it."""
    truth = dossiers(real)
    pairs = {
        (_folded(theirs["waarde"]), _folded(ours["waarde"]))
        for code, dossier in dossiers(SAMPLE).items()
        for ours, theirs in zip(dossier["competenties"], truth[code]["competenties"], strict=True)
    }
    assert len({theirs for theirs, _ in pairs}) == len({ours for _, ours in pairs}) == len(pairs)


def test_a_shared_competence_has_the_same_knowledge_everywhere() -> None:
    """Else a depth of our own making would change a bridge."""
    seen: dict[str, Any] = {}
    for dossier in dossiers(SAMPLE).values():
        for competentie in dossier["competenties"]:
            items = (competentie.get("kennis"), competentie.get("vaardigheden"))
            assert seen.setdefault(_folded(competentie["waarde"]), items) == items


@pytest.mark.parametrize(
    ("programme", "rule", "codes"),
    [
        (1, "VIA_ALLE_BEWIJZEN", {"BK-0555", "BK-0553"}),
        (65, "VIA_1_VAN_DE_BEWIJZEN", {"BK-0018"}),
        (99, "VIA_1_VAN_DE_BEWIJZEN", {"BK-0117"}),
        (251, "VIA_1_VAN_DE_BEWIJZEN", {"BK-0227"}),
        (293, "VIA_1_VAN_DE_BEWIJZEN", {"BK-0193"}),
    ],
)
def test_flexible_entry(said: list[Any], programme: int, rule: str, codes: set[str]) -> None:
    """The pairs of domain.md §6.4b."""
    facts = [item for item in said if isinstance(item, Statement)]
    names = Names()
    of = {item.object for item in facts if item.subject == names.iri("structuuronderdeel", str(programme))}
    entries = {item.object for item in facts if item.subject in of and item.predicate == LEER.flexibeleInstap}
    rules = {
        item.object.value.rpartition("/")[2]
        for item in facts
        if item.subject in entries and item.predicate == LEER.instapregel
    }
    proofs = {
        item.object.value.rpartition("/")[2]
        for item in facts
        if item.subject in entries and item.predicate == LEER.viaBewijs
    }
    assert (rules, proofs) == ({rule}, codes)


@pytest.mark.parametrize(("second", "third"), [(98, 99), (181, 65), (225, 1), (23, 251), (299, 293), (214, 310)])
def test_learning_lines_from_the_second_degree_to_the_third(second: int, third: int) -> None:
    """A dual programme of the second degree proves what the flexible entry of one of the third asks."""
    found = programmes(SAMPLE)
    assert found[second]["structuuronderdeel_groep"]["graad"]["code"] == "2"
    assert found[third]["structuuronderdeel_groep"]["graad"]["code"] == "3"
    proven = {
        bk["titel"]
        for detail in found[second]["structuuronderdeel_details"]
        for bk in detail["beroepskwalificaties"]
        if bk["volledigheid"] == "Volledig"
    }
    asked = {
        proof["uitgebreide_naam"].removeprefix(f"{proof['naam']} ")
        for detail in found[third]["structuuronderdeel_details"]
        for proof in detail.get("flexibele_instap", {}).get("bewijs", {}).get("bewijzen", [])
    }
    assert asked
    assert asked <= proven


def test_goals_and_curriculumdossiers_stand_where_they_belong(said: list[Any]) -> None:
    facts = [item for item in said if isinstance(item, Statement)]
    kinds = [item.object for item in facts if item.predicate == RDF.type]
    assert kinds.count(LEER.Onderwijsdoel) == 10
    linked = {item.object for item in facts if item.predicate == LEER.heeftOnderwijsdoel}
    assert len(linked) == 10
    owners = {item.subject for item in facts if item.predicate == LEER.erkenningVan}
    dossiers_ = {item.subject for item in facts if item.predicate == LEER.bestandsnaam}
    having = {item.object for item in facts if item.predicate == LEER.heeftTraject and item.subject in owners}
    assert len(dossiers_) >= 10
    assert dossiers_ <= having


def test_it_says_that_its_texts_are_gists() -> None:
    text = (SAMPLE / "README.md").read_text(encoding="utf-8")
    for line in (
        "Bron: Vlaamse overheid, Vlaamse kwalificatiestructuur (API Beroepskwalificaties)",
        "Bron: Vlaamse overheid, Departement Onderwijs en Vorming (API Structuuronderdelen)",
        "nog te bevestigen",
        "eigen woorden",
    ):
        assert line in " ".join(text.split())
