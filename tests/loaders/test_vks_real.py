"""All real answers load: the counts of their README, an oracle without code of the loader, every known defect."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from leerbrug.graph.names import Names
from leerbrug.graph.statements import Finding, Statement
from leerbrug.loaders.vks import SOURCE
from pyoxigraph import Quad, Store

PREFIX = """
PREFIX leer: <https://w3id.org/leerbrug/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX codelijst: <https://w3id.org/leerbrug/codelijst/>
"""


BK = "leer:Beroepskwalificatieversie"


class Loaded:
    """The real answers as a store and as findings, and the bare JSON beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, Store()
        said = [item for record in SOURCE.records(folder) for item in SOURCE.said(record, Names())]
        self.findings = [item for item in said if isinstance(item, Finding)]
        triples = (item.triple() for item in said if isinstance(item, Statement))
        self.store.bulk_extend(Quad(*triple) for triple in triples)

    def count(self, pattern: str, what: str = "*") -> int:
        (row,) = self.store.query(f"{PREFIX} SELECT (COUNT({what}) AS ?n) WHERE {{ {pattern} }}")
        return int(row[0].value)

    def raw(self, file: str) -> Iterator[dict[str, Any]]:
        with gzip.open(self.folder / f"{file}.jsonl.gz", "rt", encoding="utf-8") as stream:
            yield from (json.loads(line) for line in stream)

    def details(self) -> Iterator[dict[str, Any]]:
        for onderdeel in self.raw("structuuronderdeel"):
            yield from onderdeel.get("structuuronderdeel_details", [])

    def dossiers(self) -> Iterator[dict[str, Any]]:
        yield from (answer["beroepskwalificatie"] for answer in self.raw("beroepskwalificatie"))

    def competenties(self) -> Iterator[dict[str, Any]]:
        for dossier in self.dossiers():
            yield from dossier["competenties"]


@pytest.fixture(scope="module")
def real(real_data: Path) -> Loaded:
    return Loaded(real_data / "flanders-vks" / "api")


README = {
    "groups": (545, "?x a leer:Structuuronderdeelgroep"),
    "programmes": (961, "?x a leer:Structuuronderdeel"),
    "dual programmes": (475, "?x a leer:Structuuronderdeel ; leer:duaal true"),
    "aanloop": (89, "?x a leer:Structuuronderdeel ; leer:aanloop true"),
    "recognitions": (1156, "?x a leer:Erkenning ; leer:erkenningVan ?so . ?so leer:heeftErkenning ?x"),
    "recognised": (1147, "?x a leer:Erkenning ; leer:status <https://w3id.org/leerbrug/codelijst/status/ERKEND>"),
    "not recognised": (
        8,
        "?x a leer:Erkenning ; leer:status <https://w3id.org/leerbrug/codelijst/status/NIET_ERKEND>",
    ),
    "annulled": (1, "?x a leer:Erkenning ; leer:status <https://w3id.org/leerbrug/codelijst/status/GEANNULEERD>"),
    "BK links": (
        1264,
        "?x leer:bevatVolledig|leer:bevatGedeeltelijk ?bk . ?bk a leer:Beroepskwalificatieversie",
    ),
    "DBK links": (
        74,
        "?x leer:bevatVolledig|leer:bevatGedeeltelijk|leer:bevat ?d . ?d a leer:Deelkwalificatie",
    ),
    "studiebekrachtigingen": (3412, "?x leer:verleent ?b . ?b a leer:Studiebewijs ; leer:verleendDoor ?x"),
    "trajecten": (417, "?x leer:heeftTraject ?t . ?t leer:trajecttype ?type"),
    "contracts": (367, "?x leer:contract ?c . ?c a leer:Arbeidsovereenkomst"),
    "contexts": (211, "?x leer:verplichteContexten ?c . ?c a leer:VerplichteContexten"),
    "flexible entries": (147, "?x leer:flexibeleInstap ?i . ?i a leer:FlexibeleInstap"),
    "dossiers": (96, "?x a leer:Beroepskwalificatieversie FILTER EXISTS { ?x leer:heeftCompetentie ?c }"),
    "list rows": (274, "?x a leer:Beroepskwalificatie ; leer:geschrapt ?g"),
    "competences": (1530, "?x leer:heeftCompetentie ?c . ?c a leer:Competentie"),
    "references": (2887, "?c leer:referentietekst ?t"),
}
"""What the README of the data states -> where the graph says it."""


