"""Small random worlds, with waiting for an age and for school years, against trying every sequence of programmes.

The oracle knows a world by its own plain rows and its own words for the rules; it shares no code with the planner.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import NamedTuple

import msgspec
import pytest
from leerbrug.graph.catalogus import (
    Catalogus,
    Contract,
    Erkenning,
    Geldigheid,
    Instap,
    Kwalificatie,
    Kwalificatiesoort,
    Programma,
)
from leerbrug.pathways.haalbaarheid import Haalbaarheid, Tijd, vroegst
from leerbrug.pathways.handelingen import Aanbod
from leerbrug.pathways.leerling import Leerling, Weg, Wens
from leerbrug.pathways.leertraject import Antwoord, Onhaalbaar
from leerbrug.pathways.opgave import Opgave
from leerbrug.pathways.planner import plan
from leerbrug.pathways.waaromniet import minimaal_conflict, waarom_niet

WORLDS = 2_000
OP, FIRST, HORIZON = date(2026, 10, 9), 2027, 6
LINES = 4


class Row(NamedTuple):
    """A programme: its degree and years, whether dual, its hours and contract, what opens it, when, and its BK."""

    code: str
    degree: int
    years: int
    dual: bool
    hours: tuple[int, int]
    contract: str
    opened_by: frozenset[int]
    all_of: bool
    since: int
    until: int
    gives: int


class Asked(NamedTuple):
    """A question: what is held, the goal, the age, and the limits by the name of their condition."""

    held: frozenset[int]
    first_degree: bool
    goal: int
    age: int | None
    limits: Mapping[str, int | str]


Taken = tuple[tuple[Row, int], ...]


class FillerError(Exception):
    """Whether a programme that nothing needs may fill a school year is not what is tested here."""


def drawn(seed: int) -> tuple[list[Row], Asked]:
    draw = random.Random(seed)
    rows = []
    for number in range(draw.randint(3, 6)):
        since = draw.choice([2020, 2020, 2020, 2029])
        dual = draw.random() < 0.6
        rows.append(
            Row(
                str(900 + number),
                draw.choice([2, 2, 3]),
                draw.choice([1, 1, 2]),
                dual,
                draw.choice([(8, 14), (14, 20), (20, 24)]) if dual else (0, 0),
                draw.choice(["OAO", "SOAO"]) if dual else "",
                frozenset(draw.sample(range(LINES), draw.choice([1, 1, 2]))),
                draw.random() < 0.5,
                since,
                since + draw.choice([3, 9, 30]),
                draw.randrange(LINES),
            )
        )
    every: dict[str, list[int | str]] = {
        "max-duur": [1, 2, 3],
        "einddatum": [2028, 2029, 2031],
        "schooljaar": [2027, 2028, 2029],
        "werkplek-min": [10, 16, 22],
        "werkplek-max": [9, 15],
        "contract": ["OAO", "SOAO"],
        "wegen": ["duaal", "voltijds"],
        "vermijd": [rows[0].code, rows[-1].code],
    }
    limits = {code: draw.choice(values) for code, values in every.items() if draw.random() < 0.2}
    age = draw.choice([None, 12, 13, 14, 14, 16, 23, 24, 27])
    held = frozenset(draw.sample(range(LINES), draw.choice([0, 0, 1])))
    return rows, Asked(held, draw.random() < 0.4, draw.randrange(LINES), age, limits)


def earliest(rows: list[Row], asked: Asked, lifted: frozenset[str] = frozenset()) -> int | None:
    """The year in which the earliest way ends, trying every sequence; None where there is none.

    Raises FillerError where a programme that nothing needs would make the difference by filling the asked school year.
    """
    limits = {code: value for code, value in asked.limits.items() if code not in lifted}
    last = FIRST + HORIZON
    if "max-duur" in limits:
        last = min(last, FIRST + int(limits["max-duur"]))
    if "einddatum" in limits:
        last = min(last, int(limits["einddatum"]))
    fixed = int(limits["schooljaar"]) if "schooljaar" in limits else None
    best: list[int] = []
    needed: list[int] = []

    def admitted(row: Row, year: int, held: frozenset[int], second: bool) -> bool:
        turned_15 = asked.age is None or asked.age + year - FIRST >= 15
        usual = (asked.first_degree or turned_15) if row.degree == 2 else second
        proofs = row.opened_by <= held if row.all_of else bool(row.opened_by & held)
        return usual or (bool(row.opened_by) and proofs)

    def works(taken: Taken) -> bool:
        held, second = asked.held, False
        for row, year in taken:
            if not admitted(row, year, held, second):
                return False
            held, second = held | {row.gives}, second or row.degree == 2
        return asked.goal in held

    def open_in(row: Row, year: int, held: frozenset[int], second: bool) -> bool:
        if not admitted(row, year, held, second):
            return False
        if year < row.since or year + row.years > row.until or year + row.years > last:
            return False
        if row.dual and asked.age is not None:
            age = asked.age + year - FIRST
            if (age < 15 and "leeftijd-min" not in lifted) or (age > 25 and "leeftijd-max" not in lifted):
                return False
        return not any(forbids(code, value, row) for code, value in limits.items())

    def walk(year: int, held: frozenset[int], second: bool, taken: Taken) -> None:
        if asked.goal in held:
            best.append(year)
            if fixed is None or not any(works(rest) for rest in parts(taken[1:])):
                needed.append(year)
            return
        for row in rows:
            if any(row is other for other, _ in taken):
                continue
            for begin in [fixed] if fixed is not None and not taken else range(year, last):
                if open_in(row, begin, held, second):
                    walk(begin + row.years, held | {row.gives}, second or row.degree == 2, (*taken, (row, begin)))

    walk(FIRST if fixed is None else max(FIRST, fixed), asked.held, False, ())
    if min(best, default=None) != min(needed, default=None):
        raise FillerError
    return min(best, default=None)


def parts(taken: Taken) -> Iterator[Taken]:
    """Every choice of these, in their order."""
    for count in range(len(taken) + 1):
        yield from combinations(taken, count)


def forbids(code: str, value: int | str, row: Row) -> bool:
    if code == "werkplek-min":
        return not row.dual or row.hours[1] < int(value)
    if code == "werkplek-max":
        return row.dual and row.hours[0] > int(value)
    if code == "contract":
        return row.dual and row.contract != value
    if code == "wegen":
        return row.dual is not (value == "duaal")
    return code == "vermijd" and row.code == value


def line(number: int) -> str:
    return f"BK-000{number}"


def offer_of(rows: list[Row]) -> Aanbod:
    kwalificaties = {
        f"{line(n)}-1": Kwalificatie(
            f"urn:bk{n}", f"{line(n)}-1", Kwalificatiesoort.BEROEPSKWALIFICATIE, {"nl": line(n)}, line(n), 1,
            f"{line(n)}-1",
        )
        for n in range(LINES)
    }  # fmt: skip
    programmas = {row.code: programme(row) for row in rows}
    return Aanbod(Catalogus(1, "urn:x", kwalificaties, programmas, {f"E{row.code}": recognition(row) for row in rows}))


def programme(row: Row) -> Programma:
    return Programma(
        f"urn:so{row.code}", row.code, f"Programma {row.code}", "", str(row.degree), "A", "", "", "1", "", row.dual,
        False, row.years, Geldigheid(), erkenningen=(f"E{row.code}",),
    )  # fmt: skip


def recognition(row: Row) -> Erkenning:
    least, most = row.hours
    regel = "VIA_ALLE_BEWIJZEN" if row.all_of else "VIA_1_VAN_DE_BEWIJZEN"
    return Erkenning(
        f"urn:e{row.code}", f"E{row.code}", "1", row.code, "ERKEND",
        Geldigheid(date(row.since, 9, 1), date(row.until, 8, 31)),
        volledig=(f"{line(row.gives)}-1",),
        contract=Contract(row.contract, "min-20", least, most) if row.dual else None,
        instap=Instap("urn:i", regel, tuple(map(line, sorted(row.opened_by)))) if row.opened_by else None,
    )  # fmt: skip


FIELDS = {
    "max-duur": "max_jaren",
    "schooljaar": "schooljaar",
    "werkplek-min": "werkplek_min",
    "werkplek-max": "werkplek_max",
    "contract": "contract",
}


def question(asked: Asked) -> tuple[Leerling, Wens]:
    heeft = (*(line(n) for n in sorted(asked.held)), *(["graad1:A"] if asked.first_degree else []))
    wish: dict[str, object] = {FIELDS[code]: value for code, value in asked.limits.items() if code in FIELDS}
    if "einddatum" in asked.limits:
        wish["einddatum"] = date(int(asked.limits["einddatum"]), 6, 30)
    if "wegen" in asked.limits:
        wish["wegen"] = frozenset({Weg(str(asked.limits["wegen"]))})
    if "vermijd" in asked.limits:
        wish["vermijd"] = (str(asked.limits["vermijd"]),)
    wens = msgspec.convert({"doelen": (line(asked.goal),), "op": OP, "horizon": HORIZON, **wish}, Wens)
    return Leerling(heeft=heeft, leeftijd=asked.age), wens


def changed(asked: Asked, new: Mapping[str, str]) -> Asked:
    """The question with these conditions lifted or at another value, as a person would do it."""
    limits = {code: value for code, value in asked.limits.items() if code not in new}
    for code, value in new.items():
        if value:
            limits[code] = value if code == "contract" else int(value[:4])
    return asked._replace(limits=limits)


def asked_again(aanbod: Aanbod, asked: Asked) -> Antwoord:
    return plan(aanbod, *question(asked), seconden=600)


def check_why_not(rows: list[Row], aanbod: Aanbod, asked: Asked, why: Onhaalbaar) -> None:
    """The conflict conflicts, dropping any one condition makes a way, and so does every proposal."""
    codes = {each.voorwaarde for each in why.conflict}
    every = {*asked.limits, "leeftijd-min", "leeftijd-max"}
    assert why.minimaal
    assert why.alles_geprobeerd
    assert earliest(rows, asked, frozenset(every - codes)) is None
    for code in codes - {"aanbod"}:
        assert earliest(rows, asked, frozenset(every - codes | {code})) is not None, code
    if why.elk_volstaat:
        assert all(earliest(rows, asked, frozenset({code})) is not None for code in codes - {"aanbod"})
    if codes == {"aanbod"}:
        assert [each.voorwaarden for each in why.voorstellen] == [("aanbod",)]
    for each in why.voorstellen:
        if each.voorwaarden != ("aanbod",):
            new = dict(zip(each.voorwaarden, each.waarden, strict=True))
            ages = frozenset(new) & {"leeftijd-min", "leeftijd-max"}
            end = earliest(rows, changed(asked, new), ages)
            assert end is not None
            assert each.einde == date(end, 6, 30)
            assert ages or asked_again(aanbod, changed(asked, new)).leertrajecten


def check(rows: list[Row], aanbod: Aanbod, asked: Asked, found: Antwoord) -> None:
    end = earliest(rows, asked)
    assert found.onbeslist is None
    if found.onhaalbaar:
        assert end is None
        check_why_not(rows, aanbod, asked, found.onhaalbaar)
    elif found.leertrajecten:
        first = min(found.leertrajecten, key=lambda way: way.schooljaren)
        assert end is not None
        assert (first.schooljaren, first.einde) == (end - FIRST, date(end, 6, 30))
        assert found.zekerheid is not None
        assert found.zekerheid.bewezen
        assert found.zekerheid.gewicht == min(way.gewicht for way in found.leertrajecten)
    else:
        assert found.al_bereikt
        assert asked.goal in asked.held


def test_answers_equal_every_sequence_and_every_why_not_is_minimal_and_mended_by_its_proposals() -> None:
    counted = Counter[str]()
    for seed in range(WORLDS):
        rows, asked = drawn(seed)
        aanbod = offer_of(rows)
        found = asked_again(aanbod, asked)
        try:
            check(rows, aanbod, asked, found)
        except FillerError:
            counted["filler"] += 1
            continue
        except AssertionError as error:
            error.add_note(f"world {seed}")
            raise
        counted["ways"] += bool(found.leertrajecten)
        counted["waited"] += found.zekerheid is not None and found.zekerheid.door == "kalender"
        if found.onhaalbaar:
            counted["no"] += 1
            counted["together"] += len(found.onhaalbaar.conflict) > 1
            counted["proposed"] += bool(found.onhaalbaar.voorstellen)
    assert counted["filler"] < WORLDS / 20, counted
    assert all(counted[each] > 20 for each in ("ways", "waited", "no", "together", "proposed")), counted


def hard_question() -> Opgave:
    """Two conditions of which one is enough for the conflict."""
    row = Row("900", 2, 2, True, (20, 24), "OAO", frozenset(), False, 2020, 2050, 0)
    asked = Asked(frozenset(), True, 0, 16, {"werkplek-max": 9, "contract": "OAO"})
    return Opgave(offer_of([row]), *question(asked))


def test_without_time_a_conflict_is_not_called_minimal(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if nothing could be proved in time but that the conditions conflict."""
    opgave = hard_question()
    onbekend = vroegst(opgave.onder(opgave.voorwaarden), Tijd(60))._replace(haalbaarheid=Haalbaarheid.ONBEKEND)
    monkeypatch.setattr("leerbrug.pathways.waaromniet.vroegst", lambda *_, **__: onbekend)
    assert not minimaal_conflict(opgave, Tijd(60)).minimaal
    why = waarom_niet(opgave, Tijd(60))
    assert {each.voorwaarde for each in why.conflict} >= {"werkplek-max", "contract"}
    assert (why.minimaal, why.alles_geprobeerd, why.voorstellen) == (False, False, ())
    assert "Time was up" in why.reden["en"]


