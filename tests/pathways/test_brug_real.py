"""Bridges on the real qualifications of Flanders: the facts of domain.md §6.4b, computed."""

from __future__ import annotations

import statistics
import time
from datetime import date

import msgspec
import pytest
from leerbrug.graph.catalogus import Catalogus, Geldigheid
from leerbrug.pathways.brug import beide_richtingen, brug
from leerbrug.pathways.houder import erkenning_op
from leerbrug.pathways.oordeel import Regel, Verdict
from leerbrug.pathways.vergelijking import Vergelijking, is_vergelijkbaar
from leerbrug.pathways.zijden import Nota, Notasoort

OP = date(2026, 10, 9)

GEDEELD = [
    ("BK-0002-3", "BK-0019-3", {"18111-c": "1/6", "SK-4116-c": "1/6", "SK-4793-c": "1/6", "SK-7783-c": "5/1"}),
    ("BK-0002-3", "BK-0068-2", {"18111-c": "1/12", "SK-4116-c": "1/12", "SK-4793-c": "1/12"}),
    (
        "BK-0019-3",
        "BK-0068-2",
        {"18111-c": "6/12", "SK-4116-c": "6/12", "SK-4793-c": "6/12", "SK-4121-c": "12/9", "SK-7784-c": "1/13"},
    ),
    ("BK-0002-3", "BK-0127-2", {"SK-4793-c": "1/3"}),
    ("BK-0019-3", "BK-0127-2", {"SK-4793-c": "6/3"}),
    ("BK-0068-2", "BK-0127-2", {"SK-4793-c": "12/3"}),
    ("BK-0002-3", "BK-0117-2", {"SK-7777-c": "5/4", "SK-7783-c": "5/4"}),
    ("BK-0019-3", "BK-0117-2", {"SK-7783-c": "1/4"}),
    ("BK-0130-5", "BK-0002-3", {}),
    ("BK-0130-5", "BK-0019-3", {}),
    ("BK-0130-5", "BK-0068-2", {}),
]


@pytest.fixture(scope="module")
def vergelijking(catalogus: Catalogus) -> Vergelijking:
    return Vergelijking(catalogus)


@pytest.mark.parametrize(("van", "naar", "verwacht"), GEDEELD)
def test_shared_references_are_those_of_the_domain_note(
    vergelijking: Vergelijking, van: str, naar: str, verwacht: dict[str, str]
) -> None:
    antwoord = brug(vergelijking, [van], naar, OP)
    nummers = {c.iri: c.nr for c in vergelijking.catalogus.kwalificaties[van].competenties}
    gevonden = {
        referentie: f"{nummers[steun.iri]}/{oordeel.competentie.nr}"
        for oordeel in antwoord.competenties
        for steun in oordeel.oordeel.steunt
        for referentie in steun.referenties
    }
    assert gevonden == verwacht


def test_bakker_to_banketbakker_is_wide_and_says_why(vergelijking: Vergelijking) -> None:
    antwoord = brug(vergelijking, ["BK-0019-3"], "BK-0020-3", OP)
    catalogus = vergelijking.catalogus
    bakker, banketbakker = (catalogus.kwalificaties[code] for code in ("BK-0019-3", "BK-0020-3"))
    assert {r for c in bakker.competenties for r in c.referenties} == {
        r for c in banketbakker.competenties for r in c.referenties
    }
    te_bevestigen = [o for o in antwoord.competenties if o.oordeel.verdict is Verdict.TE_BEVESTIGEN]
    assert te_bevestigen
    for oordeel in te_bevestigen:
        assert oordeel.oordeel.regel is Regel.ANDERE_TEKST
        assert any(v.weg or v.bij for v in oordeel.oordeel.verschil)
        assert {r for s in oordeel.oordeel.steunt for r in s.referenties} == set(oordeel.competentie.referenties)
    assert (
        antwoord.dekking.bewezen < antwoord.dekking.mogelijk == antwoord.dekking.van == len(banketbakker.competenties)
    )


