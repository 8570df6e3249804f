"""The files of RNCP: the daily CSV export, the XML fiches, and the apprenticeship kit with titles and levels."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from ..graph.statements import Finding, Place, Severity
from .files import csv_columns, xml_elements
from .rncp_records import Blok, Fiche, Opvolging, Record, Rome, Toegang, Verband


@dataclass(slots=True)
class Reading:
    """What one edition has shown so far: fiches named, codes named, and the SIRET numbers that began with a tab."""

    fiches: set[str] = field(default_factory=set)
    titled: set[str] = field(default_factory=set)
    codes: set[tuple[str, str]] = field(default_factory=set)
    tabs: int = 0
    first_tab: Place | None = None

    def fiche(self, nummer: str, place: Place) -> Iterator[Fiche]:
        """A fiche at its first mention, so that whatever refers to it refers to something."""
        if nummer not in self.fiches:
            self.fiches.add(nummer)
            yield Fiche(place, nummer)

    def link(self, place: Place, fiche: str, soort: str, code: str, naam: str) -> Iterator[Record]:
        """A fiche names a code; its name is said once. The publisher's "251 : " before a name is left out."""
        key = (soort, code)
        first = key not in self.codes
        self.codes.add(key)
        yield from self.fiche(fiche, place)
        yield Verband(place, fiche, soort, code, naam.removeprefix(f"{code} : ") if first else "")

    def siret(self, value: str, place: Place) -> str:
        """The number without the tab that keeps spreadsheets from rounding it."""
        if value != (clean := value.strip()):
            self.tabs += 1
            self.first_tab = self.first_tab or place
        return clean

    def findings(self) -> Iterator[Finding]:
        """What concerns the edition as a whole."""
        if self.tabs and self.first_tab:
            message = {
                "nl": f"{self.tabs} SIRET-nummers beginnen met een tab; hersteld.",
                "en": f"{self.tabs} SIRET numbers begin with a tab; repaired.",
            }
            yield Finding("loader/rncp-siret", Severity.INFO, self.first_tab, message, value=str(self.tabs))
        if bare := len(self.fiches - self.titled):
            message = {
                "nl": f"{bare} fiches hebben geen titel: het bestand Standard ontbreekt of noemt ze niet.",
                "en": f"{bare} fiches have no title: the file Standard is missing or does not name them.",
            }
            remedy = {"nl": "Voeg export_fiches_CSV_Standard toe.", "en": "Add export_fiches_CSV_Standard."}
            place = Place("export_fiches_CSV_Standard")
            yield Finding("loader/rncp-zonder-titel", Severity.WARNING, place, message, value=str(bare), remedy=remedy)


Reader = Callable[[Path, Reading], Iterator[Record]]


def _rows(path: Path, *columns: str) -> Iterator[tuple[Place, tuple[str, ...]]]:
    for number, row in csv_columns(path, columns, delimiter=";"):
        yield Place(path.name, f"regel {number}"), row


def _standard(path: Path, reading: Reading) -> Iterator[Record]:
    columns = ("Numero_Fiche", "Intitule", "Nomenclature_Europe_Niveau", "Actif", "Date_Effet")
    dates = ("Date_Fin_Enregistrement", "Date_Decision", "Date_dernier_jo")
    marks = ("Abrege_Libelle", "Abrege_Intitule", "Type_Enregistrement", "Validation_Partielle")
    for place, row in _rows(path, *columns, *dates, *marks):
        reading.fiches.add(row[0])
        reading.titled.add(row[0])
        nummer, titel, niveau, actief, begin, einde, beslissing, staatsblad, *kenmerken = row
        yield Fiche(place, nummer, titel, niveau, actief, begin, einde, beslissing, staatsblad, tuple(kenmerken))


