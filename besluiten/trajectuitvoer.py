"""A draft trajectory for people and programs: DOCX, XLSX, HTML and JSON-LD, each saying that it is a draft."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

import docx
import msgspec
import xlsxwriter

from ..graph.names import Names
from .projectie import versie_iri
from .soorten import Trajectcluster, Trajectontwerp
from .trajectontwerp import LET_OP
from .wereld import Wereld


class Onderwijsdoel(msgspec.Struct, frozen=True):
    """A goal that holds for the group of the programme, as the graph says it."""

    iri: str
    code: str
    tekst: str
    soort: str


Doelen = Sequence[Onderwijsdoel]
DOELKOPPEN = ("onderwijsdoel", "tekst", "soort")
KOPPEN = ("volgorde", "cluster", "kwalificatie", "competenties", "plaats", "uren (voorstel)", "bewijs")


def _rijen(ontwerp: Trajectontwerp, wereld: Wereld) -> Iterator[tuple[str, ...]]:
    for cluster in sorted(ontwerp.clusters, key=lambda cluster: cluster.volgorde):
        competenties = "\n".join(_tekst(cluster, code, wereld) for code in cluster.competenties)
        yield (
            str(cluster.volgorde),
            cluster.naam,
            cluster.versie,
            competenties,
            cluster.plaats,
            str(cluster.uren),
            cluster.bewijs,
        )


def _tekst(cluster: Trajectcluster, code: str, wereld: Wereld) -> str:
    kwalificatie = wereld.catalogus.kwalificaties.get(cluster.versie)
    teksten = {een.code: een.tekst for een in kwalificatie.competenties} if kwalificatie else {}
    return f"{code} {teksten.get(code, '')}".strip()


def als_docx(ontwerp: Trajectontwerp, wereld: Wereld, doelen: Doelen = ()) -> bytes:
    """The draft as a Word document."""
    document = docx.Document()
    document.add_heading(ontwerp.titel, level=1)
    document.add_paragraph(LET_OP, style="Intense Quote")
    _tabel(document, KOPPEN, _rijen(ontwerp, wereld))
    if doelen:
        document.add_heading("Onderwijsdoelen", level=2)
        _tabel(document, DOELKOPPEN, ((doel.code, doel.tekst, doel.soort) for doel in doelen))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _tabel(document: Any, koppen: Sequence[str], rijen: Iterable[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(koppen))
    table.style = "Table Grid"
    for row in (koppen, *rijen):
        cells = table.rows[0].cells if row is koppen else table.add_row().cells
        for cell, value in zip(cells, row, strict=True):
            cell.text = value


def als_xlsx(ontwerp: Trajectontwerp, wereld: Wereld, doelen: Doelen = ()) -> bytes:
    """The draft as a spreadsheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Ontwerp")
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write(0, 0, ontwerp.titel)
        sheet.write(1, 0, LET_OP)
        sheet.write_row(3, 0, KOPPEN, book.add_format({"bold": True}))
        for number, rij in enumerate(_rijen(ontwerp, wereld), 4):
            sheet.write_row(number, 0, rij, wrap)
        for column, width in enumerate((9, 34, 14, 70, 9, 14, 40)):
            sheet.set_column(column, column, width)
        if doelen:
            goals = book.add_worksheet("Onderwijsdoelen")
            goals.write_row(0, 0, DOELKOPPEN, book.add_format({"bold": True}))
            for number, doel in enumerate(doelen, 1):
                goals.write_row(number, 0, (doel.code, doel.tekst, doel.soort), wrap)
            goals.set_column(1, 1, 90)
    return stream.getvalue()


def als_html(ontwerp: Trajectontwerp, wereld: Wereld, doelen: Doelen = ()) -> bytes:
    """The draft as one page that stands alone."""
    tabel = _html_tabel(KOPPEN, _rijen(ontwerp, wereld))
    if doelen:
        tabel += "<h2>Onderwijsdoelen</h2>"
        tabel += _html_tabel(DOELKOPPEN, ((doel.code, doel.tekst, doel.soort) for doel in doelen))
    titel = escape(ontwerp.titel)
    return (
        f"<!doctype html><html lang='nl'><head><meta charset='utf-8'><title>{titel}</title></head><body>"
        f"<h1>{titel}</h1><p role='note'><strong>{escape(LET_OP)}</strong></p>"
        f"{tabel}</body></html>"
    ).encode()


def _html_tabel(koppen: Sequence[str], rijen: Iterable[Sequence[str]]) -> str:
    kop = "".join(f"<th scope='col'>{escape(kop)}</th>" for kop in koppen)
    inhoud = "".join(
        "<tr>" + "".join(f"<td>{escape(value).replace(chr(10), '<br>')}</td>" for value in rij) + "</tr>"
        for rij in rijen
    )
    return f"<table><thead><tr>{kop}</tr></thead><tbody>{inhoud}</tbody></table>"


def als_jsonld(ontwerp: Trajectontwerp, wereld: Wereld, doelen: Doelen = ()) -> bytes:
    """The draft in the words of our context."""
    names = Names(wereld.catalogus.basis)
    programma = names.iri("structuuronderdeel", ontwerp.bereik.programma).value
    delen = [_cluster(cluster, f"{programma}/trajectontwerp", names, wereld) for cluster in ontwerp.clusters]
    whole = {
        "@context": f"{names.base}/context/v1.jsonld",
        "id": f"{programma}/trajectontwerp",
        "type": "Trajectontwerp",
        "prefLabel": {"nl": ontwerp.titel},
        "note": {"nl": [LET_OP]},
        "ontwerpcluster": delen,
        **({"heeftOnderwijsdoel": [doel.iri for doel in doelen]} if doelen else {}),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _cluster(cluster: Trajectcluster, base: str, names: Names, wereld: Wereld) -> Mapping[str, Any]:
    kwalificatie = wereld.catalogus.kwalificaties.get(cluster.versie)
    iris = {een.code: een.iri for een in kwalificatie.competenties} if kwalificatie else {}
    return {
        "id": f"{base}/cluster/{cluster.volgorde}",
        "type": "Cluster",
        "prefLabel": {"nl": cluster.naam},
        "heeftCompetentie": [iris.get(code, names.iri("competentie", code).value) for code in cluster.competenties],
        "heeftCompetentiesUit": [versie_iri(cluster.versie, names).value],
        "leerplaats": [cluster.plaats],
        "urenvoorstel": cluster.uren,
    }


VORMEN: Mapping[str, tuple[str, Callable[[Trajectontwerp, Wereld, Doelen], bytes]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", als_docx),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", als_xlsx),
    "html": ("text/html; charset=utf-8", als_html),
    "jsonld": ("application/ld+json", als_jsonld),
}
"""The forms of a draft: media type, and what makes it."""