def test_fietstechnicus_to_fietshersteller_both_ways(vergelijking: Vergelijking) -> None:
    heen, terug = beide_richtingen(vergelijking, ["BK-0480-1"], "BK-0117-2", OP)
    assert (heen.van[0].code, heen.naar.code) == ("BK-0480-1", "BK-0117-2")
    assert [(b.van[0].code, b.naar.code) for b in terug] == [("BK-0117-2", "BK-0480-1")]
    assert terug == (brug(vergelijking, ["BK-0117-2"], "BK-0480-1", OP),)
    assert heen.dekking.van == 12


INSTAP = [
    ("1", "VIA_ALLE_BEWIJZEN", {"BK-0555", "BK-0553"}, {"Dekvloerlegger", "Tegelzetter"}),
    ("65", "VIA_1_VAN_DE_BEWIJZEN", {"BK-0018"}, {"Banketbakker", "Broodbakker"}),
    ("99", "VIA_1_VAN_DE_BEWIJZEN", {"BK-0117"}, {"Fietsmecanicien"}),
    ("251", "VIA_1_VAN_DE_BEWIJZEN", {"BK-0227"}, {"Bandenmonteur"}),
    (
        "293",
        "VIA_1_VAN_DE_BEWIJZEN",
        {"BK-0193"},
        {f"Productiemedewerker {soort}" for soort in ("hout", "industrie", "kunststoffen", "metaal", "voeding")},
    ),
]


def _instap(notas: tuple[Nota, ...]) -> Nota:
    (nota,) = [nota for nota in notas if nota.soort is Notasoort.FLEXIBELE_INSTAP]
    return nota


@pytest.mark.parametrize(("programma", "regel", "bewijzen", "certificaten"), INSTAP)
def test_flexible_entry_stands_beside_the_bridge(
    vergelijking: Vergelijking, programma: str, regel: str, bewijzen: set[str], certificaten: set[str]
) -> None:
    erkenning = erkenning_op(vergelijking, programma, OP)
    assert erkenning.instap is not None
    assert erkenning.instap.regel == regel
    nota = _instap(brug(vergelijking, ["BK-0002-3"], programma, OP).zijden)
    assert nota.voldaan is False
    assert set(nota.codes) == bewijzen | {f"Certificaat {naam}" for naam in certificaten}
    for certificaat in certificaten:
        assert _instap(brug(vergelijking, [f"certificaat:{certificaat}"], programma, OP).zijden).voldaan


def test_every_former_certificate_opens_the_entry_that_names_it(vergelijking: Vergelijking) -> None:
    """Given as in a list of codes, which is split at its commas: one certificate has commas in its own name."""
    pairs = [
        (naam.removeprefix("Certificaat "), erkenning.code)
        for erkenning in vergelijking.catalogus.erkenningen.values()
        for naam in (erkenning.instap.certificaten if erkenning.instap else ())
    ]
    assert any("," in naam for naam, _ in pairs)
    for naam, programma in pairs:
        answer = brug(vergelijking, f"BK-0002-3,certificaat:{naam},BK-0019-3".split(","), programma, OP)
        assert [ding.code for ding in answer.van] == ["BK-0002-3", f"certificaat:{naam}", "BK-0019-3"]
        assert _instap(answer.zijden).voldaan


def test_a_whole_bk_opens_an_entry_that_names_its_parts_and_says_that_this_is_a_reading(
    vergelijking: Vergelijking,
) -> None:
    delen = ["BK-0364-2-DBK-01", "BK-0364-2-DBK-03"]
    geheel = brug(vergelijking, ["BK-0364-2"], "146", OP).zijden
    assert _instap(geheel).voldaan is True
    lezing = [nota for nota in geheel if nota.soort is Notasoort.DEEL_VAN_GEHEEL]
    assert [(nota.kant, nota.code, nota.codes) for nota in lezing] == [("van", "BK-0364-2", (deel,)) for deel in delen]
    met_delen = brug(vergelijking, delen, "146", OP).zijden
    assert _instap(met_delen).voldaan is True
    assert not [nota for nota in met_delen if nota.soort is Notasoort.DEEL_VAN_GEHEEL]
    assert _instap(brug(vergelijking, delen[:1], "146", OP).zijden).voldaan is False