@pytest.mark.parametrize("what", README)
def test_the_counts_of_the_readme(real: Loaded, what: str) -> None:
    count, pattern = README[what]
    assert real.count(pattern) == count


ORACLE = {
    "studiebekrachtigingen": lambda real: sum(len(d.get("studiebekrachtigingen", [])) for d in real.details()),
    "BK links": lambda real: sum(len(d.get("beroepskwalificaties", [])) for d in real.details()),
    "DBK links": lambda real: sum(len(d.get("deelkwalificaties", [])) for d in real.details()),
    "trajecten": lambda real: sum(len(d.get("trajecten", [])) for d in real.details()),
    "contracts": lambda real: sum("arbeidsovereenkomst" in d for d in real.details()),
    "contexts": lambda real: sum("verplichte_contexten" in d for d in real.details()),
    "flexible entries": lambda real: sum("flexibele_instap" in d for d in real.details()),
    "recognitions": lambda real: sum(1 for _ in real.details()),
    "groups": lambda real: sum(1 for _ in real.raw("structuuronderdeelgroep")),
    "programmes": lambda real: sum(1 for _ in real.raw("structuuronderdeel")),
    "list rows": lambda real: sum(1 for _ in real.raw("beroepskwalificatie-lijst")),
    "dossiers": lambda real: sum(1 for _ in real.raw("beroepskwalificatie")),
    "competences": lambda real: sum(1 for _ in real.competenties()),
    "references": lambda real: sum(len(c.get("referenties", [])) for c in real.competenties()),
}


@pytest.mark.parametrize("what", ORACLE)
def test_the_counts_of_the_bare_json(real: Loaded, what: str) -> None:
    assert ORACLE[what](real) == real.count(README[what][1])


def test_full_and_partial_links_as_the_bare_json_has_them(real: Loaded) -> None:
    raw = Counter(b["volledigheid"] for d in real.details() for b in d.get("beroepskwalificaties", []))
    assert raw["Volledig"] == real.count(f"?x leer:bevatVolledig ?bk . ?bk a {BK}")
    assert raw["Gedeeltelijk (enkel competenties)"] == real.count(f"?x leer:bevatGedeeltelijk ?bk . ?bk a {BK}")


def test_proofs_by_kind_as_the_bare_json_has_them(real: Loaded) -> None:
    raw = [b for d in real.details() for b in d.get("studiebekrachtigingen", [])]
    for begins, kind in {
        "Bewijs van beroepskwalificatie": "BewijsVanBeroepskwalificatie",
        "Bewijs van deelkwalificatie": "BewijsVanDeelkwalificatie",
        "Bewijs van competenties": "BewijsVanCompetenties",
        "Bewijs van slagen": "BewijsBasisvorming",
        "Diploma": "Diploma",
        "Getuigschrift": "Getuigschrift",
    }.items():
        expected = sum(b["led_bewijstype"].startswith(begins) for b in raw)
        assert real.count(f"?b a leer:{kind}") == expected > 0
    assert real.count("?b a leer:Onderwijskwalificatie") == sum(b["onderwijskwalificatie"] for b in raw)
    assert real.count("?b leer:maximaal true") == sum(b["maximale_studiebekrachtiging"] for b in raw)
    assert real.count("?b leer:okNiveau ?n") == sum(b.get("vks_niveau", "").startswith("OK") for b in raw)
    assert real.count("?b a leer:Studiebewijs ; leer:vksNiveau ?n") == sum(
        b.get("vks_niveau", "").startswith("BK") for b in raw
    )


def test_hours_as_the_bare_json_has_them(real: Loaded) -> None:
    types = Counter(d["arbeidsovereenkomst"]["werkplekcomponent_type"] for d in real.details() if _dual(d))
    texts = [d["arbeidsovereenkomst"]["omschrijving"] for d in real.details() if _dual(d)]
    assert real.count("?c leer:urenMin 20 FILTER NOT EXISTS { ?c leer:urenMax ?m }") == types["Min. 20 opleidingsuren"]
    assert real.count("?c leer:urenMin 14 ; leer:urenMax 19") == sum("minstens 14 en maximaal 19" in t for t in texts)
    assert real.count("?c leer:urenMin 8 ; leer:urenMax 19") == sum("minstens 8 en maximaal 19" in t for t in texts)
    assert real.count("?c leer:urenMin 10 ; leer:urenMax 19") == sum("minstens 10 en maximaal 19" in t for t in texts)
    without = "?c a leer:Arbeidsovereenkomst FILTER NOT EXISTS { ?c leer:urenMin ?u }"
    assert real.count(without) == types["Afwijkende Werkplekcomponent Zeevisserij"] == 3


