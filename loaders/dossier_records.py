"""Turns the draft of a dossier into the record that an API answer gives, so that both are said by the same code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import msgspec

from ..errors import SourceError
from ..graph.statements import Finding, Place, Severity
from .dossier_headings import DIEPTEN
from .dossier_reading import Draft
from .vks.dossiers import Beroepskwalificatie, Kennis, Vaardigheid

VERSIE = re.compile(r"BK-\d{4}-\d{1,3}(?![\d-])")
_DEEL = re.compile(r"(BK-\d{4}-\d{1,3}-(DBK-\d{2}))\s*[:–-]?\s*(.+)")
_DEPTH = re.compile(r"(basiskennis|grondige kennis|kennis)\b", re.IGNORECASE)
_NONE = re.compile(r"(geen|er (zijn|is) geen|niet van toepassing)\b.{0,60}", re.IGNORECASE)
_GROUP = re.compile(r"\s*\(([^()]*)\)\s*$")
_SURE = re.compile(r"bkc\d{7}|(?:SK|KN)-\d{1,6}(?:-c)?|\d{0,6}-c|co\s*\d{1,6}|Id\s+\d{1,6}", re.IGNORECASE)
_ALSO = re.compile(rf"(?:{_SURE.pattern})|\d{{3,6}}", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:[,;/]|\ben\b)\s*")
_SUSPECT = re.compile(r"\((?:co|id|sk|kn)[\s-]*\w*\d[^()]*\)\s*$", re.IGNORECASE)
STATUS = {"erkend": "ERKEND", "niet erkend": "NIET_ERKEND", "geannuleerd": "GEANNULEERD"}
REQUIRED = {"titel": "TITEL", "vks_niveau": "NIVEAU", "competenties": "COMPETENTIES"}
"""What no dossier does without, and the heading where it stands."""


class Dossier(Beroepskwalificatie, frozen=True, kw_only=True):
    """A version with its dossier; in the old layout skills and knowledge hang on the version itself."""

    vaardigheden: tuple[Vaardigheid, ...] = ()
    kennis: tuple[Kennis, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossierrecord:
    """A dossier read from a document: what it says, where each part stands, and what could not be read."""

    place: Place
    dossier: Dossier
    spots: Mapping[str, str] = field(default_factory=dict)
    bevindingen: tuple[Finding, ...] = ()


def record(place: Place, draft: Draft) -> Dossierrecord:
    """The record of a draft. Raises SourceError where neither the document nor its name says which version it is of."""
    build = _Build(place, draft)
    raw = build.raw()
    return Dossierrecord(place, msgspec.convert(raw, Dossier), draft.spots, tuple(draft.findings))


def references(text: str) -> tuple[str, list[str]]:
    """A text without the references in brackets at its end, and those references as written.

    >>> references("Ontvangt goederen (18111-c, SK-4116-c)")
    ('Ontvangt goederen', ['18111-c', 'SK-4116-c'])
    >>> references("Bakt brood (in een steenoven)")
    ('Bakt brood (in een steenoven)', [])
    """
    found: list[str] = []
    while group := _GROUP.search(text):
        parts = [part for part in _SEPARATOR.split(group[1].strip()) if part]
        if not any(_SURE.fullmatch(part) for part in parts) or not all(_ALSO.fullmatch(part) for part in parts):
            break
        found, text = parts + found, text[: group.start()]
    return text, found


@dataclass(slots=True)
class _Build:
    place: Place
    draft: Draft

    def raw(self) -> dict[str, Any]:
        version = self._version()
        lists = self.draft.lijsten
        raw: dict[str, Any] = {"versie_nr_lang": version, "versie_nr_kort": int(version.rpartition("-")[2])}
        raw |= {name: value for name, value in self._fields() if value is not None}
        raw["competenties"] = [self._competence(n, item, version) for n, item in enumerate(lists["competenties"])]
        raw["vaardigheden"] = [_kind(item, "vaardigheid_type") for item in lists["vaardigheden"]]
        raw["kennis"] = [self._knowledge(item, f"/kennis/{n}") for n, item in enumerate(lists["kennis"])]
        for name in ("synoniemen", "omgevingscontext", "handelingscontext", "verantwoordelijkheid"):
            raw[name] = [{"waarde": item["waarde"]} for item in lists[name]]
        raw["autonomie"] = [_kind(item, "autonomie_type") for item in lists["autonomie"]]
        raw["attesten"] = [_attest(item) for item in lists["attesten"] if not _NONE.fullmatch(item["waarde"])]
        raw["domeinen"] = [_domain(item["waarde"]) for item in lists["domeinen"]]
        raw["deelkwalificaties"] = list(self._parts(lists["deelkwalificaties"]))
        self._required(raw)
        return raw

    def _version(self) -> str:
        text = self.draft.velden.pop("versie_nr_lang", "")
        written = VERSIE.fullmatch(text)
        if text and written is None:
            nl, en = f"{text!r} is geen nummer als BK-0252-1.", f"{text!r} is no number like BK-0252-1."
            self._tell("dossier-waarde", "/versie_nr_lang", nl, en, text)
        named = VERSIE.search(self.place.file)
        if written is None and named is None:
            remedy = "Noem het bestand naar de versie, bijvoorbeeld BK-0252-1.docx."
            raise SourceError("Dit dossier zegt niet van welke versie het is.", place=str(self.place), remedy=remedy)
        if written and named and written[0] != named[0]:
            nl = f"Het bestand heet naar {named[0]}, het dossier is van {written[0]}: dat geldt."
            en = f"The file is named for {named[0]}, the dossier is of {written[0]}, which holds."
            self._tell("dossier-andere-versie", "/versie_nr_lang", nl, en, written[0])
        return written[0] if written else named[0] if named else ""

    def _fields(self) -> Iterator[tuple[str, Any]]:
        for name, text in self.draft.velden.items():
            if name in ("vks_niveau", "erkenningsjaar"):
                yield name, self._number(name, text, r"\b([1-8])\b" if name == "vks_niveau" else r"\b(\d{4})\b")
            elif name in ("erkenningsdatum", "einddatum", "laatste_wijzigingsdatum"):
                yield name, self._day(name, text)
            else:
                yield name, text
            if name == "status":
                yield "statuscode", STATUS.get(text.casefold())

    def _number(self, name: str, text: str, pattern: str) -> int | None:
        found = re.findall(pattern, text)
        if len(set(found)) == 1:
            return int(found[0])
        nl, en = f"{text!r} is geen waarde voor {name}.", f"{text!r} is no value for {name}."
        self._tell("dossier-waarde", f"/{name}", nl, en, text)
        return None

    def _day(self, name: str, text: str) -> date | None:
        for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
            try:
                return datetime.strptime(text.strip(), form).date()
            except ValueError:
                continue
        nl = f"{text!r} is geen datum als 2025-09-01 of 01/09/2025."
        self._tell("dossier-waarde", f"/{name}", nl, f"{text!r} is no date like 2025-09-01 or 01/09/2025.", text)
        return None

    def _competence(self, position: int, item: dict[str, Any], version: str) -> dict[str, Any]:
        at = f"/competenties/{position}"
        text, found = references(item["waarde"])
        if _SUSPECT.search(text):
            nl, en = f"Geen leesbare referentie in {text!r}.", f"No readable reference in {text!r}."
            self._tell("dossier-referentie", at, nl, en, text)
        number = item["nr"] or position + 1
        codes = [code for code in found if code.lower().startswith("bkc")]
        kennis = [self._knowledge(each, f"{at}/kennis/{n}") for n, each in enumerate(item["kennis"])]
        note = {"voetnoot": item["voetnoot"]} if item.get("voetnoot") else {}
        return {
            "competentie_code": codes[0] if codes else f"{version}-c{number}",
            "nr": number,
            "competentie_type": item["competentie_type"],
            "waarde": text,
            "referenties": [{"referentie_nr": each} for each in found if each not in codes],
            "vaardigheden": [_kind(each, "vaardigheid_type") for each in item["vaardigheden"]],
            "kennis": kennis,
            **note,
        }

    def _knowledge(self, item: dict[str, Any], at: str) -> dict[str, Any]:
        """The depth that the heading names, else the one with which the wording begins; else none, and told."""
        found = _DEPTH.match(item["waarde"])
        depth = item["soort"] or (found[1].capitalize() if found else "")
        if depth not in DIEPTEN:
            nl = f"Hoe diep deze kennis gaat, staat er niet: {item['waarde'][:80]!r}."
            en = f"How deep this knowledge goes is not said: {item['waarde'][:80]!r}."
            self._tell("dossier-diepte-onbekend", at, nl, en, item["waarde"][:80])
        return {"waarde": item["waarde"], **({"kennis_type": depth} if depth in DIEPTEN else {})}

    def _parts(self, items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for number, item in enumerate(items):
            if found := _DEEL.fullmatch(item["waarde"]):
                yield {"deelkwalificatie_nr_lang": found[1], "deelkwalificatie_nr_kort": found[2], "titel": found[3]}
            else:
                nl, en = f"{item['waarde']!r} noemt geen nummer.", f"{item['waarde']!r} names no number."
                self._tell("dossier-deelkwalificatie", f"/deelkwalificaties/{number}", nl, en, item["waarde"])

    def _required(self, raw: dict[str, Any]) -> None:
        for name, kop in REQUIRED.items():
            if not raw.get(name):
                nl = f"De kop {kop} ontbreekt of is niet gelezen."
                en = f"The heading {kop} is missing or was not read."
                self._tell("dossier-onvolledig", f"/{name}", nl, en, kop, Severity.VIOLATION)

    def _tell(
        self, rule: str, at: str, nl: str, en: str, value: str = "", severity: Severity = Severity.WARNING
    ) -> None:
        place = Place(self.place.file, self.draft.spots.get(at, "het hele document"))
        self.draft.findings.append(Finding(f"loader/{rule}", severity, place, {"nl": nl, "en": en}, "", value))


def _kind(item: dict[str, Any], name: str) -> dict[str, Any]:
    return {"waarde": item["waarde"], **({name: item["soort"]} if item["soort"] else {})}


def _attest(item: dict[str, Any]) -> dict[str, Any]:
    kind = {"type": item["soort"]} if item["soort"] else {}
    rule = {"regelgeving": item["regelgeving"]} if item.get("regelgeving") else {}
    return {"omschrijving": item["waarde"], **kind, **rule}


def _domain(text: str) -> dict[str, Any]:
    steps = [step.strip() for step in text.split(">")]
    path = [{"domein": step, "level": level} for level, step in enumerate(steps, 1)]
    return {"domein": steps[-1], "pad": path, "pad_tekst": " > ".join(steps)}
