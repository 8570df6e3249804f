"""ESCO: the whole of each real edition, counted by code that is not the loader's; zeros, joins, languages, refusals."""

from __future__ import annotations

import csv
import io
import lzma
from collections import Counter
from pathlib import Path

import pytest
from leerbrug.errors import SourceError
from leerbrug.graph.names import Names
from leerbrug.graph.vocabulary import ESCO, LEER, RDF, SKOS
from leerbrug.loaders import crosswalks, esco
from leerbrug.loaders.esco_records import ISCO
from pyoxigraph import NamedNode


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    csv.field_size_limit(2**25)
    text = lzma.decompress((folder / f"{name}.csv.xz").read_bytes()).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def kinds(triples) -> Counter:
    return Counter(triple.object for triple in triples if triple.predicate == RDF.type)


def objects(triples, predicate: NamedNode) -> Counter:
    return Counter(triple.object for triple in triples if triple.predicate == predicate)


def test_every_edition_is_found_with_its_version(real_data: Path) -> None:
    found = esco.editions(real_data / "esco")
    assert [esco.version(folder) for folder in found] == ["1.1.1", "1.0.x", "1.1.2", "1.2.0", "1.2.0"]
    assert list(esco.editions(found[-1])) == [found[-1]]


def test_v120_en_gives_what_its_readme_counts(real_data: Path, load) -> None:
    folder = real_data / "esco" / "v1.2.0-en"
    triples, findings = load(esco.SOURCE, folder)
    assert kinds(triples)[LEER.Beroep] == 3039
    assert kinds(triples)[ESCO.Skill] == 13_939
    assert kinds(triples)[SKOS.Concept] == 619 + 640
    assert kinds(triples)[SKOS.ConceptScheme] == 19
    assert sum(objects(triples, LEER.heeftEssentieelItem).values()) == 67_622
    assert sum(objects(triples, LEER.heeftOptioneelItem).values()) == 61_382
    related = (ESCO.relatedEssentialSkill, ESCO.relatedOptionalSkill)
    assert sum(sum(objects(triples, predicate).values()) for predicate in related) == 5818
    tables = [rows(folder, path.name.partition(".")[0]) for path in folder.glob("*.csv.xz")]
    names = [row[column] for table in tables for row in table for column in row if "preferred" in str(column)]
    blanks = sum(name != name.strip() for name in names)
    assert blanks > 20
    told = {"loader/esco-zonder-naam": 8, "loader/esco-afgeleid": 2, "loader/randblanco": blanks}
    assert Counter(finding.rule for finding in findings) == told
    per_file = Counter(record.place.file for record in esco.records(folder))
    expected = {"broaderRelationsOccPillar_en": 3652, "broaderRelationsSkillPillar_en": 20_822}
    assert {name: per_file[f"{name}.csv.xz"] for name in expected} == expected


def test_v120_en_hierarchy_and_collections_are_the_files(real_data: Path, load) -> None:
    folder = real_data / "esco" / "v1.2.0-en"
    triples, _ = load(esco.SOURCE, folder)
    members = Counter(triple.subject.value.rpartition("/")[2] for triple in triples if triple.predicate == SKOS.member)
    assert members == {
        **{"digitalSkills": 1284, "greenSkills": 591, "languageSkills": 359, "transversalSkills": 95},
        **{"researchSkills": 40, "researchOccupations": 122, "digCompSkills": 25},
    }
    broader = {(t.subject.value, t.object.value) for t in triples if t.predicate == SKOS.broader}
    for name in ("broaderRelationsOccPillar_en", "broaderRelationsSkillPillar_en"):
        assert {(row["conceptUri"], row["broaderUri"]) for row in rows(folder, name)} <= broader


def test_isco_codes_keep_their_zeros_and_join(real_data: Path, load) -> None:
    folder = real_data / "esco" / "v1.2.0-en"
    triples, _ = load(esco.SOURCE, folder)
    groups = {triple.subject for triple in triples if triple.subject.value.startswith(ISCO)}
    used = {triple.object for triple in triples if triple.predicate == LEER.iscoGroep}
    assert NamedNode(ISCO + "0110") in groups
    assert used <= groups


def test_two_languages_of_one_version_meet_on_the_same_occupations(real_data: Path, load) -> None:
    nl, _ = load(esco.SOURCE, real_data / "esco" / "v1.2.0-nl")
    en, _ = load(esco.SOURCE, real_data / "esco" / "v1.2.0-en")
    subjects = [{t.subject for t in triples if t.object == LEER.Beroep} for triples in (nl, en)]
    assert subjects[0] == subjects[1]
    languages = {t.object.language for t in nl | en if t.predicate == SKOS.prefLabel and t.subject in subjects[0]}
    assert languages == {"nl", "en"}


