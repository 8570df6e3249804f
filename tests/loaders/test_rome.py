"""ROME: the whole of each real release, counted by code that is not the loader's; its traps; what is refused."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from pathlib import Path

import pytest
from leerbrug.errors import SourceError
from leerbrug.graph.names import Names, concept
from leerbrug.graph.vocabulary import DCTERMS, LEER, RDF, SKOS
from leerbrug.loaders import rome
from leerbrug.loaders.rome_records import Benaming, Beroep, Item, Tekst, Verband
from lxml import etree
from pyoxigraph import NamedNode

SAMPLES = Path(__file__).parent / "standaarden"


def rows(folder: Path, table: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    (path,) = folder.glob(f"unix_{table}_*.csv*")
    packed = path.read_bytes()
    text = (gzip.decompress(packed) if path.suffix == ".gz" else packed).decode(encoding)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def count(triples, predicate: NamedNode) -> int:
    return sum(triple.predicate == predicate for triple in triples)


def test_v460_gives_every_row_of_every_table(real_data: Path, load) -> None:
    folder = real_data / "rome-v460"
    findings = load(rome.SOURCE, folder)[1]
    records = list(rome.records(folder))
    per_file = Counter(record.place.file.partition("_v460")[0] for record in records)
    readme = {
        "unix_referentiel_code_rome": 1584,
        "unix_referentiel_appellation": 13_120,
        "unix_referentiel_competence": 18_317,
        "unix_referentiel_savoir": 15_354,
        "unix_referentiel_contexte_travail": 179,
        "unix_coherence_item": 104_219,
        "unix_cr_gd_dp": 1584,
        "unix_item": 33_850,
        "unix_referentiel_code_rome_riasec": 1584,
        "unix_arborescence_centre_interet": 4444,
        "unix_arborescence_secteur_activite": 3303,
        "unix_arborescence_thematique": 1348,
        "unix_grand_domaine": 14,
        "unix_domaine_professionnel": 110,
    }
    assert {file: per_file[file] for file in readme} == readme
    assert per_file["unix_arborescence_secteur_naf"] == 2920 + 1  # and the finding about its encoding
    # Block 1 of the links (1 584 rows) names the job itself and the printed tree has 14 + 110 headings.
    assert per_file["unix_liens_rome_referentiels"] == 118_923 - 1584
    assert per_file["unix_cr_gd_dp_appellations"] == 14_828 - 124
    texts = [record for record in records if isinstance(record, Tekst)]
    assert sum(len(record.zinnen) for record in texts) == 11_980
    assert sorted(finding.rule for finding in findings) == ["loader/apostrof", "loader/codering"]


def test_v460_ranks_items_as_the_source_does(real_data: Path, load) -> None:
    folder = real_data / "rome-v460"
    triples, _ = load(rome.SOURCE, folder)
    ranks = Counter(row["coeur_metier"] for row in rows(folder, "coherence_item"))
    contexts = {row["code_ogr"] for row in rows(folder, "referentiel_contexte_travail")}
    bare = sum(row["code_ogr"] in contexts for row in rows(folder, "coherence_item"))
    assert count(triples, LEER.heeftEssentieelItem) == ranks["Principale"] == 18_900
    assert count(triples, LEER.heeftOpkomendItem) == ranks["Émergente"] == 1731
    assert count(triples, LEER.heeftOptioneelItem) == ranks["Émergente"] + ranks[""] - bare
    assert count(triples, LEER.heeftItem) == 104_219


def test_v460_links_nothing_that_it_does_not_describe(real_data: Path, load) -> None:
    triples, _ = load(rome.SOURCE, real_data / "rome-v460")
    described = {triple.subject for triple in triples if triple.predicate == RDF.type}
    linked = {triple.object for triple in triples if isinstance(triple.object, NamedNode)}
    ours = {node for node in linked if "/id/rome-" in node.value}
    assert ours - described == set()


def test_no_thing_has_two_names_in_one_release(real_data: Path, load) -> None:
    for folder in ("rome-v460", "rome-v347", "rome-v344-xml"):
        triples, _ = load(rome.SOURCE, real_data / folder)
        named = Counter(triple.subject for triple in triples if triple.predicate == SKOS.prefLabel)
        assert set(named.values()) == {1}
        assert named.keys() == {triple.subject for triple in triples if triple.predicate == RDF.type}


def test_v347_survives_its_dangling_job(real_data: Path, load) -> None:
    folder = real_data / "rome-v347"
    triples, findings = load(rome.SOURCE, folder)
    kinds = Counter(triple.object for triple in triples if triple.predicate == RDF.type)
    assert kinds[LEER.Beroep] == 531 + 1
    assert kinds[LEER.Beroepsbenaming] == 10_990
    items = {row["code_ogr"] for row in rows(folder, "item")}
    knowledge = {row["code_ogr"] for row in rows(folder, "referentiel_competence")}
    assert kinds[LEER.Beroepsitem] == len(items | knowledge)
    dangling = [finding for finding in findings if finding.rule == "loader/zwevende-verwijzing"]
    l1510 = {finding.place.file: finding for finding in dangling if finding.value == "L1510"}
    assert "96 keer" in l1510["unix_coherence_item_v347_complete.csv.gz"].message["nl"]
    assert "unix_cr_gd_dp_v347_utf8.csv.gz" in l1510
    beroep = Names().iri("rome-beroep", "L1510", "347")
    assert any(triple.subject == beroep and triple.predicate == SKOS.prefLabel for triple in triples)


def test_v347_tells_what_every_holder_does_from_what_depends_on_the_post(real_data: Path, load) -> None:
    folder = real_data / "rome-v347"
    triples, _ = load(rome.SOURCE, folder)
    links = {(row["code_rome"], row["code_ogr"], row["code_compo_bloc"]) for row in rows(folder, "liens_rome")}
    assert count(triples, LEER.heeftEssentieelItem) == sum(blok == "8" for *_, blok in links)
    assert count(triples, LEER.heeftOptioneelItem) == sum(blok == "9" for *_, blok in links)
    whole = {
        (row["code_rome"], row["code_ogr"])
        for name in ("complete", "utf8")
        for row in csv.DictReader(
            io.StringIO(gzip.decompress((folder / f"unix_coherence_item_v347_{name}.csv.gz").read_bytes()).decode())
        )
    }
    contexts = {(code, ogr) for code, ogr, blok in links if blok == "7"}
    assert count(triples, LEER.heeftItem) == len(whole | contexts)


def test_v344_xml_counts_and_accents(real_data: Path, load) -> None:
    records = list(rome.records(real_data / "rome-v344-xml"))
    kinds = Counter(type(record) for record in records)
    assert kinds[Beroep] == 532
    soorten = Counter(record.soort for record in records if isinstance(record, Item))
    assert soorten == {"activiteit": 8983, "kennis": 4930, "context": 766}
    names = {record.code: record.naam for record in records if isinstance(record, Beroep)}
    assert names["A1201"].startswith("Bûcheronnage")


@pytest.mark.parametrize("sample", ["referentiel_activite", "referentiel_competence", "referentiel_env_travail"])
def test_xml_agrees_with_the_hand_checked_skos_conversion(real_data: Path, tmp_path: Path, sample: str) -> None:
    """Another project's conversion, made by hand (and not well-formed at its end), names the same items the same."""
    folder = real_data / "rome-v344-xml" / "skos-conversion-samples" / f"unix_{sample}_v344"
    (tmp_path / f"unix_{sample}_v344_iso8859-15.xml").write_bytes((folder / "input.xml").read_bytes())
    ours = {record.ogr: record.naam for record in rome.records(tmp_path) if isinstance(record, Item)}
    tree = etree.parse(folder / "expected.rdf", etree.XMLParser(recover=True))
    rdf, skos = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}", "{http://www.w3.org/2004/02/skos/core#}"
    named = [
        (node.get(f"{rdf}about", ""), node.findtext(f"{skos}prefLabel")) for node in tree.getroot().iterchildren("*")
    ]
    theirs = {about.rpartition("/")[2]: label for about, label in named}
    assert len(ours) >= 3
    assert {ogr: theirs[ogr] for ogr in ours} == ours


def test_editions_and_versions(real_data: Path) -> None:
    found = rome.editions(real_data)
    assert [rome.version(folder) for folder in found] == ["344", "347", "460"]


def test_a_folder_with_two_releases_is_refused(tmp_path: Path) -> None:
    for release in ("347", "460"):
        (tmp_path / f"unix_grand_domaine_v{release}_utf8.csv").touch()
    with pytest.raises(SourceError, match="347, 460 release"):
        rome.version(tmp_path)


def test_an_unknown_generation_is_refused(tmp_path: Path) -> None:
    (tmp_path / "unix_grand_domaine_v512_utf8.csv").touch()
    with pytest.raises(SourceError, match=r"Generatie 5.*generaties 3"):
        list(rome.records(tmp_path))


def test_an_encoding_nobody_told_us_of_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "unix_grand_domaine_v347_utf8.csv"
    path.write_bytes('"code_grand_domaine","libelle_grand_domaine"\n"A","Pêche"\n'.encode("cp1252"))
    with pytest.raises(SourceError, match=r"v347_utf8\.csv, regel 2: .*geen utf-8"):
        list(rome.records(tmp_path))


def test_whole_card_in_xml(load) -> None:
    records = list(rome.records(SAMPLES / "rome-xml"))
    assert [record.naam for record in records if isinstance(record, Beroep)] == ["Magasinage au cœur (gist)"]
    assert len([record for record in records if isinstance(record, Benaming)]) == 1
    spots = [record.place.spot for record in records if isinstance(record, Verband)]
    assert "regel 3 /les_activites_specifique/bloc/activite_specifique/item[2]" in spots
    triples, _ = load(rome.SOURCE, SAMPLES / "rome-xml")
    soorten = {triple.object for triple in triples if triple.predicate == LEER.itemsoort}
    assert soorten == {concept("itemsoort", soort) for soort in ("activiteit", "vaardigheid", "kennis", "context")}
    assert count(triples, DCTERMS.identifier) == 1
