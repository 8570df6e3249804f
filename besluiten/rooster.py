"""The grid for a sector meeting: a sheet for each standard, a row for each competence, to fill in and bring back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
import xlsxwriter
from openpyxl import load_workbook

from ..errors import InputError, LeerbrugError
from ..graph.catalogus import Competentie, Geldigheid
from ..graph.statements import Finding, Place, Severity
from .register import Maak, Opdracht, Wijzig
from .soorten import Bereik, Bereiksoort, Haalbaarheid, Haalbaarheidsbesluit, Instantie, Toestand, Voorwaarde
from .toestand import Stand, Stuk
from .wereld import Wereld

KOLOMMEN = (
    "nr",
    "code",
    "competentie",
    "oordeel",
    "reden",
    "grondslag",
    "contexten",
    "uitrusting",
    "eerst attest",
    "vanaf leerjaar",
    "aandeel %",
    "status",
    "besluit",
    "versie",
)
_BREED = (5, 14, 60, 18, 40, 30, 24, 24, 20, 12, 10, 14, 16, 8)
_INVULBAAR = range(3, 11)
_KOPREGEL = 4


def schrijf_rooster(
    path: Path, stand: Stand, wereld: Wereld, instantie: Instantie, versies: Sequence[str], dag: date
) -> Path:
    """Write the grid of a body on these versions, with what it has decided so far.

    Raises UnknownCodeError for a version that is not in the release.
    """
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = {
            "kop": book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EDF3"}),
            "vast": book.add_format({"text_wrap": True, "valign": "top", "locked": True, "bg_color": "#F6F6F6"}),
            "vrij": book.add_format({"text_wrap": True, "valign": "top", "locked": False}),
        }
        for versie in versies:
            _blad(book.add_worksheet(versie), stand, wereld, instantie, versie, dag, formats)
    return path


def _blad(
    sheet: Any, stand: Stand, wereld: Wereld, instantie: Instantie, versie: str, dag: date, formats: dict[str, Any]
) -> None:
    kwalificatie = wereld.kwalificatie(versie)
    sheet.write_row(0, 0, ["instantie", str(instantie)])
    sheet.write_row(1, 0, ["standaard", versie, kwalificatie.naam.get("nl", "")])
    sheet.write_row(2, 0, ["geldig vanaf", dag.isoformat()])
    sheet.write_row(_KOPREGEL - 1, 0, KOLOMMEN, formats["kop"])
    eigen = eigen_stukken(stand, wereld, instantie, versie)
    for number, competentie in enumerate(kwalificatie.competenties):
        for column, value in enumerate(_rij(competentie, eigen.get(competentie.code))):
            layout = formats["vrij" if column in _INVULBAAR else "vast"]
            sheet.write(_KOPREGEL + number, column, value, layout)
    last = _KOPREGEL + max(len(kwalificatie.competenties), 1) - 1
    choices = {"validate": "list", "source": [oordeel.value for oordeel in Haalbaarheid]}
    sheet.data_validation(_KOPREGEL, 3, last, 3, choices)
    for column, width in enumerate(_BREED):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(_KOPREGEL, 3)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})


def eigen_stukken(stand: Stand, wereld: Wereld, instantie: Instantie, versie: str) -> dict[str, Stuk]:
    """For each competence the living decision of this body; of a draft and a ratified one the draft."""
    gevonden: dict[str, Stuk] = {}
    levend = [stuk for stuk in stand.over(f"versie/{versie}") if isinstance(stuk.besluit, Haalbaarheidsbesluit)]
    for stuk in sorted(levend, key=lambda stuk: stuk.toestand is not Toestand.BEKRACHTIGD):
        if stuk.besluit.instantie == instantie:
            for competentie in wereld.competenties(stuk.besluit.bereik):
                gevonden[competentie.code] = stuk
    return gevonden


def _rij(competentie: Competentie, stuk: Stuk | None) -> list[object]:
    vast: list[object] = [competentie.nr, competentie.code, competentie.tekst]
    if stuk is None or not isinstance(stuk.besluit, Haalbaarheidsbesluit):
        return [*vast, *[""] * 8, "", "", ""]
    besluit, voorwaarde = stuk.besluit, stuk.besluit.voorwaarde
    status = f"{stuk.toestand.value}, te herbevestigen" if stuk.uit and stuk.verschil else stuk.toestand.value
    return [
        *vast,
        besluit.haalbaarheid.value,
        besluit.reden,
        besluit.grondslag,
        "; ".join(voorwaarde.contexten),
        voorwaarde.uitrusting,
        voorwaarde.eerst_attest,
        voorwaarde.vanaf_jaar or "",
        "" if voorwaarde.aandeel is None else voorwaarde.aandeel,
        status,
        stuk.id,
        stuk.versie,
    ]


class Roosteractie(StrEnum):
    """What a row of a filled-in grid does."""

    NIEUW = "nieuw"
    WIJZIGT = "wijzigt"
    VERVANGT = "vervangt"


class Roosterregel(msgspec.Struct, frozen=True):
    """One row that changes something, the cell where it says so, and the order that does it."""

    cel: str
    actie: Roosteractie
    competentie: str
    oud: str
    nieuw: str
    opdracht: Opdracht


class Roosterplan(msgspec.Struct, frozen=True):
    """What a filled-in grid would do; with findings it may not be applied."""

    instantie: str
    regels: tuple[Roosterregel, ...]
    bevindingen: tuple[Finding, ...]

    def opdrachten(self) -> list[Opdracht]:
        """The orders, to be carried out in one transaction."""
        return [regel.opdracht for regel in self.regels]


Proef = Callable[[Opdracht], None]
"""Tries an order without writing it; raises what writing it would raise."""


def lees_rooster(path: Path, stand: Stand, wereld: Wereld, instantie: Instantie, proef: Proef) -> Roosterplan:
    """The plan of a filled-in grid: each change, and each conflict at its cell.

    Raises InputError where the file is not a grid, or the grid of another body.
    """
    try:
        book = load_workbook(path, data_only=True)
    except Exception as error:
        raise InputError("Dit is geen rooster.", place=path.name, remedy="Haal het rooster opnieuw op.") from error
    regels: list[Roosterregel] = []
    bevindingen: list[Finding] = []
    for sheet in book.worksheets:
        reader = _Blad(path.name, sheet, stand, wereld, instantie)
        for een in reader.regels():
            if isinstance(een, Roosterregel):
                bevinding = _beproefd(een, path.name, proef)
                regels.extend([een] if bevinding is None else [])
                bevindingen.extend([] if bevinding is None else [bevinding])
            else:
                bevindingen.append(een)
    book.close()
    return Roosterplan(str(instantie), tuple(regels), tuple(bevindingen))


def _beproefd(regel: Roosterregel, file: str, proef: Proef) -> Finding | None:
    try:
        proef(regel.opdracht)
    except LeerbrugError as error:
        return _bevinding(file, regel.cel, "geweigerd", str(error), str(error), regel.nieuw)
    return None


def _bevinding(file: str, cel: str, rule: str, nl: str, en: str, value: str) -> Finding:
    return Finding(f"rooster/{rule}", Severity.VIOLATION, Place(file, cel), {"nl": nl, "en": en}, value=value)


class _Blad:
    """One sheet of a filled-in grid."""

    def __init__(self, file: str, sheet: Any, stand: Stand, wereld: Wereld, instantie: Instantie) -> None:
        self.file, self.sheet, self.stand, self.wereld, self.instantie = file, sheet, stand, wereld, instantie
        self.versie = str(sheet["B2"].value or "")
        if str(sheet["B1"].value) != str(instantie) or self.versie != sheet.title:
            raise InputError(
                f"Dit blad is geen rooster van {instantie}.", place=f"{file}, {sheet.title}!B1", remedy="Haal het op."
            )
        try:
            self.vanaf = date.fromisoformat(str(sheet["B3"].value)[:10])
        except ValueError as error:
            raise InputError(
                "Dit is geen dag.", place=f"{file}, {sheet.title}!B3", remedy="Schrijf 2026-09-01."
            ) from error

    def regels(self) -> Iterator[Roosterregel | Finding]:
        """The rows that change something, and what is wrong with others."""
        eigen = eigen_stukken(self.stand, self.wereld, self.instantie, self.versie)
        bekend = {een.code for een in self.wereld.kwalificatie(self.versie).competenties}
        for number, values in enumerate(self.sheet.iter_rows(min_row=_KOPREGEL + 1, values_only=True), _KOPREGEL + 1):
            cells = ["" if value is None else value for value in (*values, *[None] * len(KOLOMMEN))][: len(KOLOMMEN)]
            rij = dict(zip(KOLOMMEN, cells, strict=True))
            if not str(rij["code"]).strip():
                continue
            cel = f"{self.sheet.title}!D{number}"
            if rij["code"] not in bekend:
                plek = f"{self.sheet.title}!B{number}"
                nl = f"{self.versie} heeft geen competentie {rij['code']!r}."
                en = f"{self.versie} has no competence {rij['code']!r}."
                yield _bevinding(self.file, plek, "onbekend", nl, en, str(rij["code"]))
                continue
            yield from self._rij(rij, cel, eigen.get(str(rij["code"])))

    def _rij(self, rij: dict[str, Any], cel: str, stuk: Stuk | None) -> Iterator[Roosterregel | Finding]:
        if stuk is None and not str(rij["oordeel"]).strip():
            return
        if stuk is not None and (str(rij["besluit"]), str(rij["versie"])) != (stuk.id, str(stuk.versie)):
            nl = f"Intussen gewijzigd: {stuk.id} is aan versie {stuk.versie}."
            en = f"Changed meanwhile: {stuk.id} is at version {stuk.versie}."
            yield _bevinding(self.file, cel, "intussen-gewijzigd", nl, en, str(rij["oordeel"]))
            return
        try:
            besluit = self._besluit(rij)
        except ValueError as error:
            keuze = ", ".join(oordeel.value for oordeel in Haalbaarheid)
            nl, en = f"Onleesbaar: {error}. Kies uit {keuze}.", f"Not readable: {error}. Choose from {keuze}."
            yield _bevinding(self.file, cel, "onleesbaar", nl, en, str(rij["oordeel"]))
            return
        yield from self._verschil(rij, cel, stuk, besluit)

    def _verschil(
        self, rij: dict[str, Any], cel: str, stuk: Stuk | None, besluit: Haalbaarheidsbesluit
    ) -> Iterator[Roosterregel]:
        code = str(rij["code"])
        if stuk is None:
            yield Roosterregel(cel, Roosteractie.NIEUW, code, "", besluit.haalbaarheid.value, Maak(besluit))
            return
        oud = stuk.besluit
        if not isinstance(oud, Haalbaarheidsbesluit) or inhoud_van(oud) == inhoud_van(besluit):
            return
        was = oud.haalbaarheid.value
        if stuk.toestand is Toestand.BEKRACHTIGD:
            nieuw = msgspec.structs.replace(besluit, bereik=oud.bereik, vervangt=stuk.id)
            yield Roosterregel(cel, Roosteractie.VERVANGT, code, was, besluit.haalbaarheid.value, Maak(nieuw))
        else:
            nieuw = msgspec.structs.replace(oud, **inhoud_van(besluit))
            opdracht = Wijzig(stuk.id, stuk.versie, nieuw)
            yield Roosterregel(cel, Roosteractie.WIJZIGT, code, was, besluit.haalbaarheid.value, opdracht)

    def _besluit(self, rij: dict[str, Any]) -> Haalbaarheidsbesluit:
        oordeel = str(rij["oordeel"]).strip().lower().replace(" ", "-") or Haalbaarheid.NOG_NIET_BESLIST.value
        contexten = tuple(part.strip() for part in str(rij["contexten"]).split(";") if part.strip())
        return Haalbaarheidsbesluit(
            instantie=self.instantie,
            bereik=Bereik(Bereiksoort.COMPETENTIE, self.versie, (str(rij["code"]),)),
            haalbaarheid=Haalbaarheid(oordeel),
            reden=str(rij["reden"]).strip(),
            grondslag=str(rij["grondslag"]).strip(),
            geldigheid=Geldigheid(self.vanaf),
            voorwaarde=Voorwaarde(
                contexten,
                str(rij["uitrusting"]).strip(),
                str(rij["eerst attest"]).strip(),
                _getal(rij["vanaf leerjaar"]),
                _getal(rij["aandeel %"]),
            ),
        )


def _getal(value: object) -> int | None:
    return int(float(str(value))) if str(value).strip() else None


def inhoud_van(besluit: Haalbaarheidsbesluit) -> dict[str, Any]:
    """What the grid lets one change."""
    names = ("haalbaarheid", "reden", "grondslag", "voorwaarde")
    return {name: getattr(besluit, name) for name in names}
