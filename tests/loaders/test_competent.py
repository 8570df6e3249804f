"""Competent: titles pair by what languages share, numbers are never those of ROME, and a misfit is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from leerbrug.errors import SourceError
from leerbrug.graph.names import Names
from leerbrug.graph.vocabulary import LEER, SKOS
from leerbrug.loaders import competent, rome
from leerbrug.loaders.rome_records import Item

SAMPLES = Path(__file__).parent / "standaarden"


def test_the_real_titles_pair_in_two_languages(real_data: Path, load) -> None:
    folder = real_data / "flanders-competent"
    (path,) = folder.glob("*.json")
    rows = json.loads(path.read_text())
    assert len(rows) == 120
    triples, findings = load(competent.SOURCE, folder)
    titles = {t.object for t in triples if t.predicate == LEER.heeftBenaming}
    named = {(t.subject, t.object.language) for t in triples if t.predicate == SKOS.prefLabel and t.subject in titles}
    assert len(named) == 120
    both = [title for title in titles if {(title, "nl"), (title, "fr")} <= named]
    assert len(both) == 59
    rules = ["loader/competent-zonder-titel"] + ["loader/competent-zonder-vertaling"] * 2
    assert sorted(finding.rule for finding in findings) == rules
    profiel = Names().iri("beroepscompetentieprofiel", "K240101")
    fiche = Names().iri("rome-beroep", "K2401", "347")
    assert {(t.subject, t.object) for t in triples if t.predicate == LEER.romeFiche} == {(profiel, fiche)}


def test_a_competence_number_never_leads_to_rome(real_data: Path, load) -> None:
    """18111 is an activity in Competent and a drama teacher in ROME: only the code of the profile crosses over."""
    triples, _ = load(competent.SOURCE, SAMPLES / "competent")
    crossing = {t.predicate for t in triples if "/rome-" in getattr(t.object, "value", "")}
    assert crossing == {LEER.romeFiche}
    rome_items = {r.ogr for r in rome.records(real_data / "rome-v347") if isinstance(r, Item)}
    assert "18111" not in rome_items


def test_basis_and_specifiek_of_xml_and_json(load) -> None:
    triples, _ = load(competent.SOURCE, SAMPLES / "competent")
    basis = {t.object for t in triples if t.predicate == LEER.heeftBasisactiviteit}
    specifiek = {t.object for t in triples if t.predicate == LEER.heeftSpecifiekeActiviteit}
    assert basis == {Names().iri("referentie", "18111-c")}
    assert specifiek == {Names().iri("referentie", code) for code in ("6584-c", "16828-c", "co-00548")}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"titel": {"nl": "x"}}, r"regel 1: .*missing required field `code`"),
        ({"code": "N110301", "vaardigheid": []}, r"unknown field `vaardigheid`"),
        ({"code": "N110301", "titel": {"en": "x"}}, r"\$\.titel"),
        ({"code": "N110301", "activiteiten": [{"titel": {}, "rang": "kern"}]}, r"\$\.activiteiten\[0\]\.rang"),
        ({"codeCompetent": "N1-2-3", "lang": "nl"}, r"mist codeRomeExtended, libelleAppellation"),
        (
            {"codeCompetent": "N1-2", "codeRomeExtended": "N110301", "lang": "en", "libelleAppellation": "x"},
            r"in de taal 'en'",
        ),
    ],
)
def test_a_record_that_does_not_fit_names_the_field(tmp_path: Path, value: object, message: str) -> None:
    path = tmp_path / "profielen.jsonl"
    path.write_text(json.dumps(value))
    with pytest.raises(SourceError, match=message):
        list(competent.records(path))


def test_xml_without_a_language_is_refused(tmp_path: Path) -> None:
    text = (SAMPLES / "competent" / "profielen.xml").read_bytes().replace(b' xml:lang="nl"', b"")
    (tmp_path / "profielen.xml").write_bytes(text)
    with pytest.raises(SourceError, match=r"profielen\.xml, regel 3: De taal.*profielen_nl\.xml"):
        list(competent.records(tmp_path))
    (tmp_path / "profielen.xml").rename(tmp_path / "profielen_fr.xml")
    profiel = next(iter(competent.records(tmp_path)))
    assert getattr(profiel, "titel", None) == {"fr": "Magazijn (gist)"}
