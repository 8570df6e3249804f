"""What somebody else made is opened safely: bombs, entities, paths that leave, and lines without end are refused."""

from __future__ import annotations

import gzip
import json
import lzma
import os
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from leerbrug.errors import SourceError
from leerbrug.loaders import files

LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE lolz [
 <!ENTITY lol "lol">
 <!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
 <!ENTITY lol2 "&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;">
 <!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">
]>
<ogr><item>&lol3;</item></ogr>
"""


def test_plain_gz_and_xz_read_the_same(tmp_path: Path) -> None:
    content = b"een\ntwee\r\ndrie"
    (tmp_path / "a.txt").write_bytes(content)
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(content))
    (tmp_path / "a.txt.xz").write_bytes(lzma.compress(content))
    expected = [(1, "een"), (2, "twee"), (3, "drie")]
    assert [list(files.lines(path)) for path in sorted(tmp_path.iterdir())] == [expected] * 3


@pytest.mark.parametrize("suffix", [".gz", ".xz"])
def test_a_bomb_stops_at_its_bound(tmp_path: Path, suffix: str) -> None:
    bomb = tmp_path / f"bom.csv{suffix}"
    opener = gzip.open if suffix == ".gz" else lzma.open
    with opener(bomb, "wb") as stream:
        for _ in range(70):
            stream.write((b"x" * 1023 + b"\n") * 1024)
    assert bomb.stat().st_size * files.MAX_RATIO < 70 * 2**20
    with pytest.raises(SourceError, match=r"bom\.csv.*pakt uit tot meer dan 67108864 bytes"):
        for _ in files.lines(bomb):
            pass


def test_a_line_without_end_is_refused_with_its_number_and_flat_memory(tmp_path: Path) -> None:
    long = tmp_path / "lang.jsonl.gz"
    with gzip.open(long, "wb", compresslevel=1) as stream:
        stream.write(b'{"titel": "kort"}\n')
        for _ in range(40):
            stream.write(b"x" * 2**20)
    tracemalloc.start()
    with pytest.raises(SourceError, match=r"lang\.jsonl\.gz, regel 2: .*33554432 bytes\. Splits het\."):
        list(files.json_lines(long))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * files.MAX_LINE


def test_a_gigabyte_line_in_a_sparse_file_is_refused(tmp_path: Path) -> None:
    sparse = tmp_path / "gigabyte.csv"
    with sparse.open("wb") as stream:
        stream.write(b"code,titel\n")
        os.truncate(stream.fileno(), 2**30)
    with pytest.raises(SourceError, match="regel 2"):
        list(files.csv_rows(sparse))


@pytest.mark.parametrize(
    "damage", [lambda packed: packed[: len(packed) // 2], lambda packed: packed[:20] + b"\xff" * 9 + packed[29:]]
)
def test_a_damaged_gz_is_an_error_of_the_source(tmp_path: Path, damage: object) -> None:
    path = tmp_path / "stuk.csv.gz"
    path.write_bytes(damage(gzip.compress(os.urandom(5000))))  # type: ignore[operator]
    with pytest.raises(SourceError, match="kan niet uitgepakt worden"):
        list(files.lines(path, "latin-1"))


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"weg\.csv: .*Controleer het pad"):
        list(files.lines(tmp_path / "weg.csv"))


def test_another_encoding_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "naf.csv"
    path.write_bytes("code\ngoed\nménage\n".encode("cp1252"))
    with pytest.raises(SourceError, match=r"naf\.csv, regel 3: .*geen utf-8"):
        list(files.lines(path))


@pytest.mark.parametrize(
    "text", [LAUGHS, '<!DOCTYPE ogr SYSTEM "file:///etc/passwd"><ogr><item/></ogr>', "<!DOCTYPE ogr><ogr/>"]
)
def test_entities_are_refused_before_anything_is_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "lach.xml"
    path.write_text(text)
    with pytest.raises(SourceError, match="bevat een DTD"):
        list(files.xml_elements(path, "item"))


def test_broken_xml_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "stuk.xml"
    path.write_text("<ogr>\n<item>een</item>\n<item>twee</ogr>")
    with pytest.raises(SourceError, match=r"stuk\.xml, regel 3: .*geen geldige XML"):
        list(files.xml_elements(path, "item"))


def test_xml_elements_keep_memory_flat(tmp_path: Path) -> None:
    path = tmp_path / "groot.xml.gz"
    with gzip.open(path, "wt", compresslevel=1) as stream:
        stream.write("<ogr>\n")
        stream.writelines(f"<item><libelle>{number:0100}</libelle></item>\n" for number in range(50_000))
        stream.write("</ogr>")
    seen = 0
    for line, element in files.xml_elements(path, "item"):
        seen += 1
        parent = element.getparent()
        assert parent is not None
        assert len(parent) < 1000  # what the parser read ahead, never what it left behind
        assert line in {seen + 1, 65_535}
    assert seen == 50_000


@pytest.mark.parametrize("name", ["../buiten.json", "/etc/wachtwoord", "a/../../b", "..\\venster.json"])
def test_a_zip_whose_paths_leave_it_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(SourceError, match=r"in\.zip: .*bevat het pad"):
        list(files.zip_members(path))


def test_a_zip_bomb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "bom.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("nul.csv", "w") as stream:
        for _ in range(70):
            stream.write(bytes(2**20))
    with pytest.raises(SourceError, match="te ver uitpakt"):
        list(files.zip_members(path))


def test_what_is_no_zip_says_so(tmp_path: Path) -> None:
    path = tmp_path / "geen.zip"
    path.write_text("geen zip")
    with pytest.raises(SourceError, match="is geen zip"):
        list(files.zip_members(path))


def test_csv_keeps_quoted_line_breaks_and_counts_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('\ufeff"code","titel"\n"1","een\ntwee"\n"2",""\n')
    assert list(files.csv_rows(path)) == [(3, {"code": "1", "titel": "een\ntwee"}), (4, {"code": "2", "titel": ""})]
    assert list(files.csv_columns(path, ["titel", "code"], optional=["soort"])) == [
        (3, ("een\ntwee", "1", "")),
        (4, ("", "2", "")),
    ]


def test_csv_names_the_missing_column_and_the_ragged_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("code,titel\n1,een\n2\n")
    with pytest.raises(SourceError, match=r"a\.csv, regel 1: .*mist de kolom niveau.*De kop is: code, titel"):
        list(files.csv_columns(path, ["code", "niveau"]))
    with pytest.raises(SourceError, match=r"a\.csv, regel 3: .*1 velden, de kop 2"):
        list(files.csv_rows(path))


def test_csv_that_never_closes_its_quote_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('code,titel\n1,"open\n' + "x\n" * 200_000)
    with pytest.raises(SourceError, match="is geen CSV"):
        list(files.csv_rows(path))


def test_json_lines_names_the_line_and_survives_depth(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1}\n\n{"a": \n')
    with pytest.raises(SourceError, match=r"a\.jsonl, regel 3: .*geen JSON"):
        list(files.json_lines(path))
    path.write_text("[" * 200_000)
    with pytest.raises(SourceError, match=r"a\.jsonl, regel 1"):
        list(files.json_lines(path))


def test_json_items_streams_an_array_and_names_the_broken_item(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    values = [{"titel": "é" * 50, "n": number} for number in range(5000)] + [12, "tekst", None, [1, [2]]]
    path.write_text(json.dumps(values, indent=1, ensure_ascii=False))
    assert list(files.json_items(path)) == list(enumerate(values))
    path.write_text('{"alleen": 1}')
    assert list(files.json_items(path)) == [(0, {"alleen": 1})]
    path.write_text("[]")
    assert list(files.json_items(path)) == []
    path.write_bytes('["é"]'.encode("cp1252"))
    with pytest.raises(SourceError, match=r"a\.json, /0: .*geen JSON"):
        list(files.json_items(path))
    path.write_text('[{"a": 1}, {"a": ]')
    with pytest.raises(SourceError, match=r"a\.json, /1: .*geen JSON"):
        list(files.json_items(path))