def _dual(detail: dict[str, Any]) -> bool:
    return "arbeidsovereenkomst" in detail


def test_references_by_form_as_the_bare_json_has_them(real: Loaded) -> None:
    """Each competence carries exactly the numbers that a few plain rules give, written here again."""
    expected = {
        (competentie["competentie_code"], form)
        for competentie in real.competenties()
        for reference in competentie.get("referenties", [])
        if (form := _plain(reference["referentie_nr"]))
    }
    rows = real.store.query(
        f"{PREFIX} SELECT ?c ?ref WHERE {{ ?x a leer:Competentie ; leer:code ?c ; leer:referentie/leer:code ?ref }}"
    )
    assert {(row[0].value, row[1].value) for row in rows} == expected


def _plain(number: str) -> str:
    number = " ".join(number.split())
    if number == "-c":
        return ""
    if number.startswith("co "):
        return "co " + number[3:].rjust(5, "0")
    return number if number.endswith("-c") else number + "-c"


def test_every_proof_of_flexible_entry_is_found(real: Loaded) -> None:
    """The five pairs of domain.md §6.4b, and no proof that the loader could not place."""
    proofs = {b["uitgebreide_naam"] for d in real.details() for b in _proofs(d)}
    assert real.count("?i leer:viaBewijstekst ?t", "DISTINCT ?t") == len(proofs)
    assert [f for f in real.findings if f.rule == "loader/bewijs-niet-gevonden"] == []
    for programme, rule, codes in [
        ("1", "VIA_ALLE_BEWIJZEN", {"BK-0555", "BK-0553"}),
        ("65", "VIA_1_VAN_DE_BEWIJZEN", {"BK-0018"}),
        ("99", "VIA_1_VAN_DE_BEWIJZEN", {"BK-0117"}),
        ("251", "VIA_1_VAN_DE_BEWIJZEN", {"BK-0227"}),
        ("293", "VIA_1_VAN_DE_BEWIJZEN", {"BK-0193"}),
    ]:
        rows = real.store.query(
            f'{PREFIX} SELECT DISTINCT ?rule ?code WHERE {{ ?so leer:code "{programme}" ; leer:heeftErkenning '
            "[ leer:flexibeleInstap ?i ] . ?i leer:instapregel ?rule ; leer:viaBewijs/leer:code ?code }"
        )
        found = {(row[0].value.rpartition("/")[2], row[1].value) for row in rows}
        assert found == {(rule, code) for code in codes}


def _proofs(detail: dict[str, Any]) -> list[dict[str, str]]:
    return detail.get("flexibele_instap", {}).get("bewijs", {}).get("bewijzen", [])


def test_nothing_is_dropped_but_what_has_no_number(real: Loaded) -> None:
    """No field, file, code or type of the real answers is unknown."""
    rules = Counter(f.rule for f in real.findings)
    for rule in (
        "onbekend-veld",
        "onbekende-code",
        "bestand-niet-gelezen",
        "ongeldig-adres",
        "deelkwalificatie-onbekend",
        "referentie-onleesbaar",
        "verwijzing-zonder-doel",
    ):
        assert rules[f"loader/{rule}"] == 0
    assert rules["loader/referentie-leeg"] == 20