def test_all_proofs_or_one_of_them_open_the_entry(vergelijking: Vergelijking) -> None:
    een = brug(vergelijking, ["BK-0555-1"], "1", OP)
    alle = brug(vergelijking, ["BK-0555-1", "BK-0553-1"], "1", OP)
    assert (_instap(een.zijden).voldaan, _instap(alle.zijden).voldaan) == (False, True)
    assert _instap(brug(vergelijking, ["evc:BK-0117-2"], "99", OP).zijden).voldaan


def test_only_dossier_numbers_are_not_comparable(vergelijking: Vergelijking) -> None:
    stukadoor = vergelijking.catalogus.kwalificaties["BK-0130-5"]
    assert not any(is_vergelijkbaar(r) for c in stukadoor.competenties for r in c.referenties)
    for van, naar in (("BK-0130-5", "BK-0019-3"), ("BK-0019-3", "BK-0130-5")):
        dekking = brug(vergelijking, [van], naar, OP).dekking
        assert dekking.onvergelijkbaar == dekking.van > 0


def test_what_the_source_gives_no_dates_is_not_called_valid(vergelijking: Vergelijking) -> None:
    known = {code: k.geldigheid for code, k in vergelijking.catalogus.kwalificaties.items()}
    undated = [code for code, geldigheid in known.items() if geldigheid == Geldigheid()]
    assert undated
    for code in (*undated, "BK-0019-3"):
        (nota,) = [n for n in brug(vergelijking, ["BK-0002-3"], code, OP).zijden if (n.soort, n.code, n.kant) == (
            Notasoort.GELDIGHEID, code, "naar")]  # fmt: skip
        assert nota.voldaan is (True if code == "BK-0019-3" else None)
        assert ("zegt niet" in nota.tekst["nl"]) == (code in undated)


def test_a_version_to_itself_leaves_nothing(vergelijking: Vergelijking) -> None:
    for code, kwalificatie in vergelijking.catalogus.kwalificaties.items():
        antwoord = brug(vergelijking, [code], code, OP)
        assert antwoord.resterend == ()
        assert antwoord.dekking.gedekt == antwoord.dekking.van == len(kwalificatie.competenties)


def test_a_programme_covers_each_bk_it_contains_in_full(vergelijking: Vergelijking) -> None:
    bekend = vergelijking.catalogus.kwalificaties
    for erkenning in vergelijking.catalogus.erkenningen.values():
        for code in erkenning.volledig:
            if code in bekend:
                dekking = brug(vergelijking, [erkenning.code], code, OP).dekking
                assert dekking.gedekt == dekking.van


def test_a_partial_bk_is_possible_and_never_proven(catalogus: Catalogus) -> None:
    # The real partial BKs have no dossier in the data: the same programme is read here as one that contains it in part.
    deels = msgspec.structs.replace(catalogus.erkenningen["ADV-1705"], volledig=(), gedeeltelijk=("BK-0019-3",))
    vergelijking = Vergelijking(
        msgspec.structs.replace(catalogus, erkenningen={**catalogus.erkenningen, "ADV-1705": deels})
    )
    antwoord = brug(vergelijking, ["ADV-1705"], "BK-0019-3", OP)
    assert (antwoord.dekking.gedekt, antwoord.dekking.te_bevestigen) == (0, antwoord.dekking.van)
    assert {o.oordeel.regel for o in antwoord.competenties} == {Regel.GEDEELTELIJK_BEWEZEN}
    assert [nota.code for nota in antwoord.zijden if nota.soort is Notasoort.GEDEELTELIJK] == ["BK-0019-3"]


def test_one_explained_bridge_takes_less_than_five_milliseconds(vergelijking: Vergelijking) -> None:
    codes = [code for code, k in vergelijking.catalogus.kwalificaties.items() if k.competenties]
    tijden = []
    for van in codes[::8]:
        for naar in codes[::8]:
            begin = time.process_time()
            brug(vergelijking, [van], naar, OP)
            tijden.append(time.process_time() - begin)
    assert statistics.median(tijden) < 0.005
