"""Carry-over: whatever a new version changes, exactly the decisions on what changed are touched."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from leerbrug.besluiten.doorwerking import Gevolg, doorwerking, te_doen
from leerbrug.besluiten.register import Maak, Register, Stap
from leerbrug.besluiten.soorten import (
    Bereik,
    Bereiksoort,
    Haalbaarheid,
    Haalbaarheidsbesluit,
    Instantie,
    Instantiesoort,
    Rol,
    Toestand,
    Wie,
)
from leerbrug.besluiten.toestand import Handeling, Overgang, Stand, Stuk
from leerbrug.besluiten.wereld import Wereld
from leerbrug.errors import TegenspraakError
from leerbrug.graph.catalogus import Catalogus, Competentie, Kennisitem, Kwalificatie, Kwalificatiesoort

KENNIS = st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 3)), max_size=3, unique_by=lambda one: one[0])
VERANDERING = st.sampled_from(["niets", "hernummerd", "tekst", "referentie", "kennis", "diepte", "weg"])


@st.composite
def versions(draw: st.DrawFn) -> tuple[Kwalificatie, Kwalificatie, dict[str, str]]:
    """An old version, a new one, and what was done to each competence."""
    old, new, done = [], [], {}
    for number in range(draw(st.integers(1, 8))):
        knowledge = tuple(Kennisitem(f"urn:k{number}{name}", name, depth) for name, depth in draw(KENNIS))
        one = Competentie(f"urn:oud{number}", f"c{number}", number, f"Doet ding {number}", (f"r{number}-c",), knowledge)
        change = draw(VERANDERING)
        if change == "diepte" and not knowledge:
            change = "niets"
        old.append(one)
        done[one.code] = change
        new += _changed(one, change)
    extra = draw(st.integers(0, 2))
    new += [Competentie(f"urn:extra{n}", f"x{n}", 90 + n, f"Doet iets nieuws {n}", (f"n{n}-c",)) for n in range(extra)]
    return _version(1, old), _version(2, draw(st.permutations(new))), done


def _changed(one: Competentie, change: str) -> list[Competentie]:
    where: dict[str, Any] = {"iri": one.iri + "-nieuw"}
    if change == "weg":
        return []
    if change == "hernummerd":
        where |= {"code": one.code + "-nieuw", "nr": one.nr + 20}
    elif change == "tekst":
        where |= {"tekst": one.tekst + " en nog iets"}
    elif change == "referentie":
        where |= {"referenties": (*one.referenties, "99999-c")}
    elif change == "kennis":
        where |= {"kennis": (*one.kennis, Kennisitem("urn:kz", "iets anders", 2))}
    elif change == "diepte":
        first = msgspec.structs.replace(one.kennis[0], diepte=one.kennis[0].diepte + 1)
        where |= {"kennis": (first, *one.kennis[1:])}
    return [msgspec.structs.replace(one, **where)]


def _version(number: int, competenties: list[Competentie]) -> Kwalificatie:
    return Kwalificatie(
        iri=f"urn:v{number}",
        code=f"BK-9001-{number}",
        soort=Kwalificatiesoort.BEROEPSKWALIFICATIE,
        naam={"nl": "Toets"},
        reeks="BK-9001",
        versie=number,
        competenties=tuple(competenties),
        volledig_geladen=True,
    )


def _stand(decisions: dict[str, tuple[Bereik, Toestand]]) -> Stand:
    stand = Stand()
    for name, (bereik, toestand) in decisions.items():
        besluit = Haalbaarheidsbesluit(
            instantie=Instantie(Instantiesoort.SECTOR, "bouw"), bereik=bereik, haalbaarheid=Haalbaarheid.KAN
        )
        step = Overgang(1, 1, "maak", Wie(Rol.SECTOR, "An", "sector/bouw"), "2026-01-01T00:00:00")
        stand.stukken[name] = Stuk(name, 1, toestand, besluit, (step,))
    return stand


@given(versions(), st.sampled_from(Toestand))
def test_exactly_the_decisions_on_what_changed(
    made: tuple[Kwalificatie, Kwalificatie, dict[str, str]], other: Toestand
) -> None:
    old, new, done = made
    decisions = {code: (Bereik(Bereiksoort.COMPETENTIE, old.code, (code,)), Toestand.BEKRACHTIGD) for code in done} | {
        f"{code}-ander": (Bereik(Bereiksoort.COMPETENTIE, old.code, (code,)), other) for code in done
    }
    found = {one.stuk: one for one in doorwerking(_stand(decisions), old, new)}
    ratified = {name for name, (_, toestand) in decisions.items() if toestand is Toestand.BEKRACHTIGD}
    assert found.keys() == ratified
    for code, change in done.items():
        kept, gone = change in ("niets", "hernummerd"), change == "weg"
        expected = Gevolg.BEHOUDEN if kept else Gevolg.VERVALLEN if gone else Gevolg.TE_HERBEVESTIGEN
        assert found[code].gevolg is expected, change
        assert bool(found[code].verschil) == (not kept), "the difference is shown, and only where there is one"
        assert (found[code].besluit is None) == gone
        if not gone:
            (target,) = found[code].besluit.bereik.competenties  # type: ignore[union-attr]
            assert target == (code + "-nieuw" if change == "hernummerd" else code)


@given(versions())
def test_a_decision_on_the_whole_is_kept_only_when_nothing_changed(
    made: tuple[Kwalificatie, Kwalificatie, dict[str, str]],
) -> None:
    old, new, done = made
    whole = Bereik(Bereiksoort.KWALIFICATIE, old.code)
    (found,) = doorwerking(_stand({"alles": (whole, Toestand.BEKRACHTIGD)}), old, new)
    nothing = set(done.values()) <= {"niets", "hernummerd"} and len(new.competenties) == len(old.competenties)
    expected = Gevolg.BEHOUDEN if nothing else Gevolg.TE_HERBEVESTIGEN
    assert found.gevolg is (Gevolg.VERVALLEN if set(done.values()) == {"weg"} else expected)


@given(versions())
def test_a_version_that_is_its_own_successor_changes_nothing(
    made: tuple[Kwalificatie, Kwalificatie, dict[str, str]],
) -> None:
    old, _, done = made
    decisions = {code: (Bereik(Bereiksoort.COMPETENTIE, old.code, (code,)), Toestand.BEKRACHTIGD) for code in done}
    assert {one.gevolg for one in doorwerking(_stand(decisions), old, old)} == {Gevolg.BEHOUDEN}


def _next_version(old: Kwalificatie) -> Kwalificatie:
    """The version after a real one: the first reworded, the second gone, the third with another reference."""
    first, _, third, *rest = old.competenties
    first = msgspec.structs.replace(first, tekst=first.tekst + ", ook op hoogte")
    third = msgspec.structs.replace(third, referenties=(*third.referenties, "99999-c"))
    code = f"{old.reeks}-{old.versie + 1}"
    return msgspec.structs.replace(
        old, iri=old.iri.rsplit("/", 1)[0] + f"/{old.versie + 1}", code=code, competenties=(first, third, *rest)
    )


def _world_with(wereld: Wereld, extra: Kwalificatie) -> Wereld:
    catalogus: Catalogus = wereld.catalogus
    return Wereld(msgspec.structs.replace(catalogus, kwalificaties={**catalogus.kwalificaties, extra.code: extra}))


def test_a_new_version_of_a_real_standard_gives_the_exact_to_do_list(
    klein: Any, wereld: Wereld, keuring: Any, toneel: Any
) -> None:
    old = wereld.kwalificatie(toneel.STUKADOOR)
    new = _next_version(old)
    wider = _world_with(wereld, new)
    register: Register = toneel.met_mandaten(Register(klein, lambda: wider, keuring))
    made = {code: toneel.bekrachtigd(register, toneel.besluit(code)) for code in toneel.codes(wereld)}
    effects = register.lees(lambda stand: doorwerking(stand, old, new))
    orders = [order for one in effects if (order := one.opdracht())]
    stelsel = Wie(Rol.STELSEL, "Leerbrug")
    register.voer_uit(orders, stelsel, "doorwerking")
    register.voer_uit(orders, stelsel, "doorwerking")
    todo = register.lees(lambda stand: te_doen(stand, "sector/bouw"))
    first, second, third = (one.code for one in old.competenties[:3])
    assert {stuk.uit for stuk in todo} == {made[first].id, made[third].id}
    assert all(stuk.verschil and stuk.besluit.bereik.versie == new.code for stuk in todo)
    kept = register.lees(
        lambda stand: [stuk for stuk in stand.over(f"versie/{new.code}") if stuk.toestand is Toestand.BEKRACHTIGD]
    )
    assert {stuk.uit for stuk in kept} == {stuk.id for code, stuk in made.items() if code not in (first, second, third)}
    assert all(register.stuk(stuk.id) == stuk for stuk in made.values()), "the old version keeps its decisions"
    (one, _) = todo
    register.voer_uit([Stap(one.id, one.versie, Handeling.LEG_VOOR)], toneel.AN)
    register.voer_uit([Stap(one.id, one.versie + 1, Handeling.BEKRACHTIG)], toneel.BO)
    assert len(register.lees(lambda stand: te_doen(stand, "sector/bouw"))) == 1


def test_carried_over_decisions_obey_the_same_rules(klein: Any, wereld: Wereld, keuring: Any, toneel: Any) -> None:
    old = wereld.kwalificatie(toneel.STUKADOOR)
    new = _next_version(old)
    wider = _world_with(wereld, new)
    register: Register = toneel.met_mandaten(Register(klein, lambda: wider, keuring))
    code = old.competenties[5].code
    toneel.bekrachtigd(register, toneel.besluit(code))
    register.voer_uit([Maak(toneel.besluit(code, versie=new.code))], toneel.AN)
    (effect,) = register.lees(lambda stand: doorwerking(stand, old, new))
    order = effect.opdracht()
    assert order is not None
    with pytest.raises(TegenspraakError):
        register.voer_uit([order], Wie(Rol.STELSEL, "Leerbrug"))