def row(code: str, years: int, opened_by: int, gives: int, *, until: int = 2050) -> Row:
    """A programme of the third degree that one BK opens."""
    return Row(code, 3, years, False, (0, 0), "", frozenset({opened_by}), True, 2020, until, gives)


LATE = [row("900", 2, 0, 1), row("901", 1, 1, 2, until=2029), row("902", 2, 1, 2)]
"""The shortest plan is over before it can be done: 901 closes while 900 is followed."""


def stopped() -> float:
    return 100.0


def test_when_the_clock_stands_at_the_deadline_nothing_is_made_of_it() -> None:
    asked = Asked(frozenset({0}), False, 2, None, {})
    aanbod = offer_of(LATE)
    found = plan(aanbod, *question(asked), seconden=0, klok=stopped)
    assert (found.leertrajecten, found.onhaalbaar, found.volledig) == ((), None, False)
    assert found.onbeslist is not None
    assert found.onbeslist.schooljaren == 3
    whole = asked_again(aanbod, asked)
    assert whole.onbeslist is None
    assert [way.schooljaren for way in whole.leertrajecten] == [4]


def test_without_time_a_way_that_is_known_is_shown_with_what_is_not_proved_of_it() -> None:
    asked = Asked(frozenset({0}), False, 1, None, {})
    found = plan(offer_of(LATE), *question(asked), seconden=0, klok=stopped)
    assert [way.schooljaren for way in found.leertrajecten] == [2]
    assert (found.volledig, found.beste_volledig, found.onhaalbaar) == (False, False, None)
    assert found.zekerheid is not None
    assert found.zekerheid.ondergrens <= found.zekerheid.gewicht


def test_without_time_no_condition_is_called_needless_or_needed_that_is_not_proved_to_be() -> None:
    """That there is no way within three years follows from the years; what dropping it gives is not known in time."""
    asked = Asked(frozenset({0}), False, 2, None, {"max-duur": 2})
    aanbod = offer_of(LATE)
    why = plan(aanbod, *question(asked), seconden=0, klok=stopped).onhaalbaar
    assert why is not None
    assert not why.minimaal
    assert "max-duur" in {each.voorwaarde for each in why.conflict}
    proved = asked_again(aanbod, asked).onhaalbaar
    assert proved is not None
    assert (proved.minimaal, [each.voorwaarde for each in proved.conflict]) == (True, ["max-duur"])
    assert [each.waarden for each in proved.voorstellen] == [("4",)]