DEFECTS = [
    ("a bare -c", "loader/referentie-leeg", r"beroepskwalificatie\.jsonl\.gz, regel \d+ .*/referentie_nr"),
    (
        "a missing suffix",
        "loader/referentie-achtervoegsel",
        r"beroepskwalificatie\.jsonl\.gz, regel \d+ .*/referentie_nr",
    ),
    ("a truncated number", "loader/referentie-nullen", r"beroepskwalificatie\.jsonl\.gz, regel \d+ .*/referentie_nr"),
    ("two blanks", "loader/referentie-blanco", r"beroepskwalificatie\.jsonl\.gz, regel \d+ .*/referentie_nr"),
    ("duaal duaal", "loader/dubbel-woord", r"structuuronderdeel\.jsonl\.gz, regel \d+ .*/omschrijving"),
    ("double blanks", "loader/dubbele-blanco", r"beroepskwalificatie\.jsonl\.gz, regel \d+ .*/waarde"),
    ("a title without a code", "loader/deelkwalificatie-op-titel", r"structuuronderdeel.* /structuuronderdeel_details"),
    ("no completeness", "loader/volledigheid-onbekend", r"structuuronderdeel.* /structuuronderdeel_details"),
    ("two diplomas", "loader/diplomas-van-twee-niveaus", r"structuuronderdeel.* /structuuronderdeel_details"),
    ("several paths in one", "loader/paden-aaneen", r"beroepskwalificatie\.jsonl\.gz, regel \d+ .*/domeinen/\d+/pad"),
    ("hours in words", "loader/uren-onbekend", r"structuuronderdeel.* /structuuronderdeel_details"),
]


@pytest.mark.parametrize(("defect", "rule", "place"), DEFECTS)
def test_a_defect_is_told_with_record_and_field(real: Loaded, defect: str, rule: str, place: str) -> None:
    found = [f for f in real.findings if f.rule == rule]
    assert found, defect
    assert all(re.match(place, str(f.place)) and f.message["en"] and f.subject for f in found)


def test_defects_that_shapes_tell_are_still_in_the_graph(real: Loaded) -> None:
    """What domain.md §6.5 lists and the loader does not judge stands in the graph as the source says it."""
    assert (
        real.count('?v leer:code "BK-0002-3" ; leer:vksNiveau ?n ; leer:omschrijvingKort ?t FILTER(CONTAINS(?t, "3"))')
        == 1
    )
    mixed = "?e leer:bevatVolledig ?a ; leer:bevatGedeeltelijk ?b . ?so leer:heeftErkenning ?e"
    raw = [{b["volledigheid"] for b in detail.get("beroepskwalificaties", [])} for detail in real.details()]
    assert real.count(f"{mixed} . ?a a {BK} . ?b a {BK}", "DISTINCT ?e") == sum(len(kinds) == 2 for kinds in raw) > 0
    overlap = (
        "?so leer:heeftErkenning ?a, ?b . ?a leer:einddatum ?end . ?b leer:begindatum ?begin ; leer:versienummer ?vb ."
        " ?a leer:versienummer ?va FILTER(?va < ?vb && ?begin <= ?end)"
    )
    assert real.count(overlap) > 100
    assert real.count("?e a leer:Erkenning ; leer:begindatum ?b ; leer:einddatum ?e2 FILTER(?e2 < ?b)") == 8
    only_part = '?so leer:code "69" ; leer:heeftErkenning ?e . ?e leer:bevatVolledig ?d . ?d a leer:Deelkwalificatie'
    assert real.count(only_part) == 2
    level = (
        '?so leer:code "110" ; leer:heeftErkenning ?e . ?e leer:bevatVolledig/leer:vksNiveau codelijst:vks-niveau\\/2 ;'
        " leer:verleent/leer:okNiveau codelijst:ok-niveau\\/OK3"
    )
    assert real.count(level) > 0


def test_the_profile_of_competent_and_its_rome_fiche(real: Loaded) -> None:
    """One profile on which two qualifications of different levels rest (domain.md, fact 8)."""
    rows = real.store.query(
        f'{PREFIX} SELECT ?code ?rome WHERE {{ ?v leer:competentprofiel ?p ; leer:code ?code . ?p leer:code "N110301" ;'
        " leer:romeFiche ?rome }"
    )
    found = {(row[0].value, row[1].value.rpartition("/id/")[2]) for row in rows}
    assert found == {("BK-0002-3", "rome-beroep/N1103/347"), ("BK-0104-3", "rome-beroep/N1103/347")}


def test_no_blank_nodes_and_every_subject_has_a_type(real: Loaded) -> None:
    assert real.count("?s ?p ?o FILTER(isBlank(?s) || isBlank(?o))") == 0
    untyped = real.store.query(f"{PREFIX} SELECT DISTINCT ?s WHERE {{ ?s ?p ?o FILTER NOT EXISTS {{ ?s a ?t }} }}")
    assert [str(row[0]) for row in untyped] == []
