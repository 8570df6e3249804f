"""A bridge as PDF: the interval both ways, and each competence that is shown with its verdict and its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..pathways.brug import Brug, Competentieoordeel
from ..pathways.oordeel import Verdict
from .pdf import INKT, MARGE, ZACHT, Kleur, Pdf, Stuk
from .svg import stukken
from .svg_brug import KLEUREN

STREEP, OORDEEL = 5.0, 34.0
"""The width of the stroke before a row and of the column of its verdict, in millimetres."""

BIJ, WEG = (29, 115, 72), (160, 48, 64)
LEESBAAR: Mapping[Verdict, Kleur] = {Verdict.TE_BEVESTIGEN: (127, 83, 0), Verdict.ONVERGELIJKBAAR: ZACHT}
"""Verdicts whose colour is too light for words -> the colour of their word."""


class Woorden(NamedTuple):
    """What the document says around the bridge, in one language: the sentence over each direction, what is shown."""

    titel: str
    onder: str
    richtingen: Sequence[tuple[str, str]]
    toont: str
    oordelen: Mapping[str, str]
    redenen: Mapping[str, str]
    ontbreekt: str
    besluit: Mapping[str, str]
    leeg: str
    adres: str


def brugdocument(
    heen: Brug, terug: Sequence[Brug], rijen: Sequence[Competentieoordeel], woorden: Woorden, taal: str
) -> bytes:
    """The file; `rijen` are the competences that are shown, in the order of the page."""
    pdf = Pdf(woorden.titel, taal, heen.datum, woorden.onder)
    pdf.kop(woorden.titel)
    pdf.alinea([Stuk(woorden.onder, kleur=ZACHT)], grootte=9)
    for brug, (kop, zin) in zip((heen, *terug), woorden.richtingen, strict=True):
        _richting(pdf, brug, kop, zin, woorden)
    pdf.ln(4)
    pdf.kop(woorden.toont, 2)
    if not rijen:
        pdf.alinea([Stuk(woorden.leeg)])
    for rij in rijen:
        _rij(pdf, rij, woorden)
    pdf.ln(4)
    pdf.alinea([Stuk(woorden.adres, kleur=ZACHT)], grootte=8)
    return pdf.bytes()


def _richting(pdf: Pdf, brug: Brug, kop: str, zin: str, woorden: Woorden) -> None:
    pdf.ln(3)
    pdf.ruimte(26)
    pdf.kop(kop, 2)
    y = pdf.get_y() + 1
    for stuk in stukken(brug.dekking):
        breedte = max(stuk.breedte / 100 * pdf.epw - 0.4, 0.3)
        pdf.vlak(MARGE + stuk.begin / 100 * pdf.epw, y, breedte, 5, _kleur(stuk.klasse))
    pdf.set_y(y + 6.5)
    tellingen = " · ".join(f"{stuk.aantal} {woorden.oordelen[stuk.oordeel]}" for stuk in stukken(brug.dekking))
    pdf.alinea([Stuk(zin), Stuk(tellingen, kleur=ZACHT)])


def _rij(pdf: Pdf, rij: Competentieoordeel, woorden: Woorden) -> None:
    """The competence and its verdict beside each other, what it rests on below; a row stays on one page."""
    x, breedte = MARGE + STREEP, pdf.epw - STREEP - OORDEEL
    steun = list(_steun(rij, woorden))
    hoog = pdf.hoogte(f"{rij.nr}. {rij.competentie.tekst}", 10.5, breedte, "B") + 5
    hoog += sum(pdf.hoogte(" ".join(stuk.tekst for stuk in regel), 9.5, breedte) + 5 for regel in steun)
    pdf.ln(3)
    pdf.ruimte(hoog)
    boven, kleur = pdf.get_y(), _kleur(rij.oordeel.verdict.replace("_", "-"))
    woord = Stuk(woorden.oordelen[rij.oordeel.verdict], "B", LEESBAAR.get(rij.oordeel.verdict, kleur))
    pdf.kop(f"{rij.nr}. {rij.competentie.tekst}", 3, x=x, breedte=breedte)
    onder = pdf.get_y()
    pdf.set_y(boven)
    pdf.alinea([woord], x=pdf.w - MARGE - OORDEEL + 3, breedte=OORDEEL - 3)
    pdf.set_y(max(onder, pdf.get_y()))
    for regel in steun:
        pdf.alinea(regel, x=x, breedte=breedte, grootte=9.5)
    pdf.vlak(MARGE, boven + 0.6, 1.4, max(pdf.get_y() - boven - 1.2, 3), kleur)


def _steun(rij: Competentieoordeel, woorden: Woorden) -> Iterator[list[Stuk]]:
    oordeel = rij.oordeel
    yield [Stuk(woorden.redenen[oordeel.regel], kleur=ZACHT)]
    for steun in oordeel.steunt:
        bron = Stuk(" · ".join((steun.code, *steun.referenties)), kleur=ZACHT)
        yield [*(_verschil(rij) if oordeel.verschil else [Stuk(steun.tekst)]), bron]
    for besluit in oordeel.besluiten:
        yield [Stuk(woorden.besluit[besluit.auteur]), Stuk(besluit.rechtvaardiging, kleur=ZACHT)]
    rest = oordeel.resterend or tuple(iri.rpartition("/")[2] for iri in oordeel.ontbrekende_delen)
    if rest:
        yield [Stuk(woorden.ontbreekt), Stuk(" · ".join(rest), kleur=ZACHT)]
    for tekort in oordeel.kennis:
        yield [Stuk(f"• {tekort.tekst}")]


def _verschil(rij: Competentieoordeel) -> Iterator[Stuk]:
    """The wording held and the wording asked, word by word, in colours and in lines."""
    for stuk in rij.oordeel.verschil:
        for tekst, stijl, kleur in ((stuk.gelijk, "", INKT), (stuk.weg, "S", WEG), (stuk.bij, "U", BIJ)):
            if tekst:
                yield Stuk(tekst, stijl, kleur)


def _kleur(klasse: str) -> Kleur:
    code = KLEUREN[klasse].removeprefix("#")
    return int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)