def test_v112_fr_and_the_old_dutch_edition(real_data: Path, load) -> None:
    fr, findings = load(esco.SOURCE, real_data / "esco" / "v1.1.2-fr")
    assert kinds(fr)[LEER.Beroep] == 3007
    assert {finding.value for finding in findings if finding.rule != "loader/randblanco"} == {"20013", "5898"}
    assert {t.object.language for t in fr if t.predicate == SKOS.prefLabel} == {"fr"}
    assert sum(objects([t for t in fr if "/occupation/" in t.subject.value], SKOS.broader).values()) == 1760 + 1247
    old, _ = load(esco.SOURCE, real_data / "esco" / "v1.0.x-nl")
    assert kinds(old)[LEER.Beroep] == 2942
    assert sum(sum(objects(old, p).values()) for p in (ESCO.relatedEssentialSkill, ESCO.relatedOptionalSkill)) == 5971


def test_tabiya_sample_with_what_it_adds_of_its_own(real_data: Path, load) -> None:
    triples, findings = load(esco.SOURCE, real_data / "esco" / "tabiya-sample-v1.1.1")
    assert kinds(triples)[LEER.Beroep] == 3015
    assert kinds(triples)[ESCO.Skill] == 1000
    items = (LEER.heeftEssentieelItem, LEER.heeftOptioneelItem, LEER.heeftItem)
    assert [sum(objects(triples, predicate).values()) for predicate in items] == [4698, 3977, 4]
    local = Names().iri("esco-lokaal", "9629_1")
    origin = [triple.object for triple in triples if triple.subject == local and triple.predicate == SKOS.closeMatch]
    assert origin == [NamedNode("http://data.europa.eu/esco/occupation/00030d09-2b3a-4efd-87cc-c4ea39d27c34")]
    assert findings == []


def test_rome_joins_esco_through_isco_groups(real_data: Path, load) -> None:
    """98.9 % of the rows of the crosswalk point at a group that has ESCO occupations."""
    occupations, _ = load(esco.SOURCE, real_data / "esco" / "v1.2.0-nl")
    rome, _ = load(crosswalks.SOURCE, real_data / "rome-crosswalks")
    groups = {triple.object for triple in occupations if triple.predicate == LEER.iscoGroep}
    pairs = [triple for triple in rome if triple.predicate == LEER.iscoGroep]
    assert round(100 * sum(pair.object in groups for pair in pairs) / len(pairs), 1) == 98.9


def test_banketbakker_is_two_concepts_and_stays_two(real_data: Path, load) -> None:
    triples, _ = load(esco.SOURCE, real_data / "esco" / "v1.2.0-nl")
    named = {t.subject for t in triples if t.predicate == SKOS.prefLabel and t.object.value == "banketbakker"}
    assert len(named) == 2


@pytest.mark.parametrize("suffix", [".nt", ".rdf"])
def test_the_same_rdf_in_another_syntax_says_the_same(tmp_path: Path, suffix: str, load) -> None:
    from pyoxigraph import RdfFormat, parse, serialize

    sample = Path(__file__).parent / "standaarden" / "esco" / "v1.2.0-rdf"
    formats = {".nt": RdfFormat.N_TRIPLES, ".rdf": RdfFormat.RDF_XML}
    folder = tmp_path / "v1.2.0-rdf"
    folder.mkdir()
    quads = (quad.triple for quad in parse(path=sample / "esco.ttl", format=RdfFormat.TURTLE))
    serialize(quads, folder / f"esco{suffix}", format=formats[suffix])
    assert load(esco.SOURCE, folder)[0] == load(esco.SOURCE, sample)[0]


def test_what_is_refused_names_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "occupations.csv").write_text("conceptType,preferredLabel\n")
    with pytest.raises(SourceError, match="versie van ESCO staat niet"):
        esco.version(tmp_path)
    with pytest.raises(SourceError, match=r"occupations\.csv: .*in welke taal.*occupations_<taal>\.csv"):
        list(esco.records(tmp_path))
    folder = tmp_path / "v1.2.0-rdf"
    folder.mkdir()
    (folder / "esco.ttl").write_text("dit is geen turtle")
    with pytest.raises(SourceError, match=r"esco\.ttl: .*geen geldige RDF"):
        list(esco.records(folder))
    (folder / "esco.ttl").unlink()
    doctype = '<!DOCTYPE rdf:RDF [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    (folder / "esco.rdf").write_text(f'{doctype}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>')
    with pytest.raises(SourceError, match=r"esco\.rdf: .*bevat een DTD"):
        list(esco.records(folder))
    (folder / "esco.rdf").write_text("<rdf:RDF")
    with pytest.raises(SourceError, match=r"esco\.rdf: .*geen geldige RDF"):
        list(esco.records(folder))
    tabiya = tmp_path / "model-v1.1.2"
    tabiya.mkdir()
    (tabiya / "occupation_groups.csv").write_text("ORIGINURI,ID,PREFERREDLABEL\n")
    with pytest.raises(SourceError, match="taal van deze uitgave"):
        list(esco.records(tabiya))
