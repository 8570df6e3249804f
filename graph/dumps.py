"""The graph for people who do not run a store: all of it as JSON-LD, and the Flemish part as tables.

N-Quads is the release's own `graph.nq.gz`. Equal content gives equal bytes: no file here holds a time.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import IO, cast

from pyoxigraph import RdfFormat, parse, serialize

from .catalogus import Catalogus, Erkenning, Geldigheid, Programma
from .dump import COMPRESSION
from .store import open_dump

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the zip: the earliest that the format knows."""

Rows = Iterable[tuple[object, ...]]

TABLES: dict[str, tuple[tuple[str, ...], Callable[[Catalogus], Rows]]] = {
    "kwalificaties": (
        ("code", "soort", "naam", "reeks", "versie", "niveau", "geldig_van", "geldig_tot", "iri"),
        lambda c: (
            (k.code, k.soort, k.naam.get("nl", ""), k.reeks, k.versie, k.niveau, *_dagen(k.geldigheid), k.iri)
            for k in c.kwalificaties.values()
        ),
    ),
    "competenties": (
        ("kwalificatie", "nr", "code", "tekst", "referenties", "iri"),
        lambda c: (
            (k.code, i.nr, i.code, i.tekst, " | ".join(i.referenties), i.iri)
            for k in c.kwalificaties.values()
            for i in k.competenties
        ),
    ),
    "structuuronderdelen": (
        ("code", "titel", "groep", "graad", "finaliteit", "onderwijsvorm", "duaal", "geldig_van", "geldig_tot", "iri"),
        lambda c: (
            (p.code, p.titel, p.groep, *_plaats(p), *_dagen(p.geldigheid), p.iri) for p in c.programmas.values()
        ),
    ),
    "erkenningen": (
        ("code", "versie", "structuuronderdeel", "status", "geldig_van", "geldig_tot", "contract", "uren_min", "iri"),
        lambda c: (
            (e.code, e.versie, e.programma, e.status, *_dagen(e.geldigheid), *_contract(e), e.iri)
            for e in c.erkenningen.values()
        ),
    ),
    "erkenning-kwalificatie": (
        ("erkenning", "kwalificatie", "volledigheid"),
        lambda c: (
            (e.code, code, how)
            for e in c.erkenningen.values()
            for codes, how in ((e.volledig, "volledig"), (e.gedeeltelijk, "gedeeltelijk"))
            for code in codes
        ),
    ),
    "studiebewijzen": (
        ("erkenning", "naam", "soort", "bewijs_van", "ok_niveau", "bk_niveau", "iri"),
        lambda c: (
            (e.code, b.naam, b.soort, b.van, b.ok_niveau, b.bk_niveau, b.iri)
            for e in c.erkenningen.values()
            for b in e.studiebewijzen
        ),
    ),
}
"""A file in the zip -> its columns and its rows."""


def _dagen(geldigheid: Geldigheid) -> tuple[date | None, date | None]:
    return geldigheid.van, geldigheid.tot


def _plaats(programma: Programma) -> tuple[str, str, str, str]:
    return programma.graad, programma.finaliteit, programma.onderwijsvorm, "ja" if programma.duaal else "nee"


def _contract(erkenning: Erkenning) -> tuple[str, int | None]:
    return (erkenning.contract.soort, erkenning.contract.uren_min) if erkenning.contract else ("", None)


def write_json_ld(dump: Path, path: Path) -> None:
    """Write a dump as JSON-LD (expanded, gzip), one quad after the other; memory stays flat."""
    with open_dump(dump) as source, path.open("wb") as file:
        quads = parse(source, format=RdfFormat.N_QUADS, lenient=True)
        with gzip.GzipFile("", "wb", COMPRESSION, file, mtime=0) as packed:
            serialize(quads, cast("IO[bytes]", packed), RdfFormat.JSON_LD)


def write_tables(catalogus: Catalogus, path: Path) -> None:
    """Write the Flemish qualifications, programmes and recognitions as CSV tables in a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (columns, rows) in TABLES.items():
            info = zipfile.ZipInfo(f"{name}.csv", EPOCH)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, _csv(columns, rows(catalogus)))


def _csv(columns: tuple[str, ...], rows: Rows) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(("" if value is None else _safe(str(value)) for value in row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(value: str) -> str:
    """A text that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