def _kit(path: Path, reading: Reading) -> Iterator[Record]:
    """Diploma by diploma: the first row of a fiche gives its title; "NR" (non renseigné) is no fiche."""
    columns = ("FicheRNCP", "Intitulé certification (RNCP)", "Niveau fiche RNCP", "Fiche ACTIVE/INACTIVE")
    dates = ("Date de début des parcours certifiants (enregistrement de droit)", "Date d'échéance de la fiche RNCP")
    more = ("Date de décision (enregistrement sur demande)", "Abrégé de diplôme (RNCP)", "Type d'enregistrement")
    for place, row in _rows(path, *columns, *dates, *more, "Code Diplôme", "Intitulé diplôme (DEPP)"):
        nummer, titel, niveau, actief, begin, einde, beslissing, afkorting, soort, code, diploma = row
        if nummer == "NR":
            yield _no_fiche(place, code)
        else:
            if nummer not in reading.titled:
                reading.fiches.add(nummer)
                reading.titled.add(nummer)
                kenmerken = (afkorting, soort)
                yield Fiche(place, nummer, titel, niveau, actief, begin, einde, beslissing, kenmerken=kenmerken)
            yield from reading.link(place, nummer, "diploma", code, diploma)


def _no_fiche(place: Place, code: str) -> Finding:
    message = {
        "nl": f"Diploma {code} verwijst naar geen fiche (NR); niet geladen.",
        "en": f"Diploma {code} refers to no fiche (NR); not loaded.",
    }
    return Finding("loader/rncp-geen-fiche", Severity.INFO, place, message, value=code)


def _blocks(path: Path, reading: Reading) -> Iterator[Record]:
    for place, (fiche, code, titel) in _rows(path, "Numero_Fiche", "Bloc_Competences_Code", "Bloc_Competences_Libelle"):
        yield from reading.fiche(fiche, place)
        yield Blok(place, fiche, code, titel)


def _rome(path: Path, reading: Reading) -> Iterator[Record]:
    for place, (fiche, code) in _rows(path, "Numero_Fiche", "Codes_Rome_Code"):
        yield from reading.fiche(fiche, place)
        yield Rome(place, fiche, code)


def _codes(soort: str, code: str, naam: str) -> Reader:
    """A reader of a table that gives fiches a code with its name."""

    def read(path: Path, reading: Reading) -> Iterator[Record]:
        for place, (fiche, key, label) in _rows(path, "Numero_Fiche", code, naam):
            yield from reading.link(place, fiche, soort, key, label)

    return read


def _bodies(soort: str, siret: str, naam: str) -> Reader:
    """A reader of a table that gives fiches a body with its SIRET number."""

    def read(path: Path, reading: Reading) -> Iterator[Record]:
        for place, (fiche, number, label) in _rows(path, "Numero_Fiche", siret, naam):
            yield from reading.link(place, fiche, soort, reading.siret(number, place), label)

    return read


def _agreements(path: Path, reading: Reading) -> Iterator[Record]:
    pairs = [f"Ccn_{index}_{part}" for index in (1, 2, 3) for part in ("Numero", "Libelle")]
    for place, (fiche, *row) in _rows(path, "Numero_Fiche", *pairs):
        for code, naam in zip(row[::2], row[1::2], strict=True):
            if code:
                yield from reading.link(place, fiche, "ccn", code, naam)


def _routes(path: Path, reading: Reading) -> Iterator[Record]:
    for place, (fiche, weg) in _rows(path, "Numero_Fiche", "Si_Jury"):
        yield from reading.fiche(fiche, place)
        yield Toegang(place, fiche, weg)


def _succession(path: Path, reading: Reading) -> Iterator[Record]:
    for place, (oud, nieuw) in _rows(path, "Ancienne_Certification", "Nouvelle_Certification"):
        yield from reading.fiche(oud, place)
        yield from reading.fiche(nieuw, place)
        yield Opvolging(place, oud, nieuw)


def _get(element: etree._Element, path: str) -> str:
    return " ".join((element.findtext(path) or "").split())


