"""SSSOM: a set goes in and comes out again; a fault names its row and column."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leerbrug.checks import Validator
from leerbrug.checks.shapes import ntriples
from leerbrug.errors import SourceError
from leerbrug.graph.names import Names
from leerbrug.graph.statements import Place, Statement
from leerbrug.graph.vocabulary import LEER, SKOS
from leerbrug.loaders import sssom
from leerbrug.loaders.sssom import Record

SAMPLE = Path(__file__).parent / "standaarden" / "sssom" / "bk-esco.sssom.tsv"
HEAD = "#curie_map:\n#  a: https://voorbeeld.be/a/\n"
COLUMNS = "subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\tmapping_date\n"
GOOD = "a:1\tskos:exactMatch\ta:2\tsemapv:ManualMappingCuration\t0.5\t2026-01-31\n"


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "set.sssom.tsv"
    path.write_text(text)
    return path


def test_the_metadata_fills_what_a_row_leaves_empty() -> None:
    first, second = sssom.records(SAMPLE)
    assert first.datum == second.datum == "2026-01-15"
    assert first.verzameling == "https://w3id.org/leerbrug/mappings/voorbeeld"
    assert first.onderwerp == "https://w3id.org/leerbrug/id/beroepskwalificatie/BK-0019"
    assert (first.niet, second.niet) == (False, True)
    assert first.place == Place("bk-esco.sssom.tsv", "regel 10")


def test_a_denied_mapping_says_so_and_no_shape_objects() -> None:
    affirmed, denied = sssom.records(SAMPLE)
    said = [item for item in sssom.said(denied, Names()) if isinstance(item, Statement)]
    assert [item.object.value for item in said if item.predicate == LEER.ontkend] == ["true"]
    assert all(item.predicate != LEER.ontkend for item in sssom.said(affirmed, Names()) if isinstance(item, Statement))
    opposite = sssom.said(msgspec.structs.replace(denied, niet=False), Names())
    assert said[0].subject not in {item.subject for item in opposite if isinstance(item, Statement)}
    assert Validator().validate(ntriples(item.triple() for item in said)) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + COLUMNS + GOOD.replace("a:1", "b:1"), r"regel 4, kolom subject_id: .*'b:1'.*curie_map"),
        (HEAD + COLUMNS + GOOD.replace("a:2", ""), r"regel 4, kolom object_id: .*geen waarde"),
        (HEAD + COLUMNS + GOOD.replace("0.5", "1.5"), r"regel 4, kolom confidence: .*'1\.5'.*0 tot en met 1"),
        (HEAD + COLUMNS + GOOD.replace("0.5", "nan"), r"kolom confidence"),
        (HEAD + COLUMNS + GOOD.replace("2026-01-31", "2026-02-31"), r"kolom mapping_date: .*jjjj-mm-dd"),
        (HEAD + COLUMNS + GOOD.strip() + "\textra\n", r"regel 4: .*7 velden, de kop 6"),
        (HEAD + COLUMNS.replace("predicate_id", "relatie") + GOOD, r"regel 3: .*mist predicate_id"),
        ("#zomaar wat\n" + COLUMNS + GOOD, r"regel 1: .*geen metadata"),
    ],
)
def test_a_fault_names_row_and_column(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        list(sssom.records(write(tmp_path, text)))


def test_two_claims_about_one_pair_stay_two() -> None:
    one = Record(Place("x"), "https://a", "https://p", "https://b", "https://j", auteur="orcid:1")
    two = Record(Place("x"), "https://a", "https://p", "https://b", "https://j", auteur="orcid:2")
    subjects = {said.subject for record in (one, two) for said in sssom.said(record, Names())}  # type: ignore[union-attr]
    assert len(subjects) == 2


IRIS = st.builds("https://voorbeeld.be/{}/{}".format, st.sampled_from("ab"), st.integers(0, 99).map(str))
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
RECORDS = st.builds(
    Record,
    st.just(Place("set.sssom.tsv")),
    IRIS,
    st.sampled_from([SKOS.exactMatch.value, SKOS.closeMatch.value]),
    IRIS,
    st.just("https://w3id.org/semapv/vocab/ManualMappingCuration"),
    niet=st.booleans(),
    auteur=st.sampled_from(["", "orcid:0000-0002-1825-0097"]),
    vertrouwen=st.sampled_from(["", "0", "0.25", "1"]),
    datum=st.sampled_from(["", "2026-01-31"]),
    opmerking=st.lists(WORDS, max_size=3).map(" ".join),
    verzameling=st.just("https://voorbeeld.be/set"),
)


@settings(deadline=None)
@given(st.lists(RECORDS, max_size=5))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, mappings: list[Record]) -> None:
    path = tmp_path_factory.mktemp("sssom") / "set.sssom.tsv"
    path.write_text("".join(sssom.write(mappings, {"a": "https://voorbeeld.be/a/"}, "https://voorbeeld.be/set")))

    def bare(record: Record) -> tuple[object, ...]:
        return tuple(getattr(record, field) for field in record.__struct_fields__ if field != "place")

    assert [bare(record) for record in sssom.records(path)] == [bare(record) for record in mappings]
