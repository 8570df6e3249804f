"""A document to take along as PDF: A4, its typeface embedded, title and language set, headings and text tagged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from hashlib import md5
from typing import NamedTuple

from font_source_sans_pro import font_files_ttf
from fpdf import FPDF
from fpdf.enums import DocumentCompliance, MethodReturnValue

MARGE, REGEL = 18.0, 1.35
"""Millimetres of white around a page; how many times its size a line is high."""

LETTER = "Source Sans Pro"
INKT, ZACHT = (27, 39, 48), (76, 93, 104)
GROOTTES = {1: 20.0, 2: 13.0, 3: 10.5}
"""The size of a heading of each level, in points."""

Kleur = tuple[int, int, int]


_CHANGED = re.compile(rb'(xmp:(?:Modify|Metadata)Date=")[^"]+')
_IDS = re.compile(rb"/ID \[<[0-9A-F]{32}><[0-9A-F]{32}>\]")
"""Where fpdf2 writes the moment of writing; the same answer is to be the same bytes, so we write its day."""


class Stuk(NamedTuple):
    """A stretch of text: "U" is underlined, "S" is struck through."""

    tekst: str
    stijl: str = ""
    kleur: Kleur = INKT


class Pdf(FPDF):
    """A PDF/A-2u that is read aloud in order: each heading and paragraph is an element of its structure.

    Nothing in it depends on a clock: the same content on the same day is the same bytes.
    """

    def __init__(self, titel: str, taal: str, dag: date, voet: str) -> None:
        super().__init__(format="A4", enforce_compliance=DocumentCompliance.PDFA_2U)
        self._voet = voet
        self.add_font(LETTER, "", font_files_ttf["SourceSansPro"])
        self.add_font(LETTER, "B", font_files_ttf["SourceSansProSemibold"])
        self.set_title(titel)
        self.set_lang(taal)
        self.set_creator("Leerbrug")
        self.set_creation_date(datetime.combine(dag, time(), UTC))
        self.set_margin(MARGE)
        self.c_margin = 0
        self.set_auto_page_break(auto=False)
        self.add_page()

    def footer(self) -> None:
        """What the document is and the number of the page, at the foot; no part of what is read aloud."""
        with self.versiering():
            self.set_y(-MARGE + 4)
            self._letter(8, ZACHT)
            self.cell(self.epw - 20, 4, self._voet)
            self.cell(20, 4, str(self.page_no()), align="R")

    @contextmanager
    def versiering(self) -> Iterator[None]:
        """What is drawn inside is not read aloud (ISO 32000-1, 14.8.2.2: an artifact)."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    @contextmanager
    def _element(self, soort: str) -> Iterator[None]:
        """What is drawn inside is one element of the structure (ISO 32000-1, 14.8.4); it stays on one page."""
        nummer = self.struct_builder.next_mcid_for_page(self.page)
        _, ouder = self.struct_builder.add_marked_content(self.page, f"/{soort}", nummer)
        self.pages[self.page].struct_parents = ouder
        self._set_min_pdf_version("1.4")
        self._out(f"/{soort} <</MCID {nummer}>> BDC")
        yield
        self._out("EMC")

    def _letter(self, grootte: float, kleur: Kleur = INKT, stijl: str = "") -> None:
        self.set_font(LETTER, stijl, grootte)
        self.set_text_color(*kleur)

    def ruimte(self, hoogte: float) -> None:
        """Begin a new page where less than this height is left."""
        if self.get_y() + hoogte > self.h - MARGE:
            self.add_page()

    def hoogte(self, tekst: str, grootte: float, breedte: float, stijl: str = "") -> float:
        """How high a text stands in this width."""
        self._letter(grootte, stijl=stijl)
        high = self.multi_cell(breedte, grootte * REGEL / self.k, tekst, dry_run=True, output=MethodReturnValue.HEIGHT)
        return float(high) if isinstance(high, int | float) else 0.0

    def kop(self, tekst: str, niveau: int = 1, *, x: float = MARGE, breedte: float = 0.0) -> None:
        """A heading."""
        grootte, breedte = GROOTTES[niveau], breedte or self.w - MARGE - x
        self.ruimte(self.hoogte(tekst, grootte, breedte, "B"))
        self._letter(grootte, INKT, "B")
        with self._element(f"H{niveau}"):
            self.set_x(x)
            self.multi_cell(breedte, grootte * REGEL / self.k, tekst, align="L", new_x="LEFT", new_y="NEXT")

    def alinea(self, stukken: Sequence[Stuk], *, x: float = MARGE, breedte: float = 0.0, grootte: float = 10.0) -> None:
        """A paragraph of stretches, each in its own style."""
        breedte = breedte or self.w - MARGE - x
        self.ruimte(self.hoogte(" ".join(stuk.tekst for stuk in stukken) + "  ", grootte, breedte))
        self.set_left_margin(x)
        self.set_right_margin(self.w - x - breedte)
        self.set_x(x)
        with self._element("P"):
            for stuk in stukken:
                self._letter(grootte, stuk.kleur, stuk.stijl)
                self.write(grootte * REGEL / self.k, stuk.tekst)
                self._letter(grootte)
                self.write(grootte * REGEL / self.k, " ")
            self.ln(grootte * REGEL / self.k)
        self.set_margins(MARGE, MARGE)

    def vlak(self, x: float, y: float, breedte: float, hoogte: float, kleur: Kleur) -> None:
        """A filled box; what it says also stands in words beside it."""
        with self.versiering():
            self.set_fill_color(*kleur)
            self.rect(x, y, breedte, hoogte, style="F")

    def bytes(self) -> bytes:
        """The file."""
        made = bytes(self.output())
        day = datetime.fromisoformat(str(self.creation_date)).isoformat(timespec="seconds").encode()
        steady = _CHANGED.sub(rb"\g<1>" + day, made)
        digest = md5(_IDS.sub(b"", steady), usedforsecurity=False).hexdigest().upper().encode()
        return _IDS.sub(b"/ID [<%b><%b>]" % (digest, digest), steady)
