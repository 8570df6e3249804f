"""Every rule of the register: who may, what overlaps, what contradicts, which step may follow."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from leerbrug.besluiten.mappings import uit_grootboek
from leerbrug.besluiten.opvolging import losgekomen, onenigheden
from leerbrug.besluiten.regels import MAG
from leerbrug.besluiten.register import Maak, Reageer, Register, Stap, Wijzig
from leerbrug.besluiten.soorten import (
    Activiteit,
    Activiteitenlijst,
    Bereik,
    Bereiksoort,
    Haalbaarheid,
    Keuze,
    Mapping,
    Overname,
    Rol,
    Toestand,
    Voorwaarde,
    Vrijstellingsbesluit,
    Werkplekaandeel,
    Wie,
)
from leerbrug.besluiten.toestand import OVERGANGEN, Handeling
from leerbrug.besluiten.wereld import Wereld
from leerbrug.errors import (
    BesluitError,
    BevoegdheidError,
    LeerbrugError,
    TegenspraakError,
    ToestandError,
    UnknownCodeError,
    VersieError,
)
from leerbrug.graph.catalogus import Geldigheid
from leerbrug.graph.names import Names

DAG = date(2026, 11, 25)
MOET, KAN, KAN_NIET = Haalbaarheid.MOET, Haalbaarheid.KAN, Haalbaarheid.KAN_NIET


@pytest.fixture
def code(wereld: Wereld, toneel: Any) -> str:
    return toneel.codes(wereld)[0]


def test_a_decision_is_drawn_up_submitted_and_ratified_by_another(register: Register, toneel: Any, code: str) -> None:
    (stuk,) = register.voer_uit([Maak(toneel.besluit(code, MOET))], toneel.AN)
    assert (stuk.toestand, stuk.versie, stuk.opsteller) == (Toestand.ONTWERP, 1, toneel.AN)
    (stuk,) = register.voer_uit([Stap(stuk.id, 1, Handeling.LEG_VOOR)], toneel.AN)
    with pytest.raises(BevoegdheidError, match="tweede persoon"):
        register.voer_uit([Stap(stuk.id, 2, Handeling.BEKRACHTIG)], toneel.AN)
    with pytest.raises(BevoegdheidError):
        register.voer_uit([Stap(stuk.id, 2, Handeling.BEKRACHTIG)], Wie(Rol.SECTOR, " an ", "sector/bouw"))
    (stuk,) = register.voer_uit([Stap(stuk.id, 2, Handeling.BEKRACHTIG)], toneel.BO)
    assert (stuk.toestand, stuk.bekrachtiger) == (Toestand.BEKRACHTIGD, toneel.BO)
    assert [stap.handeling for stap in stuk.geschiedenis] == ["maak", "leg-voor", "bekrachtig"]
    assert stuk.mandaat


@pytest.mark.parametrize("handeling", OVERGANGEN)
@pytest.mark.parametrize("toestand", Toestand)
def test_a_step_is_taken_from_its_own_states_and_from_no_other(
    register: Register, toneel: Any, code: str, toestand: Toestand, handeling: Handeling
) -> None:
    """The life of a record is written here once more by hand: ontwerp, voorgelegd, bekrachtigd, then an end."""
    may = {
        (Toestand.ONTWERP, Handeling.WIJZIG),
        (Toestand.ONTWERP, Handeling.LEG_VOOR),
        (Toestand.VOORGELEGD, Handeling.STUUR_TERUG),
        (Toestand.VOORGELEGD, Handeling.BEKRACHTIG),
        (Toestand.BEKRACHTIGD, Handeling.VERVAL),
        *((toestand, Handeling.TREK_IN) for toestand in ("ontwerp", "voorgelegd", "bekrachtigd")),
    }
    way = {
        Toestand.ONTWERP: [],
        Toestand.VOORGELEGD: [Handeling.LEG_VOOR],
        Toestand.BEKRACHTIGD: [Handeling.LEG_VOOR, Handeling.BEKRACHTIG],
        Toestand.VERVALLEN: [Handeling.LEG_VOOR, Handeling.BEKRACHTIG, Handeling.VERVAL],
        Toestand.INGETROKKEN: [Handeling.TREK_IN],
    }
    gezegd = toneel.besluit(code)
    (stuk,) = register.voer_uit([Maak(gezegd)], toneel.AN)
    for step in way[toestand]:
        (stuk,) = register.voer_uit([Stap(stuk.id, stuk.versie, step, "daarom")], toneel.BO)
    assert stuk.toestand is toestand
    order: Any = Stap(stuk.id, stuk.versie, handeling, "daarom")
    if handeling is Handeling.WIJZIG:
        order = Wijzig(stuk.id, stuk.versie, msgspec.structs.replace(gezegd, grondslag="overleg"))
    if (toestand, handeling) in may:
        register.voer_uit([order], toneel.BO)
    else:
        with pytest.raises(ToestandError):
            register.voer_uit([order], toneel.BO)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"haalbaarheid": MOET, "reden": ""}, "haalbaarheidsbesluit#reden"),
        ({"haalbaarheid": KAN_NIET, "reden": ""}, "haalbaarheidsbesluit#reden"),
        ({"geldigheid": Geldigheid()}, "besluit#begindatum"),
        ({"geldigheid": Geldigheid(date(2026, 2, 1), date(2026, 1, 1))}, "besluit#periode"),
        ({"voorwaarde": Voorwaarde(aandeel=101)}, "haalbaarheidsbesluit#aandeel"),
        ({"voorwaarde": Voorwaarde(vanaf_jaar=0)}, "haalbaarheidsbesluit#leerjaar"),
    ],
)
def test_the_shapes_guard_every_write(
    register: Register, toneel: Any, code: str, change: dict[str, Any], rule: str
) -> None:
    before = register.grootboek.kop()
    with pytest.raises(BesluitError) as caught:
        register.voer_uit([Maak(msgspec.structs.replace(toneel.besluit(code), **change))], toneel.AN)
    assert any(found.startswith(rule) for found in caught.value.bevindingen), caught.value.bevindingen
    assert register.grootboek.kop() == before


def test_what_a_decision_is_about_exists(register: Register, toneel: Any, wereld: Wereld, code: str) -> None:
    for gezegd in (
        toneel.besluit("bkc9999999"),
        toneel.besluit(code, versie="BK-9999-1"),
        toneel.besluit(toneel.codes(wereld, "BK-0019-3")[0]),
        msgspec.structs.replace(toneel.besluit(code), bereik=Bereik(Bereiksoort.PROGRAMMA, programma="999999")),
    ):
        with pytest.raises(UnknownCodeError):
            register.voer_uit([Maak(gezegd)], toneel.AN)


def test_a_mandate_covers_the_scope_on_that_day(klein: Any, wereld: Wereld, keuring: Any, toneel: Any) -> None:
    register = Register(klein, lambda: wereld, keuring)
    stukadoor, bakker = toneel.codes(wereld)[0], toneel.codes(wereld, "BK-0019-3")[0]
    refused = pytest.raises(BevoegdheidError, match="mandaat")
    with refused:
        register.voer_uit([Maak(toneel.besluit(stukadoor))], toneel.AN)
    (ended,) = register.voer_uit([Maak(toneel.mandaat(toneel.BOUW, tot=date(2021, 1, 1)))], toneel.BEHEER)
    with refused:
        register.voer_uit([Maak(toneel.besluit(stukadoor))], toneel.AN)
    (given,) = register.voer_uit([Maak(toneel.mandaat(toneel.BOUW, "BK-0130"))], toneel.BEHEER)
    (stuk,) = register.voer_uit([Maak(toneel.besluit(stukadoor))], toneel.AN)
    assert stuk.mandaat == given.id != ended.id
    with refused:
        register.voer_uit([Maak(toneel.besluit(bakker, versie="BK-0019-3"))], toneel.AN)
    register.voer_uit([Stap(given.id, 1, Handeling.TREK_IN, "akkoord liep af")], toneel.BEHEER)
    register.voer_uit([Stap(stuk.id, 1, Handeling.LEG_VOOR)], toneel.AN)
    with refused:
        register.voer_uit([Stap(stuk.id, 2, Handeling.BEKRACHTIG)], toneel.BO)


def test_a_mandate_without_a_basis_is_refused(klein: Any, wereld: Wereld, keuring: Any, toneel: Any) -> None:
    register = Register(klein, lambda: wereld, keuring)
    with pytest.raises(BesluitError, match="grondslag"):
        register.voer_uit([Maak(msgspec.structs.replace(toneel.mandaat(toneel.BOUW), grondslag=""))], toneel.BEHEER)


def _orders(stuk: Any, gezegd: Any) -> list[Any]:
    steps = [Stap(stuk.id, stuk.versie, handeling, "daarom") for handeling in OVERGANGEN if handeling != "wijzig"]
    return [*steps, Wijzig(stuk.id, stuk.versie, gezegd), Reageer(stuk.id, "hallo")]


def test_sector_a_never_touches_sector_b(register: Register, toneel: Any, code: str) -> None:
    gezegd = toneel.besluit(code)
    with pytest.raises(BevoegdheidError):
        register.voer_uit([Maak(gezegd)], toneel.CAS)
    (stuk,) = register.voer_uit([Maak(gezegd)], toneel.AN)
    for state in range(3):
        for order in _orders(stuk, gezegd):
            with pytest.raises((BevoegdheidError, ToestandError)):
                register.voer_uit([order], toneel.CAS)
        if state < 2:
            step = (Handeling.LEG_VOOR, Handeling.BEKRACHTIG)[state]
            (stuk,) = register.voer_uit([Stap(stuk.id, stuk.versie, step)], (toneel.AN, toneel.BO)[state])
    assert register.stuk(stuk.id) == stuk


def test_no_role_writes_what_is_not_its_own(register: Register, toneel: Any, code: str) -> None:
    kinds = {
        "haalbaarheid": toneel.besluit(code),
        "mandaat": toneel.mandaat(toneel.BOUW),
    }
    for rol, kind in ((Rol.BEHEERDER, "haalbaarheid"), (Rol.ONTWERPER, "haalbaarheid"), (Rol.SECTOR, "mandaat")):
        with pytest.raises(BevoegdheidError):
            register.voer_uit([Maak(kinds[kind])], Wie(rol, "Iemand", "sector/bouw" if rol is Rol.SECTOR else ""))
    assert set(MAG) == set(Rol)


def test_overlap_and_contradiction_within_a_sector_are_refused_with_both_shown(
    register: Register, toneel: Any, wereld: Wereld
) -> None:
    first, second, third = toneel.codes(wereld)[:3]
    stands = toneel.bekrachtigd(register, toneel.besluit(first, MOET))
    base = toneel.besluit(first)
    cluster = Bereik(Bereiksoort.CLUSTER, toneel.STUKADOOR, (second, first), naam="twee samen")
    for clash in (
        toneel.besluit(first, KAN_NIET),
        toneel.besluit(first, MOET),
        msgspec.structs.replace(base, bereik=cluster),
        msgspec.structs.replace(base, bereik=Bereik(Bereiksoort.KWALIFICATIE, toneel.STUKADOOR)),
        msgspec.structs.replace(base, geldigheid=Geldigheid(date(2030, 1, 1))),
    ):
        with pytest.raises(TegenspraakError) as caught:
            register.voer_uit([Maak(clash)], toneel.AN)
        assert caught.value.stukken == (stands.id,)
        (both,) = caught.value.bevindingen
        assert "moet" in both
        assert stands.id in both
    apart = msgspec.structs.replace(base, geldigheid=Geldigheid(date(2020, 1, 1), date(2025, 12, 31)))
    register.voer_uit([Maak(apart)], toneel.AN)
    register.voer_uit([Maak(toneel.besluit(second)), Maak(toneel.besluit(third, MOET))], toneel.AN)


def test_verdicts_in_contexts_that_differ_stand_side_by_side(register: Register, toneel: Any, code: str) -> None:
    def within(*contexten: str) -> Any:
        return toneel.besluit(code, voorwaarde=Voorwaarde(contexten))

    register.voer_uit([Maak(within("nieuwbouw", "renovatie")), Maak(within("atelier"))], toneel.AN)
    for clash in (within("renovatie"), within()):
        with pytest.raises(TegenspraakError):
            register.voer_uit([Maak(clash)], toneel.AN)


def test_a_whole_batch_or_nothing(register: Register, toneel: Any, wereld: Wereld) -> None:
    first, second = toneel.codes(wereld)[:2]
    before = register.grootboek.kop()
    with pytest.raises(TegenspraakError):
        register.voer_uit([Maak(toneel.besluit(one)) for one in (first, second, first)], toneel.AN)
    assert register.grootboek.kop() == before


def test_a_replacement_lapses_what_it_replaces_when_it_is_ratified(register: Register, toneel: Any, code: str) -> None:
    old = toneel.bekrachtigd(register, toneel.besluit(code, MOET))
    (new,) = register.voer_uit([Maak(toneel.besluit(code, KAN, vervangt=old.id))], toneel.AN)
    register.voer_uit([Stap(new.id, 1, Handeling.LEG_VOOR)], toneel.AN)
    assert register.stuk(old.id).toestand is Toestand.BEKRACHTIGD
    register.voer_uit([Stap(new.id, 2, Handeling.BEKRACHTIG)], toneel.BO)
    assert register.stuk(old.id).toestand is Toestand.VERVALLEN
    with pytest.raises(BesluitError):
        register.voer_uit([Maak(toneel.besluit(code, KAN, vervangt=old.id))], toneel.AN)


def test_who_read_an_older_version_is_told(register: Register, toneel: Any, code: str) -> None:
    (stuk,) = register.voer_uit([Maak(toneel.besluit(code))], toneel.AN)
    register.voer_uit([Wijzig(stuk.id, 1, toneel.besluit(code, MOET))], toneel.BO)
    for order in (Wijzig(stuk.id, 1, toneel.besluit(code)), Stap(stuk.id, 1, Handeling.LEG_VOOR)):
        with pytest.raises(VersieError, match="versie 2"):
            register.voer_uit([order], toneel.AN)


def test_remarks_change_nothing_but_themselves(register: Register, toneel: Any, code: str) -> None:
    (stuk,) = register.voer_uit([Maak(toneel.besluit(code))], toneel.AN)
    (after,) = register.voer_uit([Reageer(stuk.id, "En in de winter?")], toneel.BO)
    assert [(one.wie, one.tekst) for one in after.opmerkingen] == [(toneel.BO, "En in de winter?")]
    assert msgspec.structs.replace(after, opmerkingen=()) == stuk
    with pytest.raises(BesluitError):
        register.voer_uit([Reageer(stuk.id, "  ")], toneel.BO)


def test_contradiction_between_sectors_is_accepted_shown_to_both_and_settled_by_a_choice(
    register: Register, toneel: Any, wereld: Wereld, code: str
) -> None:
    one = toneel.bekrachtigd(register, toneel.besluit(code, MOET))
    other = toneel.bekrachtigd(
        register, toneel.besluit(code, KAN_NIET, instantie=toneel.VOEDING), toneel.CAS, toneel.DOE
    )
    (clash,) = register.lees(lambda stand: onenigheden(stand, wereld, DAG))
    assert {clash.een, clash.ander} == {one.id, other.id}
    assert clash.gekozen == ""

    def choice(*between: str, chosen: str) -> Keuze:
        return Keuze(
            instantie=toneel.BOUW,
            bereik=one.besluit.bereik,
            tussen=between,
            gekozen=chosen,
            reden="overleg van beide",
            geldigheid=toneel.VANAF,
        )

    for wrong in (
        choice(one.id, chosen=one.id),
        choice(one.id, other.id, chosen="x"),
        choice(one.id, one.id, chosen=one.id),
    ):
        with pytest.raises(LeerbrugError):
            register.voer_uit([Maak(wrong)], toneel.BEHEER)
    toneel.bekrachtigd(register, choice(one.id, other.id, chosen=other.id), toneel.BEHEER, Wie(Rol.BEHEERDER, "Tweede"))
    (settled,) = register.lees(lambda stand: onenigheden(stand, wereld, DAG))
    assert settled.gekozen == other.id


def test_an_acceptance_is_flagged_as_soon_as_its_source_is_withdrawn(
    register: Register, toneel: Any, wereld: Wereld, code: str
) -> None:
    source = toneel.bekrachtigd(register, toneel.besluit(code, MOET))
    accepts = Overname(
        instantie=toneel.VOEDING, bereik=source.besluit.bereik, overgenomen_van=source.id, geldigheid=toneel.VANAF
    )
    with pytest.raises(BesluitError):
        register.voer_uit([Maak(msgspec.structs.replace(accepts, instantie=toneel.BOUW))], toneel.AN)
    taken = toneel.bekrachtigd(register, accepts, toneel.CAS, toneel.DOE)
    day = date(2026, 11, 25)
    assert register.lees(lambda stand: losgekomen(stand, day)) == []
    register.voer_uit([Stap(source.id, source.versie, Handeling.TREK_IN, "herzien")], toneel.BO)
    assert register.lees(lambda stand: losgekomen(stand, day)) == [taken.id]


def test_every_kind_of_record_is_kept_in_the_same_ledger(
    register: Register, toneel: Any, wereld: Wereld, code: str
) -> None:
    rest: dict[str, Any] = {"instantie": toneel.BOUW, "geldigheid": toneel.VANAF, "reden": "overleg"}
    whole = Bereik(Bereiksoort.KWALIFICATIE, toneel.STUKADOOR)
    kinds = [
        Werkplekaandeel(bereik=whole, minimum=60, **rest),
        Activiteitenlijst(bereik=whole, activiteiten=(Activiteit("pleisteren op de werf", (code,)),), **rest),
        Vrijstellingsbesluit(bereik=toneel.besluit(code).bereik, op_grond_van="BK-0019-3", **rest),
    ]
    for kind in kinds:
        assert toneel.bekrachtigd(register, kind).toestand is Toestand.BEKRACHTIGD
    (mapping,) = register.voer_uit(
        [
            Maak(
                Mapping(bereik=Bereik(Bereiksoort.PROGRAMMA), van="urn:a", predicaat="exactMatch", naar="urn:b", **rest)
            )
        ],
        Wie(Rol.ONTWERPER, "Eva"),
    )
    assert mapping.toestand is Toestand.BEKRACHTIGD
    (read,) = register.lees(lambda stand: list(uit_grootboek(stand, Names())))
    assert (read.van, read.predicaat, read.naar, read.auteur) == ("urn:a", "exactMatch", "urn:b", "Eva")
    wrong = Activiteitenlijst(bereik=whole, activiteiten=(Activiteit("iets", ("bkc1",)),), **rest)
    with pytest.raises(UnknownCodeError):
        register.voer_uit([Maak(wrong)], toneel.AN)
    assert register.grootboek.verifieer() == register.grootboek.kop()[0]