def _xml(path: Path, reading: Reading) -> Iterator[Record]:
    for line, element in xml_elements(path, "FICHE"):
        place, nummer = Place(path.name, f"regel {line}"), _get(element, "NUMERO_FICHE")
        reading.fiches.add(nummer)
        reading.titled.add(nummer)
        yield Fiche(
            place,
            nummer,
            _get(element, "INTITULE"),
            _get(element, "NOMENCLATURE_EUROPE/INTITULE"),
            _get(element, "ACTIF"),
            einde=_get(element, "DATE_FIN_ENREGISTREMENT"),
            kenmerken=tuple(_get(element, mark) for mark in ("ABREGE/LIBELLE", "ETAT_FICHE", "TYPE_ENREGISTREMENT")),
        )
        yield from _xml_parts(element, place, nummer, reading)


def _xml_parts(element: etree._Element, place: Place, nummer: str, reading: Reading) -> Iterator[Record]:
    for blok in element.iterfind("BLOCS_COMPETENCES/BLOC_COMPETENCES"):
        fields = (_get(blok, part) for part in ("CODE", "LIBELLE", "LISTE_COMPETENCES", "MODALITES_EVALUATION"))
        yield Blok(place, nummer, *fields)
    for rome in element.iterfind("CODES_ROME/*"):
        yield Rome(place, nummer, _get(rome, "CODE"))
    for nsf in element.iterfind("CODES_NSF/*"):
        yield from reading.link(place, nummer, "nsf", _get(nsf, "CODE"), _get(nsf, "INTITULE"))
    for soort in ("certificateur", "partenaire"):
        name = soort.upper()
        for body in element.iterfind(f"{name}S/*"):
            siret = reading.siret(body.findtext(f"SIRET_{name}") or "", place)
            yield from reading.link(place, nummer, soort, siret, _get(body, f"NOM_{name}"))
    for route in element:
        if str(route.tag).startswith("SI_JURY_") and (route.text or "").strip().lower() in ("oui", "true"):
            yield Toegang(place, nummer, str(route.tag).removeprefix("SI_JURY_"))
    yield from _xml_succession(element, place, nummer, reading)


def _xml_succession(element: etree._Element, place: Place, nummer: str, reading: Reading) -> Iterator[Record]:
    for tag in ("ANCIENNE_CERTIFICATION", "NOUVELLE_CERTIFICATION"):
        for other in element.iterfind(f".//{tag}"):
            if code := (other.text or "").strip():
                yield from reading.fiche(code, place)
                old = tag.startswith("ANCIENNE")
                yield Opvolging(place, code if old else nummer, nummer if old else code)


READERS: dict[str, Reader] = {
    "standard": _standard,
    "kit_apprentissage": _kit,
    "rncp_v": _xml,
    "rs_v": _xml,
    "blocs_de_competences": _blocks,
    "rome": _rome,
    "nsf": _codes("nsf", "Nsf_Code", "Nsf_Intitule"),
    "formacode": _codes("formacode", "Formacode_Code", "Formacode_Libelle"),
    "ccn": _agreements,
    "certificateurs": _bodies("certificateur", "Siret_Certificateur", "Nom_Certificateur"),
    "partenaires": _bodies("partenaire", "Siret_Partenaire", "Nom_Partenaire"),
    "voixdacces": _routes,
    "ancienne_nouvelle_certification": _succession,
}
"""The files of an edition, titles first, by their name without accents, date and prefix."""


def table(path: Path) -> str:
    """Which file of the register this is, by its name; "" where it is none. Accents may be written in either form.

    >>> table(Path("export_fiches_CSV_VoixdAccès_2024_02_22.csv")), table(Path("kit_apprentissage_20250131.csv.xz"))
    ('voixdacces', 'kit_apprentissage')
    """
    name = unicodedata.normalize("NFKD", path.name).encode("ascii", "ignore").decode().lower()
    plain = name.removeprefix("export_fiches_").removeprefix("csv_").split("_2", 1)[0]
    return next((key for key in READERS if plain == key or (key.endswith("_v") and plain.startswith(key))), "")
