"""The dual profile: what the decisions say of a programme, and that revoking one changes exactly what cites it."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from leerbrug.besluiten.duaalprofiel import Duaalprofiel, duaalprofiel, geraakt, steunt_op, urenregel
from leerbrug.besluiten.register import Maak, Register, Stap
from leerbrug.besluiten.soorten import (
    Bereik,
    Bereiksoort,
    Haalbaarheid,
    Keuze,
    Overname,
    Rol,
    Voorwaarde,
    Werkplekaandeel,
    Wie,
)
from leerbrug.besluiten.toestand import Handeling
from leerbrug.besluiten.trajectontwerp import LET_OP, gebreken, trajectontwerp
from leerbrug.besluiten.trajectuitvoer import VORMEN
from leerbrug.besluiten.wereld import Wereld
from leerbrug.graph.catalogus import Contract

DAG = date(2026, 11, 25)
MOET, KAN, KAN_NIET, OPEN = Haalbaarheid.MOET, Haalbaarheid.KAN, Haalbaarheid.KAN_NIET, Haalbaarheid.NOG_NIET_BESLIST


@pytest.fixture(scope="session")
def programma(wereld: Wereld, toneel: Any) -> str:
    """A dual programme of the sample that leads to the stukadoor."""
    return next(
        code
        for code, opleiding in sorted(wereld.catalogus.programmas.items())
        if opleiding.duaal and (found := wereld.erkenning(code, DAG)) and toneel.STUKADOOR in found.volledig
    )


def profile(register: Register, wereld: Wereld, programma: str) -> Duaalprofiel:
    return register.lees(lambda stand: duaalprofiel(stand, wereld, programma, DAG))


def test_it_says_what_must_may_cannot_and_is_open(
    register: Register, wereld: Wereld, toneel: Any, programma: str
) -> None:
    first, second, third, *rest = toneel.codes(wereld)
    said = {first: MOET, second: KAN, third: KAN_NIET}
    for code, verdict in said.items():
        toneel.bekrachtigd(register, toneel.besluit(code, verdict))
    register.voer_uit([Maak(toneel.besluit(rest[0]))], toneel.AN)
    found = profile(register, wereld, programma)
    verdicts = {line.competentie: line.haalbaarheid for line in found.regels if line.versie == toneel.STUKADOOR}
    assert verdicts == {**said, **dict.fromkeys(rest, OPEN)}, "a draft decides nothing"
    assert found.kan_duaal is None
    assert any("nog niet beslist" in reason for reason in found.nog_te_weten)
    assert found.contract is not None
    assert found.erkenning


def test_a_programme_is_dual_when_all_is_decided_and_the_hours_fit(
    register: Register, wereld: Wereld, toneel: Any, programma: str
) -> None:
    erkenning = wereld.erkenning(programma, DAG)
    assert erkenning is not None
    for versie in erkenning.volledig:
        bereik = Bereik(Bereiksoort.KWALIFICATIE, versie)
        toneel.bekrachtigd(register, msgspec.structs.replace(toneel.besluit("x"), bereik=bereik))
    assert profile(register, wereld, programma).kan_duaal is True


def test_a_verdict_on_the_programme_itself_ends_it_with_its_reason(
    register: Register, wereld: Wereld, toneel: Any, programma: str
) -> None:
    bereik = Bereik(Bereiksoort.PROGRAMMA, programma=programma)
    no = msgspec.structs.replace(toneel.besluit("x", KAN_NIET), bereik=bereik, reden="geen werkplekken")
    stuk = toneel.bekrachtigd(register, no)
    found = profile(register, wereld, programma)
    assert found.kan_duaal is False
    assert any(stuk.id in reason and "geen werkplekken" in reason for reason in found.waarom)


def test_shares_that_leave_too_few_hours_are_refused_by_arithmetic(
    register: Register, wereld: Wereld, toneel: Any, programma: str
) -> None:
    """Twenty hours of thirty-six is more than half: a cap of 50 % on everything cannot carry an OAO."""
    erkenning = wereld.erkenning(programma, DAG)
    assert erkenning is not None
    assert erkenning.contract is not None
    assert erkenning.contract.uren_min == 20
    for versie in erkenning.volledig:
        whole = msgspec.structs.replace(
            toneel.besluit("x", voorwaarde=Voorwaarde(aandeel=50)), bereik=Bereik(Bereiksoort.KWALIFICATIE, versie)
        )
        toneel.bekrachtigd(register, whole)
    found = profile(register, wereld, programma)
    assert found.kan_duaal is False
    assert any("18 van 36 uur" in reason and "20" in reason for reason in found.waarom)


@pytest.mark.parametrize(
    ("contract", "said"),
    [
        (Contract("OAO", "min-20", 20), "OAO: minstens 20 uur per week op de werkvloer"),
        (Contract("SOAO", "14-19", 14, 19), "SOAO: 14 tot 19 uur per week op de werkvloer"),
        (Contract("DAO", "afwijking-zeevisserij"), "DAO: afwijking (afwijking-zeevisserij)"),
    ],
)
def test_the_hours_of_each_contract(contract: Contract, said: str) -> None:
    assert urenregel(contract) == said


def test_sectors_that_disagree_leave_it_open_until_a_choice(
    register: Register, wereld: Wereld, toneel: Any, programma: str
) -> None:
    code = toneel.codes(wereld)[0]
    one = toneel.bekrachtigd(register, toneel.besluit(code, MOET))
    other = toneel.bekrachtigd(register, toneel.besluit(code, KAN, instantie=toneel.VOEDING), toneel.CAS, toneel.DOE)

    def line() -> Any:
        return next(one for one in profile(register, wereld, programma).regels if one.competentie == code)

    assert (line().haalbaarheid, line().oneens) == (OPEN, True)
    assert {steun.besluit for steun in line().steunt} == {one.id, other.id}
    choice = Keuze(
        instantie=toneel.BOUW,
        bereik=one.besluit.bereik,
        tussen=(one.id, other.id),
        gekozen=other.id,
        reden="samen beslist",
        geldigheid=toneel.VANAF,
    )
    chosen = toneel.bekrachtigd(register, choice, toneel.BEHEER, Wie(Rol.BEHEERDER, "Tweede"))
    assert (line().haalbaarheid, line().oneens, line().keuze) == (KAN, False, chosen.id)


def test_an_accepted_judgement_holds_with_both_signatories_and_falls_with_its_source(
    register: Register, wereld: Wereld, toneel: Any, programma: str
) -> None:
    bakker = toneel.codes(wereld, "BK-0019-3")[0]
    code = toneel.codes(wereld)[0]
    source = toneel.bekrachtigd(
        register, toneel.besluit(bakker, MOET, instantie=toneel.VOEDING, versie="BK-0019-3"), toneel.CAS, toneel.DOE
    )
    accepts = Overname(
        instantie=toneel.BOUW, bereik=toneel.besluit(code).bereik, overgenomen_van=source.id, geldigheid=toneel.VANAF
    )
    taken = toneel.bekrachtigd(register, accepts)

    def line() -> Any:
        return next(one for one in profile(register, wereld, programma).regels if one.competentie == code)

    assert line().haalbaarheid is MOET
    (steun,) = line().steunt
    assert (steun.besluit, steun.via, steun.instantie) == (source.id, taken.id, "sector/voedingsnijverheid")
    register.voer_uit([Stap(source.id, source.versie, Handeling.TREK_IN, "herzien")], toneel.DOE)
    assert line().haalbaarheid is OPEN
    assert line().steunt == ()


def test_revoking_one_decision_changes_exactly_what_cites_it(
    register: Register, wereld: Wereld, toneel: Any, programma: str
) -> None:
    made = [toneel.bekrachtigd(register, toneel.besluit(code, MOET)) for code in toneel.codes(wereld)[:6]]
    programmes = sorted(wereld.catalogus.programmas)

    def all_profiles() -> dict[str, Duaalprofiel]:
        return register.lees(lambda stand: {code: duaalprofiel(stand, wereld, code, DAG) for code in programmes})

    before = all_profiles()
    revoked = made[2]
    register.voer_uit([Stap(revoked.id, revoked.versie, Handeling.TREK_IN, "vergissing")], toneel.BO)
    after = all_profiles()
    changed = {code for code in programmes if before[code] != after[code]}
    assert changed == {code for code in programmes if revoked.id in steunt_op(before[code])}
    assert changed == set(geraakt(wereld, revoked, DAG))
    assert programma in changed
    for code in changed:
        lines = {
            (one.versie, one.competentie): (one, two)
            for one, two in zip(before[code].regels, after[code].regels, strict=True)
            if one != two
        }
        assert {key[1] for key in lines} == set(revoked.besluit.bereik.competenties)


def test_the_least_share_in_adult_education(register: Register, wereld: Wereld, toneel: Any, programma: str) -> None:
    share = Werkplekaandeel(
        instantie=toneel.BOUW,
        bereik=Bereik(Bereiksoort.PROGRAMMA, programma=programma),
        minimum=60,
        reden="overleg",
        geldigheid=toneel.VANAF,
    )
    toneel.bekrachtigd(register, share)
    assert profile(register, wereld, programma).bijkomend.volwassenen[0].minimum == 60


def test_a_draft_trajectory_places_each_competence_once_within_the_verdicts(
    register: Register, wereld: Wereld, toneel: Any, programma: str
) -> None:
    first, second, third, *_ = toneel.codes(wereld)
    for code, verdict in {first: MOET, second: KAN, third: KAN_NIET}.items():
        toneel.bekrachtigd(register, toneel.besluit(code, verdict))
    draft = register.lees(lambda stand: trajectontwerp(stand, wereld, programma, DAG))
    placed = {code: cluster.plaats for cluster in draft.clusters for code in cluster.competenties}
    assert (placed[first], placed[second], placed[third]) == ("werk", "beide", "school")
    total = sum(len(cluster.competenties) for cluster in draft.clusters)
    assert total == len(profile(register, wereld, programma).regels)
    faults = register.lees(lambda stand: gebreken(draft, duaalprofiel(stand, wereld, programma, DAG)))
    assert [fault for fault in faults if fault.cluster] == []
    moved = tuple(
        msgspec.structs.replace(cluster, plaats="school") if first in cluster.competenties else cluster
        for cluster in draft.clusters
    )
    edited = msgspec.structs.replace(draft, clusters=moved)
    faults = register.lees(lambda stand: gebreken(edited, duaalprofiel(stand, wereld, programma, DAG)))
    assert any(first in fault.waarom and "moet op de werkvloer" in fault.waarom for fault in faults)
    lost = msgspec.structs.replace(draft, clusters=draft.clusters[1:])
    assert any(
        "staat in geen cluster" in fault.waarom
        for fault in register.lees(lambda stand: gebreken(lost, duaalprofiel(stand, wereld, programma, DAG)))
    )


@pytest.mark.parametrize("vorm", VORMEN)
def test_every_export_says_that_it_is_a_draft_and_names_each_competence(
    register: Register, wereld: Wereld, toneel: Any, programma: str, vorm: str
) -> None:
    draft = register.lees(lambda stand: trajectontwerp(stand, wereld, programma, DAG))
    text = READERS[vorm](VORMEN[vorm][1](draft, wereld))
    assert LET_OP in text
    for cluster in draft.clusters:
        for code in cluster.competenties:
            assert code in text


def _docx(content: bytes) -> str:
    import io

    import docx

    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def _xlsx(content: bytes) -> str:
    import io

    from openpyxl import load_workbook

    rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    return "\n".join(str(value) for row in rows for value in row)


READERS: dict[str, Any] = {"docx": _docx, "xlsx": _xlsx, "html": bytes.decode, "jsonld": bytes.decode}


@given(st.lists(st.sampled_from(Haalbaarheid), min_size=1, max_size=4))
def test_a_profile_counts_what_it_lists(verdicts: list[Haalbaarheid]) -> None:
    from leerbrug.besluiten.oordelen import Profielregel

    lines = tuple(Profielregel("v", str(number), number, "", one) for number, one in enumerate(verdicts))
    found = Duaalprofiel(1, DAG, "p", "t", "e", True, lines, None, (), None, ())
    assert sum(found.aantal(one) for one in Haalbaarheid) == len(verdicts)
