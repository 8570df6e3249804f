"""Reads the lines of a dossier into a draft: each line under the heading where it stands, or told as not read.

In the new layout (2020 on) skills and knowledge stand under each numbered competence; in the old one (decrees of
2010–2019) they are global lists behind the heading BESCHRIJVING. Which one it is, the headings say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ..graph.statements import Finding, Place, Severity
from .dossier_headings import BASIS, COMPETENTIE, SPECIFIEK, VAKSPECIFIEK, Kop, heading, looks_like_heading
from .dossier_lines import Line, Unread

DEEPER = 4.0
"""Points by which an item is further in than the one above it, to be a part of it."""

VELDEN = frozenset(
    "titel titel_toelichting definitie omschrijving_kort extra_info vks_niveau erkenningsjaar erkenningsdatum "
    "einddatum laatste_wijzigingsdatum status versie_nr_lang".split()
)
PER_COMPETENTIE = frozenset(("vaardigheden", "kennis", "voetnoot"))
BEGIN = "(vóór de eerste kop)"


@dataclass(slots=True)
class Draft:
    """What was read: paragraphs by field, items by list, and where each stands; and what was not read."""

    velden: dict[str, str] = field(default_factory=dict)
    lijsten: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    spots: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class Reader:
    """Where the reading is: under which heading, in which part, in which competence, behind which item."""

    file: str
    draft: Draft = field(default_factory=Draft)
    kop: str = BEGIN
    page: int = 1
    deel: str = ""
    soort: str = ""
    competentie: dict[str, Any] | None = None
    in_competenties: bool = False
    in_kennis: bool = False
    oud: bool = False
    broken: bool = False
    last: dict[str, Any] | None = None
    first_indent: float | None = None
    skipped: int = 0
    skipped_page: int = 1

    def read(self, lines: Iterable[Line | Unread]) -> Draft:
        """Read all lines; gives the draft."""
        for line in lines:
            self.page = line.page
            if isinstance(line, Unread):
                self._unread(line)
            else:
                self._line(line)
        self._flush()
        return self.draft

    def _line(self, line: Line) -> None:
        known = heading(line.text, bullet=line.bullet)
        if known and not (line.bullet and known[0].deel != self.deel):
            self._open(known[0], line, known[1])
        elif self._starts_competence(line):
            self._new_competence(line)
        elif not line.bullet and (line.kop or looks_like_heading(line.text)):
            self._unknown(line)
        else:
            self._content(line)

    def _starts_competence(self, line: Line) -> bool:
        """A number at the head of a line; in running text that wraps, only the number that comes next."""
        found = COMPETENTIE.match(line.text)
        if not found or line.bullet or not self.in_competenties or (self.oud and self.deel != "competenties"):
            return False
        expected = len(self.draft.lijsten["competenties"]) + 1
        return line.kop or not line.wraps or self.last is None or int(found[1]) == expected or self.broken

    def _new_competence(self, line: Line) -> None:
        self._flush()
        found = COMPETENTIE.match(line.text)
        number, text = (int(found[1]), line.text[found.end() :]) if found else (None, line.text)
        soort = self.soort if self.oud and self.deel == "competenties" else VAKSPECIFIEK
        self.competentie = {"waarde": text, "nr": number, "competentie_type": soort, "vaardigheden": [], "kennis": []}
        self.deel, self.soort, self.broken, self.in_kennis = "competenties", soort, False, False
        self.first_indent, self.kop = None if number else self.first_indent, line.text[:60] if number else self.kop
        self.last = self._add("competenties", self.competentie)

    def _open(self, kop: Kop, line: Line, value: str) -> None:
        deel, soort = kop.deel, kop.soort
        again = deel == "kennis" and self.in_kennis
        if deel == "regelgeving":
            self._beside("attesten", "regelgeving", line, value)
            return
        self._flush()
        self.kop = line.text[:60]
        if deel in PER_COMPETENTIE:
            self._inside(deel)
        else:
            self.in_competenties, self.competentie, self.broken = deel == "competenties", None, False
            self.oud = self.oud or deel == "beschrijving" or soort in (BASIS, SPECIFIEK)
        if not (self.broken and deel in PER_COMPETENTIE):
            self.deel = deel
        self.soort = "Kennis" if again and not soort else soort
        self.in_kennis = deel == "kennis"
        self.last = self.first_indent = None
        if value:
            self._content(Line(value, line.page, wraps=line.wraps))

    def _inside(self, deel: str) -> None:
        """Skills and knowledge: of the numbered competence above, or of the qualification as a whole."""
        numbered = self.competentie is not None and self.competentie["nr"] is not None
        if not self.oud and ((self.in_competenties and numbered) or self.broken):
            return
        if self.in_competenties and not self.oud and self.competentie is not None:
            nl = "De kop BESCHRIJVING VAN DE COMPETENTIES ontbreekt: dit geldt als lijst van de hele kwalificatie."
            en = "The heading BESCHRIJVING is missing: this counts as a list of the qualification as a whole."
            self._tell("dossier-kop-ontbreekt", Severity.WARNING, nl, en, deel)
        self.oud, self.in_competenties, self.broken, self.competentie = True, False, False, None

    def _beside(self, lijst: str, name: str, line: Line, value: str) -> None:
        """A value that belongs to the item above it."""
        if self.deel == lijst and self.last is not None and name not in self.last:
            self.last[name] = value
        elif value:
            self._skip(line)

    def _content(self, line: Line) -> None:
        if self.deel in VELDEN:
            joint = " " if line.wraps else "\n"
            known = self.draft.velden.get(self.deel)
            self.draft.velden[self.deel] = line.text if known is None else f"{known}{joint}{line.text}"
            self.draft.spots.setdefault(f"/{self.deel}", self._spot())
        elif self.deel == "voetnoot" and self.competentie is not None:
            self.competentie["voetnoot"] = f"{self.competentie.get('voetnoot', '')} {line.text}".strip()
        elif self.deel in ("", "globaal", "beschrijving", "niet-overgenomen", "voetnoot"):
            self._skip(line)
        elif self.last is not None and self.last.get("regelgeving") == "":
            self.last["regelgeving"] = line.text
        elif self.last is not None and not line.bullet and line.wraps:
            where = "regelgeving" if "regelgeving" in self.last else "waarde"
            self.last[where] += f" {line.text}"
        elif self.deel == "competenties":
            self._under_competenties(line)
        else:
            self._item(self.deel, line)

    def _under_competenties(self, line: Line) -> None:
        """A list of competences without numbers; what is further in, or under a number, is a skill of no named kind."""
        if not line.bullet:
            self._skip(line)
            return
        self.first_indent = line.indent if self.first_indent is None else self.first_indent
        inner = self.competentie is not None and (
            self.competentie["nr"] is not None or line.indent > self.first_indent + DEEPER
        )
        if inner:
            self._item("vaardigheden", line)
        else:
            self._new_competence(line)

    def _item(self, lijst: str, line: Line) -> None:
        soort = "" if self.deel == "competenties" else self.soort
        self.last = self._add(lijst, {"waarde": line.text, "soort": soort})

    def _add(self, lijst: str, item: dict[str, Any]) -> dict[str, Any]:
        if lijst in PER_COMPETENTIE and self.competentie is not None:
            number = len(self.draft.lijsten["competenties"]) - 1
            owner, at = self.competentie[lijst], f"/competenties/{number}/{lijst}"
        else:
            owner, at = self.draft.lijsten[lijst], f"/{lijst}"
        self.draft.spots[f"{at}/{len(owner)}"] = self._spot()
        owner.append(item)
        return item

    def _unknown(self, line: Line) -> None:
        self._flush()
        self.kop, self.deel, self.last, self.first_indent = line.text[:60], "", None, None
        nl, en = f"De kop {line.text[:60]!r} is niet gekend.", f"The heading {line.text[:60]!r} is not known."
        self._tell("dossier-kop-onbekend", Severity.WARNING, nl, en, line.text[:60])

    def _unread(self, part: Unread) -> None:
        nl, en = f"Hier staat {part.nl}: niet gelezen.", f"Here is {part.en}: not read."
        self._tell(part.rule, Severity.VIOLATION, nl, en)
        self.last = None
        if part.rule != "dossier-tabel":
            self._flush()
            self.deel, self.competentie, self.broken = "", None, True

    def _skip(self, _: Line) -> None:
        self.skipped_page = self.page if not self.skipped else self.skipped_page
        self.skipped += 1

    def _flush(self) -> None:
        """Tell how many lines stood under a heading that gives them no meaning."""
        if self.skipped:
            nl, en = f"{self.skipped} regels niet overgenomen.", f"{self.skipped} lines not taken over."
            known = self.deel == "niet-overgenomen" or self.kop == BEGIN
            severity, page, self.page = Severity.INFO if known else Severity.WARNING, self.page, self.skipped_page
            self._tell("dossier-regels-niet-gelezen", severity, nl, en, str(self.skipped))
            self.page, self.skipped = page, 0

    def _spot(self) -> str:
        return f"blz. {self.page}, kop {self.kop}"

    def _tell(self, rule: str, severity: Severity, nl: str, en: str, value: str = "") -> None:
        place, message = Place(self.file, self._spot()), {"nl": nl, "en": en}
        remedy = {
            "nl": "Kijk dit na in het document en vul het aan in een werkboek.",
            "en": "Check this in the document and complete it in a workbook.",
        }
        self.draft.findings.append(Finding(f"loader/{rule}", severity, place, message, "", value, remedy))
