"""Leertrajecten on the real graph: what the field expects to be found, and what must not be."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import msgspec
import pytest
from leerbrug.errors import InputError, UnknownCodeError
from leerbrug.graph.catalogus import Catalogus
from leerbrug.pathways.haalbaarheid import Haalbaarheid, Tijd, vroegst
from leerbrug.pathways.handelingen import Aanbod
from leerbrug.pathways.leerling import Leerling, Vrijstelling, Weg, Wens, Werkplek
from leerbrug.pathways.leertraject import Antwoord, Stap
from leerbrug.pathways.opgave import Opgave
from leerbrug.pathways.planner import plan
from leerbrug.pathways.traject_ctdl import als_pathway
from leerbrug.pathways.waaromniet import minimaal_conflict

OP = date(2026, 10, 9)


def gevraagd(aanbod: Aanbod, doel: str, leerling: Leerling, **grenzen: object) -> Antwoord:
    return plan(aanbod, leerling, msgspec.convert({"doelen": (doel,), "op": OP, **grenzen}, Wens), seconden=60)


def enige_stap(antwoord: Antwoord) -> Stap:
    (stap,) = antwoord.leertrajecten[0].stappen
    return stap


FLEXIBEL = [
    (("BK-0555", "BK-0553"), "1", {"reeks:BK-0555", "reeks:BK-0553"}),
    (("certificaat:Dekvloerlegger",), "1", {"certificaat:dekvloerlegger"}),
    (("certificaat:Tegelzetter",), "1", {"certificaat:tegelzetter"}),
    (("BK-0018",), "65", {"reeks:BK-0018"}),
    (("certificaat:Broodbakker",), "65", {"certificaat:broodbakker"}),
    (("BK-0117-2",), "99", {"reeks:BK-0117"}),
    (("certificaat:Fietsmecanicien",), "99", {"certificaat:fietsmecanicien"}),
    (("BK-0227",), "251", {"reeks:BK-0227"}),
    (("BK-0193",), "293", {"reeks:BK-0193"}),
]


@pytest.mark.parametrize(("heeft", "doel", "feiten"), FLEXIBEL)
def test_every_flexible_entry_is_a_way_with_its_condition(
    aanbod: Aanbod, heeft: tuple[str, ...], doel: str, feiten: set[str]
) -> None:
    stap = enige_stap(gevraagd(aanbod, doel, Leerling(heeft=heeft, leeftijd=17)))
    assert stap.programma == doel
    assert {each.feit for each in stap.toelating} == feiten | {f"gereed:{doel}"}
    assert {each.door for each in stap.toelating if each.feit in feiten} == set(heeft)


def test_all_of_the_proofs_are_needed_where_the_source_says_all(aanbod: Aanbod) -> None:
    een = gevraagd(aanbod, "1", Leerling(heeft=("BK-0555",), leeftijd=17))
    assert min(len(each.stappen) for each in een.leertrajecten) == 2


def test_from_fietshersteller_a_dated_way_to_ok3_and_fietstechnicus(aanbod: Aanbod) -> None:
    antwoord = gevraagd(aanbod, "99", Leerling(heeft=("BK-0117-2",), leeftijd=17))
    stap = enige_stap(antwoord)
    assert (stap.begin, stap.einde, stap.erkenning) == (date(2027, 9, 1), date(2029, 6, 30), "ADV-1773")
    feiten = {feit for bewijs in stap.kwalificatiebewijzen for feit in bewijs.feiten}
    assert {"ok:OK3", "bk:BK-0480-1"} <= feiten
    assert antwoord.zekerheid is not None
    assert antwoord.zekerheid.bewezen
    assert [mijlpaal.tekst["nl"] for mijlpaal in antwoord.zekerheid.mijlpalen] == [
        "Wat je ook kiest, je doet Fietsinstallaties duaal."
    ]
    assert stap.omweg is not None
    assert stap.omweg.onmisbaar


def test_from_nothing_at_15_to_kok_by_more_than_one_route(aanbod: Aanbod) -> None:
    antwoord = gevraagd(aanbod, "BK-0252-4", Leerling(leeftijd=15))
    routes = {tuple((stap.programma, stap.duaal) for stap in each.stappen) for each in antwoord.leertrajecten}
    assert len(routes) > 1
    assert {each.stappen[-1].programma for each in antwoord.leertrajecten} == {"792", "793"}
    na_a_stroom = gevraagd(aanbod, "BK-0252-4", Leerling(heeft=("graad1:A",), leeftijd=15))
    assert "502" in {each.stappen[-1].programma for each in na_a_stroom.leertrajecten if each.pareto}


def test_a_bk_on_the_way_is_shown_as_earned(aanbod: Aanbod) -> None:
    eerste = gevraagd(aanbod, "BK-0252-4", Leerling(leeftijd=15)).leertrajecten[0]
    onderweg = [bewijs for stap in eerste.stappen[:-1] for bewijs in stap.kwalificatiebewijzen]
    assert any(bewijs.soort == "BewijsVanBeroepskwalificatie" for bewijs in onderweg)


def test_from_ok3_a_bachelor_opens_through_ok4_only(aanbod: Aanbod) -> None:
    stap = enige_stap(gevraagd(aanbod, "bachelor", Leerling(heeft=("OK3",), leeftijd=18)))
    assert stap.programma == "731"
    assert any("ok:OK4" in bewijs.feiten for bewijs in stap.bewijzen)
    assert gevraagd(aanbod, "graduaat", Leerling(heeft=("OK3",))).al_bereikt


def test_no_ok_by_evc_alone_and_why(aanbod: Aanbod) -> None:
    wegen = frozenset({Weg.EVC})
    antwoord = gevraagd(aanbod, "OK3", Leerling(leeftijd=30, ervaring=("BK-0056",)), wegen=wegen)
    assert not antwoord.leertrajecten
    assert antwoord.onhaalbaar is not None
    assert [each.voorwaarde for each in antwoord.onhaalbaar.conflict] == ["wegen"]
    assert "algemene vorming" in antwoord.onhaalbaar.reden["nl"]
    bk = gevraagd(aanbod, "BK-0056", Leerling(leeftijd=30, ervaring=("BK-0056",)), wegen=wegen)
    assert enige_stap(bk).soort == "evc"
    with pytest.raises(InputError, match="EVC"):
        gevraagd(aanbod, "OK3", Leerling(heeft=("evc:OK3",)))


def test_gedeeltelijk_never_gives_the_bk(aanbod: Aanbod) -> None:
    zorg = next(h for h in aanbod.handelingen if h.programma == "543" and h.soort == "opleiding")
    assert "bk:BK-0491-1" in zorg.geeft
    assert not any(feit.startswith("bk:BK-0243") for feit in zorg.geeft)


def test_a_superseded_version_still_opens_what_cites_its_line(aanbod: Aanbod) -> None:
    nieuw = gevraagd(aanbod, "99", Leerling(heeft=("BK-0117-2",), leeftijd=17))
    reeks = gevraagd(aanbod, "99", Leerling(heeft=("BK-0117",), leeftijd=17))
    assert [each.gewicht for each in nieuw.leertrajecten] == [each.gewicht for each in reeks.leertrajecten]


ONHAALBAAR = [
    ({"werkplek_max": 16}, {}, ["werkplek-max"], "met 4 uur meer op de werkplek per week (20 in plaats van 16)"),
    ({"max_jaren": 1}, {}, ["max-duur"], "met 1 schooljaar meer"),
    ({"contract": "SOAO"}, {}, ["contract"], "met een OAO-contract"),
    ({"einddatum": date(2028, 6, 30)}, {}, ["einddatum"], "met als einde 2029-06-30"),
    ({}, {"leeftijd": 27}, ["leeftijd-max"], "zonder de leeftijdsgrens van 25 jaar voor duaal leren"),
    ({"contexten": ()}, {}, ["contexten"], "met een bedrijf dat de verplichte contexten biedt"),
    ({"werkplekken": (Werkplek("Gent", "8"),)}, {}, ["werkplekken"], "met een werkplek die nu niet is opgegeven"),
    ({"wegen": frozenset({Weg.VOLTIJDS})}, {}, ["wegen"], "als ook andere wegen mogen"),
    ({"schooljaar": 2027}, {"leeftijd": 14}, ["schooljaar", "leeftijd-min"], "vanaf 1 september 2028"),
    ({}, {"uren_per_week": 20}, ["uren-per-week"], "met 8 uur per week meer"),
]


@pytest.mark.parametrize(("grenzen", "wie", "conflict", "voorstel"), ONHAALBAAR)
def test_why_not_names_a_minimal_conflict_and_the_nearest_change(
    aanbod: Aanbod, grenzen: dict[str, object], wie: dict[str, object], conflict: list[str], voorstel: str
) -> None:
    leerling = msgspec.convert({"heeft": ("BK-0117-2",), "leeftijd": 17, **wie}, Leerling)
    antwoord = gevraagd(aanbod, "99", leerling, **grenzen)
    assert antwoord.onhaalbaar is not None
    assert [each.voorwaarde for each in antwoord.onhaalbaar.conflict] == conflict
    assert voorstel in [each.tekst["nl"] for each in antwoord.onhaalbaar.voorstellen]


@pytest.mark.parametrize(("grenzen", "wie", "conflict", "voorstel"), ONHAALBAAR)
def test_dropping_any_one_condition_of_a_conflict_makes_a_way(
    aanbod: Aanbod, grenzen: dict[str, object], wie: dict[str, object], conflict: list[str], voorstel: str
) -> None:
    leerling = msgspec.convert({"heeft": ("BK-0117-2",), "leeftijd": 17, **wie}, Leerling)
    opgave = Opgave(aanbod, leerling, msgspec.convert({"doelen": ("99",), "op": OP, **grenzen}, Wens))
    delen, minimaal = minimaal_conflict(opgave, Tijd(60))
    assert minimaal
    vast = [each for each in opgave.voorwaarden if each.code == "aanbod"]
    assert voorstel
    assert len(delen) == len(conflict)
    assert vroegst(opgave.onder([*vast, *delen]), Tijd(60)).haalbaarheid is Haalbaarheid.ONHAALBAAR
    for weg in delen:
        zonder = opgave.onder([*vast, *(each for each in delen if each is not weg)])
        assert vroegst(zonder, Tijd(60)).haalbaarheid is Haalbaarheid.HAALBAAR


def test_a_goal_that_nothing_recognised_gives_is_said_to_be_so(aanbod: Aanbod) -> None:
    gegeven = {feit for handeling in aanbod.handelingen for feit in handeling.geeft}
    zonder = next(reeks for reeks in sorted(aanbod.reeksen) if f"reeks:{reeks}" not in gegeven)
    antwoord = gevraagd(aanbod, zonder, Leerling(leeftijd=17))
    assert antwoord.onhaalbaar is not None
    assert [each.voorwaarde for each in antwoord.onhaalbaar.conflict] == ["aanbod"]


def test_where_more_than_three_conditions_must_change_together_they_are_named(aanbod: Aanbod) -> None:
    """Each is needed: with all but one of the changes there is still no way."""
    leerling = Leerling(heeft=("BK-0117-2",), leeftijd=40, uren_per_week=10)
    wens = Wens(("99",), OP, max_jaren=1, contract="SOAO", contexten=())
    onhaalbaar = plan(aanbod, leerling, wens, seconden=60).onhaalbaar
    assert onhaalbaar is not None
    (voorstel,) = onhaalbaar.voorstellen
    assert set(voorstel.voorwaarden) == {"max-duur", "contract", "contexten", "uren-per-week", "leeftijd-max"}
    opgave = Opgave(aanbod, leerling, wens)
    assert vroegst(opgave.onder([]), Tijd(60)).haalbaarheid is Haalbaarheid.HAALBAAR
    for nodig in voorstel.voorwaarden:
        over = [each for each in opgave.voorwaarden if each.code not in voorstel.voorwaarden or each.code == nodig]
        assert vroegst(opgave.onder(over), Tijd(60)).haalbaarheid is Haalbaarheid.ONHAALBAAR, nodig


def test_a_way_that_waits_while_who_learns_must_be_at_school_says_so(aanbod: Aanbod) -> None:
    def gewacht(leeftijd: int | None) -> list[str]:
        eerste = gevraagd(aanbod, "99", Leerling(leeftijd=leeftijd)).leertrajecten[0].stappen[0]
        return [each.tekst["nl"] for each in eerste.onzeker if each.code == "wachten"]

    (zin,) = gewacht(13)
    assert zin.startswith("van september 2027 tot september 2029 is hier niets gepland")
    assert gewacht(17) == gewacht(None) == []


def test_why_not_says_how_far_ahead_was_looked_unless_the_question_does(aanbod: Aanbod) -> None:
    jong = gevraagd(aanbod, "99", Leerling(leeftijd=6)).onhaalbaar
    kort = gevraagd(aanbod, "99", Leerling(heeft=("BK-0117-2",), leeftijd=17), max_jaren=1).onhaalbaar
    assert jong is not None
    assert kort is not None
    assert jong.reden["nl"].endswith("Gezocht is tot 10 schooljaren ver.")
    assert "Gezocht" not in kort.reden["nl"]


def test_why_not_names_a_goal_and_a_way_in_every_language(aanbod: Aanbod) -> None:
    niets = gevraagd(aanbod, "OK5@8", Leerling(leeftijd=17)).onhaalbaar
    assert niets is not None
    (conflict,), (voorstel,) = niets.conflict, niets.voorstellen
    for tekst in (conflict.tekst, voorstel.tekst):
        assert tekst["nl"].endswith("onderwijskwalificatie niveau 5 in studiedomein 8")
        assert tekst["en"].endswith("educational qualification level 5 in study domain 8")
        assert tekst["fr"].endswith("qualification d'enseignement niveau 5 du domaine d'études 8")
    enkel = gevraagd(aanbod, "OK3", Leerling(leeftijd=30), wegen=frozenset({Weg.EVC, Weg.DUAAL})).onhaalbaar
    assert enkel is not None
    (weg,) = (each for each in enkel.conflict if each.voorwaarde == "wegen")
    assert weg.tekst["en"] == "only this way: dual, recognition of prior learning (EVC)"


def test_not_ready_for_work_means_a_preparatory_phase_first(aanbod: Aanbod) -> None:
    antwoord = gevraagd(aanbod, "99", Leerling(heeft=("graad2:A",), leeftijd=17, arbeidsrijp=False))
    assert [stap.soort for stap in antwoord.leertrajecten[0].stappen] == ["aanloop", "opleiding"]
    niet = gevraagd(aanbod, "99", Leerling(heeft=("graad2:A",), leeftijd=17, arbeidsrijp=False, arbeidsbereid=False))
    assert niet.onhaalbaar is not None


def test_an_exemption_opens_a_programme_until_it_expires(aanbod: Aanbod) -> None:
    def met(vervalt: date | None) -> Antwoord:
        vrij = Vrijstelling("v1", "School X", "directeur", "toelating:99", "dossier 1", vervalt)
        return gevraagd(aanbod, "99", Leerling(leeftijd=17, vrijstellingen=(vrij,)))

    assert min(len(each.stappen) for each in met(None).leertrajecten) == 1
    assert min(len(each.stappen) for each in met(date(2027, 10, 1)).leertrajecten) == 1
    assert min(len(each.stappen) for each in met(date(2027, 1, 1)).leertrajecten) == 2


def test_a_programme_of_special_education_asks_its_report(aanbod: Aanbod) -> None:
    assert gevraagd(aanbod, "10", Leerling(leeftijd=17)).onhaalbaar is not None
    assert gevraagd(aanbod, "10", Leerling(leeftijd=17, buso=True)).leertrajecten


def test_recognitions_hold_year_by_year(aanbod: Aanbod) -> None:
    auto = [h for h in aanbod.handelingen if h.programma == "14"]
    per_jaar = {
        jaar: (h.begin, h.einde) for h in auto for jaar in (2019, 2022, 2023, 2025, 2026) if h.van <= jaar <= h.tot
    }
    assert per_jaar == {
        2019: ("ADV-0983", "ADV-0983"),
        2022: ("ADV-0983", "ADV-0983"),
        2023: ("ADV-1722", "ADV-1722"),
        2025: ("ADV-1722", "ADV-2514"),
        2026: ("ADV-2514", "ADV-2514"),
    }


def test_several_goals_and_a_studiedomein_are_met_together(aanbod: Aanbod) -> None:
    antwoord = plan(aanbod, Leerling(heeft=("BK-0117-2",), leeftijd=17), Wens(("OK3@2", "BK-0480-1"), OP))
    assert enige_stap(antwoord).programma == "99"
    horeca = gevraagd(aanbod, "duaal@8", Leerling(leeftijd=15))
    assert all(each.stappen[-1].duaal for each in horeca.leertrajecten)


def test_a_competence_that_is_wanted_comes_with_a_bk_that_has_it(aanbod: Aanbod, catalogus: Catalogus) -> None:
    competentie = catalogus.kwalificaties["BK-0480-1"].competenties[0]
    antwoord = gevraagd(aanbod, competentie.iri, Leerling(heeft=("BK-0117-2",), leeftijd=17))
    assert enige_stap(antwoord).programma == "99"


def test_unknown_codes_are_refused_with_what_is_near(aanbod: Aanbod) -> None:
    with pytest.raises(UnknownCodeError, match="Bedoelt u"):
        gevraagd(aanbod, "BK-0480-9", Leerling())


def relabelled(catalogus: Catalogus) -> Catalogus:
    """Every OK and every BK proof as the other kind in name: nothing that the search reads but the label."""
    ander = {"Diploma": "BewijsVanBeroepskwalificatie", "BewijsVanBeroepskwalificatie": "Diploma"}
    erkenningen = {
        code: msgspec.structs.replace(
            erkenning,
            studiebewijzen=tuple(
                msgspec.structs.replace(each, soort=ander.get(each.soort, each.soort), bk_niveau=each.ok_niveau)
                for each in erkenning.studiebewijzen
            ),
        )
        for code, erkenning in catalogus.erkenningen.items()
    }
    return msgspec.structs.replace(catalogus, erkenningen=erkenningen)


@pytest.mark.parametrize("doel", ["BK-0252-4", "OK3", "99", "bachelor"])
def test_bk_and_ok_are_equals_no_cost_or_order_reads_the_label(catalogus: Catalogus, aanbod: Aanbod, doel: str) -> None:
    def vorm(antwoord: Antwoord) -> list[tuple[int, list[str]]]:
        return [(each.gewicht, [stap.code for stap in each.stappen]) for each in antwoord.leertrajecten]

    leerling = Leerling(leeftijd=15)
    assert vorm(gevraagd(Aanbod(relabelled(catalogus)), doel, leerling)) == vorm(gevraagd(aanbod, doel, leerling))


def test_a_way_exports_to_a_ctdl_pathway_that_its_schemas_accept(
    aanbod: Aanbod, catalogus: Catalogus, real_data: Path
) -> None:
    folder = real_data / "ctdl/credential-registry/fixtures/schemas/ce_registry"
    schemas = {name: json.loads((folder / f"{name}.json").read_text()) for name in ("pathway", "pathway_component")}
    both = schemas["pathway_component"]["definitions"] | schemas["pathway"]["definitions"]
    for schema in schemas.values():  # the published schemas refer to definitions that only the other one has, or none
        named = set(json.dumps(schema).split('"#/definitions/')[1:])
        names = {each.split('"')[0] for each in named}
        schema["definitions"] |= {name: both.get(name, {}) for name in names - set(schema["definitions"])}
    antwoord = gevraagd(aanbod, "BK-0252-4", Leerling(leeftijd=15))
    pathway, *delen = als_pathway(antwoord, catalogus)["@graph"]
    jsonschema.validate(pathway, schemas["pathway"])
    for deel in delen:
        jsonschema.validate(deel, schemas["pathway_component"])
    del pathway["ceterms:ctid"]
    with pytest.raises(jsonschema.ValidationError, match="ctid"):
        jsonschema.validate(pathway, schemas["pathway"])
    assert set(pathway["ceterms:hasPart"]) == {deel["@id"] for deel in delen}
