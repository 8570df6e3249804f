"""The grid of a sector meeting: out, filled in, back; a plan first, conflicts at the cell, then all or nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from leerbrug.besluiten.register import Maak, Register
from leerbrug.besluiten.rooster import Roosteractie, Roosterplan, lees_rooster, schrijf_rooster
from leerbrug.besluiten.soorten import Haalbaarheid, Toestand
from leerbrug.besluiten.wereld import Wereld
from leerbrug.errors import InputError
from openpyxl import load_workbook

DAG = date(2026, 1, 1)
VERSIES = ("BK-0130-5", "BK-0019-3")


class Vergadering:
    """One body with its grid."""

    def __init__(self, register: Register, wereld: Wereld, toneel: Any, path: Path) -> None:
        self.register, self.wereld, self.toneel, self.path = register, wereld, toneel, path

    def download(self) -> None:
        self.register.lees(lambda stand: schrijf_rooster(self.path, stand, self.wereld, self.toneel.BOUW, VERSIES, DAG))

    def fill_in(self, **cells: Any) -> None:
        book = load_workbook(self.path)
        for cell, value in cells.items():
            book["BK-0130-5"][cell] = value
        book.save(self.path)
        book.close()

    def plan(self) -> Roosterplan:
        trial = self.register.proef(self.toneel.AN)
        return self.register.lees(
            lambda stand: lees_rooster(self.path, stand, self.wereld, self.toneel.BOUW, trial(stand))
        )


@pytest.fixture
def meeting(register: Register, wereld: Wereld, toneel: Any, tmp_path: Path) -> Vergadering:
    return Vergadering(register, wereld, toneel, tmp_path / "rooster.xlsx")


def test_a_sheet_a_standard_a_row_a_competence(meeting: Vergadering, toneel: Any, wereld: Wereld) -> None:
    meeting.download()
    book = load_workbook(meeting.path)
    assert book.sheetnames == list(VERSIES)
    for versie in VERSIES:
        found = [row[1] for row in book[versie].iter_rows(min_row=5, values_only=True)]
        assert found == toneel.codes(wereld, versie)
        (choices,) = book[versie].data_validations.dataValidation
        assert all(oordeel.value in choices.formula1 for oordeel in Haalbaarheid)
    book.close()


def test_brought_back_untouched_it_changes_nothing(
    meeting: Vergadering, register: Register, toneel: Any, wereld: Wereld
) -> None:
    first, second = toneel.codes(wereld)[:2]
    toneel.bekrachtigd(register, toneel.besluit(first, Haalbaarheid.MOET))
    register.voer_uit([Maak(toneel.besluit(second))], toneel.AN)
    meeting.download()
    plan = meeting.plan()
    assert (plan.regels, plan.bevindingen) == ((), ())


def test_filled_in_it_is_planned_cell_by_cell_and_applied_as_one(
    meeting: Vergadering, register: Register, toneel: Any, wereld: Wereld
) -> None:
    first, second, third = toneel.codes(wereld)[:3]
    old = toneel.bekrachtigd(register, toneel.besluit(first))
    register.voer_uit([Maak(toneel.besluit(second))], toneel.AN)
    meeting.download()
    meeting.fill_in(
        D5="moet", E5="alleen op de werf", D6="kan-niet", E6="te gevaarlijk", D7="kan", G7="nieuwbouw; renovatie"
    )
    before = register.grootboek.kop()
    plan = meeting.plan()
    assert plan.bevindingen == ()
    assert [(one.cel, one.actie, one.competentie, one.oud, one.nieuw) for one in plan.regels] == [
        ("BK-0130-5!D5", Roosteractie.VERVANGT, first, "kan", "moet"),
        ("BK-0130-5!D6", Roosteractie.WIJZIGT, second, "kan", "kan-niet"),
        ("BK-0130-5!D7", Roosteractie.NIEUW, third, "", "kan"),
    ]
    assert register.grootboek.kop() == before, "a plan writes nothing"
    made = register.voer_uit(plan.opdrachten(), toneel.AN)
    assert [stuk.toestand for stuk in made] == [Toestand.ONTWERP] * 3
    assert made[0].besluit.vervangt == old.id
    assert made[2].besluit.voorwaarde.contexten == ("nieuwbouw", "renovatie")  # type: ignore[union-attr]
    meeting.download()
    assert meeting.plan().regels == ()


@pytest.mark.parametrize(
    ("cells", "where", "said"),
    [
        ({"D5": "misschien"}, "BK-0130-5!D5", "Onleesbaar"),
        ({"D5": "moet"}, "BK-0130-5!D5", "zegt waarom"),
        ({"B5": "bkc0000000"}, "BK-0130-5!B5", "geen competentie"),
        ({"D6": "kan", "K6": 140}, "BK-0130-5!D6", "percentage"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(meeting: Vergadering, cells: dict[str, Any], where: str, said: str) -> None:
    meeting.download()
    meeting.fill_in(**cells)
    plan = meeting.plan()
    assert plan.regels == ()
    assert [(one.place.spot, said in one.message["nl"]) for one in plan.bevindingen] == [(where, True)]


def test_what_changed_since_the_download_is_a_conflict_at_its_cell(
    meeting: Vergadering, register: Register, toneel: Any, wereld: Wereld
) -> None:
    meeting.download()
    (made,) = register.voer_uit([Maak(toneel.besluit(toneel.codes(wereld)[0]))], toneel.BO)
    meeting.fill_in(D5="moet", E5="daarom")
    (finding,) = meeting.plan().bevindingen
    assert finding.place.spot == "BK-0130-5!D5"
    assert made.id in finding.message["nl"]


def test_the_grid_of_another_body_is_refused(
    meeting: Vergadering, register: Register, toneel: Any, wereld: Wereld, tmp_path: Path
) -> None:
    meeting.download()
    trial = register.proef(toneel.CAS)
    with pytest.raises(InputError, match="geen rooster van"):
        register.lees(lambda stand: lees_rooster(meeting.path, stand, wereld, toneel.VOEDING, trial(stand)))
    (tmp_path / "iets.xlsx").write_bytes(b"geen werkboek")
    with pytest.raises(InputError, match="geen rooster"):
        register.lees(lambda stand: lees_rooster(tmp_path / "iets.xlsx", stand, wereld, toneel.BOUW, trial(stand)))
