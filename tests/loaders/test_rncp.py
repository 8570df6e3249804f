"""RNCP: the whole of the real export, counted by code that is not the loader's; codes ROME lacks; XML as CSV."""

from __future__ import annotations

import csv
import io
import lzma
import tracemalloc
import unicodedata
from collections import Counter
from pathlib import Path

from leerbrug.graph.names import Names
from leerbrug.graph.vocabulary import DCTERMS, LEER, RDF, SKOS
from leerbrug.loaders import rncp, rome
from leerbrug.loaders.rncp_records import Rome, Verband, rome_codes
from leerbrug.loaders.rome_records import Beroep
from pyoxigraph import NamedNode

SAMPLES = Path(__file__).parent / "standaarden"


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    (path,) = folder.glob(f"*{name}*.csv.xz")
    return list(csv.DictReader(io.StringIO(lzma.decompress(path.read_bytes()).decode(), newline=""), delimiter=";"))


def test_the_export_gives_every_row(real_data: Path) -> None:
    records = list(rncp.records(real_data / "rncp"))
    soorten = Counter(record.soort for record in records if isinstance(record, Verband))
    assert soorten["nsf"] == 45_013
    assert soorten["formacode"] == 32_506
    assert soorten["certificateur"] == 39_298
    assert soorten["diploma"] == 6822 - 31
    assert sum(isinstance(record, Rome) for record in records) == 65_070
    ccn = rows(real_data / "rncp", "_CCN_")
    assert len(ccn) == 1146
    assert soorten["ccn"] == sum(bool(row[f"Ccn_{index}_Numero"]) for row in ccn for index in (1, 2, 3))


def test_fiches_titles_and_levels(real_data: Path, load) -> None:
    folder = real_data / "rncp"
    triples, findings = load(rncp.SOURCE, folder)
    names = ("_Rome_", "_Nsf_", "_Formacode_", "_Certificateurs_", "_CCN_")
    fiches = {row["Numero_Fiche"] for name in names for row in rows(folder, name)}
    kit = {row["FicheRNCP"] for row in rows(folder, "kit")} - {"NR"}
    assert len(kit) == 4588 - 1
    standards = {t.subject for t in triples if t.object == LEER.Beroepsstandaard}
    assert len(standards) == len(fiches | kit)
    titled = {t.subject for t in triples if t.predicate == SKOS.prefLabel} & standards
    assert len(titled) == len(kit)
    levels = {t.object.value for t in triples if t.predicate == LEER.niveauEuropees}
    assert levels == {f"http://data.europa.eu/snb/eqf/{level}" for level in range(3, 9)}
    rules = Counter(finding.rule for finding in findings)
    assert rules["loader/rncp-geen-fiche"] == 31
    assert rules["loader/rncp-siret"] == rules["loader/rncp-zonder-titel"] == 1


def test_siret_numbers_lose_their_tab_and_nothing_else(real_data: Path, load) -> None:
    triples, findings = load(rncp.SOURCE, real_data / "rncp")
    codes = {t.object.value for t in triples if t.predicate == LEER.code and "/organisatie/" in t.subject.value}
    assert codes == {row["Siret_Certificateur"].strip("\t") for row in rows(real_data / "rncp", "_Certificateurs_")}
    (siret,) = [finding for finding in findings if finding.rule == "loader/rncp-siret"]
    assert siret.value == "39298"


def test_codes_that_rome_lacks_are_findings_and_no_links(real_data: Path, load) -> None:
    triples, findings = load(rncp.SOURCE, real_data / "rncp")
    jobs = {r.code for r in rome.records(real_data / "rome-v460") if isinstance(r, Beroep)}
    assert rome_codes() == jobs
    used = [row["Codes_Rome_Code"] for row in rows(real_data / "rncp", "_Rome_")]
    odd = [finding.value for finding in findings if finding.rule == "loader/rncp-rome"]
    assert Counter(odd) == Counter(code for code in used if code not in jobs)
    linked = {t.object for t in triples if t.predicate == LEER.beroep}
    assert linked == {Names().iri("rome-beroep", code, "460") for code in used if code in jobs}


def test_the_sample_with_all_kinds_of_file(real_data: Path, load) -> None:
    folder = real_data / "rncp" / "sample-2024-02-22"
    triples, _ = load(rncp.SOURCE, folder)
    kinds = Counter(t.object for t in triples if t.predicate == RDF.type)
    assert kinds[LEER.Beroepsstandaard] == 9
    assert kinds[LEER.Competentieblok] == 6
    assert sum(t.predicate == LEER.toegangsweg for t in triples) == 34
    assert sum(t.predicate == LEER.opleidingspartner for t in triples) == 10
    assert [rncp.version(edition) for edition in rncp.editions(real_data / "rncp")] == ["2026-02-01", "2024-02-22"]


def test_file_names_may_spell_their_accents_either_way(tmp_path: Path, load) -> None:
    folder = tmp_path / "nfd"
    folder.mkdir()
    for path in (SAMPLES / "rncp").iterdir():
        (folder / unicodedata.normalize("NFD", path.name)).write_bytes(path.read_bytes())
    assert load(rncp.SOURCE, folder)[0] == load(rncp.SOURCE, SAMPLES / "rncp")[0]


def test_xml_says_of_a_fiche_what_csv_says(load) -> None:
    fiche = Names().iri("rncp", "RNCP37537")
    xml, csv_ = (load(rncp.SOURCE, SAMPLES / folder)[0] for folder in ("rncp-xml", "rncp"))
    shared = {RDF.type, LEER.code, SKOS.prefLabel, LEER.niveauEuropees, LEER.actief, LEER.einddatum, LEER.beroep}
    shared |= {LEER.certificeerder, LEER.opleidingspartner, DCTERMS.replaces, DCTERMS.subject}

    def facts(triples) -> set[tuple[NamedNode, str]]:
        return {(t.predicate, str(t.object)) for t in triples if t.subject == fiche and t.predicate in shared}

    assert facts(xml) == facts(csv_)
    assert len({predicate for predicate, _ in facts(xml)}) == len(shared)


def test_memory_stays_flat_on_a_long_file(tmp_path: Path) -> None:
    path = tmp_path / "export_fiches_CSV_Rome_2026_02_01.csv"
    with path.open("w") as stream:
        stream.write('"Numero_Fiche";"Codes_Rome_Code";"Codes_Rome_Libelle"\n')
        stream.writelines(f'"RNCP{row % 100}";"D1102";"Boulangerie {row} (gist)"\n' for row in range(60_000))
    tracemalloc.start()
    statements = sum(1 for record in rncp.records(tmp_path) for _ in rncp.SOURCE.said(record, Names()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert statements > 60_000
    assert peak < 4 * 2**20 < path.stat().st_size * 2
